package bridge

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// Becomes is what becomes of a reply.
type Becomes string

// What a reply becomes.
const (
	BecomesActs    Becomes = "acts"    // it is carried out
	BecomesAsks    Becomes = "asks"    // the customer is asked first
	BecomesAnswers Becomes = "answers" // it is answered, and nothing changes
	BecomesSilent  Becomes = "silent"  // it asks for nothing, and gets no answer of ours
	BecomesOptOut  Becomes = "opt_out" // nothing is texted any more
	BecomesPerson  Becomes = "person"  // somebody has to read it
)

// Explained is what a text would mean, for somebody who tries it out.
type Explained struct {
	reply.Understood
	Becomes Becomes
	Off     bool              // it asks for a command this shop has switched off
	Wishes  []string          // what it asks for, each with its dates resolved: "Move the order of … to …"
	Order   subscription.Date // the order it was read against
}

// Explain reads a text as if a customer of the shop had just sent it; nothing is stored or sent. Without a customer it
// is read as somebody's who has everything in the shop's list of products and has just been told of their next order.
// The error is NotFound for a customer who is not the shop's.
func (b *Bridge) Explain(ctx context.Context, shopID, customerID, text string) (out Explained, err error) {
	defer fault.Wrap(&err, "bridge: explain a text in %s", shopID)
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		t := &turn{b: b, ctx: ctx, tx: tx, judged: tx.Now(), r: Reply{ShopID: shopID, Body: storable(text), ReceivedAt: tx.Now()}}
		var err error
		if t.shop, err = tx.Shop(shopID); err != nil {
			return err
		}
		if err := t.imagine(customerID); err != nil {
			return err
		}
		in, err := t.situation(t.open())
		if err != nil {
			return err
		}
		t.u = reply.Read(t.r.Body, in)
		out = t.explained(in)
		return nil
	})
	return out, err
}

// imagine sets whose text it is.
func (t *turn) imagine(customerID string) error {
	if customerID == "" {
		t.a = t.shop.everybody(t.came())
		t.shop = t.shop.speaking("")
		return nil
	}
	var err error
	if t.a, err = t.tx.Look(t.shop.ID, customerID); err != nil {
		return err
	}
	talk, err := t.tx.Talk(t.shop.ID, customerID)
	t.q, t.shop = talk.Question, t.shop.speaking(talk.Language)
	return err
}

// imaginary is an account with one order of a date, to which each item comes by a subscription of its own.
func imaginary(next subscription.Date, items []subscription.Item) (a subscription.Account) {
	for i := range max(1, len(items)) {
		a.Subscriptions = append(a.Subscriptions, subscription.Subscription{
			ID: strconv.Itoa(i), Status: subscription.Active, Next: next, Interval: subscription.Interval{Count: 4, Unit: subscription.Week},
			Items: items[min(i, len(items)):min(i+1, len(items))],
		})
	}
	return a
}

// everybody is an account with one order, on the day whose notice goes out today, of every product the shop lists.
func (s Shop) everybody(today subscription.Date) subscription.Account {
	var items []subscription.Item
	for _, p := range s.Settings.Products {
		items = append(items, subscription.Item{ProductID: p.ID, Name: p.Name, Quantity: 1, Price: p.Price})
	}
	return imaginary(today.AddDays(s.Timing().LeadDays), items)
}

// ExplainIn is Explain in a situation that is made up, for which no database is needed. Today and the zone are those of
// the shop at a moment.
func ExplainIn(shop Shop, in reply.Situation, at time.Time, text string) Explained {
	t := &turn{shop: shop.speaking(in.Language), r: Reply{Body: storable(text), ReceivedAt: at}}
	var items []subscription.Item
	for _, p := range in.Products {
		if p.Offer {
			t.shop.Settings.Products = append(t.shop.Settings.Products, Product{ID: p.Key, Name: p.Name})
		} else {
			items = append(items, subscription.Item{ProductID: p.Key, Name: p.Name, Quantity: 1})
		}
	}
	t.a = imaginary(in.Order, items)
	in.Today = t.came()
	t.u = reply.Read(t.r.Body, in)
	return t.explained(in)
}

func (t *turn) explained(in reply.Situation) Explained {
	out := Explained{Understood: t.u, Becomes: t.becomes(in.Open), Order: in.Order}
	if t.u.Meaning == reply.OptOut && t.u.Certainty == reply.Likely {
		out.Wishes = []string{"No more texts, or no more orders"}
	}
	if !t.u.Meaning.IsCommand() {
		return out
	}
	for i, w := range append([]reply.Wish{t.u.Wish}, t.u.Then...) {
		order := in.Order
		if i > 0 && w.Product == "" {
			order = subscription.Date{} // the one that comes next after what was done before
		}
		out.Wishes = append(out.Wishes, t.plainly(w, order))
		out.Off = out.Off || t.shop.Settings.CommandOff(string(w.Meaning))
	}
	if out.Off {
		out.Becomes = BecomesAnswers
	}
	return out
}

