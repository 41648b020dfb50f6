package bridge

import (
	"context"
	"math/rand/v2"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/trigger"
)

// Outcome is what became of a request to Postscript.
type Outcome string

// The outcomes. The first four are the client's; the last two never leave this package.
const (
	OutcomeSent    Outcome = "sent"
	OutcomeRefused Outcome = "refused"
	OutcomeLater   Outcome = "try_later"
	OutcomeUnknown Outcome = "unknown"

	missed        Outcome = "missed"         // its slot passed before it could start: nothing was sent
	notSubscriber Outcome = "not_subscriber" // an outcome, not an error
	optedOut      Outcome = "opted_out"      // likewise
)

// forget as a job's subscriber means: the id we kept is no longer good.
const forget = "\x00"

// Attempt is what one request that carries a delivery came to, with what the merchant may see of it.
type Attempt struct {
	Outcome Outcome
	Request string // exact request, secrets masked
	Answer  string
	Status  int
	Err     error // the vendor's words, when there are some
}

// Postscript is what the bridge needs of Postscript's API, for one private key. One method is one request.
type Postscript interface {
	Me(ctx context.Context) (postscript.Me, error)
	Triggers(ctx context.Context) ([]postscript.Trigger, error)
	CreateTrigger(ctx context.Context, r postscript.TriggerRequest) (postscript.Trigger, error)
	UpdateTrigger(ctx context.Context, id string, r postscript.TriggerRequest) error
	DeleteTrigger(ctx context.Context, id string) error
	Webhooks(ctx context.Context) ([]postscript.WebhookSubscription, error)
	CreateWebhook(ctx context.Context, r postscript.WebhookRequest) (postscript.WebhookSubscription, error)
	DeleteWebhook(ctx context.Context, id string) error
	Token(ctx context.Context) (string, error)
	// FindLegacySubscriber is two requests when phone and e-mail are both given.
	FindLegacySubscriber(ctx context.Context, phone, email string) (postscript.LegacySubscriber, error)
	// Subscriber returns a subscriber through v2, by an id of either version.
	Subscriber(ctx context.Context, id string) (postscript.Subscriber, error)
	Fire(ctx context.Context, triggerID, subscriberID string, values map[string]string, key string) Attempt
	SendEvent(ctx context.Context, e postscript.Event) Attempt
	// Outcome says what an error of any other method means.
	Outcome(err error) Outcome
}

// lookUp asks Postscript for the customer's subscriber id: by phone, then by e-mail, each on its slot. It
// returns "" with the job's outcome set when there is none.
func (b *Bridge) lookUp(ctx context.Context, ps Postscript, shop Shop, j *job, onSlot func(int) bool) string {
	for n, by := range []struct{ phone, email string }{{phone: string(j.customer.Phone)}, {email: j.customer.Email}} {
		if by.phone == "" && by.email == "" {
			continue
		}
		if !onSlot(n) {
			return ""
		}
		s, err := ps.FindLegacySubscriber(ctx, by.phone, by.email)
		switch {
		case err == nil && s.IsPending:
			j.outcome, j.err = notSubscriber, fault.New(fault.NotFound, "They have not confirmed their opt-in yet.")
			return ""
		case err == nil:
			j.subscriber = string(s.ID)
			return b.maySend(ctx, ps, j, onSlot)
		case fault.Is(err, fault.NotFound):
			continue
		default:
			j.outcome, j.err = ps.Outcome(err), err
			if j.outcome == OutcomeUnknown { // a question does no harm when it is asked again
				j.outcome = OutcomeLater
			}
			return ""
		}
	}
	j.outcome = notSubscriber
	return ""
}

// maySend returns the subscriber's id if Postscript says that they may be texted. v1 does not tell, so v2 is asked;
// an answer that says nothing of it stands in nobody's way.
func (b *Bridge) maySend(ctx context.Context, ps Postscript, j *job, onSlot func(int) bool) string {
	if !onSlot(2) {
		return ""
	}
	s, err := ps.Subscriber(ctx, j.subscriber)
	if may := s.Subscriptions; err == nil && !may.Promotional.CanSend && !may.Transactional.CanSend {
		j.outcome = optedOut
		return ""
	}
	return j.subscriber
}

