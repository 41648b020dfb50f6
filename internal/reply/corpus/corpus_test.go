package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/reply"
	"rejoinder/internal/reply/corpus"
	"rejoinder/internal/subscription"
)

// scene is the situation most tests are in.
const scene = `@ language en
@ today 2026-11-10
@ order 2026-11-24
@ has House Blend Coffee / Green Tea
@ offers Decaf
`

func parse(t *testing.T, text string) []corpus.Line {
	t.Helper()
	f, err := corpus.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f.Lines
}

func day(t *testing.T, s string) subscription.Date {
	t.Helper()
	d, err := subscription.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParse(t *testing.T) {
	t.Parallel()
	f, err := corpus.Parse(strings.NewReader("# What it is.\n# When.\n\n# Skips\n" + scene + `# 1 => no comment is a reply
#1 => unknown
> skip => skip
sk\u200bip "it"\x20 => ?skip or unknown
@ dates either
@ ask order delay: Coffee [2026-11-24] / Tea [2026-12-02]
1 and 2 => choice 1 2
@ language es
@ ask none
el té => skip of=Green Tea all & delay 2 week of=Green Tea
`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"What it is.", "When."}, f.Head); diff != "" {
		t.Errorf("head (-want +got):\n%s", diff)
	}
	type line struct {
		Number int
		Text   string
		Label  string
		Kind   corpus.Kind
	}
	var got []line
	for _, l := range f.Lines {
		got = append(got, line{l.Number, l.Text, l.Label.String(), l.Kind()})
	}
	want := []line{
		{11, "#1", "unknown", corpus.Other},
		{12, "> skip", "skip", corpus.Command},
		{13, "sk\u200bip \"it\" ", "?skip or unknown", corpus.Other},
		{16, "1 and 2", "choice 1 2", corpus.Answer},
		{19, "el té", "skip of=Green Tea all & delay 2 week of=Green Tea", corpus.Command},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	products := []reply.Product{
		{Key: "House Blend Coffee", Name: "House Blend Coffee"}, {Key: "Green Tea", Name: "Green Tea"}, {Key: "Decaf", Name: "Decaf", Offer: true},
	}
	situation := reply.Situation{
		Today: day(t, "2026-11-10"), Order: day(t, "2026-11-24"), Language: reply.English, DateOrder: reply.EitherWay, Products: products,
		Open: &reply.Question{About: reply.AboutOrder, Wish: reply.Wish{Meaning: reply.Delay}, Options: []reply.Option{
			{Label: "Coffee", Key: "2026-11-24"}, {Label: "Tea", Key: "2026-12-02"},
		}},
	}
	if diff := cmp.Diff(situation, f.Lines[3].In); diff != "" {
		t.Errorf("situation (-want +got):\n%s", diff)
	}
	if in := f.Lines[4].In; in.Language != reply.Spanish || in.DateOrder != "" || in.Open != nil {
		t.Errorf("a language takes back the order of dates, and none the question: %+v", in)
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"skip":                     "there is no =>",
		"a \\q => skip":            "no Go escape",
		"a => skp":                 `"skp" is no meaning`,
		"a => skip or":             `"or" says nothing about skip`,
		"a => skip of=Milk":        `no product "Milk"`,
		"a => skip 2":              "says nothing about skip",
		"a => delay to=2026-02-30": "There is no day 2026-02-30",
		"a => next all":            "says nothing about next",
		"a => ?unknown":            "nobody asks whether unknown",
		"a => choice 1":            `"1" was not asked`,
		"@ ask yes thanks":         "could be asked about",
		"@ ask yes skip: Tea":      "has no options",
		"@ ask order skip: Tea":    "has no date",
		"@ ask product swap":       "has no options",
		"@ ask price skip: Tea":    `nothing is asked about "price"`,
		"@ language de":            "no language",
		"@ dates american":         "no order of dates",
		"@ mood good":              "nothing is called @ mood",
		"@ ask order skip: A [2026-11-24]\na => choice 2": "was not asked",
		"@ ask order skip: A [2026-11-24]\na => choice":   "a choice is numbers",
	} {
		_, err := corpus.Parse(strings.NewReader(scene + text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	_, err := corpus.Parse(strings.NewReader("a\nb => skip\nc"))
	if err == nil || !strings.Contains(err.Error(), "line 1:") || !strings.Contains(err.Error(), "line 3:") {
		t.Errorf("not every wrong line is named: %v", err)
	}
}

func TestQuestionsAreAsTheBridgeAsks(t *testing.T) {
	t.Parallel()
	in := parse(t, scene+"a => skip")[0].In
	order := in.Order
	for text, want := range map[string]*reply.Question{
		"none":       nil,
		"yes now":    {About: reply.AboutYes, Wish: reply.Wish{Meaning: reply.Now}, Order: order},
		"yes pause":  {About: reply.AboutYes, Wish: reply.Wish{Meaning: reply.Pause}},
		"date delay": {About: reply.AboutDate, Wish: reply.Wish{Meaning: reply.Delay}, Order: order},
		"product swap: Decaf": {
			About: reply.AboutProduct, Wish: reply.Wish{Meaning: reply.Swap, Product: "House Blend Coffee"}, Options: []reply.Option{{Label: "Decaf", Key: "Decaf"}},
		},
		"product swap: House Blend Coffee / Green Tea": {
			About: reply.AboutProduct, Wish: reply.Wish{Meaning: reply.Swap},
			Options: []reply.Option{{Label: "House Blend Coffee", Key: "House Blend Coffee"}, {Label: "Green Tea", Key: "Green Tea"}},
		},
	} {
		got, err := corpus.ParseQuestion(text, in)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
