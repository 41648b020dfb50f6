package bridge

import (
	"context"
	"slices"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// Change takes a customer's account from what it is to what do makes of it, with everything that follows: see
// change. Do is given the account as it stands now, may be called again, and must leave what it was given alone.
// With a Once the change happens at most once per key; a repetition returns the account as it stands.
func (b *Bridge) Change(ctx context.Context, shopID, customerID string, do func(subscription.Account) (subscription.Account, error), why trigger.Cause, once ...Once) (after subscription.Account, err error) {
	defer fault.Wrap(&err, "bridge: change %s", customerID)
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		before, err := tx.Account(shopID, customerID)
		if err != nil {
			return err
		}
		after = before
		if _, fresh, err := first(once).claim(tx, shopID, customerID); err != nil || !fresh {
			return err
		}
		if after, err = do(before); err != nil {
			return err
		}
		_, err = b.change(tx, shop, &before, after, occasion(tx, why))
		return err
	})
	return after, err
}

// occasion gives a cause without an id one of its own: each call of a use case is an occurrence of its own.
func occasion(tx Tx, why trigger.Cause) trigger.Cause {
	if why.ID == "" {
		why.ID = ident.New("chg", tx.Now())
	}
	return why
}

// CreateCustomer adds a customer without subscriptions and returns them with their id. The error is Invalid with
// the field to blame, or Conflict when another customer has the phone or the external id.
func (b *Bridge) CreateCustomer(ctx context.Context, shopID string, c subscription.Customer, why trigger.Cause, once ...Once) (_ Customer, err error) {
	defer fault.Wrap(&err, "bridge: create customer in %s", shopID)
	var out Customer
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		fresh := c
		fresh.ID = ident.New(ident.Customer, tx.Now())
		if err := shop.cleanCustomer(&fresh); err != nil {
			return err
		}
		id, isNew, err := first(once).claim(tx, shopID, fresh.ID)
		if err != nil {
			return err
		}
		if isNew {
			if _, err := b.change(tx, shop, nil, subscription.Account{Customer: fresh}, occasion(tx, why)); err != nil {
				return err
			}
		}
		out, err = tx.Customer(shopID, id)
		return err
	})
	return out, err
}

// UpdateCustomer changes a customer's name, address, numbers or way of paying: patch changes what it is given.
func (b *Bridge) UpdateCustomer(ctx context.Context, shopID, customerID string, patch func(*subscription.Customer) error, why trigger.Cause, once ...Once) (_ Customer, err error) {
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return Customer{}, err
	}
	_, err = b.Change(ctx, shopID, customerID, func(a subscription.Account) (subscription.Account, error) {
		if err := patch(&a.Customer); err != nil {
			return a, err
		}
		a.Customer.ID = customerID
		return a, shop.cleanCustomer(&a.Customer)
	}, why, once...)
	if err != nil {
		return Customer{}, err
	}
	return b.Customer(ctx, shopID, customerID)
}

// CreateSubscription adds a subscription to a customer. Its next order must lie after today; its status is active
// unless it is given as paused. The error is Invalid with the field to blame, or Conflict for a taken external id.
func (b *Bridge) CreateSubscription(ctx context.Context, shopID, customerID string, s subscription.Subscription, why trigger.Cause, once ...Once) (out subscription.Subscription, err error) {
	defer fault.Wrap(&err, "bridge: create subscription of %s", customerID)
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		before, err := tx.Account(shopID, customerID)
		if err != nil {
			return err
		}
		fresh := s
		fresh.ID = ident.New(ident.Subscription, tx.Now())
		if err := shop.cleanSubscription(&fresh, subscription.DateOf(tx.Now(), shop.Location())); err != nil {
			return err
		}
		id, isNew, err := first(once).claim(tx, shopID, fresh.ID)
		if err != nil {
			return err
		}
		after := before
		if isNew {
			after.Subscriptions = append(slices.Clone(before.Subscriptions), fresh)
			if _, err := b.change(tx, shop, &before, after, occasion(tx, why)); err != nil {
				return err
			}
		}
		found := false
		if out, found = after.Find(id); !found {
			return fault.New(fault.NotFound, "The subscription this request made is gone.")
		}
		return nil
	})
	return out, err
}

