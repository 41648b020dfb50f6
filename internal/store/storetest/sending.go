//go:build unix

package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// Sending is the conformance suite of deliveries that are claimed, sent and settled for many shops at once.
func Sending(t *testing.T, db *store.DB, clock *Clock) {
	t.Helper()
	s := suite{t: t, db: db, clock: clock}
	t.Run("claims", func(t *testing.T) { s.with(t).claims() })
	t.Run("outcomes", func(t *testing.T) { s.with(t).outcomes() })
	t.Run("customers", func(t *testing.T) { s.with(t).known() })
	t.Run("connections", func(t *testing.T) { s.with(t).accounts() })
	t.Run("pace", func(t *testing.T) { s.with(t).pace() })
}

// queue stores deliveries, due as long from now as said, under ids that begin with the name of their shop.
func (s suite) queue(shop string, lane bridge.Lane, due ...time.Duration) []bridge.Delivery {
	s.t.Helper()
	var out []bridge.Delivery
	for i, in := range due {
		d := bridge.Delivery{
			ID: fmt.Sprintf("%s_%d_%d", shop, lane, i), ShopID: shop, CustomerID: "cus_" + shop, Trigger: trigger.UpcomingOrder,
			Lane: lane, State: bridge.Queued, DueAt: s.clock.Now().Add(in), CreatedAt: s.clock.Now(), OrderDate: subscription.NewDate(2026, 12, i+1),
		}
		d.Key = d.ID
		s.do(func(tx *store.Tx) error {
			added, err := tx.AddDelivery(d)
			if err == nil && !added {
				err = errors.New("it was there already")
			}
			return err
		})
		out = append(out, d)
	}
	return out
}

func ids(ds []bridge.Delivery) []string {
	out := []string{}
	for _, d := range ds {
		out = append(out, d.ID)
	}
	slices.Sort(out)
	return out
}

// claims: of each shop the first few that are due, by lane and due moment, answers apart from the rest.
func (s suite) claims() {
	s.queue("clm_a", bridge.LaneNotice, -time.Second, -3*time.Second, -2*time.Second, time.Hour)
	s.queue("clm_a", bridge.LaneEvent, time.Hour, -time.Second)
	s.queue("clm_b", bridge.LaneNotice, -time.Second)
	s.queue("clm_b", bridge.LaneAnswer, -time.Second, time.Hour)
	s.queue("clm_c", bridge.LaneNotice, -time.Second)
	both := []string{"clm_a", "clm_b", "clm_none"}
	s.do(func(tx *store.Tx) error {
		bulk, err := tx.ClaimDeliveries(both, true, 3)
		s.same("bulk", []string{"clm_a_1_1", "clm_a_2_1", "clm_a_2_2", "clm_b_2_0"}, ids(bulk))
		if err != nil {
			return err
		}
		answers, err := tx.ClaimDeliveries(both, false, 3)
		s.same("answers", []string{"clm_b_0_0"}, ids(answers))
		if err != nil {
			return err
		}
		due, err := tx.AnswersDue(both)
		s.same("shops with answers due", []string{"clm_b"}, due)
		return err
	})
	until := s.clock.Now().Add(time.Minute)
	s.do(func(tx *store.Tx) error { return tx.StartSending([]string{"clm_a_2_1", "clm_b_2_0"}, until) })
	s.do(func(tx *store.Tx) error {
		d, err := tx.Delivery("clm_a", "clm_a_2_1")
		s.same("state", bridge.Sending, d.State)
		s.same("attempts", 1, d.Attempts)
		s.same("until", until, d.DueAt)
		dead, _ := tx.DeadDeliveries(both, 1)
		s.same("dead before their time", []string{}, ids(dead))
		return err
	})
	s.clock.Move(2 * time.Minute)
	s.do(func(tx *store.Tx) error {
		dead, err := tx.DeadDeliveries(both, 1)
		s.same("dead", []string{"clm_a_2_1", "clm_b_2_0"}, ids(dead))
		return err
	})
}

