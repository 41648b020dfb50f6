package reply

import (
	"fmt"
	"strconv"
	"strings"

	"rejoinder/internal/reply/when"
)

// longestAnswer is how many words a text may have to be read as an answer. Nobody needs more to choose.
const longestAnswer = 60

// choosing is one attempt to read a text as the answer to a question.
type choosing struct {
	t        *text
	in       *Situation
	q        *Question
	words    []string // of t, without accents
	plain    []string // in the form in which names are compared
	accented []bool   // which of t are written with an accent
	wares    []bool   // which of plain are translated; nil before that is done
	names    optionNames
	calendar when.Calendar
	tokens   []when.Token
	byDay    bool // a number with an article is a day
	loosely  bool // nicknames and slips of the finger count too
	atoms    []atom
	unclear  string // why the text is no choice, when that is known
}

// atom is a stretch of a text that plays one part in an answer.
type atom struct {
	span
	part     part
	n        int       // of numbering, placing, firstly, lastly, everyone
	fit      options   // of naming, dating
	time     when.Time // of dating
	language Language  // "" when the words do not tell
	digits   bool      // written in digits alone
	marked   bool      // after "number", so that it is a place
	articled bool      // after "the", so that it may be a day
}

func newChoosing(t *text, in *Situation) *choosing {
	c := &choosing{t: t, in: in, q: in.Open, calendar: calendarOf(in)}
	c.words, c.plain = t.plain, plainWords(t)
	c.tokens = make([]when.Token, len(t.words))
	c.accented = accentedWords(t)
	end := 0
	for i, w := range t.words {
		c.tokens[i] = when.Token{Word: w, Gap: t.clean[end:t.start[i]]}
		if w == "n" {
			c.plain[i] = "and" // "stop n go"
		}
		end = t.start[i] + len(w)
	}
	return c
}

// scan cuts the text into atoms, each the longest that begins where the one before ended. It returns false at a word
// that plays no part in an answer.
func (c *choosing) scan() bool {
	c.atoms = make([]atom, 0, len(c.words))
	for i := 0; i < len(c.words); {
		a := c.next(i)
		if a.part == strange {
			return false
		}
		c.atoms = append(c.atoms, a)
		i = a.hi
	}
	return true
}

// next is the atom that begins at word i.
func (c *choosing) next(i int) atom {
	best := atom{span: span{i, i + 1}}
	if s, hi := sayingAt(c.words, c.t.clause, i); s != nil {
		best = atom{span: span{i, hi}, part: s.part, n: s.n, language: s.language}
	}
	if a, ok := c.digits(i); ok {
		best = a
	}
	c.mark(&best)
	if a, ok := c.restating(i); ok && (best.part == strange || a.hi > best.hi) {
		best = a
	}
	if fit, hi := c.names.at(c, i); hi > i && (best.part <= article || hi > best.hi) && hi >= best.hi {
		best = atom{span: span{i, hi}, part: naming, fit: fit}
	}
	if a, ok := c.date(i); ok && (best.part == strange || a.hi > best.hi || a.hi == best.hi && (c.byDay || a.fit != 0 && best.part == naming)) {
		best = a
	}
	if c.loosely && best.hi == i+1 && (best.part == strange || best.part == restated) { // a command of another language
		if fit := c.near(i); fit != 0 {
			best = atom{span: best.span, part: naming, fit: fit}
		}
	}
	return best
}

// mark notes what stands before a number.
func (c *choosing) mark(a *atom) {
	if a.part != numbering && a.part != placing || len(c.atoms) == 0 {
		return
	}
	switch last := &c.atoms[len(c.atoms)-1]; {
	case a.marked:
	case last.part == marking, last.part == refused && c.abbreviated(a.lo):
		last.part, a.marked = wrapping, true
	case last.part == article:
		a.articled = true
		if n := len(c.atoms); n > 1 && c.atoms[n-2].part == marking { // "number the first"
			c.atoms[n-2].part = wrapping
		}
	}
	if c.words[a.lo] == "one" && a.hi == a.lo+1 && !a.marked && c.t.clause[a.lo] == c.t.clause[a.lo-1] {
		switch c.atoms[len(c.atoms)-1].part {
		case joining, agreed, accepted:
		default: // "the one", "the green one"
			a.part = wrapping
		}
	}
}

// abbreviated reports whether what stands before the number at word i is short for "number": "no. 2", "n° 2".
func (c *choosing) abbreviated(i int) bool {
	gap, before := strings.TrimSuffix(c.tokens[i].Gap, " "), c.words[i-1]
	return isDigits(c.words[i]) && (before == "no" || before == "n") && (gap == "." || gap == "°")
}

