package work_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rejoinder/internal/work"
)

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	h := func(context.Context, string) (time.Time, error) { return time.Time{}, nil }
	due := func(context.Context, time.Time, int) ([]string, error) { return nil, nil }
	good := work.Kind{Name: "deliver", Workers: 1, Handle: h}
	tests := []struct {
		name  string
		kinds []work.Kind
		want  string // part of the error; empty for none
	}{
		{"one kind", []work.Kind{good}, ""},
		{"no kind", nil, "no kind"},
		{"no name", []work.Kind{{Workers: 1, Handle: h}}, "cannot be used"},
		{"a name with a space", []work.Kind{{Name: "Two Words", Workers: 1, Handle: h}}, "cannot be used"},
		{"a name twice", []work.Kind{good, good}, "twice"},
		{"no handler", []work.Kind{{Name: "deliver", Workers: 1}}, "no handler"},
		{"no workers", []work.Kind{{Name: "deliver", Handle: h}}, "workers"},
		{"half a sweep", []work.Kind{{Name: "deliver", Workers: 1, Handle: h, Due: due}}, "both"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := work.NewLoop(work.Options{Kinds: tt.kinds})
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want %q", err, tt.want)
			}
		})
	}
}

func TestAPanicIsLoggedWithoutItsValue(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	l := newLoop(t, work.Options{
		Clock: work.NewStopped(noon), Log: slog.New(slog.NewTextHandler(&log, nil)),
		Kinds: []work.Kind{{Name: "reply", Workers: 1, Handle: func(context.Context, string) (time.Time, error) {
			panic("SKIP from somebody's phone")
		}}},
	})
	if err := l.Wake(t.Context(), "reply", "cus_1"); err != nil {
		t.Fatal(err)
	}
	if err := l.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := log.String()
	if strings.Contains(got, "somebody") {
		t.Errorf("the panic's value is in the log: %s", got)
	}
	for _, want := range []string{"key=cus_1", "panic with a string", "TestAPanicIsLoggedWithoutItsValue"} {
		if !strings.Contains(got, want) {
			t.Errorf("the log lacks %q: %s", want, got)
		}
	}
}

func TestPausesDoubleToAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var runs []time.Time
		l := newLoop(t, work.Options{Kinds: []work.Kind{{
			Name: "deliver", Workers: 1, Handle: func(context.Context, string) (time.Time, error) {
				runs = append(runs, time.Now())
				panic("again")
			},
		}}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := l.Wake(ctx, "deliver", "a"); err != nil {
			t.Fatal(err)
		}
		if err := l.Run(ctx); err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(runs); i++ {
			base := min(time.Second<<min(i-1, 6), time.Minute)
			if d := runs[i].Sub(runs[i-1]); d < base*3/4 || d > base*5/4 {
				t.Errorf("pause %d is %v, want %v within a quarter", i, d, base)
			}
		}
		if len(runs) < 50 {
			t.Errorf("only %d runs in an hour", len(runs))
		}
	})
}

// TestTheLoopSleepsUntilTheMomentAKindNames checks that a due row is met at its moment and not at the next sweep.
func TestTheLoopSleepsUntilTheMomentAKindNames(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rows := newTable()
		at := time.Now().Add(300 * time.Millisecond)
		rows.set("a", at)
		ran := make(chan time.Time, 1)
		run(t, newLoop(t, work.Options{Kinds: []work.Kind{rows.kind(func(_ context.Context, key string) (time.Time, error) {
			rows.finish(key)
			ran <- time.Now()
			return time.Time{}, nil
		})}}))
		if got := receive(t, ran); !got.Equal(at) {
			t.Errorf("ran %v after its moment", got.Sub(at))
		}
	})
}
