package when

import (
	"strings"
	"testing"
	"time"
)

// adversaries are texts of 1,599 characters that make reading hard in different ways.
func adversaries() map[string][]Token {
	long := func(s string) []Token { return split(strings.Repeat(s, 1600/len(s)+1)[:1599]) }
	return map[string][]Token{
		"prepositions": long("until "), "articles": long("a "), "la": long("la "), "de": long("de "), "a la": long("a la fin de "),
		"digits": long("1 "), "slashes": long("1/"), "mixed": long("1a"), "prose": long("please push my next order to friday the 15th, thanks "),
		"mar": long("mar "), "or": long("2 or "), "next": long("next week or "), "twenty": long("twenty "), "the": long("the first of the "),
		"when": long("when im back "), "after": long("the day after "), "monday after": long("monday after "), "2 weeks after": long("2 weeks after "),
		"every": long("every other "), "en": long("en "), "accents": long("après "), "one word": long("x"), "dashes": long("15-"),
	}
}

func readAll(c Calendar, tokens []Token) (n int) {
	for i := range tokens {
		if _, took := c.Read(tokens, i); took > 0 {
			n++
		}
	}
	return n
}

func BenchmarkRead(b *testing.B) {
	for name, tokens := range adversaries() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				readAll(Calendar{Today: today, Language: "es"}, tokens)
			}
		})
	}
}

// TestNothingIsSlow allows many times what a text of 1,599 characters takes, with the race detector on a busy
// machine, so that only a change of kind fails.
func TestNothingIsSlow(t *testing.T) {
	t.Parallel()
	for name, tokens := range adversaries() {
		best := time.Hour
		for range 5 { // the machine may be busy
			begun := time.Now()
			readAll(Calendar{Today: today, Language: "es"}, tokens)
			best = min(best, time.Since(begun))
		}
		if best > 250*time.Millisecond {
			t.Errorf("%s takes %v", name, best)
		}
	}
}
