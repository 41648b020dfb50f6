package bridge

import (
	"slices"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// found is what a command about an order means: at most one of date, already, late, ask, none and stale is set; nothing
// when there is no order.
type found struct {
	date    subscription.Date    // do it to this order
	ids     []string             // the subscriptions meant, when a product was named; nil: all of the order
	already *Move                // it was done before, and no notice has come since: say so again
	late    subscription.Date    // this one, but its time is over
	ask     []subscription.Order // one of these: ask
	none    subscription.Date    // the day named has no order
	stale   bool                 // what was meant may have passed while the reply waited
	unknown bool                 // the product named is in no coming order
	unsure  bool                 // beside date: the one meant may be another, which was skipped
}

// which finds the order a command means:
//
//	the day or the product that was named, if there is one                              → that order
//	the same command was carried out for an order still ahead, and no notice came since → that one, already done
//	the newest notice the customer had when writing, of an order still ahead            → that order
//	no such notice, one coming order date                                               → that order
//	no such notice, several                                                             → ask
//
// Everything is taken as it was when the reply came: a notice told afterwards cannot be what it answers.
func (t *turn) which(c Command, w reply.Wish) (f found, err error) {
	told, err := t.told()
	if err != nil {
		return f, err
	}
	own, err := t.tx.CustomerActions(t.shop.ID, t.a.Customer.ID, t.r.ReceivedAt.AddDate(-1, 0, 0), keptActions)
	if err != nil {
		return f, err
	}
	if w.Product != "" {
		if f.ids = t.subscriptionsWith(w.Product); len(f.ids) == 0 {
			return found{unknown: true}, nil
		}
		own = slices.DeleteFunc(own, func(a Action) bool { return !a.touches(f.ids) })
	}
	if c == Skip && len(w.Dates) == 1 {
		return t.ofDay(w.Dates[0], f.ids), nil
	}
	if f.already = t.before(c, own, told); f.already != nil {
		return f, nil
	}
	if o, there := t.a.OrderOn(told.Date); w.Product == "" || there && within(f.ids, o) {
		if !told.Date.IsZero() {
			if answered, done := t.ofNotice(c, own, told); done {
				answered.ids = f.ids
				return answered, nil
			}
		} else if t.came() != t.today() && t.tx.Now().Sub(t.r.ReceivedAt) > promptly {
			return found{stale: true}, nil // the next order of then may be gone
		}
	}
	f.unsure = c != Skip && (t.before(Skip, own, told) != nil || t.skipped(told.Date))
	orders := t.coming(f.ids)
	switch {
	case len(orders) == 0:
		return f, nil
	case len(orders) > 1:
		f.ask = orders
	case t.over(orders[0].Date):
		f.late = orders[0].Date
	default:
		f.date = orders[0].Date
	}
	return f, nil
}

// came is the day in the shop's zone on which the reply came.
func (t *turn) came() subscription.Date {
	return subscription.DateOf(t.r.ReceivedAt, t.shop.Location())
}

// told returns the newest notice the customer had when writing, of an order then ahead; zero if there is none.
func (t *turn) told() (Told, error) {
	if t.notice == nil {
		n, err := t.tx.ToldNotice(t.shop.ID, t.a.Customer.ID, t.r.ReceivedAt, t.came(), lease)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return n, err
		}
		t.notice = &n
	}
	return *t.notice, nil
}

// ofDay finds the order of a day that was named, or what of it is of the subscriptions with ids.
func (t *turn) ofDay(d subscription.Date, ids []string) found {
	o, there := t.a.OrderOn(d)
	switch {
	case there && len(ids) > 0 && !within(ids, o) && !t.skipped(d, ids...):
		return found{none: d}
	case there && len(ids) > 0 && !within(ids, o):
		return found{already: &Move{From: d}}
	case there && t.over(d):
		return found{late: d}
	case there:
		return found{date: d, ids: ids}
	case t.skipped(d):
		return found{already: &Move{From: d}}
	}
	return found{none: d}
}

