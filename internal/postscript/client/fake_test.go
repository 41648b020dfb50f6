package client

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// Keys the fake knows. None exists anywhere else.
const (
	goodKey    = "sk_test_0123456789abcdef"
	goodBearer = "sk_partner_test_fedcba9876543210"
)

// fake is a real HTTP server that answers with literal documents of the API and refuses what the API refuses,
// in its words. It knows one shop, one subscriber, one trigger.
type fake struct {
	*httptest.Server
	mu    sync.Mutex
	seen  []string // method, path and body of every request that got past the key check
	heads []http.Header
	limit int // requests left before 429; negative is no limit
}

const (
	subscriberV2 = `{"created_at":"2019-08-24T14:15:22Z","data":{},"email":"ana@example.com","id":"s_1234567abcd","ps_id":42,
		"phone_number":"+15555550101","properties":{},"shopify_customer_id":7,"subscriptions":{"promotional":{"can_send":true},
		"transactional":{"can_send":true}},"tags":["VIP"],"updated_at":"2019-08-24T14:15:22Z"}`
	emptyPage  = `{"page_info":{"page":1,"total_pages":0},"subscribers":[]}`
	messageDoc = `{"body":"Hello","category":"promotional","created_at":"2019-08-24T14:15:22Z","id":"mr_1","phone":"+15555550101",
		"scheduled_at":null,"sent_message":null,"status":"processing","status_code":0,"subscriber_id":"s_1234567abcd","updated_at":"2019-08-24T14:15:22Z"}`
	webhookDoc = `{"callback_url":"https://example.com/hooks","created_at":"2019-08-24T14:15:22Z","event":"shop.incoming_message",
		"headers":{"X-Shop-Secret":"very-secret-header"},"id":"a47606a1-5b39-4a81-9480-c2cb738ff675","updated_at":"2019-08-24T14:15:22Z"}`
	keywordDoc   = `{"created_at":"2021-10-01T03:17:09.306630","id":"kw_31afjew824892ks","keyword":"YOUROCK","triggered_count":10,"updated_at":"2021-10-01T03:17:09.306639"}`
	triggerDoc   = `{"id":17,"name":"Rejoinder: Upcoming Order","tags":[{"label":"Link","value":"{account_page_link}"}],"transactional_allowed":false}`
	accessDenied = `{"errors":[{"loc":[],"msg":"Access denied. You do not have permissions to access the requested resource.","type":"v2.access_denied"}]}`
)

func newFake(t *testing.T) *fake {
	f := &fake{limit: -1}
	f.Server = httptest.NewServer(f.handler())
	t.Cleanup(f.Close)
	return f
}

// say answers with a literal document.
func say(status int, doc string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, doc)
	}
}

// needs answers 400 {} unless the JSON body has one of the fields.
func needs(next http.HandlerFunc, fields ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var body map[string]any
		if json.NewDecoder(r.Body).Decode(&body) == nil {
			for _, f := range fields {
				if body[f] != nil {
					next(w, r)
					return
				}
			}
		}
		say(400, `{}`)(w, r)
	}
}

