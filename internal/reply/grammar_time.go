package reply

import (
	"slices"

	"rejoinder/internal/reply/when"
	"rejoinder/internal/subscription"
)

// skipping reads what may be said with skip: how many, or which by its date. "Skip until" is a delay or a pause.
func (g *grammar) skipping(w *Wish, a arguments, head *unit) doubt {
	switch {
	case a.orders > 1:
		w.Count = a.orders
	case a.counted && a.number > 1 && head.has(waits|vague) && !a.object: // "dont send 2, just 1"
		w.Meaning = Quantity
		return doubtArgs
	case a.counted && a.number > 1:
		w.Count = a.number
		if !a.object || a.more {
			return doubtWeak
		}
	case a.counted: // "skip one of them", "skip one bag"
		return doubtArgs
	}
	if len(a.times) == 0 {
		return 0
	}
	if len(a.times) > 1 || w.Count > 0 {
		return doubtTime
	}
	tm := g.units[a.times[0]].time
	if tm.Lead == when.Before && !tm.Day.IsZero() && head.has(waits) { // "dont send it before the 10th"
		w.Meaning, tm.Vague = Delay, false
		g.until(w, g.in.Order, when.Time{Day: tm.Day, Lead: when.Until}, true)
		return doubtTime
	}
	if tm.Vague {
		return doubtTime
	}
	if head.has(waits) { // "don't send it tomorrow" may be a delay
		if tm.Lead != when.Until && tm.Lead != when.To && tm.Lead != when.After {
			return g.ofOrder(w, tm) | doubtTime
		}
	}
	if g.units[a.times[0]].also != nil && tm.Lead == when.NoLead && g.in.Order.IsZero() {
		return 0 // "this month", with no order known to compare with
	}
	if tm.Day.IsZero() || tm.Lead == when.Until || tm.Lead == when.To || tm.Lead == when.After || tm.Lead == when.Back {
		w.Meaning = Delay
		return g.delaying(w, a, true) | doubtTime
	}
	return g.ofOrder(w, tm)
}

// ofOrder reads the date of the order meant: certain only when it is the coming order's.
func (g *grammar) ofOrder(w *Wish, tm when.Time) doubt {
	if !g.in.Order.IsZero() && g.calendar.Covers(tm.Day, g.in.Order) {
		if days, _ := g.dates(g.in.Order.AddDays(-1), tm.Day); slices.Contains(days, g.in.Order) {
			w.Dates = []subscription.Date{g.in.Order} // a day was named, not only a week or month it lies in
		}
		return 0
	}
	w.Dates, _ = g.dates(subscription.Date{}, tm.Day)
	return doubtTime
}

func (g *grammar) dates(floor subscription.Date, d when.Day) ([]subscription.Date, when.Problem) {
	if g.in.Today.IsZero() {
		return nil, when.NoSuchDay
	}
	return g.calendar.After(floor, d)
}

// delaying reads how far, or to which date. moves is whether the verb says that the order is to be moved, rather
// than when it is to come.
func (g *grammar) delaying(w *Wish, a arguments, moves bool) doubt {
	switch {
	case len(a.times) == 0 && a.counted:
		return doubtTime
	case len(a.times) == 0:
		return 0
	case len(a.times) > 1, a.counted:
		return doubtTime
	}
	tm := g.units[a.times[0]].time
	switch {
	case tm.Vague && tm.Lead == when.Before && !moves:
		w.Meaning = Now
		return doubtTime
	case tm.Vague && !tm.Day.IsZero() && negating[g.words[g.units[a.times[0]].lo]]: // "not before the 10th"
		g.until(w, g.in.Order, when.Time{Day: tm.Day, Lead: when.Until}, true)
		return doubtTime
	case tm.Vague:
		return doubtTime
	case tm.Day.IsZero() && (tm.Lead == when.To || tm.Lead == when.Until || tm.Lead == when.On):
		w.Amount = amountOf(tm) // "move it to 2 weeks" may count from the order or from today
		return doubtTime
	case tm.Count > 0 && !moves && tm.Base != when.FromToday && tm.Base != when.FromOrder:
		w.Amount = amountOf(tm) // "make it 2 weeks" may be how often
		return doubtTime
	case tm.Count > 0 && tm.Base == when.FromToday:
		d, why := g.calendar.Plus(g.in.Today, tm.Count, tm.Unit)
		if why != when.OK || !d.After(g.in.Order) {
			return doubtTime
		}
		w.Dates = []subscription.Date{d}
		if moves { // "delay in 3 weeks" may mean by 3 weeks
			return doubtTime
		}
		return 0
	case tm.Count > 0:
		if w.Amount = amountOf(tm); w.Amount.Count == 0 {
			return doubtTime
		}
		return 0
	}
	return g.toDay(w, tm, moves)
}

