package account_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
	"rejoinder/internal/web/account"
	"rejoinder/internal/work"
)

// world is the page over the real use cases on a real database, at a moment that tests move.
type world struct {
	t        *testing.T
	clock    *work.Movable
	bridge   *bridge.Bridge
	shop     bridge.Shop
	customer string
	sub      string
	srv      *httptest.Server
	client   *http.Client
}

type noWaker struct{}

func (noWaker) Wake(context.Context, string, string) error              { return nil }
func (noWaker) WakeAt(context.Context, string, string, time.Time) error { return nil }

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, clock: work.NewStopped(time.Date(2026, time.October, 10, 15, 0, 0, 0, time.UTC))}
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "test.db"), Now: w.clock.Now})
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	must(t, db.Migrate(t.Context()))
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	w.bridge = bridge.New(bridge.Options{
		Store: app.BridgeStore(db), Waker: noWaker{}, Sealer: box, Now: w.clock.Now,
		Log: slog.New(slog.DiscardHandler), PublicURL: "https://texts.example.com",
	})
	w.shop = bridge.Shop{ID: "shop_1", Name: "Corner Coffee", Link: "https://shop.example.com", Zone: "America/New_York"}
	must(t, w.bridge.SaveShop(t.Context(), w.shop))
	why := trigger.Cause{Actor: trigger.System, Silent: true}
	c, err := w.bridge.CreateCustomer(t.Context(), w.shop.ID, subscription.Customer{FirstName: "Ana", Phone: "+12125550142"}, why)
	must(t, err)
	w.customer = c.ID
	price, err := subscription.ParseMoney("14.50", "USD")
	must(t, err)
	s, err := w.bridge.CreateSubscription(t.Context(), w.shop.ID, c.ID, subscription.Subscription{
		Items:    []subscription.Item{{ProductID: "p1", Name: "House Blend", Quantity: 1, Price: price}},
		Interval: subscription.Interval{Count: 4, Unit: subscription.Week}, Next: subscription.NewDate(2026, time.October, 20),
	}, why)
	must(t, err)
	w.sub = s.ID

	kit, err := web.New(web.Options{Now: w.clock.Now})
	must(t, err)
	page, err := account.New(kit, w.bridge)
	must(t, err)
	mux := http.NewServeMux()
	page.Routes(mux)
	w.srv = httptest.NewServer(kit.Serve(mux))
	t.Cleanup(w.srv.Close)
	jar, _ := cookiejar.New(nil)
	w.client = &http.Client{Jar: jar, Timeout: 10 * time.Second}
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// link is the path of a fresh link.
func (w *world) link() string {
	u, err := url.Parse(w.bridge.AccountLink(w.shop, w.customer))
	must(w.t, err)
	return u.Path
}

func (w *world) do(method, path string, form url.Values, header ...string) (*http.Response, string) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.srv.URL+path, strings.NewReader(form.Encode()))
	must(w.t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := w.client.Do(req)
	must(w.t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	must(w.t, err)
	return resp, string(body)
}

func (w *world) next() string {
	w.t.Helper()
	a, err := w.bridge.Account(w.t.Context(), w.shop.ID, w.customer)
	must(w.t, err)
	o, ok := a.Next()
	if !ok {
		return "none"
	}
	return o.Date.String()
}

// form finds the hidden fields of the first form whose button has this value.
func form(t *testing.T, page, do string) url.Values {
	t.Helper()
	for _, f := range regexp.MustCompile(`(?s)<form.*?</form>`).FindAllString(page, -1) {
		if !strings.Contains(f, `value="`+do+`"`) {
			continue
		}
		v := url.Values{"do": {do}}
		for _, m := range regexp.MustCompile(`name="([a-z]+)" value="([^"]*)"`).FindAllStringSubmatch(f, -1) {
			if m[1] != "do" && m[1] != "by" {
				v.Add(m[1], m[2])
			}
		}
		return v
	}
	t.Fatalf("there is no button %q on the page:\n%s", do, page)
	return nil
}

func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.link()
	for _, method := range []string{http.MethodHead, http.MethodGet, http.MethodGet} {
		resp, _ := w.do(method, path, nil)
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", method, resp.StatusCode)
		}
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive",
		} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", method, name, got, want)
			}
		}
	}
	if got := w.next(); got != "2026-10-20" {
		t.Errorf("looking moved the order to %s", got)
	}
	if resp, _ := w.do(http.MethodGet, path+"?do=skip", nil); resp.StatusCode != http.StatusOK || w.next() != "2026-10-20" {
		t.Error("a GET acted")
	}
}

func TestTheButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.link()
	steps := []struct{ do, next, says string }{
		{"skip", "2026-11-17", "Skipped. Your next order is on Tuesday, November 17."},
		{"undo", "2026-10-20", "Taken back. Your next order is on Tuesday, October 20."},
		{"delay", "2026-10-27", "Moved. Your next order is on Tuesday, October 27."},
		{"undo", "2026-10-20", "Taken back."},
		{"skip", "2026-11-17", "Skipped."},
		{"unskip", "2026-10-20", "Taken back."},
		{"pause", "none", "Paused: House Blend. No order of it is sent until you resume it. No order is coming."},
		{"resume", "2026-10-20", "Running again: House Blend. Your next order is on"},
		{"cancel", "none", "Cancelled: House Blend. No order is coming."},
	}
	for _, s := range steps {
		_, page := w.do(http.MethodGet, path, nil)
		resp, after := w.do(http.MethodPost, path, form(t, page, s.do))
		if resp.Request.Method != http.MethodGet {
			t.Fatalf("%s: the answer is not a redirect to the page but %d", s.do, resp.StatusCode)
		}
		if !strings.Contains(after, s.says) {
			t.Errorf("%s: the page does not say %q: %s", s.do, s.says, regexp.MustCompile(`(?s)<div class="flash.*?</div>`).FindString(after))
		}
		if got := w.next(); got != s.next {
			t.Errorf("%s: the next order is on %s, want %s", s.do, got, s.next)
		}
	}
}

// What Undo would take back is named as it was.
func TestWhatUndoTakesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.link()
	for _, s := range []struct{ do, says string }{
		{"skip", "You skipped the order of Tuesday, October 20."},
		{"unskip", "You brought back an order of House Blend."},
		{"delay", "You moved the order of Tuesday, October 20."},
		{"pause", "You paused House Blend."},
	} {
		_, page := w.do(http.MethodGet, path, nil)
		if _, after := w.do(http.MethodPost, path, form(t, page, s.do)); !strings.Contains(after, "<p>"+s.says+"</p>") {
			t.Errorf("after %s the page does not say %q", s.do, s.says)
		}
	}
}

func TestAFormSentTwiceActsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.link()
	_, page := w.do(http.MethodGet, path, nil)
	f := form(t, page, "skip")
	w.do(http.MethodPost, path, f)
	w.do(http.MethodPost, path, f)
	if got := w.next(); got != "2026-11-17" {
		t.Errorf("the next order is on %s, want one skip", got)
	}
}

func TestOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.link()
	_, page := w.do(http.MethodGet, path, nil)
	resp, _ := w.do(http.MethodPost, path, form(t, page, "skip"), "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")
	if resp.StatusCode != http.StatusForbidden || w.next() != "2026-10-20" {
		t.Errorf("a form from another site was answered %d, and the next order is on %s", resp.StatusCode, w.next())
	}
}

