package bridge

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// ask keeps a question open and asks it. To is what a yes to it is to, where that can change meanwhile.
func (t *turn) ask(q reply.Question, to string, text ...string) error {
	if t.u.Meaning.IsCommand() {
		t.u.Certainty = reply.Likely // for the books: it was asked about, however certain the words are
	}
	q.Asked, q.Expires = t.tx.Now(), t.tx.Now().Add(questionOpen)
	if err := t.tx.SetQuestion(t.shop.ID, t.a.Customer.ID, &Asked{q, to}); err != nil {
		return err
	}
	return t.answer(text...)
}

// doubt asks about a wish that is only likely, or that cannot be done at once with what else was wished for.
func (t *turn) doubt(w reply.Wish, then []reply.Wish) error {
	t.u.Certainty = reply.Likely
	switch {
	case len(w.Dates) > 1 && (w.Meaning == reply.Delay || w.Meaning == reply.Pause):
		return t.askDate(w, then)
	case w.Meaning == reply.Swap, w.Meaning == reply.Quantity: // these ask themselves
		if len(then) > 0 {
			t.first = t.shop.say(wordNotBoth)
		}
		return t.do(w)
	}
	return t.askYes(w, then)
}

// orderCommands are the meanings that are about one order.
var orderCommands = map[reply.Meaning]Command{reply.Skip: Skip, reply.Delay: Delay, reply.Now: Now}

// askYes asks whether a wish is meant, and what follows it. What it is about is found first, and kept with the question.
func (t *turn) askYes(w reply.Wish, then []reply.Wish) error {
	if len(then) > 0 {
		asks, ok, err := t.plan(append([]reply.Wish{w}, then...))
		if err != nil {
			return err
		}
		if ok {
			q := reply.Question{About: reply.AboutYes, Wish: w, Then: then, Order: asks[0].OrderDate}
			return t.ask(q, t.planned(asks), t.shop.say(wordAskYes, "what", t.whatAll(asks)))
		}
		t.first = t.shop.say(wordNotBoth)
	}
	var order subscription.Date
	if c := orderCommands[w.Meaning]; c != "" {
		f, err := t.which(c, w)
		switch {
		case err != nil:
			return err
		case f.date.IsZero():
			return t.cannot(c, w, f)
		case c == Now:
			return t.askNow(w, f.date)
		case c == Delay && w.Amount.Count == 0 && (len(w.Dates) == 0 || !w.Dates[0].After(f.date)):
			return t.askHowFar(w, f.date)
		}
		order = f.date
	}
	return t.askThis(w, order)
}

// askThis asks whether a wish about the order of a date is meant. A length of time is kept as the date it ends on,
// which is what the question says.
func (t *turn) askThis(w reply.Wish, order subscription.Date) error {
	switch {
	case len(w.Dates) > 0:
	case w.Meaning == reply.Delay:
		w.Dates, w.Amount = []subscription.Date{t.shop.delayed(order, w.Amount)}, reply.Amount{}
	case w.Meaning == reply.Pause && w.Amount.Count > 0:
		w.Dates, w.Amount = []subscription.Date{t.shop.delayed(t.came(), w.Amount)}, reply.Amount{}
	}
	return t.ask(reply.Question{About: reply.AboutYes, Wish: w, Order: order}, "",
		t.shop.say(wordAskYes, "what", t.what(w, order)))
}

// planned is what a yes to several planned changes is to.
func (t *turn) planned(asks []Ask) string {
	var said []string
	for _, a := range asks {
		said = append(said, fmt.Sprint(a.Command, a.OrderDate, a.SubscriptionIDs, a.Times, t.goal(a)))
	}
	return strings.Join(said, "; ")
}

// goal is where a planned delay moves its order; no date for anything else.
func (t *turn) goal(a Ask) subscription.Date {
	if a.Command != Delay {
		return subscription.Date{}
	}
	return or(a.To, t.shop.delayed(a.OrderDate, a.Amount))
}

// whatAll says several planned changes for a question.
func (t *turn) whatAll(asks []Ask) string {
	list := make([]string, len(asks))
	for i, a := range asks {
		w := reply.Wish{Meaning: reply.Skip, Count: a.Times}
		if a.Command == Delay {
			w = reply.Wish{Meaning: reply.Delay, Dates: []subscription.Date{t.goal(a)}}
		}
		list[i] = t.what(w, a.OrderDate)
	}
	return strings.Join(list, " "+t.shop.say(wordAnd)+" ")
}

