//go:build unix

package load_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/subscription"
)

// TestFill reads back through the program's own queries what was made behind its back.
func TestFill(t *testing.T) {
	t.Parallel()
	for name, where := range map[string]func(*testing.T) store.Options{
		"sqlite":   func(t *testing.T) store.Options { return store.Options{Path: filepath.Join(t.TempDir(), "book.db")} },
		"postgres": func(t *testing.T) store.Options { return store.Options{URL: pg.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := where(t)
			db, err := store.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			book := load.Book{
				Shops: 3, Now: time.Date(2026, time.March, 10, 16, 0, 0, 0, time.UTC), Next: subscription.NewDate(2026, time.March, 20),
				Spread: 4, Subscribed: true, Queued: true, Consented: true,
			}
			for _, part := range [][2]int{{0, 0}, {0, 10}, {10, 5}} { // the shops, then two parts of the book
				book.First, book.Customers = part[0], part[1]
				if err := load.Fill(t.Context(), o, book); err != nil {
					t.Fatal(err)
				}
			}
			check(t, db, 14)
		})
	}
}

func check(t *testing.T, db *store.DB, n int) {
	t.Helper()
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		shop := load.ShopID(n % 3)
		c, err := tx.CustomerByPhone(shop, subscription.Phone(load.Phone(n)))
		if err != nil {
			return err
		}
		if c.ID != load.CustomerID(n) || c.Subscriber != load.Subscriber(n) {
			t.Errorf("customer %s, subscriber %s", c.ID, c.Subscriber)
		}
		if _, err := subscription.ParsePhone(load.Phone(n), "US"); err != nil {
			t.Errorf("%s: %v", load.Phone(n), err)
		}
		a, err := tx.Look(shop, c.ID)
		if err != nil {
			return err
		}
		if len(a.Subscriptions) != 1 || a.Subscriptions[0].Next != subscription.NewDate(2026, time.March, 20+n%4) || len(a.Subscriptions[0].Items) != 1 {
			t.Errorf("subscriptions %+v", a.Subscriptions)
		}
		s, err := tx.SubscriberByPhone(shop, load.Phone(n))
		if err != nil {
			return err
		}
		if s.ID != load.Subscriber(n) {
			t.Errorf("subscriber %s", s.ID)
		}
		sh, err := tx.Shop(shop)
		if err != nil {
			return err
		}
		return sh.Check()
	})
	if err != nil {
		t.Error(err)
	}
}
