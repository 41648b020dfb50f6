package postscript

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
)

func TestParseErrorKnowsTheSixShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		want APIError
		kind fault.Kind
	}{
		{"error_code_404.json", APIError{404, ShapeCode, CodeKeywordNotFound, "", WordsKeywordNotFound}, fault.NotFound},
		{"error_code_429.json", APIError{429, ShapeCode, CodeRateLimited, "", WordsRateLimited}, fault.RateLimited},
		{"error_loc_403.json", APIError{403, ShapeLoc, 0, TypeAccessDenied, WordsAccessDenied}, fault.Forbidden},
		{"error_log_400.json", APIError{400, ShapeLog, 0, "string", "string: string"}, fault.Invalid},
		{"error_error_403.json", APIError{403, ShapeError, 0, "", WordsNoPermission}, fault.Forbidden},
		{"error_empty_400.json", APIError{400, ShapeEmpty, 0, "", ""}, fault.Invalid},
		{"error_text_401.txt", APIError{401, ShapeText, 0, "", WordsNoAuthorization}, fault.Unauthorized},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			got := ParseError(tt.want.Status, fixture(t, tt.file))
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got.Kind() != tt.kind {
				t.Errorf("Kind = %s, want %s", got.Kind(), tt.kind)
			}
		})
	}
}

func TestParseErrorKeepsTheWordsOfAnythingElse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		shape      Shape
		words      string
	}{
		{"nothing", "", ShapeText, ""},
		{"a proxy's page", "<html>\n <h1>502  Bad Gateway</h1>\n</html>", ShapeText, "<html> <h1>502 Bad Gateway</h1> </html>"},
		{"two entries with places", `{"errors":[{"loc":["body","phone"],"msg":"bad","type":"v"},{"loc":["body",0],"msg":"worse","type":"w"}]}`, ShapeLoc, "body.phone: bad; body.0: worse"},
		{"a list of strings", `{"errors":["no"]}`, ShapeOther, `{"errors":["no"]}`},
		{"an object of lists", `{"errors":{"name":["taken"]}}`, ShapeOther, `{"errors":{"name":["taken"]}}`},
		{"an error object", `{"error":{"message":"no"}}`, ShapeOther, `{"error":{"message":"no"}}`},
		{"a code in quotes", `{"error_code":"3002","error_message":"slow down"}`, ShapeCode, "slow down"},
		{"another key", `{"message":"plan does not allow it"}`, ShapeOther, `{"message":"plan does not allow it"}`},
		{"a bare list", `["no"]`, ShapeText, `["no"]`},
		{"bytes that are no text", "\xff\xfeno", ShapeText, "no"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := ParseError(502, []byte(tt.body))
			if got.Shape != tt.shape || got.Words != tt.words {
				t.Errorf("got %s %q, want %s %q", got.Shape, got.Words, tt.shape, tt.words)
			}
		})
	}
}

func TestErrorWordsAreCappedBetweenCharacters(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"a", "é", "日本", "🛑 "} {
		got := ParseError(500, []byte(strings.Repeat(unit, 5000))).Words
		if len(got) > maxWords+len("…") || !utf8.ValidString(got) || !strings.HasSuffix(got, "…") {
			t.Errorf("%q: %d bytes, valid %v, ends %q", unit, len(got), utf8.ValidString(got), got[len(got)-4:])
		}
	}
}

func TestErrorTextIsFitForALog(t *testing.T) {
	t.Parallel()
	e := ParseError(400, []byte(`{"error":"+1 (555) 555-0101 of ana@example.com may not use sk_0123456789"}`))
	for _, secret := range []string{"555", "ana", "0123456789"} {
		if strings.Contains(e.Error(), secret) {
			t.Errorf("Error() shows %q: %s", secret, e.Error())
		}
		if !strings.Contains(e.Words, secret) {
			t.Errorf("Words lost %q", secret)
		}
	}
	if got := ParseError(429, fixture(t, "error_code_429.json")).Error(); got != "postscript answered 429 (code 3002): Rate limit exceeded" {
		t.Errorf("Error() = %q", got)
	}
}

func FuzzParseError(f *testing.F) {
	for _, s := range []string{`{}`, `{"errors":[{"loc":[],"msg":"m","type":"t"}]}`, `{"error_code":3001}`, `{"error":"x"}`, `x`, `{"errors":[{"log":"x"}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := ParseError(400, []byte(s))
		if e.Shape == "" || len(e.Words) > maxWords+len("…") || !utf8.ValidString(e.Words) {
			t.Errorf("%q: %+v", s, e)
		}
	})
}
