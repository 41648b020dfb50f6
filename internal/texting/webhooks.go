package texting

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
)

// Poster sends webhooks; *http.Client is one. It must not follow redirects: only the address a shop gave may
// see its texts.
type Poster interface {
	Do(*http.Request) (*http.Response, error)
}

// Webhook is one subscription of a program to one event.
type Webhook struct {
	ID          string // UUID
	ShopID      string
	Event       string
	CallbackURL string
	Headers     map[string]string // sent on every callback; sealed at rest
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// StoredWebhook is a Webhook as it is kept.
type StoredWebhook struct {
	Webhook
	Sealed string // Headers
}

// HookDelivery is one webhook on its way to one subscription.
//
//	queued ──200──▶ sent
//	  │ ▲
//	  │ └── anything else: again in 5 minutes
//	  └──── an hour after the first: lost
type HookDelivery struct {
	ID         string // whd_…; never sent, as the real service has no such id
	ShopID     string
	WebhookID  string
	Event      string
	Subject    string // whom it is about
	Payload    string
	Failure    Failure
	State      string // queued, sent, lost
	DueAt      time.Time
	Attempts   int
	Status     int // HTTP, of the last attempt; 0: no answer
	CreatedAt  time.Time
	FinishedAt time.Time
}

// States of a HookDelivery.
const (
	HookQueued = "queued"
	HookSent   = "sent"
	HookLost   = "lost"
)

type webhookTx interface {
	// AddWebhook, SaveWebhook and Webhooks keep subscriptions; SaveWebhook replaces address and headers.
	AddWebhook(StoredWebhook) error
	SaveWebhook(StoredWebhook) error
	Webhook(shopID, id string) (StoredWebhook, error)
	Webhooks(shopID string, limit int) ([]StoredWebhook, error)
	WebhooksFor(shopID, event string) ([]StoredWebhook, error)
	// DeleteWebhook deletes a subscription and gives up what waits for it.
	DeleteWebhook(shopID, id string) error
	// WebhookToken returns the sealed signing token; fault.NotFound before the first subscription.
	WebhookToken(shopID string) (string, error)
	// AddWebhookToken keeps the sealed token unless there is one.
	AddWebhookToken(shopID, sealed string) error

	AddHookDelivery(HookDelivery) error
	// ClaimHooks returns up to limit due deliveries of a shop, oldest first, counts the attempt and moves their
	// due moment to lease, so that they come again should this process die.
	ClaimHooks(shopID string, lease time.Time, limit int) ([]HookDelivery, error)
	// FinishHook records how an attempt ended.
	FinishHook(HookDelivery) error
	// HookDeliveries returns a shop's deliveries before a moment, newest first.
	HookDeliveries(shopID string, before time.Time, limit int) ([]HookDelivery, error)
	DueHookShops(now time.Time, limit int) ([]string, error)
	NextHookDue() (time.Time, error)
}

const maxWebhooks = 50

// AddWebhook subscribes an address to one event and returns the subscription. The first one of a shop also
// makes its signing token. The same address may be subscribed twice; it then gets everything twice.
func (t *Texting) AddWebhook(ctx context.Context, shopID string, in Webhook) (w Webhook, err error) {
	defer fault.Wrap(&err, "texting: subscribe a webhook for %s", shopID)
	event, ok := postscript.CanonicalEvent(in.Event)
	if !ok {
		return w, fault.Field("event", "There is no event of that name.")
	}
	if err := t.checkWebhook(in.CallbackURL, in.Headers); err != nil {
		return w, err
	}
	w = Webhook{ID: newUUID(), ShopID: shopID, Event: event, CallbackURL: in.CallbackURL, Headers: in.Headers}
	sealed, err := t.sealHeaders(w)
	if err != nil {
		return w, err
	}
	token, err := t.o.Sealer.Seal(ident.Secret(""), tokenPlace(shopID))
	if err != nil {
		return w, err
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		have, err := tx.Webhooks(shopID, maxWebhooks)
		if err != nil {
			return err
		}
		if len(have) >= maxWebhooks {
			return fault.New(fault.Invalid, "A shop has at most %d webhook subscriptions.", maxWebhooks)
		}
		w.CreatedAt, w.UpdatedAt = tx.Now(), tx.Now()
		if err := tx.AddWebhookToken(shopID, token); err != nil {
			return err
		}
		return tx.AddWebhook(StoredWebhook{Webhook: w, Sealed: sealed})
	})
	return w, err
}

// ChangeWebhook changes address ("" keeps it) and headers (nil keeps them) of a subscription; its event stays.
func (t *Texting) ChangeWebhook(ctx context.Context, shopID, id string, in Webhook) (w Webhook, err error) {
	defer fault.Wrap(&err, "texting: change webhook %s", id)
	if in.Event != "" {
		return w, fault.Field("event", "The event of a subscription cannot be changed; make another subscription.")
	}
	if w, err = t.Webhook(ctx, shopID, id); err != nil {
		return w, err
	}
	if in.CallbackURL != "" {
		w.CallbackURL = in.CallbackURL
	}
	if in.Headers != nil {
		w.Headers = in.Headers
	}
	if err := t.checkWebhook(w.CallbackURL, w.Headers); err != nil {
		return w, err
	}
	sealed, err := t.sealHeaders(w)
	if err != nil {
		return w, err
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		w.UpdatedAt = tx.Now()
		return tx.SaveWebhook(StoredWebhook{Webhook: w, Sealed: sealed})
	})
	return w, err
}

