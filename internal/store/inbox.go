package store

import (
	"math"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// Responses returns inbound texts, newest first.
func (tx *Tx) Responses(shopID string, q texting.ResponseQuery, asked time.Time) (_ []texting.Response, err error) {
	defer fault.Wrap(&err, "store: responses of %s", shopID)
	where, args := `m.shop_id = $1 AND m.direction = 'in'`, []any{shopID, q.Limit}
	if q.Before != "" {
		args = append(args, q.Before)
		where += beforeRow("messages", "m.created_at", "m.id", last(args))
	}
	switch q.Only {
	case texting.OnlyUnread:
		where += ` AND m.read_at IS NULL`
	case texting.OnlyPerson:
		args = append(args, micros(asked))
		where += ` AND m.needs_person = TRUE AND m.created_at <= ` + last(args)
	}
	columns := "m." + strings.ReplaceAll(messageColumns, ", ", ", m.")
	columns = strings.ReplaceAll(columns, ",\n\t", ",\n\tm.")
	return all(tx, func(s scanner) (r texting.Response, err error) {
		r.Message, err = scanMessage(also{s, []any{&r.FirstName, &r.LastName, &r.Status}})
		return r, err
	}, `SELECT `+columns+`, COALESCE(s.first_name, ''), COALESCE(s.last_name, ''), COALESCE(s.status, '')
		FROM messages m LEFT JOIN subscribers s ON s.id = m.subscriber_id AND s.shop_id = m.shop_id
		WHERE `+where+` ORDER BY m.created_at DESC, m.id DESC LIMIT $2`, args...)
}

// last names the placeholder of the last argument.
func last(args []any) string { return placeholders(len(args), 1) }

// also scans further columns behind those a scan function knows.
type also struct {
	scanner
	more []any
}

func (a also) Scan(dest ...any) error { return a.scanner.Scan(append(dest, a.more...)...) }

// InboxCounts returns how many inbound texts nobody has read, and how many need a person.
func (tx *Tx) InboxCounts(shopID string, asked time.Time) (n texting.InboxCounts, err error) {
	defer fault.Wrap(&err, "store: inbox of %s", shopID)
	unread, err := one(tx, number, "", countUnreadQuery, shopID)
	if err != nil {
		return n, err
	}
	person, err := one(tx, number, "", countPersonQuery, shopID, micros(asked))
	return texting.InboxCounts{Unread: int(unread), Person: int(person)}, err
}

var (
	countUnreadQuery = upTo(texting.MostCounted, `SELECT 1 FROM messages WHERE shop_id = $1 AND direction = 'in' AND read_at IS NULL`)
	countPersonQuery = upTo(texting.MostCounted, `SELECT 1 FROM messages WHERE shop_id = $1 AND needs_person = TRUE AND created_at <= $2`)
)

// Thread returns the last messages of a subscriber, or of a number, before a moment, oldest first.
func (tx *Tx) Thread(shopID, subscriberID, phone string, before time.Time, limit int) (_ []texting.Message, err error) {
	defer fault.Wrap(&err, "store: thread of %s", subscriberID)
	whose := subscriberID
	if subscriberID == "" {
		whose = phone
	}
	until := int64(math.MaxInt64)
	if !before.IsZero() {
		until = micros(before)
	}
	list, err := all(tx, scanMessage, threadQuery(tx.d, subscriberID == ""), shopID, whose, until, limit)
	slices.Reverse(list)
	return list, err
}

func threadQuery(d dialect, byPhone bool) string {
	who := d.unindexed("shop_id") + ` = $1 AND subscriber_id = $2 AND subscriber_id <> ''`
	if byPhone {
		who = `shop_id = $1 AND phone = $2 AND phone <> ''`
	}
	return `SELECT ` + messageColumns + ` FROM messages WHERE ` + who + ` AND created_at < $3 AND kind <> 'test'
		ORDER BY created_at DESC, id DESC LIMIT $4`
}

// MarkRead records that a person has seen inbound texts of a number up to a moment.
func (tx *Tx) MarkRead(shopID, phone string, upTo time.Time) (err error) {
	defer fault.Wrap(&err, "store: mark as read in %s", shopID)
	_, err = tx.exec(markReadQuery(tx.d), shopID, phone, micros(upTo), micros(tx.now))
	return err
}

func markReadQuery(d dialect) string {
	return `UPDATE messages SET read_at = $4
		WHERE ` + d.unindexed("shop_id") + ` = $1 AND phone = $2 AND direction = 'in' AND created_at <= $3 AND read_at IS NULL`
}

// MarkPerson puts the mark "needs a person" on an inbound text or takes it off.
func (tx *Tx) MarkPerson(shopID, messageID string, needs bool) (err error) {
	defer fault.Wrap(&err, "store: mark %s", messageID)
	_, err = tx.exec(`UPDATE messages SET needs_person = $3 WHERE shop_id = $1 AND id = $2 AND direction = 'in'`, shopID, messageID, needs)
	return err
}
