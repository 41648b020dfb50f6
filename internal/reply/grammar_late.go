package reply

import "rejoinder/internal/reply/when"

// mostLoose is how many untaught words may stand beside a time that is asked about although no verb does.
const mostLoose = 4

// timeAlone is a text whose only clue is one time later than the order, among few other words: "in three weeks would
// be grand". It is only asked about.
func (g *grammar) timeAlone(others []found) (Understood, bool) {
	if g.in.Open != nil || g.in.Order.IsZero() {
		return Understood{}, false
	}
	var at *statement
	times := 0
	for k := range g.parts {
		s := &g.parts[k]
		if s.open || s.head >= 0 && g.units[s.head].role == verb && !g.units[s.head].has(sends) {
			continue
		}
		for _, i := range s.args {
			if g.units[i].role == timed {
				at, times = s, times+1
			}
		}
	}
	corrected := g.doubt&doubtTurn != 0 || hasMeaning(others, No)
	if times != 1 && !(times == 2 && corrected) || at.loose > mostLoose || at.denied || len(others) > 0 && !corrected {
		return Understood{}, false
	}
	for _, o := range others {
		if o.wishes[0].Meaning != No {
			return Understood{}, false
		}
	}
	if i := at.args[len(at.args)-1]; g.units[i].role != timed || at.loose > 0 && !g.leadsClause(i) && !g.relative(i) { // "our anniversary is dec 12"
		return Understood{}, false
	}
	last := *at
	last.head = -1
	last.args = last.args[len(last.args)-1:]
	w := Wish{Meaning: Delay}
	if !g.later(&w, last.args[0]) {
		return Understood{}, false
	}
	return g.perhaps(w, &last), true
}

// relative reports whether the time at unit i says from where it counts, or that it is one to wait for.
func (g *grammar) relative(i int) bool {
	switch tm := g.units[i].time; tm.Lead {
	case when.NoLead, when.On:
		return tm.Day.IsZero() && (tm.Base == when.FromOrder || tm.Base == when.FromToday)
	}
	return true
}

// later reads the time at unit i as a delay, and reports whether it is one.
func (g *grammar) later(w *Wish, i int) bool {
	u := &g.units[i]
	if u.role != timed || u.time.Vague || u.time.Day.IsZero() && u.time.Base != when.FromOrder && u.time.Base != when.FromToday {
		return false
	}
	g.delaying(w, arguments{times: []int{i}}, u.time.Base != when.FromToday)
	return w.Meaning == Delay && (w.Amount.Count > 0 || len(w.Dates) > 0 && w.Dates[0].After(g.in.Order))
}

// perhaps asks about w, which s suggests.
func (g *grammar) perhaps(w Wish, s *statement) Understood {
	said := g.t.join(g.units[s.args[0]].span)
	return Understood{
		Wish: w, Certainty: Likely, Language: g.language([]found{{part: s}}), Words: said,
		Why: "The text says “" + said + "”: " + gloss(w) + ", perhaps. " + doubtWeak.why(),
	}
}
