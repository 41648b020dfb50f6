package store

import (
	"slices"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// What is sent is claimed and settled for many shops at once, with one statement of each sort: see bridge.Tx.

// ConnectionsOf returns the Postscript accounts of those of the given shops that have one, by shop id.
func (tx *Tx) ConnectionsOf(shopIDs []string) (_ map[string]bridge.Connection, err error) {
	defer fault.Wrap(&err, "store: connections")
	given, err := toJSON(shopIDs)
	if err != nil {
		return nil, err
	}
	rows, err := all(tx, scanConnection, `SELECT `+connectionColumns+` FROM connections
		WHERE shop_id IN (SELECT v.value FROM `+tx.d.eachText("$1")+`)`, given)
	out := make(map[string]bridge.Connection, len(rows))
	for _, c := range rows {
		out[c.ShopID] = c
	}
	return out, err
}

// TokensOf returns which tokens the given shops' connections have now, by shop id.
func (tx *Tx) TokensOf(shopIDs []string) (_ map[string]string, err error) {
	defer fault.Wrap(&err, "store: tokens of shops")
	given, err := toJSON(shopIDs)
	if err != nil {
		return nil, err
	}
	type row struct{ shop, token string }
	rows, err := all(tx, func(s scanner) (r row, err error) { err = s.Scan(&r.shop, &r.token); return r, err },
		`SELECT shop_id, token_hash FROM connections WHERE shop_id IN (SELECT v.value FROM `+tx.d.eachText("$1")+`)`, given)
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.shop] = r.token
	}
	return out, err
}

// ClaimDeliveries returns queued deliveries of shops that are due, at most limit of each shop. See bridge.Tx.
func (tx *Tx) ClaimDeliveries(shopIDs []string, bulk bool, limit int) (_ []bridge.Delivery, err error) {
	defer fault.Wrap(&err, "store: claim deliveries")
	return tx.deliveriesOfEach(claimDeliveriesQuery(tx.d, bulk), shopIDs, limit)
}

func claimDeliveriesQuery(d dialect, bulk bool) string {
	return d.fewOfEach(deliveryColumns, "deliveries",
		"shop_id = v.value AND "+queuedDeliveries+" AND "+lanes(bulk)+" AND due_at <= $2 ORDER BY lane, due_at LIMIT $3")
}

// DeadDeliveries returns deliveries of shops whose sender is taken for dead, at most limit of each shop.
func (tx *Tx) DeadDeliveries(shopIDs []string, limit int) (_ []bridge.Delivery, err error) {
	defer fault.Wrap(&err, "store: dead deliveries")
	return tx.deliveriesOfEach(deadDeliveriesQuery(tx.d), shopIDs, limit)
}

func deadDeliveriesQuery(d dialect) string {
	return d.fewOfEach(deliveryColumns, "deliveries",
		"shop_id = v.value AND state = 'sending' AND due_at <= $2 ORDER BY due_at LIMIT $3")
}

func (tx *Tx) deliveriesOfEach(query string, shopIDs []string, limit int) ([]bridge.Delivery, error) {
	given, err := toJSON(shopIDs)
	if err != nil {
		return nil, err
	}
	return all(tx, scanDelivery, query, given, micros(tx.now), limit)
}

// AnswersDue returns those of the given shops of which an answer is due.
func (tx *Tx) AnswersDue(shopIDs []string) (_ []string, err error) {
	defer fault.Wrap(&err, "store: answers due")
	given, err := toJSON(shopIDs)
	if err != nil {
		return nil, err
	}
	return all(tx, text, answersDueQuery(tx.d), given, micros(tx.now))
}

func answersDueQuery(d dialect) string {
	return `SELECT v.value FROM ` + d.eachText("$1") + ` WHERE EXISTS (
		SELECT 1 FROM deliveries WHERE shop_id = v.value AND ` + queuedDeliveries + ` AND lane = 0 AND due_at <= $2)`
}

