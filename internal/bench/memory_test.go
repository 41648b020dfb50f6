//go:build linux

package bench

import (
	"testing"
	"time"

	"rejoinder/internal/store/storetest/load"
)

// memory is what a small machine must have for a large book.
var memory = row{
	name:  "memory",
	title: "memory with 1 million subscriptions stored",
	how: "The real binary is started on a book of 1 million subscriptions of 500 shops and its resident memory read from /proc (PostgreSQL's own processes " +
		"are not counted): once it serves, then after it has turned 50,000 due notices into deliveries and settled those (the shops are not connected, so each " +
		"ends with its reason). \"most\" is the highest there ever was.",
	bars: func(database) []bar { return []bar{atMost("after the notices", 150e6), atMost("most", 150e6)} },
	run:  runMemory,
}

func runMemory(b *testing.B, d database) []measure {
	const due = 50_000
	o := d.filled(b, million)
	side := raw(b, o)
	if _, err := side.ExecContext(b.Context(), `UPDATE subscriptions SET notify_at = $1, next_date = $2, coming_date = $2 WHERE id < $3`,
		time.Now().UnixMicro(), time.Now().AddDate(0, 0, 3).Format(time.DateOnly), "sub_"+load.CustomerID(due)[4:]); err != nil {
		b.Fatal(err)
	}
	p := start(b, binary(b), settingsFor(b, o))
	pid := p.cmd.Process.Pid
	begun := rss(pid, "VmRSS")
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	waited := time.Now()
	for left := due; left > 0; left = number(b, side, `SELECT (SELECT count(*) FROM subscriptions WHERE notify_at <= $1) + (SELECT count(*) FROM deliveries WHERE state = 'queued')`, time.Now().UnixMicro()) {
		if time.Since(waited) > time.Minute {
			b.Logf("%d were left after a minute", left)
			break
		}
		<-tick.C
	}
	found := []measure{
		{"after the start", begun, bytes},
		{"after the notices", rss(pid, "VmRSS"), bytes},
		{"most", rss(pid, "VmHWM"), bytes},
		{"notices settled", float64(number(b, side, `SELECT count(*) FROM deliveries WHERE state <> 'queued'`)), count},
	}
	p.stop(b)
	return found
}
