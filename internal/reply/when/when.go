// Package when reads the amounts and dates that people put into a text ("2 weeks", "el 15", "vendredi prochain")
// and says which days of the calendar they can mean.
//
// It exists so that everything that is easy to get wrong about time in three languages stands in one place that
// knows nothing of orders: package reply decides what a time is for. Reading and resolving are two steps, because
// the same words mean different days for different wishes: "Friday" is the first Friday after the order when an
// order is to be moved, and the first one after today when a pause is to end.
//
// It must not read the clock, and it must not guess: an expression that fits several days resolves to all of them,
// one that fits none says why, and one that names no exact time is marked Vague. Intervals ("every 2 weeks") and
// what merely looks like a time ("2 weeks worth") are not read at all.
package when

import "rejoinder/internal/subscription"

// Token is one word as package reply splits texts: lower case, apostrophes dropped, NFKC, accents kept.
type Token struct {
	Word string
	Gap  string // what stood between it and the word before; before the first word, what the text begins with
}

// Calendar is what expressions are read and resolved against. All dates are days in the shop's zone.
type Calendar struct {
	Today    subscription.Date
	Last     subscription.Date // the furthest day allowed; zero: 366 days from Today
	DayFirst bool              // 5/3 is 5 March
	Either   bool              // 5/3 may be both; DayFirst does not matter then
	Language string            // "en", "es" or "fr": tried first. All three are tried.
}

// Units of an amount. They equal those of package reply.
const (
	UnitDay   = "day"
	UnitWeek  = "week"
	UnitMonth = "month"
)

// Base says what an amount counts from.
type Base int

// The bases.
const (
	Unstated  Base = iota // "2 weeks"
	FromOrder             // "by 2 weeks", "2 weeks later", "another week", "next week"
	FromToday             // "in 2 weeks", "2 weeks from now"
	Lasting               // "for 2 weeks", "the next 2 weeks"
)

// Lead is the preposition an expression begins with, whatever its language.
type Lead int

// The leads.
const (
	NoLead Lead = iota
	To          // to, a, au
	Until       // until, hasta, jusqu'au
	On          // on; an article where it does the same (el 15, le 15) is no lead
	For         // for, para, por, pour
	By          // by, de
	In          // in, en, dentro de, dans
	From        // from, starting, desde, a partir de, à partir de
	After       // after, después de, après: the Day is already the day after
	Before      // before, antes de, avant: always Vague; the Day is the one named
	Back        // when I'm back, cuando vuelva, à mon retour
)

// Time is one expression as it was read. Either Count and Unit, or Day, or Vague is set; "next week" and
// "next month" set both Count (a move by that much) and Day (the days of that week or month, see Covers).
type Time struct {
	Count int    // at least 1, or 0: no amount. It is what was said, however large: see Plus.
	Unit  string // UnitDay, UnitWeek or UnitMonth
	Base  Base   // what Count counts from
	Lead  Lead
	Day   Day // a date, not resolved yet; zero: none
	// Vague: a time is meant but not exactly which ("a few weeks", "a while", "2-3 weeks", "around the 15th",
	// "before Christmas"). Count or Day may then be set to what is worth asking about; never act on them.
	Vague    bool
	Language string // "en", "es" or "fr"; "" when the words do not tell ("5/3")
}

// Problem says why an expression fits no day.
type Problem string

// The problems.
const (
	OK        Problem = ""
	Past      Problem = "past"        // the day named is over
	TooFar    Problem = "too_far"     // it is after Calendar.Last
	Earlier   Problem = "earlier"     // it is today or later, but not after the floor
	NoSuchDay Problem = "no_such_day" // the calendar has no such day: February 30, Friday December 15
)
