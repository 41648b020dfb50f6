//go:build unix

package server_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/postscript/server"
	"rejoinder/internal/texting"
)

const (
	denied    = `{"errors":[{"loc":[],"msg":"Access denied. You do not have permissions to access the requested resource.","type":"v2.access_denied"}]}`
	limited   = `{"error_code":3002,"error_message":"Rate limit exceeded","success":false}`
	noKeyword = `{"error_code":3001,"error_message":"Could not find keyword matching that information","success":false}`
)

func TestKeysAndScopes(t *testing.T) {
	each(t, func(w *world) {
		me := `{"resource_id":"shop_1","resource_name":"Kettle & Leaf","resource_type":"shop"}`
		w.want(200, me, "GET", "/api/v2/me", "")
		basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(w.key+":"))
		w.want(200, me, "GET", "/api/v2/me", "", "Authorization", basic)
		w.want(200, me, "GET", "/api/v2/me", "", "Authorization", "Bearer "+w.partner, "x-postscript-shop-token", w.key)
		if a := w.want(200, "", "GET", "/api/v2/me", "", "Authorization", "Bearer "+w.partner); a.field("resource_type") != "partner" || a.field("resource_name") != "Smartrr" {
			t := a.body
			w.t.Errorf("partner: %s", t)
		}

		a := w.want(401, "Missing Authorization header", "GET", "/api/v2/me", "", "Authorization", "")
		if ct := a.header.Get("Content-Type"); !strings.HasPrefix(ct, "text/plain") || a.header.Get("WWW-Authenticate") != "" {
			w.t.Errorf("401 has type %q and challenge %q", ct, a.header.Get("WWW-Authenticate"))
		}
		w.want(401, "Invalid API key", "GET", "/api/v2/me", "", "Authorization", "Bearer sk_nobody")
		if a := w.want(401, "", "GET", "/api/v2/me", "", "Authorization", "Bearer pk_public"); !strings.Contains(a.body, "public key") {
			w.t.Errorf("pk_: %s", a.body)
		}
		w.want(401, "", "GET", "/api/v2/subscribers", "", "Authorization", "Bearer "+w.partner, "X-Postscript-Shop-Token", "sk_nobody")

		// A partner alone manages triggers and nothing of a shop.
		w.want(200, `{"triggers":[]}`, "GET", "/v1/triggers", "", "Authorization", "Bearer "+w.partner)
		w.want(403, denied, "GET", "/api/v2/subscribers", "", "Authorization", "Bearer "+w.partner)
		w.want(403, `{"error":"You do not have permission to do that."}`, "GET", "/api/v2/keywords", "", "Authorization", "Bearer "+w.partner)
		w.want(403, denied, "GET", "/api/v2/subscribers", "", "X-Postscript-Shop-Token", w.other)

		pairs, err := w.texting.KeyPairs(context.Background(), "shop_1")
		if err != nil || len(pairs) != 1 || strings.Contains(pairs[0].Mask, w.key[4:20]) {
			w.t.Fatalf("pairs: %v %v", pairs, err)
		}
		if shown, err := w.texting.ShowKey(context.Background(), "shop_1", pairs[0].ID); err != nil || shown != w.key {
			w.t.Errorf("the shown key is not the key: %v", err)
		}
		if _, err := w.texting.ShowKey(context.Background(), "shop_2", pairs[0].ID); err == nil {
			w.t.Error("another shop can see the key")
		}
		if err := w.texting.RevokeKey(context.Background(), "shop_1", pairs[0].ID); err != nil {
			w.t.Fatal(err)
		}
		w.want(401, "Invalid API key", "GET", "/api/v2/me", "")
	})
}

func TestUnknownPathsAndBodies(t *testing.T) {
	each(t, func(w *world) {
		w.want(404, "", "GET", "/api/v2/campaigns", "")
		w.want(404, "", "GET", "/api/v1/triggers", "")
		w.want(400, `{}`, "POST", "/api/v2/events", "not json")
		w.want(400, `{}`, "POST", "/api/v2/events", `{"type":"A"} {}`)
		w.want(413, `{}`, "POST", "/api/v2/events", `{"type":"`+strings.Repeat("A", 1<<20)+`"}`)
		a := w.want(400, `{}`, "POST", "/api/v2/events", `{"type":"Two Words"}`)
		if reason := a.header.Get("X-Rejoinder-Reason"); !strings.Contains(reason, "letters, digits and underscores") {
			w.t.Errorf("the reason of a 400 is %q", reason)
		}
		if a.header.Get("X-Rejoinder-Version") != "test" {
			w.t.Error("no version on the answer")
		}
		if a := w.call("GET", "/api/v2/me", "", "User-Agent", "curl/8.5.0"); !strings.Contains(a.body, "\n  \"resource_id\"") {
			w.t.Errorf("curl gets %q", a.body)
		}
	})
}

