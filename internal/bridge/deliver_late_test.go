package bridge_test

import (
	"context"
	"net/http"
	"strings"
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

// meanwhile runs do while Postscript is answering the first request that is like this.
func (l *line) meanwhile(t *testing.T, like string, status int, do func(tx *store.Tx) error) {
	t.Helper()
	done := false
	l.ps.set(func(c call) int {
		if done || !strings.HasPrefix(c.Method+" "+c.Path, like) {
			return 0
		}
		done = true
		if err := l.db.InTx(t.Context(), do); err != nil {
			t.Error(err)
		}
		return status
	})
}

// untilFired runs the bulk handler until something has been fired.
func (l *line) untilFired(t *testing.T, fired func() int) {
	t.Helper()
	l.untilFiredBy(t, l.b, fired)
}

func (l *line) untilFiredBy(t *testing.T, b *bridge.Bridge, fired func() int) {
	t.Helper()
	for range 100 {
		_, err := b.DeliverBulk(t.Context(), l.shop)
		must(t, err)
		if fired() > 0 {
			return
		}
		time.Sleep(bridge.Spacing) // the pace is kept in real time
	}
	t.Fatal("nothing was sent")
}

func (l *line) texts(t *testing.T, id string) (texts bridge.Texts, subscriber string) {
	t.Helper()
	c, err := l.b.Customer(t.Context(), l.shop, id)
	must(t, err)
	return c.Texts, c.Subscriber
}

func TestAnOptOutThatComesDuringTheLookUpStands(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]bool{"found": true, "not found": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onDatabases(t, func(t *testing.T, url string) {
				l := connected(t, url)
				c := l.customer(t, 1)
				if !known {
					l.ps.mu.Lock()
					clear(l.ps.people)
					l.ps.mu.Unlock()
				}
				l.meanwhile(t, "GET /v1/subscribers", 0, func(tx *store.Tx) error {
					return tx.SetTexts(l.shop, c, bridge.TextsOptedOut, "")
				})
				l.carry(t, l.deactivated(t, c, "dlv_1"))
				if got, _ := l.texts(t, c); got != bridge.TextsOptedOut {
					t.Errorf("the customer is %q, want opted out", got)
				}
			})
		})
	}
}

func TestWhatWasAskedAboutAnOldNumberIsNotKeptForTheNewOne(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	c := l.customer(t, 1)
	l.meanwhile(t, "GET /v1/subscribers", 0, func(tx *store.Tx) error {
		return tx.SaveAccount(l.shop, subscription.Account{Customer: subscription.Customer{ID: c, FirstName: "Ada", Phone: "+12122340099"}}, nil)
	})
	l.carry(t, l.deactivated(t, c, "dlv_1"))
	if texts, subscriber := l.texts(t, c); subscriber != "" || texts != bridge.TextsUnknown {
		t.Errorf("the new number has subscriber %q, %q: every text would go to the old one", subscriber, texts)
	}
}

func TestIDsOfAnAccountThatWasReplacedMeanwhileAreNotKept(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	c := l.customer(t, 1)
	l.meanwhile(t, "GET /v1/subscribers", 0, func(tx *store.Tx) error {
		conn, err := tx.Connection(l.shop)
		if err != nil {
			return err
		}
		conn.TokenHash = "of another account"
		return tx.SaveConnection(conn)
	})
	l.carry(t, l.deactivated(t, c, "dlv_1"))
	if _, subscriber := l.texts(t, c); subscriber != "" {
		t.Errorf("subscriber %q of the old account is kept for the new one", subscriber)
	}
}

// TestALateOutcomeLeavesAnotherSenderAlone: a process that stood still for longer than its lease finds that another
// one has recovered its delivery and is sending it.
func TestALateOutcomeLeavesAnotherSenderAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		want   bridge.State
	}{
		"try later": {500, bridge.Sending}, "refused": {400, bridge.Sending}, "unknown": {-1, bridge.Sending},
		"sent": {0, bridge.Sent}, // it has arrived, whoever asks
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := connected(t, "")
			cus := l.customer(t, 1)
			id := l.deactivated(t, cus, "dlv_1")
			l.meanwhile(t, "POST /v1/triggers/", c.status, func(tx *store.Tx) error {
				d, err := tx.Delivery(l.shop, id)
				if err != nil {
					return err
				}
				d.State, d.Attempts, d.DueAt = bridge.Sending, 2, d.DueAt.Add(2*time.Minute)
				_, err = tx.UpdateDeliveries([]bridge.Delivery{d})
				return err
			})
			l.untilFired(t, func() int { return len(l.ps.fires()) })
			if d := l.delivery(t, id); d.State != c.want || d.State == bridge.Sending && d.Attempts != 2 {
				t.Errorf("it is %s after %d tries, want %s after 2", d.State, d.Attempts, c.want)
			}
		})
	}
}

func TestAnUnknownOutcomeIsNotRepeatedForEver(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	l.ps.set(func(c call) int {
		if strings.Contains(c.Path, "/subscribers/") {
			return -1
		}
		return 0
	})
	id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: l.customer(t, 1), Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
	for range 30 {
		_, err := l.b.DeliverBulk(t.Context(), l.shop)
		must(t, err)
		l.forward(time.Hour)
	}
	if d := l.delivery(t, id); d.State != bridge.Unknown || !strings.Contains(d.Reason, "not known whether it arrived") {
		t.Errorf("after 30 hours it is %s, %d tries, %q", d.State, d.Attempts, d.Reason)
	}
}

