package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"

	"rejoinder/internal/fault"
)

// group lets the transactions of many callers share one SQLite commit: SQLite has one writer and each commit
// costs a sync of the disk, so under load the sync is what bounds the program. Every caller's function runs
// in a savepoint of its own, one after the other; one that fails is rolled back alone; all others are durable
// when the shared commit returns, and only then does any caller return.
type group struct {
	db   *DB
	in   chan *job
	done chan struct{}

	mu     sync.RWMutex // guards closed against a send on in
	closed bool
}

type job struct {
	ctx  context.Context
	fn   func(*Tx) error
	tx   *Tx // its view of the shared transaction, once it ran
	err  error
	done chan struct{}
}

// groupMost bounds how many callers share one commit, so that none waits long for the others.
const groupMost = 256

func newGroup(db *DB) *group {
	g := &group{db: db, in: make(chan *job, groupMost), done: make(chan struct{})}
	go g.run()
	return g
}

// do hands fn to the writer and waits for the commit it is part of. It returns early only if ctx ends before
// the writer took it up; after that it waits, because the change may become durable.
func (g *group) do(ctx context.Context, fn func(*Tx) error) error {
	j := &job{ctx: ctx, fn: fn, done: make(chan struct{})}
	g.mu.RLock()
	if g.closed {
		g.mu.RUnlock()
		return fault.New(fault.Unavailable, "The program is stopping; please try again in a minute.")
	}
	select {
	case g.in <- j:
		g.mu.RUnlock()
	case <-ctx.Done():
		g.mu.RUnlock()
		return ctx.Err()
	}
	<-j.done
	if j.err == nil {
		j.tx.committed()
	}
	return g.db.classify(j.err)
}

func (g *group) close() {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		close(g.in)
	}
	g.mu.Unlock()
	<-g.done
}

func (g *group) run() {
	defer close(g.done)
	for first := range g.in {
		batch := append(make([]*job, 0, 16), first)
	more:
		for len(batch) < groupMost {
			select {
			case j, ok := <-g.in:
				if !ok {
					break more
				}
				batch = append(batch, j)
			default:
				break more
			}
		}
		g.commit(batch)
		for _, j := range batch {
			close(j.done)
		}
	}
}

// commit runs a batch in one transaction. The context is not any caller's: one that gives up must not
// interrupt the others.
func (g *group) commit(batch []*job) {
	ctx := context.Background()
	fail := func(err error) {
		for _, j := range batch {
			j.err = errors.Join(j.err, err)
		}
	}
	tx, err := g.db.write.BeginTx(ctx, nil)
	if err != nil {
		fail(fmt.Errorf("begin: %w", err))
		return
	}
	defer func() { _ = tx.Rollback() }()
	now := g.db.moment()
	for _, j := range batch {
		if err := j.ctx.Err(); err != nil {
			j.err = err
			continue
		}
		j.tx = &Tx{ctx: ctx, tx: tx, now: now, d: sqlite}
		if len(batch) == 1 { // alone: the transaction itself is the savepoint
			if j.err = runSafely(j.fn, j.tx); j.err != nil {
				return
			}
			continue
		}
		if _, err := tx.ExecContext(ctx, "SAVEPOINT one"); err != nil {
			fail(fmt.Errorf("savepoint: %w", err))
			return
		}
		if j.err = runSafely(j.fn, j.tx); j.err != nil {
			if _, err := tx.ExecContext(ctx, "ROLLBACK TO one"); err != nil {
				// SQLite has given up the whole transaction, for instance because the disk is full. The others are not
				// at fault: they can try again.
				fail(fault.From(fault.Unavailable, errors.Join(j.err, err), "The database could not keep this right now; please try again in a minute."))
				return
			}
		}
		if _, err := tx.ExecContext(ctx, "RELEASE one"); err != nil {
			fail(fmt.Errorf("release: %w", err))
			return
		}
	}
	if err := tx.Commit(); err != nil {
		fail(fmt.Errorf("commit: %w", err))
	}
}

// runSafely turns a panic of one caller's function into that caller's error, so that it cannot take the
// writer down with it. Of the value only the kind is kept, unless the runtime made it: it may hold a customer's text.
func runSafely(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			what := fmt.Sprintf("a %T", p)
			if e, ok := p.(runtime.Error); ok {
				what = e.Error()
			}
			err = fmt.Errorf("panic in a transaction: %s\n%s", what, debug.Stack())
		}
	}()
	return fn(tx)
}
