package admin_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/people"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
	"rejoinder/internal/web/admin"
)

// house is the pages over both halves and a real database, served over HTTP.
type house struct {
	t       *testing.T
	db      *store.DB
	clock   *storetest.Clock
	bridge  *bridge.Bridge
	texting *texting.Texting
	people  *people.People
	server  *httptest.Server
	shop    bridge.Shop
}

type wakes struct{}

func (wakes) Wake(context.Context, string, string) error              { return nil }
func (wakes) WakeAt(context.Context, string, string, time.Time) error { return nil }

// hooks stands where the sender of the ledger's webhooks does.
type hooks struct{}

func (hooks) Check(string) error                                    { return nil }
func (hooks) Post(context.Context, bridge.WebhookPost) (int, error) { return 200, nil }

func newHouse(t *testing.T, db *store.DB, clock *storetest.Clock) *house {
	t.Helper()
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	h := &house{t: t, db: db, clock: clock}
	h.texting = texting.New(texting.Options{Store: app.TextingStore(db), Waker: wakes{}, Sealer: box, Now: clock.Now})
	h.bridge = bridge.New(bridge.Options{
		Store: app.BridgeStore(db), Waker: wakes{}, Sealer: box, Now: clock.Now, Webhooks: hooks{}, PublicURL: "https://rejoinder.example",
		Postscript: func(string, bool) (bridge.Postscript, error) {
			return nil, fault.New(fault.Unavailable, "Postscript does not answer.")
		},
		BuiltinKey: func(context.Context, string) bool { return true },
		HookURL:    func(string, bool) string { return "https://rejoinder.example/hooks" },
	})
	h.people, err = people.New(people.Options{Store: db, Now: clock.Now, Cheap: true})
	must(t, err)
	kit, err := web.New(web.Options{Sessions: store.NewSessions(db, time.Now)})
	must(t, err)
	pages, err := admin.New(admin.Options{
		Kit: kit, People: h.people, Bridge: h.bridge, Texting: h.texting, Now: clock.Now, Throttle: web.NewThrottle(clock.Now),
		BaseURL: "https://rejoinder.example", Demo: true,
		Phone: func(shopID, customerID string) string { return "/s/" + shopID + "/phone" },
	})
	must(t, err)
	mux := http.NewServeMux()
	pages.Routes(mux)
	h.server = httptest.NewServer(kit.Serve(mux))
	t.Cleanup(h.server.Close)
	return h
}

// onBoth runs a test with a shop on both databases.
func onBoth(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		h := newHouse(t, db, clock)
		h.shop = h.addShop("shop_one", "Corner Coffee")
		run(t, h)
	})
}

// onSQLite returns a house with a shop.
func onSQLite(t *testing.T) *house {
	t.Helper()
	h := emptyHouse(t)
	h.shop = h.addShop("shop_one", "Corner Coffee")
	return h
}

// emptyHouse returns a house in which there is no shop.
func emptyHouse(t *testing.T) *house {
	t.Helper()
	clock := storetest.NewClock(storetest.Start)
	return newHouse(t, storetest.SQLite(t, clock.Now), clock)
}

func (h *house) addShop(id, name string) bridge.Shop {
	h.t.Helper()
	shop := bridge.Shop{ID: id, Name: name, Zone: "America/New_York"}
	must(h.t, h.bridge.SaveShop(h.t.Context(), shop))
	return shop
}

// browser is one person's browser.
type browser struct {
	h    *house
	jar  *http.Client
	last string // the page it shows
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	must(h.t, err)
	return &browser{h: h, jar: &http.Client{Jar: jar}}
}

// owner returns the browser of a signed-in owner of every shop there is.
func (h *house) owner() *browser {
	h.t.Helper()
	token, err := h.people.EntryLink(h.t.Context(), "owner@example.com")
	must(h.t, err)
	b := h.browser()
	b.post(200, "/enter/"+token, nil)
	return b
}

// agent returns the browser of a signed-in agent of the first shop.
func (h *house) agent() *browser {
	h.t.Helper()
	token, err := h.people.Invite(h.t.Context(), h.shop.ID, "agent@example.com", people.Agent)
	must(h.t, err)
	b := h.browser()
	b.post(200, "/join/"+token, url.Values{"password": {"ten letters long"}})
	return b
}

// get opens a page and expects a status; redirects are followed.
func (b *browser) get(status int, path string) string {
	b.h.t.Helper()
	req, err := http.NewRequestWithContext(b.h.t.Context(), http.MethodGet, b.h.server.URL+path, nil)
	must(b.h.t, err)
	return b.do(status, req)
}

// post sends a form and expects the status of the page it ends at.
func (b *browser) post(status int, path string, form url.Values) string {
	b.h.t.Helper()
	req, err := http.NewRequestWithContext(b.h.t.Context(), http.MethodPost, b.h.server.URL+path, strings.NewReader(form.Encode()))
	must(b.h.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(status, req)
}

// upload sends a form with a file; a file of "" is left out.
func (b *browser) upload(status int, path, file string, f url.Values) string {
	b.h.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range f {
		for _, v := range values {
			must(b.h.t, w.WriteField(name, v))
		}
	}
	if file != "" {
		part, err := w.CreateFormFile("file", "people.csv")
		must(b.h.t, err)
		_, err = io.WriteString(part, file)
		must(b.h.t, err)
	}
	must(b.h.t, w.Close())
	req, err := http.NewRequestWithContext(b.h.t.Context(), http.MethodPost, b.h.server.URL+path, &body)
	must(b.h.t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(status, req)
}

func (b *browser) do(status int, req *http.Request) string {
	b.h.t.Helper()
	res, err := b.jar.Do(req)
	must(b.h.t, err)
	defer func() { must(b.h.t, res.Body.Close()) }()
	body, err := io.ReadAll(res.Body)
	must(b.h.t, err)
	b.last = string(body)
	if res.StatusCode != status {
		b.h.t.Fatalf("%s %s: %d, want %d\n%s", req.Method, req.URL.Path, res.StatusCode, status, text(b.last))
	}
	return b.last
}

// sees fails unless the page it shows has all of these.
func (b *browser) sees(parts ...string) {
	b.h.t.Helper()
	for _, p := range parts {
		if !strings.Contains(b.last, p) {
			b.h.t.Errorf("the page does not say %q:\n%s", p, text(b.last))
		}
	}
}

var tags = regexp.MustCompile(`(?s)<svg.*?</svg>|<[^>]*>|\n\s*`)

// text is what a page says, for messages of failed tests.
func text(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	page = tags.ReplaceAllString(page, " ")
	return page[:min(len(page), 3000)]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
