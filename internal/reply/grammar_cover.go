package reply

import (
	"math/bits"
	"slices"
	"strings"

	"rejoinder/internal/reply/when"
)

// unit is a piece of a text that plays one role: a phrase, a time, a name, a count, or a word nobody taught
// the grammar.
type unit struct {
	span
	role   role
	also   *entry // a second reading of the same words, as an object
	entry  *entry // the phrase; nil for times, names, counts and untaught words
	time   when.Time
	names  []int // indexes into Situation.Products that fit the name
	count  int
	shared bool // the words mean the same in another language
}

func (u *unit) means() Meaning {
	if u.entry == nil {
		return ""
	}
	return u.entry.row.means
}

func (u *unit) has(t trait) bool { return u.entry != nil && u.entry.row.trait&t != 0 }

// Costs of covering a word. An untaught word costs more than any phrase, so that a text is covered as far as
// it can be, and then by as few phrases as possible.
const (
	costOther   = 100
	costUnit    = 10
	costForeign = 3 // a phrase of another language than most of the text
)

// grammar is one reading of a text.
type grammar struct {
	t        *text
	in       *Situation
	words    []string // of t, without accents, typos of the short list put right
	tokens   []when.Token
	calendar when.Calendar
	main     Language // what most words belong to
	spoken   uint8    // the languages that are read, bits in the order of Languages
	names    nameIndex
	units    []unit
	parts    []statement
	thanks   []int // the units that thank or greet
	persons  []int // the units inside reasons that only a person can answer
	told     bool  // a time stands in a reason
	echo     bool  // the text repeats what we texted
	toldOf   int   // 1 + the unit of the last of them
	hint     int   // 1 + the unit of a reason that by itself suggests a skip
	doubt    doubt // what makes the whole text doubtful
}

// cover cuts the text into units: of all ways to lay phrases over it, the one that leaves the fewest words
// uncovered and then takes the fewest phrases. It looks at each word once for every phrase that can begin
// with it.
func (g *grammar) cover() {
	n := len(g.words)
	best := make([]int, n+1)
	chosen := make([]unit, n)
	for i := n - 1; i >= 0; i-- {
		best[i] = best[i+1] + costOther
		chosen[i] = unit{span: span{i, i + 1}}
		g.candidates(i, func(u unit, cost int) {
			was := &chosen[i]
			same := was.hi == u.hi && was.entry != nil && u.entry != nil
			if same && was.role == u.role && was.entry.language != u.entry.language {
				was.shared, u.shared = true, true
			}
			switch c := cost + best[u.hi]; {
			case c < best[i]:
				best[i], chosen[i] = c, u
			case c == best[i] && same && was.role != u.role && was.also == nil:
				was.also = u.entry
			}
		})
	}
	for i := 0; i < n; i = chosen[i].hi {
		g.units = append(g.units, chosen[i])
	}
}

// candidates gives every unit that can begin at word i, with what it costs.
func (g *grammar) candidates(i int, give func(unit, int)) {
	for _, e := range entriesFrom()[g.words[i]] {
		if g.spoken&e.bit == 0 {
			continue
		}
		cost := costUnit
		if e.language != g.main {
			cost += costForeign
		}
		if e.row.role == cond {
			cost -= 3 // a condition is never to be overlooked
		}
		for ends := e.ends(g.words, g.t.clause, i); ends != 0; ends &= ends - 1 {
			n := bits.TrailingZeros64(ends)
			held := cost
			if n > 1 && e.row.binds() {
				held-- // "dont send" is one thing to say, not "dont" before "send"
			}
			u := unit{span: span{i, i + n}, role: e.row.role, entry: e, count: e.row.n}
			u.time.Vague = u.role == timed
			give(u, held)
		}
	}
	if tm, n := g.calendar.Read(g.tokens, i); n > 0 && !g.foreign(tm, i, n) && !g.standsFor(i) && !g.ofWares(i+n) {
		strange := tm.Language != "" && tm.Language != string(g.main) && g.spoken == 1<<slices.Index(Languages(), g.main)
		tm.Vague = tm.Vague || strange || strings.ContainsRune("-−~<>$€£", g.t.before(i)) // "hold the mayo", "-2 weeks"
		give(unit{span: span{i, i + n}, role: timed, time: tm}, costUnit-1)
	}
	if found, hi := g.names.at(g.words, g.t.words, g.t.clause, i); hi > i {
		give(unit{span: span{i, hi}, role: named, names: found}, costUnit-2)
	}
	if n, ok := g.countAt(i); ok {
		give(unit{span: span{i, i + 1}, role: number, count: n}, costUnit+1)
	}
}

