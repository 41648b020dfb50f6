package subscription_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

func anyInterval() *rapid.Generator[subscription.Interval] {
	return rapid.Custom(func(t *rapid.T) subscription.Interval {
		most := map[subscription.Unit]int{subscription.Day: 60, subscription.Week: 12, subscription.Month: 12}
		unit := rapid.SampledFrom([]subscription.Unit{subscription.Day, subscription.Week, subscription.Month}).Draw(t, "unit")
		return subscription.Interval{Count: rapid.IntRange(1, most[unit]).Draw(t, "count"), Unit: unit}
	})
}

func TestParseInterval(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in, want string // want "" means refused
	}{
		{"weeks", "2 weeks", "2 weeks"},
		{"one month", "1 month", "1 month"},
		{"days", "30 days", "30 days"},
		{"careless", " 2  WEEK ", "2 weeks"},
		{"plural of one", "1 weeks", "1 week"},
		{"zero", "0 days", ""},
		{"negative", "-1 week", ""},
		{"too long", "731 days", ""},
		{"no number", "monthly", ""},
		{"no unit", "2", ""},
		{"unknown unit", "2 years", ""},
		{"more words", "2 weeks or so", ""},
		{"two s", "2 weekss", ""},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := subscription.ParseInterval(tt.in)
			if tt.want == "" {
				if !fault.Is(err, fault.Invalid) {
					t.Errorf("got %v and error %v, want Invalid", got, err)
				}
				return
			}
			if err != nil || got.String() != tt.want {
				t.Errorf("got %v and error %v, want %s", got, err, tt.want)
			}
		})
	}
}

func FuzzParseInterval(f *testing.F) {
	for _, s := range []string{"2 weeks", "1 month", "x", "99999999999999999999 days"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		i, err := subscription.ParseInterval(s)
		if err != nil {
			return
		}
		if again, err := subscription.ParseInterval(i.String()); err != nil || again != i {
			t.Errorf("%q became %v, which became %v (%v)", s, i, again, err)
		}
	})
}

func TestIntervalJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(subscription.Interval{Count: 2, Unit: subscription.Week})
	if err != nil || string(text) != `{"count":2,"unit":"week"}` {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, interval, from string
		anchor               int
		want                 []string
	}{
		{"days", "10 days", "2026-12-28", 0, []string{"2027-01-07", "2027-01-17"}},
		{"weeks", "2 weeks", "2026-12-28", 0, []string{"2027-01-11", "2027-01-25"}},
		{"the 31st", "1 month", "2026-12-31", 31, []string{"2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"}},
		{"the 31st in a leap year", "1 month", "2028-01-31", 31, []string{"2028-02-29", "2028-03-31"}},
		{"the 30th", "1 month", "2027-01-30", 30, []string{"2027-02-28", "2027-03-30"}},
		{"every other month", "2 months", "2026-12-31", 31, []string{"2027-02-28", "2027-04-30", "2027-06-30", "2027-08-31"}},
		{"yearly on the leap day", "12 months", "2028-02-29", 29, []string{"2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"}},
		{"no anchor", "1 month", "2026-11-15", 0, []string{"2026-12-15"}},
		{"over the year", "3 months", "2026-11-15", 15, []string{"2027-02-15"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			i, err := subscription.ParseInterval(tt.interval)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for at := d(tt.from); len(got) < len(tt.want); {
				at = i.Next(at, tt.anchor)
				got = append(got, at.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNextWithoutSense(t *testing.T) {
	t.Parallel()
	var none subscription.Date
	week := subscription.Interval{Count: 1, Unit: subscription.Week}
	for name, got := range map[string]subscription.Date{
		"no interval": subscription.Interval{}.Next(d("2026-11-25"), 0),
		"count 0":     subscription.Interval{Unit: subscription.Day}.Next(d("2026-11-25"), 0),
		"no date":     week.Next(none, 0),
		"no start":    week.FirstFrom(none, 0, d("2026-11-25")),
		"first":       subscription.Interval{}.FirstFrom(d("2026-11-25"), 0, d("2026-11-26")),
	} {
		if !got.IsZero() {
			t.Errorf("%s: got %v, want no date", name, got)
		}
	}
}

// Step by step, dates only grow; months stand on the anchor or on the last day of a shorter month.
func TestCadence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		i, at := anyInterval().Draw(t, "interval"), anyDate().Draw(t, "start")
		anchor := i.AnchorOf(at)
		months := at.Year()*12 + int(at.Month())
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			next := i.Next(at, anchor)
			if !next.After(at) {
				t.Fatalf("%v after %v", next, at)
			}
			switch i.Unit {
			case subscription.Day:
				if next.Sub(at) != i.Count {
					t.Fatalf("%v to %v", at, next)
				}
			case subscription.Week:
				if next.Sub(at) != 7*i.Count {
					t.Fatalf("%v to %v", at, next)
				}
			case subscription.Month:
				months += i.Count
				if got := next.Year()*12 + int(next.Month()); got != months {
					t.Fatalf("%v to %v leaves out a month", at, next)
				}
				if last := next.AddDays(1).Day() == 1; next.Day() != anchor && !(last && next.Day() < anchor) {
					t.Fatalf("%v is neither the %d. nor a shorter month's last day", next, anchor)
				}
			}
			at = next
		}
	})
}

// FirstFrom finds what stepping finds.
func TestFirstFrom(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		i, start := anyInterval().Draw(t, "interval"), anyDate().Draw(t, "start")
		floor := start.AddDays(rapid.IntRange(-500, 500).Draw(t, "days"))
		want := start
		for want.Before(floor) {
			want = i.Next(want, i.AnchorOf(start))
		}
		if got := i.FirstFrom(start, i.AnchorOf(start), floor); got != want {
			t.Fatalf("FirstFrom(%v, %v) = %v, want %v", start, floor, got, want)
		}
	})
}
