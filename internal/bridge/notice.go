package bridge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// noticeTx is the record of which customer has been told of which order date.
//
// A date's record, at most one whatever happens, moves like this:
//
//	(none) ── due ──▶ queued ── delivered ──▶ told
//	  │ ▲               │ └──── delivery ended unsent ──▶ suppressed
//	  │ └── withdrawn ──┘        (a withdrawn date can be told of when the order returns)
//	  └── too late, switched off, import ──▶ suppressed
type noticeTx interface {
	// ClaimNotices takes up to limit subscriptions off the list of those whose notice is due.
	ClaimNotices(limit int) ([]DueNotice, error)
	// Whereabouts returns what tells the waking hours of customers, by customer id.
	Whereabouts(customerIDs []string) (map[string]Whereabouts, error)
	// ShopsOf returns shops by id.
	ShopsOf(ids []string) (map[string]Shop, error)
	// PlanAgain sets when the notices of claimed subscriptions are due, by subscription id.
	PlanAgain(at map[string]time.Time) error
	// AddNotices records notices and returns those that had no record.
	AddNotices([]Notice) (map[NoticeKey]bool, error)
	// AddUpcoming queues the deliveries of notices, with a line of trace for each notice.
	AddUpcoming([]Delivery, []Trace) error
	// Noticed returns which of a customer's order dates from a day on have a record.
	Noticed(customerID string, from subscription.Date) (map[subscription.Date]bool, error)
	// QueuedNotices returns a customer's dates from a day on whose notice is queued.
	QueuedNotices(shopID, customerID string, from subscription.Date) ([]subscription.Date, error)
	// WithdrawNotice takes back a notice that has not been sent yet and reports whether there was one.
	WithdrawNotice(shopID, customerID string, date subscription.Date, reason string) (bool, error)
	// NextNotice returns the earliest moment at which a notice is due; zero: none.
	NextNotice() (time.Time, error)
}

// DueNotice is one subscription whose next order is to be spoken of.
type DueNotice struct {
	SubscriptionID string
	ShopID         string
	NoticeKey
}

// NoticeKey names an order date of one customer.
type NoticeKey struct {
	CustomerID string
	Date       subscription.Date
}

// NoticeState is what became of the notice of one order date.
type NoticeState = string

// The states of a notice.
const (
	NoticeQueued     NoticeState = "queued"
	NoticeTold       NoticeState = "told"
	NoticeSuppressed NoticeState = "suppressed"
)

// Notice is the fact that a customer is, or is not to be, told of one order date.
type Notice struct {
	NoticeKey
	ShopID     string
	DeliveryID string // "" when it was suppressed at once
	State      NoticeState
	Reason     string
}

// Whereabouts is what tells which time zones a customer may be in, and whose law's waking hours are theirs.
type Whereabouts struct {
	Zone  string
	Phone string
	State string
}

func whereaboutsOf(c subscription.Customer) Whereabouts {
	return Whereabouts{Zone: c.Zone, Phone: string(c.Phone), State: c.State}
}

const (
	// noticeBatch is how many subscriptions one transaction of the scan takes: enough that the price of a
	// transaction does not count, few enough that others wait for it a few ten milliseconds at most.
	noticeBatch = 500
	// noticeBatches is how many transactions one call makes before it lets other work have its turn.
	noticeBatches = 20
	// noticeSides is how many transactions run side by side.
	noticeSides = 2
)

// HandleNotice is the handler of WakeNotice: it turns due notices into deliveries until none is due.
//
// Several transactions run side by side: on PostgreSQL each takes other rows, so that two cores are twice as fast,
// and on SQLite they share commits.
func (b *Bridge) HandleNotice(ctx context.Context, _ string) (again time.Time, err error) {
	defer fault.Wrap(&err, "bridge: notices")
	var side [noticeSides]noticeRun
	var all sync.WaitGroup
	for i := range side {
		all.Go(func() { side[i] = b.noticeRun(ctx) })
	}
	all.Wait()
	for _, r := range side {
		err = errors.Join(err, r.err)
		if r.more {
			again = b.o.Now()
		}
	}
	return again, err
}

