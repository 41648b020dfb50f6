package reply

import (
	"slices"

	"rejoinder/internal/reply/when"
	"rejoinder/internal/subscription"
)

// arguments are what a command is said with.
type arguments struct {
	all, later bool
	beyond     bool // not the coming order
	orders     int  // "the next two"; 0 when not said
	object     bool
	goods      bool
	about      [][]int // products named, each as the indexes that fit
	wanted     [][]int // after to, for, with
	unwanted   [][]int // after instead of
	times      []int   // units
	number     int
	counted    bool
	one        bool // a product is named with "a"
	twice      bool // more than one count
	more       bool // the count is how many more
	fewer      bool // or fewer
	rather     bool // "instead"
	suits      bool
	dangling   bool // a "to" or "for" with nothing after it
}

func (g *grammar) arguments(s *statement) arguments {
	var a arguments
	list := &a.about
	for _, i := range s.args {
		switch u := &g.units[i]; u.role {
		case object:
			a.object = true
			a.all = a.all || u.has(every)
			a.later = a.later || u.has(later)
			a.beyond = a.beyond || u.has(beyond)
			a.orders = max(a.orders, u.count)
		case goods:
			a.goods = true
		case named:
			a.one = a.one || oneOf[g.words[u.lo]]
			*list = append(*list, u.names)
			a.dangling = false
		case toward:
			list, a.dangling = &a.wanted, true
		case instead, not:
			list = &a.unwanted
		case rather:
			a.rather = true
		case suits:
			a.suits = true
		case timed:
			if list != &a.unwanted {
				a.times = append(a.times, i)
			}
			a.dangling = false
		case number:
			if list != &a.unwanted {
				a.count(u)
			}
			a.dangling = false
		}
	}
	if len(a.times) > 1 {
		a.times = slices.DeleteFunc(a.times, func(i int) bool { return g.ofTheOrder(i) })
	}
	return a
}

// ofTheOrder reports whether the time at unit i only says which order is meant: "change Nov 24 to Dec 1".
func (g *grammar) ofTheOrder(i int) bool {
	tm := g.units[i].time
	return tm.Count == 0 && !tm.Vague && (tm.Lead == when.NoLead || tm.Lead == when.On || tm.Lead == when.From) &&
		!g.in.Order.IsZero() && g.calendar.Covers(tm.Day, g.in.Order)
}

// count reads "2", "2 more" and "one less".
func (a *arguments) count(u *unit) {
	n := u.count
	a.more = a.more || u.has(more) || u.has(less)
	a.fewer = a.fewer || u.has(less)
	switch {
	case u.entry != nil && n == 0: // "more" beside a count
	case a.counted && u.entry == nil:
		a.twice = true
	default:
		a.number, a.counted = n, true
	}
}

// wish is what a statement with a command asks for, and why it is not certain.
func (g *grammar) wish(s *statement) ([]Wish, doubt) {
	head := &g.units[s.head]
	a := g.arguments(s)
	if fit := g.nameWithin(head.span); fit != nil {
		a.about = append(a.about, fit)
	}
	d := s.doubt
	w := Wish{Meaning: head.means(), All: a.all}
	if head.has(sends) {
		w.Meaning = a.asked(g, head)
	}
	if head.has(vague) && (head.means() == "" || w.Meaning == head.means()) { // "send it" is vague, "send it Friday" is not
		d |= doubtVague
	}
	if head.has(weak) && !a.said() || head.has(limited) && (len(a.times) == 0 || !a.object && !a.goods && len(a.about) == 0 && head.hi-head.lo == 1) {
		d |= doubtWeak
	}
	if head.has(done) && !s.framed {
		d |= doubtWeak
	}
	if head.typo != "" {
		d |= doubtTypo
	}
	if a.dangling {
		d |= doubtOther
	}
	if a.twice || a.suits || a.all && (len(a.about) > 0 || len(a.wanted) > 0 || w.Meaning == Undo) {
		d |= doubtArgs
	}
	if s.before || s.after {
		d |= doubtOther
	}
	if a.goods && len(a.about) == 0 && w.Meaning != Quantity && w.Meaning != Next {
		d |= doubtName
	}
	switch w.Meaning {
	case Skip:
		d |= g.skipping(&w, a, head)
	case Delay:
		d |= g.delaying(&w, a, !head.has(sends))
	case Pause:
		d |= g.pausing(&w, a)
	case Swap:
		return g.swapping(w, a, d)
	case Quantity:
		if head.has(less) && !a.counted && head.count == 0 { // "remove the tea"
			w.Meaning = Skip
			d |= doubtVague
			break
		}
		d |= quantity(&w, a, head)
	case Next, Link:
		return []Wish{{Meaning: w.Meaning}}, d
	default:
		if a.counted || len(a.times) > 0 || a.orders > 1 {
			d |= doubtArgs
		}
	}
	if len(a.wanted) > 0 || len(a.unwanted) > 0 {
		d |= doubtArgs
	}
	return g.about(w, a, d)
}

