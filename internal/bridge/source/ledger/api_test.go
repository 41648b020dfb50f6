//go:build unix

package ledger_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/bridge/source/ledger"
	"rejoinder/internal/ident"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
)

type wakes struct{}

func (wakes) Wake(context.Context, string, string) error              { return nil }
func (wakes) WakeAt(context.Context, string, string, time.Time) error { return nil }

// server is the API over a real store and a real socket, with one shop and its token.
type server struct {
	*httptest.Server
	t      *testing.T
	bridge *bridge.Bridge
	clock  *storetest.Clock
	shop   bridge.Shop
	token  string
	log    *bytes.Buffer
}

func serve(t *testing.T, db *store.DB, clock *storetest.Clock) *server {
	t.Helper()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, clock: clock, log: new(bytes.Buffer)}
	s.bridge = bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: wakes{}, Sealer: box, Now: clock.Now, Webhooks: ledger.NewSender(false), PublicURL: "https://rejoinder.example"})
	s.shop, s.token = s.newShop()
	s.Server = httptest.NewServer(ledger.Handler(ledger.Options{Book: s.bridge, Now: clock.Now, Log: slog.New(slog.NewTextHandler(s.log, nil))}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) newShop() (bridge.Shop, string) {
	s.t.Helper()
	shop := bridge.Shop{ID: ident.New("shp", s.clock.Now()), Name: "Corner Coffee", Link: "https://shop.example", Zone: "America/New_York"}
	if err := s.bridge.SaveShop(s.t.Context(), shop); err != nil {
		s.t.Fatal(err)
	}
	_, token, err := s.bridge.CreateAPIToken(s.t.Context(), shop.ID, "test")
	if err != nil {
		s.t.Fatal(err)
	}
	return shop, token
}

func onBoth(t *testing.T, run func(t *testing.T, s *server)) {
	t.Helper()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) { run(t, serve(t, db, clock)) })
}

// send makes a request and returns the status and the body as decoded JSON. Headers come as name, value, …
func (s *server) send(method, path, body string, headers ...string) (int, map[string]any) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if len(raw) == 0 {
		return res.StatusCode, nil
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		s.t.Fatalf("%s %s answered %d with %q", method, path, res.StatusCode, raw)
	}
	return res.StatusCode, out
}

func (s *server) must(want int, method, path, body string, headers ...string) map[string]any {
	s.t.Helper()
	status, out := s.send(method, path, body, headers...)
	if status != want {
		s.t.Fatalf("%s %s answered %d, want %d: %v", method, path, status, want, out)
	}
	return out
}

const coffee = `{"items":[{"name":"House Blend","price":{"amount":2400,"currency":"USD"}}],"interval":{"count":1,"unit":"month"},"next":"2026-12-31"}`

func (s *server) customer() string {
	s.t.Helper()
	return s.must(201, "POST", "/api/v1/customers", `{"first_name":"Ada","phone":"(212) 555-0123","external_id":"c-1"}`)["id"].(string)
}

// dates lists the dates of an answer with orders.
func dates(answer map[string]any) (list []string) {
	for _, o := range answer["data"].([]any) {
		list = append(list, o.(map[string]any)["date"].(string))
	}
	return list
}

