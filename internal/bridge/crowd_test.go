package bridge_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
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
