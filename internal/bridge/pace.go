package bridge

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// slots are request slots of one token that were taken.
type slots struct {
	start time.Time     // when the first begins, on this machine's monotonic clock; zero: none were taken
	taken time.Time     // when they were taken
	doubt time.Duration // by how much they may begin too late: see pacer.doubt
}

const (
	// missedSlot is how late a request may start after its slot; later, it gives the slot up, because two slots used
	// close together would break the pace.
	missedSlot = 40 * time.Millisecond
	// doubtedSlot is how late it may be with what is in doubt about when the slot was: see Spacing.
	doubtedSlot = 80 * time.Millisecond
)

// wait waits for the n-th slot and reports whether it came in time. It waits in real time, whatever the clock of
// the program shows: the pace is about what arrives at Postscript.
func (s slots) wait(ctx context.Context, n int) bool {
	at := s.at(n)
	if pause(ctx, time.Until(at)) != nil {
		return false
	}
	late := time.Since(at)
	return late <= missedSlot && late+s.doubt <= doubtedSlot
}

// at is when the n-th slot begins.
func (s slots) at(n int) time.Time { return s.start.Add(time.Duration(n) * Spacing) }

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

// reserve takes slots of tokens in tx, want by hash. Of a token that is busy it takes none and returns how long to wait.
// The slots begin only after the commit is through, as far as that can be foreseen: a slot that passes while the disk is
// still busy is lost.
func (b *Bridge) reserve(tx Tx, want map[string]int) (taken map[string]slots, wait map[string]time.Duration, err error) {
	asked := time.Now()
	got, err := tx.Reserve(want, Spacing, b.pace.lead())
	if err != nil {
		return nil, nil, err
	}
	// Slots are counted from the moment of the transaction. On SQLite that lies before this call, because
	// callers share a transaction; on PostgreSQL the database has just now answered by its own clock.
	now := time.Now()
	from, doubt := now, time.Duration(0)
	if tx.OwnClock() {
		doubt = b.pace.doubt(now.Sub(asked))
	} else {
		from = now.Add(-max(b.o.Now().Sub(tx.Now()), 0))
	}
	taken, wait = map[string]slots{}, map[string]time.Duration{}
	for token, s := range got {
		if s.Taken {
			taken[token] = slots{start: from.Add(s.Wait), taken: now, doubt: doubt}
		} else {
			wait[token] = s.Wait
		}
	}
	return taken, wait, nil
}

// pacer foresees how long a commit takes, and knows how far away the database's clock is.
type pacer struct{ ahead, near atomic.Int64 }

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

// doubt returns by how much an answer that took so long to come may be older than others are: where in that time the
// database has read its clock nobody knows. What each of them takes, as to a database far away, moves all slots alike and
// does no harm, so it is what the quickest of late has taken that counts.
func (p *pacer) doubt(took time.Duration) time.Duration {
	old := time.Duration(p.near.Load())
	near := old + old/256 + 1
	if took = max(took, 1); took < near || old == 0 {
		near = took
	}
	p.near.Store(int64(near))
	return took - near
}

// turn waits for one request slot of a token, so that set-up calls keep the same pace as deliveries.
func (b *Bridge) turn(ctx context.Context, tokenHash string) error {
	for {
		var taken map[string]slots
		var wait map[string]time.Duration
		err := b.o.Store.InTx(ctx, func(tx Tx) (err error) {
			taken, wait, err = b.reserve(tx, map[string]int{tokenHash: 1})
			return err
		})
		if err != nil {
			return err
		}
		slot, free := taken[tokenHash]
		if !free {
			if err := pause(ctx, wait[tokenHash]); err != nil {
				return fmt.Errorf("waiting for a request slot: %w", err)
			}
			continue
		}
		b.pace.committed(slot)
		if slot.wait(ctx, 0) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("waiting for a request slot: %w", err)
		}
	}
}
