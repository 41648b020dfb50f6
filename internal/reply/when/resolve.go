package when

import (
	"slices"
	"time"

	"rejoinder/internal/subscription"
)

// Day is a date expression that has been read but not resolved. Days can be compared with ==; the zero Day is none.
type Day struct {
	kind    kind
	year    int        // 0: not said
	month   time.Month // 0: not said
	day     int        // of the month; relative: days from today; numeric: the second number
	first   int        // numeric: the first number
	weekday int        // 1 + time.Weekday; 0: not said. Beside a date it has to be that day's.
	which   which      // of weekdays, weeks and months
	edge    edge       // of a month or year
	holiday holiday
	nth     int // "the first Monday of": 1 to 5, -1 the last
	shift   int // days added to the day that was found: "after Christmas"
	then    int // 1 + time.Weekday: the first such day after it: "the Monday after Thanksgiving"
}

// IsZero reports whether d is no expression.
func (d Day) IsZero() bool { return d == Day{} }

type kind uint8

const (
	_          kind = iota
	full            // year, month, day
	monthDay        // month, day
	numeric         // first, day, perhaps year: which of them is the month depends on the place
	dayOfMonth      // day; which says of which month, plain: the first that fits
	wholeMonth      // month, perhaps year
	edgeOf          // edge of month (perhaps year), or of the month that which says
	edgeOfYear      // edge of the year
	onWeekday       // weekday, which
	nthWeekday      // nth weekday of month, or of the month that which says
	relative        // day days from today
	week            // the week that which says
	ofMonth         // the month that which says
	weekend         // Saturday or Sunday
	onHoliday       // holiday
)

type which uint8

const (
	plain which = iota
	this
	next
	last
)

type edge uint8

const (
	start edge = iota
	middle
	end
)

// After returns the days d can mean that are after floor, after Today and not after Last, in ascending order.
// floor is the order's date when an order is to be moved, and Today for everything else; zero means Today.
// When there is none, why says so; otherwise it is OK.
//
// The rules: a weekday, a day of the month and an edge of a month are the first that fit. A month with a day, a
// month alone and a holiday are the first after Today, even if that is too early; one that went by within the
// last month is taken for over rather than for next year's.
func (c Calendar) After(floor subscription.Date, d Day) (dates []subscription.Date, why Problem) {
	if c.Today.IsZero() || d.IsZero() {
		return nil, NoSuchDay
	}
	if floor.Before(c.Today) {
		floor = c.Today
	}
	var found []subscription.Date
	found, why = c.candidates(floor, d)
	for _, f := range found {
		named := f
		if f = f.AddDays(d.shift); d.then != 0 {
			f = upTo(f, d.then)
		}
		switch {
		case d.weekday != 0 && d.kind != onWeekday && d.kind != nthWeekday && int(named.Weekday()) != d.weekday-1:
			why = NoSuchDay
		case f.Before(c.Today):
			why = Past
		case !f.After(floor):
			why = Earlier
		case f.After(c.furthest()):
			if why == OK {
				why = TooFar
			}
		default:
			dates = append(dates, f)
		}
	}
	if len(dates) == 0 {
		if why == OK {
			why = NoSuchDay
		}
		return nil, why
	}
	slices.SortFunc(dates, subscription.Date.Compare)
	return slices.Compact(dates), OK
}

// Plus returns the day that many units after from: a month that is too short ends on its last day. The problem is
// TooFar for more than 366 days, 52 weeks or 12 months, and for a day after Last.
func (c Calendar) Plus(from subscription.Date, count int, unit string) (subscription.Date, Problem) {
	if count < 1 || from.IsZero() {
		return subscription.Date{}, NoSuchDay
	}
	var d subscription.Date
	switch {
	case unit == UnitDay && count <= 366:
		d = from.AddDays(count)
	case unit == UnitWeek && count <= 52:
		d = from.AddDays(7 * count)
	case unit == UnitMonth && count <= 12:
		d = clamped(from.Year(), from.Month()+time.Month(count), from.Day())
	case unit == UnitDay, unit == UnitWeek, unit == UnitMonth:
		return subscription.Date{}, TooFar
	default:
		return subscription.Date{}, NoSuchDay
	}
	if d.After(c.furthest()) {
		return subscription.Date{}, TooFar
	}
	return d, OK
}

func (c Calendar) furthest() subscription.Date {
	if c.Last.IsZero() {
		return c.Today.AddDays(366)
	}
	return c.Last
}

// candidates returns the days d can mean before limits are looked at, in any order.
func (c Calendar) candidates(floor subscription.Date, d Day) ([]subscription.Date, Problem) {
	switch d.kind {
	case full:
		return exact(d.year, d.month, d.day)
	case monthDay:
		return c.coming(d.shift, func(y int) subscription.Date { return day(y, d.month, d.day) })
	case numeric:
		return c.eitherWay(d)
	case dayOfMonth:
		return c.daysOfMonth(floor, d)
	case wholeMonth:
		if d.year != 0 {
			return exact(d.year, d.month, 1)
		}
		return c.coming(d.shift, func(y int) subscription.Date { return day(y, d.month, 1) })
	case edgeOf:
		return c.edges(floor, d)
	case edgeOfYear:
		return c.edgesOfYear(floor, d)
	case onWeekday:
		return c.weekdays(floor, d), OK
	case nthWeekday:
		return c.nthWeekdays(floor, d)
	case relative:
		return []subscription.Date{c.Today.AddDays(d.day)}, OK
	case week:
		return c.weeks(floor, d), OK
	case ofMonth:
		return c.months(floor, d), OK
	case weekend:
		return c.weekends(floor, d), OK
	case onHoliday:
		return c.coming(d.shift, d.holiday.in)
	}
	return nil, NoSuchDay
}

