package reply

import (
	"math/bits"
	"slices"

	"rejoinder/internal/reply/when"
)

// mostHinting is how many words a text may have for what it hints at to be asked about: more are a story.
const mostHinting = 40

// hint is something a text may want, by words that do not ask for it.
type hint struct {
	wish  Wish
	said  span
	level int // the plainest of a text are asked about
}

// The levels of hints, from the plainest.
const (
	byVerb = iota
	byPhrase
	byTime
	byName
)

// suspected is what a text that is not understood hints at: one thing to ask about, or u.
func (g *grammar) suspected(u Understood) Understood {
	if u.Certainty != None || g.echo || u.Meaning != Unknown && u.Meaning != Person && u.Meaning != Keep || len(g.words) > mostHinting || g.elsewhere() {
		return u
	}
	var all []hint
	switch {
	case u.Meaning == Keep:
		all = slices.DeleteFunc(g.hintedByPhrases(), func(h hint) bool { return h.wish.Meaning != Skip && h.wish.Meaning != Delay && h.wish.Meaning != Pause })
	case u.Meaning == Person:
		all = slices.DeleteFunc(g.hintedByPhrases(), func(h hint) bool { return h.wish.Meaning != Next && h.wish.Meaning != Swap })
	case g.in.Open != nil:
		all = g.hintedByVerbs()
	default:
		all = slices.Concat(g.hintedByVerbs(), g.hintedByPhrases(), g.hintedByTime(), g.hintedByName())
	}
	all = outermost(all)
	if len(all) == 0 {
		return u
	}
	slices.SortStableFunc(all, func(a, b hint) int { return a.level - b.level })
	h := all[0]
	for _, other := range all[1:] {
		if other.level == h.level && other.wish.Meaning != h.wish.Meaning { // the last word counts
			h = other
		}
	}
	w := g.sharpened(h.wish)
	said := g.t.join(h.said)
	return Understood{
		Wish: w, Certainty: Likely, Language: g.main, Words: said,
		Why: "The text says “" + said + "”: perhaps " + gloss(w) + ".",
	}
}

// outermost leaves out hints within the words of others: the rush of "no rush".
func outermost(all []hint) []hint {
	return slices.DeleteFunc(slices.Clone(all), func(h hint) bool {
		return slices.ContainsFunc(all, func(o hint) bool {
			return o.said.lo <= h.said.lo && h.said.hi <= o.said.hi && o.said != h.said && o.level < byTime
		})
	})
}

// timeAt reports whether a time touches the words at s.
func (g *grammar) timeAt(s span) bool {
	return slices.ContainsFunc(g.units, func(u unit) bool { return u.role == timed && u.lo <= s.hi && u.hi > s.lo })
}

// aside are words of texts about something else.
var aside = set(`text texts texting txt reply replying auto autoreply attached bank hell leg legs flight flights train meeting appointment class school practice game games movie song heart market
	mayo town jail gym barking seats meet gratification album dentist lunch dinner breakfast prom vote rope
	linkedin notifications driving voicemail landline mortgage rent shifts solids
	vuelo avion tren reunion cita escuela colegio partido gimnasio banco cuerda pierna corazon pelicula cancion tribunal juicio hipoteca boda
	vol avion rdv ecole gare film chanson cinema banque mariage tribunal corde joie yeux`)

// gone are words of what has happened already.
var gone = set("been ago delayed skipped arrived came")

// elsewhere reports whether the text is about something else.
func (g *grammar) elsewhere() bool {
	return slices.ContainsFunc(g.words, func(w string) bool { return aside[w] })
}

// ordering are words that make an order of a text, or a time in it one that is wished for.
var (
	pleading = set("please pls plz kindly porfa porfavor favor svp stp plait")
	wishing  = set(`later until till til wait instead rather better best works work suit suits make need needing needed want come arrive
		arrives arriving arrival send ship bring deliver delivery deliveries dispatch release before after by earlier onwards sound
		sounds please pls plz ideal back home closed away gimme give nothing push slip table punt circle leave hang put knock
		latest more hence broke paid hold bake reckon start starting next another off wont order shipment package box let lets how
		about from can could might should
		mejor luego despues hasta tarde adelante mande manden envien llegue venga salga prefiero quiero queremos puede pueden podria seria estaria
		vendria pedido envio entrega paquete porfa favor nada
		plutot mieux apres jusqua jusquau tard envoyez livrez veux voudrais peut peuvent pouvez serait irait commande livraison colis svp stp rien
		mettez disait disons partons`)
)

// pleads reports whether the text says please.
func (g *grammar) pleads() bool {
	return slices.ContainsFunc(g.words, func(w string) bool { return pleading[w] })
}

