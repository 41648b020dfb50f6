package bridge

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// webhookTx is where the ledger's outgoing webhooks go and what became of each.
type webhookTx interface {
	SaveEndpoint(Endpoint) error
	Endpoints(shopID string) ([]Endpoint, error)
	Endpoint(shopID, id string) (Endpoint, error)
	EndpointByID(id string) (Endpoint, error)
	DeleteEndpoint(shopID, id string) error
	AddOutgoing(Outgoing) error
	// ClaimOutgoing takes due webhooks of an endpoint; they are due again at lease, should their sender die.
	ClaimOutgoing(endpointID string, limit int, lease time.Time) ([]Outgoing, error)
	FinishOutgoing(Outgoing) error
	RepeatOutgoing(shopID, endpointID, id string) error
	OutgoingOf(shopID, endpointID, before string, limit int) ([]Outgoing, error)
	DueEndpoints(now time.Time, limit int) ([]string, error)
	NextOutgoing() (time.Time, error)
}

// Endpoint is an address of the merchant's that hears what happens in the ledger.
type Endpoint struct {
	ID        string
	ShopID    string
	URL       string
	Secret    string // sealed; Standard Webhooks
	Active    bool
	Problem   string // why it was switched off, for the merchant
	CreatedAt time.Time
}

// Failed is the state of an outgoing webhook that was given up. The others are Queued and Sent.
const Failed State = "failed"

// Outgoing is one webhook on its way to one endpoint.
//
//	queued ── 2xx ──▶ sent
//	   │ ▲
//	   └─┴─ anything else, until the tries are used up ──▶ failed ── repeat ──▶ queued
type Outgoing struct {
	ID         string // the webhook-id its receiver sees, the same at every try
	ShopID     string
	EndpointID string
	Event      string
	Key        string // of the event, the same for all endpoints
	Payload    string
	State      State
	DueAt      time.Time
	Attempts   int
	Status     int // HTTP, of the last try; 0: no answer
	Reason     string
	CreatedAt  time.Time
	FinishedAt time.Time
}

// WebhookSender posts one outgoing webhook, signed as Standard Webhooks says, and returns the HTTP status it
// was answered with. An error means that there was no answer; a fault.Invalid one that there never will be.
type WebhookSender interface {
	Check(address string) error // fault.Invalid for an address that must not be posted to
	Post(ctx context.Context, p WebhookPost) (status int, err error)
}

// WebhookPost is one try of one outgoing webhook.
type WebhookPost struct {
	URL    string
	ID     string
	Secret string // whsec_…
	At     time.Time
	Body   []byte
}

// webhookWaits are the pauses after each failed try: eight tries over most of a day.
var webhookWaits = []time.Duration{
	5 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour,
}

const (
	webhookBatch = 16              // posted at once to one endpoint
	webhookLease = 2 * time.Minute // longer than a call of the handler may take
	gone         = 410             // how an endpoint says that it wants no more
)

// CreateEndpoint adds a webhook endpoint and returns it with its secret, which is shown only this once.
func (b *Bridge) CreateEndpoint(ctx context.Context, shopID, address string) (e Endpoint, secret string, err error) {
	defer fault.Wrap(&err, "bridge: create endpoint in %s", shopID)
	if err := b.checkAddress(address); err != nil {
		return e, "", err
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: crypto/rand aborts the program instead
	secret = "whsec_" + base64.StdEncoding.EncodeToString(raw[:])
	err = b.o.Store.InTx(ctx, func(tx Tx) (err error) {
		if _, err := tx.Shop(shopID); err != nil {
			return err
		}
		e = Endpoint{ID: ident.New("ep", tx.Now()), ShopID: shopID, URL: address, Active: true, CreatedAt: tx.Now()}
		if e.Secret, err = b.o.Sealer.Seal(secret, secretPlace(e.ID)); err != nil {
			return err
		}
		return tx.SaveEndpoint(e)
	})
	return e, secret, err
}

func secretPlace(endpointID string) string { return "endpoints/" + endpointID + "/secret" }

// checkAddress refuses addresses that could not be posted to. Names that lead to private addresses are refused
// again when posting, because what a name leads to changes.
func (b *Bridge) checkAddress(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || len(address) > 500:
		return fault.Field("url", "Give the full address of the endpoint, such as https://shop.example/hooks.")
	case u.User != nil || u.Fragment != "":
		return fault.Field("url", "Leave user name, password and # out of the address; every webhook is signed.")
	}
	return b.o.Webhooks.Check(address)
}

