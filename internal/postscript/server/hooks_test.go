//go:build unix

package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/postscript/server"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
)

// subscribe registers a callback with a secret header and returns the subscription's id.
func (w *world) subscribe(event, url string) string {
	w.t.Helper()
	return w.want(200, "", "POST", "/api/v2/webhooks",
		fmt.Sprintf(`{"callback_url":%q,"event":%q,"headers":{"X-Our-Secret":"s3"}}`, url, event)).field("id")
}

func (w *world) token() string {
	w.t.Helper()
	return w.want(200, "", "GET", "/api/v2/webhooks/token", "").field("token")
}

func TestWebhookSubscriptions(t *testing.T) {
	each(t, func(w *world) {
		w.want(400, `{}`, "GET", "/api/v2/webhooks/token", "") // exists only after the first subscription
		w.want(200, `{"webhook_subscriptions":[]}`, "GET", "/api/v2/webhooks", "")
		a := w.want(200, "", "POST", "/api/v2/webhooks", `{"callback_url":"https://example.com/hook","event":"shop.incoming_message","headers":{"X-Our-Secret":"s3"}}`)
		id := a.field("id")
		if ok, _ := regexp.MatchString(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, id); !ok {
			w.t.Errorf("id %q is no UUID", id)
		}
		shown := `{"callback_url":"https://example.com/hook","created_at":"2026-11-21T23:00:00Z","event":"shop.incoming_message","headers":{"X-Our-Secret":"s3"},"id":"` + id + `","updated_at":"2026-11-21T23:00:00Z"}`
		if a.body != shown {
			w.t.Errorf("created\n got %s\nwant %s", a.body, shown)
		}
		w.want(200, `{"webhook_subscriptions":[`+shown+`]}`, "GET", "/api/v2/webhooks", "")
		w.want(200, shown, "GET", "/api/v2/webhooks/"+id, "")
		w.want(400, `{}`, "GET", "/api/v2/webhooks/"+id, "", "Authorization", "Bearer "+w.other)
		w.want(400, `{}`, "PATCH", "/api/v2/webhooks/"+id, `{"event":"shop.test"}`)
		a = w.want(200, "", "PATCH", "/api/v2/webhooks/"+id, `{"callback_url":"https://example.com/other"}`)
		if !strings.Contains(a.body, "/other") || !strings.Contains(a.body, "s3") {
			w.t.Errorf("changed: %s", a.body)
		}
		token := w.token()
		w.subscribe("shop.shop.email_collected", "https://example.com/hook") // the misspelt name is taken too
		if again := w.token(); again != token || token == "" {
			w.t.Error("the signing token changed")
		}
		w.want(200, `{}`, "DELETE", "/api/v2/webhooks/"+id, "")
		w.want(400, `{}`, "DELETE", "/api/v2/webhooks/"+id, "")
		for _, bad := range []string{
			`{}`, `{"callback_url":"https://example.com"}`, `{"callback_url":"http://example.com","event":"shop.test"}`, `{"callback_url":"nonsense","event":"shop.test"}`,
			`{"callback_url":"https://example.com","event":"shop.nothing"}`, `{"callback_url":"https://u:p@example.com","event":"shop.test"}`,
			`{"callback_url":"https://example.com","event":"shop.test","headers":{"Bad Name":"x"}}`,
			`{"callback_url":"https://example.com","event":"shop.test","headers":{"Postscript-Signature":"x"}}`,
		} {
			w.want(400, `{}`, "POST", "/api/v2/webhooks", bad)
		}
	}, func(_ *server.Options, o *texting.Options) { o.AllowHTTP = false })
}

// Whoever gives an address that no webhook may go to learns so at once, with the reason, and nothing is kept.
func TestACallbackThatIsNotAllowedIsRefusedAtOnce(t *testing.T) {
	each(t, func(w *world) {
		id := w.subscribe("shop.test", "https://example.com/hook")
		for _, a := range []answer{
			w.want(400, "", "POST", "/api/v2/webhooks", `{"callback_url":"https://10.0.0.7:8443/hook","event":"shop.test"}`),
			w.want(400, "", "PATCH", "/api/v2/webhooks/"+id, `{"callback_url":"https://10.0.0.7:8443/hook"}`),
		} {
			if got := a.header.Get("X-Rejoinder-Reason"); got != "That address is private." || a.body != "{}" {
				w.t.Errorf("refused with %q and %s", got, a.body)
			}
		}
		if list, err := w.texting.Webhooks(w.t.Context(), "shop_1"); err != nil || len(list) != 1 || list[0].CallbackURL != "https://example.com/hook" {
			w.t.Errorf("kept %v, %v", list, err)
		}
	}, func(_ *server.Options, o *texting.Options) {
		o.CheckCallback = func(host string) error {
			if host == "10.0.0.7" {
				return fault.New(fault.Invalid, "That address is private.")
			}
			return nil
		}
	})
}

