//go:build unix

package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// Replies is the conformance suite of replies, questions and actions.
func Replies(t *testing.T, db *store.DB, clock *Clock) {
	t.Helper()
	s := suite{t: t, db: db, clock: clock}
	for _, shop := range []string{"shp_a", "shp_b"} {
		s.do(func(tx *store.Tx) error { return tx.SaveShop(bridge.Shop{ID: shop, Name: shop, Zone: "UTC"}) })
		s.do(func(tx *store.Tx) error {
			c := subscription.Customer{ID: "cus_" + shop, Phone: "+12125550123"}
			return tx.SaveAccount(shop, subscription.Account{Customer: c}, nil)
		})
	}
	t.Run("replies", func(t *testing.T) { s.with(t).replies() })
	t.Run("writers", func(t *testing.T) { s.with(t).writers() })
	t.Run("questions", func(t *testing.T) { s.with(t).questions() })
	t.Run("notices", func(t *testing.T) { s.with(t).notices() })
	t.Run("actions", func(t *testing.T) { s.with(t).actions() })
}

// suite is a database under test.
type suite struct {
	t     *testing.T
	db    *store.DB
	clock *Clock
}

func (s suite) with(t *testing.T) suite { s.t = t; return s }

func (s suite) do(fn func(*store.Tx) error) {
	s.t.Helper()
	if err := s.db.InTx(s.t.Context(), fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s suite) same(what string, want, got any) {
	s.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func (s suite) missing(what string, err error) {
	s.t.Helper()
	if !fault.Is(err, fault.NotFound) {
		s.t.Errorf("%s: %v, want not found", what, err)
	}
}

func (s suite) reply(id, shop, body string, at time.Time) bridge.Reply {
	return bridge.Reply{
		ID: id, ShopID: shop, MessageID: "im_" + id, Phone: "+12125550123", CustomerID: "cus_" + shop, Body: body,
		ReceivedAt: at, DueAt: at, State: bridge.ReplyNew,
	}
}

func (s suite) replies() {
	at := s.clock.Now()
	first, second := s.reply("rpl_1", "shp_a", "SKIP", at), s.reply("rpl_2", "shp_a", "NEXT", at.Add(time.Microsecond))
	other := s.reply("rpl_3", "shp_b", "SKIP", at.Add(time.Second))
	s.repliesAdded(at, first, second, other)
	s.repliesDue(at, other)
	first.State, first.Meaning, first.Why, first.FinishedAt, first.Attempts, first.DueAt = bridge.ReplyDone, reply.Skip, "why", at, 2, at
	first.Certainty, first.Wording, first.Meant = reply.Certain, "skip", "DELAY"
	s.do(func(tx *store.Tx) error {
		if err := tx.SaveReply(first); err != nil {
			return err
		}
		list, err := tx.Replies("shp_a", "cus_shp_a", 10)
		if err != nil {
			return err
		}
		s.same("saved", first, list[1])
		oldest, err := tx.WaitingReply("shp_a", "cus_shp_a")
		s.same("then waiting", "rpl_2", oldest.ID)
		return err
	})
}

// repliesAdded stores three replies, each once, and reads what came before a new one.
func (s suite) repliesAdded(at time.Time, first, second, other bridge.Reply) {
	s.t.Helper()
	again := first
	again.ID = "rpl_4"
	elsewhere := other
	elsewhere.ID, elsewhere.MessageID = "rpl_5", first.MessageID
	unknown := first
	unknown.ID, unknown.MessageID, unknown.CustomerID, unknown.Phone = "rpl_6", "im_6", "", "+12125550177"
	unknown.State, unknown.Why, unknown.Meaning, unknown.FinishedAt = bridge.ReplyPerson, "why", reply.OptOut, at
	unknown.Body = "quotes \" and \\ and <é> \u2028"
	s.do(func(tx *store.Tx) error {
		for _, c := range []struct {
			list []bridge.Reply
			want map[string]bool
		}{
			{[]bridge.Reply{second, first, again}, map[string]bool{"rpl_1": true, "rpl_2": true}},
			{[]bridge.Reply{first, other, elsewhere, unknown, second}, map[string]bool{"rpl_3": true, "rpl_5": true, "rpl_6": true}},
			{[]bridge.Reply{again}, map[string]bool{}},
			{nil, map[string]bool{}},
		} {
			added, err := tx.AddReplies(c.list)
			if err != nil {
				return err
			}
			s.same("added", c.want, added)
		}
		stored, err := tx.RepliesOf("shp_a", []string{"im_6"})
		if err != nil {
			return err
		}
		s.same("stored as it came", []bridge.Reply{unknown}, stored)
		return s.earlier(tx, at, first, second, unknown)
	})
	s.do(func(tx *store.Tx) error {
		oldest, err := tx.WaitingReply("shp_a", "cus_shp_a")
		if err != nil {
			return err
		}
		s.same("oldest waiting", first, oldest)
		_, err = tx.WaitingReply("shp_b", "cus_shp_a")
		s.missing("another shop's reply", err)
		return nil
	})
}

// earlier reads what came before new replies: of their number by body and time, of their customer by what waits.
func (s suite) earlier(tx *store.Tx, at time.Time, first, second, unknown bridge.Reply) error {
	s.t.Helper()
	fresh := func(change func(*bridge.Reply)) bridge.Reply {
		r := first
		change(&r)
		return r
	}
	list := []bridge.Reply{
		fresh(func(*bridge.Reply) {}),
		fresh(func(r *bridge.Reply) { r.Body = "STOP" }),
		fresh(func(r *bridge.Reply) { r.Phone = "+12125550199" }),
		fresh(func(r *bridge.Reply) { r.CustomerID = "" }),
		fresh(func(r *bridge.Reply) { r.ShopID, r.CustomerID = "shp_none", "cus_none" }),
		unknown,
		fresh(func(r *bridge.Reply) { r.Phone, r.Body = unknown.Phone, "STOP" }), // from when it was nobody's
		fresh(func(r *bridge.Reply) { r.ShopID, r.Phone, r.CustomerID = "shp_b", unknown.Phone, "" }),
		fresh(func(r *bridge.Reply) { r.Phone, r.CustomerID = "", "" }),
	}
	same := bridge.Earlier{LastAt: second.ReceivedAt, WaitingFor: second.DueAt, SameAt: at, OtherAt: second.ReceivedAt}
	other, waiting := same, bridge.Earlier{WaitingFor: second.DueAt}
	once := waiting
	other.SameAt = time.Time{}
	once.LastAt, once.OtherAt = at, at
	nobody := bridge.Earlier{LastAt: at, SameAt: at}
	none := bridge.Earlier{}
	for _, c := range []struct {
		what         string
		since, until time.Time
		want         []bridge.Earlier
	}{
		{"all", at.Add(-time.Hour), at.Add(time.Hour), []bridge.Earlier{same, other, waiting, none, none, nobody, once, none, none}},
		{"since after them", at.Add(time.Minute), at.Add(time.Hour), []bridge.Earlier{waiting, waiting, waiting, none, none, none, waiting, none, none}},
		{"until before them", at.Add(-time.Hour), at, []bridge.Earlier{waiting, waiting, waiting, none, none, none, waiting, none, none}},
		{"the first alone", at, at.Add(time.Microsecond), []bridge.Earlier{
			{LastAt: at, WaitingFor: second.DueAt, SameAt: at}, once, waiting, none, none, nobody, once, none, none,
		}},
	} {
		got, err := tx.Earlier(list, c.since, c.until)
		if err != nil {
			return err
		}
		s.same("earlier: "+c.what, c.want, got)
	}
	return nil
}

// repliesDue reads which customers' replies are due, before and after one of them is held.
func (s suite) repliesDue(at time.Time, other bridge.Reply) {
	s.t.Helper()
	s.do(func(tx *store.Tx) error {
		keys, err := tx.DueReplies(at.Add(time.Minute), 10)
		if err != nil {
			return err
		}
		s.same("due", []string{"shp_a/cus_shp_a", "shp_b/cus_shp_b"}, keys)
		keys, err = tx.DueReplies(at.Add(time.Minute), 1)
		s.same("due, one at most", []string{"shp_a/cus_shp_a"}, keys)
		if err != nil {
			return err
		}
		if err := tx.HoldReplies("shp_a", "cus_shp_a", at.Add(time.Hour)); err != nil {
			return err
		}
		keys, err = tx.DueReplies(at.Add(time.Minute), 10)
		s.same("due while the first shop's are held", []string{"shp_b/cus_shp_b"}, keys)
		if err != nil {
			return err
		}
		next, err := tx.NextReplyDue()
		s.same("next due", other.DueAt, next)
		return err
	})
}

func (s suite) writers() {
	s.do(func(tx *store.Tx) error { return tx.SetTexts("shp_a", "cus_shp_a", bridge.TextsSubscribed, "s_1") })
	cases := []struct{ shop, phone, subscriber, want string }{
		{"shp_a", "+12125550123", "", "cus_shp_a"},
		{"shp_b", "+12125550123", "s_1", "cus_shp_b"},
		{"shp_a", "", "s_1", "cus_shp_a"},
		{"shp_a", "+12125550199", "s_1", "cus_shp_a"},
		{"shp_b", "", "s_1", ""},
		{"shp_a", "", "", ""},
		{"shp_none", "+12125550123", "s_1", ""},
		{"shp_a", "+12125550123", "s_1", "cus_shp_a"},
	}
	s.do(func(tx *store.Tx) error {
		var from []bridge.From
		for _, c := range cases {
			from = append(from, bridge.From{ShopID: c.shop, Phone: subscription.Phone(c.phone), Subscriber: c.subscriber})
		}
		found, err := tx.Writers(from)
		if err != nil {
			return err
		}
		for i, c := range cases {
			got := bridge.Writer{}
			if found[i] != nil {
				got = *found[i]
			}
			want := bridge.Writer{}
			if c.want != "" {
				want = bridge.Writer{ID: c.want, Phone: "+12125550123"}
			}
			if c.want == "cus_shp_a" {
				want.Subscriber, want.Texts, want.TextsAt = "s_1", bridge.TextsSubscribed, s.clock.Now()
			}
			s.same(fmt.Sprintf("writer %d", i), want, got)
		}
		if found[0] != found[7] || found[0] != found[2] {
			s.t.Error("one customer is not one pointer")
		}
		shop, err := tx.ShopOfCustomer("cus_shp_b")
		s.same("shop of a customer", "shp_b", shop)
		return err
	})
}

func (s suite) questions() {
	at := s.clock.Now()
	q := &bridge.Asked{To: "2 x", Question: reply.Question{
		About: reply.AboutOrder, Wish: reply.Wish{Meaning: reply.Delay, Amount: reply.Amount{Count: 2, Unit: reply.Week}}, Asked: at, Expires: at.Add(time.Minute),
		Options: []reply.Option{{Label: "A", Key: "2026-11-25"}, {Label: "B", Key: "2026-11-27"}},
	}}
	s.do(func(tx *store.Tx) error { return tx.SetQuestion("shp_a", "cus_shp_a", q) })
	s.do(func(tx *store.Tx) error { return tx.SetLanguage("shp_a", "cus_shp_a", reply.Spanish) })
	s.do(func(tx *store.Tx) error { return tx.SetLanguage("shp_b", "cus_shp_a", reply.French) })
	s.do(func(tx *store.Tx) error { return tx.SetQuestion("shp_b", "cus_shp_a", nil) }) // no such customer there: nothing
	s.do(func(tx *store.Tx) error {
		got, err := tx.Talk("shp_a", "cus_shp_a")
		s.same("question", bridge.Talk{Question: q, Language: reply.Spanish}, got)
		return err
	})
	s.do(func(tx *store.Tx) error { return tx.SetQuestion("shp_a", "cus_shp_a", nil) })
	s.do(func(tx *store.Tx) error {
		got, err := tx.Talk("shp_a", "cus_shp_a")
		s.same("no question", bridge.Talk{Language: reply.Spanish}, got)
		return err
	})
}

func (s suite) notices() {
	at := s.clock.Now()
	days := []subscription.Date{subscription.NewDate(2026, 11, 25), subscription.NewDate(2026, 11, 27), subscription.NewDate(2026, 11, 29)}
	s.do(func(tx *store.Tx) error {
		var list []bridge.Notice
		for _, d := range days {
			list = append(list, bridge.Notice{NoticeKey: bridge.NoticeKey{CustomerID: "cus_shp_a", Date: d}, ShopID: "shp_a", State: bridge.NoticeQueued})
		}
		_, err := tx.AddNotices(list)
		return err
	})
	told := func(by time.Time, from subscription.Date) (n bridge.Told, err error) {
		s.do(func(tx *store.Tx) error {
			n, err = tx.ToldNotice("shp_a", "cus_shp_a", by, from, time.Minute)
			return nil
		})
		return n, err
	}
	_, err := told(at, days[0])
	s.missing("a notice that is only queued", err)
	for _, d := range days[:2] {
		s.clock.Move(time.Hour)
		s.do(func(tx *store.Tx) error {
			return tx.SettleNotices([]bridge.Notice{{NoticeKey: bridge.NoticeKey{CustomerID: "cus_shp_a", Date: d}, State: bridge.NoticeTold}})
		})
	}
	newest, err := told(at.Add(3*time.Hour), days[0])
	s.same("newest", bridge.Told{Date: days[1], At: at.Add(2 * time.Hour)}, newest)
	s.same("error", nil, err)
	before, _ := told(at.Add(90*time.Minute), days[0])
	s.same("newest by then", bridge.Told{Date: days[0], At: at.Add(time.Hour)}, before)
	_, err = told(at.Add(3*time.Hour), days[2])
	s.missing("of later orders", err)
}

func (s suite) actions() {
	at, on := s.clock.Now(), subscription.NewDate(2026, 11, 25)
	state := subscription.Subscription{ID: "sub_1", Next: on, Status: subscription.Active, Interval: subscription.Interval{Count: 1, Unit: subscription.Month}}
	a := bridge.Action{
		ID: "act_1", ShopID: "shp_a", CustomerID: "cus_shp_a", Key: "k1", Command: bridge.Skip, Actor: trigger.Customer,
		OrderDate: on, NewDate: on.AddDays(30), Moves: []bridge.Move{{From: on, To: on.AddDays(30)}},
		Before: []subscription.Subscription{state}, After: []subscription.Subscription{state}, State: bridge.ActionDone, CreatedAt: at,
	}
	variant := func(id, key string, change func(*bridge.Action)) bridge.Action {
		v := a
		v.ID, v.Key = id, key
		change(&v)
		return v
	}
	undone := variant("act_2", "k2", func(v *bridge.Action) { v.CreatedAt, v.Command = at.Add(time.Microsecond), bridge.Delay })
	s.do(func(tx *store.Tx) error {
		for _, c := range []struct {
			a    bridge.Action
			want bool
		}{
			{a, true},
			{variant("act_x", "k1", func(*bridge.Action) {}), false},
			{undone, true},
			{variant("act_3", "k3", func(v *bridge.Action) { v.State, v.Reason = bridge.ActionRefused, "no" }), true},
			{variant("act_4", "k4", func(v *bridge.Action) { v.Actor = trigger.Merchant }), true},
			{variant("act_5", "k1", func(v *bridge.Action) { v.ShopID, v.CustomerID = "shp_b", "cus_shp_b" }), true},
			{variant("act_6", "k6", func(v *bridge.Action) { v.CreatedAt = at.AddDate(-2, 0, 0) }), true},
		} {
			added, err := tx.AddAction(c.a)
			if err != nil {
				return err
			}
			s.same("added "+c.a.ID, c.want, added)
		}
		return tx.SetActionState("shp_a", "act_2", bridge.ActionUndone)
	})
	undone.State = bridge.ActionUndone
	s.do(func(tx *store.Tx) error {
		if err := tx.SetActionState("shp_b", "act_1", bridge.ActionRefused); err != nil { // not that shop's: nothing
			return err
		}
		own, err := tx.CustomerActions("shp_a", "cus_shp_a", at.Add(-time.Hour), 10)
		if err != nil {
			return err
		}
		s.same("the customer's own, newest first", []bridge.Action{undone, a}, own)
		one, err := tx.CustomerActions("shp_a", "cus_shp_a", at.Add(-time.Hour), 1)
		s.same("limited", 1, len(one))
		if err != nil {
			return err
		}
		got, err := tx.ActionByKey("shp_a", "k1")
		s.same("by key", a, got)
		if err != nil {
			return err
		}
		_, err = tx.ActionByKey("shp_b", "k2")
		s.missing("another shop's key", err)
		return nil
	})
}
