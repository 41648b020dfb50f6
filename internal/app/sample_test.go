package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/subscription"
)

// TestAwkwardCases lets twenty days pass for the sample shop and looks at every phone.
func TestAwkwardCases(t *testing.T) {
	t.Parallel()
	a := demo(t)
	a.to(t, a.Now().AddDate(0, 0, 20))
	tests := []struct {
		who, phone string
		texts      int
		says       []string
	}{
		{"Ana", "+12125550142", 1, []string{"Hi Ana", "House Blend", "$14.50"}},
		{"Ben, two on one day", "+13125550117", 1, []string{"House Blend", "Oat Bars", "$23.50"}},
		{"Cleo, two on two days", "+16175550165", 2, []string{"House Blend"}},
		{"Dana, not a subscriber", "+12065550138", 0, nil},
		{"Eli, opted out", "+17035550119", 0, nil},
		{"Kai, Hawaii", "+18085550144", 1, []string{"Hi Kai"}},
		{"Pia, paused", "+15035550171", 0, nil},
		{"no first name", "+16025550153", 1, []string{"Hi there,"}},
		{"a landline", "+15005554001", 0, nil},
	}
	for _, tt := range tests {
		thread, err := (handset{a}).Thread(t.Context(), SampleShop, tt.phone, 20)
		if err != nil {
			t.Fatal(err)
		}
		var upcoming []string
		for _, x := range thread {
			if strings.Contains(x.Body, "Reply SKIP or DELAY") {
				upcoming = append(upcoming, x.Body)
			}
			if zone := zoneOf(t, tt.phone); x.At.In(zone).Hour() < 11 || x.At.In(zone).Hour() >= 21 {
				t.Errorf("%s: a text came at %s", tt.who, x.At.In(zone).Format(time.Kitchen))
			}
		}
		// Ben's Oat Bars come again within the twenty days, so his phone may show the next order too.
		if len(upcoming) < tt.texts || tt.texts == 0 && len(thread) != 0 || tt.who == "Ana" && len(upcoming) != 1 {
			t.Errorf("%s: %d texts about orders, want %d: %q", tt.who, len(upcoming), tt.texts, upcoming)
			continue
		}
		for _, want := range tt.says {
			if !strings.Contains(upcoming[0], want) {
				t.Errorf("%s: the text %q does not say %q", tt.who, upcoming[0], want)
			}
		}
		seen := map[string]bool{}
		for _, x := range upcoming {
			if seen[x] {
				t.Errorf("%s: the same text twice: %q", tt.who, x)
			}
			seen[x] = true
		}
	}
	dana := a.customer(t, "Dana")
	if trace := strings.Join(a.trace(t, dana), "\n"); !strings.Contains(trace, "Not a Postscript subscriber") {
		t.Errorf("Dana's trace does not say why:\n%s", trace)
	}
	maxs := a.customer(t, "Max")
	account, err := a.Bridge.Account(t.Context(), SampleShop, maxs.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range account.Orders(subscription.DateOf(a.Now(), time.UTC), 6) {
		if last := o.Date.AddDays(1).Day() == 1; !last {
			t.Errorf("order %d of a subscription on the 31st is on %s, which is not the end of a month", i, o.Date)
		}
	}
}

// zoneOf is the zone of a sample customer.
func zoneOf(t *testing.T, phone string) *time.Location {
	t.Helper()
	for _, c := range sampleCustomers() {
		if c.phone == phone {
			loc, err := time.LoadLocation(c.zone)
			if err != nil {
				t.Fatal(err)
			}
			return loc
		}
	}
	t.Fatalf("no sample customer has %s", phone)
	return nil
}

// TestTheClockIsKept closes the demo after moving its clock and opens it again.
func TestTheClockIsKept(t *testing.T) {
	t.Parallel()
	a := open(t)
	to := a.Now().Add(50 * time.Hour)
	a.to(t, to)
	again, err := Open(t.Context(), a.o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if got := again.Now().Sub(to); got < 0 || got > time.Minute {
		t.Errorf("after a restart the clock is off by %s", got)
	}
	if err := again.MakeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := again.MakeSample(t.Context()); err != nil {
		t.Errorf("making the sample again: %v", err)
	}
	for name, bad := range map[string]time.Time{"back": to.Add(-time.Hour), "too far": to.AddDate(2, 0, 0)} {
		if err := again.Advance(context.Background(), bad); err == nil {
			t.Errorf("the clock went %s", name)
		}
	}
}
