package bridge_test

import (
	"context"
	"errors"
	"io"
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
	"rejoinder/internal/trigger"
)

// together is a store that makes everybody's transactions wait for a moment, so that many gather meanwhile.
type together struct{ bridge.Store }

func (s together) InTx(ctx context.Context, fn func(bridge.Tx) error) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(30 * time.Millisecond):
	}
	return s.Store.InTx(ctx, fn)
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
		b := l.over(together{app.BridgeStore(l.db)}, l.now, http.DefaultTransport)
		failed := l.workAll(t, b, shops)
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
		b := l.over(together{spoiled{app.BridgeStore(l.db), "shop_x002/01"}}, l.now, http.DefaultTransport)
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

// TestShopsOfOneAccountKeepOnePace, also when they are claimed together.
func TestShopsOfOneAccountKeepOnePace(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	shops := l.crowd(t, 6, 5)
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
	b := l.over(together{app.BridgeStore(l.db)}, l.now, http.DefaultTransport)
	if failed := l.workAll(t, b, shops); len(failed) > 0 {
		t.Fatal(failed)
	}
	fires := l.ps.fires()
	slices.SortFunc(fires, func(a, b call) int { return a.At.Compare(b.At) })
	if len(fires) != 30 {
		t.Errorf("%d arrived, want 30", len(fires))
	}
	for i := 15; i < len(fires); i++ {
		if gap := fires[i].At.Sub(fires[i-15].At); gap < time.Second {
			t.Fatalf("requests %d to %d came within %s", i-15, i, gap)
		}
	}
}

// refusing refuses every request with a body.
type refusing string

func (body refusing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	return &http.Response{
		StatusCode: http.StatusBadRequest, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(string(body))),
	}, nil
}

// TestAnAnswerWithNULIsKept: PostgreSQL has no text with NUL in it. An outcome that cannot be stored would be taken for
// unknown, and the trigger be sent again and again.
func TestAnAnswerWithNULIsKept(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := connected(t, url)
		l.crowd(t, 2, 1)
		for shop, body := range map[string]string{
			"shop_x000": `{"error_code":3001,"error_message":"No such \u0000 thing.","success":false}`, "shop_x001": "No such\x00 thing.",
		} {
			id := shop + "/00"
			b := l.over(app.BridgeStore(l.db), l.now, refusing(body))
			if failed := l.workAll(t, b, map[string][]string{shop: {id}}); len(failed) > 0 {
				t.Error(failed)
				continue
			}
			d, err := l.b.Delivery(t.Context(), shop, id)
			must(t, err)
			if d.State != bridge.Refused || !strings.Contains(d.Reason, "No such thing.") || !strings.Contains(d.Answer, "No such") {
				t.Errorf("%s is %s: %q; answer %q", id, d.State, d.Reason, d.Answer)
			}
		}
	})
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