// KnownCustomers returns the customers with those ids, with their accounts. See bridge.Tx.
func (tx *Tx) KnownCustomers(ids []string) (_ map[string]bridge.Known, err error) {
	defer fault.Wrap(&err, "store: known customers")
	given, err := toJSON(ids)
	if err != nil {
		return nil, err
	}
	customers, err := all(tx, scanKnown, knownCustomersQuery(tx.d), given)
	if err != nil {
		return nil, err
	}
	type row struct {
		customer string
		s        subscription.Subscription
	}
	rows, err := all(tx, func(s scanner) (r row, err error) {
		var items, next, paused, skipped string
		if err := s.Scan(&r.customer, &r.s.ID, &r.s.ExternalID, &items, &r.s.Interval.Count, &r.s.Interval.Unit, &r.s.Anchor,
			&next, &r.s.Status, &paused, &skipped); err != nil {
			return r, err
		}
		return r, readSubscription(&r.s, items, next, paused, skipped)
	}, knownSubscriptionsQuery(tx.d), given)
	if err != nil {
		return nil, err
	}
	of := make(map[string][]subscription.Subscription, len(customers))
	for _, r := range rows {
		of[r.customer] = append(of[r.customer], r.s)
	}
	out := make(map[string]bridge.Known, len(customers))
	for _, k := range customers {
		k.Account.Subscriptions = of[k.Customer.ID]
		out[k.Customer.ID] = k
	}
	return out, nil
}

func scanKnown(s scanner) (k bridge.Known, err error) {
	var at int64
	var bill string
	c := &k.Customer
	if err := s.Scan(&c.ID, &c.ExternalID, &c.FirstName, &c.LastName, &c.Email, &c.Phone, &c.Zone, &c.State,
		&c.Payment.Brand, &c.Payment.Last4, &c.Payment.Fingerprint, &c.Subscriber, &c.Texts, &at, &k.ShopID, &bill); err != nil {
		return k, err
	}
	c.TextsAt = moment(at)
	k.Account.Customer = c.Customer
	if bill == "" {
		return k, nil
	}
	k.Account.Failed = new(subscription.Bill)
	return k, fromJSON(bill, k.Account.Failed)
}

func knownCustomersQuery(d dialect) string {
	return `SELECT ` + of("c", customerColumns) + `, c.shop_id, c.failed_bill FROM ` + d.eachText("$1") + ` CROSS JOIN customers c WHERE c.id = v.value`
}

func knownSubscriptionsQuery(d dialect) string {
	return `SELECT s.customer_id, ` + of("s", subscriptionColumns) + ` FROM ` + d.eachText("$1") + `
		CROSS JOIN subscriptions s WHERE s.customer_id = v.value ORDER BY s.customer_id, s.created_at, s.id`
}

// The next two do not say in which state the rows are, which they have locked or look at themselves: PostgreSQL would take
// it for a hint to read all that are in that state, of which there were few when it counted.

// StartSending marks claimed deliveries as being sent, each for once more, by a sender who is taken for dead at until.
func (tx *Tx) StartSending(ids []string, until time.Time) (err error) {
	defer fault.Wrap(&err, "store: start sending")
	given, err := toJSON(ids)
	if err != nil {
		return err
	}
	_, err = tx.exec(startSendingQuery(tx.d), given, micros(until))
	return err
}

func startSendingQuery(d dialect) string {
	return `UPDATE deliveries SET state = 'sending', attempts = attempts + 1, due_at = $2
		WHERE id IN (SELECT v.value FROM ` + d.eachText("$1") + `)`
}

// HeldDeliveries returns those of the given deliveries that are still as their senders claimed them, by id. See bridge.Tx.
func (tx *Tx) HeldDeliveries(ds []bridge.Delivery) (_ map[string]bool, err error) {
	defer fault.Wrap(&err, "store: held deliveries")
	if len(ds) == 0 {
		return nil, nil
	}
	ids, due := make([]string, len(ds)), make(map[string]int64, len(ds))
	for i, d := range ds {
		ids[i], due[d.ID] = d.ID, micros(d.DueAt)
	}
	given, err := toJSON(ids)
	if err != nil {
		return nil, err
	}
	held := make(map[string]bool, len(ds))
	_, err = all(tx, func(s scanner) (struct{}, error) {
		var id string
		var state bridge.State
		var at int64
		err := s.Scan(&id, &state, &at)
		held[id] = state == bridge.Sending && at == due[id]
		return struct{}{}, err
	}, heldDeliveriesQuery(tx.d), given)
	return held, err
}

