package simulate

import (
	"container/heap"
	"context"
	"slices"
	"testing/synctest"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/texting"
)

// work is one key of one kind.
type work struct{ kind, key string }

// kind is what the engine would be given.
type kind struct {
	name    string
	handle  func(context.Context, string) (time.Time, error)
	due     func(context.Context, time.Time, int) ([]string, error)
	nextDue func(context.Context) (time.Time, error)
}

// kinds are all sorts of work, as app joins them.
func (p *program) kinds() []kind {
	b, t := p.bridge, p.texting
	return []kind{
		{bridge.WakeAnswer, b.DeliverAnswers, b.DueDeliveries(false), b.NextDelivery(false)},
		{bridge.WakeDeliver, b.DeliverBulk, b.DueDeliveries(true), b.NextDelivery(true)},
		{bridge.WakeNotice, b.HandleNotice, b.NoticeDue, b.NoticeNextDue},
		{bridge.WakeRoll, b.HandleRoll, b.RollDue, b.RollNextDue},
		{bridge.WakeWebhook, b.HandleWebhook, b.WebhookDue, b.WebhookNextDue},
		{bridge.WakeReply, b.AnswerReplies, b.DueReplies, b.NextReply},
		{texting.WakeEvent, t.HandleEvents, t.DueEvents, t.NextEvent},
		{texting.WakeSend, t.HandleSend, t.DueSends, t.NextSend},
		{texting.WakeHook, t.SendHooks, t.DueHooks, t.NextDueHook},
	}
}

// Wake is the program's waker. Some wake-ups are lost: rows carry the work.
func (w *world) Wake(_ context.Context, kind, key string) error {
	k := work{kind, key}
	w.mu.Lock()
	w.wakes[k]++
	heard := w.of("wake", kind, w.wakes[k]).Float64() >= w.plan.deafness
	if heard && !slices.Contains(w.pending, k) {
		w.pending = append(w.pending, k)
	}
	w.mu.Unlock()
	if heard {
		w.ring()
	}
	return nil
}

// WakeAt is for moments that rows have too.
func (w *world) WakeAt(context.Context, string, string, time.Time) error { return nil }

func (w *world) ring() {
	select {
	case w.bell <- struct{}{}:
	default:
	}
}

// event is something that happens outside.
type event struct {
	at time.Time
	n  int
	do func()
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at.Before(e[j].at) || e[i].at.Equal(e[j].at) && e[i].n < e[j].n
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	old := *e
	x := old[len(old)-1]
	*e = old[:len(old)-1]
	return x
}

// later lets something happen outside at a moment.
func (w *world) later(at time.Time, do func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.push(at, do)
}

// push is later for whoever holds the lock.
func (w *world) push(at time.Time, do func()) {
	w.tries["event"]++
	heap.Push(&w.events, event{at, w.tries["event"], do})
	w.ring()
}

// tooMuch is more pieces of work than any seed comes to (the busiest: two thousand). Then nothing is started any more,
// for work that never ends would be swept up once a second for ten days.
const tooMuch = 10_000

// run lets the world go on until a moment.
func (w *world) run(until time.Time) {
	for time.Now().Before(until) {
		synctest.Wait() // who is awake may have more to say before the seed decides
		if w.p.killed() {
			w.restart()
			continue
		}
		w.happen()
		if w.start() {
			continue
		}
		next, found := w.soonest(until)
		if found {
			continue
		}
		if w.p.killed() {
			continue
		}
		t := time.NewTimer(max(time.Until(next), time.Microsecond))
		select {
		case <-t.C:
		case <-w.bell:
		}
		t.Stop()
	}
}

// sweepEvery is how often the engine looks for rows that are due.
const sweepEvery = time.Second