// outcomes: stored together, but nothing that has ended, and only by who holds them is said so.
func (s suite) outcomes() {
	ds := s.queue("out_a", bridge.LaneNotice, 0, 0, 0)
	until := s.clock.Now().Add(time.Minute)
	s.do(func(tx *store.Tx) error {
		_, err := tx.AddNotices([]bridge.Notice{
			{NoticeKey: bridge.NoticeKey{CustomerID: "cus_out_a", Date: ds[0].OrderDate}, ShopID: "out_a", State: bridge.NoticeQueued},
			{NoticeKey: bridge.NoticeKey{CustomerID: "cus_out_a", Date: ds[1].OrderDate}, ShopID: "out_a", State: bridge.NoticeQueued},
		})
		if err != nil {
			return err
		}
		return tx.StartSending(ids(ds), until)
	})
	for i := range ds {
		ds[i].State, ds[i].DueAt, ds[i].Attempts = bridge.Sending, until, 1
	}
	late := ds[1]
	late.DueAt = until.Add(-time.Second)
	s.do(func(tx *store.Tx) error {
		held, err := tx.HeldDeliveries([]bridge.Delivery{ds[0], late, {ID: "out_none"}})
		s.same("held", map[string]bool{"out_a_2_0": true, "out_a_2_1": false}, held)
		return err
	})
	ended, queued := ds[0], ds[1]
	ended.State, ended.FinishedAt, ended.Request, ended.Answer, ended.Status, ended.Reason = bridge.Refused, s.clock.Now(), "POST \"it\"\n{}", "no 👍", 400, "No."
	queued.State, queued.DueAt, queued.Reason = bridge.Queued, until.Add(time.Hour), "Later."
	s.do(func(tx *store.Tx) error {
		changed, err := tx.UpdateDeliveries([]bridge.Delivery{ended, queued})
		s.same("changed", map[string]bool{"out_a_2_0": true, "out_a_2_1": true}, changed)
		return err
	})
	again := ended
	again.State = bridge.Sent
	s.do(func(tx *store.Tx) error {
		changed, err := tx.UpdateDeliveries([]bridge.Delivery{again, queued})
		s.same("changed after one has ended", map[string]bool{"out_a_2_1": true}, changed)
		for _, want := range []bridge.Delivery{ended, queued} {
			d, _ := tx.Delivery("out_a", want.ID)
			s.same(want.ID, want, d)
		}
		return err
	})
	s.toldOrNot(ds)
	s.lines()
}

// toldOrNot: what was told stays told, whatever is said of it afterwards.
func (s suite) toldOrNot(ds []bridge.Delivery) {
	settle := func(at int, state bridge.NoticeState) {
		s.do(func(tx *store.Tx) error {
			return tx.SettleNotices([]bridge.Notice{{NoticeKey: bridge.NoticeKey{CustomerID: "cus_out_a", Date: ds[at].OrderDate}, State: state, Reason: "So."}})
		})
	}
	settle(0, bridge.NoticeTold)
	settle(0, bridge.NoticeSuppressed) // told stays told
	settle(1, bridge.NoticeSuppressed)
	s.do(func(tx *store.Tx) error {
		told, err := tx.ToldNotice("out_a", "cus_out_a", s.clock.Now(), subscription.Date{}, time.Minute)
		s.same("told", ds[0].OrderDate, told.Date)
		left, _ := tx.QueuedNotices("out_a", "cus_out_a", subscription.Date{})
		s.same("queued notices", 0, len(left))
		return err
	})
}

// lines: many lines of the trace are kept as they are, in their order.
func (s suite) lines() {
	s.do(func(tx *store.Tx) error {
		return tx.AddTraces([]bridge.Trace{
			{ID: "trc_1", ShopID: "out_a", CustomerID: "cus_out_a", At: tx.Now(), Kind: "delivery", Text: "One's \"end\".", Ref: "out_a_2_0"},
			{ID: "trc_2", ShopID: "out_a", CustomerID: "cus_out_a", At: tx.Now(), Kind: "delivery", Text: "Two.", Ref: ""},
		})
	})
	s.do(func(tx *store.Tx) error {
		lines, err := tx.TraceOf("out_a", "cus_out_a", tx.Now().Add(time.Hour), 9)
		s.same("lines", []string{"Two.", "One's \"end\"."}, []string{lines[0].Text, lines[1].Text})
		return err
	})
}

// known: customers with their accounts, as one by one.
func (s suite) known() {
	of := func(id, phone string, names ...string) subscription.Account {
		a := subscription.Account{Customer: subscription.Customer{ID: id, FirstName: "Ada", Phone: subscription.Phone(phone), Zone: "UTC"}}
		for _, n := range names {
			a.Subscriptions = append(a.Subscriptions, subscription.Subscription{
				ID: n, Items: []subscription.Item{{Name: n, Quantity: 1, Price: subscription.Money{Amount: 100, Currency: "USD"}}},
				Interval: subscription.Interval{Count: 1, Unit: subscription.Month}, Next: subscription.NewDate(2026, 12, 1), Status: subscription.Active,
			})
		}
		return a
	}
	two, none := of("cus_two", "+12125550001", "sub_1", "sub_2"), of("cus_zero", "+12125550002")
	two.Failed = &subscription.Bill{}
	s.do(func(tx *store.Tx) error { return tx.SaveAccount("kno_a", two, nil) })
	s.do(func(tx *store.Tx) error { return tx.SaveAccount("kno_b", none, nil) })
	s.do(func(tx *store.Tx) error { return tx.SetTexts("kno_a", "cus_two", bridge.TextsOptedOut, "s_1") })
	s.do(func(tx *store.Tx) error {
		known, err := tx.KnownCustomers([]string{"cus_two", "cus_zero", "cus_nobody"})
		s.same("customers", []string{"cus_two", "cus_zero"}, slices.Sorted(maps.Keys(known)))
		for id, k := range known {
			c, err := tx.Customer(k.ShopID, id)
			s.same("customer "+id, c, k.Customer)
			if err != nil {
				return err
			}
			a, err := tx.Look(k.ShopID, id)
			s.same("account "+id, a, k.Account)
			if err != nil {
				return err
			}
		}
		return err
	})
}

