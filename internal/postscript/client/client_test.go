package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

func TestNewRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*Options)
		field  string
		says   string
	}{
		{"no key", func(o *Options) { o.Key = "" }, "key", "Paste"},
		{"a public key", func(o *Options) { o.Key = "pk_0123456789abcdef" }, "key", "public"},
		{"a partner's key", func(o *Options) { o.Key = goodBearer }, "key", "partner"},
		{"something else", func(o *Options) { o.Key = "hello" }, "key", "not a private key"},
		{"a prefix alone", func(o *Options) { o.Key = "sk_" }, "key", "not a private key"},
		{"a line break", func(o *Options) { o.Key = goodKey + "\n" }, "key", "Copy it again"},
		{"a space inside", func(o *Options) { o.Key = "sk_01 23" }, "key", "Copy it again"},
		{"a shop's key as partner", func(o *Options) { o.PartnerKey = goodKey }, "partner_key", "begins with sk_partner_"},
		{"no address", func(o *Options) { o.BaseURL = "" }, "base_url", "http"},
		{"no scheme", func(o *Options) { o.BaseURL = "api.postscript.io" }, "base_url", "http"},
		{"a key in the address", func(o *Options) { o.BaseURL = "https://sk_x@api.postscript.io" }, "base_url", "http"},
		{"no time-out", func(o *Options) { o.HTTP = &http.Client{} }, "", "time-out"},
		{"no HTTP client", func(o *Options) { o.HTTP = nil }, "", "time-out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := Options{BaseURL: postscript.BaseURL, Key: goodKey, HTTP: &http.Client{Timeout: time.Second}}
			tt.change(&o)
			_, err := New(o)
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Field != tt.field || !strings.Contains(f.Message, tt.says) {
				t.Errorf("got %v, want it to blame %q and say %q", err, tt.field, tt.says)
			}
			if o.Key != "" && len(o.Key) > 5 && strings.Contains(fmt.Sprint(err), o.Key) {
				t.Error("the error shows the key")
			}
		})
	}
}

