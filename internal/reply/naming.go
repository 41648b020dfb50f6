package reply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostOptions is how many options a question may have for a text to choose among them.
const mostOptions = 32

// options is a set of the open question's options, one bit each.
type options uint32

func (o options) has(i int) bool { return o&(1<<i) != 0 }

func (o options) picks() []int {
	picks := []int{}
	for i := range mostOptions {
		if o.has(i) {
			picks = append(picks, i)
		}
	}
	return picks
}

func (o options) count() int {
	n := 0
	for ; o != 0; o &= o - 1 {
		n++
	}
	return n
}

// labelBytes and labelWords are how much of a label is read: nobody types more of a name.
const (
	labelBytes = 300
	labelWords = 40
)

// name is one way to call an option.
type name struct {
	option   int
	words    []string // in the form of plain
	accented []bool   // which of them are written with an accent
}

// optionNames finds the options that a text names.
type optionNames struct {
	list   []name
	byWord map[string]options
}

func (n *optionNames) add(option int, label string) {
	words, accented := wordsOfLabel(label)
	n.list = append(n.list, name{option, words, accented})
	for _, w := range words {
		n.byWord[w] |= 1 << option
	}
}

func wordsOfLabel(label string) (words []string, accented []bool) {
	if len(label) > labelBytes {
		label = strings.ToValidUTF8(label[:labelBytes], "")
	}
	t := normalise(label)
	t.words = t.words[:min(len(t.words), labelWords)]
	return plainWords(&t), accentedWords(&t)
}

func namesOf(all []Option) optionNames {
	n := optionNames{list: make([]name, 0, len(all)), byWord: make(map[string]options, 4*len(all))}
	for i, o := range all {
		n.add(i, o.Label)
	}
	return n
}

// addNicknames adds what products are called otherwise: a nickname of a product names the option that has the
// product's key, or that has all of its name in the label.
func (n *optionNames) addNicknames(all []Option, products []Product) {
	labels := n.list
	for _, p := range products {
		for i, o := range all {
			if o.Key == p.Key && o.Label != p.Name {
				n.add(i, p.Name)
			}
		}
		for _, same := range products {
			if same.Key != p.Key || same.Name == p.Name {
				continue
			}
			words, _ := wordsOfLabel(p.Name)
			for i := range all {
				if all[i].Key != p.Key && len(words) > 0 && contains(labels[i].words, words) {
					n.add(i, same.Name)
				}
			}
		}
	}
}

