package bridge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
	"rejoinder/internal/waking"
)

// A recipient whose day ends before the shop's notice hour is told in the last waking hours before the cut-off.
func TestNoticeFitsTheRecipientsDay(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		hour := 23
		b.shop.Settings = bridge.Settings{LeadDays: 1, CutOffHours: new(int), NoticeHour: &hour}
		b.saveShop()
		c := b.customer("+12125550123") // awake 11:00 to 21:00; 23:00 the day before would be held past midnight
		b.subscribe(c.ID, coffee("2026-12-10"))
		b.to(day(date("2026-12-09"), 20).Add(-time.Minute - time.Second))
		if got := b.upcoming(c.ID); len(got) > 0 {
			t.Fatalf("too early: %v", got)
		}
		b.to(day(date("2026-12-09"), 20).Add(-time.Minute)) // an hour before the last waking minute
		if diff := cmp.Diff([]string{"UpcomingOrder 2026-12-10 queued"}, b.upcoming(c.ID)); diff != "" {
			t.Fatal(diff)
		}
		if lines := strings.Join(b.trace(c.ID), "\n"); !strings.Contains(lines, "Sent early: the customer's waking hours") {
			t.Errorf("trace:\n%s", lines)
		}
	})
}

// The hours are the shop's own, weekdays and states included: a notice that a closed weekend would hold past the
// cut-off goes out on Friday.
func TestNoticeFitsTheShopsWeek(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state string
		want  time.Time
	}{
		"any state":           {"NY", day(date("2026-12-04"), 20).Add(-time.Minute)},
		"a state of its own":  {"FL", day(date("2026-12-04"), 18).Add(-time.Minute)},
		"in any case":         {"fl", day(date("2026-12-04"), 18).Add(-time.Minute)},
		"no state on the map": {"", day(date("2026-12-04"), 20).Add(-time.Minute)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, b *book) {
				hours := waking.Default()
				hours.Days[time.Saturday], hours.Days[time.Sunday] = waking.Window{}, waking.Window{}
				hours.States = map[string]waking.Window{"FL": {Open: 11 * 60, Close: 19 * 60}}
				b.shop.Settings.Waking = &hours
				b.saveShop()
				customer, err := b.CreateCustomer(t.Context(), b.shop.ID, subscription.Customer{Phone: "+12125550123", Zone: "America/New_York", State: c.state}, merchant)
				must(t, err)
				b.subscribe(customer.ID, coffee("2026-12-08")) // a Tuesday: replies count until Sunday's end
				if at, err := b.NoticeNextDue(t.Context()); err != nil || !at.Equal(c.want) {
					t.Errorf("planned for %s, %v; want %s", at, err, c.want)
				}
				b.to(c.want)
				if diff := cmp.Diff([]string{"UpcomingOrder 2026-12-08 queued"}, b.upcoming(customer.ID)); diff != "" {
					t.Error(diff)
				}
				b.shop.Settings.Waking = nil
				b.subscribe(customer.ID, coffee("2026-12-15"))
				b.saveShop() // planned again by the hours of every day
				b.to(c.want)
				if at, err := b.NoticeNextDue(t.Context()); err != nil || !at.Equal(day(date("2026-12-12"), 11)) {
					t.Errorf("with other hours planned for %s, %v", at, err)
				}
			})
		})
	}
}

func TestHoursThatNeverOpenAreRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		b.shop.Settings.Waking = &waking.Hours{}
		if err := b.SaveShop(t.Context(), b.shop); !fault.Is(err, fault.Invalid) {
			t.Errorf("saved: %v", err)
		}
	})
}

// A decision against a notice is final only from its regular moment on: what stood in its way may be gone by then.
func TestNothingIsDecidedAheadOfTime(t *testing.T) {
	t.Parallel()
	t.Run("the trigger was off", func(t *testing.T) {
		t.Parallel()
		onBoth(t, func(t *testing.T, b *book) {
			c := b.customer("+12125550123")
			b.subscribe(c.ID, coffee("2027-01-10"))
			b.shop.Settings.TriggersOff = []trigger.Name{trigger.UpcomingOrder}
			b.shop.Settings.LeadDays = 4
			b.saveShop()                              // everything is planned again while the trigger is off
			_, err := b.HandleNotice(t.Context(), "") // before the roll, which looks at everything too
			must(t, err)
			b.to(b.clock.Now().Add(time.Hour))
			b.shop.Settings.TriggersOff = nil
			b.saveShop()
			b.to(day(date("2027-01-06"), 11))
			if diff := cmp.Diff([]string{"UpcomingOrder 2027-01-10 queued"}, b.upcoming(c.ID)); diff != "" {
				t.Errorf("%s\nthe trace says\n%s", diff, strings.Join(b.trace(c.ID), "\n"))
			}
		})
	})
	t.Run("nobody was awake", func(t *testing.T) {
		t.Parallel()
		onBoth(t, func(t *testing.T, b *book) {
			c := b.customer("+12125550123")
			hours := waking.Hours{}
			hours.Days[time.Monday] = waking.Window{Open: 11 * 60, Close: 12 * 60}
			b.shop.Settings.Waking = &hours
			b.saveShop()
			b.clock.Set(day(date("2026-12-07"), 13)) // the Monday's hour is over
			b.subscribe(c.ID, coffee("2026-12-12"))  // a Saturday, to be told of on Wednesday
			b.to(b.clock.Now().Add(time.Hour))
			b.shop.Settings.Waking = nil
			b.saveShop()
			b.to(day(date("2026-12-09"), 11))
			if diff := cmp.Diff([]string{"UpcomingOrder 2026-12-12 queued"}, b.upcoming(c.ID)); diff != "" {
				t.Errorf("%s\nthe trace says\n%s", diff, strings.Join(b.trace(c.ID), "\n"))
			}
		})
	})
}
