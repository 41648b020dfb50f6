package texting_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/ident"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/texting"
	"rejoinder/internal/texting/gateway/sandbox"
)

// shopID is the shop of the tests. Its zone is New York's, where the tests' clock shows Saturday 18:00.
const shopID = "shop_1"

// noWaker loses every wake-up: the tests run the handlers themselves.
type noWaker struct{}

func (noWaker) Wake(context.Context, string, string) error              { return nil }
func (noWaker) WakeAt(context.Context, string, string, time.Time) error { return nil }

// house is the texting half over a real database with a sandbox gateway and a clock the test moves.
type house struct {
	*texting.Texting
	t        *testing.T
	db       *store.DB
	clock    *storetest.Clock
	handset  store.Handset
	triggers map[string]string // name to id
	people   int
}

// inBoth runs a test in a house on each database.
func inBoth(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) { run(t, newHouse(t, db, clock)) })
}

// inSQLite runs a test in a house on SQLite: for decisions in which SQL has no part.
func inSQLite(t *testing.T) *house {
	t.Helper()
	clock := storetest.NewClock(storetest.Start)
	return newHouse(t, storetest.SQLite(t, clock.Now), clock)
}

func newHouse(t *testing.T, db *store.DB, clock *storetest.Clock) *house {
	t.Helper()
	h := &house{t: t, db: db, clock: clock, handset: store.Handset{DB: db}, triggers: map[string]string{}}
	h.Texting = texting.New(texting.Options{
		Store: app.TextingStore(db), Waker: noWaker{}, Gateway: sandbox.New(sandbox.Options{Handset: h.handset}),
		Sandbox: sandbox.New(sandbox.Options{Handset: h.handset}), Now: clock.Now,
	})
	h.shop(shopID)
	return h
}

func (h *house) tx(fn func(*store.Tx) error) {
	h.t.Helper()
	if err := h.db.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// shop makes a shop with the triggers Upcoming Order, Order Skipped and Reply Answered.
func (h *house) shop(id string) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		return tx.SaveShop(bridge.Shop{ID: id, Name: "Corner Coffee", Link: "https://shop.example", Zone: "America/New_York"})
	})
	for _, name := range []string{"Upcoming Order", "Order Skipped", "Reply Answered"} {
		h.triggers[id+name] = h.register(id, "Rejoinder: "+name)
	}
}

func (h *house) register(shop, name string) string {
	h.t.Helper()
	tags := []texting.TriggerTag{{Label: "Delivery Date", Value: "{delivery_date}"}, {Label: "Answer", Value: "{answer}"}}
	tr, err := h.RegisterTrigger(h.t.Context(), texting.Caller{ShopID: shop}, texting.TriggerChange{Name: &name, Tags: &tags})
	if err != nil {
		h.t.Fatal(err)
	}
	return tr.ID
}

// subscriber adds somebody who agreed to texts and has had the opt-out wording, changed by change.
func (h *house) subscriber(change func(*texting.Subscriber)) texting.Subscriber {
	h.t.Helper()
	h.people++
	s := texting.Subscriber{
		ID: fmt.Sprintf("s_%d", h.people), PSID: int64(1000 + h.people), ShopID: shopID, Phone: fmt.Sprintf("+12125550%03d", 100+h.people),
		FirstName: "Ada", Zone: "America/New_York", Status: texting.Subscribed, Welcomed: true,
		OptedInAt: h.clock.Now(), CreatedAt: h.clock.Now(), UpdatedAt: h.clock.Now(),
	}
	if change != nil {
		change(&s)
	}
	h.tx(func(tx *store.Tx) error { return tx.AddSubscriber(s) })
	return s
}

// automation makes an active automation on a trigger of the shop, changed by change.
func (h *house) automation(trigger string, wait int, copy string, change func(*texting.AutomationInput)) texting.Automation {
	h.t.Helper()
	in := texting.AutomationInput{
		Name: trigger + " text", Engine: texting.EngineLegacy, TriggerID: h.triggers[shopID+trigger], Active: true,
		Messages: []texting.Step{{Copy: copy, WaitMinutes: wait}},
	}
	if change != nil {
		change(&in)
	}
	a, err := h.CreateAutomation(h.t.Context(), shopID, in)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// fire fires a legacy trigger for somebody.
func (h *house) fire(trigger string, s texting.Subscriber, values map[string]string) string {
	h.t.Helper()
	id, err := h.Fire(h.t.Context(), shopID, texting.FireInput{
		Engine: texting.EngineLegacy, TriggerID: h.triggers[shopID+trigger], SubscriberID: s.ID, Properties: values,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// settle runs what is due now, as the work loop would, until nothing is.
func (h *house) settle() {
	h.t.Helper()
	ctx := h.t.Context()
	for range 1000 {
		events, err := h.DueEvents(ctx, h.clock.Now(), 100)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, shop := range events {
			if _, err := h.HandleEvents(ctx, shop); err != nil {
				h.t.Fatal(err)
			}
		}
		sends, err := h.DueSends(ctx, h.clock.Now(), 100)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, shop := range sends {
			if _, err := h.HandleSend(ctx, shop); err != nil {
				h.t.Fatal(err)
			}
		}
		if len(events)+len(sends) == 0 {
			return
		}
	}
	h.t.Fatal("the work finds no rest")
}

// advance moves the clock by d through every due moment, as the demo clock does.
func (h *house) advance(d time.Duration) {
	h.t.Helper()
	to := h.clock.Now().Add(d)
	for {
		h.settle()
		next := to
		for _, ask := range []func(context.Context) (time.Time, error){h.NextEvent, h.NextSend} {
			at, err := ask(h.t.Context())
			if err != nil {
				h.t.Fatal(err)
			}
			if !at.IsZero() && at.Before(next) {
				next = at
			}
		}
		if !next.After(h.clock.Now()) {
			return
		}
		h.clock.Set(next)
	}
}

// at moves the clock to a time of the day in New York, the next time it comes.
func (h *house) at(hour, minute int) {
	h.t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		h.t.Fatal(err)
	}
	now := h.clock.Now().In(zone)
	to := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, zone)
	if to.Before(now) {
		to = to.AddDate(0, 0, 1)
	}
	h.advance(to.Sub(now))
}

// phone returns the texts on somebody's handset, in order.
func (h *house) phone(s texting.Subscriber) []string {
	h.t.Helper()
	list, err := h.handset.Thread(h.t.Context(), s.ShopID, s.Phone, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	out := []string{}
	for _, x := range list {
		out = append(out, x.Body)
	}
	return out
}

// texts stores a text from somebody, as the inbox receives it.
func (h *house) texts(s texting.Subscriber, body string) string {
	h.t.Helper()
	var id string
	h.tx(func(tx *store.Tx) error {
		id = ident.New("im", tx.Now())
		_, err := tx.AddMessage(texting.Message{
			ID: id, ShopID: s.ShopID, SubscriberID: s.ID, Phone: s.Phone, Direction: texting.In, Kind: texting.KindReply, Body: body,
			State: texting.Received, NeedsPerson: true, DueAt: tx.Now(), CreatedAt: tx.Now(),
		})
		return err
	})
	return id
}

// outcome returns what came of an event.
func (h *house) outcome(id string) string {
	h.t.Helper()
	var out string
	h.tx(func(tx *store.Tx) error {
		events, err := tx.Events(shopID, []string{id})
		out = events[id].Outcome
		return err
	})
	return out
}
