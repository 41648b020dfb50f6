package reply

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// offered are labels without a word in common, so that every telling word of each chooses it.
var offered = []string{
	"House Blend Coffee", "Green Tea", "Oat Milk", "Café Crème", "Stop & Go Energy Bar", "Skipper Dog Treats",
	"Two Rivers Honey", "No Sugar Granola", "Weißbier Soap™", "Manzanilla Orgánica", "Gelée Royale", "7 Grain Bread",
}

// drawQuestion draws a question with at least two options in any order.
func drawQuestion(t *rapid.T) *Question {
	labels := rapid.Permutation(offered).Draw(t, "labels")[:rapid.IntRange(2, 8).Draw(t, "options")]
	q := &Question{
		About: rapid.SampledFrom([]About{AboutOrder, AboutProduct}).Draw(t, "about"),
		Wish:  Wish{Meaning: rapid.SampledFrom([]Meaning{Skip, Delay, Now, Swap}).Draw(t, "wish")},
	}
	for i, l := range labels {
		q.Options = append(q.Options, Option{Label: l, Key: fmt.Sprintf("2026-12-%02d", 10+i)})
	}
	return q
}

// wrapped writes text as people do: in any case, with courtesies and punctuation around it.
func wrapped(t *rapid.T, text string) string {
	before := rapid.SampledFrom([]string{"", "yes ", "ok, ", "just ", "please ", "the ", "i guess ", "um ", "let's do the ", "sí, ", "oui ", "“"}).Draw(t, "before")
	after := rapid.SampledFrom([]string{"", "!", " please", ", thanks!", " 🙏", ".", " por favor", " svp", "\n", "”", " one please"}).Draw(t, "after")
	return before + anyCase(t, text) + after
}

func TestEveryOptionCanBeChosen(t *testing.T) {
	t.Parallel()
	ordinal := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"}
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		i := rapid.IntRange(0, len(q.Options)-1).Draw(t, "option")
		label := normalise(q.Options[i].Label)
		ways := []string{
			fmt.Sprint(i + 1), fmt.Sprintf("#%d", i+1), fmt.Sprintf("number %d", i+1), ordinal[i] + " one", q.Options[i].Label,
		}
		for j, w := range plainWords(&label) {
			if telling(w) && w != "stop" { // that alone ends texts
				ways = append(ways, label.words[j])
			}
		}
		text := wrapped(t, rapid.SampledFrom(ways).Draw(t, "way"))
		u := Read(text, Situation{Open: q})
		if u.Meaning != Choice || !slices.Equal(u.Picks, []int{i}) {
			t.Fatalf("%q means %s, want choice %d (%s)", text, spell(u), i+1, u.Why)
		}
	})
}

