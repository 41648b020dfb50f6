package bridge

import (
	"slices"
	"strings"
	"time"

	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// bookTx is the picture we keep of customers and their subscriptions.
type bookTx interface {
	// Account returns the whole picture of one customer and keeps it from changing until the transaction ends.
	Account(shopID, customerID string) (subscription.Account, error)
	// Look is Account without keeping it from changing.
	Look(shopID, customerID string) (subscription.Account, error)
	// HoldCustomer keeps a customer's account from changing until the transaction ends, unless somebody else does: then
	// it reports false at once.
	HoldCustomer(shopID, customerID string) (bool, error)
	// Customer returns one customer with what we know about texting them.
	Customer(shopID, customerID string) (Customer, error)
	// Customers finds customers by part of a name, email, phone or external id, newest first, with ids below before.
	Customers(shopID, query, before string, limit int) ([]Customer, error)
	// SaveAccount creates or replaces a customer and all given subscriptions, each with its plan.
	SaveAccount(shopID string, a subscription.Account, plans map[string]Plan) error
	// SetTexts keeps what Postscript told us about texting a customer; subscriber "" leaves the id as it is.
	SetTexts(shopID, customerID string, t Texts, subscriber string) error
	// LearnTexts is SetTexts for what Postscript was asked about a customer as they were then: nothing is kept when
	// their number or address has changed since, and an opt-out stands.
	LearnTexts(shopID string, asked Customer, t Texts, subscriber string) error
	// FindCustomers returns customers who are found by what was typed, newest first: by how their name, surname, e-mail,
	// number or external id begins, and among the newest ten thousand by any part of these.
	FindCustomers(shopID, typed string, limit int) ([]Customer, error)
	// CustomerByPhone returns the customer of an E.164 number; fault.NotFound if there is none.
	CustomerByPhone(shopID string, phone subscription.Phone) (Customer, error)
	// SubscriptionOwner returns the customer a subscription belongs to.
	SubscriptionOwner(shopID, subscriptionID string) (string, error)
	// ComingOrders returns the next orders of all customers in a range of dates, from after a place on.
	ComingOrders(shopID string, from, to subscription.Date, after OrderPlace, limit int) ([]ComingOrder, error)
	// LookAgain makes every plan of a shop due now.
	LookAgain(shopID string) error

	noticeTx
	rollTx
	importTx
}

// Plan is when the clock has to look at a subscription again.
type Plan struct {
	NotifyAt time.Time // zero: no notice is planned for its next order
	RollAt   time.Time // the moment its order date begins or its pause ends, in the shop's zone; zero: never
}

// OrderPlace is a place in the list of a shop's coming orders; the zero value is its beginning.
type OrderPlace struct {
	Date       subscription.Date
	CustomerID string
}

// ComingOrder is the next order of one customer.
type ComingOrder struct {
	CustomerID string
	subscription.Order
}

// change takes in that a customer's account went from before (nil: new) to after: it saves it, plans its
// notices, queues the deliveries of the triggers the difference fires, the ledger's outgoing webhooks, and
// traces it all. Everything happens in tx, and whoever has work to do by it is woken after the commit.
//
// A subscription that is in before and not in after is gone: it is kept as cancelled. When the cause is silent
// nobody is told of anything: neither customers nor webhook endpoints, and an order whose regular notice
// moment lies behind gets none.
func (b *Bridge) change(tx Tx, shop Shop, before *subscription.Account, after subscription.Account, why trigger.Cause) ([]trigger.Fired, error) {
	if why.Today.IsZero() {
		why.Today = subscription.DateOf(tx.Now(), shop.Location())
	}
	after = keepGone(before, after)
	planned, err := b.plan(tx, shop, after, why)
	if err != nil {
		return nil, err
	}
	if err := tx.SaveAccount(shop.ID, after, planned.plans); err != nil {
		return nil, err
	}
	b.wakeClock(tx, planned.plans)
	events := eventsOf(before, after, why)
	for _, e := range events {
		if err := b.trace(tx, shop.ID, after.Customer.ID, "change", e.sentence(why), ""); err != nil {
			return nil, err
		}
	}
	if err := b.withdraw(tx, shop, before, after, why); err != nil {
		return nil, err
	}
	if err := b.addSuppressed(tx, shop, after.Customer.ID, planned.suppressed); err != nil {
		return nil, err
	}
	fired := trigger.Diff(before, after, why, trigger.Settings{PerRetry: shop.Settings.PerRetry})
	for _, f := range fired {
		d := Delivery{CustomerID: after.Customer.ID, Trigger: f.Name, Key: f.Key, Lane: LaneEvent, Facts: f.Facts}
		if strings.HasPrefix(why.ID, ident.Reply+"_") {
			d.Lane, d.ReplyID = LaneAnswer, why.ID
		}
		if _, err := b.queue(tx, shop, d); err != nil {
			return nil, err
		}
	}
	if why.Silent {
		return fired, nil
	}
	return fired, b.publish(tx, shop, after, events, why)
}

// wakeClock has plans looked at that are due already: notices that belong out now, orders that have come.
func (b *Bridge) wakeClock(tx Tx, plans map[string]Plan) {
	now := tx.Now()
	for _, p := range plans {
		if !p.NotifyAt.IsZero() && !p.NotifyAt.After(now) {
			b.wakeAfter(tx, WakeNotice, "")
		}
		if !p.RollAt.IsZero() && !p.RollAt.After(now) {
			b.wakeAfter(tx, WakeRoll, "")
		}
	}
}

// keepGone adds to after, as cancelled, the subscriptions that only before has.
func keepGone(before *subscription.Account, after subscription.Account) subscription.Account {
	if before == nil {
		return after
	}
	for _, was := range before.Subscriptions {
		if _, ok := after.Find(was.ID); ok {
			continue
		}
		if was.Status.Live() {
			was.Status, was.Next, was.PausedUntil = subscription.Cancelled, subscription.Date{}, subscription.Date{}
		}
		after.Subscriptions = append(slices.Clone(after.Subscriptions), was)
	}
	return after
}

// planned is what plan found out: when to look at each subscription, and which order dates get no notice and why.
type planned struct {
	plans      map[string]Plan
	suppressed map[subscription.Date]string
}

// plan decides when the clock looks at each subscription again. An order date with a record of its notice gets
// no other: one customer is told of one date once.
func (b *Bridge) plan(tx Tx, shop Shop, a subscription.Account, why trigger.Cause) (planned, error) {
	p := planned{plans: map[string]Plan{}, suppressed: map[subscription.Date]string{}}
	noticed, err := tx.Noticed(a.Customer.ID, why.Today)
	if err != nil {
		return p, err
	}
	w := watchFor(shop, tx.Now())
	verdicts := map[subscription.Date]trigger.Verdict{}
	for _, s := range a.Subscriptions {
		plan := Plan{RollAt: rollAt(s, w.timing.Zone)}
		if coming := s.Coming(); !coming.IsZero() && !noticed[coming] {
			v, ok := verdicts[coming]
			if !ok {
				v = w.plan(coming, whereaboutsOf(a.Customer))
				if why.Silent && v.Send && w.timing.NotifyAt(coming).Before(tx.Now()) {
					v = trigger.Verdict{Reason: "Not sent: it came by an import after the notice's regular moment, and an import texts nobody."}
				}
				verdicts[coming] = v
			}
			if at := w.decides(coming, v); v.Send || at.After(tx.Now()) {
				plan.NotifyAt = at
			} else {
				p.suppressed[coming] = v.Reason
			}
		}
		p.plans[s.ID] = plan
	}
	return p, nil
}

// rollAt is the moment a subscription's next date begins, or its pause ends; zero: never. One whose interval
// leads nowhere has no next date to go on to.
func rollAt(s subscription.Subscription, zone *time.Location) time.Time {
	switch {
	case s.Interval.Check() != nil:
		return time.Time{}
	case s.Status == subscription.Active:
		return s.Next.At(0, 0, zone)
	case s.Status == subscription.Paused:
		return s.PausedUntil.At(0, 0, zone)
	}
	return time.Time{}
}

// withdraw takes back the notices, not sent yet, of dates ahead on which no order stands any more. The notice of an
// order that has come due keeps its record, and ends as too late when it is looked at.
func (b *Bridge) withdraw(tx Tx, shop Shop, before *subscription.Account, after subscription.Account, why trigger.Cause) error {
	if before == nil {
		return nil
	}
	gone := false
	for _, s := range before.Subscriptions {
		coming := s.Coming()
		if _, ok := after.OrderOn(coming); !coming.IsZero() && !ok {
			gone = true
		}
	}
	if !gone {
		return nil
	}
	queued, err := tx.QueuedNotices(shop.ID, after.Customer.ID, why.Today.AddDays(1))
	if err != nil {
		return err
	}
	for _, date := range queued {
		if _, ok := after.OrderOn(date); ok {
			continue
		}
		reason := noOrder(after, date)
		done, err := tx.WithdrawNotice(shop.ID, after.Customer.ID, date, reason)
		if err != nil {
			return err
		}
		if done {
			if err := b.trace(tx, shop.ID, after.Customer.ID, "notice", "Upcoming Order for "+date.Friendly(why.Today)+" taken back: "+reason, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// addSuppressed records the order dates that get no notice.
func (b *Bridge) addSuppressed(tx Tx, shop Shop, customerID string, reasons map[subscription.Date]string) error {
	var notices []Notice
	for date, reason := range reasons {
		notices = append(notices, Notice{NoticeKey: NoticeKey{customerID, date}, ShopID: shop.ID, State: NoticeSuppressed, Reason: reason})
	}
	slices.SortFunc(notices, byNoticeKey)
	fresh, err := tx.AddNotices(notices)
	if err != nil {
		return err
	}
	for _, n := range notices {
		if !fresh[n.NoticeKey] {
			continue
		}
		if err := b.trace(tx, shop.ID, customerID, "notice", noticeLine(n), ""); err != nil {
			return err
		}
	}
	return nil
}
