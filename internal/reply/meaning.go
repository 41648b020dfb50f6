package reply

import "time"

// Meaning is what a text asks for. The list is closed; the values are stored and must not change.
type Meaning string

// The meanings.
const (
	OptOut  Meaning = "opt_out" // wants no more texts
	OptIn   Meaning = "opt_in"  // wants texts again
	Help    Meaning = "help"    // who is this, how do I stop it
	Skip    Meaning = "skip"
	Delay   Meaning = "delay"
	Undo    Meaning = "undo"
	Next    Meaning = "next" // when is my next order
	Link    Meaning = "link" // where is my account page
	Choice  Meaning = "choice"
	Tapback Meaning = "tapback" // a phone's reaction to one of our texts; asks for nothing
	Person  Meaning = "person"  // not understood with certainty: somebody has to read it
)

// IsCommand reports whether m asks for something to be done or looked up for an order.
func (m Meaning) IsCommand() bool {
	switch m {
	case Skip, Delay, Undo, Next, Link:
		return true
	}
	return false
}

// Units of an Amount.
const (
	Day   = "day"
	Week  = "week"
	Month = "month"
)

// Amount is how far a DELAY moves an order. The zero Amount means the shop's default.
type Amount struct {
	Count int    // at least 1 unless zero; never more than 366 days, 52 weeks or 12 months
	Unit  string // Day, Week or Month
}

// Understood is what one text means.
type Understood struct {
	Meaning Meaning
	Amount  Amount // for Delay; zero means the shop's default
	// Picks is for Choice: indexes into the open question's options, ascending and without repeats.
	// Empty (never nil) means none of them; nil for every other meaning.
	Picks []int
	Words string // the normalised words that led to the meaning ("skip", "stop texting me"); may be ""
	Why   string // one sentence a merchant can read
}

// Option is one thing a question offers, in the order shown.
type Option struct {
	Label string // product names as the shopper saw them
	Key   string // the order date, as 2006-01-02; otherwise the caller's own
}

// Question is the numbered question a customer has been asked and has not answered.
type Question struct {
	Command Meaning // what will be done to the orders that are picked
	Amount  Amount  // for Delay
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
