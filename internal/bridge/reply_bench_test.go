package bridge_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// crowd is a bridge with a thousand customers, each with one subscription.
func crowd(b *testing.B, db *store.DB) (*bridge.Bridge, []string) {
	b.Helper()
	key, err := seal.NewKey()
	must(b, err)
	box, err := seal.Open(key)
	must(b, err)
	br := bridge.New(bridge.Options{Store: app.BridgeStore(db), Waker: wakes{}, Sealer: box, Now: time.Now, PublicURL: "https://rejoinder.example"})
	shop := bridge.Shop{ID: "shp_talk", Name: "Corner Coffee", Zone: "America/New_York"}
	must(b, br.SaveShop(b.Context(), shop))
	token, err := box.Seal(hookToken, "connections/shp_talk/signing_token")
	must(b, err)
	secret, err := box.Seal(hookSecret, "connections/shp_talk/hook_secret")
	must(b, err)
	must(b, db.InTx(b.Context(), func(tx *store.Tx) error {
		return tx.SaveConnection(bridge.Connection{ShopID: shop.ID, State: bridge.Connected, SigningToken: token, HookSecret: secret, ConfirmedAt: time.Now()})
	}))
	ids := make([]string, 1000)
	silent := trigger.Cause{Actor: trigger.Merchant, Silent: true}
	for i := range ids {
		c, err := br.CreateCustomer(b.Context(), shop.ID, subscription.Customer{FirstName: "Ada", Phone: subscription.Phone(fmt.Sprintf("+1212555%04d", i+1000))}, silent)
		must(b, err)
		s := coffee("2026-11-25")
		s.Interval, s.Next = subscription.Interval{Count: 1, Unit: subscription.Week}, subscription.DateOf(time.Now().AddDate(0, 0, 20), time.UTC)
		_, err = br.CreateSubscription(b.Context(), shop.ID, c.ID, s, silent)
		must(b, err)
		ids[i] = c.ID
	}
	return br, ids
}

func eachDatabase(b *testing.B, run func(b *testing.B, db *store.DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.SQLite(b, time.Now)) })
	b.Run("postgres", func(b *testing.B) { run(b, storetest.Postgres(b, time.Now)) })
}

// BenchmarkReceive is webhooks stored durably, from 64 callers.
func BenchmarkReceive(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		br, ids := crowd(b, db)
		var n atomic.Int64
		b.SetParallelism(32) // on 2 cores
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				i := n.Add(1)
				body := incoming(fmt.Sprintf("im_%d", i), fmt.Sprintf("+1212555%04d", int(i)%len(ids)+1000), fmt.Sprintf("hello %d", i))
				if err := br.Receive(context.Background(), "shp_talk", hookToken, hookSecret, []byte(body)); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "replies/s")
	})
}

// BenchmarkAnswer is a SKIP from the webhook to the queued confirmation, one after the other.
func BenchmarkAnswer(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		br, ids := crowd(b, db)
		b.ResetTimer()
		for i := range b.N {
			at := i % len(ids)
			word := []string{"SKIP", "UNDO"}[i/len(ids)%2]
			body := incoming(fmt.Sprintf("im_%d", i), fmt.Sprintf("+1212555%04d", at+1000), word)
			must(b, br.Receive(b.Context(), "shp_talk", hookToken, hookSecret, []byte(body)))
			_, err := br.AnswerReplies(b.Context(), "shp_talk/"+ids[at])
			must(b, err)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "skips/s")
	})
}
