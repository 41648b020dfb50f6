package store

import (
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

// AddTrace adds one decision to a customer's trace.
func (tx *Tx) AddTrace(t bridge.Trace) (err error) {
	defer fault.Wrap(&err, "store: trace of %s", t.CustomerID)
	_, err = tx.exec(`INSERT INTO trace (id, shop_id, customer_id, at, kind, text, ref) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		t.ID, t.ShopID, t.CustomerID, micros(t.At), t.Kind, t.Text, t.Ref)
	return err
}

// TraceOf returns a customer's trace before a moment, newest first.
func (tx *Tx) TraceOf(shopID, customerID string, before time.Time, limit int) (_ []bridge.Trace, err error) {
	defer fault.Wrap(&err, "store: trace of %s", customerID)
	return all(tx, func(s scanner) (t bridge.Trace, err error) {
		var at int64
		err = s.Scan(&t.ID, &t.ShopID, &t.CustomerID, &at, &t.Kind, &t.Text, &t.Ref)
		t.At = moment(at)
		return t, err
	}, `SELECT id, shop_id, customer_id, at, kind, text, ref FROM trace
		WHERE shop_id = $1 AND customer_id = $2 AND at < $3 ORDER BY at DESC, id DESC LIMIT $4`,
		shopID, customerID, micros(before), limit)
}