// what says a wish for a question: "skip your order of Tuesday, November 24 (House Blend)".
func (t *turn) what(w reply.Wish, order subscription.Date) string {
	day := func(d subscription.Date) string { return t.shop.day(d, t.today()) }
	o := t.part(order, w.Product)
	names := shorten(or(o.ProductNames(), t.shop.say(wordOrder)), longestNames)
	switch w.Meaning {
	case reply.Skip:
		if w.Count > 1 {
			var dates []string
			for _, o := range (subscription.Account{Subscriptions: o.Subscriptions}).Orders(order, min(w.Count, mostInARow)) {
				dates = append(dates, t.shop.shortDay(o.Date))
			}
			return t.shop.say(whatSkipSeveral, "dates", strings.Join(dates, "; "))
		}
		return t.shop.say(whatSkip, "date", day(order), "names", names)
	case reply.Delay:
		return t.shop.say(whatDelay, "date", day(order), "to", day(w.Dates[0]))
	case reply.Pause:
		if len(w.Dates) == 1 {
			return t.shop.say(whatPauseUntil, "date", day(w.Dates[0]))
		}
		return t.shop.say(whatPause)
	case reply.Resume:
		return t.shop.say(whatResume)
	case reply.Swap:
		return t.shop.say(whatSwap, "new", t.named(w.For), "old", t.named(w.Product))
	case reply.Quantity:
		return t.shop.say(whatCount, "count", strconv.Itoa(t.countOf(w)), "names", t.named(w.Product))
	}
	return t.shop.say(whatUndo)
}

// part is the order of a date, or what of it brings the product of a key.
func (t *turn) part(date subscription.Date, product string) subscription.Order {
	o, _ := t.a.OrderOn(date)
	if product != "" {
		ids := t.subscriptionsWith(product)
		o.Subscriptions = slices.DeleteFunc(slices.Clone(o.Subscriptions), func(s subscription.Subscription) bool { return !slices.Contains(ids, s.ID) })
	}
	return o
}

// askNow asks before an order is sent at once, because that charges.
func (t *turn) askNow(w reply.Wish, order subscription.Date) error {
	o := t.part(order, w.Product)
	word, total := wordAskNowPlain, charge(o)
	if total != "" {
		word = wordAskNow
	}
	names := shorten(or(o.ProductNames(), t.shop.say(wordOrder)), longestNames)
	return t.ask(reply.Question{About: reply.AboutYes, Wish: w, Order: order}, total,
		t.shop.say(word, "date", t.shop.day(order, t.today()), "names", names, "total", total))
}

// charge is what an order costs; "" when that is not known.
func charge(o subscription.Order) string {
	sum, err := o.Total()
	if err != nil || sum.Amount == 0 {
		return ""
	}
	return sum.String()
}

// askHowFar asks for an amount or a date that was not understood, or that is not later than the order.
func (t *turn) askHowFar(w reply.Wish, order subscription.Date) error {
	w.Dates, w.Amount = nil, reply.Amount{}
	return t.ask(reply.Question{About: reply.AboutDate, Wish: w, Order: order}, "",
		t.shop.say(wordAskHowFar, "date", t.shop.day(order, t.today())))
}

// askDate asks which of several dates is meant.
func (t *turn) askDate(w reply.Wish, then []reply.Wish) error {
	q := reply.Question{About: reply.AboutDate, Wish: w, Then: then}
	if w.Meaning == reply.Delay {
		f, err := t.which(Delay, w)
		if err != nil {
			return err
		}
		if f.date.IsZero() && f.ask == nil {
			return t.cannot(Delay, w, f)
		}
		q.Order = f.date
	}
	for _, d := range w.Dates[:min(len(w.Dates), mostOptions)] {
		q.Options = append(q.Options, reply.Option{Label: t.shop.day(d, t.today()), Key: d.String()})
	}
	q.Wish.Dates = nil
	return t.ask(q, "", t.shop.say(wordAskDate, "options", numbered(q.Options)), t.shop.say(wordAskNone))
}

// numbered lists options as a question shows them: "1) Friday, November 27; 2) Friday, December 4".
func numbered(options []reply.Option) string {
	list := make([]string, len(options))
	for i, o := range options {
		list[i] = strconv.Itoa(i+1) + ") " + o.Label
	}
	return strings.Join(list, "; ")
}

// askWhich asks which of several orders is meant.
func (t *turn) askWhich(c Command, w reply.Wish, orders []subscription.Order) error {
	q := reply.Question{About: reply.AboutOrder, Wish: w}
	q.Vague = c == Delay && t.u.Certainty != reply.Certain && w.Amount.Count == 0 && len(w.Dates) == 0
	for _, o := range orders {
		q.Options = append(q.Options, reply.Option{Label: t.shop.option(o, 10*longestNames, t.today()), Key: o.Date.String()})
	}
	t.u.Why += " There are several coming orders and no notice to go by, so we asked which one is meant."
	return t.ask(q, "", t.shop.askText(c, orders, t.today()))
}

// choose does what was asked about to what is chosen.
func (t *turn) choose() error {
	q := t.open()
	if err := t.closeQuestion(); err != nil {
		return err
	}
	switch {
	case len(t.u.Picks) == 0:
		return t.nothing()
	case t.off(q) != "":
		return t.switchedOff(t.off(q))
	case q.About == reply.AboutOrder:
		return t.chooseOrders(q)
	case len(t.u.Picks) > 1:
		return t.unread()
	}
	w, picked := q.Wish, q.Options[t.u.Picks[0]].Key
	if q.About == reply.AboutDate {
		d, err := subscription.ParseDate(picked)
		if err != nil {
			return err
		}
		w.Dates = []subscription.Date{d}
		if len(q.Then) > 0 {
			t.u.Wish, t.u.Then = w, q.Then
			return t.several()
		}
		return t.doAbout(w, q.Order)
	}
	if q.Vague {
		t.u.Certainty = reply.Likely // which one is certain now, and not yet what is to happen to it
	}
	if w.Product == "" {
		w.Product = picked
	} else {
		w.For = picked
	}
	return t.do(w)
}

