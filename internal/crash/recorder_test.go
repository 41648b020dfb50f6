package crash

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"rejoinder/internal/postscript"
)

// verdict is what the recorder did with a request.
type verdict string

const (
	taken  verdict = "taken"  // carried out and answered
	lost   verdict = "lost"   // carried out, and the connection cut instead of an answer
	slow   verdict = "slow"   // carried out and answered late
	paced  verdict = "429"    // not carried out
	failed verdict = "500"    // not carried out
	asked  verdict = "lookup" // a question, not a trigger
)

// carried reports whether the request had an effect: a person would have got a text.
func (v verdict) carried() bool { return v == taken || v == lost || v == slow }

// request is one request as the recorder saw it.
type request struct {
	at         time.Time
	token      string
	trigger    string // name without prefix, as "Upcoming Order"; "" when it is no trigger
	subscriber string
	key        string // the delivery's id
	tags       map[string]string
	verdict    verdict
}

// recorder is a Postscript that keeps every request it gets. It answers for any number of shops, one for each token.
type recorder struct {
	server *httptest.Server

	mu       sync.Mutex
	rng      *rand.Rand
	faulty   bool
	requests []request
	shops    map[string]*psShop // by token
	changed  chan struct{}      // closed and replaced at each request
}

// psShop is what one token's shop has registered.
type psShop struct {
	triggers []postscript.Trigger
	hooks    []postscript.WebhookSubscription
	token    string
}

func newRecorder(seed uint64) *recorder {
	r := &recorder{rng: rand.New(rand.NewPCG(seed, 1)), shops: map[string]*psShop{}, changed: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v2/me", r.shop(func(w http.ResponseWriter, req *http.Request, _ *psShop) {
		answer(w, postscript.Me{ResourceID: bearer(req), ResourceName: "Recorded", ResourceType: postscript.ResourceShop})
	}))
	mux.HandleFunc("GET /v1/triggers", r.shop(func(w http.ResponseWriter, _ *http.Request, s *psShop) {
		answer(w, postscript.TriggerList{Triggers: s.triggers})
	}))
	mux.HandleFunc("POST /v1/triggers", r.shop(func(w http.ResponseWriter, req *http.Request, s *psShop) {
		var in postscript.TriggerRequest
		if json.NewDecoder(req.Body).Decode(&in) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		t := postscript.Trigger{ID: postscript.ID(fmt.Sprint(len(s.triggers) + 1)), Name: in.Name, Tags: in.Tags}
		s.triggers = append(s.triggers, t)
		answer(w, t)
	}))
	mux.HandleFunc("GET /api/v2/webhooks", r.shop(func(w http.ResponseWriter, _ *http.Request, s *psShop) {
		answer(w, postscript.WebhookList{WebhookSubscriptions: s.hooks})
	}))
	mux.HandleFunc("POST /api/v2/webhooks", r.shop(func(w http.ResponseWriter, req *http.Request, s *psShop) {
		var in postscript.WebhookRequest
		if json.NewDecoder(req.Body).Decode(&in) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		h := postscript.WebhookSubscription{ID: fmt.Sprint("wh", len(s.hooks)), Event: in.Event, CallbackURL: in.CallbackURL, Headers: in.Headers}
		s.hooks = append(s.hooks, h)
		answer(w, h)
	}))
	mux.HandleFunc("GET /api/v2/webhooks/token", r.shop(func(w http.ResponseWriter, _ *http.Request, s *psShop) {
		answer(w, postscript.WebhookToken{Token: s.token})
	}))
	mux.HandleFunc("GET /v1/subscribers", r.subscriber)
	mux.HandleFunc("GET /api/v2/subscribers/{id}", r.permissions)
	mux.HandleFunc("POST /v1/triggers/{trigger}/subscribers/{subscriber}", r.fire)
	mux.HandleFunc("POST /api/v2/events", r.event)
	r.server = httptest.NewServer(mux)
	return r
}

func bearer(req *http.Request) string {
	return strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer ")
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // whoever asked was killed
}

// shop serves the calls of setting up, which are recorded for the pace only.
func (r *recorder) shop(serve func(http.ResponseWriter, *http.Request, *psShop)) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.requests = append(r.requests, request{at: time.Now(), token: bearer(req), verdict: asked})
		s := r.shops[bearer(req)]
		if s == nil {
			s = &psShop{token: fmt.Sprint("signature-", len(r.shops))}
			r.shops[bearer(req)] = s
		}
		serve(w, req, s)
	}
}

