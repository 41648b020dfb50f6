//go:build unix

package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
)

// in runs fn in a transaction that must commit.
func in(t *testing.T, db *store.DB, fn func(*store.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// Webhooks checks the queue of webhooks: due ones are claimed by one process each, come back when their claimer
// dies, and belong to one shop.
func Webhooks(t *testing.T, db *store.DB, clock *Clock) {
	add := func(shop string, i int, due time.Time) {
		in(t, db, func(tx *store.Tx) error {
			return tx.AddHookDelivery(texting.HookDelivery{
				ID: fmt.Sprintf("whd_%s_%03d", shop, i), ShopID: shop, WebhookID: "w_" + shop, Event: "shop.test", Subject: "s", Payload: "{}",
				State: texting.HookQueued, DueAt: due, CreatedAt: tx.Now(),
			})
		})
	}
	claim := func(shop string, limit int) (list []texting.HookDelivery, err error) {
		err = db.InTx(t.Context(), func(tx *store.Tx) (err error) {
			list, err = tx.ClaimHooks(shop, tx.Now().Add(time.Minute), limit)
			return err
		})
		return list, err
	}
	for i := range 30 {
		add("a", i, clock.Now())
	}
	add("a", 99, clock.Now().Add(time.Second))
	add("b", 0, clock.Now().Add(-time.Second))

	in(t, db, func(tx *store.Tx) error {
		shops, err := tx.DueHookShops(tx.Now(), 10)
		if fmt.Sprint(shops) != "[b a]" {
			t.Errorf("shops due: %v", shops)
		}
		return err
	})
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for range 4 {
		wg.Go(func() {
			for {
				list, err := claim("a", 4)
				if err != nil {
					t.Error(err)
				}
				if err != nil || len(list) == 0 {
					return
				}
				mu.Lock()
				for _, d := range list {
					seen[d.ID]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(seen) != 30 {
		t.Errorf("%d of 30 due webhooks were claimed", len(seen))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s was claimed %d times", id, n)
		}
	}
	clock.Move(time.Minute)
	again, err := claim("a", 100)
	if err != nil || len(again) != 31 || again[0].ID != "whd_a_000" || again[0].Attempts != 2 {
		t.Errorf("after the lease %d came back, %v", len(again), err)
	}
	in(t, db, func(tx *store.Tx) error {
		d := again[0]
		d.State, d.FinishedAt, d.Status = texting.HookSent, tx.Now(), 200
		d.ShopID = "b" // another shop cannot finish it
		return tx.FinishHook(d)
	})
	in(t, db, func(tx *store.Tx) error {
		list, err := tx.HookDeliveries("a", tx.Now(), 100)
		for _, d := range list {
			if d.State != texting.HookQueued {
				t.Errorf("%s is %s", d.ID, d.State)
			}
		}
		return err
	})
}

// Subscribers checks that people belong to one shop, that a number belongs to one person of it, and that the
// ledger of consent is read in order.
func Subscribers(t *testing.T, db *store.DB, clock *Clock) {
	person := func(id, shop, phone string, psid int64) texting.Subscriber {
		return texting.Subscriber{
			ID: id, ShopID: shop, Phone: phone, PSID: psid, Email: "same@example.com", Status: texting.Subscribed, OptedInAt: clock.Now(),
			Tags: []string{"a"}, Properties: map[string]any{"n": 1.0}, CreatedAt: clock.Now(), UpdatedAt: clock.Now(),
		}
	}
	in(t, db, func(tx *store.Tx) error { return tx.AddSubscriber(person("s_1", "a", "+12125550101", 1)) })
	in(t, db, func(tx *store.Tx) error { return tx.AddSubscriber(person("s_2", "b", "+12125550101", 2)) })
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddSubscriber(person("s_3", "a", "+12125550101", 3)) })
	if err == nil {
		t.Error("a number belongs to two people of one shop")
	}
	for name, find := range map[string]func(*store.Tx, string) (texting.Subscriber, error){
		"id":     func(tx *store.Tx, shop string) (texting.Subscriber, error) { return tx.Subscriber(shop, "s_1") },
		"number": func(tx *store.Tx, shop string) (texting.Subscriber, error) { return tx.SubscriberByPSID(shop, 1) },
	} {
		in(t, db, func(tx *store.Tx) error {
			if got, err := find(tx, "a"); err != nil || got.ID != "s_1" || got.Properties["n"] != 1.0 || got.Tags[0] != "a" {
				t.Errorf("by %s: %+v, %v", name, got, err)
			}
			if got, err := find(tx, "b"); !fault.Is(err, fault.NotFound) {
				t.Errorf("by %s another shop finds %q, %v", name, got.ID, err)
			}
			return nil
		})
	}
	// Of two with one address the one who opted in last is meant; erased people keep no number, and may be many.
	clock.Move(time.Hour)
	in(t, db, func(tx *store.Tx) error { return tx.AddSubscriber(person("s_4", "a", "+12125550104", 4)) })
	in(t, db, func(tx *store.Tx) error {
		if got, err := tx.SubscriberByEmail("a", "same@example.com"); err != nil || got.ID != "s_4" {
			t.Errorf("by e-mail: %s, %v", got.ID, err)
		}
		for _, id := range []string{"s_1", "s_4"} {
			if err := tx.SaveSubscriber(texting.Subscriber{ID: id, ShopID: "a", Status: texting.Redacted}); err != nil {
				return err
			}
		}
		_, err := tx.SubscriberByPhone("a", "")
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("an erased person is found by no number: %v", err)
		}
		return nil
	})
	if err := db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.SaveSubscriber(texting.Subscriber{ID: "s_2", ShopID: "a"})
	}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another shop's person was changed: %v", err)
	}
	in(t, db, func(tx *store.Tx) error {
		for i, shop := range []string{"a", "b", "a"} {
			c := texting.Consent{ID: fmt.Sprint("con_", i), ShopID: shop, SubscriberID: "s_x", Phone: "+12125550101", Kind: texting.ConsentOptIn, At: tx.Now()}
			if err := tx.AddConsent(c); err != nil {
				return err
			}
		}
		list, err := tx.ConsentAfter("a", "con_0", 10)
		if len(list) != 1 || list[0].ID != "con_2" {
			t.Errorf("ledger after the first line: %+v", list)
		}
		return err
	})
}
