package admin

import (
	"context"
	"net/http"
	"slices"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

type connections interface {
	Connection(ctx context.Context, shopID string) (bridge.Connection, error)
	Confirm(ctx context.Context, shopID, key string) (bridge.Connection, error)
	Disconnect(ctx context.Context, shopID string) error
}

// integrations is the body of integrations.html.
type integrations struct {
	Visit      Visit
	Postscript postscriptCard
	Ledger     ledgerCard
}

// postscriptCard is the Postscript card.
type postscriptCard struct {
	Connected  bool // there is a connection, whole or not
	Connection bridge.Connection
	State      web.Pill
	Triggers   int // of how many
	AllOf      int
	Webhooks   []webhookState
	Flows      bool
	HasKeys    bool // a key pair was made here that could be pasted
	Problems   web.Problems
}

// webhookState is one webhook the bridge needs, and whether Postscript has it.
type webhookState struct {
	Event      string
	Registered bool
}

// neededHooks are the webhooks in the order of the card.
var neededHooks = []string{"shop.incoming_message", "shop.subscriber.opt_in", "shop.subscriber.opt_out"}

func (a *Admin) postscriptCard(r *http.Request, v Visit) (card postscriptCard, err error) {
	card.Flows, card.AllOf = v.Shop.Settings.Flows, len(trigger.All())
	c, err := a.o.Bridge.Connection(r.Context(), v.Shop.ID)
	if fault.Is(err, fault.NotFound) {
		card.State = web.Pill{Tone: web.Quiet, Label: "Not connected"}
		keys, err := a.o.Texting.KeyPairs(r.Context(), v.Shop.ID)
		for _, k := range keys {
			card.HasKeys = card.HasKeys || k.RevokedAt.IsZero()
		}
		return card, err
	}
	if err != nil {
		return card, err
	}
	card.Connected, card.Connection, card.State = true, c, statePill(c.State)
	card.Triggers = len(c.Triggers)
	for _, event := range neededHooks {
		card.Webhooks = append(card.Webhooks, webhookState{Event: event, Registered: c.Webhooks[event] != ""})
	}
	return card, nil
}

func statePill(s bridge.ConnectionState) web.Pill {
	switch s {
	case bridge.Connected:
		return web.Pill{Tone: web.OK, Label: "Connected"}
	case bridge.SendOnly:
		return web.Pill{Tone: web.Warn, Label: "Replies do not arrive"}
	case bridge.Incomplete:
		return web.Pill{Tone: web.Bad, Label: "Incomplete"}
	}
	return web.Pill{Tone: web.Quiet, Label: string(s)}
}

func (a *Admin) integrationsPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showIntegrations(w, r, v, nil, ledgerCard{})
}

// showIntegrations shows the page; problems are those of the key field, ledger what a form there left behind.
func (a *Admin) showIntegrations(w http.ResponseWriter, r *http.Request, v Visit, problems web.Problems, ledger ledgerCard) error {
	card, err := a.postscriptCard(r, v)
	if err != nil {
		return err
	}
	card.Problems = problems
	if err := a.fillLedger(r, v, &ledger); err != nil {
		return err
	}
	p := v.Page("integrations", "Integrations", integrations{Visit: v, Postscript: card, Ledger: ledger})
	p.Lead = "What Rejoinder is joined to: who sends the texts, and who knows the subscriptions."
	if problems == nil {
		problems = ledger.Problems
	}
	if len(problems) == 0 { // else what is wrong comes first
		if p.Next, err = a.NextStep(r, v); err != nil {
			return err
		}
	}
	return a.render(w, r, "integrations.html", p, problems)
}

func (a *Admin) confirm(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	c, err := a.o.Bridge.Confirm(r.Context(), v.Shop.ID, field(r, "key"))
	// The key itself is never written into a page again: it has to be pasted once more.
	problems := web.ProblemsOf(err)
	if fault.Is(err, fault.Unavailable) {
		problems = web.Problems{"key": fault.Message(err)}
	}
	if problems != nil {
		return a.showIntegrations(w, r, v, problems, ledgerCard{})
	}
	if err != nil {
		return err
	}
	tone, sentence := web.OK, "Connected to "+c.PSShopName+"."
	if c.State != bridge.Connected {
		tone, sentence = web.Warn, c.Problem
	}
	a.o.Kit.Flash(r, tone, sentence)
	return web.SeeOther(w, r, v.Path("integrations"))
}

func (a *Admin) disconnect(w http.ResponseWriter, r *http.Request, v Visit) error {
	back := v.Path("integrations")
	if err := a.o.Bridge.Disconnect(r.Context(), v.Shop.ID); err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, "Postscript is disconnected, and what was registered there is removed. The history stays.", back)
}

type ledger interface {
	CreateAPIToken(ctx context.Context, shopID, label string) (bridge.APIToken, string, error)
	ListAPITokens(ctx context.Context, shopID string) ([]bridge.APIToken, error)
	RevokeAPIToken(ctx context.Context, shopID, id string) error
	Endpoints(ctx context.Context, shopID string) ([]bridge.Endpoint, error)
	Endpoint(ctx context.Context, shopID, id string) (bridge.Endpoint, error)
	CreateEndpoint(ctx context.Context, shopID, address string) (bridge.Endpoint, string, error)
	UpdateEndpoint(ctx context.Context, shopID, id, address string, active *bool) (bridge.Endpoint, error)
	DeleteEndpoint(ctx context.Context, shopID, id string) error
	TestEndpoint(ctx context.Context, shopID, id string) error
	RepeatWebhook(ctx context.Context, shopID, endpointID, id string) error
	Outgoing(ctx context.Context, shopID, endpointID, before string, limit int) ([]bridge.Outgoing, error)
}

