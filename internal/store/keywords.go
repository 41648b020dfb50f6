package store

import (
	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

const keywordColumns = `id, shop_id, word, reply, active, triggered, created_at, updated_at`

func scanKeyword(s scanner) (k texting.Keyword, err error) {
	var created, updated int64
	err = s.Scan(&k.ID, &k.ShopID, &k.Word, &k.Reply, &k.Active, &k.Triggered, &created, &updated)
	k.CreatedAt, k.UpdatedAt = moment(created), moment(updated)
	return k, err
}

// Keywords returns a shop's keywords by word.
func (tx *Tx) Keywords(shopID string, activeOnly bool, limit int) (_ []texting.Keyword, err error) {
	defer fault.Wrap(&err, "store: keywords of %s", shopID)
	return all(tx, scanKeyword, `SELECT `+keywordColumns+` FROM keywords WHERE shop_id = $1 AND (active OR NOT $2) ORDER BY word LIMIT $3`,
		shopID, activeOnly, limit)
}

// Keyword returns one keyword of a shop, active or not.
func (tx *Tx) Keyword(shopID, id string) (_ texting.Keyword, err error) {
	defer fault.Wrap(&err, "store: keyword %s", id)
	return one(tx, scanKeyword, "There is no such keyword in this shop.",
		`SELECT `+keywordColumns+` FROM keywords WHERE shop_id = $1 AND id = $2`, shopID, id)
}

// KeywordByWord returns the active keyword of an upper-case word.
func (tx *Tx) KeywordByWord(shopID, word string) (_ texting.Keyword, err error) {
	defer fault.Wrap(&err, "store: keyword by word in %s", shopID)
	return one(tx, scanKeyword, "There is no such keyword in this shop.",
		`SELECT `+keywordColumns+` FROM keywords WHERE shop_id = $1 AND word = $2 AND active`, shopID, word)
}

// SaveKeyword adds a keyword or replaces one of the same id; a word the shop has already is fault.Conflict.
func (tx *Tx) SaveKeyword(k texting.Keyword) (err error) {
	defer fault.Wrap(&err, "store: save keyword %s", k.ID)
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM keywords WHERE shop_id = $1 AND word = $2 AND id <> $3`, k.ShopID, k.Word, k.ID)
	if err == nil && n > 0 {
		return fault.New(fault.Conflict, "This shop has that keyword already.")
	}
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO keywords (`+keywordColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
		ON CONFLICT (id) DO UPDATE SET word = excluded.word, reply = excluded.reply, active = excluded.active, updated_at = excluded.updated_at
		WHERE keywords.shop_id = excluded.shop_id`,
		k.ID, k.ShopID, k.Word, k.Reply, k.Active, k.Triggered, micros(k.CreatedAt), micros(k.UpdatedAt))
	if tx.d.unique(err) { // two at once
		return fault.New(fault.Conflict, "This shop has that keyword already.")
	}
	return err
}

// CountKeyword counts one use of a keyword.
func (tx *Tx) CountKeyword(shopID, id string) (err error) {
	defer fault.Wrap(&err, "store: count keyword %s", id)
	_, err = tx.exec(`UPDATE keywords SET triggered = triggered + 1 WHERE shop_id = $1 AND id = $2`, shopID, id)
	return err
}
