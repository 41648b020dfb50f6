package server

import (
	"encoding/json"

	"rejoinder/internal/postscript"
	"rejoinder/internal/texting"
)

func (s *Server) listWebhooks(c *call) (any, error) {
	list, err := s.o.Texting.Webhooks(c.Context(), c.shop())
	out := postscript.WebhookList{WebhookSubscriptions: []postscript.WebhookSubscription{}}
	for _, w := range list {
		out.WebhookSubscriptions = append(out.WebhookSubscriptions, wireWebhook(w))
	}
	return out, err
}

func (s *Server) addWebhook(c *call) (any, error) {
	var in postscript.WebhookRequest
	if err := c.body(&in); err != nil {
		return nil, err
	}
	w, err := s.o.Texting.AddWebhook(c.Context(), c.shop(), texting.Webhook{Event: in.Event, CallbackURL: in.CallbackURL, Headers: in.Headers})
	return wireWebhook(w), err
}

func (s *Server) getWebhook(c *call) (any, error) {
	w, err := s.o.Texting.Webhook(c.Context(), c.shop(), c.PathValue("id"))
	return wireWebhook(w), err
}

func (s *Server) changeWebhook(c *call) (any, error) {
	var in postscript.WebhookRequest
	if err := c.body(&in); err != nil {
		return nil, err
	}
	w, err := s.o.Texting.ChangeWebhook(c.Context(), c.shop(), c.PathValue("id"),
		texting.Webhook{Event: in.Event, CallbackURL: in.CallbackURL, Headers: in.Headers})
	return wireWebhook(w), err
}

func (s *Server) deleteWebhook(c *call) (any, error) {
	return postscript.EmptyBody{}, s.o.Texting.RemoveWebhook(c.Context(), c.shop(), c.PathValue("id"))
}

func (s *Server) exampleWebhook(c *call) (any, error) {
	sample, err := s.o.Texting.ExampleWebhook(c.shop(), c.URL.Query().Get("event"))
	return json.RawMessage(sample), err
}

func (s *Server) testWebhook(c *call) (any, error) {
	var in postscript.WebhookTest
	if err := c.body(&in); err != nil {
		return nil, err
	}
	return accepted, s.o.Texting.TestWebhook(c.Context(), c.shop(), in.Event)
}

func (s *Server) webhookToken(c *call) (any, error) {
	token, err := s.o.Texting.WebhookToken(c.Context(), c.shop())
	return postscript.WebhookToken{Token: token}, err
}

func wireWebhook(w texting.Webhook) postscript.WebhookSubscription {
	headers := w.Headers
	if headers == nil {
		headers = map[string]string{}
	}
	return postscript.WebhookSubscription{
		ID: w.ID, CallbackURL: w.CallbackURL, Event: w.Event, Headers: headers, CreatedAt: wireTime(w.CreatedAt), UpdatedAt: wireTime(w.UpdatedAt),
	}
}
