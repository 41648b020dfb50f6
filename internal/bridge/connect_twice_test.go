package bridge_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
)

// pausing is a Postscript that lets something happen before it tells its signing token, the last thing Confirm asks.
type pausing struct {
	bridge.Postscript
	once   *sync.Once
	before func()
}

func (p pausing) Token(ctx context.Context) (string, error) {
	p.once.Do(p.before)
	return p.Postscript.Token(ctx)
}

// TestConfirmPressedTwiceAtOnce: whoever saves last, the webhooks that are registered carry the secret that is kept.
func TestConfirmPressedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := newLine(t, url, newRecorder(t, testKey))
		var once sync.Once
		slow := bridge.New(bridge.Options{
			Store: app.BridgeStore(l.db), Waker: noWaker{}, Sealer: l.box, Now: l.now,
			Postscript: func(key string, _ bool) (bridge.Postscript, error) {
				ps, err := app.NewPostscript(l.ps.URL, &http.Client{Timeout: 5 * time.Second}, key, "")
				return pausing{Postscript: ps, once: &once, before: func() {
					if _, err := l.b.Confirm(t.Context(), l.shop, testKey); err != nil {
						t.Error(err)
					}
				}}, err
			},
			BuiltinKey: func(context.Context, string) bool { return false },
			HookURL:    func(string, bool) string { return l.hook },
		})
		_, err := slow.Confirm(t.Context(), l.shop, testKey)
		must(t, err)
		c, err := l.b.Connection(t.Context(), l.shop)
		must(t, err)
		secret, err := l.box.Open(c.HookSecret, "connections/"+l.shop+"/hook_secret")
		must(t, err)
		if len(l.ps.hooks) != 3 {
			t.Errorf("%d webhooks are registered, want 3", len(l.ps.hooks))
		}
		for id, h := range l.ps.hooks {
			if h.Headers[bridge.HeaderSecret] != secret || c.Webhooks[h.Event] != id {
				t.Errorf("the webhook %s for %s is not the one we know: its replies would be turned away", id, h.Event)
			}
		}
		if len(l.ps.triggers) != len(c.Triggers) {
			t.Errorf("%d triggers are registered, we know %d", len(l.ps.triggers), len(c.Triggers))
		}
	})
}
