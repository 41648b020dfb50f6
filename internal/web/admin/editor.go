package admin

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/message"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

// editor is the body of automation.html: the form as it was typed, with what it can choose from.
type editor struct {
	Visit           Visit
	ID              string // "" for a new one
	Action          string // where the form goes
	Engine          string
	Name            string
	Trigger, Cancel string
	Once, Active    bool
	Steps           []stepForm
	Filters         []filterForm
	Who             string // whose values the preview shows
	TagsOf          string // the trigger whose tags are offered

	Triggers, Cancels, People, Units, Ops []web.Option
	Tags                                  []message.Tag // of the trigger
	TagOptions                            []web.Option
	AnswersReply                          bool
	Previews                              []previewPane
	Problems                              web.Problems
}

// stepForm is one message of the form.
type stepForm struct {
	Index            int
	Copy, Wait, Unit string
}

// ID names the copy field for scripts and labels, which cannot have dots.
func (s stepForm) ID() string { return "copy-" + strconv.Itoa(s.Index) }

// Field is the name of one field of the step, as faults blame it.
func (s stepForm) Field(name string) string { return "messages." + strconv.Itoa(s.Index) + "." + name }

// Number counts messages from 1.
func (s stepForm) Number() int { return s.Index + 1 }

// filterForm is one condition of the form.
type filterForm struct {
	Index          int
	Tag, Op, Value string
}

// Field is the name of one field of the condition.
func (f filterForm) Field(name string) string { return "filters." + strconv.Itoa(f.Index) + "." + name }

// previewPane is how one message will read.
type previewPane struct {
	Number  int
	Wait    string
	Problem string
	texting.Preview
}

// Price is what one recipient costs.
func (p previewPane) Price() string { return fmt.Sprintf("$%.4f", p.Cents/100) }

// Room is what fits into one segment in this encoding.
func (p previewPane) Room() int {
	if p.Count.Encoding == message.UCS2 {
		return 70
	}
	return 160
}

func (a *Admin) automationNew(w http.ResponseWriter, r *http.Request, v Visit) error {
	engine, err := engineOf(r)
	if err != nil {
		return err
	}
	e := editor{Engine: engine, Action: r.URL.Path}
	choices, err := a.choices(r.Context(), v, engine)
	if err != nil {
		return err
	}
	for _, c := range choices {
		if e.Trigger == "" || strings.HasSuffix(c.Name, ": "+titleOf(trigger.UpcomingOrder)) {
			e.Trigger = c.ID
		}
	}
	e.Steps = []stepForm{{Wait: "1", Unit: "minutes"}}
	return a.showEditor(w, r, v, e, nil)
}

func (a *Admin) automationPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	m, err := a.o.Texting.Automation(r.Context(), v.Shop.ID, r.PathValue("automation"))
	if err != nil {
		return err
	}
	e := editor{ID: m.ID, Action: r.URL.Path, Engine: m.Engine, Name: m.Name, Trigger: m.TriggerID, Cancel: m.CancelTrigger, Once: m.Once, Active: m.Active}
	for i, s := range m.Messages {
		n, unit := splitWait(s.WaitMinutes)
		e.Steps = append(e.Steps, stepForm{Index: i, Copy: s.Copy, Wait: strconv.Itoa(n), Unit: unit})
	}
	for i, f := range m.Filters {
		e.Filters = append(e.Filters, filterForm{Index: i, Tag: f.Tag, Op: f.Op, Value: f.Value})
	}
	return a.showEditor(w, r, v, e, nil)
}

func (a *Admin) automationCreate(w http.ResponseWriter, r *http.Request, v Visit) error {
	if _, err := engineOf(r); err != nil {
		return err
	}
	return a.editorPost(w, r, v, "")
}

func (a *Admin) automationSave(w http.ResponseWriter, r *http.Request, v Visit) error {
	if _, err := a.o.Texting.Automation(r.Context(), v.Shop.ID, r.PathValue("automation")); err != nil {
		return err
	}
	return a.editorPost(w, r, v, r.PathValue("automation"))
}

