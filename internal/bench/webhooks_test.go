//go:build linux

package bench

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript/hook"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/work"
)

// webhooks is the door: a reply is in our hands when its sender has a 200.
var webhooks = row{
	name:  "webhooks",
	title: "inbound webhooks stored durably",
	how: "64 callers with kept connections post incoming messages of 100,000 customers of 50 shops for 4 seconds to the webhook handler of the bridge on a real HTTP server; " +
		"each is answered 200 after its commit and the wake-up of its handler (which does not run: what becomes of a reply is the next row). In the same run, with the same callers and " +
		"bodies: \"bare handler\", which reads the body and answers; and \"grouped insert\", a bare handler that stores the body in an indexed table, many " +
		"requests in one INSERT and one commit, which is about the most this machine and database can store for one caller each. \"share\" is the rate " +
		"divided by that of the grouped insert. Callers and servers share the processor. Every 200 must have its row.",
	bars: func(database) []bar {
		return []bar{atLeast("rate", 6_000), atMost("p99", 0.1), atLeast("share", 0.6)}
	},
	run: runWebhooks,
}

const webhooksLast = 4 * time.Second

func runWebhooks(b *testing.B, d database) []measure {
	const shops, customers = 50, 100_000
	o := d.migrated(b)
	bk := book(customers)
	bk.Shops, bk.Subscribed = shops, true
	if err := load.Fill(b.Context(), o, bk); err != nil {
		b.Fatal(err)
	}
	key, err := seal.NewKey()
	if err != nil {
		b.Fatal(err)
	}
	box, err := seal.Open(key)
	if err != nil {
		b.Fatal(err)
	}
	db := open(b, o)
	hear(b, db, box, shops)
	br := bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: waker(b), Sealer: box, Now: time.Now})
	request := func(caller, n int) []byte { return incoming(caller, n, shops, customers) }

	b.ResetTimer()
	ours := serve(b, hook.Handler(br), request)
	b.StopTimer()

	side := raw(b, o)
	if n := number(b, side, `SELECT count(*) FROM replies`); n != len(ours) {
		b.Fatalf("%d answered with 200, %d stored", len(ours), n)
	}
	bare := serve(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, "OK\n")
	}), request)
	g := newGrouped(b, side, d)
	grouped := serve(b, g, request)
	g.stop()
	if n := number(b, side, `SELECT count(*) FROM bench_bodies`); n != len(grouped) {
		b.Fatalf("grouped insert: %d answered with 200, %d stored", len(grouped), n)
	}

	rate := func(s spread) float64 { return float64(len(s)) / webhooksLast.Seconds() }
	return []measure{
		{"rate", rate(ours), perSecond},
		{"p50", ours.at(0.5), seconds},
		{"p99", ours.at(0.99), seconds},
		{"share", rate(ours) / rate(grouped), share},
		{"grouped insert", rate(grouped), perSecond},
		{"grouped insert p99", grouped.at(0.99), seconds},
		{"bare handler", rate(bare), perSecond},
		{"bare handler p99", bare.at(0.99), seconds},
	}
}

// What the sample Postscript's webhooks carry.
const (
	signature = "bench-signing-token"
	secret    = "rjh_bench"
)

