package reply

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

// leaving draws a text that opts out.
func leaving(t *rapid.T) string {
	return rapid.SampledFrom([]string{
		"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "opt out", "stpo", "st0p", "alto", "baja",
		"parar", "arret", "désinscription", "stop texting me", "no more texts", "take me off this list", "remove my number",
		"wrong number", "deja de mandarme mensajes", "no me escriban más", "quítenme de la lista", "número equivocado",
		"ne m'envoyez plus de sms", "retirez-moi de la liste", "mauvais numéro", "leave me alone", "i said stop",
	}).Draw(t, "text")
}

func TestOptOutSurvivesHowItIsTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := leaving(t)
		around := rapid.SliceOfN(rapid.SampledFrom([]string{
			" ", "\n", "!", "...", ",", "“", "*", " (", ") ", "👍", "😡", "🛑", "\u200b", "\u202e", "\xff", "\x00", " please ", " thanks ",
			" por favor ", " gracias ", " svp ", " merci ",
		}), 0, 4)
		typed := strings.Join(around.Draw(t, "before"), "") + anyCase(t, text) + strings.Join(around.Draw(t, "after"), "")
		switch rapid.IntRange(0, 4).Draw(t, "how") {
		case 0:
			typed = wide(typed)
		case 1:
			typed = strings.ReplaceAll(typed, " ", "  ")
		case 2:
			typed += "\n\nSent from my iPhone"
		case 3:
			typed += "\n> Heads up: your next order ships Tue, Nov 24. Reply SKIP to skip it."
		}
		if !IsOptOut(typed) {
			t.Fatalf("%q opts out, %q does not", text, typed)
		}
	})
}

func TestDrawnOutLettersAreOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(leaving(t))
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		word := func(i int) bool { return i >= 0 && i < len(text) && unicode.IsLetter(text[i]) }
		if !word(at) || !word(at-1) && !word(at+1) || at > 0 && text[at-1] == text[at] || at+1 < len(text) && text[at+1] == text[at] {
			t.Skip("no single letter of a longer word")
		}
		long := strings.Repeat(string(text[at]), rapid.IntRange(3, 9).Draw(t, "times"))
		if typed := string(text[:at]) + long + string(text[at+1:]); !IsOptOut(typed) {
			t.Fatalf("%q opts out, %q does not", string(text), typed)
		}
	})
}

// drawGoods draws something that is no text.
func drawGoods(t *rapid.T) string {
	return rapid.SampledFrom([]string{
		"the coffee", "my coffee", "coffee", "the green tea", "my subscription", "my order", "orders", "shipments", "the next box",
		"charging me", "sending me coffee", "the decaf for a month", "el café", "mi pedido", "la suscripción", "de mandarme café",
		"le café", "mon abonnement", "la commande", "d'envoyer du thé", "Stop & Go bars", "my deliveries until May",
	}).Draw(t, "wares")
}

func TestStoppingGoodsIsNoOptOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		verb := rapid.SampledFrom([]string{
			"stop", "please stop", "STOP", "quit", "cancel", "end", "no more", "remove", "can you stop", "i want to stop", "unsubscribe me from",
			"take me off", "deja", "paren", "cancelen", "no quiero", "no me manden", "quítenme", "denme de baja", "arrêtez", "annulez",
			"plus de", "je ne veux plus de", "désabonnez-moi de", "retirez-moi", "ne m'envoyez plus", "stop!!! i mean", "stop stop",
		}).Draw(t, "verb")
		text := verb + " " + drawGoods(t) + rapid.SampledFrom([]string{"", "!", " please", " gracias", " svp", " 🙏", " lol"}).Draw(t, "end")
		if IsOptOut(text) {
			t.Fatalf("%q opts out", text)
		}
	})
}

