package reply

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/reply/when"
	"rejoinder/internal/subscription"
)

// shop is the situation of the tests: a Tuesday, an order two weeks ahead, two products and two on offer.
func shop() Situation {
	return Situation{
		Today: subscription.NewDate(2026, 11, 10), Order: subscription.NewDate(2026, 11, 24), Language: English,
		Products: []Product{
			{Key: "coffee", Name: "House Blend Coffee"},
			{Key: "tea", Name: "Green Tea"},
			{Key: "decaf", Name: "Decaf", Offer: true},
			{Key: "dark", Name: "Dark Roast", Offer: true},
		},
	}
}

// certain are texts that are acted on, and as what.
var certain = map[string]string{
	"skip": "skip", "skip this one": "skip", "skip my next order": "skip", "skip it this time": "skip",
	"skip the next two": "skip count=2", "skip both": "skip all", "skip the green tea": "skip of=tea",
	"skip the 24th": "skip on=2026-11-24", "delay": "delay", "push it back 2 weeks": "delay 2 week",
	"delay my order by 10 days": "delay 10 day", "move it to dec 15": "delay to=2026-12-15",
	"delay the coffee a month": "delay 1 month of=coffee", "pause for 2 months": "pause 2 month",
	"pause until january": "pause to=2027-01-01", "resume": "resume", "unskip": "undo", "undo that": "undo",
	"send it now": "now", "swap to decaf": "swap for=decaf", "swap the coffee for decaf": "swap of=coffee for=decaf",
	"add one more bag": "quantity +1", "change the quantity to 3": "quantity 3",
	"skip the coffee and delay the tea 2 weeks": "skip of=coffee & delay 2 week of=tea",
}

func drawCertain(t *rapid.T) (text, want string) {
	texts := make([]string, 0, len(certain))
	for s := range certain {
		texts = append(texts, s)
	}
	slices.Sort(texts)
	text = rapid.SampledFrom(texts).Draw(t, "text")
	return text, certain[text]
}

// acts reports whether something would be changed without asking.
func acts(u Understood) bool { return u.Certainty == Certain && u.Meaning.Changes() }

func TestCertain(t *testing.T) {
	t.Parallel()
	for text, want := range certain {
		if got := spell(Read(text, shop())); got != want {
			t.Errorf("%q means %s, want %s", text, got, want)
		}
	}
}

func TestCourtesyChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, want := drawCertain(t)
		before := rapid.SampledFrom([]string{
			"", "hi, ", "hey there! ", "please ", "ok ", "yes, ", "thanks! ", "can you ", "could u pls ", "i'd like to ",
			"I want to ", "good morning. ", "so, ", "actually ", "would you mind if you ",
		}).Draw(t, "before")
		after := rapid.SampledFrom([]string{
			"", " please", " thanks", "!!", " 🙏", ", thank you so much", " if possible", " pls and thx", ", we still have plenty",
			" because we have too much coffee", ". Have a great day!", " lol", " for me",
		}).Draw(t, "after")
		if before == "would you mind if you " {
			before = ""
		}
		s := before + text + after
		if got := spell(Read(s, shop())); got != want {
			t.Fatalf("%q means %s, want %s", s, got, want)
		}
	})
}

func TestOneUntaughtWordNeverActs(t *testing.T) {
	t.Parallel()
	in := shop()
	names := newNameIndex(in.Products)
	rapid.Check(t, func(t *rapid.T) {
		text, _ := drawCertain(t)
		word := rapid.StringMatching(`[a-z]{5,9}`).Filter(func(s string) bool {
			s = normalise(s).clean // drawn-out letters are shortened
			return wordLanguages()[s] == 0 && !when.Knows(s) && !names.has(plain(s))
		}).Draw(t, "word")
		words := strings.Fields(text)
		s := strings.Join(slices.Insert(words, rapid.IntRange(0, len(words)).Draw(t, "at"), word), " ")
		if u := Read(s, in); acts(u) {
			t.Fatalf("%q means %s: %s", s, spell(u), u.Why)
		}
	})
}

