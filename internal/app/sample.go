package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
)

// The sample shops. The first is for the tour: everything is there but the connection to Postscript, which is
// what the tour begins with. The second is connected already.
const (
	SampleShop      = "shop_sample"
	SampleOtherShop = "shop_soap"
)

// sampleCustomer is one customer of the sample shop, with why they are in it.
type sampleCustomer struct {
	why        string // the awkward case this customer stands for
	first      string
	phone      string
	email      string
	zone       string
	state      string
	subs       []sampleSub
	subscriber bool
	optedOut   bool
	paused     bool
}

type sampleSub struct {
	product string
	price   string
	every   string
	in      int                                        // days from today to the next order
	on      func(today subscription.Date) (int, error) // instead of in: the day of the month, for monthly ones
}

// sampleCustomers are the cases a merchant meets in the first month.
func sampleCustomers() []sampleCustomer {
	blend := func(days int) sampleSub {
		return sampleSub{product: "House Blend", price: "14.50", every: "4 weeks", in: days}
	}
	return []sampleCustomer{
		{why: "everything as it should be", first: "Ana", phone: "+12125550142", zone: "America/New_York", state: "NY", subs: []sampleSub{blend(9)}, subscriber: true},
		{
			why: "two subscriptions on one day: one text names both", first: "Ben", phone: "+13125550117", zone: "America/Chicago", state: "IL", subscriber: true,
			subs: []sampleSub{blend(12), {product: "Oat Bars", price: "9.00", every: "2 weeks", in: 12}},
		},
		{
			why: "two subscriptions on different days: SKIP without a text asks which", first: "Cleo", phone: "+16175550165", zone: "America/New_York", state: "MA", subscriber: true,
			subs: []sampleSub{blend(15), {product: "Green Tea", price: "11.25", every: "1 month", in: 19}},
		},
		{why: "not a subscriber: no text, and the trace says so", first: "Dana", phone: "+12065550138", zone: "America/Los_Angeles", state: "WA", subs: []sampleSub{blend(10)}},
		{why: "opted out", first: "Eli", phone: "+17035550119", zone: "America/New_York", state: "VA", subs: []sampleSub{blend(11)}, subscriber: true, optedOut: true},
		{why: "Hawaii: waking hours are five hours behind New York", first: "Kai", phone: "+18085550144", zone: "Pacific/Honolulu", state: "HI", subs: []sampleSub{blend(13)}, subscriber: true},
		{why: "paused", first: "Pia", phone: "+15035550171", zone: "America/Los_Angeles", state: "OR", subs: []sampleSub{blend(14)}, subscriber: true, paused: true},
		{
			why: "monthly on the 31st", first: "Max", phone: "+14045550126", zone: "America/New_York", state: "GA", subscriber: true,
			subs: []sampleSub{{product: "Espresso Roast", price: "17.00", every: "1 month", on: lastOf31}},
		},
		{why: "no first name: texts say \"there\"", phone: "+16025550153", email: "guest@example.com", zone: "America/Phoenix", state: "AZ", subs: []sampleSub{blend(16)}, subscriber: true},
		{why: "writes Spanish: after \"salta este pedido\" the answers come in Spanish", first: "Luz", phone: "+13055550148", zone: "America/New_York", state: "FL", subs: []sampleSub{blend(18)}, subscriber: true},
		{why: "a landline: the carrier refuses it", first: "Lin", phone: "+15005554001", zone: "America/New_York", state: "NJ", subs: []sampleSub{blend(17)}, subscriber: true},
	}
}

// sampleWhy tells what a customer of the sample shop stands for; nil outside the demo.
func (a *App) sampleWhy() func(shopID string, c bridge.Customer) string {
	if !a.o.Movable {
		return nil
	}
	why := map[string]string{}
	for _, c := range sampleCustomers() {
		why[c.phone] = c.why
	}
	return func(shopID string, c bridge.Customer) string {
		if shopID != SampleShop {
			return ""
		}
		return why[string(c.Phone)]
	}
}

// lastOf31 returns how many days it is to the next 31st that is more than four days away.
func lastOf31(today subscription.Date) (int, error) {
	for n := 5; n < 70; n++ {
		if today.AddDays(n).Day() == 31 {
			return n, nil
		}
	}
	return 0, fault.New(fault.Internal, "There is no 31st in the next ten weeks.")
}

// silent is the cause of everything the sample is made of: nobody is told.
var silent = trigger.Cause{Actor: trigger.System, Silent: true}

// MakeSample makes the sample shops unless they are there. It goes through the use cases that the pages and the
// APIs go through, so that what it makes is what anybody could have made.
func (a *App) MakeSample(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "app: sample shop")
	return a.makeSample(ctx, a.Now(), false)
}

// MakeDemo is MakeSample, but that the second shop begins some weeks ago and has lived since, where nothing has happened
// yet and the clock can be moved. That takes a second or two: every reply is read and answered as any is.
func (a *App) MakeDemo(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "app: demo")
	now := a.Now()
	if wall := time.Now(); wall.After(now) {
		now = wall // an earlier start was broken off while its clock stood in the past
	}
	past, err := a.begin(ctx)
	if err != nil {
		return err
	}
	if err := a.makeSample(ctx, now, past); err != nil {
		return err
	}
	return a.catchUp(ctx, now)
}

