package postscript

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
)

func TestParseFire(t *testing.T) {
	t.Parallel()
	link := map[string]string{"account_page_link": "https://example.com/a", "days_until": "3"}
	tests := []struct {
		name, body string
		want       map[string]string
	}{
		{"flat", `{"account_page_link":"https://example.com/a","days_until":"3"}`, link},
		{"under a key", `{"data":{"account_page_link":"https://example.com/a","days_until":"3"}}`, link},
		{"under another key", ` {"tags" : {"account_page_link":"https://example.com/a","days_until":3}} `, link},
		{"names in braces", `{"{account_page_link}":"https://example.com/a","{days_until}":3}`, link},
		{"numbers as written", `{"order_total":24.50,"id":7312345678901,"gift":true}`, map[string]string{"order_total": "24.50", "id": "7312345678901", "gift": "true"}},
		{"null is nothing", `{"a":null,"b":"x"}`, map[string]string{"b": "x"}},
		{"no body", ``, map[string]string{}},
		{"empty", `{}`, map[string]string{}},
		{"empty under a key", `{"data":{}}`, map[string]string{}},
		{"null", `null`, map[string]string{}},
		{"one value", `{"answer":"Skipped."}`, map[string]string{"answer": "Skipped."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseFire([]byte(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestParseFireRefuses(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no JSON":            `first_name=Ana`,
		"a list":             `["a"]`,
		"a text":             `"a"`,
		"a list as value":    `{"a":"x","b":[1]}`,
		"an object beside":   `{"a":"x","b":{"c":"d"}}`,
		"nested twice":       `{"data":{"tags":{"a":"x"}}}`,
		"two documents":      `{"a":"x"}{"b":"y"}`,
		"a broken inner one": `{"data":{"a":}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := ParseFire([]byte(body)); !fault.Is(err, fault.Invalid) {
				t.Errorf("ParseFire = %v, %v; want an Invalid", got, err)
			}
		})
	}
}

func FuzzParseFire(f *testing.F) {
	for _, s := range []string{`{"a":"b"}`, `{"data":{"{a}":1}}`, ``, `null`, `{"{}":true}`, `[{}]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		values, err := ParseFire([]byte(s))
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", s, err)
		}
		if (err == nil) != (values != nil) {
			t.Errorf("%q: values %v with error %v", s, values, err)
		}
	})
}

func TestParseTriggersInEveryForm(t *testing.T) {
	t.Parallel()
	want := []Trigger{{ID: "17", Name: "Rejoinder: Upcoming Order", Tags: []TriggerTag{{"Link", "{account_page_link}"}}}}
	entry := `{"id":17,"name":"Rejoinder: Upcoming Order","tags":[{"label":"Link","value":"{account_page_link}"}],"created_at":"x"}`
	for name, body := range map[string]string{
		"bare":           `[` + entry + `]`,
		"under triggers": `{"triggers":[` + entry + `]}`,
		"under data":     `{"data":[` + entry + `],"page":1}`,
		"one without id": `[{"name":"lost"},` + entry + `]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseTriggers([]byte(body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	for _, none := range []string{`[]`, `{}`, `{"triggers":[]}`, `{"triggers":null}`} {
		if got, err := ParseTriggers([]byte(none)); err != nil || len(got) != 0 {
			t.Errorf("%s: %v, %v", none, got, err)
		}
	}
	for _, bad := range []string{``, `<html>`, `{"items":[]}`, `"x"`} {
		if got, err := ParseTriggers([]byte(bad)); err == nil {
			t.Errorf("%s: %v, want an error", bad, got)
		}
	}
}

func TestParseTriggerInEveryForm(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"id":"t1","name":"N"}`, `{"trigger":{"id":"t1","name":"N"}}`, `{"data":{"id":"t1","name":"N"},"success":true}`} {
		if got, err := ParseTrigger([]byte(body)); err != nil || got.ID != "t1" || got.Name != "N" {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	for _, body := range []string{`{}`, `{"success":true}`, `[]`, ``, `{"id":1.5}`} {
		if got, err := ParseTrigger([]byte(body)); err == nil {
			t.Errorf("%s: %+v, want an error", body, got)
		}
	}
}

func TestParseLegacySubscribersInEveryForm(t *testing.T) {
	t.Parallel()
	entry := `{"id":991,"phone_number":"+15555550101","email":null,"is_pending":true}`
	for _, body := range []string{entry, `[` + entry + `]`, `{"subscriber":` + entry + `}`, `{"subscribers":[` + entry + `]}`, `{"data":` + entry + `}`} {
		got, err := ParseLegacySubscribers([]byte(body))
		if err != nil || len(got) != 1 || got[0].ID != "991" || !got[0].IsPending || got[0].PhoneNumber != "+15555550101" {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	for _, nobody := range []string{`{}`, `[]`, `null`, `{"subscribers":[]}`, `{"subscriber":null}`} {
		if got, err := ParseLegacySubscribers([]byte(nobody)); err != nil || len(got) != 0 {
			t.Errorf("%s: %+v, %v", nobody, got, err)
		}
	}
	if _, err := ParseLegacySubscribers([]byte(`<html>`)); err == nil {
		t.Error("a page passed as a subscriber")
	}
}
