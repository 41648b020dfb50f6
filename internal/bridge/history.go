package bridge

import (
	"context"
	"maps"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// DeliveryFilter chooses deliveries for a page; zero fields choose all. Newest first.
type DeliveryFilter struct {
	State      State
	Trigger    trigger.Name
	CustomerID string
	Before     string // id of the last one seen; "" begins with the newest
	Limit      int    // at most 200
}

// Deliveries lists a shop's deliveries.
func (b *Bridge) Deliveries(ctx context.Context, shopID string, f DeliveryFilter) (out []Delivery, err error) {
	f.Limit = min(or(f.Limit, 50), 200)
	err = b.o.Store.Read(ctx, func(tx Tx) error { out, err = tx.Deliveries(shopID, f); return err })
	return out, err
}

// Delivery returns one delivery of a shop.
func (b *Bridge) Delivery(ctx context.Context, shopID, id string) (d Delivery, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { d, err = tx.Delivery(shopID, id); return err })
	return d, err
}

// SendAgain queues a copy of a delivery that has ended. A copy that is true no more ends suppressed, like any.
func (b *Bridge) SendAgain(ctx context.Context, shopID, id string) (copied Delivery, err error) {
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		d, err := tx.Delivery(shopID, id)
		if err != nil {
			return err
		}
		if d.State == Queued || d.State == Sending {
			return fault.New(fault.Conflict, "This one is still on its way.")
		}
		copied, err = b.enqueueByHand(tx, d.ShopID, Delivery{
			CustomerID: d.CustomerID, Trigger: d.Trigger, OrderDate: d.OrderDate, Facts: d.Facts, ExpiresAt: d.ExpiresAt,
		}, "again/")
		return err
	})
	if err != nil {
		return copied, err
	}
	return copied, b.o.Waker.Wake(ctx, WakeDeliver, shopID)
}

// TestSend sends a trigger about a real customer with their values, tags that are not known now filled with
// the samples. It is a real request: whoever has an active automation on the trigger texts the customer.
func (b *Bridge) TestSend(ctx context.Context, shopID string, name trigger.Name, customerID string) (d Delivery, err error) {
	def, ok := trigger.ByName(name)
	if !ok {
		return d, fault.New(fault.NotFound, "There is no such trigger.")
	}
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		facts, err := b.sampleFacts(tx, shop, def, customerID)
		if err != nil {
			return err
		}
		d, err = b.enqueueByHand(tx, shopID, Delivery{CustomerID: customerID, Trigger: name, Facts: facts}, "test/")
		return err
	})
	if err != nil {
		return d, err
	}
	return d, b.o.Waker.Wake(ctx, WakeDeliver, shopID)
}

// sampleFacts are a trigger's own tags for a customer, as they would be if it happened to the next order now; what
// cannot be known that way is the tag's sample.
func (b *Bridge) sampleFacts(tx Tx, shop Shop, def trigger.Definition, customerID string) (map[string]string, error) {
	a, err := tx.Look(shop.ID, customerID)
	if err != nil {
		return nil, err
	}
	known := map[string]string{"card_brand": a.Customer.Payment.Brand, "card_last4": a.Customer.Payment.Last4}
	if def.Name == trigger.CustomerDeactivated {
		known["active_subscriptions"] = "0"
	}
	if order, ok := a.Next(); ok {
		if up, err := shop.Timing().Upcoming(order, tx.Now()); err == nil {
			maps.Copy(known, up.Facts)
			known["next_delivery_date"] = up.Facts["delivery_date"]
		}
		maps.Copy(known, imagined(shop, a, order, def.Name))
	}
	facts := map[string]string{}
	for _, t := range def.Tags {
		if v := known[t.Name]; v != "" {
			facts[t.Name] = v
		} else if t.Name != "account_page_link" && t.Name != "active_subscriptions" {
			facts[t.Name] = t.Sample
		}
	}
	return facts, nil
}

// imagined are the facts of a skip or delay of an order that does not take place.
func imagined(shop Shop, a subscription.Account, order subscription.Order, name trigger.Name) map[string]string {
	after, err := a, error(nil)
	switch name {
	case trigger.OrderSkipped:
		after, err = subscription.Skip(a, order.IDs(), order.Date)
	case trigger.OrderDelayed:
		after, err = subscription.Delay(a, order.IDs(), order.Date, shop.delayed(order.Date, reply.Amount{}))
	}
	if err != nil {
		return nil
	}
	for _, f := range trigger.Diff(&a, after, trigger.Cause{Actor: trigger.Customer}, trigger.Settings{}) {
		if f.Name == name {
			return f.Facts
		}
	}
	return nil
}

// Sample returns what a trigger's tags would be for a customer now, for previews; nothing is sent.
func (b *Bridge) Sample(ctx context.Context, shopID string, name trigger.Name, customerID string) (values map[string]string, err error) {
	def, ok := trigger.ByName(name)
	if !ok {
		return nil, fault.New(fault.NotFound, "There is no such trigger.")
	}
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		c, err := tx.Customer(shopID, customerID)
		if err != nil {
			return err
		}
		facts, err := b.sampleFacts(tx, shop, def, customerID)
		if err != nil {
			return err
		}
		values, _, err = b.values(tx, shop, c, Delivery{CustomerID: customerID, Trigger: name, Facts: facts})
		return err
	})
	return values, err
}

// enqueueByHand queues a delivery a person asked for; each press is an occurrence of its own.
func (b *Bridge) enqueueByHand(tx Tx, shopID string, d Delivery, prefix string) (Delivery, error) {
	shop, err := tx.Shop(shopID)
	if err != nil {
		return d, err
	}
	d.ID = ident.New(ident.Delivery, tx.Now())
	d.Key, d.Lane = prefix+d.ID, LaneEvent
	d.DueAt = time.Time{}
	if _, err := tx.Customer(shopID, d.CustomerID); err != nil {
		return d, err
	}
	_, err = b.queue(tx, shop, d)
	return d, err
}
