package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

// TestAFullDiskLosesNothingAndLiesToNobody: of callers that share a commit, those that are told of success have
// theirs stored and no others do, all others are told to try again, and when there is room again work goes on.
func TestAFullDiskLosesNothingAndLiesToNobody(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	trace := func(id string, size int) func(*Tx) error {
		return func(tx *Tx) error {
			return tx.AddTrace(bridge.Trace{ID: id, ShopID: "shop", CustomerID: "cus", At: time.Unix(1, 0), Kind: "change", Text: strings.Repeat("x", size)})
		}
	}
	const huge = 8 << 20
	many := func(id string) func(*Tx) error { // fails in a later statement of its own
		return func(tx *Tx) error {
			for i := range 100 {
				if err := trace(fmt.Sprintf("%s%d", id, i), huge/100)(tx); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for name, fns := range map[string][]func(*Tx) error{
		"first":      {trace("a", huge), trace("b", 1), trace("c", 1)},
		"between":    {trace("a", 1), trace("b", huge), trace("c", 1)},
		"last":       {trace("a", 1), trace("b", 1), trace("c", huge)},
		"alone":      {trace("a", huge)},
		"many rows":  {trace("a", 1), many("b"), trace("c", 1)},
		"and so on":  {trace("a", 1), many("b"), many("c"), trace("d", 1)},
		"many alone": {many("a")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := Open(ctx, Options{Path: filepath.Join(t.TempDir(), "full.db")})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}()
			if err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			var pages, limit int
			if err := db.write.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
				t.Fatal(err)
			}
			if err := db.write.QueryRowContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages+50)).Scan(&limit); err != nil {
				t.Fatal(err)
			}
			batch := make([]*job, len(fns))
			for i, fn := range fns {
				batch[i] = &job{ctx: ctx, fn: fn}
			}
			db.group.commit(batch)
			failed := 0
			for i, j := range batch {
				stored := false
				if err := db.Read(ctx, func(tx *Tx) error {
					list, err := tx.TraceOf("shop", "cus", time.Unix(2, 0), 200)
					for _, l := range list {
						stored = stored || strings.HasPrefix(l.ID, string(rune('a'+i)))
					}
					return err
				}); err != nil {
					t.Fatal(err)
				}
				if stored != (j.err == nil) {
					t.Errorf("caller %d: stored %v, told %v", i, stored, j.err)
				}
				if j.err == nil {
					continue
				}
				failed++
				if err := db.classify(j.err); !fault.Is(err, fault.Unavailable) {
					t.Errorf("caller %d is told %q, want that it should try again", i, err)
				}
			}
			if failed == 0 {
				t.Fatal("the disk was not full")
			}
			if err := db.write.QueryRowContext(ctx, "PRAGMA max_page_count = 1000000").Scan(&limit); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.InTx(ctx, trace("y", 1)), db.InTx(ctx, trace("z", huge))); err != nil {
				t.Errorf("with room again: %v", err)
			}
		})
	}
}
