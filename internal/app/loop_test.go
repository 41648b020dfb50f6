package app

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/subscription"
)

// open makes a demo on a fresh SQLite file.
func open(t *testing.T) *App {
	t.Helper()
	s := config.Default()
	s.DataDir = t.TempDir()
	log := slog.New(slog.DiscardHandler)
	if testing.Verbose() {
		log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
	a, err := Open(t.Context(), Options{Settings: s, Version: "test", Log: log, Movable: true, Local: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// demo is a demo with the sample shop, connected, whose engine runs only when the test says so.
func demo(t *testing.T) *App {
	t.Helper()
	a := open(t)
	if err := a.MakeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, key, err := a.Texting.CreateKeyPair(t.Context(), SampleShop, "")
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.Bridge.Confirm(t.Context(), SampleShop, key)
	if err != nil {
		t.Fatal(err)
	}
	if c.State != bridge.Connected || !c.Builtin || c.PSShopName != "Blue Door Coffee" {
		t.Fatalf("connection is %q, builtin %t, shop %q, problem %q", c.State, c.Builtin, c.PSShopName, c.Problem)
	}
	return a
}

// customer finds a customer of the sample shop by first name.
func (a *App) customer(t *testing.T, first string) bridge.Customer {
	t.Helper()
	list, _, err := a.Bridge.Customers(t.Context(), SampleShop, first, "", 10)
	for _, c := range list {
		if c.FirstName == first {
			return c
		}
	}
	t.Fatalf("customer %s: %v, %v", first, list, err)
	return bridge.Customer{}
}

// advance moves the clock to a moment.
func (a *App) to(t *testing.T, at time.Time) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := a.Advance(ctx, at); err != nil {
		t.Fatal(err)
	}
}

// notice moves the clock to just after the notice of a customer's next order.
func (a *App) notice(t *testing.T, c bridge.Customer) {
	t.Helper()
	coming, err := a.Bridge.Coming(t.Context(), SampleShop, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	a.to(t, coming.Awake.Add(2*time.Minute))
}

// say types a text on the customer's phone and lets everything happen that follows from it.
func (a *App) say(t *testing.T, c bridge.Customer, text string) {
	t.Helper()
	if err := (handset{a}).Say(t.Context(), SampleShop, string(c.Phone), text); err != nil {
		t.Fatal(err)
	}
	a.to(t, a.Now().Add(3*time.Second))
}

// texts are the texts on the customer's phone, those from it with > before them.
func (a *App) texts(t *testing.T, c bridge.Customer) []string {
	t.Helper()
	thread, err := (handset{a}).Thread(t.Context(), SampleShop, string(c.Phone), 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range thread {
		if x.FromPhone {
			out = append(out, "> "+x.Body)
		} else {
			out = append(out, x.Body)
		}
	}
	return out
}

// trace is the customer's trace, oldest first.
func (a *App) trace(t *testing.T, c bridge.Customer) []string {
	t.Helper()
	list, err := a.Bridge.Trace(t.Context(), SampleShop, c.ID, time.Time{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, list[i].Text)
	}
	return out
}

func TestTheWholeLoop(t *testing.T) {
	t.Parallel()
	a := demo(t)
	ana := a.customer(t, "Ana")
	before, err := a.Bridge.Coming(t.Context(), SampleShop, ana.ID)
	if err != nil {
		t.Fatal(err)
	}
	order := before.Order.Date
	a.notice(t, ana)
	texts := a.texts(t, ana)
	if len(texts) != 1 || !strings.Contains(texts[0], "Hi Ana") || !strings.Contains(texts[0], "House Blend") || !strings.Contains(texts[0], order.Friendly(subscription.DateOf(a.Now(), before.Notice.Location()))) {
		t.Fatalf("after the notice the phone shows %q\ntrace:\n%s", texts, strings.Join(a.trace(t, ana), "\n"))
	}
	a.say(t, ana, "SKIP")
	texts = a.texts(t, ana)
	next, err := a.Bridge.Coming(t.Context(), SampleShop, ana.ID)
	if err != nil {
		t.Fatal(err)
	}
	if want := order.AddDays(28); next.Order.Date != want {
		t.Errorf("the next order is on %s, want %s", next.Order.Date, want)
	}
	if len(texts) != 3 || texts[1] != "> SKIP" || !strings.Contains(texts[2], order.AddDays(28).Long()) {
		t.Fatalf("after SKIP the phone shows %q\ntrace:\n%s", texts, strings.Join(a.trace(t, ana), "\n"))
	}
	a.say(t, ana, "undo")
	if next, err = a.Bridge.Coming(t.Context(), SampleShop, ana.ID); err != nil || next.Order.Date != order {
		t.Errorf("after UNDO the next order is on %s (%v), want %s", next.Order.Date, err, order)
	}
	t.Logf("phone:\n%s\ntrace:\n%s", strings.Join(a.texts(t, ana), "\n"), strings.Join(a.trace(t, ana), "\n"))
}
