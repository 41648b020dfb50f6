package bridge_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

func TestCheckProducts(t *testing.T) {
	t.Parallel()
	house := bridge.Product{ID: "p1", Name: "House Blend", Nicknames: []string{"the usual"}, SwapTo: []string{"p2"}}
	dark := bridge.Product{ID: "p2", Name: "Dark Roast", Nicknames: []string{"dark"}}
	with := func(change func(p *bridge.Product)) []bridge.Product {
		p := house
		change(&p)
		return []bridge.Product{p, dark}
	}
	for name, c := range map[string]struct {
		list        []bridge.Product
		field, says string
	}{
		"as it should be":            {with(func(*bridge.Product) {}), "", ""},
		"a product called a command": {with(func(p *bridge.Product) { p.Name = "Skipper" }), "", ""},
		"no id":                      {with(func(p *bridge.Product) { p.ID = " " }), "id", "which product"},
		"an id twice":                {with(func(p *bridge.Product) { p.ID = "p2" }), "id", "already"},
		"a long id":                  {with(func(p *bridge.Product) { p.ID = strings.Repeat("x", 121) }), "id", "120"},
		"no name":                    {with(func(p *bridge.Product) { p.Name = "" }), "name", "name"},
		"a long name":                {with(func(p *bridge.Product) { p.Name = strings.Repeat("x", 81) }), "name", "80"},
		"a price below nothing":      {with(func(p *bridge.Product) { p.Price.Amount = -1 }), "price", "less than nothing"},
		"swapped to itself":          {with(func(p *bridge.Product) { p.SwapTo = []string{"p1"} }), "swap_to", "itself"},
		"swapped to nothing here":    {with(func(p *bridge.Product) { p.SwapTo = []string{"p3"} }), "swap_to", "no product here"},
		"an opt-out":                 {with(func(p *bridge.Product) { p.Nicknames = []string{"Stop"} }), "nicknames", "carriers"},
		"a call for help":            {with(func(p *bridge.Product) { p.Nicknames = []string{"help"} }), "nicknames", "carriers"},
		"a command":                  {with(func(p *bridge.Product) { p.Nicknames = []string{"skip"} }), "nicknames", "understood as skip"},
		"a yes":                      {with(func(p *bridge.Product) { p.Nicknames = []string{"yes"} }), "nicknames", "understood as yes"},
		"a number":                   {with(func(p *bridge.Product) { p.Nicknames = []string{"2"} }), "nicknames", "no letters"},
		"another's nickname":         {with(func(p *bridge.Product) { p.Nicknames = []string{"the dark", "Dark!"} }), "nicknames", "already"},
		"too many nicknames": {with(func(p *bridge.Product) {
			p.Nicknames = strings.Split(strings.Repeat("a ", 21), " ")
		}), "nicknames", "20"},
		"too many products": {make([]bridge.Product, 201), "id", "200"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := bridge.CheckProducts(c.list)
			if (err != nil) != (c.field != "") {
				t.Fatal(err)
			}
			if err == nil {
				return
			}
			if f := faultField(err); f != c.field || !strings.Contains(fault.Message(err), c.says) {
				t.Errorf("%s: %v", f, err)
			}
		})
	}
	kept, err := bridge.CheckProducts(with(func(p *bridge.Product) {
		p.Nicknames, p.SwapTo = []string{" the usual ", "", "The Usual!", "house blend"}, []string{"p2", "p2"}
	}))
	if err != nil || !slices.Equal(kept[0].Nicknames, []string{"the usual"}) || !slices.Equal(kept[0].SwapTo, []string{"p2"}) {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

// TestSoldListsEachProductOnce makes subscriptions in two shops and asks what one of them sells.
func TestSoldListsEachProductOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		c := b.customer("+12125550123")
		item := func(id, name string) subscription.Item {
			return subscription.Item{ProductID: id, Name: name, Quantity: 1, Price: subscription.Money{Amount: 1450, Currency: "USD"}}
		}
		for _, items := range [][]subscription.Item{{item("p1", "House Blend")}, {item("p1", "House Blend"), item("", "Oat Bars")}, {item("p1", "House Blend")}} {
			b.subscribe(c.ID, subscription.Subscription{Items: items, Interval: subscription.Interval{Count: 1, Unit: subscription.Month}, Next: date("2026-12-20")})
		}
		sold, err := b.Sold(t.Context(), b.shop.ID)
		must(t, err)
		if len(sold) != 2 || sold[0].ID != "p1" || sold[0].Price.Amount != 1450 || sold[1] != (bridge.Sold{ID: "Oat Bars", Name: "Oat Bars", Price: sold[0].Price}) {
			t.Errorf("sold: %+v", sold)
		}
		if sold, err = b.Sold(t.Context(), "shp_other"); err != nil || len(sold) != 0 {
			t.Errorf("another shop sells %+v (%v)", sold, err)
		}
	})
}

// faultField is the field a fault blames.
func faultField(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return ""
	}
	return f.Field
}

// TestContentsAreWrittenDown swaps a product and changes how many come: the trace says what comes now.
func TestContentsAreWrittenDown(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		c := b.customer("+12125550123")
		sub := b.subscribe(c.ID, coffee("2026-12-20"))
		was := sub.Items[0]
		ask := bridge.Ask{Command: bridge.Swap, SubscriptionIDs: []string{sub.ID}, Product: was.Name, Item: subscription.Item{ProductID: "p2", Name: "Dark Roast"}, DedupeKey: "one"}
		if was.ProductID != "" {
			ask.Product = was.ProductID
		}
		_, err := b.Act(t.Context(), b.shop.ID, c.ID, ask)
		must(t, err)
		_, err = b.Act(t.Context(), b.shop.ID, c.ID, bridge.Ask{Command: bridge.Count, SubscriptionIDs: []string{sub.ID}, Product: "p2", Count: 3, DedupeKey: "two"})
		must(t, err)
		lines := strings.Join(b.trace(c.ID), "\n")
		for _, want := range []string{"Dark Roast comes instead of " + was.Name + ".", "Each order now has 3 x Dark Roast."} {
			if !strings.Contains(lines, want) {
				t.Errorf("the trace does not say %q:\n%s", want, lines)
			}
		}
	})
}