// off returns what a question is about that the shop has switched off since; "" when that is nothing.
func (t *turn) off(q *reply.Question) reply.Meaning {
	for _, w := range append([]reply.Wish{q.Wish}, q.Then...) {
		if t.shop.Settings.CommandOff(string(w.Meaning)) {
			return w.Meaning
		}
	}
	return ""
}

// doAbout carries out a wish about the order a question was about, if that is still as it was.
func (t *turn) doAbout(w reply.Wish, order subscription.Date) error {
	c := orderCommands[w.Meaning]
	if c == "" || order.IsZero() {
		return t.do(w)
	}
	o := t.part(order, w.Product)
	switch {
	case len(o.Subscriptions) == 0:
		return t.answer(t.shop.say(wordChanged), t.shop.standing(t.a, t.today()))
	case t.over(order):
		return t.answer(t.tooLate(c, order))
	case c == Delay && len(w.Dates) == 1 && !w.Dates[0].After(order):
		return t.askHowFar(w, order)
	case c == Now && t.q.To != charge(o):
		return t.askNow(w, order)
	}
	ask := t.asking(c, w, found{date: order, ids: o.IDs()})
	if c != Now {
		return t.carryOut(ask)
	}
	t.before24(ask)
	if _, err := t.act(ask, ""); err != nil {
		return t.refused(err)
	}
	after, _ := subscription.Roll(t.a, t.today()) // what the calendar makes of it in a moment
	return t.answer(t.shop.say(wordSentNow, "date", t.shop.day(order, t.today())), t.shop.standing(after, t.today()))
}

// chooseOrders does it to the chosen orders. An order that is no longer as it was offered is left alone, and so are
// the others then: the choice was made among other things.
func (t *turn) chooseOrders(q *reply.Question) error {
	c := orderCommands[q.Wish.Meaning]
	var orders []subscription.Order
	for _, p := range t.u.Picks {
		d, err := subscription.ParseDate(q.Options[p].Key)
		if err != nil {
			return err
		}
		o := t.part(d, q.Wish.Product)
		if len(o.Subscriptions) == 0 {
			return t.answer(t.shop.say(wordChanged), t.shop.standing(t.a, t.today()))
		}
		orders = append(orders, o)
	}
	slices.SortFunc(orders, func(a, b subscription.Order) int { return a.Date.Compare(b.Date) })
	switch {
	case q.Vague && len(orders) == 1:
		return t.askHowFar(q.Wish, orders[0].Date)
	case q.Vague:
		return t.unread() // one answer cannot say how far each is to go
	case c == Now: // choosing the order is not yet the yes
		return t.askNow(q.Wish, orders[0].Date)
	case len(orders) > 1:
		w := q.Wish
		w.Count = 0 // they are the several that were asked about
		return t.moveAll(c, w, orders)
	case q.Wish.Count > 1:
		return t.askThis(q.Wish, orders[0].Date)
	}
	return t.doAbout(q.Wish, orders[0].Date)
}

// yes does what was asked. Without a question there is nothing to agree to, and that is said.
func (t *turn) yes() error {
	q := t.open()
	switch {
	case q == nil && t.lately():
		return errors.Join(t.closeQuestion(), t.answer(t.expired()))
	case q == nil:
		return t.nothingAsked()
	case q.About != reply.AboutYes:
		return t.unread()
	}
	if err := t.closeQuestion(); err != nil {
		return err
	}
	if off := t.off(q); off != "" {
		return t.switchedOff(off)
	}
	t.agreed = true
	if len(q.Then) > 0 {
		t.u.Wish, t.u.Then = q.Wish, q.Then
		return t.several()
	}
	return t.doAbout(q.Wish, q.Order)
}

// no leaves everything as it is.
func (t *turn) no() error {
	if t.open() == nil {
		return t.nothingAsked()
	}
	if err := t.closeQuestion(); err != nil {
		return err
	}
	return t.nothing()
}

// nothing says that nothing was changed, and what is so.
func (t *turn) nothing() error {
	return t.answer(t.shop.say(wordNothing), t.shop.standing(t.a, t.today()))
}

// nothingAsked answers a yes or no to a text that was no question: its writer thinks that it counted.
func (t *turn) nothingAsked() error {
	said := []string{t.shop.say(wordNothing), t.shop.standing(t.a, t.today())}
	if next, ok := t.a.Next(); ok && !t.over(next.Date) && !t.shop.Settings.CommandOff(string(reply.Skip)) {
		said = append(said, t.shop.say(wordHowTo))
	}
	return t.answer(said...)
}
