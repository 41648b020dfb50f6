package bridge

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// situation is what the reply is read against: how things stood when it came.
func (t *turn) situation(open *reply.Question) (reply.Situation, error) {
	set := t.shop.Settings
	in := reply.Situation{
		Open: open, Today: t.came(), DateOrder: set.DateOrder, Language: set.Language, Products: t.products(),
	}
	told, err := t.told()
	if err != nil {
		return in, err
	}
	next, _ := t.a.Next()
	in.Order = next.Date
	if _, there := t.a.OrderOn(told.Date); there {
		in.Order = told.Date
	}
	if open != nil && !open.Order.IsZero() {
		in.Order = open.Order
	}
	from := in.Today
	if in.Order.After(from) {
		from = in.Order
	}
	in.Last = from.AddDays(or(set.MaxDelayDays, 366))
	if len(set.Words) > 0 {
		in.Own = map[string]reply.Meaning{}
		for m, list := range set.Words {
			for _, w := range list {
				in.Own[w] = m
			}
		}
	}
	return in, nil
}

// productKey tells products apart: by the platform's id, or else by name.
func productKey(i subscription.Item) string { return cmp.Or(i.ProductID, i.Name) }

// products is what a text of this customer may name: what they have, by all its names, and what they may swap it to.
func (t *turn) products() (list []reply.Product) {
	for _, s := range t.a.Subscriptions {
		if !s.Status.Live() {
			continue
		}
		for _, i := range s.Items {
			list = append(list, reply.Product{Key: productKey(i), Name: i.Name})
			p, _ := t.shop.product(productKey(i))
			for _, n := range p.Nicknames {
				list = append(list, reply.Product{Key: productKey(i), Name: n})
			}
			for _, o := range t.shop.offers(i) {
				list = append(list, reply.Product{Key: o.ID, Name: o.Name, Offer: true})
				for _, n := range o.Nicknames {
					list = append(list, reply.Product{Key: o.ID, Name: n, Offer: true})
				}
			}
		}
	}
	return list
}

// product returns the shop's product of an id.
func (s Shop) product(id string) (Product, bool) {
	i := slices.IndexFunc(s.Settings.Products, func(p Product) bool { return p.ID == id })
	if i < 0 {
		return Product{}, false
	}
	return s.Settings.Products[i], true
}

// offers returns the products an item may be swapped to, in the shop's order.
func (s Shop) offers(i subscription.Item) (list []Product) {
	p, _ := s.product(productKey(i))
	for _, id := range p.SwapTo {
		if o, ok := s.product(id); ok {
			list = append(list, o)
		}
	}
	return list
}

// wishes does what the reply asks for, or asks when that is not certain. A command takes the place of an open question.
func (t *turn) wishes() error {
	asked := t.open()
	if err := t.closeQuestion(); err != nil {
		return err
	}
	for _, w := range append([]reply.Wish{t.u.Wish}, t.u.Then...) {
		if t.shop.Settings.CommandOff(string(w.Meaning)) {
			return t.switchedOff(w.Meaning)
		}
	}
	switch {
	case t.u.Certainty != reply.Certain && len(t.changes()) > 0:
		t.u.Why += " That is not certain, so we asked."
		return t.doubt(t.changes()[0], t.changes()[1:])
	case asked != nil && asked.About == reply.AboutDate && t.u.Meaning == asked.Wish.Meaning && t.u.Product == "" && !t.u.All && len(t.u.Then) == 0:
		w := t.u.Wish // the date we asked for, of the order we asked about
		w.Product = asked.Wish.Product
		return t.doAbout(w, asked.Order)
	case len(t.u.Then) > 0:
		return t.several()
	}
	return t.do(t.u.Wish)
}

// do carries out one wish that is certain.
func (t *turn) do(w reply.Wish) error {
	switch w.Meaning {
	case reply.Skip:
		return t.move(Skip, w)
	case reply.Delay:
		return t.move(Delay, w)
	case reply.Now:
		return t.move(Now, w)
	case reply.Undo:
		return t.undo()
	case reply.Next:
		return t.status()
	case reply.Link:
		return t.link()
	case reply.Pause:
		return t.pause(w)
	case reply.Resume:
		return t.resume(w)
	case reply.Swap:
		return t.swap(w)
	case reply.Quantity:
		return t.quantity(w)
	}
	return t.unread()
}

