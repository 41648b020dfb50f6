package reply

import "slices"

// wish is what a statement with a command asks for, and why it is not certain.
func (g *grammar) wish(s *statement) ([]Wish, doubt) {
	head := &g.units[s.head]
	a := g.arguments(s)
	if fit := g.nameWithin(head.span); fit != nil {
		a.about = append(a.about, fit)
	}
	w := Wish{Meaning: head.means(), All: a.all}
	if head.has(sends) {
		w.Meaning = a.asked(g, head)
	}
	if w.Meaning == Undo && len(a.times) == 1 && g.words[head.hi-1] == "back" && !g.ofTheOrder(a.times[0]) { // "put it back a week"
		w.Meaning = Delay
	}
	d := s.doubt | g.doubtsOf(s, w.Meaning, a)
	if a.plural && (w.Meaning == Skip || w.Meaning == Delay) {
		w.All = true
		d |= doubtArgs
	}
	if w.Meaning == Skip && a.counted && a.goods && !a.object && head.has(weak|vague) { // "take out one bag"
		w.Meaning, w.Count, w.More = Quantity, -a.number, true
		return g.about(w, a, d|doubtWeak)
	}
	switch w.Meaning {
	case Skip:
		d |= g.skipping(&w, a, head)
	case Delay:
		d |= g.delaying(&w, a, !head.has(sends))
	case Pause:
		d |= g.pausing(&w, a)
	case Swap:
		return g.swapping(w, a, d)
	case Quantity:
		if head.has(more) && !a.counted && len(a.times) == 1 { // "add ten days"
			w.Meaning = Delay
			d |= g.delaying(&w, a, true) | doubtWeak
			break
		}
		if head.has(less) && !a.counted && head.count == 0 { // "remove the tea"
			w.Meaning = Skip
			d |= doubtVague
			break
		}
		d |= quantity(&w, a, head)
	case Next, Link:
		return []Wish{{Meaning: w.Meaning}}, d
	default:
		if a.counted || len(a.times) > 0 || a.orders > 1 {
			d |= doubtArgs
		}
	}
	if len(a.wanted) > 0 || len(a.unwanted) > 0 {
		d |= doubtArgs
	}
	return g.about(w, a, d)
}

// nameWithin returns the product named inside a phrase: "no coffee this month".
func (g *grammar) nameWithin(s span) []int {
	for i := s.lo; i < s.hi; i++ {
		if fit, hi := g.names.at(g.words[:s.hi], g.t.words, g.t.clause, i); hi > i {
			return fit
		}
	}
	return nil
}

// doubtsOf are the doubts about a statement that do not hang on what exactly is wanted.
func (g *grammar) doubtsOf(s *statement, m Meaning, a arguments) doubt {
	head, d := &g.units[s.head], doubt(0)
	note := func(why doubt, holds bool) {
		if holds {
			d |= why
		}
	}
	unnamed := !a.object && !a.goods && len(a.about) == 0
	note(doubtVague, head.has(vague) && (head.means() == "" || m == head.means())) // "send it" is vague, "send it Friday" is not
	note(doubtWeak, head.has(weak) && !a.said())
	note(doubtWeak, head.has(limited) && (len(a.times) == 0 || unnamed && head.hi-head.lo == 1))
	note(doubtWeak, head.has(done) && !s.framed)
	note(doubtWeak, head.has(faint) && !g.alone(s.head))
	note(doubtOther, a.dangling || s.before || s.after)
	note(doubtTurn, a.corrected)
	note(doubtArgs, a.twice || a.suits || a.all && (len(a.about) > 0 && !g.allNamed(a.about) || len(a.wanted) > 0 || m == Undo))
	note(doubtName, a.goods && len(a.about) == 0 && m != Quantity && m != Next)
	return d
}

// said reports whether there is anything to a command but its verb.
func (a *arguments) said() bool {
	return a.object || a.goods || a.counted || len(a.about) > 0 || len(a.times) > 0 || len(a.wanted) > 0
}

