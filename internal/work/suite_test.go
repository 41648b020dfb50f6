package work_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rejoinder/internal/work"
)

// patience is how long a test waits for a signal that should come; only a failing test waits so long.
const patience = 60 * time.Second

// TestLoop runs each test in a bubble with its own time.
func TestLoop(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		test func(*testing.T)
	}{
		{"a woken key is handled", wakeRuns},
		{"a wake-up before the start is not forgotten", wakeBeforeRun},
		{"wake-ups of a waiting key are one", coalesces},
		{"a key woken while running runs once more", wokenWhileRunning},
		{"a key never runs twice at once in a process", oneAtATime},
		{"an error is tried again after a growing pause", errorBacksOff},
		{"wake-ups do not break into a pause", pauseHolds},
		{"a panic is an error like any other", panicSurvives},
		{"again at once is honoured", againAtOnce},
		{"again later is honoured", againLater},
		{"a key that is always busy lets others run", busyKeyShares},
		{"a later wake-up comes at its moment", wakeAtComes},
		{"a wake-up for a past moment comes at once", wakeAtPast},
		{"the sweep finds due rows nobody was woken for", sweepFinds},
		{"a failing sweep is repeated", sweepSurvives},
		{"each kind has its own workers", workersLimit},
		{"bulk work gives way to urgent work", bulkGivesWay},
		{"urgent work does not stop bulk work", bulkGoesOn},
		{"urgent work that takes long is made no way for", slowUrgent},
		{"a handler is stopped after its time", handlerTimesOut},
		{"a stop waits for running handlers", stopWaits},
		{"a stop cancels handlers in the end", stopIsBounded},
		{"nothing runs after the stop", nothingAfterStop},
		{"an unknown kind is refused", unknownKind},
		{"two loops finish each other's rows", loopsShareRows},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, tt.test)
		})
	}
}

// start runs e until the test ends or stop is called; stop returns what Run returned.
func start(t *testing.T, e *work.Loop) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() {
		if err := stop(); err != nil && !t.Failed() {
			t.Errorf("Run: %v", err)
		}
	})
	return stop
}

// engine makes and starts an engine with these kinds.
func running(t *testing.T, kinds ...work.Kind) *work.Loop {
	t.Helper()
	e := newLoop(t, work.Options{Kinds: kinds})
	start(t, e)
	return e
}

// kind returns a kind named name whose work is never left lying in rows.
func kind(name string, workers int, h work.Handler) work.Kind {
	return work.Kind{Name: name, Workers: workers, Handle: h}
}

// await waits for one value and returns it.
func await[T any](t *testing.T, what string, ch <-chan T) T {
	t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case v := <-ch:
		return v
	case <-late.C:
		t.Fatalf("waited in vain for: %s", what)
		panic("not reached")
	}
}

// wake wakes a key.
func wake(t *testing.T, e *work.Loop, kind, key string) {
	t.Helper()
	if err := e.Wake(context.Background(), kind, key); err != nil {
		t.Fatalf("Wake(%s, %s): %v", kind, key, err)
	}
}

// rows stands for a table with due keys: what a kind's Due and NextDue read.
type rows struct {
	mu   sync.Mutex
	keys map[string]bool
	errs int // how many more calls of Due fail
}

func (r *rows) due(context.Context, time.Time, int) ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.errs > 0 {
		r.errs--
		return nil, errors.New("the database is away")
	}
	var keys []string
	for k := range r.keys {
		keys = append(keys, k)
	}
	return keys, nil
}

func (r *rows) nextDue(context.Context) (time.Time, error) { return time.Time{}, nil }

func (r *rows) done(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.keys, key)
}

// gauge measures how many handlers run at once.
type gauge struct {
	mu       sync.Mutex
	now, max int
}

func (g *gauge) enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now++
	g.max = max(g.max, g.now)
}

func (g *gauge) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now--
}

func (g *gauge) most() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.max
}

// keys returns n different keys.
func keys(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("shop_%02d", i)
	}
	return out
}
