package store

import (
	"strconv"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const recipientColumns = `id, phone, first_name, last_name, zone, state_code, status, welcomed, pending_id <> ''`

func scanRecipient(s scanner) (r texting.Recipient, err error) {
	err = s.Scan(&r.ID, &r.Phone, &r.FirstName, &r.LastName, &r.Zone, &r.State, &r.Status, &r.Welcomed, &r.Asked)
	return r, err
}

// MatchRecipient returns the subscriber of an id, else of a phone, else who opted in last of those with an
// e-mail address.
func (tx *Tx) MatchRecipient(shopID, id, phone, email string) (_ texting.Recipient, err error) {
	defer fault.Wrap(&err, "store: match a subscriber of %s", shopID)
	const nobody = "Nobody here matches."
	const from = `SELECT ` + recipientColumns + ` FROM subscribers WHERE shop_id = $1 AND status <> 'redacted' AND `
	try := func(query string, arg any) (texting.Recipient, error) {
		return one(tx, scanRecipient, nobody, from+query, shopID, arg)
	}

	r, err := texting.Recipient{}, error(fault.New(fault.NotFound, nobody))
	if id != "" {
		if number, nerr := strconv.ParseInt(id, 10, 64); nerr == nil && !strings.HasPrefix(id, "+") {
			r, err = try(`ps_id = $2`, number)
		} else {
			r, err = try(`id = $2`, id)
		}
	}
	if fault.Is(err, fault.NotFound) && phone != "" {
		r, err = try(`phone = $2 AND phone <> ''`, phone)
	}
	if fault.Is(err, fault.NotFound) && email != "" {
		r, err = try(`email = $2 AND email <> ''
			ORDER BY CASE WHEN status = 'subscribed' THEN 0 ELSE 1 END, COALESCE(opted_in_at, 0) DESC, id DESC LIMIT 1`, email)
	}
	return r, err
}

// Recipients returns those of the ids that exist, by id, and keeps them from changing until the transaction ends.
func (tx *Tx) Recipients(shopID string, ids []string) (_ map[string]texting.Recipient, err error) {
	defer fault.Wrap(&err, "store: recipients of %s", shopID)
	if len(ids) == 0 {
		return nil, nil
	}
	in, err := toJSON(ids)
	if err != nil {
		return nil, err
	}
	list, err := all(tx, scanRecipient, recipientsQuery(tx.d)+tx.d.forShare(), shopID, in)
	out := make(map[string]texting.Recipient, len(list))
	for _, r := range list {
		out[r.ID] = r
	}
	return out, err
}

func recipientsQuery(d dialect) string {
	return `SELECT ` + recipientColumns + ` FROM subscribers
		WHERE ` + d.unindexed("shop_id") + ` = $1 AND id IN (SELECT v.value FROM ` + d.eachText("$2") + `) ORDER BY id`
}

// Welcome records that a subscriber has had a text with the opt-out wording.
func (tx *Tx) Welcome(shopID, subscriberID string) (err error) {
	defer fault.Wrap(&err, "store: welcome %s", subscriberID)
	_, err = tx.exec(`UPDATE subscribers SET welcomed = TRUE WHERE shop_id = $1 AND id = $2 AND NOT welcomed`, shopID, subscriberID)
	return err
}
