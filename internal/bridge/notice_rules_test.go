package bridge_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// Whatever happens to a customer's orders, in whatever order, with the program up or down: each order date is told
// at most once, and at least once unless there is a recorded reason; nothing is told too late to be answered.
func TestNoticeRules(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		seeds := 30
		if testing.Short() {
			seeds = 10
		}
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
	for _, s := range w.account(w.id).Subscriptions {
		if s.Status != subscription.Active {
			continue
		}
		if !s.Next.After(w.today()) {
			w.t.Errorf("the order of %s has not come due on %s", s.Next, w.today())
		}
		if due := w.shop.Timing().ReplyBy(s.Next); !w.clock.Now().Before(due) && !noticed[s.Next] {
			w.t.Errorf("nothing is on record of the order of %s, although replies counted until %s", s.Next, due)
		}
	}
}