func TestBookByAPI(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server) {
		id := s.customer()
		sub := s.must(201, "POST", "/api/v1/customers/"+id+"/subscriptions", coffee)["id"].(string)
		orders := "/api/v1/customers/" + id + "/orders"
		if diff := cmp.Diff([]string{"2026-12-31", "2027-01-31", "2027-02-28"}, dates(s.must(200, "GET", orders+"?count=3", ""))); diff != "" {
			t.Error(diff)
		}
		first := s.must(200, "GET", orders+"?count=1", "")["data"].([]any)[0].(map[string]any)
		if diff := cmp.Diff(map[string]any{"amount": 2400.0, "currency": "USD"}, first["total"]); diff != "" || first["product_names"] != "House Blend" || first["reply_by"] != "2026-12-30T05:00:00Z" {
			t.Errorf("first order %v", first)
		}
		if got := dates(s.must(200, "POST", orders+"/2026-12-31/skip", "")); got[0] != "2027-01-31" {
			t.Errorf("after the skip %v", got)
		}
		if _, out := s.send("POST", orders+"/2026-12-31/skip", "{}"); !strings.Contains(fmt.Sprint(out), "already been skipped; the next one is on Sunday, January 31, 2027") {
			t.Errorf("skipped again: %v", out)
		}
		if got := dates(s.must(200, "POST", orders+"/2026-12-31/unskip", "")); got[0] != "2026-12-31" {
			t.Errorf("after the unskip %v", got)
		}
		if got := dates(s.must(200, "POST", orders+"/2026-12-31/delay", `{"to":"2027-01-15"}`)); got[0] != "2027-01-15" || got[1] != "2027-02-15" {
			t.Errorf("after the delay %v", got)
		}
		at := "/api/v1/subscriptions/" + sub
		if got := s.must(200, "POST", at+"/pause", `{"until":"2027-01-20"}`); got["status"] != "paused" || got["paused_until"] != "2027-01-20" || got["customer_id"] != id {
			t.Errorf("paused %v", got)
		}
		s.must(200, "POST", at+"/resume", "")
		if got := s.must(200, "PATCH", at, `{"next":"2027-02-28","anchor":31}`); got["anchor"] != 31.0 || got["next"] != "2027-02-28" {
			t.Errorf("changed %v", got)
		}
		if got := s.must(200, "GET", "/api/v1/orders?to=2027-03-01", ""); fmt.Sprint(dates(got)) != "[2027-02-28]" {
			t.Errorf("the shop's orders %v", got)
		}
		if got := s.must(200, "POST", at+"/cancel", `{"by":"customer"}`); got["status"] != "cancelled" || got["next"] != "" {
			t.Errorf("cancelled %v", got)
		}
		if got := s.must(200, "GET", "/api/v1/customers?query=%2B1%20(212)555", ""); len(got["data"].([]any)) != 1 {
			t.Errorf("found %v", got)
		}
	})
}

