package bridge_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// token is a fresh account link's.
func (k *talk) token() string {
	link := k.AccountLink(k.shop, k.customer.ID)
	return link[strings.LastIndexByte(link, '/')+1:]
}

func (k *talk) view() bridge.View {
	k.t.Helper()
	v, err := k.AccountView(k.t.Context(), k.token())
	must(k.t, err)
	return v
}

func TestAccountPage(t *testing.T) {
	t.Parallel()
	settings := `{"payment_url": "https://shop.example/pay", "delay_days": 10}`
	talks(t, settings, oneCoffee+"Green Tea, 2 weeks, 2026-11-27\n", func(t *testing.T, k *talk) {
		v := k.view()
		if v.FirstName != "Ada" || v.Phone != "+1 •••• ••23" || v.PaymentURL != "https://shop.example/pay" || v.DelayDays != 10 || v.Undo != nil {
			t.Errorf("view: %+v", v)
		}
		coffee, tea := v.Subscriptions[0], v.Subscriptions[1]
		first := v.Orders[0]
		want := bridge.ViewOrder{
			Date: date("2026-11-25"), Products: "House Blend", Total: "$24.00", Changeable: []string{coffee.ID},
			ChangeableBy: "Monday, November 23 at 11:59 PM EST",
		}
		if diff := cmp.Diff(want, first); diff != "" {
			t.Errorf("first order (-want +got):\n%s", diff)
		}
		if later := v.Orders[2]; later.Date != date("2026-12-11") || len(later.Changeable) != 0 {
			t.Errorf("an order that is not its subscription's next can be changed: %+v", later)
		}

		act := func(ask bridge.Ask) bridge.Acted {
			t.Helper()
			k.clock.Move(time.Minute)
			out, err := k.AccountAct(t.Context(), k.token(), ask)
			must(t, err)
			return out
		}
		skip := bridge.Ask{Command: bridge.Skip, OrderDate: date("2026-11-25"), DedupeKey: "form1"}
		act(skip)
		if !act(skip).Repeated {
			t.Error("the same form posted twice acted twice")
		}
		if diff := cmp.Diff([]string{"OrderSkipped | Wednesday, November 25 | Friday, December 25 | House Blend"}, k.sent()); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
		v = k.view()
		if v.Undo == nil || v.Undo.Command != bridge.Skip || !cmp.Equal(v.Subscriptions[0].BringBack, []subscription.Date{date("2026-11-25")}) {
			t.Errorf("after a skip: undo %+v, back %v", v.Undo, v.Subscriptions[0].BringBack)
		}
		act(bridge.Ask{Command: bridge.Undo, DedupeKey: "form2"})
		if k.view().Undo != nil {
			t.Error("an undone action can be undone again")
		}
		act(bridge.Ask{Command: bridge.Delay, OrderDate: date("2026-11-27"), SubscriptionIDs: []string{tea.ID}, DedupeKey: "form3"})
		act(bridge.Ask{Command: bridge.Pause, SubscriptionIDs: []string{coffee.ID}, To: date("2027-01-10"), DedupeKey: "form4"})
		act(bridge.Ask{Command: bridge.Resume, SubscriptionIDs: []string{coffee.ID}, DedupeKey: "form5"})
		act(bridge.Ask{Command: bridge.Cancel, SubscriptionIDs: []string{tea.ID}, DedupeKey: "form6"})
		if got, want := k.orders(), "House Blend 2026-11-25, Green Tea cancelled"; got != want {
			t.Errorf("orders: %s, want %s", got, want)
		}
		if v := k.view(); v.Subscriptions[1].MayCancel || !v.Subscriptions[0].MayPause {
			t.Errorf("what may be done: %+v", v.Subscriptions)
		}
	})
}

