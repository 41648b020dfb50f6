package bridge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// deliverTx is the queue of deliveries and the pace of tokens.
type deliverTx interface {
	// AddDelivery stores a delivery unless its customer has one of that key; it reports whether it did.
	AddDelivery(Delivery) (bool, error)
	// ClaimDeliveries returns up to limit queued deliveries of a shop that are due, answers first, then by
	// lane and due moment, and keeps other processes from claiming them while the transaction lasts. Bulk
	// leaves the answers out.
	ClaimDeliveries(shopID string, bulk bool, limit int) ([]Delivery, error)
	// DeadDeliveries returns deliveries in state sending whose sender is taken for dead.
	DeadDeliveries(shopID string, limit int) ([]Delivery, error)
	// AnswersDue reports whether an answer of the shop is due.
	AnswersDue(shopID string) (bool, error)
	// UpdateDelivery saves state, due moment, attempts, request, answer, status, reason and finish. It changes
	// nothing if the row has reached a final state meanwhile, and reports whether it did change it.
	UpdateDelivery(Delivery) (bool, error)
	// HoldsDelivery reports whether a delivery is still as its sender claimed it, sending with that due moment, and
	// keeps it so until the transaction ends. If not, its sender was taken for dead and others have it in hand.
	HoldsDelivery(Delivery) (bool, error)
	// ReleaseDelivery frees the dedupe key of a suppressed delivery, so that the same fact can be told after all.
	ReleaseDelivery(id string) error
	// Reserve takes n request slots of a token, spacing apart, the first no sooner than lead from now. It returns
	// how long until the first. If that would be later than lead, it takes none and returns how long to wait
	// before asking again.
	Reserve(tokenHash string, n int, spacing, lead time.Duration) (taken bool, wait time.Duration, err error)
	// OwnClock reports whether the database counts slots by its own clock, not by the transaction's Now.
	OwnClock() bool
	// HoldPace keeps a token from being used for d from now.
	HoldPace(tokenHash string, d time.Duration) error
	// NoticeTold and NoticeSuppressed say what became of the notice of an order date.
	NoticeTold(customerID string, order subscription.Date) error
	NoticeSuppressed(customerID string, order subscription.Date, reason string) error
	// ReleaseNotice forgets that a notice was planned: the customer has not been told of that date.
	ReleaseNotice(customerID string, order subscription.Date) error
	// DueShops returns shops that have deliveries due, in bulk lanes or the answer lane, or dead ones.
	DueShops(now time.Time, bulk bool, limit int) ([]string, error)
	// NextDelivery returns the earliest moment a delivery becomes due; zero if there is none.
	NextDelivery(bulk bool) (time.Time, error)

	Delivery(shopID, id string) (Delivery, error)
	Deliveries(shopID string, f DeliveryFilter) ([]Delivery, error)
}

// Spacing is the time between two requests of one token: 13.3 a second. Postscript allows 15 in a sliding
// second; 16 requests take 15 gaps, 1,125 ms, so their arrival may be squeezed by 125 ms before the limit is met.
const Spacing = 75 * time.Millisecond

const (
	// batch is how many slots one claim takes at most. Bulk work holds the token for so long at a time and no
	// longer, which is what an answer may have to wait: 4 x 75 ms.
	batch = 4
	// lease is after how long a delivery in state sending is taken to have lost its sender. It is longer than
	// the client's time-out.
	lease = time.Minute
	// giveUpAfter is how long a delivery without an end of its own is tried.
	giveUpAfter = 24 * time.Hour
	// lookAgainAfter is how long "not a subscriber" is believed.
	lookAgainAfter = 24 * time.Hour
)

// queue adds a delivery in tx unless its customer already has one of that key; it fills id, state, due moment
// and creation. A trigger the merchant switched off is stored as suppressed, with that reason. It traces what
// it did and reports whether a delivery was added.
func (b *Bridge) queue(tx Tx, shop Shop, d Delivery) (bool, error) {
	now := tx.Now()
	d.ShopID, d.CreatedAt = shop.ID, now
	d.ID = or(d.ID, ident.New(ident.Delivery, now))
	d.State = or(d.State, Queued)
	if d.DueAt.IsZero() {
		d.DueAt = now
	}
	title := titleOf(d.Trigger)
	line := title + " queued."
	if shop.Settings.Off(d.Trigger) && d.State == Queued {
		d.State, d.FinishedAt, d.Reason = Suppressed, now, "This trigger is switched off."
	}
	if d.State == Suppressed {
		line = title + " not sent: " + d.Reason
	}
	added, err := tx.AddDelivery(d)
	if err != nil || !added {
		return false, err
	}
	if d.State == Queued && !d.DueAt.After(now) {
		b.wakeAfter(tx, d.Lane.handler(), shop.ID)
	}
	return true, b.trace(tx, shop.ID, d.CustomerID, "delivery", line, d.ID)
}

