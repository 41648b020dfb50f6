package work_test

import (
	"context"
	"errors"
	"testing"
	"time"
)

// shortest is the shortest the n-th pause may be: the pauses double from one second and are spread by a quarter.
func shortest(n int) time.Duration { return time.Second << (n - 1) * 3 / 4 }

func errorBacksOff(t *testing.T) {
	ran, others := make(chan time.Time, 10), make(chan string, 10)
	failures := 0
	e := running(t, kind("deliver", 2, func(_ context.Context, key string) (time.Time, error) {
		if key != "failing" {
			others <- key
			return time.Time{}, nil
		}
		ran <- time.Now()
		if failures++; failures <= 2 {
			return time.Time{}, errors.New("the vendor is away")
		}
		return time.Time{}, nil
	}))
	wake(t, e, "deliver", "failing")
	last := await(t, "the first try", ran)
	wake(t, e, "deliver", "healthy")
	await(t, "another key meanwhile", others)
	for n := 1; n <= 2; n++ {
		next := await(t, "the next try", ran)
		if d := next.Sub(last); d < shortest(n) {
			t.Errorf("tried again after %v, want at least %v", d, shortest(n))
		}
		last = next
	}
}

func pauseHolds(t *testing.T) {
	ran, others := make(chan time.Time, 10), make(chan string, 10)
	failed := false
	e := running(t, kind("deliver", 1, func(_ context.Context, key string) (time.Time, error) {
		if key != "failing" {
			others <- key
			return time.Time{}, nil
		}
		ran <- time.Now()
		if !failed {
			failed = true
			return time.Time{}, errors.New("the vendor is away")
		}
		return time.Time{}, nil
	}))
	wake(t, e, "deliver", "failing")
	first := await(t, "the first try", ran)
	wake(t, e, "deliver", "healthy") // with one worker, its run proves that the failure is recorded here
	await(t, "another key", others)
	for range 5 {
		wake(t, e, "deliver", "failing")
	}
	if d := await(t, "the second try", ran).Sub(first); d < shortest(1) {
		t.Errorf("wake-ups cut the pause to %v", d)
	}
}

func panicSurvives(t *testing.T) {
	ran := make(chan time.Time, 10)
	panicked := false
	e := running(t, kind("deliver", 1, func(context.Context, string) (time.Time, error) {
		ran <- time.Now()
		if !panicked {
			panicked = true
			panic("a customer's words")
		}
		return time.Time{}, nil
	}))
	wake(t, e, "deliver", "shop_1")
	first := await(t, "the first try", ran)
	if d := await(t, "the second try", ran).Sub(first); d < shortest(1) {
		t.Errorf("tried again after %v, want at least %v", d, shortest(1))
	}
}

func againAtOnce(t *testing.T) {
	ran := make(chan int, 10)
	runs := 0
	e := running(t, kind("deliver", 1, func(context.Context, string) (time.Time, error) {
		runs++
		ran <- runs
		if runs < 4 {
			return time.Now(), nil
		}
		return time.Time{}, nil
	}))
	wake(t, e, "deliver", "shop_1")
	for want := 1; want <= 4; want++ {
		if got := await(t, "the next run", ran); got != want {
			t.Errorf("run %d, want %d", got, want)
		}
	}
}

func againLater(t *testing.T) {
	ran := make(chan time.Time, 10)
	var at time.Time
	e := running(t, kind("deliver", 1, func(context.Context, string) (time.Time, error) {
		now := time.Now()
		defer func() { ran <- now }()
		if at.IsZero() {
			at = now.Add(200 * time.Millisecond)
			return at, nil
		}
		return time.Time{}, nil
	}))
	wake(t, e, "deliver", "shop_1")
	await(t, "the first run", ran)
	if got := await(t, "the second run", ran); got.Before(at) {
		t.Errorf("ran again %v before its moment", at.Sub(got))
	}
}

func busyKeyShares(t *testing.T) {
	ran, busy := make(chan string, 10), make(chan struct{}, 1)
	e := running(t, kind("deliver", 1, func(_ context.Context, key string) (time.Time, error) {
		if key == "busy" {
			select {
			case busy <- struct{}{}:
			default:
			}
			return time.Now(), nil
		}
		ran <- key
		return time.Time{}, nil
	}))
	wake(t, e, "deliver", "busy")
	await(t, "the busy key", busy)
	wake(t, e, "deliver", "shop_1")
	await(t, "the other key", ran)
}
