package reply

import (
	"strings"

	"rejoinder/internal/reply/when"
	"rejoinder/internal/subscription"
)

// ordinalEnds are what is written behind a digit for a place, in the three languages; º and ª have become letters.
var ordinalEnds = set("st nd rd th er ere re eme ieme e nde o a ro ra do da to ta mo ma vo va no na")

// countPrefixes may be written before a digit without a space: "no2", "n°2" has the sign between.
var countPrefixes = set("n no nr num number option opcion order pedido numero")

// digits reads word i as a number: "2", "02", "2nd", "2º", "no2".
func (c *choosing) digits(i int) (a atom, ok bool) {
	w := c.words[i]
	lead := strings.TrimRight(w, "0123456789")
	switch {
	case isDigits(w):
		a = atom{part: numbering, n: countOf(w), digits: true, marked: c.t.before(i) == '#'}
	case lead != w && countPrefixes[lead] && isDigits(w[len(lead):]):
		return atom{span: span{i, i + 1}, part: numbering, n: countOf(w[len(lead):]), marked: true}, true
	default:
		end := strings.TrimLeft(w, "0123456789")
		if end == w || !ordinalEnds[end] {
			return a, false
		}
		a = atom{part: placing, n: countOf(w[:len(w)-len(end)])}
	}
	a.span = span{i, i + 1}
	return a, !c.altered(i)
}

// altered reports whether what touches the number at word i makes it another number, a date, a time or a
// price: "-2", "1/2", "1.5", "$2", "2%", "2:30". A full stop after it does not, nor do dots before it, nor the sign
// of "n°2".
func (c *choosing) altered(i int) bool {
	const changing = "-−–—$€£¥<>~/\\%°"
	before := c.t.before(i)
	switch ahead := c.t.clean[:c.t.start[i]]; before {
	case '.':
		return !strings.HasSuffix(ahead, "..") && !strings.HasSuffix(ahead, "no.") && !strings.HasSuffix(ahead, "n.")
	case ':':
		return len(ahead) > 1 && isDigits(ahead[len(ahead)-2:len(ahead)-1])
	case '°':
		return !strings.HasSuffix(ahead, "n°")
	}
	return strings.ContainsRune(changing, before) || strings.ContainsRune(changing, c.t.after(i))
}

// dayOf returns the date an option stands for; false for products.
func (c *choosing) dayOf(i int) (subscription.Date, bool) {
	if c.q.About != AboutOrder && c.q.About != AboutDate {
		return subscription.Date{}, false
	}
	d, err := subscription.ParseDate(c.q.Options[i].Key)
	return d, err == nil
}

// onDay returns the options of which the date has that day of the month.
func (c *choosing) onDay(n int) (fit options) {
	for i := range c.q.Options {
		if d, ok := c.dayOf(i); ok && d.Day() == n {
			fit |= 1 << i
		}
	}
	return fit
}

// within returns the options of which the date may be meant by d, read in either order of day and month: nobody
// chooses by a date that could be another.
func (c *choosing) within(d when.Day) (fit options) {
	either := c.calendar
	either.Either = true
	for i := range c.q.Options {
		if date, ok := c.dayOf(i); ok && either.Covers(d, date) {
			fit |= 1 << i
		}
	}
	return fit
}

// place returns the option that the number or place a stands for, and whether it does so by its place; otherwise by
// the day of the month. Why says what is wrong with it.
func (c *choosing) place(a *atom) (fit options, placed bool, why string) {
	n := len(c.q.Options)
	if a.n >= 1 && a.n <= n {
		fit = 1 << (a.n - 1)
	}
	var days options
	if !a.marked && (a.part == placing || a.articled) || a.digits && c.q.About == AboutDate && fit == 0 && !c.severalPlaces(a) {
		days = c.onDay(a.n)
	}
	switch {
	case fit == 0 && days == 0:
		return 0, false, "The text gives a number that was not in the question."
	case fit == 0:
		return days, false, ""
	case days != 0 && days != fit:
		return 0, false, "The text may mean a place in the list or a day of the month."
	case !a.digits && c.calledOtherwise(a, fit):
		return 0, false, "The text may be a number or a name in our question."
	}
	return fit, true, ""
}

// severalPlaces reports whether a number may be several places written together: "12" of three options.
func (c *choosing) severalPlaces(a *atom) bool {
	for _, d := range c.words[a.lo] {
		if n := int(d - '0'); n < 1 || n > len(c.q.Options) {
			return false
		}
	}
	return true
}

// calledOtherwise reports whether the word of a number is in the name of another option: "two" when the first option
// is called Two.
func (c *choosing) calledOtherwise(a *atom, fit options) bool {
	for i := a.lo; i < a.hi; i++ {
		if w := c.plain[i]; !around[w] && !common[w] && len(w) >= 3 && c.names.byWord[w]&^fit != 0 {
			return true
		}
	}
	return false
}

// extreme returns the option with the earliest or the latest date, when the question is about dates and one is.
func (c *choosing) extreme(latest bool) (fit options) {
	var best subscription.Date
	for i := range c.q.Options {
		d, ok := c.dayOf(i)
		switch {
		case !ok:
			return 0
		case i == 0, latest && d.After(best), !latest && d.Before(best):
			best, fit = d, 1<<i
		case d == best:
			fit |= 1 << i
		}
	}
	if fit.count() != 1 {
		return 0
	}
	return fit
}

// row returns n options from the first on, or the last n.
func (c *choosing) row(n int, last bool) options {
	all := len(c.q.Options)
	if n < 1 || n > all {
		return 0
	}
	fit := options(1)<<n - 1
	if last {
		fit <<= all - n
	}
	return fit
}
