// Package account is the shopper's own page, behind the link in their texts: the coming orders, and what can be
// done about them, without a password and without scripts.
//
// It exists so that a shopper can do by hand what a reply does. The link is the proof, so its address is never
// logged, never sent on as a referrer and never indexed. GET only shows and POST acts, because the robots that
// draw previews of links in texts open them too. It must not decide what may be done: the use cases do, and the
// page shows what they allow.
package account

import (
	"context"
	"crypto/rand"
	"embed"
	"net/http"
	"net/url"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/web"
)

//go:embed all:templates
var files embed.FS

// Bridge is what the page needs of the bridge; *bridge.Bridge is one.
type Bridge interface {
	AccountView(ctx context.Context, token string) (bridge.View, error)
	AccountAct(ctx context.Context, token string, ask bridge.Ask) (bridge.Acted, error)
	FreshLink(ctx context.Context, token string) error
}

// Account serves the page. It is safe for concurrent use and keeps no state.
type Account struct {
	kit    *web.Kit
	bridge Bridge
	set    *web.Set
}

// New returns the page. An error means that an embedded template is broken.
func New(kit *web.Kit, b Bridge) (*Account, error) {
	set, err := kit.Templates(files, "templates")
	if err != nil {
		return nil, err
	}
	return &Account{kit: kit, bridge: b, set: set}, nil
}

// Routes adds the page to mux. Everybody who has the link may call these.
func (a *Account) Routes(mux *http.ServeMux) {
	add := func(pattern string, h web.Handler) { mux.Handle(pattern, private(a.kit.Handle(h))) }
	add("GET /a/{token}", a.page)         // the link in the text, and preview robots
	add("POST /a/{token}", a.act)         // the page's buttons
	add("POST /a/{token}/fresh", a.fresh) // the page of an expired link
}

// private keeps the address, which is the key to the page, out of referrers and search engines.
func private(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
		next.ServeHTTP(w, r)
	})
}

func (a *Account) page(w http.ResponseWriter, r *http.Request) error {
	v, err := a.bridge.AccountView(r.Context(), r.PathValue("token"))
	if err != nil {
		return a.dead(w, r, err)
	}
	page := web.Page{
		Title: "Your orders", Lead: greeting(v), Frame: web.FramePlain,
		Shop: web.Shop{Name: v.ShopName, Href: v.ShopLink}, Body: draw(v, path(r)),
	}
	return a.set.Render(w, r, http.StatusOK, "account.html", page)
}

// path is the page's own address, for its forms.
func path(r *http.Request) string { return "/a/" + url.PathEscape(r.PathValue("token")) }

// dead answers a link that opens nothing: expired, altered or made up. The page says the same to each, apart
// from the word expired, and offers a fresh link, which goes to the number on file and nowhere else.
func (a *Account) dead(w http.ResponseWriter, r *http.Request, err error) error {
	expired := bridge.IsLinkExpired(err)
	if !expired && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Unauthorized) {
		return err
	}
	status, title := http.StatusNotFound, "This link does not work"
	if expired {
		status, title = http.StatusGone, "This link has expired"
	}
	return a.set.Render(w, r, status, "link.html", web.Page{
		Title: title, Frame: web.FramePlain, Body: linkPage{Fresh: path(r) + "/fresh"},
	})
}

func (a *Account) fresh(w http.ResponseWriter, r *http.Request) error {
	if err := a.bridge.FreshLink(r.Context(), r.PathValue("token")); err != nil {
		return err
	}
	return a.set.Render(w, r, http.StatusOK, "link.html", web.Page{
		Title: "Look at your phone", Frame: web.FramePlain, Body: linkPage{Sent: true},
	})
}

func (a *Account) act(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	ask, err := askOf(r.PostForm)
	if err != nil {
		return err
	}
	done, err := a.bridge.AccountAct(r.Context(), r.PathValue("token"), ask)
	switch {
	case err == nil:
		a.kit.Flash(r, web.OK, outcome(done))
	case bridge.IsLinkExpired(err), fault.Is(err, fault.Unauthorized):
		return a.dead(w, r, err)
	case fault.Is(err, fault.Conflict), fault.Is(err, fault.Invalid), fault.Is(err, fault.NotFound):
		a.kit.Flash(r, web.Warn, fault.Message(err))
	default:
		return err
	}
	return web.SeeOther(w, r, path(r))
}

// askOf reads a form. What is not on the page is refused.
func askOf(f url.Values) (ask bridge.Ask, err error) {
	ask = bridge.Ask{Command: bridge.Command(f.Get("do")), SubscriptionIDs: f["subscription"]}
	switch ask.Command {
	case bridge.Skip, bridge.Unskip, bridge.Delay, bridge.Undo, bridge.Pause, bridge.Resume, bridge.Cancel:
	default:
		return ask, fault.New(fault.Invalid, "This page does not know that button. Open it again.")
	}
	key := f.Get("key")
	if len(key) < 16 || len(key) > 64 || len(ask.SubscriptionIDs) > 100 {
		return ask, fault.New(fault.Invalid, "This form is incomplete. Open the page again.")
	}
	ask.DedupeKey = "page/" + key
	if d := f.Get("order"); d != "" {
		if ask.OrderDate, err = subscription.ParseDate(d); err != nil {
			return ask, err
		}
	}
	if ask.Command == bridge.Delay {
		switch f.Get("by") {
		case "", "default":
		case "2w":
			ask.Amount = reply.Amount{Count: 2, Unit: reply.Week}
		case "1m":
			ask.Amount = reply.Amount{Count: 1, Unit: reply.Month}
		default:
			if ask.To, err = subscription.ParseDate(f.Get("by")); err != nil {
				return ask, err
			}
		}
	}
	return ask, nil
}

// outcome says what is true now.
func outcome(done bridge.Acted) string {
	next := "No order is coming."
	if o, ok := done.Account.Next(); ok {
		next = "Your next order is on " + o.Date.Long() + "."
	}
	// What was asked for concerns these alone: others may go on.
	what := done.Action.Products(done.Account)
	if what == "" {
		what = "your subscription"
	}
	switch done.Action.Command {
	case bridge.Skip:
		return "Skipped. " + next
	case bridge.Delay:
		return "Moved. " + next
	case bridge.Unskip, bridge.Undo:
		return "Taken back. " + next
	case bridge.Pause:
		return "Paused: " + what + ". No order of it is sent until you resume it. " + next
	case bridge.Resume:
		return "Running again: " + what + ". " + next
	case bridge.Cancel:
		return "Cancelled: " + what + ". " + next
	}
	return next
}

// nonce names one drawing of the page: a form that is sent twice acts once.
func nonce() string { return strings.ToLower(rand.Text()) }
