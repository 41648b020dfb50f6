package simulate

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/subscription"
)

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
			w.broken(actedTwice, "nobody typed the reply %q of %s", r["body"], r["phone"])
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
		w.totals.Acted += len(done)
		if len(done) > 1 {
			w.broken(actedTwice, "%q, typed once by %s at %s, was acted on %d times: %v", s.body, s.who.phone, s.at.UTC(), len(done), done)
		}
	}
}

// kept is P7 as far as one machine that stops goes: what was answered with success is there.
func (w *world) kept(l *ledger) {
	keep := func(ok bool, what string, args ...any) {
		w.totals.Accepted++
		if !ok {
			w.broken(lost, what, args...)
		}
	}
	for _, s := range w.said {
		if !s.stored.IsZero() {
			keep(s.id != "", "%q of %s, which was taken in at %s", s.body, s.who.phone, s.stored.UTC())
		}
	}
	heard := map[string]bool{}
	for _, r := range l.replies {
		heard[original(r["message_id"])] = true
	}
	acted := map[string]bool{}
	for _, a := range l.actions {
		_, key, _ := strings.Cut(a["dedupe_key"], "/")
		acted[key] = true
	}
	for _, q := range w.requests {
		switch {
		case q.status < 200 || q.status > 299:
		case q.host == hostBridge && q.text != "":
			keep(heard[original(q.text)], "the webhook about %s's text at %s, which was answered %d", q.about, q.at.UTC(), q.status)
		case q.host == hostPostscript && q.key != "" && !w.plan.faithful: // the real one keeps no ids to compare
			keep(l.events[q.key] != nil, "the trigger sent at %s, which was answered %d", q.at.UTC(), q.status)
		}
	}
	for _, key := range w.done {
		keep(acted[key], "what was done on the account page: %s", key)
	}
}

// original is the id of the text that one under a new id repeats.
func original(id string) string {
	id, _, _ = strings.Cut(id, "again")
	return id
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
			w.broken(misplaced, "the subscription of %s stands on %s, which is no whole number of %d weeks from %s, where it was put at %s",
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
			w.broken(misplaced, "a skip moved an order every %d days by %d", weeks, days)
		}
	case "delay":
		_, key, _ := strings.Cut(a["dedupe_key"], "/")
		if to, ok := w.asked[key]; ok && is.Next != to {
			w.broken(misplaced, "a delay to %s put the order on %s", to, is.Next)
		}
		if want := amounts[w.words[key]]; want != 0 && was.Status == subscription.Active && days != want {
			w.broken(misplaced, "%q moved an order by %d days", w.words[key], days)
		}
	case "pause", "cancel":
		if is.Status == subscription.Active {
			w.broken(misplaced, "after %s the subscription is active", a["command"])
		}
	}
}