// makeSample makes the shops whose customers' orders stand on the day of now as they are to stand.
func (a *App) makeSample(ctx context.Context, now time.Time, past bool) error {
	for _, s := range sampleShops() {
		_, err := a.Bridge.Shop(ctx, s.shop.ID)
		if err == nil {
			continue
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		if s.shop.Settings.Products, err = s.products(); err != nil {
			return err
		}
		if err := a.makeShop(ctx, s, now); err != nil {
			return err
		}
		if !past || !s.lives {
			continue
		}
		if err := a.live(ctx, s.shop.ID, s.customers, now); err != nil {
			return err
		}
		if err := a.catchUp(ctx, now); err != nil {
			return err
		}
	}
	return nil
}

// sampleShop is one of the sample shops.
type sampleShop struct {
	shop      bridge.Shop
	products  func() ([]bridge.Product, error)
	customers []sampleCustomer
	lives     bool // it is connected, and has had replies
}

// sampleShops in the order they are made. The one that has lived comes first.
func sampleShops() []sampleShop {
	return []sampleShop{
		{
			shop:     bridge.Shop{ID: SampleOtherShop, Name: "Field Soap", Link: "https://fieldsoap.example", Zone: "America/Los_Angeles"},
			products: soapProducts, customers: soapCustomers(), lives: true,
		},
		{
			shop: bridge.Shop{
				ID: SampleShop, Name: "Blue Door Coffee", Link: "https://bluedoor.example", Zone: "America/New_York",
				Settings: bridge.Settings{PaymentURL: "https://bluedoor.example/account/payment"},
			},
			products: coffeeProducts, customers: sampleCustomers(),
		},
	}
}

// makeShop makes a shop whose customers' orders stand as they are to stand on the day of now.
func (a *App) makeShop(ctx context.Context, s sampleShop, now time.Time) error {
	shop := s.shop
	if err := a.Bridge.SaveShop(ctx, shop); err != nil {
		return err
	}
	today := subscription.DateOf(now, shop.Location())
	for _, c := range slices.Backward(s.customers) { // lists show the newest first
		if err := a.makeCustomer(ctx, shop, c, today); err != nil {
			return fmt.Errorf("sample customer %q: %w", c.why, err)
		}
	}
	if err := a.makeSubscribers(ctx, shop.ID, s.customers); err != nil {
		return err
	}
	if s.lives {
		_, key, err := a.Texting.CreateKeyPair(ctx, shop.ID, "Rejoinder")
		if err != nil {
			return err
		}
		if _, err := a.Bridge.Confirm(ctx, shop.ID, key); err != nil {
			return err
		}
	}
	return a.makeAutomations(ctx, shop)
}

func (a *App) makeCustomer(ctx context.Context, shop bridge.Shop, c sampleCustomer, today subscription.Date) error {
	last := "Sample"
	if c.first == "" {
		last = ""
	}
	made, err := a.Bridge.CreateCustomer(ctx, shop.ID, subscription.Customer{
		FirstName: c.first, LastName: last, Email: c.email, Phone: subscription.Phone(c.phone), Zone: c.zone, State: c.state,
		Payment: subscription.Payment{Brand: "Visa", Last4: "4242", Fingerprint: "sample"},
	}, silent)
	if err != nil {
		return err
	}
	for _, s := range c.subs {
		sub, err := s.subscription(today)
		if err != nil {
			return err
		}
		if c.paused {
			sub.Status = subscription.Paused
		}
		if _, err := a.Bridge.CreateSubscription(ctx, shop.ID, made.ID, sub, silent); err != nil {
			return err
		}
	}
	return nil
}

func (s sampleSub) subscription(today subscription.Date) (subscription.Subscription, error) {
	days := s.in
	if s.on != nil {
		var err error
		if days, err = s.on(today); err != nil {
			return subscription.Subscription{}, err
		}
	}
	price, err := subscription.ParseMoney(s.price, "USD")
	if err != nil {
		return subscription.Subscription{}, err
	}
	every, err := subscription.ParseInterval(s.every)
	return subscription.Subscription{
		Items:    []subscription.Item{{ProductID: s.product, Name: s.product, Quantity: 1, Price: price}},
		Interval: every, Next: today.AddDays(days),
	}, err
}

// makeSubscribers imports those who agreed to texts from a file with proof of consent, as a merchant would.
func (a *App) makeSubscribers(ctx context.Context, shopID string, customers []sampleCustomer) error {
	required, optional := texting.ImportColumns()
	columns := append(required, optional...)
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	if err := w.Write(columns); err != nil {
		return err
	}
	agreed := a.Now().AddDate(0, -2, 0).UTC().Format(time.RFC3339)
	for _, c := range customers {
		if !c.subscriber {
			continue
		}
		fields := map[string]string{
			"phone": c.phone, "email": c.email, "first_name": c.first, "time_zone": c.zone, "state": c.state,
			"consented_at": agreed, "consent_source": "checkout", "consent_words": "Text me about my subscription orders.",
		}
		row := make([]string, len(columns))
		for i, name := range columns {
			row[i] = fields[name]
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	report, err := a.Texting.ImportSubscribers(ctx, shopID, &file, texting.ImportOptions{})
	if err != nil {
		return err
	}
	for _, f := range report.Faults {
		return fault.New(fault.Internal, "The sample's list of subscribers is wrong in line %d, %s: %s", f.Line, f.Column, f.Reason)
	}
	for _, c := range customers {
		if c.optedOut {
			if err := a.Texting.Unsubscribe(ctx, shopID, "", c.phone, "reply"); err != nil {
				return err
			}
		}
	}
	return nil
}
