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
	t.u.Why += " There are several products, so we asked which one is meant."
	return o, false, t.ask(q, t.shop.say(wordAskProduct, "options", numbered(q.Options)), t.shop.say(wordAskNone))
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
		if s, _ := t.a.Find(id); s.Status == subscription.Active && t.over(s.Next) {
			return false, t.answer(t.tooLate(c, s.Next))
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
	if err == nil && !t.agreed && (t.u.Certainty != reply.Certain || t.dearer(after)) {
		return t.askCosts(w, after)
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
	return t.ask(q, t.shop.say(wordAskSwapTo, "names", o.item.Name, "options", numbered(q.Options)), t.shop.say(wordAskNone))
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
	if err == nil && !t.agreed && (t.u.Certainty != reply.Certain || t.dearer(after)) {
		return t.askCosts(w, after)
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

// dearer reports whether the next order costs more in after than now. Prices that cannot be added up count as dearer.
func (t *turn) dearer(after subscription.Account) bool {
	was, _ := t.a.Next()
	is, ok := after.Next()
	if !ok {
		return false
	}
	before, err1 := was.Total()
	now, err2 := is.Total()
	return err1 != nil || err2 != nil || now.Amount > before.Amount
}

// askCosts asks whether a change of contents is meant, and says what an order costs then.
func (t *turn) askCosts(w reply.Wish, after subscription.Account) error {
	q := reply.Question{About: reply.AboutYes, Wish: w}
	next, _ := after.Next()
	total, err := next.Total()
	if err != nil || total.IsZero() {
		return t.ask(q, t.shop.say(wordAskYes, "what", t.what(w, subscription.Date{})))
	}
	return t.ask(q, t.shop.say(wordAskCosts, "what", t.what(w, subscription.Date{}), "total", total.String()))
}
