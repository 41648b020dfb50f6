package reply

// term is one thing that a text chooses or leaves out.
type term struct {
	atom    *atom
	fit     options
	number  bool // by number or place
	grouped bool // all of fit, not one of it
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
