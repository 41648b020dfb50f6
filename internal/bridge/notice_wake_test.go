package bridge_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/trigger"
)

// wakings keeps wake-ups, and how many there had been when each transaction returned.
type wakings struct {
	bridge.Store
	mu    sync.Mutex
	woken []string
	after []int
}

func (w *wakings) Wake(_ context.Context, kind, key string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.woken = append(w.woken, kind+" "+key)
	return nil
}

func (w *wakings) WakeAt(ctx context.Context, kind, key string, _ time.Time) error {
	return w.Wake(ctx, kind, key)
}

func (w *wakings) InTx(ctx context.Context, do func(bridge.Tx) error) error {
	err := w.Store.InTx(ctx, do)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.after = append(w.after, len(w.woken))
	return err
}

// TestNoticesAreSentWhileOthersAreStillBeingFound: a scan of many thousands takes seconds, and what its first transaction has
// queued does not wait for the last.
func TestNoticesAreSentWhileOthersAreStillBeingFound(t *testing.T) {
	t.Parallel()
	l := connected(t, "")
	l.forward(time.Until(day(date("2026-12-07"), 15)))
	_, err := l.b.CreateSubscription(t.Context(), l.shop, l.customer(t, 1), coffee("2026-12-10"), trigger.Cause{Actor: trigger.Merchant})
	must(t, err)
	w := &wakings{Store: app.BridgeStore(l.db)}
	b := bridge.New(bridge.Options{Store: w, Waker: w, Sealer: l.box, Now: l.now})
	_, err = b.HandleNotice(t.Context(), "")
	must(t, err)
	if len(w.woken) != 1 || w.woken[0] != bridge.WakeDeliver+" "+l.shop {
		t.Errorf("woken: %v, want the shop's deliveries", w.woken)
	}
	for _, n := range w.after {
		if n > 0 {
			return
		}
	}
	t.Error("nobody was woken before all transactions were through")
}
