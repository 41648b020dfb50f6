package reply

import (
	"slices"
	"strings"
	"testing"
)

// TestRomance holds the Spanish and French texts to their labels: every one of them must be understood so.
func TestRomance(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"testdata/es.txt", "testdata/fr.txt"} {
		all := labelledLines(t, file)
		if len(all) < 200 {
			t.Errorf("%s has only %d texts", file, len(all))
		}
		for _, l := range all {
			if u := Read(l.text, l.in); !slices.Contains([]verdict{isRight, askedAsMeant}, held(l.want, u)) {
				t.Errorf("%s:%d: %q means %s, want %s (%s)", file, l.number, l.text, spell(u), strings.Join(l.want, " or "), u.Why)
			}
		}
	}
}

// askedAsMeant is a question about what its label says is to be asked, with more detail than the label has.
const askedAsMeant verdict = "asked as meant"

// held is stricter than judge: what may be acted on must not be asked.
func held(want []string, u Understood) verdict {
	got := spell(u)
	for _, w := range want {
		meaning, asks := strings.CutPrefix(w, "?")
		switch {
		case w == got:
			return isRight
		case asks && u.Certainty == Likely && strings.HasPrefix(strings.TrimPrefix(got, "?")+" ", meaning+" "):
			return askedAsMeant
		}
	}
	return missed
}