// record notes a request and decides what becomes of it.
func (r *recorder) record(q request, answered bool) verdict {
	r.mu.Lock()
	defer r.mu.Unlock()
	q.at = time.Now()
	q.verdict = taken
	if !answered {
		q.verdict = asked
	}
	if r.faulty {
		switch n := r.rng.IntN(1000); {
		case n < 20:
			q.verdict = paced
		case n < 40:
			q.verdict = failed
		case n < 60 && answered:
			q.verdict = lost
		case n < 80 && answered:
			q.verdict = slow
		}
	}
	r.requests = append(r.requests, q)
	close(r.changed)
	r.changed = make(chan struct{})
	return q.verdict
}

// finish answers by the verdict. It reports whether the caller is to write the answer itself.
func finish(w http.ResponseWriter, req *http.Request, v verdict) bool {
	switch v {
	case paced:
		w.WriteHeader(http.StatusTooManyRequests)
	case failed:
		w.WriteHeader(http.StatusInternalServerError)
	case lost:
		panic(http.ErrAbortHandler) // the connection ends without an answer
	case slow:
		t := time.NewTimer(time.Second)
		defer t.Stop()
		select {
		case <-t.C:
			return true
		case <-req.Context().Done():
		}
	default:
		return true
	}
	return false
}

func (r *recorder) subscriber(w http.ResponseWriter, req *http.Request) {
	v := r.record(request{token: bearer(req)}, false)
	if !finish(w, req, v) {
		return
	}
	phone := req.URL.Query().Get(postscript.FilterPhone)
	answer(w, postscript.LegacySubscriber{ID: postscript.ID(strings.TrimPrefix(phone, "+")), PhoneNumber: phone})
}

func (r *recorder) permissions(w http.ResponseWriter, req *http.Request) {
	v := r.record(request{token: bearer(req)}, false)
	if !finish(w, req, v) {
		return
	}
	may := postscript.Permission{CanSend: true}
	answer(w, postscript.Subscriber{ID: req.PathValue("id"), Subscriptions: postscript.Permissions{Promotional: may, Transactional: may}})
}

func (r *recorder) fire(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return // killed while it wrote: nothing arrived
	}
	tags, err := postscript.ParseFire(body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	q := request{token: bearer(req), subscriber: req.PathValue("subscriber"), key: req.Header.Get(postscript.HeaderIdempotencyKey), tags: tags}
	q.trigger = r.named(q.token, req.PathValue("trigger"))
	if finish(w, req, r.record(q, true)) {
		answer(w, postscript.FireAnswer{Success: true})
	}
}

// event takes in the same by the other engine.
func (r *recorder) event(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	var e postscript.Event
	if json.Unmarshal(body, &e) != nil || e.Check() != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	q := request{token: bearer(req), subscriber: e.SubscriberID, key: e.ExternalID, tags: map[string]string{}}
	for k, v := range e.Properties {
		q.tags[k] = fmt.Sprint(v)
	}
	q.trigger = spaced(e.Type)
	if finish(w, req, r.record(q, true)) {
		w.WriteHeader(http.StatusAccepted)
		answer(w, postscript.EventAnswer{EventIDs: []string{e.ExternalID}})
	}
}

// spaced turns UpcomingOrder into Upcoming Order.
func spaced(kind string) string {
	var b strings.Builder
	for i, c := range kind {
		if i > 0 && c >= 'A' && c <= 'Z' {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func (r *recorder) named(token, id string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.shops[token]; s != nil {
		for _, t := range s.triggers {
			if string(t.ID) == id {
				_, name, _ := strings.Cut(t.Name, ": ")
				return name
			}
		}
	}
	return "unknown trigger " + id
}

// misbehave switches the faults on or off.
func (r *recorder) misbehave(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faulty = on
}

// all returns what was recorded so far.
func (r *recorder) all() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]request(nil), r.requests...)
}

// carried counts the requests of one trigger for one subscriber that had an effect, and returns a channel that is closed
// when more may have come.
func (r *recorder) carried(subscriber, trigger string) (n int, more <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := map[string]bool{}
	for _, q := range r.requests {
		if q.subscriber == subscriber && q.trigger == trigger && q.verdict.carried() && !seen[q.key] {
			seen[q.key] = true
			n++
		}
	}
	return n, r.changed
}
