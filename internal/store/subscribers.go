package store

import (
	"database/sql"
	"fmt"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/texting"
)

const subscriberColumns = `id, pending_id, ps_id, shop_id, phone, email, first_name, last_name, zone, state_code, shopify_id, status, origin,
	keyword_id, tags, properties, welcomed, opted_in_at, created_at, updated_at`

func scanSubscriber(s scanner) (v texting.Subscriber, err error) {
	var tags, properties string
	var opted sql.NullInt64
	var created, updated int64
	err = s.Scan(&v.ID, &v.PendingID, &v.PSID, &v.ShopID, &v.Phone, &v.Email, &v.FirstName, &v.LastName, &v.Zone, &v.State, &v.ShopifyID,
		&v.Status, &v.Origin, &v.KeywordID, &tags, &properties, &v.Welcomed, &opted, &created, &updated)
	if err != nil {
		return v, err
	}
	v.OptedInAt, v.CreatedAt, v.UpdatedAt = moment(opted.Int64), moment(created), moment(updated)
	if err := fromJSON(tags, &v.Tags); err != nil {
		return v, err
	}
	return v, fromJSON(properties, &v.Properties)
}

// LockPhone makes transactions about one number at one shop take turns. SQLite has one writer, so they do.
func (tx *Tx) LockPhone(shopID, phone string) (err error) {
	defer fault.Wrap(&err, "store: lock a number of %s", shopID)
	return tx.takeTurns(shopID + "/" + phone)
}

// person reads one subscriber by a condition and, in a writing transaction, keeps the row from changing.
func (tx *Tx) person(where, tail string, args ...any) (_ texting.Subscriber, err error) {
	defer fault.Wrap(&err, "store: subscriber")
	lock := ""
	if !tx.ro {
		lock = tx.d.forUpdate()
	}
	return one(tx, scanSubscriber, "There is no such subscriber in this shop.",
		`SELECT `+subscriberColumns+` FROM subscribers WHERE shop_id = $1 AND `+where+tail+lock, args...)
}

// Subscriber returns one subscriber of a shop.
func (tx *Tx) Subscriber(shopID, id string) (texting.Subscriber, error) {
	return tx.person("id = $2", "", shopID, id)
}

// SubscriberByPSID returns one subscriber of a shop by the number the API shows.
func (tx *Tx) SubscriberByPSID(shopID string, psid int64) (texting.Subscriber, error) {
	return tx.person("ps_id = $2", "", shopID, psid)
}

// SubscriberByPhone returns one subscriber of a shop by E.164 number.
func (tx *Tx) SubscriberByPhone(shopID, phone string) (texting.Subscriber, error) {
	return tx.person("phone = $2 AND phone <> ''", "", shopID, phone)
}

// SubscriberByEmail returns who opted in last of those with an address, those who are subscribed first.
func (tx *Tx) SubscriberByEmail(shopID, email string) (texting.Subscriber, error) {
	return tx.person("email = $2 AND email <> ''",
		" ORDER BY CASE status WHEN 'subscribed' THEN 0 ELSE 1 END, COALESCE(opted_in_at, 0) DESC, id DESC LIMIT 1", shopID, email)
}

// subscriberFields are the columns that filters and sorts can name, by the names of the API.
var subscriberFields = map[string]string{
	postscript.FilterCreatedAt: "created_at", postscript.FilterUpdatedAt: "updated_at", postscript.FilterEmail: "email",
	postscript.FilterPhone: "phone", postscript.FilterShopify: "shopify_id", postscript.FilterPSID: "ps_id",
}

