package simulate

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
)

// shop is one of the world's shops.
type shop struct {
	id, name string
	loc      *time.Location
	token    string
	lead     int
	hour     int
	cutOff   int
	people   []*person
}

// person is a customer, perhaps with a phone that also another shop knows.
type person struct {
	shop   *shop
	id     string
	phone  string
	zone   string // as the shop knows it; "" leaves it to the number
	wake   *time.Location
	agreed bool
}

// said is one text somebody typed.
type said struct {
	n      int
	who    *person
	body   string
	at     time.Time // typed
	stored time.Time // the texting half said that it has it
	id     string    // as the texting half calls it
}

// moved is a date the merchant set.
type moved struct {
	who *person
	sub string
	at  time.Time
	to  subscription.Date
}

var (
	shopZones = []string{"America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Los_Angeles"}
	wakeZones = []string{"America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Los_Angeles", "Pacific/Honolulu", "America/St_Johns", "Asia/Kolkata", "Africa/Casablanca"}
	// areas are area codes of one zone each, for people of whom nothing but the number is known.
	areas = map[string]string{"212": "America/New_York", "808": "Pacific/Honolulu", "213": "America/Los_Angeles", "312": "America/Chicago"}
)

// copies are the automations' texts. Each says which shop and which trigger it is of, for the judge to read.
var copies = map[trigger.Name]texting.Step{
	trigger.SubscriptionCreated: {Copy: "[{shop_name}|created] Set up for {next_delivery_date}.", WaitMinutes: 1},
	trigger.UpcomingOrder:       {Copy: "[{shop_name}|upcoming|{delivery_date}|{days_until}] {product_names}, reply by {reply_by}.", WaitMinutes: 1},
	trigger.OrderSkipped:        {Copy: "[{shop_name}|skipped|{skipped_delivery_date}|{new_delivery_date}]"},
	trigger.OrderDelayed:        {Copy: "[{shop_name}|delayed|{old_delivery_date}|{new_delivery_date}]"},
	trigger.CustomerDeactivated: {Copy: "[{shop_name}|over] Come back.", WaitMinutes: 1},
	trigger.ReplyAnswered:       {Copy: "[{shop_name}|answer] {answer}"},
}

