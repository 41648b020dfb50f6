package account

import (
	"testing"

	"rejoinder/internal/web"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	kit, err := web.New(web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(kit, nil)
	if err != nil {
		t.Fatal(err)
	}
	full := accountPage{
		Action: "/a/x", Key: "k", Undo: "You skipped the order of Monday, October 19.", DelayFor: "1 week", Texts: "You get texts.",
		PaymentURL: "https://shop.example/pay", ShopName: "Corner Coffee", ShopLink: "https://shop.example",
		Orders: []order{
			{Date: "Monday, October 19", ISO: "2026-10-19", Products: "House Blend", Total: "$14.50", State: web.Pill{Tone: web.Info, Label: "On its way"}, Note: "It is too late to change this order.", First: true},
			{Date: "Monday, October 26", ISO: "2026-10-26", Products: "Oat Bars", IDs: []string{"sub_1", "sub_2"}, By: "Saturday", State: web.Pill{Tone: web.OK, Label: "Coming"}},
		},
		Subscriptions: []standing{
			{ID: "sub_1", Products: "House Blend", Every: "Every 4 weeks", Next: "Monday, October 19", BringBack: []back{{"Monday, September 21", "2026-09-21"}}, MayPause: true, MayCancel: true},
			{ID: "sub_2", Products: "Oat Bars", Every: "Every month", Note: "Nothing is sent until you resume.", MayResume: true, MayCancel: true},
		},
		Ended: []standing{{Products: "Tea", Every: "Every week"}},
	}
	if err := a.set.Check(map[string][]any{
		"account.html": {full, accountPage{ShopName: "Corner Coffee"}},
		"link.html":    {linkPage{Fresh: "/a/x/fresh"}, linkPage{Sent: true}},
	}); err != nil {
		t.Error(err)
	}
}