// Webhook returns one subscription.
func (t *Texting) Webhook(ctx context.Context, shopID, id string) (_ Webhook, err error) {
	defer fault.Wrap(&err, "texting: webhook %s", id)
	var s StoredWebhook
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		s, err = tx.Webhook(shopID, id)
		return err
	})
	if err != nil {
		return Webhook{}, err
	}
	return t.openHeaders(s)
}

// Webhooks lists a shop's subscriptions, oldest first.
func (t *Texting) Webhooks(ctx context.Context, shopID string) (list []Webhook, err error) {
	defer fault.Wrap(&err, "texting: webhooks of %s", shopID)
	var stored []StoredWebhook
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		stored, err = tx.Webhooks(shopID, maxWebhooks)
		return err
	})
	for _, s := range stored {
		w, err := t.openHeaders(s)
		if err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, err
}

// RemoveWebhook ends a subscription; what waits for it is given up.
func (t *Texting) RemoveWebhook(ctx context.Context, shopID, id string) (err error) {
	defer fault.Wrap(&err, "texting: remove webhook %s", id)
	return t.o.Store.InTx(ctx, func(tx Tx) error { return tx.DeleteWebhook(shopID, id) })
}

// WebhookToken returns what Postscript-Signature of this shop's webhooks equals; fault.NotFound before the
// first subscription.
func (t *Texting) WebhookToken(ctx context.Context, shopID string) (_ string, err error) {
	defer fault.Wrap(&err, "texting: webhook token of %s", shopID)
	var sealed string
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		sealed, err = tx.WebhookToken(shopID)
		return err
	})
	if err != nil {
		return "", err
	}
	return t.o.Sealer.Open(sealed, tokenPlace(shopID))
}

// TestWebhook queues the sample of an event to everybody subscribed to it. Nobody is fault.Invalid.
func (t *Texting) TestWebhook(ctx context.Context, shopID, name string) (err error) {
	defer fault.Wrap(&err, "texting: test webhooks of %s", shopID)
	event, ok := postscript.CanonicalEvent(name)
	if !ok {
		return fault.Field("event", "There is no event of that name.")
	}
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		hooks, err := tx.WebhooksFor(shopID, event)
		if err != nil {
			return err
		}
		if len(hooks) == 0 {
			return fault.Field("event", "Nobody is subscribed to that event.")
		}
		return t.deliver(tx, hooks, sampleData(event, shopID, tx.Now()), "test", "")
	})
}

// HookDeliveries lists a shop's webhooks before a moment, newest first, with how they ended.
func (t *Texting) HookDeliveries(ctx context.Context, shopID string, before time.Time, limit int) (list []HookDelivery, err error) {
	defer fault.Wrap(&err, "texting: webhook deliveries of %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.HookDeliveries(shopID, before, limit)
		return err
	})
	return list, err
}

// checkWebhook refuses what no callback can be sent to.
func (t *Texting) checkWebhook(callback string, headers map[string]string) error {
	u, err := url.Parse(callback)
	if err != nil || u.Host == "" || u.User != nil || len(callback) > 2000 || u.Scheme != "https" && u.Scheme != "http" {
		return fault.Field("callback_url", "The callback must be a full https address.")
	}
	if u.Scheme != "https" && !t.o.AllowHTTP {
		return fault.Field("callback_url", "The callback must be an https address.")
	}
	if t.o.CheckCallback != nil {
		if err := t.o.CheckCallback(u.Hostname()); err != nil {
			return fault.Field("callback_url", "%s", fault.Message(err))
		}
	}
	if len(headers) > 20 {
		return fault.Field("headers", "At most 20 headers can be sent.")
	}
	for name, value := range headers {
		if !headerName(name) || strings.ContainsAny(value, "\r\n\x00") || len(value) > 4000 {
			return fault.Field("headers", "The header %.60q cannot be sent.", name)
		}
		if http.CanonicalHeaderKey(name) == postscript.HeaderSignature || strings.EqualFold(name, "Host") || strings.EqualFold(name, "Content-Length") {
			return fault.Field("headers", "The header %s is ours to set.", name)
		}
	}
	return nil
}

func headerName(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 100
}

func (t *Texting) sealHeaders(w Webhook) (string, error) {
	b, err := json.Marshal(w.Headers)
	if err != nil {
		return "", fmt.Errorf("encode headers: %w", err)
	}
	return t.o.Sealer.Seal(string(b), headersPlace(w.ID))
}

func (t *Texting) openHeaders(s StoredWebhook) (Webhook, error) {
	plain, err := t.o.Sealer.Open(s.Sealed, headersPlace(s.ID))
	if err != nil {
		return Webhook{}, err
	}
	if err := json.Unmarshal([]byte(plain), &s.Headers); err != nil {
		return Webhook{}, fmt.Errorf("decode headers: %w", err)
	}
	return s.Webhook, nil
}

func headersPlace(id string) string   { return "webhooks/" + id + "/headers" }
func tokenPlace(shopID string) string { return "webhook_tokens/" + shopID + "/token" }

// newUUID returns a random UUID (version 4), the form the ids of subscriptions have.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
