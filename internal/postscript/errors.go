package postscript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"rejoinder/internal/fault"
)

// Shape names which of the ways to report an error an answer used. Postscript has six and no registry.
type Shape string

// The shapes, with what they were seen on.
const (
	ShapeCode  Shape = "code"  // CodeBody: 404 for a keyword, 429
	ShapeLoc   Shape = "loc"   // LocBody: 403 of the compliance calls
	ShapeLog   Shape = "log"   // LogBody: 400 of sent_messages, webhooks/test and me
	ShapeError Shape = "error" // ErrorBody: 403 of the keyword list
	ShapeEmpty Shape = "empty" // {}: every other 400
	ShapeText  Shape = "text"  // plain text: 401 without credentials
	ShapeOther Shape = "other" // JSON that fits none of them; the words are its text
)

// Codes of CodeBody that are known.
const (
	CodeKeywordNotFound = 3001
	CodeRateLimited     = 3002
)

// The vendor's words, where they are known.
const (
	WordsKeywordNotFound = "Could not find keyword matching that information"
	WordsRateLimited     = "Rate limit exceeded"
	WordsNoPermission    = "You do not have permission to do that."
	WordsAccessDenied    = "Access denied. You do not have permissions to access the requested resource."
	WordsNoAuthorization = "Missing Authorization header"
	TypeAccessDenied     = "v2.access_denied"
)

// CodeBody is the first shape. Success is always false.
type CodeBody struct {
	ErrorCode    int    `json:"error_code"`
	ErrorMessage string `json:"error_message"`
	Success      bool   `json:"success"`
}

// LocBody is the second shape.
type LocBody struct {
	Errors []LocError `json:"errors"`
}

// LocError is one entry of a LocBody. Loc is the path to the field to blame, often empty.
type LocError struct {
	Loc  []string `json:"loc"`
	Msg  string   `json:"msg"`
	Type string   `json:"type"`
}

// LogBody is the third shape: the second with a context, and with "log" where "loc" was probably meant.
type LogBody struct {
	Errors []LogError `json:"errors"`
}

// LogError is one entry of a LogBody.
type LogError struct {
	Ctx  map[string]any `json:"ctx"`
	Log  []string       `json:"log"`
	Msg  string         `json:"msg"`
	Type string         `json:"type"`
}

// ErrorBody is the fourth shape.
type ErrorBody struct {
	Error string `json:"error"`
}

// EmptyBody is the fifth shape, and also the answer to a deleted webhook subscription.
type EmptyBody struct{}

// maxWords caps how much of the vendor's words is kept, in bytes.
const maxWords = 500

// APIError is an answer that is not 2xx, in whatever shape it came.
type APIError struct {
	Status int
	Shape  Shape
	Code   int    // of ShapeCode, else 0
	Type   string // of the first entry of ShapeLoc and ShapeLog, else ""
	Words  string // the vendor's own, on one line, capped; "" if there were none. May repeat what we sent
}

// Error says status, code and words, with everything that looks like a number of a person, an address or a
// key taken out, so that it may be logged. Words keeps the original for the merchant.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "postscript answered %d", e.Status)
	if e.Code != 0 {
		fmt.Fprintf(&b, " (code %d)", e.Code)
	}
	if e.Type != "" {
		fmt.Fprintf(&b, " (%s)", Scrub(e.Type))
	}
	if e.Words != "" {
		b.WriteString(": " + Scrub(e.Words))
	}
	return b.String()
}

// Kind returns the kind of failure that the status stands for.
func (e *APIError) Kind() fault.Kind {
	switch s := e.Status; {
	case s == http.StatusUnauthorized:
		return fault.Unauthorized
	case s == http.StatusForbidden:
		return fault.Forbidden
	case s == http.StatusNotFound:
		return fault.NotFound
	case s == http.StatusConflict:
		return fault.Conflict
	case s == http.StatusRequestEntityTooLarge:
		return fault.TooLarge
	case s == http.StatusTooManyRequests:
		return fault.RateLimited
	case s == http.StatusRequestTimeout, s == http.StatusTooEarly, s >= 500:
		return fault.Unavailable
	case s >= 400:
		return fault.Invalid
	}
	return fault.Internal
}

var scrubbed = []*regexp.Regexp{
	regexp.MustCompile(`\b(sk|pk)_[A-Za-z0-9_-]+`),
	regexp.MustCompile(`[^\s<>"',;]+@[^\s<>"',;]+`),
	regexp.MustCompile(`\+?\d[\d\s().-]{5,}\d`), // seven digits and more
}

// Scrub takes out of a text what looks like a key, an e-mail address or a phone number.
func Scrub(s string) string {
	for _, re := range scrubbed {
		s = re.ReplaceAllString(s, "…")
	}
	return s
}

// ParseError reads an answer that is not 2xx. It understands all six shapes, and whatever else comes keeps
// its words as text, so it never fails.
func ParseError(status int, body []byte) *APIError {
	e := &APIError{Status: status}
	body = bytes.TrimSpace(body)
	var top map[string]json.RawMessage
	if len(body) == 0 || json.Unmarshal(body, &top) != nil {
		e.Shape, e.Words = ShapeText, oneLine(string(body))
		return e
	}
	switch {
	case top["error_code"] != nil || top["error_message"] != nil:
		var c CodeBody
		_ = json.Unmarshal(body, &c) // what can be read of it is kept
		e.Shape, e.Code, e.Words = ShapeCode, c.ErrorCode, oneLine(c.ErrorMessage)
	case top["errors"] != nil && e.fromList(top["errors"]):
	case isString(top["error"]):
		var w ErrorBody
		_ = json.Unmarshal(body, &w)
		e.Shape, e.Words = ShapeError, oneLine(w.Error)
	case len(top) == 0:
		e.Shape = ShapeEmpty
	default:
		e.Shape, e.Words = ShapeOther, oneLine(string(body))
	}
	return e
}

// fromList reads ShapeLoc and ShapeLog. It returns false if raw is neither.
func (e *APIError) fromList(raw json.RawMessage) bool {
	var list []struct {
		Ctx  json.RawMessage `json:"ctx"`
		Log  json.RawMessage `json:"log"`
		Loc  []any           `json:"loc"`
		Msg  string          `json:"msg"`
		Type string          `json:"type"`
	}
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return false
	}
	e.Shape, e.Type = ShapeLoc, list[0].Type
	if list[0].Log != nil || list[0].Ctx != nil {
		e.Shape = ShapeLog
	}
	var words []string
	for _, entry := range list {
		where := entry.Loc
		if where == nil && entry.Log != nil {
			_ = json.Unmarshal(entry.Log, &where) // without a place the words still stand
		}
		var path []string
		for _, p := range where {
			path = append(path, fmt.Sprint(p))
		}
		if len(path) > 0 {
			words = append(words, strings.Join(path, ".")+": "+entry.Msg)
		} else if entry.Msg != "" {
			words = append(words, entry.Msg)
		}
	}
	e.Words = oneLine(strings.Join(words, "; "))
	return true
}

func isString(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '"' }

// oneLine folds white space, drops what is no UTF-8 and NUL, which PostgreSQL keeps in no text, and cuts to maxWords
// without splitting a character.
func oneLine(s string) string {
	if len(s) > 4*maxWords {
		s = s[:4*maxWords]
	}
	s = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", " ")), " ")
	if len(s) <= maxWords {
		return s
	}
	cut := maxWords
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
