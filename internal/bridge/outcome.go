package bridge

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
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
func (b *Bridge) lookUp(ctx context.Context, ps Postscript, j *job, onSlot func(int) bool) string {
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

// settle stores the outcomes of claims. What was learned about customers counts for the account that was asked; it may
// have been replaced meanwhile. Rows are taken in this order, which is that of everybody else who takes several: customers
// (by id), deliveries, notices, pace (by token), connections (a webhook takes the customer first and this row last).
func (b *Bridge) settle(tx Tx, claims []*claim) error {
	tokens, err := tx.TokensOf(distinct(claims, func(c *claim) string { return c.shopID }))
	if err != nil {
		return err
	}
	var jobs []*job
	sent := map[string]bool{}
	for _, c := range claims {
		same := tokens[c.shopID] == c.conn.TokenHash
		for _, j := range c.jobs {
			j.same = same
			if jobs = append(jobs, j); same && j.outcome == OutcomeSent {
				sent[c.shopID] = true
			}
		}
	}
	if err := b.learnAll(tx, jobs); err != nil {
		return err
	}
	var r record
	if err := b.settleJobs(tx, &r, jobs); err != nil {
		return err
	}
	if err := r.store(tx); err != nil {
		return err
	}
	return tx.TouchSent(slices.Collect(maps.Keys(sent)))
}

// settleJobs decides what the outcomes mean. Who comes so late that the delivery is in other hands leaves it to those,
// unless it was sent: that is so, whoever asks.
func (b *Bridge) settleJobs(tx Tx, r *record, jobs []*job) error {
	var doubtful []Delivery
	for _, j := range jobs {
		if j.outcome != OutcomeSent {
			doubtful = append(doubtful, j.d)
		}
	}
	held, err := tx.HeldDeliveries(doubtful)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.outcome == OutcomeSent || held[j.d.ID] {
			b.settleJob(tx.Now(), r, j)
		}
	}
	return nil
}

// settleJob decides what the outcome of one job means.
func (b *Bridge) settleJob(now time.Time, r *record, j *job) {
	d := j.d
	switch j.outcome {
	case OutcomeSent:
		d.State, d.FinishedAt, d.Reason = Sent, now, ""
		r.put(d, titleOf(d.Trigger)+" sent to Postscript.")
	case OutcomeRefused:
		d.State, d.FinishedAt, d.Reason = Refused, now, words(j.err)
		r.put(d, titleOf(d.Trigger)+" refused by Postscript: "+d.Reason)
	case notSubscriber:
		d.Reason = "Not a Postscript subscriber."
		if j.err != nil {
			d.Reason += " " + words(j.err)
		}
		r.suppress(now, d, d.Reason, false)
	case optedOut:
		r.suppress(now, d, "The customer has opted out of texts.", false)
	case missed:
		d.State, d.DueAt, d.Attempts = Queued, now, d.Attempts-1
		r.put(d, "")
	case OutcomeUnknown:
		b.unknown(now, r, j.of, d, words(j.err))
	default:
		b.later(now, r, j)
	}
}

// later queues a delivery again, further off each time, until it is of no use any more.
func (b *Bridge) later(now time.Time, r *record, j *job) {
	d := j.d
	if d.Status == 429 {
		// The token is over its limit, so nothing else of it should be tried either.
		r.hold(j.of.conn.TokenHash, time.Second+b.jitter(time.Second))
	}
	wait := b.backOff(d.Attempts)
	if j.subscriber == forget {
		wait = 0
	}
	d.State, d.DueAt, d.Reason = Queued, now.Add(wait), words(j.err)
	if d.DueAt.After(d.lastTry()) {
		d.State, d.FinishedAt, d.Reason = Refused, now, "Given up: Postscript could not be reached in time. "+words(j.err)
		r.put(d, titleOf(d.Trigger)+" was given up: Postscript could not be reached in time.")
		return
	}
	line := ""
	if d.Attempts == 1 { // the trace says it once
		line = titleOf(d.Trigger) + " will be tried again: " + d.Reason
	}
	r.put(d, line)
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
func (b *Bridge) unknown(now time.Time, r *record, c *claim, d Delivery, why string) {
	next := now.Add(b.backOff(d.Attempts))
	if miss := c.shop.Settings.MayMiss && !c.conn.Builtin; miss || next.After(d.lastTry()) {
		d.State, d.FinishedAt = Unknown, now
		d.Reason = "It is not known whether it arrived, and it was tried as long as it was of use. " + why
		if miss {
			d.Reason = "It is not known whether it arrived, and your setting is rather to miss one than to repeat it. " + why
		}
		r.put(d, titleOf(d.Trigger)+": it is not known whether it arrived; it is not repeated.")
		return
	}
	tried := d.DueAt.Add(-lease)
	d.State, d.DueAt = Queued, next
	d.Reason = "It is not known whether it arrived, so it is sent again with the same id. " + why
	r.put(d, titleOf(d.Trigger)+": it is not known whether it arrived; it is sent again with the same id.")
	r.tried[d.ID] = tried // the customer may be answering it before it is sent again
}

// learnAll keeps what jobs found out about their customers, in the order of these.
func (b *Bridge) learnAll(tx Tx, jobs []*job) error {
	byCustomer := slices.SortedStableFunc(slices.Values(jobs), func(a, z *job) int { return strings.Compare(a.customer.ID, z.customer.ID) })
	for _, j := range byCustomer {
		if !j.same {
			continue
		}
		if err := b.learn(tx, j); err != nil {
			return err
		}
	}
	return nil
}

// learn keeps what a job found out about the customer.
func (b *Bridge) learn(tx Tx, j *job) error {
	shop := j.of.shop
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
