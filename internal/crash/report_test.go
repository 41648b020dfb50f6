package crash

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// reported are the results of this run of the tests, for the report.
var reported struct {
	sync.Mutex
	results []Result
}

func keep(r Result) {
	reported.Lock()
	defer reported.Unlock()
	reported.results = append(reported.results, r)
}

// writeReport writes what was found to the file of -report: as JSON for programs, and in words beside it.
func writeReport(file, command string) error {
	reported.Lock()
	defer reported.Unlock()
	all := reported.results
	slices.SortFunc(all, func(a, b Result) int { return cmp.Compare(a.order(), b.order()) })
	raw, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, append(raw, '\n'), 0o644); err != nil { //nolint:gosec // it is published
		return err
	}
	return os.WriteFile(strings.TrimSuffix(file, ".json")+".md", []byte(words(all, command)), 0o644) //nolint:gosec // as above
}

// order puts the campaigns first, then what was done to databases.
func (r Result) order() string { return fmt.Sprint(r.Kills == 0, r.Database) }

func words(all []Result, command string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Killed while it worked\n\nWritten by `%s` on %s with %d processors; do not edit. `docs/crash.json` holds the same for programs,\nand [service-levels.md](service-levels.md) is made of it.\n",
		command, runtime.GOOS, runtime.NumCPU())
	b.WriteString(`
The real program is loaded over HTTP (changes by the ledger's API, replies by signed webhooks), beside it stands a Postscript
that keeps every request, answers 2 % of them 429 and 2 % 500, and of those that carry a trigger takes 2 % in without an answer
and 2 % late. Processes are killed with SIGKILL at moments the seed chooses and started again. When the last is over, many
orders are skipped at once, so that each token is used as fast as it may be. What is answered with success is compared at the end
with the database, the recorder and the sandbox phones. internal/crash says how.

`)
	row := func(name string, value func(Result) any) {
		b.WriteString("| " + name + " |")
		for _, r := range all {
			fmt.Fprintf(&b, " %v |", value(r))
		}
		b.WriteString("\n")
	}
	row("", func(r Result) any { return r.Database })
	b.WriteString("| --- |" + strings.Repeat(" ---: |", len(all)) + "\n")
	row("processes", func(r Result) any { return r.Processes })
	row("kills", func(r Result) any { return r.Kills })
	row("seconds of load", func(r Result) any { return int(r.Seconds) })
	row("changes and texts accepted", func(r Result) any { return r.Accepted })
	row("requests sent again, because refused or not answered", func(r Result) any { return r.SentAgain })
	row("replies to notices", func(r Result) any { return r.Replies })
	row("requests to Postscript", func(r Result) any { return r.Requests })
	row("triggers that arrived at Postscript", func(r Result) any { return r.Arrived })
	row("order dates told there", func(r Result) any { return r.Notices })
	row("texts on phones of the built-in half", func(r Result) any { return r.Texts })
	row("**accepted and lost**", func(r Result) any { return r.Lost })
	row("**replies acted on twice**", func(r Result) any { return r.ActedTwice })
	row("**order dates told by two notices**", func(r Result) any { return r.NoticedTwice })
	row("**texts twice on a phone of the built-in half**", func(r Result) any { return r.TextedTwice })
	row("**stretches above 15 requests in a sliding second**", func(r Result) any { return r.OverPace })
	row("most requests of one token in any sliding second", func(r Result) any { return r.MostInASecond })
	row("**triggers repeated although their outcome could be known**", func(r Result) any { return r.RepeatedWrongly })
	row("triggers repeated because nobody could know their outcome", func(r Result) any { return len(r.Repeats) })
	row("of these, notices", func(r Result) any { return r.NoticesRepeated })
	row("**rows neither finished nor due in the end**", func(r Result) any { return len(r.Unfinished) })
	row("**anything else that was wrong**", func(r Result) any { return len(r.Broken) })
	b.WriteString(`
What must be 0 is in bold. A repetition carries the id of the first, by which the built-in texting half drops it; the real
Postscript does not promise to, and a merchant may choose to miss one rather than repeat it (Triggers, "unknown").

## Every repetition, and why the first outcome could not be known

`)
	for _, r := range all {
		for _, x := range r.Repeats {
			fmt.Fprintf(&b, "- %s: %s `%s`, %d times: %s\n", r.Database, x.Trigger, x.Delivery, x.Times, x.Why)
		}
	}
	return b.String()
}
