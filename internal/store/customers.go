package store

import (
	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

const customerColumns = `id, external_id, first_name, last_name, email, phone, zone, state,
	pay_brand, pay_last4, pay_fingerprint, ps_subscriber, texts, texts_at`

func scanCustomer(s scanner) (c bridge.Customer, err error) {
	var at int64
	err = s.Scan(&c.ID, &c.ExternalID, &c.FirstName, &c.LastName, &c.Email, &c.Phone, &c.Zone, &c.State,
		&c.Payment.Brand, &c.Payment.Last4, &c.Payment.Fingerprint, &c.Subscriber, &c.Texts, &at)
	c.TextsAt = moment(at)
	return c, err
}

// Customer returns one customer of a shop.
func (tx *Tx) Customer(shopID, id string) (_ bridge.Customer, err error) {
	defer fault.Wrap(&err, "store: customer %s", id)
	return one(tx, scanCustomer, "There is no such customer in this shop.",
		`SELECT `+customerColumns+` FROM customers WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// CustomerByPhone returns the customer of an E.164 number at a shop.
func (tx *Tx) CustomerByPhone(shopID string, phone subscription.Phone) (_ bridge.Customer, err error) {
	defer fault.Wrap(&err, "store: customer by phone in %s", shopID)
	return one(tx, scanCustomer, "No customer of this shop has that number.",
		`SELECT `+customerColumns+` FROM customers WHERE shop_id = $1 AND phone = $2 AND phone <> ''`, shopID, phone)
}

// SetTexts keeps what Postscript told us about texting a customer; subscriber "" leaves the id as it is.
func (tx *Tx) SetTexts(shopID, id string, t bridge.Texts, subscriber string) (err error) {
	defer fault.Wrap(&err, "store: texts of %s", id)
	_, err = tx.exec(`UPDATE customers SET texts = $3, texts_at = $5, ps_subscriber = CASE WHEN $4 = '' THEN ps_subscriber ELSE $4 END, updated_at = $5
		WHERE shop_id = $1 AND id = $2`, shopID, id, string(t), subscriber, micros(tx.now))
	return err
}

// Account is written by the book's owner.
func (tx *Tx) Account(shopID, customerID string) (subscription.Account, error) { panic("later") }

// SaveAccount is written by the book's owner.
func (tx *Tx) SaveAccount(shopID string, a subscription.Account, plans map[string]bridge.Plan) error {
	panic("later")
}
