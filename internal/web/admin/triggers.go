package admin

import (
	"context"
	"net/http"
	"slices"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/message"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

type bridgeTriggers interface {
	Sample(ctx context.Context, shopID string, name trigger.Name, customerID string) (map[string]string, error)
	TestSend(ctx context.Context, shopID string, name trigger.Name, customerID string) (bridge.Delivery, error)
}

// triggerListBody is the body of triggers.html.
type triggerListBody struct {
	Visit     Visit
	Customer  string // whose values are shown
	Customers []web.Option
	Rows      []triggerRow
	Connected bool
}

type triggerRow struct {
	trigger.Definition
	Switch     web.OnOff
	Registered bool
	When       string     // what of the shop's settings decides when it fires; ""
	Tags       []tagValue // its own; the standard ones are the same everywhere
	Text       string     // how the first active automation on it would read, "" without one
	Automation string     // the automation's name
	Action     string
}

func (a *Admin) triggerList(w http.ResponseWriter, r *http.Request, v Visit) error {
	body := triggerListBody{Visit: v, Customer: r.FormValue("customer")}
	var err error
	if body.Customers, err = a.customerOptions(r.Context(), v, body.Customer); err != nil {
		return err
	}
	if body.Customer == "" && len(body.Customers) > 0 {
		body.Customer = body.Customers[0].Value
	}
	conn, err := a.o.Bridge.Connection(r.Context(), v.Shop.ID)
	if err != nil && !errNotFound(err) {
		return err
	}
	body.Connected = err == nil
	active, err := a.activeCopy(r.Context(), v)
	if err != nil {
		return err
	}
	for _, d := range trigger.All() {
		row := triggerRow{Definition: d, Registered: conn.Triggers[d.Name] != "", Action: v.Path("triggers", string(d.Name))}
		row.Switch = web.OnOff{Action: row.Action, Label: d.Title, On: !v.Shop.Settings.Off(d.Name)}
		if d.Name == trigger.UpcomingOrder {
			row.When = whenNotices(v.Shop)
		}
		values, err := a.sampleValues(r.Context(), v, d, body.Customer)
		if err != nil {
			return err
		}
		row.Tags = tagValues(d, values)
		if m, ok := active[conn.Triggers[d.Name]]; ok {
			row.Text, row.Automation = sampleText(m.Messages[0].Copy, d, values), m.Name
		}
		body.Rows = append(body.Rows, row)
	}
	p := v.Page("triggers", "Triggers", body)
	p.Lead = "What Postscript is told about a customer. A trigger that is off is recorded and not sent."
	return a.render(w, r, "triggers.html", p, nil)
}

// whenNotices says when this shop speaks of an order.
func whenNotices(shop bridge.Shop) string {
	t := shop.Timing()
	days := " days before the order at "
	if t.LeadDays == 1 {
		days = " day before the order at "
	}
	return numberOf(t.LeadDays) + days + hourName(t.Hour) + ", answers count until " + numberOf(int(t.CutOff.Hours())) + " hours before it"
}

// sampleValues are the values of a trigger's tags for a customer, or samples where there is no customer.
func (a *Admin) sampleValues(ctx context.Context, v Visit, d trigger.Definition, customer string) (map[string]string, error) {
	values := map[string]string{}
	for _, t := range d.AllTags() {
		values[t.Name] = t.Sample
	}
	if customer == "" {
		return values, nil
	}
	own, err := a.o.Bridge.Sample(ctx, v.Shop.ID, d.Name, customer)
	switch fault.KindOf(err) {
	case "":
		return own, nil
	case fault.Conflict, fault.Invalid: // this trigger cannot be about this customer now: samples
		return values, nil
	}
	return nil, err
}

func tagValues(d trigger.Definition, values map[string]string) (list []tagValue) {
	for _, t := range d.Tags {
		value := values[t.Name]
		if value == "" {
			value = t.Fallback
		}
		list = append(list, tagValue{Name: "{" + t.Name + "}", Value: value})
	}
	return list
}

// activeCopy returns the first active automation of each trigger, by the trigger's id at Postscript. It is empty
// where the real Postscript makes the texts: what stands there is not known here.
func (a *Admin) activeCopy(ctx context.Context, v Visit) (map[string]texting.Automation, error) {
	list, err := a.o.Texting.Automations(ctx, v.Shop.ID)
	if err != nil {
		return nil, err
	}
	first := map[string]texting.Automation{}
	for _, m := range list {
		if _, ok := first[m.TriggerID]; m.Active && !ok && len(m.Messages) > 0 {
			first[m.TriggerID] = m
		}
	}
	return first, nil
}

// sampleText fills in copy; "" when it cannot be, which the editor says in full.
func sampleText(copy string, d trigger.Definition, values map[string]string) string {
	t, err := message.Parse(copy)
	if err != nil {
		return ""
	}
	var tags []message.Tag
	for _, tag := range d.AllTags() {
		tags = append(tags, message.Tag(tag))
	}
	text, err := t.Render(values, tags)
	if err != nil {
		return ""
	}
	return text
}

// customerOptions are customers to choose from: the newest, and the one that is chosen.
func (a *Admin) customerOptions(ctx context.Context, v Visit, chosen string) (list []web.Option, err error) {
	found, _, err := a.o.Bridge.Customers(ctx, v.Shop.ID, "", "", 30)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		list = append(list, web.Option{Value: c.ID, Label: fullName(c.Customer)})
	}
	if chosen != "" && !slices.ContainsFunc(list, func(o web.Option) bool { return o.Value == chosen }) {
		c, err := a.o.Bridge.Customer(ctx, v.Shop.ID, chosen)
		if err != nil {
			return nil, err
		}
		list = append(list, web.Option{Value: chosen, Label: fullName(c.Customer)})
	}
	return list, nil
}

func (a *Admin) triggerSwitch(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	d, ok := trigger.ByName(trigger.Name(r.PathValue("trigger")))
	if !ok {
		return fault.New(fault.NotFound, "There is no such trigger.")
	}
	on := field(r, "on") == "true"
	err := a.o.Bridge.ChangeShop(r.Context(), v.Shop.ID, func(s *bridge.Shop) error {
		s.Settings.TriggersOff = slices.DeleteFunc(slices.Clone(s.Settings.TriggersOff), func(n trigger.Name) bool { return n == d.Name })
		if !on {
			s.Settings.TriggersOff = append(s.Settings.TriggersOff, d.Name)
		}
		return nil
	})
	if err != nil {
		return v.undone(w, r, err, v.Path("triggers"))
	}
	sentence := d.Title + " is off. What would have been sent is recorded as not sent."
	if on {
		sentence = d.Title + " is on."
	}
	return v.done(w, r, sentence, v.Path("triggers")+"#"+string(d.Name))
}

func (a *Admin) triggerTest(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	customer := field(r, "customer")
	d, err := a.o.Bridge.TestSend(r.Context(), v.Shop.ID, trigger.Name(r.PathValue("trigger")), customer)
	if err != nil {
		return v.undone(w, r, err, v.Path("triggers"))
	}
	return v.done(w, r, "The test is on its way. Here is what became of it.", v.Path("deliveries", d.ID))
}
