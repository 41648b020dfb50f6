package postscript

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fixture returns a file of testdata: the vendor's JSON as the facts about the API give it.
func fixture(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// again reads body into a T, refusing fields that T lacks, and writes it out.
func again[T any](body []byte) ([]byte, error) {
	var v T
	dec := json.NewDecoder(strings.NewReader(string(body)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// Every field of every document must come out again under its name and in its form: a misspelt or missing
// JSON name, a number that became a float, or a time in the wrong form would differ.
func TestDocumentsSurviveTheRoundTrip(t *testing.T) {
	t.Parallel()
	for name, trip := range map[string]func([]byte) ([]byte, error){
		"me.json":                 again[Me],
		"event.json":              again[Event],
		"event_answer.json":       again[EventAnswer],
		"message_request.json":    again[MessageRequest],
		"message_processing.json": again[Message],
		"message_sent.json":       again[Message],
		"subscribers.json":        again[SubscriberPage],
		"keywords.json":           again[KeywordList],
		"webhooks.json":           again[WebhookList],
		"webhook_request.json":    again[WebhookRequest],
		"webhook_incoming.json":   again[Webhook],
		"incoming_data.json":      again[IncomingMessage],
		"webhook_token.json":      again[WebhookToken],
		"webhook_test.json":       again[WebhookTest],
		"trigger_request.json":    again[TriggerRequest],
		"new_subscriber_v1.json":  again[NewLegacySubscriber],
		"new_subscriber_v2.json":  again[NewSubscriber],
		"subscriber_update.json":  again[SubscriberUpdate],
		"unsubscribe.json":        again[UnsubscribeRequest],
		"redact.json":             again[RedactRequest],
		"ok.json":                 again[OK],
		"error_code_404.json":     again[CodeBody],
		"error_code_429.json":     again[CodeBody],
		"error_loc_403.json":      again[LocBody],
		"error_log_400.json":      again[LogBody],
		"error_error_403.json":    again[ErrorBody],
		"error_empty_400.json":    again[EmptyBody],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			literal := fixture(t, name)
			got, err := trip(literal)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tree(t, literal), tree(t, got)); diff != "" {
				t.Errorf("-literal +ours\n%s", diff)
			}
		})
	}
}

// tree decodes JSON with numbers as they are written.
func tree(t *testing.T, b []byte) (v any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestReadSubscriber(t *testing.T) {
	t.Parallel()
	var p SubscriberPage
	if err := json.Unmarshal(fixture(t, "subscribers.json"), &p); err != nil {
		t.Fatal(err)
	}
	s := p.Subscribers[0]
	if s.ID != "s_1234567abcd" || s.ShopifyCustomerID != 7312345678901 || s.Email != "ana@example.com" ||
		!s.Subscriptions.Promotional.CanSend || s.Subscriptions.Transactional.CanSend {
		t.Errorf("read %+v", s)
	}
}

func TestKindOfKey(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]KeyKind{
		"pk_abc": KeyPublic, "sk_abc": KeyShop, "sk_partner_abc": KeyPartner,
		"": KeyUnknown, "sk_": KeyUnknown, "pk_": KeyUnknown, "sk_partner_": KeyUnknown,
		"SK_abc": KeyUnknown, "abc": KeyUnknown, " sk_abc": KeyUnknown,
	} {
		if got := KindOfKey(key); got != want {
			t.Errorf("KindOfKey(%q) = %s, want %s", key, got, want)
		}
	}
}

func TestMaskKey(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"sk_0123456789abcdef":         "sk_…cdef",
		"sk_partner_0123456789abcdef": "sk_partner_…cdef",
		"sk_short":                    "sk_…",
		"whatever":                    "…",
		"":                            "…",
	} {
		if got := MaskKey(key); got != want {
			t.Errorf("MaskKey(%q) = %q, want %q", key, got, want)
		}
	}
}

func TestKeyFromAuthorization(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, header, key string
		ok                bool
	}{
		{"bearer", "Bearer sk_abc", "sk_abc", true},
		{"any case", "bearer  sk_abc ", "sk_abc", true},
		{"basic, empty password", "Basic c2tfYWJjOg==", "sk_abc", true},
		{"basic, no colon", "Basic c2tfYWJj", "sk_abc", true},
		{"basic, with a password", "Basic c2tfYWJjOng=", "", false},
		{"basic, not base64", "Basic ???", "", false},
		{"the key alone", "sk_abc", "", false},
		{"another scheme", "Digest sk_abc", "", false},
		{"nothing", "", "", false},
		{"bearer of nothing", "Bearer ", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			key, ok := KeyFromAuthorization(tt.header)
			if ok != tt.ok || ok && key != tt.key {
				t.Errorf("got %q, %v", key, ok)
			}
		})
	}
}
