//go:build linux

package bench

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
)

// replies is what a person notices: how long after SKIP the confirmation goes out.
var replies = row{
	name:  "replies",
	title: "reply in, confirmation handed to the gateway, with 100,000 notices queued",
	how: "The whole program in this process, both halves wired to each other, 50 shops connected by Confirm, an automation for skipped and one for upcoming orders in each. 100,000 " +
		"notices are queued and being delivered meanwhile. For 15 seconds 100 customers a second text SKIP, each at a fixed moment whether or not the ones before were answered. The time runs from " +
		"that moment to the moment stored with the confirmation when the sandbox gateway had it: in between lie the inbound text, the webhook to the bridge, the " +
		"action, the trigger back, the automation and the sending. Those without an answer 20 seconds after the last reply are counted as \"unanswered\", and with their wait so far. " +
		"\"syncs of the disk\" is how often the disk takes 4 KiB for good, one after the other, in the same run: each reply waits for some fifteen commits.",
	bars: func(database) []bar { return []bar{atMost("p99", 1), atMost("unanswered", 0)} },
	run: func(b *testing.B, d database) []measure {
		return runReplies(b, d, replyLoad{customers: replyNotices, notices: true, rate: replyRate})
	},
}

// undisturbed is the same when there is nothing else to do.
var undisturbed = row{
	name:  "idle",
	title: "reply in, confirmation handed to the gateway, with nothing else to do",
	how: "As the row above, but no notice is queued, and 20 customers a second text SKIP. So this is what the parts take by " +
		"themselves, and not what a queue adds.",
	bars: func(database) []bar { return []bar{atMost("p99", 1), atMost("unanswered", 0)} },
	run: func(b *testing.B, d database) []measure {
		return runReplies(b, d, replyLoad{customers: 10_000, rate: idleRate})
	},
}

const (
	replyShops   = 50
	replyNotices = 100_000
	replyRate    = 100
	idleRate     = 20
	replyLasts   = 15 * time.Second
)

// replyLoad is what is stored, and how many replies come in a second.
type replyLoad struct {
	customers int
	notices   bool // one is queued for each customer
	rate      int
}

func runReplies(b *testing.B, d database, w replyLoad) []measure {
	o := d.migrated(b)
	now := time.Now()
	bk := load.Book{
		Shops: replyShops, Now: now, Next: subscription.DateOf(now, time.UTC).AddDays(5), Spread: 1,
		Subscribed: true, Queued: w.notices, Consented: true,
	}
	if err := load.Fill(b.Context(), o, bk); err != nil { // the shops
		b.Fatal(err)
	}
	settings, err := settingsFor(b, o).Resolve()
	if err != nil {
		b.Fatal(err)
	}
	a, err := app.Open(b.Context(), app.Options{Settings: settings, Version: "bench", Local: true, Log: app.NewLog(b.Output(), settings, false)})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	}()
	confirmAll(b, a)
	bk.Customers = w.customers
	if err := load.Fill(b.Context(), o, bk); err != nil {
		b.Fatal(err)
	}
	side := raw(b, o)

	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	var sent map[string]time.Time
	var waited spread
	unanswered, left := 0, 0
	var beside sync.WaitGroup
	err = a.Run(ctx, func(string) {
		beside.Go(func() {
			defer stop()
			sent = textSkip(ctx, b, a, w)
			waited, unanswered = confirmations(b, side, sent)
			left = number(b, side, `SELECT count(*) FROM deliveries WHERE state = 'queued' AND lane = 2`)
		})
	})
	beside.Wait()
	if err != nil {
		b.Error(err)
	}
	found := []measure{
		{"p50", waited.at(0.5), seconds},
		{"p99", waited.at(0.99), seconds},
		{"p99.9", waited.at(0.999), seconds},
		{"unanswered", float64(unanswered), count},
		{"replies", float64(len(sent)), count},
	}
	if w.notices {
		found = append(found, measure{"notices still queued at the end", float64(left), count}, measure{"syncs of the disk", syncRate(b), perSecond})
	}
	return found
}

// confirmAll connects every shop to the built-in half as a merchant does, and makes its automations.
func confirmAll(b *testing.B, a *app.App) {
	b.Helper()
	var wg sync.WaitGroup
	for n := range replyShops {
		wg.Go(func() {
			if err := connectShop(b.Context(), a, load.ShopID(n)); err != nil {
				b.Errorf("%s: %v", load.ShopID(n), err)
			}
		})
	}
	wg.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

func connectShop(ctx context.Context, a *app.App, shop string) error {
	_, key, err := a.Texting.CreateKeyPair(ctx, shop, "bench")
	if err != nil {
		return err
	}
	c, err := a.Bridge.Confirm(ctx, shop, key)
	if err != nil {
		return err
	}
	for name, step := range map[trigger.Name]texting.Step{
		trigger.OrderSkipped:  {Copy: "Done: your order of {skipped_delivery_date} is skipped. Next order: {new_delivery_date}."},
		trigger.UpcomingOrder: {Copy: "Hi {first_name}, your {shop_name} order ships {delivery_date}. Reply SKIP by {reply_by}.", WaitMinutes: 1},
	} {
		if _, err := a.Texting.CreateAutomation(ctx, shop, texting.AutomationInput{
			Name: string(name), Engine: texting.EngineLegacy, TriggerID: c.Triggers[name], Active: true, Messages: []texting.Step{step},
		}); err != nil {
			return err
		}
	}
	return nil
}

// textSkip has customers text SKIP, at a fixed rate, and returns when each began, by phone.
func textSkip(ctx context.Context, b *testing.B, a *app.App, w replyLoad) map[string]time.Time {
	b.Helper()
	sent := map[string]time.Time{}
	var wg sync.WaitGroup
	start := time.Now().Add(time.Second) // the sweep has found the notices by then
	for n := range int(replyLasts.Seconds()) * w.rate {
		at := start.Add(time.Duration(n) * time.Second / time.Duration(w.rate))
		select {
		case <-ctx.Done():
			return sent
		case <-time.After(time.Until(at)):
		}
		customer := w.customers - 1 - n // their notices are the last to be delivered
		phone := load.Phone(customer)
		sent[phone] = at
		wg.Go(func() {
			if _, err := a.Texting.Inbound(ctx, load.ShopID(customer%replyShops), phone, "SKIP", fmt.Sprintf("bench_%d", n)); err != nil {
				b.Errorf("reply %d: %v", n, err)
			}
		})
	}
	wg.Wait()
	return sent
}

// confirmations waits until every reply is answered, but not for ever, and returns how long each took.
func confirmations(b *testing.B, side *sql.DB, sent map[string]time.Time) (waited spread, unanswered int) {
	b.Helper()
	const answered = `FROM messages WHERE direction = 'out' AND sent_at IS NOT NULL AND body LIKE 'Done: your order of %'`
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); <-tick.C {
		if number(b, side, `SELECT count(*) `+answered) >= len(sent) {
			break
		}
	}
	rows, err := side.QueryContext(b.Context(), `SELECT phone, sent_at `+answered)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	at := map[string]time.Time{}
	for rows.Next() {
		var phone string
		var us int64
		if err := rows.Scan(&phone, &us); err != nil {
			b.Fatal(err)
		}
		if _, again := at[phone]; again {
			b.Error("a reply was confirmed twice")
		}
		at[phone] = time.UnixMicro(us)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	for phone, began := range sent {
		if t, ok := at[phone]; ok {
			waited = append(waited, t.Sub(began))
			continue
		}
		unanswered++
		waited = append(waited, time.Since(began))
	}
	return waited, unanswered
}
