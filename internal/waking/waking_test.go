package waking

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nyaruka/phonenumbers"

	"rejoinder/internal/fault"
)

func TestNextAndLast(t *testing.T) {
	t.Parallel()
	weekends := Hours{}
	weekends.Days[time.Saturday] = Window{Open: 12 * 60, Close: 14 * 60}
	clockChange := Hours{}
	clockChange.Days[time.Sunday] = Window{Open: 60, Close: 150} // 01:00–02:30
	tests := []struct {
		name  string
		hours Hours
		zones []string
		at    string
		next  string // "": none
		last  string // the last minute in the 14 days before at
	}{
		{"inside", Default(), []string{"America/New_York"}, "2026-11-22T12:00:30-05:00", "2026-11-22T12:00:30-05:00", "2026-11-22T12:00:00-05:00"},
		{"too early", Default(), []string{"America/New_York"}, "2026-11-22T10:59:59-05:00", "2026-11-22T11:00:00-05:00", "2026-11-21T20:59:00-05:00"},
		{"just open", Default(), []string{"America/New_York"}, "2026-11-22T11:00:00-05:00", "2026-11-22T11:00:00-05:00", "2026-11-21T20:59:00-05:00"},
		{"just closed", Default(), []string{"America/New_York"}, "2026-11-22T21:00:00-05:00", "2026-11-23T11:00:00-05:00", "2026-11-22T20:59:00-05:00"},
		{"Hawaii when New York wakes", Default(), []string{"Pacific/Honolulu"}, "2026-11-22T11:00:00-05:00", "2026-11-22T11:00:00-10:00", "2026-11-21T20:59:00-10:00"},
		{"over the spring change", Default(), []string{"America/New_York"}, "2026-03-07T21:00:00-05:00", "2026-03-08T11:00:00-04:00", "2026-03-07T20:59:00-05:00"},
		{"over the autumn change", Default(), []string{"America/New_York"}, "2026-10-31T21:00:00-04:00", "2026-11-01T11:00:00-05:00", "2026-10-31T20:59:00-04:00"},
		{"the skipped hour ends a window early", clockChange, []string{"America/New_York"}, "2026-03-08T02:00:00-05:00", "2026-03-15T01:00:00-04:00", "2026-03-08T01:59:00-05:00"},
		{"the hour that comes twice is open twice", clockChange, []string{"America/New_York"}, "2026-11-01T01:59:59-04:00", "2026-11-01T01:59:59-04:00", "2026-11-01T01:59:00-04:00"},
		{"and again", clockChange, []string{"America/New_York"}, "2026-11-01T01:00:00-05:00", "2026-11-01T01:00:00-05:00", "2026-11-01T01:59:00-04:00"},
		{"a Friday that never was", Default(), []string{"Pacific/Apia"}, "2011-12-29T21:00:00-10:00", "2011-12-31T11:00:00+14:00", "2011-12-29T20:59:00-10:00"},
		{"half an hour on Lord Howe", Default(), []string{"Australia/Lord_Howe"}, "2026-04-04T21:00:00+11:00", "2026-04-05T11:00:00+10:30", "2026-04-04T20:59:00+11:00"},
		{"the later of two zones opens, the earlier closes", Default(), []string{"America/Boise", "America/Los_Angeles"}, "2026-11-22T11:30:00-07:00", "2026-11-22T11:00:00-08:00", "2026-11-21T20:59:00-07:00"},
		{"Guam and Adak share six hours", Default(), []string{"Pacific/Guam", "America/Adak"}, "2026-11-22T00:00:00Z", "2026-11-22T01:00:00Z", "2026-11-21T06:59:00Z"},
		{"weekends only, over the date line", weekends, []string{"Pacific/Auckland"}, "2026-11-22T00:00:00Z", "2026-11-28T12:00:00+13:00", "2026-11-21T13:59:00+13:00"},
		{"weekends that never meet", weekends, []string{"Pacific/Auckland", "America/New_York"}, "2026-11-22T00:00:00Z", "", ""},
		{"no zones", Default(), nil, "2026-11-22T15:00:00Z", "", ""},
		{"closed for good", Hours{}, []string{"UTC"}, "2026-11-22T15:00:00Z", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var z Zones
			for _, name := range tt.zones {
				z = append(z, location(t, name))
			}
			at := parse(t, tt.at)
			next, ok := tt.hours.Next(at, z)
			if ok != (tt.next != "") || (ok && !next.Equal(parse(t, tt.next))) {
				t.Errorf("Next = %s, %v; want %s", next, ok, tt.next)
			}
			last, ok := tt.hours.Last(at.Add(-Horizon), at, z)
			if ok != (tt.last != "") || (ok && !last.Equal(parse(t, tt.last))) {
				t.Errorf("Last = %s, %v; want %s", last, ok, tt.last)
			}
		})
	}
}

