package reply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tooLong is the length in characters at which a text is no longer read for commands. Carriers' gateways
// cut a text at 1,600; nobody needs that many to say SKIP.
const tooLong = 1600

const stopSign = '\U0001F6D1'

// text is a reply after normalising. It is built once and read by every reader.
type text struct {
	clean  string   // lower case, one space or newline between things, punctuation kept, emoji and apostrophes gone
	words  []string // runs of letters and digits in clean
	start  []int    // byte offset of each word in clean
	plain  []string // words in the form in which the tables of opt-outs and answers are written; see plainWord
	clause []int    // number of the clause each word stands in; a new one starts at punctuation that separates
	raw    string   // the text as it came, without space around it

	drawn    bool        // there was a letter three times in a row or more
	emoji    bool        // there was an emoji or other pictograph
	stopSign bool        // there was a stop sign among them
	signs    sign        // what all of them say
	broken   bool        // there were bytes that are not UTF-8; they have been left out
	grammar  *Understood // what the grammar made of it; nil until it was asked

	long bool // there were tooLong characters or more; only the first tooLong were looked at
}

// lookalike are characters whose compatibility form would change the meaning: a superscript glued to a
// number ("1²" must not become 12), a trade mark glued to a name, and two signs that decompose badly.
var lookalike = strings.NewReplacer(
	"⁰", "\uFFFD", "¹", "\uFFFD", "²", "\uFFFD", "³", "\uFFFD", "⁴", "\uFFFD", "⁵", "\uFFFD",
	"⁶", "\uFFFD", "⁷", "\uFFFD", "⁸", "\uFFFD", "⁹", "\uFFFD",
	"₀", "\uFFFD", "₁", "\uFFFD", "₂", "\uFFFD", "₃", "\uFFFD", "₄", "\uFFFD", "₅", "\uFFFD",
	"₆", "\uFFFD", "₇", "\uFFFD", "₈", "\uFFFD", "₉", "\uFFFD",
	"™", " ", "℠", " ", "№", "#", "´", "'",
)

// normalise reads raw into words: signatures and quoted texts cut off (see ownLines), NFKC, lower case, apostrophes
// and invisible characters dropped, emoji as spaces, "&" as the word and, drawn-out letters shortened (see fold).
func normalise(raw string) text {
	var t text
	raw = strings.TrimFunc(raw, invisible)
	t.raw = raw
	raw, t.long = head(raw)
	if !utf8.ValidString(raw) || strings.ContainsRune(raw, utf8.RuneError) { // others mark what they cannot read so
		t.broken = true
		raw = strings.ReplaceAll(strings.ToValidUTF8(raw, ""), string(utf8.RuneError), "")
	}
	raw = ownLines(raw)
	if !ascii(raw) {
		var grown bool // one character may become eighteen
		raw, grown = head(compatible(lookalike.Replace(raw)))
		t.long = t.long || grown
	}
	t.clean = withoutSignature(t.scrub(raw))
	if t.drawn {
		t.clean = foldAll(t.clean)
	}
	t.split()
	t.plain = plainForms(t.words)
	return t
}

// compatible is the compatibility form of s, or so much of it that head finds it too long.
func compatible(s string) string {
	if len(s) < tooLong/2 {
		return norm.NFKC.String(s)
	}
	var it norm.Iter
	it.InitString(norm.NFKC, s)
	b := make([]byte, 0, 2*len(s))
	for !it.Done() && len(b) <= tooLong*utf8.UTFMax {
		b = append(b, it.Next()...)
	}
	return string(b)
}

// invisible reports whether r shows nothing at the ends of a text.
func invisible(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// head returns at most tooLong characters of s and whether that many were there.
func head(s string) (string, bool) {
	if len(s) < tooLong {
		return s, false
	}
	n := 0
	for i := range s {
		if n == tooLong {
			return s[:i], true
		}
		n++
	}
	return s, n >= tooLong
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// scrub writes the characters of raw that matter, and notes which emoji were left out.
func (t *text) scrub(raw string) string {
	var b strings.Builder
	b.Grow(len(raw) + 8)
	gap := byte(0) // a space or newline still to be written
	put := func(s string) {
		if gap != 0 && b.Len() > 0 {
			b.WriteByte(gap)
		}
		gap = 0
		b.WriteString(s)
	}
	last, run := rune(0), 0
	for i, r := range raw {
		if r == last || r == last^' ' {
			run++
			t.drawn = t.drawn || run > 1 && kind(r) == letter
		} else {
			last, run = r, 0
		}
		switch kind(r) {
		case dropped:
		case newline:
			gap = '\n'
		case pictograph:
			t.emoji = true
			t.stopSign = t.stopSign || r == stopSign
			t.signs |= signOf(r)
			fallthrough
		case space:
			if gap == 0 {
				gap = ' '
			}
		case doubleQuote:
			put(`"`)
		case ampersand:
			put(" and")
			gap = ' '
		case letter:
			if r < utf8.RuneSelf && (r < 'A' || r > 'Z') {
				put(raw[i : i+1])
			} else {
				put(lower(r))
			}
		default:
			put(string(r))
		}
	}
	return strings.TrimSpace(b.String())
}

type runeKind int

const (
	mark runeKind = iota // punctuation that is kept, because it may separate clauses or change a number
	letter
	space
	newline
	dropped
	pictograph
	doubleQuote
	ampersand
)

// kind sorts a character after NFKC.
func kind(r rune) runeKind {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return letter
	case r == ' ', r == '\t', r == '\u20E3': // the keycap of 1️⃣ separates it from the next
		return space
	case r == '\n', r == '\r', r == '\u2028', r == '\u2029', r == '\v', r == '\f':
		return newline
	case r == '&':
		return ampersand
	case strings.ContainsRune("'’‘ʼ`′‛", r):
		return dropped
	case strings.ContainsRune("\"“”„‟«»", r):
		return doubleQuote
	case r < utf8.RuneSelf:
		if r < ' ' || r == 0x7F {
			return dropped
		}
		return mark
	case r == '°': // "n° 2", "2°"
		return mark
	case unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), blank(r):
		return dropped
	case inWord(r):
		return letter
	case unicode.IsSpace(r):
		return space
	case unicode.In(r, unicode.So, unicode.Sk, unicode.Me, unicode.Co, unicode.Cs):
		return pictograph
	}
	return mark
}