func (t *turn) becomes(open *reply.Question) Becomes {
	switch m := t.u.Meaning; {
	case m == reply.Next, m == reply.Link: // looked up, certain or not
		return BecomesAnswers
	case m.IsCommand() && (t.u.Certainty != reply.Certain || slices.ContainsFunc(t.changes(), t.asks)):
		return BecomesAsks
	case m.Changes(), m == reply.Yes && open != nil && open.About == reply.AboutYes, m == reply.Choice && len(t.u.Picks) > 0:
		return BecomesActs
	case m == reply.Keep, m == reply.Yes, m == reply.No, m == reply.Choice:
		return BecomesAnswers
	case m == reply.OptOut && t.u.Certainty == reply.Likely:
		return BecomesAsks
	case m == reply.OptOut:
		return BecomesOptOut
	case m == reply.Thanks, m == reply.Tapback, m == reply.OptIn, m == reply.Help:
		return BecomesSilent
	}
	return BecomesPerson
}

// asks reports whether a wish is asked about although it is certain: for what it costs, what it says too little of, or
// what it would take along.
func (t *turn) asks(w reply.Wish) bool {
	switch w.Meaning {
	case reply.Now:
		return true
	case reply.Swap, reply.Quantity:
	default:
		return t.withOthers(w.Product)
	}
	list := slices.DeleteFunc(t.has(), func(o own) bool { return w.Product != "" && productKey(o.item) != w.Product })
	if len(list) != 1 {
		return len(list) > 1
	}
	o, after, more, err := list[0], t.a, false, error(nil)
	w.Product = productKey(o.item)
	if w.Meaning == reply.Quantity {
		more = t.countOf(w) > o.item.Quantity
		after, err = subscription.SetQuantity(t.a, o.ids, w.Product, t.countOf(w))
	} else if p, offered := t.shop.product(w.For); offered {
		after, err = subscription.Swap(t.a, o.ids, w.Product, subscription.Item{ProductID: p.ID, Name: p.Name, Price: p.Price})
	}
	return w.Meaning == reply.Swap && w.For == "" || err == nil && t.mustAsk(o, after, more)
}

// plainly says a wish to a merchant, with its dates resolved against the order of a date.
func (t *turn) plainly(w reply.Wish, order subscription.Date) string {
	what := "the order of " + order.Friendly(t.came())
	switch {
	case order.IsZero():
		what = "the next order"
	case w.All:
		what = "every coming order"
	case w.Product != "":
		what += fmt.Sprintf(" (%s)", t.named(w.Product))
	}
	switch w.Meaning {
	case reply.Skip:
		return t.skipPlainly(w, what)
	case reply.Delay:
		if a := w.Amount; order.IsZero() && a.Count > 0 {
			return fmt.Sprintf("Move %s by %d %s", what, a.Count, plural(a.Unit, a.Count))
		}
		return "Move " + what + " to " + cmp.Or(t.endOf(w, order), "a date that is asked for")
	case reply.Pause:
		return "Pause until " + cmp.Or(t.endOf(w, t.came()), "they reply RESUME")
	case reply.Resume:
		return "Start the paused subscription again"
	case reply.Now:
		return "Send " + what + " today, which charges"
	case reply.Undo:
		return "Take the last change back"
	case reply.Next:
		return "Say what comes next"
	case reply.Link:
		return "Send the account page"
	case reply.Swap:
		return "Swap " + t.productPlainly(w.Product, "a product") + " for " + t.productPlainly(w.For, "one that is asked for")
	case reply.Quantity:
		return t.countPlainly(w)
	}
	return ""
}

func (t *turn) skipPlainly(w reply.Wish, what string) string {
	if len(w.Dates) > 0 && !w.All {
		what = "the order of " + t.oneOf(w.Dates)
	}
	if w.Count > 1 {
		what += " and " + strconv.Itoa(w.Count-1) + " after it"
	}
	return "Skip " + what
}

func (t *turn) countPlainly(w reply.Wish) string {
	name := t.productPlainly(w.Product, "a product")
	switch {
	case w.Count == 0:
		return "Change how many of " + name + " come, which is asked for"
	case w.More && w.Count > 0:
		return fmt.Sprintf("Send %d more of %s in each order", w.Count, name)
	case w.More:
		return fmt.Sprintf("Send %d fewer of %s in each order", -w.Count, name)
	}
	return fmt.Sprintf("Send %d of %s in each order", w.Count, name)
}

func (t *turn) productPlainly(key, none string) string {
	if key == "" {
		return none
	}
	return t.named(key)
}

// endOf is the day a delay or a pause ends on, counted from a day; "" when none was named.
func (t *turn) endOf(w reply.Wish, from subscription.Date) string {
	switch {
	case len(w.Dates) > 0:
		return t.oneOf(w.Dates)
	case w.Amount.Count == 0 && w.Meaning == reply.Pause, from.IsZero():
		return ""
	case w.Amount.Count == 0 && t.u.Certainty != reply.Certain:
		return ""
	}
	return t.shop.delayed(from, w.Amount).Friendly(t.came())
}

// plural is a unit of time in the number that goes with a count.
func plural(unit string, count int) string {
	if count == 1 {
		return unit
	}
	return unit + "s"
}

// oneOf names the days that are meant, or between which the customer is to choose.
func (t *turn) oneOf(days []subscription.Date) (said string) {
	for i, d := range days {
		if i > 0 {
			said += " or "
		}
		said += d.Friendly(t.came())
	}
	return said
}
