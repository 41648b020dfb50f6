package bridge_test

import (
	"fmt"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/ident"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
)

// BenchmarkNotices measures how many due notices a second become queued deliveries. The bar is 10,000 on SQLite
// and 20,000 on PostgreSQL; measure durable writes with REJOINDER_TEST_FSYNC=on.
func BenchmarkNotices(b *testing.B) {
	for name, open := range map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			clock := storetest.NewClock(storetest.Start)
			db := open(b, clock.Now)
			br := bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: wakes{}, Now: clock.Now})
			due := day(date("2026-12-07"), 11)
			fillBook(b, db, b.N, due)
			clock.Set(due)
			b.ResetTimer()
			for again := due; !again.IsZero(); {
				var err error
				if again, err = br.HandleNotice(b.Context(), ""); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "notices/s")
		})
	}
}

// fillBook adds n customers with a notice each, in 20 shops.
func fillBook(b *testing.B, db *store.DB, n int, due time.Time) {
	b.Helper()
	now := db.Now()
	var shops []string
	for i := range 20 {
		shops = append(shops, ident.New("shp", now))
		if err := db.InTx(b.Context(), func(tx *store.Tx) error {
			return tx.SaveShop(bridge.Shop{ID: shops[i], Name: "Corner Coffee", Zone: "America/New_York"})
		}); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; i < n; i += 1000 {
		if err := db.InTx(b.Context(), func(tx *store.Tx) error {
			for j := i; j < min(i+1000, n); j++ {
				s := coffee("2026-12-10")
				s.ID, s.Status = ident.New(ident.Subscription, now), subscription.Active
				a := subscription.Account{
					Customer:      subscription.Customer{ID: ident.New(ident.Customer, now), FirstName: "Ada", Phone: subscription.Phone(fmt.Sprintf("+1212%07d", j)), Zone: "America/New_York"},
					Subscriptions: []subscription.Subscription{s},
				}
				if err := tx.SaveAccount(shops[j%len(shops)], a, map[string]bridge.Plan{s.ID: {NotifyAt: due, RollAt: due.Add(72 * time.Hour)}}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}