func TestActRefusesInWords(t *testing.T) {
	t.Parallel()
	talks(t, `{"max_delay_days": 30}`, oneCoffee, func(t *testing.T, k *talk) {
		id := k.account(k.customer.ID).Subscriptions[0].ID
		on := date("2026-11-25")
		k.to(day(date("2026-11-24"), 0)) // the cut-off to the minute
		asks := []struct {
			name string
			ask  bridge.Ask
			want fault.Kind
		}{
			{"skip too late", bridge.Ask{Command: bridge.Skip, OrderDate: on}, fault.Conflict},
			{"delay too late", bridge.Ask{Command: bridge.Delay, OrderDate: on}, fault.Conflict},
			{"pause too late", bridge.Ask{Command: bridge.Pause, SubscriptionIDs: []string{id}}, fault.Conflict},
			{"undo nothing", bridge.Ask{Command: bridge.Undo}, fault.Conflict},
			{"unskip what was not skipped", bridge.Ask{Command: bridge.Unskip, OrderDate: date("2026-12-25")}, fault.Conflict},
			{"no such command", bridge.Ask{Command: "swap"}, fault.Invalid},
			{"no date", bridge.Ask{Command: bridge.Skip}, fault.Invalid},
			{"no order then", bridge.Ask{Command: bridge.Skip, OrderDate: date("2026-12-01")}, fault.Conflict},
			{"no subscription", bridge.Ask{Command: bridge.Cancel}, fault.Invalid},
			{"somebody else's subscription", bridge.Ask{Command: bridge.Cancel, SubscriptionIDs: []string{"sub_x"}}, fault.NotFound},
			{"resume what is not paused", bridge.Ask{Command: bridge.Resume, SubscriptionIDs: []string{id}}, fault.Conflict},
			{"paused until yesterday", bridge.Ask{Command: bridge.Pause, SubscriptionIDs: []string{id}, To: date("2026-11-23"), Actor: trigger.Merchant}, fault.Invalid},
			{"too far", bridge.Ask{Command: bridge.Delay, OrderDate: on, To: date("2026-12-26"), Actor: trigger.Merchant}, fault.Invalid},
			{"backwards", bridge.Ask{Command: bridge.Delay, OrderDate: on, To: date("2026-11-24"), Actor: trigger.Merchant}, fault.Invalid},
		}
		for _, c := range asks {
			c.ask.DedupeKey = c.name
			for range 2 { // asked again, the answer is the same
				_, err := k.Act(t.Context(), k.shop.ID, k.customer.ID, c.ask)
				if got := fault.KindOf(err); got != c.want {
					t.Errorf("%s: %q (%v), want %q", c.name, got, err, c.want)
				}
			}
		}
		if _, err := k.Act(t.Context(), k.shop.ID, k.customer.ID, bridge.Ask{Command: bridge.Skip, OrderDate: on}); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a key: %v", err)
		}
		if got := k.orders(); got != "House Blend 2026-11-25" {
			t.Fatalf("a refused action changed something: %s", got)
		}
		// Staff are not bound by the cut-off, and nobody is kept in a subscription.
		_, err := k.Act(t.Context(), k.shop.ID, k.customer.ID, bridge.Ask{
			Command: bridge.Delay, OrderDate: on, Amount: reply.Amount{Count: 1, Unit: reply.Week}, Actor: trigger.Merchant, DedupeKey: "staff",
		})
		must(t, err)
		if got := k.orders(); got != "House Blend 2026-12-02" {
			t.Errorf("staff's delay: %s", got)
		}
		k.to(day(date("2026-12-01"), 12))
		_, err = k.Act(t.Context(), k.shop.ID, k.customer.ID, bridge.Ask{Command: bridge.Cancel, SubscriptionIDs: []string{id}, DedupeKey: "leave"})
		must(t, err)
	})
}

// Resuming never makes an order that nobody can stop any more.
func TestResumeStartsWhereChangesStillCount(t *testing.T) {
	t.Parallel()
	talks(t, "", "House Blend, 1 day, 2026-11-25\n", func(t *testing.T, k *talk) {
		id := k.account(k.customer.ID).Subscriptions[0].ID
		_, err := k.Act(t.Context(), k.shop.ID, k.customer.ID, bridge.Ask{Command: bridge.Pause, SubscriptionIDs: []string{id}, DedupeKey: "p"})
		must(t, err)
		k.to(day(date("2026-12-10"), 15))
		_, err = k.Act(t.Context(), k.shop.ID, k.customer.ID, bridge.Ask{Command: bridge.Resume, SubscriptionIDs: []string{id}, DedupeKey: "r"})
		must(t, err)
		if got := k.orders(); got != "House Blend 2026-12-12" {
			t.Errorf("resumed to %s; tomorrow's order is past its cut-off", got)
		}
	})
}

