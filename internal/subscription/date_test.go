package subscription_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // the tests need every zone, whatever the machine has

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// d reads a date of a test table.
func d(s string) subscription.Date {
	v, err := subscription.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return v
}

// anyDate draws dates of this and the next decades, leap days included.
func anyDate() *rapid.Generator[subscription.Date] {
	return rapid.Custom(func(t *rapid.T) subscription.Date {
		return subscription.NewDate(2024, time.January, 1+rapid.IntRange(0, 20*365).Draw(t, "day"))
	})
}

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in, want string // want "" means refused
	}{
		{"a date", "2026-11-25", "2026-11-25"},
		{"a leap day", "2028-02-29", "2028-02-29"},
		{"no leap day", "2026-02-29", ""},
		{"month 13", "2026-13-01", ""},
		{"one digit", "2026-1-05", ""},
		{"American", "11/25/2026", ""},
		{"a moment", "2026-11-25T00:00:00Z", ""},
		{"a space", " 2026-11-25", ""},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := subscription.ParseDate(tt.in)
			if got.String() != tt.want {
				t.Errorf("ParseDate(%q) = %v", tt.in, got)
			}
			if tt.want == "" && !fault.Is(err, fault.Invalid) {
				t.Errorf("ParseDate(%q) error is %v, want Invalid", tt.in, err)
			}
		})
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-25", "2026-02-30", "", "0000-00-00", "2026-11-2５"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := subscription.ParseDate(s); err == nil && v.String() != s {
			t.Errorf("ParseDate(%q) = %v", s, v)
		}
	})
}

func TestDateAt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, zone, date string
		hour, minute     int
		want             string
	}{
		{"plain", "America/New_York", "2026-11-25", 11, 0, "2026-11-25T11:00:00-05:00"},
		{"in the gap", "America/New_York", "2027-03-14", 2, 30, "2027-03-14T03:00:00-04:00"},
		{"at the end of the gap", "America/New_York", "2027-03-14", 3, 0, "2027-03-14T03:00:00-04:00"},
		{"twice: the first", "America/New_York", "2026-11-01", 1, 30, "2026-11-01T01:30:00-04:00"},
		{"twice in Sydney", "Australia/Sydney", "2027-04-04", 2, 30, "2027-04-04T02:30:00+11:00"},
		{"after the hour that came twice", "America/New_York", "2026-11-01", 2, 0, "2026-11-01T02:00:00-05:00"},
		{"a gap in Europe", "Europe/Berlin", "2027-03-28", 2, 15, "2027-03-28T03:00:00+02:00"},
		{"half an hour of gap", "Australia/Lord_Howe", "2027-10-03", 2, 10, "2027-10-03T02:30:00+11:00"},
		{"a midnight that is missing", "America/Sao_Paulo", "2018-11-04", 0, 0, "2018-11-04T01:00:00-02:00"},
		{"a day that is missing", "Pacific/Apia", "2011-12-30", 11, 0, "2011-12-31T00:00:00+14:00"},
		{"no clock change", "Pacific/Honolulu", "2027-03-14", 2, 30, "2027-03-14T02:30:00-10:00"},
		{"UTC", "UTC", "2026-11-25", 0, 0, "2026-11-25T00:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := d(tt.date).At(tt.hour, tt.minute, zone(t, tt.zone)).Format(time.RFC3339)
			if got != tt.want {
				t.Errorf("At = %s, want %s", got, tt.want)
			}
		})
	}
}

// At never lands before the time asked for, and is exactly that time or the end of a gap around it.
func TestDateAtProperties(t *testing.T) {
	t.Parallel()
	zones := []string{
		"America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca",
		"Africa/Cairo", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "Asia/Beirut", "America/Havana", "Antarctica/Troll",
	}
	rapid.Check(t, func(t *rapid.T) {
		loc, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		date, hour, minute := anyDate().Draw(t, "date"), rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
		at := date.At(hour, minute, loc)
		want := time.Date(date.Year(), date.Month(), date.Day(), hour, minute, 0, 0, time.UTC).Format("2006-01-02 15:04")
		got := at.Format("2006-01-02 15:04")
		if got == want {
			if early := at.Add(-time.Hour); early.Format("2006-01-02 15:04") == want {
				t.Fatalf("%v is the second %s", at, want)
			}
			return
		}
		if before := at.Add(-time.Second).Format("2006-01-02 15:04"); !(before < want && want < got) {
			t.Fatalf("At(%s) = %v, not the end of a gap around it", want, at)
		}
	})
}

func TestDateWords(t *testing.T) {
	t.Parallel()
	var none subscription.Date
	got := []string{
		d("2026-11-25").Long(), d("2026-11-25").Short(), d("2026-11-25").Friendly(d("2026-01-02")), d("2027-01-04").Friendly(d("2026-12-28")),
		none.Long() + none.Short() + none.Friendly(d("2026-01-01")) + none.String(),
	}
	want := []string{"Wednesday, November 25", "Wed, Nov 25", "Wednesday, November 25", "Monday, January 4, 2027", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDateJSON(t *testing.T) {
	t.Parallel()
	type row struct {
		Date subscription.Date         `json:"date"`
		None subscription.Date         `json:"none"`
		Keys map[subscription.Date]int `json:"keys"`
	}
	in := row{Date: d("2026-11-25"), Keys: map[subscription.Date]int{d("2026-12-02"): 1}}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"date":"2026-11-25","none":"","keys":{"2026-12-02":1}}`; string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
	var out row
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, out); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(`{"date":"tomorrow"}`), &out); !fault.Is(err, fault.Invalid) {
		t.Errorf("error is %v, want Invalid", err)
	}
	for _, bad := range []string{`{"date":20261125}`, `{"date":{}}`} {
		if err := json.Unmarshal([]byte(bad), &out); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, n := anyDate().Draw(t, "date"), rapid.IntRange(-2000, 2000).Draw(t, "n")
		b := a.AddDays(n)
		if b.Sub(a) != n || a.Sub(b) != -n {
			t.Fatalf("%v + %d = %v, which is %d days on", a, n, b, b.Sub(a))
		}
		if b.After(a) != (n > 0) || b.Before(a) != (n < 0) || (a == b) != (n == 0) || a.Equal(b) != (n == 0) {
			t.Fatalf("%v and %v are not in order", a, b)
		}
		if (b.Weekday()-a.Weekday()-time.Weekday(n%7)+14)%7 != 0 {
			t.Fatalf("%v is a %v, %v a %v", a, a.Weekday(), b, b.Weekday())
		}
		if got := subscription.DateOf(a.At(13, 5, time.UTC), time.UTC); got != a {
			t.Fatalf("DateOf = %v, want %v", got, a)
		}
	})
	var none subscription.Date
	if !none.AddDays(3).IsZero() || none.Sub(d("2026-01-01")) != 0 || !none.At(1, 1, time.UTC).IsZero() || !subscription.DateOf(time.Time{}, time.UTC).IsZero() {
		t.Error("no date did not stay no date")
	}
	if !none.Before(d("2026-01-01")) {
		t.Error("no date is not before every date")
	}
	if got := subscription.NewDate(2026, time.November, 31); got != d("2026-12-01") {
		t.Errorf("November 31 is %v", got)
	}
}

func TestDateOfUsesTheZone(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC)
	if got := subscription.DateOf(at, zone(t, "America/New_York")); got != d("2026-11-25") {
		t.Errorf("got %v", got)
	}
}