func TestAKeyThatCannotBeOpenedLeavesDeliveriesUntouched(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	id := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: l.customer(t, 1), Trigger: trigger.CustomerDeactivated, Key: "a", Lane: bridge.LaneEvent})
	other, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(other)
	must(t, err)
	b := bridge.New(bridge.Options{
		Store: app.BridgeStore(l.db), Waker: noWaker{}, Sealer: box, Now: l.now,
		Postscript: func(key string, _ bool) (bridge.Postscript, error) {
			return app.NewPostscript(l.ps.URL, http.DefaultClient, key, "")
		},
	})
	for tries := 0; err == nil; tries++ {
		if tries > 20 {
			t.Fatal("the wrong key file went unnoticed")
		}
		_, err = b.DeliverBulk(t.Context(), l.shop)
		time.Sleep(bridge.Spacing) // the pace is kept in real time
	}
	if d := l.delivery(t, id); d.State != bridge.Queued || d.Attempts != 0 {
		t.Errorf("it is %s after %d tries, but nothing was ever sent", d.State, d.Attempts)
	}
}

// TestANoticeThatMayHaveArrivedIsNotToldTwice: the first try's answer was lost, then the order went and came back.
func TestANoticeThatMayHaveArrivedIsNotToldTwice(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := connected(t, url)
		ctx := t.Context()
		l.forward(time.Until(day(date("2026-12-07"), 15)))
		c := l.customer(t, 1)
		_, err := l.b.CreateSubscription(ctx, l.shop, c, coffee("2026-12-10"), trigger.Cause{Actor: trigger.Merchant, Silent: false})
		must(t, err)
		told := func() (n int) {
			for _, f := range l.ps.fires() {
				if strings.Contains(f.Body, `"reply_by"`) {
					n++
				}
			}
			return n
		}
		cut := false
		l.ps.set(func(c call) int {
			if !cut && strings.Contains(c.Body, `"reply_by"`) {
				cut = true
				return -1
			}
			return 0
		})
		notice := func() {
			_, err := l.b.HandleNotice(ctx, "")
			must(t, err)
		}
		notice()
		l.untilFired(t, told)
		act := func(c2 bridge.Command, key string) {
			_, err := l.b.Act(ctx, l.shop, c, bridge.Ask{Command: c2, OrderDate: date("2026-12-10"), Actor: trigger.Merchant, DedupeKey: key})
			must(t, err)
		}
		queued := func() int {
			list, err := l.b.Deliveries(ctx, l.shop, bridge.DeliveryFilter{CustomerID: c, State: bridge.Queued})
			must(t, err)
			return len(list)
		}
		empty := func() bool { l.forward(time.Second); return queued() == 0 }
		act(bridge.Skip, "1")
		l.run(t, l.b, empty)
		act(bridge.Unskip, "2")
		notice()
		l.run(t, l.b, empty)
		if n := told(); n != 1 {
			t.Errorf("the customer was told %d times of one order", n)
		}
	})
}

// racing lets something be committed right after a transaction has looked at an account for the first time.
type racing struct {
	bridge.Store
	after func()
}

func (r *racing) InTx(ctx context.Context, fn func(bridge.Tx) error) error {
	return r.Store.InTx(ctx, func(tx bridge.Tx) error { return fn(racingTx{tx, r}) })
}

type racingTx struct {
	bridge.Tx
	r *racing
}

func (tx racingTx) KnownCustomers(ids []string) (map[string]bridge.Known, error) {
	known, err := tx.Tx.KnownCustomers(ids)
	if after := tx.r.after; after != nil && len(known) > 0 {
		tx.r.after = nil
		after()
	}
	return known, err
}

// TestAnOrderThatComesBackWhileItsNoticeIsTakenBackIsTold: on PostgreSQL the two can happen at once.
func TestAnOrderThatComesBackWhileItsNoticeIsTakenBackIsTold(t *testing.T) {
	t.Parallel()
	l := connected(t, pg.URL(t))
	ctx := t.Context()
	l.forward(time.Until(day(date("2026-12-07"), 15)))
	c := l.customer(t, 1)
	_, err := l.b.CreateSubscription(ctx, l.shop, c, coffee("2026-12-10"), trigger.Cause{Actor: trigger.Merchant})
	must(t, err)
	l.run(t, l.b, func() bool { return len(l.ps.fires()) == 1 }) // Subscription Created
	_, err = l.b.HandleNotice(ctx, "")
	must(t, err)
	// The order is gone, but its notice is still queued: as after a skip that came while it was being sent.
	skipped := func(skip bool) {
		must(t, l.db.InTx(ctx, func(tx *store.Tx) error {
			a, err := tx.Account(l.shop, c)
			if err != nil {
				return err
			}
			a.Subscriptions[0].Next, a.Subscriptions[0].Skipped = date("2026-12-10"), nil
			if skip {
				a.Subscriptions[0].Next, a.Subscriptions[0].Skipped = date("2027-01-10"), []subscription.Date{date("2026-12-10")}
			}
			return tx.SaveAccount(l.shop, a, nil)
		}))
	}
	skipped(true)
	r := &racing{Store: app.BridgeStore(l.db), after: func() { skipped(false) }}
	b := bridge.New(bridge.Options{
		Store: r, Waker: noWaker{}, Sealer: l.box, Now: l.now,
		Postscript: func(key string, _ bool) (bridge.Postscript, error) {
			return app.NewPostscript(l.ps.URL, &http.Client{Timeout: 5 * time.Second}, key, "")
		},
	})
	l.run(t, b, func() bool {
		list, err := l.b.Deliveries(ctx, l.shop, bridge.DeliveryFilter{CustomerID: c, Trigger: trigger.UpcomingOrder, Limit: 1})
		must(t, err)
		return ended(list[0])
	})
	if len(l.ps.fires()) != 2 {
		t.Error("the order stands, and its customer was not told")
	}
}
