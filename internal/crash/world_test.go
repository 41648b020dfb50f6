package crash

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/postscript"
	"rejoinder/internal/postscript/hook"
	"rejoinder/internal/seal"
	"rejoinder/internal/texting"
	"rejoinder/internal/waking"
	"rejoinder/internal/web/admin"
)

// zone is where the shops of the campaign are.
const zone = "America/New_York"

// shop is one shop of the campaign.
type shop struct {
	id        string
	number    int
	builtin   bool
	flows     bool
	psKey     string // its private key at Postscript, by which the recorder knows it
	token     string // of the ledger's API
	signature string // what Postscript signs webhooks with
	secret    string // our own header
	phones    int    // subscribers of the built-in half that exist
}

// world is a database with shops in it, a Postscript, and how to start programs on them.
type world struct {
	t     *testing.T
	rec   *recorder
	env   []string
	url   string // of PostgreSQL; "" on SQLite
	file  string // the SQLite file
	shops []*shop
	today time.Time // noon of the day on which the campaign began, in the shops' zone
}

// allDay lets texts go out at any hour: when people are awake is not what is tried here.
func allDay() *waking.Hours {
	h := waking.Hours{}
	for i := range h.Days {
		h.Days[i] = waking.Window{Open: 0, Close: 24 * 60}
	}
	return &h
}

// newWorld makes three shops: two at the recording Postscript, one for each of its engines, and one at the built-in half
// with phones in the sandbox. Everything else is made over HTTP while the programs run.
func newWorld(t *testing.T, url string, seed uint64, people int) *world {
	t.Helper()
	rec := newRecorder(seed)
	t.Cleanup(func() { rec.server.CloseClientConnections(); rec.server.Close() })
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s := config.Default()
	s.DatabaseURL, s.DataDir, s.Key, s.PostscriptURL, s.PublicURL = url, t.TempDir(), key, rec.server.URL, "https://texts.example.com"
	w := &world{t: t, rec: rec, url: url, file: s.SQLitePath()}
	w.env = []string{
		"REJOINDER_DATABASE_URL=" + url, "REJOINDER_DATA_DIR=" + s.DataDir, "REJOINDER_KEY=" + key,
		"REJOINDER_POSTSCRIPT_URL=" + rec.server.URL, "REJOINDER_PUBLIC_URL=" + s.PublicURL,
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().In(loc)
	w.today = time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, loc)
	// Nothing works in this process: it sets up and is closed before the program starts.
	a, err := app.Open(t.Context(), app.Options{Settings: s, Version: "crash", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		sh := &shop{id: fmt.Sprint("shop_crash", i), number: i, flows: i == 1, builtin: i == 2}
		if err := w.makeShop(t.Context(), a, box, sh, people); err != nil {
			t.Fatal(err)
		}
		w.shops = append(w.shops, sh)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) makeShop(ctx context.Context, a *app.App, box *seal.Box, sh *shop, people int) (err error) {
	s := bridge.Shop{
		ID: sh.id, Name: "Kettle", Link: "https://kettle.example", Zone: zone,
		Settings: bridge.Settings{LeadDays: 14, Flows: sh.flows, Waking: allDay()},
	}
	if err := a.Bridge.SaveShop(ctx, s); err != nil {
		return err
	}
	if _, sh.token, err = a.Bridge.CreateAPIToken(ctx, sh.id, "Crash"); err != nil {
		return err
	}
	sh.psKey = fmt.Sprintf("sk_%032d", sh.number+1)
	if sh.builtin {
		if _, sh.psKey, err = a.Texting.CreateKeyPair(ctx, sh.id, "Crash"); err != nil {
			return err
		}
	}
	c, err := a.Bridge.Confirm(ctx, sh.id, sh.psKey)
	if err != nil {
		return err
	}
	if c.State != bridge.Connected {
		return fmt.Errorf("%s is %s: %s", sh.id, c.State, c.Problem)
	}
	if sh.signature, err = box.Open(c.SigningToken, "connections/"+sh.id+"/signing_token"); err != nil {
		return err
	}
	if sh.secret, err = box.Open(c.HookSecret, "connections/"+sh.id+"/hook_secret"); err != nil {
		return err
	}
	if !sh.builtin {
		return nil
	}
	if err := a.Texting.SaveSettings(ctx, sh.id, texting.Settings{Hours: allDay()}); err != nil {
		return err
	}
	if _, err := admin.SampleAutomations(ctx, a.Texting, s, true); err != nil {
		return err
	}
	sh.phones = people
	return subscribe(ctx, a, sh)
}

// subscribe imports the subscribers of the built-in half with proof of their consent.
func subscribe(ctx context.Context, a *app.App, sh *shop) error {
	var file bytes.Buffer
	out := csv.NewWriter(&file)
	required, _ := texting.ImportColumns()
	values := map[string]string{
		"consented_at": time.Now().AddDate(0, -1, 0).UTC().Format(time.RFC3339), "consent_source": "checkout",
		"consent_words": "Text me about my subscription orders.",
	}
	_ = out.Write(required) // into memory
	for i := range sh.phones {
		values["phone"] = sh.phone(i)
		row := make([]string, len(required))
		for n, name := range required {
			row[n] = values[name]
		}
		_ = out.Write(row)
	}
	out.Flush()
	report, err := a.Texting.ImportSubscribers(ctx, sh.id, &file, texting.ImportOptions{})
	if err != nil {
		return err
	}
	for _, f := range report.Faults {
		return fmt.Errorf("line %d, %s: %s", f.Line, f.Column, f.Reason)
	}
	return nil
}

// phone is the number of a shop's n-th person.
func (s *shop) phone(n int) string { return fmt.Sprintf("+1212%d%06d", 6+s.number, 100_000+n) }

// day is the date so many days after the campaign's first.
func (w *world) day(n int) string { return w.today.AddDate(0, 0, n).Format(time.DateOnly) }

// signed is Postscript's webhook for an inbound text: its body and the headers that prove it.
func (s *shop) signed(text said, phone string) (body []byte, header map[string]string) {
	at := postscript.NewTime(time.Now())
	body, err := json.Marshal(map[string]any{
		"webhook_id": "89066f0a-eb36-4ed8-b98c-606e6dcac715", "resource_type": "shop", "resource_id": s.id,
		"event_time": at, "event": postscript.EventIncomingMessage,
		"event_data": map[string]any{
			"id": text.messageID, "subscriber_id": phone[1:], "shop_id": s.id, "is_opt_out": false,
			"from_number": phone, "created_at": at, "body": text.text,
		},
	})
	if err != nil {
		panic(err) // strings and a time
	}
	return body, map[string]string{postscript.HeaderSignature: s.signature, hook.HeaderSecret: s.secret}
}
