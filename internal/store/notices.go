package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// ClaimNotices takes up to limit subscriptions off the list of those whose notice is due by now, longest due
// first; rows that somebody else is changing are passed over.
func (tx *Tx) ClaimNotices(limit int) (_ []bridge.DueNotice, err error) {
	defer fault.Wrap(&err, "store: claim notices")
	return all(tx, func(s scanner) (n bridge.DueNotice, err error) {
		var date string
		if err := s.Scan(&n.SubscriptionID, &n.ShopID, &n.CustomerID, &date); err != nil {
			return n, err
		}
		return n, n.Date.UnmarshalText([]byte(date))
	}, claimNoticesQuery(tx.d), micros(tx.now), limit)
}

func claimNoticesQuery(d dialect) string {
	return `UPDATE subscriptions SET notify_at = NULL WHERE id IN (
			SELECT id FROM subscriptions WHERE notify_at <= $1 ORDER BY notify_at LIMIT $2` + d.skipLocked() + `)
		RETURNING id, shop_id, customer_id, coming_date`
}

// Whereabouts returns what tells the waking hours of the given customers, by customer id.
func (tx *Tx) Whereabouts(customerIDs []string) (_ map[string]bridge.Whereabouts, err error) {
	defer fault.Wrap(&err, "store: whereabouts")
	ids, err := toJSON(customerIDs)
	if err != nil {
		return nil, err
	}
	type row struct {
		id string
		w  bridge.Whereabouts
	}
	rows, err := all(tx, func(s scanner) (r row, err error) {
		err = s.Scan(&r.id, &r.w.Zone, &r.w.Phone, &r.w.State)
		return r, err
	}, `SELECT c.id, c.zone, c.phone, c.state FROM `+tx.d.eachText("$1")+` JOIN customers c ON c.id = v.value`, ids)
	out := make(map[string]bridge.Whereabouts, len(rows))
	for _, r := range rows {
		out[r.id] = r.w
	}
	return out, err
}

// ShopsOf returns the shops with those ids, by id.
func (tx *Tx) ShopsOf(ids []string) (_ map[string]bridge.Shop, err error) {
	defer fault.Wrap(&err, "store: shops")
	given, err := toJSON(ids)
	if err != nil {
		return nil, err
	}
	rows, err := all(tx, scanShop, `SELECT `+shopColumns+` FROM shops WHERE id IN (SELECT v.value FROM `+tx.d.eachText("$1")+`)`, given)
	out := make(map[string]bridge.Shop, len(rows))
	for _, sh := range rows {
		out[sh.ID] = sh
	}
	return out, err
}

// PlanAgain sets when the notices of claimed subscriptions are due, by subscription id.
func (tx *Tx) PlanAgain(at map[string]time.Time) (err error) {
	defer fault.Wrap(&err, "store: plan notices again")
	for id, t := range at { // few: only those whose waking hours or shop settings changed meanwhile
		if _, err := tx.exec(`UPDATE subscriptions SET notify_at = $2 WHERE id = $1 AND coming_date <> ''`, id, nullMicros(t)); err != nil {
			return err
		}
	}
	return nil
}

// AddNotices records that customers have been, or are not to be, told of order dates, and returns those that had
// no record yet. The others change nothing: a customer is told of a date once.
func (tx *Tx) AddNotices(notices []bridge.Notice) (_ map[bridge.NoticeKey]bool, err error) {
	defer fault.Wrap(&err, "store: add notices")
	if len(notices) == 0 {
		return nil, nil
	}
	list := make([][]any, len(notices))
	for i, n := range notices {
		list[i] = []any{n.CustomerID, n.Date.String(), n.ShopID, n.DeliveryID, n.State, n.Reason, micros(tx.now)}
	}
	var keys []bridge.NoticeKey
	keys, err = insertMany(tx, `INSERT INTO notices (customer_id, order_date, shop_id, delivery_id, state, reason, at)`, "TTTTTTI", list,
		` ON CONFLICT DO NOTHING RETURNING customer_id, order_date`, func(s scanner) (k bridge.NoticeKey, err error) {
			var date string
			if err := s.Scan(&k.CustomerID, &date); err != nil {
				return k, err
			}
			return k, k.Date.UnmarshalText([]byte(date))
		})
	fresh := make(map[bridge.NoticeKey]bool, len(keys))
	for _, k := range keys {
		fresh[k] = true
	}
	return fresh, err
}

// AddUpcoming queues the deliveries of notices, and a line of the customer's trace for each notice.
func (tx *Tx) AddUpcoming(deliveries []bridge.Delivery, traces []bridge.Trace) (err error) {
	defer fault.Wrap(&err, "store: add upcoming orders")
	list := make([][]any, len(deliveries))
	for i, d := range deliveries {
		list[i] = []any{
			d.ID, d.ShopID, d.CustomerID, string(d.Trigger), d.Key, int(d.Lane), string(d.State), micros(d.DueAt), d.OrderDate.String(),
			micros(d.ExpiresAt), micros(tx.now),
		}
	}
	if err := insertAll(tx, `INSERT INTO deliveries (id, shop_id, customer_id, trigger_name, dedupe_key, lane, state, due_at, order_date, expires_at, created_at)`,
		"TTTTTITITII", list, ` ON CONFLICT DO NOTHING`); err != nil {
		return err
	}
	return tx.AddTraces(traces)
}

