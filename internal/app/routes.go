package app

import (
	"context"
	"net/http"
	"time"

	"rejoinder/internal/bridge/source/ledger"
	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/postscript/hook"
	"rejoinder/internal/postscript/server"
)

// How long a request may take. A database that neither answers nor ends the connection, as behind a network that
// drops packets, would otherwise hold it until its sender gives up; so the sender is told to try again. Pages have
// a limit of their own.
const (
	hookLimit   = 10 * time.Second
	ledgerLimit = 20 * time.Second
	apiLimit    = 40 * time.Second // an answer that is slow on request comes after 20 s
)

// within gives each request's context a time limit.
func within(limit time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// routes mounts all surfaces on one handler. Each counts its requests under its own name.
func (a *App) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mount := func(pattern, surface string, h http.Handler) { mux.Handle(pattern, a.metrics.counted(surface, h)) }
	mount("GET /healthz", "health", http.HandlerFunc(healthy))                      // whoever restarts a process that hangs
	mount("GET /readyz", "health", http.HandlerFunc(a.ready))                       // whoever sends traffic to a process
	mount("GET /metrics", "metrics", guarded(a.o.Settings.MetricsToken, a.metrics)) // Prometheus

	api := a.metrics.counted("postscript", within(apiLimit, server.New(server.Options{
		Texting: a.Texting, Now: a.clock.Now, Log: a.o.Log, Version: a.o.Version,
	})))
	mux.Handle(postscript.PathV1+"/", api) // the bridge and other clients of Postscript's API
	mux.Handle(postscript.PathV2+"/", api)
	a.inside.serve(hostPostscript, api)
	if a.o.Movable {
		mount("/sandbox/", "sandbox", a.sandboxAPI()) // tests of the developer's
	}
	if a.o.PostscriptOnly {
		return mux, nil
	}
	mount("/api/v1/", "ledger", within(ledgerLimit, ledger.Handler(ledger.Options{Book: a.Bridge, Now: a.clock.Now, Log: a.o.Log}))) // the merchant's back end
	hooks := a.metrics.counted("hooks", within(hookLimit, hook.Handler(a.Bridge)))
	mux.Handle(hooksPath, hooks) // Postscript
	a.inside.serve(hostBridge, hooks)
	pages, err := a.pages()
	if err != nil {
		return nil, err
	}
	mount("/", "pages", pages) // people
	return mux, nil
}

// healthy says that the process runs. It asks nothing of the database: a restart would not bring that back.
func healthy(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") }

// ready says whether requests can be answered.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := a.db.Ping(ctx); err != nil {
		a.o.Log.WarnContext(ctx, "not ready", "error", err)
		plain(w, http.StatusServiceUnavailable, fault.Message(err))
		return
	}
	plain(w, http.StatusOK, "ready")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}
