package account

import (
	"strconv"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/subscription"
	"rejoinder/internal/web"
)

// accountPage is the page.
type accountPage struct {
	Action        string // where all forms go
	Key           string
	Undo          string // what UNDO would take back, or ""
	Orders        []order
	Subscriptions []standing
	Ended         []standing
	PaymentURL    string
	DelayFor      string // what a plain delay means: "1 week"
	Texts         string
	ShopName      string
	ShopLink      string
}

// order is one coming order.
type order struct {
	Date, ISO string
	Products  string
	Total     string
	IDs       []string // that can be changed
	By        string   // until when
	State     web.Pill
	Note      string
	First     bool // the next one: its buttons are the page's main ones
}

// standing is one subscription.
type standing struct {
	ID, Products, Every string
	State               web.Pill
	Note                string
	Next                string
	BringBack           []back
	MayPause, MayResume bool
	MayCancel           bool
}

// back is a skipped date that can be brought back.
type back struct{ Date, ISO string }

// linkPage is shown for a link that opens nothing.
type linkPage struct {
	Fresh string // address of the form that sends a fresh link
	Sent  bool
}

func greeting(v bridge.View) string {
	hello := "Hello."
	if v.FirstName != "" {
		hello = "Hello " + v.FirstName + "."
	}
	for _, o := range v.Orders {
		if o.ChangeableBy != "" {
			return hello + " Here you can skip or move what is coming."
		}
	}
	return hello
}

// draw turns what the use case allows into what is shown.
func draw(v bridge.View, action string) accountPage {
	p := accountPage{
		Action: action, Key: nonce(), PaymentURL: v.PaymentURL, DelayFor: days(v.DelayDays),
		Texts: textsLine(v), ShopName: v.ShopName, ShopLink: v.ShopLink,
	}
	if v.Undo != nil {
		p.Undo = undoLine(*v.Undo)
	}
	for i, o := range v.Orders {
		p.Orders = append(p.Orders, drawOrder(o, i == 0))
	}
	for _, s := range v.Subscriptions {
		if d := drawSubscription(s); s.Status.Live() {
			p.Subscriptions = append(p.Subscriptions, d)
		} else {
			p.Ended = append(p.Ended, d)
		}
	}
	return p
}

func drawOrder(o bridge.ViewOrder, first bool) order {
	out := order{Date: o.Date.Long(), ISO: o.Date.String(), Products: o.Products, Total: o.Total, IDs: o.Changeable, By: o.ChangeableBy, First: first}
	switch {
	case o.Late:
		out.State, out.Note = web.Pill{Tone: web.Info, Label: "On its way"}, "It is too late to change this order."
	case len(o.Changeable) == 0:
		out.State, out.Note = web.Pill{Tone: web.Quiet, Label: "Later"}, ""
	default:
		out.State = web.Pill{Tone: web.OK, Label: "Coming"}
	}
	return out
}

func drawSubscription(s bridge.ViewSubscription) standing {
	out := standing{
		ID: s.ID, Products: s.Products, Every: "Every " + strings.TrimPrefix(s.Every, "1 "),
		MayPause: s.MayPause, MayResume: s.MayResume, MayCancel: s.MayCancel,
	}
	for _, d := range s.BringBack {
		out.BringBack = append(out.BringBack, back{Date: d.Long(), ISO: d.String()})
	}
	switch s.Status {
	case subscription.Active:
		out.State, out.Next = web.Pill{Tone: web.OK, Label: "Active"}, s.Next.Long()
	case subscription.Paused:
		out.State, out.Note = web.Pill{Tone: web.Warn, Label: "Paused"}, "No order of this is sent until you resume it."
		if !s.PausedUntil.IsZero() {
			out.Note = "No order of this is sent until " + s.PausedUntil.Long() + "."
		}
	case subscription.Cancelled:
		out.State = web.Pill{Tone: web.Quiet, Label: "Cancelled"}
	case subscription.Expired:
		out.State = web.Pill{Tone: web.Quiet, Label: "Ended"}
	}
	return out
}

// undoLine says what UNDO would take back.
func undoLine(u bridge.ViewUndo) string {
	what := map[bridge.Command]string{
		bridge.Skip: "You skipped the order of ", bridge.Delay: "You moved the order of ", bridge.Unskip: "You brought back an order of ",
		bridge.Pause: "You paused ", bridge.Resume: "You resumed ", bridge.Cancel: "You cancelled ",
		bridge.Now: "You had the order sent at once that was planned for ", bridge.Swap: "You swapped what comes to ", bridge.Count: "You changed how many come of ",
	}[u.Command]
	switch u.Command {
	case bridge.Skip, bridge.Delay, bridge.Now:
		if len(u.Moves) > 0 {
			return what + u.Moves[0].From.Long() + "."
		}
	case bridge.Unskip, bridge.Pause, bridge.Resume, bridge.Cancel, bridge.Swap, bridge.Count:
		if u.Products != "" {
			return what + u.Products + "."
		}
	case bridge.Undo:
	}
	return "You changed your orders."
}

func textsLine(v bridge.View) string {
	switch {
	case v.Phone == "":
		return "We have no phone number of yours."
	case v.Texts == bridge.TextsOptedOut:
		return "You get no texts from us at " + v.Phone + ". Text START to our number to get them again."
	case v.Texts == bridge.TextsSubscribed:
		return "You get texts at " + v.Phone + ". Text STOP to end them."
	}
	return "Your number on file is " + v.Phone + "."
}

func days(n int) string {
	switch {
	case n == 7:
		return "1 week"
	case n > 7 && n%7 == 0:
		return strconv.Itoa(n/7) + " weeks"
	case n == 1:
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}
