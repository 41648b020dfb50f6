package subscription_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// contents says what is in the subscriptions: "Coffee x2 12.00".
func contents(a subscription.Account) (out []string) {
	for _, s := range a.Subscriptions {
		for _, i := range s.Items {
			out = append(out, i.Name+" x"+string(rune('0'+i.Quantity))+" "+i.Price.Decimal())
		}
	}
	return out
}

func TestContents(t *testing.T) {
	t.Parallel()
	usd := func(cents int64) subscription.Money { return subscription.Money{Amount: cents, Currency: "USD"} }
	with := func(items ...subscription.Item) subscription.Account {
		s := active("a", "1 month", "2026-12-10")
		s.Items = items
		return account(s)
	}
	coffee := subscription.Item{ProductID: "p1", Name: "Coffee", Quantity: 2, Price: usd(1200)}
	tea := subscription.Item{Name: "Tea", Quantity: 1, Price: usd(500)}
	over := with(coffee)
	over.Subscriptions[0].Status = subscription.Cancelled
	ids := []string{"a"}
	for _, tt := range []struct {
		name string
		in   subscription.Account
		do   func(subscription.Account) (subscription.Account, error)
		want []string
		kind fault.Kind
	}{
		{"a swap takes the quantity over", with(coffee, tea), func(a subscription.Account) (subscription.Account, error) {
			return subscription.Swap(a, ids, "p1", subscription.Item{ProductID: "p2", Name: "Decaf", Price: usd(1300)})
		}, []string{"Decaf x2 13.00", "Tea x1 5.00"}, ""},
		{"without a price of its own it costs the same", with(coffee), func(a subscription.Account) (subscription.Account, error) {
			return subscription.Swap(a, ids, "p1", subscription.Item{ProductID: "p2", Name: "Decaf"})
		}, []string{"Decaf x2 12.00"}, ""},
		{"what is there already", with(coffee, tea), func(a subscription.Account) (subscription.Account, error) {
			return subscription.Swap(a, ids, "Tea", subscription.Item{ProductID: "p1", Name: "Coffee"})
		}, nil, fault.Conflict},
		{"what is not there", with(tea), func(a subscription.Account) (subscription.Account, error) {
			return subscription.Swap(a, ids, "p1", subscription.Item{ProductID: "p2", Name: "Decaf"})
		}, nil, fault.Conflict},
		{"a quantity, of a product without an id", with(coffee, tea), func(a subscription.Account) (subscription.Account, error) {
			return subscription.SetQuantity(a, ids, "Tea", 3)
		}, []string{"Coffee x2 12.00", "Tea x3 5.00"}, ""},
		{"none", with(coffee), func(a subscription.Account) (subscription.Account, error) {
			return subscription.SetQuantity(a, ids, "p1", 0)
		}, nil, fault.Invalid},
		{"a hundred", with(coffee), func(a subscription.Account) (subscription.Account, error) {
			return subscription.SetQuantity(a, ids, "p1", 100)
		}, nil, fault.Invalid},
		{"of a subscription that is over", over, func(a subscription.Account) (subscription.Account, error) {
			return subscription.SetQuantity(a, ids, "p1", 1)
		}, nil, fault.Conflict},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			was := contents(tt.in)
			got, err := tt.do(tt.in)
			if tt.kind != "" {
				if !fault.Is(err, tt.kind) {
					t.Fatalf("%v, want %s", err, tt.kind)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, contents(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(was, contents(tt.in)); diff != "" {
				t.Errorf("the account it began with was changed:\n%s", diff)
			}
			back, err := subscription.Restore(got, subscription.SnapshotItems(tt.in, ids), subscription.SnapshotItems(got, ids))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.in, back); diff != "" {
				t.Errorf("taking it back leaves (-before +now):\n%s", diff)
			}
			again, err := subscription.SetQuantity(got, ids, got.Subscriptions[0].Items[0].Name, 9)
			if err == nil {
				if _, err = subscription.Restore(again, subscription.SnapshotItems(tt.in, ids), subscription.SnapshotItems(got, ids)); !fault.Is(err, fault.Conflict) {
					t.Errorf("taken back over a later change: %v", err)
				}
			}
		})
	}
}

func TestBringForward(t *testing.T) {
	t.Parallel()
	a := account(active("a", "1 month", "2026-12-10"))
	got, err := subscription.BringForward(a, []string{"a"}, d("2026-12-10"), d("2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	rolled, due := subscription.Roll(got, d("2026-11-22"))
	if len(due) != 1 || due[0].Date != d("2026-11-22") || rolled.Subscriptions[0].Next != d("2026-12-22") {
		t.Errorf("due %v, then %s", due, rolled.Subscriptions[0].Next)
	}
	for name, on := range map[string]string{"no order then": "2026-12-11", "its day has come": "2026-12-10"} {
		if _, err := subscription.BringForward(a, []string{"a"}, d(on), d("2026-12-10")); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