// contains reports whether words has part as a row.
func contains(words, part []string) bool {
	for i := 0; i+len(part) <= len(words); i++ {
		if slices.Equal(words[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// at returns the options that the longest row of words from word i on names, and its end. Every word of the row is
// in the name; one that does something in an answer by itself ("and", "two", "last") stands in the row only as it
// stands in the name, and one that negates only when the whole name is written out.
func (n *optionNames) at(c *choosing, i int) (fit options, hi int) {
	if n.byWord[c.plain[i]] == 0 {
		return 0, i
	}
	hi = i
	for k := range n.list {
		end := n.list[k].run(c, i)
		switch {
		case end <= i || end < hi:
		case end > hi:
			fit, hi = 1<<n.list[k].option, end
		default:
			fit |= 1 << n.list[k].option
		}
	}
	return fit, hi
}

// run returns where the row of words from word i on that names n ends; i when there is none.
func (n *name) run(c *choosing, i int) int {
	words, clause := c.plain, c.t.clause
	if l := len(n.words); i+l <= len(words) && slices.Equal(words[i:i+l], n.words) && slices.ContainsFunc(n.words, telling) {
		return i + l
	}
	end, last, tells := i, -1, false
	for j := i; j < len(words) && clause[j] == clause[i]; j++ {
		at := n.find(c, j, last)
		if at < 0 {
			break
		}
		last = at
		noun := n.accented[at] && c.asNoun(j)
		tells = tells || noun || telling(words[j])
		if noun || !structural(words[j]) {
			end = j + 1
		}
	}
	if !tells {
		return i
	}
	return end
}

// find returns where in the name word j is, behind last if it can be; -1 when it is not there.
func (n *name) find(c *choosing, j, last int) int {
	words, w := c.plain, c.plain[j]
	if next := last + 1; last >= 0 && next < len(n.words) && n.words[next] == w && !negating[w] {
		return next
	}
	at := slices.Index(n.words, w)
	if at < 0 || !structural(w) || n.accented[at] && c.asNoun(j) {
		return at
	}
	if c.accented[j] {
		return -1
	}
	if last < 0 && !negating[w] && at+1 < len(n.words) && j+1 < len(words) && n.words[at+1] == words[j+1] {
		return at
	}
	return -1
}

// taught returns the phrases that w begins in the customer's language.
func (c *choosing) taught(w string) (all []*entry) {
	l := c.in.Language
	if l == "" {
		l = English
	}
	for _, e := range entriesFrom()[w] {
		if e.language == l {
			all = append(all, e)
		}
	}
	return all
}

// near returns the options of which one word is word i but for one slip of the finger, or is it written in two. A word
// that says something else in the customer's language is no slip.
func (c *choosing) near(i int) (fit options) {
	w := c.plain[i]
	if utf8.RuneCountInString(w) < 4 || structural(w) || len(sayingsFrom()[w]) > 0 || len(c.taught(c.words[i])) > 0 {
		return 0
	}
	for _, l := range c.names.list {
		for k, in := range l.words {
			joined := k+1 < len(l.words) && len(w) == len(in)+len(l.words[k+1]) && w[:len(in)] == in && w[len(in):] == l.words[k+1]
			if joined || len(in) >= 5 && telling(in) && slip(w, in) {
				fit |= 1 << l.option
			}
		}
	}
	return fit
}

// slip reports whether a and b differ by one letter that was left out, added, changed, or swapped with the next.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// telling reports whether w may choose an option by itself.
func telling(w string) bool {
	return utf8.RuneCountInString(w) >= 3 && !structural(w)
}

// Words that carry no name: those around one, and those too common to choose by.
var (
	around = set("the one ones my order option choice opcion pedido commande choix el la los las mi le les l ma mon mes un una une uno du del de des")
	common = set("and for with from our all new y con para por sin del et avec pour sans aux au en")
)

// accentedWords reports which words are written with an accent: "thé" is a noun, "the" an article.
func accentedWords(t *text) []bool {
	accented := make([]bool, len(t.words))
	for i, w := range t.words {
		accented[i] = !ascii(w)
	}
	return accented
}

// translate replaces words for wares that no option has by those of another language that one has.
func (c *choosing) translate() {
	c.wares = make([]bool, len(c.plain))
	for i, w := range c.plain {
		same := wares[w]
		if same == "" || c.names.byWord[w] != 0 || len(w) <= 3 && !isTea(c.words, c.t.words, i) {
			continue
		}
		for other := range strings.FieldsSeq(same) {
			if c.names.byWord[other] != 0 {
				c.plain[i], c.wares[i] = other, true
				break
			}
		}
	}
}

// nounAfter are words after which a short word is a noun although its accent is not written: "le the", "el te".
var nounAfter = set("el un mi del al le du mon au")

// asNoun reports whether word i, which is a noun only when it has its accent, is one: it has it, or an article stands
// before it.
func (c *choosing) asNoun(i int) bool {
	return c.wares != nil && c.wares[i] || len(c.plain[i]) >= 2 && (c.accented[i] || i > 0 && c.t.clause[i] == c.t.clause[i-1] && nounAfter[c.words[i-1]])
}

func plainWords(t *text) []string {
	words := make([]string, len(t.words))
	for i, w := range t.words {
		words[i] = plain(w)
	}
	return words
}

// nameWords are the words of a product's name, in the form of plain. Most names are letters, digits and spaces: those
// are read without what normalise does for texts, since every product of a customer is read with each text.
func nameWords(s string) []string {
	if !simple(s) {
		t := normalise(s)
		return plainWords(&t)
	}
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		words[i] = plain(w)
	}
	return words
}

// simple reports whether s is made of letters, digits and single spaces, with no letter drawn out.
func simple(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c != ' ' && kind(rune(c)) != letter, i > 1 && c|' ' == s[i-1]|' ' && c|' ' == s[i-2]|' ':
			return false
		}
	}
	return len(s) < tooLong
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