func (f *fake) handler() http.Handler {
	mux := http.NewServeMux()
	ok := `{"message":"OK"}`
	mux.Handle("GET /api/v2/me", say(200, `{"resource_id":"shop_1234567abcde","resource_name":"Kettle & Leaf","resource_type":"shop"}`))
	mux.Handle("POST /api/v2/events", needs(say(202, `{"event_ids":["1234-abcd-5678"]}`), "type"))
	mux.Handle("POST /api/v2/message_requests", needs(say(202, messageDoc), "body"))
	mux.Handle("GET /api/v2/message_requests/mr_1", say(200, messageDoc))
	mux.Handle("GET /api/v2/message_requests/{id}", say(400, `{}`))
	mux.Handle("GET /api/v2/sent_messages/{id}", say(400, `{"errors":[{"ctx":{},"log":["path","id"],"msg":"not found","type":"value_error"}]}`))
	mux.HandleFunc("GET /api/v2/subscribers", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("phone_number__eq") == "+15555550101" || q.Get("email__eq") == "ana@example.com" {
			say(200, `{"page_info":{"page":1,"total_pages":1},"subscribers":[`+subscriberV2+`]}`)(w, r)
			return
		}
		say(200, emptyPage)(w, r)
	})
	mux.Handle("GET /api/v2/subscribers/s_1234567abcd", say(200, subscriberV2))
	mux.Handle("GET /api/v2/subscribers/{id}", say(400, `{}`))
	mux.Handle("PATCH /api/v2/subscribers/s_1234567abcd", say(200, subscriberV2))
	mux.Handle("POST /api/v2/subscribers", needs(say(200, `{"id":"pending_1","phone_number":"+15555550101","is_pending":true}`), "keyword", "keyword_id"))
	mux.Handle("GET /api/v2/keywords", say(200, `{"keywords":[`+keywordDoc+`]}`))
	mux.Handle("GET /api/v2/keywords/kw_31afjew824892ks", say(200, keywordDoc))
	mux.Handle("GET /api/v2/keywords/{id}", say(404, `{"error_code":3001,"error_message":"Could not find keyword matching that information","success":false}`))
	mux.Handle("GET /api/v2/webhooks", say(200, `{"webhook_subscriptions":[`+webhookDoc+`]}`))
	mux.Handle("POST /api/v2/webhooks", needs(say(200, webhookDoc), "callback_url"))
	mux.Handle("PATCH /api/v2/webhooks/{id}", say(200, webhookDoc))
	mux.Handle("DELETE /api/v2/webhooks/{id}", say(200, `{}`))
	mux.Handle("GET /api/v2/webhooks/token", say(200, `{"token":"very-secret-token"}`))
	mux.Handle("POST /api/v2/webhooks/test", needs(say(202, ok), "event"))
	mux.Handle("GET /api/v2/webhooks/example", say(200, `{"webhook_id":"89066f0a-eb36-4ed8-b98c-606e6dcac715","resource_type":"shop",
		"resource_id":"shop_1234567abcd","event_time":"2021-11-04T21:52:41.025455","event":"shop.test","event_data":{}}`))
	mux.Handle("PATCH /api/v2/compliance/unsubscribe", needs(say(202, ok), "postscript_subscriber_id", "phone_number"))
	mux.Handle("PATCH /api/v2/compliance/redact", say(403, accessDenied))
	mux.Handle("GET /v1/triggers", say(200, `{"triggers":[`+triggerDoc+`]}`))
	mux.Handle("POST /v1/triggers", needs(say(200, triggerDoc), "name"))
	mux.Handle("GET /v1/triggers/17", say(200, triggerDoc))
	mux.Handle("PUT /v1/triggers/17", needs(say(200, triggerDoc), "name"))
	mux.Handle("DELETE /v1/triggers/17", say(200, `{}`))
	mux.Handle("POST /v1/triggers/17/shops", say(200, `{}`))
	mux.Handle("POST /v1/triggers/17/subscribers/991", say(200, `{"success":true}`))
	mux.Handle("POST /v1/triggers/{id}/subscribers/{sub}", say(404, `{"error_code":3000,"error_message":"Could not find that","success":false}`))
	mux.HandleFunc("GET /v1/subscribers", func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query(); q.Get("phone_number") == "+15555550101" || q.Get("email") == "ana@example.com" {
			say(200, `{"id":991,"phone_number":"+15555550101","email":"ana@example.com","is_pending":false}`)(w, r)
			return
		}
		say(404, `{"error_code":3000,"error_message":"Could not find that","success":false}`)(w, r)
	})
	return f.guard(mux)
}

// guard refuses what Postscript refuses before it looks at the request: no key, a wrong key, a partner's key
// without a shop, too many requests.
func (f *fake) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, shop := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), r.Header.Get("X-Postscript-Shop-Token")
		switch {
		case key == "":
			w.WriteHeader(401)
			_, _ = io.WriteString(w, "Missing Authorization header")
			return
		case key == goodBearer && shop != goodKey:
			say(403, accessDenied)(w, r)
			return
		case key != goodKey && key != goodBearer:
			w.WriteHeader(401)
			return
		}
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		f.mu.Lock()
		f.seen = append(f.seen, strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Method, r.URL.RequestURI(), body)))
		f.heads = append(f.heads, r.Header.Clone())
		over := f.limit == 0
		f.limit--
		f.mu.Unlock()
		if over {
			say(429, `{"error_code":3002,"error_message":"Rate limit exceeded","success":false}`)(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// requests returns what arrived, one line for each.
func (f *fake) requests() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.seen...)
}

// client returns a client for an address, closing its connections with the test.
func newClient(t *testing.T, base string, change ...func(*Options)) *Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	o := Options{
		BaseURL: base, Key: goodKey, UserAgent: "Rejoinder/test",
		HTTP: &http.Client{Timeout: 10 * time.Second, Transport: tr},
	}
	for _, f := range change {
		f(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
