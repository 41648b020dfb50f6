package subscription

import (
	"cmp"
	"fmt"
	"time"

	"rejoinder/internal/fault"
)

// Date is a day of the calendar without a time or a zone: order dates are days in the shop's zone, and a
// moment in time would move them for everybody who reads them elsewhere.
//
// Dates can be compared with == and used as map keys. The zero value means "no date".
type Date struct {
	y int
	m time.Month
	d int
}

// iso is the one layout dates have outside the program.
const iso = "2006-01-02"

// NewDate returns the date of that year, month and day. Values outside their usual range carry over as
// time.Date does it: November 31 is December 1.
func NewDate(y int, m time.Month, d int) Date {
	return dateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the day it is in loc at the moment t; no date for the zero time.
func DateOf(t time.Time, loc *time.Location) Date {
	if t.IsZero() {
		return Date{}
	}
	return dateOf(t.In(loc))
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads a date written exactly as year-month-day, such as 2026-11-25. The error is Invalid.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(iso, s)
	if err == nil && t.Format(iso) == s {
		return dateOf(t), nil
	}
	if looksISO(s) {
		return Date{}, fault.New(fault.Invalid, "There is no day %s in the calendar.", s)
	}
	return Date{}, fault.New(fault.Invalid, "Write the date as year-month-day, for example 2026-11-25.")
}

// looksISO reports whether s has the shape of a date, so that it is safe and useful to repeat it.
func looksISO(s string) bool {
	if len(s) != len(iso) {
		return false
	}
	for i := range len(s) {
		switch dash := i == 4 || i == 7; {
		case dash && s[i] != '-', !dash && (s[i] < '0' || s[i] > '9'):
			return false
		}
	}
	return true
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Equal reports whether both are the same day, or both none.
func (d Date) Equal(o Date) bool { return d == o }

// Year returns the year, 0 for no date.
func (d Date) Year() int { return d.y }

// Month returns the month, 0 for no date.
func (d Date) Month() time.Month { return d.m }

// Day returns the day of the month, 0 for no date.
func (d Date) Day() int { return d.d }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// utc returns midnight of d in UTC, where every day has 24 hours.
func (d Date) utc() time.Time { return time.Date(d.y, d.m, d.d, 0, 0, 0, 0, time.UTC) }

// Compare returns -1, 0 or 1. No date comes before every date.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.y, o.y), cmp.Compare(d.m, o.m), cmp.Compare(d.d, o.d))
}

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d is later than o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// AddDays returns the date n days later, or earlier when n is negative. No date stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return NewDate(d.y, d.m, d.d+n)
}

// Sub returns how many days d is after o, negative when it is before; 0 when either is no date.
func (d Date) Sub(o Date) int {
	if d.IsZero() || o.IsZero() {
		return 0
	}
	return int((d.utc().Unix() - o.utc().Unix()) / 86400)
}

// At returns the moment the clocks of loc show hour:minute on d; the zero time for no date.
//
// When the clocks are set forward over that time it does not exist, and At returns the first moment after
// the gap. (time.Date may answer with an hour before it, which would be outside a window that opens there.)
// When the clocks are set back and it exists twice, At returns the first.
func (d Date) At(hour, minute int, loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	want := time.Date(d.y, d.m, d.d, hour, minute, 0, 0, time.UTC)
	t := time.Date(d.y, d.m, d.d, hour, minute, 0, 0, loc)
	start, end := t.ZoneBounds()
	switch got := wall(t); {
	case got.Before(want): // t lies before the gap
		return end
	case got.After(want): // t lies after the gap
		return start
	}
	if start.IsZero() {
		return t
	}
	_, now := t.Zone()
	_, before := start.Add(-time.Second).Zone()
	if first := t.Add(time.Duration(now-before) * time.Second); before > now && first.Before(start) {
		return first
	}
	return t
}

// wall returns what the clocks show at t, as if they stood in UTC, to compare two readings.
func wall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// String returns the date as year-month-day, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
}

// Long returns the date for a text, like "Wednesday, November 25"; "" for no date.
func (d Date) Long() string { return d.format("Monday, January 2") }

// Short returns the date for a list, like "Wed, Nov 25"; "" for no date.
func (d Date) Short() string { return d.format("Mon, Jan 2") }

// Friendly returns Long, with the year added when today is in another year; "" for no date.
func (d Date) Friendly(today Date) string {
	if d.y == today.y {
		return d.Long()
	}
	return d.format("Monday, January 2, 2006")
}

func (d Date) format(layout string) string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(layout)
}

// MarshalText writes the date as String does, in JSON too.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty text is no date. The error is Invalid.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
