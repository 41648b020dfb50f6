package subscription_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgregory.net/rapid"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// state writes what a change can touch on one line.
func state(s subscription.Subscription) string {
	out := string(s.Status) + " next " + s.Next.String()
	if !s.PausedUntil.IsZero() {
		out += " until " + s.PausedUntil.String()
	}
	for _, skipped := range s.Skipped {
		out += " skipped " + skipped.String()
	}
	return out
}

func TestChanges(t *testing.T) {
	t.Parallel()
	today := d("2026-11-22")
	weekly := active("sub_1", "1 week", "2026-11-25")
	monthly := active("sub_1", "1 month", "2026-11-30")
	monthly.Anchor = 31
	skipped := weekly
	skipped.Next, skipped.Skipped = d("2026-12-02"), []subscription.Date{d("2026-11-25")}
	twice := weekly
	twice.Next, twice.Skipped = d("2026-12-09"), []subscription.Date{d("2026-11-25"), d("2026-12-02")}
	gone := weekly
	gone.Status, gone.Next = subscription.Cancelled, subscription.Date{}
	ended := weekly
	ended.Status, ended.Next = subscription.Expired, subscription.Date{}
	type do = func(subscription.Account) (subscription.Account, error)
	ids := []string{"sub_1"}
	skip := func(on string) do {
		return func(a subscription.Account) (subscription.Account, error) { return subscription.Skip(a, ids, d(on)) }
	}
	unskip := func(on string) do {
		return func(a subscription.Account) (subscription.Account, error) {
			return subscription.Unskip(a, ids, d(on), today)
		}
	}
	delay := func(on, to string) do {
		return func(a subscription.Account) (subscription.Account, error) {
			return subscription.Delay(a, ids, d(on), d(to))
		}
	}
	pause := func(until subscription.Date) do {
		return func(a subscription.Account) (subscription.Account, error) { return subscription.Pause(a, ids, until) }
	}
	resume := func(a subscription.Account) (subscription.Account, error) { return subscription.Resume(a, ids, today) }
	cancel := func(a subscription.Account) (subscription.Account, error) { return subscription.Cancel(a, ids) }
	var none subscription.Date

	tests := []struct {
		name string
		in   subscription.Subscription
		do   do
		want string     // the state afterwards
		kind fault.Kind // or the refusal
	}{
		{"skip", weekly, skip("2026-11-25"), "active next 2026-12-02 skipped 2026-11-25", ""},
		{"skip the last of the month", monthly, skip("2026-11-30"), "active next 2026-12-31 skipped 2026-11-30", ""},
		{"skip again", skipped, skip("2026-11-25"), "", fault.Conflict},
		{"skip the one after", skipped, skip("2026-12-02"), "active next 2026-12-09 skipped 2026-11-25 skipped 2026-12-02", ""},
		{"skip another date", weekly, skip("2026-11-26"), "", fault.Conflict},
		{"skip paused", paused(weekly, ""), skip("2026-11-25"), "", fault.Conflict},
		{"skip cancelled", gone, skip("2026-11-25"), "", fault.Conflict},
		{"skip expired", ended, skip("2026-11-25"), "", fault.Conflict},

		{"skip the first after a pause", paused(weekly, "2026-12-01"), skip("2026-12-02"), "paused next 2026-11-25 until 2026-12-01 skipped 2026-12-02", ""},
		{"skip the next, which the pause does not reach", paused(weekly, "2026-11-25"), skip("2026-11-25"), "paused next 2026-12-02 until 2026-11-25 skipped 2026-11-25", ""},
		{"skip within a pause", paused(weekly, "2026-12-01"), skip("2026-11-25"), "", fault.Conflict},

		{"unskip", skipped, unskip("2026-11-25"), "active next 2026-11-25", ""},
		{"unskip the newer of two", twice, unskip("2026-12-02"), "active next 2026-12-02 skipped 2026-11-25", ""},
		{"unskip the older of two", twice, unskip("2026-11-25"), "active next 2026-11-25 skipped 2026-12-02", ""},
		{"unskip what was not skipped", weekly, unskip("2026-11-25"), "", fault.Conflict},
		{"unskip paused", paused(skipped, ""), unskip("2026-11-25"), "", fault.Conflict},

		{"unskip the first after a pause", paused(skipped, "2026-11-24"), unskip("2026-11-25"), "paused next 2026-11-25 until 2026-11-24", ""},
		{"unskip within a pause", paused(skipped, "2026-11-26"), unskip("2026-11-25"), "", fault.Conflict},

		{"delay", weekly, delay("2026-11-25", "2026-12-04"), "active next 2026-12-04", ""},
		{"delay the first after a pause", paused(weekly, "2026-12-01"), delay("2026-12-02", "2026-12-04"), "paused next 2026-12-04 until 2026-12-01", ""},
		{"delay not at all", weekly, delay("2026-11-25", "2026-11-25"), "", fault.Invalid},
		{"delay backwards", weekly, delay("2026-11-25", "2026-11-24"), "", fault.Invalid},
		{"delay another date", weekly, delay("2026-12-02", "2026-12-04"), "", fault.Conflict},
		{"delay cancelled", gone, delay("2026-11-25", "2026-12-04"), "", fault.Conflict},

		{"pause", weekly, pause(d("2027-01-01")), "paused next 2026-11-25 until 2027-01-01", ""},
		{"pause for ever", weekly, pause(none), "paused next 2026-11-25", ""},
		{"pause for longer", paused(weekly, "2026-12-01"), pause(d("2027-01-01")), "paused next 2026-11-25 until 2027-01-01", ""},
		{"pause cancelled", gone, pause(none), "", fault.Conflict},

		{"resume, date ahead", paused(weekly, "2027-01-01"), resume, "active next 2026-11-25", ""},
		{"resume, date today", paused(active("sub_1", "1 week", "2026-11-22"), ""), resume, "active next 2026-11-29", ""},
		{"resume, date over", paused(active("sub_1", "2 weeks", "2026-10-01"), ""), resume, "active next 2026-11-26", ""},
		{"resume, monthly", paused(active("sub_1", "1 month", "2026-08-31"), ""), resume, "active next 2026-11-30", ""},
		{"resume, never had a date", subscription.Subscription{ID: "sub_1", Interval: weekly.Interval, Status: subscription.Paused}, resume, "active next 2026-11-29", ""},
		{"resume, active", weekly, resume, "", fault.Conflict},
		{"resume, cancelled", gone, resume, "", fault.Conflict},

		{"cancel", skipped, cancel, "cancelled next  skipped 2026-11-25", ""},
		{"cancel paused", paused(weekly, "2027-01-01"), cancel, "cancelled next ", ""},
		{"cancel again", gone, cancel, "", fault.Conflict},
		{"cancel expired", ended, cancel, "", fault.Conflict},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.do(account(tt.in))
			if fault.KindOf(err) != tt.kind {
				t.Fatalf("error is %v, want %q", err, tt.kind)
			}
			if tt.kind == "" {
				if diff := cmp.Diff(tt.want, state(got.Subscriptions[0])); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestSkipAfterUnskipPassesOverTheOtherSkip(t *testing.T) {
	t.Parallel()
	ids, today := []string{"sub_1"}, d("2026-11-22")
	a := account(active("sub_1", "1 week", "2026-11-25"))
	for _, on := range []string{"2026-11-25", "2026-12-02"} {
		a = must(t)(subscription.Skip(a, ids, d(on)))
	}
	a = must(t)(subscription.Unskip(a, ids, d("2026-11-25"), today))
	if diff := cmp.Diff([]string{"2026-11-25 sub_1", "2026-12-09 sub_1"}, lines(a.Orders(today, 2))); diff != "" {
		t.Error(diff)
	}
	later := must(t)(subscription.Unskip(a, ids, d("2026-12-02"), today))
	if diff := cmp.Diff([]string{"2026-11-25 sub_1", "2026-12-02 sub_1"}, lines(later.Orders(today, 2))); diff != "" {
		t.Error(diff)
	}
	rolled, due := subscription.Roll(a, d("2026-11-26"))
	if got := rolled.Subscriptions[0].Next; got != d("2026-12-09") || len(due) != 1 {
		t.Errorf("rolled to %v, due %v", got, lines(due))
	}
	moved := must(t)(subscription.Delay(a, ids, d("2026-11-25"), d("2026-12-01")))
	if _, err := subscription.Unskip(moved, ids, d("2026-12-02"), today); !fault.Is(err, fault.Conflict) {
		t.Errorf("an order the cadence no longer leads over came back: %v", err)
	}
	onto := must(t)(subscription.Delay(a, ids, d("2026-11-25"), d("2026-12-02")))
	if got := state(onto.Subscriptions[0]); got != "active next 2026-12-02" {
		t.Errorf("delayed onto a skipped date: %s", got)
	}
}

func must(t *testing.T) func(subscription.Account, error) subscription.Account {
	return func(a subscription.Account, err error) subscription.Account {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
}

func TestUnskipOfThePast(t *testing.T) {
	t.Parallel()
	s := active("sub_1", "1 week", "2026-12-02")
	s.Skipped = []subscription.Date{d("2026-11-25")}
	if _, err := subscription.Unskip(account(s), []string{"sub_1"}, d("2026-11-25"), d("2026-11-26")); !fault.Is(err, fault.Conflict) {
		t.Errorf("error is %v, want Conflict", err)
	}
	if _, err := subscription.Unskip(account(s), []string{"sub_1"}, d("2026-11-25"), d("2026-11-25")); err != nil {
		t.Errorf("refused on the day itself: %v", err)
	}
}

func TestDelayMovesTheAnchor(t *testing.T) {
	t.Parallel()
	ids := []string{"sub_1"}
	a := account(active("sub_1", "1 month", "2026-12-31"))
	a = must(t)(subscription.Delay(a, ids, d("2026-12-31"), d("2027-01-05")))
	if diff := cmp.Diff([]string{"2027-01-05 sub_1", "2027-02-05 sub_1"}, lines(a.Orders(d("2026-12-01"), 2))); diff != "" {
		t.Error(diff)
	}
	b := account(active("sub_1", "1 month", "2027-01-31"))
	b = must(t)(subscription.Skip(b, ids, d("2027-01-31")))
	b = must(t)(subscription.Delay(b, ids, d("2027-02-28"), d("2027-03-05")))
	b = must(t)(subscription.Unskip(b, ids, d("2027-01-31"), d("2027-01-20")))
	if diff := cmp.Diff([]string{"2027-01-31 sub_1", "2027-02-28 sub_1"}, lines(b.Orders(d("2027-01-01"), 2))); diff != "" {
		t.Error(diff)
	}
}

func TestChangesOfSeveral(t *testing.T) {
	t.Parallel()
	a := account(active("sub_1", "1 week", "2026-11-25"), active("sub_2", "1 month", "2026-11-25"), active("sub_3", "1 week", "2026-11-26"))
	got := must(t)(subscription.Skip(a, []string{"sub_2", "sub_1", "sub_2"}, d("2026-11-25")))
	want := []string{"2026-11-26 sub_3", "2026-12-02 sub_1", "2026-12-03 sub_3"}
	if diff := cmp.Diff(want, lines(got.Orders(d("2026-11-22"), 3))); diff != "" {
		t.Error(diff)
	}
	tests := []struct {
		name string
		ids  []string
		kind fault.Kind
	}{
		{"one of them on another date", []string{"sub_1", "sub_3"}, fault.Conflict},
		{"one of them unknown", []string{"sub_1", "sub_8"}, fault.NotFound},
		{"none named", nil, fault.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, err := subscription.Skip(a, tt.ids, d("2026-11-25")); fault.KindOf(err) != tt.kind || got.Subscriptions != nil {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	if _, err := subscription.Skip(a, []string{"sub_1"}, subscription.Date{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("skip of no date: %v", err)
	}
	broken := active("sub_1", "1 week", "2026-11-25")
	broken.Interval.Count = 0
	if _, err := subscription.Skip(account(broken), []string{"sub_1"}, d("2026-11-25")); !fault.Is(err, fault.Conflict) {
		t.Errorf("skip without an interval: %v", err)
	}
}

func TestSkippedKeepsTheLastTwelve(t *testing.T) {
	t.Parallel()
	a := account(active("sub_1", "1 week", "2026-11-25"))
	for range 15 {
		a = must(t)(subscription.Skip(a, []string{"sub_1"}, a.Subscriptions[0].Next))
	}
	list := a.Subscriptions[0].Skipped
	if len(list) != 12 || list[0] != d("2026-12-16") || list[11] != d("2027-03-03") {
		t.Errorf("kept %v", list)
	}
}

// While a pause lasts, what was skipped after it is all that says so: none of it may be forgotten.
func TestSkippedKeepsWhatLiesAheadOfAPause(t *testing.T) {
	t.Parallel()
	a := account(paused(active("sub_1", "1 week", "2026-11-25"), "2026-12-01"))
	for n := range 15 {
		want := d("2026-12-02").AddDays(7 * n)
		if got := a.Subscriptions[0].Coming(); got != want {
			t.Fatalf("after %d skips the order of %s comes, want %s", n, got, want)
		}
		a = must(t)(subscription.Skip(a, []string{"sub_1"}, want))
	}
	woken, _ := subscription.Wake(a, d("2026-12-01"))
	again := must(t)(subscription.Skip(woken, []string{"sub_1"}, woken.Subscriptions[0].Next))
	if list := again.Subscriptions[0].Skipped; len(list) != 12 {
		t.Errorf("when the pause is over %v are kept", list)
	}
}

func TestRollAndWake(t *testing.T) {
	t.Parallel()
	a := account(
		active("sub_1", "1 week", "2026-11-04"), active("sub_2", "1 month", "2026-11-21"), active("sub_3", "1 week", "2026-11-22"),
		paused(active("sub_4", "1 week", "2026-11-01"), "2026-11-22"), paused(active("sub_5", "1 week", "2026-11-01"), "2026-11-23"),
		paused(active("sub_6", "1 week", "2026-11-01"), ""), active("sub_7", "2 weeks", "2026-11-04"))
	rolled, due := subscription.Roll(a, d("2026-11-22"))
	if diff := cmp.Diff([]string{"2026-11-04 sub_1+sub_7", "2026-11-21 sub_2", "2026-11-22 sub_3"}, lines(due)); diff != "" {
		t.Error(diff)
	}
	var got []string
	woken, ids := subscription.Wake(rolled, d("2026-11-22"))
	for _, s := range woken.Subscriptions {
		got = append(got, state(s))
	}
	want := []string{
		"active next 2026-11-25", "active next 2026-12-21", "active next 2026-11-29", "active next 2026-11-22",
		"paused next 2026-11-01 until 2026-11-23", "paused next 2026-11-01", "active next 2026-12-02",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"sub_4"}, ids); diff != "" {
		t.Error(diff)
	}
}

// A pause ends with the order of the day it was said to end on, however late that is noticed.
func TestWakeKeepsWhatWasComing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate().Draw(t, "today")
		i := anyInterval().Draw(t, "interval")
		next := today.AddDays(rapid.IntRange(0, 40).Draw(t, "next"))
		a := account(subscription.Subscription{ID: "sub_1", Interval: i, Anchor: i.AnchorOf(next), Next: next, Status: subscription.Active})
		a, err := subscription.Pause(a, []string{"sub_1"}, today.AddDays(rapid.IntRange(1, 60).Draw(t, "until")))
		if err != nil {
			t.Fatal(err)
		}
		coming := a.Subscriptions[0].Coming()
		if coming.Before(a.Subscriptions[0].PausedUntil) || coming.Before(next) {
			t.Fatalf("an order on %v, within the pause", coming)
		}
		woken, ids := subscription.Wake(a, a.Subscriptions[0].PausedUntil.AddDays(rapid.IntRange(0, 30).Draw(t, "late")))
		if len(ids) != 1 || woken.Subscriptions[0].Next != coming {
			t.Fatalf("%v said to come, %v comes", coming, woken.Subscriptions[0].Next)
		}
	})
}
