package subscription_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

func TestRestoreRefusesWhatHasMovedOn(t *testing.T) {
	t.Parallel()
	ids := []string{"sub_1"}
	before := account(active("sub_1", "1 week", "2026-11-25", "Coffee"), active("sub_2", "1 week", "2026-11-26"))
	after := must(t)(subscription.Skip(before, ids, d("2026-11-25")))
	was, now := subscription.Snapshot(before, ids), subscription.Snapshot(after, ids)
	if len(was[0].Items) != 0 {
		t.Error("the snapshot has items")
	}

	again := must(t)(subscription.Skip(after, ids, d("2026-12-02")))
	rolled, _ := subscription.Roll(after, d("2026-12-03"))
	for name, a := range map[string]subscription.Account{
		"skipped again": again, "paused": must(t)(subscription.Pause(after, ids, subscription.Date{})), "rolled": rolled, "undone": before,
	} {
		if _, err := subscription.Restore(a, was, now); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: error is %v, want Conflict", name, err)
		}
	}
	if _, err := subscription.Restore(after, was, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("without now: %v, want Conflict", err)
	}
	if _, err := subscription.Restore(account(), was, now); !fault.Is(err, fault.NotFound) {
		t.Errorf("subscription gone: %v, want NotFound", err)
	}

	// What the action did not touch may have changed, and stays changed.
	other := must(t)(subscription.Skip(after, []string{"sub_2"}, d("2026-11-26")))
	other.Subscriptions[0].Items = active("", "1 week", "2026-11-25", "Tea").Items
	got := must(t)(subscription.Restore(other, was, now))
	want := before
	want.Subscriptions = []subscription.Subscription{active("sub_1", "1 week", "2026-11-25", "Tea"), other.Subscriptions[1]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A pause that ended by itself is nobody's change: what was done while it lasted is undone all the same.
func TestRestoreAcrossTheEndOfAPause(t *testing.T) {
	t.Parallel()
	ids, today := []string{"sub_1"}, d("2026-12-01")
	lasting := paused(active("sub_1", "1 week", "2026-11-25"), "2026-12-01")
	longer := paused(active("sub_1", "1 week", "2026-11-25"), "2027-01-10")
	pause := func(until string) func(subscription.Account) (subscription.Account, error) {
		return func(a subscription.Account) (subscription.Account, error) {
			return subscription.Pause(a, ids, d(until))
		}
	}
	for name, c := range map[string]struct {
		before subscription.Subscription
		do     func(subscription.Account) (subscription.Account, error)
		want   string
	}{
		"skip": {lasting, func(a subscription.Account) (subscription.Account, error) {
			return subscription.Skip(a, ids, d("2026-12-02"))
		}, "active next 2026-12-02"},
		"delay": {lasting, func(a subscription.Account) (subscription.Account, error) {
			return subscription.Delay(a, ids, d("2026-12-02"), d("2026-12-05"))
		}, "active next 2026-12-02"},
		"pause":                    {active("sub_1", "1 week", "2026-12-09"), pause("2026-12-01"), "active next 2026-12-09"},
		"a pause made shorter":     {longer, pause("2026-12-01"), "paused next 2026-11-25 until 2027-01-10"},
		"a pause that had no end":  {paused(active("sub_1", "1 week", "2026-11-25"), ""), pause("2026-12-01"), "paused next 2026-11-25"},
		"a pause that is not over": {lasting, pause("2026-12-02"), "paused next 2026-11-25 until 2026-12-01"},
	} {
		before := account(c.before)
		after := must(t)(c.do(before))
		woken, _ := subscription.Wake(after, today)
		back := must(t)(subscription.Restore(woken, subscription.Snapshot(before, ids), subscription.Snapshot(after, ids)))
		if got := state(back.Subscriptions[0]); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// act does one drawn thing to one subscription; ok is false when it was refused.
func act(t *rapid.T, a subscription.Account, today subscription.Date) (out subscription.Account, ids []string, ok bool) {
	s := rapid.SampledFrom(a.Subscriptions).Draw(t, "subscription")
	ids = []string{s.ID}
	var err error
	switch rapid.SampledFrom([]string{"skip", "unskip", "delay", "pause", "resume", "cancel"}).Draw(t, "action") {
	case "skip":
		out, err = subscription.Skip(a, ids, s.Next)
	case "unskip":
		on := s.Next
		if len(s.Skipped) > 0 {
			on = rapid.SampledFrom(s.Skipped).Draw(t, "on")
		}
		out, err = subscription.Unskip(a, ids, on, today)
	case "delay":
		out, err = subscription.Delay(a, ids, s.Next, s.Next.AddDays(rapid.IntRange(-1, 45).Draw(t, "days")))
	case "pause":
		out, err = subscription.Pause(a, ids, today.AddDays(rapid.IntRange(0, 60).Draw(t, "days")))
	case "resume":
		out, err = subscription.Resume(a, ids, today)
	case "cancel":
		out, err = subscription.Cancel(a, ids)
	}
	if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) {
		t.Fatalf("refused with %v", err)
	}
	return out, ids, err == nil
}

func clone(t *rapid.T, a subscription.Account) subscription.Account {
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var out subscription.Account
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Whatever is done, in whatever order: the account handed in stays untouched, undoing gives back exactly what
// was, orders stay ahead, and the dates stay in order.
func TestChangesProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate().Draw(t, "today")
		a, _ := subscription.Roll(anyAccount(today).Draw(t, "account"), today)
		for range rapid.IntRange(1, 15).Draw(t, "steps") {
			kept := clone(t, a)
			next, ids, ok := act(t, a, today)
			if diff := cmp.Diff(kept, a); diff != "" {
				t.Fatalf("the account handed in has changed:\n%s", diff)
			}
			if !ok {
				continue
			}
			was, now := clone(t, account(subscription.Snapshot(a, ids)...)).Subscriptions, subscription.Snapshot(next, ids)
			undone, err := subscription.Restore(next, was, now)
			if err != nil {
				t.Fatalf("undo refused: %v", err)
			}
			if diff := cmp.Diff(a, undone); diff != "" {
				t.Fatalf("undo is not what was:\n%s", diff)
			}
			if rapid.Bool().Draw(t, "a day passes") {
				today = today.AddDays(1)
				next, _ = subscription.Wake(next, today)
				next, _ = subscription.Roll(next, today)
			}
			sane(t, next, today)
			a = next
		}
	})
}

