package web

import (
	"fmt"
	"math"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
)

func TestThrottle(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC)
	th := NewThrottle(func() time.Time { return now })
	for i := range freePerAccount {
		if err := th.Begin("Ana@example.com", "192.0.2.1"); err != nil {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	err := th.Begin("ana@example.com", "198.51.100.7")
	if !fault.Is(err, fault.RateLimited) || !strings.Contains(fault.Message(err), "2 seconds") {
		t.Errorf("after the free tries: %v", err)
	}
	if err := th.Begin("ben@example.com", "192.0.2.1"); err != nil {
		t.Errorf("another account is held: %v", err)
	}
	now = now.Add(2 * time.Second)
	if err := th.Begin("ana@example.com", "192.0.2.1"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if err := th.Begin("ana@example.com", "192.0.2.1"); err == nil || !strings.Contains(err.Error(), "4 seconds") {
		t.Errorf("the wait does not double: %v", err)
	}
	for range 20 {
		now = now.Add(longestWait)
		if err := th.Begin("ana@example.com", "203.0.113.9"); err != nil {
			t.Fatalf("the wait exceeds its limit: %v", err)
		}
	}
	if err := th.Begin("ana@example.com", "192.0.2.1"); err == nil {
		t.Error("no wait after many tries")
	}
	now = now.Add(longestWait)
	if err := th.Begin("ana@example.com", "192.0.2.44"); err != nil {
		t.Fatal(err)
	}
	th.Succeeded("ana@example.com", "192.0.2.44")
	for range 10 {
		now = now.Add(longestWait)
		_ = th.Begin("ana@example.com", "203.0.113.10")
	}
	if err := th.Begin("ana@example.com", "192.0.2.44"); err != nil {
		t.Errorf("somebody else's guessing locks the owner out: %v", err)
	}
}

func TestThrottlePerAddress(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC)
	th := NewThrottle(func() time.Time { return now })
	for i := range freePerAddress {
		if err := th.Begin(fmt.Sprintf("user%d@example.com", i), "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	if err := th.Begin("more@example.com", "192.0.2.1"); !fault.Is(err, fault.RateLimited) {
		t.Errorf("got %v", err)
	}
	now = now.Add(forgetAfter + time.Minute)
	for range freePerAccount {
		if err := th.Begin("more@example.com", "192.0.2.1"); err != nil {
			t.Errorf("a day later: %v", err)
		}
	}
}

func TestClientAddr(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		remote    string
		forwarded []string
		proxies   int
		want      string
	}{
		"direct":                  {"192.0.2.1:999", nil, 0, "192.0.2.1"},
		"forged, no proxy":        {"192.0.2.1:999", []string{"203.0.113.5"}, 0, "192.0.2.1"},
		"one proxy":               {"10.0.0.1:999", []string{"203.0.113.5"}, 1, "203.0.113.5"},
		"one proxy, forged entry": {"10.0.0.1:999", []string{"198.51.100.1, 203.0.113.5"}, 1, "203.0.113.5"},
		"two proxies":             {"10.0.0.1:999", []string{"203.0.113.5", "10.0.0.2"}, 2, "203.0.113.5"},
		"fewer entries":           {"10.0.0.1:999", nil, 2, "10.0.0.1"},
		"IPv6 household":          {"[2001:db8:1:2:3::4]:999", nil, 0, "2001:db8:1:2::/64"},
		"IPv4 inside IPv6":        {"[::ffff:192.0.2.1]:999", nil, 0, "192.0.2.1"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tc.remote
			for _, v := range tc.forwarded {
				r.Header.Add("X-Forwarded-For", v)
			}
			if got := newKit(t, Options{Proxies: tc.proxies}).ClientAddr(r); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestMasked(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"sk_9f86d081884c7d659a2f": "sk_••••••••9a2f",
		"9f86d081884c7d659a2f":    "••••••••9a2f",
		"short":                   "••••••••",
		"":                        "••••••••",
		"whsec_live_0123456789":   "whsec_••••••••6789",
	} {
		if got := Masked(in); got != want {
			t.Errorf("Masked(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	got := []string{
		grouped(0), grouped(999), grouped(1000), grouped(-1234567), counted(1, "order", "orders"), counted(1204, "order", "orders"),
		percent(1, 8), percent(1, 0), percent(5, 5), short(12500), short(3.2e6), plain(1.5),
	}
	want := []string{"0", "999", "1,000", "-1,234,567", "1 order", "1,204 orders", "12.5%", "–", "100%", "12.5k", "3.2M", "1.50"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTimesNeedAZone(t *testing.T) {
	t.Parallel()
	moment := time.Date(2026, 10, 14, 15, 42, 0, 0, time.UTC)
	got, err := when(moment, "America/New_York")
	if err != nil || !strings.Contains(string(got), ">Oct 14, 11:42 AM<") || !strings.Contains(string(got), `datetime="2026-10-14T11:42:00-04:00"`) {
		t.Errorf("got %s, %v", got, err)
	}
	for _, zone := range []any{nil, (*time.Location)(nil), "Nowhere/Else", 7} {
		if _, err := when(moment, zone); err == nil {
			t.Errorf("zone %v is accepted", zone)
		}
	}
	if got, err := when(time.Time{}, nil); got != "–" || err != nil {
		t.Errorf("no time: %q, %v", got, err)
	}
}

func TestPager(t *testing.T) {
	t.Parallel()
	q := url.Values{"q": {"ana"}}
	first := Pager{Page: 1, Size: 25, Total: 60, Path: "/customers", Query: q}
	last := Pager{Page: 3, Size: 25, Total: 60, Path: "/customers", Query: q}
	got := []string{first.Range(), first.Back(), first.Forth(), last.Range(), last.Back(), last.Forth()}
	want := []string{"1–25 of 60", "", "/customers?page=2&q=ana", "51–60 of 60", "/customers?page=2&q=ana", ""}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(q) != 1 {
		t.Error("the filters were changed")
	}
	if (Pager{Page: 1, Size: 25, Total: 25}).Shown() || !(Pager{Older: "/x"}).Shown() {
		t.Error("shown when it should not be, or the reverse")
	}
}

func TestDaysFollowTheZone(t *testing.T) {
	t.Parallel()
	late := time.Date(2026, 10, 15, 3, 0, 0, 0, time.UTC) // the evening of the 14th in New York
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	thread := Thread{Zone: ny, Bubbles: []Bubble{{At: late.Add(-time.Hour)}, {At: late}, {At: late.Add(4 * time.Hour)}}}
	days := thread.Days()
	if len(days) != 2 || len(days[0].Items) != 2 || !strings.Contains(string(days[0].Title), "Wednesday, October 14, 2026") {
		t.Errorf("got %+v", days)
	}
}

func TestSteps(t *testing.T) {
	t.Parallel()
	s := Steps{{Done: true}, {}, {Done: true}, {}}
	got := []bool{s.Next(0), s.Next(1), s.Next(2), s.Next(3)}
	if d := cmp.Diff([]bool{false, true, false, false}, got); d != "" || s.Done() != 2 {
		t.Errorf("%s done %d", d, s.Done())
	}
}

func TestProblemsOf(t *testing.T) {
	t.Parallel()
	if d := cmp.Diff(Problems{"wait": "Too short."}, ProblemsOf(fmt.Errorf("x: %w", fault.Field("wait", "Too short.")))); d != "" {
		t.Error(d)
	}
	if p := ProblemsOf(fault.New(fault.Unavailable, "Away.")); p != nil {
		t.Errorf("a fault nobody can mend in a form became %v", p)
	}
}

func TestChartScalesAndEscapes(t *testing.T) {
	t.Parallel()
	for high, want := range map[float64]float64{0: 4, 4: 4, 5: 8, 58: 80, 81: 120, 121: 200, 999: 1200, 20000: 20000} {
		if got := niceTop(high); got != want {
			t.Errorf("niceTop(%v) = %v, want %v", high, got, want)
		}
	}
	c := Chart{ID: "c", Title: "<T>", Desc: "d", Unit: "texts", Labels: []string{"<Mon>", "Tue"}, Series: []Series{{"A&B", []float64{3, 1}}, {"C", []float64{2}}}}
	for name, out := range map[string]string{"bars": string(BarChart(c)), "lines": string(LineChart(c))} {
		for _, want := range []string{"&lt;T&gt;", "&lt;Mon&gt;: A&amp;B 3, C 2 texts", `aria-labelledby="c-t c-d"`, "<table>", `<td class="num">0</td>`} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", name, want, out)
			}
		}
		if strings.Contains(out, "NaN") || strings.Contains(out, "Inf") || strings.Contains(out, "style=") {
			t.Errorf("%s: %s", name, out)
		}
	}
	if out := string(BarChart(Chart{ID: "e", Title: "Nothing yet"})); strings.Contains(out, "NaN") || strings.Contains(out, "Inf") {
		t.Errorf("an empty chart: %s", out)
	}
}

var declaration = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`)

func colours(css string) map[string]string {
	m := map[string]string{}
	for _, d := range declaration.FindAllStringSubmatch(css, -1) {
		m[d[1]] = d[2]
	}
	return m
}

func between(t *testing.T, s, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(s, from)
	part, _, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("no part from %q to %q in the stylesheet", from, to)
	}
	return part
}

// TestContrast holds every pair of colours that carries text to WCAG AA, in both themes.
func TestContrast(t *testing.T) {
	t.Parallel()
	b, err := assetFiles.ReadFile("assets/1-theme.css")
	if err != nil {
		t.Fatal(err)
	}
	css := string(b)
	light := colours(between(t, css, ":root {", "\n}"))
	system := between(t, css, `:root:not([data-theme="light"]) {`, "\n  }")
	chosen := between(t, css, `:root[data-theme="dark"] {`, "\n}")
	if d := cmp.Diff(strings.Fields(system), strings.Fields(chosen)); d != "" {
		t.Errorf("the two dark themes differ: %s", d)
	}
	pairs := [][2]string{
		{"accent-text", "bg"},
		{"accent-text", "surface"},
		{"accent-text", "accent-soft"},
		{"on-accent", "accent"},
		{"on-accent", "accent-hover"},
		{"on-danger", "danger"},
		{"text", "bubble"},
		{"on-bubble-own", "bubble-own"},
		{"muted", "sunken"},
		{"muted", "hover"},
		{"bad", "surface"},
		{"ok", "surface"},
		{"warn", "surface"},
	}
	for _, ground := range []string{"bg", "surface", "sunken", "hover"} {
		pairs = append(pairs, [2]string{"text", ground}, [2]string{"muted", ground})
	}
	for _, tone := range []string{"ok", "warn", "bad", "info"} {
		pairs = append(pairs, [2]string{tone, tone + "-soft"})
	}
	for name, theme := range map[string]map[string]string{"light": light, "dark": colours(system)} {
		for _, p := range pairs {
			if got := contrast(t, theme[p[0]], theme[p[1]]); got < 4.5 {
				t.Errorf("%s: %s on %s is %.2f", name, p[0], p[1], got)
			}
		}
		if got := contrast(t, theme["line-strong"], theme["surface"]); got < 3 {
			t.Errorf("%s: the edge of a field is %.2f", name, got)
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) != 7 {
		t.Fatalf("colour %q", hex)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		v := float64(n) / 255
		if v <= 0.03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
