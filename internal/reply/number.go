package reply

import (
	"math"
	"strconv"
)

// longest is the largest count of each unit that does not reach past 366 days.
var longest = map[string]int{Day: 366, Week: 52, Month: 12}

// numerals are the numbers people write as words; "a week" is one week.
var numerals = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
	"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

// counts are the Spanish and French numerals that are nothing else; "un" and "una" are mostly articles.
var counts = map[string]int{
	"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
	"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12,
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

// countOf returns the number w stands for. More digits than anybody means, and what is no number, count as more than any
// limit.
func countOf(w string) int {
	if n, ok := numerals[w]; ok {
		return n
	}
	const mostDigits = 9
	if !isDigits(w) || len(w) > mostDigits {
		return math.MaxInt
	}
	n, _ := strconv.Atoi(w) // so many digits always fit
	return n
}
