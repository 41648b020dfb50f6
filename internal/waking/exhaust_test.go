package waking_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"

	"rejoinder/internal/levels/levelstest"
	"rejoinder/internal/waking"
	"rejoinder/internal/waking/wakingtest"
)

// setting is one choice of hours, as a merchant makes it and as the judge reads it.
type setting struct {
	name  string
	hours waking.Hours // what the product is given
	week  wakingtest.Week
}

// settings are the kinds of hours there are: the same every day, by weekday, narrowed by a state, narrowed because
// only the shop is known, and such as open where clocks change.
func settings() []setting {
	day := waking.Default()
	week := wakingtest.Week{{90, 150}, {0, 61}, {0, 1440}, {600, 600}, {1380, 1440}, {0, 15}, {45, 1410}}
	byDay := waking.Hours{}
	for i, w := range week {
		byDay.Days[i] = waking.Window{Open: w[0], Close: w[1]}
	}
	rare := waking.Hours{}
	rare.Days[time.Sunday] = waking.Window{Open: 135, Close: 140} // at most once a week, and not where 02:00 becomes 03:00
	stated := byDay
	stated.States = map[string]waking.Window{"FL": {Open: 30, Close: 1200}, "TX": {Open: 540, Close: 1260}}
	late := waking.Hours{}
	for i := range late.Days {
		late.Days[i] = waking.Window{Open: 600 + 60*i, Close: 1260 + 30*i}
	}
	return []setting{
		{"11:00 to 21:00", day, wakingtest.Everyday(660, 1260)},
		{"by weekday", byDay, week},
		{"five minutes a week", rare, wakingtest.Week{{135, 140}}},
		{"by weekday, in a state", stated.For("fl"), week.Both(wakingtest.Everyday(30, 1200))},
		{"by weekday, in another state", stated.For("NY"), week},
		{"11:00 to 21:00, of a shop's zone", waking.Narrow(day), wakingtest.Everyday(660, 1200)},
		{"later every day, of a shop's zone", waking.Narrow(late), laterEveryDay().Both(wakingtest.Everyday(660, 1200))},
	}
}

func laterEveryDay() (w wakingtest.Week) {
	for i := range w {
		w[i] = [2]int{600 + 60*i, 1260 + 30*i}
	}
	return w
}

// years have each rule of our time: 2026 what is, and 2040 by rule alone; of 2007 the United States' present rules, of 2011
// Samoa's missing day, of 2016 many zones that gave up changing, of 2006 and 1987 the United States' older rules.
func years() []int {
	if levelstest.Whole() {
		return []int{2026, 2040, 2007, 2011, 2016, 2006, 1987}
	}
	return []int{2026}
}

// longest is the longest a text waits before it is due, and how far waking hours are looked for after that.
const longest = 14 * 24 * time.Hour

// judged is how many moments were looked at, and what was wrong.
type judged struct {
	moments int
	wrong   levelstest.Wrong
}

// check compares with the judge, for every hour of a year: whether it is open, and when a text that is due after a
// random wait of 1 minute to 14 days may go out.
func check(t *testing.T, what string, s setting, z waking.Zones, walls []wakingtest.Wall, year int, r *rand.Rand) (j judged) {
	t.Helper()
	o := s.week.Openings(walls...)
	end := time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
	for hour := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); hour.Before(end); hour = hour.Add(time.Hour) {
		wait := time.Duration(1+r.Int64N(int64(longest/time.Minute))) * time.Minute
		for _, at := range [...]time.Time{hour, hour.Add(wait), hour.Add(wait + time.Duration(r.Int64N(int64(time.Minute))))} {
			j.moments++
			wrong := judge(s, z, o, at)
			if j.wrong.None() && !wrong.None() { // one of a kind says enough
				got, ok := s.hours.Next(at, z)
				want, _ := o.Next(at)
				t.Errorf("%s, %s: due at %s (open: %v), goes out at %s, %v; want %s", what, s.name, at, s.hours.Open(at, z), got, ok, want)
			}
			j.wrong.Add(wrong)
		}
	}
	return j
}

// judge says what is wrong with what becomes of a text that is due at a moment.
func judge(s setting, z waking.Zones, o wakingtest.Openings, at time.Time) (w levelstest.Wrong) {
	want, ok := o.Next(at)
	ok = ok && !want.After(at.Truncate(time.Second).Add(longest))
	got, gotOK := s.hours.Next(at, z)
	open := s.hours.Open(at, z)
	switch {
	case open && !o.At(at), gotOK && !ok, gotOK && got.Before(want):
		w.Outside++
	case ok && !gotOK:
		w.Lost++
	case ok && got.After(want), !open && o.At(at):
		w.Late++
	}
	return w
}

// span is what of a year has to be looked at: a wait and a search may lead beyond its end.
func span(year int) (from, to time.Time) {
	return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC).Add(2*longest + time.Hour)
}

// each calls do for each of n at once on all processors, and adds up what it returns.
func each(n int, do func(i int) judged) (sum judged) {
	var mu sync.Mutex
	var all sync.WaitGroup
	next := 0
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n {
					return
				}
				k := do(i)
				mu.Lock()
				sum.add(k)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return sum
}

