package store

import (
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

const byPerson = `(meant <> '' AND meaning IN ('unknown', 'person'))`

// CountReadings counts what became of a shop's replies from since to before until. See bridge.Tx.
func (tx *Tx) CountReadings(shopID string, since, until time.Time) (_ bridge.Readings, err error) {
	defer fault.Wrap(&err, "store: count readings of %s", shopID)
	return one(tx, func(s scanner) (r bridge.Readings, err error) {
		err = s.Scan(&r.Understood, &r.Asked, &r.Person, &r.Corrected)
		return r, err
	}, "", `SELECT `+readingColumns+` FROM replies WHERE shop_id = $1 AND received_at >= $2 AND received_at < $3`,
		shopID, micros(since), micros(until))
}

// readingColumns counts replies by what became of them before a person said what they meant. Each is counted once, but
// for those a person corrected. What was corrected while nothing was understood had been left to a person.
const readingColumns = `count(CASE WHEN state = 'done' AND certainty <> 'likely' AND NOT ` + byPerson + ` THEN 1 END),
	count(CASE WHEN state = 'done' AND certainty = 'likely' THEN 1 END),
	count(CASE WHEN state = 'person' OR state = 'done' AND ` + byPerson + ` THEN 1 END),
	count(CASE WHEN meant <> '' THEN 1 END)`

// HardWordings returns the wordings that were asked about, left to a person or corrected, commonest first. See bridge.Tx.
func (tx *Tx) HardWordings(shopID string, since, until time.Time, limit int) (_ []bridge.HardWording, err error) {
	defer fault.Wrap(&err, "store: hard wordings of %s", shopID)
	return all(tx, func(s scanner) (w bridge.HardWording, err error) {
		var last int64
		err = s.Scan(&w.Wording, &w.Understood, &w.Asked, &w.Person, &w.Corrected, &w.Meant, &last)
		w.Last = moment(last)
		return w, err
	}, hardWordingsQuery, shopID, micros(since), micros(until), limit)
}

const hardWordingsQuery = `SELECT wording, ` + readingColumns + `, max(meant), max(received_at) FROM replies
	WHERE shop_id = $1 AND received_at >= $2 AND received_at < $3 AND wording <> '' AND (state = 'person' OR certainty = 'likely' OR meant <> '')
	GROUP BY wording ORDER BY count(*) DESC, max(received_at) DESC, wording LIMIT $4`

// RepliesWait reports whether a reply of a day is not finished. See bridge.Tx.
func (tx *Tx) RepliesWait(shopID string, since, until time.Time) (_ bool, err error) {
	defer fault.Wrap(&err, "store: waiting replies of %s", shopID)
	n, err := one(tx, number, "", upTo(1, `SELECT 1 FROM replies
		WHERE shop_id = $1 AND received_at >= $2 AND received_at < $3 AND state IN ('new', 'working')`), shopID, micros(since), micros(until))
	return n > 0, err
}

// KeptReadings returns what was kept of a shop's days. See bridge.Tx.
func (tx *Tx) KeptReadings(shopID string, from, to time.Time) (_ []bridge.ReadDay, err error) {
	defer fault.Wrap(&err, "store: kept readings of %s", shopID)
	return keptDays[bridge.ReadDay](tx, shopID, keptReadings, from, to, func(d *bridge.ReadDay, begins, ends time.Time) any {
		d.From, d.To = begins, ends
		return &d.Readings
	})
}

// KeepReadings keeps what was counted of a day. See bridge.Tx.
func (tx *Tx) KeepReadings(shopID string, d bridge.ReadDay) (err error) {
	defer fault.Wrap(&err, "store: keep readings of %s", shopID)
	return tx.keepDay(shopID, keptReadings, d.From, d.To, d.Readings)
}

// ForgetReadings forgets what was kept of the day of a moment. See bridge.Tx.
func (tx *Tx) ForgetReadings(shopID string, at time.Time) (err error) {
	defer fault.Wrap(&err, "store: forget readings of %s", shopID)
	_, err = tx.exec(`DELETE FROM kept_days WHERE shop_id = $1 AND what = $2 AND begins <= $3 AND ends > $3`, shopID, keptReadings, micros(at))
	return err
}
