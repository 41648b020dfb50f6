package reply

import (
	"fmt"
)

// A reader recognises one family of meanings. It returns false when the text is none of its business.
type reader func(t *text, in *Situation) (Understood, bool)

// readers in the order of meaning; the first that recognises a text wins. New meanings are new readers, or
// new words in the tables of these.
func readers() [10]reader {
	return [10]reader{
		readTapback,
		readOptOut,
		readSign,
		readUnreadable,
		readOptIn,
		readHelp,
		readOwn,
		readAnswer,
		readCommand,
		readRest,
	}
}

// Warm builds the tables that Read otherwise builds when it first needs them, which takes some tens of milliseconds. A
// server calls it before the first text comes; calling it again, or not at all, changes nothing.
func Warm() {
	compiled()
	accented()
	phrasesFrom()
	sayingsFrom()
	typoTargets()
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
