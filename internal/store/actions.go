package store

import (
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

const actionColumns = `id, shop_id, customer_id, dedupe_key, command, actor, order_date, new_date, before, after, moves, state, reason, created_at`

func scanAction(s scanner) (a bridge.Action, err error) {
	var order, next, before, after, moves string
	var at int64
	if err := s.Scan(&a.ID, &a.ShopID, &a.CustomerID, &a.Key, &a.Command, &a.Actor, &order, &next, &before, &after, &moves,
		&a.State, &a.Reason, &at); err != nil {
		return a, err
	}
	a.CreatedAt = moment(at)
	if err := a.OrderDate.UnmarshalText([]byte(order)); err != nil {
		return a, err
	}
	if err := a.NewDate.UnmarshalText([]byte(next)); err != nil {
		return a, err
	}
	if err := fromJSON(before, &a.Before); err != nil {
		return a, err
	}
	if err := fromJSON(after, &a.After); err != nil {
		return a, err
	}
	return a, fromJSON(moves, &a.Moves)
}

// AddAction stores an action unless the shop has one of that key.
func (tx *Tx) AddAction(a bridge.Action) (_ bool, err error) {
	defer fault.Wrap(&err, "store: add action %s", a.ID)
	before, err := toJSON(a.Before)
	if err != nil {
		return false, err
	}
	after, err := toJSON(a.After)
	if err != nil {
		return false, err
	}
	moves, err := toJSON(a.Moves)
	if err != nil {
		return false, err
	}
	n, err := tx.exec(`INSERT INTO actions (`+actionColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)
		ON CONFLICT (shop_id, dedupe_key) DO NOTHING`,
		a.ID, a.ShopID, a.CustomerID, a.Key, string(a.Command), string(a.Actor), a.OrderDate.String(), a.NewDate.String(),
		before, after, moves, string(a.State), a.Reason, micros(a.CreatedAt))
	return n > 0, err
}

// ActionByKey returns the action of a key.
func (tx *Tx) ActionByKey(shopID, key string) (_ bridge.Action, err error) {
	defer fault.Wrap(&err, "store: action by key in %s", shopID)
	return one(tx, scanAction, "There is no such action.", `SELECT `+actionColumns+` FROM actions WHERE shop_id = $1 AND dedupe_key = $2`, shopID, key)
}

// CustomerActions returns what the customer themself has had done or undone since a moment, newest first.
func (tx *Tx) CustomerActions(shopID, customerID string, since time.Time, limit int) (_ []bridge.Action, err error) {
	defer fault.Wrap(&err, "store: actions of %s", customerID)
	return all(tx, scanAction, `SELECT `+actionColumns+` FROM actions
		WHERE shop_id = $1 AND customer_id = $2 AND actor = 'customer' AND state IN ('done', 'undone') AND created_at >= $3
		ORDER BY created_at DESC, id DESC LIMIT $4`, shopID, customerID, micros(since), limit)
}

// SetActionState says what has become of an action.
func (tx *Tx) SetActionState(shopID, id string, state bridge.ActionState) (err error) {
	defer fault.Wrap(&err, "store: state of action %s", id)
	_, err = tx.exec(`UPDATE actions SET state = $3 WHERE shop_id = $1 AND id = $2`, shopID, id, string(state))
	return err
}

// ShopOfCustomer returns the shop a customer belongs to. It is the one query without a shop: an account link
// names its customer only, and carries its own proof.
func (tx *Tx) ShopOfCustomer(customerID string) (_ string, err error) {
	defer fault.Wrap(&err, "store: shop of %s", customerID)
	return one(tx, text, "There is no such customer.", `SELECT shop_id FROM customers WHERE id = $1`, customerID)
}

// FreshLinks returns how many fresh links the customer has been texted since a moment, and when the newest was.
func (tx *Tx) FreshLinks(shopID, customerID string, since time.Time) (n int, last time.Time, err error) {
	defer fault.Wrap(&err, "store: fresh links of %s", customerID)
	at, err := all(tx, number, `SELECT created_at FROM deliveries
		WHERE shop_id = $1 AND customer_id = $2 AND dedupe_key LIKE 'ReplyAnswered/link/%' AND created_at >= $3
		ORDER BY created_at DESC LIMIT 100`, shopID, customerID, micros(since))
	if err != nil || len(at) == 0 {
		return 0, time.Time{}, err
	}
	return len(at), moment(at[0]), nil
}
