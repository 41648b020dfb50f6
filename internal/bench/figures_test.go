//go:build linux

package bench

import (
	"encoding/json"
	"os"
	"runtime"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// published is docs/benchmarks.json: what the page says, for programs. docs/service-levels.md is made of it.
type published struct {
	Command  string           `json:"command"`
	Measured time.Time        `json:"measured"`
	Machine  publishedMachine `json:"machine"`
	Rows     []publishedRow   `json:"rows"`
}

type publishedMachine struct {
	Processor  string  `json:"processor"`
	Memory     string  `json:"memory"`
	Kernel     string  `json:"kernel"`
	Disk       string  `json:"disk"`
	Others     float64 `json:"others"` // share of the processor others had before the run
	Busy       bool    `json:"busy"`   // so much that the figures are lower than they could be
	Go         string  `json:"go"`
	SQLite     string  `json:"sqlite"`
	PostgreSQL string  `json:"postgresql"`
}

type publishedRow struct {
	Name     string             `json:"name"`
	Title    string             `json:"title"`
	Database string             `json:"database"`
	Measured []publishedMeasure `json:"measured"`
	Missed   bool               `json:"missed"` // a bar
}

// publishedMeasure has its value in seconds, bytes, a share between 0 and 1, or plain, as its unit says.
type publishedMeasure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  unit    `json:"unit"`
}

// published is the table for programs.
func (r *report) published(m machine) published {
	out := published{
		Command: *command, Measured: r.started.UTC().Truncate(time.Second),
		Machine: publishedMachine{
			Processor: m.cpu, Memory: m.memory, Kernel: m.kernel, Disk: m.disk, Others: m.others, Busy: m.busy(),
			Go: runtime.Version(), SQLite: sqlite3.SQLITE_VERSION, PostgreSQL: serverSettings,
		},
	}
	for _, x := range r.list {
		_, _, verdict := x.line()
		row := publishedRow{Name: x.row.name, Title: x.row.title, Database: x.on.title, Missed: verdict != "met"}
		for _, f := range x.found {
			row.Measured = append(row.Measured, publishedMeasure{f.name, f.value, f.unit})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// figures writes the table for programs beside the page.
func (r *report) figures(page string, m machine) error {
	raw, err := json.MarshalIndent(r.published(m), "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSuffix(page, ".md")+".json", append(raw, '\n'), 0o644) //nolint:gosec // it is published
}
