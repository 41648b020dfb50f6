package work

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"rejoinder/internal/fault"
)

// How River is set up, and why.
const (
	// fetchPause bounds how often a queue asks for jobs, and so how long a burst waits for its next batch.
	fetchPause = 5 * time.Millisecond
	// notifyPause bounds how often an insert into one queue is announced; an insert sooner after the last one
	// may have to wait for the poll. Measured: at 5 ms, a wake-up sent from a handler took 58 ms on average.
	notifyPause = time.Millisecond
	// pollEvery finds what no notification announced: that insert, a short retry, an insert while the listener
	// had lost its connection.
	pollEvery = 100 * time.Millisecond
	// rescueMargin is how long after a handler's time limit a job counts as left behind by a dead process.
	// River looks for those every 30 s; the sweep is faster for all but the keys that died in all of sweepSlots.
	rescueMargin = 10 * time.Second
	// keepDone is how long finished jobs stay: the history is in our rows, these are only for looking at.
	keepDone = 2 * time.Minute
	// keepGivenUp is the same for jobs that failed maxAttempts times.
	keepGivenUp = 10 * time.Minute
	// maxAttempts bounds the errors River keeps in one job: an hour of failures. Then the job is discarded and
	// the sweep makes a new one, because the rows are still due.
	maxAttempts = 60
	// slice is how long a job goes on while its handler answers "again now", before other keys get their turn.
	slice = 250 * time.Millisecond
	// soon is up to how far ahead a later moment is kept as a timer of this process, which is exact, and not
	// as a scheduled job, which River's leader makes available every 5 s.
	soon = 10 * time.Second
	// busyFor is how long the sweep trusts a running job to be alive. Then it wakes the key beside it.
	busyFor = 3 * time.Second
	// fullFor is how long a wake-up waits when all slots of its key are running.
	fullFor = 100 * time.Millisecond
	// slots is how many jobs one key can have at once: see wakeArgs.
	slots = 3
	// sweepSlots is the same for the sweep, which meets the jobs of dead processes. One that is killed and started again
	// and again leaves one behind each time, until River rescues them after a minute; with as few slots as a wake-up has,
	// it would keep the key from all the living.
	sweepSlots = 40
)

// wakeArgs is a wake-up as a job; unique while it is not finished.
//
// One job per key would lose a wake-up that comes while the job is running: the rows it is about may be newer
// than what the handler read, and River refuses the second job as a duplicate (its unique states must include
// running). So a key has slots: a wake-up goes into the first slot that is free, or is dropped at the first one
// whose job has not begun, because that will see the rows. River writes down only every 50 ms or so which jobs
// are finished, so all slots may seem to be running when nothing is; then the process tries again in a moment.
// What remains is a process that dies just then: its wake-up is lost, and the sweep finds the rows within
// Options.SweepEvery, or within busyFor if another job of the key seems to be running.
//
// Slot 0 is also where a failing key backs off: while its job waits for a retry, the key is not woken.
type wakeArgs struct {
	Work string `json:"work" river:"unique"`
	Key  string `json:"key" river:"unique"`
	Slot int    `json:"slot" river:"unique"`
	At   int64  `json:"at" river:"unique"` // for a later moment: unix seconds, so that each moment has its job
}

// Kind is River's name for the job.
func (wakeArgs) Kind() string { return "wake" }

// unfinished are the states in which a wake-up stands in the way of its duplicates.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

// River is the engine for several processes on one PostgreSQL database. Whoever is free takes a job, so the
// processes share the work; PostgreSQL's notifications wake them at once. In one process a key has at most one
// handler at a time; over all processes that is usual but not promised, so the rows must decide. It is safe for
// concurrent use.
type River struct {
	opts   Options
	named  map[string]Kind
	client *river.Client[pgx.Tx]

	mu      sync.Mutex
	running map[jobKey]*runningKey
	blocked map[jobKey]time.Time // keys that failed here: when River runs their retry
	timers  map[jobKey]*soonTimer

	swept    map[string]int64 // by kind: the period of the last sweep this process began
	sweeping map[string]bool  // kinds of which this process is sweeping one now
}

// jobKey names a key over all kinds.
type jobKey struct{ kind, key string }

// runningKey is a key being handled in this process.
type runningKey struct{ again bool }

// soonTimer is a wake-up of this process in the near future.
type soonTimer struct {
	at    time.Time // in real time
	timer *time.Timer
}

