package bridge

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"rejoinder/internal/fault"
)

// putOff decides what happens after a reply could not be handled. When the database is away or the program
// stops, nothing: the row is as it was, and the engine tries again. When the source cannot be reached, or the
// handling failed for a reason we do not know, the reply is kept, tried again, and ended in time.
func (b *Bridge) putOff(ctx context.Context, failed *turn, cause error) (again time.Time, err error) {
	_, isSource := errors.AsType[*unreachable](cause)
	if ctx.Err() != nil || failed.r.ID == "" || !isSource && fault.Is(cause, fault.Unavailable) {
		return time.Time{}, cause
	}
	level, why := slog.LevelWarn, "The subscriptions could not be reached."
	if !isSource {
		level, why = slog.LevelError, "Something went wrong on our side."
	}
	b.logger().Log(ctx, level, "reply put off", "shop", failed.shop.ID, "reply", failed.r.ID, "attempts", failed.r.Attempts+1, "err", cause.Error())
	t := &turn{b: b}
	err = b.o.Store.InTx(ctx, func(tx Tx) (err error) {
		*t = turn{b: b, ctx: ctx, tx: tx, shop: failed.shop, u: failed.u, until: failed.until}
		again = time.Time{}
		if t.a, err = tx.Account(failed.shop.ID, failed.a.Customer.ID); err != nil {
			return err
		}
		if t.r, err = tx.WaitingReply(t.shop.ID, t.a.Customer.ID); err != nil || t.r.ID != failed.r.ID {
			return err // another process has been luckier
		}
		again, err = t.tryLater(why)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return time.Time{}, nil
	}
	return again, err
}

// tryLater makes the reply due again, tells its writer once that it takes longer, and ends it when its time is
// over. Again is zero when it has ended.
func (t *turn) tryLater(why string) (again time.Time, err error) {
	now := t.tx.Now()
	t.r.Attempts++
	end := t.until
	if end.IsZero() {
		end = t.r.ReceivedAt.Add(tryFor)
	}
	again = now.Add(min(t.b.backOff(t.r.Attempts), time.Minute)) // a customer is waiting
	tellAt := t.r.ReceivedAt.Add(sayWorkingAfter)
	if !now.Before(end) {
		t.u.Why = why + " It was tried until the reply could not count any more."
		said := []string{t.shop.say(wordFailed), t.shop.standing(t.a, t.today()), t.linkSentence(wordSeeLink)}
		return time.Time{}, errors.Join(t.tell("/failed", said...), t.finish(ReplyPerson))
	}
	if again.After(end) {
		again = end
	}
	if t.r.State == ReplyNew && !now.Before(tellAt) {
		t.r.State = ReplyWorking
		if err := t.tell("/working", t.shop.say(wordWorking)); err != nil {
			return again, err
		}
	} else if t.r.State == ReplyNew && again.After(tellAt) {
		again = tellAt
	}
	t.r.DueAt, t.r.Why = again, why+" It is tried again."
	if err := t.tx.SaveReply(t.r); err != nil {
		return again, err
	}
	if t.r.Attempts == 1 {
		if err := t.b.trace(t.tx, t.shop.ID, t.a.Customer.ID, "reply", "Reply kept for later. "+t.r.Why, t.r.ID); err != nil {
			return again, err
		}
	}
	return again, t.tx.HoldReplies(t.shop.ID, t.a.Customer.ID, again)
}
