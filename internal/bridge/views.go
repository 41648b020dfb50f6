package bridge

import (
	"context"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// MostCounted is how far pages count: where there is more, a count is one more than that.
const MostCounted = 10_000

// viewTx is what pages show of a whole shop.
type viewTx interface {
	// CountNotices returns how many notices of a shop are due before a moment.
	CountNotices(shopID string, before time.Time) (int, error)
	// CountDeliveries counts the deliveries a shop made since a moment that were sent, refused, or are unknown.
	CountDeliveries(shopID string, since time.Time) (map[State]int, error)
	// CountCustomers returns how many customers a shop has.
	CountCustomers(shopID string) (int, error)
	// Contents returns the different contents of a shop's live subscriptions, those of most first. It looks
	// at those of the newest two thousand customers.
	Contents(shopID string, limit int) ([][]subscription.Item, error)
}

// Overview is how a shop's day looks from the bridge. Nothing is counted further than MostCounted.
type Overview struct {
	Customers int
	Notices   int           // subscriptions whose notice is due before the end of the shop's day
	States    map[State]int // of the deliveries made in the last 24 hours: those sent, refused and unknown
}

// Overview counts what a shop's home page shows.
func (b *Bridge) Overview(ctx context.Context, shopID string) (o Overview, err error) {
	defer fault.Wrap(&err, "bridge: overview of %s", shopID)
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		now := tx.Now().In(shop.Location())
		tomorrow := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, shop.Location())
		if o.Notices, err = tx.CountNotices(shopID, tomorrow); err != nil {
			return err
		}
		if o.Customers, err = tx.CountCustomers(shopID); err != nil {
			return err
		}
		o.States, err = tx.CountDeliveries(shopID, tx.Now().Add(-24*time.Hour))
		return err
	})
	return o, err
}

// Shops returns every shop of this instance, oldest first.
func (b *Bridge) Shops(ctx context.Context) (list []Shop, err error) {
	defer fault.Wrap(&err, "bridge: shops")
	err = b.o.Store.Read(ctx, func(tx Tx) error { list, err = tx.Shops(); return err })
	return list, err
}
