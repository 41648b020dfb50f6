package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

type deliveries interface {
	Deliveries(ctx context.Context, shopID string, f bridge.DeliveryFilter) ([]bridge.Delivery, error)
	Delivery(ctx context.Context, shopID, id string) (bridge.Delivery, error)
	SendAgain(ctx context.Context, shopID, id string) (bridge.Delivery, error)
}

// deliveryListBody is the body of deliveries.html.
type deliveryListBody struct {
	Visit            Visit
	Rows             []deliveryRow
	State, Trigger   string
	States, Triggers []web.Option
	Pager            web.Pager
}

type deliveryRow struct {
	bridge.Delivery
	Title, Customer, Href, CustomerHref string
	Pill                                web.Pill
}

// deliveryPill says how a delivery, or a webhook of the ledger, stands.
func deliveryPill(s bridge.State) web.Pill {
	switch s {
	case bridge.Queued:
		return web.Pill{Tone: web.Info, Label: "Queued"}
	case bridge.Sending:
		return web.Pill{Tone: web.Info, Label: "Sending"}
	case bridge.Sent:
		return web.Pill{Tone: web.OK, Label: "Sent"}
	case bridge.Refused:
		return web.Pill{Tone: web.Bad, Label: "Refused"}
	case bridge.Failed:
		return web.Pill{Tone: web.Bad, Label: "Failed"}
	case bridge.Unknown:
		return web.Pill{Tone: web.Warn, Label: "Unknown"}
	case bridge.Suppressed:
		return web.Pill{Tone: web.Quiet, Label: "Not sent"}
	}
	return web.Pill{Tone: web.Quiet, Label: string(s)}
}

// titleOf is a trigger's name as merchants see it.
func titleOf(n trigger.Name) string {
	if d, ok := trigger.ByName(n); ok {
		return d.Title
	}
	return string(n)
}

func (a *Admin) deliveryList(w http.ResponseWriter, r *http.Request, v Visit) error {
	body := deliveryListBody{
		Visit: v, State: r.FormValue("state"), Trigger: r.FormValue("trigger"),
		States:   []web.Option{{Value: "", Label: "Any state"}},
		Triggers: []web.Option{{Value: "", Label: "Any trigger"}},
	}
	for _, s := range []bridge.State{bridge.Queued, bridge.Sending, bridge.Sent, bridge.Refused, bridge.Suppressed, bridge.Unknown} {
		body.States = append(body.States, web.Option{Value: string(s), Label: deliveryPill(s).Label})
	}
	for _, d := range trigger.All() {
		body.Triggers = append(body.Triggers, web.Option{Value: string(d.Name), Label: d.Title})
	}
	list, err := a.o.Bridge.Deliveries(r.Context(), v.Shop.ID, bridge.DeliveryFilter{
		State: bridge.State(body.State), Trigger: trigger.Name(body.Trigger), Before: r.FormValue("before"), Limit: pageSize,
	})
	if err != nil {
		return err
	}
	names, err := a.names(r.Context(), v, list)
	if err != nil {
		return err
	}
	for _, d := range list {
		body.Rows = append(body.Rows, v.deliveryRow(d, names[d.CustomerID]))
	}
	body.Pager = cursorPager(r, after(len(list), func() string { return list[len(list)-1].ID }), url.Values{"state": {body.State}, "trigger": {body.Trigger}})
	p := v.Page("deliveries", "Deliveries", body)
	p.Lead = "Every trigger on its way to Postscript, and what became of it."
	return a.render(w, r, "deliveries.html", p, nil)
}

func (v Visit) deliveryRow(d bridge.Delivery, name string) deliveryRow {
	return deliveryRow{
		Delivery: d, Title: titleOf(d.Trigger), Customer: name, Pill: deliveryPill(d.State),
		Href: v.Path("deliveries", d.ID), CustomerHref: v.Path("customers", d.CustomerID),
	}
}

// names returns the names of the customers of a page of deliveries.
func (a *Admin) names(ctx context.Context, v Visit, list []bridge.Delivery) (map[string]string, error) {
	names := map[string]string{}
	for _, d := range list {
		if _, ok := names[d.CustomerID]; ok {
			continue
		}
		c, err := a.o.Bridge.Customer(ctx, v.Shop.ID, d.CustomerID)
		if err != nil {
			return nil, err
		}
		names[d.CustomerID] = fullName(c.Customer)
	}
	return names, nil
}

// deliveryBody is the body of delivery.html.
type deliveryBody struct {
	Visit Visit
	deliveryRow
	Facts           []tagValue
	Request, Answer string // indented where they are JSON
	CanRepeat       bool
	Poll            string // where to look for what became of it, while it is on its way
}

type tagValue struct{ Name, Value string }

func (a *Admin) deliveryPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	body, err := a.deliveryBody(r, v)
	if err != nil {
		return err
	}
	p := v.Page("deliveries", body.Title, body)
	p.Crumbs = []web.Link{{Label: "Deliveries", Href: v.Path("deliveries")}}
	return a.render(w, r, "delivery.html", p, nil)
}

// deliveryState is the page's own polling, while a delivery is on its way.
func (a *Admin) deliveryState(w http.ResponseWriter, r *http.Request, v Visit) error {
	body, err := a.deliveryBody(r, v)
	if err != nil {
		return err
	}
	return a.set.Fragment(w, r, http.StatusOK, "delivery.html", "delivery-body", body)
}

func (a *Admin) deliveryBody(r *http.Request, v Visit) (body deliveryBody, err error) {
	d, err := a.o.Bridge.Delivery(r.Context(), v.Shop.ID, r.PathValue("delivery"))
	if err != nil {
		return body, err
	}
	names, err := a.names(r.Context(), v, []bridge.Delivery{d})
	if err != nil {
		return body, err
	}
	body = deliveryBody{
		Visit: v, deliveryRow: v.deliveryRow(d, names[d.CustomerID]), Request: readable(d.Request), Answer: readable(d.Answer),
		CanRepeat: d.State != bridge.Queued && d.State != bridge.Sending,
	}
	if def, ok := trigger.ByName(d.Trigger); ok {
		for _, t := range def.Tags {
			if value := d.Facts[t.Name]; value != "" {
				body.Facts = append(body.Facts, tagValue{Name: "{" + t.Name + "}", Value: value})
			}
		}
	}
	if !body.CanRepeat {
		body.Poll = v.Path("deliveries", d.ID, "state")
	}
	return body, nil
}

func (a *Admin) deliveryAgain(w http.ResponseWriter, r *http.Request, v Visit) error {
	d, err := a.o.Bridge.SendAgain(r.Context(), v.Shop.ID, r.PathValue("delivery"))
	if err != nil {
		return v.undone(w, r, err, v.Path("deliveries", r.PathValue("delivery")))
	}
	return v.done(w, r, "A copy is queued. If it is true no more, it will not be sent, and say why.", v.Path("deliveries", d.ID))
}

// readable indents the JSON in a recorded exchange: the last lines, from the first that begins with { or [.
func readable(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "{") && !strings.HasPrefix(line, "[") {
			continue
		}
		var v any
		rest := strings.Join(lines[i:], "\n")
		if json.Unmarshal([]byte(rest), &v) != nil {
			return text
		}
		nice, err := json.MarshalIndent(v, "", "  ")
		if err != nil {
			return text
		}
		return strings.Join(append(lines[:i:i], string(nice)), "\n")
	}
	return text
}
