package store

import (
	"database/sql"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

// AddAPIToken stores a token's hash; the token itself is nowhere.
func (tx *Tx) AddAPIToken(t bridge.APIToken, hash string) (err error) {
	defer fault.Wrap(&err, "store: add API token to %s", t.ShopID)
	_, err = tx.exec(`INSERT INTO api_tokens (id, shop_id, token_hash, label, mask, created_at) VALUES ($1,$2,$3,$4,$5,$6)`,
		t.ID, t.ShopID, hash, t.Label, t.Mask, micros(tx.now))
	return err
}

// APITokens returns a shop's tokens, newest first, revoked ones included, at most 200.
func (tx *Tx) APITokens(shopID string) (_ []bridge.APIToken, err error) {
	defer fault.Wrap(&err, "store: API tokens of %s", shopID)
	return all(tx, func(s scanner) (t bridge.APIToken, err error) {
		var created int64
		var revoked sql.NullInt64
		err = s.Scan(&t.ID, &t.ShopID, &t.Label, &t.Mask, &created, &revoked)
		t.CreatedAt, t.RevokedAt = moment(created), moment(revoked.Int64)
		return t, err
	}, `SELECT id, shop_id, label, mask, created_at, revoked_at FROM api_tokens WHERE shop_id = $1 ORDER BY id DESC LIMIT 200`, shopID)
}

// RevokeAPIToken ends a token; ending it again changes nothing.
func (tx *Tx) RevokeAPIToken(shopID, id string) (err error) {
	defer fault.Wrap(&err, "store: revoke API token %s", id)
	n, err := tx.exec(`UPDATE api_tokens SET revoked_at = COALESCE(revoked_at, $3) WHERE shop_id = $1 AND id = $2`, shopID, id, micros(tx.now))
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "There is no such token in this shop.")
	}
	return err
}

// ShopOfToken returns the shop a token that is not revoked belongs to.
func (tx *Tx) ShopOfToken(hash string) (_ string, err error) {
	defer fault.Wrap(&err, "store: shop of an API token")
	return one(tx, text, "There is no such token.", `SELECT shop_id FROM api_tokens WHERE token_hash = $1 AND revoked_at IS NULL`, hash)
}

