package crash

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// truth compares what was accepted with what is stored and what was sent.
type truth struct {
	w     *world
	l     *loader
	db    *sql.DB
	kills []time.Time
	// lease is set when what a killed process was sending need not have been taken up yet: that takes a minute.
	lease bool
	// away is set when the database was away: then an outcome may be unknown because it could not be stored.
	away bool

	wrong []string // each a broken promise
	out   Result
}

// openDB opens the database beside the programs, to look only.
func (w *world) openDB(t *testing.T) *sql.DB {
	t.Helper()
	driver, dsn := "pgx", w.url
	if w.url == "" {
		driver, dsn = "sqlite", "file:"+w.file+"?mode=ro&_pragma=busy_timeout(20000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(2)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func (v *truth) broken(format string, args ...any) {
	v.wrong = append(v.wrong, fmt.Sprintf(format, args...))
}

// rows returns the rows of a query as text, each a list of its columns.
func (v *truth) rows(query string, args ...any) [][]string {
	v.w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	found, err := v.db.QueryContext(ctx, query, args...)
	if err != nil {
		v.w.t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil {
		v.w.t.Fatal(err)
	}
	var out [][]string
	for found.Next() {
		row := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			v.w.t.Fatal(err)
		}
		texts := make([]string, len(row))
		for i, c := range row {
			texts[i] = c.String
		}
		out = append(out, texts)
	}
	if err := found.Err(); err != nil {
		v.w.t.Fatal(err)
	}
	return out
}

// unfinished are the rows for which something is still to be done now, by table. What is to be done later, as a notice of
// next week, is a row like any other.
func (v *truth) unfinished() map[string]int {
	sending := "('queued', 'sending')"
	if v.lease {
		sending = "('queued')"
	}
	now := time.Now()
	soon := now
	if !v.lease {
		soon = now.Add(90 * time.Second) // texts of automations wait a minute
	}
	out := map[string]int{}
	for name, query := range map[string]string{
		"deliveries":         "SELECT COUNT(*) FROM deliveries WHERE state IN " + sending,
		"notices":            "SELECT COUNT(*) FROM notices n WHERE state = 'queued' AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.id = n.delivery_id AND d.state IN ('queued', 'sending'))",
		"replies":            "SELECT COUNT(*) FROM replies WHERE state IN ('new', 'working')",
		"events":             "SELECT COUNT(*) FROM events WHERE state = 'new'",
		"messages":           fmt.Sprintf("SELECT COUNT(*) FROM messages WHERE state IN ('waiting', 'sending') AND due_at <= %d", soon.UnixMicro()),
		"webhook_deliveries": "SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'queued'",
		"outgoing":           "SELECT COUNT(*) FROM outgoing WHERE state = 'queued'",
		"plans":              fmt.Sprintf("SELECT COUNT(*) FROM subscriptions WHERE notify_at <= %d OR roll_at <= %[1]d", now.UnixMicro()),
	} {
		var n int
		if got := v.rows(query); len(got) == 1 {
			_, _ = fmt.Sscan(got[0][0], &n)
		}
		if n > 0 {
			out[name] = n
		}
	}
	return out
}

// peace waits until nothing is left to do, and says what is left after the patience is over.
func (v *truth) peace(patience time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	begun, said := time.Now(), ""
	for {
		left := v.unfinished()
		if now := fmt.Sprint(left); now != said {
			v.w.t.Logf("after %s of peace, still to do: %s", time.Since(begun).Round(time.Second), now)
			said = now
		}
		if len(left) == 0 {
			return
		}
		select {
		case <-ctx.Done():
			v.out.Unfinished = left
			v.broken("left in peace for %s, there is still something to do: %v", patience, left)
			return
		case <-tick.C:
		}
	}
}

// check runs all checks.
func (v *truth) check() {
	v.accepted()
	v.orders()
	v.answers()
	v.notices()
	v.sentOnce()
	v.onPhones()
	v.pace()
	if v.w.url == "" {
		if got := v.rows("PRAGMA integrity_check"); len(got) != 1 || got[0][0] != "ok" {
			v.broken("the file is damaged: %v", got)
		}
	}
	for _, f := range v.l.faults {
		v.broken("%s", f)
	}
}

// index returns how often each value of a query's only column comes.
func (v *truth) index(query string, args ...any) map[string]int {
	out := map[string]int{}
	for _, r := range v.rows(query, args...) {
		out[r[0]]++
	}
	return out
}

// accepted looks for what was answered with success and is not there, or is there twice.
func (v *truth) accepted() {
	customers := v.index("SELECT external_id FROM customers")
	texts := v.index("SELECT message_id FROM replies")
	look := func(what string, sent map[string]bool, stored map[string]int) {
		for id, ok := range sent {
			switch n := stored[id]; {
			case ok && n == 0:
				v.out.Lost++
				v.broken("%s %s was accepted and is lost", what, id)
			case n > 1:
				v.broken("%s %s is there %d times", what, id, n)
			}
			if ok {
				v.out.Accepted++
			}
		}
	}
	look("customer", v.l.made, customers)
	look("text", v.l.strange, texts)
	people, replies := map[string]bool{}, map[string]bool{}
	ids := v.index("SELECT id FROM customers")
	for _, p := range v.l.people {
		if p.id == "" {
			continue
		}
		people[p.id] = true
		for _, r := range append(slices.Clone(p.replies), p.repeats...) {
			replies[r.messageID] = true
		}
	}
	look("customer", people, ids)
	look("reply", replies, texts)
}

// orders compares where each person's next order is with where it must be.
func (v *truth) orders() {
	coming := map[string]string{}
	for _, r := range v.rows("SELECT customer_id, coming_date FROM subscriptions") {
		if coming[r[0]] != "" {
			v.broken("%s has two subscriptions; one request made both", r[0])
		}
		coming[r[0]] = r[1]
	}
	skipped := v.counts("SELECT customer_id, COUNT(*) FROM actions WHERE command = 'skip' AND state = 'done' GROUP BY customer_id")
	triggers := map[string]int{}
	for _, r := range v.rows("SELECT customer_id, trigger_name, COUNT(*) FROM deliveries GROUP BY customer_id, trigger_name") {
		var n int
		_, _ = fmt.Sscan(r[2], &n)
		triggers[r[0]+" "+r[1]] = n
	}
	for _, p := range v.l.people {
		if !p.settled {
			continue
		}
		v.out.Accepted += 1 + p.skips + p.delays
		want, skips := p.next, p.skips
		if p.replier {
			skips = skipped[p.id]
			want = p.start + skips
			if skips > len(p.replies) {
				v.out.ActedTwice += skips - len(p.replies)
				v.broken("%s: %d replies skipped %d orders", p.id, len(p.replies), skips)
			}
			if skips == 0 && len(p.replies) > 0 {
				v.out.Lost++
				v.broken("%s: %d replies were accepted and no order was skipped", p.id, len(p.replies))
			}
			v.out.AnsweredOnly += len(p.replies) - skips
		}
		if coming[p.id] != v.w.day(want) {
			v.out.Lost++
			v.broken("%s: the next order is on %q, want %s (%d skips, %d delays, %d replies from %s)", p.id, coming[p.id], v.w.day(want), skips, p.delays, len(p.replies), v.w.day(p.start))
		}
		for name, n := range map[string]int{"SubscriptionCreated": 1, "OrderSkipped": skips, "OrderDelayed": p.delays} {
			if got := triggers[p.id+" "+name]; got != n {
				v.broken("%s: %d deliveries of %s, want %d", p.id, got, name, n)
			}
		}
	}
}

// counts reads a query of two columns: a name and how many.
func (v *truth) counts(query string) map[string]int {
	out := map[string]int{}
	for _, r := range v.rows(query) {
		var n int
		_, _ = fmt.Sscan(r[1], &n)
		out[r[0]] = n
	}
	return out
}

// answers looks at each accepted reply: handled, at most one action, and an answer of its own.
func (v *truth) answers() {
	type row struct{ id, state string }
	replies := map[string]row{}
	for _, r := range v.rows("SELECT message_id, id, state FROM replies") {
		replies[r[0]] = row{r[1], r[2]}
	}
	acted := map[string]int{}
	for _, r := range v.rows("SELECT dedupe_key FROM actions WHERE state = 'done'") {
		_, key, _ := strings.Cut(r[0], "/")
		id, _, _ := strings.Cut(key, "/")
		acted[id]++
	}
	answered := v.index("SELECT reply_id FROM deliveries WHERE reply_id <> ''")
	for _, p := range v.l.people {
		for _, s := range p.replies {
			r := replies[s.messageID]
			v.out.Replies++
			if r.state != "done" {
				v.broken("reply %s of %s is %q in the end, want done", s.messageID, p.id, r.state)
			}
			if n := acted[r.id]; n > 1 {
				v.out.ActedTwice++
				v.broken("reply %s was acted on %d times", s.messageID, n)
			}
			if n := answered[r.id]; n != 1 {
				v.broken("reply %s has %d answers, want one", s.messageID, n)
			}
		}
		for _, s := range p.repeats {
			r := replies[s.messageID]
			if acted[r.id] > 0 {
				v.out.ActedTwice++
				v.broken("reply %s repeats another one and was acted on", s.messageID)
			}
		}
	}
}

// notices looks for coming orders nobody was told of without a reason.
func (v *truth) notices() {
	state := map[string]string{}
	for _, r := range v.rows("SELECT customer_id, order_date, state, reason FROM notices") {
		state[r[0]+" "+r[1]] = r[2]
		if r[2] == "suppressed" && r[3] == "" {
			v.broken("%s was not told of %s, and nothing says why", r[0], r[1])
		}
	}
	for _, p := range v.l.people {
		if !p.settled {
			continue
		}
		on := p.next
		if p.replier {
			continue // where their order is follows from what is stored: see orders
		}
		switch got := state[p.id+" "+v.w.day(on)]; {
		case got == "told" || got == "suppressed" || got == "queued" && v.lease:
		case got == "" && on >= 14: // its notice is still to come
		default:
			v.broken("%s: the notice of %s is %q", p.id, v.w.day(on), got)
		}
	}
}
