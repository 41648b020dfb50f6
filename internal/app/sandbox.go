package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// The sandbox's own little API: what a developer's tests need beside Postscript's. It moves the clock and reads
// and types on sandbox phones. Requests carry the shop's private key as they do for Postscript's API. It exists
// in the demo and in `rejoinder postscript` only.
//
//	GET  /sandbox/clock            {"now": "2026-11-22T15:00:00Z"}
//	POST /sandbox/clock            {"advance": "72h"} or {"to": "2026-11-25T16:00:00Z"} or {"next": true}
//	GET  /sandbox/phones/{number}  {"texts": [{"from_phone": false, "body": "…", "at": "…"}]}
//	POST /sandbox/phones/{number}  {"text": "STOP"}
func (a *App) sandboxAPI() http.Handler {
	mux := http.NewServeMux()
	add := func(pattern string, h func(r *http.Request, shopID string) (any, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { a.answerSandbox(w, r, h) })
	}
	add("GET /sandbox/clock", func(*http.Request, string) (any, error) { return a.shownClock(), nil })
	add("POST /sandbox/clock", a.sandboxMove)
	add("GET /sandbox/phones/{number}", a.sandboxTexts)
	add("POST /sandbox/phones/{number}", a.sandboxSay)
	return mux
}

type shownClock struct {
	Now time.Time `json:"now"`
}

func (a *App) shownClock() shownClock { return shownClock{a.Now().UTC()} }

// answerSandbox checks the key, runs the handler and writes its answer as JSON.
func (a *App) answerSandbox(w http.ResponseWriter, r *http.Request, h func(r *http.Request, shopID string) (any, error)) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	var answer any
	c, err := a.Texting.Authenticate(r.Context(), r.Header.Get("Authorization"), "")
	if err == nil && c.ShopID == "" {
		err = fault.New(fault.Forbidden, "Use a shop's private key.")
	}
	if err == nil {
		answer, err = h(r, c.ShopID)
	}
	status := http.StatusOK
	if err != nil {
		status = sandboxStatus(err)
		if status == http.StatusInternalServerError {
			a.o.Log.ErrorContext(r.Context(), "sandbox request failed", "route", r.Pattern, "error", err)
		}
		answer = map[string]any{"error": map[string]string{"kind": string(fault.KindOf(err)), "message": fault.Message(err)}}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // whoever asked has left
}

// sandboxStatus is where a kind becomes a status of this surface.
func sandboxStatus(err error) int {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict:
		return http.StatusBadRequest
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Unauthorized:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.RateLimited:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Internal:
	}
	return http.StatusInternalServerError
}

func readSandbox(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return fault.From(fault.TooLarge, err, "The body is too large.")
		}
		return fault.From(fault.Invalid, err, "The body must be a JSON object of the fields this call knows.")
	}
	return nil
}

func (a *App) sandboxMove(r *http.Request, _ string) (any, error) {
	var in struct {
		Advance string    `json:"advance"`
		To      time.Time `json:"to"`
		Next    bool      `json:"next"`
	}
	if err := readSandbox(r, &in); err != nil {
		return nil, err
	}
	to := in.To
	switch {
	case in.Advance != "":
		d, err := time.ParseDuration(in.Advance)
		if err != nil || d <= 0 {
			return nil, fault.Field("advance", "Write how far as in 90s, 15m or 72h.")
		}
		to = a.Now().Add(d)
	case in.Next:
		next, err := a.NextMoment(r.Context())
		if err != nil {
			return nil, err
		}
		if next.IsZero() {
			return nil, fault.New(fault.Conflict, "Nothing is due, however far the clock goes.")
		}
		to = next.Add(time.Millisecond)
	case to.IsZero():
		return nil, fault.New(fault.Invalid, "Say how far: advance, to or next.")
	}
	ctx, cancel := context.WithTimeout(r.Context(), 80*time.Second)
	defer cancel()
	if err := a.Advance(ctx, to); err != nil {
		return nil, err
	}
	return a.shownClock(), nil
}

type shownText struct {
	FromPhone bool      `json:"from_phone"`
	Body      string    `json:"body"`
	At        time.Time `json:"at"`
}

func (a *App) sandboxTexts(r *http.Request, shopID string) (any, error) {
	number, err := subscription.ParsePhone(r.PathValue("number"), "US")
	if err != nil {
		return nil, err
	}
	thread, err := (handset{a}).Thread(r.Context(), shopID, string(number), 200)
	texts := make([]shownText, 0, len(thread))
	for _, t := range thread {
		texts = append(texts, shownText{t.FromPhone, t.Body, t.At})
	}
	return map[string]any{"texts": texts}, err
}

func (a *App) sandboxSay(r *http.Request, shopID string) (any, error) {
	var in struct {
		Text string `json:"text"`
	}
	number, err := subscription.ParsePhone(r.PathValue("number"), "US")
	if err == nil {
		err = readSandbox(r, &in)
	}
	if err == nil && in.Text == "" {
		err = fault.Field("text", "Say what is typed.")
	}
	if err == nil {
		err = (handset{a}).Say(r.Context(), shopID, string(number), in.Text)
	}
	return a.shownClock(), err
}

// DeveloperKey makes sure there is a shop to develop against, and returns its key pair: the same at each start, so
// that what was configured with it goes on working.
func (a *App) DeveloperKey(ctx context.Context) (public, private string, err error) {
	defer fault.Wrap(&err, "app: developer's key")
	const label = "rejoinder postscript"
	if err := a.ensureDeveloperShop(ctx); err != nil {
		return "", "", err
	}
	pairs, err := a.Texting.KeyPairs(ctx, developerShop)
	if err != nil {
		return "", "", err
	}
	for _, k := range pairs {
		if k.Label == label && k.RevokedAt.IsZero() {
			private, err = a.Texting.ShowKey(ctx, developerShop, k.ID)
			return k.PublicKey, private, err
		}
	}
	pair, private, err := a.Texting.CreateKeyPair(ctx, developerShop, label)
	return pair.PublicKey, private, err
}

// developerShop is the shop of `rejoinder postscript`.
const developerShop = "shop_developer"

func (a *App) ensureDeveloperShop(ctx context.Context) error {
	_, err := a.Bridge.Shop(ctx, developerShop)
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	return a.Bridge.SaveShop(ctx, bridge.Shop{
		ID: developerShop, Name: "Sandbox Shop", Link: "https://shop.example", Zone: "America/New_York",
	})
}
