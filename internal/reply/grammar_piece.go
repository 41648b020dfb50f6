package reply

import "rejoinder/internal/reply/when"

// piece reads a statement that has arguments and no verb: "2 weeks later please", "decaf instead", "12/15".
func (g *grammar) piece(s *statement) (found, bool) {
	if s.open || s.loose > 0 || len(s.args) == 0 {
		return found{}, false
	}
	a := g.arguments(s)
	if g.doubt&doubtTurn != 0 && (a.counted || len(a.about) > 0) && len(a.times) == 0 { // it may correct a command
		return found{s, []Wish{{Meaning: Unknown}}, doubtTurn}, true
	}
	if g.in.Open != nil && (len(a.times) != 1 || g.units[a.times[0]].time.Vague) {
		return found{}, false // rather an answer that was not understood
	}
	d := s.doubt
	w := Wish{}
	switch {
	case s.denied:
		more, ok := g.deniedPiece(&w, s, a)
		if !ok {
			return found{}, false
		}
		d |= more
	case a.suits && len(a.times) == 1 && !a.counted && g.ofTheOrder(a.times[0]):
		w.Meaning = Keep
	case len(a.times) > 0:
		more, ok := g.timePiece(&w, a, s.framed)
		if !ok {
			return found{}, false
		}
		d |= more
	case !a.counted && (len(a.wanted) > 0 || len(a.unwanted) > 0) || a.rather || g.onOffer(a):
		if len(a.about) == 0 {
			return found{}, false
		}
		w.Meaning = Swap
		if !a.rather && len(a.unwanted) == 0 {
			d |= doubtWeak
		}
		all, d := g.swapping(w, a, d)
		return found{s, all, d}, true
	case a.counted && (a.more || s.framed || a.goods || a.object || a.instead || len(a.about) > 0):
		w.Meaning = Quantity
		if !a.more {
			d |= doubtWeak
		}
		d |= quantity(&w, a, &unit{})
	default:
		return found{}, false
	}
	all, d := g.about(w, a, d)
	return found{s, all, d}, true
}

// deniedPiece reads what is not wanted, without a verb that says what is to be done instead.
func (g *grammar) deniedPiece(w *Wish, s *statement, a arguments) (d doubt, ok bool) {
	switch {
	case s.bare && len(s.args) == 1 && (a.object || len(a.times) == 1 && g.ofTheOrder(a.times[0])): // "pas ce mois-ci"
		w.Meaning = Skip
	case len(a.times) == 1 && (g.replaces(s, a) || g.units[a.times[0]].time.Lead == when.Before && !g.units[a.times[0]].time.Day.IsZero()):
		w.Meaning = Delay // "not the 24th, the 28th", "not before the 10th"
		tm := g.units[a.times[0]].time
		tm.Vague, tm.Lead = false, when.Until
		d = doubtNot | g.until(w, g.in.Order, tm, true)
	case len(a.times) == 1 && a.object && g.units[a.times[0]].time.Lead == when.Until: // "no shipments until february"
		w.Meaning = Pause
		d = doubtNot | g.pausing(w, a)
	case len(a.times) == 1: // "not tomorrow please"
		w.Meaning = Skip
		d = doubtNot
	case len(a.times) == 0 && (len(a.about) > 0 || a.goods) && !g.onOffer(a): // "no green tea this time"
		w.Meaning = Skip
		d = doubtNot
	default:
		return 0, false
	}
	return d, true
}

// replaces reports whether another time than the order's follows it: "not the 24th, the 28th".
func (g *grammar) replaces(s *statement, a arguments) bool {
	first := s.args[0]
	return g.units[first].role == timed && first != a.times[0] && g.ofTheOrder(first)
}

// timePiece reads a time that stands for itself as a delay: certain when it says from where it counts, or that it is
// wanted instead.
func (g *grammar) timePiece(w *Wish, a arguments, framed bool) (doubt, bool) {
	w.Meaning = Delay
	tm := g.units[a.times[0]].time
	counts := (tm.Base == when.FromOrder || tm.Base == when.FromToday) && tm.Day.IsZero()
	d := g.delaying(w, a, tm.Base != when.FromToday)
	if !counts && !a.rather || g.in.Open != nil {
		d |= doubtWeak
	}
	return d, w.Amount.Count > 0 || len(w.Dates) > 0 || tm.Vague || framed
}

// onOffer reports whether the only product named is one the customer does not have.
func (g *grammar) onOffer(a arguments) bool {
	return len(a.about) == 1 && len(g.only(a.about[0], true)) > 0 && len(g.only(a.about[0], false)) == 0
}

func (g *grammar) noteLoose(s *statement) {
	if s.loose > 0 {
		g.doubt |= doubtOther
	}
}

// idle notes what a statement without a command means for the others.
func (g *grammar) idle(s *statement) {
	if s.open {
		return
	}
	if s.loose > 0 {
		g.doubt |= doubtOther
	}
	if s.denied {
		g.doubt |= doubtNot
	}
	for _, i := range s.args {
		if g.units[i].role != object {
			g.doubt |= doubtArgs
		}
	}
}

// plausible reports whether a command with untaught words around it is worth asking about: "skip leg day" is
// not, for its object is one; "so my sister says skip" and "skip my next order bro whatever" are.
func (g *grammar) plausible(s *statement) bool {
	a, head := g.arguments(s), &g.units[s.head]
	if !s.before && !s.after || head.has(anyhow) {
		return true
	}
	strong := a.object || len(a.about) > 0 || a.goods
	switch {
	case s.object:
		return strong && !head.has(weak|sends) || head.means() == Swap && a.dangling && g.units[s.head+1].role == toward
	case head.has(weak | vague | sends | faint | limited | done):
		return strong || len(a.times) > 0 && !s.before
	}
	return true
}
