package trigger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

func d(s string) subscription.Date {
	v, err := subscription.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return v
}

// weekly is an active weekly subscription.
func weekly(id, next string, products ...string) subscription.Subscription {
	s := subscription.Subscription{
		ID: id, Interval: subscription.Interval{Count: 1, Unit: subscription.Week}, Next: d(next), Status: subscription.Active,
	}
	for _, name := range products {
		s.Items = append(s.Items, subscription.Item{Name: name, Quantity: 1, Price: subscription.Money{Amount: 2400, Currency: "USD"}})
	}
	return s
}

func account(subs ...subscription.Subscription) subscription.Account {
	return subscription.Account{Customer: subscription.Customer{ID: "cus_1"}, Subscriptions: subs}
}

func with(a subscription.Account, change func(*subscription.Account)) subscription.Account {
	a.Subscriptions = slices.Clone(a.Subscriptions)
	change(&a)
	return a
}

func over(s subscription.Subscription, status subscription.Status) subscription.Subscription {
	s.Status, s.Next = status, subscription.Date{}
	return s
}

func paused(s subscription.Subscription) subscription.Subscription {
	s.Status = subscription.Paused
	return s
}

func ok(a subscription.Account, err error) subscription.Account {
	if err != nil {
		panic(err)
	}
	return a
}

type diffTest struct {
	name        string
	before, now subscription.Account
	new         bool // there is no before
	why         trigger.Cause
	settings    trigger.Settings
	want        []trigger.Fired
}

func runDiffs(t *testing.T, tests []diffTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before := &tt.before
			if tt.new {
				before = nil
			}
			if diff := cmp.Diff(tt.want, trigger.Diff(before, tt.now, tt.why, tt.settings)); diff != "" {
				t.Error(diff)
			}
			silent := tt.why
			silent.Silent = true
			if got := trigger.Diff(before, tt.now, silent, tt.settings); len(got) > 0 {
				t.Errorf("an import fired %v", got)
			}
			if got := trigger.Diff(&tt.now, tt.now, tt.why, tt.settings); len(got) > 0 {
				t.Errorf("no difference fired %v", got)
			}
		})
	}
}

func TestDiffCreated(t *testing.T) {
	t.Parallel()
	coffee, tea := weekly("sub_1", "2026-11-25", "Coffee"), weekly("sub_2", "2026-11-24", "Tea")
	created := func(key, products, next string, ids ...string) []trigger.Fired {
		return []trigger.Fired{{
			Name: trigger.SubscriptionCreated, Key: "SubscriptionCreated/" + key, Subscriptions: ids,
			Facts: map[string]string{"product_names": products, "next_delivery_date": next},
		}}
	}
	nameless := weekly("sub_3", "2027-01-04")
	runDiffs(t, []diffTest{
		{name: "a new customer", new: true, now: account(coffee), want: created("sub_1", "Coffee", "Wednesday, November 25", "sub_1")},
		{
			name: "two in one checkout", new: true, now: account(coffee, tea),
			want: created("sub_1+sub_2", "Coffee and Tea", "Tuesday, November 24", "sub_1", "sub_2"),
		},
		{
			name: "one more", before: account(coffee), now: account(coffee, tea), why: trigger.Cause{Actor: trigger.Merchant},
			want: created("sub_2", "Tea", "Tuesday, November 24", "sub_2"),
		},
		{
			name: "no name, next year", before: account(coffee), now: account(coffee, nameless), why: trigger.Cause{Today: d("2026-11-22")},
			want: []trigger.Fired{{
				Name: trigger.SubscriptionCreated, Key: "SubscriptionCreated/sub_3", Subscriptions: []string{"sub_3"},
				Facts: map[string]string{"next_delivery_date": "Monday, January 4, 2027"},
			}},
		},
		{name: "a new customer without one", new: true, now: account()},
		{name: "new but paused", new: true, now: account(paused(coffee))},
		{name: "new but over", new: true, now: account(over(coffee, subscription.Cancelled))},
		{name: "back again is not new", before: account(over(coffee, subscription.Cancelled)), now: account(coffee)},
	})
}