func TestBadRequests(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server) {
		id := s.customer()
		sub := "/api/v1/customers/" + id + "/subscriptions"
		with := func(from, to string) string { return strings.Replace(coffee, from, to, 1) }
		for name, c := range map[string]struct {
			method, path, body string
			status             int
			field, says        string
		}{
			"no JSON":               {"POST", "/api/v1/customers", `{"first_name":`, 400, "", "not valid JSON"},
			"two values":            {"POST", "/api/v1/customers", `{} {}`, 400, "", "one JSON object"},
			"unknown field":         {"POST", "/api/v1/customers", `{"telephone":"x"}`, 400, "telephone", "no such field"},
			"wrong type":            {"POST", "/api/v1/customers", `{"first_name":7}`, 400, "first_name", "string"},
			"not UTF-8":             {"POST", "/api/v1/customers", "{\"first_name\":\"\xff\"}", 400, "", "UTF-8"},
			"no phone":              {"POST", "/api/v1/customers", `{"phone":"call me"}`, 400, "phone", "digits"},
			"no such phone":         {"POST", "/api/v1/customers", `{"phone":"+1 999 999 9999"}`, 400, "phone", "no such"},
			"no email":              {"POST", "/api/v1/customers", `{"email":"me at home"}`, 400, "email", "e-mail"},
			"no zone":               {"POST", "/api/v1/customers", `{"zone":"Mars/Olympus"}`, 400, "zone", "IANA"},
			"phone taken":           {"POST", "/api/v1/customers", `{"phone":"+12125550123"}`, 409, "phone", "Another customer"},
			"external id taken":     {"POST", "/api/v1/customers", `{"external_id":"c-1"}`, 409, "external_id", "Another customer"},
			"who":                   {"POST", "/api/v1/customers", `{"by":"nobody"}`, 400, "by", "customer"},
			"no items":              {"POST", sub, with(`[{"name":"House Blend","price":{"amount":2400,"currency":"USD"}}]`, "[]"), 400, "items", "items"},
			"item without name":     {"POST", sub, with("House Blend", " "), 400, "items", "name"},
			"odd currency":          {"POST", sub, with("USD", "dollars"), 400, "items", "currency"},
			"interval of nothing":   {"POST", sub, with(`"count":1`, `"count":0`), 400, "interval", "at least"},
			"interval in years":     {"POST", sub, with(`"month"`, `"year"`), 400, "interval", "days, weeks or months"},
			"no day":                {"POST", sub, with("2026-12-31", "2026-11-31"), 400, "next", "no day"},
			"today":                 {"POST", sub, with("2026-12-31", "2026-11-21"), 400, "next", "after today"},
			"in four years":         {"POST", sub, with("2026-12-31", "2030-12-31"), 400, "next", "three years"},
			"unknown customer":      {"GET", "/api/v1/customers/cus_x", "", 404, "", "no such customer"},
			"unknown subscription":  {"GET", "/api/v1/subscriptions/sub_x", "", 404, "", "no such subscription"},
			"no subscription":       {"POST", "/api/v1/customers/" + id + "/orders/2026-12-31/skip", "", 409, "", "no subscription"},
			"odd date":              {"POST", "/api/v1/customers/" + id + "/orders/soon/skip", "", 400, "date", "year-month-day"},
			"delay to nowhere":      {"POST", "/api/v1/customers/" + id + "/orders/2026-12-31/delay", "{}", 400, "to", "new date"},
			"card number":           {"POST", "/api/v1/customers/" + id + "/payment-method", `{"fingerprint":"f","last4":"4111111111111111"}`, 400, "last4", "last four"},
			"no fingerprint":        {"POST", "/api/v1/customers/" + id + "/payment-method", `{}`, 400, "fingerprint", "changes"},
			"no bill":               {"POST", "/api/v1/customers/" + id + "/payment-failures", `{}`, 400, "bill_id", "bill"},
			"page of nothing":       {"GET", "/api/v1/customers?limit=0", "", 400, "limit", "1 to 200"},
			"plain http":            {"POST", "/api/v1/webhooks", `{"url":"http://shop.example/hooks"}`, 400, "url", "https"},
			"private network":       {"POST", "/api/v1/webhooks", `{"url":"https://10.0.0.7/hooks"}`, 400, "url", "private"},
			"cloud's own address":   {"POST", "/api/v1/webhooks", `{"url":"https://169.254.169.254/latest"}`, 400, "url", "private"},
			"mapped private":        {"POST", "/api/v1/webhooks", `{"url":"https://[::ffff:10.0.0.7]/"}`, 400, "url", "private"},
			"password in address":   {"POST", "/api/v1/webhooks", `{"url":"https://me:secret@shop.example/"}`, 400, "url", "signed"},
			"nothing there":         {"GET", "/api/v1/nothing", "", 404, "", "openapi.json"},
			"wrong method":          {"DELETE", "/api/v1/customers", "", 405, "", "GET, POST"},
			"over 1 MB":             {"POST", "/api/v1/customers", `{"first_name":"` + strings.Repeat("a", 1<<20) + `"}`, 413, "", "bytes"},
			"status by patch":       {"PATCH", "/api/v1/subscriptions/sub_x", `{"status":"paused"}`, 400, "status", "pause"},
			"odd cursor":            {"GET", "/api/v1/orders?cursor=2026", "", 400, "cursor", "next_cursor"},
			"null instead of field": {"POST", sub, `null`, 400, "items", "items"},
		} {
			t.Run(name, func(t *testing.T) {
				s := *s
				s.t = t
				status, out := s.send(c.method, c.path, c.body)
				e, _ := out["error"].(map[string]any)
				field, _ := e["field"].(string)
				if status != c.status || field != c.field || !strings.Contains(fmt.Sprint(e["message"]), c.says) {
					t.Errorf("answered %d %v; want %d, field %q, saying %q", status, out, c.status, c.field, c.says)
				}
			})
		}
		if s.log.Len() > 0 {
			t.Errorf("faults of the sender were logged as ours:\n%s", s.log)
		}
	})
}

