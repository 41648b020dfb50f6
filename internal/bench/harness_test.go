//go:build linux

package bench

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNumbersAreWrittenForPeople(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		m    measure
		want string
	}{
		{"a rate", measure{"rate", 12345.6, perSecond}, "12,346/s"},
		{"a small rate", measure{"rate", 7, perSecond}, "7/s"},
		{"a share", measure{"share", 0.616, share}, "62 %"},
		{"a size", measure{"most", 98.7e6, bytes}, "99 MB"},
		{"microseconds", measure{"p50", 0.00042, seconds}, "420 µs"},
		{"milliseconds", measure{"p50", 0.0123, seconds}, "12.3 ms"},
		{"more milliseconds", measure{"p50", 0.2164, seconds}, "216 ms"},
		{"seconds", measure{"p99", 1.5, seconds}, "1.50 s"},
		{"a factor", measure{"slower", 1.038, times}, "1.04 times"},
		{"a million", measure{"stored", 1e6, count}, "1,000,000"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := tc.m.String(); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestTheVerdictIsHonest(t *testing.T) {
	t.Parallel()
	r := row{bars: func(database) []bar { return []bar{atLeast("rate", 100), atMost("p99", 0.1)} }}
	for _, tc := range []struct {
		name  string
		found []measure
		want  string
	}{
		{"both reached", []measure{{"rate", 100, perSecond}, {"p99", 0.1, seconds}}, "met"},
		{"too slow", []measure{{"rate", 99.99, perSecond}, {"p99", 0.1, seconds}}, "missed: rate"},
		{"too late", []measure{{"rate", 200, perSecond}, {"p99", 0.11, seconds}}, "missed: p99"},
		{"neither", []measure{{"rate", 1, perSecond}, {"p99", 1, seconds}}, "missed: rate, p99"},
		{"not measured", []measure{{"rate", 100, perSecond}}, "missed: p99"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if _, _, got := (result{row: r, found: tc.found}).line(); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestMostInASlidingSecond(t *testing.T) {
	t.Parallel()
	at := func(ms ...int) []time.Time {
		var out []time.Time
		for _, m := range ms {
			out = append(out, noon.Add(time.Duration(m)*time.Millisecond))
		}
		return out
	}
	for _, tc := range []struct {
		name string
		at   []time.Time
		want int
	}{
		{"none", nil, 0},
		{"one", at(0), 1},
		{"a second apart", at(0, 1000, 2000), 1},
		{"just within", at(0, 999), 2},
		{"across whole seconds, out of order", at(1400, 600, 700, 1599, 1600), 4},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := mostInSecond(tc.at); got != tc.want {
				t.Errorf("%d, want %d", got, tc.want)
			}
		})
	}
}

func TestHowDurationsAreSpread(t *testing.T) {
	t.Parallel()
	var s spread
	for i := 100; i >= 1; i-- {
		s = append(s, time.Duration(i)*time.Millisecond)
	}
	got := []float64{s.at(0), s.at(0.5), s.at(0.99), s.at(1), spread(nil).at(0.5)}
	if diff := cmp.Diff([]float64{0.001, 0.051, 0.1, 0.1, 0}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestThePageHasEveryFigure(t *testing.T) {
	t.Parallel()
	r := &report{started: noon}
	w := row{name: "webhooks", title: "webhooks stored", how: "By hand.", bars: func(database) []bar { return []bar{atLeast("rate", 6000)} }}
	r.add(w, databases[0], []measure{{"rate", 7000, perSecond}, {"p50", 0.002, seconds}})
	r.add(w, databases[1], []measure{{"rate", 5000, perSecond}})
	var page strings.Builder
	r.markdown(&page, machine{})
	for _, want := range []string{
		"| [webhooks stored](#webhooks) | SQLite | rate 7,000/s | rate at least 6,000/s | **met** |",
		"| [webhooks stored](#webhooks) | PostgreSQL | rate 5,000/s | rate at least 6,000/s | **missed: rate** |",
		"| | SQLite | PostgreSQL |", "| rate | 7,000/s | 5,000/s |", "| p50 | 2 ms |  |", "By hand.",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q:\n%s", want, page.String())
		}
	}
}

func TestThePageForProgramsHasEveryFigure(t *testing.T) {
	t.Parallel()
	r := &report{started: noon}
	w := row{name: "webhooks", title: "webhooks stored", bars: func(database) []bar { return []bar{atLeast("rate", 6000)} }}
	r.add(w, databases[0], []measure{{"rate", 7000, perSecond}, {"p50", 0.002, seconds}})
	r.add(w, databases[1], []measure{{"rate", 5000, perSecond}})
	want := []publishedRow{
		{Name: "webhooks", Title: "webhooks stored", Database: "SQLite", Measured: []publishedMeasure{{"rate", 7000, perSecond}, {"p50", 0.002, seconds}}},
		{Name: "webhooks", Title: "webhooks stored", Database: "PostgreSQL", Measured: []publishedMeasure{{"rate", 5000, perSecond}}, Missed: true},
	}
	if diff := cmp.Diff(want, r.published(machine{}).Rows); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