func (j *judged) add(k judged) {
	j.moments += k.moments
	j.wrong.Add(k.wrong)
}

// TestExhaustEveryHourInEveryZone looks at every hour of several years, so through every change of the clocks, in every
// zone. In the short form: at one year of some zones.
func TestExhaustEveryHourInEveryZone(t *testing.T) {
	t.Parallel()
	zones := wakingtest.Some(2026, 6)
	if levelstest.Whole() {
		zones = wakingtest.Zones()
	}
	for _, year := range years() {
		from, to := span(year)
		n := each(len(zones), func(i int) (n judged) {
			loc, err := time.LoadLocation(zones[i])
			if err != nil {
				t.Error(err)
				return n
			}
			wall := wakingtest.Look(loc, from, to)
			r := rand.New(rand.NewPCG(uint64(year), uint64(i)))
			for _, s := range settings() {
				n.add(check(t, zones[i], s, waking.Zones{loc}, []wakingtest.Wall{wall}, year, r))
			}
			return n
		})
		t.Logf("%d: %d moments in %d zones, wrong: %+v", year, n.moments, len(zones), n.wrong)
		found := levelstest.Hours{Year: year, Zones: len(zones), Choices: len(settings()), Moments: n.moments, Wrong: n.wrong}
		levelstest.Keep(t, func(e *levelstest.Exhaust) { e.Hours = levelstest.Put(e.Hours, found, sameYear) })
	}
}

func sameYear(a, b levelstest.Hours) bool { return a.Year == b.Year }

// numbers returns one number of each list of zones that numbers of North America, and in the long form of the world,
// can lie in, with the zones' names: from the tables of numbers, without the product.
func numbers(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	add := func(number string) {
		n, err := phonenumbers.Parse(number, "ZZ")
		if err != nil {
			return
		}
		names, err := phonenumbers.GetTimezonesForNumber(n)
		if err != nil || slices.Contains(names, phonenumbers.UNKNOWN_TIMEZONE) {
			return
		}
		if key := strings.Join(names, " "); out[key] == "" {
			out[key] = number
		}
	}
	step := 67
	if levelstest.Whole() {
		step = 3
	}
	for area := 200; area < 1000; area++ {
		for exchange := 234; exchange < 1000; exchange += step {
			add(fmt.Sprintf("+1%d%d5678", area, exchange))
		}
	}
	if levelstest.Whole() {
		for prefix := 2000; prefix < 100_000; prefix++ {
			for _, tail := range []string{"2345678", "23456"} {
				add(fmt.Sprintf("+%d%s", prefix, tail))
			}
		}
	}
	return out
}

// TestExhaustNumbersOfSeveralZones: a number that may be in several zones is texted when it is waking hours in all.
func TestExhaustNumbersOfSeveralZones(t *testing.T) {
	t.Parallel()
	const shop = "America/Chicago"
	type list struct{ names, number string }
	var lists []list
	for names, number := range numbers(t) {
		if levelstest.Whole() || strings.Contains(names, " ") {
			lists = append(lists, list{names, number})
		}
	}
	slices.SortFunc(lists, func(a, b list) int { return strings.Compare(a.names, b.names) })
	several := 0
	from, to := span(2026)
	n := each(len(lists), func(i int) (n judged) {
		names := strings.Fields(lists[i].names)
		z, narrow, err := waking.Recipient("", lists[i].number, shop)
		if err != nil {
			t.Error(err)
			return n
		}
		if narrow != (len(names) > 12) { // as many zones are a whole country: nothing is known but the shop
			t.Errorf("a number of %d zones: narrow %v", len(names), narrow)
		}
		if narrow {
			names = []string{shop}
		}
		var got []string
		var walls []wakingtest.Wall
		for _, loc := range z {
			got = append(got, loc.String())
			walls = append(walls, wakingtest.Look(loc, from, to))
		}
		slices.Sort(got)
		slices.Sort(names)
		if !slices.Equal(got, names) {
			t.Errorf("texted by the clocks of %v; the number may be in %v", got, names)
		}
		r := rand.New(rand.NewPCG(3, uint64(i)))
		choices := settings()
		if !levelstest.Whole() {
			choices = choices[:1]
		}
		for _, s := range choices {
			n.add(check(t, strings.Join(names, "+"), s, z, walls, 2026, r))
		}
		return n
	})
	for _, l := range lists {
		several += min(strings.Count(l.names, " "), 1)
	}
	t.Logf("%d moments for %d lists of zones, %d of several, wrong: %+v", n.moments, len(lists), several, n.wrong)
	found := levelstest.Hours{Year: 2026, Lists: len(lists), Several: several, Choices: len(settings()), Moments: n.moments, Wrong: n.wrong}
	levelstest.Keep(t, func(e *levelstest.Exhaust) { e.Numbers = levelstest.Put(e.Numbers, found, sameYear) })
	if few := several < 5 || levelstest.Whole() && several < 10; few {
		t.Errorf("only %d lists of several zones: is the table of numbers whole?", several)
	}
}
