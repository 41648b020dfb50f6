package subscription

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
)

// Unit is what an interval counts.
type Unit string

// The units.
const (
	Day   Unit = "day"
	Week  Unit = "week"
	Month Unit = "month"
)

// longest is the highest count of each unit: two years. A longer interval is a slip of the pen.
var longest = map[Unit]int{Day: 730, Week: 104, Month: 24}

// Interval is how far apart the orders of a subscription are.
type Interval struct {
	Count int  `json:"count"` // 1 or more, two years at most
	Unit  Unit `json:"unit"`
}

// Check returns an Invalid error when the interval cannot be used.
func (i Interval) Check() error {
	most, known := longest[i.Unit]
	switch {
	case !known:
		return fault.Field("interval", "An interval counts days, weeks or months.")
	case i.Count < 1:
		return fault.Field("interval", "An interval is at least 1 %s.", i.Unit)
	case i.Count > most:
		return fault.Field("interval", "An interval is at most %d %ss.", most, i.Unit)
	}
	return nil
}

// ParseInterval reads what String writes, in any case: "2 weeks", "1 month", "30 days". The error is Invalid.
func ParseInterval(s string) (Interval, error) {
	number, unit, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return Interval{}, fault.Field("interval", "Write the interval as a number and a unit, for example 2 weeks, 30 days or 1 month.")
	}
	i := Interval{Count: n, Unit: Unit(strings.TrimSuffix(strings.TrimSpace(unit), "s"))}
	if err := i.Check(); err != nil {
		return Interval{}, err
	}
	return i, nil
}

// String returns the interval as people write it: "1 month", "2 weeks".
func (i Interval) String() string {
	if i.Count == 1 {
		return fmt.Sprintf("1 %s", i.Unit)
	}
	return fmt.Sprintf("%d %ss", i.Count, i.Unit)
}

// AnchorOf returns the anchor of a subscription with this interval that has an order on d: the day of the
// month for months, 0 otherwise.
func (i Interval) AnchorOf(d Date) int {
	if i.Unit == Month {
		return d.Day()
	}
	return 0
}

// Next returns the date one interval after from. Months land on the anchor (from's own day when the anchor is
// 0), or on the last day of a month too short for it: with anchor 31, January 31 leads to February 28 and
// that to March 31. It returns no date when from is none or the interval does not pass Check.
func (i Interval) Next(from Date, anchor int) Date {
	if from.IsZero() || i.Check() != nil {
		return Date{}
	}
	switch i.Unit {
	case Week:
		return from.AddDays(7 * i.Count)
	case Month:
		if anchor == 0 {
			anchor = from.Day()
		}
		return anchored(from.Year(), from.Month()+time.Month(i.Count), anchor)
	default:
		return from.AddDays(i.Count)
	}
}

// FirstFrom returns the first date of the cadence through start that is not before floor: start itself, or
// one, two, … intervals after it. No date when start is none, or lies before floor and the interval does not
// pass Check.
func (i Interval) FirstFrom(start Date, anchor int, floor Date) Date {
	d := start
	if step := i.days(); step > 0 && floor.After(d) {
		d = d.AddDays((floor.Sub(d) + step - 1) / step * step) // may be years behind: no loop over days
	}
	for !d.IsZero() && d.Before(floor) {
		d = i.Next(d, anchor)
	}
	return d
}

// days returns the length of an interval that always has the same number of days, and 0 for the others.
func (i Interval) days() int {
	switch {
	case i.Check() != nil:
		return 0
	case i.Unit == Day:
		return i.Count
	case i.Unit == Week:
		return 7 * i.Count
	}
	return 0
}

// anchored returns the anchor day of a month, or the month's last day when it is shorter.
func anchored(y int, m time.Month, anchor int) Date {
	return NewDate(y, m, min(anchor, NewDate(y, m+1, 0).Day()))
}
