package bridge_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/trigger"
)

func TestLegacyDelivery(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := connected(t, url)
		c := l.customer(t, 1)
		first := l.queued(t, bridge.Delivery{ID: "dlv_1", CustomerID: c, Trigger: trigger.PaymentMethodUpdated, Key: "a", Lane: bridge.LaneEvent})
		second := l.deactivated(t, c, "dlv_2")
		l.run(t, l.b, func() bool { return ended(l.delivery(t, first)) && ended(l.delivery(t, second)) })
		d := l.delivery(t, first)
		if d.State != bridge.Sent || d.Status != 200 || d.Reason != "" {
			t.Errorf("ended %s, status %d, %q", d.State, d.Status, d.Reason)
		}
		fires := l.ps.fires() // in either order: one that misses its slot lets the other go first
		sent := fires[slices.IndexFunc(fires, func(c call) bool { return c.ExternalID == first })]
		for _, want := range []string{`"first_name":"Ada"`, `"card_brand":"payment method"`, `"card_last4":"****"`, `"account_page_link":"https://rejoinder.example/a/`} {
			if !strings.Contains(sent.Body, want) {
				t.Errorf("the request lacks %s:\n%s", want, sent.Body)
			}
		}
		if strings.Contains(sent.Body, "last_name") {
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
			l := connected(t, "")
			must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
				sh, err := tx.Shop(l.shop)
				if err != nil {
					return err
				}
				sh.Settings.MayMiss = c.mayMiss
				return tx.SaveShop(sh)
			}))
			l.ps.set(c.fail())
			id := l.deactivated(t, l.customer(t, 1), "dlv_1")
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
	l := connected(t, "")
	c := l.customer(t, 1)
	l.ps.mu.Lock()
	clear(l.ps.people)
	l.ps.mu.Unlock()
	if d := l.carry(t, l.deactivated(t, c, "dlv_1")); d.State != bridge.Suppressed || d.Reason != "Not a Postscript subscriber." {
		t.Errorf("ended %s, %q", d.State, d.Reason)
	}
	asked := len(l.ps.all())
	if l.carry(t, l.deactivated(t, c, "dlv_2")); len(l.ps.all()) != asked {
		t.Error("Postscript was asked again within the day")
	}
}

// Somebody who opted out before the shop was connected is found out when they are first looked up.
func TestAnEarlierOptOutIsFoundOut(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	c := l.customer(t, 1)
	l.ps.mu.Lock()
	l.ps.out = map[string]bool{"9001": true}
	l.ps.mu.Unlock()
	if d := l.carry(t, l.deactivated(t, c, "dlv_1")); d.State != bridge.Suppressed || d.Reason != "The customer has opted out of texts." || len(l.ps.fires()) != 0 {
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
	l := connected(t, "")
	c := l.customer(t, 1)
	must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error { return tx.SetTexts(l.shop, c, bridge.TextsSubscribed, "stale") }))
	if d := l.carry(t, l.deactivated(t, c, "dlv_1")); d.State != bridge.Sent {
		t.Errorf("ended %s, %q", d.State, d.Reason)
	}
}

func TestACrashedSendIsRepeatedWithTheSameID(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := connected(t, url)
		c := l.customer(t, 1)
		id := l.deactivated(t, c, "dlv_1")
		// A process that claimed it and died: the row says sending, and its time runs out.
		must(t, l.db.InTx(t.Context(), func(tx *store.Tx) error {
			d, err := tx.Delivery(l.shop, id)
			if err != nil {
				return err
			}
			d.State, d.Attempts, d.DueAt = bridge.Sending, 1, tx.Now().Add(time.Minute)
			_, err = tx.UpdateDeliveries([]bridge.Delivery{d})
			return err
		}))
		_, err := l.b.DeliverBulk(t.Context(), l.shop)
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
		l := connected(t, url)
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
	l := connected(t, "")
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
