package bridge_test

import (
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
)

// TestAReplyToANoticeNobodyKnowsArrived: a notice may be on a phone before we know, because its sender was killed or
// Postscript's answer was lost. Who answers it means its order, and is not told that the one before is skipped already.
func TestAReplyToANoticeNobodyKnowsArrived(t *testing.T) {
	t.Parallel()
	claimed := func(d *bridge.Delivery, now time.Time) {
		d.State, d.Attempts, d.DueAt = bridge.Sending, 1, now.Add(time.Minute)
	}
	for _, c := range []struct {
		name   string
		first  func(*bridge.Delivery, time.Time) // what became of the notice at 11:00
		writes time.Duration                     // how long after that the customer writes
		reads  time.Duration                     // how long after that the reply is handled
		dead   bool                              // what was claimed is recovered before the reply is handled
		want   string
	}{
		{"not sent yet", func(*bridge.Delivery, time.Time) {}, time.Second, 0, false, "House Blend 2026-11-29"},
		{"try later", func(d *bridge.Delivery, now time.Time) { d.Attempts, d.DueAt = 1, now.Add(time.Hour) }, time.Second, 0, false, "House Blend 2026-11-29"},
		{"being sent", claimed, time.Second, 0, false, "House Blend 2026-11-30"},
		{"written before it was claimed", claimed, -time.Second, 0, false, "House Blend 2026-11-29"},
		{"sender died", claimed, 50 * time.Second, 0, false, "House Blend 2026-11-30"},
		{"sender died and is known to be dead", claimed, 61 * time.Second, 0, true, "House Blend 2026-11-30"},
		{"sender died, and the reply waited", claimed, time.Second, 61 * time.Second, true, "House Blend 2026-11-30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
				k := newTalk(t, db, clock, "", "House Blend, 1 day, 2026-11-28\n")
				k.run("@ 2026-11-25 11:00\n> SKIP\n")
				at := day(date("2026-11-26"), 11)
				if c.writes < 0 {
					k.to(at.Add(c.writes))
					k.text("skip please", false)
				}
				k.to(at)
				k.notice(c.first)
				if c.writes > 0 {
					k.clock.Set(at.Add(c.writes))
					k.text("skip please", false)
				}
				k.clock.Move(c.reads)
				if c.dead {
					_, err := k.DeliverBulk(t.Context(), k.shop.ID)
					must(t, err)
				}
				k.handle()
				if got := k.orders(); got != c.want {
					t.Errorf("the orders stand at %s, want %s; said: %q", got, c.want, k.sent())
				}
			})
		})
	}
}

// notice changes the delivery of the only notice that is queued.
func (k *talk) notice(change func(*bridge.Delivery, time.Time)) {
	k.t.Helper()
	n := 0
	must(k.t, k.db.InTx(k.t.Context(), func(tx *store.Tx) error {
		n = 0
		list, err := tx.Deliveries(k.shop.ID, bridge.DeliveryFilter{CustomerID: k.customer.ID, State: bridge.Queued, Trigger: "UpcomingOrder", Limit: 10})
		for _, d := range list {
			change(&d, tx.Now())
			n++
			if _, err := tx.UpdateDeliveries([]bridge.Delivery{d}); err != nil {
				return err
			}
		}
		return err
	}))
	if n != 1 {
		k.t.Fatalf("%d notices are queued, want 1", n)
	}
}
