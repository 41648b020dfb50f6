package store

import (
	"time"
)

// What is kept of days that are over.
const (
	keptMessages = "messages"
	keptReadings = "readings"
)

// keptDays reads what is kept of the days of a shop that lie in a span; into says where a day's numbers go.
func keptDays[T any](tx *Tx, shopID, what string, from, to time.Time, into func(d *T, begins, ends time.Time) any) ([]T, error) {
	return all(tx, func(s scanner) (d T, err error) {
		var begins, ends int64
		var numbers string
		if err := s.Scan(&begins, &ends, &numbers); err != nil {
			return d, err
		}
		return d, fromJSON(numbers, into(&d, moment(begins), moment(ends)))
	}, `SELECT begins, ends, numbers FROM kept_days WHERE shop_id = $1 AND what = $2 AND begins >= $3 AND begins < $4`,
		shopID, what, micros(from), micros(to))
}

// keepDay keeps the numbers of a day unless somebody else has meanwhile.
func (tx *Tx) keepDay(shopID, what string, begins, ends time.Time, numbers any) error {
	text, err := toJSON(numbers)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO kept_days (shop_id, what, begins, ends, numbers) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
		shopID, what, micros(begins), micros(ends), text)
	return err
}
