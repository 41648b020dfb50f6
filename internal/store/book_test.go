//go:build unix

package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
)

func inTx(t *testing.T, db *store.DB, do func(tx *store.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func whole(id string) subscription.Account {
	next, last := subscription.NewDate(2026, time.December, 31), subscription.NewDate(2026, time.November, 30)
	return subscription.Account{
		Customer: subscription.Customer{
			ID: "cus_" + id, ExternalID: "c-" + id, FirstName: "Zoë", LastName: "Sample%", Email: id + "@shop.example", Phone: "+12125550123",
			Zone: "America/New_York", State: "NY", Payment: subscription.Payment{Brand: "Visa", Last4: "4242", Fingerprint: "f"},
		},
		Subscriptions: []subscription.Subscription{{
			ID: "sub_" + id, ExternalID: "s-" + id, Items: []subscription.Item{{ProductID: "p", Name: "Tea", Quantity: 2, Price: subscription.Money{Amount: 900, Currency: "USD"}}},
			Interval: subscription.Interval{Count: 1, Unit: subscription.Month}, Anchor: 31, Next: next, Status: subscription.Paused, PausedUntil: next, Skipped: []subscription.Date{last},
		}},
		Failed: &subscription.Bill{ID: "b", OrderDate: last, Total: subscription.Money{Amount: 900, Currency: "USD"}, Attempt: 2, NextRetry: next},
	}
}

var dates = cmpopts.EquateComparable(subscription.Date{})

func TestAccounts(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB, _ *storetest.Clock) {
		a := whole("1")
		inTx(t, db, func(tx *store.Tx) error { return tx.SaveAccount("one", a, nil) })
		read := func() (got subscription.Account, c bridge.Customer) {
			t.Helper()
			if err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
				if got, err = tx.Account("one", "cus_1"); err == nil {
					c, err = tx.Customer("one", "cus_1")
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return got, c
		}
		if got, _ := read(); !cmp.Equal(a, got, dates) {
			t.Error(cmp.Diff(a, got, dates))
		}
		for name, do := range map[string]func(tx *store.Tx) error{
			"read by another shop": func(tx *store.Tx) error { _, err := tx.Account("two", "cus_1"); return err },
			"written by another shop": func(tx *store.Tx) error {
				return tx.SaveAccount("two", subscription.Account{Customer: subscription.Customer{ID: "cus_1"}}, nil)
			},
			"subscription taken over": func(tx *store.Tx) error {
				b := whole("2")
				b.Customer.Phone = ""
				b.Subscriptions[0].ID = "sub_1"
				return tx.SaveAccount("one", b, nil)
			},
			"owner asked by another shop":    func(tx *store.Tx) error { _, err := tx.SubscriptionOwner("two", "sub_1"); return err },
			"found by phone by another shop": func(tx *store.Tx) error { _, err := tx.CustomerByPhone("two", "+12125550123"); return err },
		} {
			if err := db.InTx(t.Context(), do); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for field, b := range map[string]subscription.Account{
			"phone":       {Customer: subscription.Customer{ID: "cus_2", Phone: "+12125550123"}},
			"external_id": {Customer: subscription.Customer{ID: "cus_2", ExternalID: "c-1"}},
		} {
			err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveAccount("one", b, nil) })
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != fault.Conflict || f.Field != field {
				t.Errorf("%s taken: %v", field, err)
			}
			inTx(t, db, func(tx *store.Tx) error { b.Customer.ID += field; return tx.SaveAccount("two", b, nil) }) // another shop's own person
		}
		inTx(t, db, func(tx *store.Tx) error { return tx.SetTexts("one", "cus_1", bridge.TextsSubscribed, "s_9") })
		inTx(t, db, func(tx *store.Tx) error { return tx.SaveAccount("one", a, nil) })
		if _, c := read(); c.Subscriber != "s_9" || c.Texts != bridge.TextsSubscribed {
			t.Errorf("saving the same number forgot what was known: %v", c.Texts)
		}
		inTx(t, db, func(tx *store.Tx) error { return tx.SetTexts("one", "cus_1", bridge.TextsOptedOut, "") })
		a.Customer.Email = "other@shop.example"
		inTx(t, db, func(tx *store.Tx) error { return tx.SaveAccount("one", a, nil) })
		if _, c := read(); c.Subscriber != "" || c.Texts != bridge.TextsOptedOut {
			t.Errorf("a new e-mail address ended the opt-out of the same number: %v", c.Texts)
		}
		a.Customer.Phone = "+12125550199"
		inTx(t, db, func(tx *store.Tx) error { return tx.SaveAccount("one", a, nil) })
		if _, c := read(); c.Subscriber != "" || c.Texts != bridge.TextsUnknown {
			t.Errorf("what was known of the old number is kept for the new one: %v", c.Texts)
		}
	})
}

func TestSearch(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB, _ *storetest.Clock) {
		a, b := whole("1"), whole("2")
		b.Customer.FirstName, b.Customer.LastName, b.Customer.Phone = "Ben", "Under_score", "+18085550123"
		inTx(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.SaveAccount("one", a, nil), tx.SaveAccount("one", b, nil), tx.SaveAccount("two", whole("3"), nil))
		})
		for query, want := range map[string]string{
			"": "[cus_2 cus_1]", "ZOË sample": "[cus_1]", "%": "[cus_1]", "_": "[cus_2]", `\`: "[]", "(808) 555-01": "[cus_2]", "+1 212": "[cus_1]",
			"2@SHOP": "[cus_2]", "c-1": "[cus_1]", "' OR 1=1": "[]", "  ben   under_ ": "[cus_2]",
		} {
			var ids []string
			if err := db.Read(t.Context(), func(tx *store.Tx) error {
				list, err := tx.Customers("one", query, "", 10)
				for _, c := range list {
					ids = append(ids, c.ID)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(ids); got != want {
				t.Errorf("%q found %s, want %s", query, got, want)
			}
		}
	})
}
