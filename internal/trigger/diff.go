package trigger

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/subscription"
)

// Actor is whose doing a change is.
type Actor string

// The actors.
const (
	Customer Actor = "customer" // a reply, our account page, the platform's own portal
	Merchant Actor = "merchant" // the shop's staff or its own programs
	System   Actor = "system"   // time passing: orders that roll forward, pauses that end, card updaters
)

// Cause says where a difference comes from.
type Cause struct {
	Actor  Actor
	Silent bool // an import or a backfill: nobody is texted
	// ID is of the action or webhook that brought the difference, the same each time it is delivered. It
	// tells a second occurrence (skip, undo, skip again) from a repeated delivery of the first; without one,
	// the second would be taken for a repetition and not be told.
	ID string
	// Today is the day in the shop's zone. When given, an order whose date lay before it has rolled forward
	// and was not delayed, whoever the actor is. No date: every move counts.
	Today subscription.Date
}

// Settings are a shop's choices about when triggers fire.
type Settings struct {
	PerRetry bool // Payment Method Failed at every failed try, not once per bill
}

// Fired is one trigger to be sent about one customer.
type Fired struct {
	Name Name
	// Key is the same for the same occurrence and different for any other of this customer: what a unique
	// index needs so that an occurrence is told once.
	Key string
	// Facts are the tag values known from the difference, as final text: dates in English with the weekday,
	// and the year where it changes. A value that is not known is absent. The standard tags and
	// account_page_link are never here: they are filled at the time of sending.
	Facts map[string]string
	// Subscriptions are the ids of those it is about, oldest subscription first.
	Subscriptions []string
}

// Diff returns the triggers that the change from before to now fires, in the order of All. It is the only
// place that fires triggers from state. A nil before means that the customer is new to us.
//
// Both are whole pictures: a subscription missing from now is taken as gone.
func Diff(before *subscription.Account, now subscription.Account, why Cause, s Settings) []Fired {
	if why.Silent {
		return nil
	}
	d := diff{now: now, why: why, settings: s, known: before != nil}
	if before != nil {
		d.before = *before
	}
	var out []Fired
	out = append(out, d.created()...)
	out = append(out, d.skipped()...)
	out = append(out, d.paymentUpdated()...)
	out = append(out, d.paymentFailed()...)
	out = append(out, d.deactivated()...)
	return append(out, d.delayed()...)
}

type diff struct {
	before, now subscription.Account
	known       bool // there is a before
	why         Cause
	settings    Settings
}

// created fires once for all subscriptions taken out together: two in one checkout are one text.
func (d diff) created() []Fired {
	var fresh subscription.Order
	for _, s := range d.now.Subscriptions {
		if _, old := d.before.Find(s.ID); old || s.Status != subscription.Active || s.Next.IsZero() {
			continue
		}
		fresh.Subscriptions = append(fresh.Subscriptions, s)
		if fresh.Date.IsZero() || s.Next.Before(fresh.Date) {
			fresh.Date = s.Next
		}
	}
	if len(fresh.Subscriptions) == 0 {
		return nil
	}
	return []Fired{{
		Name: SubscriptionCreated,
		Key:  key(SubscriptionCreated, strings.Join(fresh.IDs(), "+")),
		Facts: facts(
			"product_names", fresh.ProductNames(),
			"next_delivery_date", d.why.say(fresh.Date, fresh.Date),
		),
		Subscriptions: fresh.IDs(),
	}}
}

// move is an order that went from one date to another.
type move struct{ from, to subscription.Date }

func byDates(a, b move) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) }

// skipped fires once for each date, whichever subscriptions it held. The new date is the earliest on which one
// of them comes now.
func (d diff) skipped() []Fired {
	if d.why.Actor != Customer {
		return nil
	}
	next, ids := map[subscription.Date]subscription.Date{}, map[subscription.Date][]string{}
	for _, s := range d.now.Subscriptions {
		was, old := d.before.Find(s.ID)
		coming := s.Coming()
		if !old || coming.IsZero() {
			continue
		}
		for _, on := range newSkips(was, s) {
			if first, ok := next[on]; !ok || coming.Before(first) {
				next[on] = coming
			}
			ids[on] = append(ids[on], s.ID)
		}
	}
	var out []Fired
	for _, on := range slices.SortedFunc(maps.Keys(next), subscription.Date.Compare) {
		out = append(out, Fired{
			Name: OrderSkipped,
			Key:  key(OrderSkipped, on.String(), d.why.ID),
			Facts: facts(
				"product_names", d.products(ids[on]),
				"skipped_delivery_date", d.why.say(on, on),
				"new_delivery_date", d.why.say(next[on], on),
			),
			Subscriptions: ids[on],
		})
	}
	return out
}

