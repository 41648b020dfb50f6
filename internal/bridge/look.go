package bridge

import (
	"context"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// Trace returns what was decided about a customer before a moment (zero: all), newest first, at most limit entries.
func (b *Bridge) Trace(ctx context.Context, shopID, customerID string, before time.Time, limit int) (list []Trace, err error) {
	defer fault.Wrap(&err, "bridge: trace of %s", customerID)
	if before.IsZero() {
		before = b.o.Now().Add(time.Second)
	}
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.TraceOf(shopID, customerID, before, pageSize(limit))
		return err
	})
	return list, err
}

// Coming is a customer's next order with the moments at which its notice is sent and at which the customer is
// awake to get it.
type Coming struct {
	Order   subscription.Order
	Notice  time.Time // zero: none will be sent
	Awake   time.Time // the first waking moment of the recipient from Notice on; zero when Notice is
	Reason  string    // why there is none, or why not at the regular moment
	ReplyBy time.Time
}

// Coming looks at a customer's next order as the clock will find it; fault.NotFound when none is coming.
func (b *Bridge) Coming(ctx context.Context, shopID, customerID string) (c Coming, err error) {
	defer fault.Wrap(&err, "bridge: coming order of %s", customerID)
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		shop, a, err := shopAndAccount(tx, shopID, customerID)
		if err != nil {
			return err
		}
		order, ok := a.Next()
		if !ok {
			return fault.New(fault.NotFound, "This customer has no coming order.")
		}
		c = watchFor(shop, tx.Now()).coming(order, a.Customer)
		return nil
	})
	return c, err
}

// shopAndAccount reads a customer's account, for a look only, and their shop.
func shopAndAccount(tx Tx, shopID, customerID string) (shop Shop, a subscription.Account, err error) {
	if shop, err = tx.Shop(shopID); err == nil {
		a, err = tx.Look(shopID, customerID)
	}
	return shop, a, err
}

// aheadNotices is how many of a customer's coming orders NextNotice looks at.
const aheadNotices = 8

// NextNotice looks for the first of a customer's coming orders whose notice is still to come: planned, and neither
// sent nor decided against. When there is none, Notice is zero and Reason says why; fault.NotFound when no order is
// coming at all.
func (b *Bridge) NextNotice(ctx context.Context, shopID, customerID string) (c Coming, err error) {
	defer fault.Wrap(&err, "bridge: next notice of %s", customerID)
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		shop, a, err := shopAndAccount(tx, shopID, customerID)
		if err != nil {
			return err
		}
		today := subscription.DateOf(tx.Now(), shop.Location())
		orders := a.Orders(today, aheadNotices)
		if len(orders) == 0 {
			return fault.New(fault.NotFound, "This customer has no coming order.")
		}
		noticed, err := tx.Noticed(customerID, today)
		if err != nil {
			return err
		}
		w := watchFor(shop, tx.Now())
		c = Coming{Order: orders[0], Reason: "The notices of the coming orders are out."}
		if shop.Settings.Off(trigger.UpcomingOrder) {
			c.Reason = "No notice is sent: the trigger Upcoming Order is switched off."
			return nil
		}
		for _, o := range orders {
			if noticed[o.Date] {
				continue
			}
			next := w.coming(o, a.Customer)
			if !next.Notice.IsZero() {
				c = next
				return nil
			}
			c.Reason = next.Reason
		}
		return nil
	})
	return c, err
}
