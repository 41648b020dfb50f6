package texting_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
)

func TestResponses(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		ada := h.subscriber(nil)
		stranger := texting.Subscriber{ShopID: shopID, Phone: "+12125550199"}
		first := h.texts(ada, "where is my parcel?")
		h.clock.Move(time.Second)
		second := h.texts(stranger, "who is this?")
		h.clock.Move(time.Second)
		third := h.texts(ada, "hello?")

		page := func(q texting.ResponseQuery) (ids []string) {
			t.Helper()
			list, err := h.Responses(ctx, shopID, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list {
				ids = append(ids, r.ID)
			}
			return ids
		}
		if diff := cmp.Diff([]string{third, second}, page(texting.ResponseQuery{Limit: 2})); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{first}, page(texting.ResponseQuery{Limit: 2, Before: second})); diff != "" {
			t.Error(diff)
		}
		if got := page(texting.ResponseQuery{Only: texting.OnlyPerson}); len(got) != 0 {
			t.Errorf("%d need a person already; the program has a minute to answer", len(got))
		}
		h.clock.Move(2 * time.Minute)
		if n, err := h.InboxCounts(ctx, shopID); err != nil || n != (texting.InboxCounts{Unread: 3, Person: 3}) {
			t.Errorf("%+v, %v", n, err)
		}
		if err := h.MarkRead(ctx, shopID, first); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{third, second}, page(texting.ResponseQuery{Only: texting.OnlyUnread})); diff != "" {
			t.Error(diff)
		}

		h.at(23, 30) // a person's answer goes out at night too
		for _, id := range []string{third, second} {
			if err := h.Answer(ctx, shopID, id, " It is on its way.\r\n"); err != nil {
				t.Fatal(err)
			}
		}
		h.settle()
		for _, who := range []texting.Subscriber{ada, stranger} {
			if diff := cmp.Diff([]string{"It is on its way."}, h.phone(who)); diff != "" {
				t.Error(diff)
			}
		}
		if diff := cmp.Diff([]string{first}, page(texting.ResponseQuery{Only: texting.OnlyPerson})); diff != "" {
			t.Error(diff)
		}
		thread, err := h.ThreadOf(ctx, shopID, second, 0)
		if err != nil || len(thread) != 2 || thread[0].Direction != texting.In || thread[1].Kind != texting.KindPerson {
			t.Errorf("%+v, %v", thread, err)
		}

		if err := h.OptOutSender(ctx, shopID, second); err != nil {
			t.Fatal(err)
		}
		if err := h.Answer(ctx, shopID, second, "Sorry!"); !fault.Is(err, fault.Conflict) {
			t.Errorf("answered somebody who opted out: %v", err)
		}
		if err := h.Answer(ctx, "shop_2", first, "x"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another shop answered: %v", err)
		}
		if err := h.Answer(ctx, shopID, first, "  "); !fault.Is(err, fault.Invalid) {
			t.Errorf("answered with nothing: %v", err)
		}
	})
}

func TestOptOutEndsWhatWaits(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada := h.subscriber(nil)
		h.automation("Upcoming Order", 60, "Hi", nil)
		h.fire("Upcoming Order", ada, nil)
		h.advance(time.Minute)
		if err := h.Unsubscribe(t.Context(), shopID, ada.ID, "", "agent"); err != nil {
			t.Fatal(err)
		}
		h.tx(func(tx *store.Tx) error { // back in before it would have gone out
			s, err := tx.Subscriber(shopID, ada.ID)
			s.Status = texting.Subscribed
			if err != nil {
				return err
			}
			return tx.SaveSubscriber(s)
		})
		h.advance(3 * time.Hour)
		if got := h.phone(ada); len(got) != 0 {
			t.Errorf("texted %q", got)
		}
	})
}

