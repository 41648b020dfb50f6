// Package work wakes the right handler for a key.
//
// It exists because the work itself is rows in our own tables, each with a moment at which it is due. A
// wake-up carries only the name of a kind of work and a key (which shop, customer or run may have something
// to do); the handler reads the rows and does what they say is left. So a wake-up may be lost, repeated or
// late without harm, and a sweep over due rows finds what was lost.
//
// So several processes on one PostgreSQL need nothing between them: each handles what it was woken for itself, each
// sweeps, and what a dead one was woken for is found within a sweep. Two of them may handle one key at the same time;
// the rows decide who has which.
//
//	        Wake                worker free              answer: nothing known
//	idle ──────────▶ queued ───────────────▶ running ─────────────────────────▶ idle
//	  ▲                ▲  ▲                   │ │ │
//	  │ WakeAt, sweep  │  └── woken meanwhile ┘ │ └─ answer: later ──▶ idle, woken at that moment
//	  └────────────────┘        or "again now"  │
//	                   ▲                        └─ error or panic ───▶ backing off: 1 s doubling to 1 min,
//	                   └──────────────────────────────────────────────── wake-ups wait for the retry
//
// It must not know what a kind of work means, must not hold work of its own (everything it remembers may be
// thrown away at any moment), and must not know the database. Keys are ids; they are logged, so they must never be
// phone numbers, message text or secrets.
package work

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"runtime"
	"time"

	"rejoinder/internal/fault"
)

// Handler does what the rows say is left for key; it may run twice, late, at the same time in another process
// or after a crash without harm. It returns when there may be more to do for this key: zero means nothing is
// known, a past or present time means again at once (after the other waiting keys had their turn). An error
// makes the engine try again with growing pauses. The context ends after Options.HandleTimeout.
type Handler func(ctx context.Context, key string) (again time.Time, err error)

// Kind is one sort of work.
type Kind struct {
	// Name is lower-case letters, digits and underscores, at most 40, starting with a letter: "deliver".
	Name string
	// Handle does the work of one key.
	Handle Handler
	// Due returns up to limit keys that have rows due at now, longest due first. The sweep asks it, to find
	// work whose wake-up was lost. Nil for work that is never left lying in rows.
	Due func(ctx context.Context, now time.Time, limit int) ([]string, error)
	// NextDue returns the earliest moment at which some row of this kind becomes due, also when that moment has
	// passed; zero when there is none. Loop asks it to sleep exactly as long as it may, and Advance to find
	// the next moment. A row that waits for long must not stay due: give it the moment it waits for. Nil when
	// Due is nil.
	NextDue func(ctx context.Context) (time.Time, error)
	// Workers is how many keys of this kind may be handled at once in this process; at least 1.
	Workers int
	// Rank says how this kind stands to the others.
	Rank Rank
}

// Rank says which work gives way to which.
type Rank int

// The ranks. Bulk work gives way to urgent work, but is never stopped by it: while urgent keys wait, or have been handled
// for less than pressesFor, bulkBeside keys of each bulk kind are.
const (
	Normal Rank = iota
	Urgent      // a person waits for it
	Bulk        // there may be very much of it, and nobody waits
)

const (
	// bulkBeside is how many keys of a bulk kind are handled at once beside urgent work.
	bulkBeside = 4
	// pressesFor is how long an urgent handler is made way for, in real time: one shop's program that does not answer
	// must not hold up everybody's bulk.
	pressesFor = time.Second
)

// Options configures a Loop.
type Options struct {
	Kinds []Kind
	Clock Clock // nil means Real()

	SweepEvery    time.Duration // how often Due is asked, in real time; 0 means 1 s
	SweepLimit    int           // how many keys one sweep of one kind takes; 0 means 1000
	HandleTimeout time.Duration // how long one handler call may take, in real time; 0 means 20 s
	StopWithin    time.Duration // how long Run lets handlers finish once its context ended; 0 means 15 s

	Log *slog.Logger // nil means slog.Default()
}

// Pauses after errors. They double from first to last and each is spread by a quarter either way, so that
// keys which failed together do not come back together.
const (
	firstPause = time.Second
	lastPause  = time.Minute
)

// kindName keeps names fit for metric labels.
var kindName = regexp.MustCompile(`^[a-z](_?[a-z0-9])*$`)

