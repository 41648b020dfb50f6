//go:build simulate

package simulate

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the judge reads the file itself

	"rejoinder/internal/subscription"
)

// ledger is the final state of the file, read without the product.
type ledger struct {
	messages   map[string]message
	notices    map[dueOrder]notice
	deliveries map[string]delivery
	events     map[string]row // by external id
	replies    []row
	actions    []row
}

// row is a row's columns as text.
type row map[string]string

type (
	message  struct{ row }
	notice   struct{ row }
	delivery struct{ row }
)

// judge says whether the promises were kept.
func (w *world) judge() {
	db, err := sql.Open("sqlite", w.file)
	must(w, err)
	defer func() { _ = db.Close() }()
	l := &ledger{messages: map[string]message{}, notices: map[dueOrder]notice{}, deliveries: map[string]delivery{}, events: map[string]row{}}
	for _, r := range w.rows(db, `SELECT * FROM messages`) {
		l.messages[r["id"]] = message{r}
		if n, ok := strings.CutPrefix(r["gateway_id"], "in"); ok && r["direction"] == "in" {
			i, err := strconv.Atoi(n)
			must(w, err)
			w.said[i].id = r["id"] // whoever carried it may have heard nothing of its id, only later that it is there
		}
	}
	for _, r := range w.rows(db, `SELECT * FROM notices`) {
		d, err := subscription.ParseDate(r["order_date"])
		must(w, err)
		l.notices[dueOrder{r["customer_id"], d}] = notice{r}
	}
	for _, r := range w.rows(db, `SELECT * FROM deliveries`) {
		l.deliveries[r["id"]] = delivery{r}
	}
	for _, r := range w.rows(db, `SELECT * FROM events`) {
		_, id, _ := strings.Cut(r["external_id"], "/") // behind the trigger's
		l.events[id] = r
	}
	l.replies, l.actions = w.rows(db, `SELECT * FROM replies ORDER BY received_at`), w.rows(db, `SELECT * FROM actions ORDER BY created_at`)
	w.toldOnce(l)
	w.toldAtAll(l)
	w.actedOnce(l)
	w.stands(db, l)
	w.answersFirst(l)
	w.awake(l)
	w.left(l)
	w.apart(db)
	w.paced()
	w.ended(db)
}

func (w *world) rows(db *sql.DB, query string) (out []row) {
	rows, err := db.Query(query)
	must(w, err)
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	must(w, err)
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(sql.NullString)
		}
		must(w, rows.Scan(values...))
		r := row{}
		for i, name := range names {
			r[name] = values[i].(*sql.NullString).String
		}
		out = append(out, r)
	}
	must(w, rows.Err())
	return out
}

// broken reports a promise that was not kept.
func (w *world) broken(promise, format string, args ...any) {
	w.t.Helper()
	w.t.Errorf("%s: %s", promise, fmt.Sprintf(format, args...))
	w.log.add("JUDGE", "%s: %s", promise, fmt.Sprintf(format, args...))
}

// who finds a person by shop and number.
func (w *world) who(shop, phone string) *person {
	for _, s := range w.shops {
		for _, h := range s.people {
			if s.id == shop && h.phone == phone {
				return h
			}
		}
	}
	w.t.Fatalf("nobody at %s has the number %s", shop, phone)
	return nil
}

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
				w.broken("P1", "%s at %s got a notice that names no date: %q", x.to, x.shop, x.body)
				continue
			}
			n[of{x.shop, x.to, d}] = append(n[of{x.shop, x.to, d}], x)
		}
	}
	w.totals.notices += len(n)
	for k, list := range n {
		if len(list) > 1 && !w.mayRepeat(l, list) {
			w.broken("P1", "%s at %s was told of %s %d times, first at %s and %s", k.phone, k.shop, k.date, len(list), list[0].at.UTC(), list[1].at.UTC())
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
			w.broken("P1", "the order of %s was charged at %s; nobody was told and nothing says why", o.date, at.UTC())
		case n.row["state"] == "suppressed":
			if n.row["reason"] == "" {
				w.broken("P1", "the notice of %s was suppressed without a reason", o.date)
			}
			w.reason(n.row["reason"])
		case n.row["state"] != "told":
			w.broken("P1", "the notice of %s is still %s", o.date, n.row["state"])
		default:
			w.arrived(l, o, n, phones)
		}
	}
}