func TestDiffSkippedAndDelayed(t *testing.T) {
	t.Parallel()
	on, customer := d("2026-11-25"), trigger.Cause{Actor: trigger.Customer, ID: "act_7"}
	one := account(weekly("sub_1", "2026-11-25"))
	two := account(weekly("sub_1", "2026-11-25"), weekly("sub_2", "2026-11-25"), weekly("sub_3", "2026-11-26"))
	two.Subscriptions[1].Interval.Count = 2
	skipped := ok(subscription.Skip(one, []string{"sub_1"}, on))
	delayed := ok(subscription.Delay(one, []string{"sub_1"}, on, d("2026-12-04")))
	rolled, _ := subscription.Roll(one, d("2026-11-26"))
	turn := account(weekly("sub_1", "2026-12-28"))

	fired := func(name trigger.Name, key, tag, from, to string, ids ...string) trigger.Fired {
		return trigger.Fired{Name: name, Key: key, Subscriptions: ids, Facts: map[string]string{tag: from, "new_delivery_date": to}}
	}
	skip := func(to string, ids ...string) trigger.Fired {
		return fired(trigger.OrderSkipped, "OrderSkipped/2026-11-25/act_7", "skipped_delivery_date", "Wednesday, November 25", to, ids...)
	}
	runDiffs(t, []diffTest{
		{name: "skip", before: one, now: skipped, why: customer, want: []trigger.Fired{skip("Wednesday, December 2", "sub_1")}},
		{
			name: "skip two at once", before: two, now: ok(subscription.Skip(two, []string{"sub_2", "sub_1"}, on)), why: customer,
			want: []trigger.Fired{skip("Wednesday, December 2", "sub_1", "sub_2")},
		},
		{
			name: "skip one of two", before: two, now: ok(subscription.Skip(two, []string{"sub_2"}, on)), why: customer,
			want: []trigger.Fired{skip("Wednesday, December 9", "sub_2")},
		},
		{
			name: "skip into the next year", before: turn, now: ok(subscription.Skip(turn, []string{"sub_1"}, d("2026-12-28"))), why: customer,
			want: []trigger.Fired{fired(trigger.OrderSkipped, "OrderSkipped/2026-12-28/act_7", "skipped_delivery_date",
				"Monday, December 28", "Monday, January 4, 2027", "sub_1")},
		},
		{
			name: "two skips at once", before: one, now: ok(subscription.Skip(skipped, []string{"sub_1"}, d("2026-12-02"))), why: customer,
			want: []trigger.Fired{
				skip("Wednesday, December 9", "sub_1"),
				fired(trigger.OrderSkipped, "OrderSkipped/2026-12-02/act_7", "skipped_delivery_date", "Wednesday, December 2", "Wednesday, December 9", "sub_1"),
			},
		},
		{name: "the merchant skips", before: one, now: skipped, why: trigger.Cause{Actor: trigger.Merchant, ID: "act_7"}},
		{name: "unskip", before: skipped, now: one, why: customer},
		{name: "skip and pause", before: one, now: account(paused(skipped.Subscriptions[0])), why: customer},
		{name: "an unknown customer's old skip", new: true, now: account(over(weekly("sub_1", "2026-11-25"), subscription.Expired)), why: customer},

		{name: "delay", before: one, now: delayed, why: customer, want: []trigger.Fired{
			fired(trigger.OrderDelayed, "OrderDelayed/2026-11-25/2026-12-04/act_7", "old_delivery_date",
				"Wednesday, November 25", "Friday, December 4", "sub_1"),
		}},
		{
			name: "delay two of three", before: two, now: ok(subscription.Delay(two, []string{"sub_1", "sub_2"}, on, d("2027-01-04"))), why: customer,
			want: []trigger.Fired{fired(trigger.OrderDelayed, "OrderDelayed/2026-11-25/2027-01-04/act_7", "old_delivery_date",
				"Wednesday, November 25", "Monday, January 4, 2027", "sub_1", "sub_2")},
		},
		{
			name: "delay by exactly an interval", before: one, now: ok(subscription.Delay(one, []string{"sub_1"}, on, d("2026-12-02"))),
			why: trigger.Cause{Actor: trigger.Customer, ID: "act_7", Today: d("2026-11-25")},
			want: []trigger.Fired{fired(trigger.OrderDelayed, "OrderDelayed/2026-11-25/2026-12-02/act_7", "old_delivery_date",
				"Wednesday, November 25", "Wednesday, December 2", "sub_1")},
		},
		{name: "the merchant delays", before: one, now: delayed, why: trigger.Cause{Actor: trigger.Merchant, ID: "act_7"}},
		{name: "brought forward", before: delayed, now: one, why: customer},
		{name: "rolled", before: one, now: rolled, why: trigger.Cause{Actor: trigger.System, ID: "act_7"}},
		{
			name: "rolled, seen by way of the customer", before: one, now: rolled,
			why: trigger.Cause{Actor: trigger.Customer, ID: "act_7", Today: d("2026-11-26")},
		},
		{name: "paused", before: one, now: ok(subscription.Pause(one, []string{"sub_1"}, subscription.Date{})), why: customer},
		{name: "resumed on a later date", before: account(paused(one.Subscriptions[0])), now: rolled, why: customer},
	})
}