// delayed fires once for each pair of dates. A subscription with a newly skipped date has been skipped, and
// one that was paused, resumed or paused for longer has an order elsewhere for that reason: none is a delay.
func (d diff) delayed() []Fired {
	if d.why.Actor != Customer {
		return nil
	}
	moves := map[move][]string{}
	for _, s := range d.now.Subscriptions {
		was, old := d.before.Find(s.ID)
		m := move{was.Coming(), s.Coming()}
		switch {
		case !old, was.Status != s.Status, was.PausedUntil != s.PausedUntil:
		case m.from.IsZero(), !m.to.After(m.from), len(newSkips(was, s)) > 0:
		case m.from.Before(d.why.Today): // its day was over: it has rolled forward
		default:
			moves[m] = append(moves[m], s.ID)
		}
	}
	var out []Fired
	for _, m := range slices.SortedFunc(maps.Keys(moves), byDates) {
		out = append(out, Fired{
			Name: OrderDelayed,
			Key:  key(OrderDelayed, m.from.String(), m.to.String(), d.why.ID),
			Facts: facts(
				"product_names", d.products(moves[m]),
				"old_delivery_date", d.why.say(m.from, m.from),
				"new_delivery_date", d.why.say(m.to, m.from),
			),
			Subscriptions: moves[m],
		})
	}
	return out
}

// products names what the subscriptions of those ids bring.
func (d diff) products(ids []string) string {
	var o subscription.Order
	for _, s := range d.now.Subscriptions {
		if slices.Contains(ids, s.ID) {
			o.Subscriptions = append(o.Subscriptions, s)
		}
	}
	return o.ProductNames()
}

// paymentUpdated fires when one known way of paying has taken the place of another. A first one, where none was
// known, counts only as the customer's own doing: platforms often report it a moment after the customer.
func (d diff) paymentUpdated() []Fired {
	was, is := d.before.Customer.Payment, d.now.Customer.Payment
	if !d.known || is.Fingerprint == "" || is.Fingerprint == was.Fingerprint {
		return nil
	}
	if was.Fingerprint == "" && d.why.Actor != Customer {
		return nil
	}
	return []Fired{{
		Name:          PaymentMethodUpdated,
		Key:           key(PaymentMethodUpdated, d.why.ID),
		Facts:         facts("card_brand", is.Brand, "card_last4", is.Last4),
		Subscriptions: live(d.now),
	}}
}

// paymentFailed fires for a bill that is new to us, or for each further try of one when the shop wants that.
func (d diff) paymentFailed() []Fired {
	bill, was := d.now.Failed, d.before.Failed
	if bill == nil {
		return nil
	}
	again := was != nil && was.ID == bill.ID
	if again && (!d.settings.PerRetry || bill.Attempt <= was.Attempt) {
		return nil
	}
	attempt := strconv.Itoa(max(bill.Attempt, 1))
	k := key(PaymentMethodFailed, bill.ID)
	if d.settings.PerRetry {
		k = key(PaymentMethodFailed, bill.ID, attempt)
	}
	return []Fired{{
		Name: PaymentMethodFailed,
		Key:  k,
		Facts: facts(
			"order_total", bill.Total.String(),
			"attempt", attempt,
			"next_retry_date", d.why.say(bill.NextRetry, bill.OrderDate),
		),
		Subscriptions: d.billed(bill),
	}}
}

// billed returns the subscriptions in the order of a bill: those that stood on its date, before or now.
func (d diff) billed(bill *subscription.Bill) []string {
	var ids []string
	for _, s := range d.now.Subscriptions {
		was, _ := d.before.Find(s.ID)
		if !bill.OrderDate.IsZero() && (s.Next == bill.OrderDate || was.Next == bill.OrderDate) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// deactivated fires when the last live subscription is gone because it was cancelled or removed. One that
// merely ran out its term leaves no one deactivated.
func (d diff) deactivated() []Fired {
	if d.now.HasLive() {
		return nil
	}
	var ended []string
	for _, was := range d.before.Subscriptions {
		if is, ok := d.now.Find(was.ID); was.Status.Live() && (!ok || is.Status == subscription.Cancelled) {
			ended = append(ended, was.ID)
		}
	}
	if len(ended) == 0 {
		return nil
	}
	return []Fired{{
		Name:          CustomerDeactivated,
		Key:           key(CustomerDeactivated, d.why.ID),
		Facts:         map[string]string{},
		Subscriptions: ended,
	}}
}

// live returns the ids of the live subscriptions.
func live(a subscription.Account) []string {
	var ids []string
	for _, s := range a.Subscriptions {
		if s.Status.Live() {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// newSkips returns the dates that are skipped now and were not before.
func newSkips(was, is subscription.Subscription) []subscription.Date {
	var out []subscription.Date
	for _, on := range is.Skipped {
		if !slices.Contains(was.Skipped, on) && !slices.Contains(out, on) {
			out = append(out, on)
		}
	}
	return out
}

// say returns d for a text, with the year unless it is that of today or, where today is not known, of near.
func (c Cause) say(d, near subscription.Date) string {
	switch {
	case !c.Today.IsZero():
		return d.Friendly(c.Today)
	case !near.IsZero():
		return d.Friendly(near)
	}
	return d.Long()
}

// key joins what distinguishes one occurrence of a trigger for one customer.
func key(n Name, parts ...string) string { return string(n) + "/" + strings.Join(parts, "/") }

// facts makes tag values from names and values in turn, leaving out the empty ones.
func facts(pairs ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			m[pairs[i]] = pairs[i+1]
		}
	}
	return m
}
