package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// write answers with JSON, indented for people who call with curl. reason, if any, goes into a header.
func (s *Server) write(w http.ResponseWriter, r *http.Request, status int, v any, reason string) {
	body, err := encode(v, strings.HasPrefix(r.UserAgent(), "curl/"))
	if err != nil {
		s.o.Log.ErrorContext(r.Context(), "postscript server: encode an answer", "route", r.Pattern, "error", err)
		status, body = http.StatusInternalServerError, []byte("{}")
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set(headerVersion, s.o.Version)
	if reason != "" {
		h.Set(headerReason, headerSafe(reason))
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may have left
}

func encode(v any, pretty bool) ([]byte, error) {
	if raw, ok := v.(json.RawMessage); ok && !pretty {
		return raw, nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if pretty {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	if !pretty {
		return bytes.TrimRight(b.Bytes(), "\n"), nil
	}
	return b.Bytes(), nil
}

func headerSafe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
}

// errKeyword marks the one 404 that has a code of its own.
var errKeyword = fault.New(fault.NotFound, postscript.WordsKeywordNotFound)

// fail answers an error. It is the one place where a kind becomes a status of this API, and a call's shape
// becomes a body.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, shape postscript.Shape, err error) {
	words := fault.Message(err)
	v1 := strings.HasPrefix(r.URL.Path, postscript.PathV1+"/")
	switch kind := fault.KindOf(err); kind {
	case fault.Unauthorized:
		h := w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set(headerVersion, s.o.Version)
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(words))
	case fault.RateLimited:
		s.write(w, r, http.StatusTooManyRequests, postscript.CodeBody{ErrorCode: postscript.CodeRateLimited, ErrorMessage: postscript.WordsRateLimited}, words)
	case fault.Forbidden:
		s.write(w, r, http.StatusForbidden, denied(shape), words)
	case fault.NotFound:
		switch {
		case errors.Is(err, errKeyword):
			s.write(w, r, http.StatusNotFound, postscript.CodeBody{ErrorCode: postscript.CodeKeywordNotFound, ErrorMessage: postscript.WordsKeywordNotFound}, words)
		case v1:
			s.write(w, r, http.StatusNotFound, s.refused(shape, err), words)
		case shape == postscript.ShapeLoc: // compliance: only 403 is declared there
			s.write(w, r, http.StatusForbidden, denied(shape), words)
		default: // no other 404 is declared in v2
			s.write(w, r, http.StatusBadRequest, s.refused(shape, err), words)
		}
	case fault.Invalid, fault.Conflict:
		status := http.StatusBadRequest
		if shape == postscript.ShapeLoc {
			status = http.StatusForbidden
		}
		s.write(w, r, status, s.refused(shape, err), words)
	case fault.TooLarge:
		s.write(w, r, http.StatusRequestEntityTooLarge, postscript.EmptyBody{}, words)
	case fault.Unavailable:
		s.write(w, r, http.StatusServiceUnavailable, postscript.EmptyBody{}, words)
	default:
		if !errors.Is(err, errOrdered) {
			s.o.Log.ErrorContext(r.Context(), "postscript server: call failed", "route", r.Pattern, "error", err)
		}
		s.write(w, r, http.StatusInternalServerError, postscript.EmptyBody{}, "Something went wrong on our side.")
	}
}

// denied is the body of a 403.
func denied(shape postscript.Shape) any {
	if shape == postscript.ShapeError {
		return postscript.ErrorBody{Error: postscript.WordsNoPermission}
	}
	return postscript.LocBody{Errors: []postscript.LocError{{Loc: []string{}, Msg: postscript.WordsAccessDenied, Type: postscript.TypeAccessDenied}}}
}

// refused is the body of a 400, and of a 404 in v1.
func (s *Server) refused(shape postscript.Shape, err error) any {
	words, where := fault.Message(err), []string{}
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Field != "" {
		where = []string{f.Field}
	}
	switch {
	case shape == postscript.ShapeLog:
		return postscript.LogBody{Errors: []postscript.LogError{{Ctx: map[string]any{}, Log: where, Msg: words, Type: "value_error"}}}
	case shape == postscript.ShapeLoc, s.o.ExplainErrors:
		return postscript.LocBody{Errors: []postscript.LocError{{Loc: where, Msg: words, Type: "value_error"}}}
	}
	return postscript.EmptyBody{}
}

func asTooLarge(err error) (*http.MaxBytesError, bool) {
	return errors.AsType[*http.MaxBytesError](err)
}

// unmarshal reads one JSON object, with numbers kept as they are written.
func unmarshal(raw []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(v); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	if dec.More() {
		return errors.New("read JSON: more than one value")
	}
	return nil
}
