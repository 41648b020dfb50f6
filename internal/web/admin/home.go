package admin

import (
	"context"
	"net/http"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/people"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

type overviews interface {
	Overview(ctx context.Context, shopID string) (bridge.Overview, error)
	ComingOrders(ctx context.Context, shopID string, from, to subscription.Date, after bridge.OrderPlace, limit int) ([]bridge.ComingOrder, bridge.OrderPlace, error)
}

type textingOverviews interface {
	Overview(ctx context.Context, shopID string) (texting.Overview, error)
}

// homeBody is the body of home.html.
type homeBody struct {
	Visit   Visit
	Tiles   []web.Tile
	Steps   web.Steps // the tour; empty outside the demo
	Health  []healthRow
	Coming  []comingRow
	Persons []personRow // what needs a person
}

// healthRow is one thing the shop depends on.
type healthRow struct {
	Icon, Name, Note, Href string
	Pill                   web.Pill
}

// comingRow is one of the next orders.
type comingRow struct {
	Customer, Date, Products, Total, Href string
}

// personRow is one thing a person has to see to.
type personRow struct{ Text, Label, Href string }

// day is what the parts of the home page are made from.
type day struct {
	v       Visit
	bridge  bridge.Overview
	texting texting.Overview
	card    postscriptCard
}

func (a *Admin) home(w http.ResponseWriter, r *http.Request, v Visit) error {
	d := day{v: v}
	var err error
	if d.bridge, err = a.o.Bridge.Overview(r.Context(), v.Shop.ID); err != nil {
		return err
	}
	if d.texting, err = a.o.Texting.Overview(r.Context(), v.Shop.ID); err != nil {
		return err
	}
	if d.card, err = a.postscriptCard(r, v); err != nil {
		return err
	}
	body := homeBody{Visit: v, Tiles: d.tiles(), Health: d.health(), Persons: d.persons()}
	if body.Coming, err = a.comingRows(r.Context(), v); err != nil {
		return err
	}
	if a.o.Demo && v.Role == people.Owner {
		if body.Steps, err = a.tour(r, v, d.card); err != nil {
			return err
		}
		a.o.Kit.Sessions.Put(r.Context(), keyTourSeen+v.Shop.ID, body.Steps.Done())
	}
	p := v.Page("home", greeting(v), body)
	p.Lead = d.lead()
	return a.render(w, r, "home.html", p, nil)
}

func greeting(v Visit) string {
	switch h := v.now().Hour(); {
	case h < 5:
		return "Good night"
	case h < 12:
		return "Good morning"
	case h < 18:
		return "Good afternoon"
	}
	return "Good evening"
}

// lead says in a sentence how things stand.
func (d day) lead() string {
	today := d.bridge.Notices + d.texting.Waiting
	going := "Nothing more goes out today."
	if today == 1 {
		going = "One more text goes out today."
	} else if today > 1 {
		going = counted(today) + " more texts go out today."
	}
	switch {
	case !d.card.Connected:
		return "Postscript is not connected, so nothing is sent yet."
	case d.card.Connection.State != bridge.Connected:
		return "Postscript is connected, but not wholly. " + going
	case len(d.persons()) > 0:
		return "Everything is connected, and something needs a person. " + going
	}
	return "Everything is connected. " + going
}

func (d day) tiles() []web.Tile {
	tiles := []web.Tile{
		{Label: "Still going out today", Value: counted(d.bridge.Notices + d.texting.Waiting), Note: d.heldNote(), Tone: web.Warn},
		{Label: "Sent today", Value: counted(d.texting.Sent), Href: d.v.Path("analytics")},
		{Label: "Replies today", Value: counted(d.texting.Replies), Href: d.v.Path("responses")},
		{Label: "Need a person", Value: counted(d.texting.NeedsPerson), Href: d.v.Path("responses") + "?show=person"},
	}
	if d.texting.NeedsPerson > 0 {
		tiles[3].Note, tiles[3].Tone = "waiting for an answer", web.Warn
	}
	return tiles
}

// heldNote says how many of the waiting texts are held: at least so many, where not all were counted.
func (d day) heldNote() string {
	switch {
	case d.texting.Held == 0:
		return ""
	case d.texting.Waiting > mostCounted:
		return "many held by waking hours"
	}
	return numberOf(d.texting.Held) + " held by waking hours"
}

func (d day) health() []healthRow {
	ps := healthRow{Icon: "message", Name: "Postscript", Note: "Paste a private key to connect", Pill: d.card.State}
	if d.card.Connected {
		ps.Note = d.card.Connection.PSShopName + " · " + d.card.Connection.KeyMask
	}
	if d.v.Role == people.Owner {
		ps.Href = d.v.Path("integrations")
	} else if d.card.Connected {
		ps.Note = d.card.Connection.PSShopName
	}
	ledger := healthRow{Icon: "repeat", Name: "Subscriptions", Note: "Built-in ledger · " + counted(d.bridge.Customers) + " customers", Href: d.v.Path("customers"), Pill: web.Pill{Tone: web.OK, Label: "Healthy"}}
	if d.bridge.Customers == 1 {
		ledger.Note = "Built-in ledger · 1 customer"
	}
	sends := healthRow{Icon: "send", Name: "Deliveries", Note: "None in the last 24 hours", Href: d.v.Path("deliveries"), Pill: web.Pill{Tone: web.Quiet, Label: "Quiet"}}
	if n := d.bridge.States[bridge.Sent]; n > 0 {
		sends.Note, sends.Pill = counted(n)+" sent in the last 24 hours", web.Pill{Tone: web.OK, Label: "Healthy"}
	}
	if n := d.bridge.States[bridge.Refused] + d.bridge.States[bridge.Unknown]; n > 0 {
		sends.Pill = web.Pill{Tone: web.Bad, Label: counted(n) + " to look at"}
	}
	return []healthRow{ps, ledger, sends}
}

// persons lists what waits for a person, the most pressing first.
func (d day) persons() (list []personRow) {
	owner := d.v.Role == people.Owner
	if d.card.Connected && d.card.Connection.Problem != "" && owner {
		list = append(list, personRow{Text: d.card.Connection.Problem, Label: "Integrations", Href: d.v.Path("integrations")})
	}
	if n := d.texting.NeedsPerson; n > 0 {
		text := counted(n) + " people wrote what only a person can answer."
		if n == 1 {
			text = "One customer wrote what only a person can answer."
		}
		list = append(list, personRow{Text: text, Label: "Responses", Href: d.v.Path("responses") + "?show=person"})
	}
	for _, s := range []bridge.State{bridge.Refused, bridge.Unknown} {
		if n := d.bridge.States[s]; n > 0 {
			text := map[bridge.State]string{bridge.Refused: "were refused by Postscript", bridge.Unknown: "have an outcome nobody knows"}[s]
			list = append(list, personRow{Text: counted(n) + " deliveries of the last 24 hours " + text + ".", Label: "Look", Href: d.v.Path("deliveries") + "?state=" + string(s)})
		}
	}
	return list
}

// comingRows are the next few orders of the shop.
func (a *Admin) comingRows(ctx context.Context, v Visit) (rows []comingRow, err error) {
	today := subscription.DateOf(a.o.Now(), v.Zone)
	list, _, err := a.o.Bridge.ComingOrders(ctx, v.Shop.ID, today, today.AddDays(60), bridge.OrderPlace{}, 6)
	if err != nil {
		return nil, err
	}
	for _, o := range list {
		c, err := a.o.Bridge.Customer(ctx, v.Shop.ID, o.CustomerID)
		if err != nil {
			return nil, err
		}
		rows = append(rows, comingRow{
			Customer: fullName(c.Customer), Date: o.Date.Short(), Products: o.ProductNames(), Total: totalOf(o.Order), Href: v.Path("customers", o.CustomerID),
		})
	}
	return rows, nil
}

func totalOf(o subscription.Order) string {
	total, err := o.Total()
	if err != nil || total.IsZero() {
		return "" // priced in several currencies, or not at all
	}
	return total.String()
}

// fullName is what a customer is called in lists.
func fullName(c subscription.Customer) string {
	if name := strings.TrimSpace(c.FirstName + " " + c.LastName); name != "" {
		return name
	}
	if c.Email != "" {
		return c.Email
	}
	if c.Phone != "" {
		return c.Phone.Masked()
	}
	return "No name"
}

// keyToured remembers that somebody looked at a trace after a skip.
const keyToured = "toured"

// keyTourSeen remembers how many steps were done when Home of a shop, whose id follows, was seen last.
const keyTourSeen = "tour_seen/"

// NextStep leads on from the page on which a step of the tour was done, until Home is seen again. It is nil
// outside the tour. The phone page shows it too.
func (a *Admin) NextStep(r *http.Request, v Visit) (*web.Bar, error) {
	if !a.o.Demo || v.Role != people.Owner || !a.o.Kit.Sessions.Exists(r.Context(), keyTourSeen+v.Shop.ID) {
		return nil, nil
	}
	card, err := a.postscriptCard(r, v)
	if err != nil {
		return nil, err
	}
	steps, err := a.tour(r, v, card)
	if err != nil || steps.Done() <= a.o.Kit.Sessions.GetInt(r.Context(), keyTourSeen+v.Shop.ID) {
		return nil, err
	}
	for i, s := range steps {
		if !steps.Next(i) {
			continue
		}
		next := &web.Bar{Text: "That step of the tour is done. Next: " + s.Title + ".", Link: s.Link}
		if strings.HasPrefix(r.URL.Path, s.Link.Href) { // here already
			next.Link = web.Link{Label: "Back to the tour", Href: v.Path()}
		}
		return next, nil
	}
	return &web.Bar{Text: "The tour is done.", Link: web.Link{Label: "Home", Href: v.Path()}}, nil
}

// tour is the way through the demo; each step is done when it is truly so.
func (a *Admin) tour(r *http.Request, v Visit, card postscriptCard) (web.Steps, error) {
	has := func(n trigger.Name) (string, error) {
		list, err := a.o.Bridge.Deliveries(r.Context(), v.Shop.ID, bridge.DeliveryFilter{Trigger: n, State: bridge.Sent, Limit: 1})
		if err != nil || len(list) == 0 {
			return "", err
		}
		return list[0].CustomerID, nil
	}
	told, err := has(trigger.UpcomingOrder)
	if err != nil {
		return nil, err
	}
	skipped, err := has(trigger.OrderSkipped)
	if err != nil {
		return nil, err
	}
	writes, err := a.writesUpcoming(r.Context(), v)
	if err != nil {
		return nil, err
	}
	phone, trace := v.Path("customers"), v.Path("customers")
	if a.o.Phone != nil {
		phone = a.o.Phone(v.Shop.ID, told)
	}
	if skipped != "" {
		trace = v.Path("customers", skipped)
	}
	return web.Steps{
		{Title: "Create a key pair", Text: "Its private key lets the bridge speak to the texting half, as it would to Postscript. Create it, show it, copy it.", Link: web.Link{Label: "Settings, API", Href: v.Path("settings", "api")}, Done: card.Connected || card.HasKeys},
		{Title: "Connect Postscript", Text: "Paste the private key and press Confirm. The card shows which shop answered and what was registered.", Link: web.Link{Label: "Integrations", Href: v.Path("integrations")}, Done: card.Connected && card.Connection.State == bridge.Connected},
		{Title: "Look at the texts", Text: "Active automations write them; the one on “Upcoming Order” asks SKIP or DELAY. Change it, or create your own: Legacy, Custom Automation.", Link: web.Link{Label: "Automations", Href: v.Path("automations")}, Done: writes},
		{Title: "Move the clock to three days before an order", Text: "Choose a customer on the phone page and move the clock. Their phone shows the text.", Link: web.Link{Label: "Open the phone", Href: phone}, Done: told != ""},
		{Title: "Answer SKIP", Text: "The order is skipped, and the answer names the true new date.", Link: web.Link{Label: "Open the phone", Href: phone}, Done: skipped != ""},
		{Title: "Read the trace", Text: "The customer’s page shows every decision on the way, with its reason.", Link: web.Link{Label: "Open the customer", Href: trace}, Done: skipped != "" && a.o.Kit.Sessions.GetBool(r.Context(), keyToured)},
	}, nil
}

// errNotFound reports whether err only says that something is not there.
func errNotFound(err error) bool { return fault.Is(err, fault.NotFound) }
