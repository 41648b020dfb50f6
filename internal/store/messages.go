package store

import (
	"database/sql"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const messageColumns = `id, shop_id, subscriber_id, phone, direction, kind, automation_id, event_id, step, trigger_name,
	body, segments, category, reply_to, lane, state, held, hold, planned_at, due_at, attempts, reason, once_key, gateway_id, read_at,
	needs_person, note, created_at, sent_at`

func scanMessage(s scanner) (m texting.Message, err error) {
	var planned, due, created int64
	var read, sent sql.NullInt64
	err = s.Scan(&m.ID, &m.ShopID, &m.SubscriberID, &m.Phone, &m.Direction, &m.Kind, &m.AutomationID, &m.EventID, &m.Step, &m.Trigger,
		&m.Body, &m.Segments, &m.Category, &m.ReplyTo, &m.Lane, &m.State, &m.Held, &m.Hold, &planned, &due, &m.Attempts, &m.Reason,
		&m.OnceKey, &m.GatewayID, &read, &m.NeedsPerson, &m.Note, &created, &sent)
	m.PlannedAt, m.DueAt, m.ReadAt, m.CreatedAt, m.SentAt = moment(planned), moment(due), moment(read.Int64), moment(created), moment(sent.Int64)
	return m, err
}

// AddMessage adds a message unless a unique index knows it already.
func (tx *Tx) AddMessage(m texting.Message) (_ bool, err error) {
	defer fault.Wrap(&err, "store: add message %s", m.ID)
	n, err := tx.exec(`INSERT INTO messages (`+messageColumns+`)
		VALUES (`+placeholders(1, 29)+`) ON CONFLICT DO NOTHING`,
		m.ID, m.ShopID, m.SubscriberID, m.Phone, m.Direction, string(m.Kind), m.AutomationID, m.EventID, m.Step, m.Trigger,
		m.Body, m.Segments, m.Category, m.ReplyTo, m.Lane, string(m.State), m.Held, m.Hold, micros(m.PlannedAt), micros(m.DueAt),
		m.Attempts, m.Reason, m.OnceKey, m.GatewayID, nullMicros(m.ReadAt), m.NeedsPerson, m.Note, micros(m.CreatedAt), nullMicros(m.SentAt))
	return n == 1, err
}

// Message returns one message of a shop.
func (tx *Tx) Message(shopID, id string) (_ texting.Message, err error) {
	defer fault.Wrap(&err, "store: message %s", id)
	return one(tx, scanMessage, "There is no such message in this shop.",
		`SELECT `+messageColumns+` FROM messages WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// DueMessages claims outbound messages that are due, answers first, then in the order in which they should have
// gone out. Those another process has claimed are passed over.
func (tx *Tx) DueMessages(shopID string, limit int) (_ []texting.Message, err error) {
	defer fault.Wrap(&err, "store: due messages of %s", shopID)
	var out []texting.Message
	for lane := texting.LaneAnswer; lane <= texting.LaneOther && len(out) < limit; lane++ { // one range of the index each
		list, err := all(tx, scanMessage, dueMessagesQuery(tx.d.skipLocked()), shopID, lane, micros(tx.now), limit-len(out))
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func dueMessagesQuery(lock string) string {
	return `SELECT ` + messageColumns + ` FROM messages WHERE shop_id = $1 AND lane = $2 AND ` + pendingMessages + ` AND due_at <= $3
		ORDER BY due_at, planned_at, step, id LIMIT $4` + lock
}

// SaveSending replaces what sending changes of a message.
func (tx *Tx) SaveSending(m texting.Message) (err error) {
	defer fault.Wrap(&err, "store: save message %s", m.ID)
	_, err = tx.exec(`UPDATE messages SET phone = $3, body = $4, segments = $5, state = $6, held = $7, hold = $8, due_at = $9,
			attempts = $10, reason = $11, gateway_id = $12, sent_at = $13
		WHERE shop_id = $1 AND id = $2`,
		m.ShopID, m.ID, m.Phone, m.Body, m.Segments, string(m.State), m.Held, m.Hold, micros(m.DueAt),
		m.Attempts, m.Reason, m.GatewayID, nullMicros(m.SentAt))
	return err
}

// SaveOutcome records what came of handing a message over, and leaves text and number as they are.
func (tx *Tx) SaveOutcome(m texting.Message) (err error) {
	defer fault.Wrap(&err, "store: outcome of message %s", m.ID)
	_, err = tx.exec(`UPDATE messages SET state = $3, due_at = $4, attempts = $5, reason = $6, gateway_id = $7, sent_at = $8
		WHERE shop_id = $1 AND id = $2`,
		m.ShopID, m.ID, string(m.State), micros(m.DueAt), m.Attempts, m.Reason, m.GatewayID, nullMicros(m.SentAt))
	return err
}

// Answered takes the mark "needs a person" off an inbound message.
func (tx *Tx) Answered(shopID, messageID string) (err error) {
	defer fault.Wrap(&err, "store: answered %s", messageID)
	_, err = tx.exec(`UPDATE messages SET needs_person = FALSE WHERE shop_id = $1 AND id = $2 AND needs_person = TRUE`, shopID, messageID)
	return err
}

// pendingMessages is the condition of the partial indexes of messages that have to be looked at.
const pendingMessages = `state IN ('waiting', 'sending')`

// SendShops returns shops with due messages, longest due first.
func (tx *Tx) SendShops(now time.Time, limit int) (_ []string, err error) {
	defer fault.Wrap(&err, "store: shops with due messages")
	return tx.dueShops("messages", pendingMessages, []string{"lane = 0", "lane = 1"}, now, limit)
}

// NextSend returns when the first waiting message is due.
func (tx *Tx) NextSend() (_ time.Time, err error) {
	defer fault.Wrap(&err, "store: next message")
	return tx.firstDue("messages", pendingMessages)
}

// RecentReplies returns ordinary inbound texts of a number after a moment, newest first.
func (tx *Tx) RecentReplies(shopID, phone string, after time.Time, limit int) (_ []texting.Message, err error) {
	defer fault.Wrap(&err, "store: recent replies in %s", shopID)
	return all(tx, scanMessage, recentRepliesQuery(tx.d), shopID, phone, micros(after), limit)
}

func recentRepliesQuery(d dialect) string {
	return `SELECT ` + messageColumns + ` FROM messages
		WHERE ` + d.unindexed("shop_id") + ` = $1 AND phone = $2 AND phone <> '' AND direction = 'in' AND kind = 'reply' AND created_at > $3
		ORDER BY created_at DESC, id DESC LIMIT $4`
}