// AddRequest records that the request of that key is carried out in this transaction, and what it concerns. When
// it was recorded before, nothing is changed and the earlier record is returned with false: on PostgreSQL a
// request of the same key that is under way is waited for. Records older than keep are forgotten.
func (tx *Tx) AddRequest(shopID string, r bridge.Request, keep time.Duration) (_ bridge.Request, added bool, err error) {
	defer fault.Wrap(&err, "store: add request in %s", shopID)
	if _, err := tx.exec(`DELETE FROM requests WHERE shop_id = $1 AND created_at < $2`, shopID, micros(tx.now.Add(-keep))); err != nil {
		return r, false, err
	}
	n, err := tx.exec(`INSERT INTO requests (shop_id, request_key, print, ref, created_at) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
		shopID, r.Key, r.Print, r.Ref, micros(tx.now))
	if err != nil || n == 1 {
		return r, n == 1, err
	}
	old, err := one(tx, func(s scanner) (r bridge.Request, err error) {
		err = s.Scan(&r.Key, &r.Print, &r.Ref)
		return r, err
	}, "The request is being carried out; ask again.",
		`SELECT request_key, print, ref FROM requests WHERE shop_id = $1 AND request_key = $2`, shopID, r.Key)
	return old, false, err
}

const endpointColumns = `id, shop_id, url, secret, active, problem, created_at`

func scanEndpoint(s scanner) (e bridge.Endpoint, err error) {
	var created int64
	err = s.Scan(&e.ID, &e.ShopID, &e.URL, &e.Secret, &e.Active, &e.Problem, &created)
	e.CreatedAt = moment(created)
	return e, err
}

// SaveEndpoint creates an endpoint, or replaces its address, secret and state. An address the shop has already
// is a Conflict.
func (tx *Tx) SaveEndpoint(e bridge.Endpoint) (err error) {
	defer fault.Wrap(&err, "store: save endpoint %s", e.ID)
	_, err = tx.exec(`INSERT INTO endpoints (id, shop_id, url, secret, active, problem, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (id) DO UPDATE SET url = excluded.url, secret = excluded.secret, active = excluded.active, problem = excluded.problem
		WHERE endpoints.shop_id = excluded.shop_id`, e.ID, e.ShopID, e.URL, e.Secret, e.Active, e.Problem, micros(tx.now))
	if tx.d.unique(err) {
		return &fault.Error{Kind: fault.Conflict, Field: "url", Message: "The shop has a webhook endpoint with that address already."}
	}
	return err
}

// Endpoints returns a shop's webhook endpoints, oldest first, at most 100.
func (tx *Tx) Endpoints(shopID string) (_ []bridge.Endpoint, err error) {
	defer fault.Wrap(&err, "store: endpoints of %s", shopID)
	return all(tx, scanEndpoint, `SELECT `+endpointColumns+` FROM endpoints WHERE shop_id = $1 ORDER BY created_at, id LIMIT 100`, shopID)
}

// Endpoint returns one webhook endpoint of a shop.
func (tx *Tx) Endpoint(shopID, id string) (_ bridge.Endpoint, err error) {
	defer fault.Wrap(&err, "store: endpoint %s", id)
	return one(tx, scanEndpoint, "There is no such webhook endpoint in this shop.",
		`SELECT `+endpointColumns+` FROM endpoints WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// EndpointByID returns an endpoint by the id that a wake-up carries, whichever shop it is of.
func (tx *Tx) EndpointByID(id string) (_ bridge.Endpoint, err error) {
	defer fault.Wrap(&err, "store: endpoint %s", id)
	return one(tx, scanEndpoint, "There is no such webhook endpoint.", `SELECT `+endpointColumns+` FROM endpoints WHERE id = $1`, id)
}

// DeleteEndpoint removes an endpoint with all that was or was to be sent to it.
func (tx *Tx) DeleteEndpoint(shopID, id string) (err error) {
	defer fault.Wrap(&err, "store: delete endpoint %s", id)
	n, err := tx.exec(`DELETE FROM endpoints WHERE shop_id = $1 AND id = $2`, shopID, id)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "There is no such webhook endpoint in this shop.")
	}
	if err == nil {
		_, err = tx.exec(`DELETE FROM outgoing WHERE shop_id = $1 AND endpoint_id = $2`, shopID, id)
	}
	return err
}

const outgoingColumns = `id, shop_id, endpoint_id, event, dedupe_key, payload, state, due_at, attempts, http_status, reason, created_at, finished_at`

func scanOutgoing(s scanner) (o bridge.Outgoing, err error) {
	var due, created int64
	var finished sql.NullInt64
	err = s.Scan(&o.ID, &o.ShopID, &o.EndpointID, &o.Event, &o.Key, &o.Payload, &o.State, &due, &o.Attempts, &o.Status, &o.Reason, &created, &finished)
	o.DueAt, o.CreatedAt, o.FinishedAt = moment(due), moment(created), moment(finished.Int64)
	return o, err
}

// AddOutgoing queues a webhook unless its endpoint has been given one of that key.
func (tx *Tx) AddOutgoing(o bridge.Outgoing) (err error) {
	defer fault.Wrap(&err, "store: add webhook for %s", o.EndpointID)
	_, err = tx.exec(`INSERT INTO outgoing (id, shop_id, endpoint_id, event, dedupe_key, payload, state, due_at, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT DO NOTHING`,
		o.ID, o.ShopID, o.EndpointID, o.Event, o.Key, o.Payload, string(o.State), micros(o.DueAt), micros(tx.now))
	return err
}

// ClaimOutgoing takes up to limit due webhooks of an endpoint: each counts one attempt more and is due again at
// lease, should its sender die.
func (tx *Tx) ClaimOutgoing(endpointID string, limit int, lease time.Time) (_ []bridge.Outgoing, err error) {
	defer fault.Wrap(&err, "store: claim webhooks of %s", endpointID)
	return all(tx, scanOutgoing, `UPDATE outgoing SET attempts = attempts + 1, due_at = $3 WHERE id IN (
			SELECT id FROM outgoing WHERE endpoint_id = $1 AND state = 'queued' AND due_at <= $2 ORDER BY due_at, id LIMIT $4`+tx.d.skipLocked()+`)
		RETURNING `+outgoingColumns, endpointID, micros(tx.now), micros(lease), limit)
}

// FinishOutgoing records what became of one attempt: state, next attempt, status and reason.
func (tx *Tx) FinishOutgoing(o bridge.Outgoing) (err error) {
	defer fault.Wrap(&err, "store: finish webhook %s", o.ID)
	_, err = tx.exec(`UPDATE outgoing SET state = $2, due_at = $3, http_status = $4, reason = $5, finished_at = $6 WHERE id = $1 AND state = 'queued'`,
		o.ID, string(o.State), micros(o.DueAt), o.Status, o.Reason, nullMicros(o.FinishedAt))
	return err
}

// OutgoingOf returns an endpoint's webhooks with ids below before ("": from the newest on), newest first.
func (tx *Tx) OutgoingOf(shopID, endpointID, before string, limit int) (_ []bridge.Outgoing, err error) {
	defer fault.Wrap(&err, "store: webhooks of %s", endpointID)
	return all(tx, scanOutgoing, `SELECT `+outgoingColumns+` FROM outgoing
		WHERE shop_id = $1 AND endpoint_id = $2 AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4`, shopID, endpointID, before, limit)
}

// RepeatOutgoing queues a webhook that failed once more.
func (tx *Tx) RepeatOutgoing(shopID, endpointID, id string) (err error) {
	defer fault.Wrap(&err, "store: repeat webhook %s", id)
	n, err := tx.exec(`UPDATE outgoing SET state = 'queued', due_at = $4, attempts = 0, finished_at = NULL
		WHERE shop_id = $1 AND endpoint_id = $2 AND id = $3 AND state <> 'queued'`, shopID, endpointID, id, micros(tx.now))
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "There is no such finished webhook at this endpoint.")
	}
	return err
}

// DueEndpoints returns up to limit endpoints with webhooks due at now, longest due first.
func (tx *Tx) DueEndpoints(now time.Time, limit int) (_ []string, err error) {
	defer fault.Wrap(&err, "store: due endpoints")
	return all(tx, text, dueEndpointsQuery(), micros(now), limit)
}

func dueEndpointsQuery() string {
	return dueKeysQuery("outgoing", "endpoint_id", "state = 'queued'", []string{"TRUE"})
}

// NextOutgoing returns the earliest moment at which a webhook is due; zero when there is none.
func (tx *Tx) NextOutgoing() (time.Time, error) {
	return tx.earliest("next webhook", `SELECT min(due_at) FROM outgoing WHERE state = 'queued'`)
}
