package work

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// Loop is the engine of one process: everything it knows is in memory, and a start sweeps the rows, so there
// is nothing to lease and nothing to rescue. At most one handler runs for a key at a time in this process. It is safe
// for concurrent use.
type Loop struct {
	opts  Options
	kinds []*loopKind
	named map[string]*loopKind

	changed chan struct{} // one token: the timer must look at its alarms again
	turn    chan struct{} // one token: held by the one Drain, Advance

	mu      sync.Mutex
	alarms  alarms          // keys with a later moment, earliest first
	live    context.Context // parent of the handlers' contexts; nil while Run does not run
	paused  bool            // Drain or Advance has the handlers to itself
	running int             // handlers running in the background
	idle    chan struct{}   // closed when running falls to 0; nil when nobody waits for it
}

// loopKind is a kind with its waiting keys.
type loopKind struct {
	Kind
	keys    map[string]*loopKey    // every key that is not idle
	queue   []*loopKey             // keys to be handled, oldest first
	running map[*loopKey]time.Time // keys being handled in the background, and since when, in real time
}

// loopKey is what the loop knows of one key.
type loopKey struct {
	kind     *loopKind
	key      string
	queued   bool
	running  bool
	again    bool      // woken while running
	failures int       // in a row
	blocked  time.Time // backing off until then; zero when not
	later    time.Time // to be woken then; zero when not
	alarm    int       // its place in Loop.alarms plus 1; 0 when it is not there
}

// NewLoop returns a loop that does nothing until Run, Drain or Advance is called.
func NewLoop(opts Options) (*Loop, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	l := &Loop{
		opts: opts, named: map[string]*loopKind{},
		changed: make(chan struct{}, 1), turn: make(chan struct{}, 1),
	}
	for _, k := range opts.Kinds {
		lk := &loopKind{Kind: k, keys: map[string]*loopKey{}, running: map[*loopKey]time.Time{}}
		l.kinds = append(l.kinds, lk)
		l.named[k.Name] = lk
	}
	return l, nil
}

// Wake asks for the handler of kind to run for key soon. It never waits for the handler. A wake-up for a key that is
// already waiting changes nothing; one for a key that is running makes it run once more. It fails only for a kind the
// loop does not have.
func (l *Loop) Wake(_ context.Context, kind, key string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := l.named[kind]
	if k == nil {
		return unknownKind(kind)
	}
	l.wake(k.get(key))
	return nil
}

// WakeAt is Wake at a later moment, in the time of Options.Clock. Of several later moments for one key only the
// earliest is sure to be kept: when it comes, the handler answers with the next.
func (l *Loop) WakeAt(_ context.Context, kind, key string, at time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := l.named[kind]
	if k == nil {
		return unknownKind(kind)
	}
	if s := k.get(key); at.After(l.opts.Clock.Now()) {
		l.wakeAt(s, at)
	} else {
		l.wake(s)
	}
	return nil
}

// get returns the state of key, new if it was idle.
func (k *loopKind) get(key string) *loopKey {
	s := k.keys[key]
	if s == nil {
		s = &loopKey{kind: k, key: key}
		k.keys[key] = s
	}
	return s
}

// wake puts s in its queue, or notes that it must run once more. A key that is backing off stays so: its
// retry will see whatever this wake-up was about.
func (l *Loop) wake(s *loopKey) {
	switch {
	case s.running:
		s.again = true
	case s.queued || !s.blocked.IsZero():
	default:
		s.queued = true
		s.kind.queue = append(s.kind.queue, s)
		l.dispatch()
	}
}

// wakeAt notes the later moment, if it is the earliest of this key.
func (l *Loop) wakeAt(s *loopKey, at time.Time) {
	if s.later.IsZero() || at.Before(s.later) {
		s.later = at
		l.setAlarm(s)
	}
}

// ring returns the moment at which s wants attention; zero for none.
func (s *loopKey) ring() time.Time {
	if !s.blocked.IsZero() {
		return s.blocked
	}
	return s.later
}

