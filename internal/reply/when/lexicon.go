package when

import (
	"cmp"
	"slices"
	"strings"
)

// class is the part a word or phrase plays in an expression.
type class uint8

const (
	cLead      class = iota // Lead, perhaps withArticle: "until", "dentro de", "al"
	cBack                   // "when I'm back"
	cBetween                // "between"
	cAbout                  // "around", "like": what follows is not meant exactly
	cPast                   // before an amount: "hace", "the last": it is over
	cArticle                // 0: the, el, le; 1: a, un, une; 2: la, los, my, which no day of the month has
	cNumeral                // 1 to 100, in words
	cUnit                   // days in the unit; months are negative. See amountOf.
	cFew                    // "a few", "several"
	cHalf                   // "half a", "media", "and a half"
	cFraction               // the slash inside ½
	cMore                   // "another", "more", "más": the amount is added to the order's date
	cExact                  // words before a unit that change nothing: "full", "whole"
	cInexact                // words before a unit that do: "business"
	cSuffix                 // later, fromNow … : what comes after an amount
	cNotTime                // after an amount: "worth", "old": it was no time
	cWhich                  // which, perhaps gentle, before a noun: "next", "este"
	cWhichLate              // which, after it: "que viene", "prochain"
	cWeekday                // 1 + time.Weekday
	cWeekdays               // the same of "fridays", which may be one Friday's or all of them
	cMonth                  // time.Month
	cWeak                   // a weekday, month or season that is also another word
	cOrdinal                // 1 to 31, or -1 for the last, in words that may name a day of the month
	cNth                    // 1 to 5, in words that never do
	cTail                   // after digits: "th" (0), "er" (1: only after a 1)
	cOf                     // of, de; with an article 1
	cEdge                   // edge, perhaps gentle; withArticle: only before "of"
	cMonthEnd               // "eom", and of the year 1
	cDay                    // the word before a day of the month: "día"
	cEvery                  // "every", "twice": an interval is meant; 1: only before an article ("tous les")
	cEveryMid               // what may stand between that and the interval: "other"
	cRelative               // days from today: "tomorrow"
	cHoliday                // holiday
	cVague                  // a time that nobody can date: "a while"
	cWeekend                // weekend
	cDayPart                // after a day: "morning", "por la tarde"; changes nothing
	cAnd                    // and, y, et
	cOr                     // or, o, ou: another time is named too; 1: only between numbers ("2 to 3")
	cLoose                  // after a time: "or so", "at the latest": it is not meant exactly
	cNotDay                 // after an ordinal: "one", "order": it was no day
	cVerb                   // after may: it was the verb
	classes                 // how many there are
)

// Flags in the value of a meaning.
const (
	withArticle = 1 << 6 // the preposition holds an article: al, au
	gentle      = 1 << 5 // "early", "late": the edge is not meant exactly; "following": a softer "next"
	unclear     = 1 << 7 // "the week after": not even about when it is
	plainValue  = gentle - 1
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

// entry is everything a word may begin, by language.
type entry struct {
	tags    [languages][]tag              // by class, then longest phrases first
	from    [languages][classes + 1]uint8 // where in tags each class begins
	classes [languages]uint64             // the classes among tags
}

// of returns what the word may mean as a word of that class.
func (e *entry) of(lang int, c class) []tag { return e.tags[lang][e.from[lang][c]:e.from[lang][c+1]] }

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
			slices.SortStableFunc(e.tags[lang], func(a, b tag) int {
				return cmp.Or(cmp.Compare(a.class, b.class), len(b.rest)-len(a.rest))
			})
			for _, t := range e.tags[lang] {
				for c := t.class + 1; c <= classes; c++ {
					e.from[lang][c]++
				}
			}
		}
	}
	return all
}