func TestNegationReversesAnOptOut(t *testing.T) {
	t.Parallel()
	for not, orders := range map[string][]string{
		"don't": {"stop", "stop texting me", "stop the texts", "unsubscribe me", "take me off the list", "remove me", "cancel my texts", "opt me out"},
		"no":    {"dejes de mandarme mensajes", "paren los mensajes", "paren", "me quiten de la lista", "quiero darme de baja", "dejen de escribirme"},
		"n'":    {"arrêtez pas les sms", "arrêtez pas de m'envoyer des sms", "arrêtez pas"},
		"ne ":   {"me retirez pas de la liste", "pas arrêter les sms", "me désabonnez pas"},
	} {
		for _, order := range orders {
			for _, polite := range []string{"", "please ", "por favor ", "svp "} {
				text := polite + not + map[bool]string{true: "", false: " "}[strings.HasSuffix(not, "'") || strings.HasSuffix(not, " ")] + order
				if IsOptOut(text) {
					t.Errorf("%q opts out", text)
				}
			}
		}
	}
}

func TestOptOutIsNeverLostToLength(t *testing.T) {
	t.Parallel()
	chatter := strings.Repeat("I was at the lake with my sister. ", 100)
	for name, text := range map[string]string{
		"at the front":       "Stop texting me. " + chatter,
		"at the end":         chatter + "Stop texting me.",
		"at the end, broken": chatter + "Stop\xff texting me.",
		"a page of STOP":     strings.Repeat("STOP\n", 900),
		"much space":         strings.Repeat(" \u200b", 2000) + "stop",
	} {
		if !IsOptOut(text) {
			t.Errorf("%s: no opt-out", name)
		}
	}
}

// hostile are texts of nearly the full length, made to keep each part of the reading busy.
func hostile() map[string]string {
	fill := func(s string) string {
		return string([]rune(strings.Repeat(s, tooLong))[:tooLong-1])
	}
	return map[string]string{
		"ceasing":  fill("stop "),
		"links":    fill("stop with the "),
		"nested":   fill("take me my off the of "),
		"refusing": fill("dont want to get any of the "),
		"spanish":  fill("no me vuelvan a mandar "),
		"french":   fill("ne plus envoyer de "),
		"wrong":    fill("wrong number of "),
		"governed": fill("you i to stop texting "),
		"typos":    fill("unsubscrieb "),
		"drawn":    fill("sssttt"),
		"runs":     fill("aaabbbccc "),
		"quotes":   fill("\n> "),
		"wrote":    fill("on it\n"),
		"reaction": fill("Liked “"),
		"letters":  fill("s t o "),
		"twins":    fill("ѕтоѕ "),
		"marks":    fill("s\u0336"),
		"emoji":    fill("🛑 "),
		"ligature": fill("ﷺ"),
	}
}

func TestOptOutIsReadInTime(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		best := time.Hour
		for range 5 { // the machine may be busy
			start := time.Now()
			IsOptOut(text)
			best = min(best, time.Since(start))
		}
		if limit := 100 * time.Millisecond; best > limit { // only what grows without bound; the benchmark has the real times
			t.Errorf("%s: %v", name, best)
		}
	}
}

func BenchmarkIsOptOut(b *testing.B) {
	all := labelledLines(b, "testdata/tuning.txt")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		IsOptOut(all[i%len(all)].text)
	}
}

func BenchmarkIsOptOutHostile(b *testing.B) {
	for name, text := range hostile() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				IsOptOut(text)
			}
		})
	}
}

func FuzzIsOptOut(f *testing.F) {
	for _, l := range labelledLines(f, "testdata/optout.txt") {
		f.Add(l.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u := Read(text, Situation{})
		checkSmallReaders(t, text, u)
		if IsOptOut(text) && IsYes(text) {
			t.Errorf("%q opts out and agrees", text)
		}
		if u.Meaning == OptOut && u.Words == "" {
			t.Errorf("%q opts out by no words", text)
		}
		x := normalise(text)
		if len(x.plain) != len(x.words) || len(x.clause) != len(x.words) || len(x.start) != len(x.words) {
			t.Errorf("%q: the words, their forms and places differ in number", text)
		}
		for i, w := range x.words {
			if !strings.HasPrefix(x.clean[x.start[i]:], w) {
				t.Errorf("%q: word %d is not where it is said to start", text, i)
			}
		}
	})
}