// hear connects the shops as far as their webhooks need it.
func hear(b *testing.B, db *store.DB, box *seal.Box, shops int) {
	b.Helper()
	err := db.InTx(b.Context(), func(tx *store.Tx) error {
		for n := range shops {
			place := "connections/" + load.ShopID(n) + "/"
			token, err := box.Seal(signature, place+"signing_token")
			if err != nil {
				return err
			}
			own, err := box.Seal(secret, place+"hook_secret")
			if err != nil {
				return err
			}
			if err := tx.SaveConnection(bridge.Connection{
				ShopID: load.ShopID(n), KeyMask: "sk_…", TokenHash: fmt.Sprint(n), SigningToken: token, HookSecret: own,
				State: bridge.Connected, ConfirmedAt: tx.Now(),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// waker is the real work loop, of which nothing is run: it takes the wake-ups.
func waker(b *testing.B) bridge.Waker {
	b.Helper()
	nothing := func(context.Context, string) (time.Time, error) { return time.Time{}, nil }
	l, err := work.NewLoop(work.Options{Log: slog.New(slog.DiscardHandler), Kinds: []work.Kind{{Name: bridge.WakeReply, Workers: 1, Handle: nothing}}})
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// incoming is one request as it goes over the wire.
func incoming(caller, n, shops, customers int) []byte {
	customer := (n*callers + caller) % customers
	shop := load.ShopID(customer % shops)
	body := fmt.Sprintf(`{"webhook_id":"0b5a4d3c-5d3b-4d5e-9a51-2b8f1d0c7e11","resource_type":"shop","resource_id":"%s","event_time":"2026-03-10T16:00:00.250000",`+
		`"event":"shop.incoming_message","event_data":{"id":"im_%d_%d","subscriber_id":"%s","shop_id":"%s","is_opt_out":false,"shopify_customer_id":null,`+
		`"from_number":"%s","created_at":"2026-03-10T16:00:00.250000","body":"Skip"}}`,
		shop, caller, n, load.Subscriber(customer), shop, load.Phone(customer))
	return fmt.Appendf(nil, "POST /hooks/postscript/%s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nPostscript-Signature: %s\r\n%s: %s\r\nContent-Length: %d\r\n\r\n%s",
		shop, signature, hook.HeaderSecret, secret, len(body), body)
}

// serve runs a handler on a real server under the callers' load and returns how long each request took.
func serve(b *testing.B, h http.Handler, request func(caller, n int) []byte) spread {
	b.Helper()
	l, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }()
	defer func() { _ = s.Close(); <-done }()
	conns := make([]*caller, callers)
	for i := range conns {
		c, err := (&net.Dialer{}).DialContext(b.Context(), "tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		conns[i] = &caller{c, bufio.NewReaderSize(c, 4096)}
		defer func() { _ = c.Close() }()
	}
	return together(b, callers, webhooksLast, func(_ context.Context, caller, n int) error {
		return conns[caller].call(request(caller, n))
	})
}

// caller is an HTTP client that does the least, so that the servers have the processor.
type caller struct {
	net.Conn
	in *bufio.Reader
}

var errNot200 = errors.New("not answered with 200")

// call sends one request and reads its answer.
func (c *caller) call(request []byte) error {
	if _, err := c.Write(request); err != nil {
		return err
	}
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if len(status) < 12 || string(status[9:12]) != "200" {
		return fmt.Errorf("%w: %q", errNot200, status)
	}
	length := 0
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if v, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if length, err = strconv.Atoi(strings.TrimSpace(v)); err != nil {
				return err
			}
		}
	}
	_, err = c.in.Discard(length)
	return err
}

// grouped is what webhooks are compared with: nothing but storing bodies, as many as wait in one statement.
type grouped struct {
	db     *sql.DB
	insert string
	in     chan body
	done   chan struct{}
}

type body struct {
	id, text string
	stored   chan error
}

func newGrouped(b *testing.B, db *sql.DB, d database) *grouped {
	b.Helper()
	if _, err := db.ExecContext(b.Context(), `CREATE TABLE bench_bodies (id TEXT PRIMARY KEY, body TEXT NOT NULL)`); err != nil {
		b.Fatal(err)
	}
	g := &grouped{
		db: db, in: make(chan body, callers), done: make(chan struct{}),
		insert: pick(d, `INSERT INTO bench_bodies SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($1)`,
			`INSERT INTO bench_bodies SELECT value->>0, value->>1 FROM jsonb_array_elements($1::jsonb)`),
	}
	// On PostgreSQL, where commits go in parallel, several groups do; SQLite has one writer.
	writers := pick(d, 1, 4)
	finished := make(chan struct{}, writers)
	for range writers {
		go func() { g.write(); finished <- struct{}{} }()
	}
	go func() {
		for range writers {
			<-finished
		}
		close(g.done)
	}()
	return g
}

// ServeHTTP answers when the body is stored.
func (g *grouped) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(r.Body)
	if err == nil {
		x := body{ident.New(ident.Reply, time.Now()), string(text), make(chan error, 1)}
		g.in <- x
		err = <-x.stored
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "OK\n")
}

func (g *grouped) write() {
	for first := range g.in {
		batch := []body{first}
	more:
		for len(batch) < callers {
			select {
			case x, ok := <-g.in:
				if !ok {
					break more
				}
				batch = append(batch, x)
			default:
				break more
			}
		}
		rows := make([][2]string, len(batch))
		for i, x := range batch {
			rows[i] = [2]string{x.id, x.text}
		}
		list, err := json.Marshal(rows)
		if err == nil {
			_, err = g.db.ExecContext(context.Background(), g.insert, string(list))
		}
		for _, x := range batch {
			x.stored <- err
		}
	}
}

func (g *grouped) stop() {
	close(g.in)
	<-g.done
}
