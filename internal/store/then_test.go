package store_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"rejoinder/internal/store"
)

// TestWhatFollowsACommit has many callers at once leave something to be run after their commits: whoever's transaction
// was undone must not have it run, and of whoever's was not the rows must be there when it runs.
func TestWhatFollowsACommit(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, o store.Options) {
		db := open(t, o)
		refused := errors.New("refused")
		var ran, undone atomic.Int32
		var wg sync.WaitGroup
		for n := range 40 {
			wg.Go(func() {
				id := fmt.Sprintf("shp_%d", n)
				err := db.InTx(t.Context(), func(tx *store.Tx) error {
					if err := tx.SaveShop(shop(id)); err != nil {
						return err
					}
					if n%4 == 0 {
						tx.Then(func() { undone.Add(1) })
						return refused
					}
					tx.Then(func() { ran.Add(1) })
					return nil
				})
				if want := n%4 == 0; errors.Is(err, refused) != want || !want && err != nil {
					t.Errorf("%s: %v", id, err)
				}
			})
		}
		wg.Wait()
		if ran.Load() != 30 || undone.Load() != 0 {
			t.Errorf("after 30 commits and 10 refusals, %d and %d were run", ran.Load(), undone.Load())
		}
		var seen []string
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			tx.Then(func() { seen = shops(t, db) })
			return tx.SaveShop(shop("shp_last"))
		})
		if err != nil || len(seen) != 31 {
			t.Errorf("%d shops seen after the commit, want 31: %v", len(seen), err)
		}
	})
}