func TestLinksExpireAndAreRenewedByText(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		ctx, old := t.Context(), k.token()
		altered := []byte(old)
		altered[len(altered)/2] ^= 1
		for name, bad := range map[string]string{"altered": string(altered), "cut": old[:len(old)-1], "empty": "", "of nobody": "AAAA"} {
			if _, err := k.AccountView(ctx, bad); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
			must(t, k.FreshLink(ctx, bad))
		}
		k.clock.Move(31 * 24 * time.Hour)
		if _, err := k.AccountView(ctx, old); !bridge.IsLinkExpired(err) {
			t.Errorf("an old link: %v", err)
		}
		if _, err := k.AccountAct(ctx, old, bridge.Ask{Command: bridge.Skip, OrderDate: date("2026-12-25"), DedupeKey: "x"}); !bridge.IsLinkExpired(err) {
			t.Errorf("acting by an old link: %v", err)
		}
		sent := 0
		for range 20 { // whoever presses the button over and over
			must(t, k.FreshLink(ctx, old))
			sent += len(k.sent())
			k.clock.Move(4 * time.Minute)
		}
		if sent != 3 {
			t.Errorf("%d fresh links were texted within 80 minutes, want 3", sent)
		}
		k.clock.Move(24 * time.Hour)
		must(t, k.FreshLink(ctx, old))
		if diff := cmp.Diff([]string{"Here is your new link to your orders: LINK"}, k.sent()); diff != "" {
			t.Errorf("the next day (-want +got):\n%s", diff)
		}
		if got := k.orders(); got != "House Blend 2026-11-25" {
			t.Errorf("looking changed something: %s", got)
		}
	})
}

// The trace of an action says what moved, and that nothing did when nothing did.
func TestTheTraceOfAnActionIsTrue(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		id := b.customer("+12125550123").ID
		s := b.subscribe(id, coffee("2026-12-05"))
		for n, c := range []struct {
			ask  bridge.Ask
			want string
		}{
			{bridge.Ask{Command: bridge.Pause}, "Pause, asked for by the customer, carried out. No order comes on Saturday, December 5."},
			{bridge.Ask{Command: bridge.Resume}, "Resume, asked for by the customer, carried out. The next order is on Saturday, December 5."},
			{bridge.Ask{Command: bridge.Pause, To: date("2026-12-05")}, "Pause, asked for by the customer, carried out. The order of Saturday, December 5 stays on that day."},
			{bridge.Ask{Command: bridge.Pause, To: date("2026-12-06")}, "Pause, asked for by the customer, carried out. The order of Saturday, December 5 is now on Tuesday, January 5."},
			{bridge.Ask{Command: bridge.Pause}, "Pause, asked for by the customer, carried out. No order comes on Tuesday, January 5."},
			{bridge.Ask{Command: bridge.Pause}, "Pause, asked for by the customer, carried out."},
			{bridge.Ask{Command: bridge.Undo}, "Undo, asked for by the customer, carried out."},
		} {
			c.ask.DedupeKey = strconv.Itoa(n)
			if c.ask.Command != bridge.Undo {
				c.ask.SubscriptionIDs = []string{s.ID}
			}
			if _, err := b.Act(t.Context(), b.shop.ID, id, c.ask); err != nil {
				t.Fatalf("%s: %v", c.want, err)
			}
			if got := b.trace(id); !slices.Contains(got, "action: "+c.want) {
				t.Errorf("want %q in\n%s", c.want, strings.Join(got, "\n"))
			}
		}
	})
}

