package bridge

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// found is what a SKIP or DELAY means: at most one of these is set, none when there is no order.
type found struct {
	date    subscription.Date    // do it to this order
	already *Move                // it was done before, and no notice has come since: say so again
	late    subscription.Date    // this one, but its time is over
	ask     []subscription.Order // one of these: ask
	stale   bool                 // what was meant may have passed while the reply waited
}

// which finds the order a command means:
//
//	the same command was carried out for an order still ahead, and no notice came since → that one, already done
//	the newest notice the customer had when writing, of an order still ahead            → that order
//	no such notice, one coming order date                                               → that order
//	no such notice, several                                                             → ask
//
// Everything is taken as it was when the reply came: a notice told afterwards cannot be what it answers.
func (t *turn) which(c Command) (f found, err error) {
	came := subscription.DateOf(t.r.ReceivedAt, t.shop.Location())
	told, err := t.tx.ToldNotice(t.shop.ID, t.a.Customer.ID, t.r.ReceivedAt, came)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return f, err
	}
	own, err := t.tx.CustomerActions(t.shop.ID, t.a.Customer.ID, t.r.ReceivedAt.AddDate(-1, 0, 0), keptActions)
	if err != nil {
		return f, err
	}
	if f.already = t.before(c, own, told, came); f.already != nil {
		return f, nil
	}
	if !told.Date.IsZero() {
		if answered, done := t.ofNotice(c, own, told); done {
			return answered, nil
		}
	} else if came != t.today() && t.tx.Now().Sub(t.r.ReceivedAt) > promptly {
		return found{stale: true}, nil // the next order of then may be gone
	}
	orders := t.coming()
	switch {
	case len(orders) == 0:
		return f, nil
	case len(orders) > 1:
		return found{ask: orders}, nil
	case t.over(orders[0].Date):
		return found{late: orders[0].Date}, nil
	}
	return found{date: orders[0].Date}, nil
}

// over reports whether the order's last moment for changes has come.
func (t *turn) over(d subscription.Date) bool { return !t.judged.Before(t.shop.Timing().ReplyBy(d)) }

// before returns what the same command did before, when no notice has come since and the order it was about is
// still ahead and has not come back.
func (t *turn) before(c Command, own []Action, told Told, came subscription.Date) *Move {
	for _, act := range own {
		if act.Command != c || act.State != ActionDone {
			continue
		}
		if act.CreatedAt.Before(told.At) {
			return nil
		}
		for _, m := range act.Moves {
			if _, back := t.a.OrderOn(m.From); back || m.From.Before(came) {
				continue
			}
			if c == Delay {
				if _, there := t.a.OrderOn(m.To); !there {
					continue
				}
			}
			return &m
		}
	}
	return nil
}

// ofNotice finds what a reply to a notice means. Done is false when the order of the notice went elsewhere, so
// that the customer's next order is meant.
func (t *turn) ofNotice(c Command, own []Action, told Told) (f found, done bool) {
	switch _, there := t.a.OrderOn(told.Date); {
	case there && t.over(told.Date):
		return found{late: told.Date}, true
	case there:
		return found{date: told.Date}, true
	}
	moved := slices.ContainsFunc(own, func(a Action) bool {
		return a.State == ActionDone && a.Command != Skip && slices.ContainsFunc(a.Moves, func(m Move) bool { return m.From == told.Date })
	})
	switch {
	case moved:
		return f, false
	case c == Skip && t.skipped(told.Date): // by the merchant, or in the platform's own portal
		return found{already: &Move{From: told.Date}}, true
	case !told.Date.After(t.today()): // its day has come: it has been carried on to the next date
		return found{late: told.Date}, true
	}
	return f, false
}

// skipped reports whether an order of that date was left out.
func (t *turn) skipped(d subscription.Date) bool {
	return slices.ContainsFunc(t.a.Subscriptions, func(s subscription.Subscription) bool {
		return !s.Coming().IsZero() && slices.Contains(s.Skipped, d)
	})
}

// mostOptions is how many orders a question offers; their dates alone always fit into one answer.
const mostOptions = 8