func TestDiffPayment(t *testing.T) {
	t.Parallel()
	one := account(weekly("sub_1", "2026-11-25"), over(weekly("sub_2", "2026-11-25"), subscription.Cancelled))
	pays := func(p subscription.Payment) subscription.Account {
		return with(one, func(a *subscription.Account) { a.Customer.Payment = p })
	}
	visa, wallet := subscription.Payment{Brand: "Visa", Last4: "4242", Fingerprint: "a"}, subscription.Payment{Fingerprint: "b"}
	updated := func(facts map[string]string) []trigger.Fired {
		return []trigger.Fired{{Name: trigger.PaymentMethodUpdated, Key: "PaymentMethodUpdated/evt_1", Facts: facts, Subscriptions: []string{"sub_1"}}}
	}
	customer, system := trigger.Cause{Actor: trigger.Customer, ID: "evt_1"}, trigger.Cause{Actor: trigger.System, ID: "evt_1"}
	runDiffs(t, []diffTest{
		{name: "updated", before: pays(wallet), now: pays(visa), why: system, want: updated(map[string]string{"card_brand": "Visa", "card_last4": "4242"})},
		{name: "to something without a number", before: pays(visa), now: pays(wallet), why: customer, want: updated(map[string]string{})},
		{name: "the customer's first", before: one, now: pays(visa), why: customer, want: updated(map[string]string{"card_brand": "Visa", "card_last4": "4242"})},
		{name: "learned later", before: one, now: pays(visa), why: system},
		{name: "removed", before: pays(visa), now: one, why: customer},
		{name: "of a new customer", new: true, now: with(pays(visa), func(a *subscription.Account) { a.Subscriptions = nil }), why: customer},
	})
}

