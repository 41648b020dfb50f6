package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// Me returns whose key this is. An unknown or revoked key is fault.Unauthorized.
func (c *Client) Me(ctx context.Context) (postscript.Me, error) {
	var me postscript.Me
	_, err := c.do(ctx, call{method: http.MethodGet, path: v2("/me"), answer: func(b []byte) error {
		if err := into(&me)(b); err != nil {
			return err
		}
		if me.ResourceID == "" { // {} from some other server is JSON too
			return errors.New("the answer names nobody")
		}
		return nil
	}})
	return me, err
}

// Keywords returns the shop's active keywords.
func (c *Client) Keywords(ctx context.Context) ([]postscript.Keyword, error) {
	var list postscript.KeywordList
	_, err := c.do(ctx, call{method: http.MethodGet, path: v2("/keywords"), answer: into(&list)})
	return list.Keywords, err
}

// Keyword returns one keyword; an unknown id is fault.NotFound.
func (c *Client) Keyword(ctx context.Context, id string) (postscript.Keyword, error) {
	var kw postscript.Keyword
	_, err := c.withID(ctx, "keyword_id", id, call{
		method: http.MethodGet, path: v2("/keywords/%s", segment(id)), answer: into(&kw),
	})
	return kw, err
}

// Unsubscribe opts a person out of all texts, by id or by phone number (one is enough). Postscript takes the
// request in (202) and says nothing about whether there was such a person.
func (c *Client) Unsubscribe(ctx context.Context, subscriberID, phone string) error {
	if subscriberID == "" && phone == "" {
		return c.nobody(http.MethodPatch, v2("/compliance/unsubscribe"))
	}
	_, err := c.do(ctx, call{
		method: http.MethodPatch, path: v2("/compliance/unsubscribe"),
		body: postscript.UnsubscribeRequest{PostscriptSubscriberID: subscriberID, PhoneNumber: phone},
	})
	return err
}

// Redact erases a person and unsubscribes them. It cannot be undone.
func (c *Client) Redact(ctx context.Context, r postscript.RedactRequest) error {
	if r == (postscript.RedactRequest{}) {
		return c.nobody(http.MethodPatch, v2("/compliance/redact"))
	}
	_, err := c.do(ctx, call{method: http.MethodPatch, path: v2("/compliance/redact"), body: r})
	return err
}

// nobody refuses a request that names no person.
func (c *Client) nobody(method, path string) error {
	return c.refuse(Exchange{Method: method, Path: path},
		fault.New(fault.Invalid, "The request to Postscript names nobody: give an id, a phone number or an e-mail."))
}

// query makes a query of pairs.
func query(pairs ...string) url.Values {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return q
}
