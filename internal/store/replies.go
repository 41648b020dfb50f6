package store

import (
	"database/sql"
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

// ReplyWriter returns the customer of a number, or else of a subscriber id, and locks their row.
func (tx *Tx) ReplyWriter(shopID string, phone subscription.Phone, subscriber string) (_ bridge.Customer, err error) {
	defer fault.Wrap(&err, "store: writer of a reply in %s", shopID)
	const nobody = "No customer of this shop has that number."
	if phone != "" {
		c, err := one(tx, scanCustomer, nobody, `SELECT `+customerColumns+` FROM customers
			WHERE shop_id = $1 AND phone = $2 AND phone <> ''`+tx.d.forUpdate(), shopID, phone)
		if !fault.Is(err, fault.NotFound) {
			return c, err
		}
	}
	return one(tx, scanCustomer, nobody, subscribedCustomerQuery(tx.d)+tx.d.forUpdate(), shopID, subscriber)
}

func subscribedCustomerQuery(d dialect) string {
	return `SELECT ` + customerColumns + ` FROM customers
		WHERE shop_id = $1 AND ps_subscriber = $2 AND ps_subscriber <> '' ORDER BY ` + d.unindexed("id") + ` LIMIT 1`
}

// Earlier returns what matters of the replies that came from a number in a stretch of time. See bridge.Tx.
func (tx *Tx) Earlier(shopID string, phone subscription.Phone, body string, since, until time.Time) (_ bridge.Earlier, err error) {
	defer fault.Wrap(&err, "store: earlier replies in %s", shopID)
	return one(tx, func(s scanner) (e bridge.Earlier, err error) {
		var last, waiting, same, other sql.NullInt64
		err = s.Scan(&last, &waiting, &same, &other)
		e.LastAt, e.WaitingFor, e.SameAt, e.OtherAt = moment(last.Int64), moment(waiting.Int64), moment(same.Int64), moment(other.Int64)
		return e, err
	}, "", `SELECT max(received_at), max(CASE WHEN state IN ('new', 'working') THEN due_at END),
			max(CASE WHEN body = $3 AND state <> 'repeated' THEN received_at END),
			max(CASE WHEN body <> $3 THEN received_at END)
		FROM replies WHERE shop_id = $1 AND phone = $2 AND received_at >= $4 AND received_at < $5`,
		shopID, phone, body, micros(since), micros(until))
}

// AddReply stores a reply unless the shop has one of that message id.
func (tx *Tx) AddReply(r bridge.Reply) (_ bool, err error) {
	defer fault.Wrap(&err, "store: add reply %s", r.ID)
	n, err := tx.exec(`INSERT INTO replies (`+replyColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)
		ON CONFLICT (shop_id, message_id) DO NOTHING`,
		r.ID, r.ShopID, r.MessageID, r.Phone, r.CustomerID, r.Body, micros(r.ReceivedAt), string(r.State), micros(r.DueAt), r.Attempts,
		string(r.Meaning), r.Why, string(r.Certainty), r.Wording, r.Meant, nullMicros(r.FinishedAt))
	return n > 0, err
}

// WaitingReply returns the customer's oldest reply that is not finished.
func (tx *Tx) WaitingReply(shopID, customerID string) (_ bridge.Reply, err error) {
	defer fault.Wrap(&err, "store: waiting reply of %s", customerID)
	return one(tx, scanReply, "No reply is waiting.", `SELECT `+replyColumns+` FROM replies
		WHERE shop_id = $1 AND customer_id = $2 AND state IN ('new', 'working') ORDER BY received_at, id LIMIT 1`, shopID, customerID)
}

// Replies returns a customer's replies, newest first, at most limit.
func (tx *Tx) Replies(shopID, customerID string, limit int) (_ []bridge.Reply, err error) {
	defer fault.Wrap(&err, "store: replies of %s", customerID)
	return all(tx, scanReply, customerRepliesQuery, shopID, customerID, limit)
}

const customerRepliesQuery = `SELECT ` + replyColumns + ` FROM replies
	WHERE shop_id = $1 AND customer_id = $2 ORDER BY received_at DESC, id DESC LIMIT $3`

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
	_, err = tx.exec(`UPDATE replies SET due_at = $3
		WHERE shop_id = $1 AND customer_id = $2 AND state IN ('new', 'working') AND due_at < $3`, shopID, customerID, micros(until))
	return err
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

// ToldNotice returns the newest notice the customer was told of by a moment, of an order date from a day on.
func (tx *Tx) ToldNotice(shopID, customerID string, by time.Time, from subscription.Date) (_ bridge.Told, err error) {
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
	}, "No notice is open.", `SELECT order_date, at FROM notices
		WHERE shop_id = $1 AND customer_id = $2 AND state = 'told' AND at <= $3 AND order_date >= $4
		ORDER BY at DESC, order_date LIMIT 1`, shopID, customerID, micros(by), from.String())
}
