//go:build linux

package bench

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/pg"
)

// database is one of the two a row is measured on.
type database struct {
	name     string // in the name of the benchmark
	title    string
	postgres bool
}

var databases = []database{{"sqlite", "SQLite", false}, {"postgres", "PostgreSQL", true}}

// pick returns the value for the database.
func pick[T any](d database, lite, pg T) T {
	if d.postgres {
		return pg
	}
	return lite
}

// serverSettings says which PostgreSQL was measured, once one was.
var serverSettings = "not measured"

// empty returns where a fresh, empty database is.
func (d database) empty(b *testing.B) store.Options {
	b.Helper()
	if d.postgres {
		o := store.Options{URL: pg.URL(b)}
		askServer(b, o.URL)
		return o
	}
	dir, err := os.MkdirTemp(folder(), "rejoinder-bench-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			b.Error(err)
		}
	})
	return store.Options{Path: filepath.Join(dir, "rejoinder.db")}
}

// migrated returns where a fresh database with our tables is.
func (d database) migrated(b *testing.B) store.Options {
	b.Helper()
	o := d.empty(b)
	db := opened(b, o)
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return o
}

func opened(b *testing.B, o store.Options) *store.DB {
	b.Helper()
	db, err := store.Open(context.Background(), o)
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// open opens the database for the rest of the row.
func open(b *testing.B, o store.Options) *store.DB {
	b.Helper()
	db := opened(b, o)
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	return db
}

// raw opens the database beside the program: to look, and for what the program is compared with. The pragmas
// are the program's own.
func raw(b *testing.B, o store.Options) *sql.DB {
	b.Helper()
	driver, dsn := "pgx", o.URL
	if dsn == "" {
		driver, dsn = "sqlite", "file:"+o.Path+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_pragma=cache_size(-32768)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		b.Fatal(err)
	}
	if o.URL == "" {
		db.SetMaxOpenConns(1)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// number runs a query for one number.
func number(b *testing.B, db *sql.DB, query string, args ...any) int {
	b.Helper()
	var n int
	if err := db.QueryRowContext(b.Context(), query, args...).Scan(&n); err != nil {
		b.Fatal(err)
	}
	return n
}

// askServer keeps what the table says about PostgreSQL.
func askServer(b *testing.B, url string) {
	b.Helper()
	db := raw(b, store.Options{URL: url})
	show := func(name string) (v string) {
		if err := db.QueryRowContext(b.Context(), "SHOW "+name).Scan(&v); err != nil {
			b.Fatal(err)
		}
		return v
	}
	serverSettings = fmt.Sprintf("%s, fsync=%s, synchronous_commit=%s, full_page_writes=%s, shared_buffers=%s, over a unix socket",
		show("server_version"), show("fsync"), show("synchronous_commit"), show("full_page_writes"), show("shared_buffers"))
}

// noon is the moment at which the rows with a clock of their own happen: noon in New York.
var noon = time.Date(2026, time.March, 10, 16, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

// idle is a waker for rows that call the handlers themselves.
type idle struct{}

func (idle) Wake(context.Context, string, string) error              { return nil }
func (idle) WakeAt(context.Context, string, string, time.Time) error { return nil }
