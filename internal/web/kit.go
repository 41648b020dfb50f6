package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"
)

// Options is what a Kit is made from. The zero value works for tests and for a single process on plain http.
type Options struct {
	// BaseURL is the address people reach the product at, such as "https://texts.example.com". When it begins
	// with https the cookies are Secure and browsers are told to stay on https.
	BaseURL string
	// Sessions keeps sessions; it may also be an scs.CtxStore, which is then used with the request's context.
	// Nil keeps them in memory, where they end with the process.
	Sessions scs.Store
	// Log receives one line per failed request, and one per request at debug level. Nil discards.
	Log *slog.Logger
	// Now is the clock for session renewal: the wall clock, never the demo's, because browsers and scs go by
	// the wall clock too. Nil means time.Now.
	Now func() time.Time
	// Proxies is how many trusted reverse proxies stand in front, each appending to X-Forwarded-For.
	// 0 means that the peer is the client.
	Proxies int
	// MaxBody is the largest request body in bytes that Handle admits; 0 means 1 MiB.
	MaxBody int64
	// Timeout bounds every handler behind Handle; 0 means 30 seconds.
	Timeout time.Duration
}

// Kit is the page kit, made once per process by New and safe for use by many requests.
type Kit struct {
	// Sessions is the session manager, for values other than those Flash and SignIn keep.
	Sessions *scs.SessionManager

	opts   Options
	secure bool
	assets *assets
	own    *Set
	errors *errorPages
	cross  *http.CrossOriginProtection
}

// New builds a kit. An error means that the embedded templates or assets are broken.
func New(o Options) (*Kit, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxBody == 0 {
		o.MaxBody = 1 << 20
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Sessions == nil {
		o.Sessions = memstore.NewWithCleanupInterval(0)
	}
	k := &Kit{opts: o, secure: strings.HasPrefix(o.BaseURL, "https://")}
	k.Sessions = k.newSessions()
	var err error
	if k.assets, err = loadAssets(assetFiles); err != nil {
		return nil, fmt.Errorf("web: assets: %w", err)
	}
	if k.own, err = k.Templates(templateFiles, "templates"); err != nil {
		return nil, err
	}
	if k.errors, err = k.renderErrorPages(); err != nil {
		return nil, fmt.Errorf("web: error pages: %w", err)
	}
	k.cross = http.NewCrossOriginProtection()
	k.cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k.fail(w, r, errCrossOrigin)
	}))
	return k, nil
}

// Serve wraps the routes of all page surfaces with what must hold for each of them. Programs' interfaces
// (the Postscript-compatible API, webhooks, the ledger's API) are mounted beside it, not inside: they have no
// cookies, and their own error shapes.
func (k *Kit) Serve(routes *http.ServeMux) http.Handler {
	pages := k.cross.Handler(k.withSession(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k.route(routes, w, r)
	})))
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", k.assets)                                     // every page
	mux.Handle("GET /favicon.ico", http.HandlerFunc(k.favicon))              // browsers, unasked
	mux.Handle("POST /theme", k.cross.Handler(http.HandlerFunc(k.setTheme))) // the switch in the layout
	mux.Handle("GET /robots.txt", http.HandlerFunc(robots))                  // search engines
	mux.Handle("/", pages)                                                   // everything else
	return k.outermost(mux)
}

// outermost gives the request its reference, the response its headers, and turns a panic into an error page.
func (k *Kit) outermost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), referenceKey{}, rand.Text()[:10]))
		k.setHeaders(w.Header())
		tw := &trackingWriter{ResponseWriter: w}
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler { //nolint:errorlint // the documented sentinel of net/http
					panic(v)
				}
				k.fail(tw, r, &panicError{value: v, stack: stack()})
			}
		}()
		next.ServeHTTP(tw, r)
	})
}

// route hands the request to routes, and answers with our own pages where the mux would answer in plain text.
func (k *Kit) route(routes *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	h, pattern := routes.Handler(r)
	if pattern != "" {
		routes.ServeHTTP(w, r)
		return
	}
	probe := &probeWriter{header: http.Header{}}
	h.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", probe.header.Get("Allow"))
		k.fail(w, r, errMethod)
		return
	}
	k.fail(w, r, errNoPage)
}

// setHeaders sets what every response carries. Scripts, styles and forms come from and go to ourselves only;
// nothing may frame us; pages hold customers' data and keys, so nothing is kept in any cache.
func (k *Kit) setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
		"font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
	h.Set("Cache-Control", "no-store")
	if k.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

func robots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nDisallow: /\n"))
}

// sub returns the folder dir of fsys, or fsys itself when dir is "".
func sub(fsys fs.FS, dir string) (fs.FS, error) {
	if dir == "" {
		return fsys, nil
	}
	return fs.Sub(fsys, dir)
}
