package store

import (
	"context"
	"testing"

	"rejoinder/internal/fault"
	"rejoinder/internal/store/storetest/cable"
	"rejoinder/internal/store/storetest/pg"
)

// TestAConnectionThatBreaksIsUnavailable: whoever is told so tries again, and nothing is counted as a failure of ours.
func TestAConnectionThatBreaksIsUnavailable(t *testing.T) {
	t.Parallel()
	c := cable.New(t, pg.URL(t))
	ctx := context.Background()
	db, err := Open(ctx, Options{URL: c.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	ask := func(tx *Tx) error { _, err := tx.Shops(); return err }
	for name, do := range map[string]func() error{
		"before a transaction": func() error { c.Pull(); return db.InTx(ctx, ask) },
		"within one":           func() error { return db.InTx(ctx, func(tx *Tx) error { c.Pull(); return ask(tx) }) },
		"within a read":        func() error { return db.Read(ctx, func(tx *Tx) error { c.Pull(); return ask(tx) }) },
		"at its end":           func() error { return db.InTx(ctx, func(tx *Tx) error { err := ask(tx); c.Pull(); return err }) },
		"during a statement": func() error {
			return db.InTx(ctx, func(tx *Tx) error {
				go c.Pull()
				_, err := tx.exec(`SELECT pg_sleep(2)`)
				return err
			})
		},
	} {
		if err := db.InTx(ctx, ask); err != nil {
			t.Fatalf("not back before %q: %v", name, err)
		}
		err := do()
		if err == nil && name == "before a transaction" {
			continue // it found out and took another connection
		}
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v (%s), want unavailable", name, err, fault.KindOf(err))
		}
	}
	c.Unplug()
	if err := db.InTx(ctx, ask); !fault.Is(err, fault.Unavailable) {
		t.Errorf("nobody there: %v", err)
	}
}
