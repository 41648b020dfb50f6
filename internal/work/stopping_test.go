package work_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"rejoinder/internal/work"
)

func handlerTimesOut(t *testing.T) {
	ended := make(chan error, 10)
	e := newLoop(t, work.Options{
		HandleTimeout: 100 * time.Millisecond,
		Kinds: []work.Kind{kind("deliver", 1, func(ctx context.Context, _ string) (time.Time, error) {
			<-ctx.Done()
			ended <- ctx.Err()
			return time.Time{}, nil
		})},
	})
	start(t, e)
	wake(t, e, "deliver", "shop_1")
	if err := await(t, "the handler's time to end", ended); err != context.DeadlineExceeded {
		t.Errorf("its context ended with %v", err)
	}
}

func stopWaits(t *testing.T) {
	started, gate := make(chan context.Context, 1), make(chan struct{})
	var finished atomic.Bool
	e := newLoop(t, work.Options{Kinds: []work.Kind{kind("deliver", 1, func(ctx context.Context, _ string) (time.Time, error) {
		started <- ctx
		<-gate
		finished.Store(true)
		return time.Time{}, ctx.Err()
	})}})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	wake(t, e, "deliver", "shop_1")
	handler := await(t, "the handler", started)
	cancel()
	select {
	case err := <-done:
		t.Errorf("Run returned %v while a handler was running", err)
	case <-handler.Done():
		t.Error("the handler was cancelled at once")
	case <-time.After(50 * time.Millisecond): // a real pause only where the engine is right
	}
	close(gate)
	if err := await(t, "Run to return", done); err != nil {
		t.Errorf("Run: %v", err)
	}
	if !finished.Load() {
		t.Error("Run returned before the handler")
	}
}

func stopIsBounded(t *testing.T) {
	started := make(chan string, 10)
	e := newLoop(t, work.Options{
		StopWithin: 100 * time.Millisecond,
		Kinds: []work.Kind{kind("deliver", 1, func(ctx context.Context, key string) (time.Time, error) {
			started <- key
			<-ctx.Done()
			return time.Time{}, ctx.Err()
		})},
	})
	stop := start(t, e)
	wake(t, e, "deliver", "shop_1")
	await(t, "the handler", started)
	began := time.Now()
	if err := stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	if d := time.Since(began); d > 10*time.Second {
		t.Errorf("the stop took %v", d)
	}
}

func nothingAfterStop(t *testing.T) {
	table := rows{keys: map[string]bool{}}
	var stopped atomic.Bool
	ran := make(chan string, 10)
	first := kind("deliver", 1, func(_ context.Context, key string) (time.Time, error) {
		if stopped.Load() {
			t.Error("a handler ran after Run returned")
		}
		ran <- key
		return time.Time{}, nil
	})
	e := newLoop(t, work.Options{Kinds: []work.Kind{first}})
	stop := start(t, e)
	wake(t, e, "deliver", "shop_1")
	await(t, "the first key", ran)
	if err := stop(); err != nil {
		t.Fatalf("Run: %v", err)
	}
	stopped.Store(true)
	wake(t, e, "deliver", "shop_2")

	// What the stopped engine was woken for, another one finds in the rows.
	table.keys["shop_2"] = true
	after := make(chan string, 10)
	second := kind("deliver", 1, func(_ context.Context, key string) (time.Time, error) {
		table.done(key)
		after <- key
		return time.Time{}, nil
	})
	second.Due, second.NextDue = table.due, table.nextDue
	running(t, second)
	if got := await(t, "the second key", after); got != "shop_2" {
		t.Errorf("handled %q, want shop_2", got)
	}
}
