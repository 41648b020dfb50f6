package reply

import (
	"fmt"
	"strings"
)

// A reader recognises one family of meanings. It returns false when the text is none of its business.
type reader func(t *text, in *Situation) (Understood, bool)

// readers in the order of meaning; the first that recognises a text wins. New meanings are new readers, or
// new words in the tables of these.
func readers() [9]reader {
	return [9]reader{
		readTapback,
		readOptOut,
		readUnreadable,
		readOptIn,
		readHelp,
		readOwn,
		readAnswer,
		readCommand,
		readRest,
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
	return unknown("", "Nobody taught Rejoinder to read this.") // readRest recognises everything
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

// Wording is the form in which wordings are compared: the normalised words without please and thanks. It is ""
// for a text without words.
func Wording(raw string) string {
	t := normalise(raw)
	return t.join(t.bare())
}

// readOwn recognises a text that is, as a whole, one of the shop's own words.
func readOwn(t *text, in *Situation) (Understood, bool) {
	if len(in.Own) == 0 {
		return Understood{}, false
	}
	w := t.join(t.bare())
	m, ok := in.Own[w]
	if !ok || w == "" {
		return Understood{}, false
	}
	u := Understood{Wish: Wish{Meaning: m}, Words: w, Why: fmt.Sprintf("The text says “%s”, which this shop taught Rejoinder.", w)}
	if m.IsCommand() {
		u.Certainty = Certain
	}
	return u, true
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
