package store

import (
	"encoding/json"
	"fmt"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const shopColumns = `id, name, link, zone, bridge, created_at`

func scanShop(s scanner) (bridge.Shop, error) {
	var sh bridge.Shop
	var settings string
	var created int64
	if err := s.Scan(&sh.ID, &sh.Name, &sh.Link, &sh.Zone, &settings, &created); err != nil {
		return sh, err
	}
	sh.CreatedAt = moment(created)
	return sh, fromJSON(settings, &sh.Settings)
}

// Shop returns one shop.
func (tx *Tx) Shop(id string) (_ bridge.Shop, err error) {
	defer fault.Wrap(&err, "store: shop %s", id)
	return one(tx, scanShop, "There is no such shop.", `SELECT `+shopColumns+` FROM shops WHERE id = $1`, id)
}

// LockShop is Shop, and locks its row.
func (tx *Tx) LockShop(id string) (_ bridge.Shop, err error) {
	defer fault.Wrap(&err, "store: lock shop %s", id)
	return one(tx, scanShop, "There is no such shop.", `SELECT `+shopColumns+` FROM shops WHERE id = $1`+tx.d.forUpdate(), id)
}

// Shops returns all shops, oldest first.
func (tx *Tx) Shops() (_ []bridge.Shop, err error) {
	defer fault.Wrap(&err, "store: shops")
	return all(tx, scanShop, `SELECT `+shopColumns+` FROM shops ORDER BY created_at, id`)
}

// SaveShop creates a shop or replaces its name, link, zone and bridge settings.
func (tx *Tx) SaveShop(sh bridge.Shop) (err error) {
	defer fault.Wrap(&err, "store: save shop %s", sh.ID)
	settings, err := toJSON(sh.Settings)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO shops (id, name, link, zone, bridge, created_at) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, link = excluded.link, zone = excluded.zone, bridge = excluded.bridge`,
		sh.ID, sh.Name, sh.Link, sh.Zone, settings, micros(tx.now))
	return err
}

// TextingShop returns one shop as the texting half sees it.
func (tx *Tx) TextingShop(id string) (_ texting.Shop, err error) {
	defer fault.Wrap(&err, "store: shop %s", id)
	return one(tx, func(s scanner) (sh texting.Shop, err error) {
		var settings string
		if err := s.Scan(&sh.ID, &sh.Name, &sh.Link, &sh.Zone, &settings); err != nil {
			return sh, err
		}
		return sh, fromJSON(settings, &sh.Settings)
	}, "There is no such shop.", `SELECT id, name, link, zone, texting FROM shops WHERE id = $1`, id)
}

// SaveTextingSettings replaces a shop's settings for the texting half.
func (tx *Tx) SaveTextingSettings(shopID string, s texting.Settings) (err error) {
	defer fault.Wrap(&err, "store: save texting settings of %s", shopID)
	settings, err := toJSON(s)
	if err != nil {
		return err
	}
	n, err := tx.exec(`UPDATE shops SET texting = $2 WHERE id = $1`, shopID, settings)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "There is no such shop.")
	}
	return err
}

// toJSON is how JSON columns are written.
func toJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("encode a JSON column: %w", err)
	}
	return string(b), nil
}

// fromJSON reads a JSON column; "" leaves v as it is.
func fromJSON(s string, v any) error {
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), v); err != nil {
		return fmt.Errorf("decode a JSON column: %w", err)
	}
	return nil
}
