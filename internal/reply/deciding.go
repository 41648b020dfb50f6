package reply

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
	if a.part != refused && a.part != wrapping && a.part != narrowing && a.part != restated {
		d.dont = false
	}
	switch a.part {
	case wrapping, narrowing, article, agreed, accepted:
		return d.agree(a)
	case marking:
		return around[d.c.words[a.lo]] // "number" needs one
	case wanting:
		return d.c.wantedIsChosen()
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
	case hesitating:
		return d.fail("The text is not sure itself.")
	case strange, charging, withholding:
		return false
	case excluding, keeping, excepting, butting, joining, offering:
		return d.connect(a)
	default:
		return d.pick(a)
	}
	return true
}

// connect takes a word that says what the next choices are to the ones before.
func (d *deciding) connect(a *atom) bool {
	switch a.part {
	case excepting:
		if !d.whole {
			return false
		}
		d.leaving, d.idle = true, true
	case butting:
		return d.but()
	case joining:
		d.joined = true
		return !d.idle // not "1 not and 2"
	case offering:
		if !d.leaving {
			return d.fail("The text does not decide between what we asked about.")
		}
		d.leaveAll(a) // "don't skip either"
	default:
		d.joined = d.leaving && len(d.left) > 0 // "ni le café ni le thé"
		d.leaving, d.idle = true, true
	}
	return true
}

// pick takes what stands for options.
func (d *deciding) pick(a *atom) bool {
	switch a.part {
	case everyone:
		return d.everyone(a)
	case leftover:
		d.leftover = true
		return true
	case numbering, placing:
		if d.before == restated && d.c.mayCount(a) { // "skip 2" may be two orders
			return false
		}
		fit, placed, why := d.c.place(a)
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
	}
	return d.add(a, d.positioned(a), true)
}

// leaveAll leaves out all options.
func (d *deciding) leaveAll(a *atom) {
	d.idle = false
	d.left = append(d.left, term{a, d.c.row(len(d.c.q.Options), false), true, true})
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
		d.leaveAll(a)
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
