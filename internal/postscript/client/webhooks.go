package client

import (
	"context"
	"errors"
	"net/http"

	"rejoinder/internal/postscript"
)

// Webhooks returns the shop's webhook subscriptions, with the secret headers they carry.
func (c *Client) Webhooks(ctx context.Context) ([]postscript.WebhookSubscription, error) {
	var list postscript.WebhookList
	_, err := c.do(ctx, call{method: http.MethodGet, path: v2("/webhooks"), answer: into(&list)})
	return list.WebhookSubscriptions, err
}

// CreateWebhook subscribes to one event. Whether Postscript refuses a second one for the same event is not
// published: look with Webhooks first.
func (c *Client) CreateWebhook(ctx context.Context, r postscript.WebhookRequest) (postscript.WebhookSubscription, error) {
	var w postscript.WebhookSubscription
	_, err := c.do(ctx, call{method: http.MethodPost, path: v2("/webhooks"), body: r, answer: into(&w)})
	return w, err
}

// UpdateWebhook changes address and headers of a subscription. Its event cannot be changed, so r.Event is
// not sent.
func (c *Client) UpdateWebhook(ctx context.Context, id string, r postscript.WebhookRequest) (postscript.WebhookSubscription, error) {
	r.Event = ""
	var w postscript.WebhookSubscription
	_, err := c.withID(ctx, "webhook_id", id, call{
		method: http.MethodPatch, path: v2("/webhooks/%s", segment(id)), body: r, answer: into(&w),
	})
	return w, err
}

// DeleteWebhook ends a subscription.
func (c *Client) DeleteWebhook(ctx context.Context, id string) error {
	_, err := c.withID(ctx, "webhook_id", id, call{method: http.MethodDelete, path: v2("/webhooks/%s", segment(id))})
	return err
}

// TestWebhook asks Postscript to send a sample of the event to those subscribed to it.
func (c *Client) TestWebhook(ctx context.Context, event string) error {
	_, err := c.do(ctx, call{
		method: http.MethodPost, path: v2("/webhooks/test"), body: postscript.WebhookTest{Event: event},
	})
	return err
}

// ExampleWebhook returns a sample envelope of the event.
func (c *Client) ExampleWebhook(ctx context.Context, event string) (postscript.Webhook, error) {
	var w postscript.Webhook
	_, err := c.do(ctx, call{
		method: http.MethodGet, path: v2("/webhooks/example"), query: query("event", event), answer: into(&w),
	})
	return w, err
}

// Token returns the value that the signature header of webhooks must equal. It exists once there is a
// subscription, so call it after CreateWebhook.
func (c *Client) Token(ctx context.Context) (string, error) {
	var t postscript.WebhookToken
	_, err := c.do(ctx, call{method: http.MethodGet, path: v2("/webhooks/token"), answer: func(b []byte) error {
		if err := into(&t)(b); err != nil {
			return err
		}
		if t.Token == "" { // an empty token would equal a missing signature
			return errors.New("the answer holds no token")
		}
		return nil
	}})
	return t.Token, err
}
