package reply

import (
	"strings"
	"sync"
)

// phrase is wording that speaks about texts, as a row of steps.
type phrase struct {
	steps []step
	rule  phraseRule
}

// phraseRule is what has to be true around a phrase for it to mean what it says.
type phraseRule uint8

const (
	// closed: nothing of weight may follow in the clause: "take me off" but not "take me off the coffee".
	closed phraseRule = 1 << iota
	// order: it must open its clause: "don't text me" but not "you don't text me back".
	order
	// ours: the verb is one the shopper may do too: "stop texting me", but not "i need to stop texting my ex".
	ours
	// names: the phrase names texts or a list of numbers, so that "how do i …" is a wish and no question.
	names
	// alone: it has to open its sentence, since "push it and leave me be" is about something else.
	alone
)

// step is one word of a phrase, or none, or up to most of them.
type step struct {
	words    map[string]bool
	rows     [][]string // alternatives of several words
	optional bool
	repeated bool
}

// most is how many words a repeated step takes at most.
const most = 8

// phrasesFrom has every phrase under each word it can begin with. It is built once.
var phrasesFrom = sync.OnceValue(func() map[string][]*phrase {
	index := make(map[string][]*phrase)
	for _, t := range optOutPhrases {
		for line := range strings.Lines(t.say) {
			p := &phrase{rule: t.rule}
			for f := range strings.FieldsSeq(line) {
				p.steps = append(p.steps, newStep(f))
			}
			for w := range p.firsts() {
				index[w] = append(index[w], p)
			}
		}
	}
	return index
})

func newStep(f string) step {
	s := step{words: make(map[string]bool)}
	f, s.optional = strings.CutSuffix(f, "?")
	f, s.repeated = strings.CutSuffix(f, "*")
	s.add(f)
	return s
}

// add reads words parted by |, rows of words joined by _, and groups, which may name others.
func (s *step) add(list string) {
	for w := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == '|' || r == ' ' || r == '\n' || r == '\t' }) {
		switch g, ok := optOutGroups[w]; {
		case ok:
			s.add(g)
		case strings.Contains(w, "_"):
			s.rows = append(s.rows, strings.Split(w, "_"))
		default:
			s.words[w] = true
		}
	}
}

// firsts is the set of words the phrase can begin with.
func (p *phrase) firsts() map[string]bool {
	first := make(map[string]bool)
	for _, s := range p.steps {
		for w := range s.words {
			first[w] = true
		}
		for _, row := range s.rows {
			first[row[0]] = true
		}
		if !s.optional && !s.repeated {
			break
		}
	}
	return first
}

// match reports whether the phrase is at word i, inside one clause, and where it ends. It takes as many
// words as it can.
func (p *phrase) match(t *text, i int) (end int, ok bool) {
	return matchSteps(t, p.steps, i, t.clause[i], most)
}

func matchSteps(t *text, steps []step, i, clause, left int) (int, bool) {
	if len(steps) == 0 {
		return i, true
	}
	s := &steps[0]
	if i < len(t.plain) && t.clause[i] == clause && (!s.repeated || left > 0) {
		rest, more := steps[1:], most
		if s.repeated {
			rest, more = steps, left-1
		}
		for _, row := range s.rows {
			if t.hasRow(row, i) {
				if end, ok := matchSteps(t, rest, i+len(row), clause, more); ok {
					return end, true
				}
			}
		}
		if s.words[t.plain[i]] {
			if end, ok := matchSteps(t, rest, i+1, clause, more); ok {
				return end, true
			}
		}
	}
	if s.optional || s.repeated {
		return matchSteps(t, steps[1:], i, clause, most)
	}
	return 0, false
}

// hasRow reports whether the words of row stand at word i, inside one clause.
func (t *text) hasRow(row []string, i int) bool {
	if i+len(row) > len(t.plain) || t.clause[i+len(row)-1] != t.clause[i] {
		return false
	}
	for k, w := range row {
		if t.plain[i+k] != w {
			return false
		}
	}
	return true
}
