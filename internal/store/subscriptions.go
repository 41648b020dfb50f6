package store

import (
	"database/sql"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

const subscriptionColumns = `id, external_id, items, interval_count, interval_unit, anchor, next_date, status, paused_until, skipped`

func scanSubscription(s scanner) (v subscription.Subscription, err error) {
	var items, next, paused, skipped string
	if err := s.Scan(&v.ID, &v.ExternalID, &items, &v.Interval.Count, &v.Interval.Unit, &v.Anchor, &next, &v.Status, &paused, &skipped); err != nil {
		return v, err
	}
	return v, readSubscription(&v, items, next, paused, skipped)
}

// readSubscription fills in what is kept as text.
func readSubscription(v *subscription.Subscription, items, next, paused, skipped string) error {
	if err := v.Next.UnmarshalText([]byte(next)); err != nil {
		return err
	}
	if err := v.PausedUntil.UnmarshalText([]byte(paused)); err != nil {
		return err
	}
	if err := fromJSON(items, &v.Items); err != nil {
		return err
	}
	if skipped == "[]" {
		return nil
	}
	return fromJSON(skipped, &v.Skipped)
}

// Account returns the whole picture of one customer and keeps it from changing until the transaction ends: every
// change of a customer or of their subscriptions takes the customer's row first. In a read-only transaction
// it is the picture of that moment.
func (tx *Tx) Account(shopID, customerID string) (subscription.Account, error) {
	lock := ""
	if !tx.ro {
		lock = tx.d.forUpdate()
	}
	return tx.account(shopID, customerID, lock)
}

// Look is Account without keeping it from changing.
func (tx *Tx) Look(shopID, customerID string) (subscription.Account, error) {
	return tx.account(shopID, customerID, "")
}

func (tx *Tx) account(shopID, customerID, lock string) (a subscription.Account, err error) {
	defer fault.Wrap(&err, "store: account %s", customerID)
	var bill string
	a.Customer, err = one(tx, func(s scanner) (c subscription.Customer, err error) {
		err = s.Scan(&c.ID, &c.ExternalID, &c.FirstName, &c.LastName, &c.Email, &c.Phone, &c.Zone, &c.State,
			&c.Payment.Brand, &c.Payment.Last4, &c.Payment.Fingerprint, &bill)
		return c, err
	}, "There is no such customer in this shop.",
		`SELECT id, external_id, first_name, last_name, email, phone, zone, state, pay_brand, pay_last4, pay_fingerprint, failed_bill
		FROM customers WHERE shop_id = $1 AND id = $2`+lock, shopID, customerID)
	if err != nil {
		return a, err
	}
	if bill != "" {
		a.Failed = new(subscription.Bill)
		if err := fromJSON(bill, a.Failed); err != nil {
			return a, err
		}
	}
	a.Subscriptions, err = all(tx, scanSubscription, `SELECT `+subscriptionColumns+` FROM subscriptions
		WHERE shop_id = $1 AND customer_id = $2 ORDER BY created_at, id`, shopID, customerID)
	return a, err
}

// SaveAccount creates or replaces a customer and all given subscriptions, each with its plan. A phone or external
// id that another of the shop's customers has is a Conflict that names the field. With a new phone or email
// what we had learned about texting is forgotten: it was about somebody else's number. An opt-out goes with the phone.
func (tx *Tx) SaveAccount(shopID string, a subscription.Account, plans map[string]bridge.Plan) (err error) {
	defer fault.Wrap(&err, "store: save account %s", a.Customer.ID)
	c, bill := a.Customer, ""
	if a.Failed != nil {
		if bill, err = toJSON(a.Failed); err != nil {
			return err
		}
	}
	name, surname := named(c.FirstName, c.LastName)
	n, err := tx.exec(`INSERT INTO customers (id, shop_id, external_id, first_name, last_name, email, phone, zone, state,
			pay_brand, pay_last4, pay_fingerprint, failed_bill, search, created_at, updated_at, find_name, find_last)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$15,$16,$17)
		ON CONFLICT (id) DO UPDATE SET external_id = excluded.external_id, first_name = excluded.first_name,
			last_name = excluded.last_name, email = excluded.email, phone = excluded.phone, zone = excluded.zone,
			state = excluded.state, pay_brand = excluded.pay_brand, pay_last4 = excluded.pay_last4,
			pay_fingerprint = excluded.pay_fingerprint, failed_bill = excluded.failed_bill, search = excluded.search,
			find_name = excluded.find_name, find_last = excluded.find_last,
			ps_subscriber = CASE WHEN customers.phone = excluded.phone AND customers.email = excluded.email THEN customers.ps_subscriber ELSE '' END,
			texts = CASE WHEN customers.phone = excluded.phone AND (customers.email = excluded.email OR customers.texts = 'opted_out') THEN customers.texts ELSE '' END,
			updated_at = excluded.updated_at
		WHERE customers.shop_id = excluded.shop_id`,
		c.ID, shopID, c.ExternalID, c.FirstName, c.LastName, c.Email, c.Phone, c.Zone, c.State,
		c.Payment.Brand, c.Payment.Last4, c.Payment.Fingerprint, bill, search(c), micros(tx.now), name, surname)
	if err != nil {
		return tx.alreadyTaken(err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, "There is no such customer in this shop.")
	}
	for _, s := range a.Subscriptions {
		if err := tx.saveSubscription(shopID, c.ID, s, plans[s.ID]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) saveSubscription(shopID, customerID string, s subscription.Subscription, p bridge.Plan) error {
	items, err := toJSON(s.Items)
	if err != nil {
		return err
	}
	skipped := "[]"
	if len(s.Skipped) > 0 {
		if skipped, err = toJSON(s.Skipped); err != nil {
			return err
		}
	}
	n, err := tx.exec(`INSERT INTO subscriptions (id, shop_id, customer_id, external_id, items, interval_count, interval_unit,
			anchor, next_date, coming_date, status, paused_until, skipped, notify_at, roll_at, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$16)
		ON CONFLICT (id) DO UPDATE SET external_id = excluded.external_id, items = excluded.items,
			interval_count = excluded.interval_count, interval_unit = excluded.interval_unit, anchor = excluded.anchor,
			next_date = excluded.next_date, coming_date = excluded.coming_date, status = excluded.status, paused_until = excluded.paused_until,
			skipped = excluded.skipped, notify_at = excluded.notify_at, roll_at = excluded.roll_at, updated_at = excluded.updated_at
		WHERE subscriptions.shop_id = excluded.shop_id AND subscriptions.customer_id = excluded.customer_id`,
		s.ID, shopID, customerID, s.ExternalID, items, s.Interval.Count, string(s.Interval.Unit),
		s.Anchor, s.Next.String(), s.Coming().String(), string(s.Status), s.PausedUntil.String(), skipped,
		nullMicros(p.NotifyAt), nullMicros(p.RollAt), micros(tx.now))
	if err != nil {
		return tx.alreadyTaken(err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, "There is no such subscription at this customer.")
	}
	return nil
}

// alreadyTaken turns the violation of a unique index of customers or subscriptions into a Conflict.
func (tx *Tx) alreadyTaken(err error) error {
	index := tx.d.taken(err)
	say := func(field, sentence string) error {
		return &fault.Error{Kind: fault.Conflict, Field: field, Message: sentence}
	}
	switch {
	case index == "":
		return err
	case strings.Contains(index, "phone"):
		return say("phone", "Another customer of this shop has that phone number.")
	case strings.Contains(index, "subscriptions"):
		return say("external_id", "Another subscription of this shop has that external id.")
	case strings.Contains(index, "external"):
		return say("external_id", "Another customer of this shop has that external id.")
	}
	return err
}

// SubscriptionOwner returns the id of the customer a subscription belongs to.
func (tx *Tx) SubscriptionOwner(shopID, id string) (_ string, err error) {
	defer fault.Wrap(&err, "store: owner of %s", id)
	return one(tx, text, "There is no such subscription in this shop.",
		`SELECT customer_id FROM subscriptions WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// ComingOrders returns the next orders of all customers of a shop with dates from from to to, by date and then
// customer, at most limit of them, from after that place on: those of paused subscriptions too, when the pause ends
// before. Dates to which subscriptions will come only later are not among them.
func (tx *Tx) ComingOrders(shopID string, from, to subscription.Date, after bridge.OrderPlace, limit int) (_ []bridge.ComingOrder, err error) {
	defer fault.Wrap(&err, "store: coming orders of %s", shopID)
	type row struct {
		customer string
		s        subscription.Subscription
	}
	begin := after
	if begin.Date.Before(from) {
		begin = bridge.OrderPlace{Date: from}
	}
	rows, err := all(tx, func(sc scanner) (r row, err error) {
		var items, next, paused, skipped string
		if err := sc.Scan(&r.customer, &r.s.ID, &r.s.ExternalID, &items, &r.s.Interval.Count, &r.s.Interval.Unit, &r.s.Anchor,
			&next, &r.s.Status, &paused, &skipped); err != nil {
			return r, err
		}
		return r, readSubscription(&r.s, items, next, paused, skipped)
	}, comingOrdersQuery, shopID, begin.Date.String(), begin.CustomerID, to.String(), limit)
	if err != nil {
		return nil, err
	}
	var out []bridge.ComingOrder
	for _, r := range rows {
		date := r.s.Coming()
		if n := len(out); n == 0 || out[n-1].CustomerID != r.customer || out[n-1].Date != date {
			out = append(out, bridge.ComingOrder{CustomerID: r.customer, Order: subscription.Order{Date: date}})
		}
		last := &out[len(out)-1]
		last.Subscriptions = append(last.Subscriptions, r.s)
	}
	return out, nil
}

// The inner query reads subscriptions_coming from a place on and ends with the limit.
const comingOrdersQuery = `SELECT s.customer_id, s.id, s.external_id, s.items, s.interval_count, s.interval_unit, s.anchor, s.next_date, s.status, s.paused_until, s.skipped
	FROM (SELECT coming_date, customer_id FROM subscriptions
		WHERE shop_id = $1 AND (coming_date, customer_id) > ($2, $3) AND coming_date <= $4 AND coming_date <> ''
		GROUP BY coming_date, customer_id ORDER BY coming_date, customer_id LIMIT $5) o
	CROSS JOIN subscriptions s WHERE s.customer_id = o.customer_id AND s.coming_date = o.coming_date
	ORDER BY s.coming_date, s.customer_id, s.created_at, s.id`

// ClaimRolls returns up to limit customers with a subscription whose date has come, or whose pause ends, by now,
// and keeps their accounts from changing until the transaction ends; customers that somebody else is changing
// are passed over.
func (tx *Tx) ClaimRolls(limit int) (_ []bridge.CustomerRef, err error) {
	defer fault.Wrap(&err, "store: claim rolls")
	return all(tx, scanRef, `SELECT shop_id, id FROM customers WHERE id IN (
			SELECT customer_id FROM (SELECT customer_id FROM subscriptions WHERE roll_at <= $1 ORDER BY roll_at LIMIT $2) due)
		ORDER BY id`+tx.d.skipLocked(), micros(tx.now), limit)
}

func scanRef(s scanner) (r bridge.CustomerRef, err error) {
	err = s.Scan(&r.ShopID, &r.CustomerID)
	return r, err
}

// NextRoll returns the earliest moment at which a date comes or a pause ends; zero when there is none.
func (tx *Tx) NextRoll() (time.Time, error) {
	return tx.earliest("next roll", `SELECT min(roll_at) FROM subscriptions WHERE roll_at IS NOT NULL`)
}

// earliest runs a query for one moment that may be NULL.
func (tx *Tx) earliest(what, query string) (_ time.Time, err error) {
	defer fault.Wrap(&err, "store: %s", what)
	at, err := one(tx, func(s scanner) (v sql.NullInt64, err error) { err = s.Scan(&v); return v, err }, "", query)
	return moment(at.Int64), err
}

// LookAgain makes every plan of a shop due now, because what the plans were made from (time zone, lead, hour,
// cut-off) has changed. Orders whose customer has been told, or was decided not to be, stay as they are.
func (tx *Tx) LookAgain(shopID string) (err error) {
	defer fault.Wrap(&err, "store: look again at %s", shopID)
	if _, err := tx.exec(`UPDATE subscriptions SET notify_at = $2 WHERE shop_id = $1 AND coming_date <> ''
		AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.customer_id = subscriptions.customer_id AND n.order_date = subscriptions.coming_date)`,
		shopID, micros(tx.now)); err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE subscriptions SET roll_at = $2 WHERE shop_id = $1 AND roll_at > $2`, shopID, micros(tx.now))
	return err
}
