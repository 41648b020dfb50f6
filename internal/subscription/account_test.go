package subscription_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// active is an active subscription of a test table: id, interval, next order date, product names.
func active(id, interval, next string, products ...string) subscription.Subscription {
	i, err := subscription.ParseInterval(interval)
	if err != nil {
		panic(err)
	}
	s := subscription.Subscription{ID: id, Interval: i, Anchor: i.AnchorOf(d(next)), Next: d(next), Status: subscription.Active}
	for _, name := range products {
		s.Items = append(s.Items, subscription.Item{
			ProductID: strings.ToLower(name), Name: name, Quantity: 1, Price: subscription.Money{Amount: 1200, Currency: "USD"},
		})
	}
	return s
}

func paused(s subscription.Subscription, until string) subscription.Subscription {
	s.Status = subscription.Paused
	if until != "" {
		s.PausedUntil = d(until)
	}
	return s
}

func account(subs ...subscription.Subscription) subscription.Account {
	return subscription.Account{Customer: subscription.Customer{ID: "cus_1", FirstName: "Ada"}, Subscriptions: subs}
}

// lines writes orders as "date ids" to compare them.
func lines(orders []subscription.Order) []string {
	var out []string
	for _, o := range orders {
		out = append(out, o.Date.String()+" "+strings.Join(o.IDs(), "+"))
	}
	return out
}

