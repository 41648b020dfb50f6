package corpus

import (
	"slices"
	"strings"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// Verdict is what one reading is worth.
type Verdict string

// The verdicts, from harm to good.
const (
	// WrongAction is a change that was not asked for.
	WrongAction Verdict = "wrong action"
	// WrongOptOut is an opt-out nobody asked for, or one that was not heard.
	WrongOptOut Verdict = "wrong opt-out"
	// WrongAnswer changes nothing, but the shopper is answered, or not, as if they had said something else.
	WrongAnswer Verdict = "wrong answer"
	// WrongQuestion is a question about something else than what was asked for.
	WrongQuestion Verdict = "wrong question"
	// NeedlessQuestion is a question to somebody who asked for nothing.
	NeedlessQuestion Verdict = "needless question"
	// Missed is a wish or an answer that was left to a person.
	Missed Verdict = "missed"
	// LeftToPerson is a text that asks for nothing, which a person now has to read.
	LeftToPerson Verdict = "left to a person"
	// Asked is the right question.
	Asked Verdict = "asked"
	// Right is what the label says.
	Right Verdict = "right"
)

// Verdicts lists them from harm to good.
func Verdicts() []Verdict {
	return []Verdict{WrongAction, WrongOptOut, WrongAnswer, WrongQuestion, NeedlessQuestion, Missed, LeftToPerson, Asked, Right}
}

// Good reports whether the shopper gets what they wanted, or is asked about just that.
func (v Verdict) Good() bool { return v == Right || v == Asked }

// Read reads l as the program does. Damaged bytes arrive as the sign that replaces them: the text has come as JSON and been
// stored. An opt-out counts at the door already, where nothing is known of the situation.
func (l Line) Read() reply.Understood {
	text := strings.ReplaceAll(strings.ToValidUTF8(l.Text, "\uFFFD"), "\x00", "\uFFFD")
	u := reply.Read(text, l.In)
	if u.Meaning != reply.OptOut && reply.IsOptOut(text) {
		return reply.Understood{Wish: reply.Wish{Meaning: reply.OptOut}, Why: "The text opts out at the door, where no situation is known."}
	}
	return u
}

// Judge says what u is worth as a reading of l.
func (l Line) Judge(u reply.Understood) Verdict {
	if asked := carriedOut(u); asked.Certainty != u.Certainty {
		if l.judge(u) == Right {
			return Right
		}
		u = asked
	}
	return l.judge(u)
}

// carriedOut is u as the bridge takes it: what charges, what does not say enough, and several wishes that cannot be tried
// on a picture first are asked about, however certain the words are (internal/bridge, turn.do and turn.several).
func carriedOut(u reply.Understood) reply.Understood {
	if u.Certainty != reply.Certain {
		return u
	}
	list := slices.DeleteFunc(wishes(u), func(w reply.Wish) bool { return !changing(w) })
	alone := func(w reply.Wish) bool {
		return w.Meaning == reply.Now || w.Meaning == reply.Swap && w.For == "" || w.Meaning == reply.Quantity && w.Count == 0
	}
	planned := func(w reply.Wish) bool { return w.Meaning == reply.Skip || w.Meaning == reply.Delay }
	switch {
	case len(list) == 1 && alone(list[0]):
		u.Certainty = reply.Likely
	case len(list) > 1 && slices.ContainsFunc(list, func(w reply.Wish) bool { return !planned(w) }):
		u.Certainty, u.Wish, u.Then = reply.Likely, list[0], nil
	}
	return u
}

func (l Line) judge(u reply.Understood) Verdict {
	best := Verdict("")
	for _, w := range l.alike() {
		for _, u := range []reply.Understood{u, l.chooses(u)} {
			switch l.fits(w, u) {
			case Right:
				return Right
			case Asked:
				best = Asked
			}
		}
	}
	if best != "" {
		return best
	}
	return l.wrong(u)
}

// alike is the label, with every choice also as the command it comes to: “the decaf” and “swap to decaf” are one answer.
func (l Line) alike() Label {
	all := slices.Clone(l.Label)
	for _, w := range l.Label {
		if wish, ok := l.chosen(w.Meaning(), w.Picks); ok {
			all = append(all, Want{Wishes: []reply.Wish{wish}})
			if wish.Meaning == reply.Swap {
				wish.Product = "" // which is to be replaced is asked again
				all = append(all, Want{Wishes: []reply.Wish{wish}})
			}
		}
	}
	return all
}

// chooses is u, or the command that a choice comes to.
func (l Line) chooses(u reply.Understood) reply.Understood {
	if wish, ok := l.chosen(u.Meaning, u.Picks); ok {
		u.Wish, u.Picks = wish, nil
	}
	return u
}

// chosen is the command that the choice of one option comes to, where a command can say it.
func (l Line) chosen(m reply.Meaning, picks []int) (w reply.Wish, ok bool) {
	q := l.In.Open
	if m != reply.Choice || q == nil || len(picks) != 1 || picks[0] >= len(q.Options) {
		return w, false
	}
	w = q.Wish
	switch key := q.Options[picks[0]].Key; {
	case q.About == reply.AboutProduct && w.Meaning == reply.Swap && w.Product != "":
		w.For = key
	case q.About == reply.AboutProduct:
		w.Product = key
	case q.About == reply.AboutDate, q.About == reply.AboutOrder && w.Meaning == reply.Skip:
		d, err := subscription.ParseDate(key)
		w.Dates, ok = []subscription.Date{d}, err == nil
		return w, ok
	default:
		return w, false
	}
	return w, true
}

// fits returns Right, Asked or "" for one of the right readings.
func (l Line) fits(w Want, u reply.Understood) Verdict {
	m := w.Meaning()
	switch {
	case u.Meaning == reply.OptOut && u.Certainty == reply.Likely: // "STOP for texts, or PAUSE?"
		if w.Ask || m == reply.OptOut && len(l.Label) > 1 {
			return Asked
		}
	case u.Certainty == reply.Likely:
		if u.Meaning == m && m.IsCommand() && l.asks(w, u) {
			return Asked
		}
	case !m.IsCommand():
		if u.Meaning == m && slices.Equal(u.Picks, w.Picks) || forPerson(m) && forPerson(u.Meaning) {
			return Right
		}
	case u.Certainty != reply.Certain, w.Ask && m.Changes(), acts(u) && dateless(u.Wish):
	case w.Ask && u.Meaning == m, l.same(w.Wishes, wishes(u)):
		return Right
	}
	return ""
}

// forPerson reports whether somebody has to read the text: the two are told apart for the merchant alone.
func forPerson(m reply.Meaning) bool { return m == reply.Person || m == reply.Unknown }

func wishes(u reply.Understood) []reply.Wish { return append([]reply.Wish{u.Wish}, u.Then...) }

// dateless reports whether w has to be asked about although it is called certain: it has several dates.
func dateless(w reply.Wish) bool { return len(w.Dates) > 1 }

func acts(u reply.Understood) bool {
	return u.Certainty == reply.Certain && slices.ContainsFunc(wishes(u), changing)
}

func changing(w reply.Wish) bool { return w.Meaning.Changes() }

// same reports whether both are the same wishes in the same order.
func (l Line) same(want, got []reply.Wish) bool {
	return slices.EqualFunc(want, got, func(a, b reply.Wish) bool { return equal(l.plain(a), l.plain(b)) })
}

func equal(a, b reply.Wish) bool {
	dates := slices.Equal(a.Dates, b.Dates)
	return dates && a.Meaning == b.Meaning && a.Amount == b.Amount && a.Count == b.Count && a.More == b.More &&
		a.Product == b.Product && a.For == b.For && a.All == b.All
}

// plain takes out of a wish what goes without saying: the date of the order that is meant anyway (none while it is being
// asked which), one order in a row, seven days that are a week.
func (l Line) plain(w reply.Wish) reply.Wish {
	asking := l.In.Open != nil && l.In.Open.About == reply.AboutOrder
	if !asking && (w.Meaning == reply.Skip || w.Meaning == reply.Undo) && slices.Equal(w.Dates, []subscription.Date{l.In.Order}) {
		w.Dates = nil
	}
	if w.Meaning == reply.Pause || w.Meaning == reply.Resume {
		w.All = false // of whatever runs, or is paused, unless a product is named
	}
	if w.Meaning == reply.Skip && w.Count == 1 {
		w.Count = 0
	}
	if w.Amount.Unit == reply.Day && w.Amount.Count%7 == 0 && w.Amount.Count > 0 {
		w.Amount = reply.Amount{Count: w.Amount.Count / 7, Unit: reply.Week}
	}
	return w
}

// asks reports whether the question that u leads to is about what is wanted. What the reading leaves open is asked, so
// it may be missing; but a product or the day of an order may not, because the question would name another order. A yes
// does everything that was read, so nothing may be added to it.
func (l Line) asks(w Want, u reply.Understood) bool {
	if then := slices.DeleteFunc(slices.Clone(u.Then), func(w reply.Wish) bool { return !changing(w) }); len(then) > 0 {
		if !l.same(w.Wishes[1:], u.Then) {
			return false
		}
	}
	if w.Ask {
		return true
	}
	want, got := l.plain(w.Wishes[0]), l.plain(u.Wish)
	ordered := want.Meaning == reply.Skip || want.Meaning == reply.Delay || want.Meaning == reply.Now
	switch {
	case got.Amount != (reply.Amount{}) && got.Amount != want.Amount,
		len(got.Dates) > 0 && !slices.Equal(got.Dates, want.Dates),
		len(got.Dates) == 0 && want.Meaning == reply.Skip && len(want.Dates) > 0,
		got.Count != 0 && (got.Count != want.Count || got.More != want.More),
		got.Product != want.Product && (got.Product != "" || ordered),
		got.For != "" && got.For != want.For,
		got.All && !want.All:
		return false
	}
	return true
}

// wrong says what is wrong with a reading that fits none of the right ones.
func (l Line) wrong(u reply.Understood) Verdict {
	asked := l.In.Open
	switch {
	case u.Meaning == reply.OptOut && u.Certainty != reply.Likely, l.Label[0].Meaning() == reply.OptOut:
		return WrongOptOut
	case u.Meaning == reply.OptOut && l.Label.hasCommand():
		return WrongQuestion
	case u.Meaning == reply.OptOut:
		return NeedlessQuestion
	case acts(u) && !l.changesFit(u),
		u.Meaning == reply.OptIn,
		u.Meaning == reply.Choice && len(u.Picks) > 0,
		u.Meaning == reply.Yes && asked != nil && asked.About == reply.AboutYes:
		return WrongAction
	case u.Certainty == reply.Likely && !u.Meaning.Changes():
		return WrongAnswer // the bridge looks it up without asking
	case u.Certainty == reply.Likely && l.Label.hasCommand():
		return WrongQuestion
	case u.Certainty == reply.Likely:
		return NeedlessQuestion
	case forPerson(u.Meaning) && (l.Label.hasCommand() || l.Kind() == Answer):
		return Missed
	case forPerson(u.Meaning):
		return LeftToPerson
	}
	return WrongAnswer
}

// changesFit reports whether u changes what was asked for and no more: only what it looks up besides is wrong.
func (l Line) changesFit(u reply.Understood) bool {
	only := func(list []reply.Wish) []reply.Wish {
		return slices.DeleteFunc(slices.Clone(list), func(w reply.Wish) bool { return !changing(w) })
	}
	return slices.ContainsFunc(l.Label, func(w Want) bool {
		return !w.Ask && !dateless(u.Wish) && l.same(only(w.Wishes), only(wishes(u)))
	})
}
