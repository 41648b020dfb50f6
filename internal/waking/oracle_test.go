package waking

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"rejoinder/internal/waking/wakingtest"
)

// The judge in this file is the definition itself, minute by minute: what does the clock on the wall show?

func location(t testing.TB, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// inside reads the wall clocks by formatting them, which shares nothing with the planner.
func inside(h Hours, at time.Time, z Zones) bool {
	for _, loc := range z {
		shown := at.In(loc).Format("15:04")
		minute := int(shown[0]-'0')*600 + int(shown[1]-'0')*60 + int(shown[3]-'0')*10 + int(shown[4]-'0')
		w := h.Days[at.In(loc).Weekday()]
		if minute < w.Open || minute >= w.Close {
			return false
		}
	}
	return true
}

// awkwardHours opens where the clocks change: around midnight, 1, 2 and 3, all day, and not at all.
func awkwardHours() Hours {
	return Hours{Days: [7]Window{
		time.Sunday:    {Open: 90, Close: 150},
		time.Monday:    {Open: 0, Close: 61},
		time.Tuesday:   {Open: 0, Close: day},
		time.Wednesday: {},
		time.Thursday:  {Open: 23 * 60, Close: day},
		time.Friday:    {Open: 0, Close: 15},
		time.Saturday:  {Open: 45, Close: 23*60 + 30},
	}}
}

// changes returns the moments in [from, to) at which the zone's offset differs from the hour before.
func changes(loc *time.Location, from, to time.Time) []time.Time {
	var out []time.Time
	_, last := from.In(loc).Zone()
	for at := from; at.Before(to); at = at.Add(time.Hour) {
		if _, offset := at.In(loc).Zone(); offset != last {
			out, last = append(out, at), offset
		}
	}
	return out
}

// sweep compares Open, Next and Last with the judge for the minutes of [from, to): Open at each, Next and Last
// at every stride-th. The edges are left to Next and Last calls whose answer lies inside.
func sweep(t *testing.T, h Hours, z Zones, from, to time.Time, stride int) {
	t.Helper()
	n := int(to.Sub(from) / time.Minute)
	open := make([]bool, n)
	for i := range open {
		at := from.Add(time.Duration(i) * time.Minute)
		open[i] = inside(h, at, z)
		if got := h.Open(at, z); got != open[i] {
			t.Fatalf("%v: Open(%s) = %v", z, at, got)
		}
	}
	next := -1
	for i := n - 1; i >= 0; i-- {
		if open[i] {
			next = i
		}
		if next < 0 || i%stride != 0 {
			continue
		}
		want := from.Add(time.Duration(next) * time.Minute)
		if got, ok := h.Next(from.Add(time.Duration(i)*time.Minute), z); !ok || !got.Equal(want) {
			t.Fatalf("%v: Next(%s) = %s, %v; want %s", z, from.Add(time.Duration(i)*time.Minute), got, ok, want)
		}
	}
	last := -1
	for i := range n {
		if i%stride == 0 {
			before := from.Add(time.Duration(i) * time.Minute)
			got, ok := h.Last(from, before, z)
			if ok != (last >= 0) || (ok && !got.Equal(from.Add(time.Duration(last)*time.Minute))) {
				t.Fatalf("%v: Last(%s, %s) = %s, %v", z, from, before, got, ok)
			}
		}
		if open[i] {
			last = i
		}
	}
}

func TestEveryZoneThroughItsClockChanges(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	changed := 0
	for _, name := range wakingtest.Zones() {
		loc := location(t, name)
		moments := changes(loc, from, from.AddDate(1, 0, 0))
		changed += min(len(moments), 1)
		if len(moments) == 0 {
			moments = []time.Time{from.AddDate(0, 6, 0)}
		}
		for _, m := range moments {
			for _, h := range []Hours{Default(), awkwardHours()} {
				sweep(t, h, Zones{loc}, m.Add(-36*time.Hour), m.Add(36*time.Hour), 11)
			}
		}
	}
	if changed < 150 {
		t.Errorf("only %d zones change their clocks: is the list whole?", changed)
	}
}

func TestHistoricOddities(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, zone string
		around     time.Time
	}{
		{"Samoa skips 30 December", "Pacific/Apia", time.Date(2011, 12, 30, 10, 0, 0, 0, time.UTC)},
		{"Kwajalein skips a day", "Pacific/Kwajalein", time.Date(1993, 8, 21, 12, 0, 0, 0, time.UTC)},
		{"Manila lives one twice", "Asia/Manila", time.Date(1844, 12, 31, 0, 0, 0, 0, time.UTC)},
		{"Alaska lives one twice", "America/Juneau", time.Date(1867, 10, 18, 12, 0, 0, 0, time.UTC)},
		{"Beirut has no midnight", "Asia/Beirut", time.Date(2021, 3, 27, 22, 0, 0, 0, time.UTC)},
		{"Tehran has no midnight", "Asia/Tehran", time.Date(2021, 3, 21, 20, 30, 0, 0, time.UTC)},
		{"São Paulo has no midnight", "America/Sao_Paulo", time.Date(2018, 11, 4, 3, 0, 0, 0, time.UTC)},
		{"São Paulo has two", "America/Sao_Paulo", time.Date(2019, 2, 17, 2, 0, 0, 0, time.UTC)},
		{"Lord Howe moves half an hour", "Australia/Lord_Howe", time.Date(2026, 4, 4, 15, 0, 0, 0, time.UTC)},
		{"Troll moves two hours", "Antarctica/Troll", time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC)},
		{"Pyongyang moves half an hour", "Asia/Pyongyang", time.Date(2015, 8, 14, 15, 0, 0, 0, time.UTC)},
		{"Caracas moves half an hour", "America/Caracas", time.Date(2016, 5, 1, 7, 0, 0, 0, time.UTC)},
		{"Casablanca turns back for Ramadan", "Africa/Casablanca", time.Date(2026, 2, 15, 2, 0, 0, 0, time.UTC)},
		{"far ahead, by rule alone", "America/New_York", time.Date(2090, 3, 12, 7, 0, 0, 0, time.UTC)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			z := Zones{location(t, tt.zone)}
			for _, h := range []Hours{Default(), awkwardHours()} {
				if _, offset := tt.around.In(z[0]).Zone(); offset%60 == 0 {
					sweep(t, h, z, tt.around.Add(-60*time.Hour), tt.around.Add(60*time.Hour), 1)
				}
			}
		})
	}
}

