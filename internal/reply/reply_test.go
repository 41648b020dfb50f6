package reply

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// question is which order to skip, of options as the files have them: "Coffee [2026-05-02] / Tea".
func question(options string) *Question { return asked("order skip: " + options) }

func TestReplies(t *testing.T) {
	t.Parallel()
	all := labelledLines(t, "testdata/replies.txt")
	if len(all) < 400 {
		t.Fatalf("only %d cases: the file has not been read to its end", len(all))
	}
	for _, l := range all {
		t.Run(fmt.Sprintf("%d %s", l.number, l.text), func(t *testing.T) {
			t.Parallel()
			u := Read(l.text, l.in)
			if got := spell(u); !slices.Contains(l.want, got) {
				t.Errorf("line %d: %q means %q, want %q (%s)", l.number, l.text, got, l.want, u.Why)
			}
			checkValid(t, u, l.in.Open)
			checkSmallReaders(t, l.text, u)
		})
	}
}

// checkValid fails when u breaks what Understood promises.
func checkValid(t testing.TB, u Understood, open *Question) {
	t.Helper()
	if u.Why == "" || !strings.HasSuffix(u.Why, ".") {
		t.Errorf("Why is no sentence: %q", u.Why)
	}
	if u.Meaning != Unknown && u.Words == "" {
		t.Errorf("%s without the words that led to it", u.Meaning)
	}
	if u.Meaning != Delay && u.Meaning != Pause && u.Amount != (Amount{}) {
		t.Errorf("%s with an amount", u.Meaning)
	}
	if a := u.Amount; a != (Amount{}) && (a.Count < 1 || a.Count > longest[a.Unit]) {
		t.Errorf("amount %+v is out of range", a)
	}
	if (u.Meaning == Choice) != (u.Picks != nil) {
		t.Errorf("%s with picks %v", u.Meaning, u.Picks)
	}
	if u.Meaning == Choice && open == nil {
		t.Error("a choice without a question")
	}
	if !slices.IsSorted(u.Picks) || len(slices.Compact(slices.Clone(u.Picks))) != len(u.Picks) {
		t.Errorf("picks %v do not ascend", u.Picks)
	}
	for _, p := range u.Picks {
		if p < 0 || p >= len(open.Options) {
			t.Errorf("pick %d was not offered", p)
		}
	}
	if !slices.Contains(Meanings(), u.Meaning) && !u.Meaning.IsCommand() {
		t.Errorf("meaning %q is not in the list", u.Meaning)
	}
}

// checkSmallReaders fails when the functions for the texting half disagree with Read.
func checkSmallReaders(t testing.TB, raw string, u Understood) {
	t.Helper()
	got := map[Meaning]bool{OptOut: IsOptOut(raw), OptIn: IsOptIn(raw), Help: IsHelp(raw)}
	want := map[Meaning]bool{OptOut: u.Meaning == OptOut && u.Certainty != Likely, OptIn: u.Meaning == OptIn, Help: u.Meaning == Help}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%q: IsOptOut, IsOptIn, IsHelp differ from Read (-read +is):\n%s", raw, diff)
	}
}

