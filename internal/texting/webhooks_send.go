package texting

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
)

const (
	hookTimeout = 8 * time.Second // for one callback; the real service's is not published
	hookLease   = time.Minute     // after which a claimed delivery is taken for forgotten
	hookBatch   = 64              // deliveries one handler call takes
	hookLanes   = 16              // callbacks under way at once for one shop
	// hookRetries is how often a callback that failed is made again: an hour's worth.
	hookRetries = int(postscript.WebhookRetryFor / postscript.WebhookRetryEvery)
)

// hookData is the data of one event, with the event's name.
type hookData struct {
	event string
	data  any
}

// emit queues a change of a subscriber (opt-in, opt-out, e-mail collected) to everybody subscribed to it.
func (t *Texting) emit(tx Tx, s Subscriber, event string) error {
	hooks, err := tx.WebhooksFor(s.ShopID, event)
	if err != nil || len(hooks) == 0 {
		return err
	}
	return t.deliver(tx, hooks, hookData{event, postscript.SubscriberChange{
		SubscriberID: s.ID, ShopID: s.ShopID, ShopifyCustomerID: postscript.ShopifyID(s.ShopifyID),
		PhoneNumber: s.Phone, Email: postscript.Optional(s.Email), CreatedAt: postscript.NewTime(tx.Now()),
	}}, s.ID, NumberFailure(s.Phone))
}

// emitIncoming queues an inbound text to the given subscriptions.
func (t *Texting) emitIncoming(tx Tx, hooks []StoredWebhook, m Message, s Subscriber, optOut bool) error {
	return t.deliver(tx, hooks, hookData{postscript.EventIncomingMessage, postscript.IncomingMessage{
		ID: m.ID, SubscriberID: s.ID, ShopID: m.ShopID, IsOptOut: optOut, ShopifyCustomerID: postscript.ShopifyID(s.ShopifyID),
		FromNumber: m.Phone, CreatedAt: postscript.NewTime(m.CreatedAt), Body: m.Body,
	}}, s.ID, NumberFailure(m.Phone))
}

// deliver queues one event to subscriptions, and carries out the webhook failures a reserved number orders.
func (t *Texting) deliver(tx Tx, hooks []StoredWebhook, d hookData, subject string, failure Failure) error {
	for _, h := range hooks {
		payload, err := envelope(h.Webhook, d, tx.Now())
		if err != nil {
			return err
		}
		row := HookDelivery{
			ShopID: h.ShopID, WebhookID: h.ID, Event: d.event, Subject: subject, Payload: payload, State: HookQueued,
			DueAt: tx.Now(), CreatedAt: tx.Now(),
		}
		rows := []HookDelivery{row}
		switch failure {
		case FailDuplicate:
			rows[0].Failure = failure
			rows = append(rows, rows[0])
		case FailLate:
			rows[0].Failure, rows[0].DueAt = failure, tx.Now().Add(postscript.WebhookRetryEvery)
		case FailForged:
			forged := row
			forged.Failure = failure
			rows = []HookDelivery{forged, row}
		}
		for _, r := range rows {
			r.ID = ident.New("whd", tx.Now())
			if err := tx.AddHookDelivery(r); err != nil {
				return err
			}
		}
		t.wakeAfter(tx, WakeHook, h.ShopID)
	}
	return nil
}

// envelope is the body of a callback.
func envelope(w Webhook, d hookData, now time.Time) (string, error) {
	data, err := json.Marshal(d.data)
	if err != nil {
		return "", fmt.Errorf("encode event data: %w", err)
	}
	b, err := json.Marshal(postscript.Webhook{
		WebhookID: w.ID, ResourceType: postscript.ResourceShop, ResourceID: w.ShopID, EventTime: postscript.NewTime(now), Event: d.event, EventData: data,
	})
	if err != nil {
		return "", fmt.Errorf("encode a webhook: %w", err)
	}
	return string(b), nil
}

// ExampleWebhook returns the sample envelope of an event, as POST test sends it.
func (t *Texting) ExampleWebhook(shopID, name string) (string, error) {
	event, ok := postscript.CanonicalEvent(name)
	if !ok {
		return "", fault.Field("event", "There is no event of that name.")
	}
	now := t.o.Now()
	return envelope(Webhook{ID: "00000000-0000-4000-8000-000000000000", ShopID: shopID, Event: event}, sampleData(event, shopID, now), now)
}

// sampleData is what a sample of an event holds: a number reserved for fiction.
func sampleData(event, shopID string, now time.Time) hookData {
	const phone = "+12025550100"
	switch event {
	case postscript.EventIncomingMessage:
		return hookData{event, postscript.IncomingMessage{
			ID: "im_sample", SubscriberID: "s_sample", ShopID: shopID, FromNumber: phone, CreatedAt: postscript.NewTime(now), Body: "This is a sample.",
		}}
	case postscript.EventTest:
		return hookData{event, map[string]string{"message": "This is a test."}}
	}
	return hookData{event, postscript.SubscriberChange{
		SubscriberID: "s_sample", ShopID: shopID, PhoneNumber: phone, Email: "sample@example.com", CreatedAt: postscript.NewTime(now),
	}}
}

