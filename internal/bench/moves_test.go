//go:build linux

package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// moves is the price of one change of a date when the book is large.
var moves = row{
	name:  "moves",
	title: "moving an order date in a large book",
	how: "Customers all over the book move their next order by some days, each through the bridge's Change with everything that goes with it " +
		"(the account read and saved, the notice planned anew, the delivery, the trace), 8 callers. Once with 10 thousand subscriptions stored, " +
		"then with 1 million (with `HUGE=1`, with 10 million on PostgreSQL too). \"slower\" compares the rate in the small book with that in the " +
		"largest. \"bare updates\" is how many single rows of the largest 8 callers change by their key, a commit each, with nothing of ours; \"syncs of " +
		"the disk\" how often it takes 4 KiB for good, one after the other.",
	bars: func(database) []bar { return []bar{atMost("slower", 2)} },
	run:  runMoves,
}

func runMoves(b *testing.B, d database) []measure {
	sizes := []int{10_000, million}
	if *huge && d.postgres {
		sizes = append(sizes, 10*million)
	}
	var found []measure
	var rates []float64
	var bare float64
	for _, size := range sizes {
		o := d.filled(b, size)
		took := moveDates(b, o, size, 4*time.Second)
		bare = updateRate(b, raw(b, o), func(int) string { return fmt.Sprintf("sub_%026d", rand.IntN(size)) })
		label := " of " + thousands(float64(size))
		rates = append(rates, float64(len(took))/4)
		found = append(found,
			measure{"rate" + label, float64(len(took)) / 4, perSecond},
			measure{"p50" + label, took.at(0.5), seconds}, measure{"p99" + label, took.at(0.99), seconds})
	}
	found = append(found, measure{"bare updates", bare, perSecond}, measure{"syncs of the disk", syncRate(b), perSecond})
	return append(found, measure{"slower", rates[0] / rates[len(rates)-1], times})
}

// moveDates moves dates of customers picked at random for a while.
func moveDates(b *testing.B, o store.Options, size int, lasts time.Duration) spread {
	b.Helper()
	db := opened(b, o)
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	br := bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: idle{}, Now: time.Now})
	shops := shopsOf(size)
	one := func(ctx context.Context, worker, n int) error {
		customer := rand.IntN(size)
		_, err := br.Change(ctx, load.ShopID(customer%shops), load.CustomerID(customer), func(a subscription.Account) (subscription.Account, error) {
			s := a.Subscriptions[0]
			return subscription.Delay(a, []string{s.ID}, s.Next, s.Next.AddDays(1+n%20))
		}, trigger.Cause{Actor: trigger.Customer, ID: fmt.Sprintf("move_%d_%d_%d", size, worker, n)})
		return err
	}
	// The first moves after a load find nothing in memory; they are no part of what is compared.
	for n := range 200 {
		if err := one(b.Context(), -1, n); err != nil {
			b.Fatal(err)
		}
	}
	return together(b, 8, lasts, one)
}

// together has callers call do again and again for a while and returns how long each call took.
func together(b *testing.B, callers int, lasts time.Duration, do func(ctx context.Context, caller, n int) error) spread {
	b.Helper()
	var mu sync.Mutex
	var all spread
	var wg sync.WaitGroup
	end := time.Now().Add(lasts)
	for c := range callers {
		wg.Go(func() {
			var mine spread
			for n := 0; ; n++ {
				start := time.Now()
				if start.After(end) {
					break
				}
				if err := do(b.Context(), c, n); err != nil {
					b.Error(err)
					break
				}
				mine = append(mine, time.Since(start))
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, mine...)
		})
	}
	wg.Wait()
	return all
}
