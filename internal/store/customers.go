package store

import (
	"strings"

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

// HoldCustomer locks a customer's row unless somebody else has locked it. See bridge.Tx.
func (tx *Tx) HoldCustomer(shopID, id string) (_ bool, err error) {
	defer fault.Wrap(&err, "store: hold customer %s", id)
	_, err = one(tx, text, "", `SELECT id FROM customers WHERE shop_id = $1 AND id = $2`+tx.d.skipLocked(), shopID, id)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// CustomerByPhone returns the customer of an E.164 number at a shop.
func (tx *Tx) CustomerByPhone(shopID string, phone subscription.Phone) (_ bridge.Customer, err error) {
	defer fault.Wrap(&err, "store: customer by phone in %s", shopID)
	return one(tx, scanCustomer, "No customer of this shop has that number.",
		`SELECT `+customerColumns+` FROM customers WHERE shop_id = $1 AND phone = $2 AND phone <> ''`, shopID, phone)
}

// Customers returns the shop's customers with ids below before ("": from the newest on), newest first, whose
// name, email, phone or external id contains query in any case ("": all of them).
//
// A query reads customers until it has found enough, if need be all of the shop. People look with FindCustomers.
func (tx *Tx) Customers(shopID, query, before string, limit int) (_ []bridge.Customer, err error) {
	defer fault.Wrap(&err, "store: customers of %s", shopID)
	sql, args := customersQuery(shopID, query, before, limit)
	return all(tx, scanCustomer, sql, args...)
}

// customersQuery names only what is asked for, so that the index of the shop gives the rows in order.
func customersQuery(shopID, query, before string, limit int) (sql string, args []any) {
	sql, args = `SELECT `+customerColumns+` FROM customers WHERE shop_id = $1`, []any{shopID, limit}
	if before != "" {
		args = append(args, before)
		sql += ` AND id < ` + last(args)
	}
	if query = searched(query); query != "" {
		args = append(args, "%"+likeSafe(query)+"%")
		sql += ` AND search LIKE ` + last(args) + ` ESCAPE '\'`
	}
	return sql + ` ORDER BY id DESC LIMIT $2`, args
}

// searched folds a query as search is folded. A phone number loses the punctuation people put into it.
func searched(query string) string {
	query = strings.ToLower(strings.Join(strings.Fields(query), " "))
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("+-() ./", r) {
			return -1
		}
		return r
	}, query)
	if len(digits) >= 3 && strings.Trim(digits, "0123456789") == "" {
		return digits
	}
	return query
}

// search is what a customer is found by.
func search(c subscription.Customer) string {
	name := strings.TrimSpace(c.FirstName + " " + c.LastName)
	return strings.ToLower(strings.Join([]string{name, c.Email, string(c.Phone), c.ExternalID}, "\n"))
}

// SetTexts keeps what Postscript told us about texting a customer; subscriber "" leaves the id as it is.
func (tx *Tx) SetTexts(shopID, id string, t bridge.Texts, subscriber string) (err error) {
	defer fault.Wrap(&err, "store: texts of %s", id)
	_, err = tx.exec(`UPDATE customers SET texts = $3, texts_at = $5, ps_subscriber = CASE WHEN $4 = '' THEN ps_subscriber ELSE $4 END, updated_at = $5
		WHERE shop_id = $1 AND id = $2`, shopID, id, string(t), subscriber, micros(tx.now))
	return err
}

// LearnTexts is SetTexts for what Postscript was asked about a customer. See bridge.Tx.
func (tx *Tx) LearnTexts(shopID string, asked bridge.Customer, t bridge.Texts, subscriber string) (err error) {
	defer fault.Wrap(&err, "store: learn texts of %s", asked.ID)
	_, err = tx.exec(`UPDATE customers SET ps_subscriber = CASE WHEN $4 = '' THEN ps_subscriber ELSE $4 END,
			texts = CASE WHEN texts = 'opted_out' THEN texts ELSE $3 END,
			texts_at = CASE WHEN texts = 'opted_out' THEN texts_at ELSE $5 END, updated_at = $5
		WHERE shop_id = $1 AND id = $2 AND phone = $6 AND email = $7`,
		shopID, asked.ID, string(t), subscriber, micros(tx.now), asked.Phone, asked.Email)
	return err
}

// The lists of the next three are joined with CROSS JOIN, which for SQLite means in this order: it would rather read
// all of the shop for each element of the list.

// CustomerIDs returns the ids of the shop's customers that have one of the given external ids, by external id.
func (tx *Tx) CustomerIDs(shopID string, externalIDs []string) (_ map[string]string, err error) {
	defer fault.Wrap(&err, "store: customers by external id in %s", shopID)
	return tx.pairs(`SELECT c.external_id, c.id FROM `+tx.d.eachText("$2")+`
		CROSS JOIN customers c WHERE c.shop_id = $1 AND c.external_id = v.value AND c.external_id <> ''`, shopID, externalIDs)
}

// PhoneOwners returns the external ids of the shop's customers that have one of the given numbers, by number.
func (tx *Tx) PhoneOwners(shopID string, phones []string) (_ map[string]string, err error) {
	defer fault.Wrap(&err, "store: owners of phones in %s", shopID)
	return tx.pairs(`SELECT c.phone, c.external_id FROM `+tx.d.eachText("$2")+`
		CROSS JOIN customers c WHERE c.shop_id = $1 AND c.phone = v.value AND c.phone <> ''`, shopID, phones)
}

// SubscriptionRefs returns whose the shop's subscriptions of the given external ids are and where they stand.
func (tx *Tx) SubscriptionRefs(shopID string, externalIDs []string) (_ map[string]bridge.SubscriptionRef, err error) {
	defer fault.Wrap(&err, "store: subscriptions by external id in %s", shopID)
	given, err := toJSON(externalIDs)
	if err != nil {
		return nil, err
	}
	out := map[string]bridge.SubscriptionRef{}
	_, err = all(tx, func(s scanner) (struct{}, error) {
		var id string
		var ref bridge.SubscriptionRef
		err := s.Scan(&id, &ref.CustomerExternalID, &ref.Status)
		out[id] = ref
		return struct{}{}, err
	}, `SELECT s.external_id, c.external_id, s.status FROM `+tx.d.eachText("$2")+`
		CROSS JOIN subscriptions s JOIN customers c ON c.id = s.customer_id
		WHERE s.shop_id = $1 AND s.external_id = v.value AND s.external_id <> ''`, shopID, given)
	return out, err
}

// pairs runs a query for two strings a row, given the shop and a list.
func (tx *Tx) pairs(query, shopID string, list []string) (map[string]string, error) {
	given, err := toJSON(list)
	if err != nil {
		return nil, err
	}
	rows, err := all(tx, func(s scanner) (p [2]string, err error) {
		err = s.Scan(&p[0], &p[1])
		return p, err
	}, query, shopID, given)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rows))
	for _, p := range rows {
		out[p[0]] = p[1]
	}
	return out, nil
}
