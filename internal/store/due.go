package store

import (
	"strings"
	"time"
)

// dueShops returns the shops that have rows due in a table, longest due first. See dueKeysQuery.
func (tx *Tx) dueShops(table, pending string, lanes []string, now time.Time, limit int) ([]string, error) {
	return all(tx, text, dueShopsQuery(table, pending, lanes), micros(now), limit)
}

func dueShopsQuery(table, pending string, lanes []string) string {
	return dueKeysQuery(table, "shop_id", pending, lanes)
}

// dueKeysQuery finds the values of a key that have rows due in a table, longest due first, by $1, at most $2 of them.
// It looks up a few rows per key that has pending rows, however many are due: one busy shop neither hides the others
// nor makes finding them slow. All is our own words: pending is the condition of a partial index of the table that
// begins with the key, and each of lanes one under which that index goes on with due_at.
func dueKeysQuery(table, key, pending string, lanes []string) string {
	each := make([]string, 0, len(lanes))
	for _, lane := range lanes {
		each = append(each, `SELECT k.id, (SELECT t.due_at FROM `+table+` t
				WHERE t.`+key+` = k.id AND `+pending+` AND `+lane+` ORDER BY t.due_at LIMIT 1) AS at FROM k WHERE k.id IS NOT NULL`)
	}
	return `WITH RECURSIVE k(id) AS (
			SELECT (SELECT MIN(` + key + `) FROM ` + table + ` WHERE ` + pending + `)
			UNION ALL
			SELECT (SELECT MIN(t.` + key + `) FROM ` + table + ` t WHERE t.` + key + ` > k.id AND ` + pending + `) FROM k WHERE k.id IS NOT NULL
		), due(id, at) AS (` + strings.Join(each, ` UNION ALL `) + `)
		SELECT id FROM due WHERE at <= $1 GROUP BY id ORDER BY MIN(at), id LIMIT $2`
}

// firstDue returns when the first pending row of a table is due, the zero time if none is pending.
func (tx *Tx) firstDue(table, pending string) (time.Time, error) {
	us, err := one(tx, number, "", `SELECT COALESCE(MIN(due_at), 0) FROM `+table+` WHERE `+pending)
	return moment(us), err
}
