// Package gatewaytest is what every gateway must do, as one suite.
//
// It exists so that a gateway for another carrier is done when this passes. It must not import any gateway:
// each runs it from its own tests, against the real thing or a server that speaks the carrier's own words.
package gatewaytest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// Subject is the gateway under test and what the suite needs to see of the world behind it.
type Subject struct {
	Gateway texting.Gateway
	// Carried returns the bodies that reached a number, in order.
	Carried func(t *testing.T, shopID, number string) []string
	// Dead is a number the carrier refuses for good, Down one it cannot serve just now, Lost one whose first
	// answer is lost although the text was carried; "" leaves the case out.
	Dead, Down, Lost string
}

// Run runs the suite. open returns a fresh subject.
func Run(t *testing.T, open func(t *testing.T) Subject) {
	t.Helper()
	cases := []struct {
		name string
		run  func(*testing.T, Subject)
	}{
		{"a text arrives as it was written", arrives},
		{"a repeated id is one text where the gateway says that it drops repeats", repeats},
		{"two shops' texts to one number keep apart", shops},
		{"a dead number is Invalid and nothing arrives", dead},
		{"a carrier that is down is Unavailable and nothing arrives", down},
		{"a lost answer is ErrUnknown", lost},
		{"a context that has ended sends nothing, or says that it does not know", ended},
		{"many at once", many},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, open(t))
		})
	}
}

const number = "+12125550123"

func arrives(t *testing.T, s Subject) {
	body := "Hi Ada 🎉\nSecond line, é and {braces}."
	id, err := s.Gateway.Send(t.Context(), texting.Text{ID: "msg_1", ShopID: "shop_1", To: number, Body: body})
	if err != nil || id == "" {
		t.Fatalf("Send = %q, %v; want an id", id, err)
	}
	if got := s.Carried(t, "shop_1", number); len(got) != 1 || got[0] != body {
		t.Errorf("carried %q, want the text once as written", got)
	}
}

func repeats(t *testing.T, s Subject) {
	if d, ok := s.Gateway.(texting.RepeatDropper); !ok || !d.DropsRepeats() {
		t.Skip("this gateway does not say that it drops repeats")
	}
	for range 3 {
		if _, err := s.Gateway.Send(t.Context(), texting.Text{ID: "msg_1", ShopID: "shop_1", To: number, Body: "once"}); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Carried(t, "shop_1", number); len(got) != 1 {
		t.Errorf("carried %d texts, want 1", len(got))
	}
}

func shops(t *testing.T, s Subject) {
	for _, shop := range []string{"shop_1", "shop_2"} {
		if _, err := s.Gateway.Send(t.Context(), texting.Text{ID: "msg_" + shop, ShopID: shop, To: number, Body: "of " + shop}); err != nil {
			t.Fatal(err)
		}
	}
	for _, shop := range []string{"shop_1", "shop_2"} {
		if got := s.Carried(t, shop, number); len(got) != 1 || got[0] != "of "+shop {
			t.Errorf("%s: carried %q", shop, got)
		}
	}
}

func dead(t *testing.T, s Subject) { refuses(t, s, s.Dead, fault.Invalid) }
func down(t *testing.T, s Subject) { refuses(t, s, s.Down, fault.Unavailable) }

func refuses(t *testing.T, s Subject, to string, want fault.Kind) {
	t.Helper()
	if to == "" {
		t.Skip("the carrier has no such number")
	}
	_, err := s.Gateway.Send(t.Context(), texting.Text{ID: "msg_1", ShopID: "shop_1", To: to, Body: "x"})
	if !fault.Is(err, want) || errors.Is(err, texting.ErrUnknown) {
		t.Errorf("Send = %v, want kind %s", err, want)
	}
	if got := s.Carried(t, "shop_1", to); len(got) != 0 {
		t.Errorf("carried %d texts although it refused", len(got))
	}
}

func lost(t *testing.T, s Subject) {
	if s.Lost == "" {
		t.Skip("the carrier has no such number")
	}
	if _, err := s.Gateway.Send(t.Context(), texting.Text{ID: "msg_1", ShopID: "shop_1", To: s.Lost, Body: "x"}); !errors.Is(err, texting.ErrUnknown) {
		t.Errorf("Send = %v, want ErrUnknown", err)
	}
}

func ended(t *testing.T, s Subject) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Gateway.Send(ctx, texting.Text{ID: "msg_1", ShopID: "shop_1", To: number, Body: "x"})
	if got := s.Carried(t, "shop_1", number); err != nil && !errors.Is(err, texting.ErrUnknown) && len(got) != 0 {
		t.Errorf("Send = %v, yet it arrived", err)
	} else if err == nil && len(got) != 1 {
		t.Error("Send succeeded and nothing arrived")
	}
}

func many(t *testing.T, s Subject) {
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if _, err := s.Gateway.Send(t.Context(), texting.Text{ID: "msg_" + string(rune('a'+i)), ShopID: "shop_1", To: number, Body: "x"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := s.Carried(t, "shop_1", number); len(got) != 20 {
		t.Errorf("carried %d, want 20", len(got))
	}
}
