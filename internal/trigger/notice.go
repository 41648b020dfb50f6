package trigger

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// Timing is when a shop speaks of an order and until when it listens. All of it is in the shop's zone.
type Timing struct {
	LeadDays int            // days between the notice and the order: 1 to 14
	Hour     int            // hour of the day of the notice: 0 to 23
	Zone     *time.Location // the shop's
	CutOff   time.Duration  // how long before the order date begins (00:00) a reply counts for the last time
}

// DefaultTiming is what a shop has that chose nothing: 3 days ahead at 11:00, replies until 24 hours before.
func DefaultTiming(zone *time.Location) Timing {
	return Timing{LeadDays: 3, Hour: 11, Zone: zone, CutOff: day}
}

const (
	day = 24 * time.Hour
	// atLeast is the time a regular notice must leave for an answer.
	atLeast = time.Hour
	// late is how far behind the regular moment a notice must be for its lateness to be worth mentioning.
	late = time.Hour
	// early is how long before the last waking moment a notice goes out that could not wait: sent in the
	// very last minute, it would be held until the morning by any delay on its way.
	early = time.Hour
)

// Check returns an Invalid error that names the setting (lead_days, notice_hour, zone, cut_off_hours) when the
// timing cannot be used, which includes a cut-off that leaves no time to answer the notice.
func (t Timing) Check() error {
	switch {
	case t.LeadDays < 1 || t.LeadDays > 14:
		return fault.Field("lead_days", "The notice goes out 1 to 14 days before the order.")
	case t.Hour < 0 || t.Hour > 23:
		return fault.Field("notice_hour", "The notice hour is a full hour from 0 to 23.")
	case t.Zone == nil:
		return fault.Field("zone", "Choose the shop's time zone.")
	case t.CutOff < 0:
		return fault.Field("cut_off_hours", "The cut-off cannot be after the order date begins.")
	}
	if room := time.Duration(t.LeadDays)*day - time.Duration(t.Hour)*time.Hour - atLeast; t.CutOff > room {
		return fault.Field("cut_off_hours", "With a notice at %d:00 and a lead of %d days the cut-off is at most %d hours; otherwise nobody has time to answer.",
			t.Hour, t.LeadDays, int(room/time.Hour))
	}
	return nil
}

// ReplyBy returns the last moment at which a reply about the order still counts. Whole days of the cut-off are
// days of the calendar, so that a cut-off at midnight stays at midnight when the clocks change.
func (t Timing) ReplyBy(order subscription.Date) time.Time {
	return order.AddDays(-int(t.CutOff/day)).At(0, 0, t.Zone).Add(-(t.CutOff % day))
}

// NotifyAt returns the regular moment of the order's notice.
func (t Timing) NotifyAt(order subscription.Date) time.Time {
	return order.AddDays(-t.LeadDays).At(t.Hour, 0, t.Zone)
}

// DaysUntil returns how many days of the calendar lie between now, in zone, and the order; negative once it is over.
func DaysUntil(order subscription.Date, now time.Time, zone *time.Location) int {
	return order.Sub(subscription.DateOf(now, zone))
}

// Verdict is what is to become of the notice of one order.
type Verdict struct {
	Send   bool
	At     time.Time // when to send it, never before now; zero when not sent
	Reason string    // for merchants, when it is not sent or not sent at its regular moment; otherwise ""
}

// Plan says when the notice of an order is to be sent.
//
// A regular moment still ahead is kept; one that is past means at once. The recipient's waking hours come
// after that: next returns the first waking moment at or after a time, last the latest waking moment before
// a time, false if there is none from now on; nil functions mean that the recipient is always awake. A notice
// they would hold until ReplyBy or beyond is brought forward into the last waking hour before, and not sent at all
// when that is over.
func (t Timing) Plan(order subscription.Date, now time.Time, next func(time.Time) time.Time, last func(before time.Time) (time.Time, bool)) Verdict {
	if next == nil || last == nil {
		next = func(at time.Time) time.Time { return at }
		last = func(time.Time) (time.Time, bool) { return time.Time{}, false }
	}
	regular, by := t.NotifyAt(order), t.ReplyBy(order)
	if !now.Before(by) {
		return Verdict{Reason: fmt.Sprintf("Not sent: replies about this order counted until %s.", t.say(by))}
	}
	at, reason := regular, ""
	if regular.Before(now) {
		at = now
		if now.Sub(regular) > late {
			reason = fmt.Sprintf("Sent at once: the regular moment was %s.", t.say(regular))
		}
	}
	if next(at).Before(by) {
		return Verdict{Send: true, At: at, Reason: reason}
	}
	awake, ok := last(by)
	if !ok || awake.Before(now) || !awake.Before(by) {
		return Verdict{Reason: fmt.Sprintf("Not sent: the customer's waking hours would hold it until after %s, when replies no longer count.", t.say(by))}
	}
	return Verdict{
		Send: true, At: bringForward(awake, now, next),
		Reason: fmt.Sprintf("Sent early: the customer's waking hours would hold it until after %s, when replies no longer count.", t.say(by)),
	}
}

// bringForward returns a waking moment up to an hour before the last one, and not before now.
func bringForward(awake, now time.Time, next func(time.Time) time.Time) time.Time {
	at := awake.Add(-early)
	if at.Before(now) {
		at = now
	}
	if first := next(at); first.Before(awake) {
		return first
	}
	return awake
}

// Upcoming returns the Upcoming Order trigger for an order, as told at the moment now. Its key holds the customer
// to one notice per order date. The error is Conflict when the order has no single total.
func (t Timing) Upcoming(o subscription.Order, now time.Time) (Fired, error) {
	total, err := o.Total()
	if err != nil {
		return Fired{}, fmt.Errorf("upcoming order of %s: %w", o.Date, err)
	}
	return Fired{
		Name: UpcomingOrder,
		Key:  key(UpcomingOrder, o.Date.String()),
		Facts: facts(
			"delivery_date", o.Date.Friendly(subscription.DateOf(now, t.Zone)),
			"days_until", strconv.Itoa(DaysUntil(o.Date, now, t.Zone)),
			"product_names", o.ProductNames(),
			"order_total", total.String(),
			"reply_by", t.say(t.ReplyBy(o.Date)),
		),
		Subscriptions: o.IDs(),
	}, nil
}

// say returns a moment for people: "Tuesday, November 24 at 3:30 PM EST". Midnight is said as the minute before it,
// because "Monday at midnight" is the beginning of Monday to one reader and its end to another. The zone is named
// because the reader may live in another.
func (t Timing) say(at time.Time) string {
	at = at.In(t.Zone)
	if at.Equal(subscription.DateOf(at, t.Zone).At(0, 0, t.Zone)) {
		at = at.Add(-time.Minute)
	}
	zone, _ := at.Zone()
	if strings.ContainsAny(zone, "+-") { // a zone without letters of its own: -03
		zone = "UTC" + zone
	}
	return fmt.Sprintf("%s at %s %s", subscription.DateOf(at, t.Zone).Long(), at.Format("3:04 PM"), zone)
}

// ReplyByText returns ReplyBy for a text, in the shop's zone: "Monday, November 23 at 11:59 PM EST".
func (t Timing) ReplyByText(order subscription.Date) string { return t.say(t.ReplyBy(order)) }
