package reply

import "fmt"

// IsYes reports whether raw, as a whole, agrees: the answer a double opt-in waits for.
func IsYes(raw string) bool {
	t := normalise(raw)
	return t.readable() && t.agrees()
}

var (
	optInWords = set("start unstop")
	helpWords  = set("help info")
)

// IsOptIn reports whether raw asks to be texted again: START or UNSTOP and nothing else.
func IsOptIn(raw string) bool {
	t := normalise(raw)
	return t.readable() && t.isWord(optInWords)
}

// IsHelp reports whether raw asks who we are: HELP or INFO and nothing else.
func IsHelp(raw string) bool {
	t := normalise(raw)
	return t.readable() && t.isWord(helpWords)
}

// isWord reports whether the text is one of words and nothing else, please and thanks apart.
func (t *text) isWord(words map[string]bool) bool {
	s := t.bare()
	return s.hi-s.lo == 1 && words[t.words[s.lo]]
}

func readOptIn(t *text, _ *Situation) (Understood, bool) {
	return t.wordMeaning(optInWords, OptIn, "which asks for texts again")
}

func readHelp(t *text, _ *Situation) (Understood, bool) {
	return t.wordMeaning(helpWords, Help, "which asks who is texting and how to stop it")
}

func (t *text) wordMeaning(words map[string]bool, m Meaning, which string) (Understood, bool) {
	if !t.isWord(words) {
		return Understood{}, false
	}
	w := t.join(t.bare())
	return Understood{Wish: Wish{Meaning: m}, Words: w, Why: fmt.Sprintf("The text says “%s”, %s.", w, which)}, true
}
