// Package gather makes one piece of work out of what many callers want at the same moment.
//
// It exists because what a database or a disk charges is the transaction, not the row: callers that wait for each
// other's commit anyway may as well share one, and one statement for all of their rows. While one batch is at work the
// next gathers by itself, so an idle program waits for nobody and a busy one makes batches as large as it is late.
//
// It must not know what is gathered: no SQL, no HTTP, no retries of what is away. It has no goroutine while there is
// nothing to do, and nothing to start or stop.
package gather

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// Options bound a Gather.
type Options struct {
	// Runners is how many batches may be at work at once, Most how many items one may have; at least 1 each.
	Runners, Most int
	// Limit is how long one run of the function may take; its context ends then. Zero sets no limit.
	Limit time.Duration
	// Alone says whether a batch that failed with this error is run again item by item; nil means always. It should
	// say no when the items cannot be what is wrong, as when a database is away.
	Alone func(error) bool
}

// Gather runs one function over the items of many callers. It is safe for concurrent use.
type Gather[T any] struct {
	o   Options
	run func(context.Context, []T) error

	mu      sync.Mutex
	waiting []*item[T]
	running int
}

type item[T any] struct {
	value T
	state state // guarded by the Gather's mu
	err   error // set before done is closed
	done  chan struct{}
}

type state int

const (
	waits state = iota
	taken
	left
)

// New returns a Gather over run. Run is given items in the order they were handed in. Its error is that of all of them;
// what becomes of single ones it notes in the items themselves, for which T is a pointer. It may be given an item a
// second time, after it failed: see Do. Its context is none of the callers'. It may keep the slice.
func New[T any](o Options, run func(context.Context, []T) error) *Gather[T] {
	o.Runners, o.Most = max(o.Runners, 1), max(o.Most, 1)
	return &Gather[T]{o: o, run: run}
}

// Do hands in an item and returns when a batch with it was run. When a batch of several fails, each is run again alone,
// in their order, so that only the one at fault fails: a function that failed must have left nothing behind, or do no
// harm when repeated. A panic counts as an error.
//
// A caller whose context ends before its item was taken leaves with the context's error, and the item is not run. After
// that it waits for the outcome, because the work may be done.
func (g *Gather[T]) Do(ctx context.Context, value T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	it := &item[T]{value: value, done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, it)
	if g.running < g.o.Runners {
		g.running++
		go g.work()
	}
	g.mu.Unlock()
	select {
	case <-it.done:
		return it.err
	case <-ctx.Done():
	}
	g.mu.Lock()
	if it.state == waits {
		it.state = left
		g.mu.Unlock()
		return ctx.Err()
	}
	g.mu.Unlock()
	<-it.done
	return it.err
}

// work runs batches until nothing waits.
func (g *Gather[T]) work() {
	for batch := g.take(); len(batch) > 0; batch = g.take() {
		g.serve(batch)
	}
}

// take takes what has gathered. When that is nothing the runner is counted as gone, in the same breath: an item handed
// in after that starts another.
func (g *Gather[T]) take() []*item[T] {
	g.mu.Lock()
	defer g.mu.Unlock()
	var batch []*item[T]
	seen := 0
	for _, it := range g.waiting {
		if len(batch) == g.o.Most {
			break
		}
		seen++
		if it.state == waits {
			it.state = taken
			batch = append(batch, it)
		}
	}
	if g.waiting = g.waiting[seen:]; len(g.waiting) == 0 {
		g.waiting = nil // lets go of the array, which a rush may have made large
	}
	if len(batch) == 0 {
		g.running--
	}
	return batch
}

// serve runs a batch and tells its callers.
func (g *Gather[T]) serve(batch []*item[T]) {
	err := g.once(batch)
	if err == nil || len(batch) == 1 || !g.alone(err) {
		for _, it := range batch {
			it.finish(err)
		}
		return
	}
	var late error
	for _, it := range batch {
		if late != nil {
			it.finish(late)
			continue
		}
		err := g.once([]*item[T]{it})
		if errors.Is(err, errLimit) {
			late = err // or all the others would wait as long again, each after the other
		}
		it.finish(err)
	}
}

func (it *item[T]) finish(err error) {
	it.err = err
	close(it.done)
}

// alone reports whether a batch that failed is run again item by item.
func (g *Gather[T]) alone(err error) bool {
	return !errors.Is(err, errLimit) && (g.o.Alone == nil || g.o.Alone(err))
}

var errLimit = errors.New("gather: the batch took longer than it may")

// once runs the function once. An error after the limit passed is errLimit too.
func (g *Gather[T]) once(batch []*item[T]) (err error) {
	ctx := context.Background()
	if g.o.Limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, g.o.Limit)
		defer cancel()
	}
	values := make([]T, len(batch))
	for i, it := range batch {
		values[i] = it.value
	}
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
		if err != nil && ctx.Err() != nil {
			err = fmt.Errorf("%w: %w", errLimit, err)
		}
	}()
	return g.run(ctx, values)
}

// panicked makes an error of a panic. Of the value only the kind is kept, unless the runtime made it: it may hold what
// somebody wrote.
func panicked(p any) error {
	what := fmt.Sprintf("a %T", p)
	if e, ok := p.(runtime.Error); ok {
		what = e.Error()
	}
	return fmt.Errorf("gather: panic in a batch: %s\n%s", what, debug.Stack())
}