// arrived follows a notice that was handed to Postscript to the phone, or to the reason why it is not there.
func (w *world) arrived(l *ledger, o dueOrder, n notice, phones map[string]bool) {
	d := l.deliveries[n.row["delivery_id"]]
	if d.row["state"] == "unknown" {
		w.reason(d.row["reason"])
		return
	}
	e, ok := l.events[d.row["id"]]
	if w.plan.faithful {
		return
	}
	if !ok {
		w.broken("P1", "the notice of %s counts as told, but Postscript has not got it", o.date)
		return
	}
	for _, m := range l.messages {
		if m.row["event_id"] != e["id"] {
			continue
		}
		switch {
		case phones[m.row["id"]]:
		case m.row["state"] == "sent" || m.row["state"] == "delivered":
			w.broken("P1", "the text about %s counts as sent, but is on no phone", o.date)
		case m.row["reason"] == "":
			w.broken("P1", "the text about %s ended as %s without a reason", o.date, m.row["state"])
		default:
			w.reason(m.row["reason"])
		}
		return
	}
	if e["outcome"] == "" {
		w.broken("P1", "no text about %s was made and nothing says why", o.date)
	}
	w.reason(e["outcome"])
}

var dates = regexp.MustCompile(`\b[A-Z][a-z]+day, [A-Z][a-z]+ \d+[^.]*`)

// reason counts why a notice did not arrive.
func (w *world) reason(why string) {
	if w.totals.reasons == nil {
		w.totals.reasons = map[string]int{}
	}
	w.totals.reasons[dates.ReplaceAllString(why, "DATE")]++
}

// actedOnce is P2: one action at most for each text that somebody typed, however often and under which ids it came.
func (w *world) actedOnce(l *ledger) {
	typed := map[string]*said{}
	for _, s := range w.said {
		if s.id != "" {
			typed[s.id] = s
		}
	}
	by := map[*said][]string{}
	for _, r := range l.replies {
		s := typed[original(r["message_id"])]
		if s == nil {
			w.broken("P2", "nobody typed the reply %q of %s", r["body"], r["phone"])
			continue
		}
		w.words[r["id"]] = s.body
		for _, a := range l.actions {
			if a["state"] != "refused" && strings.Contains(a["dedupe_key"], r["id"]) {
				by[s] = append(by[s], a["command"]+" "+a["order_date"])
			}
		}
	}
	for s, done := range by {
		w.totals.actions += len(done)
		if len(done) > 1 {
			w.broken("P2", "%q, typed once by %s at %s, was acted on %d times: %v", s.body, s.who.phone, s.at.UTC(), len(done), done)
		}
	}
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
		w.totals.nightly++
		kind := mark.FindStringSubmatch(x.body)
		if kind != nil && (kind[2] == "upcoming" || kind[2] == "created" || kind[2] == "over") {
			w.broken("P5", "%s at %s got %q at %s", x.to, x.shop, x.body, local)
			continue
		}
		to := l.messages[x.id].row["reply_to"]
		typed, ok := inbound[to]
		if m := l.messages[to]; !ok || m.row["phone"] != x.to || typed.After(x.asked) {
			w.broken("P5", "%s at %s got %q at %s, and it answers nothing they typed", x.to, x.shop, x.body, local)
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
				w.broken("P6", "%s at %s opted out at %s and got %q at %s", x.to, x.shop, stop.stored.UTC(), x.body, x.at.UTC())
			}
		}
		if confirmed > 1 {
			w.broken("P6", "%s at %s opted out once and was told so %d times", stop.who.phone, stop.who.shop.id, confirmed)
		}
	}
}

