package subscription

import (
	"slices"

	"rejoinder/internal/fault"
)

// Snapshot returns the state of the subscriptions with those ids, in the order given: what the changes of dates and
// status can touch, and nothing else (no items, no prices), so that putting it back undoes only them.
// Ids that are not in the account are left out. Keep one from before an action and one from after, for Restore.
func Snapshot(a Account, ids []string) []Subscription {
	var out []Subscription
	for _, id := range ids {
		if s, ok := a.Find(id); ok {
			out = append(out, s.state())
		}
	}
	return out
}

// SnapshotItems is Snapshot with what is in the subscriptions, for the changes that touch it: Swap and SetQuantity.
func SnapshotItems(a Account, ids []string) []Subscription {
	out := Snapshot(a, ids)
	for i := range out {
		s, _ := a.Find(out[i].ID)
		out[i].Items = slices.Clone(s.Items)
	}
	return out
}

// state returns the fields of s that the changes of its dates and status can touch.
func (s Subscription) state() Subscription {
	return Subscription{
		ID: s.ID, Interval: s.Interval, Anchor: s.Anchor, Next: s.Next,
		Status: s.Status, PausedUntil: s.PausedUntil, Skipped: slices.Clone(s.Skipped),
	}
}

// same reports whether two states are equal. No skips and none noted are the same.
func (s Subscription) same(o Subscription) bool {
	return s.ID == o.ID && s.Interval == o.Interval && s.Anchor == o.Anchor && s.Next == o.Next &&
		s.Status == o.Status && s.PausedUntil == o.PausedUntil && slices.Equal(s.Skipped, o.Skipped)
}

// Restore puts subscriptions back to exactly the state they had: was is the Snapshot from before the action,
// now the one from after it. The error is Conflict when a subscription no longer stands as the action left
// it: somebody has changed it since, or its order date has passed, and undoing would undo that too. That a pause
// has ended by itself is nobody's change: what was the same pause before the action has ended too, then.
func Restore(a Account, was, now []Subscription) (Account, error) {
	ids := make([]string, len(was))
	for i, s := range was {
		ids[i] = s.ID
	}
	find := func(list []Subscription, id string) (Subscription, bool) {
		return Account{Subscriptions: list}.Find(id)
	}
	return change(a, ids, func(s *Subscription) error {
		left, ok := find(now, s.ID)
		before, _ := find(was, s.ID)
		if s.Status == Active && left.Status == Paused && !left.PausedUntil.IsZero() {
			if before.Status == Paused && before.PausedUntil == left.PausedUntil {
				before.wake()
			}
			left.wake()
		}
		if !ok || !left.state().same(s.state()) {
			return fault.New(fault.Conflict, "This subscription has changed since, so it cannot be put back.")
		}
		if len(before.Items) > 0 {
			if !slices.Equal(left.Items, s.Items) {
				return fault.New(fault.Conflict, "What is in this subscription has changed since, so it cannot be put back.")
			}
			s.Items = slices.Clone(before.Items)
		}
		s.Interval, s.Anchor, s.Next = before.Interval, before.Anchor, before.Next
		s.Status, s.PausedUntil, s.Skipped = before.Status, before.PausedUntil, slices.Clone(before.Skipped)
		return nil
	})
}
