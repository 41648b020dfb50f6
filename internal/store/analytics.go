package store

import (
	"strconv"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// dayRows is a FROM item "v" with one row per day of the JSON array in placeholder p, and the expressions of its
// fields. The database then looks each day up in an index, which a GROUP BY over local dates could not. CROSS JOIN keeps SQLite from turning that order round.
func (tx *Tx) dayRows(p string) (from, day, begins, ends string) {
	d := tx.d
	return d.eachObject(p), d.field("day"), d.integer(d.field("from")), d.integer(d.field("to"))
}

func dayJSON(days []texting.Day) (string, error) {
	rows := make([]map[string]string, 0, len(days))
	for _, d := range days {
		rows = append(rows, map[string]string{
			"day": d.Day, "from": strconv.FormatInt(micros(d.From), 10), "to": strconv.FormatInt(micros(d.To), 10),
		})
	}
	return toJSON(rows)
}

func scanSlice(s scanner, into *texting.Slice, numbers ...any) error {
	return s.Scan(append([]any{&into.Day, &into.Kind, &into.AutomationID, &into.Trigger}, numbers...)...)
}

// SentByDay counts what went out on each day.
func (tx *Tx) SentByDay(shopID string, days []texting.Day) (_ []texting.Slice, err error) {
	defer fault.Wrap(&err, "store: sent messages of %s", shopID)
	in, err := dayJSON(days)
	if err != nil {
		return nil, err
	}
	from, day, begins, ends := tx.dayRows("$2")
	return all(tx, func(s scanner) (x texting.Slice, err error) {
		return x, scanSlice(s, &x, &x.Sent, &x.Held, &x.Segments)
	}, `SELECT `+day+`, m.kind, m.automation_id, m.trigger_name, COUNT(*), COALESCE(SUM(CASE WHEN m.held THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(m.segments), 0)
		FROM `+from+` CROSS JOIN messages m
		WHERE m.shop_id = $1 AND m.sent_at >= `+begins+` AND m.sent_at < `+ends+` AND m.sent_at IS NOT NULL AND m.direction = 'out' AND m.kind <> 'test' AND m.state IN ('sent', 'delivered')
		GROUP BY 1, 2, 3, 4`, shopID, in)
}

// lastBefore is the id of the last text that went to the number in row r before the moment in column at.
func (tx *Tx) lastBefore(r, at, within string) string {
	return `(SELECT p.id FROM messages p WHERE ` + tx.d.unindexed("p.shop_id") + ` = ` + r + `.shop_id AND p.phone = ` + r + `.phone AND p.direction = 'out'
		AND p.kind <> 'test' AND p.sent_at IS NOT NULL AND p.sent_at <= ` + r + `.` + at + within + `
		ORDER BY p.sent_at DESC, p.id DESC LIMIT 1)`
}

// RepliesByDay counts the texts that got a reply on each day: for each reply, the last text before it, if that
// was no more than 24 hours earlier.
func (tx *Tx) RepliesByDay(shopID string, days []texting.Day) (_ []texting.Slice, err error) {
	defer fault.Wrap(&err, "store: replies of %s", shopID)
	in, err := dayJSON(days)
	if err != nil {
		return nil, err
	}
	from, day, begins, ends := tx.dayRows("$2")
	return all(tx, func(s scanner) (x texting.Slice, err error) {
		return x, scanSlice(s, &x, &x.Replied)
	}, `SELECT `+day+`, o.kind, o.automation_id, o.trigger_name, COUNT(DISTINCT o.id)
		FROM `+from+` CROSS JOIN messages i
		JOIN messages o ON o.id = `+tx.lastBefore("i", "created_at", " AND p.sent_at > i.created_at - 86400000000")+`
		WHERE i.shop_id = $1 AND i.direction = 'in' AND i.kind = 'reply' AND i.phone <> ''
			AND i.created_at >= `+begins+` AND i.created_at < `+ends+`
		GROUP BY 1, 2, 3, 4`, shopID, in)
}

// OptOutsByDay counts the texts that were the last before somebody left.
func (tx *Tx) OptOutsByDay(shopID string, days []texting.Day) (_ []texting.Slice, err error) {
	defer fault.Wrap(&err, "store: opt-outs of %s", shopID)
	in, err := dayJSON(days)
	if err != nil {
		return nil, err
	}
	from, day, begins, ends := tx.dayRows("$2")
	return all(tx, func(s scanner) (x texting.Slice, err error) {
		return x, scanSlice(s, &x, &x.OptedOut)
	}, `SELECT `+day+`, o.kind, o.automation_id, o.trigger_name, COUNT(*)
		FROM `+from+` CROSS JOIN consent c
		JOIN messages o ON o.id = `+tx.lastBefore("c", "at", " AND p.kind <> 'opt_out'")+`
		WHERE c.shop_id = $1 AND c.kind = 'opt_out' AND c.phone <> '' AND c.at >= `+begins+` AND c.at < `+ends+`
		GROUP BY 1, 2, 3, 4`, shopID, in)
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
		`SELECT COUNT(*), COALESCE(SUM(CASE WHEN hold = 'hours' THEN 1 ELSE 0 END), 0) FROM (SELECT hold FROM messages
			WHERE shop_id = $1 AND lane = $2 AND state IN ('waiting', 'sending') LIMIT $3) AS counted`, shopID, texting.LaneOther, texting.MostCounted+1)
	return n[0], n[1], err
}
