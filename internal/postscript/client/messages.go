package client

import (
	"context"
	"encoding/json"
	"net/http"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// SendEvent sends a v2 custom event. ExternalID should be the id of the delivery: the built-in texting half
// drops a repeat, the real Postscript does not promise it. An event that cannot be right is Refused without
// a request. Sent means that Postscript took the event in, not that anybody is texted. The exchange is
// returned in every case.
func (c *Client) SendEvent(ctx context.Context, e postscript.Event) (postscript.EventAnswer, Exchange, error) {
	var answer postscript.EventAnswer
	k := call{method: http.MethodPost, path: v2("/events"), body: e, answer: func(b []byte) error {
		_ = json.Unmarshal(b, &answer) // the ids serve nothing further: without them the event is sent all the same
		return nil
	}}
	if err := e.Check(); err != nil {
		x := Exchange{Method: k.method, Path: k.path}
		return answer, x, &Error{Outcome: Refused, Exchange: x, cause: err}
	}
	x, err := c.do(ctx, k)
	if err != nil && Classify(err) == Sent { // the answer was cut off
		err = nil
	}
	return answer, x, err
}

// CreateMessage asks for one text to one subscriber. There is no key against repeats here, so an Unknown must
// not be repeated blindly. The exchange is returned in every case.
func (c *Client) CreateMessage(ctx context.Context, r postscript.MessageRequest) (postscript.Message, Exchange, error) {
	var m postscript.Message
	k := call{method: http.MethodPost, path: v2("/message_requests"), body: r, answer: into(&m)}
	switch x := (Exchange{Method: k.method, Path: k.path}); {
	case r.Body == "":
		return m, x, c.refuse(x, fault.Field("body", "A message needs a text."))
	case r.SubscriberID == "" && r.Phone == "":
		return m, x, c.nobody(k.method, k.path)
	}
	x, err := c.do(ctx, k)
	return m, x, err
}

// Message returns a message that was asked for, with what was sent once it was.
func (c *Client) Message(ctx context.Context, id string) (postscript.Message, error) {
	var m postscript.Message
	_, err := c.withID(ctx, "message_id", id, call{
		method: http.MethodGet, path: v2("/message_requests/%s", segment(id)), answer: into(&m),
	})
	return m, err
}

// SentMessage returns one message that was sent.
func (c *Client) SentMessage(ctx context.Context, id string) (postscript.SentMessage, error) {
	var m postscript.SentMessage
	_, err := c.withID(ctx, "message_id", id, call{
		method: http.MethodGet, path: v2("/sent_messages/%s", segment(id)), answer: into(&m),
	})
	return m, err
}
