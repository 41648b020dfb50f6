package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/fault"
	"rejoinder/internal/outside"
	"rejoinder/internal/people"
	"rejoinder/internal/reply"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
	"rejoinder/internal/work"
)

// Options say what to run.
type Options struct {
	Settings config.Settings // resolved
	Version  string
	Log      *slog.Logger
	// Movable gives the program a clock that can be set forward, kept in the database: for the demo and for
	// `rejoinder postscript`. It needs SQLite, because only the loop can run through every due moment in order.
	Movable bool
	// Local lets webhooks go to plain http and to addresses of this machine and its network.
	Local bool
	// NoNewKey makes no key file where none is: for a look that must leave nothing behind and opens no secret.
	NoNewKey bool
	// PostscriptOnly leaves the bridge out: for developers of other Postscript integrations.
	PostscriptOnly bool
}

// App is the program, joined together. Open makes one; Run serves until its context ends; Close ends it.
type App struct {
	// Bridge and Texting are the use cases, for the command line and the demo's sample shop.
	Bridge  *bridge.Bridge
	Texting *texting.Texting

	o        Options
	db       *store.DB
	box      *seal.Box
	clock    work.Clock
	movable  *work.Movable // nil unless Options.Movable
	loop     *work.Loop
	inside   *inside
	people   *people.People
	sessions *store.Sessions // nil when only the Postscript half runs
	metrics  *metrics
	handler  http.Handler
	mover    mover
}

// Open opens the database, brings its schema up to date, and joins all parts. Nothing works or listens yet. The
// caller closes what Open returns.
func Open(ctx context.Context, o Options) (_ *App, err error) {
	defer fault.Wrap(&err, "app: open")
	if o.Movable && o.Settings.Postgres() {
		return nil, fault.Field("database-url", "A clock that can be moved works on SQLite only: leave the database URL out.")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &App{o: o}
	if err := a.openAll(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) openAll(ctx context.Context) error {
	key, err := a.key()
	if err != nil {
		return err
	}
	if a.box, err = seal.Open(key); err != nil {
		return fault.From(fault.Invalid, err, "What is in %s is no encryption key that Rejoinder made. Use the key this database was made with; for a new database, make one with: rejoinder key", a.o.Settings.KeySource())
	}
	a.clock = work.Real()
	if a.o.Movable {
		a.movable = work.NewMovable(time.Now())
		a.clock = a.movable
	}
	if err := a.openStore(ctx); err != nil {
		return err
	}
	a.metrics = newMetrics(a.o.Version, a.db, a.clock.Now, a.o.Log)
	a.inside = &inside{outside: outside.Transport(a.o.Local)}
	waker := &lateWaker{}
	if err := a.join(waker); err != nil {
		return err
	}
	if err := a.newPeople(); err != nil {
		return err
	}
	if a.loop, err = work.NewLoop(a.workOptions()); err != nil {
		return err
	}
	waker.loop = a.loop
	a.mover.app = a
	a.handler, err = a.routes()
	return err
}

// key is the encryption key.
func (a *App) key() (string, error) {
	if a.o.NoNewKey && !a.o.Settings.HasKey() {
		return seal.NewKey()
	}
	return a.o.Settings.MasterKey(seal.NewKey)
}

// NewKey makes an encryption key, as the first start does.
func NewKey() (string, error) { return seal.NewKey() }

func (a *App) openStore(ctx context.Context) (err error) {
	s := a.o.Settings
	if a.db, err = store.Open(ctx, store.Options{URL: s.DatabaseURL, Path: s.SQLitePath(), Now: a.clock.Now}); err != nil {
		return err
	}
	if err = a.db.Migrate(ctx); err != nil || a.movable == nil {
		return err
	}
	var ahead time.Duration
	if err = a.db.Read(ctx, func(tx *store.Tx) (err error) { ahead, err = tx.ClockOffset(); return err }); err != nil {
		return err
	}
	a.movable.Set(time.Now().Add(ahead))
	return nil
}

// Now is the moment the program's clock shows.
func (a *App) Now() time.Time { return a.clock.Now() }

// Close ends what Open opened, in reverse. It is safe on an App that failed to open.
func (a *App) Close() error {
	if a.db == nil {
		return nil
	}
	return a.db.Close()
}

// Run listens and works until ctx ends, then stops in reverse order of the start: it accepts no more, lets the
// requests under way finish, then the handlers of the work loop, each for up to the grace of the settings.
// What is cut off is in rows and goes on at the next start. Ready, if not nil, is told the address once the
// program serves.
func (a *App) Run(ctx context.Context, ready func(addr string)) (err error) {
	defer fault.Wrap(&err, "app: run")
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.o.Settings.Listen)
	if err != nil {
		return fault.From(fault.Unavailable, err, "The address %s cannot be used: another program may be listening there (choose another with --listen)", a.o.Settings.Listen)
	}
	go reply.Warm() // ends by itself; a text that comes meanwhile waits for it
	server := a.server()
	working, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	worked, served := make(chan error, 1), make(chan error, 1)
	go func() { worked <- a.loop.Run(working) }()
	tidied := make(chan struct{})
	go func() { defer close(tidied); a.upkeep(working) }()
	go func() { served <- server.Serve(listener) }()
	a.o.Log.InfoContext(ctx, "serving", "address", listener.Addr().String(), "version", a.o.Version, "database", a.database())
	if ready != nil {
		ready(listener.Addr().String())
	}
	var failed error
	workEnded := false
	select {
	case <-ctx.Done():
		a.o.Log.InfoContext(ctx, "stopping", "grace", a.o.Settings.ShutdownGrace.String())
	case err := <-served:
		failed = fmt.Errorf("the HTTP server ended: %w", err)
	case err := <-worked:
		workEnded = true
		failed = fmt.Errorf("the work loop ended: %w", orEnded(err))
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.o.Settings.ShutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		failed = errors.Join(failed, server.Close()) // somebody keeps a request open; it has had its time
	}
	stopWork()
	if !workEnded {
		failed = errors.Join(failed, <-worked)
	}
	<-tidied
	a.o.Log.InfoContext(ctx, "stopped")
	return failed
}

func orEnded(err error) error {
	if err == nil {
		return errors.New("without a reason")
	}
	return err
}

func (a *App) database() string {
	if a.o.Settings.Postgres() {
		return "postgresql"
	}
	return "sqlite"
}

// server has time-outs on everything a client could keep waiting. Answers may take longer than the pages' own
// limit, which comes first.
func (a *App) server() *http.Server {
	return &http.Server{
		Handler:           a.handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      90 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(a.o.Log.Handler(), slog.LevelDebug), // clients that break off, mostly
	}
}
