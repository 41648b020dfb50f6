package admin

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/message"
	"rejoinder/internal/reply"
	"rejoinder/internal/web"
)

// answersForm is the body of answers.html: what we say in one language, and what the merchant would rather say.
type answersForm struct {
	Visit    Visit
	Language string
	Tabs     []web.Link
	Groups   []answerGroup
	Problems web.Problems
}

type answerGroup struct {
	Title string
	Rows  []answerRow
}

// answerRow is one answer.
type answerRow struct {
	bridge.Answer
	ID    string
	Own   string // the merchant's wording, as typed; "" for ours
	Says  string // what is said now
	Chips []string
	Cost  string // what the merchant's wording costs more, or ""
	Yours bool   // what is said is the merchant's
	Open  bool
}

func (a *Admin) answersPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	l, err := readLanguage(r.FormValue("language"))
	if err != nil {
		return err
	}
	return a.showAnswers(w, r, v, l, v.Shop.Settings.Texts[l], nil)
}

// readLanguage reads a language of answers; "" is English.
func readLanguage(text string) (reply.Language, error) {
	if text == "" {
		return reply.English, nil
	}
	if l := reply.Language(text); slices.Contains(reply.Languages(), l) {
		return l, nil
	}
	return "", fault.New(fault.NotFound, "There are no answers in this language.")
}

func (a *Admin) showAnswers(w http.ResponseWriter, r *http.Request, v Visit, l reply.Language, own map[string]string, problems web.Problems) error {
	f := answersForm{Visit: v, Language: string(l), Groups: answerRows(l, own, problems), Problems: problems}
	for _, each := range reply.Languages() {
		label := languageNames[each]
		if n := len(v.Shop.Settings.Texts[each]); n > 0 {
			label = withCount(label, n)
		}
		f.Tabs = append(f.Tabs, web.Link{Label: label, Href: v.Path("settings", "answers") + "?language=" + string(each), Current: each == l})
	}
	p := v.Page("answers", "Answers", f)
	p.Lead = "What customers are answered when they reply. Word any of it your way; empty a field to use ours again. What confirms a skip or a delay is an automation’s copy."
	return a.render(w, r, "answers.html", p, problems)
}

func answerRows(l reply.Language, own map[string]string, problems web.Problems) (groups []answerGroup) {
	for _, g := range bridge.Answers(l) {
		group := answerGroup{Title: g.Title}
		for _, answer := range g.Answers {
			row := answerRow{Answer: answer, ID: "answer-" + answer.Key, Own: own[answer.Key], Says: answer.Text}
			if row.Open = problems[answer.Key] != ""; row.Own != "" && !row.Open {
				row.Says, row.Cost, row.Yours = row.Own, costOf(row.Own), true
			}
			for _, t := range answer.Tags {
				row.Chips = append(row.Chips, "{"+t+"}")
			}
			group.Rows = append(group.Rows, row)
		}
		groups = append(groups, group)
	}
	return groups
}

// costOf says what in a wording makes texts dearer, or "".
func costOf(text string) string {
	c := message.Segments(bridge.AnswerSample(text))
	dear := strings.Join(c.Costly, " ")
	switch {
	case c.Encoding == message.UCS2:
		return fmt.Sprintf("Costs extra: with %s in it, a segment holds 70 characters instead of 160. With sample values: %s.", dear, segments(c.Segments))
	case dear != "":
		return fmt.Sprintf("%s counts as two characters each. With sample values: %s.", dear, segments(c.Segments))
	case c.Segments > 1:
		return fmt.Sprintf("With sample values: %s.", segments(c.Segments))
	}
	return ""
}

func segments(n int) string {
	if n == 1 {
		return "1 segment"
	}
	return numberOf(n) + " segments"
}

func (a *Admin) answers(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	l, err := readLanguage(field(r, "language"))
	if err != nil {
		return err
	}
	typed, kept, problems := map[string]string{}, map[string]string{}, web.Problems{}
	for _, g := range bridge.Answers(l) {
		for _, answer := range g.Answers {
			typed[answer.Key] = field(r, answer.Key)
			text, err := bridge.CheckText(l, answer.Key, typed[answer.Key])
			if wrong := web.ProblemsOf(err); wrong != nil {
				maps.Copy(problems, wrong)
			} else if err != nil {
				return err
			}
			if text != "" {
				kept[answer.Key] = text
			}
		}
	}
	if len(problems) > 0 {
		return a.showAnswers(w, r, v, l, typed, problems)
	}
	err = a.o.Bridge.ChangeShop(r.Context(), v.Shop.ID, func(s *bridge.Shop) error {
		texts := map[reply.Language]map[string]string{}
		maps.Copy(texts, s.Settings.Texts)
		if texts[l] = kept; len(kept) == 0 {
			delete(texts, l)
		}
		s.Settings.Texts = texts
		return nil
	})
	if err != nil {
		return err
	}
	return v.done(w, r, "The answers are saved.", v.Path("settings", "answers")+"?language="+string(l))
}
