package texting_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/ident"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/texting"
	"rejoinder/internal/texting/gateway/sandbox"
)

// dyingStore loses its database when told to: what comes after a crash is the same.
type dyingStore struct {
	texting.Store
	left int // transactions until it dies; negative: never
}

var errDied = errors.New("the machine died")

func (s *dyingStore) InTx(ctx context.Context, fn func(texting.Tx) error) error {
	if s.left == 0 {
		return errDied
	}
	s.left--
	return s.Store.InTx(ctx, fn)
}

// blind is a gateway that cannot tell a repeat.
type blind struct{ texting.Gateway }

// broken panics after the text is carried.
type broken struct{ texting.Gateway }

func (b broken) Send(ctx context.Context, t texting.Text) (string, error) {
	_, _ = b.Gateway.Send(ctx, t)
	panic("bad gateway")
}

func TestCrashBetweenGatewayAndRecord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		wrap func(texting.Gateway) texting.Gateway
		want texting.MessageState
	}{
		{"a gateway that drops repeats is asked again", func(g texting.Gateway) texting.Gateway { return g }, texting.Sent},
		{"another is not", func(g texting.Gateway) texting.Gateway { return blind{g} }, texting.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			inBoth(t, func(t *testing.T, h *house) {
				ada := h.subscriber(nil)
				h.automation("Upcoming Order", 1, "Hi", nil)
				h.fire("Upcoming Order", ada, nil)
				h.settle()
				h.clock.Move(time.Minute)
				dying := &dyingStore{Store: app.TextingStore(h.db), left: 1} // the mark is stored, the outcome is not
				o := texting.Options{Store: dying, Waker: noWaker{}, Gateway: c.wrap(sandbox.New(sandbox.Options{Handset: h.handset}))}
				if _, err := texting.New(o).HandleSend(t.Context(), shopID); !errors.Is(err, errDied) {
					t.Fatalf("HandleSend = %v", err)
				}
				if got := len(h.phone(ada)); got != 1 {
					t.Fatalf("%d texts before the crash", got)
				}
				o.Store = app.TextingStore(h.db)
				h.Texting = texting.New(o)
				h.advance(time.Hour)
				thread, err := h.Thread(t.Context(), shopID, ada.ID, time.Time{}, 10)
				if err != nil || len(thread) != 1 || thread[0].State != c.want {
					t.Errorf("thread %+v, %v; want %s", thread, err, c.want)
				}
				if got := len(h.phone(ada)); got != 1 {
					t.Errorf("%d texts after the crash, want 1", got)
				}
			})
		})
	}
}

func TestBrokenGatewayLeavesUnknown(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	ada := h.subscriber(nil)
	h.automation("Upcoming Order", 1, "Hi", nil)
	h.Texting = texting.New(texting.Options{
		Store: app.TextingStore(h.db), Waker: noWaker{}, Gateway: broken{sandbox.New(sandbox.Options{Handset: h.handset})},
	})
	h.fire("Upcoming Order", ada, nil)
	h.advance(time.Hour)
	thread, err := h.Thread(t.Context(), shopID, ada.ID, time.Time{}, 10)
	if err != nil || len(thread) != 1 || thread[0].State != texting.Unknown || len(h.phone(ada)) != 1 {
		t.Errorf("thread %+v, %v, %d on the phone", thread, err, len(h.phone(ada)))
	}
}

func TestStoppingReleasesWhatWasNotTried(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	ada := h.subscriber(nil)
	h.automation("Upcoming Order", 1, "Hi", nil)
	h.fire("Upcoming Order", ada, nil)
	h.settle()
	h.clock.Move(time.Minute)
	ctx, cancel := context.WithCancel(t.Context())
	h.Texting = texting.New(texting.Options{
		Store: stopAfter{app.TextingStore(h.db), cancel}, Waker: noWaker{}, Gateway: sandbox.New(sandbox.Options{Handset: h.handset}),
	})
	if _, err := h.HandleSend(ctx, shopID); err != nil {
		t.Fatal(err)
	}
	thread, err := h.Thread(t.Context(), shopID, ada.ID, time.Time{}, 10)
	if err != nil || len(thread) != 1 || thread[0].State != texting.Waiting || thread[0].Attempts != 0 {
		t.Fatalf("thread %+v, %v; want it to wait as if never tried", thread, err)
	}
	h.settle()
	if got := len(h.phone(ada)); got != 1 {
		t.Errorf("%d texts, want 1", got)
	}
}

// stopAfter ends the program's context with the first transaction.
type stopAfter struct {
	texting.Store
	stop func()
}

func (s stopAfter) InTx(ctx context.Context, fn func(texting.Tx) error) error {
	defer s.stop()
	return s.Store.InTx(ctx, fn)
}

