package bridge_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

func TestConfirmRefusesWhatCannotBeAKey(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	for _, c := range []struct{ name, key, says string }{
		{"empty", "  ", "Paste the private key"},
		{"public", "pk_0123456789abcdef", "public key"},
		{"partner", "sk_partner_0123456789", "partner key"},
		{"something else", "hello", "should begin with sk_"},
		{"unknown", "sk_unknown0123456789", "does not know this key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := l.b.Confirm(t.Context(), l.shop, c.key)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Message(err), c.says) {
				t.Errorf("got %v", err)
			}
			if _, err := l.b.Connection(t.Context(), l.shop); !fault.Is(err, fault.NotFound) {
				t.Errorf("something was saved: %v", err)
			}
		})
	}
}

func TestConfirmRepairsAndDuplicatesNothing(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, url string) {
		l := newLine(t, url, newRecorder(t, testKey))
		// Postscript breaks after three triggers.
		n := 0
		l.ps.set(func(c call) int {
			if c.Method == "POST" && c.Path == "/v1/triggers" {
				if n++; n > 3 {
					return 500
				}
			}
			return 0
		})
		c, err := l.b.Confirm(t.Context(), l.shop, testKey)
		must(t, err)
		if c.State != bridge.Incomplete || !strings.Contains(c.Problem, "press Confirm again") || len(c.Triggers) != 3 {
			t.Fatalf("state %s, %d triggers, problem %q", c.State, len(c.Triggers), c.Problem)
		}
		l.ps.set(nil)
		c, err = l.b.Confirm(t.Context(), l.shop, "") // with the stored key
		must(t, err)
		if c.State != bridge.Connected || c.PSShopName != "Corner Coffee at Postscript" || strings.Contains(c.KeyMask, testKey[5:15]) {
			t.Errorf("state %s, shop %q, mask %q", c.State, c.PSShopName, c.KeyMask)
		}
		names := slices.Sorted(maps.Values(l.ps.triggers))
		if len(names) != 8 || len(slices.Compact(slices.Clone(names))) != 8 || names[0] != "Rejoinder: Customer Deactivated" {
			t.Errorf("registered %q", names)
		}
		if len(l.ps.hooks) != 3 {
			t.Errorf("%d webhooks", len(l.ps.hooks))
		}
		for _, h := range l.ps.hooks {
			if h.Headers[bridge.HeaderSecret] == "" || h.URL != l.hook {
				t.Errorf("webhook %+v", h)
			}
		}
		_, err = l.b.Confirm(t.Context(), l.shop, testKey)
		must(t, err)
		if len(l.ps.triggers) != 8 || len(l.ps.hooks) != 3 {
			t.Errorf("confirming again: %d triggers, %d webhooks", len(l.ps.triggers), len(l.ps.hooks))
		}
		must(t, l.b.Disconnect(t.Context(), l.shop))
		if len(l.ps.triggers) != 0 || len(l.ps.hooks) != 0 {
			t.Errorf("after Disconnect: %d triggers, %d webhooks", len(l.ps.triggers), len(l.ps.hooks))
		}
	})
}

func TestConfirmSaysThatPostscriptIsDown(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	l.ps.set(func(call) int { return 500 })
	_, err := l.b.Confirm(t.Context(), l.shop, testKey)
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(fault.Message(err), "Nothing was saved") {
		t.Errorf("answering 500: %v", err)
	}
	l.ps.Close()
	_, err = l.b.Confirm(t.Context(), l.shop, testKey)
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("down: %v", err)
	}
}

func TestWithoutAPublicAddressRepliesDoNotArrive(t *testing.T) {
	t.Parallel()
	l := newLine(t, "", newRecorder(t, testKey))
	l.hook = ""
	c, err := l.b.Confirm(t.Context(), l.shop, testKey)
	must(t, err)
	if c.State != bridge.SendOnly || !strings.Contains(c.Problem, "public-url") || len(l.ps.hooks) != 0 || len(c.Triggers) != 8 {
		t.Errorf("state %s, problem %q, %d triggers", c.State, c.Problem, len(c.Triggers))
	}
}
