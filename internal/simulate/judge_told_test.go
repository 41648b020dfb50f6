package simulate

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"rejoinder/internal/subscription"
)

var mark = regexp.MustCompile(`^\[(\w+)\|(\w+)(?:\|([^|\]]*))?(?:\|([^|\]]*))?\] ?`)

// told reads which order date a text on a phone speaks of.
func told(x text) (d subscription.Date, ok bool) {
	m := mark.FindStringSubmatch(x.body)
	if m == nil || m[2] != "upcoming" {
		return d, false
	}
	for _, year := range []string{"", fmt.Sprintf(", %d", x.at.Year()), fmt.Sprintf(", %d", x.at.Year()+1)} {
		at, err := time.Parse("Monday, January 2, 2006", m[3]+year)
		if err == nil && at.After(x.at.AddDate(0, 0, -3)) {
			return subscription.DateOf(at, time.UTC), true
		}
	}
	return d, false
}

// toldOnce is the first half of P1, by the phones alone.
func (w *world) toldOnce(l *ledger) {
	type of struct {
		shop, phone string
		date        subscription.Date
	}
	n := map[of][]text{}
	for _, x := range w.phone {
		if strings.Contains(x.body, "|upcoming|") {
			d, ok := told(x)
			if !ok {
				w.broken(toldTwice, "%s at %s got a notice that names no date: %q", x.to, x.shop, x.body)
				continue
			}
			n[of{x.shop, x.to, d}] = append(n[of{x.shop, x.to, d}], x)
		}
	}
	w.totals.Told += len(n)
	for k, list := range n {
		switch {
		case len(list) == 1:
		case w.mayRepeat(l, list):
			w.totals.Repeated++
		default:
			w.broken(toldTwice, "%s at %s was told of %s %d times, first at %s and %s", k.phone, k.shop, k.date, len(list), list[0].at.UTC(), list[1].at.UTC())
		}
	}
}

// mayRepeat reports whether the repeats come of requests of which the program could not know whether they had arrived,
// to a Postscript that knows no repeats. Whoever chose rather to miss a text gets none twice but by the network's doing.
func (w *world) mayRepeat(l *ledger, list []text) bool {
	d, ok := told(list[0])
	if !w.plan.faithful || !ok {
		return false
	}
	ran, certain, tries := 0, 0, 0
	for _, q := range w.requests {
		x := l.deliveries[q.key].row
		if q.ran == 0 || x["order_date"] != d.String() || x["shop_id"] != list[0].shop || x["customer_id"] != w.who(list[0].shop, list[0].to).id {
			continue
		}
		ran += q.ran
		tries++
		// A batch is recorded when its slowest request is through.
		if died := q.life.died; !q.unsure && (died.IsZero() || died.Sub(q.at) > 31*time.Second) {
			certain++
		}
	}
	return len(list) <= ran && certain <= 1 && (tries <= 1 || !w.plan.mayMiss)
}

// toldAtAll is the other half: every order that was charged was told of, or the ledger says why not.
func (w *world) toldAtAll(l *ledger) {
	phones := map[string]bool{}
	for _, x := range w.phone {
		phones[x.id] = true
	}
	for o, at := range w.due {
		n, ok := l.notices[o]
		switch {
		case !ok:
			w.broken(untold, "the order of %s was charged at %s; nobody was told and nothing says why", o.date, at.UTC())
		case n.row["state"] == "suppressed":
			if n.row["reason"] == "" {
				w.broken(untold, "the notice of %s was suppressed without a reason", o.date)
			}
			w.reason(n.row["reason"])
		case n.row["state"] != "told":
			w.broken(untold, "the notice of %s is still %s", o.date, n.row["state"])
		default:
			w.arrived(l, o, n, phones)
		}
	}
}

// arrived follows a notice that was handed to Postscript to the phone, or to the reason why it is not there.
func (w *world) arrived(l *ledger, o dueOrder, n notice, phones map[string]bool) {
	d := l.deliveries[n.row["delivery_id"]]
	doubt := l.doubts[d.row["id"]] && d.row["state"] != "sent" && d.row["reason"] != ""
	if d.row["state"] == "unknown" || doubt {
		// What may have arrived counts as told, also when its repetition was not sent any more.
		w.reason(d.row["reason"])
		return
	}
	e, ok := l.events[d.row["id"]]
	if w.plan.faithful {
		return
	}
	if !ok {
		w.broken(untold, "the notice of %s to %s counts as told, but Postscript has not got it; the delivery is %s: %s", o.date, w.person(o.customer).phone, d.row["state"], d.row["reason"])
		return
	}
	for _, m := range l.messages {
		if m.row["event_id"] != e["id"] {
			continue
		}
		switch {
		case phones[m.row["id"]]:
		case m.row["state"] == "sent" || m.row["state"] == "delivered":
			w.broken(untold, "the text about %s counts as sent, but is on no phone", o.date)
		case m.row["reason"] == "":
			w.broken(untold, "the text about %s ended as %s without a reason", o.date, m.row["state"])
		default:
			w.reason(m.row["reason"])
		}
		return
	}
	if e["outcome"] == "" {
		w.broken(untold, "no text about %s was made and nothing says why", o.date)
	}
	w.reason(e["outcome"])
}

var dates = regexp.MustCompile(`\b[A-Z][a-z]+day, [A-Z][a-z]+ \d+[^.]*`)

// reason counts why a notice did not arrive.
func (w *world) reason(why string) {
	w.totals.Reasons = sum(w.totals.Reasons, map[string]int{dates.ReplaceAllString(why, "DATE"): 1})
}