// Every call: the bytes that go out, and that the answer comes back.
func TestCallsAsTheyGoOverTheWire(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		call func(context.Context, *Client) (any, error)
		wire string
		want any
	}{
		{
			"me", func(ctx context.Context, c *Client) (any, error) { return c.Me(ctx) },
			"GET /api/v2/me",
			postscript.Me{ResourceID: "shop_1234567abcde", ResourceName: "Kettle & Leaf", ResourceType: "shop"},
		},
		{
			"triggers", func(ctx context.Context, c *Client) (any, error) { ts, err := c.Triggers(ctx); return ts[0].ID, err },
			"GET /v1/triggers", postscript.ID("17"),
		},
		{
			"trigger", func(ctx context.Context, c *Client) (any, error) {
				tr, err := c.Trigger(ctx, "17")
				return tr.Name, err
			},
			"GET /v1/triggers/17", "Rejoinder: Upcoming Order",
		},
		{"create trigger", func(ctx context.Context, c *Client) (any, error) {
			tr, err := c.CreateTrigger(ctx, postscript.TriggerRequest{Name: "N", Tags: []postscript.TriggerTag{{Label: "L", Value: "{l}"}}})
			return tr.ID, err
		}, `POST /v1/triggers {"name":"N","tags":[{"label":"L","value":"{l}"}]}`, postscript.ID("17")},
		{"update trigger", func(ctx context.Context, c *Client) (any, error) {
			return nil, c.UpdateTrigger(ctx, "17", postscript.TriggerRequest{Name: "N"})
		}, `PUT /v1/triggers/17 {"name":"N"}`, nil},
		{
			"delete trigger", func(ctx context.Context, c *Client) (any, error) { return nil, c.DeleteTrigger(ctx, "17") },
			"DELETE /v1/triggers/17", nil,
		},
		{
			"allow trigger", func(ctx context.Context, c *Client) (any, error) { return nil, c.AllowTrigger(ctx, "17") },
			"POST /v1/triggers/17/shops", nil,
		},
		{
			"event", func(ctx context.Context, c *Client) (any, error) {
				a, _, err := c.SendEvent(ctx, postscript.Event{
					Type: "UpcomingOrder", Phone: "+15555550101", OccurredAt: "2026-03-01 11:00:00.000000",
					Properties: map[string]any{"days_until": 3}, ExternalID: "dlv_1",
				})
				return a.EventIDs, err
			}, `POST /api/v2/events {"type":"UpcomingOrder","phone":"+15555550101","occurred_at":"2026-03-01 11:00:00.000000","properties":{"days_until":3},"external_id":"dlv_1"}`,
			[]string{"1234-abcd-5678"},
		},
		{"create message", func(ctx context.Context, c *Client) (any, error) {
			m, _, err := c.CreateMessage(ctx, postscript.MessageRequest{Phone: "+15555550101", Body: "Hello"})
			return m.Status, err
		}, `POST /api/v2/message_requests {"phone":"+15555550101","body":"Hello"}`, "processing"},
		{
			"message", func(ctx context.Context, c *Client) (any, error) { m, err := c.Message(ctx, "mr_1"); return m.ID, err },
			"GET /api/v2/message_requests/mr_1", "mr_1",
		},
		{"subscriber", func(ctx context.Context, c *Client) (any, error) {
			s, err := c.Subscriber(ctx, "s_1234567abcd")
			return s.PhoneNumber, err
		}, "GET /api/v2/subscribers/s_1234567abcd", "+15555550101"},
		{"update subscriber", func(ctx context.Context, c *Client) (any, error) {
			s, err := c.UpdateSubscriber(ctx, "s_1234567abcd", postscript.SubscriberUpdate{Tags: []string{"VIP"}})
			return s.Tags, err
		}, `PATCH /api/v2/subscribers/s_1234567abcd {"tags":["VIP"]}`, []string{"VIP"}},
		{"create subscriber", func(ctx context.Context, c *Client) (any, error) {
			p, err := c.CreateSubscriber(ctx, postscript.NewSubscriber{PhoneNumber: "+15555550101", Keyword: "YOUROCK"})
			return p.ID, err
		}, `POST /api/v2/subscribers {"phone_number":"+15555550101","keyword":"YOUROCK"}`, "pending_1"},
		{
			"keywords", func(ctx context.Context, c *Client) (any, error) { k, err := c.Keywords(ctx); return len(k), err },
			"GET /api/v2/keywords", 1,
		},
		{"keyword", func(ctx context.Context, c *Client) (any, error) {
			k, err := c.Keyword(ctx, "kw_31afjew824892ks")
			return k.Keyword, err
		}, "GET /api/v2/keywords/kw_31afjew824892ks", "YOUROCK"},
		{"webhooks", func(ctx context.Context, c *Client) (any, error) {
			w, err := c.Webhooks(ctx)
			return w[0].Headers["X-Shop-Secret"], err
		}, "GET /api/v2/webhooks", "very-secret-header"},
		{"create webhook", func(ctx context.Context, c *Client) (any, error) {
			w, err := c.CreateWebhook(ctx, postscript.WebhookRequest{CallbackURL: "https://example.com/hooks", Event: postscript.EventIncomingMessage, Headers: map[string]string{"X-A": "b"}})
			return w.ID, err
		}, `POST /api/v2/webhooks {"callback_url":"https://example.com/hooks","event":"shop.incoming_message","headers":{"X-A":"b"}}`, "a47606a1-5b39-4a81-9480-c2cb738ff675"},
		{"update webhook", func(ctx context.Context, c *Client) (any, error) {
			w, err := c.UpdateWebhook(ctx, "a47606a1", postscript.WebhookRequest{CallbackURL: "https://example.com/h", Event: postscript.EventTest})
			return w.Event, err
		}, `PATCH /api/v2/webhooks/a47606a1 {"callback_url":"https://example.com/h"}`, postscript.EventIncomingMessage},
		{
			"delete webhook", func(ctx context.Context, c *Client) (any, error) { return nil, c.DeleteWebhook(ctx, "a47606a1") },
			"DELETE /api/v2/webhooks/a47606a1", nil,
		},
		{
			"token", func(ctx context.Context, c *Client) (any, error) { return c.Token(ctx) },
			"GET /api/v2/webhooks/token", "very-secret-token",
		},
		{"test webhook", func(ctx context.Context, c *Client) (any, error) {
			return nil, c.TestWebhook(ctx, postscript.EventTest)
		}, `POST /api/v2/webhooks/test {"event":"shop.test"}`, nil},
		{"example webhook", func(ctx context.Context, c *Client) (any, error) {
			w, err := c.ExampleWebhook(ctx, postscript.EventTest)
			return w.ResourceID, err
		}, "GET /api/v2/webhooks/example?event=shop.test", "shop_1234567abcd"},
		{
			"unsubscribe", func(ctx context.Context, c *Client) (any, error) { return nil, c.Unsubscribe(ctx, "s_1", "") },
			`PATCH /api/v2/compliance/unsubscribe {"postscript_subscriber_id":"s_1"}`, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			got, err := tt.call(t.Context(), newClient(t, f.URL+"/"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("answer: -want +got\n%s", diff)
			}
			if diff := cmp.Diff([]string{tt.wire}, f.requests()); diff != "" {
				t.Errorf("wire: -want +got\n%s", diff)
			}
		})
	}
}

