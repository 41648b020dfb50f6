//go:build linux

package bench

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// deliveries is the way out, for a vendor of many shops.
var deliveries = row{
	name:  "deliveries",
	title: "deliveries to Postscript, 1,000 shops",
	how: "1,000 connected shops with 100 queued notices each. The whole program is started in this process, its loop included, and sends " +
		"them over HTTP to a Postscript that answers every trigger with 200 and notes when it came; after 15 seconds it is stopped. The rate is that of the " +
		"requests between the first and the last; \"most in a second\" is the largest number of requests of one shop in any sliding second, by the " +
		"server's own time stamps (Postscript allows 15). No delivery may arrive twice. \"bare posts\" is what callers do in the same run that post the like to such a server and nothing else. On PostgreSQL, for comparison and in the same run, \"as River jobs\": " +
		"as many requests as a queue works when each is one job whose worker posts it, without pace, tags, our rows or a trace.",
	bars: func(d database) []bar {
		return []bar{atLeast("rate", pick(d, 3_000.0, 5_000.0)), atMost("most in a second", 15)}
	},
	run: runDeliveries,
}

func runDeliveries(b *testing.B, d database) []measure {
	const shops, each = 1000, 100
	o := d.migrated(b)
	now := time.Now()
	book := load.Book{
		Shops: shops, Customers: shops * each, Now: now, Subscribed: true, Queued: true,
		Next: subscription.DateOf(now, time.UTC).AddDays(5), Spread: 1,
	}
	if err := load.Fill(b.Context(), o, book); err != nil {
		b.Fatal(err)
	}
	vendor := newVendor(b)
	settings := settingsFor(b, o)
	settings.PostscriptURL = vendor.url
	connect(b, o, settings, shops)

	b.ResetTimer()
	ctx, stop := context.WithTimeout(b.Context(), 15*time.Second)
	defer stop()
	run(ctx, b, settings, func() {
		select {
		case <-ctx.Done():
		case <-vendor.reached(shops * each):
		}
		stop()
	})
	b.StopTimer()

	by, first, last, twice := vendor.seen()
	if twice > 0 {
		b.Fatalf("%d deliveries came twice", twice)
	}
	arrived, most := 0, 0
	for _, at := range by {
		arrived += len(at)
		most = max(most, mostInSecond(at))
	}
	side := raw(b, o)
	if n := number(b, side, `SELECT count(*) FROM deliveries WHERE state = 'sent'`); n > arrived {
		b.Fatalf("%d are stored as sent, %d arrived", n, arrived)
	}
	found := []measure{
		{"rate", float64(arrived) / last.Sub(first).Seconds(), perSecond},
		{"most in a second", float64(most), count},
		{"arrived", float64(arrived), count},
		{"shops served", float64(len(by)), count},
		{"bare posts", postRate(b), perSecond},
	}
	if d.postgres {
		found = append(found, measure{"as River jobs", riverRate(b, d.empty(b)), perSecond})
	}
	return found
}

// settingsFor are those of a program on this database.
func settingsFor(b *testing.B, o store.Options) config.Settings {
	b.Helper()
	s := config.Default()
	s.Listen, s.DataDir, s.DatabaseURL, s.LogLevel = freeAddress(b), filepath.Dir(o.Path), o.URL, "error"
	if o.URL != "" {
		s.DataDir = b.TempDir()
	}
	key, err := seal.NewKey()
	if err != nil {
		b.Fatal(err)
	}
	s.Key = key
	return s
}

// freeAddress is one of the loopback on which nobody listens.
func freeAddress(b *testing.B) string {
	b.Helper()
	l, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// connect stores the connections a merchant's Confirm would have made.
func connect(b *testing.B, o store.Options, s config.Settings, shops int) {
	b.Helper()
	box, err := seal.Open(s.Key)
	if err != nil {
		b.Fatal(err)
	}
	triggers := map[trigger.Name]string{}
	for i, def := range trigger.All() {
		triggers[def.Name] = fmt.Sprint(i + 1)
	}
	db := opened(b, o)
	err = db.InTx(b.Context(), func(tx *store.Tx) error {
		for n := range shops {
			key := fmt.Sprintf("sk_bench%032d", n)
			sealed, err := box.Seal(key, "connections/"+load.ShopID(n)+"/private_key")
			if err != nil {
				return err
			}
			if err := tx.SaveConnection(bridge.Connection{
				ShopID: load.ShopID(n), Key: sealed, KeyMask: "sk_…", TokenHash: bridge.TokenHash(key),
				PSShopID: fmt.Sprint(n), PSShopName: "Sample", Triggers: triggers, State: bridge.Connected, ConfirmedAt: tx.Now(),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

// run runs the whole program in this process until ctx ends; do runs beside it once it serves.
func run(ctx context.Context, b *testing.B, s config.Settings, do func()) {
	b.Helper()
	resolved, err := s.Resolve()
	if err != nil {
		b.Fatal(err)
	}
	a, err := app.Open(ctx, app.Options{Settings: resolved, Version: "bench", Log: app.NewLog(b.Output(), resolved, false)})
	if err != nil {
		b.Fatal(err)
	}
	var beside sync.WaitGroup
	err = a.Run(ctx, func(string) { beside.Go(do) })
	beside.Wait()
	if err != nil {
		b.Error(err)
	}
	if err := a.Close(); err != nil {
		b.Error(err)
	}
}

// vendor is a Postscript that takes every trigger.
type vendor struct {
	url string

	mu      sync.Mutex
	came    map[string][]time.Time // by shop: the key it came with
	ids     map[string]bool        // deliveries seen
	twice   int
	first   time.Time
	last    time.Time
	total   int
	waitFor int
	enough  chan struct{}
}

func newVendor(b *testing.B) *vendor {
	b.Helper()
	v := &vendor{came: map[string][]time.Time{}, ids: map[string]bool{}}
	l, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &http.Server{Handler: v, ReadHeaderTimeout: 5 * time.Second}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }()
	b.Cleanup(func() { _ = s.Close(); <-done })
	v.url = "http://" + l.Addr().String()
	return v
}

// ServeHTTP notes the moment before anything else.
func (v *vendor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := time.Now()
	shop, id := r.Header.Get("Authorization"), r.Header.Get("Idempotency-Key")
	v.mu.Lock()
	v.came[shop] = append(v.came[shop], at)
	if v.ids[id] {
		v.twice++
	}
	v.ids[id] = true
	if v.total == 0 {
		v.first = at
	}
	v.last = at
	if v.total++; v.total == v.waitFor {
		close(v.enough)
	}
	v.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte("{}"))
}

// reached returns a channel that is closed once n requests came.
func (v *vendor) reached(n int) <-chan struct{} {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.waitFor, v.enough = n, make(chan struct{})
	if v.total >= n {
		close(v.enough)
	}
	return v.enough
}

func (v *vendor) seen() (by map[string][]time.Time, first, last time.Time, twice int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.came, v.first, v.last, v.twice
}
