package store

import (
	"cmp"
	"database/sql"
	"slices"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

const replyColumns = `id, shop_id, message_id, phone, customer_id, body, received_at, state, due_at, attempts, meaning, why,
	certainty, wording, meant, finished_at`

func scanReply(s scanner) (r bridge.Reply, err error) {
	var received, due int64
	var finished sql.NullInt64
	err = s.Scan(&r.ID, &r.ShopID, &r.MessageID, &r.Phone, &r.CustomerID, &r.Body, &received, &r.State, &due, &r.Attempts,
		&r.Meaning, &r.Why, &r.Certainty, &r.Wording, &r.Meant, &finished)
	r.ReceivedAt, r.DueAt, r.FinishedAt = moment(received), moment(due), moment(finished.Int64)
	return r, err
}

// Writers returns the customer each text came from, and locks their rows. See bridge.Tx.
func (tx *Tx) Writers(from []bridge.From) (_ []*bridge.Writer, err error) {
	defer fault.Wrap(&err, "store: writers of replies")
	rows := make([][3]string, len(from))
	for i, f := range from {
		rows[i] = [3]string{f.ShopID, string(f.Phone), f.Subscriber}
	}
	in, err := toJSON(rows)
	if err != nil {
		return nil, err
	}
	type key struct{ shop, value string }
	numbers, subscribers := map[key]*bridge.Writer{}, map[key]*bridge.Writer{}
	if _, err := all(tx, func(s scanner) (none struct{}, err error) {
		var w bridge.Writer
		var shop string
		var at int64
		if err := s.Scan(&w.ID, &shop, &w.Phone, &w.Subscriber, &w.Texts, &at); err != nil {
			return none, err
		}
		w.TextsAt = moment(at)
		numbers[key{shop, string(w.Phone)}] = &w
		if k := (key{shop, w.Subscriber}); subscribers[k] == nil { // of several the oldest
			subscribers[k] = &w
		}
		return none, nil
	}, writersQuery(tx.d), in); err != nil {
		return nil, err
	}
	out := make([]*bridge.Writer, len(from))
	for i, f := range from {
		if f.Phone != "" {
			out[i] = numbers[key{f.ShopID, string(f.Phone)}]
		}
		if out[i] == nil && f.Subscriber != "" {
			out[i] = subscribers[key{f.ShopID, f.Subscriber}]
		}
	}
	return out, nil
}

// writersQuery finds the customer of each [shop, phone, subscriber], by the second if there is one. PostgreSQL locks them
// in one order, whoever does it.
func writersQuery(d dialect) string {
	inShop := `SELECT c.` + d.row() + ` FROM customers c WHERE c.shop_id = ` + d.element(0)
	return `WITH writer (found) AS MATERIALIZED (SELECT COALESCE(
			(` + inShop + ` AND c.phone = ` + d.element(1) + ` AND c.phone <> ''),
			(` + inShop + ` AND c.ps_subscriber = ` + d.element(2) + ` AND c.ps_subscriber <> '' ORDER BY ` + d.unindexed("c.id") + ` LIMIT 1))
		FROM ` + d.eachObject("$1") + `)
		SELECT id, shop_id, phone, ps_subscriber, texts, texts_at FROM customers WHERE ` + d.row() + ` IN (SELECT found FROM writer) ORDER BY id` + d.forUpdate()
}

// Earlier returns what matters of the replies that came before each of some. See bridge.Tx.
func (tx *Tx) Earlier(fresh []bridge.Reply, since, until time.Time) (_ []bridge.Earlier, err error) {
	defer fault.Wrap(&err, "store: earlier replies")
	rows := make([][5]any, len(fresh))
	for i, r := range fresh {
		rows[i] = [5]any{i, r.ShopID, orNull(string(r.Phone)), orNull(r.CustomerID), r.Body}
	}
	out := make([]bridge.Earlier, len(fresh))
	var known [][5]any // those of a number that has written lately
	if err := tx.each(earlierQuery(tx.d), rows, func(s scanner) error {
		var i int
		var last, unknown, waiting sql.NullInt64
		if err := s.Scan(&i, &last, &unknown, &waiting); err != nil {
			return err
		}
		if last.Valid || unknown.Valid {
			known = append(known, rows[i])
		}
		out[i].LastAt, out[i].WaitingFor = moment(max(last.Int64, unknown.Int64)), moment(waiting.Int64)
		return nil
	}, micros(since), micros(until), micros(tx.now.Add(-lookBack))); err != nil || known == nil {
		return out, err
	}
	err = tx.each(earlierWordsQuery(tx.d), known, func(s scanner) error {
		var i int
		var same, unknownSame, other, unknownOther sql.NullInt64
		err := s.Scan(&i, &same, &unknownSame, &other, &unknownOther)
		if err == nil {
			out[i].SameAt, out[i].OtherAt = moment(max(same.Int64, unknownSame.Int64)), moment(max(other.Int64, unknownOther.Int64))
		}
		return err
	}, micros(since), micros(until))
	return out, err
}

// orNull is the value, or NULL, which equals nothing, for "".
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// each runs a query over rows, given as a JSON list in its first placeholder.
func (tx *Tx) each(query string, rows any, scan func(scanner) error, args ...any) error {
	in, err := toJSON(rows)
	if err != nil {
		return err
	}
	_, err = all(tx, func(s scanner) (none struct{}, err error) { return none, scan(s) }, query, append([]any{in}, args...)...)
	return err
}

// The next look for each row by itself, with subqueries: a join over all of them PostgreSQL might plan, while the
// table is small, by reading all of it, and keep that plan when it has grown. Of a number they look through its
// customer's replies, and those from when it was nobody's.

func earlierQuery(d dialect) string {
	ofCustomer, ofNobody := earlierOf(d)
	return `SELECT ` + d.integer(d.element(0)) + `, (SELECT max(r.received_at)` + ofCustomer + `), (SELECT max(r.received_at)` + ofNobody + `),
			(SELECT max(r.due_at) FROM replies r
				WHERE r.customer_id = ` + d.element(3) + ` AND r.customer_id <> '' AND r.received_at >= $4 AND ` + waiting(d, "r.state") + `)
		FROM ` + d.eachObject("$1")
}

func earlierWordsQuery(d dialect) string {
	ofCustomer, ofNobody := earlierOf(d)
	same, other := ` AND r.body = `+d.element(4)+` AND r.state <> 'repeated'`, ` AND r.body <> `+d.element(4)
	return `SELECT ` + d.integer(d.element(0)) + `,
			(SELECT max(r.received_at)` + ofCustomer + same + `), (SELECT max(r.received_at)` + ofNobody + same + `),
			(SELECT max(r.received_at)` + ofCustomer + other + `), (SELECT max(r.received_at)` + ofNobody + other + `)
		FROM ` + d.eachObject("$1")
}

func earlierOf(d dialect) (ofCustomer, ofNobody string) {
	when := ` AND r.phone = ` + d.element(2) + ` AND r.received_at >= $2 AND r.received_at < $3`
	return ` FROM replies r WHERE r.customer_id = ` + d.element(3) + ` AND r.customer_id <> ''` + when,
		` FROM replies r WHERE r.customer_id = '' AND ` + d.unindexed("r.shop_id") + ` = ` + d.element(1) + when
}

// lookBack is how far back replies that wait are looked for: further than any of them can wait.
const lookBack = 31 * 24 * time.Hour

// AddReplies stores replies as they come in, unless their shop has one of that message id. See bridge.Tx.
func (tx *Tx) AddReplies(fresh []bridge.Reply) (_ map[string]bool, err error) {
	defer fault.Wrap(&err, "store: add %d replies", len(fresh))
	// In one order, because who adds one that another transaction is adding waits for that.
	fresh = slices.SortedFunc(slices.Values(fresh), func(a, z bridge.Reply) int {
		return cmp.Or(cmp.Compare(a.ShopID, z.ShopID), cmp.Compare(a.MessageID, z.MessageID))
	})
	rows := make([][]any, len(fresh))
	for i, r := range fresh {
		var finished any
		if !r.FinishedAt.IsZero() {
			finished = micros(r.FinishedAt)
		}
		rows[i] = []any{
			r.ID, r.ShopID, r.MessageID, string(r.Phone), r.CustomerID, r.Body, micros(r.ReceivedAt), string(r.State), micros(r.DueAt),
			string(r.Meaning), r.Why, finished,
		}
	}
	return insertNew(tx, `INSERT INTO replies (id, shop_id, message_id, phone, customer_id, body, received_at, state, due_at, meaning, why, finished_at)`,
		"TTTTTTITITTI", rows, ` ON CONFLICT (shop_id, message_id) DO NOTHING`)
}

// WaitingReply returns the customer's oldest reply that is not finished.
func (tx *Tx) WaitingReply(shopID, customerID string) (_ bridge.Reply, err error) {
	defer fault.Wrap(&err, "store: waiting reply of %s", customerID)
	return one(tx, scanReply, "No reply is waiting.", waitingReplyQuery(tx.d), shopID, customerID, micros(tx.now.Add(-lookBack)))
}

func waitingReplyQuery(d dialect) string {
	return `SELECT ` + replyColumns + ` FROM replies WHERE ` + waitingOf(d) + ` ORDER BY received_at, id LIMIT 1`
}

// waitingOf are the customer $2's replies of the shop $1 that are not finished, since the moment $3.
func waitingOf(d dialect) string {
	return d.unindexed("shop_id") + ` = $1 AND customer_id = $2 AND customer_id <> '' AND received_at >= $3 AND ` + waiting(d, "state")
}

// waiting is whether a reply is not finished, said so that a customer's are not looked for among all that wait.
func waiting(d dialect, state string) string { return d.unindexed(state) + ` IN ('new', 'working')` }

// Replies returns a customer's replies, newest first, at most limit.
func (tx *Tx) Replies(shopID, customerID string, limit int) (_ []bridge.Reply, err error) {
	defer fault.Wrap(&err, "store: replies of %s", customerID)
	return all(tx, scanReply, customerRepliesQuery(tx.d), shopID, customerID, limit)
}

func customerRepliesQuery(d dialect) string {
	return `SELECT ` + replyColumns + ` FROM replies
		WHERE ` + d.unindexed("shop_id") + ` = $1 AND customer_id = $2 AND customer_id <> '' ORDER BY received_at DESC, id DESC LIMIT $3`
}

// RepliesOf returns the replies with these ids of Postscript's.
func (tx *Tx) RepliesOf(shopID string, messageIDs []string) (_ []bridge.Reply, err error) {
	defer fault.Wrap(&err, "store: replies of %s", shopID)
	in, err := toJSON(messageIDs)
	if err != nil {
		return nil, err
	}
	return all(tx, scanReply, repliesOfQuery(tx.d), shopID, in)
}

func repliesOfQuery(d dialect) string {
	return `SELECT ` + replyColumns + ` FROM replies
		WHERE shop_id = $1 AND message_id IN (SELECT v.value FROM ` + d.eachText("$2") + `)`
}

// SaveReply saves what handling a reply changes.
func (tx *Tx) SaveReply(r bridge.Reply) (err error) {
	defer fault.Wrap(&err, "store: save reply %s", r.ID)
	_, err = tx.exec(`UPDATE replies SET state = $3, due_at = $4, attempts = $5, meaning = $6, why = $7, finished_at = $8,
			certainty = $9, wording = $10, meant = $11
		WHERE shop_id = $1 AND id = $2`,
		r.ShopID, r.ID, string(r.State), micros(r.DueAt), r.Attempts, string(r.Meaning), r.Why, nullMicros(r.FinishedAt),
		string(r.Certainty), r.Wording, r.Meant)
	return err
}

// HoldReplies makes the customer's waiting replies due no earlier than a moment.
func (tx *Tx) HoldReplies(shopID, customerID string, until time.Time) (err error) {
	defer fault.Wrap(&err, "store: hold replies of %s", customerID)
	_, err = tx.exec(holdRepliesQuery(tx.d), shopID, customerID, micros(tx.now.Add(-lookBack)), micros(until))
	return err
}

func holdRepliesQuery(d dialect) string {
	return `UPDATE replies SET due_at = $4 WHERE ` + waitingOf(d) + ` AND due_at < $4`
}

// DueReplies returns the keys of customers with a reply due, longest due first.
func (tx *Tx) DueReplies(now time.Time, limit int) (_ []string, err error) {
	defer fault.Wrap(&err, "store: due replies")
	return all(tx, text, `SELECT shop_id || '/' || customer_id FROM replies WHERE state IN ('new', 'working') AND due_at <= $1
		GROUP BY shop_id, customer_id ORDER BY min(due_at) LIMIT $2`, micros(now), limit)
}

// NextReplyDue returns the earliest moment a reply becomes due; zero if there is none.
func (tx *Tx) NextReplyDue() (time.Time, error) {
	return tx.earliest("next reply", `SELECT min(due_at) FROM replies WHERE state IN ('new', 'working')`)
}

// HeardFrom notes that the shop's Postscript account has called us. Once a minute is enough for the page that
// shows it, and keeps a busy shop's webhooks from waiting for each other's row.
func (tx *Tx) HeardFrom(shopID string) (err error) {
	defer fault.Wrap(&err, "store: heard from %s", shopID)
	_, err = tx.exec(`UPDATE connections SET last_reply_at = $2 WHERE shop_id = $1 AND (last_reply_at IS NULL OR last_reply_at < $3)`,
		shopID, micros(tx.now), micros(tx.now.Add(-time.Minute)))
	return err
}

// Talk returns the question the customer was asked last, and the language they wrote in last. See bridge.Tx.
func (tx *Tx) Talk(shopID, customerID string) (t bridge.Talk, err error) {
	defer fault.Wrap(&err, "store: question of %s", customerID)
	return one(tx, func(s scanner) (t bridge.Talk, err error) {
		var stored string
		if err := s.Scan(&stored, &t.Language); err != nil || stored == "" {
			return t, err
		}
		t.Question = new(bridge.Asked)
		return t, fromJSON(stored, t.Question)
	}, "There is no such customer in this shop.", `SELECT question, language FROM customers WHERE shop_id = $1 AND id = $2`, shopID, customerID)
}

// SetLanguage keeps the language the customer wrote in.
func (tx *Tx) SetLanguage(shopID, customerID string, l reply.Language) (err error) {
	defer fault.Wrap(&err, "store: set language of %s", customerID)
	_, err = tx.exec(`UPDATE customers SET language = $3 WHERE shop_id = $1 AND id = $2 AND language <> $3`, shopID, customerID, string(l))
	return err
}

// SetQuestion keeps the question the customer has been asked; nil for none.
func (tx *Tx) SetQuestion(shopID, customerID string, q *bridge.Asked) (err error) {
	defer fault.Wrap(&err, "store: set question of %s", customerID)
	stored := ""
	if q != nil {
		if stored, err = toJSON(q); err != nil {
			return err
		}
	}
	_, err = tx.exec(`UPDATE customers SET question = $3 WHERE shop_id = $1 AND id = $2 AND question <> $3`, shopID, customerID, stored)
	return err
}

// ToldNotice returns the newest notice the customer was told of by a moment, of an order date from a day on. See
// bridge.Tx.
func (tx *Tx) ToldNotice(shopID, customerID string, by time.Time, from subscription.Date, lease time.Duration) (_ bridge.Told, err error) {
	defer fault.Wrap(&err, "store: told notice of %s", customerID)
	return one(tx, func(s scanner) (n bridge.Told, err error) {
		var date string
		var at int64
		if err := s.Scan(&date, &at); err != nil {
			return n, err
		}
		n.At = moment(at)
		n.Date, err = subscription.ParseDate(date)
		return n, err
	}, "No notice is open.", `SELECT order_date, at FROM (
			SELECT order_date, at FROM notices
			WHERE shop_id = $1 AND customer_id = $2 AND state = 'told' AND at <= $3 AND order_date >= $4
			UNION ALL
			SELECT n.order_date, d.due_at - $5 FROM notices n JOIN deliveries d ON d.id = n.delivery_id
			WHERE n.shop_id = $1 AND n.customer_id = $2 AND n.state = 'queued' AND n.order_date >= $4 AND d.state = 'sending' AND d.due_at <= $3 + $5
		) AS those ORDER BY at DESC, order_date LIMIT 1`, shopID, customerID, micros(by), from.String(), lease.Microseconds())
}
