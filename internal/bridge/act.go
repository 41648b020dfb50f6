package bridge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// actionTx is what was done for customers, and what their links need.
type actionTx interface {
	// AddAction stores an action unless the shop has one of that key; it reports whether it did.
	AddAction(Action) (bool, error)
	// ActionByKey returns the action of a key; fault.NotFound if there is none.
	ActionByKey(shopID, key string) (Action, error)
	// CustomerActions returns what the customer themself has had done or undone since a moment, newest first.
	CustomerActions(shopID, customerID string, since time.Time, limit int) ([]Action, error)
	SetActionState(shopID, id string, state ActionState) error
	// ShopOfCustomer returns the shop a customer belongs to; fault.NotFound if there is no such customer.
	ShopOfCustomer(customerID string) (string, error)
	// FreshLinks returns how many fresh links the customer has been texted since a moment, and when the newest was.
	FreshLinks(shopID, customerID string, since time.Time) (n int, last time.Time, err error)
}

// Command is what is asked for about a subscription. The values are stored and never change.
type Command string

// The commands.
const (
	Skip   Command = "skip"   // leave out the order of a date
	Unskip Command = "unskip" // bring back the order of a skipped date
	Delay  Command = "delay"  // move the order of a date to a later one
	Now    Command = "now"    // move the order of a date to today
	Undo   Command = "undo"   // put back what the customer's last action changed
	Pause  Command = "pause"
	Resume Command = "resume"
	Swap   Command = "swap"     // another product instead of one
	Count  Command = "quantity" // how many of a product
	Cancel Command = "cancel"   // for good
)

// Ask is one change asked for.
type Ask struct {
	Command   Command
	OrderDate subscription.Date   // skip, unskip, delay: the order that is meant
	Also      []subscription.Date // skip, delay: further orders meant ("both")
	Times     int                 // skip: this many orders in a row, from OrderDate on; 0 means one
	// SubscriptionIDs are the subscriptions meant: required for pause, resume and cancel; empty for the others
	// means all of the order.
	SubscriptionIDs []string
	To              subscription.Date // delay: the new date; pause: until when, no date until resumed
	Amount          reply.Amount      // delay, instead of To; with neither the shop's default
	Product         string            // swap, quantity: the id (or, of an item without one, the name) of the product
	Item            subscription.Item // swap: what comes instead; its quantity is taken over
	Count           int               // quantity: how many there are to be
	// Actor is Customer unless given. The cut-off and the other limits hold for customers only.
	Actor trigger.Actor
	// DedupeKey names this asking: the same key of the same customer is carried out once. Required.
	DedupeKey string

	replyID string // set when a reply asks
}

// Move is an order that went from one date to another.
type Move struct {
	From subscription.Date `json:"from"` // no date when none was coming
	To   subscription.Date `json:"to"`   // where its subscriptions come next, which may be From; no date when they do not
}

// Action is a change that was carried out or refused for somebody who asked for it.
type Action struct {
	ID         string // act_…
	ShopID     string
	CustomerID string
	Key        string // unique in the shop
	Command    Command
	Actor      trigger.Actor
	OrderDate  subscription.Date // of the first order concerned
	NewDate    subscription.Date
	Moves      []Move                      // every order concerned
	Before     []subscription.Subscription // snapshots of the subscriptions concerned
	After      []subscription.Subscription
	State      ActionState
	Reason     string // why it was refused
	CreatedAt  time.Time
}

// Products names what the subscriptions concerned are of, as the account has them; "" when they are gone.
func (x Action) Products(a subscription.Account) string {
	var o subscription.Order
	for _, s := range a.Subscriptions {
		if slices.ContainsFunc(x.After, func(after subscription.Subscription) bool { return after.ID == s.ID }) {
			o.Subscriptions = append(o.Subscriptions, s)
		}
	}
	return o.ProductNames()
}

// ActionState is what became of an action.
type ActionState string

// The states of an action.
const (
	ActionDone    ActionState = "done"
	ActionRefused ActionState = "refused"
	ActionUndone  ActionState = "undone"
)

// Acted is what is true after an Ask.
type Acted struct {
	Action   Action
	Account  subscription.Account // as it stands now
	Repeated bool                 // the key had been carried out before; nothing was changed now

	told bool // a trigger that confirms it was fired
}

// Source is the platform that owns subscriptions. It is asked inside the transaction that records the outcome, so
// an implementation must not call out: the built-in ledger is the database itself.
type Source interface {
	// CarryOut does all steps or none and returns the account as the source has it afterwards. Conflict and
	// Invalid are the source's refusal; with any other error it could not be reached, and is asked again.
	CarryOut(ctx context.Context, a subscription.Account, steps []Step) (subscription.Account, error)
}

