package reply

import "testing"

// TestHints: what asks for nothing in so many words is asked about, and never done.
func TestHints(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// Ellipses, idioms and times.
		"not this time bestie": "?skip", "we are drowning in coffee over here": "?skip", "don't bother this month": "?skip",
		"ugh too soon folks": "?delay", "can it wait": "?delay", "gimme another two weeks": "?delay 2 week",
		"broke til the 1st, can it wait": "?delay to=2026-12-01", "please add me back to the rotation": "?resume",
		"rollback my last change": "?undo", "how long till my tea": "?next", "sadly running low over here": "?now",
		// The words of a name, of a quotation, of something else.
		"the word “skip” is funny": "unknown", "Hi Skip!": "?skip", "skip leg day": "unknown", "my resume is attached": "unknown",
		"sorry for the delay at the bank": "unknown",
		// A negation that governs something else.
		"dont wait, send it right now": "?now", "no need to get upset": "person", "I never asked you to skip": "?undo",
		"could I pause without cancelling?": "?pause",
		"pause life":                        "unknown", "get it here by friday": "?now", "send it monday": "?delay to=2026-11-30",
		// Corrections, and days it is not to come before.
		"delay 2 weeks, actually 3": "?delay 3 week", "delay 2 weeks no, make it 3": "?delay 3 week", "2 weeks, actually 3": "?delay 3 week",
		"delay to dec 10, sorry dec 12": "?delay to=2026-12-12", "dont send it before december 10": "?delay to=2026-12-10",
		"not before the 10th": "?delay to=2026-12-10", "put it back a fortnight": "delay 2 week", "put it back": "undo",
		"skip till my check comes": "?delay", "not the 24th, the 28th": "?delay to=2026-11-28",
		// All that there is.
		"skip both the coffee and the tea": "skip all", "skip coffee and tea": "skip of=coffee & skip of=tea",
		// Which of the two is meant.
		"stop please no": "?opt_out", "SKIP and STOP": "?opt_out", "stop it": "?opt_out", "stop": "opt_out",
	} {
		if got := spell(Read(text, shop())); got != want {
			t.Errorf("%q means %s, want %s", text, got, want)
		}
	}
}
