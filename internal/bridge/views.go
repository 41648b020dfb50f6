package bridge

import (
	"context"
	"time"

	"rejoinder/internal/fault"
)

// TraceOf returns a customer's trace before a moment (zero: all of it), newest first, at most limit entries.
// A customer the shop does not have is fault.NotFound.
func (b *Bridge) TraceOf(ctx context.Context, shopID, customerID string, before time.Time, limit int) (list []Trace, err error) {
	defer fault.Wrap(&err, "bridge: trace of %s", customerID)
	if before.IsZero() {
		before = b.o.Now().AddDate(100, 0, 0)
	}
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		if _, err := tx.Customer(shopID, customerID); err != nil {
			return err
		}
		list, err = tx.TraceOf(shopID, customerID, before, min(max(limit, 1), 500))
		return err
	})
	return list, err
}

// Shops returns every shop of this instance, oldest first.
func (b *Bridge) Shops(ctx context.Context) (list []Shop, err error) {
	defer fault.Wrap(&err, "bridge: shops")
	err = b.o.Store.Read(ctx, func(tx Tx) error { list, err = tx.Shops(); return err })
	return list, err
}
