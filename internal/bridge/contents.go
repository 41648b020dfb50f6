package bridge

import (
	"slices"
	"strconv"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// own is a product the customer has, and the subscriptions that have it.
type own struct {
	item subscription.Item
	ids  []string
}

// has returns the products of the customer's live subscriptions.
func (t *turn) has() (list []own) {
	for _, s := range t.a.Subscriptions {
		if !s.Status.Live() {
			continue
		}
		for _, i := range s.Items {
			at := slices.IndexFunc(list, func(o own) bool { return productKey(o.item) == productKey(i) })
			if at < 0 {
				list = append(list, own{item: i})
				at = len(list) - 1
			}
			list[at].ids = append(list[at].ids, s.ID)
		}
	}
	return list
}

// meant returns the product a wish is about. When it named none and there are several, the customer is asked, and ok
// is false.
func (t *turn) meant(w reply.Wish, may func(own) bool) (o own, ok bool, err error) {
	list := slices.DeleteFunc(t.has(), func(o own) bool { return !may(o) || w.Product != "" && productKey(o.item) != w.Product })
	switch {
	case len(list) == 1:
		return list[0], true, nil
	case len(list) == 0:
		return o, false, t.answer(t.shop.say(wordNoSuchProduct), t.shop.standing(t.a, t.today()))
	}
	q := reply.Question{About: reply.AboutProduct, Wish: w}
	for _, o := range list[:min(len(list), mostOptions)] {
		q.Options = append(q.Options, reply.Option{Label: o.item.Name, Key: productKey(o.item)})
	}
	q.Vague = t.u.Certainty != reply.Certain
	t.u.Why += " There are several products, so we asked which one is meant."
	return o, false, t.ask(q, "", t.shop.say(wordAskProduct, "options", numbered(q.Options)), t.shop.say(wordAskNone))
}

// named is the name of a product by its key.
func (t *turn) named(key string) string {
	for _, o := range t.has() {
		if productKey(o.item) == key {
			return o.item.Name
		}
	}
	p, _ := t.shop.product(key)
	return or(p.Name, t.shop.say(wordOrder))
}

// inTime reports whether the next order with the product can still be changed; if not, that is said.
func (t *turn) inTime(o own, c Command) (bool, error) {
	for _, id := range o.ids {
		if s, _ := t.a.Find(id); !s.Coming().IsZero() && t.over(s.Coming()) {
			return false, t.answer(t.tooLate(c, s.Coming()))
		}
	}
	return true, nil
}

// swap puts one of the shop's alternatives in the place of a product. A dearer one needs a yes.
func (t *turn) swap(w reply.Wish) error {
	o, ok, err := t.meant(w, func(o own) bool {
		return w.Product != "" || w.For == "" || slices.ContainsFunc(t.shop.offers(o.item), func(p Product) bool { return p.ID == w.For })
	})
	if !ok || err != nil {
		return err
	}
	w.Product = productKey(o.item)
	offers := t.shop.offers(o.item)
	at := slices.IndexFunc(offers, func(p Product) bool { return p.ID == w.For })
	switch {
	case len(offers) == 0:
		return t.answer(t.shop.say(wordNoSwap, "names", o.item.Name), t.linkSentence(wordSeeLink))
	case at < 0:
		return t.askSwapTo(w, o, offers)
	}
	if ok, err := t.inTime(o, Swap); !ok || err != nil {
		return err
	}
	to := offers[at]
	item := subscription.Item{ProductID: to.ID, Name: to.Name, Price: to.Price}
	after, err := subscription.Swap(t.a, o.ids, w.Product, item)
	if err == nil && t.mustAsk(o, after, false) {
		return t.askCosts(w, o, after)
	}
	if _, err := t.act(Ask{Command: Swap, SubscriptionIDs: o.ids, Product: w.Product, Item: item}, ""); err != nil {
		return t.refused(err)
	}
	return t.answer(t.shop.say(wordSwapped, "new", to.Name, "old", o.item.Name), t.shop.standing(t.a, t.today()))
}

// askSwapTo asks what is wanted instead.
func (t *turn) askSwapTo(w reply.Wish, o own, offers []Product) error {
	q := reply.Question{About: reply.AboutProduct, Wish: w}
	q.Wish.For = ""
	for _, p := range offers[:min(len(offers), mostOptions)] {
		q.Options = append(q.Options, reply.Option{Label: p.Name, Key: p.ID})
	}
	return t.ask(q, "", t.shop.say(wordAskSwapTo, "names", o.item.Name, "options", numbered(q.Options)), t.shop.say(wordAskNone))
}

// quantity changes how many of a product each order has. More needs a yes.
func (t *turn) quantity(w reply.Wish) error {
	o, ok, err := t.meant(w, func(own) bool { return true })
	if !ok || err != nil {
		return err
	}
	w.Product = productKey(o.item)
	if w.Count == 0 {
		return t.answer(t.shop.say(wordAskCount, "names", o.item.Name))
	}
	if ok, err := t.inTime(o, Count); !ok || err != nil {
		return err
	}
	n := t.countOf(w)
	after, err := subscription.SetQuantity(t.a, o.ids, w.Product, n)
	if err == nil && t.mustAsk(o, after, n > o.item.Quantity) {
		w.Count, w.More = n, false // what the question says
		return t.askCosts(w, o, after)
	}
	if _, err := t.act(Ask{Command: Count, SubscriptionIDs: o.ids, Product: w.Product, Count: n}, ""); err != nil {
		return t.refused(err)
	}
	return t.answer(t.shop.say(wordCounted, "count", strconv.Itoa(n), "names", o.item.Name), t.shop.standing(t.a, t.today()))
}

// countOf is how many of a product there are to be after a wish.
func (t *turn) countOf(w reply.Wish) int {
	if !w.More {
		return w.Count
	}
	for _, o := range t.has() {
		if productKey(o.item) == w.Product {
			return o.item.Quantity + w.Count
		}
	}
	return w.Count
}

// withOthers reports whether the product of a key comes in one subscription with other things, which cannot be changed
// without them; that is then said before whatever is asked.
func (t *turn) withOthers(product string) bool {
	var o subscription.Order
	more := false
	for _, s := range t.a.Subscriptions {
		if s.Status.Live() && slices.ContainsFunc(s.Items, func(i subscription.Item) bool { return productKey(i) == product }) {
			o.Subscriptions = append(o.Subscriptions, s)
			more = more || slices.ContainsFunc(s.Items, func(i subscription.Item) bool { return productKey(i) != product })
		}
	}
	if more {
		t.first = t.shop.say(wordTogether, "names", shorten(o.ProductNames(), longestNames))
	}
	return more
}

// mustAsk reports whether a change of contents needs a yes: when it is not certain, concerns several subscriptions, is
// for more, or costs more. A yes that was given counts for the price that was said, and no other.
func (t *turn) mustAsk(o own, after subscription.Account, more bool) bool {
	if t.agreed {
		return t.q.To != t.price(o, after)
	}
	before, err1 := total(t.a, o.ids)
	now, err2 := total(after, o.ids)
	return t.u.Certainty != reply.Certain || len(o.ids) > 1 || more || err1 != nil || err2 != nil || now.Amount > before.Amount
}

// total is what one order of each of the subscriptions costs.
func total(a subscription.Account, ids []string) (subscription.Money, error) {
	var o subscription.Order
	for _, id := range ids {
		if s, ok := a.Find(id); ok {
			o.Subscriptions = append(o.Subscriptions, s)
		}
	}
	return o.Total()
}

// price is what the order with a product costs after a change; "" when that is not known, or there is no such order.
func (t *turn) price(o own, after subscription.Account) string {
	var on subscription.Date
	for _, id := range o.ids {
		s, _ := after.Find(id)
		if on.IsZero() || !s.Coming().IsZero() && s.Coming().Before(on) {
			on = s.Coming()
		}
	}
	order, _ := after.OrderOn(on)
	return charge(order)
}

// askCosts asks whether a change of contents is meant, and says what an order costs then.
func (t *turn) askCosts(w reply.Wish, o own, after subscription.Account) error {
	q, total := reply.Question{About: reply.AboutYes, Wish: w}, t.price(o, after)
	if total == "" {
		return t.ask(q, total, t.shop.say(wordAskYes, "what", t.what(w, subscription.Date{})))
	}
	return t.ask(q, total, t.shop.say(wordAskCosts, "what", t.what(w, subscription.Date{}), "total", total))
}
