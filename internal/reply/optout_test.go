package reply

import (
	"fmt"
	"strings"
	"testing"
)

// consentOf is the label that the readers at the door give raw; "-" when none recognises it.
func consentOf(raw string) string {
	x := normalise(raw)
	_, isTapback := readTapback(&x, &Situation{})
	switch {
	case isTapback:
		return "tapback"
	case IsOptOut(raw):
		return "opt_out"
	case IsOptIn(raw):
		return "opt_in"
	case IsHelp(raw):
		return "help"
	case IsYes(raw):
		return "yes"
	}
	return "-"
}

func TestConsent(t *testing.T) {
	t.Parallel()
	all := labelledLines(t, "testdata/optout.txt")
	if len(all) < 500 {
		t.Fatalf("only %d cases: the file has not been read to its end", len(all))
	}
	for _, l := range all {
		t.Run(fmt.Sprintf("%d %s", l.number, l.text), func(t *testing.T) {
			t.Parallel()
			want := strings.Join(l.want, " or ")
			if got := consentOf(l.text); got != want {
				t.Errorf("line %d: %q means %s, want %s", l.number, l.text, got, want)
			}
			u := Read(l.text, l.in)
			if m := u.Meaning; (m == OptOut && u.Certainty != Likely) != (want == "opt_out") || (m == Tapback) != (want == "tapback") {
				t.Errorf("line %d: Read(%q) means %s, want %s (%s)", l.number, l.text, m, want, u.Why)
			}
		})
	}
}