// trace adds a line to a customer's trace.
func (b *Bridge) trace(tx Tx, shopID, customerID, kind, text, ref string) error {
	return tx.AddTrace(Trace{ID: ident.New(ident.Trace, tx.Now()), ShopID: shopID, CustomerID: customerID, At: tx.Now(), Kind: kind, Text: text, Ref: ref})
}

func titleOf(n trigger.Name) string {
	if def, ok := trigger.ByName(n); ok {
		return def.Title
	}
	return string(n)
}

// DeliverBulk is the handler of WakeDeliver: events and notices of one shop.
func (b *Bridge) DeliverBulk(ctx context.Context, shopID string) (time.Time, error) {
	return b.deliver(ctx, shopID, true)
}

// DeliverAnswers is the handler of WakeAnswer: answers to replies of one shop. It is a kind of its own so that
// a slow bulk request never stands in front of an answer.
func (b *Bridge) DeliverAnswers(ctx context.Context, shopID string) (time.Time, error) {
	return b.deliver(ctx, shopID, false)
}

// DueDeliveries returns the keys the sweep asks for.
func (b *Bridge) DueDeliveries(bulk bool) func(context.Context, time.Time, int) ([]string, error) {
	return func(ctx context.Context, now time.Time, limit int) (shops []string, err error) {
		err = b.o.Store.Read(ctx, func(tx Tx) error { shops, err = tx.DueShops(now, bulk, limit); return err })
		return shops, err
	}
}

// NextDelivery returns the earliest moment a delivery becomes due.
func (b *Bridge) NextDelivery(bulk bool) func(context.Context) (time.Time, error) {
	return func(ctx context.Context) (at time.Time, err error) {
		err = b.o.Store.Read(ctx, func(tx Tx) error { at, err = tx.NextDelivery(bulk); return err })
		return at, err
	}
}

// job is one claimed delivery with what is needed to send it.
type job struct {
	d        Delivery
	customer Customer
	values   map[string]string
	slot     int  // its first slot, counted from the claim's first
	lookUp   bool // whether they are a subscriber has to be asked first, on three slots more
	trigger  string
	// The outcome, filled by send.
	outcome    Outcome
	subscriber string // found by looking up
	err        error
}

// slots is how many requests the job needs.
func (j *job) slots() int {
	if j.lookUp {
		return 4
	}
	return 1
}

// claim is what one transaction decided to do.
type claim struct {
	shop  Shop
	conn  Connection
	jobs  []*job
	slots slots
	ps    Postscript // set when there are jobs
	again time.Time  // when to come back; zero: nothing known
}

func (b *Bridge) deliver(ctx context.Context, shopID string, bulk bool) (_ time.Time, err error) {
	defer fault.Wrap(&err, "bridge: deliver for %s", shopID)
	var c claim
	err = b.o.Store.InTx(ctx, func(tx Tx) (err error) { c, err = b.claim(tx, shopID, bulk); return err })
	if err != nil || len(c.jobs) == 0 {
		return c.again, err
	}
	b.pace.committed(c.slots)
	var wg sync.WaitGroup
	for _, j := range c.jobs {
		wg.Go(func() { b.send(ctx, c.ps, c, j) })
	}
	wg.Wait()
	// The outcomes must be stored even when the program is stopping: they are what happened.
	err = b.o.Store.InTx(context.WithoutCancel(ctx), func(tx Tx) error { return b.settle(tx, c) })
	return b.o.Now(), err
}

// client opens the claimed account. It is done before anything is marked as sending: what fails here was not sent.
func (b *Bridge) client(conn Connection) (Postscript, error) {
	key, err := b.o.Sealer.Open(conn.Key, sealPlace(conn.ShopID, "private_key"))
	if err != nil {
		return nil, err
	}
	return b.o.Postscript(key, conn.Builtin)
}

// claim decides, in one transaction, which deliveries are sent now, on which slots.
func (b *Bridge) claim(tx Tx, shopID string, bulk bool) (c claim, err error) {
	if c.shop, err = tx.Shop(shopID); err != nil {
		return c, err
	}
	connected := true
	if c.conn, err = tx.Connection(shopID); fault.Is(err, fault.NotFound) {
		connected = false
	} else if err != nil {
		return c, err
	}
	if err := b.recover(tx, c); err != nil {
		return c, err
	}
	if bulk {
		if waiting, err := tx.AnswersDue(shopID); err != nil {
			return c, err
		} else if waiting { // answers go first; their own handler is at work
			c.again = tx.Now().Add(2 * Spacing)
			return c, nil
		}
	}
	need, err := b.collect(tx, &c, connected, bulk)
	if err != nil || need == 0 {
		return c, err
	}
	if c.ps, err = b.client(c.conn); err != nil {
		return c, err
	}
	taken, wait, err := b.reserve(tx, c.conn.TokenHash, need)
	if err != nil {
		return c, err
	}
	if c.slots = taken; taken.start.IsZero() {
		c.jobs, c.again = nil, tx.Now().Add(wait)
		return c, nil
	}
	for _, j := range c.jobs {
		j.d.State, j.d.Attempts = Sending, j.d.Attempts+1
		j.d.DueAt = tx.Now().Add(lease)
		if _, err := tx.UpdateDelivery(j.d); err != nil {
			return c, err
		}
	}
	return c, nil
}

