package bridge_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/trigger"
)

// handing hands requests to a handler in this process, so that they come when they are made, by the clock of a bubble.
type handing struct{ http.Handler }

// RoundTrip carries one request.
func (h handing) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, in)
	return w.Result(), nil
}

// lateCommits is a store whose callers hear of some commits late, as of a disk that is busy.
type lateCommits struct {
	bridge.Store
	mu  sync.Mutex
	rng *rand.Rand
	off int // commits heard of later than any request may start
}

// InTx runs a transaction.
func (s *lateCommits) InTx(ctx context.Context, do func(bridge.Tx) error) error {
	err := s.Store.InTx(ctx, do)
	s.mu.Lock()
	late := time.Duration(0)
	if s.rng.IntN(3) == 0 {
		late = time.Duration(s.rng.IntN(300)) * time.Millisecond
	}
	if late > 50*time.Millisecond {
		s.off++
	}
	s.mu.Unlock()
	time.Sleep(late) // of the bubble's time
	return err
}

// lateAnswers is a store whose database says late when slots begin, by a clock of its own, as over a network that is busy.
type lateAnswers struct {
	bridge.Store
	mu  sync.Mutex
	rng *rand.Rand
	off int
}

// InTx runs a transaction.
func (s *lateAnswers) InTx(ctx context.Context, do func(bridge.Tx) error) error {
	return s.Store.InTx(ctx, func(tx bridge.Tx) error { return do(lateAnswersTx{tx, s}) })
}

type lateAnswersTx struct {
	bridge.Tx
	s *lateAnswers
}

// OwnClock says that the database has one.
func (lateAnswersTx) OwnClock() bool { return true }

// Reserve takes slots.
func (tx lateAnswersTx) Reserve(want map[string]int, spacing, lead time.Duration) (map[string]bridge.Slot, error) {
	got, err := tx.Tx.Reserve(want, spacing, lead)
	for token, slot := range got {
		slot.Wait -= time.Since(tx.Now()) // who shares the transaction may have let time pass
		got[token] = slot
	}
	tx.s.mu.Lock()
	defer tx.s.mu.Unlock()
	if tx.s.rng.IntN(3) == 0 {
		tx.s.off++
		time.Sleep(time.Duration(100+tx.s.rng.IntN(200)) * time.Millisecond) // of the bubble's time
	}
	return got, err
}

// over is a bridge on a store, whose requests go through a transport.
func (l *line) over(st bridge.Store, now func() time.Time, rt http.RoundTripper) *bridge.Bridge {
	hc := &http.Client{Timeout: 5 * time.Second, Transport: rt}
	return bridge.New(bridge.Options{
		Store: st, Waker: noWaker{}, Sealer: l.box, Now: now, PublicURL: "https://rejoinder.example",
		Postscript: func(key string, _ bool) (bridge.Postscript, error) { return app.NewPostscript(l.ps.URL, hc, key, "") },
		BuiltinKey: func(context.Context, string) bool { return false },
		HookURL:    func(string, bool) string { return l.hook },
	})
}

// TestNoRequestBesideItsSlot: a request whose slot has passed, because its commit or when it begins was heard of late, waits
// for another slot. Sent at once, it would come close to those on time, and bursts of them would break the pace. Two
// handlers and a merchant who presses Confirm share the token; time is the bubble's, so nothing but the program decides.
func TestNoRequestBesideItsSlot(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]func(bridge.Store) (st bridge.Store, off *int){
		"commits are heard of late": func(st bridge.Store) (bridge.Store, *int) {
			s := &lateCommits{Store: st, rng: rand.New(rand.NewPCG(1, 1))}
			return s, &s.off
		},
		"slots are heard of late": func(st bridge.Store) (bridge.Store, *int) {
			s := &lateAnswers{Store: st, rng: rand.New(rand.NewPCG(1, 1))}
			return s, &s.off
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			noRequestBesideItsSlot(t, late)
		})
	}
}

