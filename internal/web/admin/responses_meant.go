package admin

import (
	"context"
	"net/http"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/people"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
)

// meantForm is what a person says a text meant.
type meantForm struct {
	Choice   string // of Choices
	Command  string // typed, instead of a choice
	Remember bool
	MayTeach bool // owners: the wording means the same from then on
	Choices  []web.Option
}

// meantChoices are what is said most often.
var meantChoices = []string{"SKIP", "DELAY", "DELAY 1 WEEK", "DELAY 2 WEEKS", "DELAY 1 MONTH", "PAUSE", "RESUME", "UNDO", "NEXT", "LINK"}

// meantForm is the form beside a text, or nil when it is settled what the text meant.
func (v Visit) meantForm(f meantForm, verdict bridge.Verdict) *meantForm {
	if !verdict.MayCorrect() {
		return nil
	}
	f.MayTeach = v.Role == people.Owner
	for _, c := range meantChoices {
		f.Choices = append(f.Choices, web.Option{Value: c, Label: c})
	}
	return &f
}

// correct has that done which a person says a text meant.
func (a *Admin) correct(w http.ResponseWriter, r *http.Request, v Visit) error {
	f := meantForm{Choice: field(r, "meant"), Command: field(r, "command"), Remember: field(r, "remember") != ""}
	if f.Remember && v.Role != people.Owner {
		return errAgent
	}
	id, command := r.PathValue("person"), f.Choice
	if f.Command != "" {
		command = f.Command
	}
	err := a.o.Bridge.Correct(r.Context(), v.Shop.ID, id, command, f.Remember)
	if fault.Is(err, fault.Invalid) { // whatever it blames, it is this form
		return a.showResponse(w, r, v, "", f, web.Problems{"command": fault.Message(err)})
	}
	if err != nil {
		return v.undone(w, r, err, v.Path("responses", id))
	}
	return v.done(w, r, "It is being done, and the customer is told.", v.Path("responses", id))
}

// verdictsOf is what the bridge made of a list of texts, as sentences by id.
func (a *Admin) verdictsOf(ctx context.Context, v Visit, list []texting.Response) (map[string]string, error) {
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = m.ID
	}
	verdicts, err := a.o.Bridge.ReplyVerdicts(ctx, v.Shop.ID, ids)
	said := map[string]string{}
	for id, verdict := range verdicts {
		said[id] = verdict.String()
	}
	return said, err
}
