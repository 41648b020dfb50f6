package reply

import "strings"

// phrase is wording that speaks about texts, as a row of steps.
type phrase struct {
	steps  []step
	closed bool // nothing of weight may follow in the clause: "take me off" but not "take me off the coffee"
	order  bool // it must open its clause: "don't text me" but not "you don't text me back"
}

type step struct {
	words    map[string]bool
	optional bool
}

// Groups of words that phrases name in capitals.
var groups = map[string]string{
	"TEXTING": "texting|txting|messaging|msging|contacting|spamming",
	"TEXT":    "text|txt|message|msg|contact|sms",
	"TEXTS":   "texts|txts|messages|msgs|sms|notifications|alerts|spam|communication|communications",
	"LIST":    "list|lists|texts|txts|messages|msgs|sms|notifications|alerts|texting",
	"DET":     "the|these|those|this|your|ur|my|yalls|any|all|ya",
	"SORT":    "text|sms|promo|promotional|marketing|mailing|texting|contact|phone|message|messaging|calling|spam|damn",
}

// The phrases. A step is a word, words parted by |, or a group; a ? after it makes it optional.
var (
	openPhrases = []string{
		"stop|quit TEXTING me|us|this|my?",
		"stop|quit text|txt|message|msg me|us",
		"stop|quit sending me|us? any? more? of? DET? DET? SORT? TEXTS",
		"stop|quit getting|receiving any? more? of? DET? DET? SORT? TEXTS",
		"stop|end|cancel|quit DET? DET? SORT? TEXTS",
		"stop|end all|any of DET? SORT? TEXTS",
		"want no more of? DET? SORT? TEXTS",
		"dont|not want to? get|receive|getting|be? sent? any? more? of? DET? SORT? TEXTS|texted",
		"take me|us off of? DET? SORT? LIST",
		"no longer want|wish to? get|receive? any? more? of? DET? SORT? TEXTS",
		"take this|my number|name off of? DET? SORT? LIST",
		"remove me|us from of? DET? SORT? LIST",
		"remove|delete this|my number from of? DET? SORT? LIST",
		"unsubscribe me|us? from of? DET? SORT? LIST",
		"opt me|us? out of|from DET? SORT? LIST",
	}
	closedPhrases = []string{
		"take me|us off this|it?",
		"remove me|us",
		"remove|delete|lose this|my number",
		"unsubscribe me|us",
		"unsubscribe me? from all",
		"unsubscribe this|my number",
		"opt me|us out",
		"want|like|wish|need to opt out",
	}
	orderPhrases = []string{
		"dont|never TEXT me|us|this|my? number? ever?",
		"do not TEXT me|us|this|my? number? ever?",
		"do not ever TEXT me|us|this|my?",
		"dont ever TEXT me|us|this|my?",
		"dont|never send me|us? any? more? DET? SORT? TEXTS",
		"do not send me|us? any? more? DET? SORT? TEXTS",
		"no more of? DET? SORT? TEXTS",
	}
)

// phrasesFrom has every phrase under each word it can begin with.
var phrasesFrom = indexPhrases()

func indexPhrases() map[string][]*phrase {
	index := make(map[string][]*phrase)
	add := func(lines []string, kind phrase) {
		for _, line := range lines {
			p := kind
			for f := range strings.FieldsSeq(line) {
				p.steps = append(p.steps, newStep(f))
			}
			for w := range p.steps[0].words {
				index[w] = append(index[w], &p)
			}
		}
	}
	add(openPhrases, phrase{})
	add(closedPhrases, phrase{closed: true})
	add(orderPhrases, phrase{order: true})
	return index
}

func newStep(f string) step {
	f, optional := strings.CutSuffix(f, "?")
	s := step{words: make(map[string]bool), optional: optional}
	for w := range strings.SplitSeq(f, "|") {
		if g, ok := groups[w]; ok {
			for member := range strings.SplitSeq(g, "|") {
				s.words[member] = true
			}
			continue
		}
		s.words[w] = true
	}
	return s
}

// match reports whether the phrase is at word i, inside one clause, and where it ends. It takes as many
// words as it can.
func (p *phrase) match(t *text, i int) (end int, ok bool) {
	return matchSteps(t, p.steps, i, t.clause[i])
}

func matchSteps(t *text, steps []step, i, clause int) (int, bool) {
	if len(steps) == 0 {
		return i, true
	}
	if i < len(t.words) && t.clause[i] == clause && steps[0].words[t.words[i]] {
		if end, ok := matchSteps(t, steps[1:], i+1, clause); ok {
			return end, true
		}
	}
	if steps[0].optional {
		return matchSteps(t, steps[1:], i, clause)
	}
	return 0, false
}