func sane(t *rapid.T, a subscription.Account, today subscription.Date) {
	for _, s := range a.Subscriptions {
		if s.Status == subscription.Active && s.Next.Before(today) {
			t.Fatalf("%s is active with an order on %v, today is %v", s.ID, s.Next, today)
		}
		if !s.Status.Live() && !s.Next.IsZero() {
			t.Fatalf("%s is %s and has an order", s.ID, s.Status)
		}
		if s.Status != subscription.Paused && !s.PausedUntil.IsZero() {
			t.Fatalf("%s is %s until %v", s.ID, s.Status, s.PausedUntil)
		}
		for i, on := range s.Skipped {
			if on == s.Next || i > 0 && !on.After(s.Skipped[i-1]) {
				t.Fatalf("%s: next %v, skipped %v", s.ID, s.Next, s.Skipped)
			}
		}
	}
}

// A skip takes away exactly the order it names: all others stay where they were, also those after a pause.
func TestSkipTakesExactlyOneOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate().Draw(t, "today")
		i := anyInterval().Draw(t, "interval")
		next := today.AddDays(rapid.IntRange(0, 40).Draw(t, "next"))
		a := account(subscription.Subscription{ID: "sub_1", Interval: i, Anchor: i.AnchorOf(next), Next: next, Status: subscription.Active})
		ids := []string{"sub_1"}
		if rapid.Bool().Draw(t, "paused") {
			a, _ = subscription.Pause(a, ids, today.AddDays(rapid.IntRange(1, 60).Draw(t, "until")))
			next = a.Subscriptions[0].Coming()
		}
		before := lines(a.Orders(today, 6))
		skipped, err := subscription.Skip(a, ids, next)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before[1:], lines(skipped.Orders(today, 5))); diff != "" {
			t.Fatal(diff)
		}
		if _, err := subscription.Skip(skipped, ids, next); !fault.Is(err, fault.Conflict) {
			t.Fatalf("a second skip of the same order: %v", err)
		}
		back, err := subscription.Unskip(skipped, ids, next, today)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, back); diff != "" {
			t.Fatalf("unskip is not what was:\n%s", diff)
		}
	})
}

// After Roll every active order lies ahead, each subscription came due at most once, and rolling again does nothing.
func TestRollProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate().Draw(t, "today")
		a := anyAccount(today).Draw(t, "account")
		rolled, due := subscription.Roll(a, today)
		sane(t, rolled, today)
		seen := map[string]bool{}
		for _, o := range due {
			for _, s := range o.Subscriptions {
				if was, _ := a.Find(s.ID); seen[s.ID] || was.Next != o.Date || o.Date.After(today) {
					t.Fatalf("due %v", lines(due))
				}
				seen[s.ID] = true
			}
		}
		again, none := subscription.Roll(rolled, today)
		if diff := cmp.Diff(rolled, again); diff != "" || len(none) > 0 {
			t.Fatalf("rolling again: %v\n%s", lines(none), diff)
		}
	})
}
