package bridge

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// ask keeps a question open and asks it.
func (t *turn) ask(q reply.Question, text ...string) error {
	q.Asked, q.Expires = t.tx.Now(), t.tx.Now().Add(questionOpen)
	if err := t.tx.SetQuestion(t.shop.ID, t.a.Customer.ID, &q); err != nil {
		return err
	}
	return t.answer(text...)
}

// doubt asks about a wish that is only likely.
func (t *turn) doubt(w reply.Wish, then []reply.Wish) error {
	t.u.Why += " That is not certain, so we asked."
	switch {
	case len(w.Dates) > 1 && (w.Meaning == reply.Delay || w.Meaning == reply.Pause):
		return t.askDate(w, then)
	case w.Meaning == reply.Next, w.Meaning == reply.Link:
		return t.do(w) // it changes nothing
	case w.Meaning == reply.Swap, w.Meaning == reply.Quantity:
		return t.do(w) // these ask themselves
	}
	return t.askYes(w, then)
}

// askYes asks whether a wish is meant. What it is about is found first, and kept with the question.
func (t *turn) askYes(w reply.Wish, then []reply.Wish, before ...string) error {
	var order subscription.Date
	if c := map[reply.Meaning]Command{reply.Skip: Skip, reply.Delay: Delay, reply.Now: Now}[w.Meaning]; c != "" {
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
	what := t.what(w, order)
	if len(then) > 0 {
		asks, ok, err := t.plan(append([]reply.Wish{w}, then...))
		if err != nil {
			return err
		}
		if ok {
			what = t.whatAll(asks)
		} else {
			then, before = nil, append(before, t.shop.say(wordNotBoth))
		}
	}
	q := reply.Question{About: reply.AboutYes, Wish: w, Then: then, Order: order}
	return t.ask(q, append(before, t.shop.say(wordAskYes, "what", what))...)
}

// whatAll says several planned changes for a question.
func (t *turn) whatAll(asks []Ask) string {
	list := make([]string, len(asks))
	for i, a := range asks {
		w := reply.Wish{Meaning: reply.Skip, Count: a.Times}
		if a.Command == Delay {
			w = reply.Wish{Meaning: reply.Delay, Dates: []subscription.Date{or(a.To, t.shop.delayed(a.OrderDate, a.Amount))}}
		}
		list[i] = t.what(w, a.OrderDate)
	}
	return strings.Join(list, " "+t.shop.say(wordAnd)+" ")
}

// what says a wish for a question: "skip your order of Tuesday, November 24 (House Blend)".
func (t *turn) what(w reply.Wish, order subscription.Date) string {
	day := func(d subscription.Date) string { return t.shop.day(d, t.today()) }
	o, _ := t.a.OrderOn(order)
	names := shorten(or(o.ProductNames(), t.shop.say(wordOrder)), longestNames)
	switch w.Meaning {
	case reply.Skip:
		if w.Count > 1 {
			var dates []string
			for _, o := range t.a.Orders(order, min(w.Count, mostInARow)) {
				dates = append(dates, t.shop.shortDay(o.Date))
			}
			return t.shop.say(whatSkipSeveral, "dates", strings.Join(dates, "; "))
		}
		return t.shop.say(whatSkip, "date", day(order), "names", names)
	case reply.Delay:
		to := t.shop.delayed(order, w.Amount)
		if len(w.Dates) == 1 {
			to = w.Dates[0]
		}
		return t.shop.say(whatDelay, "date", day(order), "to", day(to))
	case reply.Pause:
		switch {
		case len(w.Dates) == 1:
			return t.shop.say(whatPauseUntil, "date", day(w.Dates[0]))
		case w.Amount.Count > 0:
			return t.shop.say(whatPauseUntil, "date", day(t.shop.delayed(t.came(), w.Amount)))
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

// askNow asks before an order is sent at once, because that charges.
func (t *turn) askNow(w reply.Wish, order subscription.Date) error {
	o, _ := t.a.OrderOn(order)
	word, total := wordAskNowPlain, ""
	if sum, err := o.Total(); err == nil && !sum.IsZero() {
		word, total = wordAskNow, sum.String()
	}
	names := shorten(or(o.ProductNames(), t.shop.say(wordOrder)), longestNames)
	return t.ask(reply.Question{About: reply.AboutYes, Wish: w, Order: order},
		t.shop.say(word, "date", t.shop.day(order, t.today()), "names", names, "total", total))
}

// askHowFar asks for an amount or a date that was not understood, or that is not later than the order.
func (t *turn) askHowFar(w reply.Wish, order subscription.Date) error {
	w.Dates, w.Amount = nil, reply.Amount{}
	return t.ask(reply.Question{About: reply.AboutDate, Wish: w, Order: order},
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
	return t.ask(q, t.shop.say(wordAskDate, "options", numbered(q.Options)), t.shop.say(wordAskNone))
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
	return t.ask(q, t.shop.askText(c, orders, t.today()))
}

// choose does what was asked about to what is chosen.
func (t *turn) choose() error {
	q := t.open()
	if err := t.closeQuestion(); err != nil {
		return err
	}
	if len(t.u.Picks) == 0 {
		return t.nothing()
	}
	if q.About == reply.AboutOrder {
		return t.chooseOrders(q)
	}
	if len(t.u.Picks) > 1 {
		return t.unread()
	}
	w, picked := q.Wish, q.Options[t.u.Picks[0]].Key
	if q.About == reply.AboutDate {
		d, err := subscription.ParseDate(picked)
		if err != nil {
			return err
		}
		w.Dates = []subscription.Date{d}
		return t.doAbout(w, q.Order)
	}
	if w.Product == "" {
		w.Product = picked
	} else {
		w.For = picked
	}
	return t.do(w)
}

// doAbout carries out a wish about the order a question was about, if that is still as it was.
func (t *turn) doAbout(w reply.Wish, order subscription.Date) error {
	c := map[reply.Meaning]Command{reply.Skip: Skip, reply.Delay: Delay, reply.Now: Now}[w.Meaning]
	if c == "" || order.IsZero() {
		return t.do(w)
	}
	switch _, there := t.a.OrderOn(order); {
	case !there:
		return t.answer(t.shop.say(wordChanged), t.shop.standing(t.a, t.today()))
	case t.over(order):
		return t.answer(t.tooLate(c, order))
	case c == Delay && len(w.Dates) == 1 && !w.Dates[0].After(order):
		return t.askHowFar(w, order)
	}
	var ids []string
	if w.Product != "" {
		ids = t.subscriptionsWith(w.Product)
	}
	ask := t.asking(c, w, found{date: order, ids: ids})
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
	c := map[reply.Meaning]Command{reply.Skip: Skip, reply.Delay: Delay, reply.Now: Now}[q.Wish.Meaning]
	var orders []subscription.Order
	for _, p := range t.u.Picks {
		d, err := subscription.ParseDate(q.Options[p].Key)
		if err != nil {
			return err
		}
		o, ok := t.a.OrderOn(d)
		if !ok {
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
	case len(orders) > 1 && c != Now:
		return t.moveAll(c, q.Wish, orders)
	}
	if c == Now { // choosing the order is not yet the yes
		return t.askNow(q.Wish, orders[0].Date)
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
	if t.shop.Settings.CommandOff(string(q.Wish.Meaning)) {
		return t.switchedOff(q.Wish.Meaning)
	}
	if len(q.Then) > 0 {
		t.u.Wish, t.u.Then = q.Wish, q.Then
		return t.several()
	}
	t.agreed = true
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
