package store

import (
	"slices"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// AddEvent adds an event unless the shop has one with its external id.
func (tx *Tx) AddEvent(e texting.Event) (_ bool, err error) {
	defer fault.Wrap(&err, "store: add event %s", e.ID)
	properties, err := toJSON(e.Properties)
	if err != nil {
		return false, err
	}
	n, err := tx.exec(`INSERT INTO events (id, shop_id, engine, trigger_id, sender, subscriber_id, phone, email, external_id, properties,
			state, due_at, outcome, occurred_at, received_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) ON CONFLICT (shop_id, external_id) DO NOTHING`,
		e.ID, e.ShopID, e.Engine, e.TriggerID, e.Sender, e.SubscriberID, e.Phone, e.Email, e.ExternalID, properties,
		e.State, micros(e.DueAt), e.Outcome, micros(e.OccurredAt), micros(e.ReceivedAt))
	return n == 1, err
}

func scanEventType(s scanner) (e texting.EventType, err error) {
	var properties string
	var seen int64
	if err := s.Scan(&e.Sender, &e.Type, &properties, &seen); err != nil {
		return e, err
	}
	e.SeenAt = moment(seen)
	return e, fromJSON(properties, &e.Properties)
}

// SeeEventType records that a type of event was sent, and adds names of properties not seen before.
func (tx *Tx) SeeEventType(shopID string, e texting.EventType) (err error) {
	defer fault.Wrap(&err, "store: see event type %s", e.Type)
	have, err := one(tx, scanEventType, "", `SELECT sender, type, properties, seen_at FROM event_types
		WHERE shop_id = $1 AND sender = $2 AND type = $3`, shopID, e.Sender, e.Type)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	names := append(have.Properties, e.Properties...)
	slices.Sort(names)
	names = slices.Compact(names)
	if err == nil && len(names) == len(have.Properties) && e.SeenAt.Sub(have.SeenAt).Hours() < 1 {
		return nil // nothing new: a busy event must not write this row for every person
	}
	properties, err := toJSON(names)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO event_types (shop_id, sender, type, properties, seen_at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (shop_id, sender, type) DO UPDATE SET properties = excluded.properties, seen_at = excluded.seen_at`,
		shopID, e.Sender, e.Type, properties, micros(e.SeenAt))
	return err
}

// EventTypes returns the types of events a shop was sent, by name.
func (tx *Tx) EventTypes(shopID string, limit int) (_ []texting.EventType, err error) {
	defer fault.Wrap(&err, "store: event types of %s", shopID)
	return all(tx, scanEventType, `SELECT sender, type, properties, seen_at FROM event_types
		WHERE shop_id = $1 ORDER BY sender, type LIMIT $2`, shopID, limit)
}
