package bridge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// Whatever happens to a customer's orders, in whatever order, with the program up or down: each order date is told
// at most once, and at least once unless there is a recorded reason, before it comes due at the latest; nothing is
// told too late to be answered.
func TestNoticeRules(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		seeds := 30
		if testing.Short() {
			seeds = 10
		}
		b.endpoint() // so that an order that comes due is heard of
		for seed := range seeds {
			w := &walk{book: b, r: rand.New(rand.NewPCG(uint64(seed), 7))}
			w.run(14)
			if t.Failed() {
				t.Fatalf("seed %d:\n%s", seed, strings.Join(w.log, "\n"))
			}
		}
	})
}

// walk is one customer to whom things happen at random.
type walk struct {
	*book
	r   *rand.Rand
	id  string
	log []string
}

func (w *walk) run(steps int) {
	zones := []string{"America/New_York", "Pacific/Honolulu", "Asia/Kolkata", ""}
	c, err := w.CreateCustomer(w.t.Context(), w.shop.ID, subscription.Customer{FirstName: "Ada", Zone: zones[w.r.IntN(len(zones))]}, merchant)
	if err != nil {
		w.t.Fatal(err)
	}
	w.id = c.ID
	for range 1 + w.r.IntN(2) {
		w.subscribe(w.id, coffee(w.soon().String()))
	}
	for range steps {
		before := w.clock.Now()
		what := w.step()
		w.log = append(w.log, fmt.Sprintf("%s to %s: %s", before.Format("01-02 15:04"), w.clock.Now().Format("01-02 15:04"), what))
		w.check()
		if w.t.Failed() {
			return
		}
	}
	w.try(subscription.Cancel) // so that the next walk has the clock to itself
}

func (w *walk) today() subscription.Date {
	return subscription.DateOf(w.clock.Now(), w.shop.Location())
}

func (w *walk) soon() subscription.Date { return w.today().AddDays(1 + w.r.IntN(9)) }

// step does one thing and says which.
func (w *walk) step() string {
	next, _ := w.account(w.id).Next()
	to := w.soon()
	switch w.r.IntN(10) {
	case 0:
		w.change(w.id, merchant, func(a subscription.Account) (subscription.Account, error) {
			for i := range a.Subscriptions {
				if a.Subscriptions[i].Status == subscription.Active {
					a, _ = moveTo(to.String())(a)
				}
			}
			return a, nil
		})
		return "moved to " + to.String()
	case 1:
		w.try(func(a subscription.Account, ids []string) (subscription.Account, error) {
			return subscription.Skip(a, next.IDs(), next.Date)
		})
		return "skip " + next.Date.String()
	case 2:
		w.try(func(a subscription.Account, ids []string) (subscription.Account, error) {
			for _, s := range a.Subscriptions {
				if n := len(s.Skipped); n > 0 {
					return subscription.Unskip(a, []string{s.ID}, s.Skipped[n-1], w.today())
				}
			}
			return a, nil
		})
		return "unskip"
	case 3:
		w.try(func(a subscription.Account, ids []string) (subscription.Account, error) {
			return subscription.Delay(a, next.IDs(), next.Date, next.Date.AddDays(1+w.r.IntN(9)))
		})
		return "delay " + next.Date.String()
	case 4:
		w.try(func(a subscription.Account, ids []string) (subscription.Account, error) {
			return subscription.Pause(a, ids[:1], to)
		})
		return "pause until " + to.String()
	case 5:
		w.try(func(a subscription.Account, ids []string) (subscription.Account, error) {
			return subscription.Resume(a, ids[:1], w.today())
		})
		return "resume"
	case 6:
		w.sendAll(w.id)
		return "sent what was queued"
	case 7:
		w.clock.Move(time.Duration(w.r.IntN(120)) * time.Hour)
		w.drain()
		return "downtime"
	default:
		w.to(w.clock.Now().Add(time.Duration(w.r.IntN(60*72)) * time.Minute))
		return "time passes"
	}
}

// try carries out a change that may be refused.
func (w *walk) try(do func(a subscription.Account, ids []string) (subscription.Account, error)) {
	_, _ = w.Change(w.t.Context(), w.shop.ID, w.id, func(a subscription.Account) (subscription.Account, error) {
		var ids []string
		for _, s := range a.Subscriptions {
			ids = append(ids, s.ID)
		}
		return do(a, ids)
	}, byCustomer)
}

