package bridge_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

const testKey = "sk_0123456789abcdef0123"

// noWaker drops every wake-up: the tests run handlers by hand, and rows must be enough.
type noWaker struct{}

func (noWaker) Wake(context.Context, string, string) error              { return nil }
func (noWaker) WakeAt(context.Context, string, string, time.Time) error { return nil }

// line is one shop wired to a recording Postscript, over a real database.
type line struct {
	b    *bridge.Bridge
	db   *store.DB
	ps   *recorder
	shop string
	hook string // the address webhooks are registered with
	mu   sync.Mutex
	skew time.Duration
	box  *seal.Box
}

func (l *line) now() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Now().Add(l.skew)
}

// forward moves the clock of the bridge and its database.
func (l *line) forward(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.skew += d
}

func newLine(t testing.TB, url string, ps *recorder) *line {
	t.Helper()
	ctx := t.Context()
	l := &line{ps: ps, shop: "shop_1", hook: "https://rejoinder.example/hooks/postscript/shop_1"}
	opts := store.Options{URL: url, Path: filepath.Join(t.TempDir(), "r.db"), Now: l.now}
	db, err := store.Open(ctx, opts)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	must(t, db.Migrate(ctx))
	l.db = db
	key, err := seal.NewKey()
	must(t, err)
	l.box, err = seal.Open(key)
	must(t, err)
	l.b = l.bridge()
	must(t, db.InTx(ctx, func(tx *store.Tx) error {
		return tx.SaveShop(bridge.Shop{ID: l.shop, Name: "Corner Coffee", Link: "https://coffee.example", Zone: "America/New_York"})
	}))
	return l
}

// connected is a line that is confirmed.
func connected(t testing.TB, url string) *line {
	t.Helper()
	l := newLine(t, url, newRecorder(t, testKey))
	_, err := l.b.Confirm(t.Context(), l.shop, testKey)
	must(t, err)
	return l
}

// bridge returns a bridge on the line's database, as one more process would have.
func (l *line) bridge() *bridge.Bridge {
	hc := &http.Client{Timeout: 5 * time.Second}
	return bridge.New(bridge.Options{
		Store: app.BridgeStore(l.db), Waker: noWaker{}, Sealer: l.box, Now: l.now, PublicURL: "https://rejoinder.example",
		Postscript: func(key string, _ bool) (bridge.Postscript, error) { return app.NewPostscript(l.ps.URL, hc, key, "") },
		BuiltinKey: func(context.Context, string) bool { return false },
		HookURL:    func(string, bool) string { return l.hook },
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// customer makes a customer without subscriptions who is known to Postscript, and returns the id.
func (l *line) customer(t testing.TB, n int) string {
	t.Helper()
	id := fmt.Sprintf("cus_%026d", n)
	phone := fmt.Sprintf("+1212234%04d", n)
	l.ps.mu.Lock()
	l.ps.people[phone] = fmt.Sprintf("%d", 9000+n)
	l.ps.mu.Unlock()
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.SaveAccount(l.shop, subscription.Account{Customer: subscription.Customer{ID: id, FirstName: "Ada", Phone: subscription.Phone(phone)}}, nil)
	}))
	return id
}

// queued puts a delivery into the queue, past the use case that would make it.
func (l *line) queued(t testing.TB, d bridge.Delivery) string {
	t.Helper()
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
		d.ShopID, d.State, d.CreatedAt = l.shop, bridge.Queued, tx.Now()
		if d.DueAt.IsZero() {
			d.DueAt = tx.Now()
		}
		_, err := tx.AddDelivery(d)
		return err
	}))
	return d.ID
}

// deactivated queues a Customer Deactivated under an id and returns the id.
func (l *line) deactivated(t testing.TB, customerID, id string) string {
	t.Helper()
	return l.queued(t, bridge.Delivery{ID: id, CustomerID: customerID, Trigger: trigger.CustomerDeactivated, Key: id, Lane: bridge.LaneEvent})
}

// carry works the queue until a delivery has ended, and returns it.
func (l *line) carry(t testing.TB, id string) bridge.Delivery {
	t.Helper()
	l.run(t, l.b, func() bool { return ended(l.delivery(t, id)) })
	return l.delivery(t, id)
}

// run works the queue until nothing is due, moving the clock over back-offs up to limit.
func (l *line) run(t testing.TB, b *bridge.Bridge, until func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !until() {
		if time.Now().After(deadline) {
			t.Fatal("the queue did not come to an end")
		}
		a1, err := b.DeliverAnswers(t.Context(), l.shop)
		must(t, err)
		a2, err := b.DeliverBulk(t.Context(), l.shop)
		must(t, err)
		if wait := soonest(a1, a2).Sub(l.now()); !a1.IsZero() || !a2.IsZero() {
			time.Sleep(min(max(wait, 0), 200*time.Millisecond)) // the pace is kept in real time
		}
	}
}

func soonest(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

func (l *line) delivery(t testing.TB, id string) bridge.Delivery {
	t.Helper()
	d, err := l.b.Delivery(t.Context(), l.shop, id)
	must(t, err)
	return d
}

func ended(d bridge.Delivery) bool { return d.State != bridge.Queued && d.State != bridge.Sending }

// onDatabases runs a test on SQLite and on PostgreSQL.
func onDatabases(t *testing.T, f func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, "") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, pg.URL(t)) })
}
