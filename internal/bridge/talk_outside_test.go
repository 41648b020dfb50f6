package bridge_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// outside does what happens elsewhere than in the conversation, and returns why it was refused.
func (k *talk) outside(what string) string {
	k.t.Helper()
	f := strings.Fields(what)
	ask := bridge.Ask{DedupeKey: fmt.Sprintf("form-%d", k.clock.Now().UnixNano())}
	switch f[0] {
	case "source":
		k.source.down = f[1] == "down"
		return ""
	case "handle":
		return ""
	case "price":
		cents, err := strconv.ParseInt(f[1], 10, 64)
		must(k.t, err)
		k.contents(func(i *subscription.Item) { i.Price.Amount = cents })
		return ""
	case "name":
		from, to, _ := strings.Cut(strings.TrimPrefix(what, "name "), " = ")
		k.contents(func(i *subscription.Item) { i.Name = strings.ReplaceAll(i.Name, from, to) })
		return ""
	case "off":
		k.shop.Settings.CommandsOff = append(k.shop.Settings.CommandsOff, f[1])
		must(k.t, k.SaveShop(k.t.Context(), k.shop))
		return ""
	case "page":
		ask.Actor = trigger.Customer
	case "merchant":
		ask.Actor = trigger.Merchant
	default:
		k.t.Fatalf("cannot do %q", what)
	}
	ask.Command = bridge.Command(f[1])
	for _, s := range k.account(k.customer.ID).Subscriptions {
		if ask.Command == bridge.Pause || ask.Command == bridge.Resume || ask.Command == bridge.Cancel {
			ask.SubscriptionIDs = append(ask.SubscriptionIDs, s.ID)
		}
	}
	if ask.Command == bridge.Pause && len(f) > 2 {
		ask.To = date(f[2])
	} else if len(f) > 2 {
		ask.OrderDate = date(f[2])
	}
	if len(f) > 3 {
		ask.To = date(f[3])
	}
	if _, err := k.Act(k.t.Context(), k.shop.ID, k.customer.ID, ask); err != nil {
		return fault.Message(err)
	}
	return ""
}

// contents changes every item of the customer, as the merchant does.
func (k *talk) contents(do func(*subscription.Item)) {
	k.t.Helper()
	k.change(k.customer.ID, merchant, func(a subscription.Account) (subscription.Account, error) {
		a.Subscriptions = slices.Clone(a.Subscriptions)
		for i := range a.Subscriptions {
			a.Subscriptions[i].Items = slices.Clone(a.Subscriptions[i].Items)
			for j := range a.Subscriptions[i].Items {
				do(&a.Subscriptions[i].Items[j])
			}
		}
		return a, nil
	})
}
