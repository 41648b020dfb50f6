package ledger

import (
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// order is a coming order as the API shows it.
type order struct {
	CustomerID    string              `json:"customer_id"`
	Date          subscription.Date   `json:"date"`
	ReplyBy       string              `json:"reply_by"` // until when the customer's reply counts
	ProductNames  string              `json:"product_names"`
	Total         *subscription.Money `json:"total"` // null when the items have several currencies
	Subscriptions []standing          `json:"subscriptions"`
}

func showOrder(shop bridge.Shop, customerID string, o subscription.Order) order {
	out := order{
		CustomerID: customerID, Date: o.Date, ProductNames: o.ProductNames(),
		ReplyBy: shop.Timing().ReplyBy(o.Date).UTC().Format("2006-01-02T15:04:05Z"),
	}
	if total, err := o.Total(); err == nil && !total.IsZero() {
		out.Total = &total
	}
	for _, s := range o.Subscriptions {
		out.Subscriptions = append(out.Subscriptions, showSubscription(customerID, s))
	}
	return out
}

// maxOrders is how many coming orders of one customer are worked out at most.
const maxOrders = 26

func (a *api) listOrders(c *call) (any, error) {
	count := 6
	if s := c.URL.Query().Get("count"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > maxOrders {
			return nil, fault.Field("count", "Ask for 1 to %d orders.", maxOrders)
		}
		count = n
	}
	return a.orders(c, count)
}

// orders lists the customer's coming orders.
func (a *api) orders(c *call, count int) (any, error) {
	shop, err := a.Book.Shop(c.Context(), c.shop)
	if err != nil {
		return nil, err
	}
	acc, err := a.Book.Account(c.Context(), c.shop, c.PathValue("customer"))
	if err != nil {
		return nil, err
	}
	return page{Data: a.coming(shop, acc, count)}, nil
}

func (a *api) coming(shop bridge.Shop, acc subscription.Account, count int) []order {
	out := []order{}
	for _, o := range acc.Orders(subscription.DateOf(a.Now(), shop.Location()), count) {
		out = append(out, showOrder(shop, acc.Customer.ID, o))
	}
	return out
}

// shopOrders lists the next order of every customer in a range of dates: what there will be to pack and charge.
func (a *api) shopOrders(c *call) (any, error) {
	q := c.URL.Query()
	shop, err := a.Book.Shop(c.Context(), c.shop)
	if err != nil {
		return nil, err
	}
	from, err := day("from", q.Get("from"))
	if err != nil {
		return nil, err
	}
	to, err := day("to", q.Get("to"))
	if err != nil {
		return nil, err
	}
	if from.IsZero() {
		from = subscription.DateOf(a.Now(), shop.Location())
	}
	if to.IsZero() {
		to = from.AddDays(30)
	}
	var after bridge.OrderPlace
	if cursor := q.Get("cursor"); cursor != "" {
		date, customerID, ok := strings.Cut(cursor, "~")
		if after.Date, err = day("cursor", date); err != nil || !ok {
			return nil, fault.Field("cursor", "Use the next_cursor of the page before.")
		}
		after.CustomerID = customerID
	}
	limit, err := c.limit()
	if err != nil {
		return nil, err
	}
	list, next, err := a.Book.ComingOrders(c.Context(), c.shop, from, to, after, limit)
	if err != nil {
		return nil, err
	}
	out := make([]order, len(list))
	for i, o := range list {
		out[i] = showOrder(shop, o.CustomerID, o.Order)
	}
	p := page{Data: out}
	if next != (bridge.OrderPlace{}) {
		p.Next = next.Date.String() + "~" + next.CustomerID
	}
	return p, nil
}

// changeOrder carries out an action on the order of the date in the path and answers with the coming orders.
func (a *api) changeOrder(c *call, in ask, def trigger.Actor, do func(acc subscription.Account, ids []string, on, today subscription.Date) (subscription.Account, error), of func(subscription.Subscription, subscription.Date) bool) (any, error) {
	on, err := subscription.ParseDate(c.PathValue("date"))
	if err != nil {
		return nil, fault.Field("date", "%s", fault.Message(err))
	}
	why, once, err := c.reasons(in.By, def)
	if err != nil {
		return nil, err
	}
	shop, err := a.Book.Shop(c.Context(), c.shop)
	if err != nil {
		return nil, err
	}
	today := subscription.DateOf(a.Now(), shop.Location())
	acc, err := a.Book.Change(c.Context(), c.shop, c.PathValue("customer"), func(acc subscription.Account) (subscription.Account, error) {
		ids, err := meant(acc, in.Subscriptions, on, of)
		if err != nil {
			return acc, err
		}
		return do(acc, ids, on, today)
	}, why, once)
	if err != nil {
		return nil, err
	}
	return page{Data: a.coming(shop, acc, 6)}, nil
}

// meant returns the subscriptions an action is about: the ones named, else the ones of the date, else all live
// ones, so that the answer can say what is true of them instead.
func meant(acc subscription.Account, named []string, on subscription.Date, of func(subscription.Subscription, subscription.Date) bool) ([]string, error) {
	if len(named) > 0 {
		return named, nil
	}
	var ids, live []string
	for _, s := range acc.Subscriptions {
		if !s.Status.Live() {
			continue
		}
		live = append(live, s.ID)
		if of(s, on) {
			ids = append(ids, s.ID)
		}
	}
	switch {
	case len(ids) > 0:
		return ids, nil
	case len(live) > 0:
		return live, nil
	}
	return nil, fault.New(fault.Conflict, "This customer has no subscription that is not over.")
}

// comesOn reports whether the subscription's next order is on the date.
func comesOn(s subscription.Subscription, on subscription.Date) bool {
	return !on.IsZero() && s.Coming() == on
}

// skip leaves out an order. It counts as the customer's doing unless the request says otherwise: platforms call
// this from their own portal.
func (a *api) skip(c *call) (any, error) {
	var in ask
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	return a.changeOrder(c, in, trigger.Customer, func(acc subscription.Account, ids []string, on, _ subscription.Date) (subscription.Account, error) {
		return subscription.Skip(acc, ids, on)
	}, comesOn)
}

// unskip brings a skipped order back.
func (a *api) unskip(c *call) (any, error) {
	var in ask
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	return a.changeOrder(c, in, trigger.Merchant, subscription.Unskip, func(s subscription.Subscription, on subscription.Date) bool {
		return slices.Contains(s.Skipped, on)
	})
}

// delay moves an order to a later date. It tells the customer only when it was their own doing.
func (a *api) delay(c *call) (any, error) {
	var in ask
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	to, err := day("to", in.To)
	if err != nil {
		return nil, err
	}
	if to.IsZero() {
		return nil, fault.Field("to", "Give the new date as year-month-day.")
	}
	return a.changeOrder(c, in, trigger.Merchant, func(acc subscription.Account, ids []string, on, today subscription.Date) (subscription.Account, error) {
		if to.Sub(today) > 3*366 {
			return acc, fault.Field("to", "The new date may be three years ahead at most.")
		}
		return subscription.Delay(acc, ids, on, to)
	}, comesOn)
}

// now moves an order to today: it comes due at once. The customer is not texted.
func (a *api) now(c *call) (any, error) {
	var in ask
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	return a.changeOrder(c, in, trigger.Merchant, subscription.BringForward, comesOn)
}