// nameWithin returns the product named inside a phrase: "no coffee this month".
func (g *grammar) nameWithin(s span) []int {
	for i := s.lo; i < s.hi; i++ {
		if fit, hi := g.names.at(g.words[:s.hi], g.t.words, g.t.clause, i); hi > i {
			return fit
		}
	}
	return nil
}

// said reports whether there is anything to a command but its verb.
func (a *arguments) said() bool {
	return a.object || a.goods || a.counted || len(a.about) > 0 || len(a.times) > 0 || len(a.wanted) > 0
}

// asked is what "send" and "make it" ask for, which goes by what follows.
func (a *arguments) asked(g *grammar, head *unit) Meaning {
	switch {
	case len(a.wanted) > 0, len(a.unwanted) > 0:
		return Swap
	case a.counted && len(a.times) > 0:
		return Delay
	case a.counted:
		return Quantity
	case len(a.about) > 0 && len(g.only(a.about[0], true)) > 0 && len(g.only(a.about[0], false)) == 0:
		return Swap
	case len(a.times) > 0:
		return Delay
	}
	return head.means()
}

// about adds the products named: one wish for each.
func (g *grammar) about(w Wish, a arguments, d doubt) ([]Wish, doubt) {
	if len(a.about) == 0 {
		return []Wish{w}, d
	}
	var all []Wish
	for _, fit := range a.about {
		key, ok := g.key(g.only(fit, false))
		if !ok {
			d |= doubtName
		}
		w.Product = key
		all = append(all, w)
	}
	return all, d
}

// only keeps the products that are offered, or those that the customer has.
func (g *grammar) only(fit []int, offer bool) []int {
	return slices.DeleteFunc(slices.Clone(fit), func(i int) bool { return g.in.Products[i].Offer != offer })
}

// key returns the key all of fit share.
func (g *grammar) key(fit []int) (string, bool) {
	if len(fit) == 0 {
		return "", false
	}
	key := g.in.Products[fit[0]].Key
	for _, i := range fit[1:] {
		if g.in.Products[i].Key != key {
			return "", false
		}
	}
	return key, true
}

// skipping reads what may be said with skip: how many, or which by its date. "Skip until" is a delay or a pause.
func (g *grammar) skipping(w *Wish, a arguments, head *unit) doubt {
	switch {
	case a.orders > 1:
		w.Count = a.orders
	case a.counted && a.number > 1:
		w.Count = a.number
		if !a.object || a.more {
			return doubtWeak
		}
	case a.counted && (a.number < 1 || a.more):
		return doubtArgs
	}
	if len(a.times) == 0 {
		return 0
	}
	if len(a.times) > 1 || w.Count > 0 {
		return doubtTime
	}
	tm := g.units[a.times[0]].time
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
	d := g.until(w, g.in.Order, tm, moves)
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
	return 0
}

// pausing reads how long, or until when.
func (g *grammar) pausing(w *Wish, a arguments) doubt {
	d := doubt(0)
	if a.counted || a.orders > 1 {
		d |= doubtArgs
	}
	switch {
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

// swapping reads what is wanted and instead of what.
func (g *grammar) swapping(w Wish, a arguments, d doubt) ([]Wish, doubt) {
	w.All = false
	from := append(slices.Clone(a.unwanted), a.about...)
	wanted := a.wanted
	if len(wanted) == 0 && len(a.about) > 0 { // "i want decaf instead": the one that is on offer is wanted
		from = slices.Clone(a.unwanted)
		for _, fit := range a.about {
			if len(g.only(fit, true)) > 0 && len(wanted) == 0 && (a.rather || len(g.only(fit, false)) == 0) {
				wanted = append(wanted, fit)
				continue
			}
			from = append(from, fit)
		}
	}
	if len(a.times) > 0 || a.counted || len(wanted) > 1 || len(from) > 1 {
		d |= doubtArgs
	}
	if len(wanted) > 0 {
		fit := g.only(wanted[0], true)
		if len(fit) == 0 { // the customer has it already
			fit = wanted[0]
			d |= doubtName
		}
		key, ok := g.key(fit)
		if !ok {
			d |= doubtName
		}
		w.For = key
	}
	if len(from) > 0 {
		key, ok := g.key(g.only(from[0], false))
		if !ok {
			d |= doubtName
		}
		w.Product = key
	}
	return []Wish{w}, d
}

// quantity reads how many there are to be, or how many more.
func quantity(w *Wish, a arguments, head *unit) doubt {
	d := doubt(0)
	if len(a.times) > 0 {
		d |= doubtArgs
	}
	switch n := head.count; {
	case a.counted && a.number != 0:
		n = a.number
		fallthrough
	case n != 0:
		w.Count, w.More = n, a.more || head.has(more) || head.has(less)
		if a.fewer || head.has(less) {
			w.Count = -n
		}
	default:
		switch {
		case a.one && head.has(more): // "add a green tea"
			w.Count, w.More = 1, true
		case a.more, head.has(more), head.has(less):
			d |= doubtArgs
		}
	}
	if a.counted && w.Count == 0 {
		d |= doubtArgs
	}
	return d
}

var oneOf = set("a an un una une")