func TestWebhookSamples(t *testing.T) {
	each(t, func(w *world) {
		rc := newReceiver(w.t)
		for _, event := range postscript.WebhookEvents() {
			a := w.want(200, "", "GET", "/api/v2/webhooks/example?event="+event, "")
			hook, err := postscript.ParseWebhook([]byte(a.body))
			if err != nil || hook.Event != event || hook.ResourceType != "shop" || hook.ResourceID != "shop_1" {
				w.t.Errorf("%s: %v %s", event, err, a.body)
			}
		}
		w.want(400, `{}`, "GET", "/api/v2/webhooks/example", "")
		a := w.want(400, "", "POST", "/api/v2/webhooks/test", `{"event":"shop.test"}`) // nobody listens
		if !strings.HasPrefix(a.body, `{"errors":[{"ctx":{},"log":["event"],"msg":`) {
			w.t.Errorf("body %s", a.body)
		}
		w.subscribe("shop.test", rc.URL)
		w.want(202, `{"message":"OK"}`, "POST", "/api/v2/webhooks/test", `{"event":"shop.test"}`)
		w.hooks()
		if got := rc.take(); len(got) != 1 || got[0].signature != w.token() {
			w.t.Errorf("arrived: %v", got)
		}
	})
}

func TestIncomingMessageWebhook(t *testing.T) {
	each(t, func(w *world) {
		rc := newReceiver(w.t)
		id := w.subscribe("shop.incoming_message", rc.URL)
		s := w.join("+12125550123")
		if got := w.drain(rc); len(got) != 0 {
			w.t.Errorf("a keyword reached the program: %v", got)
		}
		m := w.say("+12125550123", "SKIP", "m1")
		w.say("+12125550123", "SKIP", "m1")
		for _, special := range []string{"HELP", "START"} {
			w.say("+12125550123", special, special)
		}
		got := w.drain(rc)
		want := fmt.Sprintf(`{"webhook_id":%q,"resource_type":"shop","resource_id":"shop_1","event_time":"2026-11-21T23:00:00.000000","event":"shop.incoming_message",
			"event_data":{"id":%q,"subscriber_id":%q,"shop_id":"shop_1","is_opt_out":false,"shopify_customer_id":null,"from_number":"+12125550123",
			"created_at":"2026-11-21T23:00:00.000000","body":"SKIP"}}`, id, m.ID, s.ID)
		if len(got) != 1 || got[0].body != compact(want) || got[0].secret != "s3" || got[0].signature != w.token() || !strings.HasPrefix(m.ID, "im_") {
			w.t.Errorf("\n got %+v\nwant %s", got, compact(want))
		}
	})
}

// Special texts reach the program only when the shop says so.
func TestSpecialTextsOnRequest(t *testing.T) {
	each(t, func(w *world) {
		rc := newReceiver(w.t)
		w.subscribe("shop.incoming_message", rc.URL)
		w.join("+12125550123")
		err := w.db.InTx(context.Background(), func(tx *store.Tx) error {
			return tx.SaveTextingSettings("shop_1", texting.Settings{IncomingKinds: []string{"opt_out", "keyword"}})
		})
		if err != nil {
			w.t.Fatal(err)
		}
		for body, want := range map[string]string{"HELP": "", "join": `"is_opt_out":false`, "STOP": `"is_opt_out":true`} {
			w.say("+12125550123", body, body)
			got := w.drain(rc)
			if (len(got) == 1) != (want != "") || want != "" && !strings.Contains(got[0].body, want) {
				w.t.Errorf("%s: %v", body, got)
			}
		}
	})
}

// drain posts what is due and returns what arrived.
func (w *world) drain(rc *receiver) []hook {
	w.t.Helper()
	w.hooks()
	return rc.take()
}

