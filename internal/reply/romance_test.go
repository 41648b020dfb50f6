package reply

import (
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
			if u := Read(l.text, l.in); !held(l.want, u) {
				t.Errorf("%s:%d: %q means %s, want %s (%s)", file, l.number, l.text, spell(u), strings.Join(l.want, " or "), u.Why)
			}
		}
	}
}

// held reports whether u is what the label says, or a question about what its label says is to be asked, with more
// detail than the label has. What may be acted on must not be asked.
func held(want []string, u Understood) bool {
	got := spell(u)
	for _, w := range want {
		meaning, asks := strings.CutPrefix(w, "?")
		if w == got || asks && u.Certainty == Likely && strings.HasPrefix(strings.TrimPrefix(got, "?")+" ", meaning+" ") {
			return true
		}
	}
	return false
}

// TestTurnedRoundInSpanishAndFrench puts before every text that is acted on what makes it no wish any longer.
func TestTurnedRoundInSpanishAndFrench(t *testing.T) {
	t.Parallel()
	for file, before := range map[string][]string{
		"testdata/es.txt": {"no ", "nunca ", "quizás ", "tal vez ", "¿debería ", "qué pasa si ", "no sé si ", "a menos que "},
		"testdata/fr.txt": {"ne pas ", "jamais ", "peut-être ", "dois-je ", "que se passe-t-il si je ", "je ne sais pas si ", "sauf si "},
	} {
		for _, l := range labelledLines(t, file) {
			if u := Read(l.text, l.in); u.Certainty != Certain || !u.Meaning.Changes() || hasOwnTurn(l.text) {
				continue
			}
			for _, b := range before {
				if u := Read(b+l.text, l.in); u.Certainty == Certain && u.Meaning.Changes() {
					t.Errorf("%s:%d: %q means %s (%s)", file, l.number, b+l.text, spell(u), u.Why)
				}
			}
		}
	}
}

// hasOwnTurn reports whether a text has a yes or a no of its own, or begins with a time that a no before it denies
// ("no, esta vez …"), so that a negation put before it says the same or something else.
func hasOwnTurn(raw string) bool {
	t := normalise(raw)
	for i, w := range t.words {
		switch unaccented(w) {
		case "no", "ne", "pas", "si", "oui", "orale", "lieu", "hasta":
			return true
		case "esta", "este", "por":
			if i == 0 {
				return true
			}
		}
	}
	return false
}
