package app

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/people"
	"rejoinder/internal/store"
	"rejoinder/internal/web"
	"rejoinder/internal/web/account"
	"rejoinder/internal/web/admin"
	"rejoinder/internal/web/phone"
)

// pages makes all page surfaces on one kit. Sessions and passwords go by the wall clock, shops by the program's:
// moving the demo's clock must not sign anybody out.
func (a *App) pages() (http.Handler, error) {
	a.sessions = store.NewSessions(a.db, time.Now)
	kit, err := web.New(web.Options{BaseURL: a.o.Settings.PublicURL, Sessions: a.sessions, Log: a.o.Log, Now: time.Now, Proxies: a.o.Settings.Proxies})
	if err != nil {
		return nil, err
	}
	merchant, err := admin.New(admin.Options{
		Kit: kit, People: a.people, Bridge: a.Bridge, Texting: a.Texting, Now: a.clock.Now,
		Throttle: web.NewThrottle(time.Now), BaseURL: a.BaseURL(), Demo: a.o.Movable, Phone: phone.Path,
	})
	if err != nil {
		return nil, err
	}
	handsets, err := phone.New(phone.Options{
		Kit: kit, Bridge: a.Bridge, Handset: handset{a}, Clock: a,
		Enter: func(r *http.Request, shopID string) (phone.Visit, error) {
			v, err := merchant.Visit(r, shopID)
			visit := phone.Visit{Shop: v.Shop, Page: v.Page}
			visit.Trace = func(ctx context.Context, c bridge.Customer, limit int) (web.Timeline, error) {
				return merchant.Trace(ctx, v, c, time.Time{}, limit)
			}
			if a.o.Movable {
				visit.Next = func(r *http.Request) (*web.Bar, error) { return merchant.NextStep(r, v) }
			}
			return visit, err
		},
		ToSignIn: merchant.ToSignIn,
		Why:      a.sampleWhy(),
		LastShop: func(r *http.Request) string { return kit.Sessions.GetString(r.Context(), "shop") },
		CustomerPath: func(shopID, id string) string {
			return "/s/" + url.PathEscape(shopID) + "/customers/" + url.PathEscape(id)
		},
	})
	if err != nil {
		return nil, err
	}
	shoppers, err := account.New(kit, a.Bridge)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	merchant.Routes(mux)
	handsets.Routes(mux)
	shoppers.Routes(mux)
	return kit.Serve(mux), nil
}

// BaseURL is where a person on this machine, or with a public URL anybody, opens the pages.
func (a *App) BaseURL() string {
	if a.o.Settings.PublicURL != "" {
		return a.o.Settings.PublicURL
	}
	host, port, err := net.SplitHostPort(a.o.Settings.Listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		host = "localhost" // it listens on every address of this machine; a browser needs one
	}
	return "http://" + net.JoinHostPort(host, port)
}

// SetupLink returns the one-time link at which the first owner is made, or "" once somebody is there. Each call
// makes a new one, and the one before stops working.
func (a *App) SetupLink(ctx context.Context) (string, error) {
	token, err := a.people.SetupLink(ctx)
	if err != nil || token == "" {
		return "", err
	}
	return a.BaseURL() + "/setup/" + token, nil
}

// SignInLink returns a one-time link that signs in as the owner of all shops, for the demo.
func (a *App) SignInLink(ctx context.Context, email string) (string, error) {
	token, err := a.people.EntryLink(ctx, email)
	if err != nil {
		return "", err
	}
	return a.BaseURL() + "/enter/" + token, nil
}

// newPeople makes the rules of entering.
func (a *App) newPeople() (err error) {
	a.people, err = people.New(people.Options{Store: a.db, Now: time.Now})
	return err
}
