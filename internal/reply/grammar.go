package reply

import (
	"slices"
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
	bare   bool // the negation stands without a verb: "pas ce mois-ci"
	framed bool
	open   bool // begun by because or tells: any words may follow, up to the end of the clause
	loose  int  // untaught words in it
	before bool // an untaught word touches the command on its left
	after  bool // and on its right
	object bool // it follows the verb as its object would: "skip breakfast"
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
		if !accented()[w] {
			w = unaccented(w)
		}
		if right, ok := safeTypos[w]; ok {
			w = right
		}
		g.words[i] = w
	}
	g.calendar = calendarOf(in)
	g.names = newNameIndex(in.Products)
	g.languages()
	if g.correct() {
		g.doubt |= doubtTypo
	}
	g.lay()
	return g
}

// lay covers the words and cuts them into statements.
func (g *grammar) lay() {
	g.languages()
	g.cover()
	g.split()
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
	if u.has(leads) && !g.leadsClause(i) {
		u.role, u.entry = other, nil
		if u.also != nil && u.also.row.role == filler {
			u.role, u.entry = filler, u.also
		}
		return
	}
	if u.also == nil {
		return
	}
	second := false
	switch take := u.also.row.role; {
	case u.role == not && take == says: // "no, skip it" but "no skip"
		next := i + 1
		second = next == len(g.units) || g.parted(next) || g.units[next].role.standsApart() ||
			g.units[next].has(sends) && g.units[next].means() == "" // "no make that 3"
	case u.role == object && take == says && u.also.row.means == Next: // "skip next" but "next"
		second = s.head < 0 && g.alone(i)
	case u.role == instead && take == not: // "instead of skipping" but "instead of decaf"
		second = i+1 < len(g.units) && g.units[i+1].role == verb
	case u.role == verb && take == turn: // "wait until May" but "wait"
		second = i+1 == len(g.units) || g.units[i+1].role != timed
	case u.role == turn && take == filler: // "skip it, actually" but "actually skip it"
		second = s.head < 0 && !slices.ContainsFunc(g.parts, func(p statement) bool { return p.head >= 0 }) &&
			!slices.ContainsFunc(g.units[:i], func(u unit) bool { return u.role == timed })
	case take == says:
		second = g.alone(i)
	}
	if second {
		u.role, u.entry, u.count = u.also.row.role, u.also, u.also.row.n
	}
	u.also = nil
}

// standsApart reports whether a "no" before it is a no, and does not turn it round.
func (r role) standsApart() bool {
	switch r {
	case filler, frame, says, not, turn, because, tells, reason:
		return true
	}
	return false
}

// joins reports whether a command after it may well be one of its own.
func (r role) joins() bool {
	switch r {
	case filler, and, or, frame, says, turn, reason, rather:
		return true
	}
	return false
}

// leadsClause reports whether nothing stands before unit i in its clause that is not a filler or joins.
func (g *grammar) leadsClause(i int) bool {
	for ; !g.parted(i); i-- {
		if r := g.units[i-1].role; r != filler && r != and && !(r == says && g.units[i-1].means() == Thanks) {
			return false
		}
	}
	return true
}

// alone reports whether unit i is all there is, apart from fillers and thanks.
func (g *grammar) alone(i int) bool {
	for k := range g.units {
		if r := g.units[k].role; k != i && r != filler && g.units[k].means() != Thanks {
			return false
		}
	}
	return true
}

// closes reports whether the negation at unit i turns round the verb before it, as "saute pas" does. Where another
// verb follows at once it may belong to that, so nothing is certain then.
func (g *grammar) closes(s *statement, i int) bool {
	before := i - 1
	if before > s.head && g.units[before].role == object && g.units[before].hi-g.units[before].lo == 1 {
		before-- // "sautez-la pas"
	}
	if s.head < 0 || before != s.head || g.parted(i) {
		return false
	}
	if i+1 < len(g.units) && !g.parted(i+1) && (g.units[i+1].role == verb || g.units[i+1].role == frame) {
		g.doubt |= doubtNot
	}
	return true
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
	case because, tells, reason, not:
		return true
	case frame: // "my husband says we should"
		if s.loose > 0 && before != filler && before != and {
			g.doubt |= doubtOther
		}
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
func (g *grammar) inside(s *statement, i int) {
	switch u := &g.units[i]; u.role {
	case hedge:
		g.doubt |= doubtHedge
	case turn:
		g.doubt |= doubtTurn
	case cond:
		g.doubt |= doubtCond
	case asks:
		g.doubt |= doubtAsks
	case says:
		if u.means() == Person {
			g.persons = append(g.persons, i)
		}
	case timed:
		g.told, g.toldOf = true, i+1
	case other:
		s.loose++
	}
}