func anyHours() *rapid.Generator[Hours] {
	return rapid.Custom(func(t *rapid.T) Hours {
		var h Hours
		for i := range h.Days {
			if rapid.Bool().Draw(t, "open") {
				h.Days[i].Open = rapid.IntRange(0, day).Draw(t, "opens")
				h.Days[i].Close = rapid.IntRange(h.Days[i].Open, day).Draw(t, "closes")
			}
		}
		return h
	})
}

// TestRandomZonesTogether draws up to four zones, any hours and any instant from 1975 to 2060.
func TestRandomZonesTogether(t *testing.T) {
	t.Parallel()
	names := wakingtest.Zones()
	rapid.Check(t, func(rt *rapid.T) {
		h := rapid.OneOf(rapid.Just(Default()), anyHours()).Draw(rt, "hours")
		var z Zones
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(rt, "zones") {
			z = append(z, location(t, name))
		}
		at := time.Unix(rapid.Int64Range(157766400, 2840140800).Draw(rt, "second"), rapid.Int64Range(0, 999999999).Draw(rt, "nanosecond"))

		got, ok := h.Next(at, z)
		end := at.Add(Horizon)
		if ok {
			end = got
			if got.Before(at) || !h.Open(got, z) || !inside(h, got, z) || got.Location() != time.UTC {
				rt.Fatalf("Next(%s) = %s is not inside", at, got)
			}
		}
		for m := at; m.Before(end); m = nextMinute(m) {
			if inside(h, m, z) {
				rt.Fatalf("Next(%s) = %s, %v, but %s is inside", at, got, ok, m)
			}
		}

		from := at.Add(-Horizon)
		got, ok = h.Last(from, at, z)
		if ok {
			from = got.Add(time.Minute)
			if !got.Before(at) || got.Unix()%60 != 0 || !inside(h, got, z) {
				rt.Fatalf("Last before %s = %s is not inside", at, got)
			}
		}
		for m := nextMinute(from.Add(-1)); m.Before(at); m = nextMinute(m) {
			if inside(h, m, z) {
				rt.Fatalf("Last before %s = %s, %v, but %s is inside", at, got, ok, m)
			}
		}
	})
}

// nextMinute returns the first whole minute after m.
func nextMinute(m time.Time) time.Time { return time.Unix(m.Unix()-m.Unix()%60+60, 0) }
