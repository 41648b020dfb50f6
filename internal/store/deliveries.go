package store

import (
	"database/sql"
	"fmt"
	"slices"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

const deliveryColumns = `id, shop_id, customer_id, trigger_name, dedupe_key, lane, state, due_at, attempts, order_date,
	facts, expires_at, reply_id, request, answer, http_status, reason, created_at, finished_at`

func scanDelivery(s scanner) (d bridge.Delivery, err error) {
	var due, expires, created int64
	var finished sql.NullInt64
	var date, facts string
	err = s.Scan(&d.ID, &d.ShopID, &d.CustomerID, &d.Trigger, &d.Key, &d.Lane, &d.State, &due, &d.Attempts, &date,
		&facts, &expires, &d.ReplyID, &d.Request, &d.Answer, &d.Status, &d.Reason, &created, &finished)
	if err != nil {
		return d, err
	}
	d.DueAt, d.ExpiresAt, d.CreatedAt, d.FinishedAt = moment(due), moment(expires), moment(created), moment(finished.Int64)
	if date != "" {
		if d.OrderDate, err = subscription.ParseDate(date); err != nil {
			return d, err
		}
	}
	return d, fromJSON(facts, &d.Facts)
}

// AddDelivery stores a delivery unless its customer has one of that key.
func (tx *Tx) AddDelivery(d bridge.Delivery) (_ bool, err error) {
	defer fault.Wrap(&err, "store: add delivery %s", d.ID)
	facts, err := toJSON(d.Facts)
	if err != nil {
		return false, err
	}
	n, err := tx.exec(`INSERT INTO deliveries (`+deliveryColumns+`)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)
		ON CONFLICT (customer_id, dedupe_key) DO NOTHING`,
		d.ID, d.ShopID, d.CustomerID, string(d.Trigger), d.Key, int(d.Lane), string(d.State), micros(d.DueAt), d.Attempts, d.OrderDate.String(),
		facts, micros(d.ExpiresAt), d.ReplyID, d.Request, d.Answer, d.Status, d.Reason, micros(d.CreatedAt), nullMicros(d.FinishedAt))
	return n > 0, err
}

// ClaimDeliveries returns queued deliveries of a shop that are due. See bridge.Tx.
func (tx *Tx) ClaimDeliveries(shopID string, bulk bool, limit int) (_ []bridge.Delivery, err error) {
	defer fault.Wrap(&err, "store: claim deliveries of %s", shopID)
	return all(tx, scanDelivery, claimDeliveriesQuery(bulk)+tx.d.skipLocked(), shopID, micros(tx.now), limit)
}

func claimDeliveriesQuery(bulk bool) string {
	return `SELECT ` + deliveryColumns + ` FROM deliveries
		WHERE shop_id = $1 AND ` + queuedDeliveries + ` AND ` + lanes(bulk) + ` AND due_at <= $2 ORDER BY lane, due_at LIMIT $3`
}

// lanes is the condition that tells answers from the rest.
func lanes(bulk bool) string {
	if bulk {
		return "lane > 0"
	}
	return "lane = 0"
}

// DeadDeliveries returns deliveries whose sender is taken for dead.
func (tx *Tx) DeadDeliveries(shopID string, limit int) (_ []bridge.Delivery, err error) {
	defer fault.Wrap(&err, "store: dead deliveries of %s", shopID)
	return all(tx, scanDelivery, deadDeliveriesQuery+tx.d.skipLocked(), shopID, micros(tx.now), limit)
}

const deadDeliveriesQuery = `SELECT ` + deliveryColumns + ` FROM deliveries
	WHERE shop_id = $1 AND state = 'sending' AND due_at <= $2 ORDER BY due_at LIMIT $3`

// AnswersDue reports whether an answer of the shop is due.
func (tx *Tx) AnswersDue(shopID string) (_ bool, err error) {
	defer fault.Wrap(&err, "store: answers due of %s", shopID)
	_, err = one(tx, text, "", `SELECT id FROM deliveries WHERE shop_id = $1 AND state = 'queued' AND lane = 0 AND due_at <= $2 LIMIT 1`,
		shopID, micros(tx.now))
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// UpdateDelivery saves what may change of a delivery, unless it has ended meanwhile.
func (tx *Tx) UpdateDelivery(d bridge.Delivery) (_ bool, err error) {
	defer fault.Wrap(&err, "store: update delivery %s", d.ID)
	n, err := tx.exec(`UPDATE deliveries SET state = $2, due_at = $3, attempts = $4, request = $5, answer = $6, http_status = $7, reason = $8, finished_at = $9
		WHERE id = $1 AND state IN ('queued', 'sending')`,
		d.ID, string(d.State), micros(d.DueAt), d.Attempts, d.Request, d.Answer, d.Status, d.Reason, nullMicros(d.FinishedAt))
	return n > 0, err
}

// HoldsDelivery reports whether a delivery is still in the hands of whoever claimed it so. See bridge.Tx.
func (tx *Tx) HoldsDelivery(d bridge.Delivery) (_ bool, err error) {
	defer fault.Wrap(&err, "store: hold delivery %s", d.ID)
	_, err = one(tx, text, "", `SELECT id FROM deliveries WHERE id = $1 AND state = 'sending' AND due_at = $2`+tx.d.forUpdate(), d.ID, micros(d.DueAt))
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// ReleaseDelivery frees the dedupe key of a suppressed delivery.
func (tx *Tx) ReleaseDelivery(id string) (err error) {
	defer fault.Wrap(&err, "store: release delivery %s", id)
	_, err = tx.exec(`UPDATE deliveries SET dedupe_key = dedupe_key || '/' || id WHERE id = $1 AND state = 'suppressed'`, id)
	return err
}

// NoticeTold marks an order date as told.
func (tx *Tx) NoticeTold(customerID string, order subscription.Date) (err error) {
	defer fault.Wrap(&err, "store: notice of %s told", order)
	_, err = tx.exec(`UPDATE notices SET state = 'told', reason = '', at = $3 WHERE customer_id = $1 AND order_date = $2`,
		customerID, order.String(), micros(tx.now))
	return err
}

// NoticeSuppressed marks an order date as not told, unless it was told before.
func (tx *Tx) NoticeSuppressed(customerID string, order subscription.Date, reason string) (err error) {
	defer fault.Wrap(&err, "store: notice of %s suppressed", order)
	_, err = tx.exec(`UPDATE notices SET state = 'suppressed', reason = $3, at = $4 WHERE customer_id = $1 AND order_date = $2 AND state <> 'told'`,
		customerID, order.String(), reason, micros(tx.now))
	return err
}

// ReleaseNotice forgets a notice that was never told.
func (tx *Tx) ReleaseNotice(customerID string, order subscription.Date) (err error) {
	defer fault.Wrap(&err, "store: release notice of %s", order)
	_, err = tx.exec(`DELETE FROM notices WHERE customer_id = $1 AND order_date = $2 AND state <> 'told'`, customerID, order.String())
	return err
}

// DueShops returns shops that have deliveries due, longest due first. It is asked every second, so nothing in it may
// grow with the queue or with the history.
func (tx *Tx) DueShops(now time.Time, bulk bool, limit int) (_ []string, err error) {
	defer fault.Wrap(&err, "store: shops with due deliveries")
	queued, err := tx.dueShops("deliveries", queuedDeliveries, lanesApart(bulk), now, limit)
	if err != nil || len(queued) >= limit {
		return queued, err
	}
	dead, err := tx.dueShops("deliveries", "state = 'sending'", []string{"TRUE"}, now, limit-len(queued))
	for _, id := range dead {
		if !slices.Contains(queued, id) {
			queued = append(queued, id)
		}
	}
	return queued, err
}

const queuedDeliveries = "state = 'queued'"

// lanesApart are the lanes one by one: each is a range of the index, whose first row is the answer.
func lanesApart(bulk bool) []string {
	if bulk {
		return []string{"lane = 1", "lane = 2"}
	}
	return []string{"lane = 0"}
}

// NextDelivery returns the earliest moment a delivery becomes due.
func (tx *Tx) NextDelivery(bulk bool) (time.Time, error) {
	return tx.earliest("next delivery", nextDeliveryQuery(bulk))
}

func nextDeliveryQuery(bulk bool) string {
	query := `SELECT min(due_at) FROM (SELECT min(due_at) AS due_at FROM deliveries WHERE state = 'sending'`
	for _, lane := range lanesApart(bulk) {
		query += ` UNION ALL SELECT min(due_at) FROM deliveries WHERE ` + queuedDeliveries + ` AND ` + lane
	}
	return query + `) AS firsts`
}

// Delivery returns one delivery of a shop.
func (tx *Tx) Delivery(shopID, id string) (_ bridge.Delivery, err error) {
	defer fault.Wrap(&err, "store: delivery %s", id)
	return one(tx, scanDelivery, "There is no such delivery in this shop.",
		`SELECT `+deliveryColumns+` FROM deliveries WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// Deliveries lists a shop's deliveries, newest first.
func (tx *Tx) Deliveries(shopID string, f bridge.DeliveryFilter) (_ []bridge.Delivery, err error) {
	defer fault.Wrap(&err, "store: deliveries of %s", shopID)
	query, args := deliveriesQuery(tx.d, shopID, f)
	return all(tx, scanDelivery, query, args...)
}

// deliveriesQuery names only what is asked for, so that the index of the shop, or of the customer, gives the rows in
// order and no more of them than wanted.
func deliveriesQuery(d dialect, shopID string, f bridge.DeliveryFilter) (query string, args []any) {
	shop := "shop_id"
	if f.CustomerID != "" {
		shop = d.unindexed(shop)
	}
	query, args = `SELECT `+deliveryColumns+` FROM deliveries WHERE `+shop+` = $1`, []any{shopID}
	where := func(condition, value string) {
		if value != "" {
			args = append(args, value)
			query += fmt.Sprintf(" AND "+condition, len(args))
		}
	}
	where(`customer_id = $%d`, f.CustomerID)
	where(`state = $%d`+rareOutcome(f.State), string(f.State))
	rare := ""
	if f.Trigger != trigger.UpcomingOrder {
		rare = ` AND trigger_name <> 'UpcomingOrder'` // the condition of deliveries_trigger
	}
	where(`trigger_name = $%d`+rare, string(f.Trigger))
	where(`(created_at, id) < (SELECT b.created_at, b.id FROM deliveries b WHERE b.id = $%d)`, f.Before)
	args = append(args, f.Limit)
	return query + fmt.Sprintf(` ORDER BY created_at DESC, id DESC LIMIT $%d`, len(args)), args
}

// rareOutcome is the condition of deliveries_outcome, where a state is in that index. The database sees by it that the
// index has the rows.
func rareOutcome(s bridge.State) string {
	switch s {
	case bridge.Refused, bridge.Suppressed, bridge.Unknown:
		return ` AND state IN ('refused', 'suppressed', 'unknown')`
	}
	return ""
}

// Reserve takes request slots of a token. On PostgreSQL the slots are in the database's own time, so that
// machines whose clocks differ still share one pace. Nobody reserves further ahead than a few seconds: a slot that is
// further off was taken while the clock was wrong, and does not count.
func (tx *Tx) Reserve(token string, n int, spacing, lead time.Duration) (taken bool, wait time.Duration, err error) {
	defer fault.Wrap(&err, "store: reserve slots")
	soonest := "(" + tx.d.clock("$2") + " + $3)"
	width := int64(n) * spacing.Microseconds()
	_, err = tx.exec(`INSERT INTO pace (token_hash, next_slot) VALUES ($1, 0) ON CONFLICT (token_hash) DO NOTHING`, token)
	if err != nil {
		return false, 0, err
	}
	first, err := one(tx, number, "The token is busy.", `UPDATE pace SET next_slot = `+soonest+` + $4
		WHERE token_hash = $1 AND (next_slot <= `+soonest+` OR next_slot > `+soonest+` + 60000000) RETURNING next_slot - $4 - `+tx.d.clock("$2"),
		token, micros(tx.now), lead.Microseconds(), width)
	if err == nil {
		return true, time.Duration(first) * time.Microsecond, nil
	}
	if !fault.Is(err, fault.NotFound) {
		return false, 0, err
	}
	left, err := one(tx, number, "The pace of this token is not kept.",
		`SELECT next_slot - `+soonest+` FROM pace WHERE token_hash = $1`, token, micros(tx.now), lead.Microseconds())
	return false, max(time.Duration(left)*time.Microsecond, time.Millisecond), err
}

// OwnClock reports whether Reserve counts by the database's clock.
func (tx *Tx) OwnClock() bool { return tx.d == postgres }

// HoldPace keeps a token from being used for d from now.
func (tx *Tx) HoldPace(token string, d time.Duration) (err error) {
	defer fault.Wrap(&err, "store: hold pace")
	until := tx.d.clock("$3") + ` + $2`
	_, err = tx.exec(`UPDATE pace SET next_slot = CASE WHEN next_slot > `+until+` THEN next_slot ELSE `+until+` END WHERE token_hash = $1`,
		token, d.Microseconds(), micros(tx.now))
	return err
}
