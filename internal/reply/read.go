package reply

import (
	"fmt"
	"strings"
)

// A reader recognises one family of meanings. It returns false when the text is none of its business.
type reader func(t *text, in *Situation) (Understood, bool)

// readers in the order of meaning; the first that recognises a text wins. New meanings are new readers, or
// new words in the tables of these.
func readers() [8]reader {
	return [8]reader{
		readTapback,
		readOptOut,
		readUnreadable,
		readOptIn,
		readHelp,
		readAnswer,
		readCommand,
		readUnknown,
	}
}

// Read returns what raw means in a situation. It never fails: what cannot be understood means Unknown, and what
// is only likely says so in Certainty.
func Read(raw string, in Situation) Understood {
	t := normalise(raw)
	for _, read := range readers() {
		if u, ok := read(&t, &in); ok {
			return u
		}
	}
	return unknown("", "Nobody taught Rejoinder to read this.") // readUnknown recognises everything
}

// IsYes reports whether raw, as a whole, agrees: the answer a double opt-in waits for.
func IsYes(raw string) bool {
	t := normalise(raw)
	return t.readable() && t.isWord(agreeing)
}

var (
	optInWords = set("start unstop")
	helpWords  = set("help info")
	agreeing   = set("y yes yep yeah yup")
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

// readable reports whether the text may be read for anything but an opt-out. A stop sign beside other words
// contradicts them, so nothing is read into those.
func (t *text) readable() bool { return !t.broken && !t.long && !t.stopSign && len(t.words) > 0 }

func readUnreadable(t *text, _ *Situation) (Understood, bool) {
	switch {
	case t.readable():
		return Understood{}, false
	case t.broken:
		return unknown("", "Part of the text arrived damaged, so a person should read it."), true
	case t.long:
		return unknown("", "The text is too long to be a reply word, so a person should read it."), true
	case t.stopSign:
		return unknown("", "The text has a stop sign beside other words; a person should see what is meant."), true
	case t.emoji:
		return unknown("", "The text is only emoji, which ask for nothing in particular."), true
	}
	return unknown("", "The text has no words in it."), true
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

// negating turn round whatever else a text says. Apostrophes have been dropped.
var negating = set(`dont not never no nor cant cannot wont didnt doesnt isnt arent shouldnt wouldnt couldnt
	havent hasnt without nope nah`)

// readUnknown says why a text goes to a person. It recognises everything.
func readUnknown(t *text, in *Situation) (Understood, bool) {
	s := t.bare()
	if t.isWord(agreeing) {
		return unknown("yes", "The text agrees, but no question with yes or no is open."), true
	}
	var command string
	for i := s.lo; i < s.hi; i++ {
		w := t.words[i]
		if negating[w] && s.hi-s.lo > 1 {
			return unknown(w, fmt.Sprintf("The text says “%s”, so nothing was done.", w)), true
		}
		if _, ok := commands[w]; ok && command == "" {
			command = w
		}
	}
	switch {
	case command != "":
		return unknown(command, fmt.Sprintf(
			"The text has “%s” among other words, so what is wanted is not certain.", command)), true
	case s.lo == s.hi:
		return unknown(t.join(t.all()), "The text only says please or thanks."), true
	case in.Open != nil:
		return unknown("", "The text does not say which of the orders in our question is meant."), true
	}
	return unknown("", "The text is not one of the words Rejoinder acts on."), true
}

func unknown(words, why string) Understood {
	return Understood{Wish: Wish{Meaning: Unknown}, Words: words, Why: why}
}

// reactions are how phones that cannot show a reaction spell it, up to the quoted text. In clean text the
// emoji of "Reacted 👍 to" is gone.
var reactions = []string{
	"liked", "loved", "disliked", "emphasized", "emphasised", "laughed at", "questioned", "reacted to",
	"removed a like from", "removed a heart from", "removed a dislike from", "removed a laugh from",
	"removed an exclamation from", "removed a question mark from", "removed from",
}

// reactedTo are the things without words that a phone names instead of quoting.
var reactedTo = set("image photo picture video movie sticker link attachment message")

// readTapback recognises the text a phone makes of a reaction: a set verb, then our own words in quotation
// marks to the end, or the name of a thing.
func readTapback(t *text, _ *Situation) (Understood, bool) {
	for _, verb := range reactions {
		rest, ok := strings.CutPrefix(t.clean, verb+" ")
		if ok && (quoted(rest, t.long) || thing(rest)) {
			return tapback(verb), true
		}
	}
	if rest, ok := strings.CutPrefix(t.clean, "to "); ok && t.emoji && quoted(rest, t.long) {
		return tapback("to"), true
	}
	return Understood{}, false
}

func tapback(verb string) Understood {
	return Understood{Wish: Wish{Meaning: Tapback}, Words: verb, Why: "A phone's reaction to one of our texts; it asks for nothing."}
}

// quoted reports whether s is one quotation. The end of a cut text cannot be seen and is taken on trust.
func quoted(s string, cut bool) bool {
	return len(s) >= 2 && s[0] == '"' && (cut || s[len(s)-1] == '"')
}

// thing reports whether s is "an image", "your message" and the like.
func thing(s string) bool {
	article, name, ok := strings.Cut(s, " ")
	return ok && (article == "a" || article == "an" || article == "your") && reactedTo[name]
}