func TestRateLimit(t *testing.T) {
	each(t, func(w *world) {
		for range 15 {
			w.want(200, "", "GET", "/api/v2/me", "")
		}
		a := w.want(429, limited, "GET", "/v1/triggers", "")
		if a.header.Get("Retry-After") != "" {
			w.t.Error("429 came with Retry-After")
		}
		w.want(200, "", "GET", "/api/v2/me", "", "Authorization", "Bearer "+w.other)
		w.want(200, "", "GET", "/api/v2/me", "", "Authorization", "Bearer "+w.partner, "X-Postscript-Shop-Token", w.key)
		w.clock.Move(time.Second - time.Microsecond)
		w.want(429, limited, "GET", "/api/v2/me", "")
		w.clock.Move(time.Microsecond)
		w.want(200, "", "GET", "/api/v2/me", "")
	}, func(o *server.Options, _ *texting.Options) { o.RatePerSecond = 0 })
}

func TestTriggers(t *testing.T) {
	each(t, func(w *world) {
		body := `{"name":"Rejoinder: Upcoming Order","tags":[{"label":"Account Page Link","value":"{account_page_link}"},{"label":"Days","value":"{daysUntil}"}],"transactional_allowed":true}`
		a := w.want(200, "", "POST", "/v1/triggers", body)
		id := a.field("id")
		shown := `{"id":"` + id + `","name":"Rejoinder: Upcoming Order","tags":[{"label":"Account Page Link","value":"{account_page_link}"},{"label":"Days","value":"{daysuntil}"}],"transactional_allowed":true}`
		if a.body != shown {
			w.t.Errorf("created: %s", a.body)
		}
		w.want(200, shown, "GET", "/v1/triggers/"+id, "")
		w.want(200, `{"triggers":[`+shown+`]}`, "GET", "/v1/triggers", "")
		w.want(404, `{}`, "GET", "/v1/triggers/"+id, "", "Authorization", "Bearer "+w.other)
		w.want(200, `{"triggers":[]}`, "GET", "/v1/triggers", "", "Authorization", "Bearer "+w.other)
		w.want(404, `{}`, "DELETE", "/v1/triggers/"+id, "", "Authorization", "Bearer "+w.other)
		w.want(200, `{"id":"`+id+`","name":"New","tags":[{"label":"Account Page Link","value":"{account_page_link}"},{"label":"Days","value":"{daysuntil}"}],"transactional_allowed":true}`,
			"PATCH", "/v1/triggers/"+id, `{"name":"New"}`)
		w.want(200, `{"id":"`+id+`","name":"Whole","tags":[],"transactional_allowed":false}`, "PUT", "/v1/triggers/"+id, `{"name":"Whole"}`)
		w.want(400, `{}`, "POST", "/v1/triggers", `{"name":" "}`)
		w.want(400, `{}`, "POST", "/v1/triggers", `{"tags":[]}`)
		w.want(400, `{}`, "POST", "/v1/triggers", `{"name":"A","tags":[{"label":"x","value":"{a b}"}]}`)
		w.want(200, `{}`, "DELETE", "/v1/triggers/"+id, "")
		w.want(404, `{}`, "GET", "/v1/triggers/"+id, "")

		// A partner's trigger is for the shops it was let in to.
		as := []string{"Authorization", "Bearer " + w.partner}
		wide := w.want(200, "", "POST", "/v1/triggers", `{"name":"Smartrr: Customer Deactivated"}`, as...).field("id")
		w.want(404, "", "GET", "/v1/triggers/"+wide, "")
		w.want(200, "", "POST", "/v1/triggers/"+wide+"/shops", "", append(as, "X-Postscript-Shop-Token", w.key)...)
		w.want(200, "", "GET", "/v1/triggers/"+wide, "")
		w.want(403, denied, "DELETE", "/v1/triggers/"+wide, "")
		w.want(403, denied, "POST", "/v1/triggers/"+wide+"/shops", "")
		w.want(404, "", "GET", "/v1/triggers/"+wide, "", "Authorization", "Bearer "+w.other)
	})
}

func TestFire(t *testing.T) {
	each(t, func(w *world) {
		s := w.join("+12125550123")
		id := w.want(200, "", "POST", "/v1/triggers", `{"name":"T"}`).field("id")
		legacy := strings.TrimPrefix(s.ID, "s_")
		path := "/v1/triggers/" + id + "/subscribers/"
		w.want(200, `{"success":true}`, "POST", path+legacy, `{"account_page_link":"https://example.com/a","days_until":3}`, "Idempotency-Key", "dlv_1")
		w.want(200, "", "POST", path+s.ID, `{"data":{"account_page_link":"https://example.com/a"}}`, "Idempotency-Key", "dlv_1")
		w.want(200, "", "POST", path+legacy, ``)
		w.want(400, `{}`, "POST", path+legacy, `{"a":"x","b":{"c":"d"}}`)
		w.want(404, `{}`, "POST", path+"nobody", `{}`)
		w.want(404, `{}`, "POST", "/v1/triggers/none/subscribers/"+legacy, `{}`)
		w.want(404, `{}`, "POST", path+legacy, `{}`, "Authorization", "Bearer "+w.other)
		if n := w.events(); n != 2 {
			w.t.Errorf("%d events are stored, want 2: the repeat was not dropped, or a refused call was kept", n)
		}
	})
}

