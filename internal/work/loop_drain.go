package work

import (
	"context"
	"time"

	"rejoinder/internal/fault"
)

// maxRounds is how often Drain looks for more work at one moment before it gives up. A kind takes its rows in
// batches of hundreds, so this is room for some hundred thousand rows.
const maxRounds = 2000

// Drain runs everything that is due now, one key after the other, until nothing is: woken keys, keys whose
// later moment has come, and keys Due finds. Handlers that fail back off as always and do not hold Drain up.
// The background waits meanwhile. It returns ctx's error, an error of Due, or an error that names the kinds
// that find no rest. A handler must not call it.
func (l *Loop) Drain(ctx context.Context) error {
	release, err := l.pause(ctx)
	if err != nil {
		return err
	}
	defer release()
	return l.drain(ctx)
}

// Advance moves the clock to one due moment after the other, in order, up to to, and drains at each of them and
// at to. It calls move, which must set Options.Clock, with each moment. The background waits meanwhile.
//
// One thing can make a row late: while a key has rows that are due but waits all the same (backing off after an
// error: at most a minute; or because its handler said so), later rows of its kind hide behind those, and are
// found at the end of that wait. So a handler that puts work off for long must move the rows' own moment.
func (l *Loop) Advance(ctx context.Context, move func(time.Time), to time.Time) error {
	release, err := l.pause(ctx)
	if err != nil {
		return err
	}
	defer release()
	for {
		if err := l.drain(ctx); err != nil {
			return err
		}
		next, err := l.nextMoment(ctx)
		if err != nil {
			return err
		}
		now := l.opts.Clock.Now()
		switch {
		case !next.IsZero() && !next.After(now):
			continue // the clock went on by itself while we looked
		case next.IsZero() || next.After(to):
			next = to
		}
		if !next.After(now) {
			return nil // at to, and quiet
		}
		move(next)
		if l.opts.Clock.Now().Before(next) {
			return fault.New(fault.Internal, "The clock did not move to %s.", next.UTC().Format(time.RFC3339Nano))
		}
	}
}

// pause waits for its turn and for the background's running handlers, and keeps the background from starting
// others until release is called.
func (l *Loop) pause(ctx context.Context) (release func(), err error) {
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	l.mu.Lock()
	l.paused = true
	l.mu.Unlock()
	release = func() {
		l.mu.Lock()
		l.paused = false
		l.dispatch()
		l.mu.Unlock()
		l.notify()
		<-l.turn
	}
	select {
	case <-l.whenIdle():
		return release, nil
	case <-ctx.Done():
		release()
		return nil, context.Cause(ctx)
	}
}

// drain works in rounds. A round is every key that is known to have work; when a round has none the moment is
// quiet. A key that answered "later" at this moment but still has due rows (they wait for a pacing slot, say)
// does not keep the moment busy: it is run again only along with others, which may have given it work.
func (l *Loop) drain(ctx context.Context) error {
	later := map[*loopKind]map[string]time.Time{}
	for _, k := range l.kinds {
		later[k] = map[string]time.Time{}
	}
	for range maxRounds {
		busy, waiting, err := l.round(ctx, later)
		if err != nil {
			return err
		}
		if len(busy) == 0 {
			return nil
		}
		keys := append(busy, waiting...)
		for i, s := range keys {
			if ctx.Err() != nil {
				l.giveBack(keys[i:])
				return context.Cause(ctx)
			}
			later[s.kind][s.key] = l.runNow(ctx, s)
		}
	}
	busy, _, err := l.round(ctx, later)
	if err != nil || len(busy) == 0 {
		return err
	}
	l.giveBack(busy)
	return fault.New(fault.Internal, "The work does not become quiet at %s: after %d rounds there is still work of kind %s.",
		l.opts.Clock.Now().UTC().Format(time.RFC3339Nano), maxRounds, kindsOf(busy))
}

// round takes the keys to run next off the queues: busy in the order of the kinds, woken before found; waiting
// are those that said later.
func (l *Loop) round(ctx context.Context, later map[*loopKind]map[string]time.Time) (busy, waiting []*loopKey, err error) {
	now := l.opts.Clock.Now()
	found := make([][]string, len(l.kinds))
	for i, k := range l.kinds {
		if found[i], err = k.due(ctx, now, l.opts.SweepLimit); err != nil {
			return nil, nil, err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fire(now)
	for i, k := range l.kinds {
		taken := map[*loopKey]bool{}
		for len(k.queue) > 0 {
			s := k.pop()
			taken[s] = true
			busy = append(busy, s)
		}
		for _, key := range found[i] {
			s := k.get(key)
			switch {
			case taken[s] || !s.blocked.IsZero():
			case later[k][key].After(now):
				waiting = append(waiting, s)
			default:
				busy = append(busy, s)
			}
			taken[s] = true
		}
	}
	return busy, waiting, nil
}

// giveBack queues keys that were taken but not run.
func (l *Loop) giveBack(keys []*loopKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range keys {
		l.wake(s)
	}
}

// runNow handles one key here and returns its answer, zero after an error.
func (l *Loop) runNow(ctx context.Context, s *loopKey) time.Time {
	l.mu.Lock()
	s.running = true
	l.mu.Unlock()
	again, err := s.kind.call(ctx, s.key, l.opts.HandleTimeout)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.finish(ctx, s, again, err)
	if err != nil {
		return time.Time{}
	}
	return again
}

// nextMoment returns the earliest moment after a quiet one at which something is due; zero for none.
func (l *Loop) nextMoment(ctx context.Context) (next time.Time, err error) {
	l.mu.Lock()
	expected := map[*loopKind]bool{} // kinds that have a key waiting for a moment of its own
	if len(l.alarms) > 0 {
		next = l.alarms[0].ring()
	}
	for _, s := range l.alarms {
		expected[s.kind] = true
	}
	l.mu.Unlock()
	for _, k := range l.kinds {
		at, err := k.nextDue(ctx)
		if err != nil {
			return time.Time{}, err
		}
		now := l.opts.Clock.Now()
		if at.IsZero() || (!at.After(now) && expected[k]) {
			continue // rows that are due but wait for the key's own moment, which is among the alarms
		}
		if !at.After(now) {
			if err := l.reallyDue(ctx, k, at, now); err != nil {
				return time.Time{}, err
			}
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next, nil
}

// reallyDue refuses rows that count as due but belong to no key: going on would jump over whatever is behind them.
func (l *Loop) reallyDue(ctx context.Context, k *loopKind, at, now time.Time) error {
	keys, err := k.due(ctx, now, 1)
	if err != nil || len(keys) > 0 {
		return err
	}
	if again, err := k.nextDue(ctx); err != nil || !again.Equal(at) {
		return err
	}
	return fault.New(fault.Internal, "Work of kind %s was due at %s, but no key was found for it.",
		k.Name, at.UTC().Format(time.RFC3339Nano))
}

// kindsOf names the kinds of keys, each once, in their order.
func kindsOf(keys []*loopKey) string {
	names, last := "", ""
	for _, s := range keys {
		if s.kind.Name != last {
			if names != "" {
				names += ", "
			}
			last = s.kind.Name
			names += last
		}
	}
	return names
}