func TestLastKeepsItsBounds(t *testing.T) {
	t.Parallel()
	z := Zones{time.UTC}
	noon := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name         string
		from, before time.Time
		want         time.Time // zero: none
	}{
		{"before is left out", noon.Add(-time.Minute), noon, noon.Add(-time.Minute)},
		{"from is taken in", noon, noon.Add(time.Second), noon},
		{"no whole minute between", noon.Add(time.Nanosecond), noon.Add(time.Minute), time.Time{}},
		{"a nanosecond past the minute", noon, noon.Add(time.Minute + 1), noon.Add(time.Minute)},
		{"nothing between", noon, noon, time.Time{}},
		{"the wrong way round", noon, noon.Add(-time.Hour), time.Time{}},
		{"asleep", noon.Add(10 * time.Hour), noon.Add(20 * time.Hour), time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Default().Last(tt.from, tt.before, z)
			if ok == tt.want.IsZero() || !got.Equal(tt.want) {
				t.Errorf("got %s, %v; want %s", got, ok, tt.want)
			}
		})
	}
}

func parse(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestStatesAndNarrow(t *testing.T) {
	t.Parallel()
	h := Default()
	h.Days[time.Sunday] = Window{}
	h.Days[time.Monday] = Window{Open: 20 * 60, Close: 22 * 60}
	h.States = map[string]Window{"FL": {Open: 8 * 60, Close: 20 * 60}}
	if err := h.Check(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Hours{Days: h.Days}, h.For("NY")); diff != "" {
		t.Error(diff)
	}
	want := h.Days
	want[time.Monday] = Window{}
	for i := time.Tuesday; i <= time.Saturday; i++ {
		want[i] = Window{Open: 11 * 60, Close: 20 * 60}
	}
	if diff := cmp.Diff(Hours{Days: want}, h.For(" fl ")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Hours{Days: want, States: h.States}, Narrow(h)); diff != "" {
		t.Error(diff)
	}
	if h.Days[time.Tuesday].Close != 21*60 {
		t.Error("the shop's own hours were changed")
	}
	if got := want[time.Tuesday].String() + ", " + want[time.Sunday].String(); got != "11:00–20:00, closed" {
		t.Error(got)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	with := func(change func(*Hours)) Hours {
		h := Default()
		h.States = map[string]Window{}
		change(&h)
		return h
	}
	tests := []struct {
		name, field string // "": sound
		hours       Hours
	}{
		{"default", "", Default()},
		{"round the clock", "", with(func(h *Hours) { h.Days[0] = Window{0, day} })},
		{"a day off", "", with(func(h *Hours) { h.Days[0] = Window{300, 300} })},
		{"wrong way round", "monday", with(func(h *Hours) { h.Days[1] = Window{600, 599} })},
		{"past midnight", "sunday", with(func(h *Hours) { h.Days[0] = Window{600, day + 1} })},
		{"before midnight", "saturday", with(func(h *Hours) { h.Days[6] = Window{-1, 600} })},
		{"never open", "days", Hours{}},
		{"state in small letters", "states", with(func(h *Hours) { h.States["fl"] = Window{480, 1200} })},
		{"state without a code", "states", with(func(h *Hours) { h.States[""] = Window{480, 1200} })},
		{"state wrong way round", "states", with(func(h *Hours) { h.States["FL"] = Window{1200, 480} })},
		{"state that leaves nothing", "states", with(func(h *Hours) { h.States["FL"] = Window{480, 660} })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.hours.Check()
			if tt.field == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.Invalid || e.Field != tt.field {
				t.Errorf("got %#v, want field %s", err, tt.field)
			}
		})
	}
}

func TestRecipient(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                 string
		address, phone, shop string
		want                 []string // nil: an error
		narrow               bool
	}{
		{"address before number", "Pacific/Honolulu", "+12122345678", "America/Chicago", []string{"Pacific/Honolulu"}, false},
		{"number before shop", "", "+18082345678", "America/Chicago", []string{"Pacific/Honolulu"}, false},
		{"an address zone nobody knows", "America/Nowhere", "+18082345678", "America/Chicago", []string{"Pacific/Honolulu"}, false},
		{"this machine's zone is nobody's", "Local", "+18082345678", "America/Chicago", []string{"Pacific/Honolulu"}, false},
		{"a number of two zones", "", "+17752345678", "America/Chicago", []string{"America/Boise", "America/Los_Angeles"}, false},
		{"deeper than the area code", "", "+18502345678", "America/New_York", []string{"America/Chicago"}, false},
		{"abroad", "", "+442071838750", "America/New_York", []string{"Europe/London"}, false},
		{"toll-free", "", "+18002345678", "America/Chicago", []string{"America/Chicago"}, true},
		{"5xx", "", "+15002345678", "America/Chicago", []string{"America/Chicago"}, true},
		{"satellite", "", "+87812345678", "America/Chicago", []string{"America/Chicago"}, true},
		{"no number", "", "", "America/Chicago", []string{"America/Chicago"}, true},
		{"not a number", "", "call me", "America/Chicago", []string{"America/Chicago"}, true},
		{"without its country", "", "8082345678", "America/Chicago", []string{"America/Chicago"}, true},
		{"nothing known", "", "", "Mars/Olympus", nil, false},
		{"nothing at all", "", "", "", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			z, narrow, err := Recipient(tt.address, tt.phone, tt.shop)
			if tt.want == nil {
				if !fault.Is(err, fault.Invalid) || z != nil {
					t.Errorf("got %v, %v", z, err)
				}
				return
			}
			var names []string
			for _, loc := range z {
				names = append(names, loc.String())
			}
			if diff := cmp.Diff(tt.want, names); diff != "" || narrow != tt.narrow || err != nil {
				t.Errorf("narrow %v, %v\n%s", narrow, err, diff)
			}
		})
	}
}