// soonest is when there is something to do again, at the latest until; found says that it is now.
func (w *world) soonest(until time.Time) (next time.Time, found bool) {
	now := time.Now()
	next = until
	sooner := func(at time.Time) {
		if !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	w.mu.Lock()
	if len(w.events) > 0 {
		sooner(w.events[0].at)
	}
	full := w.full()
	for _, k := range w.pending {
		if at := w.blocked[k]; at.After(now) {
			sooner(at)
		}
	}
	w.mu.Unlock()
	if full {
		return next, false
	}
	changed := w.p.changes.Load() != w.swept.changes
	if (changed || !w.swept.due.After(now)) && now.Sub(w.swept.at) >= sweepEvery {
		changed = false
		if w.sweep() {
			return now, true
		}
	}
	switch sweep := w.swept.at.Add(sweepEvery); {
	case changed || w.swept.due.Before(sweep):
		sooner(sweep)
	default:
		sooner(w.swept.due)
	}
	return next, false
}

// happen starts what happens outside now.
func (w *world) happen() {
	for {
		w.mu.Lock()
		if len(w.events) == 0 || w.events[0].at.After(time.Now()) {
			w.mu.Unlock()
			return
		}
		e := heap.Pop(&w.events).(event)
		w.mu.Unlock()
		go e.do()
		time.Sleep(time.Nanosecond) // each begins alone
	}
}

// start starts one of the woken keys, chosen by the seed, and reports whether it did.
func (w *world) start() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.full() {
		return false
	}
	now := time.Now()
	var can []int
	for i, k := range w.pending {
		if !w.running[k] && !w.blocked[k].After(now) {
			can = append(can, i)
		}
	}
	if len(can) == 0 {
		return false
	}
	i := can[w.rng.IntN(len(can))]
	k := w.pending[i]
	w.pending = slices.Delete(w.pending, i, i+1)
	w.started, w.last = w.started+1, k
	w.running[k] = true
	delete(w.blocked, k)
	p := w.p
	wait := time.Duration(w.rng.IntN(3_000_000)) + 1
	p.inUse.Go(func() { time.Sleep(wait); w.handle(p, k) })
	return true
}

// full reports, to whoever holds the lock, that nothing is to be started.
func (w *world) full() bool { return len(w.running) >= w.plan.atOnce || w.started > tooMuch }

// handle runs one handler as the engine does.
func (w *world) handle(p *program, k work) {
	var again time.Time
	var err error
	for _, kind := range p.kinds() {
		if kind.name == k.kind {
			ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
			again, err = kind.handle(ctx, k.key)
			cancel()
		}
	}
	if !p.killed() {
		w.log.add("work", "%s %s: %v", k.kind, shopOf(k.key), short(err))
	}
	w.mu.Lock()
	if p == w.p {
		delete(w.running, k)
		switch {
		case err != nil:
			w.failed[k]++
			w.blocked[k] = time.Now().Add(min(time.Second<<min(w.failed[k], 6), time.Minute))
			w.pending = append(w.pending, k)
		case !again.IsZero():
			w.failed[k] = 0
			w.blocked[k] = again
			if !slices.Contains(w.pending, k) {
				w.pending = append(w.pending, k)
			}
		default:
			w.failed[k] = 0
		}
	}
	w.mu.Unlock()
	w.ring()
}

// swept is what the last sweep saw.
type swept struct {
	at      time.Time
	due     time.Time // when the first row is due that was not yet
	changes int64     // so many transactions before it
}

// sweep finds rows that are due although nobody was woken for them.
func (w *world) sweep() (found bool) {
	now, p := time.Now(), w.p
	w.swept = swept{at: now, due: now.AddDate(1, 0, 0), changes: p.changes.Load()}
	for _, k := range p.kinds() {
		at, err := k.nextDue(p.ctx)
		if err != nil {
			w.fault(err)
			continue
		}
		if at.IsZero() {
			continue
		}
		if at.Before(w.swept.due) {
			w.swept.due = at
		}
		if at.After(now) {
			continue
		}
		keys, err := k.due(p.ctx, now, 100)
		if err != nil {
			w.fault(err)
			continue
		}
		w.mu.Lock()
		for _, key := range keys {
			x := work{k.name, key}
			if !w.running[x] && !slices.Contains(w.pending, x) {
				w.pending = append(w.pending, x)
				found = true
			}
		}
		w.mu.Unlock()
	}
	return found
}

// fault notes an error that only a killed process may have.
func (w *world) fault(err error) {
	if !w.p.killed() {
		w.broken(stuck, "%s: the sweep failed: %v", time.Now().UTC().Format(time.RFC3339), err)
		w.p.kill()
	}
}

// restart brings the program back after a stop.
func (w *world) restart() {
	w.deaths = append(w.deaths, w.p.died)
	w.bury()
	down := time.Duration(w.rng.Int64N(int64(5 * time.Second)))
	if w.rng.IntN(12) == 0 {
		down = time.Duration(w.rng.Int64N(int64(20 * time.Hour)))
	}
	if w.rng.IntN(80) == 0 { // so long that orders come due of which nobody could be told
		down = time.Duration(w.rng.Int64N(int64(9 * 24 * time.Hour)))
	}
	w.totals.Restarts++
	w.log.add("stop", "killed, %s", down)
	time.Sleep(down)
	w.boot()
}