// Subscribers returns one page of subscribers and how many there are in all.
func (tx *Tx) Subscribers(shopID string, q texting.SubscriberQuery) (list []texting.Subscriber, total int, err error) {
	defer fault.Wrap(&err, "store: subscribers of %s", shopID)
	where, args, err := subscriberWhere(shopID, q)
	if err != nil {
		return nil, 0, err
	}
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM subscribers WHERE `+where, args...)
	if err != nil {
		return nil, 0, err
	}
	order := subscriberFields[q.Sort]
	if order == "" {
		order = "created_at"
	}
	if q.Desc {
		order += " DESC, id DESC"
	} else {
		order += ", id"
	}
	args = append(args, q.Limit, q.Offset)
	list, err = all(tx, scanSubscriber, fmt.Sprintf(`SELECT %s FROM subscribers WHERE %s ORDER BY %s LIMIT $%d OFFSET $%d`,
		subscriberColumns, where, order, len(args)-1, len(args)), args...)
	return list, int(n), err
}

// subscriberWhere makes the condition of a query. Names of fields come from subscriberFields alone; values are
// always placeholders.
func subscriberWhere(shopID string, q texting.SubscriberQuery) (string, []any, error) {
	where, args := []string{"shop_id = $1"}, []any{shopID}
	add := func(cond string, values ...any) { // cond has one %s for the placeholders
		where = append(where, fmt.Sprintf(cond, placeholders(len(args)+1, len(values))))
		args = append(args, values...)
	}
	for _, f := range q.Filters {
		column := subscriberFields[f.Field]
		var values []any
		for _, v := range f.Texts {
			values = append(values, v)
		}
		for _, v := range f.Ints {
			values = append(values, v)
		}
		if column == "" || len(values) == 0 {
			return "", nil, fault.New(fault.Internal, "The filter %s of subscribers has no column or no value.", f.Field)
		}
		switch f.Op {
		case "in":
			add(column+" IN (%s)", values...)
		case "contains":
			add("LOWER(CAST("+column+" AS TEXT)) LIKE %s ESCAPE '\\'", "%"+likeSafe(strings.ToLower(fmt.Sprint(values[0])))+"%")
		case "eq", "gt", "gte", "lt", "lte":
			add(column+map[string]string{"eq": " = ", "gt": " > ", "gte": " >= ", "lt": " < ", "lte": " <= "}[f.Op]+"%s", values[0])
		default:
			return "", nil, fault.New(fault.Internal, "There is no filter operator %s.", f.Op)
		}
	}
	if len(q.Status) > 0 {
		var values []any
		for _, s := range q.Status {
			values = append(values, string(s))
		}
		add("status IN (%s)", values...)
	}
	return strings.Join(where, " AND "), args, nil
}

// likeSafe makes a text mean itself inside LIKE … ESCAPE '\'.
func likeSafe(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// AddSubscriber adds a person.
func (tx *Tx) AddSubscriber(v texting.Subscriber) (err error) {
	defer fault.Wrap(&err, "store: add subscriber %s", v.ID)
	tags, properties, err := subscriberJSON(v)
	if err != nil {
		return err
	}
	name, surname := named(v.FirstName, v.LastName)
	_, err = tx.exec(`INSERT INTO subscribers (`+subscriberColumns+`, find_name, find_last)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)`,
		v.ID, v.PendingID, v.PSID, v.ShopID, v.Phone, v.Email, v.FirstName, v.LastName, v.Zone, v.State, v.ShopifyID, string(v.Status), v.Origin,
		v.KeywordID, tags, properties, v.Welcomed, nullMicros(v.OptedInAt), micros(v.CreatedAt), micros(v.UpdatedAt), name, surname)
	return err
}

// SaveSubscriber replaces everything about a person but id, number of the API, shop and moment of creation.
func (tx *Tx) SaveSubscriber(v texting.Subscriber) (err error) {
	defer fault.Wrap(&err, "store: save subscriber %s", v.ID)
	tags, properties, err := subscriberJSON(v)
	if err != nil {
		return err
	}
	name, surname := named(v.FirstName, v.LastName)
	n, err := tx.exec(`UPDATE subscribers SET pending_id = $3, phone = $4, email = $5, first_name = $6, last_name = $7, zone = $8, state_code = $9,
			shopify_id = $10, status = $11, origin = $12, keyword_id = $13, tags = $14, properties = $15, welcomed = $16, opted_in_at = $17,
			updated_at = $18, find_name = $19, find_last = $20 WHERE shop_id = $1 AND id = $2`,
		v.ShopID, v.ID, v.PendingID, v.Phone, v.Email, v.FirstName, v.LastName, v.Zone, v.State, v.ShopifyID, string(v.Status), v.Origin,
		v.KeywordID, tags, properties, v.Welcomed, nullMicros(v.OptedInAt), micros(v.UpdatedAt), name, surname)
	return mustBeThere(n, err, "There is no such subscriber in this shop.")
}

func subscriberJSON(v texting.Subscriber) (tags, properties string, err error) {
	if v.Tags == nil {
		v.Tags = []string{}
	}
	if v.Properties == nil {
		v.Properties = map[string]any{}
	}
	if tags, err = toJSON(v.Tags); err != nil {
		return "", "", err
	}
	properties, err = toJSON(v.Properties)
	return tags, properties, err
}

// EraseMessages empties texts, numbers and values of a person's messages and events. Messages that wait are
// suppressed.
func (tx *Tx) EraseMessages(shopID, subscriberID, phone string) (err error) {
	defer fault.Wrap(&err, "store: erase messages of %s", subscriberID)
	_, err = tx.exec(`UPDATE messages SET body = '', phone = '', note = '',
			reason = CASE WHEN state = 'waiting' THEN 'The person was erased.' ELSE reason END,
			state = CASE WHEN state = 'waiting' THEN 'suppressed' ELSE state END
		WHERE shop_id = $1 AND (subscriber_id = $2 OR phone = $3 AND phone <> '')`, shopID, subscriberID, phone)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE events SET properties = '{}', phone = '', email = '' WHERE shop_id = $1 AND (subscriber_id = $2 OR phone = $3 AND phone <> '')`,
		shopID, subscriberID, phone)
	if err != nil {
		return err
	}
	// Webhooks that still wait are emptied when they are finished: see FinishHook.
	_, err = tx.exec(`UPDATE webhook_deliveries SET payload = '' WHERE shop_id = $1 AND subject = $2 AND state <> 'queued'`, shopID, subscriberID)
	return err
}

