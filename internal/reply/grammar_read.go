package reply

import (
	"slices"
	"strings"

	"rejoinder/internal/reply/when"
)

// readCommand recognises a text that asks for something and leaves no doubt.
func readCommand(t *text, in *Situation) (Understood, bool) {
	u := t.understood(in)
	return u, u.Certainty == Certain && u.Meaning.IsCommand()
}

// readRest takes what the grammar made of the text, whatever it is. It recognises everything.
func readRest(t *text, in *Situation) (Understood, bool) { return t.understood(in), true }

// understood reads the text by the grammar, once.
func (t *text) understood(in *Situation) Understood {
	if t.grammar == nil {
		g := parse(t, in)
		u := g.decide()
		if u.Certainty == None && g.nearly() {
			u = g.again(u)
		}
		t.grammar = &u
	}
	return *t.grammar
}

// again reads the text with words put right that are words of their own, and keeps what it makes of it only if
// that is a command and nothing else.
func (g *grammar) again(was Understood) Understood {
	g.units, g.parts, g.thanks, g.persons, g.told, g.hint, g.doubt = nil, nil, nil, nil, false, 0, 0
	g.lay()
	u := g.decide()
	if u.Certainty != Certain || !u.Meaning.IsCommand() {
		return was
	}
	u.Certainty = Likely
	u.Why = strings.TrimSuffix(u.Why, ".") + ", perhaps. " + doubtTypo.why()
	return u
}

// found is a command that a statement asks for.
type found struct {
	part   *statement
	wishes []Wish
	doubt  doubt
}

// decide makes one meaning of all statements.
func (g *grammar) decide() Understood {
	var commands, others, kept, pieces []found
	for i := range g.parts {
		s := &g.parts[i]
		if s.head < 0 {
			if f, ok := g.piece(s); ok {
				pieces = append(pieces, f)
			} else {
				g.idle(s)
			}
			continue
		}
		head := &g.units[s.head]
		switch m := head.means(); {
		case s.denied && (m.IsCommand() || head.role == verb):
			if m == Now && head.has(sends) { // "can you not send it"
				commands = append(commands, found{s, []Wish{{Meaning: Skip}}, doubtNot})
				break
			}
			if s.unsure || (s.after || s.before) && !g.plausible(s) {
				g.doubt |= doubtNot | doubtOther
				break
			}
			kept = append(kept, found{part: s, wishes: []Wish{{Meaning: m}}})
		case m.IsCommand() || head.has(sends):
			w, d := g.wish(s)
			idly := head.has(done) && !s.framed && !g.alone(s.head) || head.has(faint) && s.loose > 0 ||
				head.has(limited) && head.hi-head.lo == 1 && len(s.args) == 0
			if w[0].Meaning == "" || idly || !g.plausible(s) {
				g.doubt |= doubtOther
				break
			}
			commands = append(commands, found{s, w, d})
		case m == Person && head.role == verb && g.cancelsOrder(s):
			w := Wish{Meaning: Skip}
			d := doubtVague
			if a := g.arguments(s); len(a.times) == 1 {
				d |= g.ofOrder(&w, g.units[a.times[0]].time)
			}
			commands = append(commands, found{s, []Wish{w}, d})
		case m == Keep && g.timedKeep(s): // "i need it a week later"
			w := Wish{Meaning: Delay}
			d := g.delaying(&w, g.arguments(s), false) | doubtWeak
			commands = append(commands, found{s, []Wish{w}, d})
		case m == Keep:
			kept = append(kept, found{part: s, wishes: []Wish{{Meaning: m}}})
			g.noteLoose(s)
		default:
			others = append(others, found{part: s, wishes: []Wish{{Meaning: m}}})
			g.noteLoose(s)
		}
	}
	for _, i := range g.persons {
		others = append(others, found{part: &statement{lo: i, hi: i + 1, head: i}, wishes: []Wish{{Meaning: Person}}})
	}
	commands = merge(g.withoutFaint(commands))
	if g.doubt&doubtTurn != 0 && len(commands) == 1 && len(pieces) == 1 {
		commands[0] = g.amended(commands[0], pieces[0].part)
		pieces = nil
	}
	switch {
	case hasMeaning(others, Unknown):
		return unknown("", "The text repeats what we texted, and asks for nothing itself.")
	case len(commands) == 1 && g.takenBack(commands[0].part):
		return g.keeping(commands[0].part)
	case len(commands) > 0 && hasMeaning(others, Person) && !slices.ContainsFunc(commands, firm):
		return g.answered(others)
	case len(commands) > 0:
		if len(pieces) > 0 {
			g.doubt |= doubtArgs
		}
		return g.commanded(commands, others, kept)
	case len(kept) > 0:
		return g.keeping(kept[0].part)
	case len(pieces) == 1 && pieces[0].wishes[0].Meaning == Keep && len(others) == 0:
		return g.keeping(pieces[0].part)
	case len(pieces) == 1 && !hasMeaning(others, Person) && !hasMeaning(pieces, Unknown):
		return g.commanded(pieces, others, nil)
	}
	return g.answered(others)
}

