package bridge_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
)

// talks runs a test with one customer of one shop, on both databases.
func talks(t *testing.T, settings, subs string, run func(t *testing.T, k *talk)) {
	t.Helper()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		run(t, newTalk(t, db, clock, settings, subs))
	})
}

const oneCoffee = "House Blend, 1 month, 2026-11-25\n"

// incoming is the literal JSON of an incoming message.
func incoming(id, from, body string) string {
	return fmt.Sprintf(`{"webhook_id":"5f2f0b0e-6a1b-4c62-9a0e-1c1c7f6a0001","resource_type":"shop","resource_id":"shop_1",
		"event_time":"2026-11-20T17:00:00.000000","event":"shop.incoming_message","event_data":{"id":%q,"subscriber_id":"s_9","shop_id":"shop_1",
		"is_opt_out":false,"shopify_customer_id":null,"from_number":%q,"created_at":"2026-11-20T17:00:00.000000","body":%q}}`, id, from, body)
}

func (k *talk) replies() (list []bridge.Reply) {
	k.t.Helper()
	must(k.t, k.db.Read(k.t.Context(), func(tx *store.Tx) (err error) {
		list, err = tx.Replies(k.shop.ID, k.customer.ID, 100)
		return err
	}))
	return list
}

func TestReceiveChecksItsSenderAndItsBody(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		must(t, k.SaveShop(t.Context(), bridge.Shop{ID: "shp_new", Name: "Not connected", Zone: "UTC"}))
		good := incoming("im_a", phone, "SKIP")
		for _, c := range []struct {
			name, shop, signature, secret, body string
			want                                fault.Kind
		}{
			{"right", k.shop.ID, hookToken, hookSecret, good, ""},
			{"wrong signature", k.shop.ID, hookToken + "x", hookSecret, good, fault.Unauthorized},
			{"no signature", k.shop.ID, "", hookSecret, good, fault.Unauthorized},
			{"wrong secret", k.shop.ID, hookToken, "our-secreT", good, fault.Unauthorized},
			{"no secret", k.shop.ID, hookToken, "", good, fault.Unauthorized},
			{"both wrong", k.shop.ID, "a", "b", good, fault.Unauthorized},
			{"exchanged", k.shop.ID, hookSecret, hookToken, good, fault.Unauthorized},
			{"a shop that is not connected", "shp_new", hookToken, hookSecret, good, fault.Unauthorized},
			{"not connected, nothing given", "shp_new", "", "", good, fault.Unauthorized},
			{"no such shop", "shp_none", hookToken, hookSecret, good, fault.Unauthorized},
			{"no JSON", k.shop.ID, hookToken, hookSecret, "SKIP", fault.Invalid},
			{"an array", k.shop.ID, hookToken, hookSecret, "[]", fault.Invalid},
			{"no event", k.shop.ID, hookToken, hookSecret, "{}", fault.Invalid},
			{"no id", k.shop.ID, hookToken, hookSecret, incoming("", phone, "SKIP"), fault.Invalid},
			{"no data", k.shop.ID, hookToken, hookSecret, `{"event":"shop.incoming_message"}`, fault.Invalid},
			{"an opt-out of nobody", k.shop.ID, hookToken, hookSecret, `{"event":"shop.subscriber.opt_out","event_data":{}}`, fault.Invalid},
			{"a test", k.shop.ID, hookToken, hookSecret, `{"event":"shop.test","event_data":{}}`, ""},
			{"an event we do not know", k.shop.ID, hookToken, hookSecret, `{"event":"shop.something_new"}`, ""},
		} {
			err := k.Receive(t.Context(), c.shop, c.signature, c.secret, []byte(c.body))
			if got := fault.KindOf(err); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if err != nil && (strings.Contains(err.Error(), "2125550123") || strings.Contains(err.Error(), "SKIP")) {
				t.Errorf("%s: the error repeats the number or the text: %v", c.name, err)
			}
		}
		if n := len(k.replies()); n != 1 {
			t.Errorf("%d replies were stored, want the right one only", n)
		}
		c, err := k.Connection(t.Context(), k.shop.ID)
		must(t, err)
		if !c.LastReplyAt.Equal(k.clock.Now()) {
			t.Errorf("last heard from at %s", c.LastReplyAt)
		}
	})
}

func TestReceiveStoresWhatStrangersSend(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		for i, body := range []string{"a\x00b", "naïve ☕ \u202e", "", strings.Repeat("skip ", 2000)} {
			k.text(body, false)
			k.handle()
			k.clock.Move(time.Minute)
			if got := k.replies()[0]; got.State != bridge.ReplyPerson {
				t.Errorf("body %d is %s, want it left to a person", i, got.State)
			}
		}
		// Nobody we know, and a number that is none but a subscriber we know.
		must(t, k.Receive(t.Context(), k.shop.ID, hookToken, hookSecret, []byte(incoming("im_x", "+12125550199", "SKIP"))))
		must(t, k.db.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.SetTexts(k.shop.ID, k.customer.ID, bridge.TextsSubscribed, "s_9")
		}))
		must(t, k.Receive(t.Context(), k.shop.ID, hookToken, hookSecret, []byte(incoming("im_y", "262966", "SKIP"))))
		k.handle()
		if got, want := k.orders(), "House Blend 2026-12-25"; got != want {
			t.Errorf("orders: %s, want %s", got, want)
		}
	})
}

