package corpus_test

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/reply"
	"rejoinder/internal/reply/corpus"
)

// page is docs/replies.md.
type page struct {
	halves []half
	bars   []bar
	speed  speed
}

// printer writes a line.
type printer func(format string, args ...any)

func onto(w io.Writer) printer {
	return func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
}

func (p page) markdown(w io.Writer) {
	say := onto(w)
	say("# How well replies are understood")
	say("")
	say("Shoppers answer in their own words, and Rejoinder acts only on what it is certain of; what is only likely it asks, and the")
	say("rest it leaves to a person. This page counts how that goes. It is written by `make replies`, and no figure in it is typed by")
	say("hand. No reply here is a real shopper's: all were written for this project, so what real ones are like is not measured. The")
	say("first scores of what nobody had seen stand below, in what the files say of themselves. A wrong action is a change nobody asked")
	say("for; a wish taken for none is among the wrong answers, and lets an order come that was not wanted.")
	say("")
	p.barTable(say)
	p.sizes(say)
	p.method(say)
	for _, h := range p.halves {
		say("")
		say("## The %s half", lower(h.name))
		say("")
		p.verdicts(say, h)
		p.kinds(say, h)
		p.confusion(say, h)
		p.remaining(say, h)
	}
	p.fast(say)
	say("")
	say("## Run it again")
	say("")
	say("`make replies` reads both halves, prints this page, writes it, and fails when a bar is missed. `make replies QUIET=1` prints")
	say("the totals of the held-out half alone and none of its texts, for whoever is at work on the grammar. To see what is not yet")
	say("right in the tuning half: `go test ./internal/reply/corpus -run Tuning -v`, with `-language es` or `-verdict missed` for")
	say("part of it. One text by itself: `rejoinder explain \"push it 2 weeks\"`.")
}

// totals is what may be told about a half without showing a text of it.
func (p page) totals(w io.Writer, h half) {
	say := onto(w)
	say("The %s half, %s replies", lower(h.name), thousands(len(h.all)))
	say("")
	p.barTable(say)
	p.verdicts(say, h)
	p.kinds(say, h)
}

func (p page) barTable(say printer) {
	say("| what | measured | bar | |")
	say("| --- | --- | --- | --- |")
	for _, b := range p.bars {
		verdict := "met"
		if !b.met {
			verdict = "missed"
		}
		say("| %s | %s | %s | **%s** |", b.what, b.measured, b.bar, verdict)
	}
	say("")
}

func (p page) sizes(say printer) {
	say("## The replies")
	say("")
	say("| half | file | replies | English | Spanish | French |")
	say("| --- | --- | --- | --- | --- | --- |")
	for _, h := range p.halves {
		row := fmt.Sprintf("| %s | `%s` | %s |", lower(h.name), path.Join("internal/reply/testdata", path.Base(h.file)), thousands(len(h.all)))
		for _, l := range reply.Languages() {
			row += " " + thousands(corpus.Count(h.all, corpus.In(l)).All()) + " |"
		}
		say("%s", row)
	}
	for _, h := range p.halves {
		say("")
		say("What the file of the %s half says of itself:", lower(h.name))
		say("")
		for _, line := range h.head {
			say("> %s", line)
		}
	}
	say("")
}

func (p page) method(say printer) {
	say("## What is measured")
	say("")
	say("Each reply was written for this project, with the situation it came in (the day, the announced order, what the customer has")
	say("and may swap to, the question that is open), and labelled by hand with what a careful person at the shop would understand:")
	say("what is asked for, of which order or product, how far or until when; or that one has to ask; or that there is nothing to do.")
	say("Where a careful person could go either way, the label allows both. The two halves were written apart. The grammar was")
	say("written with the tuning half at hand; the held-out half was kept away from those who wrote it, and is only counted.")
	say("")
	say("| verdict | what it is |")
	say("| --- | --- |")
	for _, row := range [][2]string{
		{"right", "what the label says, with every detail; nothing was changed that was not asked for"},
		{"asked", "the right question: “Did you mean …? Reply YES”, with no wrong day, order or product in it"},
		{"missed", "a wish, or an answer to our question, that was left to a person"},
		{"left to a person", "a text that asks for nothing (thanks, a greeting), which a person has to read for nothing"},
		{"needless question", "a question to somebody who asked for nothing"},
		{"wrong question", "a question about something else than what was asked for"},
		{"wrong answer", "nothing is changed, but the shopper is answered, or not answered, as if they had said something else"},
		{"wrong opt-out", "an opt-out nobody asked for, or one that was not heard; read at the door too, where no situation is known"},
		{"wrong action", "something is changed, or opted in, or agreed to, that was not asked for"},
	} {
		say("| %s | %s |", row[0], row[1])
	}
	say("")
	say("“With a command” are the replies that ask for something to be done or looked up whichever way their label allows. A text")
	say("for a person and one nobody can make sense of end in the same place, so the one is not wrong for the other. The tables of")
	say("what was read for what compare meanings alone; the verdicts also weigh days, amounts, orders and products.")
}

// columns are the verdicts in the order of the tables.
func columns() []corpus.Verdict {
	c := corpus.Verdicts()
	slices.Reverse(c)
	return c
}

