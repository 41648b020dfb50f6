package cli

import (
	"errors"
	"log/slog"

	"rejoinder/internal/app"
	"rejoinder/internal/config"
)

type serveCmd struct{}

// Run serves until it is told to stop.
func (serveCmd) Run(r run) error {
	a, err := r.open()
	if err != nil {
		return err
	}
	return closed(a, a.Run(r.ctx, func(string) { r.sayFirst(a) }))
}

// open opens the program as the settings have it.
func (r run) open() (*app.App, error) {
	s, err := r.resolved()
	if err != nil {
		return nil, err
	}
	return app.Open(r.ctx, app.Options{Settings: s, Version: version, Log: r.log(s)})
}

// log is the program's logger, on the stream of complaints, so that results can be piped.
func (r run) log(s config.Settings) *slog.Logger { return app.NewLog(r.err, s, terminal(r.err)) }

// closed ends the app after its run, whose error comes first.
func closed(a *app.App, err error) error { return errors.Join(err, a.Close()) }

type migrateCmd struct{}

// Run migrates: opening does.
func (migrateCmd) Run(r run) error {
	a, err := r.open()
	if err != nil {
		return err
	}
	have, _, err := a.SchemaVersion(r.ctx)
	if err == nil {
		r.say("The database is at schema version %d.", have)
	}
	return closed(a, err)
}

type keyCmd struct{}

// Run prints a new key.
func (keyCmd) Run(r run) error {
	key, err := app.NewKey()
	if err == nil {
		r.say("%s", key)
	}
	return err
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(r run) error {
	r.say("rejoinder %s", version)
	return nil
}

// sayFirst prints the set-up link as long as nobody has an account.
func (r run) sayFirst(a *app.App) {
	link, err := a.SetupLink(r.ctx)
	if err != nil || link == "" {
		return // a server that cannot say so has said why in its log, or has owners already
	}
	r.say("")
	r.say("  Nobody has an account yet. Open this link to make the first one (it works once, for a day):")
	r.say("")
	r.say("      %s", r.bold(link))
	r.say("")
}
