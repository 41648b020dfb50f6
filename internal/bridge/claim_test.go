package bridge_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// another makes one more shop like the line's, with an account of its own, and returns its id.
func (l *line) another(t testing.TB, n int) string {
	t.Helper()
	id := fmt.Sprintf("shop_x%03d", n)
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
		conn, err := tx.Connection(l.shop)
		if err != nil {
			return err
		}
		conn.ShopID, conn.TokenHash = id, "token of "+id
		if conn.Key, err = l.box.Seal(testKey, "connections/"+id+"/private_key"); err != nil {
			return err
		}
		if err := tx.SaveConnection(conn); err != nil {
			return err
		}
		return tx.SaveShop(bridge.Shop{ID: id, Name: "Shop " + id, Zone: "America/New_York"})
	}))
	return id
}

// crowd makes shops with one customer and some queued deliveries each, and returns the ids of these by shop. The id of a
// delivery begins with its shop.
func (l *line) crowd(t testing.TB, shops, each int) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for n := range shops {
		shop := l.another(t, n)
		customer := l.customerOf(t, shop, n)
		for i := range each {
			out[shop] = append(out[shop], l.queuedAt(t, shop, bridge.Delivery{
				ID: fmt.Sprintf("%s/%02d", shop, i), CustomerID: customer, Trigger: trigger.CustomerDeactivated, Key: fmt.Sprint(i), Lane: bridge.LaneEvent,
			}))
		}
	}
	return out
}

// customerOf makes a customer of a shop whose id at Postscript is known.
func (l *line) customerOf(t testing.TB, shop string, n int) string {
	t.Helper()
	id, phone, subscriber := fmt.Sprintf("cus_%s%020d", shop[len(shop)-4:], n), fmt.Sprintf("+1212235%04d", n), fmt.Sprint(7000+n)
	l.ps.mu.Lock()
	l.ps.people[phone] = subscriber
	l.ps.mu.Unlock()
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
		a := subscription.Account{Customer: subscription.Customer{ID: id, FirstName: "Ada", Phone: subscription.Phone(phone)}}
		if err := tx.SaveAccount(shop, a, nil); err != nil {
			return err
		}
		return tx.SetTexts(shop, id, bridge.TextsSubscribed, subscriber)
	}))
	return id
}

func (l *line) queuedAt(t testing.TB, shop string, d bridge.Delivery) string {
	t.Helper()
	was := l.shop
	l.shop = shop
	defer func() { l.shop = was }()
	return l.queued(t, d)
}

// stateOf returns where a delivery of a shop stands.
func (l *line) stateOf(t testing.TB, shop, id string) bridge.State {
	t.Helper()
	d, err := l.b.Delivery(t.Context(), shop, id)
	must(t, err)
	return d.State
}

// workAll works the bulk queues of shops at the same time, until each has ended all of its deliveries or failed, and
// returns the errors by shop.
func (l *line) workAll(t *testing.T, b *bridge.Bridge, shops map[string][]string) map[string]error {
	t.Helper()
	var mu sync.Mutex
	failed := map[string]error{}
	var all sync.WaitGroup
	deadline := time.Now().Add(40 * time.Second)
	for shop, ids := range shops {
		all.Go(func() {
			open := func(id string) bool {
				d, err := l.b.Delivery(t.Context(), shop, id)
				return err != nil || !ended(d)
			}
			for slices.ContainsFunc(ids, open) {
				again, err := b.DeliverBulk(t.Context(), shop)
				if time.Now().After(deadline) {
					err = errors.Join(err, errors.New("the queue did not come to an end"))
				}
				if err != nil {
					mu.Lock()
					failed[shop] = err
					mu.Unlock()
					return
				}
				time.Sleep(min(max(again.Sub(l.now()), time.Millisecond), 200*time.Millisecond)) // the pace is kept in real time
			}
		})
	}
	all.Wait()
	return failed
}

// arrivals counts how often each delivery arrived.
func (l *line) arrivals() map[string]int {
	out := map[string]int{}
	for _, c := range l.ps.fires() {
		out[c.ExternalID]++
	}
	return out
}

