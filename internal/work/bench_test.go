package work_test

import (
	"context"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/work"
)

// BenchmarkRiverWake measures one wake-up from the call to the handler, with nothing else to do.
func BenchmarkRiverWake(b *testing.B) {
	ran := make(chan string, 1)
	e := benchRiver(b, 10, func(_ context.Context, key string) (time.Time, error) {
		ran <- key
		return time.Time{}, nil
	})
	for i := 0; b.Loop(); i++ {
		if err := e.Wake(b.Context(), "deliver", strconv.Itoa(i)); err != nil {
			b.Fatal(err)
		}
		<-ran
	}
}

// BenchmarkRiverKeys measures wake-ups of many keys, from 16 callers, until all are handled.
func BenchmarkRiverKeys(b *testing.B) {
	ran := make(chan string, 1000)
	e := benchRiver(b, 100, func(_ context.Context, key string) (time.Time, error) {
		ran <- key
		return time.Time{}, nil
	})
	b.ResetTimer()
	for c := range 16 {
		go func() {
			for i := c; i < b.N; i += 16 {
				if err := e.Wake(b.Context(), "deliver", strconv.Itoa(i)); err != nil {
					b.Error(err)
				}
			}
		}()
	}
	for range b.N {
		<-ran
	}
}

func benchRiver(b *testing.B, workers int, h work.Handler) work.Engine {
	b.Helper()
	pool, err := work.OpenPool(b.Context(), pg.URL(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	if err := work.Migrate(b.Context(), pool, work.Schema); err != nil {
		b.Fatal(err)
	}
	r, err := work.NewRiver(pool, work.Schema, work.Options{
		Log:   slog.New(slog.DiscardHandler),
		Kinds: []work.Kind{{Name: "deliver", Workers: workers, Handle: h}},
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
	return r
}