// editorPost answers the editor's buttons: save, add or remove a message, send a test, or, without a button,
// show the tags of the trigger that was chosen.
func (a *Admin) editorPost(w http.ResponseWriter, r *http.Request, v Visit, id string) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	e := readEditor(r)
	e.ID, e.Action = id, r.URL.Path
	do, at, _ := strings.Cut(field(r, "do"), "-")
	n, _ := strconv.Atoi(at)
	switch do {
	case "save":
		return a.saveAutomation(w, r, v, e)
	case "add":
		last := e.Steps[len(e.Steps)-1]
		e.Steps = append(e.Steps, stepForm{Index: len(e.Steps), Wait: last.Wait, Unit: last.Unit})
	case "remove":
		if n >= 0 && n < len(e.Steps) && len(e.Steps) > 1 {
			e.Steps = slices.Delete(e.Steps, n, n+1)
			for i := range e.Steps {
				e.Steps[i].Index = i
			}
		}
	case "test":
		return a.testMessage(w, r, v, e, n)
	}
	return a.showEditor(w, r, v, e, nil)
}

func (a *Admin) saveAutomation(w http.ResponseWriter, r *http.Request, v Visit, e editor) error {
	in, err := e.input()
	var m texting.Automation
	if err == nil {
		if e.ID == "" {
			m, err = a.o.Texting.CreateAutomation(r.Context(), v.Shop.ID, in)
		} else {
			m, err = a.o.Texting.UpdateAutomation(r.Context(), v.Shop.ID, e.ID, in)
		}
	}
	if problems := web.ProblemsOf(err); problems != nil {
		return a.showEditor(w, r, v, e, problems)
	}
	if err != nil {
		return err
	}
	sentence := m.Name + " is saved. It is not active yet."
	if m.Active {
		sentence = m.Name + " is saved and active."
	}
	return v.done(w, r, sentence, v.Path("automations"))
}

func (a *Admin) testMessage(w http.ResponseWriter, r *http.Request, v Visit, e editor, n int) error {
	if n < 0 || n >= len(e.Steps) {
		return a.showEditor(w, r, v, e, nil)
	}
	_, err := a.o.Texting.TestSend(r.Context(), v.Shop.ID, texting.PreviewInput{Engine: e.Engine, TriggerID: e.Trigger, Copy: e.Steps[n].Copy, SubscriberID: e.Who})
	if problems := web.ProblemsOf(err); problems != nil {
		first := "Please look at the marked fields."
		if text, ok := problems["copy"]; ok {
			problems = web.Problems{e.Steps[n].Field("copy"): text}
		} else if text, ok := problems["subscriber"]; ok {
			first, problems = "Choose somebody under “Preview and test as”.", web.Problems{"who": text}
		}
		problems[""] = "No test was sent. " + first
		return a.showEditor(w, r, v, e, problems)
	}
	if err != nil {
		return err
	}
	a.o.Kit.Flash(r, web.OK, "The test is on the sandbox phone. Nothing was saved.")
	return a.showEditor(w, r, v, e, nil)
}

// readEditor reads the form as it was typed, with blank conditions left out.
func readEditor(r *http.Request) editor {
	e := editor{
		Engine: field(r, "engine"), Name: field(r, "name"), Trigger: field(r, "trigger"), Cancel: field(r, "cancel_trigger"),
		Once: field(r, "once") != "", Active: field(r, "active") != "", Who: field(r, "who"),
	}
	const most = 20
	for i := range most {
		s := stepForm{Index: i}
		if _, ok := r.PostForm[s.Field("copy")]; !ok {
			break
		}
		s.Copy, s.Wait, s.Unit = strings.ReplaceAll(r.PostForm.Get(s.Field("copy")), "\r\n", "\n"), field(r, s.Field("wait")), field(r, s.Field("unit"))
		e.Steps = append(e.Steps, s)
	}
	if len(e.Steps) == 0 {
		e.Steps = []stepForm{{Wait: "1", Unit: "minutes"}}
	}
	for i := range most {
		f := filterForm{Index: i}
		if f.Tag, f.Value = field(r, f.Field("tag")), field(r, f.Field("value")); f.Tag == "" && f.Value == "" {
			continue
		}
		f.Op = field(r, f.Field("op"))
		f.Index = len(e.Filters)
		e.Filters = append(e.Filters, f)
	}
	return e
}

// input is the form as the use case takes it; a wait that is no number is blamed here.
func (e editor) input() (in texting.AutomationInput, err error) {
	in = texting.AutomationInput{Name: e.Name, Engine: e.Engine, TriggerID: e.Trigger, CancelTrigger: e.Cancel, Once: e.Once, Active: e.Active}
	for _, s := range e.Steps {
		minutes, err := s.minutes()
		if err != nil {
			return in, err
		}
		in.Messages = append(in.Messages, texting.Step{Copy: s.Copy, WaitMinutes: minutes})
	}
	for _, f := range e.Filters {
		in.Filters = append(in.Filters, texting.Filter{Tag: f.Tag, Op: f.Op, Value: f.Value})
	}
	return in, nil
}