// noticeRun is what one row of transactions did.
type noticeRun struct {
	more bool // there may be more due
	err  error
}

func (b *Bridge) noticeRun(ctx context.Context) (r noticeRun) {
	for range noticeBatches {
		var claimed int
		r.err = b.o.Store.InTx(ctx, func(tx Tx) (err error) {
			claimed, err = b.noticeBatch(tx)
			return err
		})
		if r.err != nil {
			return r
		}
		if r.more = claimed == noticeBatch; !r.more {
			return r
		}
	}
	return r
}

// NoticeDue returns the key of the notice scan when a notice is due at now.
func (b *Bridge) NoticeDue(ctx context.Context, now time.Time, _ int) ([]string, error) {
	return dueAt(b.NoticeNextDue(ctx))(now)
}

// NoticeNextDue returns the earliest moment at which a notice is due; zero: none.
func (b *Bridge) NoticeNextDue(ctx context.Context) (at time.Time, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { at, err = tx.NextNotice(); return err })
	return at, err
}

// dueAt makes the answer of a Due function that has the one key "" out of that of NextDue.
func dueAt(at time.Time, err error) func(now time.Time) ([]string, error) {
	return func(now time.Time) ([]string, error) {
		if err != nil || at.IsZero() || at.After(now) {
			return nil, err
		}
		return []string{""}, nil
	}
}

// noticeBatch takes one batch of due notices and decides on each order date once, however many subscriptions
// share it. It returns how many subscriptions it took.
func (b *Bridge) noticeBatch(tx Tx) (claimed int, err error) {
	due, err := tx.ClaimNotices(noticeBatch)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	keys := make(map[NoticeKey]string, len(due)) // to the shop
	for _, d := range due {
		keys[d.NoticeKey] = d.ShopID
	}
	where, err := tx.Whereabouts(distinct(due, func(d DueNotice) string { return d.CustomerID }))
	if err != nil {
		return 0, err
	}
	known, err := tx.ShopsOf(distinct(due, func(d DueNotice) string { return d.ShopID }))
	if err != nil {
		return 0, err
	}
	scan := scan{now: tx.Now(), shops: known, watches: map[string]watch{}, later: map[NoticeKey]time.Time{}}
	for _, k := range slices.SortedFunc(maps.Keys(keys), compareNoticeKeys) {
		scan.decide(k, keys[k], where[k.CustomerID])
	}
	again := map[string]time.Time{}
	for _, d := range due {
		if at, ok := scan.later[d.NoticeKey]; ok {
			again[d.SubscriptionID] = at
		}
	}
	if err := tx.PlanAgain(again); err != nil {
		return 0, err
	}
	fresh, err := tx.AddNotices(scan.notices)
	if err != nil {
		return 0, err
	}
	deliveries, traces := scan.rows(fresh)
	if err := tx.AddUpcoming(deliveries, traces); err != nil {
		return 0, err
	}
	for _, id := range distinct(deliveries, func(d Delivery) string { return d.ShopID }) {
		b.wakeAfter(tx, WakeDeliver, id)
	}
	return len(due), nil
}

