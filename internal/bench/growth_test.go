//go:build linux

package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/config"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/subscription"
)

// growth is what a large book costs where nobody thinks of its size.
var growth = row{
	name:  "growth",
	title: "replies, notices and pages in a large book",
	how: "A book of 10 thousand subscriptions, then one of 1 million (with `HUGE=1` on PostgreSQL also of 10 million), of which one shop has nineteen in twenty: the worst case for its pages. " +
		"Up to a million of the customers have 30 days behind them: a notice, a delivery, an event, a text, consent, a trace, and every third a reply with its action. " +
		"\"page\": every page an owner can open, by the list of routes, and the searches, in the large shop, over HTTP from the whole program; each once to warm up, then 10 times, of a file " +
		"to its first byte; " +
		"the figures are of the page that takes longest by its median, then the longest of all single views. \"pages slower\" is the page that grew most, its median in the " +
		"largest book by that in the small one, where less than 10 ms counts as 10. " +
		"\"reply\" is Receive and AnswerReplies of one customer after the other, a SKIP each. \"notices\" is how many of 5,000 due notices become deliveries in a second. " +
		"The ten pages that took longest in the largest book are listed with their medians.",
	bars: func(d database) []bar {
		return []bar{
			atMost("page of 1,000,000", 0.3), atMost("pages slower", 2), atMost("reply slower", 2), atMost("notices slower", 2),
		}
	},
	run: runGrowth,
}

func runGrowth(b *testing.B, d database) []measure {
	sizes := []int{10_000, million}
	if *huge && d.postgres {
		sizes = append(sizes, 10*million)
	}
	var found []measure
	var views [2][]viewed // the small book's, and the largest one's
	var replies, rates [2]float64
	for i, size := range sizes {
		last := min(i, 1)
		o := d.migrated(b)
		bk := lived(size)
		settings := settingsFor(b, o)
		connectLarge(b, o, settings, bk)
		start := time.Now()
		if err := load.Fill(b.Context(), o, bk); err != nil {
			b.Fatal(err)
		}
		logged(b, "%s subscriptions with their past stored in %v", thousands(float64(size)), time.Since(start).Round(time.Millisecond))
		views[last] = viewAll(b, settings, bk)
		took := replyTo(b, o, settings, bk)
		replies[last] = took.at(0.5)
		rates[last] = noticesDue(b, o, bk)
		of := " of " + thousands(float64(size))
		worst := views[last][0]
		found = append(found, measure{"page" + of, worst.took.at(0.5), seconds}, measure{"longest view" + of, longest(views[last]), seconds},
			measure{"reply p50" + of, took.at(0.5), seconds}, measure{"reply p99" + of, took.at(0.99), seconds}, measure{"notices" + of, rates[last], perSecond})
	}
	grown, name := mostGrown(views[0], views[1])
	logged(b, "grew most: %s", name)
	found = append(found, measure{"pages", float64(len(views[1])), count}, measure{"pages slower", grown, times},
		measure{"reply slower", replies[1] / replies[0], times}, measure{"notices slower", rates[0] / rates[1], times})
	for _, v := range views[1][:10] {
		found = append(found, measure{v.name, v.took.at(0.5), seconds})
	}
	return found
}

// lived is a book as it stands after 30 days, nearly all of it in one shop: an order every 30 days for each customer,
// told of three days before at 23:59 in New York, which is after the measurement unless that begins late at night.
func lived(subscriptions int) load.Book {
	now := time.Now()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err) // the zones are built in
	}
	there := now.In(zone)
	return load.Book{
		Shops: 50, Customers: subscriptions, Now: now, Large: true, Subscribed: true, Consented: true, Past: min(subscriptions, million),
		Next: subscription.DateOf(now, zone).AddDays(3), Spread: 30,
		NotifyAt: time.Date(there.Year(), there.Month(), there.Day(), 23, 59, 0, 0, zone),
	}
}

// replyTo has customers answer SKIP, one after the other, and returns how long each took until it was answered.
func replyTo(b *testing.B, o store.Options, s config.Settings, bk load.Book) spread {
	b.Helper()
	box, err := seal.Open(s.Key)
	if err != nil {
		b.Fatal(err)
	}
	db := opened(b, o)
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	hear(b, db, box, bk.Shops)
	br := bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: idle{}, Sealer: box, Now: time.Now, PublicURL: "https://rejoinder.example"})
	one := func(n int) error {
		customer := rand.IntN(bk.Customers / 2) // the others' notices are due next
		shop := bk.ShopOf(customer)
		body := fmt.Sprintf(`{"webhook_id":"0b5a4d3c-5d3b-4d5e-9a51-2b8f1d0c7e11","resource_type":"shop","resource_id":"%s","event_time":"2026-03-10T16:00:00.250000",`+
			`"event":"shop.incoming_message","event_data":{"id":"im_%d_%d","subscriber_id":"%s","shop_id":"%s","is_opt_out":false,"shopify_customer_id":null,`+
			`"from_number":"%s","created_at":"2026-03-10T16:00:00.250000","body":"Skip"}}`,
			shop, bk.Customers, n, load.Subscriber(customer), shop, load.Phone(customer))
		if err := br.Receive(b.Context(), shop, signature, secret, []byte(body)); err != nil {
			return err
		}
		_, err := br.AnswerReplies(b.Context(), shop+"/"+load.CustomerID(customer))
		return err
	}
	return timed(b, 100, 500, one)
}

// timed does something a few times to warm up, then again and again, and returns how long each took.
func timed(b *testing.B, warm, again int, one func(n int) error) (all spread) {
	b.Helper()
	for n := range warm + again {
		start := time.Now()
		if err := one(n); err != nil {
			b.Fatal(err)
		}
		if n >= warm {
			all = append(all, time.Since(start))
		}
	}
	return all
}

// noticesDue makes notices of customers all over the book due and returns how many a second became deliveries.
func noticesDue(b *testing.B, o store.Options, bk load.Book) float64 {
	b.Helper()
	const due = 5_000
	side := raw(b, o)
	if _, err := side.ExecContext(b.Context(), `UPDATE subscriptions SET notify_at = $1, next_date = $2, coming_date = $2 WHERE id >= $3 AND id < $4`,
		time.Now().UnixMicro(), time.Now().AddDate(0, 0, 3).Format(time.DateOnly), "sub_"+load.CustomerID(bk.Customers / 2)[4:], "sub_"+load.CustomerID(bk.Customers/2 + due)[4:]); err != nil {
		b.Fatal(err)
	}
	db := opened(b, o)
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	before := number(b, side, `SELECT count(*) FROM deliveries WHERE state = 'queued' AND trigger_name = 'UpcomingOrder'`)
	br := bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: idle{}, Now: time.Now})
	start := time.Now()
	for again := start; !again.IsZero() && !again.After(time.Now()); {
		var err error
		if again, err = br.HandleNotice(context.WithoutCancel(b.Context()), ""); err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(start)
	if n := number(b, side, `SELECT count(*) FROM deliveries WHERE state = 'queued' AND trigger_name = 'UpcomingOrder'`) - before; n != due {
		b.Fatalf("%d deliveries for %d notices", n, due)
	}
	return due / took.Seconds()
}
