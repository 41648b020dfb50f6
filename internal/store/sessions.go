package store

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	"rejoinder/internal/fault"
)

// Sessions keeps the pages' sessions; it is an scs.CtxStore. Tokens arrive hashed, so that a copy of the
// database signs nobody in. Expiry follows the wall clock given here, not the demo's movable one.
type Sessions struct {
	db  *DB
	now func() time.Time
}

// NewSessions returns the sessions of a database. Now is the wall clock.
func NewSessions(db *DB, now func() time.Time) *Sessions { return &Sessions{db: db, now: now} }

// FindCtx returns the data of a session that has not expired; found is false if there is none.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	defer fault.Wrap(&err, "store: session")
	var encoded string
	err = s.db.Read(ctx, func(tx *Tx) (err error) {
		encoded, err = one(tx, text, "There is no such session.", `SELECT data FROM sessions WHERE token = $1 AND expires_at > $2`, token, micros(s.now()))
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	data, err = base64.StdEncoding.DecodeString(encoded)
	return data, err == nil, err
}

// CommitCtx creates or replaces a session.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) (err error) {
	defer fault.Wrap(&err, "store: keep a session")
	return s.db.InTx(ctx, func(tx *Tx) error {
		_, err := tx.exec(`INSERT INTO sessions (token, data, expires_at) VALUES ($1,$2,$3)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
			token, base64.StdEncoding.EncodeToString(data), micros(expiry))
		return err
	})
}

// DeleteCtx ends a session; one that is not there is fine.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) (err error) {
	defer fault.Wrap(&err, "store: end a session")
	return s.db.InTx(ctx, func(tx *Tx) error {
		_, err := tx.exec(`DELETE FROM sessions WHERE token = $1`, token)
		return err
	})
}

// Sweep deletes sessions that have expired, and one-time links a month after they did.
func (s *Sessions) Sweep(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "store: sweep sessions")
	return s.db.InTx(ctx, func(tx *Tx) error {
		_, one := tx.exec(`DELETE FROM sessions WHERE expires_at <= $1`, micros(s.now()))
		_, two := tx.exec(`DELETE FROM invitations WHERE expires_at <= $1`, micros(s.now().AddDate(0, -1, 0)))
		return errors.Join(one, two)
	})
}

// Find is FindCtx for callers without a context.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for callers without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
