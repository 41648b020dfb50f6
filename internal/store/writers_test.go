package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
)

// TestWritersAreHeldInOneOrder: two batches with the same customers in opposite order never wait for each other. (A
// deadlock would show as a transaction that PostgreSQL had run again.)
func TestWritersAreHeldInOneOrder(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t, time.Now)
	const customers, rounds = 60, 40
	from := make([]bridge.From, customers)
	if err := db.InTx(t.Context(), func(tx *store.Tx) error {
		for i := range from {
			from[i] = bridge.From{ShopID: "shp_a", Phone: subscription.Phone(fmt.Sprintf("+1212555%04d", i))}
			if i%3 == 0 { // some are found by their subscriber
				from[i] = bridge.From{ShopID: "shp_a", Phone: "+12125559999", Subscriber: fmt.Sprintf("s_%d", i)}
			}
			c := subscription.Customer{ID: fmt.Sprintf("cus_%d", i*7%customers), Phone: subscription.Phone(fmt.Sprintf("+1212555%04d", i))}
			if err := tx.SaveAccount("shp_a", subscription.Account{Customer: c}, nil); err != nil {
				return err
			}
			if err := tx.SetTexts("shp_a", c.ID, bridge.TextsSubscribed, fmt.Sprintf("s_%d", i)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	back := slices.Clone(from)
	slices.Reverse(back)
	var runs atomic.Int32
	var all sync.WaitGroup
	for _, list := range [][]bridge.From{from, back, from, back} {
		all.Go(func() {
			for range rounds {
				if err := db.InTx(context.Background(), func(tx *store.Tx) error {
					runs.Add(1)
					found, err := tx.Writers(list)
					if err == nil && slices.Contains(found, nil) {
						t.Error("somebody was not found")
					}
					return err
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := runs.Load(); n != 4*rounds {
		t.Errorf("%d transactions were run %d times", 4*rounds, n)
	}
}