func TestFireTellsTheWholeExchange(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	x, err := newClient(t, f.URL).Fire(t.Context(), "17", "991", map[string]string{"days_until": "3"}, "dlv_1")
	if err != nil {
		t.Fatal(err)
	}
	if x.Took <= 0 {
		t.Error("Took is missing")
	}
	x.Took = 0
	want := Exchange{Method: "POST", Path: "/v1/triggers/17/subscribers/991", Request: `{"days_until":"3"}`, Answer: `{"success":true}`, Status: 200}
	if diff := cmp.Diff(want, x); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	h := f.heads[0]
	for name, want := range map[string]string{
		"Idempotency-Key": "dlv_1", "Authorization": "Bearer " + goodKey, "X-Postscript-Shop-Token": "",
		"Content-Type": "application/json", "User-Agent": "Rejoinder/test",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func TestPartnerSendsBothKeys(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	c := newClient(t, f.URL, func(o *Options) { o.PartnerKey = goodBearer })
	if _, err := c.Me(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h := f.heads[0]; h.Get("Authorization") != "Bearer "+goodBearer || h.Get("X-Postscript-Shop-Token") != goodKey {
		t.Error("the keys are not where a partner's belong")
	}
}

func TestIDsStayOneSegmentOfThePath(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	c := newClient(t, f.URL)
	_, err := c.Fire(t.Context(), "17/../18?x=", "99 1", nil, "")
	if Classify(err) != Refused {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff([]string{"POST /v1/triggers/17%2F..%2F18%3Fx=/subscribers/99%201 {}"}, f.requests()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for name, call := range map[string]func() error{
		"no trigger":    func() error { _, err := c.Fire(t.Context(), "", "991", nil, ""); return err },
		"no subscriber": func() error { _, err := c.Fire(t.Context(), "17", "", nil, ""); return err },
		"delete all":    func() error { return c.DeleteTrigger(t.Context(), "") },
		"the parent":    func() error { return c.DeleteWebhook(t.Context(), "..") },
		"nobody":        func() error { return c.Unsubscribe(t.Context(), "", "") },
		"redact nobody": func() error { return c.Redact(t.Context(), postscript.RedactRequest{}) },
		"no text": func() error {
			_, _, err := c.CreateMessage(t.Context(), postscript.MessageRequest{Phone: "+15555550101"})
			return err
		},
		"a wrong event": func() error {
			_, _, err := c.SendEvent(t.Context(), postscript.Event{Type: "Upcoming Order"})
			return err
		},
	} {
		if err := call(); Classify(err) != Refused || !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(f.requests()); n != 1 {
		t.Errorf("%d requests were made, want none of the refused ones", n-1)
	}
}

func TestFindSubscriber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, phone, email string
		id                 string
		calls              int
	}{
		{"by phone", "+15555550101", "other@example.com", "s_1234567abcd", 1},
		{"then by e-mail", "+15555550199", "ana@example.com", "s_1234567abcd", 2},
		{"by e-mail alone", "", "ana@example.com", "s_1234567abcd", 1},
		{"nobody", "+15555550199", "other@example.com", "", 2},
		{"nothing to go by", "", "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			c := newClient(t, f.URL)
			kind := fault.NotFound
			if tt.calls == 0 {
				kind = fault.Invalid
			}
			s, err := c.FindSubscriber(t.Context(), tt.phone, tt.email)
			if s.ID != tt.id || tt.id == "" && !fault.Is(err, kind) || tt.id != "" && err != nil {
				t.Errorf("v2: %q, %v", s.ID, err)
			}
			if n := len(f.requests()); n != tt.calls {
				t.Errorf("v2: %d requests, want %d", n, tt.calls)
			}
			l, err := c.FindLegacySubscriber(t.Context(), tt.phone, tt.email)
			if (l.ID == "991") != (tt.id != "") || tt.id == "" && !fault.Is(err, kind) {
				t.Errorf("v1: %q, %v", l.ID, err)
			}
		})
	}
}

// A server that does not know a filter answers with everybody; one without the path answers 404.
func TestFindSubscriberTrustsNoList(t *testing.T) {
	t.Parallel()
	serve := func(t *testing.T, h http.Handler) *Client {
		srv := httptest.NewServer(h)
		t.Cleanup(srv.Close)
		return newClient(t, srv.URL)
	}
	t.Run("everybody", func(t *testing.T) {
		t.Parallel()
		c := serve(t, say(200, `{"page_info":{"page":1,"total_pages":9},"subscribers":[`+subscriberV2+`]}`))
		if s, err := c.FindSubscriber(t.Context(), "+15555550199", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("took %q (%v) for somebody else", s.ID, err)
		}
		c = serve(t, say(200, `{"subscribers":[{"id":991,"phone_number":"+15555550101"}]}`))
		if s, err := c.FindLegacySubscriber(t.Context(), "+15555550199", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("took %q (%v) for somebody else", s.ID, err)
		}
	})
	t.Run("no such path", func(t *testing.T) {
		t.Parallel()
		c := serve(t, http.NotFoundHandler())
		if _, err := c.FindSubscriber(t.Context(), "+15555550101", ""); !fault.Is(err, fault.Unavailable) {
			t.Errorf("v2: %v; a wrong address passed as nobody", err)
		}
		if _, err := c.FindLegacySubscriber(t.Context(), "+15555550101", ""); Classify(err) != Refused || apiStatus(err) != 404 {
			t.Errorf("v1: %v", err)
		}
	})
	t.Run("two share an e-mail", func(t *testing.T) {
		t.Parallel()
		c := serve(t, say(200, `{"page_info":{"page":1,"total_pages":1},"subscribers":[
			{"id":"s_gone","email":"ana@example.com","subscriptions":{"promotional":{"can_send":false},"transactional":{"can_send":false}}},
			{"id":"s_here","email":"Ana@Example.com","subscriptions":{"promotional":{"can_send":true},"transactional":{"can_send":false}}}]}`))
		if s, err := c.FindSubscriber(t.Context(), "", "ana@example.com"); err != nil || s.ID != "s_here" {
			t.Errorf("got %q, %v", s.ID, err)
		}
	})
	t.Run("without the plus sign", func(t *testing.T) {
		t.Parallel()
		c := serve(t, say(200, `{"subscribers":[{"id":"s_1","phone_number":"15555550101"}]}`))
		if s, err := c.FindSubscriber(t.Context(), "+15555550101", ""); err != nil || s.ID != "s_1" {
			t.Errorf("got %q, %v", s.ID, err)
		}
	})
}

func apiStatus(err error) int {
	if api, ok := apiError(err); ok {
		return api.Status
	}
	return 0
}
