package when

import (
	"time"
	"unicode/utf8"
)

func monthOf(n int) time.Month { return time.Month(n) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// begins looks at what stands before the first word, and reports false when the number there is only the end of
// one, or of money. A minus makes the amount one that nobody can carry out.
func (r *reader) begins(t *Time) bool {
	if r.items[0].num < 0 {
		return true
	}
	gap := r.items[0].gap
	glued := r.from > 0 && endsInDigit(r.tokens[r.from-1].Word)
	switch last, size := utf8.DecodeLastRuneInString(gap); last {
	case '$', '€', '£', '¥', '#', '%', '@', '^', '<', '>', '°':
		return false
	case '/', ':', ',':
		return !glued || size < len(gap)
	case '.':
		if glued && size == len(gap) {
			return false
		}
		if size < len(gap) && gap[len(gap)-size-1] == ' ' || gap == "." && r.from == 0 { // .5 weeks
			t.doubt()
		}
	case '-', '−', '–':
		if glued && size == len(gap) {
			return false
		}
		if size == len(gap) && r.from == 0 || size < len(gap) && gap[len(gap)-size-1] == ' ' { // -2 weeks
			t.doubt()
		}
	}
	return true
}

// doubt leaves of t that some time was meant.
func (t *Time) doubt() { *t = Time{Lead: t.Lead, Vague: true, Language: t.Language} }

func endsInDigit(w string) bool { return w != "" && isDigit(w[len(w)-1]) }

// farthestBack is how many words before an expression may belong to an interval: "every other first Monday".
const farthestBack = 5

// interval reports whether the expression belongs to "every 2 weeks", "twice a month", "tous les 15 jours".
func (r *reader) interval() bool {
	const timely = 1<<cNumeral | 1<<cUnit | 1<<cArticle | 1<<cOrdinal | 1<<cWeekday | 1<<cWeekdays | 1<<cOr | 1<<cEveryMid | 1<<cFew | 1<<cNth
	for i := r.from; i > 0 && i > r.from-farthestBack; i-- {
		if g := r.tokens[i].Gap; g != " " && g != "-" {
			return false
		}
		w := r.tokens[i-1].Word
		e := lookup(w)
		if e == nil && !endsInDigit(w) {
			return false
		}
		known := endsInDigit(w)
		for lang := range languages {
			if e == nil {
				break
			}
			for _, t := range e.tags[lang] {
				if t.class == cEvery && (t.val == 0 || i < r.from || r.startsWithArticle(lang)) {
					return true
				}
			}
			known = known || e.classes[lang]&timely != 0
		}
		if !known {
			return false
		}
	}
	return false
}

func (r *reader) startsWithArticle(lang int) bool {
	e := r.items[0].entry
	return e != nil && e.classes[lang]&(1<<cArticle) != 0
}