// UpdateSubscription changes what is in a subscription, its interval or its next date: patch changes what it is
// given. A date given by hand starts the cadence from there.
func (b *Bridge) UpdateSubscription(ctx context.Context, shopID, subscriptionID string, patch func(*subscription.Subscription) error, why trigger.Cause, once ...Once) (_ subscription.Subscription, err error) {
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return subscription.Subscription{}, err
	}
	return b.ChangeSubscription(ctx, shopID, subscriptionID, func(a subscription.Account, today subscription.Date) (subscription.Account, error) {
		a.Subscriptions = slices.Clone(a.Subscriptions)
		i := slices.IndexFunc(a.Subscriptions, func(s subscription.Subscription) bool { return s.ID == subscriptionID })
		s := &a.Subscriptions[i]
		if !s.Status.Live() {
			return a, fault.New(fault.Conflict, "This subscription has ended and cannot be changed; make a new one.")
		}
		was := *s
		if err := patch(s); err != nil {
			return a, err
		}
		s.ID, s.Status, s.PausedUntil = was.ID, was.Status, was.PausedUntil
		s.Skipped = slices.DeleteFunc(slices.Clone(was.Skipped), func(d subscription.Date) bool { return d == s.Next })
		if s.Anchor == was.Anchor && (s.Next != was.Next || s.Interval != was.Interval) {
			s.Anchor = 0
		}
		if s.Next == was.Next {
			today = s.Next.AddDays(-1) // an old date that stays is no mistake of this request
		}
		return a, shop.cleanSubscription(s, today)
	}, why, once...)
}

// ChangeSubscription is Change for one subscription named by its own id; do is also given today in the shop's zone.
func (b *Bridge) ChangeSubscription(ctx context.Context, shopID, subscriptionID string, do func(a subscription.Account, today subscription.Date) (subscription.Account, error), why trigger.Cause, once ...Once) (_ subscription.Subscription, err error) {
	defer fault.Wrap(&err, "bridge: change %s", subscriptionID)
	var owner string
	var shop Shop
	if err := b.o.Store.Read(ctx, func(tx Tx) (err error) {
		if owner, err = tx.SubscriptionOwner(shopID, subscriptionID); err != nil {
			return err
		}
		shop, err = tx.Shop(shopID)
		return err
	}); err != nil {
		return subscription.Subscription{}, err
	}
	today := subscription.DateOf(b.o.Now(), shop.Location())
	a, err := b.Change(ctx, shopID, owner, func(a subscription.Account) (subscription.Account, error) { return do(a, today) }, why, once...)
	if err != nil {
		return subscription.Subscription{}, err
	}
	s, _ := a.Find(subscriptionID)
	return s, nil
}

// Shop returns one shop.
func (b *Bridge) Shop(ctx context.Context, shopID string) (shop Shop, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { shop, err = tx.Shop(shopID); return err })
	return shop, err
}

// SaveShop creates a shop, or replaces all of it. Whoever changes a part uses ChangeShop, which loses nobody else's change.
func (b *Bridge) SaveShop(ctx context.Context, shop Shop) (err error) {
	defer fault.Wrap(&err, "bridge: save shop %s", shop.ID)
	return b.keepShop(ctx, shop.ID, func(tx Tx) (was, is Shop, err error) {
		if was, err = tx.LockShop(shop.ID); fault.Is(err, fault.NotFound) {
			return shop, shop, nil
		}
		return was, shop, err
	})
}

// ChangeShop changes a shop's name, link, zone or settings as they are at that moment; change may be called more than
// once. When what notices are planned from has changed, every plan of the shop is looked at again at once.
func (b *Bridge) ChangeShop(ctx context.Context, shopID string, change func(*Shop) error) (err error) {
	defer fault.Wrap(&err, "bridge: change shop %s", shopID)
	return b.keepShop(ctx, shopID, func(tx Tx) (was, is Shop, err error) {
		if was, err = tx.LockShop(shopID); err != nil {
			return was, is, err
		}
		is = was
		return was, is, change(&is)
	})
}

