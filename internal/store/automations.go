package store

import (
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const automationColumns = `id, shop_id, name, engine, trigger_id, trigger_name, cancel_trigger, cancel_name, filters, once, active,
	messages, created_at, updated_at`

func scanAutomation(s scanner) (a texting.Automation, err error) {
	var filters, steps string
	var created, updated int64
	if err := s.Scan(&a.ID, &a.ShopID, &a.Name, &a.Engine, &a.TriggerID, &a.TriggerName, &a.CancelTrigger, &a.CancelName, &filters,
		&a.Once, &a.Active, &steps, &created, &updated); err != nil {
		return a, err
	}
	a.CreatedAt, a.UpdatedAt = moment(created), moment(updated)
	if err := fromJSON(filters, &a.Filters); err != nil {
		return a, err
	}
	return a, fromJSON(steps, &a.Messages)
}

// AddAutomation adds an automation.
func (tx *Tx) AddAutomation(a texting.Automation) (err error) {
	defer fault.Wrap(&err, "store: add automation %s", a.ID)
	filters, steps, err := automationJSON(a)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO automations (`+automationColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		a.ID, a.ShopID, a.Name, a.Engine, a.TriggerID, a.TriggerName, a.CancelTrigger, a.CancelName, filters, a.Once, a.Active,
		steps, micros(a.CreatedAt), micros(a.UpdatedAt))
	return err
}

// SaveAutomation replaces all a merchant can change of an automation.
func (tx *Tx) SaveAutomation(a texting.Automation) (err error) {
	defer fault.Wrap(&err, "store: save automation %s", a.ID)
	filters, steps, err := automationJSON(a)
	if err != nil {
		return err
	}
	n, err := tx.exec(`UPDATE automations SET name = $3, engine = $4, trigger_id = $5, trigger_name = $6, cancel_trigger = $7,
			cancel_name = $8, filters = $9, once = $10, active = $11, messages = $12, updated_at = $13
		WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL`,
		a.ShopID, a.ID, a.Name, a.Engine, a.TriggerID, a.TriggerName, a.CancelTrigger, a.CancelName, filters, a.Once, a.Active,
		steps, micros(a.UpdatedAt))
	return mustBeThere(n, err, noAutomation)
}

const noAutomation = "There is no such automation in this shop."

func automationJSON(a texting.Automation) (filters, steps string, err error) {
	if a.Filters == nil {
		a.Filters = []texting.Filter{}
	}
	if filters, err = toJSON(a.Filters); err != nil {
		return "", "", err
	}
	steps, err = toJSON(a.Messages)
	return filters, steps, err
}

// DeleteAutomation hides an automation. The row stays, because messages speak of it.
func (tx *Tx) DeleteAutomation(shopID, id string) (err error) {
	defer fault.Wrap(&err, "store: delete automation %s", id)
	n, err := tx.exec(`UPDATE automations SET deleted_at = $3, active = FALSE WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL`,
		shopID, id, micros(tx.now))
	return mustBeThere(n, err, noAutomation)
}

// Automation returns an automation that is not deleted.
func (tx *Tx) Automation(shopID, id string) (_ texting.Automation, err error) {
	defer fault.Wrap(&err, "store: automation %s", id)
	return one(tx, scanAutomation, noAutomation,
		`SELECT `+automationColumns+` FROM automations WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL`, shopID, id)
}

// Automations returns the automations of a shop, oldest first.
func (tx *Tx) Automations(shopID string, limit int) (_ []texting.Automation, err error) {
	defer fault.Wrap(&err, "store: automations of %s", shopID)
	return all(tx, scanAutomation, `SELECT `+automationColumns+` FROM automations
		WHERE shop_id = $1 AND deleted_at IS NULL ORDER BY created_at, id LIMIT $2`, shopID, limit)
}

// ReleaseHeld makes what waits because an automation was off due again: at its own time, or now if that is past.
func (tx *Tx) ReleaseHeld(shopID, automationID string) (_ int64, err error) {
	defer fault.Wrap(&err, "store: release messages of %s", automationID)
	return tx.exec(`UPDATE messages SET hold = '', reason = '', due_at = CASE WHEN planned_at > $3 THEN planned_at ELSE $3 END
		WHERE shop_id = $1 AND automation_id = $2 AND automation_id <> '' AND state = 'waiting' AND hold = 'off'`,
		shopID, automationID, micros(tx.now))
}

// SuppressWaiting ends the waiting messages of an automation, of one subscriber or of all.
func (tx *Tx) SuppressWaiting(shopID, automationID, subscriberID, reason string) (_ int64, err error) {
	defer fault.Wrap(&err, "store: suppress messages of %s", automationID)
	return tx.exec(`UPDATE messages SET state = 'suppressed', hold = '', reason = $4, due_at = $5
		WHERE shop_id = $1 AND automation_id = $2 AND automation_id <> '' AND (subscriber_id = $3 OR $3 = '') AND state = 'waiting'`,
		shopID, automationID, subscriberID, reason, micros(tx.now))
}

// EndWaiting ends the automated messages that wait for a subscriber. Messages another process is looking at right
// now are passed over: it is waiting for the subscriber's row, which the caller holds, and will see for itself.
func (tx *Tx) EndWaiting(shopID, subscriberID, reason string) (err error) {
	defer fault.Wrap(&err, "store: end messages to %s", subscriberID)
	_, err = tx.exec(endWaitingQuery(tx.d), shopID, subscriberID, reason, micros(tx.now))
	return err
}

func endWaitingQuery(d dialect) string {
	return `UPDATE messages SET state = 'suppressed', hold = '', reason = $3, due_at = $4 WHERE id IN (
			SELECT id FROM messages WHERE ` + d.unindexed("shop_id") + ` = $1 AND subscriber_id = $2 AND subscriber_id <> '' AND state = 'waiting'
				AND kind IN ('automation', 'api')` + d.skipLocked() + `)`
}
