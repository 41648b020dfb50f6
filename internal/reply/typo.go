package reply

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rejoinder/internal/reply/when"
)

// safeTypos are the typos that were reviewed one by one: none is a word of its own in any language that is read,
// so each counts as the word it stands for.
var safeTypos = misspellings(map[string]string{
	"skip":     "skp skipp skiip sikp skpi ksip skippp skiop skjp sckip skuip",
	"delay":    "dealy delya dely deley delayy deplay delaly dleay",
	"pause":    "puase pasue pausee",
	"undo":     "udno undoo",
	"swap":     "swpa swapp",
	"resume":   "resmue resum",
	"postpone": "psotpone postpon",
	"month":    "mounth mnth monht",
	"months":   "mounths mnths",
	"weeks":    "wekes weeeks weks",
})

// nearlyWords are words of their own that a thumb or a phone's dictation makes of a command. They count as it only
// when the whole text then says nothing but a command, and even then it is only asked whether it is meant.
var nearlyWords = misspellings(map[string]string{
	"skip":   "slip skim skid skit snip kip ski skin skipper skill skiff scip ship skips skype skop",
	"delay":  "relay daily decay belay display delays",
	"pause":  "paws pose cause pass paused pauses pauze",
	"undo":   "undue undoe",
	"swap":   "swamp swab swan soap swop",
	"resume": "presume assume",
	"status": "statue stats",
})

func misspellings(by map[string]string) map[string]string {
	m := make(map[string]string)
	for right, wrong := range by {
		for w := range strings.FieldsSeq(wrong) {
			m[w] = right
		}
	}
	return m
}

// mostTypoWords is how many words a text may have for its untaught words to be compared with commands.
const mostTypoWords = 24

// correct replaces words that nobody taught the grammar and that are nearly a command, or nearly a word of a
// product's name. What is read then is asked about, never acted on. It reports whether it replaced one.
func (g *grammar) correct() bool {
	if len(g.words) > mostTypoWords {
		return false
	}
	found := false
	for i, w := range g.words {
		if len(w) < 4 || strings.ContainsAny(w, "0123456789") || wordLanguages()[w] != 0 || when.Knows(g.tokens[i].Word) || g.names.has(plain(w)) {
			continue
		}
		if right, ok := g.nearest(w); ok {
			g.words[i], found = right, true
			g.tokens[i].Word = right
		}
	}
	return found
}

// nearest returns the one word a typo is near.
func (g *grammar) nearest(w string) (string, bool) {
	if nearlyWords[w] != "" {
		return "", false
	}
	for i, l := range Languages() {
		if g.spoken&(1<<i) == 0 && l != g.in.Language {
			continue
		}
		for _, right := range typoTargets()[i] {
			if near(w, right) {
				return right, true
			}
		}
	}
	best := ""
	for _, label := range g.names.labels {
		for _, right := range label {
			if len(right) < 4 || right == best || !near(plain(w), right) {
				continue
			}
			if best != "" {
				return "", false
			}
			best = right
		}
	}
	return best, best != ""
}

// typoTargets are the words that typos of are looked for, by language in the order of Languages.
var typoTargets = sync.OnceValue(func() [][]string {
	all := make([][]string, len(Languages()))
	for _, l := range lexicons() {
		all[slices.Index(Languages(), l.language)] = strings.Fields(l.typed)
	}
	return all
})

// near reports whether a becomes b by one slip: a letter left out, added, changed, or two exchanged; by two
// slips when b has seven letters or more. Short words must begin or end alike.
func near(a, b string) bool {
	limit := 1
	if len(b) >= 7 {
		limit = 2
	}
	if len(a) > len(b)+limit || len(b) > len(a)+limit {
		return false
	}
	return distance(a, b, limit) <= limit
}

// distance is how many letters have to be left out, added, changed or exchanged with the next to make b of a; more
// than limit means only that it is more.
func distance(a, b string, limit int) int {
	if len(a) > 24 || len(b) > 24 {
		return limit + 1
	}
	var rows [3][25]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	before, last, now := &rows[2], &rows[0], &rows[1]
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > limit {
			return least
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}

// nearly replaces words of their own that are nearly commands, for texts that are not understood otherwise.
func (g *grammar) nearly() bool {
	if len(g.words) > mostTypoWords {
		return false
	}
	found := false
	for i, w := range g.words {
		if right := nearlyWords[w]; right != "" {
			g.words[i], found = right, true
		}
	}
	return found
}

// unaccented returns w without accents. Strokes through letters stay: a word that is struck out is not said.
func unaccented(w string) string {
	if ascii(w) {
		return w
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && (r < '\u0335' || r > '\u0338') {
			return -1
		}
		return r
	}, norm.NFD.String(w))
}