// coming returns the next order of each date on which one of the subscriptions comes next.
func (t *turn) coming() []subscription.Order {
	var dates []subscription.Date
	for _, s := range t.a.Subscriptions {
		if d := s.Coming(); !d.IsZero() && !slices.Contains(dates, d) {
			dates = append(dates, d)
		}
	}
	slices.SortFunc(dates, subscription.Date.Compare)
	var orders []subscription.Order
	for _, d := range dates[:min(len(dates), mostOptions)] {
		if o, ok := t.a.OrderOn(d); ok {
			orders = append(orders, o)
		}
	}
	return orders
}

// move carries out a SKIP or a DELAY, or says why not. A command takes the place of an open question.
func (t *turn) move(c Command) error {
	if err := t.closeQuestion(); err != nil {
		return err
	}
	f, err := t.which(c)
	if err != nil {
		return err
	}
	switch {
	case f.stale:
		return t.stale("It was held up over midnight, so the order it meant may have passed.")
	case f.already != nil && c == Skip:
		return t.answer(t.shop.say(wordAlreadySkipped, "date", f.already.From.Friendly(t.today())), t.shop.standing(t.a, t.today()))
	case f.already != nil:
		return t.answer(t.shop.say(wordAlreadyDelayed, "date", f.already.From.Friendly(t.today()), "to", f.already.To.Friendly(t.today())))
	case !f.late.IsZero():
		return t.answer(t.tooLate(c, f.late))
	case f.ask != nil:
		return t.askWhich(c, f.ask)
	case f.date.IsZero():
		return t.answer(t.shop.standing(t.a, t.today()), t.linkSentence(wordSeeLink))
	}
	return t.carryOut(c, t.u.Amount, []subscription.Date{f.date})
}

// tooLate says what happens now, and when the next chance is.
func (t *turn) tooLate(c Command, date subscription.Date) string {
	word := wordGone
	if _, there := t.a.OrderOn(date); t.r.ReceivedAt.Before(t.shop.Timing().ReplyBy(date)) {
		word = wordNotInTime // the customer was in time; we were not
	} else if there {
		word = wordTooLate
	}
	said := t.shop.say(word, "verb", t.shop.verb(c), "date", date.Friendly(t.today()), "until", t.shop.Timing().ReplyByText(date))
	for _, o := range t.a.Orders(date.AddDays(1), 4) {
		if !t.over(o.Date) {
			return sentences(said, t.shop.say(wordChance, "date", o.Date.Friendly(t.today()), "until", t.shop.Timing().ReplyByText(o.Date)))
		}
	}
	return said
}

// askWhich asks a numbered question and keeps it open.
func (t *turn) askWhich(c Command, orders []subscription.Order) error {
	q := &reply.Question{Command: t.u.Meaning, Amount: t.u.Amount, Asked: t.tx.Now(), Expires: t.tx.Now().Add(questionOpen)}
	for _, o := range orders {
		q.Options = append(q.Options, reply.Option{Label: t.shop.option(o, 10*longestNames, t.today()), Key: o.Date.String()})
	}
	if err := t.tx.SetQuestion(t.shop.ID, t.a.Customer.ID, q); err != nil {
		return err
	}
	t.u.Why += " There are several coming orders and no notice to go by, so we asked which one is meant."
	return t.answer(t.shop.askText(c, orders, t.today()))
}

// choose does to the chosen orders what was asked about. An order that is no longer as it was offered is left
// alone, and so are the others then: the choice was made among other things.
func (t *turn) choose() error {
	q := t.open()
	if err := t.closeQuestion(); err != nil {
		return err
	}
	if len(t.u.Picks) == 0 {
		return t.answer(t.shop.say(wordNothing), t.shop.standing(t.a, t.today()))
	}
	c := Skip
	if q.Command == reply.Delay {
		c = Delay
	}
	var dates, late []subscription.Date
	for _, p := range t.u.Picks {
		d, err := subscription.ParseDate(q.Options[p].Key)
		if err != nil {
			return err
		}
		if _, ok := t.a.OrderOn(d); !ok {
			return t.answer(t.shop.say(wordChanged), t.shop.standing(t.a, t.today()))
		}
		if t.over(d) {
			late = append(late, d)
		} else {
			dates = append(dates, d)
		}
	}
	for i, d := range late {
		if err := t.tell("/late/"+strconv.Itoa(i), t.tooLate(c, d)); err != nil {
			return err
		}
	}
	if len(dates) == 0 {
		return t.finish(ReplyDone)
	}
	return t.carryOut(c, q.Amount, dates)
}

