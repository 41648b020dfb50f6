package corpus_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/reply"
)

// speed is how fast texts are read on one core.
type speed struct {
	rate        float64 // replies a second over both halves
	slowest     time.Duration
	slowestLine string        // where it stands
	madeUp      []timed       // slowest first
	longest     time.Duration // of madeUp
}

type timed struct {
	name string
	took time.Duration
}

// passes is how often everything is read for a time: the fastest counts, because the others were interrupted.
const passes = 5

// measure times reading. Only this goroutine reads, so one core does the work.
func measure(halves []half) (s speed) {
	var lines []timed
	for _, h := range halves {
		for _, r := range h.all {
			lines = append(lines, timed{fmt.Sprintf("%s line %d of the %s half", r.File, r.Number, lower(h.name)), time.Hour})
		}
	}
	for range passes {
		i, start := 0, time.Now()
		for _, h := range halves {
			for _, r := range h.all {
				began := time.Now()
				reply.Read(r.Text, r.In)
				lines[i].took = min(lines[i].took, time.Since(began))
				i++
			}
		}
		s.rate = max(s.rate, float64(i)/time.Since(start).Seconds())
	}
	slow := slices.MaxFunc(lines, func(a, b timed) int { return cmp.Compare(a.took, b.took) })
	s.slowest, s.slowestLine = slow.took, slow.name
	for _, w := range worst(halves[0].all[0].In) {
		s.madeUp = append(s.madeUp, timed{w.name, fastest(w.text, w.in)})
	}
	slices.SortFunc(s.madeUp, func(a, b timed) int { return cmp.Or(cmp.Compare(b.took, a.took), cmp.Compare(a.name, b.name)) })
	s.longest = s.madeUp[0].took
	return s
}

func fastest(text string, in reply.Situation) time.Duration {
	best := time.Hour
	for range passes {
		start := time.Now()
		reply.Read(text, in)
		best = min(best, time.Since(start))
	}
	return best
}

func (s speed) bars() []bar {
	slowest := max(s.slowest, s.longest)
	return []bar{
		{"replies a second on one core", "at least " + thousands(int(owed.rate)), thousands(int(s.rate)), s.rate >= owed.rate},
		{"slowest reply, made-up ones included", "at most " + owed.slowest.String(), slowest.Round(time.Microsecond).String(), slowest <= owed.slowest},
	}
}

// longestLabel is how many characters of product names the bridge puts into one option.
const longestLabel = 600

// made is a made-up text.
type made struct {
	name, text string
	in         reply.Situation
}

// worst are texts of nearly the most characters that are read, each made to keep one part busy: the same few words over
// and over, so that whatever begins a phrase, a date, an amount, a name or a quotation begins again and again. They are
// read in each language, and with a question open whose options are as long.
func worst(in reply.Situation) (all []made) {
	cut := func(s string, n int) string { return string([]rune(strings.Repeat(s, n))[:n]) }
	long := func(s string) string { return cut(s, 1599) }
	open := in
	open.Open = &reply.Question{About: reply.AboutOrder, Wish: reply.Wish{Meaning: reply.Skip}, Options: []reply.Option{
		{Label: cut("crème and tea ", longestLabel), Key: "2026-11-24"}, {Label: cut("stop & go ", longestLabel), Key: "2026-12-02"},
	}}
	for name, s := range map[string]string{
		"opt-out phrases": "stop the these dont ", "whom texts go to": "you i to stop texting ", "names": "crème and ",
		"numbers": "1 and ", "letters that expand": "ﷺ", "accents": "e\u0301\u0323 ", "short words": "a ",
		"single letters": "s t o p ", "one word": "skip", "commands": "skip delay pause swap undo resume now ",
		"commands denied": "dont not skip no delay never pause ", "commands with commas": "skip, delay, pause, ",
		"typos": "skpi dealy puase swpa ", "amounts": "2 weeks and ", "delays": "delay 2 weeks then ",
		"dates": "to the 15th of next month or ", "weekdays": "next friday this monday ", "slashed dates": "5/3 4/5/27 ",
		"months": "mid december end of january ", "holidays": "until after christmas and new year ",
		"own products": "House Blend Coffee and Green Tea ", "offers": "swap to decaf for dark roast ",
		"courtesies": "please can you could you thanks ", "sentences": "skip it. ", "questions": "can i skip? ",
		"quotations": "Liked “", "quoted lines": "> skip\n", "signatures": "\n-- \n", "brackets": "(skip) [",
		"emoji": "👍🏽 ", "invisible characters": "\u200bs\u202e", "repeated letters": "sssssskkkkkkiiiiip ",
		"Spanish": "no me manden hasta el 15 de la semana que viene ", "French": "ne sautez pas jusqu'au 15 de la semaine prochaine ",
		"right to left": "שלום ", "apostrophes": "d'l'qu'j'", "hyphens": "opt-out-me-", "broken bytes": "\xff ",
	} {
		for _, l := range reply.Languages() {
			in.Language, open.Language = l, l
			text := long(s)
			all = append(all, made{name + ", " + string(l), text, in}, made{name + ", " + string(l) + ", with a question open", text, open})
		}
	}
	return all
}

// BenchmarkReadCorpus reads the tuning half over and over.
func BenchmarkReadCorpus(b *testing.B) {
	lines := tuning(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		reply.Read(lines[i].Text, lines[i].In)
		if i++; i == len(lines) {
			i = 0
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "replies/s")
}

// BenchmarkReadWorst reads the made-up texts; ns/op is of all of them on average, slowest-ns of the slowest.
func BenchmarkReadWorst(b *testing.B) {
	all := worst(tuning(b)[0].In)
	slowest, name, i := time.Duration(0), "", 0
	for b.Loop() {
		w := all[i]
		start := time.Now()
		reply.Read(w.text, w.in)
		if d := time.Since(start); d > slowest {
			slowest, name = d, w.name
		}
		if i++; i == len(all) {
			i = 0
		}
	}
	b.ReportMetric(float64(slowest), "slowest-ns")
	b.Log("slowest:", name)
}