func must(w *world, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// settle makes the shops and their people while nothing goes wrong.
func (w *world) settle() {
	names := []string{"Aster", "Birch", "Cedar"}
	for i := range 1 + w.rng.IntN(3) {
		zone := shopZones[w.rng.IntN(len(shopZones))]
		loc, err := time.LoadLocation(zone)
		must(w, err)
		s := &shop{id: fmt.Sprintf("shop_%d", i), name: names[i], loc: loc, lead: 3, hour: 11, cutOff: 24}
		if w.rng.IntN(3) == 0 {
			s.lead, s.hour, s.cutOff = 2+w.rng.IntN(4), w.rng.IntN(20), 12*w.rng.IntN(3)
		}
		w.shops = append(w.shops, s)
		w.openShop(s)
		n := 2 + w.rng.IntN(6)
		if w.plan.crowd && i == 0 {
			n = 30 + w.rng.IntN(20)
		}
		for n := range n {
			w.join(s, n)
		}
		w.agree(s)
	}
}

func (w *world) openShop(s *shop) {
	ctx := context.Background()
	must(w, w.p.bridge.SaveShop(ctx, bridge.Shop{
		ID: s.id, Name: s.name, Link: "https://" + s.name + ".example", Zone: s.loc.String(),
		Settings: bridge.Settings{LeadDays: s.lead, NoticeHour: &s.hour, CutOffHours: &s.cutOff, MayMiss: w.plan.mayMiss},
	}))
	_, key, err := w.p.texting.CreateKeyPair(ctx, s.id, "simulated")
	must(w, err)
	s.token = "Bearer " + key
	c, err := w.p.bridge.Confirm(ctx, s.id, key)
	must(w, err)
	if c.State != bridge.Connected {
		w.t.Fatalf("%s is not connected: %s", s.id, c.Problem)
	}
	_, _, err = w.p.bridge.CreateEndpoint(ctx, s.id, "https://"+s.id+".example/hooks")
	must(w, err)
	for _, def := range trigger.All() {
		step, ok := copies[def.Name]
		if !ok {
			continue
		}
		_, err := w.p.texting.CreateAutomation(ctx, s.id, texting.AutomationInput{
			Name: string(def.Name), Engine: texting.EngineLegacy, TriggerID: c.Triggers[def.Name], Active: true, Messages: []texting.Step{step},
		})
		must(w, err)
	}
}

// join adds a customer with one or two subscriptions.
func (w *world) join(s *shop, n int) {
	ctx := context.Background()
	h := &person{shop: s, agreed: w.rng.IntN(8) > 0}
	codes := []string{"212", "808", "213", "312"}
	code := codes[w.rng.IntN(len(codes))]
	h.phone = fmt.Sprintf("+1%s55501%02d", code, 10+n) // the same at other shops, sometimes
	zone := areas[code]
	if w.rng.IntN(4) > 0 {
		h.zone = wakeZones[w.rng.IntN(len(wakeZones))]
		if h.agreed { // else the texting half never hears of it and goes by the number
			zone = h.zone
		}
	}
	var err error
	h.wake, err = time.LoadLocation(zone)
	must(w, err)
	c, err := w.p.bridge.CreateCustomer(ctx, s.id, subscription.Customer{FirstName: "Ada", Phone: subscription.Phone(h.phone), Zone: h.zone}, trigger.Cause{Actor: trigger.Merchant})
	must(w, err)
	h.id = c.ID
	w.people[c.ID] = len(w.people)
	s.people = append(s.people, h)
	today := subscription.DateOf(time.Now(), s.loc)
	for i := range 1 + w.rng.IntN(2) {
		made, err := w.p.bridge.CreateSubscription(ctx, s.id, c.ID, w.anySubscription(w.rng.IntN, i, today), trigger.Cause{Actor: trigger.Merchant, Silent: true})
		must(w, err)
		w.began[made.ID] = made.Next
	}
}

func (w *world) anySubscription(draw func(int) int, i int, today subscription.Date) subscription.Subscription {
	return subscription.Subscription{
		Items:    []subscription.Item{{ProductID: fmt.Sprint("p", i), Name: []string{"Coffee", "Tea"}[i%2], Quantity: 1, Price: subscription.Money{Amount: 900, Currency: "USD"}}},
		Interval: subscription.Interval{Count: 1 + draw(3), Unit: subscription.Week}, Next: today.AddDays(w.firstDay(draw)),
	}
}

// firstDay is in how many days an order comes; where there is a crowd, mostly all on one day.
func (w *world) firstDay(draw func(int) int) int {
	if w.plan.crowd && draw(5) > 0 {
		return 9
	}
	return 2 + draw(12)
}

// rush has people of a crowd write at the very moment at which notices go out to all of them.
func (w *world) rush(from time.Time) {
	s := w.shops[0]
	day := subscription.DateOf(from, s.loc).AddDays(9 - s.lead)
	for week := range 3 {
		at := day.AddDays(7*week).At(s.hour, 0, s.loc)
		if at.After(from.AddDate(0, 0, w.plan.days)) {
			break
		}
		for range 8 {
			h := s.people[w.rng.IntN(len(s.people))]
			w.later(at.Add(time.Duration(w.rng.Int64N(int64(4*time.Second)))), func() { w.say(h, "NEXT") })
		}
	}
}

// agree imports those who want texts.
func (w *world) agree(s *shop) {
	var file bytes.Buffer
	out := csv.NewWriter(&file)
	must(w, out.Write([]string{"phone", "consented_at", "consent_source", "consent_words", "time_zone"}))
	for _, h := range s.people {
		if h.agreed {
			must(w, out.Write([]string{h.phone, time.Now().AddDate(0, -1, 0).UTC().Format(time.RFC3339), "checkout", "Text me.", h.zone}))
		}
	}
	out.Flush()
	rep, err := w.p.texting.ImportSubscribers(context.Background(), s.id, &file, texting.ImportOptions{})
	must(w, err)
	if len(rep.Faults) > 0 {
		w.t.Fatalf("%v", rep.Faults)
	}
}

// live plans what everybody does, and when.
func (w *world) live(from time.Time, days int) {
	if w.plan.crowd {
		w.rush(from)
	}
	for _, s := range w.shops {
		for _, h := range s.people {
			for range w.rng.IntN(2 + days/4) {
				at := from.Add(time.Duration(w.rng.Int64N(int64(days) * int64(24*time.Hour))))
				draw := w.rng.IntN
				switch w.rng.IntN(12) {
				case 0, 1:
					to := 1 + draw(12)
					w.later(at, func() { w.move(h, to) })
				case 2, 3:
					w.later(at, func() { w.onPage(h) })
				case 4:
					n, every := draw(2), draw(3)
					w.later(at, func() { w.another(h, n, every) })
				default:
					w.talk(h, at)
				}
			}
		}
	}
}

// texts are what people type, each certain or plainly none of it.
var phrases = []string{
	"SKIP", "skip", "Skip please", "SKIP", "DELAY 1 week", "delay 3 days", "UNDO", "undo", "PAUSE", "RESUME", "NEXT", "STOP", "START", "START", "HELP",
	"thanks!", "do you gift wrap?", "1", "2", "both", "yes", "no", "SKIP", "DELAY", "delay 5 days", "DELAY 2 weeks",
}

// talk lets somebody type at a moment: once, or twice, or two things in a row.
func (w *world) talk(h *person, at time.Time) {
	body := phrases[w.rng.IntN(len(phrases))]
	w.later(at, func() { w.say(h, body) })
	switch w.rng.IntN(6) {
	case 0:
		w.later(at.Add(time.Duration(w.rng.Int64N(int64(90*time.Second)))), func() { w.say(h, body) })
	case 1:
		next := phrases[w.rng.IntN(len(phrases))]
		w.later(at.Add(time.Duration(w.rng.Int64N(int64(5*time.Minute)))), func() { w.say(h, next) })
	}
}

// say carries a text to the shop, until the shop has it; sometimes again after that.
func (w *world) say(h *person, body string) {
	s := &said{who: h, body: body, at: time.Now()}
	w.mu.Lock()
	s.n = len(w.said)
	w.said = append(w.said, s)
	w.totals.Replies++
	w.mu.Unlock()
	w.log.add("phone", "%s %s > %s", h.shop.id, h.phone, body)
	draw := w.of("say", s.n)
	key := fmt.Sprint("in", s.n)
	w.insist(draw, func(p *program) error {
		_, err := p.texting.Inbound(p.ctx, h.shop.id, h.phone, body, key)
		return err
	})
	w.mu.Lock()
	s.stored = time.Now()
	w.mu.Unlock()
	if draw.IntN(5) == 0 {
		time.Sleep(time.Duration(draw.Int64N(int64(time.Hour))))
		w.insist(draw, func(p *program) error {
			_, err := p.texting.Inbound(p.ctx, h.shop.id, h.phone, body, key)
			return err
		})
	}
}

// insist does something until it is done or refused for good.
func (w *world) insist(draw interface{ Int64N(int64) int64 }, do func(p *program) error) error {
	for {
		if p, done := w.up(); p != nil {
			err := do(p)
			dead := p.killed()
			done()
			if err == nil {
				return nil
			}
			if !dead {
				switch fault.KindOf(err) {
				case fault.Conflict, fault.Invalid, fault.NotFound:
					return err
				}
				if !errors.Is(err, errDead) && !errors.Is(err, context.Canceled) {
					w.broken(stuck, "%s: %v", time.Now().UTC().Format(time.RFC3339), err)
					return err
				}
			}
		}
		time.Sleep(time.Second + time.Duration(draw.Int64N(int64(time.Minute))))
	}
}

// account reads how a customer stands; false while the machine is down.
func (w *world) account(h *person) (a subscription.Account, ok bool) {
	p, done := w.up()
	if p == nil {
		return a, false
	}
	defer done()
	a, err := p.bridge.Account(p.ctx, h.shop.id, h.id)
	return a, err == nil
}

// move is the merchant setting the next date of a customer's first live subscription.
func (w *world) move(h *person, days int) {
	a, ok := w.account(h)
	if !ok {
		return
	}
	for _, s := range a.Subscriptions {
		if s.Status != subscription.Active {
			continue
		}
		to := subscription.DateOf(time.Now(), h.shop.loc).AddDays(days)
		n := w.nth("move")
		err := w.insist(w.of("move", n), func(p *program) error {
			_, err := p.bridge.UpdateSubscription(p.ctx, h.shop.id, s.ID, func(x *subscription.Subscription) error { x.Next = to; return nil },
				trigger.Cause{Actor: trigger.Merchant}, bridge.Once{Key: fmt.Sprint("move", n), Print: to.String()})
			return err
		})
		w.log.add("merchant", "%s %s to %s: %v", h.shop.id, h.phone, to, short(err))
		if err == nil {
			w.mu.Lock()
			w.moved = append(w.moved, moved{h, s.ID, time.Now(), to})
			w.mu.Unlock()
		}
		return
	}
}

// onPage is the customer doing something on the account page.
func (w *world) onPage(h *person) {
	a, ok := w.account(h)
	if !ok || len(a.Subscriptions) == 0 {
		return
	}
	n := w.nth("page")
	draw := w.of("page", n)
	s := a.Subscriptions[draw.IntN(len(a.Subscriptions))]
	ask := bridge.Ask{DedupeKey: fmt.Sprint("page", n), Actor: trigger.Customer}
	switch draw.IntN(8) {
	case 0, 1:
		ask.Command, ask.OrderDate = bridge.Skip, s.Coming()
	case 2, 3:
		ask.Command, ask.OrderDate = bridge.Delay, s.Coming()
		ask.To = ask.OrderDate.AddDays(1 + draw.IntN(10))
		w.mu.Lock()
		w.asked[ask.DedupeKey] = ask.To
		w.mu.Unlock()
	case 4:
		ask.Command = bridge.Undo
	case 5:
		ask.Command, ask.SubscriptionIDs, ask.To = bridge.Pause, []string{s.ID}, subscription.DateOf(time.Now(), h.shop.loc).AddDays(3+draw.IntN(20))
	case 6:
		ask.Command, ask.SubscriptionIDs = bridge.Resume, []string{s.ID}
	default:
		ask.Command, ask.SubscriptionIDs = bridge.Cancel, []string{s.ID}
	}
	err := w.insist(draw, func(p *program) error { _, err := p.bridge.Act(p.ctx, h.shop.id, h.id, ask); return err })
	if err == nil {
		w.mu.Lock()
		w.done = append(w.done, ask.DedupeKey)
		w.mu.Unlock()
	}
	w.log.add("page", "%s %s %s %s: %v", h.shop.id, h.phone, ask.Command, ask.OrderDate, short(err))
}

// another is a customer who takes out one more subscription: some of them come back.
func (w *world) another(h *person, i, every int) {
	n := w.nth("another")
	draw := w.of("another", n)
	sub := w.anySubscription(func(k int) int { return draw.IntN(k) }, i, subscription.DateOf(time.Now(), h.shop.loc))
	err := w.insist(draw, func(p *program) error {
		_, err := p.bridge.CreateSubscription(p.ctx, h.shop.id, h.id, sub, trigger.Cause{Actor: trigger.Customer}, bridge.Once{Key: fmt.Sprint("another", n), Print: "x"})
		return err
	})
	w.log.add("merchant", "%s %s another from %s: %v", h.shop.id, h.phone, sub.Next, short(err))
}
