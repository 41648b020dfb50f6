package work_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rejoinder/internal/fault"
	"rejoinder/internal/store/storetest/cable"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/work"
	"rejoinder/internal/work/worktest"
)

// database returns the URL of a fresh database with River's tables.
func database(t *testing.T) string {
	t.Helper()
	return pg.Template(t, "work", func(url string) error {
		pool, err := work.OpenPool(context.Background(), url)
		if err != nil {
			return err
		}
		defer pool.Close()
		return work.Migrate(context.Background(), pool, work.Schema)
	})
}

// openPool opens a pool that is closed when the test ends.
func openPool(t *testing.T, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := work.OpenPool(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// newRiver returns an engine that logs nowhere.
func newRiver(t *testing.T, pool *pgxpool.Pool, opts work.Options) *work.River {
	t.Helper()
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	r, err := work.NewRiver(pool, work.Schema, opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRiver(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	pools := map[string]*pgxpool.Pool{} // by test: engines of one test share a database
	worktest.Run(t, worktest.Suite{New: func(t *testing.T, opts work.Options) work.Engine {
		mu.Lock()
		defer mu.Unlock()
		if pools[t.Name()] == nil {
			pools[t.Name()] = openPool(t, database(t))
		}
		return newRiver(t, pools[t.Name()], opts)
	}})
}

func TestMigrateByManyAtOnce(t *testing.T) {
	t.Parallel()
	url := pg.URL(t)
	errs := make(chan error)
	for range 6 {
		go func() {
			pool, err := work.OpenPool(context.Background(), url)
			if err == nil {
				err = work.Migrate(context.Background(), pool, work.Schema)
				pool.Close()
			}
			errs <- err
		}()
	}
	for range 6 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestOpenPoolKeepsThePasswordToItself(t *testing.T) {
	t.Parallel()
	_, err := work.OpenPool(context.Background(), "postgres://shop:hunter2@localhost:notaport/db")
	if err == nil || errors.Unwrap(err) != nil {
		t.Errorf("err = %v", err)
	}
}

// TestRiverSurvivesLostJobs empties the job table under a running engine, as a failover to a replica
// that is behind would: the rows are still due, so the sweep brings the work back.
func TestRiverSurvivesLostJobs(t *testing.T) {
	t.Parallel()
	pool := openPool(t, database(t))
	table := newTable("shop_1", "shop_2")
	ran := make(chan string, 100)
	k := table.kind(func(_ context.Context, key string) (time.Time, error) {
		table.finish(key)
		ran <- key
		return time.Time{}, nil
	})
	r := newRiver(t, pool, work.Options{Kinds: []work.Kind{k}})
	for _, key := range []string{"shop_1", "shop_2"} {
		if err := r.Wake(t.Context(), "deliver", key); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pool.Exec(t.Context(), "TRUNCATE river.river_job"); err != nil {
		t.Fatal(err)
	}
	run(t, r)
	seen := map[string]bool{}
	for len(seen) < 2 {
		seen[receive(t, ran)] = true
	}
}

// TestRiverSurvivesLostConnections cuts every connection to the database, the listening one too, as a failover does.
func TestRiverSurvivesLostConnections(t *testing.T) {
	t.Parallel()
	url := database(t)
	rows, ran := newTable(), make(chan string, 100)
	k := rows.kind(func(_ context.Context, key string) (time.Time, error) {
		rows.finish(key)
		ran <- key
		return time.Time{}, nil
	})
	r := newRiver(t, openPool(t, url), work.Options{Kinds: []work.Kind{k}})
	run(t, r)
	if err := r.Wake(t.Context(), "deliver", "before"); err != nil {
		t.Fatal(err)
	}
	receive(t, ran)
	_, err := openPool(t, url).Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err != nil {
		t.Fatal(err)
	}
	rows.set("after", time.Now())
	_ = r.Wake(t.Context(), "deliver", "after") // may be lost; the row is not
	if got := receive(t, ran); got != "after" {
		t.Errorf("handled %q", got)
	}
}

// TestRiverFollowsTheClock moves the clock by a day: the sweep asks with the clock's time, so the row is due.
func TestRiverFollowsTheClock(t *testing.T) {
	t.Parallel()
	clock := work.NewMovable(noon)
	rows, ran := newTable(), make(chan string, 100)
	rows.set("tomorrow", noon.Add(24*time.Hour))
	k := rows.kind(func(_ context.Context, key string) (time.Time, error) {
		rows.finish(key)
		ran <- key
		return clock.Now().Add(50 * time.Millisecond), nil // in the clock's time too
	})
	run(t, newRiver(t, openPool(t, database(t)), work.Options{Clock: clock, Kinds: []work.Kind{k}}))
	clock.Set(noon.Add(24 * time.Hour))
	receive(t, ran)
	receive(t, ran)
}

// TestRiverStartsWhenTheDatabaseIsBack takes the database away between the opening and the start.
func TestRiverStartsWhenTheDatabaseIsBack(t *testing.T) {
	t.Parallel()
	c := cable.New(t, database(t))
	rows, ran := newTable("shop_1"), make(chan string, 100)
	k := rows.kind(func(_ context.Context, key string) (time.Time, error) {
		rows.finish(key)
		ran <- key
		return time.Time{}, nil
	})
	tries := make(warned, 100)
	r := newRiver(t, openPool(t, c.URL), work.Options{Kinds: []work.Kind{k}, Log: slog.New(tries)})
	c.Cut()
	run(t, r)
	for range 2 {
		receive(t, tries)
	}
	c.Mend()
	if got := receive(t, ran); got != "shop_1" {
		t.Errorf("handled %q", got)
	}
}

// TestRiverStopsWhileItsDatabaseIsAway ends Run before the database is back: that is no fault.
func TestRiverStopsWhileItsDatabaseIsAway(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(*cable.Cable){"cut": (*cable.Cable).Cut, "silent": (*cable.Cable).Silence} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cable.New(t, database(t))
			pool, tries := openPool(t, c.URL), make(warned, 100)
			if err := pool.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
			away(c)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			done := make(chan error, 1)
			r := newRiver(t, pool, work.Options{Kinds: []work.Kind{newTable().kind(nothing)}, Log: slog.New(tries)})
			go func() { done <- r.Run(ctx) }()
			if name == "cut" {
				receive(t, tries)
			}
			stop()
			if err := receive(t, done); err != nil {
				t.Error(err)
			}
			c.Mend()
		})
	}
}

// TestRiverGivesUpOnASilentDatabase: nothing comes back, and Run ends in its time all the same.
func TestRiverGivesUpOnASilentDatabase(t *testing.T) {
	t.Parallel()
	c := cable.New(t, database(t))
	pool := openPool(t, c.URL)
	if err := pool.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.Silence()
	r := newRiver(t, pool, work.Options{Kinds: []work.Kind{newTable().kind(nothing)}, StartWithin: 200 * time.Millisecond})
	done := make(chan error, 1)
	go func() { done <- r.Run(context.Background()) }()
	if err := receive(t, done); !fault.Is(err, fault.Unavailable) {
		t.Errorf("Run: %v", err)
	}
	c.Mend()
}

// warned is a log that passes its warnings on.
type warned chan string

func (warned) Enabled(_ context.Context, l slog.Level) bool { return l == slog.LevelWarn }
func (w warned) WithAttrs([]slog.Attr) slog.Handler         { return w }
func (w warned) WithGroup(string) slog.Handler              { return w }

func (w warned) Handle(_ context.Context, r slog.Record) error {
	select {
	case w <- r.Message:
	default:
	}
	return nil
}

func nothing(context.Context, string) (time.Time, error) { return time.Time{}, nil }

func TestRiverNeedsItsDatabase(t *testing.T) {
	t.Parallel()
	pool := openPool(t, "postgres://nobody@127.0.0.1:1/nothing?connect_timeout=2")
	k := work.Kind{Name: "deliver", Workers: 1, Handle: nothing}
	r := newRiver(t, pool, work.Options{Kinds: []work.Kind{k}, StartWithin: 300 * time.Millisecond})
	for what, err := range map[string]error{
		"Run":     r.Run(t.Context()),
		"Wake":    r.Wake(t.Context(), "deliver", "shop_1"),
		"WakeAt":  r.WakeAt(t.Context(), "deliver", "shop_1", time.Now().Add(time.Hour)),
		"Migrate": work.Migrate(t.Context(), pool, work.Schema),
	} {
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
