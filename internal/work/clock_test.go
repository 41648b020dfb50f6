package work_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"rejoinder/internal/work"
)

// come reports whether ch is closed.
func come(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}

func TestClocksTellWhenAMomentHasCome(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		make func() work.Clock
	}{
		{"real", work.Real},
		{"movable", func() work.Clock { return work.NewMovable(noon) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := tt.make()
				start := c.Now()
				ctx, cancel := context.WithCancel(t.Context())
				past, soon := c.After(ctx, start.Add(-time.Hour)), c.After(ctx, start.Add(time.Minute))
				dropped, drop := context.WithCancel(ctx)
				never := c.After(dropped, start.Add(time.Minute))
				drop()
				time.Sleep(time.Minute - time.Nanosecond)
				synctest.Wait()
				if !come(past) || come(soon) {
					t.Errorf("before the moment: past %v, soon %v", come(past), come(soon))
				}
				time.Sleep(time.Nanosecond)
				synctest.Wait()
				if !come(soon) || come(never) {
					t.Errorf("at the moment: soon %v, dropped %v", come(soon), come(never))
				}
				if d := c.Now().Sub(start); d != time.Minute {
					t.Errorf("the clock went on by %v", d)
				}
				cancel()
			})
		})
	}
}

// TestMovableBeginsInThePast sets a clock back before anything has happened by it; from then on it goes forward only.
func TestMovableBeginsInThePast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := work.NewMovable(noon)
		c.Begin(noon.AddDate(0, 0, -20))
		c.Set(noon.AddDate(0, 0, -21))
		if got := c.Now(); !got.Equal(noon.AddDate(0, 0, -20)) {
			t.Errorf("the clock shows %s", got)
		}
		c.Set(noon)
		if got := c.Now(); !got.Equal(noon) {
			t.Errorf("the clock shows %s", got)
		}
	})
}

func TestMovableWakesWaitersWhenItIsSet(t *testing.T) {
	t.Parallel()
	for _, stopped := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			c := work.NewMovable(noon)
			if stopped {
				c = work.NewStopped(noon)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			hour, day := c.After(ctx, noon.Add(time.Hour)), c.After(ctx, noon.Add(24*time.Hour))
			c.Set(noon.Add(time.Hour))
			if !come(hour) || come(day) {
				t.Errorf("stopped %v: hour %v, day %v", stopped, come(hour), come(day))
			}
			c.Set(noon) // never backward
			if got := c.Now(); !got.Equal(noon.Add(time.Hour)) {
				t.Errorf("stopped %v: the clock shows %v", stopped, got)
			}
			time.Sleep(23 * time.Hour)
			synctest.Wait()
			if come(day) == stopped {
				t.Errorf("stopped %v: a day later the waiter came: %v", stopped, come(day))
			}
		})
	}
}
