package bridge

import (
	"context"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// rollTx finds what the calendar moves.
type rollTx interface {
	// ClaimRolls returns up to limit customers with a date that has come or a pause that has ended, and keeps
	// their accounts from changing until the transaction ends.
	ClaimRolls(limit int) ([]CustomerRef, error)
	// NextRoll returns the earliest moment at which a date comes or a pause ends; zero: none.
	NextRoll() (time.Time, error)
}

// CustomerRef names a customer of a shop.
type CustomerRef struct {
	ShopID     string
	CustomerID string
}

const (
	rollBatch   = 100 // customers in one transaction
	rollBatches = 20  // transactions in one call
)

// HandleRoll is the handler of WakeRoll. An order is due when its date begins in the shop's zone: its
// subscriptions go on to the next date, and the ledger's webhook order.due says what there is to charge and
// ship. Pauses whose last day is over end. Nobody is texted about either.
func (b *Bridge) HandleRoll(ctx context.Context, _ string) (again time.Time, err error) {
	defer fault.Wrap(&err, "bridge: roll")
	for range rollBatches {
		var rolled []CustomerRef
		err := b.o.Store.InTx(ctx, func(tx Tx) (err error) {
			if rolled, err = tx.ClaimRolls(rollBatch); err != nil {
				return err
			}
			shops := map[string]Shop{}
			for _, r := range rolled {
				shop, ok := shops[r.ShopID]
				if !ok {
					if shop, err = tx.Shop(r.ShopID); err != nil {
						return err
					}
					shops[r.ShopID] = shop
				}
				if err := b.roll(tx, shop, r.CustomerID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return time.Time{}, err
		}
		if len(rolled) == 0 {
			return time.Time{}, nil
		}
	}
	return b.o.Now(), nil
}

// roll carries one customer's account to today.
func (b *Bridge) roll(tx Tx, shop Shop, customerID string) error {
	before, err := tx.Account(shop.ID, customerID)
	if err != nil {
		return err
	}
	today := subscription.DateOf(tx.Now(), shop.Location())
	why := trigger.Cause{Actor: trigger.System, Today: today}
	woken, ids := subscription.Wake(before, today)
	if len(ids) > 0 { // first, so that an order of this very day stands before it comes due
		if _, err := b.change(tx, shop, &before, woken, why); err != nil {
			return err
		}
	}
	after, due := subscription.Roll(woken, today)
	if err := b.recordUntold(tx, shop, woken.Customer, due); err != nil {
		return err
	}
	// Where nothing has changed (the shop's zone has, or a setting), this plans the next look.
	if _, err := b.change(tx, shop, &woken, after, why); err != nil {
		return err
	}
	var events []event
	for _, o := range due {
		events = append(events, event{kind: OrderDue, date: o.Date, subscriptions: o.Subscriptions})
	}
	return b.publish(tx, shop, after, events, why)
}

// recordUntold records why orders come due of which nobody was told: the program was down while they could have been.
func (b *Bridge) recordUntold(tx Tx, shop Shop, c subscription.Customer, due []subscription.Order) error {
	reasons := map[subscription.Date]string{}
	w := watchFor(shop, tx.Now())
	for _, o := range due {
		if reasons[o.Date] = switchedOff; !shop.Settings.Off(trigger.UpcomingOrder) {
			reasons[o.Date] = w.plan(o.Date, whereaboutsOf(c)).Reason
		}
	}
	return b.addSuppressed(tx, shop, c.ID, reasons)
}

// RollDue returns the key of the roll when a date has come at now.
func (b *Bridge) RollDue(ctx context.Context, now time.Time, _ int) ([]string, error) {
	return dueAt(b.RollNextDue(ctx))(now)
}

// RollNextDue returns the earliest moment at which a date comes or a pause ends; zero: none.
func (b *Bridge) RollNextDue(ctx context.Context) (at time.Time, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { at, err = tx.NextRoll(); return err })
	return at, err
}