// move carries out a wish about one order, or says why not.
func (t *turn) move(c Command, w reply.Wish) error {
	if w.All && c != Now {
		if orders := t.coming(nil); len(orders) > 1 && w.Product == "" {
			return t.moveAll(c, w, orders)
		}
	}
	f, err := t.which(c, w)
	switch {
	case err != nil:
		return err
	case f.date.IsZero():
		return t.cannot(c, w, f)
	case c == Now:
		return t.askNow(w, f.date)
	case c == Delay && len(w.Dates) == 1 && !w.Dates[0].After(f.date):
		return t.askHowFar(w, f.date)
	case f.unsure, t.withOthers(w.Product):
		return t.askThis(w, f.date)
	}
	return t.carryOut(t.asking(c, w, f))
}

// asking is the ask for a wish about an order that was found.
func (t *turn) asking(c Command, w reply.Wish, f found) Ask {
	ask := Ask{Command: c, OrderDate: f.date, SubscriptionIDs: t.some(f.ids, f.date), Amount: w.Amount}
	if c == Skip {
		ask.Times = w.Count
	}
	if c == Delay && len(w.Dates) == 1 {
		ask.To = w.Dates[0]
	}
	return ask
}

// some returns those of ids that are in the order of a date; nil when that is the whole order.
func (t *turn) some(ids []string, date subscription.Date) (in []string) {
	o, _ := t.a.OrderOn(date)
	for _, id := range o.IDs() {
		if slices.Contains(ids, id) {
			in = append(in, id)
		}
	}
	if len(in) == len(o.IDs()) {
		return nil
	}
	return in
}

// cannot says why there is no order to do it to, or asks which.
func (t *turn) cannot(c Command, w reply.Wish, f found) error {
	now := t.shop.standing(t.a, t.today())
	switch {
	case f.stale:
		return t.stale("It was held up over midnight, so the order it meant may have passed.")
	case f.already != nil && c == Delay:
		return t.answer(t.shop.say(wordAlreadyDelayed, "date", t.shop.day(f.already.From, t.today()), "to", t.shop.day(f.already.To, t.today())))
	case f.already != nil:
		return t.answer(t.shop.say(wordAlreadySkipped, "date", t.shop.day(f.already.From, t.today())), now)
	case !f.late.IsZero():
		return t.answer(t.tooLate(c, f.late))
	case f.ask != nil:
		return t.askWhich(c, w, f.ask)
	case !f.none.IsZero():
		return t.answer(t.shop.say(wordNoSuchOrder, "date", t.shop.day(f.none, t.today())), now)
	case f.unknown:
		return t.answer(t.shop.say(wordNoSuchProduct), now)
	}
	return t.answer(now, t.linkSentence(wordSeeLink))
}

// moveAll does it to every one of the orders whose time is not over, and says so of the others.
func (t *turn) moveAll(c Command, w reply.Wish, orders []subscription.Order) error {
	var dates []subscription.Date
	for i, o := range orders {
		if c == Delay && len(w.Dates) == 1 && !w.Dates[0].After(o.Date) {
			return t.answer(t.shop.say(wordNotBoth), t.shop.standing(t.a, t.today()))
		}
		if !t.over(o.Date) {
			dates = append(dates, o.Date)
		} else if err := t.tell("/late/"+strconv.Itoa(i), t.tooLate(c, o.Date)); err != nil {
			return err
		}
	}
	if len(dates) == 0 {
		return t.finish(ReplyDone)
	}
	ask := t.asking(c, w, found{date: dates[0]})
	ask.Also = dates[1:]
	if w.Product != "" {
		ask.SubscriptionIDs = t.subscriptionsWith(w.Product)
	}
	return t.carryOut(ask)
}

// carryOut does it. The confirmation is the trigger that the difference fires: it says what the source answered.
func (t *turn) carryOut(ask Ask) error {
	t.before24(ask)
	_, err := t.act(ask, "")
	switch {
	case err == nil:
		return t.finish(ReplyDone)
	case fault.Is(err, fault.Invalid) && ask.Command == Delay:
		t.u.Why += " But it asks for more than the shop allows."
		return t.answer(t.shop.say(wordTooFar, "days", strconv.Itoa(or(t.shop.Settings.MaxDelayDays, 366))))
	}
	return t.refused(err)
}

