package work

import (
	"context"
	"sync"
	"time"
)

// Clock tells the time and when a moment has come.
type Clock interface {
	// Now returns the present moment.
	Now() time.Time
	// After returns a channel that is closed once Now is not before until. When ctx ends first the channel is
	// never closed and the wait costs nothing any more; so ctx must end at some time.
	After(ctx context.Context, until time.Time) <-chan struct{}
}

// Real returns the machine's clock.
func Real() Clock { return realClock{} }

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) After(ctx context.Context, until time.Time) <-chan struct{} {
	ch := make(chan struct{})
	t := time.AfterFunc(time.Until(until), func() { close(ch) })
	context.AfterFunc(ctx, func() { t.Stop() })
	return ch
}

// Movable is a clock that can be set forward: for the demo, the simulation and tests. Between moves it either
// goes on with real time or stands still. It never goes backward. It is safe for concurrent use.
type Movable struct {
	mu      sync.Mutex
	base    time.Time // what the clock showed at anchor
	anchor  time.Time // the real moment base belongs to
	stopped bool
	waiting map[*waiter]struct{}
}

// waiter is one After that has not come yet.
type waiter struct {
	until time.Time
	ch    chan struct{}
	timer *time.Timer // nil while the clock stands still
}

// NewMovable returns a clock that shows at now and goes on with real time.
func NewMovable(at time.Time) *Movable {
	return &Movable{base: at, anchor: time.Now(), waiting: map[*waiter]struct{}{}}
}

// NewStopped returns a clock that shows at until it is set.
func NewStopped(at time.Time) *Movable {
	return &Movable{base: at, stopped: true, waiting: map[*waiter]struct{}{}}
}

// Now returns what the clock shows.
func (m *Movable) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now()
}

func (m *Movable) now() time.Time {
	if m.stopped {
		return m.base
	}
	return m.base.Add(time.Since(m.anchor))
}

// Set moves the clock forward to at and wakes everybody whose moment has come. A moment that has passed is
// ignored.
func (m *Movable) Set(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !at.After(m.now()) {
		return
	}
	m.base, m.anchor = at, time.Now()
	for w := range m.waiting {
		m.arm(w)
	}
}

// Begin sets the clock to at, which may have passed: for a program whose data begin in the past. Only while nothing has
// happened by this clock; from then on Set moves it, forward.
func (m *Movable) Begin(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.base, m.anchor = at, time.Now()
	for w := range m.waiting {
		m.arm(w)
	}
}

// After is described at Clock.
func (m *Movable) After(ctx context.Context, until time.Time) <-chan struct{} {
	w := &waiter{until: until, ch: make(chan struct{})}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.waiting[w] = struct{}{}
	m.arm(w)
	context.AfterFunc(ctx, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.forget(w)
	})
	return w.ch
}

// arm lets w go when its moment has come, else has the clock look again when it should have.
func (m *Movable) arm(w *waiter) {
	left := w.until.Sub(m.now())
	switch {
	case left <= 0:
		m.forget(w)
		close(w.ch)
	case m.stopped:
	case w.timer != nil:
		w.timer.Reset(left)
	default:
		w.timer = time.AfterFunc(left, func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			if _, ok := m.waiting[w]; ok {
				m.arm(w)
			}
		})
	}
}

func (m *Movable) forget(w *waiter) {
	delete(m.waiting, w)
	if w.timer != nil {
		w.timer.Stop()
	}
}
