//go:build linux

package bench

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/subscription"
)

const million = 1_000_000

// shopsOf is how many shops share a book of so many subscriptions.
func shopsOf(subscriptions int) int { return max(subscriptions/2000, 50) }

// book is customers with one subscription each, as it stands today; no notice is due for two months.
func book(subscriptions int) load.Book {
	now := time.Now()
	return load.Book{
		Shops: shopsOf(subscriptions), Customers: subscriptions, Now: now,
		Next: subscription.DateOf(now, time.UTC).AddDays(64), Spread: 25,
	}
}

// filled returns a database of its own with a book in it. A large book is made once and copied.
func (d database) filled(b *testing.B, subscriptions int) store.Options {
	b.Helper()
	if subscriptions < million {
		o := d.migrated(b)
		fill(b, o, subscriptions)
		return o
	}
	if d.postgres {
		url := pg.Template(b, "book of "+thousands(float64(subscriptions)), func(url string) error {
			o := store.Options{URL: url}
			db := opened(b, o)
			if err := db.Migrate(b.Context()); err != nil {
				return err
			}
			if err := db.Close(); err != nil {
				return err
			}
			fill(b, o, subscriptions)
			return nil
		})
		return store.Options{URL: url}
	}
	o := d.empty(b)
	if err := copyFile(o.Path, liteBook(b, d, subscriptions)); err != nil {
		b.Fatal(err)
	}
	return o
}

// books are the SQLite files of large books, by size; TestMain removes their folder.
var books struct {
	sync.Mutex
	dir  string
	file map[int]string
}

func liteBook(b *testing.B, d database, subscriptions int) string {
	b.Helper()
	books.Lock()
	defer books.Unlock()
	if path := books.file[subscriptions]; path != "" {
		return path
	}
	if books.dir == "" {
		dir, err := os.MkdirTemp(folder(), "rejoinder-bench-")
		if err != nil {
			b.Fatal(err)
		}
		books.dir, books.file = dir, map[int]string{}
	}
	o := d.migrated(b)
	fill(b, o, subscriptions)
	path := filepath.Join(books.dir, thousands(float64(subscriptions)))
	if err := os.Rename(o.Path, path); err != nil {
		b.Fatal(err)
	}
	books.file[subscriptions] = path
	return path
}

func fill(b *testing.B, o store.Options, subscriptions int) {
	b.Helper()
	start := time.Now()
	if err := load.Fill(b.Context(), o, book(subscriptions)); err != nil {
		b.Fatal(err)
	}
	logged(b, "%s subscriptions stored in %v", thousands(float64(subscriptions)), time.Since(start).Round(time.Millisecond))
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
