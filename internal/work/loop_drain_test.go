package work_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/work"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// diary records what ran when, by a stopped clock.
type diary struct {
	clock *work.Movable
	lines []string
}

func (d *diary) note(what string) {
	d.lines = append(d.lines, d.clock.Now().Sub(noon).String()+" "+what)
}

func (d *diary) want(t *testing.T, lines ...string) {
	t.Helper()
	if diff := cmp.Diff(lines, d.lines); diff != "" {
		t.Errorf("what ran (-want +got):\n%s", diff)
	}
}

func newDiary() *diary { return &diary{clock: work.NewStopped(noon)} }

func TestDrainRunsUntilQuiet(t *testing.T) {
	t.Parallel()
	d, rows := newDiary(), newTable("b", "a")
	rows.set("future", noon.Add(time.Second))
	batches := 3
	deliver := rows.kind(func(_ context.Context, key string) (time.Time, error) {
		d.note("deliver " + key)
		if batches--; key == "a" && batches > 0 {
			return d.clock.Now(), nil
		}
		rows.finish(key)
		return time.Time{}, nil
	})
	var l *work.Loop
	reply := work.Kind{Name: "reply", Workers: 1, Handle: func(ctx context.Context, key string) (time.Time, error) {
		d.note("reply " + key)
		rows.set("c", noon)
		return time.Time{}, l.Wake(ctx, "deliver", "c")
	}}
	l = newLoop(t, work.Options{Clock: d.clock, Kinds: []work.Kind{reply, deliver}})
	if err := l.Wake(t.Context(), "reply", "x"); err != nil {
		t.Fatal(err)
	}
	if err := l.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.want(t, "0s reply x", "0s deliver a", "0s deliver b", "0s deliver c", "0s deliver a")
}

func TestDrainSaysWhoFindsNoRest(t *testing.T) {
	t.Parallel()
	rows := newTable("a")
	restless := rows.kind(func(context.Context, string) (time.Time, error) { return time.Time{}, nil })
	l := newLoop(t, work.Options{Clock: work.NewStopped(noon), Kinds: []work.Kind{restless}})
	err := l.Drain(t.Context())
	if err == nil || !strings.Contains(err.Error(), "work of kind deliver") {
		t.Errorf("err = %v", err)
	}
}

