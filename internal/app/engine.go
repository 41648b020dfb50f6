package app

import (
	"context"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/texting"
	"rejoinder/internal/work"
)

// lateWaker stands in for the engine while the parts that wake it are made, because the engine is made of
// their handlers. Nothing wakes anything before Open returns.
type lateWaker struct{ engine work.Engine }

func (w *lateWaker) Wake(ctx context.Context, kind, key string) error {
	return w.engine.Wake(ctx, kind, key)
}

func (w *lateWaker) WakeAt(ctx context.Context, kind, key string, at time.Time) error {
	return w.engine.WakeAt(ctx, kind, key, at)
}

// openEngine makes the loop on SQLite, River on PostgreSQL.
func (a *App) openEngine(ctx context.Context) (err error) {
	o := work.Options{
		Kinds: a.counted(a.kinds()), Clock: a.clock, Log: a.o.Log,
		HandleTimeout: 30 * time.Second, StopWithin: a.o.Settings.ShutdownGrace,
	}
	if !a.o.Settings.Postgres() {
		a.loop, err = work.NewLoop(o)
		a.engine = a.loop
		return err
	}
	pool, err := work.OpenPool(ctx, a.o.Settings.DatabaseURL)
	if err != nil {
		return err
	}
	a.workPool = pool
	if err := work.Migrate(ctx, pool, work.Schema); err != nil {
		return err
	}
	a.engine, err = work.NewRiver(pool, work.Schema, o)
	return err
}

// kinds are all sorts of work there are. Their workers bound how much of each runs at once in this process;
// answers have the most, because a person waits for each.
func (a *App) kinds() []work.Kind {
	b, t := a.Bridge, a.Texting
	// Delivering is waiting for slots most of the time: a shop's handler sends four in a third of a second. On SQLite
	// fewer at once, because their transactions stand in the one writer's queue with those of answers.
	bulk := 64
	if a.o.Settings.Postgres() {
		bulk = 192
	}
	return []work.Kind{
		{Name: bridge.WakeAnswer, Handle: b.DeliverAnswers, Due: b.DueDeliveries(false), NextDue: b.NextDelivery(false), Workers: 32},
		{Name: bridge.WakeDeliver, Handle: b.DeliverBulk, Due: b.DueDeliveries(true), NextDue: b.NextDelivery(true), Workers: bulk},
		{Name: bridge.WakeNotice, Handle: b.HandleNotice, Due: b.NoticeDue, NextDue: b.NoticeNextDue, Workers: 1},
		{Name: bridge.WakeRoll, Handle: b.HandleRoll, Due: b.RollDue, NextDue: b.RollNextDue, Workers: 1},
		{Name: bridge.WakeWebhook, Handle: b.HandleWebhook, Due: b.WebhookDue, NextDue: b.WebhookNextDue, Workers: 16},
		{Name: bridge.WakeReply, Handle: b.AnswerReplies, Due: b.DueReplies, NextDue: b.NextReply, Workers: 32},
		{Name: texting.WakeEvent, Handle: t.HandleEvents, Due: t.DueEvents, NextDue: t.NextEvent, Workers: 16},
		{Name: texting.WakeSend, Handle: t.HandleSend, Due: t.DueSends, NextDue: t.NextSend, Workers: 16},
		{Name: texting.WakeHook, Handle: t.SendHooks, Due: t.DueHooks, NextDue: t.NextDueHook, Workers: 16},
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