func TestConsentFromPostscript(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		event := func(name, at, data string) string {
			return fmt.Sprintf(`{"webhook_id":"w","event":"shop.subscriber.%s","event_time":"%s","event_data":%s}`, name, at, data)
		}
		for _, c := range []struct {
			name, body string
			want       bridge.Texts
		}{
			{"opted in, by number", event("opt_in", "2026-11-20T17:00:00", `{"subscriber_id":"s_1","phone_number":"+12125550123"}`), bridge.TextsSubscribed},
			{"opted out, by id alone", event("opt_out", "2026-11-20T17:01:00", `{"subscriber_id":"s_1"}`), bridge.TextsOptedOut},
			{"again", event("opt_out", "2026-11-20T17:01:00", `{"subscriber_id":"s_1"}`), bridge.TextsOptedOut},
			{"the old opt-in once more, late", event("opt_in", "2026-11-20T16:00:00", `{"subscriber_id":"s_1"}`), bridge.TextsOptedOut},
			{"a new opt-in, nested and written otherwise", event("opt_in", "2026-11-20T18:00:00", `{"subscriber":{"id":"s_2","phone":"(212) 555-0123"}}`), bridge.TextsSubscribed},
			{"somebody else's opt-out", event("opt_out", "2026-11-20T18:00:00", `{"subscriber_id":"s_77","phone":"+12125550177"}`), bridge.TextsSubscribed},
		} {
			must(t, k.Receive(t.Context(), k.shop.ID, hookToken, hookSecret, []byte(c.body)))
			who, err := k.Customer(t.Context(), k.shop.ID, k.customer.ID)
			must(t, err)
			if who.Texts != c.want {
				t.Errorf("%s: texts are %q, want %q", c.name, who.Texts, c.want)
			}
		}
		who, err := k.Customer(t.Context(), k.shop.ID, k.customer.ID)
		must(t, err)
		if who.Subscriber != "s_2" {
			t.Errorf("subscriber is %q, want the newest id", who.Subscriber)
		}
		n := 0
		for _, l := range k.trace(k.customer.ID) {
			if strings.HasPrefix(l, "consent:") {
				n++
			}
		}
		if n != 4 {
			t.Errorf("%d lines of consent in the trace, want one for each that was news or refused", n)
		}
	})
}

