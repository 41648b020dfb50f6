package bridge

import (
	"strings"
	"testing"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
)

// TestEveryAnswerIsDescribed compares the table a merchant sees with what is said: each wording once, with a sentence of
// what it is for and a sample of every tag, and ours pass the check that a merchant's do.
func TestEveryAnswerIsDescribed(t *testing.T) {
	t.Parallel()
	for _, l := range reply.Languages() {
		seen := map[string]bool{}
		for _, g := range Answers(l) {
			for _, a := range g.Answers {
				if seen[a.Key] || a.About == "" || a.Text == "" {
					t.Errorf("%s/%s stands twice, or is empty: %+v", l, a.Key, a)
				}
				seen[a.Key] = true
				if said := AnswerSample(a.Text); strings.ContainsAny(said, "{}") {
					t.Errorf("%s/%s has a tag without a sample: %s", l, a.Key, said)
				}
				if kept, err := CheckText(l, a.Key, a.Text+"  "); err != nil || kept != "" {
					t.Errorf("%s/%s: ours is kept as %q (%v)", l, a.Key, kept, err)
				}
				if _, err := CheckText(l, a.Key, a.Text+" OK"); err != nil {
					t.Errorf("%s/%s: two letters more: %v", l, a.Key, err)
				}
			}
		}
		for key := range wordings[l] {
			if !seen[string(key)] {
				t.Errorf("%s/%s is not described", l, key)
			}
		}
	}
}

func TestCheckText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		key, text, kept, says string
	}{
		"ours again":       {"nothing", " ", "", ""},
		"one line":         {"nothing", "Fine,\r\n nothing\tchanged.", "Fine, nothing changed.", ""},
		"its tags":         {"next_date", "We ship on {date}!", "We ship on {date}!", ""},
		"a tag left out":   {"next_date", "We ship soon.", "We ship soon.", ""},
		"another's tag":    {"next_date", "We ship {to}.", "", "{to} cannot be used in this answer. It may use {date}."},
		"no tags at all":   {"nothing", "On {date}.", "", "It has no tags."},
		"a brace":          {"nothing", "Fine {", "", "{"},
		"a fallback":       {"next_date", "On {date|soon}.", "", "Leave out the |"},
		"no options":       {"ask_date", "Which date?", "", "needs {options}"},
		"no link":          {"see_link", "Look at your page.", "", "needs {link}"},
		"nothing to agree": {"ask_yes", "Yes or no?", "", "needs {what}"},
		"too long":         {"nothing", strings.Repeat("long ", 60), "", "Shorten it to 240"},
		"no such answer":   {"nonsense", "Hello", "", "no answer of that name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kept, err := CheckText(reply.English, c.key, c.text)
			if kept != c.kept || (err != nil) != (c.says != "") || err != nil && !strings.Contains(fault.Message(err), c.says) {
				t.Errorf("kept %q, %v", kept, err)
			}
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("not a fault of the form: %v", err)
			}
		})
	}
	got, err := CheckTexts(reply.Spanish, map[string]string{"nothing": "Vale.", "ask_none": ""})
	if err != nil || len(got) != 1 || got["nothing"] != "Vale." {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := CheckTexts(reply.French, map[string]string{"nothing": "Non {non}"}); err == nil {
		t.Error("an unknown tag passed")
	}
}