func TestDiffFailed(t *testing.T) {
	t.Parallel()
	one := account(weekly("sub_1", "2026-11-25"), weekly("sub_2", "2026-11-26"))
	fails := func(id string, attempt int, retry string) subscription.Account {
		b := &subscription.Bill{ID: id, OrderDate: d("2026-11-25"), Total: subscription.Money{Amount: 2400, Currency: "USD"}, Attempt: attempt}
		if retry != "" {
			b.NextRetry = d(retry)
		}
		return with(one, func(a *subscription.Account) { a.Failed = b })
	}
	failed := func(key, attempt, retry string) []trigger.Fired {
		facts := map[string]string{"order_total": "$24.00", "attempt": attempt}
		if retry != "" {
			facts["next_retry_date"] = retry
		}
		return []trigger.Fired{{Name: trigger.PaymentMethodFailed, Key: "PaymentMethodFailed/" + key, Facts: facts, Subscriptions: []string{"sub_1"}}}
	}
	perRetry := trigger.Settings{PerRetry: true}
	bare := with(one, func(a *subscription.Account) { a.Failed = &subscription.Bill{ID: "bill_3", NextRetry: d("2026-11-28")} })
	runDiffs(t, []diffTest{
		{name: "the first try", before: one, now: fails("bill_1", 1, "2026-11-28"), want: failed("bill_1", "1", "Saturday, November 28")},
		{name: "no further try", before: one, now: fails("bill_1", 4, ""), want: failed("bill_1", "4", "")},
		{name: "a retry", before: fails("bill_1", 1, ""), now: fails("bill_1", 2, "")},
		{name: "a retry, wanted", before: fails("bill_1", 1, ""), now: fails("bill_1", 2, ""), settings: perRetry, want: failed("bill_1/2", "2", "")},
		{name: "an older try arrives late", before: fails("bill_1", 2, ""), now: fails("bill_1", 1, ""), settings: perRetry},
		{name: "another bill", before: fails("bill_1", 3, ""), now: fails("bill_2", 1, ""), want: failed("bill_2", "1", "")},
		{name: "paid after all", before: fails("bill_1", 1, ""), now: one},
		{name: "little is known", before: one, now: bare, want: []trigger.Fired{{
			Name: trigger.PaymentMethodFailed, Key: "PaymentMethodFailed/bill_3",
			Facts: map[string]string{"attempt": "1", "next_retry_date": "Saturday, November 28"},
		}}},
	})
}

func TestDiffDeactivated(t *testing.T) {
	t.Parallel()
	a, b := weekly("sub_1", "2026-11-25"), weekly("sub_2", "2026-11-25")
	goneA, goneB := over(a, subscription.Cancelled), over(b, subscription.Cancelled)
	why := trigger.Cause{Actor: trigger.Merchant, ID: "act_9"}
	gone := func(ids ...string) []trigger.Fired {
		return []trigger.Fired{{Name: trigger.CustomerDeactivated, Key: "CustomerDeactivated/act_9", Facts: map[string]string{}, Subscriptions: ids}}
	}
	runDiffs(t, []diffTest{
		{name: "the only one", before: account(a), now: account(goneA), why: why, want: gone("sub_1")},
		{name: "the first of two", before: account(a, b), now: account(goneA, b), why: why},
		{name: "the last of two", before: account(goneA, b), now: account(goneA, goneB), why: why, want: gone("sub_2")},
		{name: "both", before: account(a, b), now: account(goneA, goneB), why: why, want: gone("sub_1", "sub_2")},
		{name: "a paused one", before: account(paused(a)), now: account(goneA), why: why, want: gone("sub_1")},
		{name: "a paused one is left", before: account(a, paused(b)), now: account(goneA, paused(b)), why: why},
		{name: "removed from the platform", before: account(a), now: account(), why: why, want: gone("sub_1")},
		{name: "ran out", before: account(a), now: account(over(a, subscription.Expired)), why: why},
		{name: "nothing was live", before: account(goneA), now: account(goneA, goneB), why: why},
		{name: "a new customer without any", new: true, now: account(goneA), why: why},
		{
			name: "the last one replaced", before: account(a), now: account(goneA, weekly("sub_2", "2026-11-25", "Tea")), why: why,
			want: []trigger.Fired{{
				Name: trigger.SubscriptionCreated, Key: "SubscriptionCreated/sub_2", Subscriptions: []string{"sub_2"},
				Facts: map[string]string{"product_names": "Tea", "next_delivery_date": "Wednesday, November 25"},
			}},
		},
	})
}

