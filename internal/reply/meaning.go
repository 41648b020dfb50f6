package reply

import (
	"strings"
	"time"

	"rejoinder/internal/subscription"
)

// Meaning is what a text asks for. The list is closed; the values are stored and must not change.
type Meaning string

// The meanings.
const (
	OptOut Meaning = "opt_out" // wants no more texts
	OptIn  Meaning = "opt_in"  // wants texts again
	Help   Meaning = "help"    // who is this, how do I stop it

	Skip     Meaning = "skip"     // leave out an order
	Delay    Meaning = "delay"    // move an order to a later date
	Undo     Meaning = "undo"     // take back what was done last
	Next     Meaning = "next"     // when and what is my next order
	Pause    Meaning = "pause"    // no orders for a while, or until further notice
	Resume   Meaning = "resume"   // orders again
	Now      Meaning = "now"      // send the next order at once, which charges
	Swap     Meaning = "swap"     // another product instead
	Quantity Meaning = "quantity" // more or fewer of a product
	Link     Meaning = "link"     // where is my account page

	Keep    Meaning = "keep"    // "don't skip": nothing is to change
	Yes     Meaning = "yes"     // agrees; an answer only while a yes-or-no question is open
	No      Meaning = "no"      // does not agree
	Choice  Meaning = "choice"  // chooses among the options of the open question
	Thanks  Meaning = "thanks"  // thanks or greets; asks for nothing
	Tapback Meaning = "tapback" // a phone's reaction to one of our texts; asks for nothing
	Person  Meaning = "person"  // wants to speak with a person, or asks what only a person can answer
	Unknown Meaning = "unknown" // not understood: somebody has to read it
)

// Meanings lists every meaning in the order of this file.
func Meanings() []Meaning {
	return []Meaning{
		OptOut, OptIn, Help, Skip, Delay, Undo, Next, Pause, Resume, Now, Swap, Quantity, Link,
		Keep, Yes, No, Choice, Thanks, Tapback, Person, Unknown,
	}
}

// Title is the meaning as a merchant reads it: "opt out", "skip".
func (m Meaning) Title() string { return strings.ReplaceAll(string(m), "_", " ") }

// IsCommand reports whether m asks for something to be done or looked up for an order.
func (m Meaning) IsCommand() bool {
	switch m {
	case Skip, Delay, Undo, Next, Pause, Resume, Now, Swap, Quantity, Link:
		return true
	}
	return false
}

// Changes reports whether carrying m out changes a subscription.
func (m Meaning) Changes() bool { return m.IsCommand() && m != Next && m != Link }

// Language is a language that is read and answered in.
type Language string

// The languages.
const (
	English Language = "en"
	Spanish Language = "es"
	French  Language = "fr"
)

// Languages lists them.
func Languages() []Language { return []Language{English, Spanish, French} }

// Units of an Amount.
const (
	Day   = "day"
	Week  = "week"
	Month = "month"
)

// Amount is a stretch of time. The zero Amount means that none was named.
type Amount struct {
	Count int    `json:"count,omitempty"` // at least 1 unless zero; never more than 366 days, 52 weeks or 12 months
	Unit  string `json:"unit,omitempty"`  // Day, Week or Month
}

// Wish is one thing a text asks for.
type Wish struct {
	Meaning Meaning `json:"meaning"`
	// Amount is how far (Delay: from the order's date) or how long (Pause: from today). Zero: not said.
	Amount Amount `json:"amount,omitzero"`
	// Dates is the date named. Delay: the new date. Pause: the first day orders may come again. Skip, Undo: the date
	// of the order meant. More than one, in ascending order, when the words fit several: the shopper has to choose.
	Dates []subscription.Date `json:"dates,omitempty"`
	// Count is for Quantity how many there are to be, or with More how many more (fewer if negative); for Skip how
	// many orders in a row, 0 meaning one.
	Count int  `json:"count,omitempty"`
	More  bool `json:"more,omitempty"`
	// Product is the key of the product the wish is about, For the one wanted instead (Swap). "": not said.
	Product string `json:"product,omitempty"`
	For     string `json:"for,omitempty"`
	// All is set when every order or product is meant: "skip them all".
	All bool `json:"all,omitempty"`
}

// Certainty says what may be done with what was understood.
type Certainty string

// The certainties.
const (
	Certain Certainty = "certain" // act on it
	Likely  Certainty = "likely"  // never act on it; ask whether it is meant, or which of Dates
	None    Certainty = ""        // there is nothing to act on
)

// Understood is what one text means. The embedded Wish is the first thing it asks for; for a text that asks for
// nothing only its Meaning is set.
type Understood struct {
	Wish
	Then      []Wish // what else it asks for, in the order said
	Certainty Certainty
	Language  Language // the language of the words that led to the meaning; "" when they do not tell
	// Picks is for Choice: indexes into the open question's options, ascending and without repeats.
	// Empty (never nil) means none of them; nil for every other meaning.
	Picks []int
	Words string // the normalised words that led to the meaning ("skip", "stop texting me"); may be ""
	Why   string // one sentence a merchant can read
}

// Product is something a text may name.
type Product struct {
	Key   string // the caller's own
	Name  string // as the shopper sees it; what a shop or shopper calls it otherwise is a Product of the same Key
	Offer bool   // the customer does not have it, but may swap to it
}

// About says what a question's options are.
type About string

// What a question may be about.
const (
	AboutOrder   About = "order"   // which order; Option.Key is its date as 2006-01-02
	AboutDate    About = "date"    // which date to move to or pause until; Option.Key is it as 2006-01-02
	AboutProduct About = "product" // which product, or which to swap to; Option.Key is Product.Key
	AboutYes     About = "yes"     // whether to do Wish at all; there are no options
)

// Option is one thing a question offers, in the order shown.
type Option struct {
	Label string // product names as the shopper saw them, or the date
	Key   string // see About
}

// Question is what a customer has been asked and has not answered.
type Question struct {
	About   About
	Wish    Wish              // what is done to what is chosen, or on a yes
	Then    []Wish            // what is done after it
	Order   subscription.Date // the order Wish is about, once that is known
	Vague   bool              // how far it is to be moved was not understood, and is asked after the choice
	Options []Option
	Asked   time.Time // UTC
	Expires time.Time // UTC; from this moment on the question is closed
}

// At returns q while it is open at now, and nil from Expires on. A nil q stays nil.
func (q *Question) At(now time.Time) *Question {
	if q == nil || !now.Before(q.Expires) {
		return nil
	}
	return q
}

// DateOrder is how "4/5" is read.
type DateOrder string

// The orders of day and month.
const (
	MonthFirst DateOrder = "month_first" // 4/5 is April 5
	DayFirst   DateOrder = "day_first"   // 4/5 is 4 May
	EitherWay  DateOrder = "either"      // both are used here: ask
)

// Situation is what a text is read against. The zero Situation reads the words alone: no date can be resolved.
type Situation struct {
	Open      *Question          // what was asked last; nil: nothing. An expired one must be passed as nil; see Question.At
	Today     subscription.Date  // in the shop's zone; zero: dates are not read
	Order     subscription.Date  // the date of the order a bare command would mean; zero: not known
	Last      subscription.Date  // the furthest date an order may be moved to or a pause may end; zero: 366 days from Today
	DateOrder DateOrder          // "" goes by Language: month first in English, day first in the others
	Language  Language           // the customer's, else the shop's; "" is English
	Products  []Product          // what the customer has, and what they may swap to
	Own       map[string]Meaning // the shop's own words: Wording of each, and what it means
}
