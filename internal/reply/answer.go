package reply

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// readAnswer reads a text as the answer to the open question. A command word is never an answer, even if a
// product has that name; an answer that fits more than one option, or none, goes to a person.
func readAnswer(t *text, in *Situation) (Understood, bool) {
	open := in.Open
	if open == nil || len(open.Options) == 0 {
		return Understood{}, false
	}
	if _, ok := readCommand(t, in); ok {
		return Understood{}, false
	}
	s := t.answerSpan()
	if s.lo == s.hi {
		return Understood{}, false
	}
	c := choosing{t: t, options: open.Options, names: namesOf(open.Options), said: plainWords(t)}
	if none[t.join(s)] {
		return Understood{Wish: Wish{Meaning: Choice}, Certainty: Certain, Picks: []int{}, Words: t.join(s), Why: "The text chooses none of the orders."}, true
	}
	for i := s.lo; i < s.hi; i++ {
		if negating[t.words[i]] {
			return c.fullName(s)
		}
	}
	for _, read := range []func(span) (Understood, bool){c.whole, c.numbers, c.numberAndName} {
		if u, ok := read(s); ok {
			return c.unlessNamed(s, u), true
		}
	}
	return c.named(s)
}

// unlessNamed returns u, unless the words that led to it are also the name of another option: "two" when the
// first option is called Two.
func (c choosing) unlessNamed(s span, u Understood) Understood {
	if i, ok := c.name(s); ok && u.Meaning == Choice && !slices.Equal(u.Picks, []int{i}) {
		return unknown(u.Words, "The text may be a number or a name in our question.")
	}
	return u
}

// consenting words may come before an answer: "yes, 2".
var consenting = set("yes yep yeah ok okay just only")

// answerSpan is the text without please, thanks and a yes before the answer.
func (t *text) answerSpan() span {
	s := t.bare()
	for s.hi-s.lo > 1 && (consenting[t.words[s.lo]] || polite[t.words[s.lo]]) {
		s.lo++
	}
	return s
}

// none are the answers that choose nothing.
var none = map[string]bool{
	"none": true, "neither": true, "no": true, "nope": true, "nah": true, "none of them": true,
	"neither of them": true, "neither one": true, "never mind": true, "nevermind": true,
}

// choosing is one attempt to find the options a text means.
type choosing struct {
	t       *text
	options []Option
	names   [][]string // the words of each label, in the form of plain
	said    []string   // the words of t, in that form
}

func namesOf(options []Option) [][]string {
	names := make([][]string, len(options))
	for i, o := range options {
		label := normalise(o.Label)
		names[i] = plainWords(&label)
	}
	return names
}

func plainWords(t *text) []string {
	words := make([]string, len(t.words))
	for i, w := range t.words {
		words[i] = plain(w)
	}
	return words
}

// plain is the form in which words of names are compared: without accents, and without a plural s.
func plain(w string) string {
	if !ascii(w) {
		w = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(w))
	}
	if len(w) > 3 {
		w = strings.TrimSuffix(w, "s")
	}
	return w
}

func (c choosing) choice(s span, picks []int) Understood {
	slices.Sort(picks)
	picks = slices.Compact(picks)
	shown := make([]string, len(picks))
	for i, p := range picks {
		shown[i] = strconv.Itoa(p + 1)
	}
	why := fmt.Sprintf("The text chooses number %s of our question.", strings.Join(shown, " and "))
	return Understood{Wish: Wish{Meaning: Choice}, Certainty: Certain, Picks: picks, Words: c.t.join(s), Why: why}
}

func (c choosing) unclear(s span, why string) (Understood, bool) {
	return unknown(c.t.join(s), why), true
}

// whole reads "both" and "all" in their forms.
func (c choosing) whole(s span) (Understood, bool) {
	w := c.t.join(s)
	w = strings.TrimSuffix(strings.TrimSuffix(w, " of them"), " orders")
	n := len(c.options)
	switch {
	case w == "both" && n != 2:
		return c.unclear(s, fmt.Sprintf("The text says “both”, but the question has %d orders.", n))
	case w == "both", w == "all", w == "all of it":
	case strings.HasPrefix(w, "all ") && isCount(w[4:]) && countOf(w[4:]) == n:
	default:
		return Understood{}, false
	}
	picks := make([]int, n)
	for i := range picks {
		picks[i] = i
	}
	return c.choice(s, picks), true
}

// ordinals are the places people write as words. Those in digits ("2nd") are read by place.
var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
	"ninth": 9, "tenth": 10,
}

var (
	numbering = set("number option order")
	counted   = set("one ones order option")
)

// numbers reads a row of numbers and places: "2", "#1 and #3", "the second one", "1, 2".
func (c choosing) numbers(s span) (Understood, bool) {
	var picks []int
	outside, dated := false, false
	for i := s.lo; i < s.hi; {
		if i > s.lo && c.t.words[i] == "and" {
			i++
		}
		n, next, isPlace := c.number(i, s.hi)
		if next == i {
			return Understood{}, false
		}
		outside = outside || n < 1 || n > len(c.options)
		dated = dated || isPlace && c.isDayOfAnother(n)
		picks = append(picks, n-1)
		i = next
	}
	switch {
	case outside:
		return c.unclear(s, "The text gives a number that was not in the question.")
	case dated:
		return c.unclear(s, "The text may mean a place in the list or a day of the month.")
	}
	return c.choice(s, picks), true
}