func TestEverythingThatIsSaidAboutAReply(t *testing.T) {
	t.Parallel()
	q := question("Coffee / Tea / Honey")
	tests := []struct {
		name string
		text string
		open *Question
		want Understood
	}{
		{"a command", "Skip, please! 🙏", nil, Understood{
			Wish: Wish{Meaning: Skip}, Certainty: Certain, Language: English, Words: "skip", Why: "The text says “skip”: skip.",
		}},
		{"an amount", "DELAY by 2 wks thanks", nil, Understood{
			Wish: Wish{Meaning: Delay, Amount: Amount{Count: 2, Unit: Week}}, Certainty: Certain, Language: English, Words: "delay by 2 wks", Why: "The text says “delay by 2 wks”: delay by 2 weeks.",
		}},
		{"plain opt-out", "Who are you? Stop texting me, I mean it", nil, Understood{
			Wish: Wish{Meaning: OptOut}, Words: "stop texting me", Why: "The text says “stop texting me”, which ends texts.",
		}},
		{"a stop sign", "🛑", nil, Understood{Wish: Wish{Meaning: OptOut}, Words: "stop sign", Why: "The text is a stop sign, which ends texts."}},
		{"a choice", "3 and the coffee one", q, Understood{
			Wish: Wish{Meaning: Choice}, Certainty: Certain, Picks: []int{0, 2}, Words: "3 and the coffee", Why: "The text chooses number 1 and 3 of our question.",
		}},
		{"two numbers", "3 & 1", q, Understood{
			Wish: Wish{Meaning: Choice}, Certainty: Certain, Picks: []int{0, 2}, Words: "3 and 1", Why: "The text chooses number 1 and 3 of our question.",
		}},
		{"nothing chosen", "neither", q, Understood{
			Wish: Wish{Meaning: Choice}, Certainty: Certain, Language: English, Picks: []int{}, Words: "neither", Why: "The text chooses none of what we asked about.",
		}},
		{"both of three", "both", q, Understood{
			Wish: Wish{Meaning: Unknown}, Words: "both", Why: "The text gives another number than there were in the question.",
		}},
		{"two of what", "delay 2", nil, Understood{
			Wish: Wish{Meaning: Delay}, Certainty: Likely, Language: English, Words: "delay 2",
			Why: "The text says “delay 2”: delay, perhaps. The time is not one exact day or length that is possible.",
		}},
		{"too far", "delay 2 weeks and 400 days", nil, Understood{
			Wish: Wish{Meaning: Delay}, Certainty: Likely, Language: English, Words: "delay 2 weeks and 400 days",
			Why: "The text says “delay 2 weeks and 400 days”: delay, perhaps. The time is not one exact day or length that is possible.",
		}},
		{"more than a year", "delay 400 days", nil, Understood{
			Wish: Wish{Meaning: Delay}, Certainty: Likely, Language: English, Words: "delay 400 days",
			Why: "The text says “delay 400 days”: delay, perhaps. The time is not one exact day or length that is possible.",
		}},
		{"negated", "Don’t skip", nil, Understood{
			Wish: Wish{Meaning: Keep}, Certainty: Certain, Language: English, Words: "dont skip",
			Why: "The text says “dont skip”: nothing is to change.",
		}},
		{"damaged", "skip\xff", nil, Understood{
			Wish: Wish{Meaning: Unknown}, Why: "Part of the text arrived damaged, so a person should read it.",
		}},
		{"overlong", strings.Repeat("skip ", 400), nil, Understood{
			Wish: Wish{Meaning: Unknown}, Why: "The text is too long to be a reply word, so a person should read it.",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Read(tt.text, Situation{Open: tt.open})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestLength(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		text string
		want Meaning
	}{
		{"one character short of the limit", "skip" + strings.Repeat("!", tooLong-5), Skip},
		{"at the limit", "skip" + strings.Repeat("!", tooLong-4), Unknown},
		{"spaces around do not count", strings.Repeat(" ", 3000) + "skip" + strings.Repeat("\n", 3000), Skip},
		{"characters count, not bytes", "skip" + strings.Repeat("🙏", 1000), Skip},
		{"a long text may still opt out", "stop texting me. " + strings.Repeat("I mean it. ", 300), OptOut},
		{"a shout that fills a page", strings.Repeat("STOP ", 1000), OptOut},
		{"a cut reaction", "Liked “" + strings.Repeat("stop texting me ", 200) + "”", Tapback},
		{"one endless word", strings.Repeat("stop", 100000), Unknown},
		{"endless emoji", strings.Repeat("👍", 100000), Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Read(tt.text, Situation{}); got.Meaning != tt.want {
				t.Errorf("means %s, want %s (%s)", got.Meaning, tt.want, got.Why)
			}
		})
	}
}

func TestIsYes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Y": true, "y": true, "YES": true, "Yes.": true, "Yep": true, "yeah!": true, "yes please": true, "yes 👍": true,
		"": false, "N": false, "no": false, "👍": false, "yes no": false, "not yes": false, "yes stop": false,
		"yesterday": false, "yes\xff": false, "yes 🛑": false, "ok": false, "Liked “Y”": false,
	} {
		if got := IsYes(text); got != want {
			t.Errorf("IsYes(%q) = %t", text, got)
		}
	}
}

func TestNoCommandIsAnOptOutWord(t *testing.T) {
	t.Parallel()
	for w := range entriesFrom() {
		if m := Read(w, Situation{}).Meaning; !m.IsCommand() {
			continue
		}
		if IsOptOut(w) || IsOptIn(w) || IsHelp(w) || IsYes(w) {
			t.Errorf("the command %q is taken", w)
		}
	}
}

func TestQuestionAt(t *testing.T) {
	t.Parallel()
	asked := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	q := &Question{Asked: asked, Expires: asked.Add(time.Hour)}
	if q.At(asked) != q || q.At(asked.Add(time.Hour-1)) != q {
		t.Error("an open question is not returned")
	}
	if q.At(asked.Add(time.Hour)) != nil {
		t.Error("the question is open at the moment it expires")
	}
	if (*Question)(nil).At(asked) != nil {
		t.Error("no question became one")
	}
}

func BenchmarkRead(b *testing.B) {
	all := labelledLines(b, "testdata/replies.txt")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		l := all[i%len(all)]
		Read(l.text, l.in)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "replies/s")
}

// BenchmarkReadLongest has the worst cases: texts of nearly the full length, made to keep each part busy, while
// a question with long labels is open.
func BenchmarkReadLongest(b *testing.B) {
	fill := func(s string) string { return string([]rune(strings.Repeat(s, tooLong))[:tooLong-1]) }
	open := &Question{Options: []Option{{Label: fill("crème and tea ")}, {Label: fill("stop & go ")}}}
	for name, text := range map[string]string{
		"phrases": fill("stop the these dont "), "governed": fill("you i to stop texting "), "names": fill("crème and "),
		"numbers": fill("1 and "), "expanding": fill("ﷺ"), "accents": fill("e\u0301\u0323 "),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read(text, Situation{Open: open})
			}
		})
	}
}

// BenchmarkWarm is what the first reply after the start would wait for.
func BenchmarkWarm(b *testing.B) {
	for b.Loop() {
		compile()
	}
}