// foreign reports whether a time is one word of another language that is also a word of the text's own: "we" is a
// weekend in French only.
func (g *grammar) foreign(tm when.Time, i, n int) bool {
	if n > 1 || tm.Language == "" || tm.Language == string(g.main) {
		return false
	}
	for _, e := range entriesFrom()[g.words[i]] {
		if e.language == g.main {
			return true
		}
	}
	return false
}

// standsFor reports whether the French article at word i stands for the order, as in "reportez-la" and "décalez la
// d'une semaine", and so begins no time.
func (g *grammar) standsFor(i int) bool {
	switch g.words[i] {
	case "la", "le", "les":
	default:
		return false
	}
	if g.tokens[i].Gap == "-" {
		return true
	}
	if i+1 < len(g.words) {
		switch g.words[i+1] {
		case "de", "d", "dun", "dune":
			return true
		}
	}
	return false
}

// ofWares reports whether a number ends before word i and wares follow, so that it counts them: "a 3 bolsas" is no
// day.
func (g *grammar) ofWares(i int) bool {
	if i >= len(g.words) || g.t.clause[i] != g.t.clause[i-1] || !isDigits(g.words[i-1]) || len(g.words[i]) < 3 {
		return false
	}
	for _, e := range entriesFrom()[g.words[i]] {
		if e.row.role == goods && g.spoken&e.bit != 0 && e.ends(g.words, g.t.clause, i)&2 != 0 {
			return true
		}
	}
	return false
}

// binds reports whether a phrase of several words holds them together against shorter ones.
func (r *row) binds() bool {
	switch r.role {
	case says:
		return r.means != Yes && r.means != No && r.means != Thanks
	case verb, object, cond, tells, number, hedge, asks:
		return true
	}
	return false
}

// countAt reads a bare count of things: nobody means more than 99 bags.
func (g *grammar) countAt(i int) (int, bool) {
	w := g.words[i]
	if w == "a" || w == "an" || g.t.touched(i) || i > 0 && pointing[g.words[i-1]] {
		return 0, false
	}
	if n := counts[w]; n > 0 && g.main != English {
		return n, true
	}
	n := countOf(w)
	return n, isCount(w) && n <= 99
}

// pointing words before "one" make it no count: "this one".
var pointing = set("this that the which any every each no ese este esa esta cual ce cette quel quelle")

// touched reports whether what touches the number at word i makes it another number, a time or a price.
func (t *text) touched(i int) bool {
	for _, r := range []rune{t.before(i), t.after(i)} {
		switch r {
		case '$', '€', '£', '%', '/', '-', '−', '~', '<', '>', '°':
			return true
		}
	}
	joined := func(a, b int) bool { // "1.5", "2:30", "1,000"
		gap := t.clean[t.start[a]+len(t.words[a]) : t.start[b]]
		return (gap == "." || gap == ":" || gap == ",") && isDigits(t.words[a]) && isDigits(t.words[b])
	}
	return i > 0 && joined(i-1, i) || i+1 < len(t.words) && joined(i, i+1)
}

// languages sets the language most words of the text could belong to, the customer's when that does not tell, and
// the ones that have a word in it which that one has not. What no word of its own speaks for is not read: an English
// text has no French in it for "on" and "the".
func (g *grammar) languages() {
	var counts [3]int
	for _, w := range g.words {
		if isDigits(w) {
			continue
		}
		for l, only := range [3]uint8{1, 2, 4} {
			if wordLanguages()[w] == only {
				counts[l]++
			}
		}
	}
	best := max(slices.Index(Languages(), g.in.Language), 0)
	for l := range counts {
		if counts[l] > counts[best] {
			best = l
		}
	}
	g.main, g.spoken = Languages()[best], 1<<best
	for _, w := range g.words {
		if in := wordLanguages()[w]; in&(1<<best) == 0 && !isDigits(w) {
			g.spoken |= in
		}
	}
}

