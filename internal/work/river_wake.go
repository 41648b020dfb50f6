package work

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"
)

// wakeWorker is River's view of our handlers.
type wakeWorker struct {
	river.WorkerDefaults[wakeArgs]
	r *River
}

// NextRetry is when River runs a job again that failed.
func (w wakeWorker) NextRetry(job *river.Job[wakeArgs]) time.Time {
	w.r.mu.Lock()
	defer w.r.mu.Unlock()
	if at, ok := w.r.blocked[jobKey{job.Args.Work, job.Args.Key}]; ok {
		return at
	}
	return time.Now().Add(pause(job.Attempt)) // not failed here, but rescued from a dead process
}

// Work handles one key. The job is finished when the handler is content, also when that is because another job
// of this process handles the key: that one goes round once more.
func (w wakeWorker) Work(ctx context.Context, job *river.Job[wakeArgs]) error {
	r, args := w.r, job.Args
	k, ok := r.named[args.Work]
	if !ok {
		return errors.New("work: unknown kind " + args.Work)
	}
	isRetry := args.Slot == 0 && args.At == 0
	if !r.begin(jobKey{args.Work, args.Key}, isRetry) {
		return nil
	}
	again, woken, err := r.handle(ctx, k, args.Key, job.Attempt)
	switch {
	case err != nil:
		r.opts.logFailure(ctx, k.Name, args.Key, job.Attempt, err)
		if isRetry {
			return err
		}
		return r.handOver(ctx, jobKey{args.Work, args.Key}, err)
	case woken:
		err = r.Wake(ctx, k.Name, args.Key)
	case !again.IsZero():
		err = r.WakeAt(ctx, k.Name, args.Key, again)
	}
	if err != nil && ctx.Err() == nil {
		r.opts.Log.WarnContext(ctx, "work: wake-up lost, the sweep will find it", "kind", k.Name, "error", err)
	}
	return nil
}

// handle runs the handler, again and again while there is more to do at once, but not much longer than slice.
// It returns the last answer and whether the key was woken since the handler last began. After an error the
// key is blocked.
func (r *River) handle(ctx context.Context, k Kind, key string, attempt int) (again time.Time, woken bool, err error) {
	id := jobKey{k.Name, key}
	for begun := time.Now(); ; {
		again, err = k.call(ctx, key, r.opts.HandleTimeout)
		r.mu.Lock()
		s := r.running[id]
		woken, s.again = s.again, false
		more := woken || !again.IsZero() && !again.After(r.opts.Clock.Now())
		if err == nil && more && ctx.Err() == nil && time.Since(begun) < slice {
			r.mu.Unlock()
			continue
		}
		delete(r.running, id)
		if err != nil {
			r.block(id, time.Now().Add(pause(attempt)))
		}
		r.mu.Unlock()
		return again, woken, err
	}
}

// handOver has a key tried again whose job was not in slot 0, where wake-ups look: it puts the retry there, and
// sets a timer, because River's scheduler may be 5 s late.
func (r *River) handOver(ctx context.Context, id jobKey, failed error) error {
	r.mu.Lock()
	at := r.blocked[id]
	r.mu.Unlock()
	if _, err := r.client.Insert(ctx, wakeArgs{Work: id.kind, Key: id.key}, insertOpts(id.kind, at)); err != nil {
		return failed
	}
	r.wakeSoon(id, time.Until(at))
	return nil
}

// block notes, under the lock, that wake-ups of a key are pointless until at. It lets go of keys whose moment
// has passed: their retries may have run elsewhere.
func (r *River) block(id jobKey, at time.Time) {
	now := time.Now()
	for k, until := range r.blocked {
		if !until.After(now) {
			delete(r.blocked, k)
		}
	}
	r.blocked[id] = at
}

// begin notes that this process handles the key. It returns false when the job is needless: when the key is
// being handled here already, which then goes round once more, or is backing off and this is not the retry.
func (r *River) begin(id jobKey, isRetry bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.running[id]; s != nil {
		s.again = true
		return false
	}
	if !isRetry && r.blocked[id].After(time.Now()) {
		return false
	}
	delete(r.blocked, id)
	r.running[id] = &runningKey{}
	return true
}

// knownHere reports whether a wake-up needs no job: the key is being handled here, and goes round once more, or
// is backing off here.
func (r *River) knownHere(kind, key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := jobKey{kind, key}
	if s := r.running[id]; s != nil {
		s.again = true
		return true
	}
	return r.blocked[id].After(time.Now())
}

// restsHere is knownHere for the sweep, which does not make a running key go round again.
func (r *River) restsHere(kind, key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := jobKey{kind, key}
	return r.running[id] != nil || r.blocked[id].After(time.Now())
}
