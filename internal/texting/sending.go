package texting

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/message"
)

// ErrUnknown is in the error of a gateway that cannot tell whether a text went out.
var ErrUnknown = errors.New("texting: the text may have gone out")

// RepeatDropper is a Gateway that can tell a repeat: Send with an ID it has carried sends nothing and succeeds.
// What is unknown there is settled by sending again; elsewhere it stays unknown and is not repeated.
type RepeatDropper interface {
	DropsRepeats() bool
}

const (
	// sendBatch is how many messages one round claims: few enough that an answer that arrives meanwhile
	// waits for no more than these.
	sendBatch = 100
	// sendersAtOnce is how many people one round texts at the same time.
	sendersAtOnce = 16
	// sendLease is when a sender that says nothing is taken for dead. Well over what a gateway call may take.
	sendLease = 2 * time.Minute
	// sendTimeout bounds one gateway call.
	sendTimeout = 10 * time.Second
	// sendFor is how long a message that the gateway cannot take is tried again.
	sendFor = 24 * time.Hour
)

type sendTx interface {
	// DueMessages claims outbound messages that are due, answers first, those of dead senders too.
	DueMessages(shopID string, limit int) ([]Message, error)
	// SaveSending replaces what sending changes of a message: state, times, attempts, holds, words and text.
	SaveSending(Message) error
	// SaveOutcome records what came of handing a message over: state, times, attempts, reason and the gateway's
	// id. Text and number stay as they are: the person may have been erased meanwhile.
	SaveOutcome(Message) error
	// Answered takes the mark "needs a person" off an inbound message.
	Answered(shopID, messageID string) error
	// EndWaiting ends the automated messages that wait for a subscriber. Answers to their own texts go out.
	EndWaiting(shopID, subscriberID, reason string) error
	// SendShops returns shops with due messages, longest due first, and NextSend when the first is due: the zero
	// time if none waits.
	SendShops(now time.Time, limit int) ([]string, error)
	NextSend() (time.Time, error)
}

// HandleSend is the handler of WakeSend: it looks at a shop's due messages once more, and what may still go out
// now is handed to the gateway.
//
// The look and the mark "sending" are one transaction that also keeps the subscribers from changing. Handing over
// a round can take its time, so right before the gateway is asked it is looked once more whether the person
// opted out or went to sleep since; such a message is put back, for the next look to end or hold. A crash after
// the mark leaves a row whose sender is taken for dead after two minutes.
func (t *Texting) HandleSend(ctx context.Context, shopID string) (again time.Time, err error) {
	defer fault.Wrap(&err, "texting: send for %s", shopID)
	var c *claim
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		c = newClaim(t, tx, shopID)
		return c.take()
	})
	if err != nil {
		return time.Time{}, err
	}
	putBack := false
	if len(c.send) > 0 {
		if putBack, err = t.sendAll(ctx, c.shop, c.send); err != nil {
			return time.Time{}, err
		}
	}
	if c.taken == sendBatch || putBack {
		return c.now, nil
	}
	return time.Time{}, nil
}

// DueSends returns shops that have messages to look at, longest due first.
func (t *Texting) DueSends(ctx context.Context, now time.Time, limit int) (shops []string, err error) {
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		shops, err = tx.SendShops(now, limit)
		return err
	})
	return shops, err
}

// NextSend returns when the first waiting message is due; zero if none waits.
func (t *Texting) NextSend(ctx context.Context) (at time.Time, err error) {
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		at, err = tx.NextSend()
		return err
	})
	return at, err
}

