package reply

import (
	"strings"
	"sync"
)

// part is what words do in an answer to a question.
type part uint8

const (
	strange     part = iota // words nobody taught: nothing that has them is an answer
	wrapping                // changes nothing: please, i guess, the one
	narrowing               // only: of a choice, no other; of a yes, not all
	wanting                 // "i want the …": changes nothing where what is chosen is what is wanted
	article                 // the, el, la: a number after it may be a day
	marking                 // number, option: a number after it is a place
	agreed                  // yes
	accepted                // ok, do it
	refused                 // no
	declined                // none of them, never mind
	restated                // the command the question is about
	framing                 // can you: before the command the question is about
	excluding               // not
	keeping                 // keep
	excepting               // except, all but
	butting                 // but
	joining                 // and
	offering                // or, either
	hesitating              // wait, not sure
	correcting              // actually, i mean: what follows stands instead of what came before
	withholding             // don't send it: no to sending now
	charging                // charge it: yes to sending now
	numbering               // two, 2
	placing                 // second, 2nd
	firstly                 // the first two
	lastly                  // the last; with n: the last two
	middling                // the middle one
	soonest                 // the earlier one
	latest                  // the later one
	leftover                // the other one
	everyone                // all; with n: both, all three
	naming                  // a name of an option
	dating                  // a date
)

// saying is one wording of a part, as entries of the grammar have them.
type saying struct {
	part     part
	n        int
	language Language // "" for words of several languages
	steps    []alt
}

// sayings is the table of one language: phrases of one part a row, written as in the rows of a lexicon.
type sayings struct {
	language Language
	groups   string
	rows     []sayingRow
}

type sayingRow struct {
	part part
	n    int
	say  string
}

// sayingsFrom has every saying of every language under each word it can begin with. It is built once.
var sayingsFrom = sync.OnceValue(func() map[string][]*saying {
	index := make(map[string][]*saying)
	add := func(s *saying) {
		for w := range (&entry{steps: s.steps}).firsts() {
			index[w] = append(index[w], s)
		}
	}
	for _, table := range []sayings{englishSayings, spanishSayings, frenchSayings} {
		groups := (&lexicon{groups: table.groups}).groupsByName()
		for _, r := range table.rows {
			for line := range strings.Lines(r.say) {
				if s := newSaying(r.part, r.n, table.language, line, groups); len(s.steps) > 0 {
					add(s)
				}
			}
		}
	}
	for p, table := range map[part][]map[string]Language{
		agreed: {agreeing, agreeingPhrases}, accepted: {assenting}, refused: {refusing},
	} {
		for _, wordings := range table {
			for w, l := range wordings {
				if polite[w] { // it goes with a yes as with a no
					continue
				}
				add(newSaying(p, 0, l, w, nil))
			}
		}
	}
	return index
})

func newSaying(p part, n int, l Language, line string, groups map[string]string) *saying {
	s := &saying{part: p, n: n, language: l}
	for f := range strings.FieldsSeq(line) {
		s.steps = append(s.steps, new(lexicon).newAlt(f, groups))
	}
	return s
}

// sayingAt returns the longest saying at word i and where it ends; nil when there is none. Of several that are
// equally long, one that chooses counts before one that only agrees.
func sayingAt(words []string, clause []int, i int) (best *saying, hi int) {
	w := words[i]
	list := sayingsFrom()[w]
	if list == nil {
		if s := short(w); s != w {
			return drawn(s, i)
		}
		return nil, i
	}
	for _, s := range list {
		end := longestOf(s.steps, words, clause, i)
		if end > i && (end > hi || end == hi && s.part > best.part) {
			best, hi = s, end
		}
	}
	if best == nil {
		return nil, i
	}
	return best, hi
}

// short is w without the last letter's repetitions: "yesss", "nooo", "okkk".
func short(w string) string {
	n := len(w)
	for n > 2 && w[n-1] == w[n-2] {
		n--
	}
	return w[:n]
}

// drawn reads a word that was drawn out. Only a yes or no is written so.
func drawn(w string, i int) (*saying, int) {
	for _, s := range sayingsFrom()[w] {
		if len(s.steps) == 1 && (s.part == agreed || s.part == refused || s.part == accepted) {
			return s, i + 1
		}
	}
	return nil, i
}

// structural reports whether w alone does something in an answer, so that it is no name by itself.
func structural(w string) bool {
	if around[w] || common[w] || negating[w] || isDigits(w) {
		return true
	}
	for _, s := range sayingsFrom()[w] {
		if len(s.steps) == 1 && len(s.steps[0].ones) > 0 && s.steps[0].ones[w] {
			return true
		}
	}
	return false
}
