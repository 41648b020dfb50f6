package reply

import (
	"fmt"
	"strings"
)

// glossAll says what wishes ask for, in words a merchant can read.
func glossAll(all []Wish) string {
	parts := make([]string, len(all))
	for i, w := range all {
		parts[i] = gloss(w)
	}
	return strings.Join(parts, ", then ")
}

func gloss(w Wish) string {
	var b strings.Builder
	b.WriteString(glosses[w.Meaning])
	switch {
	case w.Meaning == Quantity && w.More && w.Count < 0:
		fmt.Fprintf(&b, ", %d fewer", -w.Count)
	case w.Meaning == Quantity && w.More:
		fmt.Fprintf(&b, ", %d more", w.Count)
	case w.Meaning == Quantity && w.Count > 0:
		fmt.Fprintf(&b, " to %d", w.Count)
	case w.Count > 1:
		fmt.Fprintf(&b, " %d orders", w.Count)
	case w.All:
		b.WriteString(" everything")
	}
	if a := w.Amount; a.Count > 0 {
		by := "by"
		if w.Meaning == Pause {
			by = "for"
		}
		plural := "s"
		if a.Count == 1 {
			plural = ""
		}
		fmt.Fprintf(&b, " %s %d %s%s", by, a.Count, a.Unit, plural)
	}
	for i, d := range w.Dates {
		lead := map[Meaning]string{Delay: "to", Pause: "until"}[w.Meaning]
		if i > 0 {
			lead = "or"
		} else if lead == "" {
			lead = "of"
		}
		fmt.Fprintf(&b, " %s %s, %s %d, %d", lead, d.Weekday(), d.Month(), d.Day(), d.Year())
	}
	return b.String()
}

var glosses = map[Meaning]string{
	Skip: "skip", Delay: "delay", Undo: "take back what was done last", Next: "say what comes next",
	Pause: "pause", Resume: "resume", Now: "send the next order at once", Swap: "swap the product",
	Quantity: "change the quantity", Link: "send the link to the account page",
}

// why says what the first doubt is.
func (d doubt) why() string {
	for _, r := range doubtReasons {
		if d&r.doubt != 0 {
			return r.why
		}
	}
	return ""
}

var doubtReasons = []struct {
	doubt doubt
	why   string
}{
	{doubtTypo, "One word may be a slip of the finger."},
	{doubtTurn, "The text takes something back."},
	{doubtCond, "The text makes it depend on something."},
	{doubtAsks, "The text asks about it."},
	{doubtHedge, "The text is not sure itself."},
	{doubtOr, "The text offers more than one thing."},
	{doubtNot, "The text has a no in it."},
	{doubtTime, "The time is not one exact day or length that is possible."},
	{doubtName, "The product named is not exactly one of the customer's or of those on offer."},
	{doubtVague, "It may be meant loosely."},
	{doubtWeak, "It does not say of what."},
	{doubtArgs, "The text says more than the command can use."},
	{doubtOther, "There are other words in the text."},
}
