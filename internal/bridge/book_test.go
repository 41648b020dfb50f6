package bridge_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// book is a bridge over a real store, with a shop and a clock of its own.
type book struct {
	*bridge.Bridge
	t     *testing.T
	db    *store.DB
	clock *storetest.Clock
	shop  bridge.Shop
	hooks *hooks
}

// wakes forgets every wake-up: tests drain by hand, as the sweep would.
type wakes struct{}

func (wakes) Wake(context.Context, string, string) error              { return nil }
func (wakes) WakeAt(context.Context, string, string, time.Time) error { return nil }

// hooks stands where the sender of webhooks does and answers what it is told to.
type hooks struct {
	mu     sync.Mutex
	status int
	err    error
	posts  []bridge.WebhookPost
}

func (h *hooks) Check(address string) error {
	if address == "https://private.example" {
		return fault.Field("url", "That address is private.")
	}
	return nil
}

func (h *hooks) Post(_ context.Context, p bridge.WebhookPost) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.posts = append(h.posts, p)
	return h.status, h.err
}

func newBook(t *testing.T, db *store.DB, clock *storetest.Clock) *book {
	t.Helper()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	b := &book{t: t, db: db, clock: clock, hooks: &hooks{status: 200}}
	b.Bridge = bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: wakes{}, Sealer: box, Now: clock.Now, Webhooks: b.hooks, PublicURL: "https://rejoinder.example"})
	b.shop = bridge.Shop{ID: ident.New("shp", clock.Now()), Name: "Corner Coffee", Link: "https://shop.example", Zone: "America/New_York"}
	if err := b.SaveShop(t.Context(), b.shop); err != nil {
		t.Fatal(err)
	}
	return b
}

func onBoth(t *testing.T, run func(t *testing.T, b *book)) {
	t.Helper()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) { run(t, newBook(t, db, clock)) })
}

func date(s string) subscription.Date {
	d, err := subscription.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func day(d subscription.Date, hour int) time.Time {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return d.At(hour, 0, loc)
}

var merchant, byCustomer = trigger.Cause{Actor: trigger.Merchant}, trigger.Cause{Actor: trigger.Customer}

func (b *book) customer(phone string) bridge.Customer {
	b.t.Helper()
	c, err := b.CreateCustomer(b.t.Context(), b.shop.ID, subscription.Customer{FirstName: "Ada", Phone: subscription.Phone(phone), Zone: "America/New_York"}, merchant)
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

func coffee(next string) subscription.Subscription {
	return subscription.Subscription{
		Items:    []subscription.Item{{Name: "House Blend", Quantity: 1, Price: subscription.Money{Amount: 2400, Currency: "USD"}}},
		Interval: subscription.Interval{Count: 1, Unit: subscription.Month}, Next: date(next),
	}
}

func (b *book) subscribe(customerID string, s subscription.Subscription) subscription.Subscription {
	b.t.Helper()
	out, err := b.CreateSubscription(b.t.Context(), b.shop.ID, customerID, s, merchant)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

func (b *book) change(customerID string, why trigger.Cause, do func(subscription.Account) (subscription.Account, error)) subscription.Account {
	b.t.Helper()
	a, err := b.Change(b.t.Context(), b.shop.ID, customerID, do, why)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// to moves the clock through every due moment of the notice scan and the roll up to a moment, in order.
func (b *book) to(at time.Time) {
	b.t.Helper()
	ctx := b.t.Context()
	for range 10_000 {
		b.drain()
		next := at
		for _, due := range []func(context.Context) (time.Time, error){b.NoticeNextDue, b.RollNextDue} {
			t, err := due(ctx)
			if err != nil {
				b.t.Fatal(err)
			}
			if !t.IsZero() && t.Before(next) {
				next = t
			}
		}
		if !next.After(b.clock.Now()) {
			if b.clock.Now().Before(at) {
				b.t.Fatalf("work due at %s stays due", next)
			}
			return
		}
		b.clock.Set(next)
	}
	b.t.Fatal("the clock never arrived")
}

func (b *book) drain() {
	b.t.Helper()
	for _, handle := range []func(context.Context, string) (time.Time, error){b.HandleRoll, b.HandleNotice} {
		for again := b.clock.Now(); !again.IsZero(); {
			var err error
			if again, err = handle(b.t.Context(), ""); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

func (b *book) account(customerID string) subscription.Account {
	b.t.Helper()
	a, err := b.Account(b.t.Context(), b.shop.ID, customerID)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// deliveries lists trigger, order date and state of the customer's deliveries, oldest first.
func (b *book) deliveries(customerID string) (list []string) {
	b.t.Helper()
	err := b.db.Read(b.t.Context(), func(tx *store.Tx) error {
		ds, err := tx.Deliveries(b.shop.ID, bridge.DeliveryFilter{CustomerID: customerID, Limit: 200})
		for i := len(ds) - 1; i >= 0; i-- {
			line := string(ds[i].Trigger)
			if d := ds[i].OrderDate; !d.IsZero() {
				line += " " + d.String()
			}
			list = append(list, line+" "+string(ds[i].State))
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func (b *book) trace(customerID string) (lines []string) {
	b.t.Helper()
	err := b.db.Read(b.t.Context(), func(tx *store.Tx) error {
		list, err := tx.TraceOf(b.shop.ID, customerID, b.clock.Now().Add(time.Hour), 500)
		for _, l := range list {
			lines = append(lines, l.Kind+": "+l.Text)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return lines
}

// claim takes an endpoint's due webhooks as a sender does that dies right after.
func claim(t *testing.T, b *book, endpointID string) {
	t.Helper()
	if err := b.db.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.ClaimOutgoing(endpointID, 16, tx.Now().Add(2*time.Minute))
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