// carryOut does it. The confirmation is the trigger that the difference fires: it says what the source answered.
func (t *turn) carryOut(c Command, by reply.Amount, dates []subscription.Date) error {
	for _, d := range dates {
		if end := t.shop.Timing().ReplyBy(d); t.until.IsZero() || end.Before(t.until) {
			t.until = end
		}
	}
	_, err := t.act(Ask{Command: c, OrderDate: dates[0], Also: dates[1:], Amount: by})
	switch {
	case err == nil:
		return t.finish(ReplyDone)
	case fault.Is(err, fault.Invalid) && c == Delay:
		t.u.Why += " But it asks for more than the shop allows."
		return t.answer(t.shop.say(wordTooFar, "days", strconv.Itoa(or(t.shop.Settings.MaxDelayDays, 366))))
	}
	return t.refused(err)
}

// act is Bridge.act for this reply.
func (t *turn) act(ask Ask) (Acted, error) {
	ask.Actor, ask.DedupeKey, ask.replyID = trigger.Customer, t.r.ID, t.r.ID
	out, err := t.b.act(t.ctx, t.tx, t.shop, t.a, ask, t.judged)
	if err == nil {
		t.changed, t.a = true, out.Account
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
		return t.answer(t.shop.say(wordRefused, "reason", fault.Message(err)), t.shop.standing(t.a, t.today()))
	}
	return err
}

// undo takes back the customer's last action, or says why not. While a question is open there is nothing done
// yet that the customer could mean.
func (t *turn) undo() error {
	asked := t.open() != nil
	if err := t.closeQuestion(); err != nil {
		return err
	}
	if asked {
		return t.answer(t.shop.say(wordNothing), t.shop.standing(t.a, t.today()))
	}
	t.until = t.r.ReceivedAt.Add(t.shop.undoFor())
	out, err := t.act(Ask{Command: Undo})
	now := t.shop.standing(t.a, t.today())
	switch {
	case err == nil && out.told:
		return t.finish(ReplyDone) // an order that had been brought back is skipped again: its trigger says so
	case err == nil:
		return t.answer(t.undone(out))
	case errors.Is(err, errNothingToUndo):
		return t.answer(t.shop.say(wordUndoNothing), now)
	case errors.Is(err, errAlreadyUndone):
		return t.answer(t.shop.say(wordUndoAlready), now)
	case errors.Is(err, errNeverUndone):
		return t.answer(t.shop.say(wordUndoNever), t.linkSentence(wordSeeLink))
	case errors.Is(err, errUndoExpired):
		return t.answer(t.shop.say(wordUndoExpired, "hours", strconv.Itoa(int(t.shop.undoFor().Hours()))), now)
	case errors.Is(err, errUndoTooLate):
		return t.undoTooLate(now)
	case fault.Is(err, fault.Conflict):
		return t.answer(t.shop.say(wordUndoChanged), now)
	}
	return t.refused(err)
}

// undone says what is back.
func (t *turn) undone(out Acted) string {
	if len(out.Action.Moves) > 0 {
		if m := out.Action.Moves[0]; !m.To.IsZero() && m.To != m.From {
			return t.shop.say(wordUndone, "date", m.To.Friendly(t.today()))
		}
	}
	return sentences(t.shop.say(wordRestored), t.shop.standing(t.a, t.today()))
}

func (t *turn) undoTooLate(now string) error {
	own, err := t.tx.CustomerActions(t.shop.ID, t.a.Customer.ID, t.r.ReceivedAt.AddDate(-1, 0, 0), keptActions)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(own, func(a Action) bool { return a.Command != Undo })
	date := own[i].earliest()
	return t.answer(t.shop.say(wordUndoTooLate, "date", date.Friendly(t.today()), "until", t.shop.Timing().ReplyByText(date)), now)
}

// minutes says a duration in whole minutes.
func minutes(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }
