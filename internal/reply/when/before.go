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

// What the gap before a number makes of it.
type standing int

const (
	whole      standing = iota
	partOfMore          // only the end of a number, or money
	negative            // below zero, or a fraction: nobody can carry it out
)

// before looks at what stands before the first word, when that is a number.
func (r *reader) before() standing {
	if r.items[0].num < 0 {
		return whole
	}
	gap := r.items[0].gap
	last, size := utf8.DecodeLastRuneInString(gap)
	alone := size == len(gap)
	glued := alone && r.from > 0 && endsInDigit(r.tokens[r.from-1].Word)
	switch last {
	case '$', '€', '£', '¥', '#', '%', '@', '^', '<', '>', '°':
		return partOfMore
	case '/', ':', ',', '.', '-', '−', '–':
		if glued {
			return partOfMore
		}
	}
	switch last {
	case '.', '-', '−', '–': // .5 weeks, -2 weeks
		if alone && r.from == 0 || !alone && gap[len(gap)-size-1] == ' ' {
			return negative
		}
	}
	return whole
}

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
			for _, t := range e.of(lang, cEvery) {
				if t.val == 0 || i < r.from || r.startsWithArticle(lang) {
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
