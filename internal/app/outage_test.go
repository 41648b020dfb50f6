package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/config"
	"rejoinder/internal/postscript"
	"rejoinder/internal/postscript/hook"
	"rejoinder/internal/store/storetest/cable"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/waking"
)

// TestOutage takes the database away from the running program, in each way in which that happens, while replies
// and calls come in. Whoever calls is told to try again, at once or after a bounded time; what was answered with
// success before is there afterwards; and the work goes on by itself, each reply acted on once.
func TestOutage(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes over a minute: what was being sent is taken up after its lease")
	}
	w := newOutage(t)
	for _, way := range []struct {
		name string
		away func()
	}{
		{"connections are cut", w.cable.Cut},
		{"nobody listens", w.cable.Unplug},
		{"nothing comes back", w.cable.Silence},
	} {
		w.t.Log(way.name)
		w.loseDatabase(way.away)
		w.away(way.name)
		w.comeBack(way.name)
	}

	wait(t, "all confirmations", func() bool { return w.confirmed(w.people) == len(w.people) })
	for _, p := range w.people {
		c, err := w.app.Bridge.Coming(t.Context(), SampleOtherShop, p.id)
		if err != nil {
			t.Fatal(err)
		}
		if want := p.order.AddDays(28); c.Order.Date != want {
			t.Errorf("%s: the next order is on %s, want %s", p.id, c.Order.Date, want)
		}
		if n := w.texts(p); n != 1 {
			t.Errorf("%s: there are %d texts on the phone, want one confirmation", p.id, n)
		}
	}
	for _, id := range w.made {
		if status, body := w.call(http.MethodGet, "/api/v1/customers/"+id, ""); status != http.StatusOK {
			t.Errorf("%s was made before the database went away; asking for it gives %d %s", id, status, body)
		}
	}
}

// outage is a program whose database can be taken away.
type outage struct {
	t      *testing.T
	cable  *cable.Cable
	app    *App
	token  string
	client *http.Client
	people []sampled
	next   int      // the first of people who has not answered
	made   []string // customers whose making was answered with success

	signature, secret string
}