// collect fills the claim with the due deliveries that can be sent now, as many as a batch has slots for, and returns
// how many slots they need.
func (b *Bridge) collect(tx Tx, c *claim, connected, bulk bool) (need int, err error) {
	due, err := tx.ClaimDeliveries(c.shop.ID, bulk, batch)
	if err != nil {
		return 0, err
	}
	for _, d := range due {
		j, err := b.ready(tx, c, connected, d)
		if err != nil {
			return 0, err
		}
		if j == nil {
			continue
		}
		if need > 0 && need+j.slots() > batch {
			break
		}
		j.slot = need
		need += j.slots()
		c.jobs = append(c.jobs, j)
	}
	return need, nil
}

// ready prepares a delivery, or ends it when it is not to be sent. It returns nil when it is not sent now.
func (b *Bridge) ready(tx Tx, c *claim, connected bool, d Delivery) (*job, error) {
	j, reason, err := b.prepare(tx, c.shop, c.conn, connected, d)
	if err != nil || reason == "" {
		return j, err
	}
	if d.Trigger == trigger.UpcomingOrder {
		// The order may be coming back this very moment. Who brings it back holds the customer, so look once more with
		// the customer in hand. They are not waited for: whoever holds them may be waiting for this row.
		free, err := tx.HoldCustomer(c.shop.ID, d.CustomerID)
		if err != nil {
			return nil, err
		}
		if !free {
			c.again = tx.Now().Add(2 * Spacing)
			return nil, nil
		}
		if j, reason, err = b.prepare(tx, c.shop, c.conn, connected, d); err != nil || reason == "" {
			return j, err
		}
	}
	gone, err := orderGone(tx, c.shop, d)
	if err != nil {
		return nil, err
	}
	c.again = tx.Now()
	return nil, b.suppress(tx, d, reason, gone)
}

// prepare looks again, just before sending: is it still true, still wanted, still possible? A reason means
// that the delivery is not sent.
func (b *Bridge) prepare(tx Tx, shop Shop, conn Connection, connected bool, d Delivery) (*job, string, error) {
	if !connected {
		return nil, "Postscript is not connected.", nil
	}
	if ok, reason, err := b.StillDue(tx, d); err != nil || !ok {
		return nil, reason, err
	}
	customer, err := tx.Customer(shop.ID, d.CustomerID)
	if err != nil {
		return nil, "", err
	}
	switch {
	case customer.Phone == "" && customer.Email == "":
		return nil, "The customer has neither phone nor e-mail, so Postscript cannot know them.", nil
	case customer.Texts == TextsNotSubscriber && tx.Now().Sub(customer.TextsAt) < lookAgainAfter:
		return nil, "Not a Postscript subscriber.", nil
	}
	j := &job{d: d, customer: customer, lookUp: customer.Subscriber == ""}
	if !shop.Settings.Flows {
		if j.trigger = conn.Triggers[d.Trigger]; j.trigger == "" {
			return nil, "This trigger is not registered at Postscript; press Confirm on the Integrations page.", nil
		}
	}
	values, reason, err := b.values(tx, shop, customer, d)
	if err != nil || reason != "" {
		return nil, reason, err
	}
	j.values = values
	return j, "", nil
}

// send makes the requests of one job, each on its slot.
func (b *Bridge) send(ctx context.Context, ps Postscript, c claim, j *job) {
	onSlot := func(n int) bool {
		if c.slots.wait(ctx, j.slot+n) {
			return true
		}
		j.outcome, j.err = missed, nil
		return false
	}
	id := j.customer.Subscriber
	if j.lookUp {
		if id = b.lookUp(ctx, ps, c.shop, j, onSlot); id == "" {
			return
		}
	}
	if !onSlot(j.slots() - 1) {
		return
	}
	a := b.fire(ctx, ps, c.shop, j, id)
	j.d.Request, j.d.Answer, j.d.Status = a.Request, a.Answer, a.Status
	j.outcome, j.err = a.Outcome, a.Err
	if a.Outcome == OutcomeRefused && a.Status == 404 && !j.lookUp {
		// The id died with the shop's keys: ask for it afresh next time.
		j.outcome, j.subscriber = OutcomeLater, forget
	}
}

// logger returns the log, or a silent one.
func (b *Bridge) logger() *slog.Logger {
	if b.o.Log != nil {
		return b.o.Log
	}
	return slog.New(slog.DiscardHandler)
}

// words are what an error says to a merchant: the vendor's own words when there are some.
func words(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Message
	}
	return fmt.Sprintf("%v", err)
}
