package admin

import (
	"context"
	"net/http"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

type actions interface {
	Act(ctx context.Context, shopID, customerID string, ask bridge.Ask) (bridge.Acted, error)
}

// customerAct changes a customer's orders as the merchant's staff: the cut-off does not bind them, and Order
// Skipped and Order Delayed, which tell customers of what they did themselves, do not fire.
func (a *Admin) customerAct(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	id := r.PathValue("customer")
	back := v.Path("customers", id)
	ask := bridge.Ask{Command: bridge.Command(field(r, "do")), Actor: trigger.Merchant, DedupeKey: field(r, "form")}
	if s := field(r, "subscription"); s != "" {
		ask.SubscriptionIDs = []string{s}
	}
	var err error
	if ask.OrderDate, err = readDate(field(r, "order")); err != nil {
		return v.undone(w, r, err, back)
	}
	if ask.Command == bridge.Delay {
		if ask.To, err = readDate(field(r, "to")); err != nil {
			return v.undone(w, r, err, back)
		}
	}
	out, err := a.o.Bridge.Act(r.Context(), v.Shop.ID, id, ask)
	if err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, actSentence(out), back)
}

func readDate(text string) (subscription.Date, error) {
	if text == "" {
		return subscription.Date{}, nil
	}
	d, err := subscription.ParseDate(text)
	if err != nil {
		return d, fault.New(fault.Invalid, "Choose a date.")
	}
	return d, nil
}

// actSentence says what is now true.
func actSentence(out bridge.Acted) string {
	act := out.Action
	next := ""
	if o, ok := out.Account.Next(); ok {
		next = " The next order is on " + o.Date.Long() + "."
	}
	switch act.Command {
	case bridge.Skip:
		return "The order of " + act.OrderDate.Long() + " is skipped." + next
	case bridge.Unskip:
		return "The order of " + act.OrderDate.Long() + " is back." + next
	case bridge.Delay:
		return "The order of " + act.OrderDate.Long() + " is moved to " + act.NewDate.Long() + "."
	case bridge.Pause:
		return "The subscription is paused." + next
	case bridge.Resume:
		return "The subscription goes on." + next
	case bridge.Cancel:
		return "The subscription is cancelled." + next
	case bridge.Undo:
		return "The last change is taken back." + next
	}
	return "Done." + next
}
