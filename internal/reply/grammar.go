package reply

import (
	"strings"

	"rejoinder/internal/reply/when"
)

// doubt is why something that was understood must not be acted on at once.
type doubt uint16

const (
	doubtHedge doubt = 1 << iota // maybe, i think
	doubtCond                    // if, unless
	doubtAsks                    // should i, what if
	doubtTurn                    // wait, jk
	doubtOr                      // or
	doubtNot                     // a negation that governs nothing
	doubtOther                   // untaught words
	doubtVague                   // "hold off", "a while"
	doubtWeak                    // "push", and nothing more
	doubtTime                    // a time that cannot be, or more than one
	doubtName                    // a name that fits several products, or none
	doubtTypo                    // a word that is nearly a command
	doubtArgs                    // arguments the command has no use for
)

// statement is a stretch of a text that says one thing: a command, a courtesy, a reason, or something nobody
// taught the grammar.
type statement struct {
	lo, hi int // units
	head   int // the unit that is its verb or says; -1: none
	denied bool
	unsure bool // the negation is no order: cannot, did not
	framed bool
	open   bool // begun by because or tells: any words may follow, up to the end of the clause
	loose  int  // untaught words in it
	before bool // an untaught word touches the command on its left
	after  bool // and on its right
	args   []int
	doubt  doubt
}

// parse reads t by the tables. It looks at each unit once.
func parse(t *text, in *Situation) *grammar {
	g := &grammar{t: t, in: in, words: make([]string, len(t.words)), tokens: make([]when.Token, len(t.words))}
	end := 0
	for i, w := range t.words {
		g.tokens[i] = when.Token{Word: w, Gap: t.clean[end:t.start[i]]}
		end = t.start[i] + len(w)
		w = unaccented(w)
		if right, ok := safeTypos[w]; ok {
			w = right
		}
		g.words[i] = w
	}
	g.calendar = calendarOf(in)
	g.names = newNameIndex(in.Products)
	g.main = g.mainLanguage()
	g.cover()
	g.split()
	return g
}

func calendarOf(in *Situation) when.Calendar {
	c := when.Calendar{Today: in.Today, Last: in.Last, Language: string(in.Language)}
	c.Either = in.DateOrder == EitherWay
	c.DayFirst = in.DateOrder == DayFirst || in.DateOrder == "" && in.Language != "" && in.Language != English
	return c
}

// parted reports whether punctuation stands between unit i and the one before.
func (g *grammar) parted(i int) bool {
	return i == 0 || g.t.clause[g.units[i].lo] != g.t.clause[g.units[i].lo-1]
}

// ended reports whether a sentence ends between unit i and the one before.
func (g *grammar) ended(i int) bool {
	if i == 0 {
		return true
	}
	lo := g.units[i].lo
	return strings.ContainsAny(g.t.clean[g.t.start[lo-1]+len(g.t.words[lo-1]):g.t.start[lo]], ".!?\n;")
}

// split cuts the units into statements.
func (g *grammar) split() {
	cur := statement{head: -1}
	flush := func(at int) {
		cur.hi = at
		if cur.hi > cur.lo {
			g.parts = append(g.parts, cur)
		}
		cur = statement{lo: at, head: -1}
	}
	for i := range g.units {
		u := &g.units[i]
		if cur.open && (g.parted(i) || g.reopens(i, &cur)) || g.ended(i) && g.complete(&cur, i) {
			flush(i)
		}
		if cur.open {
			g.inside(&cur, u)
			continue
		}
		g.settle(&cur, i)
		switch u.role {
		case filler:
		case frame:
			if cur.head >= 0 || cur.loose > 0 || len(cur.args) > 0 {
				flush(i)
			}
			cur.framed = true
		case verb, says:
			if u.means() == Thanks {
				g.thanks = append(g.thanks, i)
				break
			}
			if cur.head >= 0 || cur.loose > 0 && (g.parted(i) || u.role == says) {
				flush(i)
			}
			cur.head = i
			cur.before = cur.loose > 0
		case object, goods, named, number, timed, instead, toward, suits, rather:
			if cur.head < 0 && cur.loose > 0 && g.parted(i) {
				flush(i)
			}
			cur.args = append(cur.args, i)
		case not:
			if g.contrasts(i) {
				cur.args = append(cur.args, i)
				break
			}
			if cur.head >= 0 || cur.loose > 0 && g.parted(i) {
				flush(i)
			}
			cur.denied, cur.unsure = true, u.has(vague)
		case or:
			g.doubt |= doubtOr
		case hedge:
			g.doubt |= doubtHedge
		case cond:
			g.doubt |= doubtCond
		case asks:
			g.doubt |= doubtAsks
		case turn:
			g.doubt |= doubtTurn
			if cur.head >= 0 {
				flush(i)
			}
		case because, tells:
			flush(i)
			cur.open = true
		case reason:
			flush(i)
			cur.open = true
			flush(i + 1)
		case other:
			g.untaught(&cur, i, flush)
		}
	}
	flush(len(g.units))
}