// Step is one change a Source carries out. Orders are named by their date, never as "the next one".
type Step struct {
	Command         Command
	SubscriptionIDs []string
	On              subscription.Date // skip, unskip, delay, now
	To              subscription.Date // delay: the new date; now: today; pause: until; unskip: the first day an order may be on; resume: the day before
	Product         string            // swap, quantity
	Item            subscription.Item // swap
	Count           int               // quantity
	Was, Now        []subscription.Subscription
}

// Ledger returns the built-in ledger: what a Bridge without a Source uses.
func Ledger() Source { return ledgerSource{} }

// ledgerSource is the built-in ledger.
type ledgerSource struct{}

// CarryOut applies the steps to the account.
func (ledgerSource) CarryOut(_ context.Context, a subscription.Account, steps []Step) (subscription.Account, error) {
	var err error
	for _, s := range steps {
		switch s.Command {
		case Skip:
			a, err = subscription.Skip(a, s.SubscriptionIDs, s.On)
		case Unskip:
			a, err = subscription.Unskip(a, s.SubscriptionIDs, s.On, s.To)
		case Delay:
			a, err = subscription.Delay(a, s.SubscriptionIDs, s.On, s.To)
		case Pause:
			a, err = subscription.Pause(a, s.SubscriptionIDs, s.To)
		case Resume:
			a, err = subscription.Resume(a, s.SubscriptionIDs, s.To)
		case Cancel:
			a, err = subscription.Cancel(a, s.SubscriptionIDs)
		case Now:
			a, err = subscription.BringForward(a, s.SubscriptionIDs, s.On, s.To)
		case Swap:
			a, err = subscription.Swap(a, s.SubscriptionIDs, s.Product, s.Item)
		case Count:
			a, err = subscription.SetQuantity(a, s.SubscriptionIDs, s.Product, s.Count)
		case Undo:
			a, err = subscription.Restore(a, s.Was, s.Now)
		default:
			err = fault.New(fault.Invalid, "The ledger cannot do %q.", s.Command)
		}
		if err != nil {
			return subscription.Account{}, err
		}
	}
	return a, nil
}

// source returns where the subscriptions live.
func (b *Bridge) source() Source {
	if b.o.Source != nil {
		return b.o.Source
	}
	return ledgerSource{}
}

// unreachable wraps an error of a Source that is no refusal.
type unreachable struct{ cause error }

func (e *unreachable) Error() string { return "the source could not be reached: " + e.cause.Error() }
func (e *unreachable) Unwrap() error { return e.cause }

// Act carries out a change somebody asked for: the one door for replies, the account page and merchants' staff.
// What cannot be done is fault.Conflict (too late, changed since, not active), fault.Invalid or fault.NotFound with
// a sentence for the asker; a Conflict is remembered under its key like a success. Then the account, the triggers,
// their deliveries and the record are one transaction.
func (b *Bridge) Act(ctx context.Context, shopID, customerID string, ask Ask) (out Acted, err error) {
	defer fault.Wrap(&err, "bridge: %s for %s", ask.Command, customerID)
	var refused error
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		refused = nil
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		a, err := tx.Account(shopID, customerID)
		if err != nil {
			return err
		}
		out, err = b.act(ctx, tx, shop, a, ask, tx.Now())
		if fault.Is(err, fault.Conflict) {
			refused = err
			return b.recordRefusal(tx, shop, a, ask, err)
		}
		return err
	})
	return out, errors.Join(err, refused)
}

// act is Act in a transaction: a is the account in it, at is the moment that counts for the cut-off.
func (b *Bridge) act(ctx context.Context, tx Tx, shop Shop, a subscription.Account, ask Ask, at time.Time) (Acted, error) {
	ask.Actor = or(ask.Actor, trigger.Customer)
	if ask.DedupeKey == "" {
		return Acted{}, fault.New(fault.Invalid, "Every change needs a key of its own.")
	}
	done, err := tx.ActionByKey(shop.ID, actionKey(a.Customer.ID, ask.DedupeKey))
	if err == nil {
		if done.State == ActionRefused {
			err = fault.New(fault.Conflict, "%s", done.Reason)
		}
		return Acted{Action: done, Account: a, Repeated: true}, err
	}
	if !fault.Is(err, fault.NotFound) {
		return Acted{}, err
	}
	recent, err := tx.CustomerActions(shop.ID, a.Customer.ID, at.AddDate(-1, 0, 0), keptActions)
	if err != nil {
		return Acted{}, err
	}
	in := intent{shop: shop, a: a, ask: ask, at: at, recent: recent, bound: ask.Actor == trigger.Customer}
	steps, err := in.steps()
	if err != nil {
		return Acted{}, err
	}
	after, err := b.source().CarryOut(ctx, a, steps)
	if err != nil {
		switch fault.KindOf(err) {
		case fault.Conflict, fault.Invalid, fault.NotFound:
			return Acted{}, err
		}
		return Acted{}, &unreachable{err}
	}
	return b.record(tx, in, steps, after)
}

