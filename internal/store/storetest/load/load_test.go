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
			book.First, book.Customers, book.Past, book.Large, book.Queued = 100, 60, 50, true, false
			if err := load.Fill(t.Context(), o, book); err != nil {
				t.Fatal(err)
			}
			checkPast(t, db, book, 102)
			checkPast(t, db, book, 120)
		})
	}
}

// checkPast reads back what a customer who answered has behind them.
func checkPast(t *testing.T, db *store.DB, book load.Book, n int) {
	t.Helper()
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		shop := book.ShopOf(n)
		if c, err := tx.CustomerByPhone(shop, subscription.Phone(load.Phone(n))); err != nil || c.ID != load.CustomerID(n) {
			t.Errorf("customer %s, %v", c.ID, err)
		}
		d, err := tx.Delivery(shop, load.DeliveryID(n))
		if err != nil {
			return err
		}
		m, err := tx.Message(shop, load.InboundID(n))
		if err != nil {
			return err
		}
		if d.CustomerID != load.CustomerID(n) || m.SubscriberID != load.Subscriber(n) || !d.CreatedAt.Before(m.CreatedAt) || !m.CreatedAt.Before(book.Now) {
			t.Errorf("delivery %+v, then message %+v", d, m)
		}
		texts, err := tx.Thread(shop, load.Subscriber(n), "", time.Time{}, 10)
		if err != nil {
			return err
		}
		traces, err := tx.TraceOf(shop, load.CustomerID(n), book.Now, 10)
		if err != nil {
			return err
		}
		replies, err := tx.RepliesOf(shop, []string{load.InboundID(n)})
		if err != nil {
			return err
		}
		consent, err := tx.ConsentOf(shop, load.Subscriber(n), load.Phone(n), 10)
		if err != nil {
			return err
		}
		if len(texts) != 2 || len(traces) != 2 || len(replies) != 1 || len(consent) != 1 {
			t.Errorf("%d texts, %d traces, %d replies, %d consents", len(texts), len(traces), len(replies), len(consent))
		}
		return nil
	})
	if err != nil {
		t.Error(err)
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
