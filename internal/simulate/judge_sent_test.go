package simulate

import (
	"database/sql"
	"slices"
	"strings"
	"time"
)

// answersFirst is P4, from what Postscript saw: once an answer is there, no bulk work of the shop is sent before it but
// what had its slots already, which is a second at most.
func (w *world) answersFirst(l *ledger) {
	bulk := map[string][]*request{} // by shop
	first := map[string]time.Time{} // of each delivery's requests
	for _, q := range w.requests {
		d, ok := l.deliveries[q.key]
		if q.key == "" || !ok {
			continue
		}
		if _, had := first[q.key]; !had {
			first[q.key] = q.at
		}
		if d.row["lane"] != "0" {
			bulk[d.row["shop_id"]] = append(bulk[d.row["shop_id"]], q)
		}
	}
	for id, d := range l.deliveries {
		if d.row["lane"] != "0" {
			continue
		}
		w.totals.Answers++
		began, until := moment(d.row["created_at"]), moment(d.row["finished_at"])
		if at, ok := first[id]; ok {
			until = at
		}
		h := w.person(d.row["customer_id"])
		for _, q := range w.requests { // to be looked up is to be on one's way
			if q.key == "" && q.host == hostPostscript && q.about == h.phone && q.at.After(began) && q.at.Before(until) {
				until = q.at
			}
		}
		for _, q := range bulk[d.row["shop_id"]] {
			if q.at.Sub(began) < 1200*time.Millisecond || !q.at.Before(until) {
				continue
			}
			if w.stopped(began, until) { // it was in the hands of a life that ended
				break
			}
			w.broken(overtaken, "an answer to %s was there at %s and sent at %s; bulk work went out at %s", h.phone, began.UTC(), until.UTC(), q.at.UTC())
			break
		}
	}
}

// stopped reports whether the machine stopped in between.
func (w *world) stopped(from, to time.Time) bool {
	return slices.ContainsFunc(w.requests, func(q *request) bool {
		return q.life.died.After(from.Add(-time.Minute)) && q.life.died.Before(to)
	}) || slices.ContainsFunc(w.deaths, func(at time.Time) bool { return at.After(from.Add(-time.Minute)) && at.Before(to) })
}

// awake is P5, by a clock of its own: nothing automated at night but answers to what the person had typed.
func (w *world) awake(l *ledger) {
	inbound := map[string]time.Time{}
	for _, s := range w.said {
		inbound[s.id] = s.at
	}
	for _, x := range w.phone {
		h := w.who(x.shop, x.to)
		local := x.asked.In(h.wake)
		if local.Hour() >= 11 && local.Hour() < 21 {
			continue
		}
		w.totals.Night++
		kind := mark.FindStringSubmatch(x.body)
		if kind != nil && (kind[2] == "upcoming" || kind[2] == "created" || kind[2] == "over") {
			w.broken(atNight, "%s at %s got %q at %s", x.to, x.shop, x.body, local)
			continue
		}
		to := l.messages[x.id].row["reply_to"]
		typed, ok := inbound[to]
		if m := l.messages[to]; !ok || m.row["phone"] != x.to || typed.After(x.asked) {
			w.broken(atNight, "%s at %s got %q at %s, and it answers nothing they typed", x.to, x.shop, x.body, local)
		}
	}
}

// left is P6: after an opt-out was stored nothing comes but its one confirmation, and answers to HELP.
func (w *world) left(l *ledger) {
	for i, stop := range w.said {
		if stop.body != "STOP" || stop.stored.IsZero() {
			continue
		}
		until := time.Unix(1<<40, 0)
		undecided := false
		for j, s := range w.said {
			if i == j || s.who != stop.who || s.body != "START" && s.body != "yes" {
				continue
			}
			switch {
			case s.at.After(stop.stored):
				if s.at.Before(until) {
					until = s.at
				}
			case s.stored.IsZero() || s.stored.After(stop.at): // nobody can say which came first
				undecided = true
			}
		}
		if undecided {
			continue
		}
		confirmed := 0
		for _, x := range w.phone {
			if x.shop != stop.who.shop.id || x.to != stop.who.phone || !x.asked.After(stop.stored) || x.asked.After(until) {
				continue
			}
			switch l.messages[x.id].row["kind"] {
			case "help":
			case "opt_out":
				confirmed++
			default:
				w.broken(afterStop, "%s at %s opted out at %s and got %q at %s", x.to, x.shop, stop.stored.UTC(), x.body, x.at.UTC())
			}
		}
		if confirmed > 1 {
			w.broken(afterStop, "%s at %s opted out once and was told so %d times", stop.who.phone, stop.who.shop.id, confirmed)
		}
	}
}

// apart is P8: each row that belongs to a shop speaks of people of that shop, and each text of its own shop alone.
func (w *world) apart(db *sql.DB) {
	for _, x := range w.phone {
		for _, s := range w.shops {
			if named := strings.Contains(x.body, s.name); named != (s.id == x.shop) {
				w.broken(mixed, "a text of %s says %q", x.shop, x.body)
			}
		}
	}
	for what, query := range map[string]string{
		"deliveries":    `SELECT d.id FROM deliveries d JOIN customers c ON c.id = d.customer_id WHERE c.shop_id <> d.shop_id`,
		"notices":       `SELECT n.order_date AS id FROM notices n JOIN customers c ON c.id = n.customer_id WHERE c.shop_id <> n.shop_id`,
		"subscriptions": `SELECT s.id FROM subscriptions s JOIN customers c ON c.id = s.customer_id WHERE c.shop_id <> s.shop_id`,
		"replies":       `SELECT r.id FROM replies r JOIN customers c ON c.id = r.customer_id WHERE c.shop_id <> r.shop_id OR c.phone <> r.phone`,
		"actions":       `SELECT a.id FROM actions a JOIN customers c ON c.id = a.customer_id WHERE c.shop_id <> a.shop_id`,
		"messages":      `SELECT m.id FROM messages m JOIN subscribers s ON s.id = m.subscriber_id WHERE s.shop_id <> m.shop_id OR s.phone <> m.phone`,
		"answers":       `SELECT m.id FROM messages m JOIN messages i ON i.id = m.reply_to WHERE i.shop_id <> m.shop_id OR i.phone <> m.phone`,
		"events":        `SELECT e.id FROM events e JOIN deliveries d ON e.external_id LIKE '%' || d.id WHERE e.shop_id <> d.shop_id`,
	} {
		if both := w.rows(db, query); len(both) > 0 {
			w.broken(mixed, "%d rows of %s are of two shops or people", len(both), what)
		}
	}
}

// paced is P3, as the requests began here.
func (w *world) paced() {
	at := map[string][]time.Time{}
	for _, q := range w.requests {
		if q.host == hostPostscript {
			at[q.token] = append(at[q.token], q.at)
		}
	}
	for _, list := range at {
		slices.SortFunc(list, time.Time.Compare)
		for i := 15; i < len(list); i++ {
			if d := list[i].Sub(list[i-15]); d < time.Second {
				w.broken(overPace, "16 requests within %s at %s", d, list[i].UTC())
				break
			}
		}
	}
}
