package reply

import (
	"slices"
	"strings"
)

// withoutFaint drops commands that only are some when there is no other: the now of "skip it for now".
func (g *grammar) withoutFaint(all []found) []found {
	isFaint := func(f found) bool {
		head := &g.units[f.part.head]
		a := g.arguments(f.part)
		return head.has(faint) || head.has(weak) && !a.said()
	}
	if slices.ContainsFunc(all, firm) { // "send the coffee, skip the tea"
		all = slices.DeleteFunc(all, func(f found) bool {
			sent := g.units[f.part.head].has(sends) && f.doubt&doubtVague != 0
			if sent { // as usual, or at once
				g.doubt |= doubtArgs
			}
			return sent
		})
	}
	if len(all) == 1 && !g.units[all[0].part.head].has(faint) {
		return all
	}
	if g.doubt&doubtOther == 0 && !slices.ContainsFunc(all, func(f found) bool { return !isFaint(f) }) {
		return all
	}
	return slices.DeleteFunc(all, isFaint)
}

// merge joins commands that say the same twice: "skip! skip it please".
func (g *grammar) merge(all []found) []found {
	var out []found
	for _, f := range all {
		if n := len(out); n > 0 {
			if m := f.wishes[0].Meaning; m != Skip && out[n-1].wishes[0].Meaning == m && (out[n-1].doubt^f.doubt)&doubtVague != 0 { // "we ran out, send it now"
				if f.doubt&doubtVague == 0 {
					out[n-1] = f
				}
				continue
			}
			if w, ok := union(out[n-1].wishes, f.wishes); ok && (!g.joined(f.part.head) || equal(w[0], f.wishes[0]) && equal(w[0], out[n-1].wishes[0])) {
				d := g.lessDoubt(out[n-1], f)
				if g.objects(out[n-1].part) != "" && g.objects(f.part) != "" && g.objects(out[n-1].part) != g.objects(f.part) {
					d |= doubtArgs // "skip this. skip next"
				}
				out[n-1].wishes, out[n-1].doubt = w, d
				continue
			}
		}
		out = append(out, f)
	}
	return out
}

// objects are the words of the orders a statement names, pronouns apart.
func (g *grammar) objects(s *statement) string {
	var said []string
	for _, i := range s.args {
		if u := &g.units[i]; u.role == object && u.hi-u.lo+len(g.words[u.lo]) > 4 {
			said = append(said, g.t.join(u.span))
		}
	}
	return strings.Join(said, " ")
}

// lessDoubt is the doubt of two ways to say one thing: what is weak in one is made good by the other.
func (g *grammar) lessDoubt(a, b found) doubt {
	const weakness = doubtWeak | doubtVague
	if g.units[a.part.head].has(anyhow) || g.units[b.part.head].has(anyhow) { // it speaks of the wish and does not ask for it
		return a.doubt | b.doubt
	}
	return (a.doubt|b.doubt)&^weakness | a.doubt&b.doubt&weakness
}

// union returns a when b says nothing else, or b when a says nothing else.
func union(a, b []Wish) ([]Wish, bool) {
	if len(a) != 1 || len(b) != 1 || a[0].Meaning != b[0].Meaning {
		return nil, false
	}
	bare := Wish{Meaning: a[0].Meaning}
	switch {
	case equal(a[0], b[0]), equal(b[0], bare):
		return a, true
	case equal(a[0], bare):
		return b, true
	}
	return nil, false
}

func equal(a, b Wish) bool {
	return a.Meaning == b.Meaning && a.Amount == b.Amount && slices.Equal(a.Dates, b.Dates) && a.Count == b.Count &&
		a.More == b.More && a.Product == b.Product && a.For == b.For && a.All == b.All
}

// amended is a command with its arguments replaced by those of a piece that corrects it: "delay 2 weeks, actually 3".
func (g *grammar) amended(f found, piece *statement) found {
	s := *f.part
	s.args = piece.args
	w, d := f.wishes, f.doubt
	if s.head >= 0 {
		w, d = g.wish(&s)
	} else if own, ok := g.piece(piece); ok && own.wishes[0].Meaning != Unknown {
		w, d = own.wishes, own.doubt
	}
	if a := g.arguments(&s); a.counted && len(a.times) == 0 && len(f.wishes) == 1 && f.wishes[0].Amount.Count > 0 {
		w, d = slices.Clone(f.wishes), f.doubt
		w[0].Amount.Count = a.number
		if a.number < 1 || a.number > longest[w[0].Amount.Unit] {
			w[0].Amount = Amount{}
		}
	}
	return found{f.part, w, d | doubtTurn}
}

// firm reports whether a command is said in so many words.
func firm(f found) bool { return f.doubt&(doubtVague|doubtWeak|doubtOther) == 0 }

// takenBack reports whether a no and nothing else follows the command: "skip? no way", "skip it, actually dont".
func (g *grammar) takenBack(s *statement) bool {
	asked := s.hi < len(g.units) && strings.Contains(g.t.clean[:g.t.start[g.units[s.hi].lo]], "?")
	no := false
	for i := s.hi; i < len(g.units); i++ {
		switch u := &g.units[i]; {
		case u.role == not, u.role == says && u.means() == No:
			no = true
		case u.role == turn:
			asked = true
		case u.role != filler && u.means() != Thanks:
			return false
		}
	}
	return no && asked
}

