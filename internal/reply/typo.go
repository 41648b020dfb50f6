package reply

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// safeTypos are the typos that were reviewed one by one: none is a word of its own in any language that is read,
// so each counts as the word it stands for.
var safeTypos = func() map[string]string {
	m := make(map[string]string)
	for right, wrong := range map[string]string{
		"skip":  "skp skipp skiip sikp skpi ksip skippp skiop skjp sckip",
		"delay": "dealy delya dely deley delayy deplay delaly",
		"pause": "puase pasue paus pausee",
	} {
		for w := range strings.FieldsSeq(wrong) {
			m[w] = right
		}
	}
	return m
}()

// unaccented returns w without accents.
func unaccented(w string) string {
	if ascii(w) {
		return w
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(w))
}
