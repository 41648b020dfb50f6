package work_test

import (
	"context"
	"testing"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/work"
)

func wakeRuns(t *testing.T) {
	ran := make(chan string, 10)
	e := running(t, kind("deliver", 2, func(_ context.Context, key string) (time.Time, error) {
		ran <- key
		return time.Time{}, nil
	}))
	wake(t, e, "deliver", "shop_1")
	if got := await(t, "the handler", ran); got != "shop_1" {
		t.Errorf("handled %q, want shop_1", got)
	}
	wake(t, e, "deliver", "shop_1")
	if got := await(t, "the handler, a second time", ran); got != "shop_1" {
		t.Errorf("handled %q, want shop_1", got)
	}
}

func wakeBeforeRun(t *testing.T) {
	ran := make(chan string, 10)
	e := newLoop(t, work.Options{Kinds: []work.Kind{kind("deliver", 1, func(_ context.Context, key string) (time.Time, error) {
		ran <- key
		return time.Time{}, nil
	})}})
	wake(t, e, "deliver", "shop_1")
	start(t, e)
	await(t, "the handler", ran)
}

// gated is a handler that reports each run and, for the key "gate", waits to be let go.
func gated(ran chan<- string, gate <-chan struct{}) work.Handler {
	return func(ctx context.Context, key string) (time.Time, error) {
		ran <- key
		if key == "gate" {
			select {
			case <-gate:
			case <-ctx.Done():
				return time.Time{}, ctx.Err()
			}
		}
		return time.Time{}, nil
	}
}

func coalesces(t *testing.T) {
	ran, gate := make(chan string, 100), make(chan struct{})
	e := running(t, kind("deliver", 1, gated(ran, gate)))
	wake(t, e, "deliver", "gate")
	await(t, "the gate to be shut", ran)
	for range 20 {
		wake(t, e, "deliver", "shop_1")
	}
	wake(t, e, "deliver", "last")
	close(gate)
	var got []string
	for len(got) == 0 || got[len(got)-1] != "last" {
		got = append(got, await(t, "the last key", ran))
	}
	if len(got) != 2 || got[0] != "shop_1" {
		t.Errorf("handled %q, want shop_1 once and then last", got)
	}
}

func wokenWhileRunning(t *testing.T) {
	ran, gate := make(chan string, 100), make(chan struct{})
	e := running(t, kind("deliver", 2, gated(ran, gate)))
	wake(t, e, "deliver", "gate")
	await(t, "the first run", ran)
	wake(t, e, "deliver", "gate")
	wake(t, e, "deliver", "gate")
	select {
	case gate <- struct{}{}:
	case <-time.After(patience):
		t.Fatal("the first run does not wait")
	}
	await(t, "the second run", ran)
	gate <- struct{}{}
}

func oneAtATime(t *testing.T) {
	var g gauge
	ran := make(chan struct{}, 1000)
	e := running(t, kind("deliver", 4, func(context.Context, string) (time.Time, error) {
		g.enter()
		defer g.leave()
		ran <- struct{}{}
		return time.Time{}, nil
	}))
	for range 50 {
		wake(t, e, "deliver", "shop_1")
		if len(ran) == 0 {
			continue
		}
		<-ran
	}
	wake(t, e, "deliver", "shop_1")
	await(t, "a run", ran)
	if g.most() != 1 {
		t.Errorf("%d handlers ran at once for one key", g.most())
	}
}

func wakeAtComes(t *testing.T) {
	ran := make(chan time.Time, 10)
	e := running(t, kind("deliver", 1, func(context.Context, string) (time.Time, error) {
		ran <- time.Now()
		return time.Time{}, nil
	}))
	at := time.Now().Add(300 * time.Millisecond)
	for _, d := range []time.Duration{0, time.Hour} { // the earliest counts
		if err := e.WakeAt(context.Background(), "deliver", "shop_1", at.Add(d)); err != nil {
			t.Fatal(err)
		}
	}
	if got := await(t, "the later wake-up", ran); got.Before(at) {
		t.Errorf("handled %v before its moment", at.Sub(got))
	}
}

func wakeAtPast(t *testing.T) {
	ran := make(chan string, 10)
	e := running(t, kind("deliver", 1, func(_ context.Context, key string) (time.Time, error) {
		ran <- key
		return time.Time{}, nil
	}))
	if err := e.WakeAt(context.Background(), "deliver", "shop_1", time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	await(t, "the wake-up", ran)
}

func sweepFinds(t *testing.T) {
	table := rows{keys: map[string]bool{}}
	for _, k := range keys(30) {
		table.keys[k] = true
	}
	ran := make(chan string, 1000)
	k := kind("deliver", 4, func(_ context.Context, key string) (time.Time, error) {
		table.done(key)
		ran <- key
		return time.Time{}, nil
	})
	k.Due, k.NextDue = table.due, table.nextDue
	running(t, k)
	seen := map[string]bool{}
	for len(seen) < 30 {
		seen[await(t, "every key", ran)] = true
	}
}

func sweepSurvives(t *testing.T) {
	table := rows{keys: map[string]bool{"shop_1": true}, errs: 2}
	ran := make(chan string, 100)
	k := kind("deliver", 1, func(_ context.Context, key string) (time.Time, error) {
		table.done(key)
		ran <- key
		return time.Time{}, nil
	})
	k.Due, k.NextDue = table.due, table.nextDue
	running(t, k)
	await(t, "the key", ran)
}

func workersLimit(t *testing.T) {
	var g gauge
	started, gate, other := make(chan string, 100), make(chan struct{}), make(chan string, 10)
	e := running(t,
		kind("deliver", 2, func(_ context.Context, key string) (time.Time, error) {
			g.enter()
			defer g.leave()
			started <- key
			<-gate
			return time.Time{}, nil
		}),
		kind("reply", 1, func(_ context.Context, key string) (time.Time, error) {
			other <- key
			return time.Time{}, nil
		}))
	for _, k := range keys(6) {
		wake(t, e, "deliver", k)
	}
	await(t, "the first worker", started)
	await(t, "the second worker", started)
	wake(t, e, "reply", "shop_1")
	await(t, "the other kind, while the first is at its limit", other)
	close(gate)
	for range 4 {
		await(t, "the waiting keys", started)
	}
	if g.most() != 2 {
		t.Errorf("%d handlers ran at once, want 2", g.most())
	}
}

func unknownKind(t *testing.T) {
	e := newLoop(t, work.Options{Kinds: []work.Kind{kind("deliver", 1, func(context.Context, string) (time.Time, error) {
		return time.Time{}, nil
	})}})
	if err := e.Wake(context.Background(), "nothing", "shop_1"); !fault.Is(err, fault.Internal) {
		t.Errorf("Wake of an unknown kind: %v", err)
	}
	if err := e.WakeAt(context.Background(), "nothing", "shop_1", time.Now()); !fault.Is(err, fault.Internal) {
		t.Errorf("WakeAt of an unknown kind: %v", err)
	}
}