// commanded makes one meaning of at least one command.
func (g *grammar) commanded(all, others, kept []found) Understood {
	d := g.besides(all, others, kept)
	if len(all) == 1 && g.calledSo(all[0].part) {
		d |= doubtOther
	}
	if len(all) > 1 {
		switch {
		case d&doubtTurn != 0 || hasMeaning(others, No): // the text corrects itself: the last is meant
			d |= doubtTurn
			all = all[len(all)-1:]
		case !g.together(all):
			all, d = g.torn(all), d|doubtTurn
		}
	}
	var wishes []Wish
	var said []string
	for i, f := range all {
		wishes = append(wishes, f.wishes...)
		said = append(said, g.said(f.part))
		d |= f.doubt
		if a := g.arguments(f.part); len(all) == 1 && a.beyond || len(all) > 1 && i == 0 && a.later {
			d |= doubtArgs // another order is meant than the one that was announced
		}
		if w := f.wishes[0]; g.told && (w.Meaning == Delay || w.Meaning == Pause) && w.Amount.Count == 0 && len(w.Dates) == 0 {
			d |= doubtTime // the time in the reason may be the one wanted
		}
	}
	if d&(doubtOther|doubtVague|doubtTime|doubtWeak) != 0 { // all is too much to ask about
		for i := range wishes {
			wishes[i].All = false
		}
	}
	wishes = slices.CompactFunc(wishes, equal)
	if len(all) == 1 && len(wishes) == 1 && d&doubtCond != 0 {
		g.awaited(&wishes[0], all[0].part)
	}
	u := Understood{Wish: wishes[0], Certainty: Certain, Language: g.language(all), Words: strings.Join(said, ", ")}
	if len(wishes) > 1 {
		u.Then = wishes[1:]
	}
	u.Why = "The text says “" + u.Words + "”: " + glossAll(wishes) + "."
	if d != 0 {
		u.Certainty = Likely
		u.Why = strings.TrimSuffix(u.Why, ".") + ", perhaps. " + d.why()
	}
	return u
}

// awaited makes a delay of what is to be skipped until, or sent when something happens: "skip till my check comes".
func (g *grammar) awaited(w *Wish, s *statement) {
	if s.head < 0 || s.hi >= len(g.units) || g.units[s.hi].role != cond {
		return
	}
	word, head := g.words[g.units[s.hi].lo], &g.units[s.head]
	switch {
	case w.Meaning == Skip && (lasting[word] || head.has(waits) && (happening[word] || word == "before")),
		w.Meaning == Now && head.has(sends) && (lasting[word] || happening[word]):
		*w = Wish{Meaning: Delay, Product: w.Product}
	}
}

// Words that begin a condition of time.
var (
	lasting   = set("until till til hasta jusqua")
	happening = set("when whenever once after cuando quand lorsque")
)

// calledSo reports whether a bare command stands right after a greeting, so that it may be a name: "Hi Skip!".
func (g *grammar) calledSo(s *statement) bool {
	if s.head < 1 || len(s.args) > 0 || s.head+1 < len(g.units) && !g.parted(s.head+1) || g.parted(s.head) {
		return false
	}
	u := &g.units[s.head-1]
	return u.means() == Thanks && greeting[g.words[u.lo]]
}

var greeting = set("hi hello hey hiya howdy dear heya hola buenas bonjour salut coucou")

// besides is the doubt that what else the text says casts on its commands.
func (g *grammar) besides(all, others, kept []found) doubt {
	d := g.doubt
	if hasMeaning(others, Person) || hasMeaning(others, No) {
		d |= doubtOther
	}
	if !slices.ContainsFunc(all, func(f found) bool { return f.wishes[0].Meaning != Undo || g.turnsAfter(f.part) }) {
		d &^= doubtTurn // "never mind, put it back"
	}
	for _, k := range kept {
		m := k.wishes[0].Meaning
		if m == Keep && len(k.part.args) == 0 || m == Person || hasMeaning(all, m) {
			d |= doubtTurn
		}
	}
	return d
}

// turnsAfter reports whether something is taken back after the verb of s.
func (g *grammar) turnsAfter(s *statement) bool {
	return slices.ContainsFunc(g.units[s.lo:], func(u unit) bool { return u.role == turn && (s.head < 0 || u.lo > g.units[s.head].lo) })
}

// together reports whether wishes can all be meant, in their order: they are about different orders or
// products, or the later one only asks or follows from the first.
func (g *grammar) together(all []found) bool {
	for i, f := range all[1:] {
		before, a := all[i], g.arguments(f.part)
		m, n := before.wishes[0].Meaning, f.wishes[0].Meaning
		p, q := before.wishes[0].Product, f.wishes[0].Product
		switch {
		case !n.Changes(), !m.Changes(), m == Undo, m == Resume, n == Swap, n == Quantity, m == Swap, m == Quantity:
		case p != "" && q != "" && p != q:
		case a.later:
		default:
			return false
		}
	}
	return true
}

// torn is the one of several commands that exclude each other to ask about: what takes back, or the first that is
// said in so many words.
func (g *grammar) torn(all []found) []found {
	for _, f := range all {
		if f.wishes[0].Meaning == Undo {
			return []found{f}
		}
	}
	for _, f := range all {
		if firm(f) {
			return []found{f}
		}
	}
	return all[:1]
}
