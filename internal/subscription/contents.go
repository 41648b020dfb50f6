package subscription

import (
	"slices"

	"rejoinder/internal/fault"
)

// BringForward moves the order of one date to today, and the orders after it follow from there. Each subscription must
// be active with its next order on the date, otherwise the error is Conflict; so it is when the date has come.
func BringForward(a Account, ids []string, on, today Date) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		if err := s.due(on); err != nil {
			return err
		}
		if !on.After(today) {
			return fault.New(fault.Conflict, "The order of %s is already on its way.", on.Long())
		}
		s.Next = today
		s.Anchor = s.Interval.AnchorOf(today)
		return nil
	})
}

// named returns the place of the item with a product id, or of one without an id by its name; -1 if there is none.
func (s Subscription) named(product string) int {
	return slices.IndexFunc(s.Items, func(i Item) bool {
		return i.ProductID == product || i.ProductID == "" && i.Name == product
	})
}

// mostOfOne is how many of one product an order may have: more is a slip of the thumb.
const mostOfOne = 99

// item changes the item of a product in each of the subscriptions. The error is Conflict for a subscription that is
// over or does not have it.
func item(a Account, ids []string, product string, do func(s *Subscription, at int) error) (Account, error) {
	return change(a, ids, func(s *Subscription) error {
		if !s.Status.Live() {
			return s.notActive()
		}
		i := s.named(product)
		if i < 0 {
			return fault.New(fault.Conflict, "That product is not in the subscription any more.")
		}
		s.Items = slices.Clone(s.Items)
		return do(s, i)
	})
}

// Swap puts another product in the place of one, as many of it as there were, from the next order on. A price of zero
// keeps the price. The error is Conflict when the subscription is over or does not have the product, or already has
// the other.
func Swap(a Account, ids []string, product string, other Item) (Account, error) {
	return item(a, ids, product, func(s *Subscription, at int) error {
		if s.named(other.ProductID) >= 0 {
			return fault.New(fault.Conflict, "%s is already in the subscription.", other.Name)
		}
		other.Quantity = s.Items[at].Quantity
		if other.Price.IsZero() {
			other.Price = s.Items[at].Price
		}
		s.Items[at] = other
		return nil
	})
}

// SetQuantity changes how many of a product each order has, from the next on: 1 to 99. The error is Invalid outside
// of that, and Conflict when the subscription is over or does not have the product.
func SetQuantity(a Account, ids []string, product string, count int) (Account, error) {
	return item(a, ids, product, func(s *Subscription, at int) error {
		if count < 1 || count > mostOfOne {
			return fault.Field("quantity", "Choose a quantity from 1 to %d.", mostOfOne)
		}
		s.Items[at].Quantity = count
		return nil
	})
}
