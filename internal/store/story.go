package store

import (
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// storyAt is the moment at which a message stands in a story: when it went out, ended or was held; before any of
// these, when it came to be.
const storyAt = `CASE WHEN sent_at IS NOT NULL THEN sent_at
	WHEN state IN ('suppressed', 'failed') THEN due_at
	WHEN state = 'waiting' AND hold <> '' THEN planned_at
	ELSE created_at END`

// StoryMessages returns messages to and from somebody before a moment, newest first. See texting.Tx.
func (tx *Tx) StoryMessages(shopID, subscriberID, phone string, before time.Time, limit int) (_ []texting.StoryMessage, err error) {
	defer fault.Wrap(&err, "store: story of %s", subscriberID)
	whose := subscriberID
	if subscriberID == "" {
		whose = phone
	}
	return all(tx, func(s scanner) (m texting.StoryMessage, err error) {
		var at int64
		m.Message, err = scanMessage(also{s, []any{&at}})
		m.At = moment(at)
		return m, err
	}, storyQuery(tx.d, subscriberID == ""), shopID, whose, micros(before), limit)
}

func storyQuery(d dialect, byPhone bool) string {
	who := d.unindexed("shop_id") + ` = $1 AND subscriber_id = $2 AND subscriber_id <> ''`
	if byPhone {
		who = `shop_id = $1 AND phone = $2 AND phone <> ''`
	}
	return `SELECT ` + messageColumns + `, ` + storyAt + ` FROM messages
		WHERE ` + who + ` AND ` + storyAt + ` < $3 AND kind <> 'test' ORDER BY ` + storyAt + ` DESC, id DESC LIMIT $4`
}

// EventsAbout returns a subscriber's events before a moment that were looked at, newest first.
func (tx *Tx) EventsAbout(shopID, subscriberID string, before time.Time, limit int) (_ []texting.Event, err error) {
	defer fault.Wrap(&err, "store: events about %s", subscriberID)
	return all(tx, scanEvent, eventsAboutQuery(tx.d), shopID, subscriberID, micros(before), limit)
}

func eventsAboutQuery(d dialect) string {
	return `SELECT ` + eventColumns + ` FROM events
		WHERE ` + d.unindexed("shop_id") + ` = $1 AND subscriber_id = $2 AND subscriber_id <> '' AND received_at < $3 AND state = 'done'
		ORDER BY received_at DESC, id DESC LIMIT $4`
}
