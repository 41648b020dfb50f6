// Package server serves the API that Postscript, the SMS service, offers its partners, over the built-in texting
// half: the same paths, statuses, id prefixes, error shapes and rate limit, with real state behind them.
//
// It exists so that the bridge, and any other program written for Postscript, can run against something that
// costs nothing, texts nobody by accident, can be stopped, looked into and told to fail. Where the real service
// is not publicly known it does something documented: docs/postscript-divergences.md lists every such place.
//
// It must not decide anything about texting (package texting does), keep state that has to survive a restart (the
// rate limit's window need not), or put a phone number, a text or a key into a log.
package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/texting"
)

// Texting is what the API stands on; *texting.Texting is one.
type Texting interface {
	Authenticate(ctx context.Context, authorization, shopToken string) (texting.Caller, error)
	ShopNamed(ctx context.Context, shopID string) (texting.Shop, error)
	triggers
	subscribers
	messages
	webhooks
}

type triggers interface {
	Triggers(ctx context.Context, c texting.Caller) ([]texting.RegisteredTrigger, error)
	Trigger(ctx context.Context, c texting.Caller, id string) (texting.RegisteredTrigger, error)
	Firing(ctx context.Context, c texting.Caller, triggerID, subscriberID string) (texting.RegisteredTrigger, texting.Subscriber, error)
	RegisterTrigger(ctx context.Context, c texting.Caller, ch texting.TriggerChange) (texting.RegisteredTrigger, error)
	ChangeTrigger(ctx context.Context, c texting.Caller, id string, ch texting.TriggerChange) (texting.RegisteredTrigger, error)
	RemoveTrigger(ctx context.Context, c texting.Caller, id string) error
	AllowTrigger(ctx context.Context, c texting.Caller, id string) (texting.RegisteredTrigger, error)
	Fire(ctx context.Context, shopID string, f texting.FireInput) (id string, err error)
}

type subscribers interface {
	FindSubscriber(ctx context.Context, shopID, id string) (texting.Subscriber, error)
	LookUpSubscriber(ctx context.Context, shopID, id, phone, email string) (texting.Subscriber, error)
	Subscribers(ctx context.Context, shopID string, q texting.SubscriberQuery) ([]texting.Subscriber, int, error)
	AddSubscriber(ctx context.Context, shopID string, in texting.NewSubscriber) (texting.Subscriber, error)
	PatchSubscriber(ctx context.Context, shopID, id string, p texting.SubscriberPatch) (texting.Subscriber, error)
	Unsubscribe(ctx context.Context, shopID, id, phone, source string) error
	Redact(ctx context.Context, shopID string, in texting.RedactInput) error
	Keywords(ctx context.Context, shopID string, activeOnly bool) ([]texting.Keyword, error)
	Keyword(ctx context.Context, shopID, id string) (texting.Keyword, error)
}

type messages interface {
	RequestMessage(ctx context.Context, shopID string, in texting.MessageRequest) (texting.Message, error)
	Message(ctx context.Context, shopID, id string) (texting.Message, error)
}

type webhooks interface {
	AddWebhook(ctx context.Context, shopID string, in texting.Webhook) (texting.Webhook, error)
	ChangeWebhook(ctx context.Context, shopID, id string, in texting.Webhook) (texting.Webhook, error)
	Webhook(ctx context.Context, shopID, id string) (texting.Webhook, error)
	Webhooks(ctx context.Context, shopID string) ([]texting.Webhook, error)
	RemoveWebhook(ctx context.Context, shopID, id string) error
	WebhookToken(ctx context.Context, shopID string) (string, error)
	ExampleWebhook(shopID, event string) (string, error)
	TestWebhook(ctx context.Context, shopID, event string) error
}

