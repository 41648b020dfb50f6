package store

import (
	"slices"
	"time"

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

const eventColumns = `id, shop_id, engine, trigger_id, sender, subscriber_id, phone, email, external_id, properties, state, due_at,
	outcome, occurred_at, received_at`

func scanEvent(s scanner) (e texting.Event, err error) {
	var properties string
	var due, occurred, received int64
	if err := s.Scan(&e.ID, &e.ShopID, &e.Engine, &e.TriggerID, &e.Sender, &e.SubscriberID, &e.Phone, &e.Email, &e.ExternalID, &properties,
		&e.State, &due, &e.Outcome, &occurred, &received); err != nil {
		return e, err
	}
	e.DueAt, e.OccurredAt, e.ReceivedAt = moment(due), moment(occurred), moment(received)
	return e, fromJSON(properties, &e.Properties)
}

// DueEvents claims events that nobody has looked at, in the order they came. Those another process has claimed
// are passed over.
func (tx *Tx) DueEvents(shopID string, limit int) (_ []texting.Event, err error) {
	defer fault.Wrap(&err, "store: due events of %s", shopID)
	return all(tx, scanEvent, `SELECT `+eventColumns+` FROM events
		WHERE shop_id = $1 AND state = 'new' AND due_at <= $2 ORDER BY due_at, id LIMIT $3`+tx.d.skipLocked(),
		shopID, micros(tx.now), limit)
}

// FinishEvent records whom an event was about and what came of it.
func (tx *Tx) FinishEvent(shopID, id, subscriberID, outcome string) (err error) {
	defer fault.Wrap(&err, "store: finish event %s", id)
	_, err = tx.exec(`UPDATE events SET state = 'done', outcome = $4, subscriber_id = CASE WHEN $3 = '' THEN subscriber_id ELSE $3 END
		WHERE shop_id = $1 AND id = $2`, shopID, id, subscriberID, outcome)
	return err
}

// Events returns those of the ids that exist, by id.
func (tx *Tx) Events(shopID string, ids []string) (_ map[string]texting.Event, err error) {
	defer fault.Wrap(&err, "store: events of %s", shopID)
	if len(ids) == 0 {
		return nil, nil
	}
	in, err := toJSON(ids)
	if err != nil {
		return nil, err
	}
	list, err := all(tx, scanEvent, eventsQuery(tx.d), shopID, in)
	out := make(map[string]texting.Event, len(list))
	for _, e := range list {
		out[e.ID] = e
	}
	return out, err
}

func eventsQuery(d dialect) string {
	return `SELECT ` + eventColumns + ` FROM events
		WHERE ` + d.unindexed("shop_id") + ` = $1 AND id IN (SELECT v.value FROM ` + d.eachText("$2") + `)`
}

// LastEvent returns the newest event of a trigger about a subscriber.
func (tx *Tx) LastEvent(shopID, engine, triggerID, subscriberID string) (_ texting.Event, err error) {
	defer fault.Wrap(&err, "store: last event about %s", subscriberID)
	return one(tx, scanEvent, "This trigger has not fired for them yet.", `SELECT `+eventColumns+` FROM events
		WHERE subscriber_id = $1 AND subscriber_id <> '' AND shop_id = $2 AND engine = $3 AND trigger_id = $4
		ORDER BY received_at DESC, id DESC LIMIT 1`, subscriberID, shopID, engine, triggerID)
}

// LastTold returns the values of the newest event about a subscriber that said how many subscriptions run.
func (tx *Tx) LastTold(shopID, subscriberID string) (values map[string]string, err error) {
	defer fault.Wrap(&err, "store: last values about %s", subscriberID)
	e, err := one(tx, scanEvent, "Nothing was told.", `SELECT `+eventColumns+` FROM events
		WHERE subscriber_id = $1 AND subscriber_id <> '' AND shop_id = $2 AND properties LIKE '%"`+texting.PropSubscriptions+`"%'
		ORDER BY received_at DESC, id DESC LIMIT 1`, subscriberID, shopID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return e.Properties, err
}

// EventShops returns shops with due events, longest due first.
func (tx *Tx) EventShops(now time.Time, limit int) (_ []string, err error) {
	defer fault.Wrap(&err, "store: shops with due events")
	return tx.dueShops("events", "state = 'new'", []string{"TRUE"}, now, limit)
}

// NextEvent returns when the first event is due that nobody has looked at.
func (tx *Tx) NextEvent() (_ time.Time, err error) {
	defer fault.Wrap(&err, "store: next event")
	return tx.firstDue("events", "state = 'new'")
}
