package gather

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

var errBad = errors.New("bad item")

// gate is a batch function that says what it was given and waits to be let on.
type gate struct {
	given chan []int
	on    chan error
}

func newGate() gate { return gate{make(chan []int), make(chan error)} }

func (g gate) run(_ context.Context, items []int) error {
	g.given <- items
	return <-g.on
}

func TestWhatGathersMeanwhileIsOneBatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := newGate()
		g := New(Options{Runners: 1, Most: 3}, gate.run)
		done := make(chan int)
		hand := func(i int) {
			go func() {
				if err := g.Do(t.Context(), i); err != nil {
					t.Errorf("item %d: %v", i, err)
				}
				done <- i
			}()
			synctest.Wait() // the next one comes after it
		}
		hand(0)
		for i := range 5 {
			hand(i + 1)
		}
		var got [][]int
		for n := 0; n < 6; {
			batch := <-gate.given
			got = append(got, batch)
			gate.on <- nil
			for range batch {
				<-done
				n++
			}
		}
		if diff := cmp.Diff([][]int{{0}, {1, 2, 3}, {4, 5}}, got); diff != "" {
			t.Errorf("batches (-want +got)\n%s", diff)
		}
	}) // the bubble does not end while a goroutine of ours is left
}

func TestNoMoreRunnersThanAllowed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := newGate()
		g := New(Options{Runners: 2, Most: 10}, gate.run)
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				if err := g.Do(t.Context(), i); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		got := [][]int{<-gate.given, <-gate.given}
		slices.SortFunc(got, slices.Compare)
		select {
		case batch := <-gate.given:
			t.Errorf("a third runner took %v", batch)
		default:
		}
		gate.on <- nil
		got = append(got, <-gate.given)
		gate.on <- nil
		gate.on <- nil
		all.Wait()
		if diff := cmp.Diff([][]int{{0}, {1}, {2, 3}}, got); diff != "" {
			t.Errorf("batches (-want +got)\n%s", diff)
		}
	})
}

func TestACallerLeavesOnlyBeforeItsItemIsTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := newGate()
		g := New(Options{Runners: 1, Most: 10}, gate.run)
		outcome := make(chan error, 3)
		first, firstGone := context.WithCancel(t.Context())
		go func() { outcome <- g.Do(first, 1) }()
		batch := <-gate.given
		second, secondGone := context.WithCancel(t.Context())
		go func() { outcome <- g.Do(second, 2) }()
		synctest.Wait()

		secondGone()
		if err := <-outcome; !errors.Is(err, context.Canceled) {
			t.Errorf("the one that was not taken: %v", err)
		}
		firstGone()
		synctest.Wait()
		select {
		case err := <-outcome:
			t.Fatalf("the one that was taken left: %v", err)
		default:
		}
		go func() { outcome <- g.Do(t.Context(), 3) }()
		synctest.Wait()
		gate.on <- nil
		if err := <-outcome; err != nil {
			t.Errorf("the one that was taken: %v", err)
		}
		got := [][]int{batch, <-gate.given}
		gate.on <- nil
		<-outcome
		if diff := cmp.Diff([][]int{{1}, {3}}, got); diff != "" {
			t.Errorf("batches (-want +got)\n%s", diff)
		}
		if err := g.Do(first, 4); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who had gone before: %v", err)
		}
	})
}

// TestOneBadItemSpoilsNoOther: it may fail, or panic, or be refused by a batch as a whole.
func TestOneBadItemSpoilsNoOther(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{
		"an error": func() error { return errBad },
		"a panic":  func() error { panic("what a customer wrote") },
		"a panic of the runtime": func() error {
			var none []error
			return none[len(none)]
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				gate := newGate()
				var runs [][]int
				g := New(Options{Runners: 1, Most: 10}, func(ctx context.Context, items []int) error {
					if items[0] == 0 {
						return gate.run(ctx, items)
					}
					runs = append(runs, items)
					if slices.Contains(items, 3) {
						return fail()
					}
					return nil
				})
				errs := make([]error, 5)
				var all sync.WaitGroup
				for i := range errs {
					all.Go(func() { errs[i] = g.Do(t.Context(), i) })
					synctest.Wait()
				}
				<-gate.given
				gate.on <- nil
				all.Wait()
				for i, err := range errs {
					if bad := err != nil; bad != (i == 3) {
						t.Errorf("item %d: %v", i, err)
					}
				}
				if err := errs[3]; err == nil || strings.Contains(err.Error(), "customer") {
					t.Errorf("the bad item's error: %v", err)
				}
				if diff := cmp.Diff([][]int{{1, 2, 3, 4}, {1}, {2}, {3}, {4}}, runs); diff != "" {
					t.Errorf("runs (-want +got)\n%s", diff)
				}
			})
		})
	}
}