func TestDrainLeavesPacedRowsAlone(t *testing.T) {
	t.Parallel()
	d, rows := newDiary(), newTable("a")
	slot := noon.Add(66 * time.Millisecond)
	paced := rows.kind(func(_ context.Context, key string) (time.Time, error) {
		d.note(key)
		if d.clock.Now().Before(slot) {
			return slot, nil // its row stays due
		}
		rows.finish(key)
		return time.Time{}, nil
	})
	l := newLoop(t, work.Options{Clock: d.clock, Kinds: []work.Kind{paced}})
	if err := l.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.want(t, "0s a")
	if err := l.Advance(t.Context(), d.clock.Set, noon.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	d.want(t, "0s a", "0s a", "66ms a")
}

func TestAdvanceVisitsEveryMomentInOrder(t *testing.T) {
	t.Parallel()
	d, rows := newDiary(), newTable()
	rows.set("roll", noon.Add(24*time.Hour))
	rows.set("notice", noon.Add(time.Hour))
	var l *work.Loop
	waited := false
	deliver := rows.kind(func(ctx context.Context, key string) (time.Time, error) {
		d.note(key)
		rows.finish(key)
		now := d.clock.Now()
		switch key {
		case "notice":
			rows.set("wait", now.Add(time.Minute)) // found by NextDue alone
			return time.Time{}, l.WakeAt(ctx, "webhook", "hook", now.Add(5*time.Minute))
		case "wait":
			if !waited {
				waited = true
				return now.Add(time.Second), nil // a moment only the loop knows
			}
		}
		return time.Time{}, nil
	})
	tries := 0
	webhook := work.Kind{Name: "webhook", Workers: 1, Handle: func(context.Context, string) (time.Time, error) {
		d.note("webhook")
		if tries++; tries < 3 {
			return d.clock.Now().Add(5 * time.Minute), nil
		}
		return time.Time{}, nil
	}}
	l = newLoop(t, work.Options{Clock: d.clock, Kinds: []work.Kind{deliver, webhook}})
	if err := l.Advance(t.Context(), d.clock.Set, noon.Add(48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	d.want(t, "1h0m0s notice", "1h1m0s wait", "1h1m1s wait", "1h5m0s webhook", "1h10m0s webhook", "1h15m0s webhook", "24h0m0s roll")
	if got := d.clock.Now().Sub(noon); got != 48*time.Hour {
		t.Errorf("the clock shows noon + %v", got)
	}
}

func TestAdvanceRetriesFailuresOnTheWay(t *testing.T) {
	t.Parallel()
	d, rows := newDiary(), newTable("a")
	tries := 0
	flaky := rows.kind(func(_ context.Context, key string) (time.Time, error) {
		if tries++; tries < 4 {
			return time.Time{}, errors.New("the vendor is away")
		}
		rows.finish(key)
		return time.Time{}, nil
	})
	l := newLoop(t, work.Options{Clock: d.clock, Kinds: []work.Kind{flaky}})
	if err := l.Advance(t.Context(), d.clock.Set, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if tries != 4 || rows.has("a") {
		t.Errorf("tried %d times, row left: %v", tries, rows.has("a"))
	}
}

func TestAdvanceRefusesToJumpOverRowsWithoutAKey(t *testing.T) {
	t.Parallel()
	orphan := work.Kind{
		Name: "deliver", Workers: 1,
		Handle:  func(context.Context, string) (time.Time, error) { return time.Time{}, nil },
		Due:     func(context.Context, time.Time, int) ([]string, error) { return nil, nil },
		NextDue: func(context.Context) (time.Time, error) { return noon.Add(time.Hour), nil },
	}
	clock := work.NewStopped(noon)
	l := newLoop(t, work.Options{Clock: clock, Kinds: []work.Kind{orphan}})
	err := l.Advance(t.Context(), clock.Set, noon.Add(24*time.Hour))
	if err == nil || !strings.Contains(err.Error(), "no key was found") {
		t.Errorf("err = %v", err)
	}
	if got := clock.Now(); !got.Equal(noon.Add(time.Hour)) {
		t.Errorf("the clock went on to %v", got)
	}
}

func TestAdvanceNoticesAClockThatDoesNotMove(t *testing.T) {
	t.Parallel()
	k := work.Kind{Name: "deliver", Workers: 1, Handle: func(context.Context, string) (time.Time, error) { return time.Time{}, nil }}
	l := newLoop(t, work.Options{Clock: work.NewStopped(noon), Kinds: []work.Kind{k}})
	if err := l.Advance(t.Context(), func(time.Time) {}, noon.Add(time.Hour)); err == nil {
		t.Error("no error")
	}
}

// TestAdvanceHasTheHandlersToItself runs the background and Advance together: handlers never overlap, though
// the background may run two at once, and every moment is met although the clock jumps.
func TestAdvanceHasTheHandlersToItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock, rows := work.NewStopped(noon), newTable()
		for i := range 50 {
			rows.set(fmt.Sprintf("key_%02d", i), noon.Add(time.Duration(i+1)*time.Minute))
		}
		running, late := make(chan struct{}, 1), 0
		l := newLoop(t, work.Options{Clock: clock, Kinds: []work.Kind{
			rows.kind(func(_ context.Context, key string) (time.Time, error) {
				select {
				case running <- struct{}{}:
				default:
					t.Error("two handlers at once")
				}
				time.Sleep(10 * time.Millisecond) // in the bubble's time: lets the background try
				var n int
				_, _ = fmt.Sscanf(key, "key_%02d", &n)
				if !clock.Now().Equal(noon.Add(time.Duration(n+1) * time.Minute)) {
					late++
				}
				rows.finish(key)
				<-running
				return time.Time{}, nil
			}),
		}})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- l.Run(ctx) }()
		synctest.Wait()
		if err := l.Advance(t.Context(), clock.Set, noon.Add(24*time.Hour)); err != nil {
			t.Error(err)
		}
		if left, _ := rows.next(ctx); !left.IsZero() || late > 0 {
			t.Errorf("rows left since %v, %d late", left, late)
		}
		// Afterwards the background works again: a row found when the clock is set.
		rows.set("key_99", clock.Now().Add(time.Hour))
		time.Sleep(2 * time.Second)
		clock.Set(clock.Now().Add(time.Hour))
		synctest.Wait()
		time.Sleep(time.Second)
		synctest.Wait()
		if rows.has("key_99") {
			t.Error("the background does not work after Advance")
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestDrainEndsWithItsContext(t *testing.T) {
	t.Parallel()
	d, rows := newDiary(), newTable("a", "b")
	ctx, cancel := context.WithCancel(t.Context())
	l := newLoop(t, work.Options{Clock: d.clock, Kinds: []work.Kind{
		rows.kind(func(_ context.Context, key string) (time.Time, error) {
			d.note(key)
			rows.finish(key)
			cancel()
			return time.Time{}, nil
		}),
	}})
	if err := l.Drain(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
	d.want(t, "0s a")
	if err := l.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.want(t, "0s a", "0s b")
}
