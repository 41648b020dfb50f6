package corpus

import (
	"slices"

	"rejoinder/internal/reply"
)

// Reading is a line and what was made of it.
type Reading struct {
	Line
	Got     reply.Understood
	Verdict Verdict
}

// ReadAll reads every line and judges it.
func ReadAll(lines []Line) []Reading {
	out := make([]Reading, len(lines))
	for i, l := range lines {
		u := l.Read()
		out[i] = Reading{Line: l, Got: u, Verdict: l.Judge(u)}
	}
	return out
}

// Tally counts readings by verdict.
type Tally map[Verdict]int

// Count tallies the readings for which every condition holds.
func Count(all []Reading, is ...func(Reading) bool) Tally {
	t := Tally{}
	for _, r := range all {
		if !slices.ContainsFunc(is, func(holds func(Reading) bool) bool { return !holds(r) }) {
			t[r.Verdict]++
		}
	}
	return t
}

// In is the condition that the language is l.
func In(l reply.Language) func(Reading) bool {
	return func(r Reading) bool { return r.Line.In.Language == l }
}

// Of is the condition that the kind is k.
func Of(k Kind) func(Reading) bool { return func(r Reading) bool { return r.Kind() == k } }

// All is how many readings were counted.
func (t Tally) All() (n int) {
	for _, c := range t {
		n += c
	}
	return n
}

// Good is how many were right or rightly asked.
func (t Tally) Good() int { return t[Right] + t[Asked] }

// Share is the part of them that is good, from 0 to 1; 1 when there are none.
func (t Tally) Share() float64 {
	if t.All() == 0 {
		return 1
	}
	return float64(t.Good()) / float64(t.All())
}