// sendAll hands messages to the gateway, one person's one after the other in order, and records the outcomes. It
// reports whether any was put back untried.
func (t *Texting) sendAll(ctx context.Context, shop Shop, list []Message) (putBack bool, err error) {
	byPhone := map[string][]int{}
	var order []string
	for i, m := range list {
		if _, ok := byPhone[m.Phone]; !ok {
			order = append(order, m.Phone)
		}
		byPhone[m.Phone] = append(byPhone[m.Phone], i)
	}
	outcomes := make([]error, len(list))
	slots := make(chan struct{}, sendersAtOnce)
	var wg sync.WaitGroup
	for _, phone := range order {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			for _, i := range byPhone[phone] {
				list[i].GatewayID, outcomes[i] = t.send(ctx, shop, list[i])
			}
		})
	}
	wg.Wait()
	// What happened must be recorded also when the program is stopping.
	return slices.Contains(outcomes, errNotTried), t.o.Store.InTx(context.WithoutCancel(ctx), func(tx Tx) error {
		for i, m := range list {
			t.settle(tx.Now(), &m, outcomes[i])
			if err := finish(tx, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// errNotTried says that the gateway was not asked: the program stops, or the message may not go out any more.
var errNotTried = errors.New("texting: not handed over")

// still reports whether a message that was marked may go out at this very moment.
func (t *Texting) still(ctx context.Context, shop Shop, m Message) (ok bool, err error) {
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		who, err := tx.MatchRecipient(shop.ID, m.SubscriberID, m.Phone, "")
		switch {
		case fault.Is(err, fault.NotFound) && m.SubscriberID != "":
			who = Recipient{Status: Redacted}
		case err != nil && !fault.Is(err, fault.NotFound):
			return err
		}
		if _, ok = m.allowed(who); !ok || m.atOnce() {
			return nil
		}
		opens, awake := who.opening(shop, tx.Now())
		ok = awake && !opens.After(tx.Now())
		return nil
	})
	return ok, err
}

func (t *Texting) send(ctx context.Context, shop Shop, m Message) (gatewayID string, err error) {
	if ok, err := t.still(ctx, shop, m); err != nil || !ok {
		return "", errNotTried
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	defer func() { // one gateway's fault must not take down the program, and nobody knows how far it came
		if p := recover(); p != nil {
			gatewayID, err = "", fmt.Errorf("texting: the gateway panicked with a %T: %w", p, ErrUnknown)
		}
	}()
	id, err := t.o.Gateway.Send(ctx, Text{ID: m.ID, ShopID: m.ShopID, To: m.Phone, Body: m.Body})
	if err != nil && ctx.Err() != nil { // cut off in the middle: nobody knows
		err = errors.Join(ErrUnknown, err)
	}
	return id, err
}

// settle turns what the gateway said into the state of a message.
func (t *Texting) settle(now time.Time, m *Message, err error) {
	m.Reason, m.DueAt = "", now
	gaveUp := now.Sub(m.PlannedAt) > sendFor
	switch {
	case err == nil:
		m.State, m.SentAt = Sent, now
	case errors.Is(err, errNotTried):
		m.State, m.Attempts = Waiting, m.Attempts-1
	case errors.Is(err, ErrUnknown) && (gaveUp || !t.dropsRepeats()):
		m.State, m.SentAt, m.Reason = Unknown, now, "The gateway did not say whether the text went out; it is not repeated."
	case errors.Is(err, ErrUnknown):
		m.State, m.DueAt, m.Reason = Waiting, now.Add(t.pauseAfter(m.Attempts)), "The gateway did not say whether the text went out; it is asked again."
	case fault.Is(err, fault.Invalid):
		m.State, m.Reason = Failed, fault.Message(err)
	case gaveUp:
		m.State, m.Reason = Failed, "Given up after a day: "+fault.Message(err)
	default:
		m.State, m.DueAt, m.Reason = Waiting, now.Add(t.pauseAfter(m.Attempts)), fault.Message(err)
	}
}

func (t *Texting) dropsRepeats() bool {
	d, ok := t.o.Gateway.(RepeatDropper)
	return ok && d.DropsRepeats()
}

// finish records a message's outcome and what follows from a text that went out.
func finish(tx Tx, m Message) error {
	if err := tx.SaveOutcome(m); err != nil {
		return err
	}
	if m.State != Sent && m.State != Unknown {
		return nil
	}
	if m.ReplyTo != "" {
		if err := tx.Answered(m.ShopID, m.ReplyTo); err != nil {
			return err
		}
	}
	if m.SubscriberID != "" && saysStop(m.Body) {
		return tx.Welcome(m.ShopID, m.SubscriberID)
	}
	return nil
}

// pauseAfter is how long to wait after the n-th attempt: 5 seconds doubling to 5 minutes, anywhere in its
// second half, so that texts that failed together do not come back together.
func (t *Texting) pauseAfter(n int) time.Duration {
	d := 5 * time.Minute
	if n < 7 {
		d = min(d, 5*time.Second<<max(n-1, 0))
	}
	if t.o.Jitter != nil {
		return d/2 + t.o.Jitter(d/2)
	}
	return d/2 + rand.N(d/2)
}

// segmentsOf is what a text takes to send.
func segmentsOf(body string) int { return message.Segments(body).Segments }
