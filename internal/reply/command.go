package reply

import (
	"fmt"
	"strconv"
)

// commands are the words that ask for something, alone or (DELAY) with an amount. No opt-out word may ever
// be among them.
var commands = map[string]Meaning{
	"skip": Skip, "delay": Delay, "undo": Undo, "next": Next, "status": Next, "link": Link,
}

// readCommand recognises a command word that stands alone, and DELAY with an amount.
func readCommand(t *text, _ *Situation) (Understood, bool) {
	s := t.bare()
	if s.lo == s.hi {
		return Understood{}, false
	}
	word := t.words[s.lo]
	m, ok := commands[word]
	if !ok {
		return Understood{}, false
	}
	if s.hi-s.lo == 1 {
		return Understood{Wish: Wish{Meaning: m}, Certainty: Certain, Words: word, Why: fmt.Sprintf("The text says “%s”.", word)}, true
	}
	if m != Delay {
		return Understood{}, false
	}
	return readDelay(t, s)
}

// readDelay reads the amount after DELAY: [by|for] COUNT UNIT, and nothing else.
func readDelay(t *text, s span) (Understood, bool) {
	i := s.lo + 1
	if w := t.words[i]; (w == "by" || w == "for") && i+1 < s.hi {
		i++
	}
	words := t.join(s)
	if s.hi-i == 1 && isCount(t.words[i]) {
		return unknown(words, "The text gives a number without days, weeks or months."), true
	}
	count, unit, ok := t.amount(span{i, s.hi})
	if !ok {
		return Understood{}, false
	}
	switch {
	case count < 1:
		return unknown(words, "The text asks for a delay of no time at all, or backwards."), true
	case count > longest[unit]:
		return unknown(words, "The text asks for a delay of more than a year."), true
	}
	return Understood{
		Wish: Wish{Meaning: Delay, Amount: Amount{Count: count, Unit: unit}}, Certainty: Certain, Words: words,
		Why: fmt.Sprintf("The text says “%s”.", words),
	}, true
}

// longest is the largest count of each unit that does not reach past 366 days.
var longest = map[string]int{Day: 366, Week: 52, Month: 12}

// units as people write them. A lone m is left out: it may be minutes or months.
var units = map[string]string{
	"day": Day, "days": Day, "d": Day,
	"week": Week, "weeks": Week, "wk": Week, "wks": Week, "w": Week,
	"month": Month, "months": Month, "mo": Month, "mos": Month, "mth": Month, "mths": Month,
}

// amount reads s as a count and a unit, in one word ("2w") or two. A count below 1 stands for anything
// that is not ahead in time.
func (t *text) amount(s span) (count int, unit string, ok bool) {
	first := t.words[s.lo]
	number, rest := first, ""
	for i := range len(first) {
		if first[i] < '0' || first[i] > '9' {
			number, rest = first[:i], first[i:]
			break
		}
	}
	switch s.hi - s.lo {
	case 1:
		unit, ok = units[rest]
		ok = ok && number != ""
	case 2:
		number = first
		unit, ok = units[t.words[s.lo+1]]
		ok = ok && isCount(first) && joinsUnit(t.clean[t.start[s.lo]+len(first):t.start[s.lo+1]])
	}
	if !ok {
		return 0, "", false
	}
	switch r := t.before(s.lo); {
	case isDash(r) && t.standsAlone(s.lo): // "delay -2 weeks"
		return -1, unit, true
	case r != ' ' && r != '\n' && r != ':' && r != '(' && r != '"' && r != '+':
		return 0, "", false // "delay $2 weeks", "delay .5 weeks", "delay <2 weeks"
	}
	return countOf(number), unit, true
}

// joinsUnit reports whether what stands between a number and its unit leaves them together.
func joinsUnit(gap string) bool { return gap == " " || gap == "-" }

// standsAlone reports whether the dash before word i has a space or nothing before it, as a minus has.
func (t *text) standsAlone(i int) bool {
	head := []rune(t.clean[:t.start[i]])
	return len(head) < 2 || head[len(head)-2] == ' '
}

func isDash(r rune) bool { return r == '-' || r == '−' || r == '–' || r == '—' }

// numerals are the numbers people write as words; "a week" is one week.
var numerals = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
	"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

// isCount reports whether w is a number in digits or a numeral.
func isCount(w string) bool {
	if _, ok := numerals[w]; ok {
		return true
	}
	return isDigits(w)
}

// isDigits reports whether w is made of 0 to 9 only.
func isDigits(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != ""
}

// countOf returns the number w stands for. Digits too many for an int count as more than any limit.
func countOf(w string) int {
	if n, ok := numerals[w]; ok {
		return n
	}
	n, err := strconv.Atoi(w)
	if err != nil {
		return int(^uint(0) >> 1)
	}
	return n
}