// blank reports whether r is one of the letters and marks that show nothing.
func blank(r rune) bool {
	return r == '\u034F' || r == '\u115F' || r == '\u1160' || r == '\u3164' || r == '\uFFA0' || r == '\u17B4' || r == '\u17B5'
}

// inWord reports whether r is part of a word. The fraction slash is, so that "1½" is no number, and so is
// the mark for an unreadable character, so that a word with one in it is not taken for another.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.In(r, unicode.Mn, unicode.Mc) ||
		r == '\u2044' || r == '\uFFFD'
}

// lower folds the case of one character; sharp s and final sigma have more than one lower case.
func lower(r rune) string {
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'ς':
		return "σ"
	}
	return string(unicode.ToLower(r))
}

// split finds the words of clean and the clauses they stand in.
func (t *text) split() {
	n := strings.Count(t.clean, " ") + 2
	places := make([]int, 2*n)
	t.words, t.start, t.clause = make([]string, 0, n), places[:0:n], places[n:n]
	clause, from, end := 0, -1, 0
	flush := func(to int) {
		if from < 0 {
			return
		}
		if len(t.words) > 0 && separates(t.clean[end:from]) {
			clause++
		}
		t.words, t.start, t.clause = append(t.words, t.clean[from:to]), append(t.start, from), append(t.clause, clause)
		from, end = -1, to
	}
	for i, r := range t.clean {
		switch {
		case !inWord(r):
			flush(i)
		case from < 0:
			from = i
		}
	}
	flush(len(t.clean))
}

// separates reports whether the punctuation between two words starts a new clause.
func separates(gap string) bool {
	return strings.ContainsAny(gap, ".,!?;:()[]\"\n—–|") || strings.Contains(gap, " - ")
}

// before and after return the character that touches word i on either side; ' ' at the ends.
func (t *text) before(i int) rune {
	r, _ := utf8.DecodeLastRuneInString(t.clean[:t.start[i]])
	return orSpace(r)
}

func (t *text) after(i int) rune {
	r, _ := utf8.DecodeRuneInString(t.clean[t.start[i]+len(t.words[i]):])
	return orSpace(r)
}

func orSpace(r rune) rune {
	if r == utf8.RuneError {
		return ' '
	}
	return r
}

// from is the rest of t from word lo on.
func (t *text) from(lo int) *text {
	rest := *t
	at := t.start[lo]
	rest.clean, rest.words, rest.plain, rest.clause, rest.grammar = t.clean[at:], t.words[lo:], t.plain[lo:], t.clause[lo:], nil
	rest.start = make([]int, len(rest.words))
	for i := range rest.start {
		rest.start[i] = t.start[lo+i] - at
	}
	return &rest
}

// span is a part of a text: the words from lo up to but not including hi.
type span struct{ lo, hi int }

func (t *text) all() span { return span{0, len(t.words)} }

func (t *text) join(s span) string { return strings.Join(t.words[s.lo:s.hi], " ") }

// say is join in the plain form.
func (t *text) say(s span) string { return strings.Join(t.plain[s.lo:s.hi], " ") }

// polite are words that change nothing at either end of a text.
var polite = set(`please pls plz plse plss plzz pleas pleae thanks thank thx thnx ty tks tysm thankyou porfavor porfa
	porfis xfa xfavor gracias svp stp merci`)

// courtesies are several words that do the same, longest first.
var courtesies = [][]string{
	{"thank", "you", "so", "much"},
	{"thank", "you", "very", "much"},
	{"thanks", "so", "much"},
	{"thanks", "a", "lot"},
	{"thank", "you"},
	{"thank", "u"},
	{"thank", "ya"},
	{"please", "and"},
	{"pls", "and"},
	{"sil", "vous", "plait"},
	{"s", "il", "vous", "plait"},
	{"sil", "te", "plait"},
	{"merci", "beaucoup"},
	{"merci", "bien"},
	{"por", "favor"},
	{"por", "fa"},
	{"muchas", "gracias"},
	{"mil", "gracias"},
}

// bare cuts please and thanks off both ends.
func (t *text) bare() span { return t.bareOf(t.all()) }

// bareOf cuts please and thanks off both ends of s.
func (t *text) bareOf(s span) span {
	for {
		n := courtesy(t.plain[s.lo:s.hi], false)
		if n == 0 {
			break
		}
		s.lo += n
	}
	for {
		n := courtesy(t.plain[s.lo:s.hi], true)
		if n == 0 {
			return s
		}
		s.hi -= n
	}
}

// courtesy returns how many of words at the front, or at the end, only please or thank.
func courtesy(words []string, atEnd bool) int {
	if len(words) == 0 {
		return 0
	}
	for _, c := range courtesies {
		from := 0
		if atEnd {
			from = len(words) - len(c)
		}
		if len(c) <= len(words) && slices.Equal(words[from:from+len(c)], c) {
			return len(c)
		}
	}
	if !atEnd && polite[words[0]] || atEnd && polite[words[len(words)-1]] {
		return 1
	}
	return 0
}

func isYou(w string) bool { return w == "you" || w == "u" || w == "ya" }

// set makes a set of the words of list.
func set(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
