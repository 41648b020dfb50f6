package trigger_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests need every zone, whatever the machine has

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

func zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

var newYork = zone("America/New_York")

// moment reads a time of day in New York.
func moment(s string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", s, newYork)
	if err != nil {
		panic(err)
	}
	return at
}

// waking makes the two functions Plan asks, for a recipient awake from open to shut o'clock every day.
func waking(open, shut int, loc *time.Location, now time.Time) (func(time.Time) time.Time, func(time.Time) (time.Time, bool)) {
	next := func(at time.Time) time.Time {
		for day := subscription.DateOf(at, loc); ; day = day.AddDays(1) {
			if from, to := day.At(open, 0, loc), day.At(shut, 0, loc); at.Before(from) {
				return from
			} else if at.Before(to) {
				return at
			}
		}
	}
	last := func(before time.Time) (time.Time, bool) {
		for day := subscription.DateOf(before, loc); ; day = day.AddDays(-1) {
			from, to := day.At(open, 0, loc), day.At(shut, 0, loc)
			if before.Before(to) {
				to = before
			}
			if to = to.Add(-time.Second); !to.Before(from) {
				return to, !to.Before(now)
			}
		}
	}
	return next, last
}

func TestTimingCheck(t *testing.T) {
	t.Parallel()
	good := trigger.DefaultTiming(newYork)
	tests := []struct {
		name, field string // field "" means accepted
		change      func(*trigger.Timing)
	}{
		{"default", "", func(*trigger.Timing) {}},
		{"14 days", "", func(t *trigger.Timing) { t.LeadDays = 14 }},
		{"no cut-off", "", func(t *trigger.Timing) { t.CutOff = 0 }},
		{"the day before with a short cut-off", "", func(t *trigger.Timing) { t.LeadDays, t.CutOff = 1, 12*time.Hour }},
		{"the day before with the usual cut-off", "cut_off_hours", func(t *trigger.Timing) { t.LeadDays = 1 }},
		{"too long a cut-off", "cut_off_hours", func(t *trigger.Timing) { t.CutOff = 61 * time.Hour }},
		{"cut-off after the order", "cut_off_hours", func(t *trigger.Timing) { t.CutOff = -time.Hour }},
		{"0 days", "lead_days", func(t *trigger.Timing) { t.LeadDays = 0 }},
		{"15 days", "lead_days", func(t *trigger.Timing) { t.LeadDays = 15 }},
		{"24 o'clock", "notice_hour", func(t *trigger.Timing) { t.Hour = 24 }},
		{"before midnight", "notice_hour", func(t *trigger.Timing) { t.Hour = -1 }},
		{"no zone", "zone", func(t *trigger.Timing) { t.Zone = nil }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			timing := good
			tt.change(&timing)
			err := timing.Check()
			var field string
			if f, ok := err.(*fault.Error); ok {
				field = f.Field
			}
			if field != tt.field || (err != nil) != (tt.field != "") {
				t.Errorf("got %v, want a fault of %q", err, tt.field)
			}
		})
	}
}

