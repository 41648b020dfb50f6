package app

import (
	"context"
	"errors"
	"net/http"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/bridge/source/ledger"
	"rejoinder/internal/fault"
	"rejoinder/internal/outside"
	"rejoinder/internal/postscript"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
	"rejoinder/internal/texting/gateway/sandbox"
)

// hooksPath is where Postscript's webhooks for one shop arrive.
const hooksPath = "/hooks/postscript/"

// join makes both halves out of their ports.
func (a *App) join(waker *lateWaker) error {
	gateway := countedGateway{sandbox.New(sandbox.Options{Handset: store.Handset{DB: a.db}}), a.metrics}
	a.Texting = texting.New(texting.Options{
		Gateway: gateway, Sandbox: gateway,
		Store: TextingStore(a.db), Waker: waker, Sealer: a.box,
		Now: a.clock.Now, Log: a.o.Log, AllowHTTP: a.o.Local, CheckCallback: checkCallback(a.o.Local),
		Poster: &http.Client{Timeout: 15 * time.Second, Transport: callbacks{a.inside}, CheckRedirect: noRedirect},
	})
	batches := 1
	if a.o.Settings.Postgres() {
		batches = 2 // while one waits for the disk, the other is decided
	}
	a.Bridge = bridge.New(bridge.Options{
		Batches: batches,
		Store:   BridgeStore(a.db), Waker: waker, Sealer: a.box,
		Now: a.clock.Now, Log: a.o.Log, PublicURL: a.publicURL(),
		Postscript: a.postscript(), BuiltinKey: a.builtinKey, HookURL: a.hookURL,
		Webhooks: ledger.NewSender(a.o.Local), Settled: a.settled,
	})
	return nil
}

// settled takes the mark "needs a person" off a text that the bridge has dealt with, whether or not a text goes
// out for it. One of the real Postscript is not known here.
func (a *App) settled(ctx context.Context, shopID, messageID string) {
	if err := a.Texting.MarkPerson(ctx, shopID, messageID, false); err != nil && !fault.Is(err, fault.NotFound) {
		a.o.Log.WarnContext(ctx, "app: a text that was dealt with still needs a person", "shop", shopID, "message", messageID, "err", err.Error())
	}
}

// noRedirect keeps a webhook at the address the merchant gave: nobody else may see its texts.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// publicURL is where shoppers' links lead. Without the setting it is the address we listen on, which is right
// for the demo: the phone and the browser are on this machine.
func (a *App) publicURL() string {
	if a.o.Settings.PublicURL != "" {
		return a.o.Settings.PublicURL
	}
	if a.o.Local {
		return a.BaseURL()
	}
	return ""
}

// postscript opens clients: for our own texting half through the process, for the real one over the network.
func (a *App) postscript() func(key string, builtin bool) (bridge.Postscript, error) {
	// The operator chose this address, so it may be on this machine.
	out := outside.Transport(true)
	// All shops' requests go to this one host: what many send at once must not have to connect anew each time.
	out.MaxIdleConnsPerHost = out.MaxIdleConns
	hc := &http.Client{Timeout: 15 * time.Second, Transport: &through{inside: a.inside, outside: out}}
	return func(key string, builtin bool) (bridge.Postscript, error) {
		base, partner := a.o.Settings.PostscriptURL, a.o.Settings.PostscriptPartnerKey
		if builtin {
			base, partner = "http://"+hostPostscript, ""
		}
		ps, err := NewPostscript(base, hc, key, partner)
		if err != nil {
			return nil, err
		}
		return countedPostscript{ps, a.metrics}, nil
	}
}

// through is inside with another way out.
type through struct {
	inside  *inside
	outside http.RoundTripper
}

// RoundTrip carries one request.
func (t *through) RoundTrip(req *http.Request) (*http.Response, error) {
	if isInside(req.URL.Host) {
		return t.inside.RoundTrip(req)
	}
	return t.outside.RoundTrip(req)
}

// builtinKey reports whether our own texting half made the key, also when it has been revoked since: such a
// key must be refused by whoever made it, not shown to somebody else. In the demo every key is taken for ours,
// so that nothing that is pasted there leaves the machine.
func (a *App) builtinKey(ctx context.Context, key string) bool {
	if a.o.Movable {
		return true
	}
	var known bool
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) { known, err = tx.KnowsKey(bridge.TokenHash(key)); return err })
	return err == nil && known || a.Texting.OwnsKey(ctx, key) // also in the forms that order a failure
}

// hookURL is where Postscript reaches our webhook: through the process, or at the public address if it is one
// the real Postscript accepts.
func (a *App) hookURL(shopID string, builtin bool) string {
	switch {
	case builtin:
		return "https://" + hostBridge + hooksPath + shopID
	case a.o.Settings.PublicURL != "":
		return a.o.Settings.PublicURL + hooksPath + shopID
	}
	return ""
}

// countedPostscript counts what became of each delivery's request.
type countedPostscript struct {
	bridge.Postscript
	m *metrics
}

// Fire counts its outcome.
func (p countedPostscript) Fire(ctx context.Context, triggerID, subscriberID string, values map[string]string, key string) bridge.Attempt {
	at := p.Postscript.Fire(ctx, triggerID, subscriberID, values, key)
	p.m.deliveries.WithLabelValues(string(at.Outcome)).Inc()
	return at
}

// SendEvent counts its outcome.
func (p countedPostscript) SendEvent(ctx context.Context, e postscript.Event) bridge.Attempt {
	at := p.Postscript.SendEvent(ctx, e)
	p.m.deliveries.WithLabelValues(string(at.Outcome)).Inc()
	return at
}

// countedGateway counts what became of each text.
type countedGateway struct {
	*sandbox.Gateway
	m *metrics
}

// Send counts its outcome.
func (g countedGateway) Send(ctx context.Context, t texting.Text) (string, error) {
	id, err := g.Gateway.Send(ctx, t)
	outcome := "sent"
	switch {
	case err == nil:
	case errors.Is(err, texting.ErrUnknown):
		outcome = "unknown"
	case fault.Is(err, fault.Invalid):
		outcome = "failed"
	default:
		outcome = "try_later"
	}
	g.m.texts.WithLabelValues(outcome).Inc()
	return id, err
}
