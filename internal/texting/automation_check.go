package texting

import (
	"context"
	"slices"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/message"
	"rejoinder/internal/postscript"
)

// Limits of automations. The real ones are not published.
const (
	maxAutomationName = 120
	maxSteps          = 10
	maxFilters        = 10
	maxWaitMinutes    = 90 * 24 * 60
)

// TriggerChoice is one trigger an automation can be made for.
type TriggerChoice struct {
	Engine string
	ID     string // what AutomationInput.TriggerID takes
	Name   string // as merchants see it: Rejoinder: Upcoming Order
	Tags   []message.Tag
	// AnswersReply: it answers a person's reply, so "right away" can be chosen, and is the default.
	AnswersReply bool
}

// TriggerChoices returns the triggers a shop can make automations for: the registered ones for legacy
// automations, the event types seen for flows.
func (t *Texting) TriggerChoices(ctx context.Context, shopID string) (list []TriggerChoice, err error) {
	defer fault.Wrap(&err, "texting: triggers to choose from in %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, err = triggerChoices(tx, shopID)
		return err
	})
	return list, err
}

func triggerChoices(tx Tx, shopID string) ([]TriggerChoice, error) {
	registered, err := tx.ShopTriggers(shopID, maxTriggers)
	if err != nil {
		return nil, err
	}
	seen, err := tx.EventTypes(shopID, maxTriggers)
	if err != nil {
		return nil, err
	}
	list := make([]TriggerChoice, 0, len(registered)+len(seen))
	for _, tr := range registered {
		c := TriggerChoice{Engine: EngineLegacy, ID: tr.ID, Name: tr.Name, AnswersReply: answersReply(tr.Name)}
		for _, tag := range tr.Tags {
			name := postscript.TagName(tag.Value)
			c.Tags = append(c.Tags, message.Tag{Name: name, Label: tag.Label, Sample: sampleFor(name, tag.Label)})
		}
		list = append(list, c)
	}
	for _, e := range seen {
		if i := slices.IndexFunc(list, func(c TriggerChoice) bool { return c.Engine == EngineFlow && c.ID == e.Type }); i >= 0 {
			list[i].addProperties(e.Properties) // the same type from two senders is one trigger to an automation
			continue
		}
		c := TriggerChoice{Engine: EngineFlow, ID: e.Type, Name: e.Sender + " - " + e.Type, AnswersReply: answersReply(e.Type)}
		c.addProperties(e.Properties)
		list = append(list, c)
	}
	for i := range list {
		list[i].Tags = withStandard(list[i].Tags)
	}
	return list, nil
}

func findChoice(choices []TriggerChoice, engine, id string) (TriggerChoice, bool) {
	i := slices.IndexFunc(choices, func(c TriggerChoice) bool { return c.Engine == engine && c.ID == id })
	if i < 0 {
		return TriggerChoice{}, false
	}
	return choices[i], true
}

// addProperties offers properties of events as tags. Those whose names cannot be written in copy are left out.
func (c *TriggerChoice) addProperties(names []string) {
	for _, name := range names {
		known := slices.ContainsFunc(c.Tags, func(t message.Tag) bool { return t.Name == name })
		if t, err := message.Parse("{" + name + "}"); err != nil || known || len(t.Tags()) != 1 || t.Tags()[0] != name {
			continue
		}
		label := strings.ReplaceAll(name, "_", " ")
		c.Tags = append(c.Tags, message.Tag{Name: name, Label: label, Sample: sampleFor(name, label)})
	}
}

// standardTags are the four that Postscript fills for every trigger. A last name may be missing, and has no
// fallback that reads well everywhere: copy has to bring one.
func standardTags() []message.Tag {
	return []message.Tag{
		{Name: "first_name", Label: "First Name", Sample: "Ada", Fallback: "there"},
		{Name: "last_name", Label: "Last Name", Sample: "Sample"},
		{Name: "shop_name", Label: "Shop Name", Sample: "Corner Coffee"},
		{Name: "shop_link", Label: "Shop Link", Sample: "https://shop.example"},
	}
}