func TestAnswersOvertakeBulk(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada, crowd := h.subscriber(nil), h.subscriber(nil)
		h.automation("Reply Answered", 0, "{answer}", nil)
		h.tx(func(tx *store.Tx) error {
			for range 1000 {
				_, err := tx.AddMessage(texting.Message{
					ID: ident.New("msg", tx.Now()), ShopID: shopID, SubscriberID: crowd.ID, Phone: crowd.Phone, Direction: texting.Out,
					Kind: texting.KindAPI, Body: "news", Lane: texting.LaneOther, State: texting.Waiting,
					PlannedAt: tx.Now(), DueAt: tx.Now().Add(-time.Hour), CreatedAt: tx.Now(),
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		h.texts(ada, "SKIP")
		h.fire("Reply Answered", ada, map[string]string{"answer": "Skipped."})
		if _, err := h.HandleEvents(t.Context(), shopID); err != nil {
			t.Fatal(err)
		}
		again, err := h.HandleSend(t.Context(), shopID)
		if err != nil || again.IsZero() {
			t.Errorf("again %v, %v; there is more to send", again, err)
		}
		if got := len(h.phone(ada)); got != 1 {
			t.Errorf("%d texts in the first round, want the answer", got)
		}
	})
}

// TestNeverOutsideWakingHours fires every two hours of the days around the clock changes of a year, to people in
// zones that change, do not, and lie off the hour.
func TestNeverOutsideWakingHours(t *testing.T) {
	t.Parallel()
	zones := []string{
		"America/New_York", "Pacific/Honolulu", "America/St_Johns", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
	}
	for _, day := range []string{"2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31"} {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			start, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			clock := storetest.NewClock(start.Add(-12 * time.Hour))
			h := newHouse(t, storetest.SQLite(t, clock.Now), clock)
			h.automation("Upcoming Order", 1, "Hi", nil)
			people := map[string]texting.Subscriber{}
			for _, zone := range zones {
				people[zone] = h.subscriber(func(s *texting.Subscriber) { s.Zone = zone })
			}
			const times = 36
			for range times {
				for _, who := range people {
					h.fire("Upcoming Order", who, nil)
				}
				h.advance(2 * time.Hour)
			}
			h.advance(24 * time.Hour)
			for zone, who := range people {
				loc, err := time.LoadLocation(zone)
				if err != nil {
					t.Fatal(err)
				}
				texts, err := h.handset.Thread(t.Context(), shopID, who.Phone, 1000)
				if err != nil || len(texts) != times {
					t.Fatalf("%s: %d texts, %v; want %d: none is dropped", zone, len(texts), err, times)
				}
				for _, x := range texts {
					if local := x.At.In(loc); local.Hour() < 11 || local.Hour() >= 21 {
						t.Errorf("%s: texted at %s", zone, local)
					}
				}
			}
		})
	}
}

func TestOneShopNeverSeesAnother(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		h.shop("shop_2")
		ada := h.subscriber(nil)
		twin := h.subscriber(func(s *texting.Subscriber) { s.ShopID, s.Phone = "shop_2", ada.Phone })
		h.automation("Upcoming Order", 1, "of shop 1", nil)
		// The other shop fires its own trigger, at our subscriber's id and number.
		for i, f := range []texting.FireInput{{SubscriberID: ada.ID}, {Phone: ada.Phone}, {SubscriberID: twin.ID}} {
			f.Engine, f.TriggerID, f.ExternalID = texting.EngineLegacy, h.triggers["shop_2Upcoming Order"], fmt.Sprint(i)
			if _, err := h.Fire(t.Context(), "shop_2", f); err != nil {
				t.Fatal(err)
			}
		}
		h.advance(time.Hour)
		if a, b := len(h.phone(ada)), len(h.phone(twin)); a != 0 || b != 0 {
			t.Errorf("texts: %d and %d, want none", a, b)
		}
		h.fire("Upcoming Order", ada, nil)
		h.advance(time.Minute)
		if a, b := len(h.phone(ada)), len(h.phone(twin)); a != 1 || b != 0 {
			t.Errorf("texts: %d and %d, want 1 and 0", a, b)
		}
	})
}

// TestOptOutsWhileSending opts people out while their texts are handed over: neither waits for the other in a
// circle, and every text ends as sent or suppressed.
func TestOptOutsWhileSending(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		h.automation("Upcoming Order", 1, "Hi", nil)
		people := make([]texting.Subscriber, 40)
		for i := range people {
			people[i] = h.subscriber(nil)
			h.fire("Upcoming Order", people[i], nil)
		}
		h.settle()
		h.clock.Move(time.Minute)
		var all sync.WaitGroup
		for _, s := range people {
			all.Go(func() {
				if err := h.Unsubscribe(t.Context(), shopID, s.ID, "", "agent"); err != nil {
					t.Error(err)
				}
			})
		}
		for range 4 {
			all.Go(func() {
				if _, err := h.HandleSend(t.Context(), shopID); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		h.settle()
		for _, s := range people {
			thread, err := h.Thread(t.Context(), shopID, s.ID, time.Time{}, 10)
			if err != nil || len(thread) != 1 {
				t.Fatalf("%d messages, %v", len(thread), err)
			}
			if got, want := len(h.phone(s)), map[texting.MessageState]int{texting.Sent: 1}[thread[0].State]; got != want {
				t.Errorf("%d texts on the phone of a message that is %s", got, thread[0].State)
			}
			if st := thread[0].State; st != texting.Sent && st != texting.Suppressed {
				t.Errorf("a message is left %s", st)
			}
		}
	})
}
