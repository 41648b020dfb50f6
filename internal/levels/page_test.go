package levels

import (
	"embed"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
)

var write = flag.Bool("write", false, "write the pages instead of comparing them")

//go:embed *.md.tmpl
var templates embed.FS

// docs is where the figures are and the pages belong.
const docs = "../../docs"

// pages are the pages made of the figures, by file name.
var pages = []string{"service-levels.md", "waking-and-pace.md"}

// render makes a page.
func render(name string, f figures) (string, error) {
	t, err := template.New(name+".tmpl").Funcs(template.FuncMap{"thousands": thousands, "round": round, "processes": processes, "why": why}).
		ParseFS(templates, name+".tmpl")
	if err != nil {
		return "", err
	}
	var page strings.Builder
	err = t.Execute(&page, map[string]any{"Levels": f.levels(), "Waits": f.waits(), "Figures": f, "Wrong": f.wrongMoments()})
	return page.String(), err
}

// why says for what a year was chosen.
func why(year int) string {
	return map[int]string{
		1987: "the rules of the United States before 2007, in their first year", 2006: "the same rules in their last year",
		2007: "the United States' present rules, in their first year", 2011: "the day that Samoa left out",
		2016: "many zones that gave up changing, or moved", 2026: "what is", 2040: "no more than the rules say, for as long as nobody changes them",
	}[year]
}

// wait is how long replies took on one database.
type wait struct {
	When, Database, P50, P99, P999 string
	Replies, Unanswered            int
}

// waits are how long replies took, idle and under load.
func (f figures) waits() (list []wait) {
	for _, when := range []struct{ row, says string }{{"idle", "nothing else to do"}, {"replies", "100,000 notices queued"}} {
		for _, r := range f.Bench.Rows {
			if r.Name != when.row {
				continue
			}
			w := wait{When: when.says, Database: r.Database}
			for name, into := range map[string]*string{"p50": &w.P50, "p99": &w.P99, "p99.9": &w.P999} {
				if v, ok := r.of(name); ok {
					*into = took(v)
				}
			}
			n, _ := r.of("replies")
			u, _ := r.of("unanswered")
			w.Replies, w.Unanswered = int(n), int(u)
			list = append(list, w)
		}
	}
	return list
}

// wrongMoments adds up what was wrong with the moments and texts of the exhaustive tests.
func (f figures) wrongMoments() (n int) {
	for _, h := range append(f.Exhaust.Hours[:len(f.Exhaust.Hours):len(f.Exhaust.Hours)], f.Exhaust.Numbers...) {
		n += h.Outside + h.Late + h.Lost
	}
	for _, x := range f.Exhaust.Texts {
		n += x.Outside + x.Late + x.Lost + x.Twice
	}
	return n
}

// TestPages compares the pages with what the figures make of them; with -write it writes them.
func TestPages(t *testing.T) {
	t.Parallel()
	f, err := read(os.DirFS(docs))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		page, err := render(name, f)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(docs, name)
		if *write {
			if err := os.WriteFile(file, []byte(page), 0o644); err != nil { //nolint:gosec // it is published
				t.Fatal(err)
			}
			continue
		}
		there, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if why := stale(string(there), page); why != "" {
			t.Errorf("docs/%s is not what the figures say; run make service-levels and read the difference:\n%s", name, why)
		}
	}
}

// stale says how a page differs from what it must be; "" if it does not.
func stale(there, must string) string {
	return cmp.Diff(strings.Split(must, "\n"), strings.Split(there, "\n"))
}

// TestPagesFollowTheFigures changes each kind of figure and looks for it on the pages; and a page somebody typed a figure
// into is found out.
func TestPagesFollowTheFigures(t *testing.T) {
	t.Parallel()
	f, err := read(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, name := range pages {
		page, err := render(name, f)
		if err != nil {
			t.Fatal(err)
		}
		all += page
		if stale(page, page) != "" || stale(strings.Replace(page, "7", "8", 1), page) == "" {
			t.Errorf("%s: a figure that was typed in would not be found", name)
		}
	}
	for _, want := range []string{
		"| Duplicate texts | 1 in 1,701 texts | 588 | – |",                // 700 + 1,001 texts of kills, one twice
		"| Accepted and lost | 0 in 30,000 changes and texts | 0 | 100 |", // 3/n
		"| Texts outside waking hours | 2 in 1,001 texts | 1,998 | – |",
		"| Wrong actions and wrong opt-outs | 0 in 3,000 held-out replies | 0 | 1,000 |",
		"| nothing else to do | SQLite | 30 | 0 | 12 ms | 120 ms | 1.25 s |",
		"| PostgreSQL, killed 7 times in 11 s | 0 | 30,000 changes and texts | 0 | 100 | `make crash KILLS=7` |",
		"| 3 | 4 | 500 | 5 | 6 | 7 |",
		"| 2 | 60 | 2 | 900 | 8 | 13 | 0 | 0 |",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no page has %q", want)
		}
	}
	if t.Failed() {
		t.Log(all)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		count            count
		perMillion, most string
	}{
		{count{Wrong: 0, Cases: 3}, "0", "1,000,000"},
		{count{Wrong: 0, Cases: 1_000_000}, "0", "3"},
		{count{Wrong: 0, Cases: 450_000}, "0", "6.7"},
		{count{Wrong: 0, Cases: 880_000_000}, "0", "0.0034"},
		{count{Wrong: 2, Cases: 1000}, "2,000", "–"},
		{count{}, "", ""},
	} {
		if p, m := c.count.PerMillion(), c.count.Bound(); p != c.perMillion || m != c.most {
			t.Errorf("%d of %d: %q and %q, want %q and %q", c.count.Wrong, c.count.Cases, p, m, c.perMillion, c.most)
		}
	}
}
