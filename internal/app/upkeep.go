package app

import (
	"context"
	"errors"
	"time"

	"rejoinder/internal/store"
)

// upkeep does the little things that belong to no kind of work, until ctx ends: it deletes expired sessions, counts days
// that are over, and measures how long replies waited.
func (a *App) upkeep(ctx context.Context) {
	sweep, measure := time.NewTicker(time.Hour), time.NewTicker(5*time.Second)
	defer sweep.Stop()
	defer measure.Stop()
	a.sweepSessions(ctx)
	a.keepDays(ctx)
	last := a.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-sweep.C:
			a.sweepSessions(ctx)
			a.keepDays(ctx)
		case <-measure.C:
			last = a.measureAnswers(ctx, last)
		}
	}
}

func (a *App) sweepSessions(ctx context.Context) {
	if a.sessions == nil {
		return
	}
	if err := a.sessions.Sweep(ctx); err != nil && ctx.Err() == nil {
		a.o.Log.WarnContext(ctx, "expired sessions were not deleted", "error", err)
	}
}

// keptAtOnce is how many days back the upkeep looks every hour: each day comes up in many of them. Older ones that were
// missed, as after a long stop, are counted when somebody looks.
const keptAtOnce = 2

// keepDays has both halves count what Analytics shows of days that are over. Where that fails, the page counts for itself.
func (a *App) keepDays(ctx context.Context) {
	if a.o.PostscriptOnly {
		return // it has no pages
	}
	shops, err := a.Bridge.Shops(ctx)
	for _, shop := range shops {
		err = errors.Join(err, a.Bridge.KeepDays(ctx, shop.ID, keptAtOnce), a.Texting.KeepDays(ctx, shop.ID, keptAtOnce))
		if ctx.Err() != nil {
			return
		}
	}
	if err != nil {
		a.o.Log.WarnContext(ctx, "days that are over were not all counted", "error", err)
	}
}

// measureAnswers counts the replies answered since the last look, by whatever machine: each machine's histogram
// is that of all, so their sum multiplies the counts and leaves the quantiles true.
func (a *App) measureAnswers(ctx context.Context, last time.Time) time.Time {
	var answered []store.Answered
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) { answered, err = tx.AnsweredAfter(last, 10_000); return err })
	if err != nil {
		return last // the database is away, which others report
	}
	for _, x := range answered {
		a.metrics.answers.Observe(x.Took.Seconds())
		last = x.At
	}
	return last
}