// keptActions is how many of a customer's own actions are looked at.
const keptActions = 30

// actionKey keeps customers' keys apart.
func actionKey(customerID, key string) string { return customerID + "/" + key }

// record stores what was done: the account with everything that follows from the difference, and the action.
func (b *Bridge) record(tx Tx, in intent, steps []Step, after subscription.Account) (Acted, error) {
	var ids []string
	for _, s := range steps {
		ids = append(ids, s.SubscriptionIDs...)
	}
	act := Action{
		ID: ident.New(ident.Action, tx.Now()), ShopID: in.shop.ID, CustomerID: in.a.Customer.ID,
		Key: actionKey(in.a.Customer.ID, in.ask.DedupeKey), Command: in.ask.Command, Actor: in.ask.Actor,
		Moves: movesOf(steps, in.a, after), Before: subscription.Snapshot(in.a, ids), After: subscription.Snapshot(after, ids),
		State: ActionDone, CreatedAt: tx.Now(),
	}
	if in.ask.Command == Swap || in.ask.Command == Count {
		act.Moves, act.Before, act.After = nil, subscription.SnapshotItems(in.a, ids), subscription.SnapshotItems(after, ids)
	}
	if len(act.Moves) > 0 {
		act.OrderDate, act.NewDate = act.Moves[0].From, act.Moves[0].To
	}
	if len(in.recent) > 0 && !act.CreatedAt.After(in.recent[0].CreatedAt) {
		act.CreatedAt = in.recent[0].CreatedAt.Add(time.Microsecond) // which of two was the last must be certain
	}
	why := trigger.Cause{Actor: in.ask.Actor, ID: or(in.ask.replyID, act.ID), Today: subscription.DateOf(tx.Now(), in.shop.Location())}
	line := ident.New(ident.Trace, tx.Now()) // before the lines of what follows from it
	fired, err := b.change(tx, in.shop, &in.a, after, why)
	if err != nil {
		return Acted{}, err
	}
	added, err := tx.AddAction(act)
	if err != nil {
		return Acted{}, err
	}
	if !added {
		return Acted{}, fault.New(fault.Conflict, "This key has been used for another customer's change.")
	}
	if in.ask.Command == Undo {
		for _, undone := range in.undoes {
			if err := tx.SetActionState(in.shop.ID, undone.ID, ActionUndone); err != nil {
				return Acted{}, err
			}
		}
	}
	err = tx.AddTrace(Trace{
		ID: line, ShopID: act.ShopID, CustomerID: act.CustomerID, At: tx.Now(), Kind: "action", Text: act.line(in.ask.replyID != ""), Ref: act.ID,
	})
	if err != nil {
		return Acted{}, err
	}
	told := slices.ContainsFunc(fired, func(f trigger.Fired) bool { def, _ := trigger.ByName(f.Name); return def.AnswersReply })
	return Acted{Action: act, Account: after, told: told}, nil
}

// recordRefusal remembers a refusal under its key, so that asking again gives the same answer.
func (b *Bridge) recordRefusal(tx Tx, shop Shop, a subscription.Account, ask Ask, why error) error {
	act := Action{
		ID: ident.New(ident.Action, tx.Now()), ShopID: shop.ID, CustomerID: a.Customer.ID,
		Key: actionKey(a.Customer.ID, ask.DedupeKey), Command: ask.Command, Actor: or(ask.Actor, trigger.Customer),
		OrderDate: ask.OrderDate, NewDate: ask.To, State: ActionRefused, Reason: fault.Message(why), CreatedAt: tx.Now(),
	}
	added, err := tx.AddAction(act)
	if err != nil || !added {
		return err
	}
	return b.trace(tx, shop.ID, a.Customer.ID, "action", fmt.Sprintf("%s, asked for by the %s, was refused: %s", act.Command.title(), act.Actor, act.Reason), act.ID)
}

// movesOf returns where the orders that the steps touched stand now, in the order of the steps.
func movesOf(steps []Step, before, after subscription.Account) []Move {
	var out []Move
	for _, st := range steps {
		to := map[subscription.Date]subscription.Date{}
		var from []subscription.Date
		for _, id := range st.SubscriptionIDs {
			was, _ := before.Find(id)
			is, _ := after.Find(id)
			on, next := was.Coming(), is.Coming()
			if on.IsZero() && next.IsZero() {
				continue
			}
			if first, ok := to[on]; !ok {
				from = append(from, on)
				to[on] = next
			} else if !next.IsZero() && (first.IsZero() || next.Before(first)) {
				to[on] = next
			}
		}
		slices.SortFunc(from, subscription.Date.Compare)
		for _, d := range from {
			if m := (Move{From: d, To: to[d]}); !slices.Contains(out, m) { // several steps of one order lead to one place
				out = append(out, m)
			}
		}
	}
	return out
}
