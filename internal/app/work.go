package app

import (
	"context"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/texting"
	"rejoinder/internal/work"
)

// lateWaker stands in for the loop while the parts that wake it are made, because the loop is made of their
// handlers. Nothing wakes anything before Open returns.
type lateWaker struct{ loop *work.Loop }

func (w *lateWaker) Wake(ctx context.Context, kind, key string) error {
	return w.loop.Wake(ctx, kind, key)
}

func (w *lateWaker) WakeAt(ctx context.Context, kind, key string, at time.Time) error {
	return w.loop.WakeAt(ctx, kind, key, at)
}

// workOptions are those of the loop.
func (a *App) workOptions() work.Options {
	return work.Options{
		Kinds: a.counted(a.kinds()), Clock: a.clock, Log: a.o.Log,
		HandleTimeout: 30 * time.Second, StopWithin: a.o.Settings.ShutdownGrace,
	}
}

// kinds are all sorts of work there are. Their workers bound how much of each runs at once in this process.
func (a *App) kinds() []work.Kind {
	b, t := a.Bridge, a.Texting
	// Delivering is waiting for slots most of the time: a shop's handler sends four in a third of a second. Handlers share
	// transactions, so that many at once keep no answer waiting longer than few; and where one waits for a Postscript that is
	// slow, the answers of other shops do not.
	// On SQLite, where there is one writer, more than this only take memory.
	delivering := 384
	if a.o.Settings.Postgres() {
		delivering = 768
	}
	return []work.Kind{
		{Name: bridge.WakeAnswer, Handle: b.DeliverAnswers, Due: b.DueDeliveries(false), NextDue: b.NextDelivery(false), Workers: delivering, Rank: work.Urgent},
		{Name: bridge.WakeDeliver, Handle: b.DeliverBulk, Due: b.DueDeliveries(true), NextDue: b.NextDelivery(true), Workers: delivering, Rank: work.Bulk},
		{Name: bridge.WakeNotice, Handle: b.HandleNotice, Due: b.NoticeDue, NextDue: b.NoticeNextDue, Workers: 1},
		{Name: bridge.WakeRoll, Handle: b.HandleRoll, Due: b.RollDue, NextDue: b.RollNextDue, Workers: 1},
		{Name: bridge.WakeWebhook, Handle: b.HandleWebhook, Due: b.WebhookDue, NextDue: b.WebhookNextDue, Workers: 16},
		{Name: bridge.WakeReply, Handle: b.AnswerReplies, Due: b.DueReplies, NextDue: b.NextReply, Workers: 32, Rank: work.Urgent},
		{Name: texting.WakeEvent, Handle: t.HandleEvents, Due: t.DueEvents, NextDue: t.NextEvent, Workers: 16},
		{Name: texting.WakeSend, Handle: t.HandleSend, Due: t.DueSends, NextDue: t.NextSend, Workers: 16},
		{Name: texting.WakeHook, Handle: t.SendHooks, Due: t.DueHooks, NextDue: t.NextDueHook, Workers: 16, Rank: work.Urgent},
	}
}

// counted makes each handler count its calls.
func (a *App) counted(kinds []work.Kind) []work.Kind {
	for i, k := range kinds {
		kinds[i].Handle = func(ctx context.Context, key string) (time.Time, error) {
			again, err := k.Handle(ctx, key)
			result := "ok"
			if err != nil {
				result = "failed"
			}
			a.metrics.work.WithLabelValues(k.Name, result).Inc()
			return again, err
		}
	}
	return kinds
}
