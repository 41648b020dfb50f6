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

// lanes is the condition that tells answers from the rest.
func lanes(bulk bool) string {
	if bulk {
		return "lane > 0"
	}
	return "lane = 0"
}

// ReleaseDelivery frees the dedupe key of a suppressed delivery.
func (tx *Tx) ReleaseDelivery(id string) (err error) {
	defer fault.Wrap(&err, "store: release delivery %s", id)
	_, err = tx.exec(`UPDATE deliveries SET dedupe_key = dedupe_key || '/' || id WHERE id = $1 AND state = 'suppressed'`, id)
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
	few := false
	if f.State == bridge.Queued || f.State == bridge.Sending {
		n, err := one(tx, number, "", upTo(bridge.MostCounted, `SELECT 1 FROM deliveries WHERE shop_id = $1`+underWay(f.State)), shopID)
		if err != nil {
			return nil, err
		}
		few = n <= bridge.MostCounted
	}
	query, args := deliveriesQuery(tx.d, shopID, f, few)
	return all(tx, scanDelivery, query, args...)
}

// deliveriesQuery names only what is asked for, so that an index gives the rows in order and no more of them than wanted.
// Those under way have indexes in the order of their work: while they are few, these give them and they are sorted; many
// are found quickly among the newest of the shop.
func deliveriesQuery(d dialect, shopID string, f bridge.DeliveryFilter, few bool) (query string, args []any) {
	shop, created := "shop_id", "created_at"
	if f.CustomerID != "" {
		shop = d.unindexed(shop)
	}
	if few {
		created = "created_at + 0"
	}
	query, args = `SELECT `+deliveryColumns+` FROM deliveries WHERE `+shop+` = $1`, []any{shopID}
	where := func(condition, value string) {
		if value != "" {
			args = append(args, value)
			query += fmt.Sprintf(" AND "+condition, len(args))
		}
	}
	where(`customer_id = $%d`, f.CustomerID)
	if few {
		query += underWay(f.State)
	} else {
		where(`state = $%d`+rareOutcome(f.State), string(f.State))
	}
	rare := ""
	if f.Trigger != trigger.UpcomingOrder {
		rare = ` AND trigger_name <> 'UpcomingOrder'` // the condition of deliveries_trigger
	}
	where(`trigger_name = $%d`+rare, string(f.Trigger))
	if f.Before != "" {
		args = append(args, f.Before)
		query += beforeRow("deliveries", created, "id", last(args))
	}
	args = append(args, f.Limit)
	return query + fmt.Sprintf(` ORDER BY %s DESC, id DESC LIMIT $%d`, created, len(args)), args
}

// underWay is the condition of deliveries_due or deliveries_sending, with a second column of theirs, so that SQLite takes
// them.
func underWay(s bridge.State) string {
	if s == bridge.Sending {
		return ` AND state = 'sending' AND due_at > 0`
	}
	return ` AND state = 'queued' AND lane IN (0, 1, 2)`
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
