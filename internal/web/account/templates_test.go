package account

import (
	"testing"

	"rejoinder/internal/bridge"
	"rejoinder/internal/subscription"
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

// TestUndoLines says of each change what UNDO would take back.
func TestUndoLines(t *testing.T) {
	t.Parallel()
	moved := []bridge.Move{{From: subscription.NewDate(2026, 11, 24)}}
	for command, want := range map[bridge.Command]string{
		bridge.Skip:  "You skipped the order of Tuesday, November 24.",
		bridge.Now:   "You had the order sent at once that was planned for Tuesday, November 24.",
		bridge.Pause: "You paused Dark Roast.",
		bridge.Swap:  "You swapped what comes to Dark Roast.",
		bridge.Count: "You changed how many come of Dark Roast.",
		"other":      "You changed your orders.",
	} {
		if got := undoLine(bridge.ViewUndo{Command: command, Moves: moved, Products: "Dark Roast"}); got != want {
			t.Errorf("%s: %q", command, got)
		}
	}
}
