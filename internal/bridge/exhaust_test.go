package bridge_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/levels/levelstest"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/trigger"
)

// TestExhaustPace lets 1, 2 and 4 processes send for one token as fast as they may, on one PostgreSQL, with clocks that
// differ by two seconds, while Postscript answers bursts of 429 and a merchant presses Confirm again and again. By the
// time stamps of the Postscript there must never be 16 requests in a sliding second, and nothing may arrive twice.
func TestExhaustPace(t *testing.T) {
	t.Parallel()
	counts, lasts := []int{4}, 8*time.Second
	if levelstest.Whole() {
		counts, lasts = []int{1, 2, 4}, 2*time.Minute
	}
	for _, n := range counts { // one after the other: each has the machine to itself, as far as others let it
		t.Run(fmt.Sprintf("%d processes", n), func(t *testing.T) { pacedBy(t, n, lasts) })
	}
}

// skew is how far the clocks of half the processes are ahead of the others'.
const skew = 2 * time.Second

// pacedBy sends with n processes for a while and judges.
func pacedBy(t *testing.T, n int, lasts time.Duration) {
	url := pg.URL(t)
	l := connected(t, url)
	customer := l.customer(t, 1)
	for i := range int(lasts/time.Second) * 15 {
		id := fmt.Sprintf("dlv_%05d", i)
		d := bridge.Delivery{ID: id, CustomerID: customer, Trigger: trigger.CustomerDeactivated, Key: id, Lane: bridge.LaneNotice}
		if i%10 == 0 {
			d.Trigger, d.Lane, d.Facts = trigger.ReplyAnswered, bridge.LaneAnswer, map[string]string{"answer": "Skipped."}
		}
		l.queued(t, d)
	}
	began := time.Now()
	l.ps.set(func(c call) int {
		if since := c.At.Sub(began); since%(4*time.Second) > 3400*time.Millisecond && strings.Contains(c.Path, "/subscribers/") {
			return http.StatusTooManyRequests
		}
		return 0
	})
	ctx, stop := context.WithTimeout(t.Context(), lasts)
	defer stop()
	var all sync.WaitGroup
	for i := range n {
		p := process(t, l, url, time.Duration(i%2)*skew)
		for _, handle := range []func(context.Context, string) (time.Time, error){p.b.DeliverAnswers, p.b.DeliverBulk} {
			all.Go(func() { p.work(t, ctx, handle) })
		}
		if i == n-1 {
			all.Go(func() {
				for ctx.Err() == nil {
					if _, err := p.b.Confirm(ctx, l.shop, testKey); err != nil && ctx.Err() == nil {
						t.Error(err)
						return
					}
				}
			})
		}
	}
	all.Wait()
	found := l.judgePace(t, lasts)
	found.Processes, found.SkewSeconds = n, min(float64(n-1), 1)*skew.Seconds()
	levelstest.Keep(t, func(e *levelstest.Exhaust) {
		e.Pace = levelstest.Put(e.Pace, found, func(a, b levelstest.Pace) bool { return a.Processes == b.Processes })
	})
}

// judgePace looks at what arrived.
func (l *line) judgePace(t *testing.T, lasts time.Duration) levelstest.Pace {
	t.Helper()
	calls := l.ps.all()
	found := levelstest.Pace{Seconds: lasts.Seconds(), Requests: len(calls)}
	accepted := map[string]int{}
	first := 0
	slices.SortStableFunc(calls, func(a, b call) int { return a.At.Compare(b.At) })
	for i, c := range calls {
		for c.At.Sub(calls[first].At) >= time.Second {
			first++
		}
		in := i - first + 1
		found.MostInASecond = max(found.MostInASecond, in)
		if in > 15 {
			found.OverPace++
		}
		if c.Method != http.MethodPost || !strings.Contains(c.Path, "/subscribers/") {
			continue
		}
		if c.Status == http.StatusTooManyRequests {
			found.Refused++
		} else if accepted[c.ExternalID]++; accepted[c.ExternalID] > 1 {
			found.Twice++
			t.Errorf("%s arrived %d times", c.ExternalID, accepted[c.ExternalID])
		}
	}
	t.Logf("%d requests in %v, %d of them answered 429; most in a sliding second: %d", len(calls), lasts, found.Refused, found.MostInASecond)
	if found.OverPace > 0 {
		t.Errorf("%d requests in one sliding second", found.MostInASecond)
	}
	least := 1.0 // beside other tests on few processors, the short form cannot ask for more
	if levelstest.Whole() {
		least = 3
	}
	if per := float64(len(calls)) / lasts.Seconds(); per < least || found.Refused == 0 && levelstest.Whole() {
		t.Errorf("only %.1f requests a second, %d refused: the pace was not put to the test", per, found.Refused)
	}
	return found
}

// proc is a process of its own on the line's database, with a clock of its own.
type proc struct {
	b    *bridge.Bridge
	now  func() time.Time
	shop string
}

func process(t *testing.T, l *line, url string, ahead time.Duration) proc {
	t.Helper()
	now := func() time.Time { return time.Now().Add(ahead) }
	db, err := store.Open(t.Context(), store.Options{URL: url, Now: now})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	hc := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	t.Cleanup(hc.CloseIdleConnections)
	return proc{now: now, shop: l.shop, b: bridge.New(bridge.Options{
		Store: app.BridgeStore(db), Waker: noWaker{}, Sealer: l.box, Now: now, PublicURL: "https://rejoinder.example",
		Postscript: func(key string, _ bool) (bridge.Postscript, error) { return app.NewPostscript(l.ps.URL, hc, key, "") },
		BuiltinKey: func(context.Context, string) bool { return false },
		HookURL:    func(string, bool) string { return l.hook },
	})}
}

// work calls a handler as the engine does: again when it asks to, and a fifth of a second later when it does not.
func (p proc) work(t *testing.T, ctx context.Context, handle func(context.Context, string) (time.Time, error)) {
	for ctx.Err() == nil {
		again, err := handle(ctx, p.shop)
		if err != nil {
			if ctx.Err() == nil {
				t.Error(err)
			}
			return
		}
		wait := 200 * time.Millisecond
		if !again.IsZero() {
			wait = min(again.Sub(p.now()), wait)
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}
