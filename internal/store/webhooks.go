package store

import (
	"database/sql"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const webhookColumns = `id, shop_id, event, callback_url, headers, created_at, updated_at`

func scanWebhook(s scanner) (w texting.StoredWebhook, err error) {
	var created, updated int64
	err = s.Scan(&w.ID, &w.ShopID, &w.Event, &w.CallbackURL, &w.Sealed, &created, &updated)
	w.CreatedAt, w.UpdatedAt = moment(created), moment(updated)
	return w, err
}

// AddWebhook adds a subscription.
func (tx *Tx) AddWebhook(w texting.StoredWebhook) (err error) {
	defer fault.Wrap(&err, "store: add webhook %s", w.ID)
	_, err = tx.exec(`INSERT INTO webhooks (`+webhookColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		w.ID, w.ShopID, w.Event, w.CallbackURL, w.Sealed, micros(w.CreatedAt), micros(w.UpdatedAt))
	return err
}

// SaveWebhook replaces address and headers of a subscription.
func (tx *Tx) SaveWebhook(w texting.StoredWebhook) (err error) {
	defer fault.Wrap(&err, "store: save webhook %s", w.ID)
	n, err := tx.exec(`UPDATE webhooks SET callback_url = $3, headers = $4, updated_at = $5 WHERE shop_id = $1 AND id = $2`,
		w.ShopID, w.ID, w.CallbackURL, w.Sealed, micros(w.UpdatedAt))
	return mustBeThere(n, err, "There is no such webhook in this shop.")
}

// Webhook returns one subscription of a shop.
func (tx *Tx) Webhook(shopID, id string) (_ texting.StoredWebhook, err error) {
	defer fault.Wrap(&err, "store: webhook %s", id)
	return one(tx, scanWebhook, "There is no such webhook in this shop.",
		`SELECT `+webhookColumns+` FROM webhooks WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// Webhooks returns a shop's subscriptions, oldest first.
func (tx *Tx) Webhooks(shopID string, limit int) (_ []texting.StoredWebhook, err error) {
	defer fault.Wrap(&err, "store: webhooks of %s", shopID)
	return all(tx, scanWebhook, `SELECT `+webhookColumns+` FROM webhooks WHERE shop_id = $1 ORDER BY created_at, id LIMIT $2`, shopID, limit)
}

// WebhooksFor returns a shop's subscriptions to one event, oldest first.
func (tx *Tx) WebhooksFor(shopID, event string) (_ []texting.StoredWebhook, err error) {
	defer fault.Wrap(&err, "store: webhooks of %s for %s", shopID, event)
	return all(tx, scanWebhook, `SELECT `+webhookColumns+` FROM webhooks WHERE shop_id = $1 AND event = $2 ORDER BY created_at, id LIMIT 100`, shopID, event)
}

// DeleteWebhook deletes a subscription and gives up what waits for it.
func (tx *Tx) DeleteWebhook(shopID, id string) (err error) {
	defer fault.Wrap(&err, "store: delete webhook %s", id)
	n, err := tx.exec(`DELETE FROM webhooks WHERE shop_id = $1 AND id = $2`, shopID, id)
	if err := mustBeThere(n, err, "There is no such webhook in this shop."); err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE webhook_deliveries SET state = 'lost', finished_at = $3 WHERE shop_id = $1 AND webhook_id = $2 AND state = 'queued'`,
		shopID, id, micros(tx.now))
	return err
}

// WebhookToken returns the sealed signing token of a shop.
func (tx *Tx) WebhookToken(shopID string) (_ string, err error) {
	defer fault.Wrap(&err, "store: webhook token of %s", shopID)
	return one(tx, text, "This shop has no signing token yet; its first webhook subscription makes it.",
		`SELECT token FROM webhook_tokens WHERE shop_id = $1`, shopID)
}

// AddWebhookToken keeps a shop's sealed signing token unless it has one.
func (tx *Tx) AddWebhookToken(shopID, sealed string) (err error) {
	defer fault.Wrap(&err, "store: add the webhook token of %s", shopID)
	_, err = tx.exec(`INSERT INTO webhook_tokens (shop_id, token) VALUES ($1,$2) ON CONFLICT (shop_id) DO NOTHING`, shopID, sealed)
	return err
}

const hookColumns = `id, shop_id, webhook_id, event, subject, payload, fault, state, due_at, attempts, http_status, created_at, finished_at`

func scanHook(s scanner) (d texting.HookDelivery, err error) {
	var due, created int64
	var finished sql.NullInt64
	err = s.Scan(&d.ID, &d.ShopID, &d.WebhookID, &d.Event, &d.Subject, &d.Payload, &d.Failure, &d.State, &due, &d.Attempts, &d.Status, &created, &finished)
	d.DueAt, d.CreatedAt, d.FinishedAt = moment(due), moment(created), moment(finished.Int64)
	return d, err
}

// AddHookDelivery queues one webhook.
func (tx *Tx) AddHookDelivery(d texting.HookDelivery) (err error) {
	defer fault.Wrap(&err, "store: add webhook delivery %s", d.ID)
	_, err = tx.exec(`INSERT INTO webhook_deliveries (`+hookColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		d.ID, d.ShopID, d.WebhookID, d.Event, d.Subject, d.Payload, string(d.Failure), d.State, micros(d.DueAt), d.Attempts, d.Status,
		micros(d.CreatedAt), nullMicros(d.FinishedAt))
	return err
}

// ClaimHooks returns due webhooks of a shop, oldest first, counts the attempt and moves them to the lease.
func (tx *Tx) ClaimHooks(shopID string, lease time.Time, limit int) (_ []texting.HookDelivery, err error) {
	defer fault.Wrap(&err, "store: claim webhooks of %s", shopID)
	list, err := all(tx, scanHook, `UPDATE webhook_deliveries SET due_at = $3, attempts = attempts + 1
		WHERE id IN (SELECT id FROM webhook_deliveries WHERE shop_id = $1 AND state = 'queued' AND due_at <= $2
			ORDER BY due_at, id LIMIT $4`+tx.d.skipLocked()+`)
		RETURNING `+hookColumns, shopID, micros(tx.now), micros(lease), limit)
	slices.SortFunc(list, func(a, b texting.HookDelivery) int { // RETURNING promises no order
		if c := a.CreatedAt.Compare(b.CreatedAt); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list, err
}

// FinishHook records how an attempt ended. What a finished one said of a person who was erased is not kept.
func (tx *Tx) FinishHook(d texting.HookDelivery) (err error) {
	defer fault.Wrap(&err, "store: finish webhook delivery %s", d.ID)
	_, err = tx.exec(`UPDATE webhook_deliveries SET state = $3, due_at = $4, http_status = $5, finished_at = $6,
			payload = CASE WHEN $3 <> 'queued' AND EXISTS (SELECT 1 FROM subscribers s WHERE s.id = subject AND s.status = 'redacted') THEN '' ELSE payload END
		WHERE shop_id = $1 AND id = $2 AND state = 'queued'`, d.ShopID, d.ID, d.State, micros(d.DueAt), d.Status, nullMicros(d.FinishedAt))
	return err
}

// HookDeliveries returns a shop's webhooks before a moment, newest first.
func (tx *Tx) HookDeliveries(shopID string, before time.Time, limit int) (_ []texting.HookDelivery, err error) {
	defer fault.Wrap(&err, "store: webhook deliveries of %s", shopID)
	return all(tx, scanHook, `SELECT `+hookColumns+` FROM webhook_deliveries WHERE shop_id = $1 AND created_at < $2
		ORDER BY created_at DESC, id DESC LIMIT $3`, shopID, micros(before), limit)
}

// DueHookShops returns shops with webhooks due, longest due first.
func (tx *Tx) DueHookShops(now time.Time, limit int) (_ []string, err error) {
	defer fault.Wrap(&err, "store: shops with webhooks due")
	return tx.dueShops("webhook_deliveries", "state = 'queued'", []string{"TRUE"}, now, limit)
}

// NextHookDue returns when the next webhook is due; zero when none waits.
func (tx *Tx) NextHookDue() (_ time.Time, err error) {
	defer fault.Wrap(&err, "store: next webhook due")
	return tx.firstDue("webhook_deliveries", "state = 'queued'")
}