// TestEveryPlaceHasACommonHour looks at each list of zones a number can get: those of a place load and share
// waking time in winter and summer, so that byNumber never makes a recipient who can be sent nothing.
func TestEveryPlaceHasACommonHour(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{"Etc/Unknown": true}
	largest := 0
	for prefix := range 1_000_000 {
		names, err := phonenumbers.GetTimezonesForPrefix(strconv.Itoa(prefix))
		if err != nil {
			t.Fatal(err)
		}
		if key := strings.Join(names, " "); seen[key] || len(names) >= placeless {
			continue
		} else {
			seen[key] = true
		}
		largest = max(largest, len(names))
		var z Zones
		for _, name := range names {
			loc, ok := Zone(name)
			if !ok {
				t.Fatalf("+%d: %s does not load", prefix, name)
			}
			z = append(z, loc)
		}
		for _, month := range []time.Month{time.January, time.July} {
			if _, ok := Default().Next(time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC), z); !ok {
				t.Errorf("+%d: %v are never awake together", prefix, names)
			}
		}
	}
	if largest != 8 || len(seen) < 200 {
		t.Errorf("the largest of %d lists has %d zones: look at placeless again", len(seen), largest)
	}
}

func TestHoursReadBack(t *testing.T) {
	t.Parallel()
	h := Default()
	h.States = map[string]Window{"FL": {480, 1200}}
	raw, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var got Hours
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(h, got); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkNext(b *testing.B) {
	at := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC) // 22:00 in New York, 19:00 in Los Angeles
	for name, zones := range map[string][]string{
		"one zone":  {"America/New_York"},
		"two zones": {"America/New_York", "America/Los_Angeles"},
	} {
		b.Run(name, func(b *testing.B) {
			var z Zones
			for _, zone := range zones {
				z = append(z, location(b, zone))
			}
			h := Default()
			b.ReportAllocs()
			for b.Loop() {
				h.Next(at, z)
			}
		})
	}
}

func BenchmarkRecipient(b *testing.B) {
	for b.Loop() {
		if _, _, err := Recipient("", "+12122345678", "America/Chicago"); err != nil {
			b.Fatal(err)
		}
	}
}
