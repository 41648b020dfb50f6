package ledger

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/outside"
)

// postTimeout is how long an endpoint may take to answer.
const postTimeout = 10 * time.Second

// Sender posts the ledger's outgoing webhooks, signed as standardwebhooks.com says. A merchant chooses the address, so
// package outside makes the connection. Redirects are not followed: a webhook goes where it was said to go.
type Sender struct {
	local  bool
	client *http.Client
}

// NewSender returns a sender. With local, plain http and addresses of this machine and its networks are allowed: demo
// and local development.
func NewSender(local bool) *Sender {
	return &Sender{local: local, client: &http.Client{
		Timeout: postTimeout, Transport: outside.Transport(local),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Check refuses an address that could never be posted to: not https, or written as an address of a private
// network. Names are checked when they are used.
func (s *Sender) Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return fault.Field("url", "Give the full address of the endpoint, such as https://shop.example/hooks.")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !s.local) {
		return fault.Field("url", "The address must begin with https://, because webhooks tell of customers.")
	}
	if s.local {
		return nil
	}
	if err := outside.CheckHost(u.Hostname()); err != nil {
		return fault.Field("url", "%s", fault.Message(err))
	}
	return nil
}

// Post makes one try and returns the status of the answer, which is read no further.
func (s *Sender) Post(ctx context.Context, p bridge.WebhookPost) (int, error) {
	if err := s.Check(p.URL); err != nil {
		return 0, err
	}
	hook, err := standardwebhooks.NewWebhook(p.Secret)
	if err != nil {
		return 0, fault.From(fault.Internal, err, "The endpoint's secret cannot be read.")
	}
	signature, err := hook.Sign(p.ID, p.At, p.Body)
	if err != nil {
		return 0, fault.From(fault.Internal, err, "The webhook could not be signed.")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL, bytes.NewReader(p.Body))
	if err != nil {
		return 0, fault.From(fault.Invalid, err, "The endpoint's address cannot be used.")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Rejoinder-Webhooks/1")
	req.Header.Set(standardwebhooks.HeaderWebhookID, p.ID)
	req.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(p.At.Unix(), 10))
	req.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	res, err := s.client.Do(req)
	if err != nil {
		if f, ok := errors.AsType[*fault.Error](err); ok {
			return 0, f
		}
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.CopyN(io.Discard, res.Body, 4096) // a short rest keeps the connection of use
	return res.StatusCode, nil
}
