//go:build linux

package bench

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// What bounds the rows: the least that must happen, done by nothing of ours, in the same run.

// syncRate is how often a second the disk takes 4 KiB for good, one after the other, as each commit of a single writer
// waits for.
func syncRate(b *testing.B) float64 {
	b.Helper()
	f, err := os.CreateTemp(folder(), "rejoinder-sync-")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	defer func() { _ = f.Close() }()
	block := make([]byte, 4096)
	start, n := time.Now(), 0
	for ; time.Since(start) < time.Second; n++ {
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			b.Fatal(err)
		}
	}
	return float64(n) / time.Since(start).Seconds()
}

// postRate is how often a second callers with kept connections post a small body to a Postscript that only notes
// when it came.
func postRate(b *testing.B) float64 {
	b.Helper()
	const atOnce, lasts = 256, 3 * time.Second
	to := newVendor(b)
	transport := &http.Transport{MaxIdleConnsPerHost: atOnce}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 10 * time.Second}
	var next atomic.Int64
	var wg sync.WaitGroup
	end := time.Now().Add(lasts)
	for range atOnce {
		wg.Go(func() {
			for time.Now().Before(end) {
				if err := post(b.Context(), client, to.url, fmt.Sprintf("post_%d", next.Add(1))); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	by, first, last, _ := to.seen()
	n := 0
	for _, at := range by {
		n += len(at)
	}
	return float64(n) / last.Sub(first).Seconds()
}

// post makes one request with a body like that of a trigger.
func post(ctx context.Context, client *http.Client, url, id string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(`{"first_name":"Ana","delivery_date":"March 12","reply_by":"March 11"}`))
	if err != nil {
		return err
	}
	req.Header.Set("Idempotency-Key", id)
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// copyRate copies every row of tables within the database, 500 of each in a commit, and returns how many rows of the
// first it copied a second. Keys names the columns of each table that must differ in the copy.
func copyRate(b *testing.B, db *sql.DB, tables []string, keys map[string][]string) float64 {
	b.Helper()
	const batch = 500
	rows := number(b, db, `SELECT count(*) FROM `+tables[0])
	var copies []string
	for _, table := range tables {
		copies = append(copies, copyStatement(b, db, table, keys[table]))
	}
	start := time.Now()
	for from := 0; from < rows; from += batch {
		tx, err := db.BeginTx(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, statement := range copies {
			if _, err := tx.ExecContext(b.Context(), statement, batch, from); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return float64(rows) / time.Since(start).Seconds()
}

// copyStatement copies $1 rows of a table, from row $2 on, from a list of its rows that is made first, so that the copies are
// not copied again.
func copyStatement(b *testing.B, db *sql.DB, table string, keys []string) string {
	b.Helper()
	list := "bench_" + table
	if _, err := db.ExecContext(b.Context(), `CREATE TABLE `+list+` AS SELECT row_number() OVER () - 1 AS place, t.* FROM `+table+` t`); err != nil {
		b.Fatal(err)
	}
	if _, err := db.ExecContext(b.Context(), `CREATE INDEX `+list+`_place ON `+list+` (place)`); err != nil {
		b.Fatal(err)
	}
	found, err := db.QueryContext(b.Context(), `SELECT * FROM `+table+` LIMIT 0`)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil || found.Err() != nil {
		b.Fatal(err, found.Err())
	}
	values := make([]string, len(columns))
	for i, c := range columns {
		values[i] = c
		for _, k := range keys {
			if c == k {
				values[i] = "'b' || " + c
			}
		}
	}
	return `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) SELECT ` + strings.Join(values, ", ") +
		` FROM ` + list + ` WHERE place >= $2 AND place < $2 + $1`
}

// updateRate is how often a second 8 callers change one row each, found by its key, with a commit of its own.
func updateRate(b *testing.B, db *sql.DB, id func(n int) string) float64 {
	b.Helper()
	took := together(b, 8, 2*time.Second, func(ctx context.Context, caller, n int) error {
		_, err := db.ExecContext(ctx, `UPDATE subscriptions SET updated_at = updated_at + 1 WHERE id = $1`, id(n*8+caller))
		return err
	})
	return float64(len(took)) / 2
}
