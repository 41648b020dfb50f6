package postscript

import (
	"encoding/json"
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2021, 11, 4, 21, 52, 41, 25455000, time.UTC)
	for s, want := range map[string]time.Time{
		"2021-11-04T21:52:41.025455":       at,
		"2021-11-04T21:52:41.025455Z":      at,
		"2021-11-04 21:52:41.025455":       at,
		"2021-11-04T23:52:41.025455+02:00": at,
		"2021-11-04T21:52:41":              at.Truncate(time.Second),
		"2021-11-04T21:52:41Z":             at.Truncate(time.Second),
		"2021-11-04":                       time.Date(2021, 11, 4, 0, 0, 0, 0, time.UTC),
	} {
		got, err := ParseTime(s)
		if err != nil || !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("ParseTime(%q) = %v, %v; want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "now", "04/11/2021", "2021-11-04T", "2021-13-04T21:52:41", "1636062761"} {
		if got, err := ParseTime(s); err == nil {
			t.Errorf("ParseTime(%q) = %v, want an error", s, got)
		}
	}
}

func TestTimesAreWrittenInTheirTwoForms(t *testing.T) {
	t.Parallel()
	hawaii := time.FixedZone("HST", -10*3600)
	at := time.Date(2026, 3, 1, 11, 0, 0, 250_000_999, hawaii)
	got, err := json.Marshal(struct {
		Naive  Time
		Z      TimeZ
		Second TimeZ
		None   Time
		NoneZ  TimeZ
	}{NewTime(at), NewTimeZ(at), NewTimeZ(at.Truncate(time.Second)), Time{}, TimeZ{}})
	want := `{"Naive":"2026-03-01T21:00:00.250000","Z":"2026-03-01T21:00:00.25Z","Second":"2026-03-01T21:00:00Z","None":null,"NoneZ":null}`
	if err != nil || string(got) != want {
		t.Errorf("got  %s (%v)\nwant %s", got, err, want)
	}
	var back struct{ A, B, C Time }
	if err := json.Unmarshal([]byte(`{"A":null,"B":"","C":"2026-03-01T21:00:00.250000"}`), &back); err != nil {
		t.Fatal(err)
	}
	if !back.A.IsZero() || !back.B.IsZero() || !back.C.Equal(NewTime(at).Time) {
		t.Errorf("read %v", back)
	}
	if err := json.Unmarshal([]byte(`{"A":17}`), &back); err == nil {
		t.Error("a number passed as a time")
	}
}

func TestOccurredAt(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 11, 0, 0, 250_000_000, time.UTC)
	if got := FormatOccurredAt(at.In(time.FixedZone("", 3600))); got != "2026-03-01 11:00:00.250000" {
		t.Errorf("FormatOccurredAt = %q", got)
	}
	for _, s := range []string{"2026-03-01 11:00:00.250000", "2026-03-01 11:00:00.25"} {
		if got, err := ParseOccurredAt(s); err != nil || !got.Equal(at) {
			t.Errorf("ParseOccurredAt(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"2026-03-01", "2026-03-01T11:00:00.250000", "2026-03-01 11:00:00.250000Z", "2026-03-01 11:00:00.2500001"} {
		if got, err := ParseOccurredAt(s); err == nil {
			t.Errorf("ParseOccurredAt(%q) = %v, want an error", s, got)
		}
	}
}

func TestLenientNumbers(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]ID{`"abc"`: "abc", `7312345678901`: "7312345678901", `null`: "", `"7"`: "7"} {
		var id ID
		if err := json.Unmarshal([]byte(in), &id); err != nil || id != want {
			t.Errorf("ID from %s = %q, %v", in, id, err)
		}
	}
	for _, in := range []string{`1.5`, `1e9`, `true`, `{}`, `[]`} {
		var id ID
		if err := json.Unmarshal([]byte(in), &id); err == nil {
			t.Errorf("ID from %s = %q, want an error", in, id)
		}
	}
	for in, want := range map[string]ShopifyID{`7`: 7, `"7"`: 7, `null`: 0, `""`: 0} {
		var id ShopifyID
		if err := json.Unmarshal([]byte(in), &id); err != nil || id != want {
			t.Errorf("ShopifyID from %s = %d, %v", in, id, err)
		}
	}
	var id ShopifyID
	if err := json.Unmarshal([]byte(`"gid://shopify/Customer/7"`), &id); err == nil {
		t.Error("a text passed as a ShopifyID")
	}
}
