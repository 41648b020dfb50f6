package when

import (
	"slices"
	"strings"
)

// class is the part a word or phrase plays in an expression.
type class uint8

const (
	cLead      class = iota // Lead: "until", "dentro de"
	cAbout                  // "around", "like": what follows is not meant exactly
	cArticle                // the, el, le
	cNumeral                // 1 to 1000, in words
	cUnit                   // days in the unit, months negative: see unitOf
	cFew                    // "a few", "several"
	cHalf                   // "half a", "media"
	cMore                   // "another", "more", "más": the amount is added to the order's date
	cExact                  // words before a unit that change nothing: "full", "whole"
	cInexact                // words before a unit that do: "business"
	cSuffix                 // suffix: what comes after an amount
	cWhich                  // which, before a noun: "next", "este"
	cWhichLate              // which, after it: "que viene", "prochain"
	cWeekday                // 1 + time.Weekday
	cWeekdays               // the same of "fridays"
	cMonth                  // time.Month
	cOrdinal                // 1 to 31, in words
	cTail                   // "th", "st", "er" after digits
	cOf                     // of, de
	cEdge                   // edge
	cDay                    // the word before a day of the month: "día"
	cYear                   // the word year
	cEvery                  // "every", "twice", "chaque": an interval follows, or is meant
	cRelative               // days from today: "tomorrow"
	cHoliday                // holiday
	cVague                  // a time that nobody can date: "a while"
	cWeekend                // weekend
	cDayPart                // "morning", "por la tarde": changes nothing
	cAnd                    // and, y, et
	cOr                     // or, to, o, ou, a: between the ends of a range
	cLoose                  // "or so", "at the latest": what came before is not meant exactly
	cNotTime                // after an amount: "worth", "old": it was no time
	cNotDay                 // after an ordinal: "one", "order": it was no day
	cWeak                   // 1: a weekday or month that is also another word
)

// suffixes of amounts.
const (
	later     = iota // "later", "de más": from the order
	fromNow          // "from now": from today
	ago              // over
	sooner           // "earlier": the other way
	afterThat        // "after", "from": a date follows
)

// tag is one thing a word may mean, together with the words that have to follow it.
type tag struct {
	class class
	val   int
	rest  []*entry
}

// entry is everything a word may begin, by language, longest phrases first.
type entry struct {
	tags    [languages][]tag
	classes [languages]uint64 // the classes among tags
}

// meaning is a line of a language's table: phrases of one class and value, separated by "|", without accents.
type meaning struct {
	class   class
	val     int
	phrases string
}

var lexicon = build([languages][]meaning{english, spanish, french})

func build(tables [languages][]meaning) map[string]*entry {
	all := make(map[string]*entry)
	of := func(w string) *entry {
		if all[w] == nil {
			all[w] = new(entry)
		}
		return all[w]
	}
	for lang, table := range tables {
		for _, m := range table {
			for phrase := range strings.SplitSeq(m.phrases, "|") {
				words := strings.Fields(phrase)
				t := tag{class: m.class, val: m.val}
				for _, w := range words[1:] {
					t.rest = append(t.rest, of(w))
				}
				e := of(words[0])
				e.tags[lang] = append(e.tags[lang], t)
				e.classes[lang] |= 1 << m.class
			}
		}
	}
	for _, e := range all {
		for lang := range e.tags {
			slices.SortStableFunc(e.tags[lang], func(a, b tag) int { return len(b.rest) - len(a.rest) })
		}
	}
	return all
}
