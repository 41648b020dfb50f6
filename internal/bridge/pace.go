package bridge

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// slots are request slots of one token that were taken.
type slots struct {
	start time.Time // when the first begins, on this machine's monotonic clock; zero: none were taken
	taken time.Time // when they were taken
}

// missedSlot is how late a request may start after its slot; later, it gives the slot up, because two slots used
// close together would break the pace.
const missedSlot = 40 * time.Millisecond

// wait waits for the n-th slot and reports whether it came in time. It waits in real time, whatever the clock of
// the program shows: the pace is about what arrives at Postscript.
func (s slots) wait(ctx context.Context, n int) bool {
	at := s.start.Add(time.Duration(n) * Spacing)
	return pause(ctx, time.Until(at)) == nil && time.Since(at) <= missedSlot
}

// pause waits for d of real time.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// reserve takes n slots in tx; if the token is busy, it takes none and returns how long to wait. The slots
// begin only after the commit is through, as far as that can be foreseen: a slot that passes while the disk is
// still busy is lost.
func (b *Bridge) reserve(tx Tx, tokenHash string, n int) (slots, time.Duration, error) {
	ok, wait, err := tx.Reserve(tokenHash, n, Spacing, b.pace.lead())
	if err != nil || !ok {
		return slots{}, wait, err
	}
	// Slots are counted from the moment of the transaction. On SQLite that lies before this call, because
	// callers share a transaction; on PostgreSQL the database has just now answered by its own clock.
	now := time.Now()
	if !tx.OwnClock() {
		now = now.Add(-max(b.o.Now().Sub(tx.Now()), 0))
	}
	return slots{start: now.Add(wait), taken: time.Now()}, 0, nil
}

// pacer foresees how long a commit takes.
type pacer struct{ ahead atomic.Int64 }

const (
	leastLead = 2 * time.Millisecond
	mostLead  = 500 * time.Millisecond
)

// lead is how far ahead slots are taken.
func (p *pacer) lead() time.Duration { return max(time.Duration(p.ahead.Load()), leastLead) }

// committed learns from how long it took from taking slots to the end of their commit. It follows a slow disk at
// once, and a fast one slowly.
func (p *pacer) committed(s slots) {
	took := time.Since(s.taken) * 3 / 2
	old := time.Duration(p.ahead.Load())
	p.ahead.Store(int64(min(max(took, old*7/8), mostLead)))
}

// turn waits for one request slot of a token, so that set-up calls keep the same pace as deliveries.
func (b *Bridge) turn(ctx context.Context, tokenHash string) error {
	for {
		var taken slots
		var wait time.Duration
		err := b.o.Store.InTx(ctx, func(tx Tx) (err error) {
			taken, wait, err = b.reserve(tx, tokenHash, 1)
			return err
		})
		if err != nil {
			return err
		}
		if taken.start.IsZero() {
			if err := pause(ctx, wait); err != nil {
				return fmt.Errorf("waiting for a request slot: %w", err)
			}
			continue
		}
		b.pace.committed(taken)
		if taken.wait(ctx, 0) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("waiting for a request slot: %w", err)
		}
	}
}
