// Package phone is the sandbox handset: what the shop's customers would see on their phones, with a keyboard to
// answer, beside the trace of the customer who holds it, and in the demo a clock to move.
//
// It exists so that the whole loop can be seen and tried without a carrier. It must not show a shop to somebody
// who is no member of it (Enter decides), and must not reach past the use cases: a text typed here goes the way
// a carrier's would.
package phone

import (
	"context"
	"embed"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/web"
)

//go:embed all:templates
var files embed.FS

// Bridge is what the page needs of the bridge; *bridge.Bridge is one.
type Bridge interface {
	Customers(ctx context.Context, shopID, query, cursor string, limit int) ([]bridge.Customer, string, error)
	FindCustomers(ctx context.Context, shopID, typed string, limit int) (list []bridge.Customer, more bool, err error)
	Customer(ctx context.Context, shopID, customerID string) (bridge.Customer, error)
	NextNotice(ctx context.Context, shopID, customerID string) (bridge.Coming, error)
	ComingOrders(ctx context.Context, shopID string, from, to subscription.Date, after bridge.OrderPlace, limit int) ([]bridge.ComingOrder, bridge.OrderPlace, error)
}

// Handset holds the texts of the sandbox phones.
type Handset interface {
	// Thread returns the last texts on one phone, oldest first.
	Thread(ctx context.Context, shopID, phone string, limit int) ([]Text, error)
	// Say sends a text from a phone to the shop's number.
	Say(ctx context.Context, shopID, phone, text string) error
}

// Text is one text on a handset.
type Text struct {
	FromPhone bool
	Body      string
	At        time.Time
}

// Clock is the clock of the demo.
type Clock interface {
	Now() time.Time
	MovableClock() bool
	// Advance runs everything that falls due until to, in order.
	Advance(ctx context.Context, to time.Time) error
	// NextMoment returns when something falls due next; zero if nothing will.
	NextMoment(ctx context.Context) (time.Time, error)
}

// Visit is who looks at which shop.
type Visit struct {
	Shop bridge.Shop
	// Page makes a page with the shop's navigation.
	Page func(section, title string, body any) web.Page
	// Trace is what was decided about a customer, newest first, at most limit entries.
	Trace func(ctx context.Context, c bridge.Customer, limit int) (web.Timeline, error)
	// Next is the next step of the tour, nil when there is none to show; outside the demo it is itself nil.
	Next func(r *http.Request) (*web.Bar, error)
}

// Options are what Phone is made of.
type Options struct {
	Kit     *web.Kit
	Bridge  Bridge
	Handset Handset
	Clock   Clock
	// Enter returns who visits a shop: fault.Unauthorized when nobody is signed in, fault.NotFound for a shop
	// that is not theirs.
	Enter func(r *http.Request, shopID string) (Visit, error)
	// ToSignIn answers a request of somebody who has to sign in first.
	ToSignIn func(w http.ResponseWriter, r *http.Request) error
	// LastShop returns the shop the session was in last, or "".
	LastShop func(r *http.Request) string
	// Why says what a customer of the sample stands for, or ""; nil outside the demo.
	Why func(shopID string, c bridge.Customer) string
	// CustomerPath is the address of a customer's page, or "".
	CustomerPath func(shopID, customerID string) string
}

// Phone serves the pages. It is safe for concurrent use and keeps no state.
type Phone struct {
	o   Options
	set *web.Set
}

// New returns the pages. An error means that an embedded template is broken.
func New(o Options) (*Phone, error) {
	set, err := o.Kit.Templates(files, "templates")
	if err != nil {
		return nil, err
	}
	return &Phone{o: o, set: set}, nil
}

// Path is the address of a customer's handset, or with "" of the shop's first.
func Path(shopID, customerID string) string {
	p := "/s/" + url.PathEscape(shopID) + "/phone"
	if customerID != "" {
		p += "/" + url.PathEscape(customerID)
	}
	return p
}

// Routes adds the pages to mux. All are for members of the shop.
func (p *Phone) Routes(mux *http.ServeMux) {
	in := func(pattern string, h func(http.ResponseWriter, *http.Request, Visit) error) {
		mux.Handle(pattern, p.o.Kit.Handle(p.member(h)))
	}
	mux.Handle("GET /phone", p.o.Kit.Handle(p.start))            // from the README, a bookmark
	in("GET /s/{shop}/phone", p.page)                            // the navigation
	in("POST /s/{shop}/phone", p.search)                         // the search: posted, as what is typed may be a phone number
	in("GET /s/{shop}/phone/{customer}", p.page)                 // the list of customers
	in("GET /s/{shop}/phone/{customer}/thread", p.thread)        // the page's own polling
	in("GET /s/{shop}/phone/{customer}/trace", p.traceOf)        // the page's own polling
	in("GET /s/{shop}/phone/{customer}/next", p.nextOf)          // the page's own polling, in the demo
	in("GET /s/{shop}/phone/{customer}/people", p.peopleOf)      // the page's own polling
	in("GET /s/{shop}/phone/{customer}/clock", p.clockOf)        // the page's own polling
	in("GET /s/{shop}/phone/{customer}/time", p.timeOf)          // the page's own polling
	in("POST /s/{shop}/phone/{customer}", p.say)                 // the keyboard
	in("POST /s/{shop}/clock", p.moveClock)                      // the clock, in the demo
	in("POST /s/{shop}/phone/{customer}/notice", p.moveToNotice) // the clock, to this customer's next text
}

func (p *Phone) member(h func(http.ResponseWriter, *http.Request, Visit) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := p.o.Enter(r, r.PathValue("shop"))
		if fault.Is(err, fault.Unauthorized) {
			return p.o.ToSignIn(w, r)
		}
		if err != nil {
			return err
		}
		return h(w, r, v)
	}
}

// start leads from the plain address to the shop the visitor was in.
func (p *Phone) start(w http.ResponseWriter, r *http.Request) error {
	if shop := p.o.LastShop(r); shop != "" {
		return web.SeeOther(w, r, Path(shop, ""))
	}
	return web.SeeOther(w, r, "/")
}

// say sends what was typed.
func (p *Phone) say(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	c, err := p.o.Bridge.Customer(r.Context(), v.Shop.ID, r.PathValue("customer"))
	if err != nil {
		return err
	}
	text := strings.TrimSpace(r.PostForm.Get("text"))
	back := Path(v.Shop.ID, c.ID)
	switch {
	case c.Phone == "":
		p.o.Kit.Flash(r, web.Warn, "This customer has no phone number.")
	case text == "":
		p.o.Kit.Flash(r, web.Warn, "Type a text first.")
	default:
		if err := p.o.Handset.Say(r.Context(), v.Shop.ID, string(c.Phone), text); err != nil {
			return err
		}
	}
	return web.SeeOther(w, r, back)
}