// SendHooks is the handler of WakeHook: it posts a shop's due webhooks and says when there are more. What is
// about one person goes out one after the other, so that a program sees their texts in order; a failed one
// does not hold up the next, as at the real service.
func (t *Texting) SendHooks(ctx context.Context, shopID string) (again time.Time, err error) {
	defer fault.Wrap(&err, "texting: send webhooks of %s", shopID)
	var due []HookDelivery
	var to hookCallee
	err = t.o.Store.InTx(ctx, func(tx Tx) (err error) {
		if due, err = tx.ClaimHooks(shopID, tx.Now().Add(hookLease), hookBatch); err != nil || len(due) == 0 {
			return err
		}
		if to.token, err = tx.WebhookToken(shopID); err != nil {
			return err
		}
		to.hooks, err = t.registered(tx, shopID, due)
		return err
	})
	if err != nil || len(due) == 0 {
		return time.Time{}, err
	}
	if to.token, err = t.o.Sealer.Open(to.token, tokenPlace(shopID)); err != nil {
		return time.Time{}, err
	}
	if err := t.sendLanes(ctx, to, due); err != nil || len(due) < hookBatch {
		return time.Time{}, err
	}
	return t.o.Now(), nil
}

// hookCallee is where a shop's callbacks go.
type hookCallee struct {
	token string             // of the shop, by which its client knows us
	hooks map[string]Webhook // by id; what is not in it is gone
}

// registered returns the subscriptions that deliveries are for.
func (t *Texting) registered(tx Tx, shopID string, due []HookDelivery) (map[string]Webhook, error) {
	hooks := map[string]Webhook{}
	for _, d := range due {
		if _, ok := hooks[d.WebhookID]; ok {
			continue
		}
		h, err := tx.Webhook(shopID, d.WebhookID)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if hooks[d.WebhookID], err = t.openHeaders(h); err != nil {
			return nil, err
		}
	}
	return hooks, nil
}

// sendLanes posts deliveries, those of one person in order, and records each outcome.
func (t *Texting) sendLanes(ctx context.Context, to hookCallee, due []HookDelivery) error {
	var order []string
	lanes := map[string][]HookDelivery{}
	for _, d := range due {
		lane := d.WebhookID + "/" + d.Subject
		if lanes[lane] == nil {
			order = append(order, lane)
		}
		lanes[lane] = append(lanes[lane], d)
	}
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
		slots = make(chan struct{}, hookLanes)
	)
	for _, lane := range order {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			for _, d := range lanes[lane] {
				if err := t.sendHook(ctx, to, d); err != nil {
					mu.Lock()
					if first == nil {
						first = err
					}
					mu.Unlock()
					return // the lease brings the rest back
				}
			}
		})
	}
	wg.Wait()
	return first
}

// sendHook posts one delivery and records how it went. An error means that it could not be recorded.
func (t *Texting) sendHook(ctx context.Context, to hookCallee, d HookDelivery) error {
	h, known := to.hooks[d.WebhookID]
	d.Status = 0
	if known {
		token := to.token
		if d.Failure == FailForged {
			token = "forged-" + ident.Secret("")
		}
		d.Status = t.post(ctx, h, token, d.Payload)
	}
	now := t.o.Now()
	switch {
	case d.Status == http.StatusOK, d.Failure == FailForged: // a forger does not try again
		d.State, d.FinishedAt = HookSent, now
	case !known || d.Attempts > hookRetries: // counted, not timed: who was away for hours gets the full hour all the same
		d.State, d.FinishedAt = HookLost, now
	default:
		d.DueAt = now.Add(postscript.WebhookRetryEvery)
	}
	// Recorded also when the engine is stopping: a callback that went out must not go out again.
	ctx = context.WithoutCancel(ctx)
	return t.o.Store.InTx(ctx, func(tx Tx) error { return tx.FinishHook(d) })
}

// post makes one callback and returns the HTTP status, 0 when there was no answer in time.
func (t *Texting) post(ctx context.Context, w Webhook, token, payload string) int {
	ctx, cancel := context.WithTimeout(ctx, hookTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.CallbackURL, strings.NewReader(payload))
	if err != nil {
		return 0
	}
	for name, value := range w.Headers {
		r.Header.Set(name, value)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Rejoinder-Webhooks")
	r.Header.Set(postscript.HeaderSignature, token)
	resp, err := t.o.Poster.Do(r)
	if err != nil {
		return 0
	}
	_ = resp.Body.Close() // the body is ignored
	return resp.StatusCode
}

// DueHooks returns shops with webhooks due, for the sweep of WakeHook.
func (t *Texting) DueHooks(ctx context.Context, now time.Time, limit int) (shops []string, err error) {
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		shops, err = tx.DueHookShops(now, limit)
		return err
	})
	return shops, err
}

// NextDueHook returns when the next webhook is due; zero when none waits.
func (t *Texting) NextDueHook(ctx context.Context) (at time.Time, err error) {
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		at, err = tx.NextHookDue()
		return err
	})
	return at, err
}
