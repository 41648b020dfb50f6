package reply

// term is one thing that a text chooses or leaves out.
type term struct {
	atom    *atom
	fit     options
	number  bool // by number or place
	grouped bool // all of fit, not one of it
}

// deciding turns the atoms of a text into a choice.
type deciding struct {
	c         *choosing
	chosen    []term
	left      []term
	whole     bool // all options
	leaving   bool // after "not" or "except", up to the end of the clause
	idle      bool // "not" or "except" came, and nothing it leaves out yet
	joined    bool // "and" came since the last term
	group     int  // "both" came: the name that follows fits so many; -1: any number
	none      bool
	yes, not  bool // there was a yes, a no
	dont      bool // the no was "don't", right before
	leftover  bool // "the other one"
	frames    int  // "can you" without its command yet
	restated  bool // the command was said again
	before    part // of the atom before
	corrected bool // what was chosen is taken back when another choice follows
	why       string
}

// decide returns what the atoms choose. It is false when they choose nothing and leave nothing out; why says what is
// unclear when that is known.
func (c *choosing) decide() (fit options, why string, ok bool) {
	d := &deciding{c: c}
	for i := range c.atoms {
		if i > 0 && c.t.clause[c.atoms[i].lo] != c.t.clause[c.atoms[i-1].lo] {
			d.pause(&c.atoms[i])
		}
		if !d.take(&c.atoms[i]) {
			return 0, d.why, false
		}
		d.before = c.atoms[i].part
	}
	return d.result()
}

// pause is punctuation: "not" reaches no further, except over a row of numbers, where nobody can tell.
func (d *deciding) pause(a *atom) {
	if d.leaving && !d.whole && len(d.left) > 0 && a.part == numbering {
		d.why = "The text does not say which of the numbers are not meant."
	}
	d.leaving, d.group = false, 0
}

func (d *deciding) fail(why string) bool {
	d.why = why
	return false
}

// take takes the next atom. It is false when nothing can be made of the text.
func (d *deciding) take(a *atom) bool {
	if d.why != "" {
		return false
	}
	c := d.c
	if a.part != refused && a.part != wrapping && a.part != narrowing && a.part != restated {
		d.dont = false
	}
	switch a.part {
	case wrapping, narrowing, article, agreed, accepted:
		return d.agree(a)
	case marking:
		return around[c.words[a.lo]] // "number" needs one
	case wanting:
		return c.wantedIsChosen()
	case framing:
		d.frames++
	case restated:
		d.frames, d.restated = 0, !d.dont
		if d.dont {
			d.not, d.leaving, d.idle = false, true, true
		}
	case refused:
		return d.refuse(a)
	case declined:
		d.none = true
	case correcting:
		d.corrected = len(d.chosen)+len(d.left) > 0 || d.whole || d.none || d.not
	case excluding, keeping:
		d.leaving, d.idle = true, true
	case excepting:
		if !d.whole {
			return false
		}
		d.leaving, d.idle = true, true
	case butting:
		return d.but()
	case joining:
		if d.idle { // "1 not and 2"
			return false
		}
		d.joined = true
	case hesitating:
		return d.fail("The text is not sure itself.")
	case offering:
		if d.leaving { // "don't skip either"
			d.idle = false
			d.left = append(d.left, term{a, c.row(len(c.q.Options), false), true, true})
			return true
		}
		return d.fail("The text does not decide between what we asked about.")
	case everyone:
		return d.everyone(a)
	case leftover:
		d.leftover = true
	case numbering, placing:
		if d.before == restated && c.mayCount(a) { // "skip 2" may be two orders
			return false
		}
		fit, placed, why := c.place(a)
		if why != "" {
			return d.fail(why)
		}
		return d.add(a, fit, placed)
	case dating:
		if a.fit == 0 && a.time.Day.IsZero() {
			return false
		}
		return d.add(a, a.fit, false)
	case naming:
		return d.add(a, a.fit, false)
	case strange, charging, withholding:
		return false
	default:
		return d.add(a, d.positioned(a), true)
	}
	return true
}

// agree takes a yes, and the Spanish and English letters that may also join.
func (d *deciding) agree(a *atom) bool {
	d.yes = d.yes || a.part == agreed
	if w := d.c.words[a.lo]; a.part == agreed && a.hi == a.lo+1 && w == "y" && len(d.chosen)+len(d.left) > 0 {
		d.joined = true
	}
	return true
}