func TestSendingAnOrderNow(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server) {
		id := s.customer()
		s.must(201, "POST", "/api/v1/customers/"+id+"/subscriptions", coffee)
		now := "/api/v1/customers/" + id + "/orders/2026-12-31/now"
		today := s.clock.Now().In(s.shop.Location()).Format(time.DateOnly)
		if got := dates(s.must(200, "POST", now, "")); got[0] != today {
			t.Errorf("the order is on %v, want today, %s", got, today)
		}
		if status, out := s.send("POST", now, ""); status != 409 {
			t.Errorf("there is no order on that date any more, but: %d %v", status, out)
		}
		if _, err := s.bridge.HandleRoll(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		if got := dates(s.must(200, "GET", "/api/v1/customers/"+id+"/orders", "")); got[0] <= today {
			t.Errorf("after it came due the orders are on %v", got)
		}
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server) {
		id := s.customer()
		for name, header := range map[string]string{"none": "", "basic": "Basic " + s.token, "unknown": "Bearer rjk_nobody", "postscript's": "Bearer sk_1"} {
			if status, _ := s.send("GET", "/api/v1/customers/"+id, "", "Authorization", header); status != 401 {
				t.Errorf("%s: %d, want 401", name, status)
			}
		}
		other := *s
		other.shop, other.token = s.newShop()
		for _, path := range []string{"/api/v1/customers/" + id, "/api/v1/customers/" + id + "/orders", "/api/v1/customers/" + id + "/subscriptions"} {
			if status, _ := other.send("GET", path, ""); status != 404 {
				t.Errorf("another shop reads %s: %d", path, status)
			}
		}
		if status, _ := other.send("PATCH", "/api/v1/customers/"+id, `{"first_name":"Eve"}`); status != 404 {
			t.Errorf("another shop writes: %d", status)
		}
		if got := other.must(200, "GET", "/api/v1/customers", ""); len(got["data"].([]any)) != 0 {
			t.Errorf("another shop lists %v", got)
		}
		other.must(201, "POST", "/api/v1/customers", `{"phone":"+12125550123","external_id":"c-1"}`) // its own person of that number
		list, err := s.bridge.ListAPITokens(t.Context(), s.shop.ID)
		if err != nil || len(list) != 1 || strings.Contains(list[0].Mask, s.token[8:20]) {
			t.Fatalf("tokens %v, %v", list, err)
		}
		if err := s.bridge.RevokeAPIToken(t.Context(), other.shop.ID, list[0].ID); err == nil {
			t.Error("another shop revoked the token")
		}
		if err := s.bridge.RevokeAPIToken(t.Context(), s.shop.ID, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if status, _ := s.send("GET", "/api/v1/customers", ""); status != 401 {
			t.Errorf("a revoked token: %d, want 401", status)
		}
	})
}

func TestRepeatedRequestsActOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server) {
		made := make(chan string, 8)
		for range cap(made) {
			go func() {
				_, out := s.send("POST", "/api/v1/customers", `{"first_name":"Ada"}`, "Idempotency-Key", "one")
				id, _ := out["id"].(string)
				made <- id
			}()
		}
		id := <-made
		for range cap(made) - 1 {
			if other := <-made; other != id || id == "" {
				t.Errorf("the same request made %q and %q", id, other)
			}
		}
		if got := s.must(200, "GET", "/api/v1/customers", ""); len(got["data"].([]any)) != 1 {
			t.Errorf("there are %v", got)
		}
		if status, out := s.send("POST", "/api/v1/customers", `{"first_name":"Eve"}`, "Idempotency-Key", "one"); status != 409 {
			t.Errorf("the key used for something else: %d %v", status, out)
		}
		subs := "/api/v1/customers/" + id + "/subscriptions"
		a := s.must(201, "POST", subs, coffee, "Idempotency-Key", "two")["id"]
		if b := s.must(201, "POST", subs, coffee, "Idempotency-Key", "two")["id"]; a != b {
			t.Errorf("the same request made subscriptions %v and %v", a, b)
		}
		skip := "/api/v1/customers/" + id + "/orders/2026-12-31/skip"
		s.must(200, "POST", skip, "", "Idempotency-Key", "three")
		if got := dates(s.must(200, "POST", skip, "", "Idempotency-Key", "three")); got[0] != "2027-01-31" {
			t.Errorf("the same skip again: %v", got)
		}
		s.clock.Move(49 * time.Hour) // by then the key is free
		if status, _ := s.send("POST", "/api/v1/customers", `{"first_name":"Eve"}`, "Idempotency-Key", "one"); status != 201 {
			t.Errorf("after two days: %d", status)
		}
	})
}

func TestPages(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *server) {
		for i := range 7 {
			id := s.must(201, "POST", "/api/v1/customers", fmt.Sprintf(`{"last_name":"Sample%d"}`, i))["id"].(string)
			s.must(201, "POST", "/api/v1/customers/"+id+"/subscriptions", strings.Replace(coffee, "2026-12-31", fmt.Sprintf("2026-12-%02d", 10+i/2), 1))
		}
		for path, want := range map[string]int{"/api/v1/customers?limit=3": 7, "/api/v1/customers?limit=3&query=SAMPLE": 7, "/api/v1/orders?limit=3": 7} {
			seen, pages, cursor := map[string]bool{}, 0, ""
			for {
				out := s.must(200, "GET", path+"&cursor="+cursor, "")
				for _, v := range out["data"].([]any) {
					row := v.(map[string]any)
					seen[fmt.Sprint(row["id"], row["customer_id"])] = true
				}
				pages++
				if cursor, _ = out["next_cursor"].(string); cursor == "" {
					break
				}
			}
			if len(seen) != want || pages != 3 {
				t.Errorf("%s: %d entries on %d pages", path, len(seen), pages)
			}
		}
	})
}
