package work

import (
	"cmp"
	"context"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"rejoinder/internal/fault"
)

// sweepArgs is one sweep of one kind; unique for ever, which is how the processes agree who does it: each
// offers the sweep of the present period and the first offer counts. So there is no leader whose death would
// leave a gap.
type sweepArgs struct {
	Work   string `json:"work" river:"unique"`
	Period int64  `json:"period" river:"unique"` // Options.SweepEvery since 1970
}

// Kind is River's name for the job.
func (sweepArgs) Kind() string { return sweepName }

// Run is described at Engine. A database that is away at the start is waited for, up to Options.StartWithin; then
// Run fails. One that goes away later is waited for without end. Only one Run may run at a time.
func (r *River) Run(ctx context.Context) error {
	defer r.dropTimers()
	if err := r.start(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return fault.From(fault.Unavailable, err, "The work engine could not be started.")
	}
	r.offerSweeps(ctx)
	// River waits SoftStopTimeout for the handlers, then cancels them and waits on; we do not wait on for ever.
	limit := time.NewTimer(r.opts.StopWithin + 2*lastWords)
	defer limit.Stop()
	select {
	case <-r.client.Stopped():
		return nil
	case <-limit.C:
		r.mu.Lock()
		defer r.mu.Unlock()
		return fault.New(fault.Internal, "%d handlers did not stop in time.", len(r.running))
	}
}

// Of the tries to start: how long one may take, which a database that does not answer would else draw out for ever,
// and the pauses between them, doubling from first to last.
const (
	startTry        = 15 * time.Second
	firstStartPause = 100 * time.Millisecond
	lastStartPause  = 5 * time.Second
)

// start starts River, trying again while the database is away. It returns the last try's error.
func (r *River) start(ctx context.Context) error {
	end := time.Now().Add(r.opts.StartWithin)
	for pause := firstStartPause; ; pause = min(2*pause, lastStartPause) {
		err := r.startOnce(ctx, min(startTry, time.Until(end)))
		if err == nil || ctx.Err() != nil || time.Until(end) <= pause {
			return err
		}
		r.opts.Log.WarnContext(ctx, "work: not started yet, trying again", "pause", pause, "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// startOnce starts River within a time limit. River runs as long as the context lives with which it was started,
// so that the limit must end with the start.
func (r *River) startOnce(ctx context.Context, limit time.Duration) error {
	running, stop := context.WithCancel(ctx)
	late := time.AfterFunc(limit, stop)
	err := r.client.Start(running)
	if late.Stop() {
		return err
	}
	if err == nil { // it started just then, and is stopping
		<-r.client.Stopped()
	}
	return cmp.Or(err, context.DeadlineExceeded)
}

// offerSweeps offers the sweeps of each period until ctx ends.
func (r *River) offerSweeps(ctx context.Context) {
	every := time.NewTicker(r.opts.SweepEvery)
	defer every.Stop()
	for {
		if err := r.offerSweep(ctx); err != nil && ctx.Err() == nil {
			r.opts.Log.WarnContext(ctx, "work: sweep not queued", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// period numbers the present moment for the sweeps.
func (r *River) period() int64 { return time.Now().UnixNano() / int64(r.opts.SweepEvery) }

func (r *River) offerSweep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, r.opts.HandleTimeout)
	defer cancel()
	var offers []river.InsertManyParams
	for _, k := range r.opts.Kinds {
		if k.Due != nil {
			offers = append(offers, river.InsertManyParams{
				Args: sweepArgs{Work: k.Name, Period: r.period()},
				InsertOpts: &river.InsertOpts{
					Queue: sweepName, MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByArgs: true},
				},
			})
		}
	}
	if len(offers) == 0 {
		return nil
	}
	_, err := r.client.InsertMany(ctx, offers)
	return err
}

// workSweep asks one kind for due rows and wakes their keys. A sweep is left out while another one of its kind
// is under way here, and when it had to wait so long that a later one has been.
func (r *River) workSweep(ctx context.Context, job *river.Job[sweepArgs]) error {
	k, ok := r.named[job.Args.Work]
	if !ok {
		return nil // offered by a process that knows more kinds; its next offer may reach one that does
	}
	if !r.beginSweep(k.Name, job.Args.Period) {
		return nil
	}
	defer r.endSweep(k.Name)
	keys, err := k.due(ctx, r.opts.Clock.Now(), r.opts.SweepLimit)
	if err == nil {
		err = r.wakeFound(ctx, k.Name, keys)
	}
	if err != nil && ctx.Err() == nil {
		r.opts.Log.WarnContext(ctx, "work: sweep failed", "kind", k.Name, "error", err)
	}
	return nil // the next period sweeps again; a retry would only repeat that
}

func (r *River) beginSweep(kind string, period int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sweeping[kind] || period <= r.swept[kind] {
		return false
	}
	r.sweeping[kind] = true
	r.swept[kind] = max(period, r.period())
	return true
}

func (r *River) endSweep(kind string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.sweeping, kind)
}

// wakeFound wakes keys the sweep found, many at once. A key that is being handled is left alone: its rows are
// still due because of that, and if not the next sweep finds them. Only when its job has been running for long,
// perhaps in a process that is dead, the key gets another job beside it.
func (r *River) wakeFound(ctx context.Context, kind string, keys []string) error {
	for slot := 0; slot < sweepSlots && len(keys) > 0; slot++ {
		var params []river.InsertManyParams
		seen := map[string]bool{} // River cannot tell apart the outcomes of one job given twice
		for _, key := range keys {
			if !seen[key] && !r.restsHere(kind, key) {
				seen[key] = true
				args := wakeArgs{Work: kind, Key: key, Slot: slot}
				params = append(params, river.InsertManyParams{Args: args, InsertOpts: insertOpts(kind, time.Time{})})
			}
		}
		if len(params) == 0 {
			return nil
		}
		results, err := r.client.InsertMany(ctx, params)
		if err != nil {
			return fault.From(fault.Unavailable, err, "The work could not be queued.")
		}
		keys = nil
		for i, res := range results {
			if res.UniqueSkippedAsDuplicate && !sees(res.Job, slot) && !alive(res.Job) {
				keys = append(keys, params[i].Args.(wakeArgs).Key)
			}
		}
	}
	return nil
}

// alive reports whether job is running and began so recently that the sweep leaves it alone.
func alive(job *rivertype.JobRow) bool {
	return job.State == rivertype.JobStateRunning && job.AttemptedAt != nil && time.Since(*job.AttemptedAt) < busyFor
}