// hintedByVerbs are the commands in statements that could not be read as a whole.
func (g *grammar) hintedByVerbs() (all []hint) {
	for i := range g.parts {
		s := &g.parts[i]
		if s.head < 0 || s.denied || g.mentioned(s) {
			continue
		}
		head, a := &g.units[s.head], g.arguments(s)
		if head.role != verb || head.has(done) || !head.means().IsCommand() && !head.has(sends) {
			continue
		}
		said := a.object || len(a.about) > 0 || len(a.times) > 0
		switch {
		case head.has(sends) && !s.framed && !g.leadsOrder(s), head.has(faint), head.has(limited|vague|weak|sends) && !said, s.object && !said && !g.pleads() && !g.numbered(s),
			s.before && !said && !s.framed, !g.leadsOrder(s) && !said:
			continue
		}
		w, _ := g.wish(s)
		if w[0].Meaning == "" || !w[0].Meaning.IsCommand() {
			continue
		}
		all = append(all, hint{w[0], head.span, byVerb})
	}
	return all
}

// leadsOrder reports whether the verb of s begins a clause, but for what is said before an order.
func (g *grammar) leadsOrder(s *statement) bool {
	for i := s.head; !g.parted(i); i-- {
		switch u := &g.units[i-1]; u.role {
		case filler, and, frame, says, hedge, turn, reason, because, named:
			if article := g.words[u.lo]; articles[article] {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// numbered reports whether a word with a digit in it stands where the object of s would.
func (g *grammar) numbered(s *statement) bool {
	for i := s.head + 1; i < s.hi; i++ {
		if hasDigit(g.words[g.units[i].lo]) {
			return true
		}
	}
	return false
}

func hasDigit(w string) bool {
	return slices.ContainsFunc([]byte(w), func(b byte) bool { return '0' <= b && b <= '9' })
}

// hintedByPhrases are the phrases of the tables that only hint.
func (g *grammar) hintedByPhrases() (all []hint) {
	for i, w := range g.words {
		for _, e := range compiled().hints[w] {
			if g.spoken&e.bit == 0 {
				continue
			}
			if ends := e.ends(g.words, g.t.clause, i); ends != 0 {
				n := bits.Len64(ends) - 1
				if e.row.means == Quantity && g.timeAt(span{i, i + n}) {
					continue
				}
				all = append(all, hint{Wish{Meaning: e.row.means}, span{i, i + n}, byPhrase})
			}
		}
	}
	return all
}

// hintedByTime takes a time in a text that wishes for something as the time wanted.
func (g *grammar) hintedByTime() []hint {
	i := g.onlyTime()
	if i < 0 || slices.ContainsFunc(g.words, func(w string) bool { return gone[w] }) || !slices.ContainsFunc(g.words, func(w string) bool { return wishing[w] }) {
		return nil
	}
	return []hint{{Wish{Meaning: Delay}, g.units[i].span, byTime}}
}

// onlyTime is the unit of the only time, or -1; the coming order's own date does not count beside another.
func (g *grammar) onlyTime() int {
	var times []int
	for i := range g.units {
		if u := &g.units[i]; u.role == timed && (!u.time.Vague || !u.time.Day.IsZero() || u.time.Count > 0) {
			times = append(times, i)
		}
	}
	if len(times) > 1 {
		times = slices.DeleteFunc(times, func(i int) bool { return g.ofTheOrder(i) })
	}
	if len(times) != 1 {
		return -1
	}
	return times[0]
}

// hintedByName takes a product that is on offer as one that is wanted, and a count of things as a quantity.
func (g *grammar) hintedByName() (all []hint) {
	for i := range g.units {
		u := &g.units[i]
		switch {
		case u.role == named && len(g.words) > 1 && len(g.only(u.names, true)) > 0 && len(g.only(u.names, false)) == 0:
			all = append(all, hint{Wish{Meaning: Swap}, u.span, byName})
		case u.role == number && i+1 < len(g.units) && g.units[i+1].role == goods && len(g.words) > 2:
			all = append(all, hint{Wish{Meaning: Quantity}, u.span, byName})
		}
	}
	return all
}

// sharpened adds to a wish that is only hinted at the one time that the text names.
func (g *grammar) sharpened(w Wish) Wish {
	i := g.onlyTime()
	if i < 0 || w.Amount.Count > 0 || len(w.Dates) > 0 {
		return w
	}
	a := arguments{times: []int{i}}
	lead := g.units[i].time.Lead
	switch {
	case w.Meaning == Skip && (lead == when.Until || lead == when.Before || lead == when.After || lead == when.Back):
		w.Meaning = Delay
		fallthrough
	case w.Meaning == Delay:
		g.delaying(&w, a, true)
	case w.Meaning == Pause:
		g.pausing(&w, a)
	case w.Meaning == Skip && w.Count == 0:
		g.ofOrder(&w, g.units[i].time)
	}
	return w
}
