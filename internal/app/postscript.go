package app

import (
	"context"
	"net/http"

	"rejoinder/internal/bridge"
	"rejoinder/internal/postscript"
	"rejoinder/internal/postscript/client"
)

// NewPostscript makes the bridge's port out of the client, for one private key at one base address. With a
// partner's key the requests are the partner's on behalf of the shop.
func NewPostscript(base string, hc *http.Client, key, partnerKey string) (bridge.Postscript, error) {
	c, err := client.New(client.Options{BaseURL: base, HTTP: hc, Key: key, PartnerKey: partnerKey, UserAgent: "Rejoinder"})
	if err != nil {
		return nil, err
	}
	return postscriptPort{c}, nil
}

type postscriptPort struct{ *client.Client }

func (p postscriptPort) Fire(ctx context.Context, triggerID, subscriberID string, values map[string]string, key string) bridge.Attempt {
	x, err := p.Client.Fire(ctx, triggerID, subscriberID, values, key)
	return attempt(x, err)
}

func (p postscriptPort) SendEvent(ctx context.Context, e postscript.Event) bridge.Attempt {
	_, x, err := p.Client.SendEvent(ctx, e)
	return attempt(x, err)
}

func (p postscriptPort) Outcome(err error) bridge.Outcome { return outcome(err) }

func attempt(x client.Exchange, err error) bridge.Attempt {
	return bridge.Attempt{Outcome: outcome(err), Request: x.Method + " " + x.Path + "\n" + x.Request, Answer: x.Answer, Status: x.Status, Err: err}
}

// outcome translates the client's word into the bridge's.
func outcome(err error) bridge.Outcome {
	switch client.Classify(err) {
	case client.Sent:
		return bridge.OutcomeSent
	case client.Refused:
		return bridge.OutcomeRefused
	case client.TryLater:
		return bridge.OutcomeLater
	}
	return bridge.OutcomeUnknown
}
