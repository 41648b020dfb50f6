package store

import (
	"database/sql"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// CountDay counts a shop's messages of one day. See texting.Tx. Each count is a query of its own with the day's ends as
// values: from a list of days PostgreSQL would rather join whole tables.
func (tx *Tx) CountDay(shopID string, d texting.Day) (list []texting.Slice, err error) {
	defer fault.Wrap(&err, "store: count a day of %s", shopID)
	list, err = all(tx, func(s scanner) (x texting.Slice, err error) {
		return x, s.Scan(&x.Kind, &x.AutomationID, &x.Trigger, &x.Sent, &x.Held, &x.Segments)
	}, sentOnQuery, shopID, micros(d.From), micros(d.To))
	if err != nil {
		return nil, err
	}
	for _, last := range []struct {
		query string
		count func(*texting.Slice) *int
	}{
		{tx.repliedOnQuery(), func(x *texting.Slice) *int { return &x.Replied }},
		{tx.leftOnQuery(), func(x *texting.Slice) *int { return &x.OptedOut }},
	} {
		found, err := all(tx, func(s scanner) (v sql.NullString, err error) { return v, s.Scan(&v) }, last.query, shopID, micros(d.From), micros(d.To))
		if err != nil {
			return nil, err
		}
		for key, n := range sorts(found) {
			*last.count(&key) = n
			list = append(list, key)
		}
	}
	return list, nil
}

const sentOnQuery = `SELECT kind, automation_id, trigger_name, COUNT(*), COALESCE(SUM(CASE WHEN held THEN 1 ELSE 0 END), 0), COALESCE(SUM(segments), 0)
	FROM messages WHERE shop_id = $1 AND sent_at >= $2 AND sent_at < $3 AND sent_at IS NOT NULL AND direction = 'out' AND kind <> 'test'
		AND state IN ('sent', 'delivered')
	GROUP BY kind, automation_id, trigger_name`

// repliedOnQuery is, for each reply of a day, the last text before it, if that was no more than 24 hours earlier; each once.
func (tx *Tx) repliedOnQuery() string {
	return `SELECT DISTINCT ` + tx.lastBefore("i", "created_at", " AND p.sent_at > i.created_at - 86400000000") + ` FROM messages i
		WHERE i.shop_id = $1 AND i.direction = 'in' AND i.kind = 'reply' AND i.phone <> '' AND i.created_at >= $2 AND i.created_at < $3`
}

// leftOnQuery is, for each opt-out of a day, the last text before it.
func (tx *Tx) leftOnQuery() string {
	return `SELECT ` + tx.lastBefore("c", "at", " AND p.kind <> 'opt_out'") + ` FROM consent c
		WHERE c.shop_id = $1 AND c.kind = 'opt_out' AND c.phone <> '' AND c.at >= $2 AND c.at < $3`
}

// lastBefore is the last text that went to the number in row r before the moment in column at: what sort it was, then its
// id. A subquery of one value is looked up for each row; a join to the text's own row would be one of whole tables.
func (tx *Tx) lastBefore(r, at, within string) string {
	return `(SELECT p.kind || '|' || p.automation_id || '|' || p.id || '|' || p.trigger_name FROM messages p
		WHERE ` + tx.d.unindexed("p.shop_id") + ` = ` + r + `.shop_id AND p.phone = ` + r + `.phone AND p.direction = 'out'
		AND p.kind <> 'test' AND p.sent_at IS NOT NULL AND p.sent_at <= ` + r + `.` + at + within + `
		ORDER BY p.sent_at DESC, p.id DESC LIMIT 1)`
}

// sorts counts texts as lastBefore names them by their sort.
func sorts(found []sql.NullString) map[texting.Slice]int {
	n := map[texting.Slice]int{}
	for _, f := range found {
		if p := strings.SplitN(f.String, "|", 4); f.Valid && len(p) == 4 {
			n[texting.Slice{Kind: texting.MessageKind(p[0]), AutomationID: p[1], Trigger: p[3]}]++
		}
	}
	return n
}

// KeptDays returns what was kept of a shop's days. See texting.Tx.
func (tx *Tx) KeptDays(shopID string, from, to time.Time) (_ []texting.KeptDay, err error) {
	defer fault.Wrap(&err, "store: kept days of %s", shopID)
	return keptDays[texting.KeptDay](tx, shopID, keptMessages, from, to, func(d *texting.KeptDay, begins, ends time.Time) any {
		d.From, d.To = begins, ends
		return &d.Slices
	})
}

// KeepDay keeps what was counted of a day. See texting.Tx.
func (tx *Tx) KeepDay(shopID string, d texting.KeptDay) (err error) {
	defer fault.Wrap(&err, "store: keep a day of %s", shopID)
	return tx.keepDay(shopID, keptMessages, d.From, d.To, d.Slices)
}

// AutomationNames returns the names of all automations of a shop, deleted ones too, by id.
func (tx *Tx) AutomationNames(shopID string) (_ map[string]string, err error) {
	defer fault.Wrap(&err, "store: automation names of %s", shopID)
	list, err := all(tx, func(s scanner) (p [2]string, err error) { return p, s.Scan(&p[0], &p[1]) },
		`SELECT id, name FROM automations WHERE shop_id = $1 ORDER BY created_at DESC LIMIT 10000`, shopID)
	out := make(map[string]string, len(list))
	for _, p := range list {
		out[p[0]] = p[1]
	}
	return out, err
}

// WaitingNow counts automated texts that wait, and those held for waking hours among them.
func (tx *Tx) WaitingNow(shopID string) (waiting, held int, err error) {
	defer fault.Wrap(&err, "store: waiting messages of %s", shopID)
	n, err := one(tx, func(s scanner) (n [2]int, err error) { return n, s.Scan(&n[0], &n[1]) }, "",
		waitingNowQuery, shopID, texting.LaneOther, texting.MostCounted+1)
	return n[0], n[1], err
}

// waitingNowQuery finds all it counts in messages_waiting (PostgreSQL) or messages_claim (SQLite).
const waitingNowQuery = `SELECT COUNT(*), COALESCE(SUM(CASE WHEN hold = 'hours' THEN 1 ELSE 0 END), 0) FROM (SELECT hold FROM messages
	WHERE shop_id = $1 AND lane = $2 AND state IN ('waiting', 'sending') LIMIT $3) AS counted`
