package reply

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// A lexicon is the table of what one language says: rows of phrases, each row with one role. The grammar
// knows roles only, never words; so a language is a table and nothing else.
type lexicon struct {
	language Language
	groups   string // one group a line: NAME word|word|several_words
	endings  string // what may be written onto a word that ends in ~: "salta~" is salta, saltalo, saltatelo
	starts   string // what may be written before a word that begins with ~: "~envoi" is envoi, lenvoi, l envoi
	accents  string // words that are others than the same without accents: "sí" is yes, "si" is if
	rows     []row
	typed    string // the commands, and words commands often need, that typos of are looked for
}

// A row gives phrases one role. They stand in say, one a line. A phrase is a row of steps parted by spaces.
// A step is a word, alternatives parted by |, or a group's NAME; a ? after it makes it optional. Several
// words in one alternative are joined by _. Words are written as the grammar sees them: lower case, no
// accents, no apostrophes ("dont", "sil_vous_plait", "menvoyez").
type row struct {
	role  role
	means Meaning // for verb and says
	trait trait
	n     int // count of an object ("the next two": 2) or of a quantity ("double": 2)
	say   string
}

// role is what a phrase does in a text.
type role uint8

const (
	other   role = iota // no phrase: a word nobody taught the grammar
	filler              // changes nothing anywhere: please, hey, lol, for me
	frame               // asks for the verb that follows: can you, i want to
	verb                // a command that takes objects, products, times and counts
	says                // a complete statement: "when is my next order"; also thanks, person, yes, no, keep
	object              // an order or all orders: it, this one, my next delivery
	goods               // wares without a product's name: coffee, bags
	not                 // turns the next verb round
	hedge               // makes all doubtful: maybe, i think
	cond                // makes all depend on something: if, unless
	asks                // asks about what follows instead of asking for it: should i, what if
	turn                // takes back what was said: wait, jk, scratch that
	because             // opens a reason, in any words up to the end of its clause
	tells               // opens a statement about the shopper, in any words up to the end of its clause
	reason              // a complete reason: i have plenty
	and                 // joins
	or                  // offers two things, so that neither is certain
	timed               // a time expression, by package when
	named               // a product's name, by Situation.Products
	number              // a bare count
	instead             // marks what is not wanted any longer: instead of
	toward              // marks what is wanted: to, for, with
	suits               // says that a time is right: works, is fine
	rather              // what is said is wanted instead: "dec 7 instead"
	hints               // asks for nothing, but is asked about in a text that is not understood otherwise
)

// trait says more about a phrase.
type trait uint16

const (
	weak    trait = 1 << iota // a verb: says enough only with an object, a product or a time ("push", "hold")
	vague                     // never certain ("hold off")
	done                      // a verb's past or passive: a wish only after a frame ("want it skipped")
	every                     // an object: all orders
	later                     // an object: the order after the one that was announced ("the next one" after "this one")
	more                      // a count: so many more; with less, fewer
	less                      // a count: so many fewer
	plural                    // an object: several orders, and not how many ("my orders")
	after                     // a negation: may follow what it turns round ("saute pas")
	leads                     // opens a statement only where a clause begins ("going away")
	waits                     // a verb: says what not to do, so that a time beside it may be when to do it ("dont send it")
	beyond                    // an object: an order after the coming one ("the one after this")
	limited                   // a verb: certain only with a time ("stop the coffee" for a month)
	faint                     // a command only when the text has no other ("now", "later")
	sends                     // a verb: "send": now, on a date, or so many
	anyhow                    // a verb: asked about whatever words stand around it ("not this one")
)

// entry is one phrase ready to match.
type entry struct {
	row      *row
	language Language
	bit      uint8 // of the language, in the order of Languages
	steps    []alt
}

// alt is one step: any of ones, or any of the rows of words in many.
type alt struct {
	ones     map[string]bool
	many     map[string][][]string // by their first words
	spots    [4]uint64             // the spots of all words it can begin with: most other words are at none of them
	optional bool
}

// lexicons are the languages that are read.
func lexicons() []lexicon { return []lexicon{english, spanish, french} }

// tables are the lexicons ready to match.
type tables struct {
	from  map[string][]*entry // every phrase of every language under each word it can begin with
	hints map[string][]*entry // the phrases that only hint, likewise
	words map[string]uint8    // in which languages' tables a word stands, as bits in the order of Languages
}

// compiled is built once, and only read after that.
var compiled = sync.OnceValue(compile)

func compile() tables {
	t := tables{from: make(map[string][]*entry), hints: make(map[string][]*entry), words: make(map[string]uint8)}
	for _, l := range lexicons() {
		t.add(&l)
	}
	return t
}

func entriesFrom() map[string][]*entry { return compiled().from }

func wordLanguages() map[string]uint8 { return compiled().words }

func (t *tables) add(l *lexicon) {
	groups, bit := l.groupsByName(), uint8(1)<<slices.Index(Languages(), l.language)
	steps := make(map[string]alt) // many phrases share a step
	for i := range l.rows {
		for line := range strings.Lines(l.rows[i].say) {
			e := &entry{row: &l.rows[i], language: l.language, bit: bit}
			for f := range strings.FieldsSeq(line) {
				s, known := steps[f]
				if !known {
					s = l.newAlt(f, groups)
					steps[f] = s
					t.note(&s, bit)
				}
				e.steps = append(e.steps, s)
			}
			index := t.from
			if e.row.role == hints {
				index = t.hints
			}
			for w := range e.firsts() {
				index[w] = append(index[w], e)
			}
		}
	}
}