// ledgerCard is the card of the built-in ledger.
type ledgerCard struct {
	Tokens    []tokenRow
	Endpoints []endpointRow
	Secret    *web.Secret // a token or a webhook secret that was made just now
	Label     string
	URL       string
	Problems  web.Problems
}

type tokenRow struct {
	bridge.APIToken
	Action string
}

type endpointRow struct {
	bridge.Endpoint
	Href string
}

func (a *Admin) fillLedger(r *http.Request, v Visit, card *ledgerCard) error {
	tokens, err := a.o.Bridge.ListAPITokens(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	tokens = slices.DeleteFunc(tokens, func(t bridge.APIToken) bool { return !t.RevokedAt.IsZero() })
	for _, t := range tokens {
		card.Tokens = append(card.Tokens, tokenRow{APIToken: t, Action: v.Path("integrations", "tokens", t.ID, "revoke")})
	}
	endpoints, err := a.o.Bridge.Endpoints(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	for _, e := range endpoints {
		card.Endpoints = append(card.Endpoints, endpointRow{Endpoint: e, Href: v.Path("integrations", "webhooks", e.ID)})
	}
	return nil
}

func (a *Admin) createToken(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	card := ledgerCard{Label: field(r, "label")}
	t, token, err := a.o.Bridge.CreateAPIToken(r.Context(), v.Shop.ID, card.Label)
	if card.Problems = web.ProblemsOf(err); card.Problems == nil {
		if err != nil {
			return err
		}
		card.Label = ""
		card.Secret = &web.Secret{ID: "fresh-token", Label: "The token “" + t.Label + "”. It is shown only now.", Value: token}
	}
	return a.showIntegrations(w, r, v, nil, card)
}

func (a *Admin) revokeToken(w http.ResponseWriter, r *http.Request, v Visit) error {
	back := v.Path("integrations")
	if err := a.o.Bridge.RevokeAPIToken(r.Context(), v.Shop.ID, r.PathValue("token")); err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, "The token is revoked.", back)
}

func (a *Admin) createEndpoint(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	card := ledgerCard{URL: field(r, "url")}
	_, secret, err := a.o.Bridge.CreateEndpoint(r.Context(), v.Shop.ID, card.URL)
	if card.Problems = web.ProblemsOf(err); card.Problems == nil {
		if err != nil {
			return err
		}
		card.Secret = &web.Secret{ID: "fresh-secret", Label: "The secret for " + card.URL + ". It is shown only now.", Value: secret}
		card.URL = ""
	}
	return a.showIntegrations(w, r, v, nil, card)
}

// endpointBody is the body of endpoint.html.
type endpointBody struct {
	Visit    Visit
	Endpoint bridge.Endpoint
	Rows     []outgoingRow
	Pager    web.Pager
}

type outgoingRow struct {
	bridge.Outgoing
	Pill web.Pill
}

func (a *Admin) endpointPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	e, err := a.o.Bridge.Endpoint(r.Context(), v.Shop.ID, r.PathValue("endpoint"))
	if err != nil {
		return err
	}
	body := endpointBody{Visit: v, Endpoint: e}
	list, err := a.o.Bridge.Outgoing(r.Context(), v.Shop.ID, e.ID, r.FormValue("before"), pageSize)
	if err != nil {
		return err
	}
	for _, o := range list {
		body.Rows = append(body.Rows, outgoingRow{Outgoing: o, Pill: deliveryPill(o.State)})
	}
	body.Pager = cursorPager(r, after(len(list), func() string { return list[len(list)-1].ID }), nil)
	p := v.Page("integrations", e.URL, body)
	p.Crumbs = []web.Link{{Label: "Integrations", Href: v.Path("integrations")}}
	return a.render(w, r, "endpoint.html", p, nil)
}

func (a *Admin) endpointAct(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	id := r.PathValue("endpoint")
	back := v.Path("integrations", "webhooks", id)
	var err error
	sentence := ""
	switch field(r, "do") {
	case "on", "off":
		on := field(r, "do") == "on"
		e, getErr := a.o.Bridge.Endpoint(r.Context(), v.Shop.ID, id)
		if getErr != nil {
			return getErr
		}
		_, err = a.o.Bridge.UpdateEndpoint(r.Context(), v.Shop.ID, id, e.URL, &on)
		sentence = map[bool]string{true: "The endpoint is on.", false: "The endpoint is off; nothing is sent to it."}[on]
	case "test":
		err, sentence = a.o.Bridge.TestEndpoint(r.Context(), v.Shop.ID, id), "A test webhook is on its way."
	case "repeat":
		err, sentence = a.o.Bridge.RepeatWebhook(r.Context(), v.Shop.ID, id, field(r, "webhook")), "It is sent once more, under the same id."
	case "delete":
		back = v.Path("integrations")
		err, sentence = a.o.Bridge.DeleteEndpoint(r.Context(), v.Shop.ID, id), "The endpoint is deleted."
	default:
		return fault.New(fault.Invalid, "The form could not be read. Go back and send it again.")
	}
	if err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, sentence, back)
}