// Endpoints returns a shop's webhook endpoints, oldest first.
func (b *Bridge) Endpoints(ctx context.Context, shopID string) (list []Endpoint, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { list, err = tx.Endpoints(shopID); return err })
	return list, err
}

// Endpoint returns one webhook endpoint.
func (b *Bridge) Endpoint(ctx context.Context, shopID, id string) (e Endpoint, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { e, err = tx.Endpoint(shopID, id); return err })
	return e, err
}

// UpdateEndpoint changes the address of an endpoint ("": as it is) or switches it on or off (nil: as it is).
// Switched off, it gets nothing of what happens meanwhile.
func (b *Bridge) UpdateEndpoint(ctx context.Context, shopID, id, address string, active *bool) (e Endpoint, err error) {
	defer fault.Wrap(&err, "bridge: update endpoint %s", id)
	if address != "" {
		if err := b.checkAddress(address); err != nil {
			return e, err
		}
	}
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		if e, err = tx.Endpoint(shopID, id); err != nil {
			return err
		}
		e.URL = or(address, e.URL)
		if active != nil {
			e.Active, e.Problem = *active, ""
		}
		return tx.SaveEndpoint(e)
	})
	return e, err
}

// DeleteEndpoint removes an endpoint with its delivery log.
func (b *Bridge) DeleteEndpoint(ctx context.Context, shopID, id string) error {
	return b.o.Store.InTx(ctx, func(tx Tx) error { return tx.DeleteEndpoint(shopID, id) })
}

// Outgoing returns an endpoint's delivery log, newest first, below the id before ("": from the newest on).
func (b *Bridge) Outgoing(ctx context.Context, shopID, endpointID, before string, limit int) (list []Outgoing, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		if _, err := tx.Endpoint(shopID, endpointID); err != nil {
			return err
		}
		list, err = tx.OutgoingOf(shopID, endpointID, before, limit)
		return err
	})
	return list, err
}

// RepeatWebhook queues a finished webhook once more, under the same webhook-id.
func (b *Bridge) RepeatWebhook(ctx context.Context, shopID, endpointID, id string) error {
	err := b.o.Store.InTx(ctx, func(tx Tx) error { return tx.RepeatOutgoing(shopID, endpointID, id) })
	if err == nil {
		b.wake(ctx, WakeWebhook, endpointID)
	}
	return err
}

// TestEndpoint queues a webhook that says nothing happened, so that the merchant sees one arrive.
func (b *Bridge) TestEndpoint(ctx context.Context, shopID, id string) error {
	err := b.o.Store.InTx(ctx, func(tx Tx) error {
		to, err := tx.Endpoint(shopID, id)
		if err != nil {
			return err
		}
		body, err := event{kind: endpointTest}.payload(tx.Now(), subscription.Account{}, trigger.Cause{Actor: trigger.Merchant})
		if err != nil {
			return err
		}
		return tx.AddOutgoing(newOutgoing(tx, to, endpointTest, ident.New("evt", tx.Now()), body))
	})
	if err == nil {
		b.wake(ctx, WakeWebhook, id)
	}
	return err
}

