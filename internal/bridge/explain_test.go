package bridge_test

import (
	"strings"
	"testing"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// TestExplain tries texts out in a shop with products and words of its own, and for one of its customers.
func TestExplain(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		shop := b.shop
		shop.Settings.Products = []bridge.Product{{ID: "p1", Name: "House Blend", Nicknames: []string{"the usual"}, SwapTo: []string{"p2"}}, {ID: "p2", Name: "Dark Roast"}}
		shop.Settings.CommandsOff = []string{"link"}
		shop.Settings.Words = map[reply.Meaning][]string{reply.Skip: {"nix"}}
		must(t, b.SaveShop(t.Context(), shop))
		today := subscription.DateOf(b.clock.Now(), shop.Location())
		order := today.AddDays(3)
		for text, want := range map[string]struct {
			outcome bridge.Becomes
			wishes  string
		}{
			"SKIP":                                {bridge.BecomesActs, "Skip the order of " + order.Friendly(today)},
			"nix":                                 {bridge.BecomesActs, "Skip the order of " + order.Friendly(today)},
			"DELAY 2 WEEKS":                       {bridge.BecomesActs, "to " + order.AddDays(14).Friendly(today)},
			"DELAY":                               {bridge.BecomesActs, "to " + order.AddDays(7).Friendly(today)},
			"maybe skip?":                         {bridge.BecomesAsks, "Skip"},
			"send it now":                         {bridge.BecomesAsks, "which charges"},
			"skip the dark roast":                 {bridge.BecomesActs, "Dark Roast"},
			"one more dark roast":                 {bridge.BecomesAsks, "Send 1 more of Dark Roast"},
			"swap the house blend":                {bridge.BecomesAsks, "Swap House Blend"},
			"swap the house blend for dark roast": {bridge.BecomesActs, "Swap House Blend for Dark Roast"},
			"PAUSE":                               {bridge.BecomesActs, "until they reply RESUME"},
			"NEXT":                                {bridge.BecomesAnswers, "Say what comes next"},
			"LINK":                                {bridge.BecomesAnswers, "account page"},
			"don't skip":                          {bridge.BecomesAnswers, ""},
			"thanks":                              {bridge.BecomesSilent, ""},
			"STOP":                                {bridge.BecomesOptOut, ""},
			"do you sell filters?":                {bridge.BecomesPerson, ""},
			"":                                    {bridge.BecomesPerson, ""},
			"\xff\x00":                            {bridge.BecomesPerson, ""},
		} {
			got, err := b.Explain(t.Context(), shop.ID, "", text)
			must(t, err)
			said := strings.Join(got.Wishes, "; ")
			if got.Becomes != want.outcome || !strings.Contains(said, want.wishes) || want.wishes == "" && said != "" || got.Why == "" {
				t.Errorf("%q: %s: %s (%s)", text, got.Becomes, said, got.Why)
			}
			if got.Off != (text == "LINK") {
				t.Errorf("%q: off is %v", text, got.Off)
			}
		}
		c := b.customer("+12125550123")
		b.subscribe(c.ID, coffee(today.AddDays(20).String()))
		got, err := b.Explain(t.Context(), shop.ID, c.ID, "skip")
		must(t, err)
		if got.Order != today.AddDays(20) {
			t.Errorf("read against %s", got.Order)
		}
		if _, err := b.Explain(t.Context(), "shp_other", c.ID, "skip"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another shop's customer: %v", err)
		}
		if n := len(b.trace(c.ID)); n > 3 {
			t.Errorf("something was written down: %q", b.trace(c.ID))
		}
	})
}
