package bridge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// deliverTx is the queue of deliveries and the pace of tokens. What is claimed and what is settled is asked for many shops
// at once: see outbox.
type deliverTx interface {
	// AddDelivery stores a delivery unless its customer has one of that key; it reports whether it did.
	AddDelivery(Delivery) (bool, error)
	// ClaimDeliveries returns queued deliveries of shops that are due, up to limit of each, by lane and due moment, in
	// any order, and keeps other processes from claiming them while the transaction lasts. Bulk leaves the answers
	// out, and without it there is nothing else.
	ClaimDeliveries(shopIDs []string, bulk bool, limit int) ([]Delivery, error)
	// DeadDeliveries returns deliveries in state sending whose sender is taken for dead, up to limit of each shop.
	DeadDeliveries(shopIDs []string, limit int) ([]Delivery, error)
	// AnswersDue returns those of the shops of which an answer is due.
	AnswersDue(shopIDs []string) ([]string, error)
	// ConnectionsOf returns the accounts of those of the shops that are connected, by shop id, TokensOf the hashes of
	// their tokens only.
	ConnectionsOf(shopIDs []string) (map[string]Connection, error)
	TokensOf(shopIDs []string) (map[string]string, error)
	// KnownCustomers returns customers with their accounts, by id, and does not keep them from changing.
	KnownCustomers(ids []string) (map[string]Known, error)
	// StartSending marks claimed deliveries as being sent, each for once more. Until is when their sender is taken
	// for dead.
	StartSending(ids []string, until time.Time) error
	// HeldDeliveries returns which deliveries are still as their senders claimed them, sending with that due moment,
	// and keeps them so until the transaction ends. The others' senders were taken for dead, and somebody else has
	// them in hand.
	HeldDeliveries([]Delivery) (map[string]bool, error)
	// UpdateDeliveries saves state, due moment, attempts, request, answer, status, reason and finish, each delivery at
	// most once. It changes nothing of a row that has reached a final state meanwhile, and returns which it changed.
	UpdateDeliveries([]Delivery) (map[string]bool, error)
	// ReleaseDelivery frees the dedupe key of a suppressed delivery, so that the same fact can be told after all.
	ReleaseDelivery(id string) error
	// Reserve takes request slots, want by token hash, spacing apart, the first no sooner than lead from now.
	Reserve(want map[string]int, spacing, lead time.Duration) (map[string]Slot, error)
	// OwnClock reports whether the database counts slots by its own clock, not by the transaction's Now.
	OwnClock() bool
	// HoldPace keeps a token from being used for d from now.
	HoldPace(tokenHash string, d time.Duration) error
	// SettleNotices says what became of the notices of order dates, each at most once: state and reason. What was told
	// stays told.
	SettleNotices([]Notice) error
	// ReleaseNotice forgets that a notice was planned: the customer has not been told of that date.
	ReleaseNotice(customerID string, order subscription.Date) error
	// TouchSent keeps, roughly, when the shops' connections were last seen to work.
	TouchSent(shopIDs []string) error
	// DueShops returns shops that have deliveries due, in bulk lanes or the answer lane, or dead ones.
	DueShops(now time.Time, bulk bool, limit int) ([]string, error)
	// NextDelivery returns the earliest moment a delivery becomes due; zero if there is none.
	NextDelivery(bulk bool) (time.Time, error)

	Delivery(shopID, id string) (Delivery, error)
	Deliveries(shopID string, f DeliveryFilter) ([]Delivery, error)
}

// Slot is the answer to asking for request slots of a token: how long until the first, or, if none were taken because the
// first would be later than asked for, how long to wait before asking again.
type Slot struct {
	Taken bool
	Wait  time.Duration
}

// Known is a customer as KnownCustomers found them.
type Known struct {
	ShopID   string
	Customer Customer
	Account  subscription.Account
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
	return b.deliver(ctx, b.bulk, shopID)
}

// DeliverAnswers is the handler of WakeAnswer: answers to replies of one shop. It is a kind of its own so that
// a slow bulk request never stands in front of an answer.
func (b *Bridge) DeliverAnswers(ctx context.Context, shopID string) (time.Time, error) {
	return b.deliver(ctx, b.answers, shopID)
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

// send makes the requests of one job, each on its slot.
func (b *Bridge) send(ctx context.Context, c *claim, j *job) {
	onSlot := func(n int) bool {
		if c.slots.wait(ctx, j.slot+n) {
			return true
		}
		j.outcome, j.err = missed, nil
		return false
	}
	id := j.customer.Subscriber
	if j.lookUp {
		if id = b.lookUp(ctx, c.ps, j, onSlot); id == "" {
			return
		}
	}
	if !onSlot(j.slots() - 1) {
		return
	}
	a := b.fire(ctx, c.ps, c.shop, j, id)
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
