package bridge

import (
	"maps"
	"strconv"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// values fills a trigger's tags from what is true now; what was known when the delivery was queued (Facts)
// wins, because it is what happened. A missing value gets its tag's fallback, so that "Hi ," is never sent. A
// reason means that the trigger is true no more and must not be sent.
func (b *Bridge) values(tx Tx, shop Shop, c Customer, d Delivery) (map[string]string, string, error) {
	v := map[string]string{
		"first_name":        c.FirstName,
		"last_name":         c.LastName,
		"shop_name":         shop.Name,
		"shop_link":         shop.Link,
		"account_page_link": b.accountLink(shop, c.ID),
	}
	a, err := tx.Look(shop.ID, c.ID)
	if err != nil {
		return nil, "", err
	}
	if d.Trigger != trigger.ReplyAnswered { // it carries its answer and nothing else
		v["active_subscriptions"] = strconv.Itoa(live(a))
	}
	if d.Trigger == trigger.UpcomingOrder && !d.OrderDate.IsZero() {
		order, ok := a.OrderOn(d.OrderDate)
		if !ok {
			return nil, noOrder(a, d.OrderDate), nil
		}
		up, err := shop.Timing().Upcoming(order, tx.Now())
		if fault.Is(err, fault.Conflict) {
			return nil, "The order has no single total: " + fault.Message(err), nil
		}
		if err != nil {
			return nil, "", err
		}
		maps.Copy(v, up.Facts)
	}
	maps.Copy(v, d.Facts)
	if def, ok := trigger.ByName(d.Trigger); ok {
		for _, t := range def.AllTags() {
			if v[t.Name] == "" && t.Fallback != "" {
				v[t.Name] = t.Fallback
			}
		}
	}
	maps.DeleteFunc(v, func(_, value string) bool { return value == "" })
	return v, "", nil
}

// orderGone reports whether a suppressed notice speaks of an order date that may come back: the customer was
// not told of it, so if it does, they must be. After a try nobody knows for certain that they were not.
func orderGone(tx Tx, shop Shop, d Delivery) (bool, error) {
	if d.Trigger != trigger.UpcomingOrder || d.Key != noticeDedupe(d.OrderDate) || d.Attempts > 0 {
		return false, nil
	}
	a, err := tx.Look(shop.ID, d.CustomerID)
	if err != nil {
		return false, err
	}
	_, there := a.OrderOn(d.OrderDate)
	return !there && d.OrderDate.After(subscription.DateOf(tx.Now(), shop.Location())), nil
}

// live is how many of a customer's subscriptions can still bring an order.
func live(a subscription.Account) (n int) {
	for _, s := range a.Subscriptions {
		if s.Status.Live() {
			n++
		}
	}
	return n
}
