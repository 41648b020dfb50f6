package bridge

import (
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// intent turns what was asked for into steps for the source, or into the reason why not.
type intent struct {
	shop   Shop
	a      subscription.Account
	ask    Ask
	at     time.Time // the moment that counts for the cut-off
	recent []Action  // the customer's own, newest first
	bound  bool      // the cut-off and the other limits hold

	undoes []Action // what an Undo takes back, newest first: all that one text did
}

func (in *intent) today() subscription.Date { return subscription.DateOf(in.at, in.shop.Location()) }

// steps checks the ask against the account.
//
// The cut-off holds for whatever would change an order that is nearly on its way, pausing included. It does not
// hold for a cancellation: nobody is kept in a subscription, and the ledger cancels at once.
func (in *intent) steps() ([]Step, error) {
	switch in.ask.Command {
	case Skip, Delay:
		return in.orders()
	case Now:
		return in.now()
	case Swap, Count:
		return in.contents()
	case Unskip:
		return in.unskip()
	case Undo:
		return in.undo()
	case Pause, Resume, Cancel:
		return in.standing()
	}
	return nil, fault.Field("command", "There is no command %q.", in.ask.Command)
}

// now makes the step that moves an order to today. There is no cut-off for it: it is what the cut-off protects from.
func (in *intent) now() ([]Step, error) {
	ids, err := in.ofOrder(in.ask.OrderDate)
	if err != nil {
		return nil, err
	}
	return []Step{{Command: Now, SubscriptionIDs: ids, On: in.ask.OrderDate, To: in.today()}}, nil
}

// contents makes the step that changes what is in a subscription.
func (in *intent) contents() ([]Step, error) {
	if len(in.ask.SubscriptionIDs) == 0 || in.ask.Product == "" {
		return nil, fault.Field("product", "Say which product of which subscription is meant.")
	}
	for _, id := range in.ask.SubscriptionIDs {
		if s, ok := in.a.Find(id); ok {
			if err := in.inTime(s.Coming()); err != nil {
				return nil, err
			}
		}
	}
	return []Step{{
		Command: in.ask.Command, SubscriptionIDs: in.ask.SubscriptionIDs,
		Product: in.ask.Product, Item: in.ask.Item, Count: in.ask.Count,
	}}, nil
}

// inTime is a Conflict when the order's cut-off has come. No date is no order, for which nothing is too late.
func (in *intent) inTime(date subscription.Date) error {
	if t := in.shop.Timing(); in.bound && !date.IsZero() && !in.at.Before(t.ReplyBy(date)) {
		return fault.New(fault.Conflict, "It is too late: changes to the order of %s counted until %s.", date.Friendly(in.today()), t.ReplyByText(date))
	}
	return nil
}

// orders makes the steps of a skip or a delay: one for each order date.
func (in *intent) orders() ([]Step, error) {
	if in.ask.OrderDate.IsZero() {
		return nil, fault.Field("order_date", "Say which order is meant.")
	}
	var steps []Step
	for _, on := range append([]subscription.Date{in.ask.OrderDate}, in.ask.Also...) {
		if err := in.inTime(on); err != nil {
			return nil, err
		}
		ids, err := in.ofOrder(on)
		if err != nil {
			return nil, err
		}
		step := Step{Command: in.ask.Command, SubscriptionIDs: ids, On: on}
		if in.ask.Command == Delay {
			if step.To, err = in.newDate(on); err != nil {
				return nil, err
			}
		}
		if in.ask.Command != Skip || in.ask.Times < 2 {
			steps = append(steps, step)
			continue
		}
		row, err := in.inARow(step)
		if err != nil {
			return nil, err
		}
		steps = append(steps, row...)
	}
	return steps, nil
}

// mostInARow is how many orders one wish may leave out.
const mostInARow = 12

// inARow makes the steps that skip several orders, one after the other, beginning with first.
func (in *intent) inARow(first Step) ([]Step, error) {
	if in.ask.Times > mostInARow {
		return nil, fault.Field("times", "At most %d orders can be skipped in a row; pausing may be what is meant.", mostInARow)
	}
	steps, a := []Step{first}, in.a
	for len(steps) < in.ask.Times {
		last := steps[len(steps)-1]
		var err error
		if a, err = subscription.Skip(a, last.SubscriptionIDs, last.On); err != nil {
			return nil, err
		}
		next := Step{Command: Skip}
		for _, id := range first.SubscriptionIDs { // those that come first now
			switch s, _ := a.Find(id); {
			case next.On.IsZero() || s.Next.Before(next.On):
				next.On, next.SubscriptionIDs = s.Next, []string{id}
			case s.Next == next.On:
				next.SubscriptionIDs = append(next.SubscriptionIDs, id)
			}
		}
		steps = append(steps, next)
	}
	return steps, nil
}

// ofOrder returns the subscriptions meant: all of the order, or those asked for.
func (in *intent) ofOrder(on subscription.Date) ([]string, error) {
	order, ok := in.a.OrderOn(on)
	ids := in.ask.SubscriptionIDs
	if len(ids) > 0 && len(in.ask.Also) == 0 {
		return ids, nil // the source says so if one of them has no order then
	}
	if len(ids) > 0 { // of several orders, those of each
		order.Subscriptions = slices.DeleteFunc(slices.Clone(order.Subscriptions), func(s subscription.Subscription) bool { return !slices.Contains(ids, s.ID) })
	}
	if !ok || len(order.Subscriptions) == 0 {
		return nil, fault.New(fault.Conflict, "%s", noOrder(in.a, on))
	}
	return order.IDs(), nil
}

// newDate is where a delay moves the order of a date.
func (in *intent) newDate(on subscription.Date) (subscription.Date, error) {
	to := in.ask.To
	if to.IsZero() {
		to = in.shop.delayed(on, in.ask.Amount)
	}
	if most := or(in.shop.Settings.MaxDelayDays, 366); to.Sub(on) > most {
		return to, fault.Field("date", "An order can be moved by %d days at most.", most)
	}
	return to, nil
}

// delayed returns the date an amount after another; the zero amount is the shop's default. A month later is the
// same day of that month, or its last day.
func (s Shop) delayed(on subscription.Date, by reply.Amount) subscription.Date {
	if by.Count == 0 {
		by = reply.Amount{Count: or(s.Settings.DelayDays, 7), Unit: reply.Day}
	}
	unit := map[string]subscription.Unit{reply.Day: subscription.Day, reply.Week: subscription.Week, reply.Month: subscription.Month}[by.Unit]
	return subscription.Interval{Count: by.Count, Unit: unit}.Next(on, on.Day())
}

// unskip makes the step that brings back a skipped order.
func (in *intent) unskip() ([]Step, error) {
	on := in.ask.OrderDate
	if on.IsZero() {
		return nil, fault.Field("order_date", "Say which order is meant.")
	}
	if err := in.inTime(on); err != nil {
		return nil, err
	}
	ids := in.ask.SubscriptionIDs
	if len(ids) == 0 {
		for _, s := range in.a.Subscriptions {
			if !s.Coming().IsZero() && slices.Contains(s.Skipped, on) {
				ids = append(ids, s.ID)
			}
		}
	}
	if len(ids) == 0 {
		return nil, fault.New(fault.Conflict, "The order of %s has not been skipped.", on.Friendly(in.today()))
	}
	return []Step{{Command: Unskip, SubscriptionIDs: ids, On: on, To: in.today()}}, nil
}

// standing makes the step of a pause, a resumption or a cancellation.
func (in *intent) standing() ([]Step, error) {
	step := Step{Command: in.ask.Command, SubscriptionIDs: in.ask.SubscriptionIDs, To: in.ask.To}
	if len(step.SubscriptionIDs) == 0 {
		return nil, fault.Field("subscription", "Say which subscription is meant.")
	}
	if in.ask.Command == Cancel {
		return []Step{step}, nil
	}
	if in.ask.Command == Pause && !step.To.IsZero() && !step.To.After(in.today()) {
		return nil, fault.Field("date", "Choose a day after today.")
	}
	for _, id := range step.SubscriptionIDs {
		s, ok := in.a.Find(id)
		if !ok {
			continue
		}
		if err := in.inTime(s.Coming()); err != nil {
			return nil, err
		}
		if in.ask.Command != Pause {
			continue
		}
		s.Status, s.PausedUntil = subscription.Paused, step.To // a shorter pause may bring an order nobody can stop
		if err := in.inTime(s.Coming()); err != nil {
			return nil, err
		}
	}
	if in.ask.Command == Resume {
		step.To = in.lastLate()
	}
	return []Step{step}, nil
}

// lastLate is the last day whose order could not be changed any more: a subscription that is resumed starts after
// it, so that it never turns into an order nobody can stop. For staff it is today.
func (in *intent) lastLate() subscription.Date {
	d := in.today()
	for range 62 { // a cut-off is at most a lead of 14 days before the order; no loop without end
		next := d.AddDays(1)
		if in.inTime(next) == nil {
			break
		}
		d = next
	}
	return d
}

// errNothingToUndo and its like tell the reasons apart for a reply, whose writer gets more than one sentence.
var (
	errNothingToUndo = fault.New(fault.Conflict, "There is nothing to undo.")
	errAlreadyUndone = fault.New(fault.Conflict, "That is already undone.")
	errNeverUndone   = fault.New(fault.Conflict, "A subscription that was cancelled cannot be brought back this way.")
	errUndoExpired   = fault.New(fault.Conflict, "That was too long ago to be undone.")
	errUndoTooLate   = fault.New(fault.Conflict, "It is too late to undo that: an order it concerns is nearly on its way.")
)

// undo makes the steps that take back the customer's last action, or all those of the text that led to it. Only the
// last: what came before it can be changed by asking for it.
func (in *intent) undo() ([]Step, error) {
	in.undoes = lastOf(in.recent)
	if len(in.undoes) == 0 {
		return nil, errNothingToUndo
	}
	var steps []Step
	for _, last := range in.undoes {
		switch {
		case last.State == ActionUndone:
			return nil, errAlreadyUndone
		case last.Command == Cancel:
			return nil, errNeverUndone
		case in.at.After(last.CreatedAt.Add(in.shop.undoFor())):
			return nil, errUndoExpired
		case in.inTime(last.earliest()) != nil:
			return nil, errUndoTooLate
		}
		step := Step{Command: Undo, Was: last.Before, Now: last.After}
		for _, s := range last.Before {
			step.SubscriptionIDs = append(step.SubscriptionIDs, s.ID)
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// lastOf returns a customer's last action from their recent ones, newest first, with those that the same text asked for.
func lastOf(recent []Action) (list []Action) {
	text := ""
	for _, a := range recent {
		of, _, several := strings.Cut(a.Key, together)
		switch {
		case a.Command == Undo:
		case len(list) == 0:
			list = append(list, a)
			if text = of; !several {
				return list
			}
		case several && of == text:
			list = append(list, a)
		}
	}
	return list
}

// undoFor is how long an action can be undone.
func (s Shop) undoFor() time.Duration { return time.Duration(or(s.Settings.UndoHours, 24)) * time.Hour }

// earliest is the first order that taking the action back would change; no date if there is none.
func (a Action) earliest() subscription.Date {
	var first subscription.Date
	for _, list := range [][]subscription.Subscription{a.Before, a.After} {
		for _, s := range list {
			if d := s.Coming(); !d.IsZero() && (first.IsZero() || d.Before(first)) {
				first = d
			}
		}
	}
	return first
}
