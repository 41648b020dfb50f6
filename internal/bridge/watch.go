package bridge

import (
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
	"rejoinder/internal/waking"
)

// watch plans the notices of one shop at one moment.
type watch struct {
	now    time.Time
	zone   string
	timing trigger.Timing
	hours  waking.Hours
}

func watchFor(shop Shop, now time.Time) watch {
	return watch{now: now, zone: shop.Zone, timing: shop.Timing(), hours: shop.Settings.wakingHours()}
}

// hoursOf are the waking hours of a recipient and the zones they hold in: the decision the texting half makes again
// when the text is sent, from what is known here.
func (w watch) hoursOf(where Whereabouts) (waking.Hours, waking.Zones, error) {
	zones, narrow, err := waking.Recipient(where.Zone, where.Phone, w.zone)
	hours := w.hours.For(where.State)
	if narrow {
		hours = waking.Narrow(hours)
	}
	return hours, zones, err
}

// plan says when a customer is told of an order date. A recipient who is never awake, or whose zones cannot be
// known, gets no notice: it would be held for ever.
func (w watch) plan(date subscription.Date, where Whereabouts) trigger.Verdict {
	hours, zones, err := w.hoursOf(where)
	if err != nil {
		return trigger.Verdict{Reason: "Not sent: " + fault.Message(err)}
	}
	next := func(at time.Time) time.Time {
		if open, ok := hours.Next(at, zones); ok {
			return open
		}
		return at.AddDate(10, 0, 0)
	}
	last := func(before time.Time) (time.Time, bool) { return hours.Last(w.now, before, zones) }
	return w.timing.Plan(date, w.now, next, last)
}

// decides is the moment from which a verdict is final: that of the notice. One against it is final from the regular
// moment on, because the shop may change until then what stands in its way.
func (w watch) decides(date subscription.Date, v trigger.Verdict) time.Time {
	if v.Send {
		return v.At
	}
	return w.timing.NotifyAt(date)
}

// coming is an order with the moments of its notice.
func (w watch) coming(o subscription.Order, who subscription.Customer) Coming {
	where := whereaboutsOf(who)
	v := w.plan(o.Date, where)
	c := Coming{Order: o, Reason: v.Reason, ReplyBy: w.timing.ReplyBy(o.Date)}
	if v.Send {
		c.Notice, c.Awake = v.At, w.awake(v.At, where)
	}
	return c
}

// awake returns the recipient's first waking moment from at on, or at itself when their zones cannot be known.
func (w watch) awake(at time.Time, where Whereabouts) time.Time {
	hours, zones, err := w.hoursOf(where)
	if err != nil {
		return at
	}
	if open, ok := hours.Next(at, zones); ok {
		return open
	}
	return at
}