// subscriptionsWith returns the subscriptions that bring the product of a key.
func (t *turn) subscriptionsWith(key string) (ids []string) {
	for _, s := range t.a.Subscriptions {
		if !s.Coming().IsZero() && slices.ContainsFunc(s.Items, func(i subscription.Item) bool { return productKey(i) == key }) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// within reports whether one of the ids is of the order.
func within(ids []string, o subscription.Order) bool {
	return slices.ContainsFunc(o.IDs(), func(id string) bool { return slices.Contains(ids, id) })
}

// touches reports whether the action was about one of the subscriptions.
func (a Action) touches(ids []string) bool {
	return slices.ContainsFunc(a.Before, func(s subscription.Subscription) bool { return slices.Contains(ids, s.ID) })
}

// over reports whether the order's last moment for changes has come.
func (t *turn) over(d subscription.Date) bool { return !t.judged.Before(t.shop.Timing().ReplyBy(d)) }

// before returns what the same command did before, when no notice has come since and the order it was about is
// still ahead and has not come back.
func (t *turn) before(c Command, own []Action, told Told) *Move {
	for _, act := range own {
		if act.Command != c || act.State != ActionDone {
			continue
		}
		if act.CreatedAt.Before(told.At) {
			return nil
		}
		for _, m := range act.Moves {
			if _, back := t.a.OrderOn(m.From); back || m.From.Before(t.came()) {
				continue
			}
			if c == Delay {
				if _, there := t.a.OrderOn(m.To); !there {
					continue
				}
			}
			return &m
		}
	}
	return nil
}

// ofNotice finds what a reply to a notice means. Done is false when the order of the notice went elsewhere, so
// that the customer's next order is meant.
func (t *turn) ofNotice(c Command, own []Action, told Told) (f found, done bool) {
	switch _, there := t.a.OrderOn(told.Date); {
	case there && t.over(told.Date):
		return found{late: told.Date}, true
	case there:
		return found{date: told.Date}, true
	}
	moved := slices.ContainsFunc(own, func(a Action) bool {
		return a.State == ActionDone && a.Command != Skip && slices.ContainsFunc(a.Moves, func(m Move) bool { return m.From == told.Date })
	})
	switch {
	case moved:
		return f, false
	case c == Skip && t.skipped(told.Date): // by the merchant, or in the platform's own portal
		return found{already: &Move{From: told.Date}}, true
	case !told.Date.After(t.today()): // its day has come: it has been carried on to the next date
		return found{late: told.Date}, true
	}
	return f, false
}

// skipped reports whether an order of that date was left out, of any subscription or of those with ids.
func (t *turn) skipped(d subscription.Date, ids ...string) bool {
	return slices.ContainsFunc(t.a.Subscriptions, func(s subscription.Subscription) bool {
		return (len(ids) == 0 || slices.Contains(ids, s.ID)) && !s.Coming().IsZero() && slices.Contains(s.Skipped, d)
	})
}

// mostOptions is how many orders a question offers; their dates alone always fit into one answer.
const mostOptions = 8

// coming returns the next order of each date on which one of the subscriptions, or one of those with ids, comes next.
func (t *turn) coming(ids []string) []subscription.Order {
	var dates []subscription.Date
	for _, s := range t.a.Subscriptions {
		d := s.Coming()
		if d.IsZero() || slices.Contains(dates, d) || len(ids) > 0 && !slices.Contains(ids, s.ID) {
			continue
		}
		dates = append(dates, d)
	}
	slices.SortFunc(dates, subscription.Date.Compare)
	var orders []subscription.Order
	for _, d := range dates[:min(len(dates), mostOptions)] {
		if o, ok := t.a.OrderOn(d); ok {
			orders = append(orders, o)
		}
	}
	return orders
}

// tooLate says what happens now, and when the next chance is.
func (t *turn) tooLate(c Command, date subscription.Date) string {
	word := wordGone
	if _, there := t.a.OrderOn(date); t.r.ReceivedAt.Before(t.shop.Timing().ReplyBy(date)) {
		word = wordNotInTime // the customer was in time; we were not
	} else if there {
		word = wordTooLate
	}
	said := t.shop.say(word, "verb", t.shop.verb(c), "date", t.shop.day(date, t.today()), "until", t.shop.replyBy(date))
	for _, o := range t.a.Orders(date.AddDays(1), 4) {
		if !t.over(o.Date) {
			return sentences(said, t.shop.say(wordChance, "date", t.shop.day(o.Date, t.today()), "until", t.shop.replyBy(o.Date)))
		}
	}
	return said
}