// note adds the words of a step.
func (t *tables) note(s *alt, bit uint8) {
	for w := range s.ones {
		t.words[w] |= bit
	}
	for _, same := range s.many {
		for _, m := range same {
			for _, w := range m {
				t.words[w] |= bit
			}
		}
	}
}

func (l *lexicon) groupsByName() map[string]string {
	groups := make(map[string]string)
	for line := range strings.Lines(l.groups) {
		if name, words, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			groups[name] = strings.TrimSpace(words)
		}
	}
	return groups
}

func (l *lexicon) newAlt(f string, groups map[string]string) alt {
	f, optional := strings.CutSuffix(f, "?")
	a := alt{ones: make(map[string]bool), many: make(map[string][][]string), optional: optional}
	l.add(&a, f, groups)
	return a
}

// add reads alternatives; a group may name other groups.
func (l *lexicon) add(a *alt, list string, groups map[string]string) {
	for w := range strings.SplitSeq(list, "|") {
		if members, isGroup := groups[w]; isGroup {
			l.add(a, members, groups)
			continue
		}
		for _, form := range l.forms(w) {
			if strings.Contains(form, "_") {
				m := strings.Split(form, "_")
				a.many[m[0]] = append(a.many[m[0]], m)
				a.spots[spot(m[0])>>6] |= 1 << (spot(m[0]) & 63)
			} else {
				a.ones[form] = true
				a.spots[spot(form)>>6] |= 1 << (spot(form) & 63)
			}
		}
	}
}

// spot is a number that tells most words apart and costs next to nothing.
func spot(w string) uint8 {
	if w == "" { // a lone accent, taken off
		return 0
	}
	return w[0]*37 ^ w[len(w)/2]*19 ^ w[len(w)-1]*11 ^ uint8(len(w))*53
}

// mayBegin reports whether it is worth looking for a word among the alternatives.
func (a *alt) mayBegin(w string) bool {
	k := spot(w)
	return a.spots[k>>6]&(1<<(k&63)) != 0
}

// forms returns w with everything that may be written onto it, or before it with and without the apostrophe's gap.
func (l *lexicon) forms(w string) []string {
	if stem, ok := strings.CutSuffix(w, "~"); ok {
		all := []string{stem}
		for e := range strings.FieldsSeq(l.endings) {
			all = append(all, stem+e)
		}
		return all
	}
	if stem, ok := strings.CutPrefix(w, "~"); ok {
		all := []string{stem}
		for s := range strings.FieldsSeq(l.starts) {
			all = append(all, s+stem, s+"_"+stem)
		}
		return all
	}
	return []string{w}
}

// accented are the words whose accents matter, of all languages.
var accented = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool)
	for _, l := range lexicons() {
		for w := range strings.FieldsSeq(l.accents) {
			all[w] = true
		}
	}
	return all
})

// firsts is the set of words the phrase can begin with.
func (e *entry) firsts() map[string]bool {
	set := make(map[string]bool)
	for _, s := range e.steps {
		for w := range s.ones {
			set[w] = true
		}
		for w := range s.many {
			set[w] = true
		}
		if !s.optional {
			break
		}
	}
	return set
}

// ends returns where the phrase may end when it begins at word i and stays in one clause: bit k is set when it takes
// k words. It looks at each step once for each word it may stand at.
func (e *entry) ends(words []string, clause []int, i int) uint64 {
	return endsOf(e.steps, words, clause, i)
}

// match returns where the phrase ends when it takes as many words as it can; i when it is not there.
func (e *entry) match(words []string, clause []int, i int) int {
	return longestOf(e.steps, words, clause, i)
}

func longestOf(steps []alt, words []string, clause []int, i int) int {
	if ends := endsOf(steps, words, clause, i); ends != 0 {
		return i + bits.Len64(ends) - 1
	}
	return i
}

func endsOf(steps []alt, words []string, clause []int, i int) uint64 {
	at := uint64(1)
	for k := range steps {
		s := &steps[k]
		next := uint64(0)
		if s.optional {
			next = at
		}
		for left := at; left != 0; left &= left - 1 {
			n := bits.TrailingZeros64(left)
			if i+n >= len(words) || clause[i+n] != clause[i] || !s.mayBegin(words[i+n]) {
				continue
			}
			if s.ones[words[i+n]] {
				next |= 1 << (n + 1)
			}
			for _, m := range s.many[words[i+n]] {
				if hasWords(words, clause, m, i+n, clause[i]) {
					next |= 1 << (n + len(m))
				}
			}
		}
		if next == 0 {
			return 0
		}
		at = next
	}
	return at &^ 1
}

func hasWords(words []string, clause []int, m []string, i, in int) bool {
	if i+len(m) > len(words) || clause[i+len(m)-1] != in {
		return false
	}
	for k, w := range m {
		if words[i+k] != w {
			return false
		}
	}
	return true
}

func concat(lists ...[]row) []row {
	var all []row
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
