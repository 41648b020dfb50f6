package corpus_test

import (
	"strings"
	"testing"

	"rejoinder/internal/reply"
	"rejoinder/internal/reply/corpus"
)

// understood reads what corpus.Spell writes: a label with a certainty.
func understood(t *testing.T, s string, in reply.Situation) reply.Understood {
	t.Helper()
	l, err := corpus.ParseLabel(s, in)
	if err != nil {
		t.Fatal(err)
	}
	u := reply.Understood{Wish: l[0].Wishes[0], Then: l[0].Wishes[1:], Picks: l[0].Picks}
	switch {
	case l[0].Ask:
		u.Certainty = reply.Likely
	case u.Meaning.IsCommand(), u.Meaning == reply.Choice:
		u.Certainty = reply.Certain
	}
	return u
}

func TestJudge(t *testing.T) {
	t.Parallel()
	const (
		none = ""
		yes  = "@ ask yes skip\n"
		ask  = "@ ask order skip: Coffee [2026-11-24] / Tea [2026-12-02]\n"
	)
	for _, tt := range []struct {
		question, label, read string
		want                  corpus.Verdict
	}{
		// Equal in meaning, or not.
		{none, "skip", "skip", corpus.Right},
		{none, "skip", "skip on=2026-11-24", corpus.Right},
		{none, "skip", "skip on=2026-12-02", corpus.WrongAction},
		{none, "skip on=2026-12-02", "skip", corpus.WrongAction},
		{none, "skip", "skip count=1", corpus.Right},
		{none, "skip count=2", "skip", corpus.WrongAction},
		{none, "skip", "skip all", corpus.WrongAction},
		{none, "skip of=Green Tea", "skip", corpus.WrongAction},
		{none, "delay 2 week", "delay 14 day", corpus.Right},
		{none, "delay 15 day", "delay 2 week", corpus.WrongAction},
		{none, "delay 2 week", "delay", corpus.WrongAction},
		{none, "delay to=2026-12-15", "delay to=2026-12-16", corpus.WrongAction},
		{none, "delay to=2026-11-27,2026-12-04", "delay to=2026-11-27,2026-12-04", corpus.WrongAction}, // it is not asked
		{none, "quantity 2", "quantity +2", corpus.WrongAction},
		{none, "swap of=House Blend Coffee for=Decaf", "swap of=Green Tea for=Decaf", corpus.WrongAction},
		{none, "skip & delay 3 week", "skip & delay 3 week", corpus.Right},
		{none, "skip & delay 3 week", "skip", corpus.WrongAction},
		{none, "skip & delay 3 week", "delay 3 week & skip", corpus.WrongAction},
		{none, "skip", "skip & next", corpus.WrongAnswer},
		{none, "skip & link", "skip", corpus.WrongAnswer},
		{none, "next", "skip & next", corpus.WrongAction},
		{none, "next", "next", corpus.Right},
		{none, "next", "link", corpus.WrongAnswer},
		{none, "skip or ?pause", "skip", corpus.Right},
		{none, "?skip or pause", "skip", corpus.WrongAction},
		{none, "?next", "next", corpus.Right}, // it changes nothing
		{none, "thanks", "skip", corpus.WrongAction},
		{none, "keep", "skip", corpus.WrongAction},

		// Questions.
		{none, "skip", "?skip", corpus.Asked},
		{none, "?skip", "?skip", corpus.Asked},
		{none, "?skip", "?skip on=2026-12-02", corpus.Asked},
		{none, "?skip", "skip", corpus.WrongAction},
		{none, "?delay", "?delay 2 week", corpus.Asked},
		{none, "delay 2 week", "?delay", corpus.Asked},
		{none, "delay 2 week", "?delay 3 week", corpus.WrongQuestion},
		{none, "delay 2 week", "?delay to=2026-12-08", corpus.WrongQuestion},
		{none, "delay to=2026-12-15", "?delay to=2026-12-15", corpus.Asked},
		{none, "delay to=2026-12-15", "?delay to=2026-12-15,2027-01-15", corpus.WrongQuestion},
		{none, "delay to=2026-11-27,2026-12-04", "?delay to=2026-11-27,2026-12-04", corpus.Asked},
		{none, "delay to=2026-11-27,2026-12-04", "?delay to=2026-11-27", corpus.WrongQuestion},
		{none, "skip of=Green Tea", "?skip", corpus.WrongQuestion}, // it would name the other order
		{none, "skip on=2026-12-02", "?skip", corpus.WrongQuestion},
		{none, "skip", "?skip of=Green Tea", corpus.WrongQuestion},
		{none, "swap of=Green Tea for=Decaf", "?swap for=Decaf", corpus.Asked}, // which is asked
		{none, "quantity +1", "?quantity", corpus.Asked},
		{none, "quantity +1", "?quantity 1", corpus.WrongQuestion},
		{none, "skip", "?skip & delay 3 week", corpus.WrongQuestion}, // a yes would do both
		{none, "skip & delay 3 week", "?skip", corpus.Asked},
		{none, "skip & delay 3 week", "?skip & delay 3 week", corpus.Asked},
		{none, "skip", "?delay", corpus.WrongQuestion},
		{none, "person or ?pause", "?skip", corpus.WrongQuestion},
		{none, "person", "?skip", corpus.NeedlessQuestion},
		{none, "thanks", "?skip", corpus.NeedlessQuestion},
		{none, "thanks", "?next", corpus.WrongAnswer}, // the bridge does not ask about it
		{none, "?skip or unknown", "unknown", corpus.Right},

		// Left to a person.
		{none, "skip", "unknown", corpus.Missed},
		{none, "?skip", "person", corpus.Missed},
		{none, "next", "unknown", corpus.Missed},
		{none, "person", "unknown", corpus.Right},
		{none, "unknown", "person", corpus.Right},
		{none, "thanks", "unknown", corpus.LeftToPerson},
		{none, "tapback", "person", corpus.LeftToPerson},
		{none, "skip", "keep", corpus.WrongAnswer},
		{none, "?skip", "thanks", corpus.WrongAnswer},
		{none, "unknown", "thanks", corpus.WrongAnswer},
		{none, "no", "thanks", corpus.WrongAnswer},

		// Consent.
		{none, "opt_out", "opt_out", corpus.Right},
		{none, "opt_out", "unknown", corpus.WrongOptOut},
		{none, "opt_out", "skip", corpus.WrongOptOut},
		{none, "opt_out or person", "person", corpus.Right},
		{none, "opt_out or help", "unknown", corpus.WrongOptOut},
		{none, "person or opt_out", "?skip", corpus.NeedlessQuestion}, // it may be none
		{none, "skip", "opt_out", corpus.WrongOptOut},
		{none, "thanks", "opt_out", corpus.WrongOptOut},
		{none, "opt_out or unknown", "?opt_out", corpus.Asked},
		{none, "?pause", "?opt_out", corpus.Asked},
		{none, "opt_out", "?opt_out", corpus.WrongOptOut}, // it was not heard
		{none, "skip", "?opt_out", corpus.WrongQuestion},
		{none, "thanks", "?opt_out", corpus.NeedlessQuestion},
		{none, "unknown", "opt_in", corpus.WrongAction},
		{none, "help", "unknown", corpus.LeftToPerson},

		// Answers.
		{ask, "choice 1", "choice 1", corpus.Right},
		{ask, "choice 1", "choice 1 2", corpus.WrongAction},
		{ask, "choice 1", "choice none", corpus.WrongAnswer},
		{ask, "choice none", "no", corpus.WrongAnswer},
		{ask, "choice 1", "unknown", corpus.Missed},
		{ask, "unknown", "choice 2", corpus.WrongAction},
		{ask, "choice 1", "yes", corpus.WrongAnswer}, // no yes-or-no question is open
		{ask, "choice 1", "skip", corpus.WrongAction},
		{ask, "choice 2", "skip on=2026-12-02", corpus.Right}, // the same, said as a command
		{ask, "choice 2", "?skip on=2026-12-02", corpus.Asked},
		{ask, "choice 2", "skip", corpus.WrongAction},
		{ask, "skip", "choice 1", corpus.WrongAction}, // it is just what was asked
		{ask, "choice 1 2", "skip", corpus.WrongAction},
		{"@ ask date delay: 2026-11-27 / 2026-12-04\n", "choice 2", "delay to=2026-12-04", corpus.Right},
		{"@ ask date delay: 2026-11-27 / 2026-12-04\n", "choice 2", "delay to=2026-11-27", corpus.WrongAction},
		{"@ ask date delay: 2026-11-27 / 2026-12-04\n", "delay to=2026-11-27", "choice 1", corpus.Right},
		{"@ ask product swap: Decaf\n", "choice 1", "swap for=Decaf", corpus.Right},
		{"@ ask product swap: Decaf\n", "choice 1", "swap of=Green Tea for=Decaf", corpus.WrongAction},
		{"@ ask product skip: House Blend Coffee / Green Tea\n", "choice 2", "skip of=Green Tea", corpus.Right},
		{"@ ask product skip: House Blend Coffee / Green Tea\n", "choice 2", "skip of=House Blend Coffee", corpus.WrongAction},
		{yes, "yes", "yes", corpus.Right},
		{yes, "no", "yes", corpus.WrongAction},
		{yes, "thanks", "yes", corpus.WrongAction},
		{yes, "yes", "no", corpus.WrongAnswer},
		{yes, "yes", "unknown", corpus.Missed},
		{yes, "no", "thanks", corpus.WrongAnswer},
		{none, "thanks", "yes", corpus.WrongAnswer},
	} {
		l := parse(t, scene+tt.question+"text => "+tt.label)[0]
		if got := l.Judge(understood(t, tt.read, l.In)); got != tt.want {
			t.Errorf("%s labelled %s, read as %s: %s, want %s", strings.TrimSpace(tt.question), tt.label, tt.read, got, tt.want)
		}
	}
}

