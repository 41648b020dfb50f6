package bridge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// ErrLinkExpired is what AccountView and AccountAct return for a link of ours whose time is over: its page offers
// a fresh one.
var ErrLinkExpired = fault.New(fault.Unauthorized, "This link has expired.")

// View is what a shopper sees of their account.
type View struct {
	ShopID     string
	CustomerID string
	ShopName   string
	ShopLink   string
	FirstName  string // "" if not known
	Phone      string // masked; "" if there is none
	Texts      Texts
	Today      subscription.Date // in the shop's zone
	Zone       *time.Location    // the shop's

	Orders        []ViewOrder
	Subscriptions []ViewSubscription // live ones first, then ended ones
	Undo          *ViewUndo          // nil: there is nothing to undo
	PaymentURL    string             // the shop's own page for changing how to pay, or ""
	DelayDays     int                // what a delay without a date means
	MaxDelayDays  int
}

// ViewOrder is one coming order.
type ViewOrder struct {
	Date     subscription.Date
	Products string
	Total    string // "" if the items have no single total
	// Changeable are the subscriptions of the order that can be skipped or delayed for this date; empty when the
	// order is too near, or when their own next order comes before it.
	Changeable   []string
	ChangeableBy string // until when, for people; "" when it cannot be changed
	Late         bool   // its last moment for changes has passed
}

// ViewSubscription is one subscription.
type ViewSubscription struct {
	subscription.Subscription
	Products string
	Every    string // "2 weeks"
	// Skipped are the skipped dates that can still be brought back, oldest first.
	BringBack []subscription.Date
	MayPause  bool
	MayResume bool
	MayCancel bool
}

// ViewUndo is what UNDO would take back.
type ViewUndo struct {
	Command  Command
	Moves    []Move
	Products string // of the subscriptions concerned
	Until    time.Time
}

// shownOrders is how many coming orders the page shows.
const shownOrders = 6

// customerOf opens a link.
func (b *Bridge) customerOf(ctx context.Context, token string) (shopID, customerID string, err error) {
	customerID, expired, err := b.parseLink(token)
	if err != nil {
		return "", "", err
	}
	if expired {
		return "", "", ErrLinkExpired
	}
	err = b.o.Store.Read(ctx, func(tx Tx) error { shopID, err = tx.ShopOfCustomer(customerID); return err })
	return shopID, customerID, err
}

// AccountView returns the account a link leads to. It changes nothing, so a preview robot may open it. Errors:
// ErrLinkExpired, and fault.NotFound for a link that is not ours or was altered.
func (b *Bridge) AccountView(ctx context.Context, token string) (v View, err error) {
	defer fault.Wrap(&err, "bridge: account page")
	shopID, customerID, err := b.customerOf(ctx, token)
	if err != nil {
		return v, err
	}
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		customer, err := tx.Customer(shopID, customerID)
		if err != nil {
			return err
		}
		a, err := tx.Look(shopID, customerID)
		if err != nil {
			return err
		}
		own, err := tx.CustomerActions(shopID, customerID, tx.Now().AddDate(-1, 0, 0), keptActions)
		if err != nil {
			return err
		}
		v = viewOf(shop, customer, a, own, tx.Now())
		return nil
	})
	return v, err
}

// viewOf draws up what the shopper sees at a moment.
func viewOf(shop Shop, c Customer, a subscription.Account, own []Action, now time.Time) View {
	today := subscription.DateOf(now, shop.Location())
	v := View{
		ShopID: shop.ID, CustomerID: c.ID, ShopName: shop.Name, ShopLink: shop.Link, FirstName: c.FirstName, Phone: c.Phone.Masked(), Texts: c.Texts,
		Today: today, Zone: shop.Location(), PaymentURL: shop.Settings.PaymentURL,
		DelayDays: or(shop.Settings.DelayDays, 7), MaxDelayDays: or(shop.Settings.MaxDelayDays, 366),
	}
	for _, o := range a.Orders(today, shownOrders) {
		v.Orders = append(v.Orders, viewOrder(shop, o, now))
	}
	in := intent{shop: shop, a: a, at: now, recent: own, bound: true}
	for _, s := range a.Subscriptions {
		v.Subscriptions = append(v.Subscriptions, in.view(s))
	}
	slices.SortStableFunc(v.Subscriptions, func(x, y ViewSubscription) int {
		switch {
		case x.Status.Live() == y.Status.Live():
			return 0
		case x.Status.Live():
			return -1
		}
		return 1
	})
	if steps, err := in.undo(); err == nil {
		if _, err := (ledgerSource{}).CarryOut(context.Background(), a, steps); err == nil {
			last := in.undoes[0]
			v.Undo = &ViewUndo{Command: last.Command, Moves: last.Moves, Until: last.CreatedAt.Add(shop.undoFor()), Products: last.Products(a)}
			if len(in.undoes) > 1 {
				v.Undo.Command = Undo // several; to name one would be half of it
			}
		}
	}
	return v
}

