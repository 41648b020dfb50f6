package postscript

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
)

func TestParseWebhookWithAnIncomingMessage(t *testing.T) {
	t.Parallel()
	w, err := ParseWebhook(fixture(t, "webhook_incoming.json"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Incoming()
	if err != nil {
		t.Fatal(err)
	}
	at := Time{time.Date(2021, 11, 4, 21, 52, 41, 25455000, time.UTC)}
	want := IncomingMessage{
		ID: "im_1b2a005a386281c9", SubscriberID: "s_1234567abcd", ShopID: "shop_1234567abcd",
		FromNumber: "+15555555555", CreatedAt: at, Body: "Hello, world",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if !w.EventTime.Equal(at.Time) {
		t.Errorf("event_time = %v, want it read as UTC", w.EventTime)
	}
}

func TestWebhooksThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no JSON":      `event=shop.test`,
		"no event":     `{"webhook_id":"x"}`,
		"a list":       `[]`,
		"a wrong time": `{"event":"shop.test","event_time":"yesterday"}`,
		"no data":      `{"event":"shop.incoming_message"}`,
		"no id":        `{"event":"shop.incoming_message","event_data":{"from_number":"+15555550101"}}`,
		"no sender":    `{"event":"shop.incoming_message","event_data":{"id":"im_1"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := ParseWebhook([]byte(body))
			if err == nil {
				_, err = w.Incoming()
			}
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("got %v, want an Invalid", err)
			}
		})
	}
}

func TestUnknownEventsAndTheTwoSpellings(t *testing.T) {
	t.Parallel()
	w, err := ParseWebhook([]byte(`{"event":"shop.something_new","event_data":{}}`))
	if err != nil || w.Event != "shop.something_new" {
		t.Errorf("an event of the future: %v, %v", w.Event, err)
	}
	if _, err := w.Incoming(); err == nil {
		t.Error("it passed as an incoming message")
	}
	w, err = ParseWebhook([]byte(`{"event":"shop.shop.email_collected","event_data":{}}`))
	if err != nil || w.Event != EventEmailCollected {
		t.Errorf("the second spelling: %v, %v", w.Event, err)
	}
	if _, ok := CanonicalEvent("shop.nope"); ok {
		t.Error("an unknown name passed")
	}
}

func TestChangeFindsThePersonWhereverItIs(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"as we write it": `{"subscriber_id":"s_1","phone_number":"+15555550101","shopify_customer_id":7}`,
		"as v2 shows it": `{"id":"s_1","phone_number":"+15555550101","shopify_customer_id":"7"}`,
		"one level down": `{"subscriber":{"id":"s_1","phone":"+15555550101","shopify_customer_id":7}}`,
		"in two places":  `{"subscriber_id":"s_1","data":{"from_number":"+15555550101"},"shopify_customer_id":7}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := ParseWebhook([]byte(`{"event":"shop.subscriber.opt_in","event_data":` + data + `}`))
			if err != nil {
				t.Fatal(err)
			}
			c, err := w.Change()
			if err != nil || c.SubscriberID != "s_1" || c.PhoneNumber != "+15555550101" || c.ShopifyCustomerID != 7 {
				t.Errorf("got %+v, %v", c, err)
			}
		})
	}
	for _, data := range []string{`{}`, `null`, `[]`, `{"subscriber":{}}`} {
		w, err := ParseWebhook([]byte(`{"event":"shop.subscriber.opt_in","event_data":` + data + `}`))
		if err != nil {
			t.Fatal(err)
		}
		if c, err := w.Change(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %+v, %v", data, c, err)
		}
	}
}

func FuzzParseWebhook(f *testing.F) {
	f.Add(`{"event":"shop.incoming_message","event_data":{"id":"im_1","from_number":"+1"}}`)
	f.Add(`{"event":"shop.subscriber.opt_out","event_data":{"subscriber":{"id":1}}}`)
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWebhook([]byte(s))
		if err != nil {
			return
		}
		if m, err := w.Incoming(); err == nil && m.ID == "" {
			t.Errorf("%q: a message without id", s)
		}
		if c, err := w.Change(); err == nil && c == (SubscriberChange{}) {
			t.Errorf("%q: nobody", s)
		}
	})
}

func TestEventCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		event Event
		field string
	}{
		{"the least", Event{Type: "UpcomingOrder"}, ""},
		{"all kinds of property", Event{Type: "a_1", Properties: map[string]any{"two words": "x", "n": 1.5, "b": true, "z": nil}}, ""},
		{"no type", Event{}, "type"},
		{"a colon", Event{Type: "Rejoinder: Upcoming"}, "type"},
		{"an accent", Event{Type: "Envío"}, "type"},
		{"a zone in the time", Event{Type: "a", OccurredAt: "2026-03-01T11:00:00Z"}, "occurred_at"},
		{"a list", Event{Type: "a", Properties: map[string]any{"l": []any{"x"}}}, "properties"},
		{"a list of text", Event{Type: "a", Properties: map[string]any{"l": []string{"x"}}}, "properties"},
		{"a moment", Event{Type: "a", Properties: map[string]any{"t": time.Time{}}}, "properties"},
		{"no number", Event{Type: "a", Properties: map[string]any{"n": math.Inf(1)}}, "properties"},
		{"an object", Event{Type: "a", Properties: map[string]any{"o": map[string]any{}}}, "properties"},
		{"no name", Event{Type: "a", Properties: map[string]any{"": "x"}}, "properties"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.event.Check()
			if tt.field == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			f, ok := err.(*fault.Error)
			if !ok || f.Field != tt.field || f.Kind != fault.Invalid {
				t.Errorf("got %v, want it to blame %s", err, tt.field)
			}
		})
	}
}
