package reply

import (
	"slices"

	"rejoinder/internal/reply/when"
)

// arguments are what a command is said with.
type arguments struct {
	all, later bool
	beyond     bool // not the coming order
	orders     int  // "the next two"; 0 when not said
	object     bool
	goods      bool
	plural     bool    // "my orders": which of them is not said
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
	instead    bool // "instead of"
	corrected  bool // a time takes back the one before it
	rather     bool // "instead"
	suits      bool
	dated      bool // an object names a time: "this month"
	aimed      bool // a "to" or "for"
	dangling   bool // a "to" or "for" with nothing after it
}

func (g *grammar) arguments(s *statement) arguments {
	var a arguments
	list := &a.about
	for _, i := range s.args {
		switch u := &g.units[i]; u.role {
		case object:
			a.object = true
			a.dated = a.dated || g.dated(u.span)
			a.all = a.all || u.has(every)
			a.later = a.later || u.has(later)
			a.beyond = a.beyond || u.has(beyond)
			a.orders = max(a.orders, u.count)
			a.plural = a.plural || u.has(plural)
			if u.has(later) && i > s.lo && g.units[i-1].role == and && g.units[s.args[0]].role == object && s.args[0] < i {
				a.orders = max(a.orders, 2) // "this one and the next"
			}
		case goods:
			a.goods = true
		case named:
			a.one = a.one || oneOf[g.words[u.lo]]
			*list = append(*list, u.names)
			a.dangling = false
		case toward:
			list, a.dangling, a.aimed = &a.wanted, true, true
		case instead, not:
			list, a.instead = &a.unwanted, true
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
			if i+1 == s.head && g.words[u.lo] == "2" { // "need 2 skip"
				continue
			}
			if list != &a.unwanted {
				a.count(u)
			}
			a.goods = a.goods || u.entry != nil && u.hi-u.lo > 1 // "a bag"
			a.dangling = false
		}
	}
	if len(a.times) > 1 {
		a.times = slices.DeleteFunc(a.times, func(i int) bool { return g.ofTheOrder(i) })
	}
	if len(a.times) == 2 && g.takesBack(a.times[0]+1, a.times[1]) { // "to the 8th, sorry, the 9th"
		a.times, a.corrected = a.times[1:], true
	}
	return a
}

// takesBack reports whether a word between units i and end says that what follows is meant.
func (g *grammar) takesBack(i, end int) bool {
	return slices.ContainsFunc(g.words[g.units[i-1].hi:g.units[end].lo], func(w string) bool { return sorry[w] })
}

var sorry = set("sorry sry oops whoops correction rather perdon disculpa pardon desole desolee")

// dated reports whether a time stands among the words of a phrase.
func (g *grammar) dated(s span) bool {
	for i := s.lo; i < s.hi; i++ {
		if tm, n := g.calendar.Read(g.tokens, i); n > 0 && i+n <= s.hi && !tm.Day.IsZero() {
			return true
		}
	}
	return false
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
