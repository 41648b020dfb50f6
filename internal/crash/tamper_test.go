package crash

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// tampered changes the evidence of a campaign that passed, in each way in which a broken program would have left it, and
// expects the checks to say so: a check that cannot fail proves nothing.
func tampered(t *testing.T, v *truth) {
	t.Helper()
	var replier, manager *person
	for _, p := range v.l.people {
		switch {
		case p.replier && p.settled && len(p.replies) > 0 && !p.shop.builtin:
			replier = p
		case !p.replier && p.settled && p.skips > 0:
			manager = p
		}
	}
	if replier == nil || manager == nil {
		t.Error("the campaign was too short to have anybody who replied, or whose order was changed")
		return
	}
	reply := "(SELECT id FROM replies WHERE message_id = '" + replier.replies[0].messageID + "')"
	for _, c := range []struct {
		name, change string
		requests     func([]request) []request
		want         string
	}{
		{"an accepted reply is gone", "DELETE FROM replies WHERE id = " + reply, nil, "was accepted and is lost"},
		{"an accepted customer is gone", "DELETE FROM customers WHERE external_id LIKE 'x-%'", nil, "was accepted and is lost"},
		{"a change by API is gone", "UPDATE subscriptions SET coming_date = '2001-01-01' WHERE customer_id = '" + manager.id + "'", nil, "the next order is on"},
		{"a reply acted twice", "INSERT INTO actions (id, shop_id, customer_id, dedupe_key, command, actor, state, created_at) SELECT 'act_2', shop_id, customer_id, dedupe_key || '/again', command, actor, state, created_at FROM actions WHERE dedupe_key LIKE '%/' || " + reply + " || '%'", nil, "was acted on 2 times"},
		{"a repeated trigger", "INSERT INTO deliveries (id, shop_id, customer_id, trigger_name, dedupe_key, lane, state, due_at, created_at) SELECT 'dlv_2', shop_id, customer_id, trigger_name, 'again', lane, state, due_at, created_at FROM deliveries WHERE trigger_name = 'OrderSkipped' AND customer_id = '" + manager.id + "' LIMIT 1", nil, "deliveries of OrderSkipped"},
		{"a reply without an answer", "DELETE FROM deliveries WHERE reply_id = " + reply, nil, "has 0 answers"},
		{"a reply that waits for ever", "UPDATE replies SET state = 'new' WHERE id = " + reply, nil, "want done"},
		{"a notice that was never decided", "DELETE FROM notices WHERE customer_id = '" + manager.id + "'", nil, "the notice of"},
		{"a notice left out in silence", "UPDATE notices SET state = 'suppressed', reason = ''", nil, "nothing says why"},
		{"a text twice", "INSERT INTO handset (id, shop_id, phone, direction, body, client_id, at) SELECT id || '2', shop_id, phone, direction, body, client_id || '2', at FROM handset WHERE direction = 'to_phone' LIMIT 1", nil, "has the same text 2 times"},
		{"a delivery given up", "UPDATE deliveries SET state = 'refused' WHERE shop_id = 'shop_crash0'", nil, "is refused"},
		{"sent and never arrived", "", func(r []request) []request {
			return slices.DeleteFunc(r, func(q request) bool { return q.trigger == "Order Skipped" })
		}, "never arrived"},
		{"arrived twice without a reason", "", func(r []request) []request { return append(r, later(r, "", time.Second)) }, "no reason"},
		{"told twice", "", func(r []request) []request { return append(r, later(r, "dlv_other", time.Second)) }, "two deliveries told"},
		{"too many in a second", "", func(r []request) []request {
			for range allowed + 1 {
				r = append(r, request{at: r[len(r)-1].at.Add(66 * time.Millisecond), token: r[0].token, verdict: asked})
			}
			return r
		}, "16 requests within a second"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := *v.w
			w.t, w.file = t, filepath.Join(t.TempDir(), "copy.db")
			if _, err := v.db.Exec("VACUUM INTO '" + w.file + "'"); err != nil {
				t.Fatal(err)
			}
			change(t, w.file, c.change)
			w.rec = &recorder{requests: v.w.rec.all()}
			if c.requests != nil {
				w.rec.requests = c.requests(w.rec.requests)
			}
			again := &truth{w: &w, l: v.l, db: w.openDB(t), kills: v.kills, lease: v.lease}
			again.check()
			if !slices.ContainsFunc(again.wrong, func(s string) bool { return strings.Contains(s, c.want) }) {
				t.Errorf("nobody noticed; found: %q", again.wrong)
			}
		})
	}
}

// later is an Upcoming Order that was carried out, come once more.
func later(all []request, key string, after time.Duration) request {
	i := slices.IndexFunc(all, func(q request) bool { return q.trigger == "Upcoming Order" && q.verdict == taken })
	q := all[i]
	q.at = q.at.Add(after)
	if key != "" {
		q.key = key
	}
	return q
}

func change(t *testing.T, file, statement string) {
	t.Helper()
	if statement == "" {
		return
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	done, err := db.Exec(statement)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("nothing was changed: %v", err)
	}
}