func TestFaithfulKeepsRepeats(t *testing.T) {
	each(t, func(w *world) {
		for range 2 {
			w.want(202, "", "POST", "/api/v2/events", `{"type":"A","external_id":"1"}`)
		}
		if n := w.events(); n != 2 {
			w.t.Errorf("%d events are stored, want 2", n)
		}
	}, func(o *server.Options, to *texting.Options) { o.Faithful, to.Faithful = true, true })
}

func TestEvents(t *testing.T) {
	each(t, func(w *world) {
		body := `{"type":"UpcomingOrder","subscriber_id":"s_1234567abcd","phone":"+12125550101","email":"ana@example.com","occurred_at":"2026-03-01 11:00:00.250000",
			"properties":{"delivery_date":"2026-03-04","days_until":3,"order_total":24.5,"first":true,"none":null},"external_id":"dlv_0001"}`
		a := w.want(202, "", "POST", "/api/v2/events", body)
		if ok, _ := regexp.MatchString(`^\{"event_ids":\["[^"]+"\]\}$`, a.body); !ok {
			w.t.Errorf("answer %s", a.body)
		}
		w.want(202, "", "POST", "/api/v2/events", body)
		w.want(202, "", "POST", "/api/v2/events", `{"type":"Other","external_id":"dlv_0001"}`)
		w.want(202, "", "POST", "/api/v2/events", `{"type":"A","phone":"not a number"}`)
		for _, bad := range []string{
			`{}`, `{"type":"a.b"}`, `{"type":"A","properties":{"a":{"b":1}}}`, `{"type":"A","properties":{"a":[1]}}`, `{"type":"A","occurred_at":"yesterday"}`,
		} {
			w.want(400, `{}`, "POST", "/api/v2/events", bad)
		}
		if n := w.events(); n != 3 {
			w.t.Errorf("%d events are stored, want 3", n)
		}
		types := w.eventTypes()
		if want := "test/A [] | test/Other [] | test/UpcomingOrder [days_until delivery_date first order_total]"; types != want {
			w.t.Errorf("types\n got %s\nwant %s", types, want)
		}
	})
}

func TestFailuresOnRequest(t *testing.T) {
	each(t, func(w *world) {
		for _, r := range texting.ReservedFailures() {
			if r.Key == "" {
				continue
			}
			keyed := "Bearer " + strings.Replace(w.key, "sk_", "sk_"+r.Key, 1)
			event := fmt.Sprintf(`{"type":"F","phone":%q}`, r.Number)
			before := w.events()
			got := func(headers ...string) string {
				a, err := w.try("POST", "/api/v2/events", event, headers...)
				if err != nil {
					return "cut"
				}
				return fmt.Sprint(a.status)
			}
			want, stored := map[texting.Failure]string{
				texting.FailRate: "429", texting.FailTwice: "500 500 202", texting.FailServer: "500", texting.FailAway: "503",
				texting.FailSlow: "202", texting.FailRefused: "400", texting.FailDenied: "403", texting.FailCut: "cut",
			}[r.Failure], map[texting.Failure]int{texting.FailTwice: 1, texting.FailSlow: 1, texting.FailCut: 1}[r.Failure]
			answers := got()
			for range strings.Count(want, " ") {
				answers += " " + got()
			}
			if answers != want {
				w.t.Errorf("%s by number: %s, want %s", r.Failure, answers, want)
			}
			if n := w.events() - before; n != stored {
				w.t.Errorf("%s by number: %d events carried out, want %d", r.Failure, n, stored)
			}
			a, err := w.try("GET", "/api/v2/me", "", "Authorization", keyed)
			switch {
			case want == "cut" && err == nil:
				w.t.Errorf("%s by key: answered %d", r.Failure, a.status)
			case want != "cut" && want != "202" && !strings.HasPrefix(want, fmt.Sprint(a.status)):
				w.t.Errorf("%s by key: %d, want %s", r.Failure, a.status, want)
			case want == "202" && a.status != http.StatusOK:
				w.t.Errorf("%s by key: %d", r.Failure, a.status)
			}
		}
		w.want(401, "Invalid API key", "GET", "/api/v2/me", "", "Authorization", "Bearer sk_test_429_nobody")
	})
}
