package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"unicode/utf8"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// maxBody is the size of the largest request.
const maxBody = 1 << 20

// call is one authenticated request.
type call struct {
	*http.Request
	shop string
	body []byte
}

// serve answers a route: it finds the shop of the token, reads the body, calls the route and writes what it
// returns, or the error.
func (a *api) serve(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler { //nolint:errorlint // compared as net/http does
					panic(v)
				}
				// The value may hold what a request said; its type and the place are enough.
				a.fail(w, req, fmt.Errorf("panic with a %T\n%s", v, debug.Stack()))
			}
		}()
		c, err := a.accept(w, req)
		if err != nil {
			a.fail(w, req, err)
			return
		}
		answer, err := r.handle(a, c)
		if err != nil {
			a.fail(w, req, err)
			return
		}
		write(w, r.status, answer)
	})
}

// accept checks the token first, so that strangers cost one hash and one look-up.
func (a *api) accept(w http.ResponseWriter, req *http.Request) (*call, error) {
	scheme, token, _ := strings.Cut(req.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		token = ""
	}
	shop, err := a.Book.ShopOfToken(req.Context(), strings.TrimSpace(token))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxBody))
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, fault.New(fault.TooLarge, "A request may have %d bytes at most.", tooLarge.Limit)
	}
	if err != nil {
		return nil, fault.From(fault.Invalid, err, "The request broke off before its end.")
	}
	return &call{Request: req, shop: shop, body: body}, nil
}

// decode reads the body strictly: one JSON object, no unknown fields. An empty body is an empty object.
func (c *call) decode(into any) error {
	if len(bytes.TrimSpace(c.body)) == 0 {
		return nil
	}
	if !utf8.Valid(c.body) {
		return fault.New(fault.Invalid, "The request is not valid UTF-8.")
	}
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return badJSON(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fault.New(fault.Invalid, "Send one JSON object and nothing after it.")
	}
	return nil
}

// badJSON says what is wrong with a body without repeating its values.
func badJSON(err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fault.Field(e.Field, "This must be a JSON %s.", jsonType(e.Type.Kind().String()))
	}
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fault.New(fault.Invalid, "The request is not valid JSON: see byte %d.", e.Offset)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		if plain, err := strconv.Unquote(name); err == nil && len(plain) <= 60 {
			return fault.Field(plain, "There is no such field here.")
		}
		return fault.New(fault.Invalid, "The request has a field that is not known here.")
	}
	return fault.New(fault.Invalid, "The request is not valid JSON.")
}

func jsonType(kind string) string {
	switch kind {
	case "bool":
		return "true or false"
	case "string":
		return "string"
	case "slice", "array":
		return "array"
	case "struct", "map":
		return "object"
	}
	return "whole number"
}

// once is what keeps a repeated request from acting twice, when its sender gave it a key. The key counts within
// the shop.
func (c *call) once() (bridge.Once, error) {
	key := c.Header.Get("Idempotency-Key")
	if key == "" {
		return bridge.Once{}, nil
	}
	if len(key) > 200 || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		return bridge.Once{}, fault.Field("Idempotency-Key", "An Idempotency-Key has up to 200 printable ASCII characters.")
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %s\n%s", c.Method, c.URL.Path, c.body)
	return bridge.Once{Key: key, Print: hex.EncodeToString(sum.Sum(nil))}, nil
}

// cause reads whose doing a change is: "customer", "merchant", or by default def.
func cause(by string, def trigger.Actor) (trigger.Cause, error) {
	switch trigger.Actor(by) {
	case "":
		return trigger.Cause{Actor: def}, nil
	case trigger.Customer, trigger.Merchant:
		return trigger.Cause{Actor: trigger.Actor(by)}, nil
	}
	return trigger.Cause{}, fault.Field("by", `Say by "customer" or "merchant".`)
}

// day reads a date; "" is none.
func day(field, s string) (subscription.Date, error) {
	if s == "" {
		return subscription.Date{}, nil
	}
	d, err := subscription.ParseDate(s)
	if err != nil {
		return d, fault.Field(field, "%s", fault.Message(err))
	}
	return d, nil
}

// limit reads the page size from the query; 0 when it is not given.
func (c *call) limit() (int, error) {
	s := c.URL.Query().Get("limit")
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 200 {
		return 0, fault.Field("limit", "A page has 1 to 200 entries.")
	}
	return n, nil
}

// page is one page of a list.
type page struct {
	Data any    `json:"data"`
	Next string `json:"next_cursor,omitempty"` // absent on the last page
}

func write(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Cache-Control", "no-store")
	if status == http.StatusNoContent {
		w.WriteHeader(status)
		return
	}
	body, err := json.Marshal(answer)
	if err != nil { // our own types only
		status, body = http.StatusInternalServerError, []byte(`{"error":{"kind":"internal","message":"Something went wrong on our side."}}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// problem is the body of every error.
type problem struct {
	Error struct {
		Kind      fault.Kind `json:"kind"`
		Message   string     `json:"message"`
		Field     string     `json:"field,omitempty"`
		Reference string     `json:"reference,omitempty"` // to find an internal error in the log
	} `json:"error"`
}

// statuses is the one place where kinds of errors become statuses of this API.
var statuses = map[fault.Kind]int{
	fault.Invalid: 400, fault.Unauthorized: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409,
	fault.TooLarge: 413, fault.RateLimited: 429, fault.Internal: 500, fault.Unavailable: 503,
}

func (a *api) fail(w http.ResponseWriter, req *http.Request, err error) {
	var p problem
	p.Error.Kind, p.Error.Message = fault.KindOf(err), fault.Message(err)
	if f, ok := errors.AsType[*fault.Error](err); ok {
		p.Error.Field = f.Field
	}
	switch p.Error.Kind {
	case fault.Internal:
		p.Error.Message, p.Error.Reference = "Something went wrong on our side.", ident.New("err", a.Now())
		a.Log.ErrorContext(req.Context(), "ledger: request failed", "reference", p.Error.Reference, "route", req.Pattern, "error", err.Error())
	case fault.Unauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="rejoinder"`)
	case fault.Unavailable:
		w.Header().Set("Retry-After", "60")
	}
	write(w, statuses[p.Error.Kind], p)
}

// unknownRoute answers what no route does: 405 with the methods that exist, or 404.
func (a *api) unknownRoute(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		var allowed []string
		for _, m := range []string{"GET", "POST", "PATCH", "DELETE"} {
			probe := req.Clone(req.Context())
			probe.Method = m
			if _, pattern := mux.Handler(probe); pattern != "/" && pattern != "" {
				allowed = append(allowed, m)
			}
		}
		var p problem
		p.Error.Kind = fault.NotFound
		if len(allowed) == 0 {
			p.Error.Message = "There is nothing at this address; see /api/v1/openapi.json."
			write(w, http.StatusNotFound, p)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		p.Error.Kind, p.Error.Message = fault.Invalid, "This address takes "+strings.Join(allowed, ", ")+"."
		write(w, http.StatusMethodNotAllowed, p)
	}
}
