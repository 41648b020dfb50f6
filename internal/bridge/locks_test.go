package bridge_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// taking notes in which order transactions take rows that others take too. On PostgreSQL two that take the same ones in
// different orders wait for each other for a second, and one of them begins again.
type taking struct {
	bridge.Store
	rows []string
}

func (s *taking) InTx(ctx context.Context, do func(bridge.Tx) error) error {
	return s.Store.InTx(ctx, func(tx bridge.Tx) error { return do(takingTx{tx, s}) })
}

type takingTx struct {
	bridge.Tx
	s *taking
}

func (tx takingTx) took(row string) { tx.s.rows = append(tx.s.rows, row) }

func (tx takingTx) Writers(from []bridge.From) ([]*bridge.Writer, error) {
	tx.took("customers")
	return tx.Tx.Writers(from)
}

func (tx takingTx) HeardFrom(shopID string) error {
	tx.took("connections")
	return tx.Tx.HeardFrom(shopID)
}

func (tx takingTx) Account(shopID, id string) (subscription.Account, error) {
	tx.took(id)
	return tx.Tx.Account(shopID, id)
}

// TestWebhooksTakeTheCustomerBeforeTheAccount: outcomes of deliveries do so too.
func TestWebhooksTakeTheCustomerBeforeTheAccount(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"a text":     incoming("im_1", phone, "SKIP"),
		"an opt-out": `{"webhook_id":"w","event":"shop.subscriber.opt_out","event_time":"2026-11-20T17:01:00","event_data":{"subscriber_id":"s_1","phone_number":"` + phone + `"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
				k := newTalk(t, db, clock, "", "")
				order := &taking{Store: k.lossy.Store}
				k.lossy.Store = order
				must(t, k.Receive(t.Context(), k.shop.ID, hookToken, hookSecret, []byte(body)))
				if diff := cmp.Diff([]string{"customers", "connections"}, order.rows); diff != "" {
					t.Errorf("rows are taken in another order (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestAnImportTakesCustomersInTheirOrder, whatever the order of the file.
func TestAnImportTakesCustomersInTheirOrder(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	order := &taking{Store: app.BridgeStore(l.db)}
	b := l.over(order, l.now, nil)
	const head = "customer_id,first_name,phone\n"
	rows := []string{"c1,Ada,+12122340001\n", "c2,Bea,+12122340002\n", "c3,Cleo,+12122340003\n"}
	report, err := b.Import(t.Context(), l.shop, strings.NewReader(head+strings.Join(rows, "")), bridge.ImportOptions{})
	must(t, err)
	if report.Imported != 3 {
		t.Fatalf("%d rows are in: %v", report.Imported, report.Bad)
	}
	order.rows = nil
	slices.Reverse(rows)
	_, err = b.Import(t.Context(), l.shop, strings.NewReader(head+strings.Join(rows, "")), bridge.ImportOptions{})
	must(t, err)
	if len(order.rows) != 3 || !slices.IsSorted(order.rows) {
		t.Errorf("customers are taken in the order %v", order.rows)
	}
}

// awayAfter is a store whose database is away for a while, once it has been told so.
type awayAfter struct {
	bridge.Store
	away chan int // how many transactions fail
}

func (s *awayAfter) InTx(ctx context.Context, do func(bridge.Tx) error) error {
	select {
	case n := <-s.away:
		if n > 1 {
			s.away <- n - 1
		}
		return fault.New(fault.Unavailable, "The database cannot be reached right now.")
	default:
		return s.Store.InTx(ctx, do)
	}
}

// TestWhatWasSentWhileTheDatabaseWentAwayIsNotSentTwice: the request was answered, and what it came to can be stored only
// when the database is back.
func TestWhatWasSentWhileTheDatabaseWentAwayIsNotSentTwice(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: l.customer(t, 1), Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
	st := &awayAfter{Store: app.BridgeStore(l.db), away: make(chan int, 1)}
	l.ps.set(func(c call) int {
		if strings.Contains(c.Path, "/subscribers/") && c.Method == "POST" {
			st.away <- 3
		}
		return 0
	})
	b := l.over(st, l.now, nil)
	l.untilFiredBy(t, b, func() int { return len(l.ps.fires()) })
	if d := l.delivery(t, id); d.State != bridge.Sent {
		t.Errorf("it is %s, and would be sent again when its sender is taken for dead", d.State)
	}
	l.forward(2 * time.Minute)
	_, err := b.DeliverBulk(t.Context(), l.shop)
	must(t, err)
	if n := len(l.ps.fires()); n != 1 {
		t.Errorf("it was sent %d times", n)
	}
}
