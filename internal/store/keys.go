package store

import (
	"database/sql"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const keyColumns = `id, shop_id, partner, label, public_key, private_key, private_hash, created_at, revoked_at`

func scanKey(s scanner) (k texting.StoredKey, err error) {
	var created int64
	var revoked sql.NullInt64
	err = s.Scan(&k.ID, &k.ShopID, &k.Partner, &k.Label, &k.PublicKey, &k.Sealed, &k.Hash, &created, &revoked)
	k.CreatedAt, k.RevokedAt = moment(created), moment(revoked.Int64)
	return k, err
}

// AddKey adds a key pair.
func (tx *Tx) AddKey(k texting.StoredKey) (err error) {
	defer fault.Wrap(&err, "store: add key %s", k.ID)
	_, err = tx.exec(`INSERT INTO key_pairs (`+keyColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,NULL)`,
		k.ID, k.ShopID, k.Partner, k.Label, k.PublicKey, k.Sealed, k.Hash, micros(k.CreatedAt))
	return err
}

// Keys returns a shop's key pairs, or with shopID "" those of partners: those that work before the revoked, newest
// first.
func (tx *Tx) Keys(shopID string, limit int) (_ []texting.StoredKey, err error) {
	defer fault.Wrap(&err, "store: keys of %s", shopID)
	return all(tx, scanKey, `SELECT `+keyColumns+` FROM key_pairs WHERE shop_id = $1
		ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id DESC LIMIT $2`, shopID, limit)
}

// Key returns one key pair of a shop.
func (tx *Tx) Key(shopID, id string) (_ texting.StoredKey, err error) {
	defer fault.Wrap(&err, "store: key %s", id)
	return one(tx, scanKey, "There is no such key pair in this shop.",
		`SELECT `+keyColumns+` FROM key_pairs WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// KeyByHash returns the key pair of a private key that still works.
func (tx *Tx) KeyByHash(hash string) (_ texting.StoredKey, err error) {
	defer fault.Wrap(&err, "store: key by hash")
	return one(tx, scanKey, "No working key is that one.",
		`SELECT `+keyColumns+` FROM key_pairs WHERE private_hash = $1 AND revoked_at IS NULL`, hash)
}

// RevokeKey revokes a key pair; one that is revoked stays as it is.
func (tx *Tx) RevokeKey(shopID, id string) (err error) {
	defer fault.Wrap(&err, "store: revoke key %s", id)
	n, err := tx.exec(`UPDATE key_pairs SET revoked_at = COALESCE(revoked_at, $3) WHERE shop_id = $1 AND id = $2`, shopID, id, micros(tx.now))
	return mustBeThere(n, err, "There is no such key pair in this shop.")
}

// LabelKey renames a key pair.
func (tx *Tx) LabelKey(shopID, id, label string) (err error) {
	defer fault.Wrap(&err, "store: label key %s", id)
	n, err := tx.exec(`UPDATE key_pairs SET label = $3 WHERE shop_id = $1 AND id = $2`, shopID, id, label)
	return mustBeThere(n, err, "There is no such key pair in this shop.")
}

// mustBeThere turns "no row was changed" into fault.NotFound.
func mustBeThere(n int64, err error, missing string) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "%s", missing)
	}
	return err
}
