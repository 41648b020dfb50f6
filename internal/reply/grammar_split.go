package reply

import "strings"

// split cuts the units into statements.
func (g *grammar) split() {
	p := &splitter{g: g, cur: statement{head: -1}}
	for i := range g.units {
		g.settle(&p.cur, i)
		if p.cur.open && (g.parted(i) || g.reopens(i, &p.cur)) || g.ended(i) && g.complete(&p.cur, i) {
			p.flush(i)
		}
		if p.cur.open {
			g.inside(&p.cur, i)
		} else {
			p.take(i)
		}
	}
	p.flush(len(g.units))
	for i := len(g.units) - 1; i >= 0; i-- {
		if r := g.units[i].role; r == and || r == or { // cut off: "skip and"
			g.doubt |= doubtOther
		} else if r != filler {
			break
		}
	}
}

// splitter is a statement in the making.
type splitter struct {
	g   *grammar
	cur statement
}

// flush ends the statement before unit i.
func (p *splitter) flush(i int) {
	p.cur.hi = i
	if p.cur.hi > p.cur.lo {
		p.g.parts = append(p.g.parts, p.cur)
	}
	p.cur = statement{lo: i, head: -1}
}

// apart ends a statement without a command that has untaught words where punctuation does.
func (p *splitter) apart(i int) {
	if p.cur.head < 0 && p.cur.loose > 0 && p.g.parted(i) {
		p.flush(i)
	}
}

// take adds unit i.
func (p *splitter) take(i int) {
	g, u := p.g, &p.g.units[i]
	switch u.role {
	case frame:
		if p.cur.head >= 0 || p.cur.loose > 0 || len(p.cur.args) > 0 {
			p.flush(i)
		}
		p.cur.framed = true
	case verb, says:
		p.verb(i)
	case object, goods, named, number, timed, instead, toward, suits, rather:
		p.apart(i)
		if u.role == timed && p.cur.head >= 0 && g.units[p.cur.head].role == says && g.units[p.cur.head].means() == Yes { // "sure, a week later"
			p.flush(i)
		}
		p.cur.args = append(p.cur.args, i)
	case not:
		p.not(i)
	case or:
		g.doubt |= doubtOr
	case hedge:
		g.doubt |= doubtHedge
	case asks:
		g.doubt |= doubtAsks
	case turn:
		if p.cur.denied && p.cur.head < 0 && !g.parted(i) && p.cur.loose == 0 { // "dont wait, send it"
			p.cur.denied = false
			g.doubt |= doubtNot
			return
		}
		g.doubt |= doubtTurn
		if p.cur.head >= 0 || len(p.cur.args) > 0 && g.units[p.cur.args[0]].role == timed {
			p.flush(i)
		}
	case because, tells, reason, cond:
		if u.role == tells && p.cur.head == i-1 && i > 0 && !g.parted(i) && (articles[g.words[u.lo]] || u.hi-u.lo == 1 && things[g.words[u.lo]]) { // "swap my husband for a nap", "pause life"
			p.untaught(i)
			return
		}
		p.flush(i)
		p.cur.open = true
		if u.role == cond {
			g.doubt |= doubtCond
		}
		if u.role == reason && u.means() == Skip && g.hint == 0 {
			g.hint = i + 1
		}
	case other:
		p.untaught(i)
	}
}

// things are words of reasons that may be the object of a verb as well.
var things = set("life money budget work dinero plata trabajo vida argent boulot travail vie")