// date reads an expression of time at word i that is more than a number with an article.
func (c *choosing) date(i int) (atom, bool) {
	tm, n := c.calendar.Read(c.tokens, i)
	if hi := c.beforeOne(i, n); hi > 0 { // "the december one" is not the first
		tm, n = c.calendar.Read(c.tokens[i:hi], 0)
	}
	if n == 0 || !c.byDay && c.onlyNumber(i, i+n) {
		return atom{}, false
	}
	a := atom{span: span{i, i + n}, part: dating, time: tm, language: Language(tm.Language)}
	if tm.Day.IsZero() || tm.Vague {
		return a, true
	}
	switch tm.Lead {
	case when.NoLead, when.On, when.In, when.For, when.By:
		if tm.Count == 0 || c.q.About == AboutOrder { // "next month" is how far when a date is asked for
			a.fit = c.within(tm.Day)
		}
	case when.To, when.Until:
		if c.q.About == AboutDate {
			a.fit = c.within(tm.Day)
		}
	}
	return a, true
}

// beforeOne returns where the word "one" stands that ends the n words from i on, or that keeps words from being a
// time; 0 when it does neither.
func (c *choosing) beforeOne(i, n int) int {
	if n > 1 && c.words[i+n-1] == "one" {
		return i + n - 1
	}
	for hi := i + 1; n == 0 && hi < min(i+3, len(c.words)); hi++ {
		if c.words[hi] == "one" {
			return hi
		}
	}
	return 0
}

// onlyNumber reports whether the words from lo to hi are a number or place with at most an article or the like
// before it: that may be a place in the list as well as a day.
func (c *choosing) onlyNumber(lo, hi int) bool {
	for i := lo; i < hi; {
		s, end := sayingAt(c.words, c.t.clause, i)
		_, isDigit := c.digits(i)
		switch {
		case isDigit, s != nil && (s.part == numbering || s.part == placing) && end == hi:
			return i+1 == hi || end == hi
		case s == nil, s.part != article && s.part != wrapping:
			return false
		}
		i = end
	}
	return false
}

// restating reads the command that the question is about, what stands before it, and fillers, by the tables of the
// grammar.
func (c *choosing) restating(i int) (best atom, ok bool) {
	best.hi = i
	for _, e := range entriesFrom()[c.words[i]] {
		p := strange
		switch {
		case e.row.role != verb && e.row.role != says:
		case e.row.means != "" && e.row.means == c.q.Wish.Meaning:
			p = restated
		}
		switch {
		case p != strange:
		case e.row.role == filler:
			p = wrapping
		case e.row.role == frame:
			p = framing
		}
		if p == strange {
			continue
		}
		if hi := e.match(c.words, c.t.clause, i); hi > best.hi || hi == best.hi && hi > i && p > best.part {
			best = atom{span: span{i, hi}, part: p, language: e.language}
		}
	}
	return best, best.hi > i
}

// choice makes the answer that chooses fit.
func (c *choosing) choice(fit options) Understood {
	picks, words := fit.picks(), c.said()
	u := Understood{Wish: Wish{Meaning: Choice}, Certainty: Certain, Language: c.language(), Picks: picks, Words: words}
	if len(picks) == 0 {
		u.Why = "The text chooses none of what we asked about."
		return u
	}
	shown := make([]string, len(picks))
	for i, p := range picks {
		shown[i] = strconv.Itoa(p + 1)
	}
	u.Why = fmt.Sprintf("The text chooses number %s of our question.", strings.Join(shown, " and "))
	return u
}

// said is the words of the answer, from the first to the last that count.
func (c *choosing) said() string {
	lo, hi := -1, 0
	for i := range c.atoms {
		a := &c.atoms[i]
		if a.part <= article {
			continue
		}
		if lo < 0 {
			lo = a.lo
		}
		hi = a.hi
	}
	if lo < 0 {
		return ""
	}
	return c.t.join(c.t.bareOf(span{lo, hi})) // a saying may have thanks of its own: "neither thanks"
}

// language is the one the words of the answer belong to, if they belong to one only.
func (c *choosing) language() (l Language) {
	for i := range c.atoms {
		switch a := &c.atoms[i]; {
		case a.language == "", a.part <= article, a.part == joining:
		case l == "":
			l = a.language
		case l != a.language:
			return ""
		}
	}
	return l
}
