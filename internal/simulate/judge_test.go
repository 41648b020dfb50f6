package simulate

import (
	"database/sql"
	"fmt"
	"net/url"
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
	doubts     map[string]bool // deliveries of which it was said that nobody knows whether they arrived
	events     map[string]row  // by external id
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
	// By a URL that says so, or '#' in the name of a test's folder would end the name of the file.
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: w.file, RawQuery: "mode=ro"}).String())
	must(w, err)
	defer func() { _ = db.Close() }()
	l := &ledger{messages: map[string]message{}, notices: map[dueOrder]notice{}, deliveries: map[string]delivery{}, doubts: map[string]bool{}, events: map[string]row{}}
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
	for _, r := range w.rows(db, `SELECT ref FROM trace WHERE text LIKE '%not known whether it arrived; it is sent again%'`) {
		l.doubts[r["ref"]] = true
	}
	for _, r := range w.rows(db, `SELECT * FROM events`) {
		_, id, _ := strings.Cut(r["external_id"], "/") // behind the trigger's
		l.events[id] = r
	}
	l.replies, l.actions = w.rows(db, `SELECT * FROM replies ORDER BY received_at`), w.rows(db, `SELECT * FROM actions ORDER BY created_at`)
	if w.started > tooMuch {
		w.broken(stuck, "there was no end to the work; the last was of %s", w.last.kind)
	}
	w.toldOnce(l)
	w.toldAtAll(l)
	w.actedOnce(l)
	w.kept(l)
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
func (w *world) broken(how broke, format string, args ...any) {
	w.t.Helper()
	w.t.Errorf("%s: %s", how, fmt.Sprintf(format, args...))
	w.log.add("JUDGE", "%s: %s", how, fmt.Sprintf(format, args...))
	w.count(func(t *totals) { t.Broken = sum(t.Broken, map[broke]int{how: 1}) })
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

// ended says that nothing is left undone: each row is in a state that is final, or waits for a moment still to come.
func (w *world) ended(db *sql.DB) {
	now := time.Now().Add(-5 * time.Minute).UnixMicro() // what has just come due is still being worked on
	for what, query := range map[string]string{
		"deliveries":         `SELECT id, state FROM deliveries WHERE state IN ('queued', 'sending') AND due_at < $1`,
		"messages":           `SELECT id, state FROM messages WHERE state IN ('waiting', 'sending') AND due_at < $1`,
		"replies":            `SELECT id, state FROM replies WHERE state IN ('new', 'working') AND due_at < $1`,
		"events":             `SELECT id, state FROM events WHERE state = 'new' AND due_at < $1`,
		"webhook deliveries": `SELECT id, state FROM webhook_deliveries WHERE state = 'queued' AND due_at < $1`,
		"outgoing webhooks":  `SELECT id, state FROM outgoing WHERE state = 'queued' AND due_at < $1`,
		"subscriptions":      `SELECT id, status AS state FROM subscriptions WHERE roll_at < $1 OR notify_at < $1`,
		"notices":            `SELECT n.order_date AS id, d.state FROM notices n JOIN deliveries d ON d.id = n.delivery_id WHERE n.state = 'queued' AND d.state NOT IN ('queued', 'sending') AND d.finished_at < $1`,
	} {
		rows := w.rows(db, strings.ReplaceAll(query, "$1", fmt.Sprint(now)))
		if len(rows) > 0 {
			w.broken(unfinished, "%d %s should have ended; the first is %v", len(rows), what, rows[0])
		}
	}
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
