package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/pg"
)

// onDatabases runs a test on a fresh SQLite file and on a fresh PostgreSQL database; options opens it again.
func onDatabases(t *testing.T, f func(t *testing.T, options store.Options)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, store.Options{Path: filepath.Join(t.TempDir(), "data", "r.db")})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, store.Options{URL: pg.URL(t)})
	})
}

func open(t *testing.T, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func shop(id string) bridge.Shop {
	return bridge.Shop{ID: id, Name: "Shop " + id, Link: "https://shop.example", Zone: "America/New_York"}
}

func shops(t *testing.T, db *store.DB) []string {
	t.Helper()
	var ids []string
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		list, err := tx.Shops()
		for _, s := range list {
			ids = append(ids, s.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestTransactionsOfManyCallersStandOrFallAlone(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, o store.Options) {
		db := open(t, o)
		refused := errors.New("refused")
		const n = 300
		errs := make([]error, n)
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				errs[i] = db.InTx(t.Context(), func(tx *store.Tx) error {
					if err := tx.SaveShop(shop(fmt.Sprintf("shop_%03d", i))); err != nil {
						return err
					}
					if i%3 == 0 {
						return refused
					}
					return nil
				})
			})
		}
		wg.Wait()
		kept := shops(t, db)
		for i, err := range errs {
			if i%3 == 0 && !errors.Is(err, refused) {
				t.Fatalf("caller %d got %v, want its own error", i, err)
			}
			if i%3 != 0 && err != nil {
				t.Fatalf("caller %d got %v", i, err)
			}
		}
		if len(kept) != n-n/3 {
			t.Errorf("%d shops kept, want %d", len(kept), n-n/3)
		}
	})
}

func TestWhatWasCommittedIsThereAfterOpeningAgain(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, o store.Options) {
		db := open(t, o)
		if err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveShop(shop("shop_1")) }); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if got := shops(t, open(t, o)); len(got) != 1 {
			t.Errorf("shops after opening again: %v", got)
		}
	})
}

func TestAPanicIsItsCallersErrorOnly(t *testing.T) {
	t.Parallel()
	db := open(t, store.Options{Path: filepath.Join(t.TempDir(), "r.db")})
	var wg sync.WaitGroup
	var bad, good error
	wg.Go(func() { bad = db.InTx(t.Context(), func(*store.Tx) error { panic("a customer's own words") }) })
	wg.Go(func() {
		good = db.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveShop(shop("shop_1")) })
	})
	wg.Wait()
	if bad == nil || good != nil {
		t.Errorf("the panicking caller got %v, the other %v", bad, good)
	} else if strings.Contains(bad.Error(), "own words") {
		t.Errorf("the error shows what may be a customer's text: %v", bad)
	}
	if len(shops(t, db)) != 1 {
		t.Error("the other caller's shop is gone")
	}
}

func TestReadersCannotWrite(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, o store.Options) {
		db := open(t, o)
		err := db.Read(t.Context(), func(tx *store.Tx) error { return tx.SaveShop(shop("shop_1")) })
		if err == nil || len(shops(t, db)) != 0 {
			t.Errorf("a read wrote: %v", err)
		}
	})
}

func TestSeveralProcessesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, o store.Options) {
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() {
				db, err := store.Open(t.Context(), o)
				if err != nil {
					errs[i] = err
					return
				}
				errs[i] = errors.Join(db.Migrate(t.Context()), db.Close())
			})
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		have, want, err := open(t, o).Version(t.Context())
		if err != nil || have != want || have == 0 {
			t.Errorf("schema version %d of %d, %v", have, want, err)
		}
	})
}

func TestCancelledCallersAreNotTakenUp(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, o store.Options) {
		db := open(t, o)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := db.InTx(ctx, func(tx *store.Tx) error { return tx.SaveShop(shop("shop_1")) }); err == nil {
			t.Error("a cancelled caller's transaction was carried out")
		}
	})
}

func TestADatabaseThatIsAwayIsUnavailable(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), store.Options{URL: "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	err = db.InTx(t.Context(), func(*store.Tx) error { return nil })
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("a PostgreSQL that refuses connections is %q: %v", fault.KindOf(err), err)
	}
	lite := open(t, store.Options{Path: filepath.Join(t.TempDir(), "r.db")})
	if err := lite.Close(); err != nil {
		t.Fatal(err)
	}
	if err := lite.InTx(t.Context(), func(*store.Tx) error { return nil }); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a closed store is %q: %v", fault.KindOf(err), err)
	}
}

func TestABadURLDoesNotShowItsPassword(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), store.Options{URL: "postgres://user:hunter2@host:port/name"})
	if err == nil || !fault.Is(err, fault.Invalid) {
		t.Fatalf("got %v", err)
	}
	if s := fmt.Sprintf("%v %+v", err, err); strings.Contains(s, "hunter2") {
		t.Errorf("the error shows the password: %s", s)
	}
}

func TestOneMomentPerTransaction(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 15, 4, 5, 123456789, time.FixedZone("x", 3600))
	db := open(t, store.Options{Path: filepath.Join(t.TempDir(), "r.db"), Now: func() time.Time { now = now.Add(time.Second); return now }})
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		if a, b := tx.Now(), tx.Now(); !a.Equal(b) || a.Location() != time.UTC || a.Nanosecond()%1000 != 0 {
			return fmt.Errorf("moments %v and %v", a, b)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
