package app

import (
	"context"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"rejoinder/internal/config"
)

// browser starts a headless Chromium. Without one the test is skipped, except under CI, where nothing may be.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no Chromium, and CI is set: make test-deps installs it")
		}
		t.Skip("there is no Chromium: make test-deps installs it")
	}
	opts := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	opts = append(opts, chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	// The browser lives as long as the context of the first call, so that must not be one with a short time-out.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// serveDemo runs the demo on a port of its own until the test ends, and returns it with its sign-in link.
func serveDemo(t *testing.T) (*App, string) {
	t.Helper()
	s := config.Default()
	s.DataDir, s.Listen, s.ShutdownGrace = t.TempDir(), freePort(t), 5*time.Second
	var log strings.Builder
	a, err := Open(t.Context(), Options{
		Settings: s, Version: "test", Movable: true, Local: true,
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.MakeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- a.Run(ctx, func(string) { close(ready) }) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log("the program's log:\n" + log.String())
		}
	})
	<-ready
	link, err := a.SignInLink(t.Context(), "owner@example.com")
	if err != nil {
		t.Fatal(err)
	}
	return a, link
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// tour is a browser with the steps of a person.
type tour struct {
	t   *testing.T
	ctx context.Context
}

// by is an XPath to the innermost elements of a kind that say something. Texts hold no double quote.
func by(kind, text string) string {
	says := `[contains(normalize-space(.), "` + text + `")]`
	return "//main//" + kind + says + "[not(.//" + kind + says + ")]"
}

func (b *tour) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.shot("failed")
		at, _ := chromedp.Run(b.ctx, chromedp.Location())
		b.t.Fatalf("%s: %v\nat %s the page says:\n%s", what, err, at, b.text())
	}
}

func (b *tour) open(address string) { b.do("open "+address, chromedp.Navigate(address)) }

func (b *tour) click(kind, text string) {
	b.t.Helper()
	b.do("click "+text, chromedp.Click(by(kind, text)))
}

func (b *tour) sees(text string) {
	b.t.Helper()
	b.do("see "+text, chromedp.WaitVisible(by("*", text)))
}

// confirm answers the page's question with yes.
func (b *tour) confirm() {
	b.t.Helper()
	b.do("confirm", chromedp.Click(chromedp.CSS("dialog[open] button[value=yes]")))
}

func (b *tour) text() string {
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.body.innerText"))
	if err != nil {
		return err.Error()
	}
	return s
}

// shot keeps a picture of the page in the folder REJOINDER_SHOTS, for people to look at.
func (b *tour) shot(name string) {
	dir := os.Getenv("REJOINDER_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
	}
	if err != nil {
		b.t.Logf("no picture of %s: %v", name, err)
	}
}

// TestTour is the tour of the README in a real browser, from the printed link to the confirmed skip.
func TestTour(t *testing.T) {
	t.Parallel()
	a, link := serveDemo(t)
	b := &tour{t: t, ctx: browser(t)}
	shop := a.BaseURL() + "/s/" + SampleShop

	b.open(link)
	b.click("button", "Open the demo")
	b.sees("Take the tour")
	b.shot("home")

	b.open(shop + "/settings/api")
	b.click("button", "Create security key pair")
	b.confirm()
	b.click("button", "Show private key")
	key, err := chromedp.Run(b.ctx, chromedp.Value(chromedp.CSS("input[value^=sk_]")))
	if err != nil {
		t.Fatal(err)
	}
	b.shot("key")

	b.open(shop + "/integrations")
	b.do("paste the key", chromedp.SendKeys(chromedp.CSS("#key"), key))
	b.click("button", "Confirm")
	b.sees("Connected")
	b.sees("Blue Door Coffee")
	b.shot("integrations")

	b.open(shop + "/automations")
	b.sees("Rejoinder: Upcoming Order")
	b.shot("automations")

	ana := a.customer(t, "Ana")
	b.open(shop + "/phone/" + ana.ID)
	b.shot("phone-before")
	b.click("button", "To the notice of")
	b.sees("Hi Ana, your Blue Door Coffee order")
	b.do("type", chromedp.SendKeys(chromedp.CSS(".composer input[name=text]"), "SKIP\r"))
	b.sees("is skipped. It comes next on")
	b.sees("Skip, asked for by reply, carried out")
	// The list of customers and the button of the clock follow by themselves: this page has not been opened again.
	next, err := a.Bridge.NextNotice(t.Context(), SampleShop, ana.ID)
	if err != nil || next.Notice.IsZero() || !next.Notice.After(a.Now()) {
		t.Fatalf("after the skip the next notice is %v (%v)", next, err)
	}
	b.sees("Next order " + next.Order.Date.Short())
	b.sees("To the notice of " + next.Order.Date.Short())
	b.sees("everything as it should be")
	b.shot("phone")

	b.open(shop + "/customers/" + ana.ID)
	b.sees("Reply understood as SKIP")
	b.sees("Order Skipped sent to Postscript")
	b.shot("customer")
}

// TestShopperPages follows the link in a text to the shopper's page, on a phone without scripts' help.
func TestShopperPages(t *testing.T) {
	t.Parallel()
	a, _ := serveDemo(t)
	b := &tour{t: t, ctx: browser(t)}
	b.do("be a phone", chromedp.EmulateViewport(390, 844))
	shop, err := a.Bridge.Shop(t.Context(), SampleShop)
	if err != nil {
		t.Fatal(err)
	}
	link := a.Bridge.AccountLink(shop, a.customer(t, "Cleo").ID)
	b.open(link)
	b.sees("Hello Cleo.")
	b.shot("account")
	b.click("button", "Skip")
	b.confirm()
	b.sees("Skipped. Your next order is on")
	b.shot("account-skipped")
	b.click("button", "Undo")
	b.sees("Taken back.")
	b.open(link + "x")
	b.sees("Text me a fresh link")
	b.shot("account-dead")
	b.click("button", "Text me a fresh link")
	b.sees("Look at your phone")
}
