// Package levelstest lets exhaustive tests of several packages put what they counted into one file.
//
// It exists because waking hours and the pace are tried where they are decided, in packages that may not know each
// other, and what they come to is published on one page (docs/service-levels.md). It has the flags of these tests, the
// form of the file, and nothing else: what is tried, and what counts as wrong, is theirs. Only tests may import it.
package levelstest

import (
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"sync"
	"testing"
)

var (
	whole   = flag.Bool("exhaust", false, "try everything, as make exhaust does; else a part of it")
	figures = flag.String("figures", "", "with -exhaust: keep what was counted in this file")
)

// Whole reports whether the long form is asked for.
func Whole() bool { return *whole }

// Wrong is how many texts would go, or went, at a wrong moment.
type Wrong struct {
	Outside int `json:"outside"` // outside the recipient's waking hours
	Late    int `json:"late"`    // in them, but held longer than to their next opening
	Lost    int `json:"lost"`    // never, although they would open
	Twice   int `json:"twice"`
}

// None reports whether nothing was wrong.
func (w Wrong) None() bool { return w == Wrong{} }

// Add adds up.
func (w *Wrong) Add(v Wrong) {
	w.Outside += v.Outside
	w.Late += v.Late
	w.Lost += v.Lost
	w.Twice += v.Twice
}

// Hours are the moments of one year, in zones, or for numbers that may lie in several.
type Hours struct {
	Year    int `json:"year"`
	Zones   int `json:"zones,omitempty"`
	Lists   int `json:"lists,omitempty"`   // of zones a number may lie in
	Several int `json:"several,omitempty"` // of these, with more than one zone
	Choices int `json:"choices"`           // of hours, for each
	Moments int `json:"moments"`
	Wrong
}

// Texts are texts sent through the texting half with one choice of hours.
type Texts struct {
	Hours  string `json:"hours"`
	Zones  int    `json:"zones"`
	People int    `json:"people"`
	Texts  int    `json:"texts"`
	Held   int    `json:"held"` // were due while somebody slept
	Wrong
}

// Pace is what Postscript saw of a token that so many processes sent for.
type Pace struct {
	Processes     int     `json:"processes"`
	Seconds       float64 `json:"seconds"`
	SkewSeconds   float64 `json:"skew_seconds"` // between the clocks of the processes
	Requests      int     `json:"requests"`
	Refused       int     `json:"refused"` // answered 429
	MostInASecond int     `json:"most_in_a_second"`
	OverPace      int     `json:"over_pace"` // requests that were the 16th or later in the second before them
	Twice         int     `json:"twice"`
}

// Exhaust is the file.
type Exhaust struct {
	Hours   []Hours `json:"hours"`
	Numbers []Hours `json:"numbers"`
	Texts   []Texts `json:"texts"`
	Pace    []Pace  `json:"pace"`
}

var keeping sync.Mutex

// Keep changes the file of -figures, if there is one to be kept. Tests of one process may call it at once; processes take
// turns (go test -p 1).
func Keep(t testing.TB, change func(*Exhaust)) {
	t.Helper()
	if *figures == "" || !*whole {
		return
	}
	keeping.Lock()
	defer keeping.Unlock()
	var all Exhaust
	raw, err := os.ReadFile(*figures)
	if err == nil {
		err = json.Unmarshal(raw, &all)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		t.Fatal(err)
	}
	change(&all)
	if raw, err = json.MarshalIndent(all, "", "  "); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(*figures, append(raw, '\n'), 0o644); err != nil { //nolint:gosec // it is published
		t.Fatal(err)
	}
}

// Put replaces the entry of a list that is the same as x, or adds x.
func Put[T any](list []T, x T, same func(a, b T) bool) []T {
	for i := range list {
		if same(list[i], x) {
			list[i] = x
			return list
		}
	}
	return append(list, x)
}