func (s stepForm) minutes() (int, error) {
	n, err := strconv.Atoi(s.Wait)
	if err != nil || n < 0 || n > 1_000_000 {
		return 0, fault.Field(s.Field("wait"), "Enter a whole number of %s.", s.Unit)
	}
	switch s.Unit {
	case "hours":
		n *= 60
	case "days":
		n *= 24 * 60
	}
	return n, nil
}

// choices are the triggers of one engine.
func (a *Admin) choices(ctx context.Context, v Visit, engine string) (list []texting.TriggerChoice, err error) {
	list, err = a.o.Texting.TriggerChoices(ctx, v.Shop.ID)
	return slices.DeleteFunc(list, func(c texting.TriggerChoice) bool { return c.Engine != engine }), err
}

func (a *Admin) showEditor(w http.ResponseWriter, r *http.Request, v Visit, e editor, problems web.Problems) error {
	e.Visit, e.Problems, e.TagsOf = v, problems, e.Trigger
	choices, err := a.choices(r.Context(), v, e.Engine)
	if err != nil {
		return err
	}
	e.Cancels = []web.Option{{Value: "", Label: "None"}}
	for _, c := range choices {
		e.Triggers = append(e.Triggers, web.Option{Value: c.ID, Label: c.Name})
		e.Cancels = append(e.Cancels, web.Option{Value: c.ID, Label: c.Name})
		if c.ID == e.Trigger {
			e.Tags, e.AnswersReply = c.Tags, c.AnswersReply
		}
	}
	e.Units = []web.Option{{Value: "minutes", Label: "minutes"}, {Value: "hours", Label: "hours"}, {Value: "days", Label: "days"}}
	e.Ops = []web.Option{{Value: texting.FilterEquals, Label: "is"}, {Value: texting.FilterNotEquals, Label: "is not"}, {Value: texting.FilterContains, Label: "contains"}, {Value: texting.FilterNotContains, Label: "does not contain"}}
	e.TagOptions = []web.Option{{Value: "", Label: "–"}}
	for _, t := range e.Tags {
		e.TagOptions = append(e.TagOptions, web.Option{Value: t.Name, Label: t.Label})
	}
	e.Filters = append(e.Filters, filterForm{Index: len(e.Filters)})
	if err := a.fillPeople(r.Context(), v, &e); err != nil {
		return err
	}
	if e.Previews, err = a.previews(r.Context(), v, e); err != nil {
		return err
	}
	title := "Create automation"
	if e.ID != "" {
		title = "Edit automation"
	}
	p := v.Page("automations", title, e)
	p.Crumbs = []web.Link{{Label: "Automations", Href: v.Path("automations")}, {Label: engineTitle(e.Engine), Href: v.Path("automations", "new")}}
	return a.render(w, r, "automation.html", p, problems)
}

// fillPeople offers subscribers whose values the preview can show.
func (a *Admin) fillPeople(ctx context.Context, v Visit, e *editor) error {
	list, err := a.o.Texting.ListSubscribers(ctx, v.Shop.ID, texting.SubscriberList{Status: texting.Subscribed, Limit: 50})
	if err != nil {
		return err
	}
	e.People = []web.Option{{Value: "", Label: "Sample values"}}
	for _, s := range list {
		e.People = append(e.People, web.Option{Value: s.ID, Label: subscriberName(s)})
	}
	return nil
}

func (a *Admin) previews(ctx context.Context, v Visit, e editor) (panes []previewPane, err error) {
	for _, s := range e.Steps {
		pane := previewPane{Number: s.Number()}
		if minutes, err := s.minutes(); err == nil {
			pane.Wait = waitWords(minutes)
		}
		if strings.TrimSpace(s.Copy) != "" {
			pane.Preview, err = a.o.Texting.Preview(ctx, v.Shop.ID, texting.PreviewInput{Engine: e.Engine, TriggerID: e.Trigger, Copy: s.Copy, SubscriberID: e.Who})
			if problems := web.ProblemsOf(err); problems != nil {
				pane.Problem = fault.Message(err)
			} else if err != nil {
				return nil, err
			}
		}
		panes = append(panes, pane)
	}
	return panes, nil
}

func (a *Admin) automationPreview(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	panes, err := a.previews(r.Context(), v, readEditor(r))
	if err != nil {
		return err
	}
	return a.set.Fragment(w, r, http.StatusOK, "automation.html", "previews", panes)
}
