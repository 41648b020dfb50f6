//go:build linux

package bench

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// measure is one number found.
type measure struct {
	name  string // "rate", "p99"; unique in its row
	value float64
	unit  unit
}

// unit is how a number is written.
type unit string

// The units. A duration's value is in seconds, a size's in bytes, a share's between 0 and 1.
const (
	perSecond unit = "/s"
	seconds   unit = "s"
	bytes     unit = "bytes"
	share     unit = "share"
	times     unit = "x"
	count     unit = "count"
)

// metric is the unit under which package testing prints the measure.
func (m measure) metric() string { return strings.ReplaceAll(m.name, " ", "-") + "-" + string(m.unit) }

// String writes the number for people, with three figures that mean something.
func (m measure) String() string { return m.unit.format(m.value) }

func (u unit) format(v float64) string {
	switch u {
	case perSecond:
		return thousands(v) + "/s"
	case bytes:
		return strconv.FormatFloat(v/1e6, 'f', 0, 64) + " MB"
	case share:
		return strconv.FormatFloat(v*100, 'f', 0, 64) + " %"
	case times:
		return strconv.FormatFloat(v, 'f', 2, 64) + " times"
	case seconds:
		d := time.Duration(v * float64(time.Second))
		switch {
		case d < time.Millisecond:
			return strconv.FormatFloat(v*1e6, 'f', 0, 64) + " µs"
		case d < time.Second:
			return strconv.FormatFloat(v*1e3, 'g', 3, 64) + " ms"
		}
		return strconv.FormatFloat(v, 'f', 2, 64) + " s"
	}
	return thousands(v)
}

// thousands writes a whole number with commas.
func thousands(v float64) string {
	s := strconv.FormatInt(int64(v+0.5), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// bar is what a measure has to reach.
type bar struct {
	measure string
	atMost  bool // else at least
	limit   float64
}

func atLeast(measure string, limit float64) bar { return bar{measure: measure, limit: limit} }
func atMost(measure string, limit float64) bar {
	return bar{measure: measure, atMost: true, limit: limit}
}

// met reports whether a value reaches the bar.
func (b bar) met(v float64) bool {
	if b.atMost {
		return v <= b.limit
	}
	return v >= b.limit
}

// text is the bar for people.
func (b bar) text(u unit) string {
	side := "at least"
	if b.atMost {
		side = "at most"
	}
	return fmt.Sprintf("%s %s %s", b.measure, side, u.format(b.limit))
}

// spread holds durations and says how they are spread.
type spread []time.Duration

// at returns the duration below which the share q of all lies; 0 when there are none.
func (s spread) at(q float64) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	i := min(int(q*float64(len(sorted))), len(sorted)-1)
	return sorted[i].Seconds()
}

// mostInSecond returns the largest number of moments in any sliding second.
func mostInSecond(at []time.Time) int {
	sorted := slices.SortedFunc(slices.Values(at), time.Time.Compare)
	most, first := 0, 0
	for i := range sorted {
		for sorted[i].Sub(sorted[first]) >= time.Second {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}