func TestSimpleNamesAreReadAsTextsAre(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[A-Za-c0-2 ]{0,12}`).Draw(t, "name")
		x := normalise(name)
		if got, want := nameWords(name), plainWords(&x); !slices.Equal(got, want) {
			t.Fatalf("%q has the words %q, want %q", name, got, want)
		}
	})
}

func TestNothingTellingNeverChooses(t *testing.T) {
	t.Parallel()
	// "the" is not among them: after a French article it is tea.
	said := strings.Fields(`a ones it this that my please yes no ok sure or and but not maybe wait either any
		order whichever i want skip me el la los de por favor un une le les et y svp merci oui non n'importe 👍 ?
		! , xyzzy frobnicate milkshake`)
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(said), 0, 7).Draw(t, "words"), " ")
		if u := Read(text, Situation{Open: q}); len(u.Picks) > 0 {
			t.Fatalf("%q means %s (%s)", text, spell(u), u.Why)
		}
	})
}

func TestWhatIsLeftOutIsNeverChosen(t *testing.T) {
	t.Parallel()
	forms := []string{
		"not %s", "%s not", "no not %s", "all but %s", "everything except %s", "not %s, %s", "%s not %s", "%s but not %s",
		"all except %s and %s", "pas %s", "todo menos %s", "tout sauf %s", "don't do %s", "keep %s", "anything but %s",
	}
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		form := rapid.SampledFrom(forms).Draw(t, "form")
		name := func(i int) string {
			if rapid.Bool().Draw(t, "by number") {
				return fmt.Sprint(i + 1)
			}
			return "the " + strings.ToLower(q.Options[i].Label)
		}
		i := rapid.IntRange(0, len(q.Options)-1).Draw(t, "left out")
		j := rapid.IntRange(0, len(q.Options)-1).Filter(func(j int) bool { return j != i }).Draw(t, "other")
		args := []any{name(i), name(j)}
		if strings.HasPrefix(form, "%s") && strings.Count(form, "%s") == 2 {
			args[0], args[1] = args[1], args[0]
		}
		text := fmt.Sprintf(form, args[:strings.Count(form, "%s")]...)
		if u := Read(text, Situation{Open: q}); slices.Contains(u.Picks, i) {
			t.Fatalf("%q means %s, which is left out (%s)", text, spell(u), u.Why)
		}
	})
}

func TestOptOutWinsOverEveryQuestion(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		q.About = rapid.SampledFrom([]About{AboutOrder, AboutProduct, AboutDate, AboutYes}).Draw(t, "any")
		q.Options[0].Label = rapid.SampledFrom([]string{"Stop", "Cancel", "End", "Stop All", "Quit"}).Draw(t, "label")
		text := rapid.SampledFrom([]string{"stop", "STOP!", "cancel", "end", "stop all", "quit", "stop texting me"}).Draw(t, "text")
		if u := Read(text, Situation{Open: q}); u.Meaning != OptOut {
			t.Fatalf("%q means %s to %v", text, spell(u), q.Options)
		}
	})
}

func TestOnlyPlainTextsAgree(t *testing.T) {
	t.Parallel()
	said := strings.Fields(`yes ok sure no not don't wait maybe if but or and skip delay 2 weeks the coffee tomorrow later only
		please send it now i want how much can you why stop me sí oui no non mais pero si pas dans deux`)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(said), 1, 6).Draw(t, "words")
		text := strings.Join(words, rapid.SampledFrom([]string{" ", ", "}).Draw(t, "between"))
		u := Read(text, Situation{Open: &Question{About: AboutYes, Wish: Wish{Meaning: Now}}})
		doubtful := []string{
			"no", "not", "don't", "wait", "maybe", "if", "but", "or", "skip", "delay", "2", "weeks", "coffee", "tomorrow", "later",
			"only", "how", "much", "why", "stop", "non", "pero", "pas", "dans", "deux",
		}
		if again := Read(text, Situation{}); u.Meaning != Yes || again.Meaning == Now && again.Certainty == Certain {
			return // the command that was asked about, said again
		}
		words = strings.Fields(strings.ReplaceAll(strings.ReplaceAll(text, ",", ""), "why not", ""))
		if i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(doubtful, w) }); i >= 0 {
			t.Fatalf("%q agrees in spite of %q (%s)", text, words[i], u.Why)
		}
	})
}

func FuzzAnswer(f *testing.F) {
	for _, l := range labelledLines(f, "testdata/tuning.txt") {
		if l.in.Open != nil {
			f.Add(l.text, "House Blend Coffee", "Green Tea", uint8(len(l.text)))
		}
	}
	f.Add("the thé and the té", "The Thé", "Té", uint8(3))
	f.Fuzz(func(t *testing.T, text, one, two string, kind uint8) {
		abouts := []About{AboutOrder, AboutDate, AboutProduct, AboutYes}
		meanings := []Meaning{Skip, Delay, Swap, Now, Pause, Quantity}
		q := &Question{
			About: abouts[int(kind)%len(abouts)], Wish: Wish{Meaning: meanings[int(kind)%len(meanings)]},
			Options: []Option{{one, "2026-11-24"}, {two, "2026-12-02"}, {one + " " + two, "2026-12-09"}},
		}
		in := askedWith(t, Languages()[int(kind)%3], "none")
		in.Open, in.Products = q, []Product{{Key: "a", Name: one}, {Key: "a", Name: two}, {Key: "b", Name: text}}
		u := Read(text, in)
		checkValid(t, u, q)
		if without := Read(text, Situation{Today: in.Today, Order: in.Order, Language: in.Language}); without.Meaning == OptOut && u.Meaning != OptOut {
			t.Errorf("%q is no opt-out while a question is open", text)
		}
		if (u.Meaning == Yes || u.Meaning == No) && u.Certainty == Certain && q.About != AboutYes {
			t.Errorf("%q says %s for certain to a question that does not ask it", text, u.Meaning)
		}
	})
}

func BenchmarkAnswer(b *testing.B) {
	var all []labelled
	for _, l := range labelledLines(b, "testdata/tuning.txt") {
		if l.in.Open != nil {
			all = append(all, l)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		l := all[i%len(all)]
		Read(l.text, l.in)
	}
}

// BenchmarkAnswerLongest has texts made to keep the reading of answers busy, while a question with eight long labels
// is open.
func BenchmarkAnswerLongest(b *testing.B) {
	fill := func(s string, n int) string { return string([]rune(strings.Repeat(s, n))[:n]) }
	q := &Question{About: AboutOrder, Wish: Wish{Meaning: Skip}}
	for i := range 8 {
		q.Options = append(q.Options, Option{Label: fill(fmt.Sprintf("crème and teas%d coffes ", i), tooLong), Key: fmt.Sprintf("2026-12-%02d", i+1)})
	}
	in := askedWith(b, English, "none")
	in.Open = q
	for i := range 20 {
		in.Products = append(in.Products, Product{Key: fmt.Sprint(i / 2), Name: fill("crème and tea coffee ", 60)})
	}
	for name, text := range map[string]string{
		"names": fill("crème and ", 380), "slips": fill("cofees tead ", 359), "numbers": fill("1 and ", 170), "numbers long": fill("1 and ", tooLong-1),
		"exceptions": fill("all but the ", 239), "dates": fill("the 2nd of ", 200), "yes": fill("yes ", 239), "letters": fill("n ", 119),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read(text, in)
			}
		})
	}
}
