package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/fault"
	"rejoinder/internal/outside"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
)

// Verdict is how one point of a check-up stands.
type Verdict string

// The verdicts.
const (
	Good    Verdict = "ok"
	Caution Verdict = "note" // works, or cannot be told from here
	Wrong   Verdict = "wrong"
)

// Point is one point of a check-up: what was found, and what to do unless it is Good.
type Point struct {
	Name    string
	Verdict Verdict
	Found   string
	Do      string
}

// Checkup looks at everything a start needs, without changing anything: it makes no file, no table, no key.
func Checkup(ctx context.Context, s config.Settings) []Point {
	var points []Point
	s, err := s.Resolve()
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			points = append(points, Point{"settings", Wrong, line, "Change that setting: rejoinder --help lists them."})
		}
		return points
	}
	points = append(points, Point{"settings", Good, "can be used", ""})
	box, key := checkKeyOf(s)
	points = append(points, key)
	points = append(points, checkDatabase(ctx, s, box)...)
	points = append(points, checkPostscript(ctx, s), checkPublicURL(ctx, s))
	if strings.HasPrefix(s.PublicURL, "https://") && s.Proxies == 0 {
		points = append(points, Point{
			"proxies", Caution, "a proxy must stand in front of this server for https, and its X-Forwarded-For is not believed",
			"Say how many proxies there are with --proxies: otherwise whoever guesses passwords slows down everybody's sign-in.",
		})
	}
	return points
}

// checkKeyOf finds the key without making one.
func checkKeyOf(s config.Settings) (*seal.Box, Point) {
	const name = "key"
	if !s.HasKey() {
		return nil, Point{name, Caution, "there is none yet", "The first start makes " + s.KeySource() + ". Back it up apart from the database: without it stored keys cannot be read."}
	}
	text, err := s.MasterKey(seal.NewKey)
	if err != nil {
		return nil, Point{name, Wrong, fault.Message(err), "Give the right file with --key-file, or the key in REJOINDER_KEY."}
	}
	box, err := seal.Open(text)
	if err != nil {
		return nil, Point{
			name, Wrong, "what is in " + s.KeySource() + " is no key that Rejoinder made",
			"Put back the key this database was made with. For a new database, make one: rejoinder key",
		}
	}
	return box, Point{name, Good, s.KeySource() + " can be read", ""}
}

func checkDatabase(ctx context.Context, s config.Settings, box *seal.Box) []Point {
	const name = "database"
	if !s.Postgres() {
		if _, err := os.Stat(s.SQLitePath()); errors.Is(err, os.ErrNotExist) {
			return []Point{{name, Caution, "no SQLite file at " + s.SQLitePath() + " yet", "The first start makes it."}}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	db, err := store.Open(ctx, store.Options{URL: s.DatabaseURL, Path: s.SQLitePath()})
	if err == nil {
		err = db.Ping(ctx)
	}
	if err != nil {
		return []Point{{name, Wrong, fault.Message(err), "Check that the server runs, and the address, user and password of --database-url."}}
	}
	defer func() { _ = db.Close() }()
	where := "SQLite, " + s.SQLitePath()
	if s.Postgres() {
		where = "PostgreSQL answers"
	}
	points := []Point{{name, Good, where, ""}}
	have, want, err := db.Version(ctx)
	switch {
	case err != nil:
		return append(points, Point{"schema", Wrong, fault.Message(err), "Is this Rejoinder's database?"})
	case have > want:
		return append(points, Point{"schema", Wrong, fmt.Sprintf("version %d, newer than this program's %d", have, want), "Run the newer program."})
	case have < want:
		return append(points, Point{"schema", Caution, fmt.Sprintf("version %d, this program needs %d", have, want), "The next start brings it up to date, or run: rejoinder migrate"})
	}
	points = append(points, Point{"schema", Good, fmt.Sprintf("version %d", have), ""})
	return append(points, checkShops(ctx, db, box)...)
}

// checkShops tells how each shop is connected, and whether our key opens what is stored for it.
func checkShops(ctx context.Context, db *store.DB, box *seal.Box) []Point {
	var points []Point
	err := db.Read(ctx, func(tx *store.Tx) error {
		points = nil
		shops, err := tx.Shops()
		if err != nil {
			return err
		}
		for _, sh := range shops {
			c, err := tx.Connection(sh.ID)
			if fault.Is(err, fault.NotFound) {
				points = append(points, Point{"shop " + sh.Name, Caution, "not connected to Postscript", "Sign in, open Integrations, paste the private key and press Confirm."})
				continue
			} else if err != nil {
				return err
			}
			points = append(points, checkConnection(sh, c, box))
		}
		return nil
	})
	if err != nil {
		return append(points, Point{"shops", Wrong, fault.Message(err), "Run: rejoinder migrate"})
	}
	return points
}

func checkConnection(sh bridge.Shop, c bridge.Connection, box *seal.Box) Point {
	name := "shop " + sh.Name
	if box == nil {
		return Point{name, Wrong, "its Postscript key is stored sealed, and there is no key to open it", "Put back the key this database was made with."}
	}
	if _, err := box.Open(c.Key, "connections/"+sh.ID+"/private_key"); err != nil {
		return Point{name, Wrong, "its Postscript key was sealed with another encryption key", "Use the key this database was made with, or paste the private key again under Integrations."}
	}
	if c.State != bridge.Connected {
		return Point{name, Caution, c.Problem, "Open Integrations and press Confirm again."}
	}
	return Point{name, Good, "connected to Postscript as " + c.PSShopName, ""}
}

// checkPostscript asks the real Postscript who we are, without a key: the answer must be "unauthorized". Its
// Date header also tells how our clock stands.
func checkPostscript(ctx context.Context, s config.Settings) Point {
	name := "postscript"
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.PostscriptURL+"/api/v2/me", nil)
	if err != nil {
		return Point{name, Wrong, "the address cannot be used", "Check --postscript-url."}
	}
	resp, err := (&http.Client{Transport: outside.Transport(true)}).Do(req)
	if err != nil {
		return Point{name, Caution, s.PostscriptURL + " cannot be reached from here", "Only shops that connect to the real Postscript need it: check the network, a firewall, or --postscript-url."}
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized && resp.StatusCode != http.StatusForbidden {
		return Point{name, Caution, fmt.Sprintf("%s answers %d to a call without a key, where 401 is expected", s.PostscriptURL, resp.StatusCode), "Check --postscript-url."}
	}
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		if off := time.Since(at).Round(time.Second); off.Abs() > 5*time.Second {
			return Point{"clock", Wrong, fmt.Sprintf("this machine's clock is off by about %s", off.Abs()), "Set the clock (NTP): notices and cut-offs go by it."}
		}
	}
	return Point{name, Good, s.PostscriptURL + " answers", ""}
}

func checkPublicURL(ctx context.Context, s config.Settings) Point {
	name := "public url"
	if s.PublicURL == "" {
		return Point{name, Caution, "not set", "Needed in production: account links and the real Postscript's webhooks lead there. Set --public-url."}
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.PublicURL+"/healthz", nil)
	if err != nil {
		return Point{name, Wrong, "the address cannot be used", "Check --public-url."}
	}
	resp, err := (&http.Client{Transport: outside.Transport(true)}).Do(req)
	if err != nil {
		return Point{name, Caution, s.PublicURL + " cannot be reached from here", "Is the server running, and does the proxy in front pass requests on?"}
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Point{name, Wrong, fmt.Sprintf("%s/healthz answers %d", s.PublicURL, resp.StatusCode), "The proxy must pass all paths on to this program."}
	}
	return Point{name, Good, s.PublicURL + " answers", ""}
}
