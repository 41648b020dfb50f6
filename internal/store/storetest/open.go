//go:build unix

// Package storetest holds what every test of SQL needs: fresh, migrated databases of both kinds with a clock the
// test moves, and the conformance suites of the table families, which must give the same answers on both.
//
// It exists so that SQLite and PostgreSQL never drift apart. Only tests may import it.
package storetest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/pg"
)

// Clock is a clock that stands still until it is set. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows at.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now returns what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set makes the clock show at.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = at
}

// Move moves the clock by d.
func (c *Clock) Move(d time.Duration) { c.Set(c.Now().Add(d)) }

// Start is where the clocks of Both begin: a Saturday evening in New York.
var Start = time.Date(2026, time.November, 21, 23, 0, 0, 0, time.UTC)

// Both runs a test on a fresh, migrated database of each kind.
func Both(t *testing.T, run func(t *testing.T, db *store.DB, clock *Clock)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": SQLite, "postgres": Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := NewClock(Start)
			run(t, open(t, clock.Now), clock)
		})
	}
}

// SQLite returns a fresh, migrated SQLite database that is closed when the test ends.
func SQLite(t testing.TB, now func() time.Time) *store.DB {
	t.Helper()
	db := opened(t, store.Options{Path: filepath.Join(t.TempDir(), "rejoinder.db"), Now: now})
	if err := db.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return db
}

// Postgres returns a fresh, migrated PostgreSQL database that is dropped when the test ends. The migrations run
// once per process; each test gets a copy.
func Postgres(t testing.TB, now func() time.Time) *store.DB {
	t.Helper()
	url := pg.Template(t, "rejoinder", func(url string) error {
		db, err := store.Open(context.Background(), store.Options{URL: url})
		if err != nil {
			return err
		}
		if err := db.Migrate(context.Background()); err != nil {
			return err
		}
		return db.Close()
	})
	return opened(t, store.Options{URL: url, Now: now})
}

func opened(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