func TestBadForms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.link()
	_, page := w.do(http.MethodGet, path, nil)
	good := form(t, page, "skip")
	for name, change := range map[string]func(url.Values){
		"an unknown button":        func(v url.Values) { v.Set("do", "refund") },
		"no key":                   func(v url.Values) { v.Del("key") },
		"a date that is none":      func(v url.Values) { v.Set("order", "tomorrow") },
		"somebody else's":          func(v url.Values) { v.Set("subscription", "sub_00000000000000000000000000") },
		"a date without an order":  func(v url.Values) { v.Set("order", "2026-10-21") },
		"a delay without a moment": func(v url.Values) { v.Set("do", "delay"); v.Set("by", "soon") },
	} {
		t.Run(name, func(t *testing.T) {
			bad := url.Values{}
			for k, v := range good {
				bad[k] = v
			}
			change(bad)
			if resp, _ := w.do(http.MethodPost, path, bad); resp.StatusCode >= 500 {
				t.Errorf("answered %d", resp.StatusCode)
			}
			if got := w.next(); got != "2026-10-20" {
				t.Errorf("the order moved to %s", got)
			}
		})
	}
}

func TestDeadLinks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.link()
	altered := path[:len(path)-3] + "AAA"
	w.clock.Set(w.clock.Now().AddDate(0, 0, 31))
	for name, tt := range map[string]struct {
		path   string
		status int
		says   string
	}{
		"expired": {path, http.StatusGone, "This link has expired"},
		"altered": {altered, http.StatusNotFound, "This link does not work"},
		"made up": {"/a/x", http.StatusNotFound, "This link does not work"},
	} {
		t.Run(name, func(t *testing.T) {
			resp, page := w.do(http.MethodGet, tt.path, nil)
			if resp.StatusCode != tt.status || !strings.Contains(page, tt.says) || !strings.Contains(page, "Text me a fresh link") {
				t.Errorf("answered %d with\n%s", resp.StatusCode, page)
			}
			resp, page = w.do(http.MethodPost, tt.path+"/fresh", url.Values{})
			if resp.StatusCode != http.StatusOK || !strings.Contains(page, "Look at your phone") {
				t.Errorf("a fresh link was answered %d with\n%s", resp.StatusCode, page)
			}
			resp, _ = w.do(http.MethodPost, tt.path, url.Values{"do": {"cancel"}, "key": {"0123456789abcdef"}, "subscription": {w.sub}})
			if resp.StatusCode != tt.status {
				t.Errorf("a button was answered %d", resp.StatusCode)
			}
		})
	}
	list, err := w.bridge.Deliveries(t.Context(), w.shop.ID, bridge.DeliveryFilter{})
	must(t, err)
	if len(list) != 1 {
		t.Errorf("%d texts with a fresh link were queued, want one, for the link that was ours", len(list))
	}
}

// TestPausingOneOfTwo says what is true: one is paused, and the other still comes.
func TestPausingOneOfTwo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	price, err := subscription.ParseMoney("9.00", "USD")
	must(t, err)
	_, err = w.bridge.CreateSubscription(t.Context(), w.shop.ID, w.customer, subscription.Subscription{
		Items:    []subscription.Item{{ProductID: "p2", Name: "Oat Bars", Quantity: 1, Price: price}},
		Interval: subscription.Interval{Count: 2, Unit: subscription.Week}, Next: subscription.NewDate(2026, time.October, 27),
	}, trigger.Cause{Actor: trigger.System, Silent: true})
	must(t, err)
	path := w.link()
	_, page := w.do(http.MethodGet, path, nil)
	f := form(t, page, "pause")
	paused, other := "House Blend", "Oat Bars"
	next := "Tuesday, October 27"
	if f.Get("subscription") != w.sub {
		paused, other, next = other, paused, "Tuesday, October 20"
	}
	_, after := w.do(http.MethodPost, path, f)
	for _, says := range []string{
		"Paused: " + paused + ". No order of it is sent until you resume it. Your next order is on " + next + ".",
		"You paused " + paused + ".",
	} {
		if !strings.Contains(after, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
	if strings.Contains(after, "Nothing is sent") || !strings.Contains(after, other) {
		t.Error("the page says that nothing is sent, or does not show the other subscription")
	}
}