// day returns that day, or none when the month does not have it.
func day(y int, m time.Month, d int) subscription.Date {
	made := subscription.NewDate(y, m, d)
	if made.Month() != m || made.Day() != d {
		return subscription.Date{}
	}
	return made
}

// clamped returns that day, or the last of the month when the month is shorter. m may be beyond December.
func clamped(y int, m time.Month, d int) subscription.Date {
	return subscription.NewDate(y, m, min(d, subscription.NewDate(y, m+1, 0).Day()))
}

func exact(y int, m time.Month, d int) ([]subscription.Date, Problem) {
	if made := day(y, m, d); !made.IsZero() {
		return []subscription.Date{made}, OK
	}
	return nil, NoSuchDay
}

// justOver is how long ago a day may be, in days, for its name to mean the one that is over.
const justOver = 31

// coming returns the first day that in gives for a year and that is, shift days later, after Today.
func (c Calendar) coming(shift int, in func(year int) subscription.Date) ([]subscription.Date, Problem) {
	exists := false
	for y := c.Today.Year() - 1; y <= c.Today.Year()+8; y++ {
		d := in(y)
		if d.IsZero() {
			continue
		}
		exists = true
		switch ago := c.Today.Sub(d.AddDays(shift)); {
		case ago == 0:
			return nil, Earlier
		case ago > 0 && ago <= justOver:
			return nil, Past
		case ago < 0:
			return []subscription.Date{d}, OK
		}
	}
	if exists {
		return nil, TooFar
	}
	return nil, NoSuchDay
}

// eitherWay resolves two or three numbers in the orders that the place allows and the calendar has.
func (c Calendar) eitherWay(d Day) ([]subscription.Date, Problem) {
	var found []subscription.Date
	why := NoSuchDay
	try := func(m, of int) {
		if m < 1 || m > 12 {
			return
		}
		one := Day{kind: monthDay, month: time.Month(m), day: of}
		if d.year != 0 {
			one.kind, one.year = full, d.year
		}
		dates, p := c.candidates(c.Today, one)
		found = append(found, dates...)
		if p != OK && why == NoSuchDay {
			why = p
		}
	}
	if d.first > 12 || d.day > 12 || c.Either { // only one way round, or both
		try(d.first, d.day)
		try(d.day, d.first)
	} else if c.DayFirst {
		try(d.day, d.first)
	} else {
		try(d.first, d.day)
	}
	if len(found) > 0 {
		why = OK
	}
	return found, why
}

// daysOfMonth resolves "the 15th", and "the 15th of this month" or "of next month". The month after which one is
// next may be today's or the floor's: both are meant by somebody.
func (c Calendar) daysOfMonth(floor subscription.Date, d Day) ([]subscription.Date, Problem) {
	if d.day < 1 || d.day > 31 {
		return nil, NoSuchDay
	}
	if d.which != plain {
		var found []subscription.Date
		for _, m := range c.monthsMeant(floor, d.which) {
			if made := day(m.Year(), m.Month(), d.day); !made.IsZero() {
				found = append(found, made)
			}
		}
		return found, OK
	}
	for m := floor.Month(); m < floor.Month()+13; m++ {
		first := subscription.NewDate(floor.Year(), m, 1)
		if made := day(first.Year(), first.Month(), d.day); made.After(floor) {
			return []subscription.Date{made}, OK
		}
	}
	return nil, NoSuchDay
}

// monthsMeant returns the first of each month that "this", "next" or "last" month may be.
func (c Calendar) monthsMeant(floor subscription.Date, w which) []subscription.Date {
	first := func(d subscription.Date, plus time.Month) subscription.Date {
		return subscription.NewDate(d.Year(), d.Month()+plus, 1)
	}
	switch w {
	case this:
		return []subscription.Date{first(c.Today, 0)}
	case next:
		return []subscription.Date{first(c.Today, 1), first(floor, 1)}
	case last:
		return []subscription.Date{first(c.Today, -1)}
	}
	return []subscription.Date{first(floor, 0), first(floor, 1)}
}

func atEdge(first subscription.Date, e edge) subscription.Date {
	switch e {
	case middle:
		return first.AddDays(14)
	case end:
		return subscription.NewDate(first.Year(), first.Month()+1, 0)
	}
	return first
}

// edges resolves "end of December", "the end of the month", "mid next month".
func (c Calendar) edges(floor subscription.Date, d Day) ([]subscription.Date, Problem) {
	if d.month != 0 {
		if d.year != 0 {
			return []subscription.Date{atEdge(subscription.NewDate(d.year, d.month, 1), d.edge)}, OK
		}
		return c.coming(d.shift, func(y int) subscription.Date { return atEdge(day(y, d.month, 1), d.edge) })
	}
	var found []subscription.Date
	for _, m := range c.monthsMeant(floor, d.which) {
		made := atEdge(m, d.edge)
		if d.which == plain && (d.edge == end || made.After(floor)) { // the end of the month is this one's or none
			return []subscription.Date{made}, OK
		}
		found = append(found, made)
	}
	return found, OK
}

// edgesOfYear resolves "the end of the year" and "the start of next year"; the middle of a year is no day.
func (c Calendar) edgesOfYear(floor subscription.Date, d Day) ([]subscription.Date, Problem) {
	y := floor.Year()
	if d.which == next {
		y = c.Today.Year() + 1
	}
	if d.edge == end {
		return exact(y, time.December, 31)
	}
	if d.which != next {
		y++
	}
	return exact(y, time.January, 1)
}