func (w *walk) check() {
	w.t.Helper()
	var ds []bridge.Delivery
	var noticed map[subscription.Date]bool
	err := w.db.Read(w.t.Context(), func(tx *store.Tx) (err error) {
		if ds, err = tx.Deliveries(w.shop.ID, bridge.DeliveryFilter{CustomerID: w.id, Trigger: trigger.UpcomingOrder, Limit: 200}); err != nil {
			return err
		}
		noticed, err = tx.Noticed(w.id, subscription.Date{})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	told := map[subscription.Date]int{}
	for _, d := range ds {
		if d.State != bridge.Suppressed {
			told[d.OrderDate]++
		}
		if !d.CreatedAt.Before(w.shop.Timing().ReplyBy(d.OrderDate)) {
			w.t.Errorf("the notice of %s came at %s, too late for an answer", d.OrderDate, d.CreatedAt)
		}
		if d.Reason == "" && d.State == bridge.Suppressed {
			w.t.Errorf("the notice of %s was suppressed without a reason", d.OrderDate)
		}
	}
	for date, n := range told {
		if n > 1 {
			w.t.Errorf("%s was told %d times", date, n)
		}
		if !noticed[date] {
			w.t.Errorf("%s was told and is not on record", date)
		}
	}
	w.post()
	for _, what := range w.hooks.types(w.t) {
		if due, ok := strings.CutPrefix(what, bridge.OrderDue+" "); ok && !noticed[date(due[:len("2006-01-02")])] {
			w.t.Errorf("nothing is on record of an order that came due: %s\n%s", due, strings.Join(w.trace(w.id), "\n"))
		}
	}
	for _, s := range w.account(w.id).Subscriptions {
		coming := s.Coming()
		if coming.IsZero() {
			continue
		}
		if !coming.After(w.today()) {
			w.t.Errorf("the order of %s has not come due on %s", coming, w.today())
		}
		if due := w.shop.Timing().ReplyBy(coming); !w.clock.Now().Before(due) && !noticed[coming] {
			w.t.Errorf("nothing is on record of the order of %s, although replies counted until %s", coming, due)
		}
	}
}

// The first order after a pause is told of like any other, while the pause lasts if need be: whoever pauses with time
// to answer is told in time to answer, whichever day the pause ends on.
func TestTheFirstOrderAfterAPauseIsToldInTime(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		r := rand.New(rand.NewPCG(11, 7))
		for n := range 40 {
			today := subscription.DateOf(b.clock.Now(), b.shop.Location())
			s := coffee(today.AddDays(1 + r.IntN(20)).String())
			s.Interval = subscription.Interval{Count: 1 + r.IntN(12), Unit: subscription.Day}
			c := b.customer(fmt.Sprintf("+1212555%04d", 1000+n))
			s = b.subscribe(c.ID, s)
			b.to(b.clock.Now().Add(time.Duration(r.IntN(200)) * time.Hour))
			at := b.clock.Now()
			until := subscription.DateOf(at, b.shop.Location()).AddDays(1 + r.IntN(12))
			a := b.change(c.ID, byCustomer, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Pause(a, []string{s.ID}, until)
			})
			coming := a.Subscriptions[0].Coming()
			b.to(day(coming, 0).Add(-time.Second))
			b.checkTold(c.ID, coming, at)
			b.to(day(coming, 0))
			if next := b.account(c.ID).Subscriptions[0]; next.Status != subscription.Active || !next.Next.After(coming) {
				t.Errorf("paused until %s, the order of %s did not come due: %+v", until, coming, next)
			}
			b.change(c.ID, merchant, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Cancel(a, []string{s.ID})
			})
		}
	})
}

// checkTold says what is wrong with the notice of an order that was known to come from a moment on.
func (b *book) checkTold(customerID string, order subscription.Date, since time.Time) {
	b.t.Helper()
	timing := b.shop.Timing()
	err := b.db.Read(b.t.Context(), func(tx *store.Tx) error {
		ds, err := tx.Deliveries(b.shop.ID, bridge.DeliveryFilter{CustomerID: customerID, Trigger: trigger.UpcomingOrder, Limit: 200})
		ds = slices.DeleteFunc(ds, func(d bridge.Delivery) bool { return d.OrderDate != order || d.State == bridge.Suppressed })
		switch late := !since.Before(timing.ReplyBy(order)); {
		case err != nil:
		case len(ds) == 0 && late:
		case len(ds) != 1:
			b.t.Errorf("known since %s, the order of %s was told %d times; the trace says\n%s", since, order, len(ds), strings.Join(b.trace(customerID), "\n"))
		case late && ds[0].CreatedAt.After(since), !ds[0].CreatedAt.Before(timing.ReplyBy(order)):
			b.t.Errorf("the order of %s was told at %s, too late", order, ds[0].CreatedAt)
		case since.Before(timing.NotifyAt(order)) && !ds[0].CreatedAt.Equal(timing.NotifyAt(order)):
			b.t.Errorf("the order of %s was told at %s, not at its regular moment", order, ds[0].CreatedAt)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}
