package texting

import (
	"context"
	"time"

	"rejoinder/internal/fault"
)

// MostCounted is how far pages count: where there is more, a count is one more than that.
const MostCounted = 10_000

// viewTx is what pages show of a whole shop.
type viewTx interface {
	// CountWaiting returns how many texts of a shop wait to go out before a moment, and how many of them waking
	// hours hold; no further than MostCounted, and of these.
	CountWaiting(shopID string, before time.Time) (waiting, held int, err error)
	// CountTexts returns how many texts of a shop went out and came in since a moment.
	CountTexts(shopID string, since time.Time) (out, in int, err error)
}

// Overview is how a shop's day looks from the texting half. Nothing is counted further than MostCounted.
type Overview struct {
	Waiting     int // texts that go out before the end of the shop's day
	Held        int // of these, by waking hours
	Sent        int // since the beginning of the shop's day
	Replies     int
	Unread      int // inbound texts nobody at the shop has read
	NeedsPerson int // inbound texts nobody has answered
}

// Overview counts what a shop's home page shows.
func (t *Texting) Overview(ctx context.Context, shopID string) (o Overview, err error) {
	defer fault.Wrap(&err, "texting: overview of %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		shop, err := tx.TextingShop(shopID)
		if err != nil {
			return err
		}
		zone, err := time.LoadLocation(shop.Zone)
		if err != nil {
			zone = time.UTC
		}
		now := tx.Now().In(zone)
		today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, zone)
		if o.Waiting, o.Held, err = tx.CountWaiting(shopID, today.AddDate(0, 0, 1)); err != nil {
			return err
		}
		if o.Sent, o.Replies, err = tx.CountTexts(shopID, today); err != nil {
			return err
		}
		inbox, err := tx.InboxCounts(shopID, tx.Now().Add(-answersBy))
		o.Unread, o.NeedsPerson = inbox.Unread, inbox.Person
		return err
	})
	return o, err
}