// apart is P8: each row that belongs to a shop speaks of people of that shop, and each text of its own shop alone.
func (w *world) apart(db *sql.DB) {
	for _, x := range w.phone {
		for _, s := range w.shops {
			if named := strings.Contains(x.body, s.name); named != (s.id == x.shop) {
				w.broken("P8", "a text of %s says %q", x.shop, x.body)
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
		if mixed := w.rows(db, query); len(mixed) > 0 {
			w.broken("P8", "%d rows of %s are of two shops or people", len(mixed), what)
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
				w.broken("P3", "16 requests within %s at %s", d, list[i].UTC())
				break
			}
		}
	}
}

// ended says that nothing is left undone: each row is in a state that is final, or waits for a moment still to come.
func (w *world) ended(db *sql.DB) {
	now := time.Now().UnixMicro()
	for what, query := range map[string]string{
		"deliveries":         `SELECT id, state FROM deliveries WHERE state IN ('queued', 'sending') AND due_at < $1`,
		"messages":           `SELECT id, state FROM messages WHERE state IN ('waiting', 'sending') AND due_at < $1`,
		"replies":            `SELECT id, state FROM replies WHERE state IN ('new', 'working') AND due_at < $1`,
		"events":             `SELECT id, state FROM events WHERE state = 'new' AND due_at < $1`,
		"webhook deliveries": `SELECT id, state FROM webhook_deliveries WHERE state = 'queued' AND due_at < $1`,
		"outgoing webhooks":  `SELECT id, state FROM outgoing WHERE state = 'queued' AND due_at < $1`,
		"subscriptions":      `SELECT id, status AS state FROM subscriptions WHERE roll_at < $1 OR notify_at < $1`,
		"notices":            `SELECT n.order_date AS id, d.state FROM notices n JOIN deliveries d ON d.id = n.delivery_id WHERE n.state = 'queued' AND d.state NOT IN ('queued', 'sending') AND $1 > 0`,
	} {
		rows := w.rows(db, strings.ReplaceAll(query, "$1", fmt.Sprint(now)))
		if len(rows) > 0 {
			w.broken("undone", "%d %s should have ended; the first is %v", len(rows), what, rows[0])
		}
	}
}

// original is the id of the text that one under a new id repeats.
func original(id string) string {
	id, _, _ = strings.Cut(id, "again")
	return id
}

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
		w.totals.answers++
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
			w.broken("P4", "an answer to %s was there at %s and sent at %s; bulk work went out at %s", h.phone, began.UTC(), until.UTC(), q.at.UTC())
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

func (w *world) person(customer string) *person {
	for _, s := range w.shops {
		for _, h := range s.people {
			if h.id == customer {
				return h
			}
		}
	}
	w.t.Fatalf("there is no customer %s", customer)
	return nil
}

func moment(us string) time.Time {
	n, err := strconv.ParseInt(us, 10, 64)
	if err != nil {
		return time.Unix(1<<40, 0)
	}
	return time.UnixMicro(n)
}

// stands is the other half of P2: each live subscription stands where the last change that was asked for put it, so
// many whole intervals on. What is undone, skipped or delayed twice stands elsewhere.
func (w *world) stands(db *sql.DB, l *ledger) {
	type put struct {
		at   time.Time
		next subscription.Date
	}
	last := map[string]put{}
	add := func(sub string, p put) {
		if old, ok := last[sub]; !p.next.IsZero() && (!ok || old.at.Before(p.at)) {
			last[sub] = p
		}
	}
	for sub, next := range w.began {
		add(sub, put{time.Time{}.Add(time.Second), next})
	}
	for _, m := range w.moved {
		add(m.sub, put{m.at, m.to})
	}
	for _, a := range l.actions {
		if a["state"] == "refused" {
			continue
		}
		var before, after []subscription.Subscription
		must(w, json.Unmarshal([]byte(a["before"]), &before))
		must(w, json.Unmarshal([]byte(a["after"]), &after))
		for i, s := range after {
			w.arithmetic(a, before[i], s)
			add(s.ID, put{moment(a["created_at"]), s.Next})
		}
	}
	for _, r := range w.rows(db, `SELECT * FROM subscriptions WHERE status = 'active'`) {
		p, ok := last[r["id"]]
		if !ok {
			continue // made while the run went on
		}
		next, err := subscription.ParseDate(r["next_date"])
		must(w, err)
		weeks, err := strconv.Atoi(r["interval_count"])
		must(w, err)
		if days := next.Sub(p.next); days%(7*weeks) != 0 {
			w.broken("P2", "the subscription of %s stands on %s, which is no whole number of %d weeks from %s, where it was put at %s",
				w.person(r["customer_id"]).phone, next, weeks, p.next, p.at.UTC())
		}
	}
}

// amounts are the days that some of the texts mean.
var amounts = map[string]int{"DELAY 1 week": 7, "delay 3 days": 3, "DELAY": 7, "delay 5 days": 5, "DELAY 2 weeks": 14}

// arithmetic checks what one action did, in days.
func (w *world) arithmetic(a row, was, is subscription.Subscription) {
	weeks := 7 * was.Interval.Count
	switch days := is.Next.Sub(was.Next); a["command"] {
	case "skip":
		if was.Status == subscription.Active && (days <= 0 || days%weeks != 0) {
			w.broken("P2", "a skip moved an order every %d days by %d", weeks, days)
		}
	case "delay":
		_, key, _ := strings.Cut(a["dedupe_key"], "/")
		if to, ok := w.asked[key]; ok && is.Next != to {
			w.broken("P2", "a delay to %s put the order on %s", to, is.Next)
		}
		if want := amounts[w.words[key]]; want != 0 && was.Status == subscription.Active && days != want {
			w.broken("P2", "%q moved an order by %d days", w.words[key], days)
		}
	case "pause", "cancel":
		if is.Status == subscription.Active {
			w.broken("P2", "after %s the subscription is active", a["command"])
		}
	}
}