// refuse takes a no, and the English letter that may also join.
func (d *deciding) refuse(a *atom) bool {
	if w := d.c.words[a.lo]; a.hi == a.lo+1 && w == "n" && len(d.chosen)+len(d.left) > 0 {
		d.joined = true
		return true
	}
	if d.picked(a) { // "the coffee no, the tea"
		last := len(d.chosen) - 1
		d.chosen, d.left = d.chosen[:last], append(d.left, d.chosen[last])
		return true
	}
	w := d.c.words[a.hi-1]
	d.not, d.dont = true, w == "dont" || w == "not"
	return true
}

// picked reports whether the "no" that a is says no to what was chosen right before it: it ends the clause.
func (d *deciding) picked(a *atom) bool {
	c := d.c
	if c.words[a.lo] != "no" || a.hi != a.lo+1 || d.leaving || len(d.chosen) == 0 || a.hi >= len(c.words) {
		return false
	}
	last := d.chosen[len(d.chosen)-1].atom
	return last.hi == a.lo && c.t.clause[last.lo] == c.t.clause[a.lo] && c.t.clause[a.hi] != c.t.clause[a.lo]
}

// mayCount reports whether the number a may say how many, not which: it is the only one, and nothing says that it is a
// place.
func (c *choosing) mayCount(a *atom) bool {
	if a.part != numbering || a.marked || a.articled {
		return false
	}
	for i := range c.atoms {
		if b := &c.atoms[i]; b != a && (b.part == numbering || b.part == placing) {
			return false
		}
	}
	return true
}

// but is "all but the tea" and "not the tea but the coffee".
func (d *deciding) but() bool {
	switch {
	case d.leaving && len(d.left) > 0:
		d.leaving = false
	case d.whole:
		d.leaving, d.idle = true, true
	default:
		return false
	}
	return true
}

// everyone takes "all", "both" and "all three". A name that follows may say of what.
func (d *deciding) everyone(a *atom) bool {
	if d.c.named(a) {
		if d.group = a.n; a.n == 0 {
			d.group = -1
		}
		return true
	}
	if n := len(d.c.q.Options); a.n != 0 && a.n != n {
		return d.fail("The text gives another number than there were in the question.")
	}
	if d.leaving {
		d.idle = false
		d.left = append(d.left, term{a, d.c.row(len(d.c.q.Options), false), true, true})
		return true
	}
	d.whole = true
	return true
}

// named reports whether a name or date stands right behind a, articles and the like apart.
func (c *choosing) named(a *atom) bool {
	for i := range c.atoms {
		b := &c.atoms[i]
		switch {
		case b.lo < a.hi:
		case c.t.clause[b.lo] != c.t.clause[a.lo]:
			return false
		case b.part == naming, b.part == dating:
			return b.fit != 0
		case b.part != wrapping && b.part != article && b.part != narrowing:
			return false
		}
	}
	return false
}

// positioned returns the options of "the last two", "the middle one" and the like.
func (d *deciding) positioned(a *atom) options {
	c := d.c
	n := len(c.q.Options)
	switch a.part {
	case firstly:
		return c.row(a.n, false)
	case lastly:
		return c.row(a.n, true)
	case middling:
		if n%2 == 1 {
			return 1 << (n / 2)
		}
	case soonest:
		return c.extreme(false)
	case latest:
		return c.extreme(true)
	}
	return 0
}

// add adds what an atom stands for, or takes it together with the one before when both say the same thing.
func (d *deciding) add(a *atom, fit options, number bool) bool {
	if fit == 0 {
		return d.fail("The text does not say which one is meant.")
	}
	if d.corrected {
		return d.fail("The text takes something back.")
	}
	list := &d.chosen
	if d.leaving {
		list, d.idle = &d.left, false
	}
	t := term{atom: a, fit: fit, number: number, grouped: a.part == firstly || a.part == lastly}
	if d.group != 0 && !number {
		if d.group > 0 && fit.count() != d.group {
			return d.fail("The text gives another number than there are of that name.")
		}
		t.grouped, d.group = true, 0
	}
	if n := len(*list); n > 0 && !d.joined && !t.grouped {
		same, ok := d.together(&(*list)[n-1], &t)
		if !ok || same {
			return ok
		}
	}
	d.joined = false
	*list = append(*list, t)
	return true
}

