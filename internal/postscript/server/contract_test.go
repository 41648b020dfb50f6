//go:build unix

package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/postscript/client"
	"rejoinder/internal/texting"
)

func (w *world) client(key, partner string) *client.Client {
	w.t.Helper()
	c, err := client.New(client.Options{
		BaseURL: w.http.URL, HTTP: &http.Client{Timeout: 5 * time.Second}, Key: key, PartnerKey: partner, UserAgent: "contract test",
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// send hands due texts to the sandbox phone.
func (w *world) send() {
	w.t.Helper()
	if _, err := w.texting.HandleSend(context.Background(), "shop_1"); err != nil {
		w.t.Fatal(err)
	}
}

// The client that speaks to the real Postscript can make every call of this one, and reads every answer.
func TestContractWithTheClient(t *testing.T) {
	each(t, func(w *world) {
		for name, partner := range map[string]string{"the shop itself": "", "a partner for the shop": w.partner} {
			w.contract(name, w.client(w.key, partner))
		}
	})
}

func (w *world) contract(name string, c *client.Client) {
	t, ctx := w.t, context.Background()
	must := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %s: %v", name, what, err)
		}
	}
	is := func(what string, err error, kind fault.Kind, outcome client.Outcome) {
		t.Helper()
		if !fault.Is(err, kind) || client.Classify(err) != outcome {
			t.Errorf("%s: %s: %v is %s and %s; want %s and %s", name, what, err, fault.KindOf(err), client.Classify(err), kind, outcome)
		}
	}

	me, err := c.Me(ctx)
	must("me", err)
	if me.ResourceName != "Kettle & Leaf" || me.ResourceType != postscript.ResourceShop {
		t.Errorf("me: %+v", me)
	}

	// Triggers, and firing one for a person.
	allowed := true
	tr, err := c.CreateTrigger(ctx, postscript.TriggerRequest{
		Name: "Rejoinder: Upcoming Order", Tags: []postscript.TriggerTag{{Label: "Account Page Link", Value: "{account_page_link}"}}, TransactionalAllowed: &allowed,
	})
	must("create a trigger", err)
	must("update a trigger", c.UpdateTrigger(ctx, string(tr.ID), postscript.TriggerRequest{Name: "Rejoinder: Upcoming Order 2"}))
	one, err := c.Trigger(ctx, string(tr.ID))
	must("read a trigger", err)
	all, err := c.Triggers(ctx)
	must("list triggers", err)
	if len(all) == 0 || one.Name != "Rejoinder: Upcoming Order 2" {
		t.Errorf("%s: triggers %+v, one %+v", name, all, one)
	}
	s := w.join("+12125550123")
	legacy, err := c.FindLegacySubscriber(ctx, "+12125550123", "")
	must("find a person in v1", err)
	_, err = c.Fire(ctx, string(tr.ID), string(legacy.ID), map[string]string{"account_page_link": "https://example.com/a"}, "dlv_"+name)
	must("fire", err)
	_, err = c.FindLegacySubscriber(ctx, "+12125550177", "nobody@example.com")
	is("nobody in v1", err, fault.NotFound, client.Refused)
	_, err = c.Fire(ctx, string(tr.ID), "nobody", nil, "dlv_x")
	is("fire for nobody", err, fault.NotFound, client.Refused)
	must("delete a trigger", c.DeleteTrigger(ctx, string(tr.ID)))
	is("delete it again", c.DeleteTrigger(ctx, string(tr.ID)), fault.NotFound, client.Refused)

	// People.
	found, err := c.FindSubscriber(ctx, "+12125550123", "")
	must("find a person in v2", err)
	if found.ID != s.ID || !found.Subscriptions.Promotional.CanSend {
		t.Errorf("%s: found %+v", name, found)
	}
	_, err = c.FindSubscriber(ctx, "+12125550177", "nobody@example.com")
	is("nobody in v2", err, fault.NotFound, client.Refused)
	_, err = c.UpdateSubscriber(ctx, s.ID, postscript.SubscriberUpdate{Tags: []string{"VIP"}, Properties: map[string]any{texting.PropSubscriptions: 1}})
	must("update a person", err)
	read, err := c.Subscriber(ctx, s.ID)
	must("read a person", err)
	if read.Properties[texting.PropSubscriptions] != 1.0 {
		t.Errorf("%s: properties %v", name, read.Properties)
	}
	pending, err := c.CreateSubscriber(ctx, postscript.NewSubscriber{PhoneNumber: "+12125550166", Keyword: "JOIN", Origin: postscript.OriginWebsite})
	must("add a person", err)
	if !pending.IsPending || pending.ID == "" {
		t.Errorf("%s: pending %+v", name, pending)
	}
	words, err := c.Keywords(ctx)
	must("keywords", err)
	_, err = c.Keyword(ctx, string(words[0].ID))
	must("keyword", err)
	_, err = c.Keyword(ctx, "kw_none")
	is("no keyword", err, fault.NotFound, client.Refused)

	// Events and messages.
	ev, _, err := c.SendEvent(ctx, postscript.Event{
		Type: "UpcomingOrder", SubscriberID: s.ID, OccurredAt: postscript.FormatOccurredAt(w.clock.Now()), ExternalID: "ev_" + name, Properties: map[string]any{"days_until": 3},
	})
	must("event", err)
	if len(ev.EventIDs) != 1 {
		t.Errorf("%s: event %+v", name, ev)
	}
	m, _, err := c.CreateMessage(ctx, postscript.MessageRequest{SubscriberID: s.ID, Body: "Hello"})
	must("message", err)
	_, err = c.Message(ctx, m.ID)
	must("read a message", err)

	// Webhooks.
	hook, err := c.CreateWebhook(ctx, postscript.WebhookRequest{CallbackURL: "https://example.com/h", Event: postscript.EventIncomingMessage, Headers: map[string]string{"X-A": "b"}})
	must("subscribe", err)
	_, err = c.UpdateWebhook(ctx, hook.ID, postscript.WebhookRequest{CallbackURL: "https://example.com/i"})
	must("change a subscription", err)
	hooks, err := c.Webhooks(ctx)
	must("subscriptions", err)
	if len(hooks) != 1 || hooks[0].CallbackURL != "https://example.com/i" || hooks[0].Headers["X-A"] != "b" {
		t.Errorf("%s: subscriptions %+v", name, hooks)
	}
	_, err = c.ExampleWebhook(ctx, postscript.EventIncomingMessage)
	must("example", err)
	must("test a webhook", c.TestWebhook(ctx, postscript.EventIncomingMessage))
	token, err := c.Token(ctx)
	must("token", err)
	if token == "" {
		t.Errorf("%s: no token", name)
	}
	must("unsubscribe", c.DeleteWebhook(ctx, hook.ID))

	must("compliance unsubscribe", c.Unsubscribe(ctx, s.ID, ""))
	w.say("+12125550123", "START", "start-"+name) // for the next round
}

func TestContractOfRefusals(t *testing.T) {
	each(t, func(w *world) {
		ctx := context.Background()
		s := w.join("+12125550123")
		for name, tt := range map[string]struct {
			c       *client.Client
			kind    fault.Kind
			outcome client.Outcome
		}{
			"an unknown key":        {w.client("sk_nobody0000000000", ""), fault.Unauthorized, client.Refused},
			"429 by key":            {w.client("sk_test_429_"+w.key[3:], ""), fault.RateLimited, client.TryLater},
			"500 by key":            {w.client("sk_test_500_"+w.key[3:], ""), fault.Unavailable, client.TryLater},
			"503 by key":            {w.client("sk_test_503_"+w.key[3:], ""), fault.Unavailable, client.TryLater},
			"cut by key":            {w.client("sk_test_cut_"+w.key[3:], ""), fault.Unavailable, client.Unknown},
			"refused by key":        {w.client("sk_test_400_"+w.key[3:], ""), fault.Invalid, client.Refused},
			"denied by key":         {w.client("sk_test_403_"+w.key[3:], ""), fault.Forbidden, client.Refused},
			"late by key, as usual": {w.client("sk_test_slow_"+w.key[3:], ""), "", client.Sent},
		} {
			_, _, err := tt.c.SendEvent(ctx, postscript.Event{Type: "A", SubscriberID: s.ID})
			if fault.KindOf(err) != tt.kind || client.Classify(err) != tt.outcome {
				w.t.Errorf("%s: %v is %s and %s, want %s and %s", name, err, fault.KindOf(err), client.Classify(err), tt.kind, tt.outcome)
			}
		}
	})
}

// A message asked for at night waits, and shows as scheduled until it goes out.
func TestMessageRequestAtNight(t *testing.T) {
	each(t, func(w *world) {
		ctx := context.Background()
		w.clock.Move(-time.Hour) // 17:00 in New York
		s := w.join("+12125550123")
		w.send()
		w.clock.Move(6 * time.Hour) // 23:00
		read := func(id string) (m postscript.Message) {
			a := w.want(200, "", "GET", "/api/v2/message_requests/"+id, "")
			if err := json.Unmarshal([]byte(a.body), &m); err != nil {
				w.t.Fatal(err)
			}
			return m
		}
		c := w.client(w.key, "")
		m, _, err := c.CreateMessage(ctx, postscript.MessageRequest{SubscriberID: s.ID, Body: "Good night"})
		if err != nil {
			w.t.Fatal(err)
		}
		w.send()
		if held := read(m.ID); held.Status != "scheduled" || held.SentMessage != nil || held.ScheduledAt.Hour() != 16 {
			w.t.Errorf("at night: %+v", held)
		}
		w.clock.Move(12 * time.Hour) // 11:00
		w.send()
		sent := read(m.ID)
		if sent.Status != "sent" || sent.SentMessage == nil || sent.SentMessage.Body != "Kettle & Leaf: Good night" || sent.Body != "Good night" {
			w.t.Fatalf("in the morning: %+v %+v", sent, sent.SentMessage)
		}
		if again, err := c.SentMessage(ctx, sent.SentMessage.ID); err != nil || again.ID != sent.SentMessage.ID || again.CreditsUsed != 1 {
			w.t.Errorf("sent message: %+v, %v", again, err)
		}

		w.say("+12125550123", "STOP", "stop")
		m, _, err = c.CreateMessage(ctx, postscript.MessageRequest{SubscriberID: s.ID, Body: "Still there?"})
		if err != nil {
			w.t.Fatal(err)
		}
		w.send()
		if no := read(m.ID); no.Status != "failed" || no.SentMessage != nil {
			w.t.Errorf("to somebody who opted out: %+v", no)
		}
	})
}
