// Package wakingtest is the judge of waking hours: it looks at the clock on the recipient's wall, minute by minute.
//
// It exists so that what plans texts can be checked against something far simpler, and everybody's check against the
// same thing: a Wall is what one zone's clock shows at every minute of a stretch of time, read one by one from the
// time-zone database, and what is open is looked up in it. It must use no code of the product, and only tests may
// import it.
package wakingtest

import (
	_ "embed"
	"math/rand/v2"
	"strings"
	"time"
	_ "time/tzdata" // the same zones on every machine, also on one without any
)

//go:embed zones.txt
var names string

// Zones returns the name of every zone of the time-zone database (public domain) that Go carries. A test of this
// package holds the list to Go's own.
func Zones() []string { return strings.Fields(names) }

// Some returns n of the zones by a seed, and with them those that do what no other does: move their clocks by half an
// hour or by two, for a month of fasting, twice in their winter, or live beyond the date line.
func Some(seed uint64, n int) []string {
	out := []string{"Australia/Lord_Howe", "Antarctica/Troll", "Africa/Casablanca", "Africa/El_Aaiun", "Pacific/Apia", "Asia/Kathmandu"}
	all := Zones()
	r := rand.New(rand.NewPCG(seed, 1))
	for _, i := range r.Perm(len(all))[:n] {
		out = append(out, all[i])
	}
	return out
}

// Week is when texts may go out: for each weekday, Sunday first, the first open minute of the day and the first that is
// not any more.
type Week [7][2]int

// Everyday is a week of equal days.
func Everyday(open, closed int) (w Week) {
	for d := range w {
		w[d] = [2]int{open, closed}
	}
	return w
}

// Both returns the week that is open when both are.
func (w Week) Both(v Week) Week {
	for d := range w {
		w[d][0], w[d][1] = max(w[d][0], v[d][0]), min(w[d][1], v[d][1])
	}
	return w
}

// Wall is what the clock on the wall of one zone shows at each minute from Start on, as minutes since Sunday 00:00.
type Wall struct {
	Start time.Time
	shows []uint16
}

// Look reads the clock of a zone at every minute of [start, end). Start must be a whole minute.
func Look(zone *time.Location, start, end time.Time) Wall {
	w := Wall{Start: start, shows: make([]uint16, 0, int(end.Sub(start)/time.Minute))}
	for at := start.In(zone); at.Before(end); at = at.Add(time.Minute) {
		w.shows = append(w.shows, uint16(int(at.Weekday())*1440+at.Hour()*60+at.Minute()))
	}
	return w
}

// Openings says of each minute of some walls which is the first from it on that is open on all of them.
type Openings struct {
	start time.Time
	next  []int32 // none: -1
}

// Openings looks up when a week is open on all the walls, which must show the same minutes.
func (w Week) Openings(walls ...Wall) Openings {
	o := Openings{start: walls[0].Start, next: make([]int32, len(walls[0].shows))}
	var open [7 * 1440]bool
	for i := range open {
		day, minute := i/1440, i%1440
		open[i] = minute >= w[day][0] && minute < w[day][1]
	}
	next := int32(-1)
minutes:
	for i := len(o.next) - 1; i >= 0; i-- {
		o.next[i] = next
		for _, wall := range walls {
			if !open[wall.shows[i]] {
				continue minutes
			}
		}
		next = int32(i)
		o.next[i] = next
	}
	return o
}

// At reports whether the minute that holds at is open. At must be one of those looked at.
func (o Openings) At(at time.Time) bool {
	i := int32(at.Sub(o.start) / time.Minute)
	return o.next[i] == i
}

// Next returns at itself if its minute is open, else the next minute that is, and false if none of those looked at is.
func (o Openings) Next(at time.Time) (time.Time, bool) {
	i := int32(at.Sub(o.start) / time.Minute)
	switch n := o.next[i]; n {
	case -1:
		return time.Time{}, false
	case i:
		return at, true
	default:
		return o.start.Add(time.Duration(n) * time.Minute), true
	}
}