// number reads one number or place from word i, and where it ends; next is i when there is none.
func (c choosing) number(i, hi int) (n, next int, isPlace bool) {
	from, the := i, false
	if i < hi && c.t.words[i] == "the" {
		the = true
		i++
	}
	if i < hi && numbering[c.t.words[i]] {
		i++
	}
	if i >= hi {
		return 0, from, false
	}
	w := c.t.words[i]
	if p, ok := place(w); ok {
		i++
		if i < hi && counted[c.t.words[i]] {
			i++
		}
		return p, i, true
	}
	switch n, isWord := numerals[w]; {
	case isWord && w != "a" && w != "an" && !(the && w == "one"): // "the one" may be any
		return n, i + 1, false
	case isDigits(w) && !c.altered(i):
		return countOf(w), i + 1, false
	}
	return 0, from, false
}

// place reads "second" and "2nd".
func place(w string) (int, bool) {
	if n, ok := ordinals[w]; ok {
		return n, true
	}
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if d, ok := strings.CutSuffix(w, end); ok && isDigits(d) {
			return countOf(d), true
		}
	}
	return 0, false
}

// altered reports whether what touches the number at word i makes it another number, a date, a time or a
// price: "-2", "1/2", "1.5", "$2", "2%", "2:30". A full stop after it does not, nor do dots before it.
func (c choosing) altered(i int) bool {
	const changing = "-−–—$€£¥<>~/\\%°"
	before := c.t.before(i)
	switch ahead := c.t.clean[:c.t.start[i]]; before {
	case '.':
		return !strings.HasSuffix(ahead, "..")
	case ':':
		return len(ahead) > 1 && isDigits(ahead[len(ahead)-2:len(ahead)-1])
	}
	return strings.ContainsRune(changing, before) || strings.ContainsRune(changing, c.t.after(i))
}

// isDayOfAnother reports whether "the nth" could be the order date of an option other than the nth.
func (c choosing) isDayOfAnother(n int) bool {
	for i, o := range c.options {
		if d, err := time.Parse(time.DateOnly, o.Key); err == nil && d.Day() == n && i != n-1 {
			return true
		}
	}
	return false
}

// numberAndName reads "2. Coffee" or "2 the coffee" when both say the same. "2 coffees" may be a quantity.
func (c choosing) numberAndName(s span) (Understood, bool) {
	n, next, _ := c.number(s.lo, s.hi)
	if next == s.lo || next == s.hi || c.t.clause[next] == c.t.clause[next-1] && c.t.words[next] != "the" {
		return Understood{}, false
	}
	if i, ok := c.name(span{next, s.hi}); !ok || i != n-1 {
		return Understood{}, false
	}
	return c.choice(s, []int{n - 1}), true
}

// named reads names of products: all words as one name, or one name on each side of "and". If both ways
// give an answer and they differ, it gives none.
func (c choosing) named(s span) (Understood, bool) {
	one, isOne := c.name(s)
	several, isSeveral := c.eachName(s)
	switch {
	case isOne && isSeveral && !slices.Equal(several, []int{one}):
		return c.unclear(s, "The text may name one order or several.")
	case isOne:
		return c.choice(s, []int{one}), true
	case isSeveral:
		return c.choice(s, several), true
	}
	return Understood{}, false
}

// eachName finds the option of every name in "the coffee and the tea".
func (c choosing) eachName(s span) ([]int, bool) {
	var picks []int
	lo := s.lo
	for i := s.lo; i <= s.hi; i++ {
		apart := i == s.hi || c.t.words[i] == "and"
		if !apart && (i == lo || c.t.clause[i] == c.t.clause[i-1]) {
			continue
		}
		if i > lo {
			p, ok := c.name(span{lo, i})
			if !ok {
				return nil, false
			}
			picks = append(picks, p)
		}
		lo = i
		if i < s.hi && apart {
			lo = i + 1
		}
	}
	slices.Sort(picks)
	return slices.Compact(picks), len(picks) > 0
}

// Words that carry no name: those around one, and those too common to choose by.
var (
	around = set("the one ones my order")
	common = set("and for with from our all new")
)

// name returns the one option whose label has every word of s, the and one apart.
func (c choosing) name(s span) (int, bool) {
	found, telling := -1, false
	for i := s.lo; i < s.hi; i++ {
		w := c.t.words[i]
		telling = telling || len([]rune(w)) >= 3 && !around[w] && !common[w] && !isDigits(w)
	}
	if !telling {
		return 0, false
	}
	for o, label := range c.names {
		if !c.within(s, label) {
			continue
		}
		if found >= 0 {
			return 0, false
		}
		found = o
	}
	return found, found >= 0
}

func (c choosing) within(s span, label []string) bool {
	for i := s.lo; i < s.hi; i++ {
		if !around[c.t.words[i]] && !slices.Contains(label, c.said[i]) {
			return false
		}
	}
	return true
}

// fullName reads a label written out in full, although it has a word that negates: "No Sugar Granola".
func (c choosing) fullName(s span) (Understood, bool) {
	i, ok := c.name(s)
	if !ok || len(c.names[i]) != s.hi-s.lo {
		return Understood{}, false
	}
	for j, w := range c.names[i] {
		if w != c.said[s.lo+j] {
			return Understood{}, false
		}
	}
	return c.choice(s, []int{i}), true
}