func TestOrders(t *testing.T) {
	t.Parallel()
	cancelled := active("sub_9", "1 week", "2026-11-25")
	cancelled.Status, cancelled.Next = subscription.Cancelled, subscription.Date{}
	skippedAhead := active("sub_1", "1 week", "2026-11-25")
	skippedAhead.Skipped = []subscription.Date{d("2026-12-02")}
	tests := []struct {
		name  string
		in    subscription.Account
		from  string
		count int
		want  []string
	}{
		{"none", account(), "2026-11-22", 3, nil},
		{
			"one", account(active("sub_1", "2 weeks", "2026-11-25")), "2026-11-22", 3,
			[]string{"2026-11-25 sub_1", "2026-12-09 sub_1", "2026-12-23 sub_1"},
		},
		{
			"two on one day", account(active("sub_1", "1 week", "2026-11-25"), active("sub_2", "2 weeks", "2026-11-25")), "2026-11-22", 3,
			[]string{"2026-11-25 sub_1+sub_2", "2026-12-02 sub_1", "2026-12-09 sub_1+sub_2"},
		},
		{
			"two on two days", account(active("sub_1", "1 month", "2026-12-01"), active("sub_2", "1 week", "2026-11-25")), "2026-11-22", 3,
			[]string{"2026-11-25 sub_2", "2026-12-01 sub_1", "2026-12-02 sub_2"},
		},
		{"from the date itself", account(active("sub_1", "1 week", "2026-11-25")), "2026-11-25", 1, []string{"2026-11-25 sub_1"}},
		{
			"the next is over", account(active("sub_1", "1 week", "2026-11-04")), "2026-11-22", 2,
			[]string{"2026-11-25 sub_1", "2026-12-02 sub_1"},
		},
		{"paused and cancelled bring none", account(paused(active("sub_1", "1 week", "2026-11-25"), ""), cancelled), "2026-11-22", 3, nil},
		{
			"the 31st", account(active("sub_1", "1 month", "2027-01-31")), "2026-11-22", 3,
			[]string{"2027-01-31 sub_1", "2027-02-28 sub_1", "2027-03-31 sub_1"},
		},
		{"a skip still ahead", account(skippedAhead), "2026-11-22", 2, []string{"2026-11-25 sub_1", "2026-12-09 sub_1"}},
		{"a skip at the start", account(skippedAhead), "2026-11-27", 1, []string{"2026-12-09 sub_1"}},
		{"count 0", account(active("sub_1", "1 week", "2026-11-25")), "2026-11-22", 0, nil},
		{"count below 0", account(active("sub_1", "1 week", "2026-11-25")), "2026-11-22", -1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, lines(tt.in.Orders(d(tt.from), tt.count))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOrdersWithoutAnIntervalEnd(t *testing.T) {
	t.Parallel()
	s := active("sub_1", "1 week", "2026-11-25")
	s.Interval = subscription.Interval{}
	s.Skipped = []subscription.Date{{}}
	if diff := cmp.Diff([]string{"2026-11-25 sub_1"}, lines(account(s).Orders(d("2026-11-22"), 5))); diff != "" {
		t.Error(diff)
	}
}

func TestNextOrder(t *testing.T) {
	t.Parallel()
	a := account(active("sub_1", "1 week", "2026-12-02"), active("sub_2", "1 month", "2026-11-25"),
		paused(active("sub_3", "1 week", "2026-11-24"), ""), active("sub_4", "1 week", "2026-11-25"))
	next, ok := a.Next()
	if diff := cmp.Diff([]string{"2026-11-25 sub_2+sub_4"}, lines([]subscription.Order{next})); diff != "" || !ok {
		t.Error(ok, diff)
	}
	if _, ok := account(paused(active("sub_3", "1 week", "2026-11-24"), "")).Next(); ok {
		t.Error("a paused subscription has a next order")
	}
	on, ok := a.OrderOn(d("2026-12-02"))
	if diff := cmp.Diff([]string{"2026-12-02 sub_1"}, lines([]subscription.Order{on})); diff != "" || !ok {
		t.Error(ok, diff)
	}
	for _, none := range []subscription.Date{{}, d("2026-11-24"), d("2026-12-09")} {
		if o, ok := a.OrderOn(none); ok {
			t.Errorf("there is an order %v", o)
		}
	}
	if s, ok := a.Find("sub_3"); !ok || s.ID != "sub_3" {
		t.Error("sub_3 not found")
	}
	if _, ok := a.Find("sub_8"); ok {
		t.Error("sub_8 found")
	}
}

func TestProductNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   []string
		want string
	}{
		{nil, ""},
		{[]string{"Coffee"}, "Coffee"},
		{[]string{"Coffee", "Tea"}, "Coffee and Tea"},
		{[]string{"Coffee", "Tea", "Oats"}, "Coffee, Tea and Oats"},
		{[]string{"Coffee", "Tea", "Oats", "Milk"}, "Coffee, Tea, Oats and 1 more"},
		{[]string{"Coffee", "Tea", "Oats", "Milk", "Honey"}, "Coffee, Tea, Oats and 2 more"},
		{[]string{"Coffee", "", "Coffee", " Tea "}, "Coffee and Tea"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			o := subscription.Order{Subscriptions: []subscription.Subscription{
				active("sub_1", "1 week", "2026-11-25", tt.in...), active("sub_2", "1 week", "2026-11-25", tt.in...),
			}}
			if got := o.ProductNames(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTotal(t *testing.T) {
	t.Parallel()
	s := active("sub_1", "1 week", "2026-11-25", "Coffee", "Tea")
	s.Items[1].Quantity = 3
	got, err := subscription.Order{Subscriptions: []subscription.Subscription{s, active("sub_2", "1 week", "2026-11-25", "Oats")}}.Total()
	if err != nil || got.String() != "$60.00" {
		t.Errorf("got %v, %v", got, err)
	}
	s.Items[0].Price.Currency = "CAD"
	if _, err := (subscription.Order{Subscriptions: []subscription.Subscription{s}}).Total(); !fault.Is(err, fault.Conflict) {
		t.Errorf("error is %v, want Conflict", err)
	}
}

// anyAccount draws customers with up to four subscriptions in every state, next orders around today.
func anyAccount(today subscription.Date) *rapid.Generator[subscription.Account] {
	return rapid.Custom(func(t *rapid.T) subscription.Account {
		var subs []subscription.Subscription
		for n := range rapid.IntRange(1, 4).Draw(t, "subscriptions") {
			i := anyInterval().Draw(t, "interval")
			next := today.AddDays(rapid.IntRange(-40, 40).Draw(t, "next"))
			s := subscription.Subscription{
				ID: fmt.Sprintf("sub_%d", n+1), Interval: i, Anchor: i.AnchorOf(next), Next: next,
				Status: rapid.SampledFrom([]subscription.Status{
					subscription.Active, subscription.Active, subscription.Paused, subscription.Cancelled, subscription.Expired,
				}).Draw(t, "status"),
			}
			if s.Status == subscription.Paused && rapid.Bool().Draw(t, "until") {
				s.PausedUntil = today.AddDays(rapid.IntRange(-10, 10).Draw(t, "paused until"))
			}
			if !s.Status.Live() {
				s.Next = subscription.Date{}
			}
			subs = append(subs, s)
		}
		return account(subs...)
	})
}

// Orders are in order, never before from, and the first of each subscription is on the date it comes.
func TestOrdersProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate().Draw(t, "today")
		a, _ := subscription.Wake(anyAccount(today).Draw(t, "account"), today)
		a, _ = subscription.Roll(a, today)
		count := rapid.IntRange(1, 12).Draw(t, "count")
		orders := a.Orders(today, count)
		if len(orders) > count || !slices.IsSortedFunc(orders, func(x, y subscription.Order) int { return x.Date.Compare(y.Date) }) {
			t.Fatalf("orders %v", lines(orders))
		}
		seen := map[string]bool{}
		for _, o := range orders {
			if o.Date.Before(today) || len(o.Subscriptions) == 0 {
				t.Fatalf("orders %v from %v", lines(orders), today)
			}
			for _, s := range o.Subscriptions {
				if !seen[s.ID] && s.Coming() != o.Date {
					t.Fatalf("the first order of %s is on %v, not %v", s.ID, o.Date, s.Coming())
				}
				seen[s.ID] = true
			}
		}
		next, ok := a.Next()
		if ok != (len(orders) > 0) || ok && !slices.Equal(next.IDs(), orders[0].IDs()) {
			t.Fatalf("next %v, orders %v", next, lines(orders))
		}
	})
}
