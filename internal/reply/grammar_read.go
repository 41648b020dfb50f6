package reply

import (
	"slices"
	"strings"
)

// readCommand recognises a text that asks for something and leaves no doubt.
func readCommand(t *text, in *Situation) (Understood, bool) {
	u := t.understood(in)
	return u, u.Certainty == Certain && u.Meaning.IsCommand()
}

// readRest takes what the grammar made of the text, whatever it is. It recognises everything.
func readRest(t *text, in *Situation) (Understood, bool) { return t.understood(in), true }

// mostWords is how many words are read for commands: as many as a text of tooLong characters has when it is prose.
const mostWords = 320

// understood reads the text by the grammar, once.
func (t *text) understood(in *Situation) Understood {
	if len(t.words) > mostWords {
		return unknown("", "The text has too many words to be read with certainty.")
	}
	if t.grammar == nil {
		g := parse(t, in)
		u := g.decide()
		hinted := g.suspected(u)
		if u.Certainty == None && g.nearly() {
			u = g.again(u)
		}
		if u.Certainty == None {
			u = hinted
		}
		t.grammar = &u
	}
	return *t.grammar
}

// again reads the text with words put right that are words of their own, and keeps what it makes of it only if
// that is a command and nothing else.
func (g *grammar) again(was Understood) Understood {
	g.units, g.parts, g.thanks, g.persons, g.told, g.toldOf, g.hint, g.doubt = nil, nil, nil, nil, false, 0, 0, 0
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

// findings are the statements of a text by what they do.
type findings struct {
	commands []found
	kept     []found // nothing is to change, or a command is turned round
	others   []found // thanks, a wish for a person, yes, no
	pieces   []found // arguments without a verb, as the command they suggest
}

// decide makes one meaning of all statements.
func (g *grammar) decide() Understood {
	f := g.gather()
	switch {
	case hasMeaning(f.others, Unknown):
		g.echo = true
		return unknown("", "The text repeats what we texted, and asks for nothing itself.")
	case len(f.commands) == 1 && g.takenBack(f.commands[0].part):
		return g.keeping(f.commands[0].part)
	case len(f.commands) > 0 && hasMeaning(f.others, Person) && !slices.ContainsFunc(f.commands, firm):
		return g.answered(f.others)
	case len(f.commands) > 0:
		if len(f.pieces) > 0 {
			g.doubt |= doubtArgs
		}
		return g.commanded(f.commands, f.others, f.kept)
	case len(f.kept) > 0:
		return g.keeping(f.kept[0].part)
	case len(f.pieces) == 1 && hasMeaning(f.pieces, Keep) && len(f.others) == 0:
		return g.keeping(f.pieces[0].part)
	case len(f.pieces) == 1 && !hasMeaning(f.others, Person) && !hasMeaning(f.pieces, Unknown):
		return g.commanded(f.pieces, f.others, nil)
	}
	if u, ok := g.timeAlone(f.others); ok {
		return u
	}
	return g.answered(f.others)
}

// gather sorts the statements.
func (g *grammar) gather() findings {
	var f findings
	for i := range g.parts {
		s := &g.parts[i]
		if s.head >= 0 {
			g.place(&f, s)
		} else if p, ok := g.piece(s); ok {
			f.pieces = append(f.pieces, p)
		} else {
			g.idle(s)
		}
	}
	for _, i := range g.persons {
		f.others = append(f.others, found{part: &statement{lo: i, hi: i + 1, head: i}, wishes: []Wish{{Meaning: Person}}})
	}
	f.commands = g.merge(g.withoutFaint(f.commands))
	switch {
	case len(f.commands) == 1 && len(f.pieces) == 1 && g.doubt&doubtTurn != 0:
		f.commands[0] = g.amended(f.commands[0], f.pieces[0].part)
		f.pieces = nil
	case len(f.commands) == 0 && len(f.pieces) == 2 && g.doubt&doubtTurn != 0 && f.pieces[0].wishes[0].Meaning == Delay: // "2 weeks, actually 3"
		f.pieces = []found{g.amended(f.pieces[0], f.pieces[1].part)}
	case len(f.commands) == 2 && g.corrects(f.commands[1]) && f.commands[0].wishes[0].Amount.Count > 0: // "2 weeks no make that 3"
		f.commands = []found{g.amended(f.commands[0], f.commands[1].part)}
	}
	return f
}

// corrects reports whether a command only says how many or how long it is to be instead: "make that 3".
func (g *grammar) corrects(f found) bool {
	if !g.units[f.part.head].has(sends) {
		return false
	}
	return !slices.ContainsFunc(f.part.args, func(i int) bool { r := g.units[i].role; return r != number && r != timed && r != object })
}

// mentioned reports whether a command stands in quotation marks among other words.
func (g *grammar) mentioned(s *statement) bool {
	u := &g.units[s.head]
	if len(s.args) > 0 {
		return false
	}
	return g.quoted(u.span) && !g.alone(s.head)
}

// quoted reports whether quotation marks stand on both sides of s.
func (g *grammar) quoted(s span) bool {
	end := g.t.start[s.hi-1] + len(g.t.words[s.hi-1])
	return strings.HasSuffix(strings.TrimRight(g.t.clean[:g.t.start[s.lo]], " "), `"`) && strings.HasPrefix(strings.TrimLeft(g.t.clean[end:], " .!?,"), `"`)
}

// place puts a statement that has a verb, or is complete, where it belongs.
func (g *grammar) place(f *findings, s *statement) {
	head := &g.units[s.head]
	command := func(w []Wish, d doubt) { f.commands = append(f.commands, found{s, w, d}) }
	switch m := head.means(); {
	case s.denied && g.unwanted(s): // "can you not send it", "i'd rather not have this one"
		command([]Wish{{Meaning: Skip}}, doubtNot)
	case s.denied && (m.IsCommand() || head.role == verb):
		bare := g.arguments(s)
		if s.unsure || head.has(sends) && head.has(vague) && !bare.said() { // "no need to get upset"
			g.doubt |= doubtNot | doubtOther
			return
		}
		if !g.plausible(s) {
			g.doubt |= doubtNot | doubtOther
			return
		}
		f.kept = append(f.kept, found{part: s, wishes: []Wish{{Meaning: m}}})
	case g.mentioned(s):
		g.doubt |= doubtOther
	case m.IsCommand() || head.has(sends):
		w, d := g.wish(s)
		if w[0].Meaning == "" || g.idly(s) || !g.plausible(s) {
			g.doubt |= doubtOther
			return
		}
		if w[0].Meaning == Now && d&doubtVague != 0 && g.toldOf != 0 && g.toldOf-1 < s.head && len(w) == 1 { // "away until the 7th, send it then"
			later := Wish{Meaning: Delay, Product: w[0].Product}
			if g.later(&later, g.toldOf-1) {
				w[0] = later
			}
		}
		command(w, d)
	case m == Person && head.role == verb && g.cancelsOrder(s):
		w := Wish{Meaning: Skip}
		d := g.ofOrder(&w, g.units[g.arguments(s).times[0]].time) | doubtVague
		command([]Wish{w}, d)
	case m == Keep && g.timedKeep(s): // "i need it a week later"
		w := Wish{Meaning: Delay}
		d := g.delaying(&w, g.arguments(s), false) | doubtWeak
		command([]Wish{w}, d)
	case m == Keep:
		f.kept = append(f.kept, found{part: s, wishes: []Wish{{Meaning: m}}})
		g.noteLoose(s)
	default:
		f.others = append(f.others, found{part: s, wishes: []Wish{{Meaning: m}}})
		g.noteLoose(s)
	}
}

// unwanted reports whether a denied statement speaks of having or sending an order: that it is not wanted, rather than
// that something is not to be done to it.
func (g *grammar) unwanted(s *statement) bool {
	head, a := &g.units[s.head], g.arguments(s)
	if a.counted || len(a.about) > 0 || len(a.wanted) > 0 || len(a.unwanted) > 0 || s.unsure {
		return false
	}
	return head.has(sends) && (head.means() == Now || a.object || head.hi-head.lo > 1 && len(a.times) == 0) || head.role == says && head.means() == Keep && g.words[head.lo] != "keep"
}

// idly reports whether a verb only mentions what it could ask for: "it was delayed", "later" in a longer text, "stop".
func (g *grammar) idly(s *statement) bool {
	head := &g.units[s.head]
	return head.has(done) && !s.framed && !g.alone(s.head) || head.has(faint) && s.loose > 0 ||
		head.has(limited) && head.hi-head.lo == 1 && len(s.args) == 0
}

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

func hasMeaning(all []found, m Meaning) bool {
	return slices.ContainsFunc(all, func(f found) bool { return f.wishes[0].Meaning == m })
}

func (g *grammar) keeping(s *statement) Understood {
	said := g.said(s)
	u := Understood{Wish: Wish{Meaning: Keep}, Certainty: Certain, Language: g.language([]found{{part: s}}), Words: said}
	u.Why = "The text says “" + said + "”: nothing is to change."
	switch {
	case g.doubt&(doubtHedge|doubtCond) != 0: // "not sure if i want this one"
		return unknown(said, "The text says “"+said+"”, but is not sure of it.")
	case g.doubt != 0:
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
		return g.hinted()
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

// hinted is a text that gives a reason not to need the next order and asks for nothing.
func (g *grammar) hinted() Understood {
	u := &g.units[g.hint-1]
	said, wish := g.t.join(u.span), Skip
	if g.told { // "i wont need it for 6 weeks"
		wish = Delay
	}
	return Understood{
		Wish: Wish{Meaning: wish}, Certainty: Likely, Language: u.entry.language, Words: said,
		Why: "The text says “" + said + "”: perhaps the next order is not needed.",
	}
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
	return g.t.join(g.t.bareOf(span{lo, hi})) // phrases may have a please of their own: "please dont"
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
