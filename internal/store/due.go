package store

import (
	"strings"
	"time"
)

// dueShops returns the shops that have rows due in a table, longest due first. It looks up a few rows per shop
// that has pending rows, however many are due: one busy shop does not make finding the others slow. All but
// now and limit are our own words: pending is the condition of a partial index of the table that begins with
// the shop, and each of lanes one under which that index goes on with due_at.
func (tx *Tx) dueShops(table, pending string, lanes []string, now time.Time, limit int) ([]string, error) {
	return all(tx, text, dueShopsQuery(table, pending, lanes), micros(now), limit)
}

func dueShopsQuery(table, pending string, lanes []string) string {
	each := make([]string, 0, len(lanes))
	for _, lane := range lanes {
		each = append(each, `SELECT shop.id, (SELECT t.due_at FROM `+table+` t
				WHERE t.shop_id = shop.id AND `+pending+` AND `+lane+` ORDER BY t.due_at LIMIT 1) AS at FROM shop WHERE shop.id IS NOT NULL`)
	}
	return `WITH RECURSIVE shop(id) AS (
			SELECT (SELECT MIN(shop_id) FROM ` + table + ` WHERE ` + pending + `)
			UNION ALL
			SELECT (SELECT MIN(t.shop_id) FROM ` + table + ` t WHERE t.shop_id > shop.id AND ` + pending + `) FROM shop WHERE shop.id IS NOT NULL
		), due(id, at) AS (` + strings.Join(each, ` UNION ALL `) + `)
		SELECT id FROM due WHERE at <= $1 GROUP BY id ORDER BY MIN(at), id LIMIT $2`
}

// firstDue returns when the first pending row of a table is due, the zero time if none is pending.
func (tx *Tx) firstDue(table, pending string) (time.Time, error) {
	us, err := one(tx, number, "", `SELECT COALESCE(MIN(due_at), 0) FROM `+table+` WHERE `+pending)
	return moment(us), err
}
