package postscript

import (
	"encoding/json"
	"fmt"

	"rejoinder/internal/fault"
)

// The events a webhook can be subscribed to, one per subscription. Postscript may add more at any time, so
// receivers must ignore names they do not know.
const (
	EventTest            = "shop.test"
	EventIncomingMessage = "shop.incoming_message"
	EventOptIn           = "shop.subscriber.opt_in"
	EventOptOut          = "shop.subscriber.opt_out"
	EventEmailCollected  = "shop.email_collected"
	// EventEmailCollectedTypo is how the published definition of "create" alone spells EventEmailCollected.
	EventEmailCollectedTypo = "shop.shop.email_collected"
)

// WebhookEvents returns the events in the order in which Postscript lists them.
func WebhookEvents() []string {
	return []string{EventTest, EventIncomingMessage, EventOptIn, EventOptOut, EventEmailCollected}
}

// CanonicalEvent returns the name under which an event is known here (it mends the one spelling trap), and
// false for a name Postscript does not publish.
func CanonicalEvent(name string) (string, bool) {
	if name == EventEmailCollectedTypo {
		return EventEmailCollected, true
	}
	for _, e := range WebhookEvents() {
		if e == name {
			return e, true
		}
	}
	return "", false
}

// WebhookRequest is the body of POST /api/v2/webhooks, and of PATCH /api/v2/webhooks/{id} without Event,
// which cannot be changed.
type WebhookRequest struct {
	CallbackURL string            `json:"callback_url,omitempty"` // https only
	Event       string            `json:"event,omitempty"`
	Headers     map[string]string `json:"headers,omitempty"` // sent on every callback; ours hold a secret
}

// WebhookSubscription is the answer to a WebhookRequest (200, on creation too).
type WebhookSubscription struct {
	CallbackURL string            `json:"callback_url"`
	CreatedAt   TimeZ             `json:"created_at"`
	Event       string            `json:"event"`
	Headers     map[string]string `json:"headers"`
	ID          string            `json:"id"` // a UUID
	UpdatedAt   TimeZ             `json:"updated_at"`
}

// WebhookList is the answer of GET /api/v2/webhooks.
type WebhookList struct {
	WebhookSubscriptions []WebhookSubscription `json:"webhook_subscriptions"`
}

// WebhookTest is the body of POST /api/v2/webhooks/test.
type WebhookTest struct {
	Event string `json:"event"`
}

// WebhookToken is the answer of GET /api/v2/webhooks/token: what HeaderSignature must equal.
type WebhookToken struct {
	Token string `json:"token"`
}

// Webhook is the envelope of every callback.
type Webhook struct {
	WebhookID    string          `json:"webhook_id"` // the subscription; deliveries have no id
	ResourceType string          `json:"resource_type"`
	ResourceID   string          `json:"resource_id"` // the shop
	EventTime    Time            `json:"event_time"`
	Event        string          `json:"event"`
	EventData    json.RawMessage `json:"event_data"`
}

// IncomingMessage is the data of EventIncomingMessage: a text somebody sent to the shop. ID is the only
// thing that tells a repeated delivery.
type IncomingMessage struct {
	ID                string    `json:"id"`
	SubscriberID      string    `json:"subscriber_id"`
	ShopID            string    `json:"shop_id"`
	IsOptOut          bool      `json:"is_opt_out"`
	ShopifyCustomerID ShopifyID `json:"shopify_customer_id"`
	FromNumber        string    `json:"from_number"` // E.164
	CreatedAt         Time      `json:"created_at"`
	Body              string    `json:"body"`
}

// SubscriberChange is the data of EventOptIn, EventOptOut and EventEmailCollected. Postscript does not
// publish it: this is what the built-in half writes. Use Webhook.Change to read it.
type SubscriberChange struct {
	SubscriberID      string    `json:"subscriber_id"`
	ShopID            string    `json:"shop_id"`
	ShopifyCustomerID ShopifyID `json:"shopify_customer_id"`
	PhoneNumber       string    `json:"phone_number"`
	Email             Optional  `json:"email"`
	CreatedAt         Time      `json:"created_at"`
}

// ParseWebhook reads an envelope. It refuses, as fault.Invalid, what is no JSON object or names no event; an
// unknown event is no error.
func ParseWebhook(body []byte) (Webhook, error) {
	var w Webhook
	if err := json.Unmarshal(body, &w); err != nil {
		return Webhook{}, fault.From(fault.Invalid, err, "The webhook is not the JSON this API sends.")
	}
	if w.Event == "" {
		return Webhook{}, fault.Field("event", "The webhook names no event.")
	}
	if name, ok := CanonicalEvent(w.Event); ok {
		w.Event = name
	}
	return w, nil
}

// Incoming reads the data of an incoming message. One without an id or a number is refused as fault.Invalid:
// it could be neither recognised when repeated nor answered.
func (w Webhook) Incoming() (IncomingMessage, error) {
	var m IncomingMessage
	if w.Event != EventIncomingMessage {
		return m, fmt.Errorf("postscript: %q is not %s", w.Event, EventIncomingMessage)
	}
	if err := json.Unmarshal(w.EventData, &m); err != nil {
		return IncomingMessage{}, fault.From(fault.Invalid, err, "The incoming message is not the JSON this API sends.")
	}
	switch {
	case m.ID == "":
		return IncomingMessage{}, fault.Field("event_data.id", "The incoming message has no id.")
	case m.FromNumber == "" && m.SubscriberID == "":
		return IncomingMessage{}, fault.Field("event_data.from_number", "The incoming message does not say who sent it.")
	}
	return m, nil
}

// Change reads the data of an opt-in, an opt-out or a collected e-mail. As its form is not published, the
// person is looked for under the names this API uses elsewhere, at the top and one level down. Without an id,
// a number or an e-mail it is refused as fault.Invalid.
func (w Webhook) Change() (SubscriberChange, error) {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(w.EventData, &top); err != nil {
		return SubscriberChange{}, fault.From(fault.Invalid, err, "The data of the webhook is not a JSON object.")
	}
	levels := []map[string]json.RawMessage{top}
	for _, under := range []string{"subscriber", "data"} {
		var inner map[string]json.RawMessage
		if json.Unmarshal(top[under], &inner) == nil {
			levels = append(levels, inner)
		}
	}
	var c SubscriberChange
	for _, l := range levels {
		pick(&c.SubscriberID, l, "subscriber_id", "postscript_subscriber_id", "id")
		pick(&c.ShopID, l, "shop_id")
		pick(&c.PhoneNumber, l, "phone_number", "phone", "from_number")
		pick((*string)(&c.Email), l, "email", "email_address")
		if c.ShopifyCustomerID == 0 && l["shopify_customer_id"] != nil {
			_ = json.Unmarshal(l["shopify_customer_id"], &c.ShopifyCustomerID) // a bonus: never worth a refusal
		}
		if c.CreatedAt.IsZero() && l["created_at"] != nil {
			_ = json.Unmarshal(l["created_at"], &c.CreatedAt)
		}
	}
	if c.SubscriberID == "" && c.PhoneNumber == "" && c.Email == "" {
		return SubscriberChange{}, fault.Field("event_data", "The webhook does not say which subscriber it is about.")
	}
	return c, nil
}

// pick sets an empty *to to the first of the named fields that is a string or an integer.
func pick(to *string, from map[string]json.RawMessage, names ...string) {
	for _, n := range names {
		var v ID
		if *to == "" && from[n] != nil && v.UnmarshalJSON(from[n]) == nil {
			*to = string(v)
		}
	}
}
