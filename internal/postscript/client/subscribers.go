package client

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// FindSubscriber returns the subscriber with this phone number or, failing that, this e-mail, through v2: its
// id serves v2 (events, messages). Nobody is fault.NotFound. phone should be E.164; either may be "".
//
// Several people may share an e-mail. Then the newest who may be texted is taken, which is the one Postscript
// itself would match an event to.
func (c *Client) FindSubscriber(ctx context.Context, phone, email string) (postscript.Subscriber, error) {
	path := v2("/subscribers")
	for _, by := range []struct{ field, value string }{
		{postscript.FilterPhone, phone}, {postscript.FilterEmail, email},
	} {
		if by.value == "" {
			continue
		}
		var page postscript.SubscriberPage
		x, err := c.do(ctx, call{
			method: http.MethodGet, path: path, answer: into(&page),
			query: query(by.field+postscript.OpEq, by.value, postscript.QuerySort, postscript.FilterCreatedAt+postscript.SortDesc),
		})
		if fault.Is(err, fault.NotFound) {
			// A list can be empty but not missing. Taken for "nobody", a wrong address would silence every text.
			return postscript.Subscriber{}, &Error{Outcome: Refused, Exchange: x, cause: fault.From(fault.Unavailable, err,
				"The address of Postscript's API answered 404 for its list of subscribers. Check the address.")}
		}
		if err != nil {
			return postscript.Subscriber{}, err
		}
		if s, ok := choose(page.Subscribers, phone, email, by.field); ok {
			return s, nil
		}
	}
	return postscript.Subscriber{}, c.stranger(path, phone, email)
}

// choose returns the first who may be texted, else the first. It looks at the field again that was asked for:
// a server that does not know the filter answers with everybody, and one of them would get somebody else's text.
func choose(page []postscript.Subscriber, phone, email, field string) (postscript.Subscriber, bool) {
	var found []postscript.Subscriber
	for _, s := range page {
		same := samePhone(s.PhoneNumber, phone)
		if field == postscript.FilterEmail {
			same = strings.EqualFold(string(s.Email), email)
		}
		if same && s.ID != "" {
			found = append(found, s)
		}
	}
	for _, s := range found {
		if s.Subscriptions.Promotional.CanSend || s.Subscriptions.Transactional.CanSend {
			return s, true
		}
	}
	if len(found) == 0 {
		return postscript.Subscriber{}, false
	}
	return found[0], true
}

// FindLegacySubscriber does the same through v1: its id is the one that Fire takes. It is tied to the shop's
// keys: look it up again when the key has changed, or when Fire answers fault.NotFound. Somebody who has not
// confirmed yet is returned with IsPending set and must not be fired for.
//
// v1 is asked because nothing published says that v1 takes the ids of v2; the other way round is promised.
func (c *Client) FindLegacySubscriber(ctx context.Context, phone, email string) (postscript.LegacySubscriber, error) {
	path := v1("/subscribers")
	for _, by := range []struct{ field, value string }{
		{postscript.FilterPhone, phone}, {postscript.FilterEmail, email},
	} {
		if by.value == "" {
			continue
		}
		var all []postscript.LegacySubscriber
		_, err := c.do(ctx, call{
			method: http.MethodGet, path: path, query: query(by.field, by.value),
			answer: func(b []byte) (err error) {
				all, err = postscript.ParseLegacySubscribers(b)
				return err
			},
		})
		if err != nil && !nobodyV1(err) {
			return postscript.LegacySubscriber{}, err
		}
		for _, s := range all {
			// How v1 answers is not published, so a missing field cannot count against anybody.
			if by.field == postscript.FilterPhone && (s.PhoneNumber == "" || samePhone(s.PhoneNumber, phone)) ||
				by.field == postscript.FilterEmail && (s.Email == "" || strings.EqualFold(string(s.Email), email)) {
				return s, nil
			}
		}
	}
	return postscript.LegacySubscriber{}, c.stranger(path, phone, email)
}

// nobodyV1 reports whether err is v1's way to say that there is nobody: a 404 of the API itself. A 404 in
// plain text or HTML comes from something else that listens at that address.
func nobodyV1(err error) bool {
	api, ok := apiError(err)
	return ok && api.Status == http.StatusNotFound && api.Shape != postscript.ShapeText
}

// stranger is the answer for a person who is not a subscriber.
func (c *Client) stranger(path, phone, email string) error {
	if phone == "" && email == "" {
		return c.nobody(http.MethodGet, path)
	}
	return c.refuse(Exchange{Method: http.MethodGet, Path: path},
		fault.New(fault.NotFound, "This customer is not a subscriber in Postscript."))
}

// samePhone compares digits, with and without the 1 of North America: Postscript keeps E.164, but answers
// have been seen without the plus sign.
func samePhone(a, b string) bool {
	x, y := digits(a), digits(b)
	return x != "" && x == y
}

func digits(s string) string {
	d := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if len(d) == 11 && d[0] == '1' {
		return d[1:]
	}
	return d
}

// Subscriber returns one subscriber through v2. Ids of v1 are still accepted. A pending one is not found, and
// Postscript may say so with a bare 400.
func (c *Client) Subscriber(ctx context.Context, id string) (postscript.Subscriber, error) {
	var s postscript.Subscriber
	_, err := c.withID(ctx, "subscriber_id", id, call{
		method: http.MethodGet, path: v2("/subscribers/%s", segment(id)), answer: into(&s),
	})
	return s, err
}

// UpdateSubscriber adds tags and properties, and an e-mail where there is none.
func (c *Client) UpdateSubscriber(ctx context.Context, id string, u postscript.SubscriberUpdate) (postscript.Subscriber, error) {
	var s postscript.Subscriber
	_, err := c.withID(ctx, "subscriber_id", id, call{
		method: http.MethodPatch, path: v2("/subscribers/%s", segment(id)), body: u, answer: into(&s),
	})
	return s, err
}

// CreateSubscriber starts a double opt-in: Postscript texts a question, and the person becomes a subscriber by
// answering Y. The form of the answer is not published, so an id that cannot be read is "" and no error.
func (c *Client) CreateSubscriber(ctx context.Context, n postscript.NewSubscriber) (postscript.PendingSubscriber, error) {
	var p postscript.PendingSubscriber
	_, err := c.do(ctx, call{method: http.MethodPost, path: v2("/subscribers"), body: n, answer: func(b []byte) error {
		_ = json.Unmarshal(b, &p)
		return nil
	}})
	return p, err
}
