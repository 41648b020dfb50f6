// Package hook takes in Postscript's webhooks over HTTP and hands them to whoever keeps them.
//
// It exists so that the one address strangers may post to does nothing but bound the body, pass it on and turn
// the outcome into a status: 200 only when what was posted is stored for good, because Postscript repeats
// everything else every five minutes for an hour. It must not look into the body, decide who may post, or log.
package hook

import (
	"context"
	"errors"
	"io"
	"net/http"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// Path is the pattern of the address; HeaderSecret the header of our own that every callback carries.
const (
	Path         = "/hooks/postscript/{shop}"
	HeaderSecret = "X-Rejoinder-Secret"
)

// MaxBody is the largest body taken in, in bytes. An incoming message is under two thousand.
const MaxBody = 1 << 20

// Receiver stores one webhook. Its errors become statuses: fault.Unauthorized 401, fault.Invalid 400,
// fault.TooLarge 413, anything else 503, which Postscript answers by sending it again.
type Receiver interface {
	Receive(ctx context.Context, shopID, signature, secret string, body []byte) error
}

// Handler serves Path. Postscript is its only caller.
func Handler(r Receiver) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+Path, func(w http.ResponseWriter, req *http.Request) {
		status := take(r, w, req)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, http.StatusText(status)+"\n") // nobody reads it
	})
	return mux
}

func take(r Receiver, w http.ResponseWriter, req *http.Request) int {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, MaxBody))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusBadRequest // it broke off
	}
	err = r.Receive(req.Context(), req.PathValue("shop"), req.Header.Get(postscript.HeaderSignature), req.Header.Get(HeaderSecret), body)
	switch fault.KindOf(err) {
	case "":
		return http.StatusOK
	case fault.Unauthorized:
		return http.StatusUnauthorized
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusServiceUnavailable
}
