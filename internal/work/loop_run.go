package work

import (
	"context"
	"sync"
	"time"

	"rejoinder/internal/fault"
)

// lastWords is how long handlers have to return once their contexts were cancelled at a stop.
const lastWords = 2 * time.Second

// Run works until ctx ends, then starts nothing more and waits for the running handlers: up to Options.StopWithin
// undisturbed, then with their contexts cancelled. It returns nil when all of them ended. It sweeps once at the start,
// and goes on through whatever happens to the database. Only one Run may run at a time; it may be called again after it
// returned.
func (l *Loop) Run(ctx context.Context) error {
	live, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	l.mu.Lock()
	if l.live != nil {
		l.mu.Unlock()
		return fault.New(fault.Internal, "The work loop runs already.")
	}
	l.live = live
	l.dispatch()
	l.mu.Unlock()

	var wg sync.WaitGroup
	wg.Go(func() { l.watchAlarms(ctx) })
	wg.Go(func() { l.watchRows(ctx) })
	<-ctx.Done()

	l.mu.Lock()
	l.live = nil // from here on nothing starts
	l.mu.Unlock()
	wg.Wait()
	return l.stop(cancel)
}

// stop waits for the running handlers, at first undisturbed, then cancelled.
func (l *Loop) stop(cancel context.CancelFunc) error {
	done := l.whenIdle()
	patience := time.NewTimer(l.opts.StopWithin)
	defer patience.Stop()
	select {
	case <-done:
		return nil
	case <-patience.C:
	}
	cancel()
	patience.Reset(lastWords)
	select {
	case <-done:
		return nil
	case <-patience.C:
		l.mu.Lock()
		defer l.mu.Unlock()
		return fault.New(fault.Internal, "%d handlers did not stop in time.", l.running)
	}
}

// whenIdle returns a channel that is closed when no handler runs in the background.
func (l *Loop) whenIdle() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running == 0 {
		ch := make(chan struct{})
		close(ch)
		return ch
	}
	if l.idle == nil {
		l.idle = make(chan struct{})
	}
	return l.idle
}

// watchAlarms queues keys when their moments come.
func (l *Loop) watchAlarms(ctx context.Context) {
	for ctx.Err() == nil {
		var next time.Time
		l.mu.Lock()
		if !l.paused {
			next = l.fire(l.opts.Clock.Now())
		}
		l.mu.Unlock()

		wait, cancel := context.WithCancel(ctx)
		select {
		case <-ctx.Done():
		case <-l.changed:
		case <-l.at(wait, next):
		}
		cancel()
	}
}

// watchRows asks every kind for due rows: at the start, every SweepEvery, and in between at the moment a kind
// named as its next.
func (l *Loop) watchRows(ctx context.Context) {
	every := time.NewTicker(l.opts.SweepEvery)
	defer every.Stop()
	for ctx.Err() == nil {
		next := l.sweep(ctx)
		wait, cancel := context.WithCancel(ctx)
		select {
		case <-ctx.Done():
		case <-every.C:
		case <-l.at(wait, next):
		}
		cancel()
	}
}

// at is Clock.After, or never for the zero time.
func (l *Loop) at(ctx context.Context, t time.Time) <-chan struct{} {
	if t.IsZero() {
		return nil
	}
	return l.opts.Clock.After(ctx, t)
}

// sweep wakes the keys with due rows and returns the next moment some row becomes due; zero when there is
// none, and when rows are due already, because those were just looked at and the next sweep looks again.
func (l *Loop) sweep(ctx context.Context) (next time.Time) {
	for _, k := range l.kinds {
		if l.isPaused() {
			return time.Time{}
		}
		now := l.opts.Clock.Now()
		keys, err := k.due(ctx, now, l.opts.SweepLimit)
		if err == nil {
			l.wakeFound(k, keys)
			var at time.Time
			if at, err = k.nextDue(ctx); err == nil && at.After(now) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
		if err != nil && ctx.Err() == nil {
			l.opts.Log.WarnContext(ctx, "work: sweep failed", "kind", k.Name, "error", err)
		}
	}
	return next
}

// wakeFound wakes keys the sweep found. One that is running is left alone: its rows are still due because they
// are being handled, and if not the next sweep finds them. Bulk that made way for what takes long goes on.
func (l *Loop) wakeFound(k *loopKind, keys []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.paused {
		return
	}
	for _, key := range keys {
		if s := k.get(key); !s.running {
			l.wake(s)
		}
	}
	l.dispatch()
}

func (l *Loop) isPaused() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.paused
}
