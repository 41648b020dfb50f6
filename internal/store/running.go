package store

import (
	"time"

	"rejoinder/internal/fault"
)

// What the running program as a whole keeps and counts, over all shops.

// ClockOffset returns how far the movable clock of the demo is ahead of the real one.
func (tx *Tx) ClockOffset() (_ time.Duration, err error) {
	defer fault.Wrap(&err, "store: clock")
	us, err := all(tx, number, `SELECT offset_us FROM clock WHERE id = 1`)
	if err != nil || len(us) == 0 {
		return 0, err
	}
	return time.Duration(us[0]) * time.Microsecond, nil
}

// SaveClockOffset keeps how far the movable clock is ahead, so that a restart goes on where it stood.
func (tx *Tx) SaveClockOffset(d time.Duration) (err error) {
	defer fault.Wrap(&err, "store: save clock")
	_, err = tx.exec(`INSERT INTO clock (id, offset_us) VALUES (1, $1)
		ON CONFLICT (id) DO UPDATE SET offset_us = excluded.offset_us`, d.Microseconds())
	return err
}

// Depth is how much of one kind of work lies in rows.
type Depth struct {
	Kind    string
	Waiting int64 // all of them, counted up to 100,000
	Due     int64 // those whose moment has come, counted up to 100,000
}

// queues are the tables whose rows are work: the kind, and the rows that are not done, with the column of
// their moment. Each has a partial index for exactly these rows.
var queues = []struct{ kind, from, due string }{
	{"notice", "subscriptions WHERE notify_at IS NOT NULL", "notify_at"},
	{"deliver", "deliveries WHERE state = 'queued'", "due_at"},
	{"reply", "replies WHERE state IN ('new', 'working')", "due_at"},
	{"webhook", "outgoing WHERE state = 'queued'", "due_at"},
	{"event", "events WHERE state = 'new'", "due_at"},
	{"send", "messages WHERE state IN ('waiting', 'sending')", "due_at"},
	{"hook", "webhook_deliveries WHERE state = 'queued'", "due_at"},
}

// Depths counts the work that lies in rows, over all shops.
func (tx *Tx) Depths() (_ []Depth, err error) {
	defer fault.Wrap(&err, "store: queue depths")
	out := make([]Depth, len(queues))
	for i, q := range queues {
		out[i].Kind = q.kind
		count := `SELECT count(*) FROM (SELECT 1 FROM ` + q.from
		if out[i].Waiting, err = one(tx, number, "", count+` LIMIT 100000) AS counted`); err != nil {
			return nil, err
		}
		if out[i].Due, err = one(tx, number, "", count+` AND `+q.due+` <= $1 LIMIT 100000) AS counted`, micros(tx.now)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// KnowsKey reports whether a private key of the given hash was ever made here, revoked or not.
func (tx *Tx) KnowsKey(hash string) (_ bool, err error) {
	defer fault.Wrap(&err, "store: look for a key")
	n, err := one(tx, number, "", `SELECT count(*) FROM key_pairs WHERE private_hash = $1`, hash)
	return n > 0, err
}

// Answered is how long one reply waited for its answer.
type Answered struct {
	At   time.Time // when Postscript took the answer
	Took time.Duration
}

// AnsweredAfter returns the replies answered after a moment, over all shops, oldest first, at most limit.
func (tx *Tx) AnsweredAfter(after time.Time, limit int) (_ []Answered, err error) {
	defer fault.Wrap(&err, "store: answered replies")
	return all(tx, func(s scanner) (a Answered, err error) {
		var received, finished int64
		err = s.Scan(&received, &finished)
		a.At, a.Took = moment(finished), time.Duration(finished-received)*time.Microsecond
		return a, err
	}, `SELECT r.received_at, d.finished_at FROM deliveries d JOIN replies r ON r.id = d.reply_id
		WHERE d.reply_id <> '' AND d.finished_at > $1 AND d.state = 'sent' ORDER BY d.finished_at LIMIT $2`, micros(after), limit)
}