// The same occurrence keeps its key, another one of the same order gets its own.
func TestKeysTellOccurrencesApart(t *testing.T) {
	t.Parallel()
	a := account(weekly("sub_1", "2026-11-25"))
	skipped := ok(subscription.Skip(a, []string{"sub_1"}, d("2026-11-25")))
	key := func(id string) string {
		return trigger.Diff(&a, skipped, trigger.Cause{Actor: trigger.Customer, ID: id}, trigger.Settings{})[0].Key
	}
	once, again, other := key("act_1"), key("act_1"), key("act_2")
	if once != again || once == other {
		t.Errorf("keys %s, %s and %s", once, again, other)
	}
}

// Over whole lives of customers: keys are unique, only tags of the definition are filled, time passing tells nobody
// anything, and the accounts compared stay untouched.
func TestDiffProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := subscription.NewDate(2026, time.November, 1+rapid.IntRange(0, 700).Draw(t, "today"))
		var a subscription.Account
		for n := range rapid.IntRange(1, 3).Draw(t, "subscriptions") {
			a.Subscriptions = append(a.Subscriptions, weekly(fmt.Sprintf("sub_%d", n), today.AddDays(rapid.IntRange(0, 9).Draw(t, "next")).String()))
		}
		seen := map[string]bool{}
		for step := range rapid.IntRange(1, 20).Draw(t, "steps") {
			now, why := a, trigger.Cause{Actor: trigger.Customer, ID: fmt.Sprint("act_", step), Today: today}
			s := rapid.SampledFrom(a.Subscriptions).Draw(t, "subscription")
			ids := []string{s.ID}
			var err error
			action := rapid.SampledFrom([]string{"skip", "unskip", "delay", "pause", "resume", "cancel", "time"}).Draw(t, "action")
			switch action {
			case "skip":
				now, err = subscription.Skip(a, ids, s.Coming())
			case "unskip":
				now, err = subscription.Unskip(a, ids, s.Coming().AddDays(-7), today)
			case "delay":
				now, err = subscription.Delay(a, ids, s.Coming(), s.Coming().AddDays(rapid.IntRange(1, 30).Draw(t, "days")))
			case "pause":
				now, err = subscription.Pause(a, ids, today.AddDays(3))
			case "resume":
				now, err = subscription.Resume(a, ids, today)
			case "cancel":
				now, err = subscription.Cancel(a, ids)
			case "time":
				why.Actor = trigger.System
				today = today.AddDays(rapid.IntRange(1, 20).Draw(t, "days"))
				why.Today = today
				now, _ = subscription.Wake(a, today)
				now, _ = subscription.Roll(now, today)
			}
			if err != nil {
				continue
			}
			fired := trigger.Diff(&a, now, why, trigger.Settings{})
			want := map[string]trigger.Name{"skip": trigger.OrderSkipped, "delay": trigger.OrderDelayed}[action]
			if !now.HasLive() && action == "cancel" {
				want = trigger.CustomerDeactivated
			}
			if want == "" && len(fired) > 0 || want != "" && (len(fired) != 1 || fired[0].Name != want) {
				t.Fatalf("%s fired %v, want %q", action, fired, want)
			}
			for _, f := range fired {
				checkFired(t, f, seen)
			}
			a = now
		}
	})
}

func checkFired(t *rapid.T, f trigger.Fired, seen map[string]bool) {
	if seen[f.Key] {
		t.Fatalf("key %s twice", f.Key)
	}
	seen[f.Key] = true
	def, _ := trigger.ByName(f.Name)
	for name, value := range f.Facts {
		if value == "" || !slices.ContainsFunc(def.Tags, func(tag trigger.Tag) bool { return tag.Name == name }) {
			t.Fatalf("%s carries %s = %q", f.Name, name, value)
		}
	}
}