// amended is a command with its arguments replaced by those of a piece that corrects it: "delay 2 weeks, actually 3".
func (g *grammar) amended(f found, piece *statement) found {
	s := *f.part
	s.args = piece.args
	w, d := g.wish(&s)
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

// cancelsOrder reports whether a statement that cancels speaks of one order by its date, and not of everything.
func (g *grammar) cancelsOrder(s *statement) bool {
	a := g.arguments(s)
	return len(a.times) == 1 && a.object && !a.all
}

// timedKeep reports whether a statement that would keep the order names another time for it.
func (g *grammar) timedKeep(s *statement) bool {
	a := g.arguments(s)
	return len(a.times) == 1 && !g.ofTheOrder(a.times[0])
}

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

func hasMeaning(all []found, m Meaning) bool {
	return slices.ContainsFunc(all, func(f found) bool { return f.wishes[0].Meaning == m })
}

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
			if sent && f.wishes[0].Product == "" {
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
	case s.denied && len(a.times) == 1: // "not tomorrow please"
		w.Meaning = Skip
		d |= doubtNot
	case s.denied && len(a.times) == 0 && (len(a.about) > 0 || a.goods): // "no green tea this time"
		w.Meaning = Skip
		d |= doubtNot
	case s.denied:
		return found{}, false
	case a.suits && len(a.times) == 1 && !a.counted && g.ofTheOrder(a.times[0]):
		w.Meaning = Keep
	case len(a.times) > 0:
		w.Meaning = Delay
		tm := g.units[a.times[0]].time
		if tm.Base != when.FromOrder && tm.Base != when.FromToday && !a.rather || !tm.Day.IsZero() && !a.rather || g.in.Open != nil {
			d |= doubtWeak
		}
		d |= g.delaying(&w, a, tm.Base != when.FromToday)
		if w.Amount.Count == 0 && len(w.Dates) == 0 && !tm.Vague && !s.framed {
			return found{}, false
		}
	case len(a.wanted) > 0 || len(a.unwanted) > 0 || a.rather || s.framed && g.onOffer(a):
		if len(a.about) == 0 {
			return found{}, false
		}
		w.Meaning = Swap
		if !a.rather && len(a.unwanted) == 0 {
			d |= doubtWeak
		}
		all, d := g.swapping(w, a, d)
		return found{s, all, d}, true
	case a.counted && (a.more || s.framed || a.goods || a.object || len(a.about) > 0):
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
	if !s.before && !s.after {
		return true
	}
	a, head := g.arguments(s), &g.units[s.head]
	strong := a.object || len(a.about) > 0 || a.goods
	switch {
	case s.object:
		return strong && !head.has(weak|sends) || head.means() == Swap && a.dangling && g.units[s.head+1].role == toward
	case head.has(weak | vague | sends | faint | limited | done):
		return strong || len(a.times) > 0 && !s.before
	}
	return true
}

// merge joins commands that say the same twice: "skip! skip it please".
func merge(all []found) []found {
	var out []found
	for _, f := range all {
		if n := len(out); n > 0 {
			if m := f.wishes[0].Meaning; m != Skip && out[n-1].wishes[0].Meaning == m && (out[n-1].doubt^f.doubt)&doubtVague != 0 { // "we ran out, send it now"
				if f.doubt&doubtVague == 0 {
					out[n-1] = f
				}
				continue
			}
			if w, ok := union(out[n-1].wishes, f.wishes); ok {
				out[n-1].wishes, out[n-1].doubt = w, lessDoubt(out[n-1], f)
				continue
			}
		}
		out = append(out, f)
	}
	return out
}

// lessDoubt is the doubt of two ways to say one thing: what is weak in one is made good by the other.
func lessDoubt(a, b found) doubt {
	const weakness = doubtWeak | doubtVague
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

// commanded makes one meaning of at least one command.
func (g *grammar) commanded(all, others, kept []found) Understood {
	d := g.doubt
	for _, o := range others {
		if m := o.wishes[0].Meaning; m == Person || m == No {
			d |= doubtOther
		}
	}
	if !slices.ContainsFunc(all, func(f found) bool { return f.wishes[0].Meaning != Undo }) {
		d &^= doubtTurn // "never mind, put it back"
	}
	for _, k := range kept {
		m := k.wishes[0].Meaning
		if m == Keep && len(k.part.args) == 0 || hasMeaning(all, m) {
			d |= doubtTurn
		}
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
			d |= doubtArgs
		}
		if w := f.wishes[0]; g.told && (w.Meaning == Delay || w.Meaning == Pause) && w.Amount.Count == 0 && len(w.Dates) == 0 {
			d |= doubtTime
		}
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

func (g *grammar) keeping(s *statement) Understood {
	said := g.said(s)
	u := Understood{Wish: Wish{Meaning: Keep}, Certainty: Certain, Language: g.language([]found{{part: s}}), Words: said}
	u.Why = "The text says “" + said + "”: nothing is to change."
	if g.doubt != 0 {
		u.Certainty = None
	}
	return u
}

// answered is a text without a command: thanks, a wish for a person, a yes or no, or nothing that is understood.
func (g *grammar) answered(others []found) Understood {
	for _, m := range []Meaning{Person, No, Yes} {
		for _, o := range others {
			if o.wishes[0].Meaning != m || m != Person && !g.plainly(m) {
				continue
			}
			said := g.said(o.part)
			return Understood{
				Wish: o.wishes[0], Language: g.language([]found{o}), Words: said, Why: "The text says “" + said + "”" + closing[m],
			}
		}
	}
	if g.hint > 0 && len(others) == 0 && g.doubt&^(doubtTurn|doubtHedge) == 0 {
		said, wish := g.t.join(g.units[g.hint-1].span), Skip
		if g.told { // "i wont need it for 6 weeks"
			wish = Delay
		}
		return Understood{
			Wish: Wish{Meaning: wish}, Certainty: Likely, Language: g.units[g.hint-1].entry.language, Words: said,
			Why: "The text says “" + said + "”: perhaps the next order is not needed.",
		}
	}
	for i := range g.units {
		if u := &g.units[i]; u.role == verb {
			w := g.t.join(u.span)
			return unknown(w, "The text has “"+w+"” among other words, so what is wanted is not certain.")
		}
	}
	if len(g.thanks) > 0 && g.doubt == 0 {
		said := g.t.join(g.units[g.thanks[0]].span)
		return Understood{Wish: Wish{Meaning: Thanks}, Words: said, Why: "The text says “" + said + "”" + closing[Thanks]}
	}
	if g.in.Open != nil {
		return unknown("", "The text does not say which of the options in our question is meant.")
	}
	return unknown("", "Nothing the text says is something Rejoinder knows.")
}

// plainly reports whether the text says m, thanks and nothing else: "yes but only the coffee" is no yes.
func (g *grammar) plainly(m Meaning) bool {
	for i := range g.units {
		switch u := &g.units[i]; {
		case u.role == filler, u.role == says && (u.means() == m || u.means() == Thanks):
		case u.role == not && m == No:
		default:
			return false
		}
	}
	return true
}

// closing completes the sentence "The text says …" for meanings without an action.
var closing = map[Meaning]string{
	Thanks: ", which asks for nothing.",
	Yes:    ", but no question with yes or no is open.",
	No:     ", but no question with yes or no is open.",
	Person: ", which a person should answer.",
}

// said is the words of a statement, from the first to the last that count.
func (g *grammar) said(s *statement) string {
	lo, hi := -1, 0
	for i := s.lo; i < s.hi; i++ {
		switch u := &g.units[i]; {
		case u.role == filler, u.role == frame, u.role == and, u.role == other, u.role == reason, u.means() == Thanks:
		default:
			if lo < 0 {
				lo = u.lo
			}
			hi = u.hi
		}
	}
	if lo < 0 {
		return ""
	}
	return g.t.join(span{lo, hi})
}

// language is the one the commands' words belong to, if they belong to one only.
func (g *grammar) language(all []found) Language {
	var l Language
	for _, f := range all {
		for i := f.part.lo; i < f.part.hi; i++ {
			u := &g.units[i]
			if u.entry == nil || u.shared {
				continue
			}
			if l != "" && l != u.entry.language {
				return ""
			}
			l = u.entry.language
		}
	}
	return l
}