// Options configure the API. The zero value of every field but Texting is usable.
type Options struct {
	Texting Texting
	Now     func() time.Time // the clock of the rate limit; nil is the real one. The bridge must pace by the same one
	Log     *slog.Logger     // nil is slog.Default()
	Version string           // shown in the header X-Rejoinder-Version

	// Faithful keeps to the real service where ours is better: Idempotency-Key and external_id mean nothing.
	Faithful bool
	// ExplainErrors gives a reason in the body of errors that the real service answers with an empty object. The
	// header X-Rejoinder-Reason has it in any case.
	ExplainErrors bool
	// KeywordOptional lets POST /subscribers go without a keyword, as older documentation says.
	KeywordOptional bool
	RatePerSecond   int           // per token, or per pair of tokens; 0 is 15
	PageSize        int           // of the list of subscribers; 0 is 100
	SlowFor         time.Duration // how late a call that orders it is answered; 0 is 20 s
}

// Header names of our own.
const (
	headerVersion = "X-Rejoinder-Version"
	headerReason  = "X-Rejoinder-Reason"
)

const maxBody = 1 << 20

// Server is the API as an http.Handler.
type Server struct {
	o     Options
	mux   *http.ServeMux
	limit *limiter
	twice *counters
}

// New returns the API.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.RatePerSecond == 0 {
		o.RatePerSecond = postscript.RatePerSecond
	}
	if o.PageSize == 0 {
		o.PageSize = 100
	}
	if o.SlowFor == 0 {
		o.SlowFor = 20 * time.Second
	}
	s := &Server{o: o, mux: http.NewServeMux(), limit: newLimiter(o.RatePerSecond), twice: newCounters()}
	for _, r := range routes() {
		s.mux.Handle(r.pattern, s.handle(r))
	}
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.write(w, r, http.StatusNotFound, postscript.ErrorBody{Error: "There is no such call."}, "")
	})
	return s
}

// ServeHTTP serves both versions of the API; paths of neither are answered 404.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// route is one call of the API.
type route struct {
	pattern string
	scope   scope
	status  int              // of success
	shape   postscript.Shape // of a 400 and a 403, as the real service declares it for this call
	do      func(*Server, *call) (any, error)
}

// scope says whose keys a call takes.
type scope int

const (
	ofShop   scope = iota // needs a shop: its own key, or a partner's with the shop token
	ofAnyone              // a partner's key alone will do
)

// routes are all calls, with who uses them. Success is 200 unless the real service says 202, also for creation.
func routes() []route {
	const ok, accepted = http.StatusOK, http.StatusAccepted
	const empty, loc, log, word = postscript.ShapeEmpty, postscript.ShapeLoc, postscript.ShapeLog, postscript.ShapeError
	return []route{
		// Version 1: partners register triggers, automations of the legacy engine listen to them.
		{"GET /v1/triggers", ofAnyone, ok, empty, (*Server).listTriggers},
		{"POST /v1/triggers", ofAnyone, ok, empty, (*Server).createTrigger},
		{"GET /v1/triggers/{id}", ofAnyone, ok, empty, (*Server).getTrigger},
		{"PUT /v1/triggers/{id}", ofAnyone, ok, empty, (*Server).replaceTrigger},
		{"PATCH /v1/triggers/{id}", ofAnyone, ok, empty, (*Server).changeTrigger},
		{"DELETE /v1/triggers/{id}", ofAnyone, ok, empty, (*Server).deleteTrigger},
		{"POST /v1/triggers/{id}/shops", ofShop, ok, empty, (*Server).allowTrigger},
		{"POST /v1/triggers/{id}/subscribers/{subscriber}", ofShop, ok, empty, (*Server).fire},
		{"GET /v1/keywords", ofShop, ok, word, (*Server).listKeywords},
		{"GET /v1/keywords/{id}", ofShop, ok, word, (*Server).getKeyword},
		{"GET /v1/subscribers", ofShop, ok, empty, (*Server).findLegacy},
		{"POST /v1/subscribers", ofShop, ok, empty, (*Server).addLegacy},
		{"GET /v1/subscribers/{id}", ofShop, ok, empty, (*Server).getLegacy},
		{"PUT /v1/subscribers/{id}", ofShop, ok, empty, (*Server).changeLegacy},

		// Version 2: everything else.
		{"GET /api/v2/me", ofAnyone, ok, log, (*Server).me},
		{"POST /api/v2/events", ofShop, accepted, empty, (*Server).event},
		{"POST /api/v2/message_requests", ofShop, accepted, empty, (*Server).requestMessage},
		{"GET /api/v2/message_requests/{id}", ofShop, ok, empty, (*Server).getRequest},
		{"GET /api/v2/sent_messages/{id}", ofShop, ok, log, (*Server).getSent},
		{"GET /api/v2/subscribers", ofShop, ok, empty, (*Server).listSubscribers},
		{"POST /api/v2/subscribers", ofShop, ok, empty, (*Server).addSubscriber},
		{"GET /api/v2/subscribers/{id}", ofShop, ok, empty, (*Server).getSubscriber},
		{"PATCH /api/v2/subscribers/{id}", ofShop, ok, empty, (*Server).patchSubscriber},
		{"GET /api/v2/keywords", ofShop, ok, word, (*Server).listKeywords},
		{"GET /api/v2/keywords/{id}", ofShop, ok, word, (*Server).getKeyword},
		{"GET /api/v2/webhooks", ofShop, ok, empty, (*Server).listWebhooks},
		{"POST /api/v2/webhooks", ofShop, ok, empty, (*Server).addWebhook},
		{"GET /api/v2/webhooks/example", ofShop, ok, empty, (*Server).exampleWebhook},
		{"POST /api/v2/webhooks/test", ofShop, accepted, log, (*Server).testWebhook},
		{"GET /api/v2/webhooks/token", ofShop, ok, empty, (*Server).webhookToken},
		{"GET /api/v2/webhooks/{id}", ofShop, ok, empty, (*Server).getWebhook},
		{"PATCH /api/v2/webhooks/{id}", ofShop, ok, empty, (*Server).changeWebhook},
		{"DELETE /api/v2/webhooks/{id}", ofShop, ok, empty, (*Server).deleteWebhook},
		{"PATCH /api/v2/compliance/unsubscribe", ofShop, accepted, loc, (*Server).unsubscribe},
		{"PATCH /api/v2/compliance/redact", ofShop, accepted, loc, (*Server).redact},
	}
}

