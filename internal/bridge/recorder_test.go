package bridge_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// recorder is a Postscript of the tests: a real HTTP server that speaks the literal JSON of the facts sheet,
// refuses what Postscript refuses, fails on request, and keeps what it was asked, with the time.
type recorder struct {
	*httptest.Server
	mu       sync.Mutex
	key      string
	calls    []call
	triggers map[string]string // id to name
	hooks    map[string]hook
	next     int
	fail     func(c call) int  // a status to answer instead, 0 for none, -1 to cut the connection after reading
	people   map[string]string // phone or e-mail to subscriber id
	out      map[string]bool   // subscriber ids that have opted out
}

type call struct {
	At           time.Time
	Method, Path string
	Key, Body    string
	ExternalID   string
	Phone, Email string
	Status       int // what was ordered to be answered instead; 0: the usual answer
}

type hook struct {
	ID      string            `json:"id"`
	URL     string            `json:"callback_url"`
	Event   string            `json:"event"`
	Headers map[string]string `json:"headers"`
}

func newRecorder(t testing.TB, key string) *recorder {
	r := &recorder{key: key, triggers: map[string]string{}, hooks: map[string]hook{}, people: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v2/me", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, 200, map[string]string{"resource_id": "shop_ps1", "resource_name": "Corner Coffee at Postscript", "resource_type": "shop"})
	})
	mux.HandleFunc("GET /v1/triggers", func(w http.ResponseWriter, _ *http.Request) {
		list := []map[string]any{}
		for id, name := range r.triggers {
			list = append(list, map[string]any{"id": id, "name": name, "tags": []any{}})
		}
		answer(w, 200, list)
	})
	mux.HandleFunc("POST /v1/triggers", func(w http.ResponseWriter, q *http.Request) {
		var in struct{ Name string }
		_ = json.NewDecoder(q.Body).Decode(&in)
		id := r.id("t")
		r.triggers[id] = in.Name
		answer(w, 200, map[string]any{"id": id, "name": in.Name})
	})
	mux.HandleFunc("PUT /v1/triggers/{id}", func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, map[string]any{}) })
	mux.HandleFunc("DELETE /v1/triggers/{id}", func(w http.ResponseWriter, q *http.Request) {
		delete(r.triggers, q.PathValue("id"))
		answer(w, 200, map[string]any{})
	})
	mux.HandleFunc("GET /v1/subscribers", func(w http.ResponseWriter, q *http.Request) {
		id := r.people[q.URL.Query().Get("phone_number")+q.URL.Query().Get("email")]
		if id == "" {
			answer(w, 200, []any{})
			return
		}
		answer(w, 200, []any{map[string]any{"id": id, "is_pending": false, "phone_number": q.URL.Query().Get("phone_number"), "email": q.URL.Query().Get("email")}})
	})
	mux.HandleFunc("GET /api/v2/subscribers/{id}", func(w http.ResponseWriter, q *http.Request) {
		can := map[string]bool{"can_send": !r.out[q.PathValue("id")]}
		answer(w, 200, map[string]any{"id": q.PathValue("id"), "subscriptions": map[string]any{"promotional": can, "transactional": can}})
	})
	mux.HandleFunc("POST /v1/triggers/{id}/subscribers/{sub}", func(w http.ResponseWriter, q *http.Request) {
		if r.triggers[q.PathValue("id")] == "" || !slices.Contains(r.ids(), q.PathValue("sub")) {
			answer(w, 404, map[string]any{"error_code": 3001, "error_message": "Could not find that.", "success": false})
			return
		}
		answer(w, 200, map[string]any{})
	})
	mux.HandleFunc("GET /api/v2/webhooks", func(w http.ResponseWriter, _ *http.Request) {
		list := []hook{}
		for _, h := range r.hooks {
			list = append(list, h)
		}
		answer(w, 200, map[string]any{"webhook_subscriptions": list})
	})
	mux.HandleFunc("POST /api/v2/webhooks", func(w http.ResponseWriter, q *http.Request) {
		var h hook
		_ = json.NewDecoder(q.Body).Decode(&h)
		h.ID = r.id("w")
		r.hooks[h.ID] = h
		answer(w, 200, h)
	})
	mux.HandleFunc("DELETE /api/v2/webhooks/{id}", func(w http.ResponseWriter, q *http.Request) {
		delete(r.hooks, q.PathValue("id"))
		answer(w, 200, map[string]any{})
	})
	mux.HandleFunc("GET /api/v2/webhooks/token", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, 200, map[string]string{"token": "static-token"})
	})
	mux.HandleFunc("POST /api/v2/events", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, 202, map[string]any{"event_ids": []string{"e1"}})
	})
	r.Server = httptest.NewServer(r.record(mux))
	t.Cleanup(r.Close)
	return r
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (r *recorder) id(prefix string) string {
	r.next++
	return prefix + string(rune('a'+r.next/26)) + string(rune('a'+r.next%26))
}

func (r *recorder) ids() []string {
	var out []string
	for _, id := range r.people {
		out = append(out, id)
	}
	return out
}

func (r *recorder) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		at := time.Now()
		body, _ := io.ReadAll(q.Body)
		q.Body = io.NopCloser(strings.NewReader(string(body)))
		c := call{At: at, Method: q.Method, Path: q.URL.Path, Key: q.Header.Get("Authorization"), Body: string(body), ExternalID: q.Header.Get("Idempotency-Key")}
		if v, err := url.ParseQuery(q.URL.RawQuery); err == nil {
			c.Phone, c.Email = v.Get("phone_number"), v.Get("email")
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		kept := len(r.calls)
		r.calls = append(r.calls, c)
		if c.Key == "" {
			http.Error(w, "Missing Authorization header", http.StatusUnauthorized)
			return
		}
		if c.Key != "Bearer "+r.key {
			answer(w, 403, map[string]any{"error": "You do not have permission to do that."})
			return
		}
		status := 0
		if r.fail != nil {
			status = r.fail(c)
			r.calls[kept].Status = status
		}
		switch {
		case status == -1:
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		case status == 429:
			answer(w, 429, map[string]any{"error_code": 3002, "error_message": "Rate limit exceeded", "success": false})
		case status != 0:
			answer(w, status, map[string]any{})
		default:
			next.ServeHTTP(w, q)
		}
	})
}

// fires returns the fire calls so far.
func (r *recorder) fires() []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []call
	for _, c := range r.calls {
		if c.Method == "POST" && strings.Contains(c.Path, "/subscribers/") {
			out = append(out, c)
		}
	}
	return out
}

func (r *recorder) all() []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.calls)
}

func (r *recorder) set(fail func(call) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = fail
}