// accounts: connections of many shops.
func (s suite) accounts() {
	for _, shop := range []string{"con_a", "con_b"} {
		s.do(func(tx *store.Tx) error {
			return tx.SaveConnection(bridge.Connection{ShopID: shop, Key: "k", TokenHash: "of " + shop, State: bridge.Connected, Triggers: map[trigger.Name]string{trigger.UpcomingOrder: "7"}})
		})
	}
	sent := func() (at time.Time) {
		s.do(func(tx *store.Tx) error {
			conns, err := tx.ConnectionsOf([]string{"con_a", "con_none"})
			s.same("connections", 1, len(conns))
			s.same("trigger", "7", conns["con_a"].Triggers[trigger.UpcomingOrder])
			at = conns["con_a"].LastSentAt
			return err
		})
		return at
	}
	s.do(func(tx *store.Tx) error {
		tokens, err := tx.TokensOf([]string{"con_b", "con_a", "con_none"})
		s.same("tokens", map[string]string{"con_a": "of con_a", "con_b": "of con_b"}, tokens)
		return err
	})
	touch := func() {
		s.do(func(tx *store.Tx) error { return tx.TouchSent([]string{"con_b", "con_a", "con_none"}) })
	}
	touch()
	first := s.clock.Now()
	s.same("sent", first, sent())
	s.clock.Move(9 * time.Second)
	touch()
	s.same("sent, nine seconds later", first, sent())
	s.clock.Move(2 * time.Second)
	touch()
	s.same("sent, eleven seconds later", s.clock.Now(), sent())
}

// pace: slots of many tokens at once, each on its own.
func (s suite) pace() {
	const spacing, lead = 10 * time.Second, 2 * time.Millisecond
	reserve := func(want map[string]int) (out map[string]bridge.Slot) {
		s.do(func(tx *store.Tx) (err error) { out, err = tx.Reserve(want, spacing, lead); return err })
		return out
	}
	near := func(what string, want, got time.Duration) {
		s.t.Helper()
		if got < want-2*time.Second || got > want+2*time.Second {
			s.t.Errorf("%s: %s, want about %s", what, got, want)
		}
	}
	got := reserve(map[string]int{"tok_a": 4, "tok_b": 1})
	s.same("taken", []bool{true, true}, []bool{got["tok_a"].Taken, got["tok_b"].Taken})
	near("first of a", 0, got["tok_a"].Wait)
	near("first of b", 0, got["tok_b"].Wait)
	got = reserve(map[string]int{"tok_a": 1, "tok_b": 1, "tok_c": 2})
	s.same("taken", []bool{false, false, true}, []bool{got["tok_a"].Taken, got["tok_b"].Taken, got["tok_c"].Taken})
	near("until a is free", 4*spacing, got["tok_a"].Wait)
	near("until b is free", spacing, got["tok_b"].Wait)
	s.do(func(tx *store.Tx) error { return tx.HoldPace("tok_b", time.Minute) })
	got = reserve(map[string]int{"tok_b": 1})
	near("until b is free, held", time.Minute, got["tok_b"].Wait)
	// Who is taking slots right now makes the others come back, not wait.
	if s.db.Pool() == nil {
		return
	}
	s.do(func(tx *store.Tx) error {
		first, err := tx.Reserve(map[string]int{"tok_d": 1}, spacing, lead)
		s.same("taken", true, first["tok_d"].Taken)
		return err
	})
	s.do(func(tx *store.Tx) error {
		if err := tx.HoldPace("tok_d", 0); err != nil { // keeps the row
			return err
		}
		other := reserve(map[string]int{"tok_d": 1, "tok_e": 1})
		s.same("taken beside", []bool{false, true}, []bool{other["tok_d"].Taken, other["tok_e"].Taken})
		return nil
	})
}
