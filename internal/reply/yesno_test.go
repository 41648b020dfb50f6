package reply

import "testing"

func TestYesOrNo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		language Language
		question string
		answers  string
	}{
		{"sending now", English, "yes now", `
			i only want => unknown
			yesss => yes
			k => yes
			sure, why not => yes
			yes i want it => yes
			👍 => yes
			✅ => yes
			👍🏽🙏 => yes
			👍👎 => unknown
			👎 => no
			❌ => no
			yes 👎 => unknown
			yes 🤔 => unknown
			no 👍 => no
			charge it => yes
			ship it now => yes
			don't charge my card => no
			i don't want it yet => no
			cancel it => no
			no, cancel that => no
			wait => unknown
			yes? no => unknown
			yes maybe => unknown
			yes or no => unknown
			yes but only the tea => unknown
			yes if it ships today => unknown
			yes in 2 weeks => unknown
			no, skip it => skip
			no please skip it => skip
			no skip it => ?skip
			no, delay it 2 weeks => delay 2 week
			stop => opt_out
			cancel => opt_out
			1 => unknown`},
		{"moving", English, "yes delay", `
			delay => yes
			delay it please => yes
			2 weeks => delay 2 week
			yes 2 weeks => ?delay 2 week
			no, make it 3 weeks => delay 3 week
			no, dec 15 => delay to=2026-12-15
			no don't delay it => no
			no, skip => skip`},
		{"skipping", English, "yes skip", `
			skip => yes
			yes skip it please => yes
			don't skip => no
			no skip => no
			i want it => unknown
			yes i want it => unknown
			no, skip => unknown`},
		{"in Spanish", Spanish, "yes now", `
			cámbiala => swap
			envíala => yes
			sí, por favor => yes
			siii => yes
			órale => yes
			dale pues => yes
			no gracias => no
			todavía no => no
			no lo mandes => no
			espera => unknown
			sí pero no el té => unknown
			no, salta este => skip`},
		{"in French", French, "yes now", `
			changez-la => swap
			envoyez-la => yes
			ouais svp => yes
			bien sûr => yes
			allez-y => yes
			d'accord merci => yes
			non merci => no
			pas maintenant => no
			n'envoyez pas => no
			attendez => unknown
			oui mais pas le thé => unknown
			non, sautez-la => skip`},
		{"no question", English, "none", `
			yes => yes
			si => yes
			oui svp => yes
			no thanks => no
			sure => yes
			ok => thanks
			👍 => thanks
			👎 => unknown
			do it => unknown
			yes no => unknown`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := askedWith(t, tt.language, tt.question)
			checkAnswers(t, in, tt.answers)
			if u := Read("yes", in); in.Open == nil && u.Certainty != None {
				t.Errorf("a yes to nothing is %q", u.Certainty)
			} else if in.Open != nil && u.Certainty != Certain {
				t.Errorf("a yes is %q", u.Certainty)
			}
		})
	}
}
