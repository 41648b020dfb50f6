package bridge_test

import (
	"testing"
	"time"

	"rejoinder/internal/bridge"
)

// TestRepliesSurviveAClockThatIsSetBack: what came while the clock was years ahead neither swallows what comes now as
// a repetition nor makes it come too late.
func TestRepliesSurviveAClockThatIsSetBack(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		right := k.clock.Now()
		k.clock.Set(right.AddDate(4, 0, 0))
		k.text("NEXT", false)
		k.handle()
		k.clock.Set(right)
		k.text("NEXT", false)
		k.handle()
		k.clock.Move(time.Minute)
		k.text("SKIP", false)
		k.handle()
		states := map[bridge.ReplyState]int{}
		for _, r := range k.replies() {
			states[r.State]++
		}
		if states[bridge.ReplyDone] != 3 {
			t.Errorf("replies: %v", states)
		}
		a, err := k.Account(t.Context(), k.shop.ID, k.customer.ID)
		must(t, err)
		if next := a.Subscriptions[0].Next; next == date("2026-11-25") {
			t.Error("the order was not skipped")
		}
	})
}
