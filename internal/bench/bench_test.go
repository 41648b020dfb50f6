//go:build linux

package bench

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

var (
	writeTo = flag.String("write", "", "write the table to this file, and beside it, for programs, as JSON")
	dataIn  = flag.String("data", "", "folder for the SQLite files; \"\": the system's temporary folder")
	huge    = flag.Bool("huge", false, "also measure books of 10 million subscriptions (PostgreSQL, about 30 minutes)")
	command = flag.String("command", "make bench", "what the reader of the table has to type")
)

// row is one line of the table of what we owe.
type row struct {
	name  string // selects it on the command line
	title string
	how   string               // how it is measured, a few sentences
	bars  func(database) []bar // what has to be reached
	run   func(*testing.B, database) []measure
}

// rows are in the order of the table.
var rows = []row{webhooks, replies, undisturbed, notices, moves, growth, deliveries, memory, starts}

// BenchmarkOwed measures every row on both databases, once.
func BenchmarkOwed(b *testing.B) {
	for _, r := range rows {
		b.Run(r.name, func(b *testing.B) {
			for _, d := range databases {
				b.Run(d.name, func(b *testing.B) {
					debug.FreeOSMemory() // what the row before left
					var found []measure
					for range b.N {
						found = r.run(b, d)
					}
					b.ReportMetric(0, "ns/op") // says nothing: each row brings its own measures
					for _, m := range found {
						b.ReportMetric(m.value, m.metric())
					}
					results.add(r, d, found)
				})
			}
		})
	}
}

// TestMain writes the table after the last row.
func TestMain(m *testing.M) {
	flag.Parse()
	// PostgreSQL's test cluster writes durably: that is what is measured.
	if err := os.Setenv("REJOINDER_TEST_FSYNC", "on"); err != nil {
		log.Fatal(err)
	}
	others := 0.0
	if *writeTo != "" {
		others = inUse(3 * time.Second)
	}
	code := m.Run()
	for _, dir := range append(leftovers, books.dir) {
		if dir != "" {
			_ = os.RemoveAll(dir)
		}
	}
	if code == 0 && len(results.list) > 0 {
		fmt.Println()
		results.summary(os.Stdout)
		if *writeTo != "" {
			if err := results.write(*writeTo, others); err != nil {
				log.Print(err)
				code = 1
			}
		}
	}
	os.Exit(code)
}

// write makes the file.
func (r *report) write(path string, others float64) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	m := thisMachine(others)
	r.markdown(f, m)
	return errors.Join(f.Close(), r.figures(path, m))
}

// logged keeps a row's remarks out of the way unless -v asks for them.
func logged(b *testing.B, format string, args ...any) {
	b.Helper()
	if testing.Verbose() {
		_, _ = fmt.Fprintf(io.Writer(os.Stderr), "    "+format+"\n", args...)
	}
}

// callers is how many callers the rows that take requests have.
const callers = 64

// cores is what the figures are measured on.
func cores() int { return runtime.GOMAXPROCS(0) }