func TestSubscriberWebhooks(t *testing.T) {
	each(t, func(w *world) {
		rc := newReceiver(w.t)
		w.subscribe("shop.subscriber.opt_in", rc.URL)
		w.subscribe("shop.subscriber.opt_out", rc.URL)
		w.subscribe("shop.email_collected", rc.URL)
		s := w.join("+12125550123")
		w.want(200, "", "PATCH", "/api/v2/subscribers/"+s.ID, `{"email":"ana@example.com"}`)
		w.say("+12125550123", "STOP", "m1")
		w.say("+12125550123", "STOP", "m2") // out already
		w.say("+12125550123", "START", "m3")
		var got []string
		for _, h := range w.drain(rc) {
			hook, err := postscript.ParseWebhook([]byte(h.body))
			if err != nil {
				w.t.Fatal(err)
			}
			c, err := hook.Change()
			if err != nil || c.SubscriberID != s.ID || c.PhoneNumber != "+12125550123" {
				w.t.Errorf("%v %+v", err, c)
			}
			got = append(got, hook.Event)
		}
		if want := 4; len(got) != want {
			w.t.Errorf("%d webhooks: %v; want %d", len(got), got, want)
		}
	})
}

func TestWebhookRetries(t *testing.T) {
	each(t, func(w *world) {
		rc := newReceiver(w.t)
		w.subscribe("shop.incoming_message", rc.URL)
		w.join("+12125550123")
		for name, status := range map[string]int{"500": 500, "204 is not 200": 204, "302": 302} {
			rc.answer(status)
			w.say("+12125550123", "SKIP", name)
			w.hooks()
			if next, err := w.texting.NextDueHook(w.t.Context()); err != nil || !next.Equal(w.clock.Now().Add(5*time.Minute)) {
				w.t.Errorf("%s: next try at %s: %v", name, next, err)
			}
			if w.hooks(); len(rc.take()) != 1 {
				w.t.Errorf("%s: tried again at once", name)
			}
			w.clock.Move(5*time.Minute - time.Second)
			if got := w.drain(rc); len(got) != 0 {
				w.t.Errorf("%s: tried too early", name)
			}
			rc.answer(200)
			w.clock.Move(time.Second)
			if got := w.drain(rc); len(got) != 1 {
				w.t.Errorf("%s: %d tries after five minutes", name, len(got))
			}
			w.clock.Move(time.Hour)
			if got := w.drain(rc); len(got) != 0 {
				w.t.Errorf("%s: sent again after a 200", name)
			}
		}

		rc.answer(503)
		w.say("+12125550123", "SKIP", "lost")
		tries := 0
		for range 20 {
			tries += len(w.drain(rc))
			w.clock.Move(5 * time.Minute)
		}
		if tries != 13 { // at once, then every 5 minutes for an hour
			w.t.Errorf("%d tries before it was given up, want 13", tries)
		}
		list, err := w.texting.HookDeliveries(context.Background(), "shop_1", w.clock.Now(), 1)
		if err != nil || list[0].State != texting.HookLost || list[0].Status != 503 || list[0].Attempts != 13 {
			w.t.Errorf("kept as %+v, %v", list, err)
		}
		// After hours of downtime a webhook has its full hour of tries, not one.
		w.say("+12125550123", "NEXT", "after downtime")
		w.clock.Move(3 * time.Hour)
		if got := w.drain(rc); len(got) != 1 {
			w.t.Errorf("%d tries after the downtime", len(got))
		}
		rc.answer(200)
		w.clock.Move(5 * time.Minute)
		if got := w.drain(rc); len(got) != 1 {
			w.t.Errorf("%d tries five minutes later, want 1: it was given up", len(got))
		}
		if other, err := w.texting.HookDeliveries(context.Background(), "shop_2", w.clock.Now(), 10); err != nil || len(other) != 0 {
			w.t.Errorf("another shop sees %d deliveries, %v", len(other), err)
		}
		if at, err := w.texting.NextDueHook(context.Background()); err != nil || !at.IsZero() {
			w.t.Errorf("still due at %s, %v", at, err)
		}
	})
}

func TestWebhookFailuresOnRequest(t *testing.T) {
	each(t, func(w *world) {
		rc := newReceiver(w.t)
		w.subscribe("shop.incoming_message", rc.URL)
		for _, r := range texting.ReservedFailures() {
			if r.Key != "" {
				continue
			}
			w.join(r.Number)
			w.say(r.Number, "SKIP", "m"+r.Number)
			got := w.drain(rc)
			good := 0
			for _, h := range got {
				if h.signature == w.token() {
					good++
				}
			}
			now := map[texting.Failure][2]int{texting.FailDuplicate: {2, 2}, texting.FailLate: {0, 0}, texting.FailForged: {2, 1}}[r.Failure]
			if len(got) != now[0] || good != now[1] {
				w.t.Errorf("%s: %d arrived, %d with the right signature; want %v", r.Failure, len(got), good, now)
			}
			w.clock.Move(5 * time.Minute)
			if later := len(w.drain(rc)); (later == 1) != (r.Failure == texting.FailLate) {
				w.t.Errorf("%s: %d arrived five minutes later", r.Failure, later)
			}
		}
	})
}

