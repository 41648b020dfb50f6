package store_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
)

// TestPeopleAreFound looks for the oldest of more people than are looked through part by part, and for a recent one.
func TestPeopleAreFound(t *testing.T) {
	t.Parallel()
	onBothFilled(t, load.Book{
		Shops: 1, Customers: bridge.MostCounted + 60, Now: storetest.Start, Next: subscription.NewDate(2026, time.December, 20), Spread: 1, Consented: true,
	}, func(t *testing.T, db *store.DB) {
		const oldest, recent = 7, bridge.MostCounted + 50
		for _, c := range []struct {
			name, typed    string
			oldest, recent bool // found; as a customer and as a subscriber
		}{
			{"a whole name", "Sample  customer 7", true, false},
			{"a surname", "customer 7", true, false},
			{"a surname before the name", "Customer 7 sample", true, false},
			{"a number", load.Phone(oldest), true, false},
			{"a number as in the country", "(212) 200-0007", true, false},
			{"a number of somebody recent", load.Phone(recent), false, true},
			{"an e-mail", "c7@mail.example", true, false},
			{"the beginning of an e-mail in capitals", "C7@MAIL", true, false},
			{"a part of a recent name", "omer 10050", false, true},
			{"the last digits of a recent number", "2010050", false, true},
			{"nobody", "c7@mailx", false, false},
			{"what would be a pattern", "c%", false, false},
			{"the end of the alphabet", "zzz", false, false},
		} {
			err := db.Read(context.Background(), func(tx *store.Tx) error {
				customers, err := tx.FindCustomers(load.ShopID(0), c.typed, 20_000)
				if err != nil {
					return err
				}
				subscribers, err := tx.ListSubscribers(load.ShopID(0), texting.SubscriberList{Search: c.typed, Status: texting.Subscribed, Limit: 20_000})
				if err != nil {
					return err
				}
				for n, want := range map[int]bool{oldest: c.oldest, recent: c.recent} {
					if got := slices.ContainsFunc(customers, func(x bridge.Customer) bool { return x.ID == load.CustomerID(n) }); got != want {
						t.Errorf("%s: customer %d found: %t", c.name, n, got)
					}
					if got := slices.ContainsFunc(subscribers, func(x texting.Subscriber) bool { return x.ID == load.Subscriber(n) }); got != want {
						t.Errorf("%s: subscriber %d found: %t", c.name, n, got)
					}
				}
				return nil
			})
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

// TestFoundPeopleAreTheShopsOwn looks in a shop for people of another, and for those of another status.
func TestFoundPeopleAreTheShopsOwn(t *testing.T) {
	t.Parallel()
	onBothFilled(t, load.Book{
		Shops: 2, Customers: 10, Now: storetest.Start, Next: subscription.NewDate(2026, time.December, 20), Spread: 1, Consented: true,
	}, func(t *testing.T, db *store.DB) {
		err := db.Read(context.Background(), func(tx *store.Tx) error {
			for _, typed := range []string{"sample", "customer", "c", "212", load.Phone(1)} {
				customers, err := tx.FindCustomers(load.ShopID(0), typed, 100)
				if err != nil {
					return err
				}
				subscribers, err := tx.ListSubscribers(load.ShopID(0), texting.SubscriberList{Search: typed, Limit: 100})
				if err != nil {
					return err
				}
				out, err := tx.ListSubscribers(load.ShopID(0), texting.SubscriberList{Search: typed, Status: texting.OptedOut, Limit: 100})
				if err != nil {
					return err
				}
				want := 5
				if typed == load.Phone(1) {
					want = 0
				}
				if len(customers) != want || len(subscribers) != want || len(out) != 0 {
					t.Errorf("%q: %d customers, %d subscribers, %d opted out", typed, len(customers), len(subscribers), len(out))
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// onBothFilled runs a test on both databases with a book in them.
func onBothFilled(t *testing.T, book load.Book, run func(t *testing.T, db *store.DB)) {
	t.Helper()
	for name, where := range map[string]func(*testing.T) store.Options{
		"sqlite": func(t *testing.T) store.Options {
			return store.Options{Path: filepath.Join(t.TempDir(), "rejoinder.db")}
		},
		"postgres": func(t *testing.T) store.Options { return store.Options{URL: pg.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := where(t)
			o.Now = func() time.Time { return book.Now }
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
			if err := load.Fill(t.Context(), o, book); err != nil {
				t.Fatal(err)
			}
			run(t, db)
		})
	}
}