// distinct returns the different values of key, sorted.
func distinct[T any](list []T, key func(T) string) []string {
	seen := make(map[string]bool, len(list))
	for _, v := range list {
		seen[key(v)] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// scan is the work on one batch.
type scan struct {
	now     time.Time
	shops   map[string]Shop
	watches map[string]watch
	notices []Notice
	later   map[NoticeKey]time.Time
}

// decide says what becomes of the notice of one date.
func (s *scan) decide(k NoticeKey, shopID string, where Whereabouts) {
	shop := s.shops[shopID]
	w, ok := s.watches[shopID]
	if !ok {
		w = watchFor(shop, s.now)
		s.watches[shopID] = w
	}
	n := Notice{NoticeKey: k, ShopID: shopID, State: NoticeSuppressed}
	v := w.plan(k.Date, where)
	if at := w.decides(k.Date, v); at.After(s.now) {
		s.later[k] = at
		return
	}
	switch {
	case shop.Settings.Off(trigger.UpcomingOrder):
		n.Reason = switchedOff
	case v.Send:
		n.State, n.Reason, n.DeliveryID = NoticeQueued, v.Reason, ident.New(ident.Delivery, s.now)
	default:
		n.Reason = v.Reason
	}
	s.notices = append(s.notices, n)
}

// rows returns the deliveries and trace lines of the notices that had no record before. Facts stay empty: an
// Upcoming Order says what is true when it is sent.
func (s *scan) rows(fresh map[NoticeKey]bool) ([]Delivery, []Trace) {
	var deliveries []Delivery
	var traces []Trace
	for _, n := range s.notices {
		if !fresh[n.NoticeKey] {
			continue
		}
		if n.State == NoticeQueued {
			deliveries = append(deliveries, Delivery{
				ID: n.DeliveryID, ShopID: n.ShopID, CustomerID: n.CustomerID,
				Trigger: trigger.UpcomingOrder, Key: noticeDedupe(n.Date), Lane: LaneNotice, State: Queued,
				DueAt: s.now, OrderDate: n.Date, ExpiresAt: s.watches[n.ShopID].timing.ReplyBy(n.Date),
			})
		}
		traces = append(traces, Trace{
			ID: ident.New(ident.Trace, s.now), ShopID: n.ShopID, CustomerID: n.CustomerID, At: s.now,
			Kind: "notice", Text: noticeLine(n), Ref: n.DeliveryID,
		})
	}
	return deliveries, traces
}

// switchedOff is why an order gets no notice when the merchant wants none.
const switchedOff = "Not sent: the trigger Upcoming Order is switched off."

// noticeDedupe is the dedupe key of the Upcoming Order of a date: one per customer.
func noticeDedupe(date subscription.Date) string {
	return string(trigger.UpcomingOrder) + "/" + date.String()
}

func noticeLine(n Notice) string {
	verb := "not told of"
	if n.State == NoticeQueued {
		verb = "to be told of"
	}
	line := fmt.Sprintf("The customer is %s the order on %s.", verb, n.Date.Friendly(subscription.Date{}))
	if n.Reason != "" {
		line += " " + n.Reason
	}
	return line
}

func compareNoticeKeys(a, b NoticeKey) int {
	return cmp.Or(cmp.Compare(a.CustomerID, b.CustomerID), a.Date.Compare(b.Date))
}

func byNoticeKey(a, b Notice) int { return compareNoticeKeys(a.NoticeKey, b.NoticeKey) }

// StillDue looks once more, just before a delivery is sent, whether it should be: not past its use, not to
// somebody who has opted out, and, for an Upcoming Order, the order still stands on that date. The reason is a
// sentence for merchants.
func (b *Bridge) StillDue(tx Tx, d Delivery) (ok bool, reason string, err error) {
	if !d.ExpiresAt.IsZero() && !tx.Now().Before(d.ExpiresAt) {
		return false, "It would have come too late to be of use.", nil
	}
	c, err := tx.Customer(d.ShopID, d.CustomerID)
	if err != nil {
		return false, "", err
	}
	if c.Texts == TextsOptedOut {
		return false, "The customer has opted out of texts.", nil
	}
	if d.Trigger != trigger.UpcomingOrder || d.OrderDate.IsZero() {
		return true, "", nil
	}
	a, err := tx.Look(d.ShopID, d.CustomerID)
	if err != nil {
		return false, "", err
	}
	if _, ok := a.OrderOn(d.OrderDate); !ok {
		return false, noOrder(a, d.OrderDate), nil
	}
	return true, "", nil
}

// noOrder says why no order stands on a date on which one stood.
func noOrder(a subscription.Account, date subscription.Date) string {
	skipped, paused := false, false
	for _, s := range a.Subscriptions {
		skipped = skipped || slices.Contains(s.Skipped, date)
		paused = paused || s.Status == subscription.Paused && s.Interval.FirstFrom(s.Next, s.Anchor, date) == date
	}
	switch {
	case skipped:
		return "The order of " + date.Long() + " was skipped."
	case paused:
		return "The subscription is paused."
	case !a.HasLive():
		return "The subscription has ended."
	}
	return "The order is no longer on " + date.Long() + "."
}
