//go:build unix

package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/postscript"
	"rejoinder/internal/postscript/server"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
)

// events counts the stored events of shop_1 that no automation has looked at yet, which here are all.
func (w *world) events() (n int) {
	w.t.Helper()
	err := w.db.InTx(context.Background(), func(tx *store.Tx) error {
		list, err := tx.DueEvents("shop_1", 1000)
		n = len(list)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// texts returns what waits to be sent to a number, kind by kind.
func (w *world) texts(phone string) (list []texting.Message) {
	w.t.Helper()
	err := w.db.InTx(context.Background(), func(tx *store.Tx) error {
		list = nil
		all, err := tx.DueMessages("shop_1", 1000)
		for _, m := range all {
			if m.Phone == phone {
				list = append(list, m)
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) eventTypes() string {
	w.t.Helper()
	var out []string
	err := w.db.Read(context.Background(), func(tx *store.Tx) error {
		types, err := tx.EventTypes("shop_1", 100)
		for _, e := range types {
			out = append(out, fmt.Sprintf("%s/%s %v", e.Sender, e.Type, e.Properties))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(out, " | ")
}

func (w *world) say(phone, body, key string) texting.Message {
	w.t.Helper()
	m, err := w.texting.Inbound(context.Background(), "shop_1", phone, body, key)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func TestKeywordsOverTheAPI(t *testing.T) {
	each(t, func(w *world) {
		w.want(200, `{"keywords":[]}`, "GET", "/api/v2/keywords", "")
		w.join("+12125550123")
		a := w.want(200, "", "GET", "/api/v2/keywords", "")
		var list postscript.KeywordList
		if err := json.Unmarshal([]byte(a.body), &list); err != nil || len(list.Keywords) != 1 {
			w.t.Fatalf("%v %s", err, a.body)
		}
		k := list.Keywords[0]
		want := `{"created_at":"2026-11-21T23:00:00.000000","id":"` + string(k.ID) + `","keyword":"JOIN","triggered_count":1,"updated_at":"2026-11-21T23:00:00.000000"}`
		w.want(200, want, "GET", "/api/v2/keywords/"+string(k.ID), "")
		w.want(200, want, "GET", "/v1/keywords/"+string(k.ID), "")
		if !strings.HasPrefix(string(k.ID), "kw_") {
			w.t.Errorf("id %s", k.ID)
		}
		w.want(404, noKeyword, "GET", "/api/v2/keywords/kw_none", "")
		w.want(404, noKeyword, "GET", "/api/v2/keywords/"+string(k.ID), "", "Authorization", "Bearer "+w.other)
	})
}

func TestDoubleOptIn(t *testing.T) {
	each(t, func(w *world) {
		w.join("+12125550100") // makes the keyword
		body := `{"phone_number":"(212) 555-0123","keyword":"join","email":"Ana@Example.com","shopify_customer_id":7312345678901,"tags":["VIP"],"properties":{"plan":"monthly","first_name":"Ana"},"origin":"website"}`
		a := w.want(200, "", "POST", "/api/v2/subscribers", body)
		pending := a.field("id")
		if a.body != `{"id":"`+pending+`","phone_number":"+12125550123","is_pending":true}` || strings.HasPrefix(pending, "s_") {
			w.t.Errorf("answer %s", a.body)
		}
		w.want(400, `{}`, "GET", "/api/v2/subscribers/"+pending, "")
		page := w.want(200, "", "GET", "/api/v2/subscribers?phone_number__eq=%2B12125550123", "")
		if page.body != `{"page_info":{"page":1,"total_pages":1},"subscribers":[]}` {
			w.t.Errorf("a pending one is listed: %s", page.body)
		}
		legacy := w.want(200, "", "GET", "/v1/subscribers?phone_number=%2B12125550123", "")
		if !strings.Contains(legacy.body, `"is_pending":true`) {
			w.t.Errorf("v1: %s", legacy.body)
		}
		w.want(200, "", "POST", "/api/v2/subscribers", body) // a repeat asks only once
		if n := len(w.texts("+12125550123")); n != 1 {
			w.t.Errorf("%d questions were sent, want 1", n)
		}
		w.say("+12125550123", "Y", "m1")
		w.say("+12125550123", "Y", "m1") // delivered again
		if n := len(w.texts("+12125550123")); n != 3 {
			w.t.Errorf("%d texts went out, want question, confirmation and the keyword's reply", n)
		}
		s, err := w.texting.LookUpSubscriber(context.Background(), "shop_1", "", "+12125550123", "")
		if err != nil {
			w.t.Fatal(err)
		}
		want := fmt.Sprintf(`{"created_at":"2026-11-21T23:00:00Z","data":{},"email":"ana@example.com","id":%q,"ps_id":%d,"phone_number":"+12125550123",
			"properties":{"first_name":"Ana","plan":"monthly"},"shopify_customer_id":7312345678901,
			"subscriptions":{"promotional":{"can_send":true},"transactional":{"can_send":true}},"tags":["VIP"],"updated_at":"2026-11-21T23:00:00Z"}`, s.ID, s.PSID)
		w.want(200, want, "GET", "/api/v2/subscribers/"+s.ID, "")
		w.want(200, want, "GET", "/api/v2/subscribers/"+strings.TrimPrefix(s.ID, "s_"), "") // an id of v1
		w.want(400, `{}`, "GET", "/api/v2/subscribers/"+s.ID, "", "Authorization", "Bearer "+w.other)
		for _, bad := range []string{
			`{"phone_number":"+12125550124"}`, `{"phone_number":"nonsense","keyword":"JOIN"}`, `{"phone_number":"+12125550124","keyword":"NONE"}`,
			`{"phone_number":"+12125550124","keyword":"JOIN","origin":"email"}`, `{"keyword":"JOIN"}`,
		} {
			w.want(400, `{}`, "POST", "/api/v2/subscribers", bad)
		}
	})
}

func TestPatch(t *testing.T) {
	each(t, func(w *world) {
		s := w.join("+12125550123")
		path := "/api/v2/subscribers/" + s.ID
		get := func(a answer) (out postscript.Subscriber) {
			if err := json.Unmarshal([]byte(a.body), &out); err != nil {
				w.t.Fatalf("%v: %s", err, a.body)
			}
			return out
		}
		got := get(w.want(200, "", "PATCH", path, `{"email":"a@example.com","tags":["x","y"],"properties":{"plan":"monthly","n":3,"gone":null,"list":["a"]}}`))
		if got.Email != "a@example.com" || len(got.Tags) != 2 || len(got.Properties) != 3 {
			w.t.Errorf("%+v", got)
		}
		got = get(w.want(200, "", "PATCH", path, `{"email":"b@example.com","tags":["y","z"]}`))
		if got.Email != "b@example.com" || strings.Join(got.Tags, "") != "xyz" || len(got.Properties) != 3 {
			w.t.Errorf("no Shopify customer yet, so the e-mail changes and tags are added: %+v", got)
		}
		w.want(200, "", "PUT", "/v1/subscribers/"+s.ID, `{"metadata":{"shopify_customer_id":7}}`)
		if got = get(w.want(200, "", "PATCH", path, `{"email":"c@example.com"}`)); got.Email != "b@example.com" || got.ShopifyCustomerID != 7 {
			w.t.Errorf("with a Shopify customer the e-mail stays: %+v", got)
		}
		var many []string
		for i := range 48 {
			many = append(many, fmt.Sprintf(`"p%d":"v"`, i))
		}
		w.want(400, `{}`, "PATCH", path, `{"properties":{`+strings.Join(many, ",")+`}}`)
		w.want(200, "", "PATCH", path, `{"properties":{`+strings.Join(many[:47], ",")+`}}`)
		for _, bad := range []string{`{"properties":{"a":true}}`, `{"properties":{"a":1.5}}`, `{"properties":{"a":{}}}`, `{"properties":{"a":[1]}}`, `{"properties":{"time_zone":"Mars/Here"}}`} {
			w.want(400, `{}`, "PATCH", path, bad)
		}
		w.want(400, `{}`, "PATCH", path, `{"tags":["a"]}`, "Authorization", "Bearer "+w.other)
	})
}

func TestListOfSubscribers(t *testing.T) {
	each(t, func(w *world) {
		var people []texting.Subscriber
		for i := range 5 {
			people = append(people, w.join(fmt.Sprintf("+1212555012%d", i)))
			w.clock.Move(time.Minute)
		}
		w.want(200, "", "PATCH", "/api/v2/subscribers/"+people[3].ID, `{"email":"dora@example.com"}`)
		ids := func(query string) string {
			a := w.want(200, "", "GET", "/api/v2/subscribers?"+query, "")
			var page postscript.SubscriberPage
			if err := json.Unmarshal([]byte(a.body), &page); err != nil {
				w.t.Fatal(err)
			}
			out := fmt.Sprintf("%d/%d:", page.PageInfo.Page, page.PageInfo.TotalPages)
			for _, s := range page.Subscribers {
				for i, p := range people {
					if p.ID == s.ID {
						out += fmt.Sprint(" ", i)
					}
				}
			}
			return out
		}
		at := url.QueryEscape(people[2].CreatedAt.Format("2006-01-02T15:04:05.000000Z"))
		for query, want := range map[string]string{
			"":                                "1/3: 0 1",
			"page=3":                          "3/3: 4",
			"page=9":                          "9/3:",
			"sort=created_at__desc":           "1/3: 4 3",
			"sort=phone_number__desc&page=2":  "2/3: 2 1",
			"phone_number__eq=%2B12125550122": "1/1: 2",
			"phone_number__eq=+12125550122":   "1/1: 2", // an unescaped plus
			"phone_number__in=%2B12125550121&phone_number__in=%2B12125550124": "1/1: 1 4",
			"phone_number__contains=0123":                                     "1/1: 3",
			"email__eq=DORA%40example.com":                                    "1/1: 3",
			"email__contains=dora":                                            "1/1: 3",
			"email__contains=%25":                                             "1/1:",
			"created_at__gte=" + at:                                           "1/2: 2 3",
			"created_at__gt=" + at:                                            "1/1: 3 4",
			"created_at__lt=" + at:                                            "1/1: 0 1",
			"created_at__eq=" + at:                                            "1/1: 2",
			"updated_at__gt=" + at + "&sort=updated_at__desc":                 "1/1: 3 4",
			fmt.Sprintf("ps_id__eq=%d", people[4].PSID):                       "1/1: 4",
			"shopify_customer_id__eq=5":                                       "1/1:",
		} {
			if got := ids(query); got != want {
				w.t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
		for _, bad := range []string{"page=0", "page=x", "sort=created_at", "sort=email__asc", "phone__eq=1", "email__gt=a", "created_at__eq=x", "ps_id__eq=x", "limit=5"} {
			w.want(400, `{}`, "GET", "/api/v2/subscribers?"+bad, "")
		}
		w.want(200, `{"page_info":{"page":1,"total_pages":1},"subscribers":[]}`, "GET", "/api/v2/subscribers", "", "Authorization", "Bearer "+w.other)
	}, smallPages)
}

func TestCompliance(t *testing.T) {
	each(t, func(w *world) {
		s := w.join("+12125550123")
		ok := `{"message":"OK"}`
		w.want(403, denied, "PATCH", "/api/v2/compliance/unsubscribe", `{"phone_number":"+12125550199"}`)
		w.want(403, denied, "PATCH", "/api/v2/compliance/unsubscribe", `{"postscript_subscriber_id":"`+s.ID+`"}`, "Authorization", "Bearer "+w.other)
		w.want(403, "", "PATCH", "/api/v2/compliance/unsubscribe", `{}`)
		w.want(202, ok, "PATCH", "/api/v2/compliance/unsubscribe", `{"phone_number":"212-555-0123"}`)
		if a := w.want(200, "", "GET", "/api/v2/subscribers/"+s.ID, ""); !strings.Contains(a.body, `"promotional":{"can_send":false}`) {
			w.t.Errorf("still may be texted: %s", a.body)
		}
		w.want(202, ok, "PATCH", "/api/v2/compliance/redact", `{"postscript_subscriber_id":"`+s.ID+`"}`)
		w.want(400, `{}`, "GET", "/api/v2/subscribers/"+s.ID, "")
		w.want(202, ok, "PATCH", "/api/v2/compliance/redact", `{"postscript_subscriber_id":"`+s.ID+`"}`) // again
		if left := w.texts("+12125550123"); len(left) != 0 {
			w.t.Errorf("%d messages still name the person", len(left))
		}
		w.say("+12125550123", "join", "anew") // the person may begin anew, as somebody else
		again, err := w.texting.LookUpSubscriber(context.Background(), "shop_1", "", "+12125550123", "")
		if err != nil || again.ID == s.ID || again.Status != texting.Subscribed {
			w.t.Errorf("after redaction: %v %s", err, again.Status)
		}
	})
}

// smallPages makes pages of two.
func smallPages(o *server.Options, _ *texting.Options) { o.PageSize = 2 }