func noRequestBesideItsSlot(t *testing.T, late func(bridge.Store) (bridge.Store, *int)) {
	ps := newRecorder(t, testKey) // outside of the bubble: it listens, and nobody calls
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t, "", ps)
		st, off := late(app.BridgeStore(l.db))
		b := l.over(st, l.now, handing{ps.Config.Handler})
		_, err := b.Confirm(t.Context(), l.shop, testKey)
		must(t, err)
		customer, ids := l.customer(t, 1), map[string]bool{}
		for i := range 300 {
			id := fmt.Sprintf("dlv_%05d", i)
			d := bridge.Delivery{ID: id, CustomerID: customer, Trigger: trigger.CustomerDeactivated, Key: id, Lane: bridge.LaneNotice}
			if i%4 == 0 {
				d.Trigger, d.Lane, d.Facts = trigger.ReplyAnswered, bridge.LaneAnswer, map[string]string{"answer": "Skipped."}
			}
			ids[l.queued(t, d)] = true
		}
		p := proc{b: b, now: l.now, shop: l.shop}
		ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
		var all sync.WaitGroup
		for _, handle := range []func(context.Context, string) (time.Time, error){b.DeliverAnswers, b.DeliverBulk} {
			all.Go(func() { p.work(t, ctx, handle) })
		}
		all.Go(func() {
			for ctx.Err() == nil {
				if _, err := b.Confirm(ctx, l.shop, testKey); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
				time.Sleep(time.Second)
			}
		})
		all.Wait()
		stop()
		calls := ps.all()
		most, first := 0, 0
		for i, c := range calls {
			for c.At.Sub(calls[first].At) >= time.Second {
				first++
			}
			most = max(most, i-first+1)
			if strings.Contains(c.Path, "/subscribers/") && c.Method == http.MethodPost {
				delete(ids, c.ExternalID)
			}
			if i > 0 && c.At.Sub(calls[i-1].At) < bridge.Spacing/3 {
				t.Fatalf("request %d came %s after the one before", i, c.At.Sub(calls[i-1].At))
			}
		}
		if most > 15 {
			t.Errorf("%d requests in a sliding second", most)
		}
		if *off < 50 || most < 8 || len(ids) > 0 {
			t.Errorf("%d times late, %d requests in the fullest second, %d deliveries left: not put to the test", *off, most, len(ids))
		}
	})
}

// firstCall notes when the first request is made.
type firstCall struct {
	http.RoundTripper
	once sync.Once
	at   time.Time
	then func()
}

// RoundTrip carries one request.
func (f *firstCall) RoundTrip(r *http.Request) (*http.Response, error) {
	f.once.Do(func() { f.at = time.Now(); f.then() })
	return f.RoundTripper.RoundTrip(r)
}

// TestOnePaceByTheDatabasesClock: when Postscript has answered 429, no machine sends for a second, also not one whose
// clock says that the second is long over.
func TestOnePaceByTheDatabasesClock(t *testing.T) {
	t.Parallel()
	url := pg.URL(t)
	l := connected(t, url)
	customer := l.customer(t, 1)
	for i := range 8 {
		id := fmt.Sprintf("dlv_%d", i)
		l.queued(t, bridge.Delivery{ID: id, CustomerID: customer, Trigger: trigger.CustomerDeactivated, Key: id, Lane: bridge.LaneNotice})
	}
	var refused time.Time
	l.ps.set(func(c call) int {
		if refused.IsZero() && strings.Contains(c.Path, "/subscribers/") && c.Method == http.MethodPost {
			refused = c.At
			return http.StatusTooManyRequests
		}
		return 0
	})
	now := func() time.Time { return time.Now().Add(5 * time.Second) }
	db, err := store.Open(t.Context(), store.Options{URL: url, Now: now})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	seen := &firstCall{RoundTripper: http.DefaultTransport}
	ahead := proc{b: l.over(app.BridgeStore(db), now, seen), now: now, shop: l.shop}
	l.run(t, l.b, func() bool { l.ps.mu.Lock(); defer l.ps.mu.Unlock(); return !refused.IsZero() })

	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	seen.then = stop
	ahead.work(t, ctx, ahead.b.DeliverBulk)
	if seen.at.IsZero() {
		t.Fatal("the other machine sent nothing")
	}
	if after := seen.at.Sub(refused); after < time.Second {
		t.Errorf("the other machine sent %s after Postscript had answered 429", after)
	}
}