// A pause that is changed does not let an order through that nobody can stop any more.
func TestAPauseMadeShorterLeavesTimeForChanges(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		id := b.customer("+12125550123").ID
		today := subscription.DateOf(b.clock.Now(), b.shop.Location())
		fresh := coffee(today.AddDays(20).String())
		fresh.Interval = subscription.Interval{Count: 1, Unit: subscription.Day}
		s := b.subscribe(id, fresh)
		ask := func(key string, until subscription.Date) error {
			_, err := b.Act(t.Context(), b.shop.ID, id, bridge.Ask{Command: bridge.Pause, To: until, SubscriptionIDs: []string{s.ID}, DedupeKey: key})
			return err
		}
		must(t, ask("for good", subscription.Date{}))
		b.to(day(today.AddDays(30), 0))
		today = today.AddDays(30)
		if err := ask("tomorrow", today.AddDays(1)); !fault.Is(err, fault.Conflict) {
			t.Errorf("an order of tomorrow: %v", err)
		}
		must(t, ask("in time", today.AddDays(2)))
	})
}

// Many skips ahead: the oldest are forgotten, which brings no order back.
func TestAForgottenSkipIsNotTakenBack(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		id := b.customer("+12125550123").ID
		s := b.subscribe(id, coffee("2026-12-05"))
		for range 14 {
			a := b.account(id)
			b.change(id, byCustomer, func(subscription.Account) (subscription.Account, error) {
				return subscription.Skip(a, []string{s.ID}, a.Subscriptions[0].Next)
			})
		}
		if lines := strings.Join(b.trace(id), "\n"); strings.Contains(lines, "brought back") {
			t.Errorf("the trace says\n%s", lines)
		}
	})
}

// A date the shop sets is an order, also where the customer had skipped it: it can be skipped, and that is said.
func TestADateSetByTheShopIsNotSkipped(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		id := b.customer("+12125550123").ID
		s := b.subscribe(id, coffee("2026-12-05"))
		skip := func(a subscription.Account) (subscription.Account, error) {
			return subscription.Skip(a, []string{s.ID}, date("2026-12-05"))
		}
		b.change(id, byCustomer, skip)
		back, err := b.UpdateSubscription(t.Context(), b.shop.ID, s.ID, func(s *subscription.Subscription) error { s.Next = date("2026-12-05"); return nil }, merchant)
		must(t, err)
		if back.Next != date("2026-12-05") || len(back.Skipped) != 0 {
			t.Errorf("set back: %+v", back)
		}
		b.change(id, byCustomer, skip)
		told := 0
		for _, d := range b.deliveries(id) {
			if strings.Contains(d, "OrderSkipped") {
				told++
			}
			if strings.Contains(d, "OrderDelayed") {
				t.Errorf("a skip was told as %s", d)
			}
		}
		if told != 2 {
			t.Errorf("told of %d skips: %v", told, b.deliveries(id))
		}
	})
}

// How a customer pays is no change when the customer is new, nor when it is reported again.
func TestTheFirstPaymentMethodIsNoUpdate(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		b.endpoint()
		silent := trigger.Cause{Actor: trigger.Merchant, Silent: true}
		visa := subscription.Payment{Brand: "Visa", Last4: "4242", Fingerprint: "f1"}
		for _, why := range []trigger.Cause{merchant, silent} {
			c, err := b.CreateCustomer(t.Context(), b.shop.ID, subscription.Customer{FirstName: "Ada", Payment: visa}, why)
			must(t, err)
			same := func(a subscription.Account) (subscription.Account, error) { a.Customer.Payment = visa; return a, nil }
			b.change(c.ID, why, same)
			if lines := strings.Join(b.trace(c.ID), "\n"); strings.Contains(lines, "Payment") {
				t.Errorf("silent %t: the trace says\n%s", why.Silent, lines)
			}
			if got := b.deliveries(c.ID); len(got) > 0 {
				t.Errorf("silent %t: told %v", why.Silent, got)
			}
		}
		b.post()
		if diff := cmp.Diff([]string{"customer.created"}, b.hooks.types(t)); diff != "" {
			t.Error(diff)
		}
	})
}
