package when

import (
	"time"

	"rejoinder/internal/subscription"
)

// upTo returns the first day after d that is that weekday.
func upTo(d subscription.Date, weekday int) subscription.Date {
	return d.AddDays((weekday-1-int(d.Weekday())+6)%7 + 1)
}

// weekdays resolves a weekday. "Next Friday" is the first or the one after it: people differ.
func (c Calendar) weekdays(floor subscription.Date, d Day) []subscription.Date {
	switch d.which {
	case this:
		return []subscription.Date{upTo(c.Today.AddDays(-1), d.weekday)}
	case next:
		first := upTo(floor, d.weekday)
		return []subscription.Date{first, first.AddDays(7)}
	case last:
		return []subscription.Date{upTo(c.Today.AddDays(-8), d.weekday)}
	}
	return []subscription.Date{upTo(floor, d.weekday)}
}

// nthWeekdays resolves "the first Monday of December" and "the last Friday of the month".
func (c Calendar) nthWeekdays(floor subscription.Date, d Day) ([]subscription.Date, Problem) {
	in := func(first subscription.Date) subscription.Date {
		if d.nth < 0 {
			return upTo(subscription.NewDate(first.Year(), first.Month()+1, 1).AddDays(-8), d.weekday)
		}
		made := upTo(first.AddDays(-1), d.weekday).AddDays(7 * (d.nth - 1))
		if made.Month() != first.Month() {
			return subscription.Date{}
		}
		return made
	}
	if d.month != 0 {
		return c.coming(d.shift, func(y int) subscription.Date { return in(day(y, d.month, 1)) })
	}
	var found []subscription.Date
	for _, m := range c.monthsMeant(floor, d.which) {
		made := in(m)
		if made.IsZero() || d.which == plain && !made.After(floor) {
			continue
		}
		found = append(found, made)
		if d.which == plain {
			break
		}
	}
	return found, OK
}

// weeks resolves a week said as where to: next week is a week after the floor.
func (c Calendar) weeks(floor subscription.Date, d Day) []subscription.Date {
	switch d.which {
	case next:
		return []subscription.Date{floor.AddDays(7)}
	case last:
		return []subscription.Date{c.Today.AddDays(-7)}
	}
	return []subscription.Date{c.Today}
}

// months does the same for months.
func (c Calendar) months(floor subscription.Date, d Day) []subscription.Date {
	switch d.which {
	case next:
		return []subscription.Date{clamped(floor.Year(), floor.Month()+1, floor.Day())}
	case last:
		return []subscription.Date{clamped(c.Today.Year(), c.Today.Month()-1, c.Today.Day())}
	}
	return []subscription.Date{c.Today}
}

// weekends resolves a weekend to its two days.
func (c Calendar) weekends(floor subscription.Date, d Day) []subscription.Date {
	from := floor
	if d.which == this {
		from = c.Today
	}
	saturday := upTo(from, 1+int(time.Saturday))
	return []subscription.Date{saturday, saturday.AddDays(1)}
}