func viewOrder(shop Shop, o subscription.Order, now time.Time) ViewOrder {
	out := ViewOrder{Date: o.Date, Products: o.ProductNames()}
	if total, err := o.Total(); err == nil {
		out.Total = total.String()
	}
	t := shop.Timing()
	if out.Late = !now.Before(t.ReplyBy(o.Date)); out.Late {
		return out
	}
	for _, s := range o.Subscriptions {
		if s.Coming() == o.Date {
			out.Changeable = append(out.Changeable, s.ID)
		}
	}
	if len(out.Changeable) > 0 {
		out.ChangeableBy = t.ReplyByText(o.Date)
	}
	return out
}

// view says what can be done to a subscription now.
func (in *intent) view(s subscription.Subscription) ViewSubscription {
	out := ViewSubscription{
		Subscription: s, Products: subscription.Order{Subscriptions: []subscription.Subscription{s}}.ProductNames(), Every: s.Interval.String(),
		MayPause:  s.Status == subscription.Active && in.inTime(s.Next) == nil,
		MayResume: s.Status == subscription.Paused && in.inTime(s.Coming()) == nil, MayCancel: s.Status.Live(),
	}
	if s.Coming().IsZero() {
		return out
	}
	for _, d := range s.Skipped {
		if in.inTime(d) == nil && !d.Before(s.PausedUntil) {
			out.BringBack = append(out.BringBack, d)
		}
	}
	return out
}

// AccountAct carries out what a shopper asks for on their page, as the customer. Errors: as AccountView and Act.
func (b *Bridge) AccountAct(ctx context.Context, token string, ask Ask) (Acted, error) {
	shopID, customerID, err := b.customerOf(ctx, token)
	if err != nil {
		return Acted{}, fmt.Errorf("bridge: account page: %w", err)
	}
	ask.Actor = trigger.Customer
	return b.Act(ctx, shopID, customerID, ask)
}

// How often a fresh link is texted: a stranger with an old link must not be able to pester its owner.
const (
	freshLinkEvery  = 10 * time.Minute
	freshLinksADay  = 3
	freshLinkWindow = 24 * time.Hour
)

// FreshLink texts a fresh link to the number on file of the customer an expired link of ours leads to. Whatever
// happens, altered links and too many requests included, the answer is the same nil, so that it says nothing about
// anybody; an error means only that the database is away.
func (b *Bridge) FreshLink(ctx context.Context, token string) (err error) {
	defer fault.Wrap(&err, "bridge: fresh link")
	customerID, _, err := b.parseLink(token)
	if err != nil {
		return nil
	}
	shopID := ""
	err = b.o.Store.InTx(ctx, func(tx Tx) (err error) {
		if shopID, err = tx.ShopOfCustomer(customerID); err != nil {
			return err
		}
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		a, err := tx.Account(shopID, customerID) // locks, so that two requests count each other
		if err != nil {
			return err
		}
		now := tx.Now()
		n, last, err := tx.FreshLinks(shopID, customerID, now.Add(-freshLinkWindow))
		if err != nil {
			return err
		}
		link := b.accountLink(shop, customerID)
		if n >= freshLinksADay || n > 0 && now.Sub(last) < freshLinkEvery || a.Customer.Phone == "" || link == "" {
			return nil
		}
		talk, err := tx.Talk(shopID, customerID)
		if err != nil {
			return err
		}
		if err := b.trace(tx, shopID, customerID, "account", "A fresh link to the account page was asked for with an old one.", ""); err != nil {
			return err
		}
		_, err = b.queue(tx, shop, Delivery{
			CustomerID: customerID, Trigger: trigger.ReplyAnswered, Key: string(trigger.ReplyAnswered) + "/link/" + ident.Secret(""),
			Lane: LaneAnswer, Facts: map[string]string{"answer": shop.speaking(talk.Language).say(wordFreshLink, "link", link)}, ExpiresAt: now.Add(time.Hour),
		})
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// IsLinkExpired reports whether err says that an account link has expired.
func IsLinkExpired(err error) bool { return errors.Is(err, ErrLinkExpired) }
