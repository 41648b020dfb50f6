package store

import (
	"database/sql"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const messageColumns = `id, shop_id, subscriber_id, phone, direction, kind, automation_id, event_id, step, trigger_name,
	body, segments, category, reply_to, state, held, due_at, attempts, reason, gateway_id, read_at, needs_person, note, created_at, sent_at`

func scanMessage(s scanner) (m texting.Message, err error) {
	var due, created int64
	var read, sent sql.NullInt64
	err = s.Scan(&m.ID, &m.ShopID, &m.SubscriberID, &m.Phone, &m.Direction, &m.Kind, &m.AutomationID, &m.EventID, &m.Step, &m.Trigger,
		&m.Body, &m.Segments, &m.Category, &m.ReplyTo, &m.State, &m.Held, &due, &m.Attempts, &m.Reason, &m.GatewayID, &read, &m.NeedsPerson,
		&m.Note, &created, &sent)
	m.DueAt, m.ReadAt, m.CreatedAt, m.SentAt = moment(due), moment(read.Int64), moment(created), moment(sent.Int64)
	return m, err
}

// AddMessage adds a message unless a unique index knows it already.
func (tx *Tx) AddMessage(m texting.Message) (_ bool, err error) {
	defer fault.Wrap(&err, "store: add message %s", m.ID)
	n, err := tx.exec(`INSERT INTO messages (`+messageColumns+`)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25) ON CONFLICT DO NOTHING`,
		m.ID, m.ShopID, m.SubscriberID, m.Phone, m.Direction, string(m.Kind), m.AutomationID, m.EventID, m.Step, m.Trigger,
		m.Body, m.Segments, m.Category, m.ReplyTo, string(m.State), m.Held, micros(m.DueAt), m.Attempts, m.Reason, m.GatewayID,
		nullMicros(m.ReadAt), m.NeedsPerson, m.Note, micros(m.CreatedAt), nullMicros(m.SentAt))
	return n == 1, err
}

// Message returns one message of a shop.
func (tx *Tx) Message(shopID, id string) (_ texting.Message, err error) {
	defer fault.Wrap(&err, "store: message %s", id)
	return one(tx, scanMessage, "There is no such message in this shop.",
		`SELECT `+messageColumns+` FROM messages WHERE shop_id = $1 AND id = $2`, shopID, id)
}