// TestShopsShareTransactionsNotFaults: of shops that are claimed together, one whose key cannot be opened is no obstacle
// for the others.
func TestShopsShareTransactionsNotFaults(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := connected(t, url)
		shops := l.crowd(t, 12, 6)
		const broken, unplugged = "shop_x003", "shop_x005"
		must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
			conn, err := tx.Connection(broken)
			if err != nil {
				return err
			}
			conn.Key = "not sealed by us"
			if err := tx.SaveConnection(conn); err != nil {
				return err
			}
			return tx.DeleteConnection(unplugged)
		}))
		failed := l.workAll(t, l.b, shops)
		if len(failed) != 1 || failed[broken] == nil {
			t.Errorf("failed: %v; want only %s", failed, broken)
		}
		came := l.arrivals()
		for shop, ids := range shops {
			for _, id := range ids {
				want, times := bridge.Sent, 1
				switch shop {
				case broken:
					want, times = bridge.Queued, 0
				case unplugged:
					want, times = bridge.Suppressed, 0
				}
				if got := l.stateOf(t, shop, id); got != want || came[id] != times {
					t.Errorf("%s is %s and came %d times, want %s and %d", id, got, came[id], want, times)
				}
			}
		}
	})
}

// spoiled is a store in which outcomes of one delivery cannot be stored.
type spoiled struct {
	bridge.Store
	id string
}

func (s spoiled) InTx(ctx context.Context, fn func(bridge.Tx) error) error {
	return s.Store.InTx(ctx, func(tx bridge.Tx) error { return fn(spoiledTx{tx, s.id}) })
}

type spoiledTx struct {
	bridge.Tx
	id string
}

func (tx spoiledTx) UpdateDeliveries(ds []bridge.Delivery) (map[string]bool, error) {
	if slices.ContainsFunc(ds, func(d bridge.Delivery) bool { return d.ID == tx.id }) {
		return nil, errors.New("this row cannot be kept")
	}
	return tx.Tx.UpdateDeliveries(ds)
}

// TestOutcomesAreNoHostages: what became of other shops' deliveries is stored although one of those that would have been
// stored with them cannot be.
func TestOutcomesAreNoHostages(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := connected(t, url)
		shops := l.crowd(t, 8, 4)
		b := l.over(spoiled{app.BridgeStore(l.db), "shop_x002/01"}, l.now, http.DefaultTransport)
		failed := l.workAll(t, b, shops)
		if len(failed) != 1 || failed["shop_x002"] == nil {
			t.Errorf("failed: %v; want only shop_x002", failed)
		}
		for shop, ids := range shops {
			for _, id := range ids {
				want := bridge.Sent
				if shop == "shop_x002" {
					want = bridge.Sending // until its time is up; then it is settled by rule
				}
				if got := l.stateOf(t, shop, id); got != want {
					t.Errorf("%s is %s, want %s", id, got, want)
				}
			}
		}
	})
}

// TestTwoShopsOfOneAccountKeepOnePace, also when they are claimed together.
func TestTwoShopsOfOneAccountKeepOnePace(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	shops := l.crowd(t, 2, 12)
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
		for shop := range shops {
			conn, err := tx.Connection(shop)
			if err != nil {
				return err
			}
			conn.TokenHash = "the same"
			if err := tx.SaveConnection(conn); err != nil {
				return err
			}
		}
		return nil
	}))
	if failed := l.workAll(t, l.b, shops); len(failed) > 0 {
		t.Fatal(failed)
	}
	fires := l.ps.fires()
	slices.SortFunc(fires, func(a, b call) int { return a.At.Compare(b.At) })
	if len(fires) != 24 {
		t.Errorf("%d arrived, want 24", len(fires))
	}
	for i := 15; i < len(fires); i++ {
		if gap := fires[i].At.Sub(fires[i-15].At); gap < time.Second {
			t.Fatalf("requests %d to %d came within %s", i-15, i, gap)
		}
	}
}

// waiting is a store in which bulk claims wait for something, with their transaction open.
type waiting struct {
	bridge.Store
	begun chan struct{}
	once  sync.Once
	until <-chan struct{}
}

func (s *waiting) InTx(ctx context.Context, fn func(bridge.Tx) error) error {
	return s.Store.InTx(ctx, func(tx bridge.Tx) error { return fn(waitingTx{tx, s}) })
}

type waitingTx struct {
	bridge.Tx
	s *waiting
}

func (tx waitingTx) ClaimDeliveries(shops []string, bulk bool, limit int) ([]bridge.Delivery, error) {
	if bulk {
		tx.s.once.Do(func() { close(tx.s.begun) })
		select {
		case <-tx.s.until:
		case <-time.After(15 * time.Second):
			return nil, errors.New("the answer did not come")
		}
	}
	return tx.Tx.ClaimDeliveries(shops, bulk, limit)
}

