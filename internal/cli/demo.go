package cli

import (
	"context"
	"fmt"
	"path/filepath"

	"rejoinder/internal/app"
	"rejoinder/internal/config"
)

// sampleOwner signs in to the demo. The address belongs to nobody.
const sampleOwner = "owner@example.com"

type demoCmd struct{}

// Run starts the demo on a folder of its own inside the data folder, so that it never meets real data, and
// again on the same file when it is there already.
func (demoCmd) Run(r run) error {
	a, s, err := r.openMovable("demo", false)
	if err != nil {
		return err
	}
	if err := a.MakeDemo(r.ctx); err != nil {
		return closed(a, err)
	}
	link, err := a.SignInLink(r.ctx, sampleOwner)
	if err != nil {
		return closed(a, err)
	}
	return closed(a, a.Run(r.ctx, func(string) {
		r.say("")
		r.say("  Rejoinder's demo is running. Open this link to sign in (it works once):")
		r.say("")
		r.say("      %s", r.bold(link))
		r.say("")
		r.say("  The sample shop is in %s; it is kept when you stop.", s.SQLitePath())
		r.say("  Its clock stands at %s and can be moved. Nobody is texted. Stop with Ctrl-C.", a.Now().UTC().Format("Monday, January 2, 2006, 15:04 MST"))
		r.say("")
	}))
}

// openMovable opens the program with a clock that can be moved, in a folder of its own.
func (r run) openMovable(folder string, postscriptOnly bool) (*app.App, config.Settings, error) {
	s, err := r.resolved()
	if err != nil {
		return nil, s, err
	}
	s.DataDir = filepath.Join(s.DataDir, folder)
	a, err := app.Open(r.ctx, app.Options{
		Settings: s, Version: version, Log: r.log(s), Movable: true, Local: true, PostscriptOnly: postscriptOnly,
	})
	return a, s, err
}

func (r run) bold(text string) string {
	if !terminal(r.out) {
		return text
	}
	return fmt.Sprintf("\x1b[1m%s\x1b[0m", text)
}

type postscriptCmd struct{}

// Run serves the Postscript half alone.
func (postscriptCmd) Run(r run) error {
	a, _, err := r.openMovable("postscript", true)
	if err != nil {
		return err
	}
	public, private, err := a.DeveloperKey(context.WithoutCancel(r.ctx))
	if err != nil {
		return closed(a, err)
	}
	return closed(a, a.Run(r.ctx, func(string) {
		base := a.BaseURL()
		r.say("")
		r.say("  A Postscript-compatible API is running; nobody is texted.")
		r.say("")
		r.say("      base URL      %s", r.bold(base))
		r.say("      private key   %s", r.bold(private))
		r.say("      public key    %s", public)
		r.say("")
		r.say("  From a stranger to a text, with KEY=%s", private)
		r.say("")
		for _, s := range []struct{ what, path, body string }{
			{"Somebody texts START to the shop; the shop asks whether it may text", "/sandbox/phones/+12125550142", `{"text":"START"}`},
			{"and they agree", "/sandbox/phones/+12125550142", `{"text":"Y"}`},
			{"Your program sends a text (an event or a trigger needs an automation; this does not)", "/api/v2/message_requests", `{"phone":"+12125550142","country":"US","category":"promotional","body":"Hello from my program"}`},
			{"Waking hours may hold it back: let a day pass", "/sandbox/clock", `{"advance":"24h"}`},
			{"It is on the phone", "/sandbox/phones/+12125550142", ""},
		} {
			line := "curl -H \"Authorization: Bearer $KEY\" " + base + s.path
			if s.body != "" {
				line += " -d '" + s.body + "'"
			}
			r.say("      # %s", s.what)
			r.say("      %s", line)
		}
		r.say("")
		r.say("  Failures on request (429, time-outs, landlines …) and every difference: docs/postscript-divergences.md")
		r.say("")
	}))
}
