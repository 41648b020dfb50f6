package store

import (
	"database/sql"
	"fmt"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

const connectionColumns = `shop_id, builtin, private_key, key_mask, token_hash, ps_shop_id, ps_shop_name, signing_token, hook_secret,
	triggers, webhooks, state, problem, confirmed_at, last_sent_at, last_reply_at`

func scanConnection(s scanner) (c bridge.Connection, err error) {
	var triggers, webhooks string
	var confirmed int64
	var sent, replied sql.NullInt64
	err = s.Scan(&c.ShopID, &c.Builtin, &c.Key, &c.KeyMask, &c.TokenHash, &c.PSShopID, &c.PSShopName, &c.SigningToken, &c.HookSecret,
		&triggers, &webhooks, &c.State, &c.Problem, &confirmed, &sent, &replied)
	if err != nil {
		return c, err
	}
	c.ConfirmedAt, c.LastSentAt, c.LastReplyAt = moment(confirmed), moment(sent.Int64), moment(replied.Int64)
	if err := fromJSON(triggers, &c.Triggers); err != nil {
		return c, err
	}
	return c, fromJSON(webhooks, &c.Webhooks)
}

// Connection returns a shop's Postscript account.
func (tx *Tx) Connection(shopID string) (_ bridge.Connection, err error) {
	defer fault.Wrap(&err, "store: connection of %s", shopID)
	return one(tx, scanConnection, "Postscript is not connected.", `SELECT `+connectionColumns+` FROM connections WHERE shop_id = $1`, shopID)
}

// HoldConnection is Connection that makes others who hold it wait. See bridge.Tx.
func (tx *Tx) HoldConnection(shopID string) (bridge.Connection, error) {
	if err := tx.takeTurns("connection/" + shopID); err != nil {
		return bridge.Connection{}, fmt.Errorf("store: hold connection of %s: %w", shopID, err)
	}
	return tx.Connection(shopID)
}

// SaveConnection creates or replaces a shop's Postscript account.
func (tx *Tx) SaveConnection(c bridge.Connection) (err error) {
	defer fault.Wrap(&err, "store: save connection of %s", c.ShopID)
	triggers, err := toJSON(c.Triggers)
	if err != nil {
		return err
	}
	webhooks, err := toJSON(c.Webhooks)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO connections (`+connectionColumns+`) VALUES (`+placeholders(1, 16)+`)
		ON CONFLICT (shop_id) DO UPDATE SET builtin = excluded.builtin, private_key = excluded.private_key, key_mask = excluded.key_mask,
		token_hash = excluded.token_hash, ps_shop_id = excluded.ps_shop_id, ps_shop_name = excluded.ps_shop_name,
		signing_token = excluded.signing_token, hook_secret = excluded.hook_secret, triggers = excluded.triggers, webhooks = excluded.webhooks,
		state = excluded.state, problem = excluded.problem, confirmed_at = excluded.confirmed_at`,
		c.ShopID, c.Builtin, c.Key, c.KeyMask, c.TokenHash, c.PSShopID, c.PSShopName, c.SigningToken, c.HookSecret,
		triggers, webhooks, string(c.State), c.Problem, micros(c.ConfirmedAt), nullMicros(c.LastSentAt), nullMicros(c.LastReplyAt))
	return err
}

// DeleteConnection forgets a shop's Postscript account.
func (tx *Tx) DeleteConnection(shopID string) (err error) {
	defer fault.Wrap(&err, "store: delete connection of %s", shopID)
	_, err = tx.exec(`DELETE FROM connections WHERE shop_id = $1`, shopID)
	return err
}

// ForgetSubscriber drops the Postscript id kept of one customer.
func (tx *Tx) ForgetSubscriber(shopID, customerID string) (err error) {
	defer fault.Wrap(&err, "store: forget subscriber of %s", customerID)
	_, err = tx.exec(`UPDATE customers SET ps_subscriber = '' WHERE shop_id = $1 AND id = $2`, shopID, customerID)
	return err
}

// ForgetSubscribers drops the Postscript ids of all customers of a shop, and what was known of who is not one. Their rows
// are taken in the order of everybody who takes several.
func (tx *Tx) ForgetSubscribers(shopID string) (err error) {
	defer fault.Wrap(&err, "store: forget subscribers of %s", shopID)
	_, err = tx.exec(`UPDATE customers SET ps_subscriber = '', texts = CASE WHEN texts = 'not_subscriber' THEN '' ELSE texts END
		WHERE id IN (SELECT id FROM customers WHERE shop_id = $1 AND (ps_subscriber <> '' OR texts = 'not_subscriber') ORDER BY id`+tx.d.forUpdate()+`)`, shopID)
	return err
}