func withStandard(own []message.Tag) []message.Tag {
	tags := standardTags()
	for _, tag := range own {
		if !slices.ContainsFunc(tags, func(s message.Tag) bool { return s.Name == tag.Name }) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// sampleFor makes a value that looks like what a tag of that name may hold: the API tells us names only.
func sampleFor(name, label string) string {
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(name, p) })
	}
	switch {
	case has("link", "url"):
		return "https://shop.example/a/7c2f"
	case has("new_", "next_"):
		return "Wednesday, December 2"
	case name == "reply_by":
		return "Monday, November 23 at 11:59 PM"
	case has("date"):
		return "Wednesday, November 25"
	case has("total", "price", "amount"):
		return "$24.00"
	case has("last4"):
		return "4242"
	case has("brand"):
		return "Visa"
	case has("product"):
		return "House Blend and Oat Bars"
	case name == "answer":
		return "Your next order is on Wednesday, November 25."
	case has("days", "count", "attempt", "number"):
		return "3"
	case label == "":
		return name
	}
	return label
}

// answersReply reports whether a trigger answers a person. The API has no field that says so, so it goes by
// the last part of the name, behind whatever sender's name stands before it: Order Skipped (or Skipped Order),
// Order Delayed and Reply Answered.
func answersReply(name string) bool {
	for _, sep := range []string{": ", " - "} {
		if i := strings.LastIndex(name, sep); i >= 0 {
			name = name[i+len(sep):]
		}
	}
	switch strings.ToLower(strings.ReplaceAll(name, " ", "")) {
	case "orderskipped", "skippedorder", "orderdelayed", "replyanswered":
		return true
	}
	return false
}

// check puts the merchant's choices into a, or says which of them cannot be used.
func (in AutomationInput) check(a *Automation, shop Shop, choices []TriggerChoice) error {
	name := strings.TrimSpace(in.Name)
	if name == "" || len([]rune(name)) > maxAutomationName {
		return fault.Field("name", "Give the automation a name of at most %d characters.", maxAutomationName)
	}
	if in.Engine != EngineLegacy && in.Engine != EngineFlow {
		return fault.Field("engine", "Choose a legacy automation or a flow.")
	}
	on, ok := findChoice(choices, in.Engine, in.TriggerID)
	if !ok {
		return fault.Field("trigger", "Choose the trigger that starts the automation.")
	}
	var cancel TriggerChoice
	if in.CancelTrigger != "" {
		if cancel, ok = findChoice(choices, in.Engine, in.CancelTrigger); !ok || cancel.ID == on.ID {
			return fault.Field("cancel_trigger", "Choose another trigger than the one that starts the automation, or none.")
		}
	}
	steps, err := checkSteps(in.Messages, on, shop)
	if err != nil {
		return err
	}
	filters, err := checkFilters(in.Filters, on)
	if err != nil {
		return err
	}
	a.Name, a.Engine, a.TriggerID, a.TriggerName = name, in.Engine, on.ID, on.Name
	a.CancelTrigger, a.CancelName = cancel.ID, cancel.Name
	a.Filters, a.Once, a.Active, a.Messages = filters, in.Once, in.Active, steps
	return nil
}

func checkSteps(in []Step, on TriggerChoice, shop Shop) ([]Step, error) {
	if len(in) == 0 || len(in) > maxSteps {
		return nil, fault.Field("messages", "An automation sends 1 to %d messages.", maxSteps)
	}
	out := make([]Step, 0, len(in))
	for i, s := range in {
		copyField, waitField := fieldOf("messages", i, "copy"), fieldOf("messages", i, "wait")
		if err := checkCopy(s.Copy, on.Tags, shop); err != nil {
			return nil, fault.Field(copyField, "%s", fault.Message(err))
		}
		switch {
		case s.WaitMinutes < 0 || s.WaitMinutes > maxWaitMinutes:
			return nil, fault.Field(waitField, "A message can wait up to %d days.", maxWaitMinutes/60/24)
		case s.WaitMinutes == 0 && !on.AnswersReply:
			return nil, fault.Field(waitField, "Wait at least 1 minute. Only triggers that answer a reply can be answered right away.")
		case i > 0 && s.WaitMinutes < in[i-1].WaitMinutes:
			return nil, fault.Field(waitField, "This message would go out before the one above it. Waits count from the trigger.")
		}
		out = append(out, Step{Copy: strings.TrimSpace(s.Copy), WaitMinutes: s.WaitMinutes})
	}
	return out, nil
}

// checkCopy reports whether copy can be saved: it parses, uses only these tags, and cannot come out empty where
// a standard tag has no value.
func checkCopy(copy string, tags []message.Tag, shop Shop) error {
	if err := message.Check(copy, tags); err != nil {
		return err
	}
	tpl, err := message.Parse(copy)
	if err != nil {
		return err
	}
	values := message.Samples(tags)
	values["last_name"] = "" // not everybody has told us
	values["shop_link"] = shop.Link
	_, err = tpl.Render(values, tags)
	return err
}
