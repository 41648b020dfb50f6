package work_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"rejoinder/internal/work"
)

// ranked returns a kind whose handlers say their key and then wait for the gate.
func ranked(name string, workers int, rank work.Rank, began chan<- string, gate <-chan struct{}) work.Kind {
	k := kind(name, workers, func(_ context.Context, key string) (time.Time, error) {
		began <- key
		<-gate
		return time.Time{}, nil
	})
	k.Rank = rank
	return k
}

// bulkGivesWay has many bulk keys waiting when urgent work comes: of those that end meanwhile only a few are followed
// by others, until the urgent work is done.
func bulkGivesWay(t *testing.T) {
	bulk, urgent := make(chan string, 100), make(chan string, 10)
	bulkGate, urgentGate := make(chan struct{}), make(chan struct{})
	e := running(t, ranked("deliver", 10, work.Bulk, bulk, bulkGate), ranked("reply", 1, work.Urgent, urgent, urgentGate))
	for _, k := range keys(30) {
		wake(t, e, "deliver", k)
	}
	synctest.Wait()
	if len(bulk) != 10 {
		t.Fatalf("%d bulk handlers run alone, want 10", len(bulk))
	}
	wake(t, e, "reply", "shop_1")
	await(t, "the urgent key", urgent)
	for range 10 {
		bulkGate <- struct{}{}
	}
	synctest.Wait()
	if n := len(bulk) - 10; n != 4 {
		t.Errorf("%d bulk handlers began beside urgent work, want 4", n)
	}
	urgentGate <- struct{}{}
	synctest.Wait()
	if n := len(bulk) - 10; n != 10 {
		t.Errorf("%d bulk handlers run once the urgent work is done, want 10", n)
	}
	close(bulkGate)
	synctest.Wait()
	if len(bulk) != 30 {
		t.Errorf("%d bulk keys were handled, want 30", len(bulk))
	}
}

// slowUrgent has an urgent handler wait for somebody who does not answer: bulk work makes way for it no longer than a moment.
func slowUrgent(t *testing.T) {
	bulk, urgent := make(chan string, 100), make(chan string, 10)
	bulkGate, urgentGate := make(chan struct{}), make(chan struct{})
	e := running(t, ranked("deliver", 10, work.Bulk, bulk, bulkGate), ranked("hook", 2, work.Urgent, urgent, urgentGate))
	wake(t, e, "hook", "shop_1")
	await(t, "the urgent key", urgent)
	for _, k := range keys(30) {
		wake(t, e, "deliver", k)
	}
	synctest.Wait()
	if len(bulk) != 4 {
		t.Errorf("%d bulk handlers began beside urgent work, want 4", len(bulk))
	}
	time.Sleep(3 * time.Second) // of the bubble's time
	synctest.Wait()
	if len(bulk) != 10 {
		t.Errorf("%d bulk handlers run beside an urgent one that takes seconds, want 10", len(bulk))
	}
	close(urgentGate)
	close(bulkGate)
}

// bulkGoesOn keeps urgent work busy without end: bulk work is handled all the same.
func bulkGoesOn(t *testing.T) {
	bulk, open := make(chan string, 100), make(chan struct{})
	close(open)
	urgent := kind("reply", 1, func(context.Context, string) (time.Time, error) {
		time.Sleep(time.Millisecond) // in the bubble's own time
		return time.Now(), nil
	})
	urgent.Rank = work.Urgent
	e := running(t, urgent, ranked("deliver", 10, work.Bulk, bulk, open))
	wake(t, e, "reply", "shop_1")
	for _, k := range keys(30) {
		wake(t, e, "deliver", k)
	}
	for range 30 {
		await(t, "a bulk key", bulk)
	}
}

// loopsShareRows has one loop, as of another process, hang over a key it was woken for: the other finds the row by
// itself.
func loopsShareRows(t *testing.T) {
	table := newTable("shop_1")
	took, done := make(chan string, 10), make(chan string, 10)
	hangs := table.kind(func(ctx context.Context, key string) (time.Time, error) {
		took <- key
		<-ctx.Done()
		return time.Time{}, ctx.Err()
	})
	running(t, hangs)
	await(t, "the key there", took)
	began := time.Now()
	running(t, table.kind(func(_ context.Context, key string) (time.Time, error) {
		table.finish(key)
		done <- key
		return time.Time{}, nil
	}))
	await(t, "the key here", done)
	if d := time.Since(began); d > time.Second {
		t.Errorf("found after %v, later than a sweep", d)
	}
}
