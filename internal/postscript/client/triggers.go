package client

import (
	"context"
	"net/http"

	"rejoinder/internal/postscript"
)

// Triggers returns the triggers this shop has, in the order in which Postscript lists them.
func (c *Client) Triggers(ctx context.Context) (triggers []postscript.Trigger, err error) {
	_, err = c.do(ctx, call{method: http.MethodGet, path: v1("/triggers"), answer: func(b []byte) (err error) {
		triggers, err = postscript.ParseTriggers(b)
		return err
	}})
	return triggers, err
}

// Trigger returns one trigger; an unknown id is fault.NotFound.
func (c *Client) Trigger(ctx context.Context, id string) (t postscript.Trigger, err error) {
	_, err = c.withID(ctx, "trigger_id", id, call{
		method: http.MethodGet, path: v1("/triggers/%s", segment(id)), answer: readTrigger(&t),
	})
	return t, err
}

// CreateTrigger registers a trigger for this shop. Nothing published says that a second one of the same name
// is refused: look with Triggers first. If the outcome is Sent with an error, the trigger exists but its id
// could not be read; Triggers has it.
func (c *Client) CreateTrigger(ctx context.Context, r postscript.TriggerRequest) (t postscript.Trigger, err error) {
	_, err = c.do(ctx, call{method: http.MethodPost, path: v1("/triggers"), body: r, answer: readTrigger(&t)})
	return t, err
}

// UpdateTrigger replaces name, tags and eligibility of a trigger.
func (c *Client) UpdateTrigger(ctx context.Context, id string, r postscript.TriggerRequest) error {
	_, err := c.withID(ctx, "trigger_id", id, call{
		method: http.MethodPut, path: v1("/triggers/%s", segment(id)), body: r,
	})
	return err
}

// DeleteTrigger removes a trigger. One that is gone already is fault.NotFound.
func (c *Client) DeleteTrigger(ctx context.Context, id string) error {
	_, err := c.withID(ctx, "trigger_id", id, call{method: http.MethodDelete, path: v1("/triggers/%s", segment(id))})
	return err
}

// AllowTrigger lets this shop use a trigger that belongs to the partner as a whole. It needs a PartnerKey.
func (c *Client) AllowTrigger(ctx context.Context, id string) error {
	_, err := c.withID(ctx, "trigger_id", id, call{method: http.MethodPost, path: v1("/triggers/%s/shops", segment(id))})
	return err
}

// Fire fires a trigger for one subscriber, with values by tag name (without braces). key is the id of the
// delivery: the built-in texting half drops a repeat with the same key, the real Postscript does not look at
// it. The exchange is returned in every case, for the record of the delivery. Whatever a 2xx says in its
// body, the trigger is sent: the form of that answer is not published.
func (c *Client) Fire(ctx context.Context, triggerID, subscriberID string, values map[string]string, key string) (Exchange, error) {
	if values == nil {
		values = map[string]string{}
	}
	k := call{
		method: http.MethodPost,
		path:   v1("/triggers/%s/subscribers/%s", segment(triggerID), segment(subscriberID)),
		body:   values, repeat: key,
	}
	if triggerID == "" {
		return c.withID(ctx, "trigger_id", triggerID, k)
	}
	return c.withID(ctx, "subscriber_id", subscriberID, k)
}

func readTrigger(t *postscript.Trigger) func([]byte) error {
	return func(b []byte) (err error) {
		*t, err = postscript.ParseTrigger(b)
		return err
	}
}