// together reports whether b says again what a said ("2, the tea"), having narrowed a down to what both fit. It is not
// ok when they contradict each other or nobody can tell.
func (d *deciding) together(a, b *term) (same, ok bool) {
	apart := d.c.t.clause[a.atom.lo] != d.c.t.clause[b.atom.lo]
	both := a.fit & b.fit
	switch {
	case a.number && b.number:
		return a.fit == b.fit, true
	case a.grouped:
		return false, apart
	case a.number && !apart && a.atom.part == numbering && a.atom.articled && b.fit.count() == a.atom.n && a.atom.n > 1:
		a.fit, a.grouped, a.number = b.fit, true, false // "the two on the 24th"
		return true, true
	case a.number && d.counts(a, b):
		return false, d.fail("The text may give a number of things instead of choosing.")
	case both != 0:
		a.fit = both
		return true, true
	case a.number || b.number || !apart:
		return false, d.fail("The text names things that are not together in what we asked about.")
	}
	return false, true
}

// counts reports whether the number a may say how many of b there are: "2 coffees".
func (d *deciding) counts(a, b *term) bool {
	return a.atom.part == numbering && !a.atom.marked && a.atom.hi == b.atom.lo && d.c.t.clause[a.atom.lo] == d.c.t.clause[b.atom.lo]
}

// result is what all atoms choose together.
func (d *deciding) result() (fit options, why string, ok bool) {
	all := d.c.row(len(d.c.q.Options), false)
	if all == 0 && !d.not && !d.none {
		return 0, "", false
	}
	chosen, one := unite(d.chosen)
	left, oneLeft := unite(d.left)
	switch {
	case d.why != "":
		return 0, d.why, false
	case d.frames > 0, d.joined, d.idle:
		return 0, "", false
	case chosen.count() > 1 && d.c.q.About == AboutDate, d.whole && d.c.q.About == AboutDate && all.count() > 1 && left == 0:
		return 0, "Only one of the dates we asked about can be chosen.", false
	case d.not && (d.yes || d.restated && !d.none || chosen|left != 0 || d.whole || d.leftover):
		return 0, "The text has a no in it, so what is chosen is not certain.", false
	case (d.not || d.none) && chosen|left == 0 && !d.whole && !d.leftover && !d.leaving:
		return 0, "", true
	case d.none, !one, !oneLeft:
		return 0, "The text fits more than one of what we asked about.", false
	case d.leftover:
		return d.other(all, chosen, left)
	case d.whole && (chosen == 0 || chosen == all):
		return all &^ left, "", true
	case d.whole, chosen&left != 0:
		return 0, "The text chooses and leaves out the same.", false
	case chosen != 0:
		return chosen, "", true
	case left == all:
		return 0, "", true
	case left != 0:
		return 0, "The text only says what is not meant.", false
	}
	return 0, "", false
}

// other is "the other one": certain only when there are two and one was left out.
func (d *deciding) other(all, chosen, left options) (options, string, bool) {
	if all.count() == 2 && left.count() == 1 && chosen == 0 && !d.whole {
		return all &^ left, "", true
	}
	return 0, "The text does not say which one the other is.", false
}

// unite is all that terms stand for, and whether each stands for one thing or for all of a group.
func unite(terms []term) (fit options, clear bool) {
	clear = true
	for i := range terms {
		fit |= terms[i].fit
		clear = clear && (terms[i].grouped || terms[i].fit.count() == 1)
	}
	return fit, clear
}

// wantedIsChosen reports whether "I want the coffee" chooses the coffee: not when it is asked what to skip, and not
// when it is asked what to give up.
func (c *choosing) wantedIsChosen() bool {
	switch {
	case c.q.About == AboutDate, c.q.Wish.Meaning == Now, c.q.Wish.Product != "":
		return c.q.Wish.Meaning != Skip && c.q.Wish.Meaning != Pause || c.q.About == AboutDate
	}
	for _, o := range c.q.Options {
		if !c.onOffer(o.Key) {
			return false
		}
	}
	return c.q.Wish.Meaning == Swap
}

func (c *choosing) onOffer(key string) bool {
	for _, p := range c.in.Products {
		if p.Key == key && !p.Offer {
			return false
		}
	}
	for _, p := range c.in.Products {
		if p.Key == key {
			return true
		}
	}
	return false
}