// withDefaults checks o and fills in what was left empty.
func (o Options) withDefaults() (Options, error) {
	seen := map[string]bool{}
	for _, k := range o.Kinds {
		switch {
		case !kindName.MatchString(k.Name) || len(k.Name) > 40:
			return o, fault.New(fault.Internal, "The work kind name %q cannot be used.", k.Name)
		case seen[k.Name]:
			return o, fault.New(fault.Internal, "The work kind %q is given twice.", k.Name)
		case k.Handle == nil:
			return o, fault.New(fault.Internal, "The work kind %q has no handler.", k.Name)
		case k.Workers < 1 || k.Workers > 10_000:
			return o, fault.New(fault.Internal, "The work kind %q needs 1 to 10000 workers.", k.Name)
		case (k.Due == nil) != (k.NextDue == nil):
			return o, fault.New(fault.Internal, "The work kind %q needs both Due and NextDue or neither.", k.Name)
		}
		seen[k.Name] = true
	}
	if len(o.Kinds) == 0 {
		return o, fault.New(fault.Internal, "There is no kind of work.")
	}
	if o.Clock == nil {
		o.Clock = Real()
	}
	if o.SweepEvery <= 0 {
		o.SweepEvery = time.Second
	}
	if o.SweepLimit <= 0 {
		o.SweepLimit = 1000
	}
	if o.HandleTimeout <= 0 {
		o.HandleTimeout = 20 * time.Second
	}
	if o.StopWithin <= 0 {
		o.StopWithin = 15 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o, nil
}

// pause returns how long a key waits after its n-th failure in a row, n from 1.
func pause(n int) time.Duration {
	d := lastPause
	if n < 7 {
		d = firstPause << max(n-1, 0)
	}
	return d*3/4 + rand.N(d/2)
}

// panicked is a handler's panic turned into an error. It keeps where it happened and the type of the value,
// never the value: that may be a customer's text.
type panicked struct {
	value string
	where []string
}

func (p *panicked) Error() string { return "panic with a " + p.value }

// call runs the handler with a time limit and turns a panic into an error.
func (k Kind) call(ctx context.Context, key string, limit time.Duration) (again time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer recovered(&err)
	return k.Handle(ctx, key)
}

// due asks Due, or finds nothing when the kind has none.
func (k Kind) due(ctx context.Context, now time.Time, limit int) (keys []string, err error) {
	if k.Due == nil {
		return nil, nil
	}
	defer fault.Wrap(&err, "work: due keys of %s", k.Name)
	defer recovered(&err)
	return k.Due(ctx, now, limit)
}

// nextDue asks NextDue, or knows of nothing when the kind has none.
func (k Kind) nextDue(ctx context.Context) (at time.Time, err error) {
	if k.NextDue == nil {
		return time.Time{}, nil
	}
	defer fault.Wrap(&err, "work: next due moment of %s", k.Name)
	defer recovered(&err)
	return k.NextDue(ctx)
}

// recovered, deferred, turns a panic into an error.
func recovered(err *error) {
	if v := recover(); v != nil {
		*err = &panicked{value: fmt.Sprintf("%T", v), where: frames()}
	}
}

// frames lists the functions and lines of the stack below the panic, without arguments.
func frames() []string {
	pcs := make([]uintptr, 16)
	fs := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)])
	var out []string
	for {
		f, more := fs.Next()
		out = append(out, fmt.Sprintf("%s:%d", f.Function, f.Line))
		if !more {
			return out
		}
	}
}

// logFailure records that a key failed, for the failures-th time in a row.
func (o Options) logFailure(ctx context.Context, kind, key string, failures int, err error) {
	attrs := []slog.Attr{
		slog.String("kind", kind), slog.String("key", key), slog.Int("failures", failures),
		slog.String("error", err.Error()),
	}
	if p, ok := errors.AsType[*panicked](err); ok {
		attrs = append(attrs, slog.Any("where", p.where))
	}
	o.Log.LogAttrs(ctx, slog.LevelWarn, "work: handler failed", attrs...)
}

// unknownKind is the answer to a wake-up for a kind the engine was not given.
func unknownKind(kind string) error {
	return fault.New(fault.Internal, "There is no work of kind %q.", kind)
}
