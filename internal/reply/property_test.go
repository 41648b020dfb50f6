package reply

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/reply/when"
)

func FuzzRead(f *testing.F) {
	for _, file := range []string{"replies.txt", "tuning.txt", "tuning_first.txt", "tuning_more.txt", "es.txt", "fr.txt", "optout.txt"} {
		for i, l := range labelledLines(f, "testdata/"+file) {
			if i%10 != 0 { // all of them take longer to run than is fuzzed for
				continue
			}
			label := ""
			if l.in.Open != nil && len(l.in.Open.Options) > 0 {
				label = l.in.Open.Options[0].Label
			}
			f.Add(l.text, label)
		}
	}
	f.Add(strings.Repeat("stop ", 400), "ﷺ")
	f.Fuzz(func(t *testing.T, text, label string) {
		open := &Question{About: AboutOrder, Wish: Wish{Meaning: Skip}, Options: []Option{
			{Label: label, Key: "2026-05-03"}, {Label: "Green Tea", Key: label},
		}}
		with, without := Read(text, Situation{Open: open}), Read(text, Situation{})
		checkValid(t, with, open)
		checkValid(t, without, nil)
		checkSmallReaders(t, text, without)
		switch with.Meaning {
		case without.Meaning, Choice, Unknown: // "make it 2" answers; "not this time" may, so it is left to a person
			return
		}
		if without.Certainty == Certain {
			t.Errorf("%q means %s, but %s while a question is open", text, without.Meaning, with.Meaning)
		}
	})
}

// meant draws a text whose meaning is known, and the question it was written for.
func meant(t *rapid.T) (string, *Question) {
	q := question("House Blend Coffee / Green Tea")
	return rapid.SampledFrom([]string{
		"skip", "delay", "undo", "next", "status", "link", "delay 2 weeks", "delay by 10 days", "delay a month",
		"stop", "stop all", "cancel", "opt out", "stop texting me", "take me off this list", "start", "help", "yes",
		"2", "1 and 2", "both", "neither", "the second one", "the coffee", "don't skip", "stop the coffee", "delay 2",
	}).Draw(t, "text"), q
}

func TestMeaningSurvivesHowItIsTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, open := meant(t)
		want := Read(text, Situation{Open: open})
		around := rapid.SliceOfN(rapid.SampledFrom([]string{
			" ", "  ", "\n", "!", "...", "…", ",", "“", "”", "'", "*", "_", " (", ") ", "?", "👍", "🙏🏽", "❤️", "☕", "🇫🇷",
			"\u200b", "\ufeff", "\u00a0", " please ", " thanks ", "\x00",
		}), 0, 4)
		before, after := around.Draw(t, "before"), around.Draw(t, "after")
		typed := strings.Join(before, "") + anyCase(t, text) + strings.Join(after, "")
		if rapid.Bool().Draw(t, "wide") {
			typed = wide(typed)
		}
		got := Read(typed, Situation{Open: open})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q and %q differ (-plain +typed):\n%s", text, typed, diff)
		}
	})
}

// anyCase draws upper or lower case for every letter of s.
func anyCase(t *rapid.T, s string) string {
	upper := rapid.SliceOfN(rapid.Bool(), len(s), len(s)).Draw(t, "upper")
	out := []rune(s)
	for i, r := range out {
		if upper[i] {
			out[i] = unicode.ToUpper(r)
		}
	}
	return string(out)
}

// wide writes the letters and digits of s in the full width that East Asian keyboards produce.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x7F && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// noTexts are words from which no sentence about texts can be made, opt-out words among them.
var noTexts = strings.Fields(`stop cancel end quit unsubscribe revoke please dont do not the my this for a month
	week coffee tea size large order subscription sending skip delay until at no more i you can want to it take
	off remove wrong bag and or if now box`)

func TestNoOptOutWithoutTexts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(noTexts), 0, 8).Draw(t, "words")
		at := rapid.IntRange(0, len(words)).Draw(t, "at")
		words = slices.Insert(words, at, rapid.SampledFrom([]string{"coffee", "size", "month", "order", "box"}).Draw(t, "thing"))
		s := strings.Join(words, rapid.SampledFrom([]string{" ", ", ", ". "}).Draw(t, "between"))
		if u := Read(s, Situation{}); u.Meaning == OptOut && u.Certainty != Likely {
			t.Fatalf("%q opts out: %s", s, u.Why)
		}
	})
}

func TestNegationNeverActs(t *testing.T) {
	t.Parallel()
	negations := []string{"don't", "don’t", "dont", "do not", "not", "never", "can't", "won't", "without"}
	rapid.Check(t, func(t *rapid.T) {
		text, open := meant(t)
		words := strings.Fields(text)
		at := rapid.IntRange(0, len(words)).Draw(t, "at")
		words = slices.Insert(words, at, rapid.SampledFrom(negations).Draw(t, "negation"))
		s := strings.Join(words, " ")
		u := Read(s, Situation{Open: open})
		less := u.Meaning == Choice && (len(u.Picks) == 0 || len(u.Picks) < len(Read(text, Situation{Open: open}).Picks)) // "1 and not 2"
		refuses := u.Meaning == Keep || less
		if u.Certainty == Certain && !refuses || u.Meaning == OptIn || u.Meaning == Help {
			t.Fatalf("%q means %s: %s", s, u.Meaning, u.Why)
		}
	})
}

func TestOtherWordsNeverAct(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"skip", "undo", "next", "status", "link", "delay"}).Draw(t, "command")
		other := rapid.StringMatching(`[a-z]{2,9}`).Filter(func(s string) bool { return !polite[s] }).Draw(t, "other")
		s := word + " " + other
		if rapid.Bool().Draw(t, "first") {
			s = other + " " + word
		}
		if taught(other) {
			t.Skip("the word is in the tables")
		}
		if u := Read(s, Situation{}); u.Certainty == Certain {
			t.Fatalf("%q means %s: %s", s, u.Meaning, u.Why)
		}
	})
}

// taught reports whether a phrase or a time of any language can begin with w.
func taught(w string) bool {
	read := normalise(w).words[0] // "aaah" is read as "ah"
	if _, ok := entriesFrom()[read]; ok {
		return true
	}
	_, n := calendarOf(&Situation{}).Read([]when.Token{{Word: read}}, 0)
	return n > 0
}

func TestAmountsAreWhatWasTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-10, 1000).Draw(t, "count")
		written := rapid.SampledFrom([]string{"day", "days", "week", "weeks", "wk", "month", "months", "mo"}).Draw(t, "unit")
		unit := map[byte]string{'d': Day, 'w': Week, 'm': Month}[written[0]]
		want := Wish{Meaning: Delay}
		if n >= 1 && n <= longest[unit] {
			want = Wish{Meaning: Delay, Amount: Amount{Count: n, Unit: unit}}
		}
		got := Read("delay "+strconv.Itoa(n)+" "+written, Situation{})
		if got.Meaning != want.Meaning || got.Amount != want.Amount {
			t.Fatalf("%d %s: %+v", n, written, got)
		}
	})
}
