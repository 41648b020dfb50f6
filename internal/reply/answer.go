package reply

import "slices"

// readAnswer reads a text as the answer to the open question. What asks for something, and for certain, is no answer
// but asks for that; "skip" to "Do you want to skip?" is one.
func readAnswer(t *text, in *Situation) (Understood, bool) {
	switch {
	case len(t.words) > longestAnswer:
		return Understood{}, false
	case in.Open == nil || in.Open.About != AboutYes && len(in.Open.Options) == 0 && in.Open.About != AboutDate:
		return readYesOrNo(t, in)
	case in.Open.About == AboutYes:
		return readAgreement(t, in)
	}
	c := newChoosing(t, in)
	if u := t.understood(in); u.Certainty == Certain && (u.Meaning.IsCommand() || u.Meaning == Keep) {
		return c.beside(&u)
	}
	if u, ok := c.read(); ok {
		return u, true
	}
	if u, ok := c.timed(); ok {
		return u, true
	}
	if c.unclear != "" {
		return unknown(t.join(t.bare()), c.unclear), true
	}
	if u, ok := readYesOrNo(t, in); ok && u.Meaning != No {
		return u, true
	}
	return Understood{}, false
}

// beside reads a text that says something certain without the question. It is the answer only when it says what was
// asked about and chooses by it, or when it is a time and nothing else.
func (c *choosing) beside(u *Understood) (Understood, bool) {
	if u.Meaning == c.q.Wish.Meaning && c.q.About == AboutProduct && len(u.Then) == 0 {
		if fit := c.meant(u); fit != 0 {
			c.atoms = []atom{{span: c.t.bare(), part: naming, fit: fit, language: u.Language}}
			return c.choice(fit), true
		}
	}
	got, ok := c.read()
	if !ok {
		got, ok = c.timed()
	}
	switch {
	case ok && c.q.About == AboutDate && !c.restates():
		return got, true
	case ok && u.Meaning == Quantity && c.q.Wish.Meaning != Quantity: // "let's do 2"
		return got, true
	case ok && got.Meaning == Choice && c.loosely && !c.commands(): // "skiper" of a product called Skipper
		return got, true
	case !ok && c.placedFirst():
		again := *u
		again.Certainty = Likely
		again.Why = "The text answers our question, and asks for something else."
		return again, true
	}
	return Understood{}, false
}

// meant returns the option that the product named in u is: "I'll take the decaf" to "Which one instead?".
func (c *choosing) meant(u *Understood) options {
	rest, key := u.Wish, u.For
	switch {
	case u.Meaning == Swap && key != "" && (rest.Product == "" || rest.Product == c.q.Wish.Product):
		rest.Product, rest.For = "", ""
	case u.Meaning != Swap:
		key, rest.Product = rest.Product, ""
	default:
		return 0
	}
	if key == "" || !equal(rest, Wish{Meaning: u.Meaning}) {
		return 0
	}
	var fit options
	for i, o := range c.q.Options {
		if o.Key == key && i < mostOptions {
			fit |= 1 << i
		}
	}
	if fit.count() != 1 {
		return 0
	}
	return fit
}

// restates reports whether the text has the command that the question is about.
func (c *choosing) restates() bool {
	for i := range c.atoms {
		if c.atoms[i].part == restated {
			return true
		}
	}
	return false
}

// commands reports whether a word of the text begins a command, so that the grammar need not have taken another for it.
func (c *choosing) commands() bool {
	for _, w := range c.words {
		if slices.ContainsFunc(c.taught(w), func(e *entry) bool { return e.row.means.IsCommand() || e.row.trait&sends != 0 }) {
			return true
		}
	}
	return false
}

// placedFirst reports whether the text begins with a place in the list: "the first one, and delay the other".
func (c *choosing) placedFirst() bool {
	for i := range c.atoms {
		switch a := &c.atoms[i]; a.part {
		case wrapping, narrowing, article, marking, agreed, accepted:
		case placing, firstly, lastly, middling:
			return true
		default:
			return a.part == numbering && a.marked
		}
	}
	return false
}

// read reads the text as a choice, first by the names as they are shown, then by nicknames and with slips of the
// finger.
func (c *choosing) read() (Understood, bool) {
	if len(c.q.Options) > mostOptions {
		return Understood{}, false
	}
	c.names = namesOf(c.q.Options)
	fit, why, ok := c.scanned()
	if !ok && why == "" {
		c.loosely = true
		c.names.addNicknames(c.q.Options, c.in.Products)
		c.translate()
		fit, why, ok = c.scanned()
	}
	if !ok {
		c.unclear = why
		return Understood{}, false
	}
	return c.choice(fit), true
}

// scanned scans the text and decides.
func (c *choosing) scanned() (fit options, why string, ok bool) {
	if !c.scan() {
		return 0, "", false
	}
	return c.decide()
}
