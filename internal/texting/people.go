package texting

import (
	"context"

	"rejoinder/internal/fault"
)

// SubscriberList chooses a page of subscribers for people.
type SubscriberList struct {
	Search string           // part of a name, e-mail or number; what is found has no second page
	Status SubscriberStatus // "": all
	Before string           // the ID of the last one of the page before; "" for the first page
	Limit  int              // 1 to 200; 0 means 50
}

// ListSubscribers returns a page of a shop's subscribers, newest first.
func (t *Texting) ListSubscribers(ctx context.Context, shopID string, q SubscriberList) (list []Subscriber, err error) {
	defer fault.Wrap(&err, "texting: list subscribers of %s", shopID)
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	err = t.o.Store.Read(ctx, func(tx Tx) error { list, err = tx.ListSubscribers(shopID, q); return err })
	return list, err
}
