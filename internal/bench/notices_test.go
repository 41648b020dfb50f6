//go:build linux

package bench

import (
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/subscription"
)

// notices is the hour in which many customers are to be told of their next order at once.
var notices = row{
	name:  "notices",
	title: "due notices become queued deliveries",
	how: "A book of 100,000 customers of 50 shops, each with one subscription whose notice is due. The bridge's handler of due notices is " +
		"called until none is left: it claims, decides by waking hours and cut-off, records the notice, queues the delivery and traces it. " +
		"One caller, as in the program. Afterwards there must be exactly one delivery for each customer. \"the same rows alone\" is how fast the database copies just these rows " +
		"(delivery, notice, trace; indexes and all), 500 in a commit, with nothing to decide and nothing on the wire.",
	bars: func(d database) []bar { return []bar{atLeast("rate", pick(d, 10_000.0, 20_000.0))} },
	run:  runNotices,
}

func runNotices(b *testing.B, d database) []measure {
	const customers = 100_000
	o := d.migrated(b)
	o.Now = atNoon
	book := load.Book{
		Shops: 50, Customers: customers, Now: noon, NotifyAt: noon.Add(-time.Minute),
		Next: subscription.NewDate(2026, time.March, 12), Spread: 1,
	}
	if err := load.Fill(b.Context(), o, book); err != nil {
		b.Fatal(err)
	}
	br := bridge.New(bridge.Options{Store: app.BridgeStore(open(b, o)), Waker: idle{}, Now: atNoon})

	b.ResetTimer()
	start, calls := time.Now(), 0
	for again := noon; !again.IsZero(); calls++ {
		var err error
		if again, err = br.HandleNotice(b.Context(), ""); err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(start)
	b.StopTimer()

	side := raw(b, o)
	if n := number(b, side, `SELECT count(*) FROM deliveries WHERE state = 'queued' AND trigger_name = 'UpcomingOrder'`); n != customers {
		b.Fatalf("%d deliveries for %d customers", n, customers)
	}
	logged(b, "%d notices in %v, %d calls", customers, took, calls)
	rate := customers / took.Seconds()
	same := copyRate(b, side, []string{"deliveries", "notices", "trace"}, map[string][]string{
		"deliveries": {"id", "dedupe_key"}, "notices": {"customer_id"}, "trace": {"id"},
	})
	return []measure{
		{"rate", rate, perSecond},
		{"notices", customers, count},
		{"the same rows alone", same, perSecond},
	}
}