func TestTimingMoments(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, order string
		change      func(*trigger.Timing)
		notify, by  string
		text        string
	}{
		{"default", "2026-11-25", func(*trigger.Timing) {}, "2026-11-22T11:00:00-05:00", "2026-11-24T00:00:00-05:00", "Monday, November 23 at 11:59 PM EST"},
		{
			"36 hours", "2026-11-25", func(t *trigger.Timing) { t.CutOff = 36 * time.Hour },
			"2026-11-22T11:00:00-05:00", "2026-11-23T12:00:00-05:00", "Monday, November 23 at 12:00 PM EST",
		},
		{
			"over the end of summer time", "2026-11-02", func(t *trigger.Timing) { t.CutOff = 48 * time.Hour },
			"2026-10-30T11:00:00-04:00", "2026-10-31T00:00:00-04:00", "Friday, October 30 at 11:59 PM EDT",
		},
		{
			"over the start of summer time", "2027-03-15", func(t *trigger.Timing) { t.Hour = 2; t.LeadDays = 1; t.CutOff = 20 * time.Hour },
			"2027-03-14T03:00:00-04:00", "2027-03-14T04:00:00-04:00", "Sunday, March 14 at 4:00 AM EDT",
		},
		{"no cut-off", "2026-11-25", func(t *trigger.Timing) { t.CutOff = 0 }, "2026-11-22T11:00:00-05:00", "2026-11-25T00:00:00-05:00", "Tuesday, November 24 at 11:59 PM EST"},
		{
			"a zone without letters", "2026-11-25", func(t *trigger.Timing) { t.Zone = zone("America/Sao_Paulo") },
			"2026-11-22T11:00:00-03:00", "2026-11-24T00:00:00-03:00", "Monday, November 23 at 11:59 PM UTC-03",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			timing := trigger.DefaultTiming(newYork)
			tt.change(&timing)
			got := []string{
				timing.NotifyAt(d(tt.order)).Format(time.RFC3339), timing.ReplyBy(d(tt.order)).Format(time.RFC3339), timing.ReplyByText(d(tt.order)),
			}
			if diff := cmp.Diff([]string{tt.notify, tt.by, tt.text}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDaysUntil(t *testing.T) {
	t.Parallel()
	at := moment("2026-11-22 23:30")
	for _, tt := range []struct {
		zone string
		want int
	}{{"America/New_York", 3}, {"Europe/London", 2}, {"Pacific/Honolulu", 3}} {
		if got := trigger.DaysUntil(d("2026-11-25"), at, zone(tt.zone)); got != tt.want {
			t.Errorf("%s: %d days, want %d", tt.zone, got, tt.want)
		}
	}
	if got := trigger.DaysUntil(d("2026-11-20"), at, newYork); got != -2 {
		t.Errorf("%d days, want -2", got)
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	hawaii := zone("Pacific/Honolulu")
	tests := []struct {
		name       string
		change     func(*trigger.Timing)
		now        string
		open, shut int
		loc        *time.Location
		want       string // when, or "" for not sent
		reason     string // part of it
	}{
		{"in good time", nil, "2026-11-20 09:00", 11, 21, newYork, "2026-11-22 11:00", ""},
		{"exactly on time", nil, "2026-11-22 11:00", 11, 21, newYork, "2026-11-22 11:00", ""},
		{"a little late", nil, "2026-11-22 11:20", 11, 21, newYork, "2026-11-22 11:20", ""},
		{"after downtime", nil, "2026-11-23 15:00", 11, 21, newYork, "2026-11-23 15:00", "Sent at once: the regular moment was Sunday, November 22 at 11:00 AM EST."},
		{"the text waits for Hawaii to wake", nil, "2026-11-22 11:00", 11, 21, hawaii, "2026-11-22 11:00", ""},
		{"late at night, in time in the morning", func(t *trigger.Timing) { t.CutOff = 0 }, "2026-11-23 23:00", 11, 21, newYork, "2026-11-23 23:00", "Sent at once"},
		{"late at night, too late in the morning", nil, "2026-11-23 22:00", 11, 21, newYork, "", "waking hours"},
		{"the cut-off is over", nil, "2026-11-24 00:00", 11, 21, newYork, "", "replies about this order counted until Monday, November 23 at 11:59 PM EST"},
		{"the order is over", nil, "2026-11-26 00:00", 11, 21, newYork, "", "Not sent"},
		{
			"brought forward", func(t *trigger.Timing) { t.Hour, t.CutOff = 22, 38*time.Hour }, "2026-11-20 09:00", 11, 21, newYork,
			"2026-11-22 19:59", "Sent early",
		},
		{
			"brought forward, little left of the evening", func(t *trigger.Timing) { t.Hour, t.CutOff = 22, 38*time.Hour }, "2026-11-22 20:30", 11, 21, newYork,
			"2026-11-22 20:30", "Sent early",
		},
		{"brought forward, evening over", func(t *trigger.Timing) { t.Hour, t.CutOff = 22, 38*time.Hour }, "2026-11-22 21:30", 11, 21, newYork, "", "waking hours"},
		{
			"a day of half an hour", func(t *trigger.Timing) { t.Hour, t.CutOff = 22, 38*time.Hour }, "2026-11-20 09:00", 20, 21, newYork,
			"2026-11-22 20:00", "Sent early",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			timing := trigger.DefaultTiming(newYork)
			if tt.change != nil {
				tt.change(&timing)
			}
			if err := timing.Check(); err != nil {
				t.Fatal(err)
			}
			next, last := waking(tt.open, tt.shut, tt.loc, moment(tt.now))
			got := timing.Plan(d("2026-11-25"), moment(tt.now), next, last)
			var at string
			if got.Send {
				at = got.At.In(newYork).Format("2006-01-02 15:04")
			}
			if at != tt.want || !strings.Contains(got.Reason, tt.reason) || (tt.reason == "") != (got.Reason == "") || got.Send == got.At.IsZero() {
				t.Errorf("got %q (%s), want %q (%s)", at, got.Reason, tt.want, tt.reason)
			}
		})
	}
}

func TestPlanForOneAlwaysAwake(t *testing.T) {
	t.Parallel()
	timing := trigger.DefaultTiming(newYork)
	if got := timing.Plan(d("2026-11-25"), moment("2026-11-23 23:59"), nil, nil); !got.Send || !got.At.Equal(moment("2026-11-23 23:59")) {
		t.Errorf("got %+v", got)
	}
}

// A notice is never sent before now, never so that it reaches anybody at or after ReplyBy, and is given up only
// when no waking moment is left; whatever is unusual has a reason.
func TestPlanProperties(t *testing.T) {
	t.Parallel()
	zones := []string{"America/New_York", "Pacific/Honolulu", "Europe/London", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata"}
	rapid.Check(t, func(t *rapid.T) {
		shop, person := zone(rapid.SampledFrom(zones).Draw(t, "shop")), zone(rapid.SampledFrom(zones).Draw(t, "person"))
		timing := trigger.Timing{
			LeadDays: rapid.IntRange(1, 14).Draw(t, "lead"), Hour: rapid.IntRange(0, 23).Draw(t, "hour"), Zone: shop,
			CutOff: time.Duration(rapid.IntRange(0, 13*24*60).Draw(t, "cut-off")) * time.Minute,
		}
		if timing.Check() != nil {
			t.Skip("no such timing")
		}
		order := subscription.NewDate(2026, time.January, 1+rapid.IntRange(0, 800).Draw(t, "order"))
		now := order.At(0, 0, shop).Add(-time.Duration(rapid.IntRange(-2*24*60, 17*24*60).Draw(t, "ahead")) * time.Minute)
		open := rapid.IntRange(0, 22).Draw(t, "open")
		next, last := waking(open, rapid.IntRange(open+1, 23).Draw(t, "shut"), person, now)

		got, by, regular := timing.Plan(order, now, next, last), timing.ReplyBy(order), timing.NotifyAt(order)
		if !got.Send {
			if first := next(now); first.Before(by) {
				t.Fatalf("not sent (%s), but the customer is awake at %v, before %v", got.Reason, first, by)
			}
			if got.Reason == "" || !got.At.IsZero() {
				t.Fatalf("%+v", got)
			}
			return
		}
		if got.At.Before(now) || !next(got.At).Before(by) {
			t.Fatalf("%+v reaches the customer at %v; now %v, reply by %v", got, next(got.At), now, by)
		}
		if got.At.Before(regular) && !strings.HasPrefix(got.Reason, "Sent early") {
			t.Fatalf("%+v is early, regular is %v", got, regular)
		}
		if got.At.After(regular) && !got.At.Equal(now) {
			t.Fatalf("%+v is late, regular was %v, now %v", got, regular, now)
		}
		if next(regular).Before(by) && regular.After(now) && !got.At.Equal(regular) {
			t.Fatalf("%+v is not at the regular moment %v", got, regular)
		}
	})
}

func TestUpcoming(t *testing.T) {
	t.Parallel()
	a := account(weekly("sub_1", "2026-11-25", "Coffee"), weekly("sub_2", "2026-11-25", "Tea", "Oats", "Milk"))
	o, _ := a.Next()
	timing := trigger.DefaultTiming(newYork)
	got, err := timing.Upcoming(o, moment("2026-11-23 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	want := trigger.Fired{
		Name: trigger.UpcomingOrder, Key: "UpcomingOrder/2026-11-25", Subscriptions: []string{"sub_1", "sub_2"},
		Facts: map[string]string{
			"delivery_date": "Wednesday, November 25", "days_until": "2", "product_names": "Coffee, Tea, Oats and 1 more",
			"order_total": "$96.00", "reply_by": "Monday, November 23 at 11:59 PM EST",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	o.Subscriptions[0].Items[0].Price.Currency = "CAD"
	if _, err := timing.Upcoming(o, moment("2026-11-23 09:00")); !fault.Is(err, fault.Conflict) {
		t.Errorf("mixed currencies: %v", err)
	}
}