// TestWhatIsNotTheItemsFaultIsNotRepeated: neither what Alone excludes nor a run that took too long.
func TestWhatIsNotTheItemsFaultIsNotRepeated(t *testing.T) {
	t.Parallel()
	errAway := errors.New("away")
	hang := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	for name, c := range map[string]struct {
		run  func(ctx context.Context, items []int) error
		runs int
		want error
		took time.Duration
	}{
		"excluded":                {func(context.Context, []int) error { return errAway }, 2, errAway, 0},
		"the batch hangs":         {func(ctx context.Context, _ []int) error { return hang(ctx) }, 2, context.DeadlineExceeded, 2 * time.Second},
		"the first repeat hangs":  {func(ctx context.Context, i []int) error { return pickErr(len(i) > 1, errBad, hang, ctx) }, 3, context.DeadlineExceeded, 2 * time.Second},
		"a batch that ends well":  {func(context.Context, []int) error { return nil }, 2, nil, 0},
		"well, though a bit late": {func(ctx context.Context, _ []int) error { <-ctx.Done(); return nil }, 2, nil, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var runs atomic.Int32
				g := New(Options{Runners: 1, Most: 10, Limit: time.Second, Alone: func(err error) bool { return !errors.Is(err, errAway) }},
					func(ctx context.Context, items []int) error {
						if runs.Add(1) == 1 {
							time.Sleep(time.Millisecond) // the bubble's clock: all the others gather
						}
						return c.run(ctx, items)
					})
				began := time.Now()
				var all sync.WaitGroup
				for i := range 5 {
					all.Go(func() {
						if err := g.Do(t.Context(), i); !errors.Is(err, c.want) {
							t.Errorf("item %d: %v, want %v", i, err, c.want)
						}
					})
					synctest.Wait()
				}
				all.Wait()
				if n := int(runs.Load()); n != c.runs {
					t.Errorf("%d runs, want %d", n, c.runs)
				}
				if took := time.Since(began).Truncate(time.Second); took != c.took {
					t.Errorf("took %v, want %v", took, c.took)
				}
			})
		})
	}
}

func pickErr(fails bool, err error, otherwise func(context.Context) error, ctx context.Context) error {
	if fails {
		return err
	}
	return otherwise(ctx)
}

// TestEveryItemHasOneOutcome lets many callers hand in good and bad items, some of them leaving, to a function that fails
// by chance as a whole: each item that was reported as done was done once, and none that was not.
func TestEveryItemHasOneOutcome(t *testing.T) {
	t.Parallel()
	type order struct {
		bad  bool
		done atomic.Int32
	}
	for _, runners := range []int{1, 3} {
		var under, most, largest atomic.Int32
		raise := func(to *atomic.Int32, n int32) {
			for old := to.Load(); n > old && !to.CompareAndSwap(old, n); old = to.Load() {
			}
		}
		g := New(Options{Runners: runners, Most: 16}, func(_ context.Context, orders []*order) error {
			raise(&most, under.Add(1))
			defer under.Add(-1)
			raise(&largest, int32(len(orders)))
			if slices.ContainsFunc(orders, func(o *order) bool { return o.bad }) || len(orders) > 1 && rand.IntN(10) == 0 {
				return errBad // nothing done, as a transaction rolls back
			}
			for _, o := range orders {
				o.done.Add(1)
			}
			return nil
		})
		var all sync.WaitGroup
		for caller := range 32 {
			all.Go(func() {
				for n := range 200 {
					ctx, cancel := context.WithCancel(t.Context())
					if (caller+n)%7 == 0 {
						go cancel()
					}
					o := &order{bad: (caller*n)%11 == 5}
					err := g.Do(ctx, o)
					cancel()
					if done := o.done.Load(); (err == nil) != (done == 1) || done > 1 {
						t.Errorf("done %d times, error %v", done, err)
					}
					if wrong := err != nil && !errors.Is(err, context.Canceled) && !o.bad; wrong {
						t.Errorf("a good item failed: %v", err)
					}
				}
			})
		}
		all.Wait()
		if n := most.Load(); n > int32(runners) {
			t.Errorf("%d batches at once, want at most %d", n, runners)
		}
		if n := largest.Load(); n > 16 || n < 2 {
			t.Errorf("the largest batch had %d items, want 2 to 16", n)
		}
	}
}

func BenchmarkDo(b *testing.B) {
	g := New(Options{Runners: 1, Most: 64, Limit: time.Minute}, func(context.Context, []int) error { return nil })
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := g.Do(context.Background(), 1); err != nil {
				b.Error(err)
			}
		}
	})
}