// TestAnOptOutCountsAtTheDoor: the door knows no situation, so a text that opts out there opts out, whatever it would
// mean otherwise.
func TestAnOptOutCountsAtTheDoor(t *testing.T) {
	t.Parallel()
	for _, l := range parse(t, scene+"@ ask order skip: Stop [2026-11-24] / Tea [2026-12-02]\nstop => choice 1") {
		if u := l.Read(); u.Meaning != reply.OptOut || l.Judge(u) != corpus.WrongOptOut {
			t.Errorf("%q is read as %s", l.Text, corpus.Spell(u))
		}
	}
}

func TestTally(t *testing.T) {
	t.Parallel()
	all := corpus.ReadAll(parse(t, scene+"skip => skip\nxyzzy => skip\nstop => opt_out\n@ language es\nthanks => thanks"))
	commands := corpus.Count(all, corpus.Of(corpus.Command), corpus.In(reply.English))
	if commands.All() != 2 || commands.Good() != 1 || commands.Share() != 0.5 || commands[corpus.Missed] != 1 {
		t.Errorf("commands: %v", commands)
	}
	if n := corpus.Count(all).All(); n != 4 {
		t.Errorf("%d lines", n)
	}
	if s := corpus.Count(all, corpus.In(reply.French)).Share(); s != 1 {
		t.Errorf("of nothing, %v is good", s)
	}
}