func (b *Bridge) keepShop(ctx context.Context, shopID string, change func(Tx) (was, is Shop, err error)) error {
	replan := false
	err := b.o.Store.InTx(ctx, func(tx Tx) error {
		was, is, err := change(tx)
		if err != nil {
			return err
		}
		if err := is.Check(); err != nil {
			return err
		}
		replan = !was.plansLike(is)
		if err := tx.SaveShop(is); err != nil || !replan {
			return err
		}
		return tx.LookAgain(is.ID)
	})
	b.senders.forget(shopID)
	if err == nil && replan {
		b.wake(ctx, WakeNotice, "")
		b.wake(ctx, WakeRoll, "")
	}
	return err
}

// Account returns the whole picture of one customer.
func (b *Bridge) Account(ctx context.Context, shopID, customerID string) (a subscription.Account, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { a, err = tx.Look(shopID, customerID); return err })
	return a, err
}

// Customer returns one customer with what we know about texting them.
func (b *Bridge) Customer(ctx context.Context, shopID, customerID string) (c Customer, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { c, err = tx.Customer(shopID, customerID); return err })
	return c, err
}

// Customers finds customers by part of a name, phone, email or external id, in any case ("": all), newest first.
// Next is the cursor of the following page, "" on the last one.
func (b *Bridge) Customers(ctx context.Context, shopID, query, cursor string, limit int) (list []Customer, next string, err error) {
	limit = pageSize(limit)
	err = b.o.Store.Read(ctx, func(tx Tx) error { list, err = tx.Customers(shopID, query, cursor, limit+1); return err })
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].ID
	}
	return list, next, err
}

// FindCustomers returns customers of a shop who are found by what somebody typed, newest first, at most limit, and
// whether there are more.
func (b *Bridge) FindCustomers(ctx context.Context, shopID, typed string, limit int) (list []Customer, more bool, err error) {
	limit = pageSize(limit)
	err = b.o.Store.Read(ctx, func(tx Tx) error { list, err = tx.FindCustomers(shopID, typed, limit+1); return err })
	if len(list) > limit {
		list, more = list[:limit], true
	}
	return list, more, err
}

// CustomerByPhone returns the shop's customer of an E.164 number; fault.NotFound if there is none.
func (b *Bridge) CustomerByPhone(ctx context.Context, shopID string, phone subscription.Phone) (c Customer, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { c, err = tx.CustomerByPhone(shopID, phone); return err })
	return c, err
}

// pageSize bounds the length of a page: 50 unless asked for, 200 at most.
func pageSize(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, 200)
}

// SubscriptionOf returns a subscription and the id of its customer.
func (b *Bridge) SubscriptionOf(ctx context.Context, shopID, subscriptionID string) (s subscription.Subscription, customerID string, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		if customerID, err = tx.SubscriptionOwner(shopID, subscriptionID); err != nil {
			return err
		}
		a, err := tx.Look(shopID, customerID)
		s, _ = a.Find(subscriptionID)
		return err
	})
	return s, customerID, err
}

// ComingOrders returns the next order of each customer of the shop with a date from from to to, by date. Next
// is the place to go on from, the zero value on the last page.
func (b *Bridge) ComingOrders(ctx context.Context, shopID string, from, to subscription.Date, after OrderPlace, limit int) (list []ComingOrder, next OrderPlace, err error) {
	limit = pageSize(limit)
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.ComingOrders(shopID, from, to, after, limit+1)
		return err
	})
	if len(list) > limit {
		list = list[:limit]
		next = OrderPlace{Date: list[limit-1].Date, CustomerID: list[limit-1].CustomerID}
	}
	return list, next, err
}

// PaymentFailed takes in that the payment of an order failed: the newest failed bill of the customer.
func (b *Bridge) PaymentFailed(ctx context.Context, shopID, customerID string, bill subscription.Bill, why trigger.Cause, once ...Once) (subscription.Account, error) {
	if err := checkBill(&bill); err != nil {
		return subscription.Account{}, err
	}
	return b.Change(ctx, shopID, customerID, func(a subscription.Account) (subscription.Account, error) {
		if a.Failed != nil && a.Failed.ID == bill.ID && a.Failed.Attempt >= bill.Attempt {
			return a, nil // told before, or out of order
		}
		a.Failed = &bill
		return a, nil
	}, why, once...)
}
