package corpus

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// Label is what a text is to be taken for: any one of these.
type Label []Want

// Want is one right reading.
type Want struct {
	Ask    bool // to ask is right, to act is wrong; then nothing but the meaning counts
	Wishes []reply.Wish
	Picks  []int // for a choice, as in reply.Understood
}

// Meaning is the first thing wanted.
func (w Want) Meaning() reply.Meaning { return w.Wishes[0].Meaning }

// Kind is the sort of thing a line is there to measure.
type Kind string

// The kinds.
const (
	Command Kind = "command" // it asks for something, whichever way one reads it
	Answer  Kind = "answer"  // it answers the open question
	Consent Kind = "consent" // opt-out, opt-in, help
	Other   Kind = "other"   // there is nothing to do, or it may be so
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Command, Answer, Consent, Other} }

// Kind says what l is there to measure.
func (l Line) Kind() Kind {
	switch m := l.Label[0].Meaning(); {
	case l.Label.all(func(w Want) bool { return w.Meaning().IsCommand() }):
		return Command
	case m == reply.OptOut || m == reply.OptIn || m == reply.Help:
		return Consent
	case l.In.Open != nil && (m == reply.Choice || m == reply.Yes || m == reply.No):
		return Answer
	}
	return Other
}

func (l Label) all(is func(Want) bool) bool {
	return !slices.ContainsFunc(l, func(w Want) bool { return !is(w) })
}

// hasCommand reports whether one of the readings asks for something to be done or looked up.
func (l Label) hasCommand() bool {
	return slices.ContainsFunc(l, func(w Want) bool { return w.Meaning().IsCommand() })
}

// String writes l the way the files do.
func (l Label) String() string {
	list := make([]string, len(l))
	for i, w := range l {
		list[i] = spell(w.Wishes, w.Picks)
		if w.Ask {
			list[i] = "?" + list[i]
		}
	}
	return strings.Join(list, " or ")
}

// ParseLabel reads a label. Products must be among those of the situation, and choices among the options of its
// question.
func ParseLabel(s string, in reply.Situation) (Label, error) {
	var l Label
	for one := range strings.SplitSeq(strings.TrimSpace(s), " or ") {
		w := Want{}
		one, w.Ask = strings.CutPrefix(strings.TrimSpace(one), "?")
		for _, part := range wishesIn(one) {
			wish, picks, err := parseWish(strings.TrimSpace(part), in)
			if err != nil {
				return nil, fmt.Errorf("label %q: %w", s, err)
			}
			w.Wishes = append(w.Wishes, wish)
			if picks != nil {
				w.Picks = picks
			}
		}
		if w.Ask && !w.Meaning().IsCommand() && w.Meaning() != reply.OptOut {
			return nil, fmt.Errorf("label %q: nobody asks whether %s is meant", s, w.Meaning())
		}
		l = append(l, w)
	}
	return l, nil
}

// wishesIn parts the wishes of a label. A product's name may have an "&" of its own: a wish begins with a meaning.
func wishesIn(s string) (parts []string) {
	for part := range strings.SplitSeq(s, " & ") {
		first, _, _ := strings.Cut(part, " ")
		if len(parts) > 0 && !slices.Contains(reply.Meanings(), reply.Meaning(first)) {
			parts[len(parts)-1] += " & " + part
			continue
		}
		parts = append(parts, part)
	}
	return parts
}

func parseWish(s string, in reply.Situation) (w reply.Wish, picks []int, err error) {
	words := strings.Fields(s)
	if len(words) == 0 || !slices.Contains(reply.Meanings(), reply.Meaning(words[0])) {
		return w, nil, fmt.Errorf("%q is no meaning", s)
	}
	w.Meaning = reply.Meaning(words[0])
	if words = words[1:]; w.Meaning == reply.Choice {
		picks, err = parsePicks(words, in)
		return w, picks, err
	}
	for len(words) > 0 {
		n, err := parseDetail(&w, words, in)
		if err != nil {
			return w, nil, err
		}
		words = words[n:]
	}
	return w, nil, nil
}

func parsePicks(words []string, in reply.Situation) ([]int, error) {
	picks := []int{}
	if len(words) == 1 && words[0] == "none" {
		return picks, nil
	}
	for _, n := range words {
		i, err := strconv.Atoi(n)
		if err != nil || in.Open == nil || i < 1 || i > len(in.Open.Options) {
			return nil, fmt.Errorf("%q was not asked", n)
		}
		picks = append(picks, i-1)
	}
	if len(picks) == 0 || !slices.IsSorted(picks) {
		return nil, fmt.Errorf("a choice is numbers in order, or none")
	}
	return picks, nil
}

// parseDetail reads one detail at the beginning of words and returns how many of them it is.
func parseDetail(w *reply.Wish, words []string, in reply.Situation) (n int, err error) {
	key, value, isKeyed := strings.Cut(words[0], "=")
	switch {
	case isKeyed && (key == "of" || key == "for"):
		n = 1
		for n < len(words) && words[n] != "all" && !strings.Contains(words[n], "=") {
			value += " " + words[n]
			n++
		}
		if !slices.ContainsFunc(in.Products, func(p reply.Product) bool { return p.Key == value }) {
			return 0, fmt.Errorf("there is no product %q here", value)
		}
		if key == "of" {
			w.Product = value
		} else {
			w.For = value
		}
		return n, nil
	case isKeyed && (key == "to" || key == "on"):
		for d := range strings.SplitSeq(value, ",") {
			date, err := subscription.ParseDate(d)
			if err != nil {
				return 0, err
			}
			w.Dates = append(w.Dates, date)
		}
		return 1, nil
	case isKeyed && key == "count":
		w.Count, err = strconv.Atoi(value)
		return 1, err
	case words[0] == "all" && (w.Meaning == reply.Skip || w.Meaning == reply.Pause || w.Meaning == reply.Delay):
		w.All = true
		return 1, nil
	case w.Meaning == reply.Quantity && !isKeyed:
		w.Count, err = strconv.Atoi(words[0])
		w.More = words[0][0] == '+' || words[0][0] == '-'
		return 1, err
	case len(words) > 1 && (words[1] == reply.Day || words[1] == reply.Week || words[1] == reply.Month):
		w.Amount.Unit = words[1]
		w.Amount.Count, err = strconv.Atoi(words[0])
		return 2, err
	}
	return 0, fmt.Errorf("%q says nothing about %s", strings.Join(words, " "), w.Meaning)
}