// TestAnAnswerWaitsForNoBulkBatch: while a batch of bulk work is being claimed, however long that takes, an answer of
// another shop, and one of a shop in that batch, are claimed and sent. On SQLite all share the one writer.
func TestAnAnswerWaitsForNoBulkBatch(t *testing.T) {
	t.Parallel()
	l := connected(t, pg.URL(t))
	shops := l.crowd(t, 4, 4)
	through := make(chan struct{})
	st := &waiting{Store: app.BridgeStore(l.db), begun: make(chan struct{}), until: through}
	b := l.over(st, l.now, http.DefaultTransport)
	failed := make(chan map[string]error, 1)
	go func() { failed <- l.workAll(t, b, shops) }()
	<-st.begun
	for _, shop := range []string{"shop_x000", l.shop} {
		n := 90 + len(shop)
		id := l.queuedAt(t, shop, bridge.Delivery{
			ID: shop + "/answer", CustomerID: l.customerOf(t, shop, n), Trigger: trigger.ReplyAnswered, Key: "answer",
			Lane: bridge.LaneAnswer, Facts: map[string]string{"answer": "Skipped."},
		})
		_, err := b.DeliverAnswers(t.Context(), shop)
		must(t, err)
		if got := l.stateOf(t, shop, id); got != bridge.Sent {
			t.Errorf("the answer of %s is %s while bulk work is being claimed", shop, got)
		}
	}
	close(through)
	if f := <-failed; len(f) > 0 {
		t.Error(f)
	}
}

// TestCrowdOfTwoProcesses: two processes work the queues of the same shops at the same time, of deliveries of all fates.
// Nothing arrives twice, all come to an end, no shop goes over its pace, and no handler fails: transactions that hold
// many shops' rows never stop each other.
func TestCrowdOfTwoProcesses(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := connected(t, url)
		shops := l.crowd(t, 40, 8)
		n := 0
		for shop := range shops {
			switch n++; n % 4 {
			case 1: // looked up first
				must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error { return tx.ForgetSubscribers(shop) }))
			case 2: // a notice of an order that is gone, so that its customer is held
				id := l.customerOf(t, shop, 500+n)
				shops[shop] = append(shops[shop], l.queuedAt(t, shop, bridge.Delivery{
					ID: shop + "/gone", CustomerID: id, Trigger: trigger.UpcomingOrder, Key: "UpcomingOrder/2030-01-01",
					Lane: bridge.LaneNotice, OrderDate: date("2030-01-01"),
				}))
			}
		}
		var mu sync.Mutex
		hit := 0
		l.ps.set(func(c call) int {
			mu.Lock()
			defer mu.Unlock()
			if hit++; hit%40 == 0 && strings.Contains(c.Path, "/triggers/") {
				return http.StatusTooManyRequests
			}
			return 0
		})
		var all sync.WaitGroup
		for range 2 {
			b := l.over(app.BridgeStore(l.db), l.now, http.DefaultTransport)
			all.Go(func() {
				if failed := l.workAll(t, b, shops); len(failed) > 0 {
					t.Error(failed)
				}
			})
		}
		all.Wait()
		l.judgeCrowd(t, shops)
	})
}

// judgeCrowd looks at what arrived.
func (l *line) judgeCrowd(t *testing.T, shops map[string][]string) {
	t.Helper()
	accepted, by := map[string]int{}, map[string][]time.Time{}
	for _, c := range l.ps.fires() {
		shop, _, _ := strings.Cut(c.ExternalID, "/")
		by[shop] = append(by[shop], c.At)
		if c.Status == 0 {
			accepted[c.ExternalID]++
		}
	}
	for shop, ids := range shops {
		for _, id := range ids {
			want, times := bridge.Sent, 1
			if strings.HasSuffix(id, "/gone") {
				want, times = bridge.Suppressed, 0
			}
			if got := l.stateOf(t, shop, id); got != want || accepted[id] != times {
				t.Errorf("%s is %s and arrived %d times, want %s and %d", id, got, accepted[id], want, times)
			}
		}
		slices.SortFunc(by[shop], time.Time.Compare)
		for i := 15; i < len(by[shop]); i++ {
			if gap := by[shop][i].Sub(by[shop][i-15]); gap < time.Second {
				t.Fatalf("requests %d to %d of %s came within %s", i-15, i, shop, gap)
			}
		}
	}
}
