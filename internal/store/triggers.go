package store

import (
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const triggerColumns = `t.id, t.shop_id, t.partner, t.name, t.tags, t.transactional_allowed, t.created_at, t.updated_at`

func scanTrigger(s scanner) (t texting.RegisteredTrigger, err error) {
	var tags string
	var created, updated int64
	if err := s.Scan(&t.ID, &t.ShopID, &t.Partner, &t.Name, &tags, &t.TransactionalAllowed, &created, &updated); err != nil {
		return t, err
	}
	t.CreatedAt, t.UpdatedAt = moment(created), moment(updated)
	return t, fromJSON(tags, &t.Tags)
}

// AddTrigger adds a registered trigger.
func (tx *Tx) AddTrigger(t texting.RegisteredTrigger) (err error) {
	defer fault.Wrap(&err, "store: add trigger %s", t.ID)
	tags, err := toJSON(t.Tags)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO ps_triggers (id, shop_id, partner, name, tags, transactional_allowed, created_at, updated_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		t.ID, t.ShopID, t.Partner, t.Name, tags, t.TransactionalAllowed, micros(t.CreatedAt), micros(t.UpdatedAt))
	return err
}

// SaveTrigger replaces name, tags and eligibility of a trigger.
func (tx *Tx) SaveTrigger(t texting.RegisteredTrigger) (err error) {
	defer fault.Wrap(&err, "store: save trigger %s", t.ID)
	tags, err := toJSON(t.Tags)
	if err != nil {
		return err
	}
	n, err := tx.exec(`UPDATE ps_triggers SET name = $3, tags = $4, transactional_allowed = $5, updated_at = $6
		WHERE id = $1 AND shop_id = $2 AND deleted_at IS NULL`, t.ID, t.ShopID, t.Name, tags, t.TransactionalAllowed, micros(t.UpdatedAt))
	return mustBeThere(n, err, "There is no such trigger.")
}

// DeleteTrigger deletes a trigger. The row stays, because messages and automations speak of it.
func (tx *Tx) DeleteTrigger(id string) (err error) {
	defer fault.Wrap(&err, "store: delete trigger %s", id)
	n, err := tx.exec(`UPDATE ps_triggers SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL`, id, micros(tx.now))
	return mustBeThere(n, err, "There is no such trigger.")
}

// Trigger returns a trigger that is not deleted. The caller checks whose it is: a partner-wide one has no shop.
func (tx *Tx) Trigger(id string) (_ texting.RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "store: trigger %s", id)
	return one(tx, scanTrigger, "There is no such trigger.",
		`SELECT `+triggerColumns+` FROM ps_triggers t WHERE t.id = $1 AND t.deleted_at IS NULL`, id)
}

// ShopTriggers returns the triggers a shop can use, by name.
func (tx *Tx) ShopTriggers(shopID string, limit int) (_ []texting.RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "store: triggers of %s", shopID)
	return all(tx, scanTrigger, `SELECT `+triggerColumns+` FROM ps_triggers t
		WHERE t.deleted_at IS NULL AND (t.shop_id = $1
			OR t.shop_id = '' AND EXISTS (SELECT 1 FROM ps_trigger_shops s WHERE s.trigger_id = t.id AND s.shop_id = $1))
		ORDER BY t.name, t.id LIMIT $2`, shopID, limit)
}

// PartnerTriggers returns a partner's partner-wide triggers, by name.
func (tx *Tx) PartnerTriggers(partner string, limit int) (_ []texting.RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "store: triggers of a partner")
	return all(tx, scanTrigger, `SELECT `+triggerColumns+` FROM ps_triggers t
		WHERE t.deleted_at IS NULL AND t.shop_id = '' AND t.partner = $1 ORDER BY t.name, t.id LIMIT $2`, partner, limit)
}

// AllowTrigger lets a shop use a partner-wide trigger.
func (tx *Tx) AllowTrigger(id, shopID string) (err error) {
	defer fault.Wrap(&err, "store: allow trigger %s", id)
	_, err = tx.exec(`INSERT INTO ps_trigger_shops (trigger_id, shop_id) VALUES ($1,$2) ON CONFLICT DO NOTHING`, id, shopID)
	return err
}

// TriggerAllowed reports whether a shop was let in to a partner-wide trigger.
func (tx *Tx) TriggerAllowed(id, shopID string) (_ bool, err error) {
	defer fault.Wrap(&err, "store: shops of trigger %s", id)
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM ps_trigger_shops WHERE trigger_id = $1 AND shop_id = $2`, id, shopID)
	return n > 0, err
}