// complete reports whether a statement ends where a sentence does: one with a command goes on when only
// arguments follow ("Delay. 2 weeks"), one without when it may still be an argument put first.
func (g *grammar) complete(s *statement, i int) bool {
	if s.head < 0 {
		return s.loose > 0 || s.denied
	}
	switch g.units[i].role {
	case timed, number, filler, named:
		return false
	}
	return true
}

// settle chooses between two readings of the words of unit i by what is around them.
func (g *grammar) settle(s *statement, i int) {
	u := &g.units[i]
	if u.also == nil {
		return
	}
	switch take := u.also.row.role; {
	case u.role == not && take == says: // "no, skip it" but "no skip"
		if next := i + 1; next < len(g.units) && !g.parted(next) {
			switch g.units[next].role {
			case filler, frame, says, not, turn, because, tells, reason:
			default:
				return
			}
		}
	case u.role == suits && take == says: // "the 24th is fine" but "fine"
		if len(s.args) > 0 {
			return
		}
	case take == object && u.role == says: // "skip next" but "next"
		if s.head < 0 || g.parted(i) {
			return
		}
	default:
		return
	}
	u.role, u.entry, u.also, u.count = u.also.row.role, u.also, u.entry, u.also.row.n
}

// contrasts reports whether "not" at unit i only says what is not wanted: "Dec 10, not Nov 24".
func (g *grammar) contrasts(i int) bool {
	if i == 0 || i+1 >= len(g.units) {
		return false
	}
	a, b := g.units[i-1].role, g.units[i+1].role
	return a == b && (a == timed || a == named || a == number)
}

// reopens reports whether unit i ends the open reason s without punctuation: "i have plenty so can you skip". A
// verb that follows its opener at once is part of it ("i never skip"); one that follows untaught words with
// nothing between may be, so it makes all doubtful.
func (g *grammar) reopens(i int, s *statement) bool {
	u, before := &g.units[i], g.units[i-1].role
	switch u.role {
	case frame, because, tells, reason, not:
		return true
	case verb, says:
		if before == tells || before == because {
			g.doubt |= doubtOther
			return false
		}
		apart := before == filler || before == and
		if u.has(sends) && !apart {
			return false
		}
		if s.loose > 0 && !apart {
			g.doubt |= doubtOther
		}
		return true
	}
	return false
}

// inside reads a unit of an open reason.
func (g *grammar) inside(s *statement, u *unit) {
	switch u.role {
	case hedge, or, instead, toward:
	case turn:
		g.doubt |= doubtTurn
	case cond:
		g.doubt |= doubtCond
	case asks:
		g.doubt |= doubtAsks
	case other:
		s.loose++
	}
}

// untaught notes an untaught word at unit i.
func (g *grammar) untaught(s *statement, i int, flush func(int)) {
	if s.head >= 0 && g.parted(i) {
		flush(i)
	}
	if s.head >= 0 {
		s.after = true
	}
	if s.denied && s.head < 0 { // it governs this word, not the command after it
		s.denied = false
		g.doubt |= doubtNot
	}
	s.loose++
}
