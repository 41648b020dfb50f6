package app

import (
	"context"
	"time"

	"rejoinder/internal/store"
)

// upkeep does the little things that belong to no kind of work, until ctx ends: it deletes expired sessions and
// measures how long replies waited.
func (a *App) upkeep(ctx context.Context) {
	sweep, measure := time.NewTicker(time.Hour), time.NewTicker(5*time.Second)
	defer sweep.Stop()
	defer measure.Stop()
	a.sweepSessions(ctx)
	last := a.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-sweep.C:
			a.sweepSessions(ctx)
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
