package store

import (
	"context"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/texting"
)

// Directions on the sandbox handset, as its owner sees them.
const (
	ToPhone   = "to_phone"
	FromPhone = "from_phone"
)

// HandsetText is one text on a sandbox handset.
type HandsetText struct {
	ID        string // sorts by time
	Direction string // ToPhone or FromPhone
	Body      string
	At        time.Time
}

// AddHandset puts a text on a handset unless one of that direction and client id is there; it reports whether
// it was added.
func (tx *Tx) AddHandset(shopID, phone, direction, body, clientID string) (_ bool, err error) {
	defer fault.Wrap(&err, "store: handset text %s", clientID)
	n, err := tx.exec(`INSERT INTO handset (id, shop_id, phone, direction, body, client_id, at) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT DO NOTHING`, ident.New("hst", tx.now), shopID, phone, direction, body, clientID, micros(tx.now))
	return n == 1, err
}

// HandsetThread returns the last texts on a handset, oldest first, at most limit.
func (tx *Tx) HandsetThread(shopID, phone string, limit int) (_ []HandsetText, err error) {
	defer fault.Wrap(&err, "store: handset in %s", shopID)
	return all(tx, func(s scanner) (h HandsetText, err error) {
		var at int64
		err = s.Scan(&h.ID, &h.Direction, &h.Body, &at)
		h.At = moment(at)
		return h, err
	}, `SELECT id, direction, body, at FROM (
			SELECT id, direction, body, at FROM handset WHERE shop_id = $1 AND phone = $2 ORDER BY at DESC, id DESC LIMIT $3
		) AS newest ORDER BY at, id`, shopID, phone, limit)
}

// Handset is the sandbox phones of a database: where the sandbox gateway puts what it carries.
type Handset struct{ DB *DB }

// Carry puts a text on the handset of its number, once.
func (h Handset) Carry(ctx context.Context, t texting.Text) (added bool, err error) {
	err = h.DB.InTx(ctx, func(tx *Tx) error {
		added, err = tx.AddHandset(t.ShopID, t.To, ToPhone, t.Body, t.ID)
		return err
	})
	return added, err
}

// Thread returns the last texts on a handset, oldest first, at most limit.
func (h Handset) Thread(ctx context.Context, shopID, phone string, limit int) (list []HandsetText, err error) {
	err = h.DB.Read(ctx, func(tx *Tx) error {
		list, err = tx.HandsetThread(shopID, phone, limit)
		return err
	})
	return list, err
}
