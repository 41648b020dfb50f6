package when

import (
	"slices"
	"time"

	"rejoinder/internal/subscription"
)

// Covers reports whether d may be a name of date: "the Tuesday order", "the December one", "next week's". It is for
// finding the order that is meant, so it leaves limits to the caller.
func (c Calendar) Covers(d Day, date subscription.Date) bool {
	if d.IsZero() || d.shift != 0 || d.then != 0 || date.IsZero() || c.Today.IsZero() {
		return false
	}
	switch d.kind {
	case dayOfMonth:
		return date.Day() == d.day && c.inMonth(d.which, date) && (d.weekday == 0 || int(date.Weekday()) == d.weekday-1)
	case wholeMonth:
		return date.Month() == d.month && (d.year == 0 || date.Year() == d.year)
	case onWeekday:
		return int(date.Weekday()) == d.weekday-1 && (d.which == plain || slices.Contains(c.weekdays(c.Today, d), date))
	case week:
		monday := upTo(c.Today.AddDays(-7), 1+int(time.Monday)).AddDays(7 * step(d.which))
		return !date.Before(monday.AddDays(-1)) && date.Before(monday.AddDays(7)) // some weeks begin on Sunday
	case ofMonth:
		return c.inMonth(d.which, date)
	}
	found, _ := c.candidates(date.AddDays(-1), d)
	return slices.Contains(found, date)
}

// step is how many weeks or months lie between this one and the one meant.
func step(w which) int {
	switch w {
	case next:
		return 1
	case last:
		return -1
	}
	return 0
}

func (c Calendar) inMonth(w which, date subscription.Date) bool {
	if w == plain {
		return true
	}
	m := subscription.NewDate(c.Today.Year(), c.Today.Month()+time.Month(step(w)), 1)
	return date.Year() == m.Year() && date.Month() == m.Month()
}
