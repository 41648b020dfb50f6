// Command testrun runs go test and says in few words what happened: a line for each package, the output of
// what failed, every skip with its reason, the slowest tests and the totals.
//
// It exists because go test alone hides a skip, and a test that was skipped for want of a database or a
// browser reads as a pass. With CI=true a skip is a failure. It must not change what go test decides: its exit code
// is a failure whenever that of go test is.
//
//	testrun -race -shuffle=on ./...
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

func main() {
	cmd := exec.Command("go", append([]string{"test", "-json"}, os.Args[1:]...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testrun:", err)
		os.Exit(2)
	}
	began := time.Now()
	r := newReport(os.Stdout)
	r.read(out)
	failed := cmd.Wait() != nil
	if !r.finish(time.Since(began), os.Getenv("CI") == "true") || failed {
		os.Exit(1)
	}
}

// event is one line of go test -json (go doc test2json; build events since Go 1.24).
type event struct {
	Action     string
	Package    string
	ImportPath string // of build events
	Test       string
	Elapsed    float64 // seconds
	Output     string
}

// test is one test, or (with an empty name) what a package printed outside its tests.
type test struct {
	pkg, name string
	outcome   string // "", pass, fail, skip
	elapsed   float64
	output    []string
}

// report gathers events and prints to w.
type report struct {
	w        io.Writer
	tests    map[string]map[string]*test // by package, then name
	packages map[string]string           // outcome by package
	all      []*test
}

func newReport(w io.Writer) *report {
	return &report{w: w, tests: map[string]map[string]*test{}, packages: map[string]string{}}
}

// read takes events until the stream ends. A line that is no event is printed as it is.
func (r *report) read(in io.Reader) {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) == nil && e.Action != "" {
				r.take(e)
			} else {
				fmt.Fprint(r.w, line)
			}
		}
		if err != nil {
			return
		}
	}
}

func (r *report) take(e event) {
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.w, e.Output)
		return
	case "build-fail":
		return // the packages that needed it fail too
	}
	t := r.find(e.Package, e.Test)
	switch e.Action {
	case "output":
		t.output = append(t.output, e.Output)
	case "pass", "fail", "skip":
		t.outcome, t.elapsed = e.Action, e.Elapsed
		if e.Test == "" {
			r.packages[e.Package] = e.Action
			r.printPackage(e)
		} else if e.Action == "pass" {
			t.output = nil // a long run prints much
		}
	}
}

func (r *report) find(pkg, name string) *test {
	if r.tests[pkg] == nil {
		r.tests[pkg] = map[string]*test{}
	}
	t := r.tests[pkg][name]
	if t == nil {
		t = &test{pkg: pkg, name: name}
		r.tests[pkg][name] = t
		r.all = append(r.all, t)
	}
	return t
}

// printPackage prints the line of a package that has ended and, if it failed, what its failed tests and those
// still running at the end had printed.
func (r *report) printPackage(e event) {
	switch e.Action {
	case "skip": // no test files
		return
	case "pass":
		fmt.Fprintf(r.w, "ok    %-52s %6.1f s\n", e.Package, e.Elapsed)
		return
	}
	fmt.Fprintf(r.w, "FAIL  %-52s %6.1f s\n", e.Package, e.Elapsed)
	for _, t := range r.all {
		if t.pkg != e.Package || t.name != "" && t.outcome != "fail" && t.outcome != "" {
			continue
		}
		for _, line := range t.output {
			if !strings.HasPrefix(line, "=== ") {
				fmt.Fprint(r.w, "      ", line)
			}
		}
	}
}

// finish prints the summary and reports whether all is well. In strict mode a skip is not.
func (r *report) finish(took time.Duration, strict bool) bool {
	counts := map[string]int{}
	var tests, skipped []*test
	for _, t := range r.all {
		if t.name == "" {
			continue
		}
		tests = append(tests, t)
		counts[cmp.Or(t.outcome, "fail")]++ // one without an outcome was running when its package died
		if t.outcome == "skip" {
			skipped = append(skipped, t)
		}
	}
	failedPackages := 0
	for _, outcome := range r.packages {
		if outcome == "fail" {
			failedPackages++
		}
	}
	slices.SortStableFunc(tests, func(a, b *test) int { return cmp.Compare(b.elapsed, a.elapsed) })
	for i, t := range tests {
		if i == 5 || t.elapsed < 1 {
			break
		}
		fmt.Fprintf(r.w, "slow  %6.1f s  %s %s\n", t.elapsed, t.pkg, t.name)
	}
	for _, t := range skipped {
		fmt.Fprintf(r.w, "skip  %s %s: %s\n", t.pkg, t.name, reason(t.output))
	}
	fmt.Fprintf(r.w, "\n%d tests in %d packages, %.0f s: %d passed, %d failed, %d skipped; %d packages failed\n",
		len(tests), len(r.packages), took.Seconds(), counts["pass"], counts["fail"], counts["skip"], failedPackages)
	switch {
	case len(tests) == 0:
		fmt.Fprintln(r.w, "No test ran: that is a failure.")
		return false
	case strict && len(skipped) > 0:
		fmt.Fprintln(r.w, "CI=true: a skipped test is a failure.")
		return false
	}
	return counts["fail"] == 0 && failedPackages == 0
}

// reason returns what a skipped test said: its last line that is not go test's own.
func reason(output []string) string {
	for _, line := range slices.Backward(output) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "===") && !strings.HasPrefix(line, "---") {
			return line
		}
	}
	return "(no reason given)"
}