// call is one request being answered.
type call struct {
	*http.Request
	caller texting.Caller
	after  texting.Failure // ordered; to be done once the call was carried out
	server *Server
}

// handle answers one kind of call: whose is it, is it too often, was a failure ordered; then the call itself.
func (s *Server) handle(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		c := &call{Request: r, server: s}
		answer, err := s.run(rt, c)
		if err != nil {
			s.fail(w, r, rt.shape, err)
			return
		}
		switch c.after {
		case texting.FailCut:
			cut(w)
			return
		case texting.FailSlow:
			select {
			case <-r.Context().Done():
			case <-time.After(s.o.SlowFor):
			}
		}
		s.write(w, r, rt.status, answer, "")
	})
}

func (s *Server) run(rt route, c *call) (any, error) {
	var err error
	c.caller, err = s.o.Texting.Authenticate(c.Context(), c.Header.Get("Authorization"), c.Header.Get(postscript.HeaderShopToken))
	if err != nil {
		return nil, err
	}
	if !s.limit.allow(c.caller.TokenID, s.o.Now()) {
		return nil, fault.New(fault.RateLimited, postscript.WordsRateLimited)
	}
	if err := c.order(c.caller.Failure, c.caller.TokenID); err != nil {
		return nil, err
	}
	if rt.scope == ofShop && c.caller.ShopID == "" {
		return nil, fault.New(fault.Forbidden, "This call is about one shop: send its private key in %s.", postscript.HeaderShopToken)
	}
	return rt.do(s, c)
}

// shop is the shop the call is about.
func (c *call) shop() string { return c.caller.ShopID }

// body reads the JSON body into v. Unknown fields are let pass, as there.
func (c *call) body(v any) error {
	raw, err := c.raw()
	if err != nil {
		return err
	}
	if err := unmarshal(raw, v); err != nil {
		return fault.From(fault.Invalid, err, "The body is not the JSON object this call takes.")
	}
	return nil
}

func (c *call) raw() ([]byte, error) {
	raw, err := io.ReadAll(c.Body)
	if _, ok := asTooLarge(err); ok {
		return nil, fault.New(fault.TooLarge, "The body is larger than %d bytes.", maxBody)
	}
	if err != nil {
		return nil, fault.From(fault.Invalid, err, "The body could not be read.")
	}
	return raw, nil
}