// verb adds a verb or a saying.
func (p *splitter) verb(i int) {
	g, u := p.g, &p.g.units[i]
	if u.has(sends) && p.cur.head >= 0 && g.units[p.cur.head].means() == Next && !g.parted(i) {
		return // "when does the coffee ship"
	}
	if u.means() == Thanks {
		g.thanks = append(g.thanks, i)
		return
	}
	if u.has(done) && p.cur.head >= 0 && !g.parted(i) && g.wants(p.cur.head) {
		p.cur.head, p.cur.framed = i, true // "i need my order delayed"
		return
	}
	if p.cur.denied && p.cur.head < 0 && g.parted(i) && g.units[i-1].role == not { // "i have nothing, send it"
		p.cur.denied = false
		g.doubt |= doubtNot
	}
	if p.cur.denied && p.cur.head < 0 && len(p.cur.args) > 0 && g.partedBack(i) { // "the 24th does not suit, can it be the 30th"
		p.flush(i)
	}
	p.front(i)
	denied := p.cur.denied && p.cur.head >= 0 && g.units[i-1].role == or // "do not skip or delay"
	if p.cur.head >= 0 && !g.parted(i) && g.units[p.cur.head].means() != u.means() && !g.units[i-1].role.joins() {
		g.doubt |= doubtOther // two commands run into each other: "delay shipment date"
	}
	if p.cur.head >= 0 || p.cur.loose > 0 && (g.parted(i) || u.role == says) {
		p.flush(i)
	}
	if n := len(g.parts); n > 0 && g.parts[n-1].denied && g.joined(i) { // "dont skip the coffee and delay the tea"
		g.doubt |= doubtNot
	}
	p.cur.denied = p.cur.denied || denied
	p.cur.head = i
	p.cur.before = p.cur.loose > 0
}

// front ends the statement before a product that is named first in its clause and belongs to what unit i says of it:
// "skip the tea, the coffee i want".
func (p *splitter) front(i int) {
	g, k := p.g, i
	for k > p.cur.lo && !g.parted(k) && (g.units[k-1].role == named || g.units[k-1].role == filler) {
		k--
	}
	if k == i || p.cur.head < 0 || k <= p.cur.head || !g.parted(k) || g.units[k].role != named {
		return
	}
	args := p.cur.args
	n := len(args)
	for n > 0 && args[n-1] >= k {
		n--
	}
	p.cur.args = args[:n:n]
	p.flush(k)
	p.cur.args = args[n:]
}

// partedBack reports whether punctuation stands before unit i, or before the fillers and joining words in front of it.
func (g *grammar) partedBack(i int) bool {
	for !g.parted(i) && (g.units[i-1].role == filler || g.units[i-1].role == and) {
		i--
	}
	return g.parted(i)
}

// wants reports whether the verb or saying at unit i may ask for what a passive after it names.
func (g *grammar) wants(i int) bool {
	u := &g.units[i]
	return u.has(sends) || u.role == says && u.means() == Keep
}

// joined reports whether a plain "and" stands before unit i, with nothing but fillers and a frame between.
func (g *grammar) joined(i int) bool {
	for i--; i >= 0; i-- {
		switch u := &g.units[i]; u.role {
		case filler, frame:
		case and:
			return adding[g.words[u.lo]]
		default:
			return false
		}
	}
	return false
}

// adding are the joining words after which a negation may go on; after "but" it does not.
var adding = set("and n plus also y e tambien et aussi")

// not adds a negation.
func (p *splitter) not(i int) {
	g, u := p.g, &p.g.units[i]
	switch {
	case u.has(after) && g.closes(&p.cur, i):
		p.cur.denied = true
	case g.contrasts(i):
		p.cur.args = append(p.cur.args, i)
	default:
		if p.cur.head >= 0 {
			p.flush(i)
		}
		p.apart(i)
		p.cur.denied, p.cur.unsure, p.cur.bare = true, u.has(vague), u.has(after)
	}
}

// receiving words stand between a verb and its object.
var receiving = set("me us")

// untaught notes an untaught word at unit i.
func (p *splitter) untaught(i int) {
	g := p.g
	if g.parted(i) && (p.cur.head >= 0 || p.cur.loose == 0 && len(p.cur.args) > 0) {
		p.flush(i)
	}
	s := &p.cur
	if s.head >= 0 {
		s.after = true
		prev := i - 1
		if g.units[prev].role == filler && receiving[g.words[g.units[prev].lo]] {
			prev-- // "remove me nail polish"
		}
		if g.units[prev].role == toward {
			prev--
		}
		numbered := strings.ContainsAny(g.words[g.units[i].lo], "0123456789") // "delay to the 32nd"
		s.object = s.object || prev == s.head && !numbered
	}
	if s.denied && s.head < 0 { // it governs this word, not the command after it
		s.denied = false
		g.doubt |= doubtNot
	}
	s.loose++
}
