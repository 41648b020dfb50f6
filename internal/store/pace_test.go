package store_test

import (
	"testing"
	"time"

	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/store/storetest/pg"
)

// TestPaceSurvivesAClockThatIsSetBack: a machine that starts with a clock far ahead, and has it set right later, must
// not wait with its texts until that far day.
func TestPaceSurvivesAClockThatIsSetBack(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock(storetest.Start.AddDate(4, 0, 0))
	db := storetest.SQLite(t, clock.Now)
	reserve := func() (taken bool, wait time.Duration) {
		inTx(t, db, func(tx *store.Tx) error {
			slots, err := tx.Reserve(map[string]int{"token": 4}, 75*time.Millisecond, 2*time.Millisecond)
			taken, wait = slots["token"].Taken, slots["token"].Wait
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

// TestPaceOfTwoClocks: on PostgreSQL, machines count slots by the database's clock. One whose own is an hour ahead would
// find every slot of the others long past, and one whose is behind would never find any.
func TestPaceOfTwoClocks(t *testing.T) {
	t.Parallel()
	const slots, spacing, lead = 4, 10 * time.Second, 2 * time.Millisecond
	for name, ahead := range map[string]time.Duration{"ahead": time.Hour, "behind": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := pg.URL(t)
			machine := func(ahead time.Duration) *store.DB {
				db, err := store.Open(t.Context(), store.Options{URL: url, Now: func() time.Time { return time.Now().Add(ahead) }})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = db.Close() })
				return db
			}
			one, other := machine(0), machine(ahead)
			if err := one.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			reserve := func(db *store.DB) (taken bool, wait time.Duration) {
				inTx(t, db, func(tx *store.Tx) error {
					got, err := tx.Reserve(map[string]int{"token": slots}, spacing, lead)
					taken, wait = got["token"].Taken, got["token"].Wait
					return err
				})
				return taken, wait
			}
			if taken, wait := reserve(one); !taken || wait < 0 || wait > time.Second {
				t.Fatalf("of a fresh token: taken %v, the first in %s", taken, wait)
			}
			if taken, wait := reserve(other); taken || wait < slots*spacing/2 || wait > slots*spacing {
				t.Errorf("right after, on the other machine: taken %v, wait %s; want about %s", taken, wait, slots*spacing)
			}
		})
	}
}