// What is about one person arrives in order, however many callbacks are under way.
func TestWebhookOrder(t *testing.T) {
	each(t, func(w *world) {
		rc := newReceiver(w.t)
		w.subscribe("shop.incoming_message", rc.URL)
		people := []string{"+12125550121", "+12125550122", "+12125550123"}
		for _, p := range people {
			w.join(p)
		}
		for i := range 40 {
			for _, p := range people {
				w.say(p, fmt.Sprintf("text number %02d", i), fmt.Sprintf("%s-%d", p, i))
			}
			w.clock.Move(time.Millisecond)
		}
		for range 5 {
			w.hooks()
		}
		next := map[string]int{}
		for _, h := range rc.take() {
			hook, err := postscript.ParseWebhook([]byte(h.body))
			if err != nil {
				w.t.Fatal(err)
			}
			m, err := hook.Incoming()
			if err != nil {
				w.t.Fatal(err)
			}
			if want := fmt.Sprintf("text number %02d", next[m.FromNumber]); m.Body != want {
				w.t.Fatalf("%q arrived instead of %q", m.Body, want)
			}
			next[m.FromNumber]++
		}
		for _, p := range people {
			if next[p] != 40 {
				w.t.Errorf("%d of 40 texts of one person arrived", next[p])
			}
		}
	})
}

func TestMessageRequests(t *testing.T) {
	each(t, func(w *world) {
		s := w.join("+12125550123")
		ask := func(body string) (m postscript.Message) {
			a := w.want(202, "", "POST", "/api/v2/message_requests", body)
			if err := json.Unmarshal([]byte(a.body), &m); err != nil {
				w.t.Fatal(err)
			}
			return m
		}
		m := ask(`{"phone":"2125550123","country":"US","body":"Hello, world"}`)
		want := fmt.Sprintf(`{"body":"Hello, world","category":"promotional","created_at":"2026-11-21T23:00:00Z","id":%q,"phone":"+12125550123",
			"scheduled_at":null,"sent_message":null,"status":"processing","status_code":0,"subscriber_id":%q,"updated_at":"2026-11-21T23:00:00Z"}`, m.ID, s.ID)
		w.want(200, want, "GET", "/api/v2/message_requests/"+m.ID, "")
		w.want(400, "", "GET", "/api/v2/sent_messages/"+strings.Replace(m.ID, "mr_", "sm_", 1), "")
		w.want(400, `{}`, "GET", "/api/v2/message_requests/"+m.ID, "", "Authorization", "Bearer "+w.other)

		later := ask(`{"subscriber_id":"` + s.ID + `","body":"Later","scheduled_at":"2026-11-22T15:00:00Z"}`)
		if later.Status != "scheduled" || later.ScheduledAt.Format(time.RFC3339) != "2026-11-22T15:00:00Z" {
			w.t.Errorf("scheduled: %+v", later)
		}
		for body, status := range map[string]int{
			`{"phone":"+12125550123"}`: 400,
			`{"body":"x"}`:             400,
			`{"phone":"+12125550199","body":"not a subscriber"}`:                     400,
			`{"phone":"+12125550123","body":"x","category":"other"}`:                 400,
			`{"phone":"+12125550123","body":"x","media_url":"https://e.com/a.png"}`:  400,
			`{"phone":"+12125550123","body":"x","category":"transactional"}`:         403,
			`{"phone":"+12125550123","body":"` + strings.Repeat("x", 1600) + `"}`:    400,
			`{"phone":"+12125550123","body":"x","scheduled_at":"on the second day"}`: 400,
		} {
			w.want(status, "", "POST", "/api/v2/message_requests", body)
		}
		if bodies := len(w.texts("+12125550123")); bodies != 3 { // welcome, keyword's reply, the first request
			w.t.Errorf("%d texts wait", bodies)
		}
		if got := w.texts("+12125550123"); got[len(got)-1].Body != "Kettle & Leaf: Hello, world" {
			w.t.Errorf("the text is %q", got[len(got)-1].Body)
		}
	})
}