func TestDoubtNeverActs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, _ := drawCertain(t)
		before := rapid.SampledFrom([]string{
			"", "maybe ", "i might ", "i think i'll ", "should i ", "if it hasn't shipped ", "what if i ", "don't ", "please don't ",
			"do not ", "never ", "i don't want to ", "i'm not going to ", "no need to ", "not sure if i should ", "can't ", "unless it ships ",
			"i didn't ", "how do i ", "did you ", "what happens if i ", "why did you ", "my mom said to never ",
		}).Draw(t, "before")
		after := ""
		if before == "" {
			after = rapid.SampledFrom([]string{
				" if it hasn't shipped", " unless it's too late", " or not?", ", jk", "... wait no", " maybe", "? no", " but not really",
				", actually never mind", " or something", " only if it's free", ", no don't",
			}).Draw(t, "after")
		}
		s := before + text + after
		if u := Read(s, shop()); acts(u) {
			t.Fatalf("%q means %s: %s", s, spell(u), u.Why)
		}
	})
}

func TestDatesAreWithinLimits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := shop()
		in.Today = in.Today.AddDays(rapid.IntRange(0, 800).Draw(t, "day"))
		in.Order = in.Today.AddDays(rapid.IntRange(0, 60).Draw(t, "ahead"))
		in.DateOrder = rapid.SampledFrom([]DateOrder{"", MonthFirst, DayFirst, EitherWay}).Draw(t, "order")
		verb := rapid.SampledFrom([]string{"delay", "delay to", "move it to", "pause until", "send it on", "delay until"}).Draw(t, "verb")
		date := rapid.SampledFrom([]string{
			"friday", "next friday", "this monday", "the 31st", "the 1st", "feb 29", "5/3", "12/31", "january", "may", "end of the month",
			"end of february", "christmas", "after new year", "next month", "2026-12-15", "2030-01-01", "yesterday", "in 3 weeks", "tomorrow",
		}).Draw(t, "date")
		u := Read(verb+" "+date, in)
		floor := in.Today
		if u.Meaning == Delay {
			floor = in.Order
		}
		for _, d := range u.Dates {
			if !d.After(floor) || d.After(in.Today.AddDays(366)) {
				t.Fatalf("%q on %s with an order on %s means %s", verb+" "+date, in.Today, in.Order, spell(u))
			}
		}
		if len(u.Dates) > 1 && u.Certainty == Certain {
			t.Fatalf("%q is certain of %v", verb+" "+date, u.Dates)
		}
	})
}

func TestOwnWords(t *testing.T) {
	t.Parallel()
	in := shop()
	in.Own = map[string]Meaning{Wording("Rain check, please!"): Skip, Wording("stop"): Skip}
	tests := []struct {
		name, text, want string
	}{
		{"the shop's own word", "RAIN CHECK", "skip"},
		{"with courtesies", "rain check thanks 🙏", "skip"},
		{"an opt-out word is none", "STOP", "opt_out"},
		{"only as the whole text", "rain check on tea", "unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := spell(Read(tt.text, in)); got != tt.want {
				t.Errorf("%q means %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}

func TestEverythingIsExplained(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       Understood
	}{
		{"an amount", "can you push it 2 weeks pls", Understood{
			Wish: Wish{Meaning: Delay, Amount: Amount{Count: 2, Unit: Week}}, Certainty: Certain, Language: English,
			Words: "push it 2 weeks", Why: "The text says “push it 2 weeks”: delay by 2 weeks.",
		}},
		{"a date", "move my order to dec 15", Understood{
			Wish:      Wish{Meaning: Delay, Dates: []subscription.Date{subscription.NewDate(2026, 12, 15)}},
			Certainty: Certain, Language: English, Words: "move my order to dec 15",
			Why: "The text says “move my order to dec 15”: delay to Tuesday, December 15, 2026.",
		}},
		{"two wishes", "skip this one and send me the link", Understood{
			Wish: Wish{Meaning: Skip}, Then: []Wish{{Meaning: Link}}, Certainty: Certain, Language: English,
			Words: "skip this one, send me the link", Why: "The text says “skip this one, send me the link”: skip, then send the link to the account page.",
		}},
		{"a hedge", "maybe skip", Understood{
			Wish: Wish{Meaning: Skip}, Certainty: Likely, Language: English, Words: "maybe skip",
			Why: "The text says “maybe skip”: skip, perhaps. The text is not sure itself.",
		}},
		{"another sense", "skip leg day", Understood{
			Wish: Wish{Meaning: Unknown}, Words: "skip", Why: "The text has “skip” among other words, so what is wanted is not certain.",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Read(tt.text, shop())); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