func newOutage(t *testing.T) *outage {
	t.Helper()
	w := &outage{t: t, cable: cable.New(t, pg.URL(t)), client: &http.Client{Timeout: 40 * time.Second}}
	s := config.Default()
	s.DatabaseURL, s.DataDir, s.Listen, s.ShutdownGrace = w.cable.URL, t.TempDir(), freePort(t), 5*time.Second
	log := &logged{}
	a, err := Open(t.Context(), Options{Settings: s, Version: "test", Local: true, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		t.Fatal(err)
	}
	w.app = a
	if err := a.MakeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.people = manyCustomers(t, a, 24)
	if _, w.token, err = a.Bridge.CreateAPIToken(t.Context(), SampleOtherShop, "Test"); err != nil {
		t.Fatal(err)
	}
	w.wakeful()
	w.learnSecrets()
	ctx, stop := context.WithCancel(context.Background())
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- a.Run(ctx, func(string) { close(ready) }) }()
	t.Cleanup(func() {
		w.cable.Mend()
		w.client.CloseIdleConnections()
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if t.Failed() {
			for _, p := range w.people[:w.next] {
				t.Logf("%s: %d texts, trace:\n%s", p.id, w.texts(p), w.trace(p))
			}
			t.Log("the program's log:\n" + log.String())
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	<-ready
	return w
}

// wakeful lets automated texts go out at any hour. The replies come from a Postscript that is played here, so the
// texting half cannot know that somebody waits for an answer.
func (w *outage) wakeful() {
	w.t.Helper()
	shop, err := w.app.Texting.Shop(w.t.Context(), SampleOtherShop)
	if err != nil {
		w.t.Fatal(err)
	}
	hours := waking.Hours{}
	for i := range hours.Days {
		hours.Days[i] = waking.Window{Open: 0, Close: 24 * 60}
	}
	shop.Settings.Hours = &hours
	if err := w.app.Texting.SaveSettings(w.t.Context(), SampleOtherShop, shop.Settings); err != nil {
		w.t.Fatal(err)
	}
}

// learnSecrets learns what Postscript would sign its webhooks with.
func (w *outage) learnSecrets() {
	w.t.Helper()
	c, err := w.app.Bridge.Connection(w.t.Context(), SampleOtherShop)
	if err != nil {
		w.t.Fatal(err)
	}
	if w.signature, err = w.app.box.Open(c.SigningToken, "connections/"+SampleOtherShop+"/signing_token"); err != nil {
		w.t.Fatal(err)
	}
	if w.secret, err = w.app.box.Open(c.HookSecret, "connections/"+SampleOtherShop+"/hook_secret"); err != nil {
		w.t.Fatal(err)
	}
}

// reply posts a customer's SKIP as Postscript does, and returns the status.
func (w *outage) reply(p sampled) int {
	data, _ := json.Marshal(map[string]any{
		"id": "im_" + p.id, "subscriber_id": "s_" + p.id, "shop_id": SampleOtherShop, "is_opt_out": false,
		"from_number": p.phone, "created_at": "2026-01-05T10:00:00.000001", "body": "SKIP",
	})
	body, _ := json.Marshal(map[string]any{
		"webhook_id": "89066f0a-eb36-4ed8-b98c-606e6dcac715", "resource_type": "shop", "resource_id": SampleOtherShop,
		"event_time": "2026-01-05T10:00:00.000001", "event": postscript.EventIncomingMessage, "event_data": json.RawMessage(data),
	})
	status, _ := w.send(http.MethodPost, hooksPath+SampleOtherShop, string(body), map[string]string{
		postscript.HeaderSignature: w.signature, hook.HeaderSecret: w.secret,
	})
	return status
}

// call is a call of the merchant's back end.
func (w *outage) call(method, path, body string) (int, string) {
	return w.send(method, path, body, map[string]string{"Authorization": "Bearer " + w.token})
}

func (w *outage) send(method, path, body string, header map[string]string) (int, string) {
	req, err := http.NewRequestWithContext(w.t.Context(), method, "http://"+w.app.o.Settings.Listen+path, strings.NewReader(body))
	if err != nil {
		w.t.Error(err)
		return 0, ""
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		w.t.Errorf("%s %s was not answered: %v", method, path, err)
		return 0, ""
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Errorf("%s %s was answered in part: %v", method, path, err)
	}
	return resp.StatusCode, string(raw)
}

// loseDatabase takes the database away while four back ends make customers and replies arrive, one after the
// other. All of them end with "try again".
func (w *outage) loseDatabase(away func()) {
	w.t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	busy := make(chan struct{}, 1000) // a success each
	for range 4 {
		all.Go(func() {
			for range 1000 {
				status, body := w.call(http.MethodPost, "/api/v1/customers", `{"first_name":"Sample"}`)
				if status != http.StatusCreated {
					w.refusal("a call under way", status, body)
					return
				}
				var made struct{ ID string }
				if err := json.Unmarshal([]byte(body), &made); err != nil || made.ID == "" {
					w.t.Errorf("a customer was made: %s (%v)", body, err)
				}
				mu.Lock()
				w.made = append(w.made, made.ID)
				mu.Unlock()
				busy <- struct{}{}
			}
			w.t.Error("the database was never away")
		})
	}
	for range 4 {
		if status := w.reply(w.people[w.next]); status != http.StatusOK {
			w.t.Errorf("a reply before the database went away: %d", status)
		}
		w.next++
	}
	for range 8 {
		<-busy
	}
	away()
	all.Wait()
}

// refusal checks that somebody is told in plain words to try again.
func (w *outage) refusal(what string, status int, body string) {
	w.t.Helper()
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "try again") {
		w.t.Errorf("%s: %d %s, want 503 and a sentence that says to try again", what, status, body)
	}
}

// away looks at the program while it has no database.
func (w *outage) away(way string) {
	w.t.Helper()
	for range 2 { // the second goes over no connection from before
		if status := w.reply(w.people[w.next]); status != http.StatusServiceUnavailable {
			w.t.Errorf("%s: a reply is answered %d, want 503", way, status)
		}
		status, body := w.call(http.MethodGet, "/api/v1/customers", "")
		w.refusal(way+": a call", status, body)
	}
	status, body := w.call(http.MethodGet, "/readyz", "")
	w.refusal(way+": readyz", status, body)
	if status, body := w.call(http.MethodGet, "/healthz", ""); status != http.StatusOK {
		w.t.Errorf("%s: healthz answers %d %s", way, status, body)
	}
	if status, body := w.call(http.MethodGet, "/signin", ""); status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable {
		w.t.Errorf("%s: a page answers %d %s", way, status, body)
	}
	if way == "connections are cut" {
		wait(w.t, "the program to try again and again", func() bool { return w.cable.Refused() >= 30 })
	}
}

// comeBack brings the database back and sends again what was refused, twice.
func (w *outage) comeBack(way string) {
	w.t.Helper()
	w.cable.Mend()
	wait(w.t, "the program to be ready", func() bool {
		status, _ := w.call(http.MethodGet, "/readyz", "")
		return status == http.StatusOK
	})
	for range 2 {
		for _, p := range w.people[w.next : w.next+4] {
			if status := w.reply(p); status != http.StatusOK {
				w.t.Errorf("%s: after it came back a reply is answered %d", way, status)
			}
		}
	}
	fresh := w.people[w.next : w.next+4]
	w.next += 4
	begun := time.Now()
	wait(w.t, way+": the replies that came afterwards to be answered", func() bool { return w.confirmed(fresh) == len(fresh) })
	w.t.Logf("answered after %s", time.Since(begun).Round(time.Millisecond))
}

// confirmed counts the customers with a text on their phone, which does not show their replies.
func (w *outage) confirmed(people []sampled) (n int) {
	for _, p := range people {
		if w.texts(p) > 0 {
			n++
		}
	}
	return n
}

// texts counts the texts on a customer's phone.
func (w *outage) texts(p sampled) int {
	thread, err := (handset{w.app}).Thread(context.Background(), SampleOtherShop, p.phone, 10)
	if err != nil {
		w.t.Error(err)
	}
	return len(thread)
}

// trace is a customer's trace, newest first.
func (w *outage) trace(p sampled) string {
	list, err := w.app.Bridge.Trace(context.Background(), SampleOtherShop, p.id, time.Time{}, 100)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, x := range list {
		fmt.Fprintf(&b, "\t%s %s\n", x.At.Format(time.TimeOnly), x.Text)
	}
	return b.String()
}

// logged keeps what is logged.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write keeps.
func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String returns what was kept, its end if it is much.
func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.b.String()
	if most := 20_000; len(s) > most {
		s = fmt.Sprintf("(%d bytes before)\n%s", len(s)-most, s[len(s)-most:])
	}
	return s
}
