package subscription

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Find returns the subscription with that id.
func (a Account) Find(id string) (Subscription, bool) {
	i := a.index(id)
	if i < 0 {
		return Subscription{}, false
	}
	return a.Subscriptions[i], true
}

func (a Account) index(id string) int {
	return slices.IndexFunc(a.Subscriptions, func(s Subscription) bool { return s.ID == id })
}

// HasLive reports whether any subscription can still bring an order.
func (a Account) HasLive() bool {
	return slices.ContainsFunc(a.Subscriptions, func(s Subscription) bool { return s.Status.Live() })
}

// following returns the order date after d: one interval on, passing over dates already skipped. (After one
// of two skips was taken back, the other still lies ahead.) No date when the interval cannot be used.
func (s Subscription) following(d Date) Date {
	for d = s.Interval.Next(d, s.Anchor); !d.IsZero() && slices.Contains(s.Skipped, d); {
		d = s.Interval.Next(d, s.Anchor)
	}
	return d
}

// firstFrom returns the first order date that is not before floor, counting from Next.
func (s Subscription) firstFrom(floor Date) Date {
	d := s.Interval.FirstFrom(s.Next, s.Anchor, floor)
	if d != s.Next && slices.Contains(s.Skipped, d) {
		return s.following(d)
	}
	return d
}

// Coming returns the date of the subscription's next order if nobody does anything more: Next while it is active,
// and while it is paused until a day the first date of its cadence from that day on. No date when none is coming.
// It is what customers are told of: a notice must leave time to answer, which the end of a pause would not.
func (s Subscription) Coming() Date {
	switch {
	case s.Status == Active:
		return s.Next
	case s.Status != Paused || s.PausedUntil.IsZero():
		return Date{}
	case s.Next.IsZero():
		return s.following(s.PausedUntil)
	}
	return s.firstFrom(s.PausedUntil)
}

// Orders returns the coming orders as things stand: all subscriptions that bring one carried on along their
// intervals, one Order per date, earliest first, at most count dates and none before from. The subscriptions
// inside are as they are now, so only in the first order of each is it on the date that Coming says.
func (a Account) Orders(from Date, count int) []Order {
	byDate := map[Date][]Subscription{}
	for _, s := range a.Subscriptions {
		ahead := s
		if ahead.Next = s.Coming(); ahead.Next.IsZero() {
			continue
		}
		d := ahead.firstFrom(from)
		for range count {
			if d.IsZero() {
				break
			}
			byDate[d] = append(byDate[d], s)
			d = s.following(d)
		}
	}
	all := inOrder(byDate)
	return all[:min(max(count, 0), len(all))]
}

// inOrder turns subscriptions grouped by date into orders, earliest first.
func inOrder(byDate map[Date][]Subscription) []Order {
	orders := make([]Order, 0, len(byDate))
	for _, d := range slices.SortedFunc(maps.Keys(byDate), Date.Compare) {
		orders = append(orders, Order{Date: d, Subscriptions: byDate[d]})
	}
	return orders
}

// Next returns the customer's next order: the earliest date on which a subscription comes, and all that share it.
func (a Account) Next() (Order, bool) {
	var first Date
	for _, s := range a.Subscriptions {
		if d := s.Coming(); !d.IsZero() && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return a.OrderOn(first)
}

// OrderOn returns the order of that date: the subscriptions that come next on it.
func (a Account) OrderOn(date Date) (Order, bool) {
	if date.IsZero() {
		return Order{}, false
	}
	o := Order{Date: date}
	for _, s := range a.Subscriptions {
		if s.Coming() == date {
			o.Subscriptions = append(o.Subscriptions, s)
		}
	}
	return o, len(o.Subscriptions) > 0
}

// IDs returns the ids of the order's subscriptions.
func (o Order) IDs() []string {
	ids := make([]string, len(o.Subscriptions))
	for i, s := range o.Subscriptions {
		ids[i] = s.ID
	}
	return ids
}

// namedProducts is how many products a text names before it counts the rest.
const namedProducts = 3

// ProductNames returns what is in the order for a text: "A", "A and B", "A, B and C", "A, B, C and 2 more".
// A product in several subscriptions is named once; "" when no item has a name.
func (o Order) ProductNames() string {
	var names []string
	for _, s := range o.Subscriptions {
		for _, it := range s.Items {
			if name := strings.TrimSpace(it.Name); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) > namedProducts {
		names = append(names[:namedProducts], fmt.Sprintf("%d more", len(names)-namedProducts))
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// Total returns what the order costs before tax and shipping, which only the platform knows. The error is
// Conflict when the items are priced in different currencies.
func (o Order) Total() (Money, error) {
	var sum Money
	for _, s := range o.Subscriptions {
		for _, it := range s.Items {
			var err error
			if sum, err = sum.Add(it.Price.Times(it.Quantity)); err != nil {
				return Money{}, fmt.Errorf("total of subscription %s: %w", s.ID, err)
			}
		}
	}
	return sum, nil
}
