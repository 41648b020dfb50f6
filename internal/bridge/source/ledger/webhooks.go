package ledger

import (
	"encoding/json"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

// endpoint is a webhook endpoint as the API shows it.
type endpoint struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Active    bool      `json:"active"`
	Problem   string    `json:"problem,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	Secret    string    `json:"secret,omitempty"` // only in the answer that creates it
}

func showEndpoint(e bridge.Endpoint, secret string) endpoint {
	return endpoint{ID: e.ID, URL: e.URL, Active: e.Active, Problem: e.Problem, CreatedAt: e.CreatedAt, Secret: secret}
}

// createEndpoint needs no Idempotency-Key: a shop has each address once.
func (a *api) createEndpoint(c *call) (any, error) {
	var in struct {
		URL string `json:"url"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	e, secret, err := a.Book.CreateEndpoint(c.Context(), c.shop, in.URL)
	return showEndpoint(e, secret), err
}

func (a *api) listEndpoints(c *call) (any, error) {
	list, err := a.Book.Endpoints(c.Context(), c.shop)
	out := make([]endpoint, len(list))
	for i, e := range list {
		out[i] = showEndpoint(e, "")
	}
	return page{Data: out}, err
}

func (a *api) getEndpoint(c *call) (any, error) {
	e, err := a.Book.Endpoint(c.Context(), c.shop, c.PathValue("endpoint"))
	return showEndpoint(e, ""), err
}

func (a *api) patchEndpoint(c *call) (any, error) {
	var in struct {
		URL    *string `json:"url"`
		Active *bool   `json:"active"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	address := ""
	if in.URL != nil {
		if address = *in.URL; address == "" {
			return nil, fault.Field("url", "An endpoint needs an address; delete it if it has none.")
		}
	}
	e, err := a.Book.UpdateEndpoint(c.Context(), c.shop, c.PathValue("endpoint"), address, in.Active)
	return showEndpoint(e, ""), err
}

func (a *api) deleteEndpoint(c *call) (any, error) {
	return nil, a.Book.DeleteEndpoint(c.Context(), c.shop, c.PathValue("endpoint"))
}

func (a *api) testEndpoint(c *call) (any, error) {
	return struct{}{}, a.Book.TestEndpoint(c.Context(), c.shop, c.PathValue("endpoint"))
}

// delivery is one entry of an endpoint's delivery log.
type delivery struct {
	ID         string          `json:"id"` // the webhook-id its receiver sees
	Event      string          `json:"event"`
	State      string          `json:"state"` // queued, sent, failed
	Attempts   int             `json:"attempts"`
	Status     int             `json:"status,omitempty"` // HTTP, of the last try
	Reason     string          `json:"reason,omitempty"`
	Payload    json.RawMessage `json:"payload"`
	CreatedAt  time.Time       `json:"created_at"`
	NextTryAt  *time.Time      `json:"next_try_at,omitempty"`
	FinishedAt *time.Time      `json:"finished_at,omitempty"`
}

func (a *api) listDeliveries(c *call) (any, error) {
	limit, err := c.limit()
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = 50
	}
	list, err := a.Book.Outgoing(c.Context(), c.shop, c.PathValue("endpoint"), c.URL.Query().Get("cursor"), limit+1)
	if err != nil {
		return nil, err
	}
	p := page{}
	if len(list) > limit {
		list = list[:limit]
		p.Next = list[limit-1].ID
	}
	out := make([]delivery, len(list))
	for i, o := range list {
		out[i] = delivery{
			ID: o.ID, Event: o.Event, State: string(o.State), Attempts: o.Attempts, Status: o.Status, Reason: o.Reason,
			Payload: json.RawMessage(o.Payload), CreatedAt: o.CreatedAt,
		}
		if o.State == bridge.Queued {
			out[i].NextTryAt = &o.DueAt
		} else {
			out[i].FinishedAt = &o.FinishedAt
		}
	}
	p.Data = out
	return p, nil
}

func (a *api) repeatDelivery(c *call) (any, error) {
	return struct{}{}, a.Book.RepeatWebhook(c.Context(), c.shop, c.PathValue("endpoint"), c.PathValue("delivery"))
}