// fire sends the delivery itself.
func (b *Bridge) fire(ctx context.Context, ps Postscript, shop Shop, j *job, subscriber string) Attempt {
	if !shop.Settings.Flows {
		return ps.Fire(ctx, j.trigger, subscriber, j.values, j.d.ID)
	}
	props := make(map[string]any, len(j.values))
	for k, v := range j.values {
		props[k] = v
	}
	return ps.SendEvent(ctx, postscript.Event{
		Type: string(j.d.Trigger), SubscriberID: subscriber, Phone: string(j.customer.Phone), Email: j.customer.Email,
		OccurredAt: postscript.FormatOccurredAt(j.d.CreatedAt), Properties: props, ExternalID: j.d.ID,
	})
}

// settle stores the outcomes of a claim. What was learned about customers counts for the account that was asked; it
// may have been replaced meanwhile.
func (b *Bridge) settle(tx Tx, c claim) error {
	now, err := tx.Connection(c.shop.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	same, sent := err == nil && now.TokenHash == c.conn.TokenHash, false
	for _, j := range c.jobs {
		if same {
			if err := b.learn(tx, c.shop, j); err != nil {
				return err
			}
		}
		if err := b.settleJob(tx, c, j); err != nil {
			return err
		}
		sent = sent || j.outcome == OutcomeSent
	}
	if !same || !sent {
		return nil
	}
	// Last, because a webhook takes the customer first and this row then: so they never wait for each other.
	return tx.TouchSent(c.shop.ID)
}

// settleJob stores the outcome of one job. Who comes so late that the delivery is in other hands leaves it to those,
// unless it was sent: that is so, whoever asks.
func (b *Bridge) settleJob(tx Tx, c claim, j *job) error {
	d, now := j.d, tx.Now()
	if j.outcome != OutcomeSent {
		if held, err := tx.HoldsDelivery(d); err != nil || !held {
			return err
		}
	}
	switch j.outcome {
	case OutcomeSent:
		d.State, d.FinishedAt, d.Reason = Sent, now, ""
		return b.finish(tx, d, titleOf(d.Trigger)+" sent to Postscript.")
	case OutcomeRefused:
		d.State, d.FinishedAt, d.Reason = Refused, now, words(j.err)
		return b.finish(tx, d, titleOf(d.Trigger)+" refused by Postscript: "+d.Reason)
	case notSubscriber:
		d.Reason = "Not a Postscript subscriber."
		if j.err != nil {
			d.Reason += " " + words(j.err)
		}
		return b.suppress(tx, d, d.Reason, false)
	case optedOut:
		return b.suppress(tx, d, "The customer has opted out of texts.", false)
	case missed:
		d.State, d.DueAt, d.Attempts = Queued, now, d.Attempts-1
		_, err := tx.UpdateDelivery(d)
		return err
	case OutcomeUnknown:
		return b.unknown(tx, c, d, words(j.err))
	default:
		return b.later(tx, c, d, j)
	}
}

// later queues a delivery again, further off each time, until it is of no use any more.
func (b *Bridge) later(tx Tx, c claim, d Delivery, j *job) error {
	now := tx.Now()
	if d.Status == 429 {
		// The token is over its limit, so nothing else of it should be tried either.
		if err := tx.HoldPace(c.conn.TokenHash, time.Second+b.jitter(time.Second)); err != nil {
			return err
		}
	}
	wait := b.backOff(d.Attempts)
	if j.subscriber == forget {
		wait = 0
	}
	d.State, d.DueAt, d.Reason = Queued, now.Add(wait), words(j.err)
	if d.DueAt.After(d.lastTry()) {
		d.State, d.FinishedAt, d.Reason = Refused, now, "Given up: Postscript could not be reached in time. "+words(j.err)
		return b.finish(tx, d, titleOf(d.Trigger)+" was given up: Postscript could not be reached in time.")
	}
	if _, err := tx.UpdateDelivery(d); err != nil || d.Attempts > 1 {
		return err // the trace says it once
	}
	return b.trace(tx, d.ShopID, d.CustomerID, "delivery", titleOf(d.Trigger)+" will be tried again: "+d.Reason, d.ID)
}

// lastTry is until when a delivery is tried.
func (d Delivery) lastTry() time.Time {
	end := d.CreatedAt.Add(giveUpAfter)
	if !d.ExpiresAt.IsZero() && d.ExpiresAt.Before(end) {
		end = d.ExpiresAt
	}
	return end
}

// unknown settles a delivery that may or may not have arrived. The built-in half drops a repeat with the same
// external id, so repeating is safe; at the real Postscript the merchant chooses. Either way it has an end: each
// repetition may be one text more.
func (b *Bridge) unknown(tx Tx, c claim, d Delivery, why string) error {
	next := tx.Now().Add(b.backOff(d.Attempts))
	if miss := c.shop.Settings.MayMiss && !c.conn.Builtin; miss || next.After(d.lastTry()) {
		d.State, d.FinishedAt = Unknown, tx.Now()
		d.Reason = "It is not known whether it arrived, and it was tried as long as it was of use. " + why
		if miss {
			d.Reason = "It is not known whether it arrived, and your setting is rather to miss one than to repeat it. " + why
		}
		return b.finish(tx, d, titleOf(d.Trigger)+": it is not known whether it arrived; it is not repeated.")
	}
	if d.Trigger == trigger.UpcomingOrder { // the customer may be answering it before it is sent again
		if err := tx.NoticeMayBeTold(d.CustomerID, d.OrderDate, d.DueAt.Add(-lease)); err != nil {
			return err
		}
	}
	d.State, d.DueAt = Queued, next
	d.Reason = "It is not known whether it arrived, so it is sent again with the same id. " + why
	if _, err := tx.UpdateDelivery(d); err != nil {
		return err
	}
	return b.trace(tx, d.ShopID, d.CustomerID, "delivery", titleOf(d.Trigger)+": it is not known whether it arrived; it is sent again with the same id.", d.ID)
}

// recover settles what a crashed process left in state sending.
func (b *Bridge) recover(tx Tx, c claim) error {
	dead, err := tx.DeadDeliveries(c.shop.ID, 50)
	if err != nil {
		return err
	}
	for _, d := range dead {
		if err := b.unknown(tx, c, d, "The program stopped while it was being sent."); err != nil {
			return err
		}
	}
	return nil
}

// finish stores a final state, and what it means for the notice of the order.
func (b *Bridge) finish(tx Tx, d Delivery, line string) error {
	changed, err := tx.UpdateDelivery(d)
	if err != nil || !changed {
		return err
	}
	if d.Trigger == trigger.UpcomingOrder && !d.OrderDate.IsZero() {
		if d.State == Sent || d.State == Unknown {
			err = tx.NoticeTold(d.CustomerID, d.OrderDate)
		} else {
			err = tx.NoticeSuppressed(d.CustomerID, d.OrderDate, d.Reason)
		}
		if err != nil {
			return err
		}
	}
	return b.trace(tx, d.ShopID, d.CustomerID, "delivery", line, d.ID)
}

// suppress ends a delivery unsent. With release, what it told may become true again and be told then.
func (b *Bridge) suppress(tx Tx, d Delivery, reason string, release bool) error {
	d.State, d.FinishedAt, d.Reason = Suppressed, tx.Now(), reason
	if err := b.finish(tx, d, titleOf(d.Trigger)+" not sent: "+reason); err != nil || !release {
		return err
	}
	if err := tx.ReleaseDelivery(d.ID); err != nil {
		return err
	}
	return tx.ReleaseNotice(d.CustomerID, d.OrderDate)
}

// learn keeps what a job found out about the customer.
func (b *Bridge) learn(tx Tx, shop Shop, j *job) error {
	switch {
	case j.subscriber == forget:
		return tx.ForgetSubscriber(shop.ID, j.customer.ID)
	case j.outcome == optedOut:
		return tx.SetTexts(shop.ID, j.customer.ID, TextsOptedOut, j.subscriber)
	case j.outcome == notSubscriber:
		return tx.LearnTexts(shop.ID, j.customer, TextsNotSubscriber, "")
	case j.subscriber != "":
		return tx.LearnTexts(shop.ID, j.customer, TextsSubscribed, j.subscriber)
	}
	return nil
}

// backOff is how long to wait after the n-th try: 1 s doubling to 5 min, between half and all of it, so that
// what failed together does not come back together.
func (b *Bridge) backOff(n int) time.Duration {
	d := min(time.Second<<min(max(n-1, 0), 10), 5*time.Minute)
	return d/2 + b.jitter(d/2)
}

// jitter draws a duration from 0 to d.
func (b *Bridge) jitter(d time.Duration) time.Duration {
	if b.o.Jitter != nil {
		return b.o.Jitter(d)
	}
	return rand.N(d + 1)
}
