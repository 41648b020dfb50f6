package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"rejoinder/internal/fault"
)

const (
	sessionIdle  = 30 * 24 * time.Hour // a session unused for this long ends
	sessionRenew = 24 * time.Hour      // how far the deadline may lag before it is written again
	themeAge     = 365 * 24 * time.Hour

	keyUser      = "user"
	keyFlashKind = "flash.kind"
	keyFlashText = "flash.text"
)

// newSessions sets the cookie's flags. scs's own IdleTimeout would write every session on every request, also
// on each poll of a live page; the deadline is moved by withSession instead, at most once a day.
func (k *Kit) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = k.opts.Sessions
	m.Lifetime = sessionIdle
	m.HashTokenInStore = true // a stolen database signs nobody in
	m.Cookie.Name = "rejoinder"
	if k.secure {
		m.Cookie.Name = "__Host-rejoinder" // refused by browsers unless Secure, Path=/ and set by this host alone
	}
	m.Cookie.Secure = k.secure
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		k.fail(w, r, fault.From(fault.Unavailable, err, "Your session cannot be read right now. Please try again in a moment."))
	}
	return m
}

type sessionKey struct{}

func (k *Kit) withSession(next http.Handler) http.Handler {
	return k.Sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), sessionKey{}, true)
		deadline := k.opts.Now().Add(sessionIdle)
		if k.Sessions.Token(ctx) != "" && k.Sessions.Deadline(ctx).Before(deadline.Add(-sessionRenew)) {
			k.Sessions.SetDeadline(ctx, deadline)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	}))
}

// hasSession reports whether r came through Serve; scs panics on requests that did not.
func hasSession(r *http.Request) bool { return r.Context().Value(sessionKey{}) != nil }

// SignIn binds the session to a user under a new token, so that a token planted before sign-in is worth nothing.
func (k *Kit) SignIn(r *http.Request, userID string) (err error) {
	defer fault.Wrap(&err, "web: sign in %s", userID)
	if err := k.Sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	k.Sessions.Put(r.Context(), keyUser, userID)
	return nil
}

// SignOut ends the session.
func (k *Kit) SignOut(r *http.Request) (err error) {
	defer fault.Wrap(&err, "web: sign out")
	return k.Sessions.Destroy(r.Context())
}

// UserID returns the id given to SignIn, or "" when nobody is signed in.
func (k *Kit) UserID(r *http.Request) string {
	if !hasSession(r) {
		return ""
	}
	return k.Sessions.GetString(r.Context(), keyUser)
}

// Tone says how something stands; it decides colour and icon of flashes, pills and tiles.
type Tone string

// The tones.
const (
	OK    Tone = "ok"
	Warn  Tone = "warn"
	Bad   Tone = "bad"
	Info  Tone = "info"
	Quiet Tone = "quiet"
)

// Flash is a sentence shown once, at the top of the next page.
type Flash struct {
	Tone Tone
	Text string
}

// Flash keeps a sentence for the next page that is rendered in this session.
func (k *Kit) Flash(r *http.Request, tone Tone, text string) {
	if hasSession(r) {
		k.Sessions.Put(r.Context(), keyFlashKind, string(tone))
		k.Sessions.Put(r.Context(), keyFlashText, text)
	}
}

func (k *Kit) takeFlash(r *http.Request) *Flash {
	if !hasSession(r) || !k.Sessions.Exists(r.Context(), keyFlashText) {
		return nil
	}
	return &Flash{
		Tone: Tone(k.Sessions.PopString(r.Context(), keyFlashKind)),
		Text: k.Sessions.PopString(r.Context(), keyFlashText),
	}
}

// themeOf returns "light", "dark", or "auto" for what the system prefers.
func themeOf(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return "auto"
}

// setTheme keeps the choice in a cookie rather than the session, so that it also holds before sign-in, and
// returns to the page that asked.
func (k *Kit) setTheme(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4096)
	c := &http.Cookie{
		Name: "theme", Path: "/", HttpOnly: true, Secure: k.secure,
		SameSite: http.SameSiteLaxMode, MaxAge: int(themeAge.Seconds()),
	}
	switch v := r.PostFormValue("theme"); v {
	case "light", "dark":
		c.Value = v
	default:
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
	_ = SeeOther(w, r, localPath(r.Referer()))
}

// localPath keeps the path and query of an address and drops where it points to, so that a redirect never
// leaves this site.
func localPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return "/"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}
