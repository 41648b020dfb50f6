package admin

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

type automations interface {
	Automations(ctx context.Context, shopID string) ([]texting.Automation, error)
	Automation(ctx context.Context, shopID, id string) (texting.Automation, error)
	CreateAutomation(ctx context.Context, shopID string, in texting.AutomationInput) (texting.Automation, error)
	UpdateAutomation(ctx context.Context, shopID, id string, in texting.AutomationInput) (texting.Automation, error)
	SetAutomationActive(ctx context.Context, shopID, id string, active bool) (texting.Automation, error)
	DeleteAutomation(ctx context.Context, shopID, id string) error
	TriggerChoices(ctx context.Context, shopID string) ([]texting.TriggerChoice, error)
	Preview(ctx context.Context, shopID string, in texting.PreviewInput) (texting.Preview, error)
	TestSend(ctx context.Context, shopID string, in texting.PreviewInput) (texting.Preview, error)
}

// automationListBody is the body of automations.html.
type automationListBody struct {
	Visit Visit
	Rows  []automationRow
	Flows bool // triggers go out as custom events, which automations can choose once one was seen
}

type automationRow struct {
	texting.Automation
	Switch        web.OnOff
	Href, Summary string
}

func (a *Admin) automationList(w http.ResponseWriter, r *http.Request, v Visit) error {
	list, err := a.o.Texting.Automations(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	body := automationListBody{Visit: v, Flows: v.Shop.Settings.Flows}
	for _, m := range list {
		row := automationRow{Automation: m, Href: v.Path("automations", m.ID), Summary: summaryOf(m)}
		row.Switch = web.OnOff{Action: v.Path("automations", m.ID, "active"), Label: m.Name, On: m.Active}
		body.Rows = append(body.Rows, row)
	}
	p := v.Page("automations", "Automations", body)
	p.Lead = "Which text answers which trigger. Switched off, nothing starts, and what waits is held back."
	if p.Next, err = a.NextStep(r, v); err != nil {
		return err
	}
	return a.render(w, r, "automations.html", p, nil)
}

// summaryOf says when an automation texts: "right away", "after 5 minutes, then 1 day".
func summaryOf(m texting.Automation) string {
	var waits []string
	for _, s := range m.Messages {
		waits = append(waits, waitWords(s.WaitMinutes))
	}
	text := strings.Join(waits, ", then ")
	if m.Once {
		text += ", once per subscriber"
	}
	return text
}

func waitWords(minutes int) string {
	if minutes == 0 {
		return "right away"
	}
	n, unit := splitWait(minutes)
	word := strings.TrimSuffix(unit, "s")
	if n != 1 {
		word += "s"
	}
	return "after " + strconv.Itoa(n) + " " + word
}

// splitWait writes minutes in the largest unit that holds them whole.
func splitWait(minutes int) (n int, unit string) {
	switch {
	case minutes > 0 && minutes%(24*60) == 0:
		return minutes / (24 * 60), "days"
	case minutes > 0 && minutes%60 == 0:
		return minutes / 60, "hours"
	}
	return minutes, "minutes"
}

// choice is the body of automation-choice.html: one decision on the way to the editor.
type choice struct{ Options []choiceOption }

type choiceOption struct{ Icon, Title, Text, Href string }

func (a *Admin) automationStart(w http.ResponseWriter, r *http.Request, v Visit) error {
	p := v.Page("automations", "Create automation", choice{Options: []choiceOption{
		{"bolt", "Legacy", "Starts when a trigger is fired that an integration registered. This is what most guides mean.", v.Path("automations", "new", texting.EngineLegacy)},
		{"flow", "Flow", "Starts when a custom event arrives. Its triggers appear here once an event was seen.", v.Path("automations", "new", texting.EngineFlow)},
	}})
	p.Crumbs = []web.Link{{Label: "Automations", Href: v.Path("automations")}}
	return a.render(w, r, "automation-choice.html", p, nil)
}

func (a *Admin) automationKind(w http.ResponseWriter, r *http.Request, v Visit) error {
	engine, err := engineOf(r)
	if err != nil {
		return err
	}
	p := v.Page("automations", "Create automation", choice{Options: []choiceOption{
		{"message", "Custom Automation", "Choose a trigger, write the messages, and set how long each waits.", v.Path("automations", "new", engine, "custom")},
	}})
	p.Crumbs = []web.Link{{Label: "Automations", Href: v.Path("automations")}, {Label: engineTitle(engine), Href: v.Path("automations", "new")}}
	return a.render(w, r, "automation-choice.html", p, nil)
}

func engineOf(r *http.Request) (string, error) {
	switch engine := r.PathValue("engine"); engine {
	case texting.EngineLegacy, texting.EngineFlow:
		return engine, nil
	}
	return "", fault.New(fault.NotFound, "There is no page at this address.")
}

func engineTitle(engine string) string {
	if engine == texting.EngineFlow {
		return "Flow"
	}
	return "Legacy"
}

func (a *Admin) automationActive(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	m, err := a.o.Texting.SetAutomationActive(r.Context(), v.Shop.ID, r.PathValue("automation"), field(r, "on") == "true")
	if err != nil {
		return v.undone(w, r, err, v.Path("automations"))
	}
	sentence := m.Name + " is off. What waits is held back."
	if m.Active {
		sentence = m.Name + " is active."
	}
	return v.done(w, r, sentence, v.Path("automations"))
}

func (a *Admin) automationDelete(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := a.o.Texting.DeleteAutomation(r.Context(), v.Shop.ID, r.PathValue("automation")); err != nil {
		return v.undone(w, r, err, v.Path("automations"))
	}
	return v.done(w, r, "The automation is deleted. Its numbers stay in the analytics.", v.Path("automations"))
}

// writesUpcoming reports whether an active automation answers Upcoming Order, whatever the sender's name before it.
func (a *Admin) writesUpcoming(ctx context.Context, v Visit) (bool, error) {
	list, err := a.o.Texting.Automations(ctx, v.Shop.ID)
	if err != nil {
		return false, err
	}
	for _, m := range list {
		if m.Active && (strings.HasSuffix(m.TriggerName, ": "+titleOf(trigger.UpcomingOrder)) || m.TriggerID == string(trigger.UpcomingOrder)) {
			return true, nil
		}
	}
	return false, nil
}
