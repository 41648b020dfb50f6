package when

import "unicode/utf8"

// The three languages, as indexes.
const (
	en = iota
	es
	fr
	languages
)

var codes = [languages]string{"en", "es", "fr"}

// longest is the most items an expression may have: more than the longest that makes sense.
const longest = 28

// item is a word, or a part of a word that mixes digits and letters: "2w" and "15th" are two items.
type item struct {
	entry  *entry // what the word may mean; nil: nothing
	num    int    // its value when it is digits, else -1
	digits int    // how many digits
	gap    string // what stands before it; "" inside a word
	end    int    // how many tokens are taken when the expression ends after this item; 0: it cannot end here
	short  bool   // it may be an abbreviation: a full stop after it ends nothing
}

// reader looks ahead from one token, as far as it is asked to.
type reader struct {
	tokens []Token
	from   int // the token the expression begins with
	lang   int
	items  [longest]item
	n      int // how many of items are there
	token  int // the token that items ends in, counted from from
	byte   int // where in it the next item begins
}

// at returns item k, or an empty one after the end of the text.
func (r *reader) at(k int) *item {
	for k >= r.n {
		if r.n == longest || !r.cut() {
			return &none
		}
	}
	return &r.items[k]
}

var none = item{num: -1, gap: "."}

// cut adds one item. It reports false at the end of the text.
func (r *reader) cut() bool {
	if r.from+r.token >= len(r.tokens) {
		return false
	}
	t := &r.tokens[r.from+r.token]
	w := t.Word[r.byte:]
	n := 1
	for n < len(w) && isDigit(w[n]) == isDigit(w[0]) {
		n++
	}
	it := &r.items[r.n]
	*it = item{num: -1}
	if len(w) > 0 && isDigit(w[0]) {
		it.num, it.digits = value(w[:n]), n
	} else if len(w) > 0 {
		it.entry = lookup(w[:n])
		it.short = n <= len("sept")+1
	} else {
		n = 0
	}
	if r.byte == 0 {
		it.gap = t.Gap
	}
	r.byte += n
	if r.byte >= len(t.Word) {
		r.token, r.byte = r.token+1, 0
		it.end = r.token
	}
	r.n++
	return true
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// tooMany stands for every number that is beyond use.
const tooMany = 99_999

func value(digits string) int {
	n := 0
	for i := range len(digits) {
		if n = 10*n + int(digits[i]-'0'); n > tooMany {
			return tooMany
		}
	}
	return n
}

// near reports whether item k follows the one before it with nothing between them but a space or a hyphen.
func (r *reader) near(k int) bool {
	switch r.at(k).gap {
	case " ", "", "-":
		return true
	}
	return false
}

// loose is near, and also allows a comma, or a full stop after what may be an abbreviation.
func (r *reader) loose(k int) bool {
	switch r.at(k).gap {
	case " ", "", "-", ", ", ",", " , ":
		return true
	case ".", ". ", "., ":
		return k > 0 && r.items[k-1].short
	}
	return false
}

// is reports whether the words from item k on are a phrase of that class, its value, and how many items it takes.
// Of several the longest is taken.
func (r *reader) is(k int, c class) (val, n int, ok bool) {
	e := r.at(k).entry
	if e == nil || e.classes[r.lang]&(1<<c) == 0 {
		return 0, 0, false
	}
	tags := e.of(r.lang, c)
	for i := range tags {
		if t := &tags[i]; r.follows(k, t.rest) {
			return t.val, 1 + len(t.rest), true
		}
	}
	return 0, 0, false
}

// take is is, for a phrase that follows others closely: k moves behind it when it is there.
func (r *reader) take(k *int, c class) (val int, ok bool) {
	e := r.at(*k).entry
	if e == nil || e.classes[r.lang]&(1<<c) == 0 || *k > 0 && !r.near(*k) {
		return 0, false
	}
	val, n, ok := r.is(*k, c)
	*k += n
	return val, ok
}

func (r *reader) follows(k int, rest []*entry) bool {
	for j, e := range rest {
		if r.at(k+1+j).entry != e || !r.near(k+1+j) {
			return false
		}
	}
	return true
}

func (r *reader) among(k int, c class) bool {
	_, _, ok := r.is(k, c)
	return ok
}

// amongAny reports whether the word at k is of that class in any language.
func (r *reader) amongAny(k int, c class) bool {
	e := r.at(k).entry
	if e == nil {
		return false
	}
	for lang := range languages {
		if e.classes[lang]&(1<<c) != 0 {
			return true
		}
	}
	return false
}

// Knows reports whether a word may be part of an expression, so that it is no typo of another word.
func Knows(word string) bool { return lookup(word) != nil }

// lookup returns what w may mean, whether or not its accents are written.
func lookup(w string) *entry {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return lookupPlain(w)
		}
	}
	return lexicon[w]
}

func lookupPlain(w string) *entry {
	var room [48]byte
	if len(w) > len(room)/2 {
		return nil
	}
	b := room[:0]
	for _, r := range w {
		b = utf8.AppendRune(b, unaccented(r))
	}
	return lexicon[string(b)]
}

// unaccented returns the letter under the accents of Spanish and French.
func unaccented(r rune) rune {
	switch r {
	case 'á', 'à', 'â', 'ä', 'ã':
		return 'a'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'í', 'ì', 'î', 'ï':
		return 'i'
	case 'ó', 'ò', 'ô', 'ö':
		return 'o'
	case 'ú', 'ù', 'û', 'ü':
		return 'u'
	case 'ñ':
		return 'n'
	case 'ç':
		return 'c'
	}
	return r
}
