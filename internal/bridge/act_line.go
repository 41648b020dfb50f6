package bridge

import (
	"fmt"
	"strings"
)

// title is the command for the start of a sentence.
func (c Command) title() string {
	switch c {
	case Unskip:
		return "Taking back a skip"
	case Now:
		return "Sending now"
	case Count:
		return "Change of quantity"
	}
	return strings.ToUpper(string(c[:1])) + string(c[1:])
}

// line is the action for the trace.
func (a Action) line(byReply bool) string {
	how := fmt.Sprintf("asked for by the %s", a.Actor)
	if byReply {
		how = "asked for by reply"
	}
	line := a.Command.title() + ", " + how + ", carried out."
	for _, m := range a.Moves {
		switch {
		case m.To.IsZero():
			line += fmt.Sprintf(" No order comes on %s.", m.From.Long())
		case m.From.IsZero():
			line += fmt.Sprintf(" The next order is on %s.", m.To.Long())
		case m.From == m.To:
			line += fmt.Sprintf(" The order of %s stays on that day.", m.From.Long())
		default:
			line += fmt.Sprintf(" The order of %s is now on %s.", m.From.Long(), m.To.Long())
		}
	}
	return line + a.contents()
}

// contents says what came into the subscriptions concerned, and how many of it.
func (a Action) contents() (said string) {
	if a.Command != Swap && a.Command != Count {
		return ""
	}
	told := map[string]bool{}
	for i, after := range a.After {
		for j, is := range after.Items {
			if i >= len(a.Before) || j >= len(a.Before[i].Items) || a.Before[i].Items[j] == is {
				continue
			}
			line := fmt.Sprintf(" Each order now has %d x %s.", is.Quantity, or(is.Name, is.ProductID))
			if was := a.Before[i].Items[j]; a.Command == Swap {
				line = fmt.Sprintf(" %s comes instead of %s.", or(is.Name, is.ProductID), or(was.Name, was.ProductID))
			}
			if !told[line] {
				told[line] = true
				said += line
			}
		}
	}
	return said
}