// asked is what "send" and "make it" ask for, which goes by what follows.
func (a *arguments) asked(g *grammar, head *unit) Meaning {
	switch {
	case len(a.wanted) > 0, len(a.unwanted) > 0:
		return Swap
	case a.counted && len(a.times) > 0:
		return Delay
	case a.counted:
		return Quantity
	case len(a.about) > 0 && len(g.only(a.about[0], true)) > 0 && len(g.only(a.about[0], false)) == 0:
		return Swap
	case len(a.times) > 0:
		return Delay
	}
	return head.means()
}

// about adds the products named: one wish for each.
func (g *grammar) about(w Wish, a arguments, d doubt) ([]Wish, doubt) {
	if len(a.about) == 0 {
		return []Wish{w}, d
	}
	if a.all && len(a.about) > 1 && g.allNamed(a.about) { // "both the coffee and the tea"
		return []Wish{w}, d
	}
	w.All = false
	var all []Wish
	for _, fit := range a.about {
		key, ok := g.key(g.only(fit, false))
		if !ok {
			d |= doubtName
		}
		w.Product = key
		all = append(all, w)
	}
	return all, d
}

// allNamed reports whether every product the customer has is named.
func (g *grammar) allNamed(about [][]int) bool {
	named := make(map[string]bool)
	for _, fit := range about {
		key, ok := g.key(g.only(fit, false))
		if !ok {
			return false
		}
		named[key] = true
	}
	return !slices.ContainsFunc(g.in.Products, func(p Product) bool { return !p.Offer && !named[p.Key] })
}

// only keeps the products that are offered, or those that the customer has.
func (g *grammar) only(fit []int, offer bool) []int {
	return slices.DeleteFunc(slices.Clone(fit), func(i int) bool { return g.in.Products[i].Offer != offer })
}

// key returns the key all of fit share.
func (g *grammar) key(fit []int) (string, bool) {
	if len(fit) == 0 {
		return "", false
	}
	key := g.in.Products[fit[0]].Key
	for _, i := range fit[1:] {
		if g.in.Products[i].Key != key {
			return "", false
		}
	}
	return key, true
}

// swapping reads what is wanted and instead of what.
func (g *grammar) swapping(w Wish, a arguments, d doubt) ([]Wish, doubt) {
	w.All = false
	from := append(slices.Clone(a.unwanted), a.about...)
	wanted := a.wanted
	if len(wanted) == 0 && len(a.about) > 0 { // "i want decaf instead": the one that is on offer is wanted
		from = slices.Clone(a.unwanted)
		for _, fit := range a.about {
			if len(g.only(fit, true)) > 0 && len(wanted) == 0 && (a.rather || len(g.only(fit, false)) == 0) {
				wanted = append(wanted, fit)
				continue
			}
			from = append(from, fit)
		}
	}
	if len(a.times) > 0 || a.counted || len(wanted) > 1 || len(from) > 1 {
		d |= doubtArgs
	}
	if len(wanted) > 0 {
		fit := g.only(wanted[0], true)
		if len(fit) == 0 { // the customer has it already
			fit = wanted[0]
			d |= doubtName
		}
		key, ok := g.key(fit)
		if !ok {
			d |= doubtName
		}
		if w.For = key; len(wanted) > 1 {
			w.For = "" // one of them
		}
	}
	if len(from) > 0 {
		key, ok := g.key(g.only(from[0], false))
		if !ok {
			d |= doubtName
		}
		w.Product = key
	}
	return []Wish{w}, d
}

// quantity reads how many there are to be, or how many more.
func quantity(w *Wish, a arguments, head *unit) doubt {
	d := doubt(0)
	if len(a.times) > 0 {
		d |= doubtArgs
	}
	switch n := head.count; {
	case a.counted && a.number != 0:
		n = a.number
		fallthrough
	case n != 0:
		w.Count, w.More = n, a.more || head.has(more) || head.has(less)
		if a.fewer || head.has(less) {
			w.Count = -n
		}
	default:
		switch {
		case a.one && head.has(more): // "add a green tea"
			w.Count, w.More = 1, true
		case a.more, head.has(more), head.has(less):
			d |= doubtArgs
		}
	}
	if w.More && a.aimed { // "drop it to 1"
		d |= doubtArgs
	}
	if a.counted && w.Count == 0 {
		d |= doubtArgs
	}
	return d
}

var oneOf = set("a an un una une")
