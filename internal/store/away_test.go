package store

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"rejoinder/internal/fault"
	"rejoinder/internal/store/storetest/pg"
)

// cable is a TCP connection to a database that can be pulled.
type cable struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
}

func newCable(t *testing.T, network, to string) *cable {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{Listener: ln}
	t.Cleanup(func() { _ = ln.Close(); c.pull() })
	go func() {
		for {
			in, err := ln.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial(network, to)
			if err != nil {
				_ = in.Close()
				continue
			}
			c.mu.Lock()
			c.conns = append(c.conns, in, out)
			c.mu.Unlock()
			go func() { _, _ = io.Copy(in, out) }()
			go func() { _, _ = io.Copy(out, in) }()
		}
	}()
	return c
}

// pull cuts every connection, as a server that is killed does.
func (c *cable) pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range c.conns {
		_ = n.Close()
	}
	c.conns = nil
}

// TestAConnectionThatBreaksIsUnavailable: whoever is told so tries again, and nothing is counted as a failure of ours.
func TestAConnectionThatBreaksIsUnavailable(t *testing.T) {
	t.Parallel()
	given := pg.URL(t)
	cfg, err := pgconn.ParseConfig(given)
	if err != nil {
		t.Fatal(err)
	}
	network, address := pgconn.NetworkAddress(cfg.Host, cfg.Port)
	c := newCable(t, network, address)
	u, err := url.Parse(given)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Del("host")
	q.Del("port")
	u.RawQuery, u.Host = q.Encode(), c.Addr().String()
	ctx := context.Background()
	db, err := Open(ctx, Options{URL: u.String()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	ask := func(tx *Tx) error { _, err := tx.Shops(); return err }
	for name, do := range map[string]func() error{
		"before a transaction": func() error { c.pull(); return db.InTx(ctx, ask) },
		"within one":           func() error { return db.InTx(ctx, func(tx *Tx) error { c.pull(); return ask(tx) }) },
		"within a read":        func() error { return db.Read(ctx, func(tx *Tx) error { c.pull(); return ask(tx) }) },
		"at its end":           func() error { return db.InTx(ctx, func(tx *Tx) error { err := ask(tx); c.pull(); return err }) },
		"during a statement": func() error {
			return db.InTx(ctx, func(tx *Tx) error {
				go c.pull()
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
	_ = c.Close()
	c.pull()
	if err := db.InTx(ctx, ask); !fault.Is(err, fault.Unavailable) {
		t.Errorf("nobody there: %v", err)
	}
}
