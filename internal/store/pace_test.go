package store_test

import (
	"testing"
	"time"

	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
)

// TestPaceSurvivesAClockThatIsSetBack: a machine that starts with a clock far ahead, and has it set right later, must
// not wait with its texts until that far day.
func TestPaceSurvivesAClockThatIsSetBack(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock(storetest.Start.AddDate(4, 0, 0))
	db := storetest.SQLite(t, clock.Now)
	reserve := func() (taken bool, wait time.Duration) {
		inTx(t, db, func(tx *store.Tx) (err error) {
			taken, wait, err = tx.Reserve("token", 4, 75*time.Millisecond, 2*time.Millisecond)
			return err
		})
		return taken, wait
	}
	if taken, _ := reserve(); !taken {
		t.Fatal("no slots of a fresh token")
	}
	if taken, wait := reserve(); taken || wait > time.Second {
		t.Fatalf("right after, taken %v, wait %v", taken, wait)
	}
	clock.Set(storetest.Start)
	if taken, wait := reserve(); !taken {
		t.Fatalf("with the clock set right, the next request waits for %v", wait)
	}
	if taken, _ := reserve(); taken {
		t.Error("the pace is not kept any more")
	}
}
