package store

import (
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// CountNotices counts the subscriptions of a shop whose notice is due before a moment. It walks the index of
// due notices, which is what the scan of that moment will walk too.
func (tx *Tx) CountNotices(shopID string, before time.Time) (_ int, err error) {
	defer fault.Wrap(&err, "store: count notices of %s", shopID)
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM subscriptions WHERE shop_id = $1 AND notify_at IS NOT NULL AND notify_at < $2`, shopID, micros(before))
	return int(n), err
}

// CountDeliveries counts by state the deliveries a shop made since a moment.
func (tx *Tx) CountDeliveries(shopID string, since time.Time) (_ map[bridge.State]int, err error) {
	defer fault.Wrap(&err, "store: count deliveries of %s", shopID)
	type row struct {
		state string
		n     int
	}
	rows, err := all(tx, func(s scanner) (r row, err error) { err = s.Scan(&r.state, &r.n); return r, err },
		`SELECT state, COUNT(*) FROM deliveries WHERE shop_id = $1 AND created_at >= $2 GROUP BY state`, shopID, micros(since))
	if err != nil {
		return nil, err
	}
	out := map[bridge.State]int{}
	for _, r := range rows {
		out[bridge.State(r.state)] = r.n
	}
	return out, nil
}

// CountCustomers counts a shop's customers.
func (tx *Tx) CountCustomers(shopID string) (_ int, err error) {
	defer fault.Wrap(&err, "store: count customers of %s", shopID)
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM customers WHERE shop_id = $1`, shopID)
	return int(n), err
}

// Contents returns the different contents of a shop's live subscriptions. See bridge.Tx.
func (tx *Tx) Contents(shopID string, limit int) (_ [][]subscription.Item, err error) {
	defer fault.Wrap(&err, "store: contents of %s", shopID)
	return all(tx, func(s scanner) (items []subscription.Item, err error) {
		var text string
		if err := s.Scan(&text); err != nil {
			return nil, err
		}
		return items, fromJSON(text, &items)
	}, `SELECT items FROM subscriptions WHERE shop_id = $1 AND status IN ('active', 'paused')
		GROUP BY items ORDER BY COUNT(*) DESC, items LIMIT $2`, shopID, limit)
}

// CountWaiting counts a shop's texts that wait to go out before a moment.
func (tx *Tx) CountWaiting(shopID string, before time.Time) (waiting, held int, err error) {
	defer fault.Wrap(&err, "store: count waiting texts of %s", shopID)
	_, err = one(tx, func(s scanner) (struct{}, error) { return struct{}{}, s.Scan(&waiting, &held) }, "",
		`SELECT COUNT(*), COALESCE(SUM(CASE WHEN held THEN 1 ELSE 0 END), 0) FROM messages
		WHERE shop_id = $1 AND state IN ('waiting', 'sending') AND due_at < $2`, shopID, micros(before))
	return waiting, held, err
}

// CountTexts counts a shop's texts since a moment.
func (tx *Tx) CountTexts(shopID string, since time.Time) (out, in int, err error) {
	defer fault.Wrap(&err, "store: count texts of %s", shopID)
	_, err = one(tx, func(s scanner) (struct{}, error) { return struct{}{}, s.Scan(&out, &in) }, "",
		`SELECT COALESCE(SUM(CASE WHEN direction = 'out' AND state IN ('sent', 'delivered') THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN direction = 'in' THEN 1 ELSE 0 END), 0)
		FROM messages WHERE shop_id = $1 AND created_at >= $2`, shopID, micros(since))
	return out, in, err
}
