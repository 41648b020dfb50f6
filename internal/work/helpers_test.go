package work_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/work"
)

// run runs e until the test ends.
func run(t *testing.T, e *work.Loop) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

// receive waits for a value; only a failing test waits long.
func receive[T any](t *testing.T, ch <-chan T) T {
	t.Helper()
	late := time.NewTimer(60 * time.Second)
	defer late.Stop()
	select {
	case v := <-ch:
		return v
	case <-late.C:
		t.Fatal("waited in vain")
		panic("not reached")
	}
}

// table stands for rows in a database: each key is due at one moment until it is finished.
type table struct {
	mu  sync.Mutex
	due map[string]time.Time
}

// newTable returns a table in which keys have been due for ever.
func newTable(keys ...string) *table {
	t := &table{due: map[string]time.Time{}}
	for _, k := range keys {
		t.due[k] = time.Unix(0, 0)
	}
	return t
}

// kind returns a kind over the table's rows.
func (t *table) kind(h work.Handler) work.Kind {
	return work.Kind{Name: "deliver", Workers: 2, Handle: h, Due: t.keys, NextDue: t.next}
}

func (t *table) set(key string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.due[key] = at
}

func (t *table) finish(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.due, key)
}

func (t *table) keys(_ context.Context, now time.Time, limit int) ([]string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var keys []string
	for k, at := range t.due {
		if !at.After(now) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		if c := t.due[a].Compare(t.due[b]); c != 0 {
			return c
		}
		return slices.Compare([]byte(a), []byte(b))
	})
	return keys[:min(limit, len(keys))], nil
}

func (t *table) next(context.Context) (time.Time, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var next time.Time
	for _, at := range t.due {
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next, nil
}

func (t *table) has(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, ok := t.due[key]
	return ok
}