// Whatever arrives at once, and whoever handles it, each reply acts once, in the order it came.
func TestRepliesActOnceInOrder(t *testing.T) {
	t.Parallel()
	talks(t, "", "House Blend, 1 week, 2026-12-02\n", func(t *testing.T, k *talk) {
		ctx := t.Context()
		atOnce := func(n int, do func(i int) error) {
			var wg sync.WaitGroup
			for i := range n {
				wg.Go(func() {
					if err := do(i); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		// The same webhook eight times at once, and the same words under eight ids.
		atOnce(8, func(int) error {
			return k.Receive(ctx, k.shop.ID, hookToken, hookSecret, []byte(incoming("im_same", phone, "SKIP")))
		})
		atOnce(8, func(i int) error {
			return k.Receive(ctx, k.shop.ID, hookToken, hookSecret, []byte(incoming(fmt.Sprintf("im_other%d", i), phone, "SKIP")))
		})
		for _, body := range []string{"UNDO", "DELAY 3 DAYS", "NEXT", "DELAY 4 DAYS"} {
			k.text(body, false)
		}
		atOnce(6, func(int) error {
			_, err := k.AnswerReplies(ctx, k.shop.ID+"/"+k.customer.ID)
			return err
		})
		k.handle()
		want := []string{
			"OrderSkipped | Wednesday, December 2 | Wednesday, December 9 | House Blend",
			"OrderDelayed | Wednesday, December 2 | Saturday, December 5 | House Blend",
			"Undone: your order of Wednesday, December 2 is back.",
			"Your next order is on Saturday, December 5: House Blend ($24.00). You can skip it until Thursday, December 3 at 11:59 PM EST: reply SKIP. After that: Saturday, December 12 and Saturday, December 19.",
			"Your order of Wednesday, December 2 is already moved to Saturday, December 5. Reply UNDO first if you want another date.",
		}
		got := map[string]int{}
		for _, said := range k.sent() {
			got[said]++
		}
		wanted := map[string]int{}
		for _, w := range want {
			wanted[w] = 1
		}
		if diff := cmp.Diff(wanted, got); diff != "" {
			t.Errorf("said (-want +got):\n%s", diff)
		}
		states := map[bridge.ReplyState]int{}
		var last time.Time
		for _, r := range k.replies() { // newest first
			states[r.State]++
			if !last.IsZero() && !r.ReceivedAt.Before(last) {
				t.Errorf("two replies have the same place in the order")
			}
			last = r.ReceivedAt
		}
		if diff := cmp.Diff(map[bridge.ReplyState]int{bridge.ReplyDone: 5, bridge.ReplyRepeated: 8}, states); diff != "" {
			t.Errorf("states (-want +got):\n%s", diff)
		}
	})
}

func TestRepliesStayInTheirShop(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		k.text("SKIP", false)
		other := bridge.Shop{ID: "shp_other", Name: "Other", Zone: "UTC"}
		must(t, k.SaveShop(t.Context(), other))
		stranger, err := k.CreateCustomer(t.Context(), other.ID, subscription.Customer{Phone: phone}, merchant)
		must(t, err)
		for _, key := range []string{other.ID + "/" + k.customer.ID, k.shop.ID + "/" + stranger.ID, "nonsense", "/"} {
			if _, err := k.AnswerReplies(t.Context(), key); err == nil {
				t.Errorf("%q was handled", key)
			}
		}
		if _, err := k.AnswerReplies(t.Context(), other.ID+"/"+stranger.ID); err != nil {
			t.Error(err)
		}
		if got := k.orders(); got != "House Blend 2026-11-25" {
			t.Errorf("another shop's key skipped the order: %s", got)
		}
		if _, err := k.Act(t.Context(), other.ID, k.customer.ID, bridge.Ask{Command: bridge.Skip, OrderDate: date("2026-11-25"), DedupeKey: "x"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("another shop's action: %v", err)
		}
		keys, err := k.DueReplies(t.Context(), k.clock.Now(), 10)
		must(t, err)
		if diff := cmp.Diff([]string{k.shop.ID + "/" + k.customer.ID}, keys); diff != "" {
			t.Errorf("due (-want +got):\n%s", diff)
		}
		k.handle()
		if at, err := k.NextReply(t.Context()); err != nil || !at.IsZero() {
			t.Errorf("next reply %s, %v; want none", at, err)
		}
	})
}

// crashing is a store whose transactions are lost, complete but not committed, as often as it is told to.
type crashing struct {
	bridge.Store
	lose          int
	began         atomic.Pointer[func()] // called as a transaction begins
	before, after func() error           // what comes of a transaction before it is committed, and after
	writes, reads atomic.Int32           // transactions begun
}

func (c *crashing) Read(ctx context.Context, fn func(bridge.Tx) error) error {
	c.reads.Add(1)
	return c.Store.Read(ctx, fn)
}

func (c *crashing) InTx(ctx context.Context, fn func(bridge.Tx) error) error {
	c.writes.Add(1)
	if began := c.began.Load(); began != nil {
		(*began)()
	}
	err := c.Store.InTx(ctx, func(tx bridge.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if c.lose > 0 {
			c.lose--
			return errAway
		}
		if c.before != nil {
			return c.before()
		}
		return nil
	})
	if err == nil && c.after != nil {
		return c.after()
	}
	return err
}

var errAway = fault.New(fault.Unavailable, "The database went away.")

// Whatever is lost on the way, a reply that Postscript and the engine try again acts once, and is confirmed once.
func TestACrashAtAnyStepActsOnce(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		for lost := range 4 {
			id := fmt.Sprintf("im_crash%d", lost)
			k.lossy.lose = lost
			for k.Receive(t.Context(), k.shop.ID, hookToken, hookSecret, []byte(incoming(id, phone, "SKIP"))) != nil {
			}
			k.lossy.lose = lost
			for {
				if _, err := k.AnswerReplies(t.Context(), k.shop.ID+"/"+k.customer.ID); err == nil {
					break
				} else if !fault.Is(err, fault.Unavailable) {
					t.Fatal(err)
				}
			}
			must(t, k.Receive(t.Context(), k.shop.ID, hookToken, hookSecret, []byte(incoming(id, phone, "SKIP"))))
			k.handle()
			if diff := cmp.Diff([]string{"OrderSkipped | Wednesday, November 25 | Friday, December 25 | House Blend"}, k.sent()); diff != "" {
				t.Fatalf("lost %d: told (-want +got):\n%s", lost, diff)
			}
			k.clock.Move(5 * time.Minute)
			k.text("UNDO", false)
			k.handle()
			k.clock.Move(5 * time.Minute)
			if said, stands := k.sent(), k.orders(); len(said) != 1 || stands != "House Blend 2026-11-25" {
				t.Fatalf("lost %d: after UNDO: %q, %s", lost, said, stands)
			}
		}
	})
}
