package reply

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/subscription"
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

// TestNothingIsLeftOut has texts that ask for more than one thing, or for less than a careless reader takes: none may be
// acted on as if the rest had not been said.
func TestNothingIsLeftOut(t *testing.T) {
	t.Parallel()
	in := situation(Spanish)
	for _, text := range []string{
		"salta el té y manda el café ya", "salta el té, el café envíalo", "salta el té, el café que espere", "salta este y me llamas",
		"quita una bolsa", "quita dos bolsas de café", "recibirlo el 10 de diciembre", "no quiero que venga", "sáltalo, este no",
		"mi vecino salta este mes", "este no", "me duele la pierna, tiempo muerto",
		"saute le thé et envoie le café maintenant", "saute le thé, le café envoie-le", "passe", "vous savez pas sauter", "enlève deux paquets",
		"sautez le prochain mais passez-moi quelqu'un", "décaler après les vacances", "ajoutez dix jours", "faites machine arrière", "saurer",
		"je ne veux pas recevoir le colis", "la livraison le 5 décembre c'est bien",
	} {
		if u := Read(text, in); u.Certainty == Certain && u.Meaning.Changes() {
			t.Errorf("%q is acted on: %s (%s)", text, spell(u), u.Why)
		}
	}
}

// situation is a shopper with an order two weeks off who has coffee and green tea, and may swap to decaf.
func situation(l Language) Situation {
	return Situation{
		Language: l, Today: subscription.NewDate(2026, time.November, 10), Order: subscription.NewDate(2026, time.November, 24),
		Products: []Product{
			{Key: "coffee", Name: "House Blend Coffee"}, {Key: "tea", Name: "Green Tea"}, {Key: "decaf", Name: "Decaf", Offer: true},
		},
	}
}

// TestFiguresOfSpeechNeverAct puts every wording that only suggests something alone, beside a product and beside a date.
func TestFiguresOfSpeechNeverAct(t *testing.T) {
	t.Parallel()
	n := 0
	seen := make(map[*entry]bool)
	for _, entries := range entriesFrom() {
		for _, e := range entries {
			if e.row.trait&anyhow == 0 || seen[e] {
				continue
			}
			seen[e] = true
			in := situation(e.language)
			for _, w := range e.wordings(200) {
				for _, text := range []string{w, w + " 10/12", "gracias " + w} {
					tx := normalise(text)
					if !slices.ContainsFunc(parse(&tx, &in).units, func(u unit) bool { return u.has(anyhow) }) {
						continue // a plainer wording covers it
					}
					n++
					if u := Read(text, in); u.Certainty == Certain && u.Meaning.Changes() {
						t.Errorf("%q is acted on: %s (%s)", text, spell(u), u.Why)
					}
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d texts: the wordings were not found", n)
	}
}