// insertAll inserts many rows.
func insertAll(tx *Tx, into, kinds string, rows [][]any, end string) error {
	_, err := insertNew(tx, into, kinds, rows, end)
	return err
}

// insertNew inserts many rows, whose first column is their id, and returns the ids of those it did insert. It is one
// statement, but where statements cost no way to a server: there one for each row costs half of what taking them out
// of a list does.
func insertNew(tx *Tx, into, kinds string, rows [][]any, end string) (map[string]bool, error) {
	ids := make(map[string]bool, len(rows))
	if len(rows) == 0 {
		return ids, nil
	}
	if !tx.d.near() {
		list, err := insertMany(tx, into, kinds, rows, end+` RETURNING id`, text)
		for _, id := range list {
			ids[id] = true
		}
		return ids, err
	}
	query := into + ` VALUES (` + placeholders(1, len(kinds)) + `)` + end
	for _, row := range rows {
		n, err := tx.exec(query, row...)
		if err != nil {
			return nil, err
		}
		if id, ok := row[0].(string); ok && n > 0 {
			ids[id] = true
		}
	}
	return ids, nil
}

func insertMany[T any](tx *Tx, into, kinds string, rows [][]any, end string, scan func(scanner) (T, error)) ([]T, error) {
	query, list, err := tx.many(into, kinds, rows, end)
	if err != nil {
		return nil, err
	}
	return all(tx, scan, query, list)
}

// many makes an INSERT of the rows in one JSON placeholder. Kinds says for each column whether it is text (T)
// or a whole number (I).
func (tx *Tx) many(into, kinds string, rows [][]any, end string) (query, list string, err error) {
	b, err := json.Marshal(rows)
	if err != nil {
		return "", "", fmt.Errorf("encode rows: %w", err)
	}
	columns := make([]string, len(kinds))
	for i := range columns {
		columns[i] = tx.d.element(i)
		if kinds[i] == 'I' {
			columns[i] = tx.d.integer(columns[i])
		}
	}
	// WHERE true: without it SQLite would read ON CONFLICT as the condition of a join.
	return into + ` SELECT ` + strings.Join(columns, ", ") + ` FROM ` + tx.d.eachObject("$1") + ` WHERE true` + end, string(b), nil
}

// Noticed returns which of a customer's order dates from a day on have a record of their notice.
func (tx *Tx) Noticed(customerID string, from subscription.Date) (_ map[subscription.Date]bool, err error) {
	defer fault.Wrap(&err, "store: notices of %s", customerID)
	dates, err := all(tx, text, `SELECT order_date FROM notices WHERE customer_id = $1 AND order_date >= $2`, customerID, from.String())
	if err != nil {
		return nil, err
	}
	out := make(map[subscription.Date]bool, len(dates))
	for _, s := range dates {
		d, err := subscription.ParseDate(s)
		if err != nil {
			return nil, err
		}
		out[d] = true
	}
	return out, nil
}

// WithdrawNotice takes back the notice of one order date if it has not been sent yet: the delivery is suppressed
// and the record of the notice goes, so that the date can be told of should the order return to it. It reports
// whether there was one to take back. The delivery gives up its dedupe key for the same reason.
func (tx *Tx) WithdrawNotice(shopID, customerID string, date subscription.Date, reason string) (_ bool, err error) {
	defer fault.Wrap(&err, "store: withdraw notice of %s", customerID)
	n, err := tx.exec(`UPDATE deliveries SET state = 'suppressed', reason = $4, finished_at = $5, dedupe_key = dedupe_key || '/' || id
		WHERE shop_id = $1 AND customer_id = $2 AND dedupe_key = $3 AND state = 'queued' AND attempts = 0`,
		shopID, customerID, "UpcomingOrder/"+date.String(), reason, micros(tx.now))
	if err != nil || n == 0 {
		return false, err
	}
	_, err = tx.exec(`DELETE FROM notices WHERE shop_id = $1 AND customer_id = $2 AND order_date = $3`, shopID, customerID, date.String())
	return true, err
}

// NoticeMayBeTold marks a queued order date as told at a moment. See bridge.Tx.
func (tx *Tx) NoticeMayBeTold(customerID string, order subscription.Date, at time.Time) (err error) {
	defer fault.Wrap(&err, "store: notice of %s may be told", order)
	_, err = tx.exec(`UPDATE notices SET state = 'told', at = $3 WHERE customer_id = $1 AND order_date = $2 AND state = 'queued'`,
		customerID, order.String(), micros(at))
	return err
}

// QueuedNotices returns the order dates from a day on whose notice is queued.
func (tx *Tx) QueuedNotices(shopID, customerID string, from subscription.Date) (_ []subscription.Date, err error) {
	defer fault.Wrap(&err, "store: queued notices of %s", customerID)
	return all(tx, func(s scanner) (d subscription.Date, err error) {
		var date string
		if err := s.Scan(&date); err != nil {
			return d, err
		}
		return subscription.ParseDate(date)
	}, `SELECT order_date FROM notices WHERE shop_id = $1 AND customer_id = $2 AND order_date >= $3 AND state = 'queued' ORDER BY order_date`,
		shopID, customerID, from.String())
}

// NextNotice returns the earliest moment at which a notice is due; zero when there is none.
func (tx *Tx) NextNotice() (time.Time, error) {
	return tx.earliest("next notice", `SELECT min(notify_at) FROM subscriptions WHERE notify_at IS NOT NULL`)
}