func heldDeliveriesQuery(d dialect) string {
	return `SELECT id, state, due_at FROM deliveries WHERE id IN (SELECT v.value FROM ` + d.eachText("$1") + `) ORDER BY id` + d.forUpdate()
}

// UpdateDeliveries saves what may change of deliveries, and returns which of them had not ended meanwhile, by id.
func (tx *Tx) UpdateDeliveries(ds []bridge.Delivery) (_ map[string]bool, err error) {
	defer fault.Wrap(&err, "store: update deliveries")
	if len(ds) == 0 {
		return nil, nil
	}
	list := make([][]any, len(ds))
	for i, d := range ds {
		list[i] = []any{d.ID, string(d.State), micros(d.DueAt), d.Attempts, d.Request, d.Answer, d.Status, d.Reason, nil}
		if !d.FinishedAt.IsZero() {
			list[i][8] = micros(d.FinishedAt)
		}
	}
	given, err := toJSON(list)
	if err != nil {
		return nil, err
	}
	ids, err := all(tx, text, updateDeliveriesQuery(tx.d), given)
	changed := make(map[string]bool, len(ids))
	for _, id := range ids {
		changed[id] = true
	}
	return changed, err
}

func updateDeliveriesQuery(d dialect) string {
	return `UPDATE deliveries SET state = n.state, due_at = n.due_at, attempts = n.attempts, request = n.request, answer = n.answer,
			http_status = n.http_status, reason = n.reason, finished_at = n.finished_at
		FROM ` + d.rows("$1", "TTIITTITI", "id", "state", "due_at", "attempts", "request", "answer", "http_status", "reason", "finished_at") + ` AS n
		WHERE deliveries.id = n.id AND deliveries.state IN ('queued', 'sending') RETURNING deliveries.id`
}

// SettleNotices says what became of the notices of order dates. One that the customer was told of stays so.
func (tx *Tx) SettleNotices(notices []bridge.Notice) (err error) {
	defer fault.Wrap(&err, "store: settle notices")
	if len(notices) == 0 {
		return nil
	}
	list := make([][]any, len(notices))
	for i, n := range notices {
		list[i] = []any{n.CustomerID, n.Date.String(), n.State, n.Reason}
	}
	given, err := toJSON(list)
	if err != nil {
		return err
	}
	_, err = tx.exec(settleNoticesQuery(tx.d), given, micros(tx.now))
	return err
}

func settleNoticesQuery(d dialect) string {
	return `UPDATE notices SET state = n.state, reason = n.reason, at = $2 FROM ` + d.rows("$1", "TTTT", "customer_id", "order_date", "state", "reason") + ` AS n
		WHERE notices.customer_id = n.customer_id AND notices.order_date = n.order_date AND (n.state = 'told' OR notices.state <> 'told')`
}

// AddTraces adds lines to customers' traces.
func (tx *Tx) AddTraces(traces []bridge.Trace) (err error) {
	defer fault.Wrap(&err, "store: add traces")
	list := make([][]any, len(traces))
	for i, t := range traces {
		list[i] = []any{t.ID, t.ShopID, t.CustomerID, micros(t.At), t.Kind, t.Text, t.Ref}
	}
	return insertAll(tx, `INSERT INTO trace (id, shop_id, customer_id, at, kind, text, ref)`, "TTTITTT", list, "")
}

// TouchSent keeps when connections were last seen to work. To within ten seconds is enough for that, and spares a busy
// shop most of the writing.
func (tx *Tx) TouchSent(shopIDs []string) (err error) {
	defer fault.Wrap(&err, "store: last sent")
	if len(shopIDs) == 0 {
		return nil
	}
	given, err := toJSON(slices.Sorted(slices.Values(shopIDs)))
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE connections SET last_sent_at = $2 WHERE shop_id IN (
			SELECT shop_id FROM connections WHERE shop_id IN (SELECT v.value FROM `+tx.d.eachText("$1")+`)
				AND (last_sent_at IS NULL OR last_sent_at + 10000000 < $2) ORDER BY shop_id`+tx.d.forUpdate()+`)`, given, micros(tx.now))
	return err
}