func TestAnalytics(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		ada, ben := h.subscriber(nil), h.subscriber(nil)
		a := h.automation("Upcoming Order", 1, "Your order comes soon.", nil)
		h.fire("Upcoming Order", ada, nil) // Saturday 18:00
		h.advance(time.Minute)
		h.texts(ada, "ok")
		h.texts(ada, "thanks") // two replies to one text count once
		h.at(23, 0)
		h.fire("Upcoming Order", ben, nil) // held until Sunday 11:00
		h.at(11, 30)
		h.advance(time.Minute)
		if err := h.Unsubscribe(ctx, shopID, ben.ID, "", "agent"); err != nil {
			t.Fatal(err)
		}
		h.advance(time.Minute)
		h.fire("Upcoming Order", ada, nil)
		h.settle() // waits

		var shop texting.Shop
		h.tx(func(tx *store.Tx) (err error) { shop, err = tx.TextingShop(shopID); return err })
		got, err := h.Analytics(ctx, shopID, texting.LastDays(shop, h.clock.Now(), 3))
		if err != nil {
			t.Fatal(err)
		}
		row := texting.Slice{Kind: texting.KindAutomation, AutomationID: a.ID, Name: "Upcoming Order text", Trigger: "Rejoinder: Upcoming Order"}
		saturday, sunday, sum := row, row, row
		saturday.Day, saturday.Numbers = "2026-11-21", texting.Numbers{Sent: 1, Replied: 1, Segments: 1}
		sunday.Day, sunday.Numbers = "2026-11-22", texting.Numbers{Sent: 1, Held: 1, OptedOut: 1, Segments: 1}
		sum.Numbers = texting.Numbers{Sent: 2, Held: 1, Replied: 1, OptedOut: 1, Segments: 2}
		want := texting.Analytics{
			Slices: []texting.Slice{saturday, sunday}, Rows: []texting.Slice{sum}, Total: sum.Numbers, Waiting: 1,
			ByDay: []texting.Slice{
				{Day: "2026-11-20"}, {Day: "2026-11-21", Numbers: saturday.Numbers}, {Day: "2026-11-22", Numbers: sunday.Numbers},
			},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		var csv bytes.Buffer
		if err := h.ExportAnalytics(ctx, shopID, texting.LastDays(shop, h.clock.Now(), 3), &csv); err != nil {
			t.Fatal(err)
		}
		wantCSV := "day,type,name,trigger,sent,held,replied,opted_out,segments\n" +
			"2026-11-21,automation,Upcoming Order text,Rejoinder: Upcoming Order,1,0,1,0,1\n" +
			"2026-11-22,automation,Upcoming Order text,Rejoinder: Upcoming Order,1,1,0,1,1\n"
		if diff := cmp.Diff(wantCSV, csv.String()); diff != "" {
			t.Error(diff)
		}
		// What is counted of a day that is over stays, also when the people of it are erased; what is not over does not.
		if err := h.KeepDays(ctx, shopID, 2); err != nil {
			t.Fatal(err)
		}
		h.tx(func(tx *store.Tx) error {
			return errors.Join(tx.EraseMessages(shopID, ada.ID, ada.Phone), tx.EraseMessages(shopID, ben.ID, ben.Phone))
		})
		kept, err := h.Analytics(ctx, shopID, texting.LastDays(shop, h.clock.Now(), 3))
		if err != nil {
			t.Fatal(err)
		}
		sunday.OptedOut = 0
		if diff := cmp.Diff([]texting.Slice{saturday, sunday}, kept.Slices); diff != "" {
			t.Errorf("after the days were kept: %s", diff)
		}
		other, err := h.Analytics(ctx, shopID, texting.LastDays(shop, h.clock.Now().AddDate(0, 0, -10), 3))
		if err != nil || other.Total != (texting.Numbers{}) {
			t.Errorf("ten days ago: %+v, %v", other.Total, err)
		}
		for name, r := range map[string]texting.Days{
			"backwards": {From: h.clock.Now(), To: h.clock.Now().AddDate(0, 0, -2)},
			"too long":  {From: h.clock.Now().AddDate(-2, 0, 0), To: h.clock.Now()},
		} {
			if _, err := h.Analytics(ctx, shopID, r); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestPreviewAndTestSend(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		ada := h.subscriber(func(s *texting.Subscriber) { s.Status = texting.OptedOut })
		in := texting.PreviewInput{
			Engine: texting.EngineLegacy, TriggerID: h.triggers[shopID+"Upcoming Order"], Copy: "Hi {first_name}, {shop_name} on {delivery_date}",
		}
		p, err := h.Preview(ctx, shopID, in)
		if want := "Hi Ada, Corner Coffee on Wednesday, November 25"; err != nil || p.Text != want || !p.Sample || p.Count.Segments != 1 || p.Cents != 1.3 {
			t.Errorf("%+v, %v; want %q", p, err, want)
		}
		if want := p.Text + " Reply STOP to unsubscribe."; p.FirstText != want {
			t.Errorf("first text %q, want %q", p.FirstText, want)
		}
		if _, err := h.TestSend(ctx, shopID, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("test send to nobody: %v", err)
		}
		in.SubscriberID = ada.ID
		h.fire("Upcoming Order", ada, map[string]string{"delivery_date": "Friday"})
		h.settle()
		p, err = h.TestSend(ctx, shopID, in)
		if want := "Hi Ada, Corner Coffee on Friday"; err != nil || p.Text != want || p.Sample {
			t.Errorf("%+v, %v; want %q", p, err, want)
		}
		if diff := cmp.Diff([]string{p.Text}, h.phone(ada)); diff != "" {
			t.Error(diff)
		}
		if thread, err := h.Thread(ctx, shopID, ada.ID, time.Time{}, 10); err != nil || len(thread) != 0 {
			t.Errorf("the test shows in the thread: %v, %v", thread, err)
		}
		in.Copy = "{nope}"
		if _, err := h.Preview(ctx, shopID, in); err == nil || !strings.Contains(fault.Message(err), "{nope}") {
			t.Errorf("unknown tag: %v", err)
		}
	})
}
