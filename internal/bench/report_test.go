//go:build linux

package bench

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// results is what this run found so far.
var results = &report{started: time.Now()}

// report is the table under way.
type report struct {
	mu      sync.Mutex
	started time.Time
	list    []result
}

// result is what one row found on one database.
type result struct {
	row   row
	on    database
	found []measure
}

func (r *report) add(w row, d database, found []measure) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, result{w, d, found})
}

// find returns the measure of a name.
func (r result) find(name string) (measure, bool) {
	for _, m := range r.found {
		if m.name == name {
			return m, true
		}
	}
	return measure{}, false
}

// line is the result in words: what was measured of that for which there is a bar, the bars, and the verdict.
func (r result) line() (measured, bars, verdict string) {
	var got, want, missed []string
	for _, b := range r.row.bars(r.on) {
		m, ok := r.find(b.measure)
		if !ok {
			want, missed = append(want, b.measure), append(missed, b.measure)
			continue
		}
		got, want = append(got, b.measure+" "+m.String()), append(want, b.text(m.unit))
		if !b.met(m.value) {
			missed = append(missed, b.measure)
		}
	}
	verdict = "met"
	if len(missed) > 0 {
		verdict = "missed: " + strings.Join(missed, ", ")
	}
	return strings.Join(got, ", "), strings.Join(want, ", "), verdict
}

// summary prints the table for a terminal.
func (r *report) summary(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, x := range r.list {
		measured, bars, verdict := x.line()
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t(%s)\t%s\n", x.row.name, x.on.name, measured, bars, verdict)
	}
	_ = t.Flush()
}

// markdown writes docs/benchmarks.md.
func (r *report) markdown(w io.Writer, m machine) {
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	p("# Benchmarks")
	p("")
	p("What the program owes, and what it did. This page is written by `%s`; no figure in it is typed by hand, and a bar", *command)
	p("that was missed says so. Everything runs on one machine, callers and servers of both sides included, over the loopback.")
	p("")
	if m.busy() {
		p("**The machine was at other work while this was measured (see below): the figures are lower than it can do.")
		p("Run it again on a quiet one.**")
		p("")
	}
	p("| what | database | measured | bar | |")
	p("| --- | --- | --- | --- | --- |")
	for _, x := range r.list {
		measured, bars, verdict := x.line()
		p("| [%s](#%s) | %s | %s | %s | **%s** |", x.row.title, x.row.name, x.on.title, measured, bars, verdict)
	}
	p("")
	p("## The machine")
	p("")
	m.markdown(p)
	p("| command | `%s`, %s, took %s |", *command, r.started.UTC().Format("2 January 2006 15:04 MST"), time.Since(r.started).Round(time.Second))
	seen := map[string]bool{}
	for _, x := range r.list {
		if seen[x.row.name] {
			continue
		}
		seen[x.row.name] = true
		r.details(p, x.row)
	}
}

// details is one row with everything it measured.
func (r *report) details(p func(string, ...any), w row) {
	p("")
	p("## %s", w.name)
	p("")
	p("%s", w.how)
	p("")
	var of []result
	head, rule := "| |", "| --- |"
	for _, x := range r.list {
		if x.row.name == w.name {
			of = append(of, x)
			head, rule = head+" "+x.on.title+" |", rule+" --- |"
		}
	}
	p("%s", head)
	p("%s", rule)
	for _, name := range names(of) {
		line := "| " + name + " |"
		for _, x := range of {
			cell := ""
			if m, ok := x.find(name); ok {
				cell = m.String()
			}
			line += " " + cell + " |"
		}
		p("%s", line)
	}
}

// names are the names of all measures, in the order in which they first come.
func names(of []result) []string {
	var out []string
	seen := map[string]bool{}
	for _, x := range of {
		for _, m := range x.found {
			if !seen[m.name] {
				seen[m.name] = true
				out = append(out, m.name)
			}
		}
	}
	return out
}