// before24 notes until when trying again is of use: the first cut-off among the orders concerned.
func (t *turn) before24(ask Ask) {
	for _, d := range append([]subscription.Date{ask.OrderDate}, ask.Also...) {
		if end := t.shop.Timing().ReplyBy(d); !d.IsZero() && (t.until.IsZero() || end.Before(t.until)) {
			t.until = end
		}
	}
}

// act is Bridge.act for this reply. Each change of one reply needs a suffix of its own.
func (t *turn) act(ask Ask, suffix string) (Acted, error) {
	ask.Actor, ask.DedupeKey, ask.replyID = trigger.Customer, t.key(suffix), t.r.ID
	out, err := t.b.act(t.ctx, t.tx, t.shop, t.a, ask, t.judged)
	if err == nil {
		t.a = out.Account
	}
	return out, err
}

// refused tells a refusal of the source; any other error is handed back.
func (t *turn) refused(err error) error {
	if _, ok := errors.AsType[*unreachable](err); ok {
		return err
	}
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Invalid, fault.NotFound:
		t.u.Why += " It was refused: " + fault.Message(err)
		why := ""
		if t.shop.Settings.Language == reply.English { // the language of reasons
			why = fault.Message(err)
		}
		return t.answer(strings.TrimSpace(t.shop.say(wordRefused, "reason", why)), t.shop.standing(t.a, t.today()))
	}
	return err
}

// pause stops orders until a day, or until further notice. Orders whose time is over still come.
func (t *turn) pause(w reply.Wish) error {
	ask := Ask{Command: Pause, SubscriptionIDs: t.standingIDs(w, subscription.Active)}
	for _, id := range ask.SubscriptionIDs {
		if s, _ := t.a.Find(id); t.over(s.Next) {
			return t.answer(t.tooLate(Pause, s.Next))
		} else if ask.OrderDate.IsZero() || s.Next.Before(ask.OrderDate) {
			ask.OrderDate = s.Next
		}
	}
	switch {
	case len(ask.SubscriptionIDs) > 0 && !t.agreed && t.withOthers(w.Product):
		return t.askThis(w, subscription.Date{})
	case len(ask.SubscriptionIDs) == 0 && w.Product != "":
		return t.answer(t.shop.say(wordNoSuchProduct), t.shop.standing(t.a, t.today()))
	case len(ask.SubscriptionIDs) == 0:
		return t.answer(t.shop.standing(t.a, t.today()), t.linkSentence(wordSeeLink))
	case len(w.Dates) == 1:
		ask.To = w.Dates[0]
	case w.Amount.Count > 0:
		ask.To = t.shop.delayed(t.came(), w.Amount)
	}
	t.before24(ask)
	ask.OrderDate = subscription.Date{}
	if _, err := t.act(ask, ""); err != nil {
		return t.refused(err)
	}
	return t.answer(t.shop.standing(t.a, t.today()), t.shop.say(wordHowResume))
}

// resume starts orders again.
func (t *turn) resume(w reply.Wish) error {
	ask := Ask{Command: Resume, SubscriptionIDs: t.standingIDs(w, subscription.Paused)}
	if len(ask.SubscriptionIDs) == 0 {
		return t.answer(t.shop.say(wordNotPaused), t.shop.standing(t.a, t.today()))
	}
	if !t.agreed && t.withOthers(w.Product) {
		return t.askThis(w, subscription.Date{})
	}
	if _, err := t.act(ask, ""); err != nil {
		return t.refused(err)
	}
	return t.answer(t.shop.say(wordResumed), t.shop.standing(t.a, t.today()))
}

// standingIDs returns the subscriptions of a status, or those of them that have the product named.
func (t *turn) standingIDs(w reply.Wish, status subscription.Status) (ids []string) {
	for _, s := range t.a.Subscriptions {
		has := w.Product == "" || slices.ContainsFunc(s.Items, func(i subscription.Item) bool { return productKey(i) == w.Product })
		if s.Status == status && has {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