// setAlarm puts s where it belongs among the alarms after its moments changed.
func (l *Loop) setAlarm(s *loopKey) {
	switch wanted := !s.ring().IsZero(); {
	case wanted && s.alarm > 0:
		heap.Fix(&l.alarms, s.alarm-1)
	case wanted:
		heap.Push(&l.alarms, s)
	case s.alarm > 0:
		heap.Remove(&l.alarms, s.alarm-1)
	}
	if s.alarm == 1 {
		l.notify()
	}
}

// notify makes the timer look at the alarms again.
func (l *Loop) notify() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// fire queues every key whose moment has come and returns the next moment; zero for none.
func (l *Loop) fire(now time.Time) time.Time {
	for len(l.alarms) > 0 {
		s := l.alarms[0]
		if at := s.ring(); at.After(now) {
			return at
		}
		if s.blocked.IsZero() {
			s.later = time.Time{}
		} else {
			s.blocked = time.Time{}
		}
		l.setAlarm(s)
		l.wake(s)
	}
	return time.Time{}
}

// dispatch starts handlers while there are keys and free workers.
func (l *Loop) dispatch() {
	if l.live == nil || l.paused {
		return
	}
	for _, k := range l.kinds {
		for len(k.queue) > 0 && len(k.running) < l.workers(k) {
			s := k.pop()
			s.running = true
			k.running[s] = time.Now()
			l.running++
			go l.work(l.live, s)
		}
	}
}

// workers returns how many keys of a kind may be handled at once as things stand.
func (l *Loop) workers(k *loopKind) int {
	if k.Rank != Bulk {
		return k.Workers
	}
	for _, other := range l.kinds {
		if other.Rank == Urgent && other.presses() {
			return min(k.Workers, bulkBeside)
		}
	}
	return k.Workers
}

// presses reports whether keys of the kind wait or have just begun to be handled. What takes longer waits for somebody
// outside: it has no use for what others leave it.
func (k *loopKind) presses() bool {
	if len(k.queue) > 0 {
		return true
	}
	for _, since := range k.running {
		if time.Since(since) < pressesFor {
			return true
		}
	}
	return false
}

// pop takes the oldest key off the queue.
func (k *loopKind) pop() *loopKey {
	s := k.queue[0]
	k.queue[0] = nil
	k.queue = k.queue[1:]
	if len(k.queue) == 0 {
		k.queue = nil // let go of the array that appends have moved along
	}
	s.queued = false
	return s
}

// work handles one key in the background.
func (l *Loop) work(ctx context.Context, s *loopKey) {
	again, err := s.kind.call(ctx, s.key, l.opts.HandleTimeout)
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(s.kind.running, s)
	l.running--
	l.finish(ctx, s, again, err)
	l.dispatch()
	if l.running == 0 && l.idle != nil {
		close(l.idle)
		l.idle = nil
	}
}

// finish records what a handler answered.
func (l *Loop) finish(ctx context.Context, s *loopKey, again time.Time, err error) {
	now := l.opts.Clock.Now()
	woken := s.again
	s.running, s.again = false, false
	if err != nil {
		s.failures++
		s.blocked = now.Add(pause(s.failures))
		l.setAlarm(s)
		l.opts.logFailure(ctx, s.kind.Name, s.key, s.failures, err)
		return
	}
	s.failures = 0
	switch {
	case again.IsZero():
	case again.After(now):
		l.wakeAt(s, again)
	default:
		woken = true
	}
	if woken {
		l.wake(s)
	}
	if !s.queued && !s.running && s.alarm == 0 {
		delete(s.kind.keys, s.key)
	}
}

// alarms is a heap of keys by the moment they want attention.
type alarms []*loopKey

func (a alarms) Len() int           { return len(a) }
func (a alarms) Less(i, j int) bool { return a[i].ring().Before(a[j].ring()) }
func (a alarms) Swap(i, j int) {
	a[i], a[j] = a[j], a[i]
	a[i].alarm, a[j].alarm = i+1, j+1
}

func (a *alarms) Push(x any) {
	s := x.(*loopKey)
	*a = append(*a, s)
	s.alarm = len(*a)
}

func (a *alarms) Pop() any {
	old := *a
	s := old[len(old)-1]
	old[len(old)-1] = nil
	*a = old[:len(old)-1]
	s.alarm = 0
	return s
}