// NewRiver returns an engine on a pool opened by OpenPool and migrated by Migrate, both for the same schema.
// Wake and WakeAt work before Run and beside it.
func NewRiver(pool *pgxpool.Pool, schema string, opts Options) (*River, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	r := &River{
		opts: opts, named: map[string]Kind{}, running: map[jobKey]*runningKey{},
		blocked: map[jobKey]time.Time{}, timers: map[jobKey]*soonTimer{}, swept: map[string]int64{}, sweeping: map[string]bool{},
	}
	queue := func(workers int) river.QueueConfig {
		return river.QueueConfig{MaxWorkers: workers, FetchCooldown: fetchPause, FetchPollInterval: pollEvery}
	}
	queues := map[string]river.QueueConfig{sweepName: queue(len(opts.Kinds))}
	for _, k := range opts.Kinds {
		r.named[k.Name] = k
		queues[k.Name] = queue(k.Workers)
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, wakeWorker{r: r})
	river.AddWorker(workers, river.WorkFunc(r.workSweep))
	r.client, err = river.NewClient(riverpgxv5.New(pool), &river.Config{
		Schema: schema, Queues: queues, Workers: workers,
		FetchCooldown:               notifyPause, // of the queues' own settings, this one counts for announcing only
		JobTimeout:                  opts.HandleTimeout + slice,
		RescueStuckJobsAfter:        opts.HandleTimeout + slice + rescueMargin,
		MaxAttempts:                 maxAttempts,
		SoftStopTimeout:             opts.StopWithin,
		CompletedJobRetentionPeriod: keepDone,
		CancelledJobRetentionPeriod: keepDone,
		DiscardedJobRetentionPeriod: keepGivenUp,
		// River reports each failed job as information; we do that ourselves, with the key.
		Logger: slog.New(warnings{opts.Log.Handler()}),
	})
	if err != nil {
		return nil, fault.From(fault.Internal, err, "The work engine could not be set up.")
	}
	return r, nil
}

// Wake is described at Engine.
func (r *River) Wake(ctx context.Context, kind, key string) (err error) {
	if _, ok := r.named[kind]; !ok {
		return unknownKind(kind)
	}
	defer fault.Wrap(&err, "work: wake %s %s", kind, key)
	if r.knownHere(kind, key) {
		return nil
	}
	for slot := range slots {
		args := wakeArgs{Work: kind, Key: key, Slot: slot}
		res, err := r.client.Insert(ctx, args, insertOpts(kind, time.Time{}))
		if err != nil {
			return fault.From(fault.Unavailable, err, "The work could not be queued.")
		}
		if !res.UniqueSkippedAsDuplicate || sees(res.Job, slot) {
			return nil
		}
	}
	r.wakeSoon(jobKey{kind, key}, fullFor)
	return nil
}

// sees reports whether job, found in the way of a wake-up into slot, makes that wake-up needless: it has yet to
// begin, or it is the retry its key waits for. A retry River's leader is late with does not count.
func sees(job *rivertype.JobRow, slot int) bool {
	switch job.State {
	case rivertype.JobStateAvailable:
		return true
	case rivertype.JobStateRetryable, rivertype.JobStateScheduled:
		return slot == 0 && time.Now().Before(job.ScheduledAt)
	default:
		return false
	}
}

// insertOpts are those of a wake-up; at is in real time, zero for at once.
func insertOpts(kind string, at time.Time) *river.InsertOpts {
	return &river.InsertOpts{
		Queue: kind, ScheduledAt: at,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished},
	}
}

// WakeAt is described at Engine. A near moment is kept in this process only; if the process dies, the sweep
// finds the rows.
func (r *River) WakeAt(ctx context.Context, kind, key string, at time.Time) (err error) {
	if _, ok := r.named[kind]; !ok {
		return unknownKind(kind)
	}
	defer fault.Wrap(&err, "work: wake %s %s later", kind, key)
	left := at.Sub(r.opts.Clock.Now())
	switch {
	case left <= 0:
		return r.Wake(ctx, kind, key)
	case left <= soon:
		r.wakeSoon(jobKey{kind, key}, left)
		return nil
	}
	when := time.Now().Add(left)
	args := wakeArgs{Work: kind, Key: key, At: when.Unix()}
	if _, err := r.client.Insert(ctx, args, insertOpts(kind, when)); err != nil {
		return fault.From(fault.Unavailable, err, "The work could not be queued.")
	}
	return nil
}

// wakeSoon sets this process's timer for k, unless it is set for an earlier moment.
func (r *River) wakeSoon(k jobKey, left time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := time.Now().Add(left)
	if old := r.timers[k]; old != nil {
		if !at.Before(old.at) {
			return
		}
		old.timer.Stop()
	}
	t := &soonTimer{at: at}
	t.timer = time.AfterFunc(left, func() { r.ring(k, t) })
	r.timers[k] = t
}

// ring wakes k when its timer t has run out.
func (r *River) ring(k jobKey, t *soonTimer) {
	r.mu.Lock()
	current := r.timers[k] == t
	if current {
		delete(r.timers, k)
	}
	r.mu.Unlock()
	if !current {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.opts.HandleTimeout)
	defer cancel()
	if err := r.Wake(ctx, k.kind, k.key); err != nil {
		r.opts.Log.WarnContext(ctx, "work: wake-up lost, the sweep will find it", "kind", k.kind, "error", err)
	}
}

// dropTimers forgets every near moment, for a stop.
func (r *River) dropTimers() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for k, t := range r.timers {
		t.timer.Stop()
		delete(r.timers, k)
	}
}

// warnings drops what is below a warning.
type warnings struct{ slog.Handler }

func (w warnings) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && w.Handler.Enabled(ctx, l)
}
func (w warnings) WithAttrs(a []slog.Attr) slog.Handler { return warnings{w.Handler.WithAttrs(a)} }
func (w warnings) WithGroup(name string) slog.Handler   { return warnings{w.Handler.WithGroup(name)} }
