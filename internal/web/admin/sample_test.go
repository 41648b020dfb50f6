package admin_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/people"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
	"rejoinder/internal/web/admin"
)

// sample is the pages over the whole program with its sample shops, on a clock the test moves.
type sample struct {
	*house
	app *app.App
}

// newSample returns the demo as it is after its start: the first shop is not connected yet.
func newSample(t *testing.T) *sample {
	t.Helper()
	settings := config.Default()
	settings.DataDir = t.TempDir()
	a, err := app.Open(t.Context(), app.Options{Settings: settings, Version: "test", Log: slog.New(slog.DiscardHandler), Movable: true, Local: true})
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	must(t, a.MakeSample(t.Context()))
	// The pages' own connection to the same file: the app keeps its own to itself.
	db, err := store.Open(t.Context(), store.Options{Path: settings.SQLitePath(), Now: a.Now})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	h := &house{t: t, db: db, bridge: a.Bridge, texting: a.Texting}
	h.people, err = people.New(people.Options{Store: db, Now: time.Now, Cheap: true})
	must(t, err)
	kit, err := web.New(web.Options{Sessions: store.NewSessions(db, time.Now)})
	must(t, err)
	pages, err := admin.New(admin.Options{
		Kit: kit, People: h.people, Bridge: a.Bridge, Texting: a.Texting, Now: a.Now, Throttle: web.NewThrottle(time.Now),
		BaseURL: "https://rejoinder.example", Demo: true,
		Phone: func(shopID, customerID string) string { return "/s/" + shopID + "/phone" },
	})
	must(t, err)
	mux := http.NewServeMux()
	pages.Routes(mux)
	h.server = httptest.NewServer(kit.Serve(mux))
	t.Cleanup(h.server.Close)
	h.shop, err = a.Bridge.Shop(t.Context(), app.SampleShop)
	must(t, err)
	return &sample{house: h, app: a}
}

// s is the address of a page of the first sample shop.
func s(path string) string { return "/s/" + app.SampleShop + "/" + path }

// connect makes a key pair and confirms it, as the tour does.
func (x *sample) connect() {
	x.t.Helper()
	_, key, err := x.texting.CreateKeyPair(x.t.Context(), app.SampleShop, "Bridge")
	must(x.t, err)
	c, err := x.bridge.Confirm(x.t.Context(), app.SampleShop, key)
	must(x.t, err)
	if c.State != bridge.Connected {
		x.t.Fatalf("connection is %s: %s", c.State, c.Problem)
	}
}

// customer finds one of the sample's customers.
func (x *sample) customer(first string) bridge.Customer {
	x.t.Helper()
	list, _, err := x.bridge.Customers(x.t.Context(), app.SampleShop, first, "", 10)
	must(x.t, err)
	for _, c := range list {
		if c.FirstName == first {
			return c
		}
	}
	x.t.Fatalf("no customer %s", first)
	return bridge.Customer{}
}

// told moves the clock until the customer has the text about the next order.
func (x *sample) told(c bridge.Customer) {
	x.t.Helper()
	coming, err := x.bridge.Coming(x.t.Context(), app.SampleShop, c.ID)
	must(x.t, err)
	must(x.t, x.app.Advance(x.t.Context(), coming.Awake.Add(2*time.Minute)))
}

// says types a text on a customer's phone and lets happen what follows.
func (x *sample) says(c bridge.Customer, text string) {
	x.t.Helper()
	_, err := x.texting.Inbound(x.t.Context(), app.SampleShop, string(c.Phone), text, "test-"+text+x.app.Now().String())
	must(x.t, err)
	must(x.t, x.app.Advance(x.t.Context(), x.app.Now().Add(2*time.Minute)))
}

// lived returns a sample in which things have happened: connected, told, skipped, asked what only a person knows.
func lived(t *testing.T) *sample {
	t.Helper()
	x := newSample(t)
	x.connect()
	ana := x.customer("Ana")
	x.told(ana)
	x.says(ana, "SKIP")
	x.says(ana, "do you sell filters?")
	return x
}

func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

func keyword(shop string) texting.Keyword {
	return texting.Keyword{ShopID: shop, Word: "COFFEE", Reply: "Welcome!", Active: true}
}
