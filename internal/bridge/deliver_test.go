package bridge_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
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

func TestLegacyDelivery(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := newLine(t, url, newRecorder(t, testKey))
		_, err := l.b.Confirm(t.Context(), l.shop, testKey)
		must(t, err)
		c := l.customer(t, 1)
		first := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: c, Trigger: trigger.PaymentMethodUpdated, Key: "a", Lane: bridge.LaneEvent})
		second := l.queued(t, bridge.Delivery{ID: "dlv_2", CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: "b", Lane: bridge.LaneEvent})
		l.run(t, l.b, func() bool { return ended(l.delivery(t, first)) && ended(l.delivery(t, second)) })
		d := l.delivery(t, first)
		if d.State != bridge.Sent || d.Status != 200 || d.Reason != "" {
			t.Errorf("ended %s, status %d, %q", d.State, d.Status, d.Reason)
		}
		for _, want := range []string{`"first_name":"Ada"`, `"card_brand":"payment method"`, `"card_last4":"****"`, `"account_page_link":"https://rejoinder.example/a/`} {
			if !strings.Contains(l.ps.fires()[0].Body, want) {
				t.Errorf("the request lacks %s:\n%s", want, l.ps.fires()[0].Body)
			}
		}
		if strings.Contains(l.ps.fires()[0].Body, "last_name") {
			t.Error("an empty tag was sent")
		}
		lookups := 0
		for _, c := range l.ps.all() {
			if c.Path == "/v1/subscribers" {
				lookups++
			}
		}
		if lookups > 2 { // both may have been claimed before the first answer was known
			t.Errorf("looked up %d times for 2 deliveries", lookups)
		}
		if strings.Contains(d.Request+d.Answer, testKey) {
			t.Error("the kept exchange shows the key")
		}
	})
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	isFire := func(c call) bool { return c.Method == "POST" && strings.Contains(c.Path, "/subscribers/") }
	once := func(status int) func() func(call) int {
		return func() func(call) int {
			n := 0
			return func(c call) int {
				if isFire(c) {
					if n++; n == 1 {
						return status
					}
				}
				return 0
			}
		}
	}
	always := func(status int) func() func(call) int {
		return func() func(call) int {
			return func(c call) int {
				if isFire(c) {
					return status
				}
				return 0
			}
		}
	}
	cases := []struct {
		name    string
		fail    func() func(call) int
		mayMiss bool
		want    bridge.State
		fires   int
		reason  string
	}{
		{name: "over the limit once", fail: once(429), want: bridge.Sent, fires: 2},
		{name: "server error once", fail: once(500), want: bridge.Sent, fires: 2},
		{name: "answer lost, may repeat", fail: once(-1), want: bridge.Sent, fires: 2},
		{name: "answer lost, may miss", fail: once(-1), mayMiss: true, want: bridge.Unknown, fires: 1, reason: "not known whether it arrived"},
		{name: "refused", fail: always(400), want: bridge.Refused, fires: 1, reason: "400"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLine(t, "", newRecorder(t, testKey))
			_, err := l.b.Confirm(t.Context(), l.shop, testKey)
			must(t, err)
			must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
				sh, err := tx.Shop(l.shop)
				if err != nil {
					return err
				}
				sh.Settings.MayMiss = c.mayMiss
				return tx.SaveShop(sh)
			}))
			l.ps.set(c.fail())
			id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: l.customer(t, 1), Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
			l.run(t, l.b, func() bool { l.forward(time.Second); return ended(l.delivery(t, id)) })
			d := l.delivery(t, id)
			if d.State != c.want || !strings.Contains(d.Reason, c.reason) {
				t.Errorf("ended %s (%q), want %s (%q)", d.State, d.Reason, c.want, c.reason)
			}
			fires := l.ps.fires()
			if len(fires) != c.fires {
				t.Errorf("%d requests, want %d", len(fires), c.fires)
			}
			for _, f := range fires {
				if f.ExternalID != id {
					t.Errorf("request with id %q, want always %q", f.ExternalID, id)
				}
			}
		})
	}
}

func TestNotASubscriberIsAnOutcome(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	_, err := l.b.Confirm(t.Context(), l.shop, testKey)
	must(t, err)
	c := l.customer(t, 1)
	l.ps.mu.Lock()
	clear(l.ps.people)
	l.ps.mu.Unlock()
	id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
	l.run(t, l.b, func() bool { return ended(l.delivery(t, id)) })
	if d := l.delivery(t, id); d.State != bridge.Suppressed || d.Reason != "Not a Postscript subscriber." {
		t.Errorf("ended %s, %q", d.State, d.Reason)
	}
	asked := len(l.ps.all())
	id = l.queued(t, bridge.Delivery{ID: "dlv_2", CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: "b", Lane: bridge.LaneEvent})
	l.run(t, l.b, func() bool { return ended(l.delivery(t, id)) })
	if len(l.ps.all()) != asked {
		t.Error("Postscript was asked again within the day")
	}
}

// Somebody who opted out before the shop was connected is found out when they are first looked up.
func TestAnEarlierOptOutIsFoundOut(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	_, err := l.b.Confirm(t.Context(), l.shop, testKey)
	must(t, err)
	c := l.customer(t, 1)
	l.ps.mu.Lock()
	l.ps.out = map[string]bool{"9001": true}
	l.ps.mu.Unlock()
	id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
	l.run(t, l.b, func() bool { return ended(l.delivery(t, id)) })
	if d := l.delivery(t, id); d.State != bridge.Suppressed || d.Reason != "The customer has opted out of texts." || len(l.ps.fires()) != 0 {
		t.Errorf("ended %s, %q, after %d requests", d.State, d.Reason, len(l.ps.fires()))
	}
	cu, err := l.b.Customer(t.Context(), l.shop, c)
	must(t, err)
	if cu.Texts != bridge.TextsOptedOut {
		t.Errorf("known as %q", cu.Texts)
	}
}

