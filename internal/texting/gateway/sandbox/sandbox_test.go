package sandbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/texting/gateway/gatewaytest"
	"rejoinder/internal/texting/gateway/sandbox"
)

func numberOf(t *testing.T, f sandbox.Failure) string {
	t.Helper()
	for _, r := range sandbox.Reserved() {
		if r.Failure == f {
			return r.Number
		}
	}
	t.Fatalf("no reserved number orders %s", f)
	return ""
}

func TestKeepsTheContract(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gatewaytest.Run(t, func(t *testing.T) gatewaytest.Subject {
				handset := store.Handset{DB: open(t, storetest.NewClock(storetest.Start).Now)}
				return gatewaytest.Subject{
					Gateway: sandbox.New(sandbox.Options{Handset: handset}),
					Carried: func(t *testing.T, shopID, number string) []string { return bodies(t, handset, shopID, number) },
					Dead:    numberOf(t, sandbox.FailNumber), Down: numberOf(t, sandbox.FailDown), Lost: numberOf(t, sandbox.FailLost),
				}
			})
		})
	}
}

func bodies(t *testing.T, h store.Handset, shopID, number string) (out []string) {
	t.Helper()
	list, err := h.Thread(context.Background(), shopID, number, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		out = append(out, x.Body)
	}
	return out
}

func TestReservedNumbersAreNumbers(t *testing.T) {
	t.Parallel()
	for _, r := range sandbox.Reserved() {
		if p, err := subscription.ParsePhone(r.Number, ""); err != nil || string(p) != r.Number {
			t.Errorf("%s: %q, %v", r.Number, p, err)
		}
		if r.Says == "" || texting.NumberFailure(r.Number) != "" {
			t.Errorf("%s: has no words, or is reserved by the API too", r.Number)
		}
	}
}

func TestFailuresInOrder(t *testing.T) {
	t.Parallel()
	down, gone, unknown := fault.Unavailable, fault.Invalid, fault.Kind("unknown")
	for _, c := range []struct {
		failure sandbox.Failure
		want    []fault.Kind // of each try; "" is success
		carried int
	}{
		{sandbox.FailNumber, []fault.Kind{gone, gone}, 0},
		{sandbox.FailLandline, []fault.Kind{gone, gone}, 0},
		{sandbox.FailThrottled, []fault.Kind{down, "", ""}, 1},
		{sandbox.FailDown, []fault.Kind{down, down, ""}, 1},
		{sandbox.FailAlwaysDown, []fault.Kind{down, down, down, down}, 0},
		{sandbox.FailLost, []fault.Kind{unknown, ""}, 1},
		{sandbox.FailAlwaysLost, []fault.Kind{unknown, unknown, unknown}, 1},
	} {
		t.Run(string(c.failure), func(t *testing.T) {
			t.Parallel()
			handset := store.Handset{DB: storetest.SQLite(t, storetest.NewClock(storetest.Start).Now)}
			g := sandbox.New(sandbox.Options{Handset: handset})
			text := texting.Text{ID: "msg_1", ShopID: "shop_1", To: numberOf(t, c.failure), Body: "x"}
			for i, want := range c.want {
				_, err := g.Send(t.Context(), text)
				got := fault.KindOf(err)
				if errors.Is(err, texting.ErrUnknown) {
					got = unknown
				}
				if got != want {
					t.Errorf("try %d: %v, want %q", i+1, err, want)
				}
			}
			if got := len(bodies(t, handset, "shop_1", text.To)); got != c.carried {
				t.Errorf("carried %d, want %d", got, c.carried)
			}
		})
	}
}