// HandleWebhook is the handler of WakeWebhook: it posts what is due to one endpoint.
func (b *Bridge) HandleWebhook(ctx context.Context, endpointID string) (again time.Time, err error) {
	defer fault.Wrap(&err, "bridge: webhooks of %s", endpointID)
	var to Endpoint
	var due []Outgoing
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		due = nil
		if to, err = tx.EndpointByID(endpointID); err != nil {
			return err
		}
		due, err = tx.ClaimOutgoing(endpointID, webhookBatch, tx.Now().Add(webhookLease))
		return err
	})
	switch {
	case fault.Is(err, fault.NotFound): // deleted meanwhile
		return time.Time{}, nil
	case err != nil, len(due) == 0:
		return time.Time{}, err
	}
	secret, err := b.o.Sealer.Open(to.Secret, secretPlace(to.ID))
	if err != nil {
		return time.Time{}, err
	}
	var posts sync.WaitGroup
	for i := range due {
		posts.Go(func() { b.post(ctx, to, secret, &due[i]) })
	}
	posts.Wait()
	// The answers are recorded even if the program is stopping: the posts have happened.
	err = b.o.Store.InTx(context.WithoutCancel(ctx), func(tx Tx) error { return b.recordPosts(tx, to, due) })
	if err != nil || len(due) < webhookBatch {
		return time.Time{}, err
	}
	return b.o.Now(), nil
}

// post makes one try and notes in o what is to become of it.
func (b *Bridge) post(ctx context.Context, to Endpoint, secret string, o *Outgoing) {
	now := b.o.Now()
	if !to.Active {
		o.State, o.FinishedAt, o.Reason = Failed, now, "The endpoint is switched off."
		return
	}
	status, err := b.o.Webhooks.Post(ctx, WebhookPost{URL: to.URL, ID: o.ID, Secret: secret, At: now, Body: []byte(o.Payload)})
	o.Status, o.Reason = status, ""
	switch {
	case err != nil:
		o.Reason = postProblem(err)
	case status < 200 || status > 299:
		o.Reason = fmt.Sprintf("The endpoint answered with status %d.", status)
	}
	switch {
	case o.Reason == "":
		o.State, o.FinishedAt = Sent, now
	case status == gone || o.Attempts > len(webhookWaits) || fault.Is(err, fault.Invalid):
		o.State, o.FinishedAt = Failed, now
	default:
		o.DueAt = now.Add(webhookWaits[o.Attempts-1])
	}
}

func postProblem(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Message
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "The endpoint did not answer in time."
	}
	return "The endpoint could not be reached."
}

// recordPosts stores what became of each try. An endpoint that answers that it is gone is switched off.
func (b *Bridge) recordPosts(tx Tx, to Endpoint, posts []Outgoing) error {
	isGone := false
	for _, o := range posts {
		if err := tx.FinishOutgoing(o); err != nil {
			return err
		}
		isGone = isGone || o.Status == gone
	}
	if !isGone {
		return nil
	}
	e, err := tx.EndpointByID(to.ID)
	if fault.Is(err, fault.NotFound) || err == nil && e.URL != to.URL {
		return nil
	} else if err != nil {
		return err
	}
	e.Active, e.Problem = false, "Switched off: the endpoint answered that it is gone (status 410)."
	return tx.SaveEndpoint(e)
}

// WebhookDue returns the endpoints with webhooks due at now.
func (b *Bridge) WebhookDue(ctx context.Context, now time.Time, limit int) (ids []string, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { ids, err = tx.DueEndpoints(now, limit); return err })
	return ids, err
}

// WebhookNextDue returns the earliest moment at which a webhook is due; zero: none.
func (b *Bridge) WebhookNextDue(ctx context.Context) (at time.Time, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { at, err = tx.NextOutgoing(); return err })
	return at, err
}

// wakeAfter wakes a handler once the transaction is committed that made work for it.
func (b *Bridge) wakeAfter(tx Tx, kind, key string) {
	tx.Then(func() { b.wake(context.Background(), kind, key) })
}

// wake wakes a handler. A wake-up that is lost costs a second, so it is not worth failing for.
func (b *Bridge) wake(ctx context.Context, kind, key string) {
	if err := b.o.Waker.Wake(ctx, kind, key); err != nil && b.o.Log != nil {
		b.o.Log.DebugContext(ctx, "bridge: wake-up lost", "kind", kind, "key", key, "error", strings.TrimSpace(err.Error()))
	}
}
