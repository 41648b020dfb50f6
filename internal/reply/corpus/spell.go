package corpus

import (
	"fmt"
	"strconv"
	"strings"

	"rejoinder/internal/reply"
)

// Spell writes what was understood the way labels are written.
func Spell(u reply.Understood) string {
	s := spell(append([]reply.Wish{u.Wish}, u.Then...), u.Picks)
	if u.Certainty == reply.Likely {
		s = "?" + s
	}
	return s
}

func spell(wishes []reply.Wish, picks []int) string {
	parts := make([]string, len(wishes))
	for i, w := range wishes {
		parts[i] = spellWish(w)
		if w.Meaning != reply.Choice {
			continue
		}
		for _, p := range picks {
			parts[i] += " " + strconv.Itoa(p+1)
		}
		if len(picks) == 0 {
			parts[i] += " none"
		}
	}
	return strings.Join(parts, " & ")
}

func spellWish(w reply.Wish) string {
	s := string(w.Meaning)
	switch {
	case w.Meaning == reply.Quantity && w.More:
		s += fmt.Sprintf(" %+d", w.Count)
	case w.Meaning == reply.Quantity && w.Count != 0:
		s += " " + strconv.Itoa(w.Count)
	}
	if w.Amount.Count != 0 {
		s += fmt.Sprintf(" %d %s", w.Amount.Count, w.Amount.Unit)
	}
	for i, d := range w.Dates {
		switch {
		case i > 0:
			s += ","
		case w.Meaning == reply.Skip || w.Meaning == reply.Undo:
			s += " on="
		default:
			s += " to="
		}
		s += d.String()
	}
	if w.Meaning == reply.Skip && w.Count > 1 {
		s += " count=" + strconv.Itoa(w.Count)
	}
	if w.Product != "" {
		s += " of=" + w.Product
	}
	if w.For != "" {
		s += " for=" + w.For
	}
	if w.All {
		s += " all"
	}
	return s
}