// nameIndex finds names of products by their words.
type nameIndex struct {
	labels [][]string // the words of each product's name
	spots  [4]uint64  // the spots of all of them: most words of a text are at none
}

func newNameIndex(products []Product) nameIndex {
	x := nameIndex{labels: make([][]string, len(products))}
	for i := range products {
		x.labels[i] = nameWords(products[i].Name)
		for _, w := range x.labels[i] {
			x.spots[spot(w)>>6] |= 1 << (spot(w) & 63)
		}
	}
	return x
}

// at returns the products that have every word of the longest row of words from word i on, and its end. Articles
// before it belong to it. raw are the words with their accents.
func (x *nameIndex) at(words, raw []string, clause []int, i int) (fit []int, hi int) {
	if len(x.labels) == 0 {
		return nil, i
	}
	lo, in := i, clause[i]
	for lo < len(words) && clause[lo] == in && articles[words[lo]] && !(lo > i && isTea(words, raw, lo)) {
		lo++
	}
	telling := false
	hi = lo
	for hi < len(words) && clause[hi] == in {
		w := plain(words[hi])
		tea := isTea(words, raw, hi)
		with := x.having(w, fit, hi > lo)
		if same := wares[w]; len(with) == 0 && same != "" && (len(w) > 3 || tea) {
			for other := range strings.SplitSeq(same, " ") {
				if with = x.having(other, fit, hi > lo); len(with) > 0 {
					break
				}
			}
		}
		if len(with) == 0 {
			break
		}
		fit = with
		telling = telling || tea || len([]rune(w)) >= 3 && !around[w] && !common[w] && !isDigits(w)
		hi++
	}
	if !telling {
		return nil, i
	}
	for hi < len(words) && clause[hi] == in && afterName[words[hi]] {
		hi++
	}
	return fit, hi
}

// has reports whether any product has the word in its name.
func (x *nameIndex) has(w string) bool { return len(x.having(w, nil, false)) > 0 }

// having returns the products that have the word in their name, of those that fit so far.
func (x *nameIndex) having(w string, fit []int, among bool) (have []int) {
	if k := spot(w); x.spots[k>>6]&(1<<(k&63)) == 0 {
		return nil
	}
	for p, words := range x.labels {
		if (!among || slices.Contains(fit, p)) && slices.Contains(words, w) {
			have = append(have, p)
		}
	}
	return have
}

// isTea reports whether word i is Spanish or French tea, although it looks like "you" or "the" when its accent is
// not typed: after an article, or before what only tea can be.
func isTea(words, raw []string, i int) bool {
	if w := words[i]; w != "te" && w != "the" {
		return raw[i] == "té" || raw[i] == "thé" || raw[i] == "tés" || raw[i] == "thés"
	}
	return raw[i] != words[i] || i > 0 && beforeTea[words[i-1]] || i+1 < len(words) && afterTea[words[i+1]]
}

// wares are the words for wares that shoppers translate, so that "el café" finds House Blend Coffee. Words of names
// themselves come first.
var wares = func() map[string]string {
	m := make(map[string]string)
	for _, same := range []string{
		"coffee cafe caffe cafecito", "tea te tecito the infusion tisane", "decaf descafeinado decafeine deca decafe decaffeinated",
		"chamomile manzanilla camomille camomila", "dark oscuro fonce foncee obscuro", "light claro clair ligero",
		"roast tueste tostado torrefaction", "green verde vert verte", "black negro noir", "blend mezcla melange",
		"chocolate chocolat", "house casa maison", "mint menta menthe", "honey miel", "milk leche lait",
	} {
		for w := range strings.FieldsSeq(same) {
			m[w] = same
		}
	}
	return m
}()

var (
	beforeTea = set("el del al mi un solo le du mon un au de ce cafe y et")
	afterTea  = set("verde negro vert noir chai rojo blanc blanco")
)

var (
	articles = set(`the my our some that this a el la los las mi mis un una este esta del al de le les l un une du des d mon ma mes
		la cette ce cet notre nuestro nuestra su votre`)
	afterName = set("one ones order orders subscription subscriptions sub shipment delivery pedido suscripcion commande abonnement")
)