// toDay reads to which day, when one is named. moves is as in delaying.
func (g *grammar) toDay(w *Wish, tm when.Time, moves bool) doubt {
	if !moves && g.mayBeSooner(tm) { // "get it here by friday"
		if tm.Lead == when.By {
			w.Meaning = Now
			return doubtTime
		}
		return g.until(w, g.in.Order, tm, moves) | doubtTime
	}
	d := g.until(w, g.in.Order, tm, moves)
	if !g.in.Order.IsZero() && g.calendar.Covers(tm.Day, g.in.Order) {
		d |= doubtTime // "wait till the 24th", when the order is on the 24th
	}
	switch tm.Lead {
	case when.From, when.Before:
		d |= doubtTime
	case when.On, when.In:
		if moves { // when to do it, or the date wanted
			d |= doubtTime
		}
	}
	return d
}

// mayBeSooner reports whether a day named may be one before the order: "send it friday", when the order is in two weeks.
func (g *grammar) mayBeSooner(tm when.Time) bool {
	days, _ := g.dates(g.in.Today, tm.Day)
	return slices.ContainsFunc(days, func(d subscription.Date) bool { return d.Before(g.in.Order) })
}

// amountOf is the amount of a time; none when it is more than a year.
func amountOf(tm when.Time) Amount {
	if tm.Count < 1 || tm.Count > longest[tm.Unit] {
		return Amount{}
	}
	return Amount{Count: tm.Count, Unit: tm.Unit}
}

// until reads a date later than floor.
func (g *grammar) until(w *Wish, floor subscription.Date, tm when.Time, moves bool) doubt {
	var why when.Problem
	w.Dates, why = g.dates(floor, tm.Day)
	if w.Meaning == Delay && !moves && (why == when.Earlier || tm.Lead == when.Before) {
		w.Meaning, w.Dates = Now, nil // "can i get it tomorrow"
		return doubtTime
	}
	if why != when.OK || len(w.Dates) != 1 {
		return doubtTime
	}
	if w.Meaning == Delay && tm.Lead != when.To && tm.Lead != when.Until && tm.Lead != when.After && g.calendar.Covers(tm.Day, g.in.Order) { // "leave it for the 24th"
		return doubtTime
	}
	return 0
}

// pausing reads how long, or until when.
func (g *grammar) pausing(w *Wish, a arguments) doubt {
	d := doubt(0)
	if a.counted || a.orders > 1 {
		d |= doubtArgs
	}
	switch {
	case len(a.times) == 0 && a.dated:
		return d | doubtTime // "pause this month": that order, or for a month
	case len(a.times) == 0:
		return d
	case len(a.times) > 1, g.units[a.times[0]].time.Vague, g.units[a.times[0]].time.Base == when.FromToday:
		return d | doubtTime
	}
	tm := g.units[a.times[0]].time
	if tm.Count > 0 {
		if w.Amount = amountOf(tm); w.Amount.Count == 0 || tm.Lead == when.From {
			d |= doubtTime
		}
		return d
	}
	if tm.Lead != when.Until && tm.Lead != when.To && tm.Lead != when.Back {
		d |= doubtTime // it may be when the pause is to begin
	}
	return d | g.until(w, g.in.Today, tm, true)
}