const consentColumns = `id, shop_id, subscriber_id, phone, kind, source, words, at`

func scanConsent(s scanner) (c texting.Consent, err error) {
	var at int64
	err = s.Scan(&c.ID, &c.ShopID, &c.SubscriberID, &c.Phone, &c.Kind, &c.Source, &c.Words, &at)
	c.At = moment(at)
	return c, err
}

// AddConsent adds a line to the ledger, which nothing changes.
func (tx *Tx) AddConsent(c texting.Consent) (err error) {
	defer fault.Wrap(&err, "store: add consent %s", c.ID)
	_, err = tx.exec(`INSERT INTO consent (`+consentColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		c.ID, c.ShopID, c.SubscriberID, c.Phone, c.Kind, c.Source, c.Words, micros(c.At))
	return err
}

// ConsentOf returns what was recorded for a subscriber or a number, oldest first.
func (tx *Tx) ConsentOf(shopID, subscriberID, phone string, limit int) (_ []texting.Consent, err error) {
	defer fault.Wrap(&err, "store: consent of %s", subscriberID)
	return all(tx, scanConsent, consentOfQuery(tx.d), shopID, subscriberID, phone, limit)
}

// consentOfQuery looks in an index for each of the two; for an OR, SQLite would read the ledger of the shop.
func consentOfQuery(d dialect) string {
	return `SELECT ` + consentColumns + ` FROM consent WHERE id IN (
		SELECT id FROM consent WHERE ` + d.unindexed("shop_id") + ` = $1 AND subscriber_id = $2
		UNION ALL SELECT id FROM consent WHERE shop_id = $1 AND phone = $3 AND phone <> '') ORDER BY at, id LIMIT $4`
}

// ConsentAfter returns the shop's ledger in the order of recording, from after a line on.
func (tx *Tx) ConsentAfter(shopID, afterID string, limit int) (_ []texting.Consent, err error) {
	defer fault.Wrap(&err, "store: consent ledger of %s", shopID)
	return all(tx, scanConsent, `SELECT `+consentColumns+` FROM consent WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3`, shopID, afterID, limit)
}
