package app

import (
	"context"
	"sync"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/store"
)

// mover sets the demo's clock forward, one move at a time.
type mover struct {
	app *App

	mu     sync.Mutex
	moving chan struct{} // closed when the move under way has ended; nil when there is none
	err    error         // of the last move
}

// furthest is how far one move may go. A mistyped year would otherwise run for an hour.
const furthest = 400 * 24 * time.Hour

// MovableClock reports whether the clock can be set forward.
func (a *App) MovableClock() bool { return a.movable != nil }

// Advance sets the clock forward to a moment and runs everything that falls due on the way, in order. It waits
// for the move until ctx ends; the move itself goes on and is not undone, since what happened has happened.
func (a *App) Advance(ctx context.Context, to time.Time) error {
	if a.movable == nil {
		return fault.New(fault.Forbidden, "The clock can be moved in the demo only.")
	}
	switch ahead := to.Sub(a.clock.Now()); {
	case ahead <= 0:
		return fault.Field("to", "The clock only goes forward: choose a moment after %s.", a.clock.Now().UTC().Format("January 2, 2006, 15:04 MST"))
	case ahead > furthest:
		return fault.Field("to", "One move goes at most 400 days.")
	}
	return a.mover.move(ctx, to)
}

func (m *mover) move(ctx context.Context, to time.Time) error {
	m.mu.Lock()
	if m.moving != nil {
		m.mu.Unlock()
		return fault.New(fault.Conflict, "The clock is being moved already. Wait a moment.")
	}
	done := make(chan struct{})
	m.moving = done
	m.mu.Unlock()
	go func() {
		err := m.app.advance(context.WithoutCancel(ctx), to)
		m.mu.Lock()
		m.err, m.moving = err, nil
		m.mu.Unlock()
		close(done)
	}()
	select {
	case <-done:
		m.mu.Lock()
		defer m.mu.Unlock()
		return m.err
	case <-ctx.Done():
		return fault.New(fault.Unavailable, "The clock is still on its way; there is much to do. Look again in a moment.")
	}
}

// advance lets the loop run through every due moment. The offset is kept at each, so that a restart in the
// middle goes on from there and no row finds itself in the future.
func (a *App) advance(ctx context.Context, to time.Time) error {
	var failed error
	move := func(at time.Time) {
		a.movable.Set(at)
		if err := a.keepClock(ctx); err != nil {
			failed = err
		}
	}
	if err := a.loop.Advance(ctx, move, to); err != nil {
		return err
	}
	return failed
}

func (a *App) keepClock(ctx context.Context) error {
	ahead := time.Until(a.movable.Now())
	return a.db.InTx(ctx, func(tx *store.Tx) error { return tx.SaveClockOffset(ahead) })
}

// NextMoment returns the earliest moment after now at which something falls due; zero when nothing will.
func (a *App) NextMoment(ctx context.Context) (next time.Time, err error) {
	now := a.clock.Now()
	for _, k := range a.kinds() {
		at, err := k.NextDue(ctx)
		if err != nil {
			return time.Time{}, err
		}
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next, nil
}