func TestAKeyThatChangedItsIDsIsAskedAgain(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	_, err := l.b.Confirm(t.Context(), l.shop, testKey)
	must(t, err)
	c := l.customer(t, 1)
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error { return tx.SetTexts(l.shop, c, bridge.TextsSubscribed, "stale") }))
	id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
	l.run(t, l.b, func() bool { return ended(l.delivery(t, id)) })
	if d := l.delivery(t, id); d.State != bridge.Sent {
		t.Errorf("ended %s, %q", d.State, d.Reason)
	}
}

func TestACrashedSendIsRepeatedWithTheSameID(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := newLine(t, url, newRecorder(t, testKey))
		_, err := l.b.Confirm(t.Context(), l.shop, testKey)
		must(t, err)
		c := l.customer(t, 1)
		id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
		// A process that claimed it and died: the row says sending, and its time runs out.
		must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
			d, err := tx.Delivery(l.shop, id)
			if err != nil {
				return err
			}
			d.State, d.Attempts, d.DueAt = bridge.Sending, 1, tx.Now().Add(time.Minute)
			_, err = tx.UpdateDelivery(d)
			return err
		}))
		_, err = l.b.DeliverBulk(t.Context(), l.shop)
		must(t, err)
		if len(l.ps.fires()) != 0 {
			t.Fatal("it was sent while another process may still be sending it")
		}
		l.forward(2 * time.Minute)
		l.run(t, l.b, func() bool { l.forward(time.Second); return ended(l.delivery(t, id)) })
		if f := l.ps.fires(); len(f) != 1 || f[0].ExternalID != id {
			t.Errorf("sent %v", f)
		}
	})
}

func TestPaceOverTwoProcesses(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := newLine(t, url, newRecorder(t, testKey))
		_, err := l.b.Confirm(t.Context(), l.shop, testKey)
		must(t, err)
		c := l.customer(t, 1)
		const n = 40
		for i := range n {
			l.queued(t, bridge.Delivery{ID: fmt.Sprintf("dlv_%d", i), CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: fmt.Sprint(i), Lane: bridge.LaneNotice})
		}
		storm := 0
		l.ps.set(func(c call) int {
			if storm++; storm == 20 {
				return 429
			}
			return 0
		})
		var wg sync.WaitGroup
		for range 2 {
			b := l.bridge()
			wg.Go(func() { l.run(t, b, func() bool { return len(l.ps.fires()) >= n }) })
		}
		wg.Wait()
		calls := l.ps.all()
		slices.SortFunc(calls, func(a, b call) int { return a.At.Compare(b.At) })
		for i := 15; i < len(calls); i++ {
			if gap := calls[i].At.Sub(calls[i-15].At); gap < time.Second {
				t.Fatalf("requests %d to %d came within %v: 16 in a sliding second", i-15, i, gap)
			}
		}
	})
}

func TestAnAnswerOvertakesTheQueue(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	_, err := l.b.Confirm(t.Context(), l.shop, testKey)
	must(t, err)
	c := l.customer(t, 1)
	for i := range 200 {
		l.queued(t, bridge.Delivery{ID: fmt.Sprintf("dlv_%d", i), CustomerID: c, Trigger: trigger.CustomerDeactivated, Key: fmt.Sprint(i), Lane: bridge.LaneNotice})
	}
	l.run(t, l.b, func() bool { return len(l.ps.fires()) >= 5 })
	before := len(l.ps.fires())
	id := l.queued(t, bridge.Delivery{ID: "dlv_answer", CustomerID: c, Trigger: trigger.ReplyAnswered, Key: "answer", Lane: bridge.LaneAnswer, Facts: map[string]string{"answer": "Skipped."}})
	l.run(t, l.b, func() bool { return ended(l.delivery(t, id)) })
	if over := len(l.ps.fires()) - before; over > 5 {
		t.Errorf("%d requests went before the answer", over-1)
	}
}

func TestSwitchedOffIsSuppressedWithTheReason(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	c := l.customer(t, 1)
	d, err := l.b.TestSend(t.Context(), l.shop, trigger.CustomerDeactivated, c)
	must(t, err)
	_, err = l.b.DeliverBulk(t.Context(), l.shop)
	must(t, err)
	if d = l.delivery(t, d.ID); d.State != bridge.Suppressed || d.Reason != "Postscript is not connected." {
		t.Errorf("without a connection: %s, %q", d.State, d.Reason)
	}
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
		sh, err := tx.Shop(l.shop)
		if err != nil {
			return err
		}
		sh.Settings.TriggersOff = []trigger.Name{trigger.CustomerDeactivated}
		return tx.SaveShop(sh)
	}))
	d, err = l.b.TestSend(t.Context(), l.shop, trigger.CustomerDeactivated, c)
	must(t, err)
	if d = l.delivery(t, d.ID); d.State != bridge.Suppressed || d.Reason != "This trigger is switched off." {
		t.Errorf("switched off: %s, %q", d.State, d.Reason)
	}
	if _, err := l.b.Delivery(t.Context(), "shop_other", d.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another shop sees it: %v", err)
	}
}