func (p page) verdicts(say printer, h half) {
	head, rule := "| language | replies |", "| --- | --- |"
	for _, v := range columns() {
		head, rule = head+" "+string(v)+" |", rule+" --- |"
	}
	say("%s with a command | of these understood or rightly asked |", head)
	say("%s --- | --- |", rule)
	row := func(name string, is ...func(corpus.Reading) bool) {
		t := corpus.Count(h.all, is...)
		s := fmt.Sprintf("| %s | %s |", name, thousands(t.All()))
		for _, v := range columns() {
			s += " " + thousands(t[v]) + " |"
		}
		c := corpus.Count(h.all, append(is, corpus.Of(corpus.Command))...)
		say("%s %s | %s |", s, thousands(c.All()), shareOf(c))
	}
	for _, l := range reply.Languages() {
		row(languageName(l), corpus.In(l))
	}
	row("all")
	say("")
}

func (p page) kinds(say printer, h half) {
	say("Right or rightly asked, by what the reply is there to measure:")
	say("")
	say("| | English | Spanish | French | all |")
	say("| --- | --- | --- | --- | --- |")
	names := map[corpus.Kind]string{
		corpus.Command: "with a command", corpus.Answer: "answers to our question",
		corpus.Consent: "opt-out, opt-in, help", corpus.Other: "nothing to do, or perhaps",
	}
	for _, k := range corpus.Kinds() {
		row := "| " + names[k] + " |"
		cell := func(is ...func(corpus.Reading) bool) {
			t := corpus.Count(h.all, append(is, corpus.Of(k))...)
			row += fmt.Sprintf(" %s of %s |", shareOf(t), thousands(t.All()))
		}
		for _, l := range reply.Languages() {
			cell(corpus.In(l))
		}
		cell()
		say("%s", row)
	}
	say("")
}

// confusion is which meaning was read for which, in each language.
func (p page) confusion(say printer, h half) {
	for _, l := range reply.Languages() {
		say("### What was read for what: %s, %s half", languageName(l), lower(h.name))
		say("")
		say("| labelled | replies | read as that | asked about that | read as something else |")
		say("| --- | --- | --- | --- | --- |")
		for _, m := range reply.Meanings() {
			n, same, asked, others := 0, 0, 0, map[string]int{}
			for _, r := range h.all {
				if r.In.Language != l || labelled(r) != m {
					continue
				}
				n++
				switch got := r.Got; {
				case got.Meaning != m && got.Certainty == reply.Likely:
					others["asked "+got.Meaning.Title()]++
				case got.Meaning != m:
					others[got.Meaning.Title()]++
				case got.Certainty == reply.Likely:
					asked++
				default:
					same++
				}
			}
			if n > 0 {
				say("| %s | %d | %d | %d | %s |", m.Title(), n, same, asked, counts(others))
			}
		}
		say("")
	}
}

// labelled is the meaning a reply counts under: of a label that allows several, the one that was read, or the first.
func labelled(r corpus.Reading) reply.Meaning {
	for _, w := range r.Label {
		if w.Meaning() == r.Got.Meaning {
			return w.Meaning()
		}
	}
	return r.Label[0].Meaning()
}

func counts(m map[string]int) string {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int { return cmp.Or(m[b]-m[a], cmp.Compare(a, b)) })
	for i, k := range keys {
		keys[i] = fmt.Sprintf("%s %d", k, m[k])
	}
	return strings.Join(keys, ", ")
}

// remaining lists every reply that is not right, worst first.
func (p page) remaining(say printer, h half) {
	say("### What is not right, %s half", lower(h.name))
	say("")
	n := 0
	for _, v := range corpus.Verdicts() {
		t := 0
		for _, r := range h.all {
			if r.Verdict != v || v.Good() {
				continue
			}
			if t++; t == 1 {
				say("**%s**", string(v))
				say("")
			}
			say("- %s (%s, %s line %d): labelled %s, read as %s. %s", code(strconv.Quote(r.Text)), r.In.Language, r.File, r.Number, code(r.Label.String()), code(corpus.Spell(r.Got)), r.Got.Why)
		}
		if n += t; t > 0 {
			say("")
		}
	}
	if n == 0 {
		say("Nothing.")
	}
}

func (p page) fast(say printer) {
	say("")
	say("## Speed")
	say("")
	say("Both halves are read %d times by one goroutine, and the fastest time counts, because the others were interrupted: %s", passes, thousands(int(p.speed.rate)))
	say("replies a second. The slowest of them took %s (%s). Besides, texts of 1,599 characters were made to keep each", p.speed.slowest.Round(time.Microsecond), p.speed.slowestLine)
	say("part of the reading busy, in three languages, with and without a question of long options (%d texts). The slowest:", len(p.speed.madeUp))
	say("")
	for i, m := range p.speed.madeUp {
		if i < 5 || m.took > owed.slowest {
			say("- %s: %s", m.name, m.took.Round(time.Microsecond))
		}
	}
}

func languageName(l reply.Language) string {
	return map[reply.Language]string{reply.English: "English", reply.Spanish: "Spanish", reply.French: "French"}[l]
}

// code shows s as it is, backquotes included.
func code(s string) string {
	if strings.Contains(s, "`") {
		return "`` " + s + " ``"
	}
	return "`" + s + "`"
}

func lower(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

// shareOf is the good part of a tally, or a dash when there is nothing to share.
func shareOf(t corpus.Tally) string {
	if t.All() == 0 {
		return "–"
	}
	return percent(t.Share())
}

func percent(share float64) string { return fmt.Sprintf("%.2f %%", 100*share) }

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
