package bridge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

func TestNoticeComesThreeDaysBeforeAtTheNoticeHour(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		c := b.customer("+12125550123")
		b.subscribe(c.ID, coffee("2026-12-10"))
		b.to(day(date("2026-12-07"), 11).Add(-time.Microsecond))
		if diff := cmp.Diff([]string{"SubscriptionCreated queued"}, b.deliveries(c.ID)); diff != "" {
			t.Fatalf("before the moment:\n%s", diff)
		}
		b.to(day(date("2026-12-07"), 11))
		want := []string{"SubscriptionCreated queued", "UpcomingOrder 2026-12-10 queued"}
		if diff := cmp.Diff(want, b.deliveries(c.ID)); diff != "" {
			t.Fatal(diff)
		}
		if got := b.trace(c.ID)[0]; got != "notice: The customer is to be told of the order on Thursday, December 10, 2026." {
			t.Errorf("the trace ends with %q", got)
		}
	})
}

func TestOrderRollsOnItsDate(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		c := b.customer("+12125550123")
		s := coffee("2027-01-31")
		b.subscribe(c.ID, s)
		for _, want := range []string{"2027-01-31", "2027-02-28", "2027-03-31"} {
			b.to(day(date(want), 0).Add(-time.Second))
			if got := b.account(c.ID).Subscriptions[0].Next; got != date(want) {
				t.Fatalf("just before %s the next order is on %s", want, got)
			}
			b.to(day(date(want), 0))
		}
		if !strings.Contains(strings.Join(b.trace(c.ID), "\n"), "Order of Sunday, February 28 (House Blend) came due; the next is on Wednesday, March 31.") {
			t.Errorf("trace:\n%s", strings.Join(b.trace(c.ID), "\n"))
		}
	})
}

// upcoming are the customer's Upcoming Orders, oldest first.
func (b *book) upcoming(customerID string) []string {
	return slices.DeleteFunc(b.deliveries(customerID), func(s string) bool { return !strings.HasPrefix(s, "UpcomingOrder") })
}

// sendAll pretends that the deliverer has sent all that is queued.
func (b *book) sendAll(customerID string) {
	b.t.Helper()
	err := b.db.InTx(b.t.Context(), func(tx *store.Tx) error {
		ds, err := tx.Deliveries(b.shop.ID, bridge.DeliveryFilter{CustomerID: customerID, State: bridge.Queued, Limit: 200})
		for _, d := range ds {
			if err != nil {
				return err
			}
			d.State, d.FinishedAt = bridge.Sent, tx.Now()
			if _, err = tx.UpdateDeliveries([]bridge.Delivery{d}); err == nil && !d.OrderDate.IsZero() {
				err = tx.SettleNotices([]bridge.Notice{{NoticeKey: bridge.NoticeKey{CustomerID: customerID, Date: d.OrderDate}, State: bridge.NoticeTold}})
			}
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func moveTo(to string) func(subscription.Account) (subscription.Account, error) {
	return func(a subscription.Account) (subscription.Account, error) {
		a.Subscriptions = slices.Clone(a.Subscriptions)
		for i := range a.Subscriptions {
			a.Subscriptions[i].Next = date(to)
		}
		return a, nil
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	notice := day(date("2026-12-07"), 11) // of the order on the 10th
	for name, c := range map[string]struct {
		run   func(b *book, id string)
		want  []string
		trace string // a line that the trace holds
	}{
		"two subscriptions on one day are one notice": {run: func(b *book, id string) {
			b.subscribe(id, coffee("2026-12-10"))
			b.to(notice)
		}, want: []string{"2026-12-10 queued"}},
		"one that joins a date already told": {run: func(b *book, id string) {
			b.to(notice)
			b.sendAll(id)
			b.subscribe(id, coffee("2026-12-10"))
			b.to(notice.Add(24 * time.Hour))
		}, want: []string{"2026-12-10 sent"}},
		"moved before its notice": {run: func(b *book, id string) {
			b.change(id, merchant, moveTo("2026-12-15"))
			b.to(day(date("2026-12-12"), 11))
		}, want: []string{"2026-12-15 queued"}},
		"moved after its notice": {run: func(b *book, id string) {
			b.to(notice)
			b.sendAll(id)
			b.change(id, merchant, moveTo("2026-12-15"))
			b.to(day(date("2026-12-12"), 11))
		}, want: []string{"2026-12-10 sent", "2026-12-15 queued"}},
		"moved away and back after it was told": {run: func(b *book, id string) {
			b.to(notice)
			b.sendAll(id)
			b.change(id, merchant, moveTo("2026-12-15"))
			b.change(id, merchant, moveTo("2026-12-10"))
			b.to(notice.Add(24 * time.Hour))
		}, want: []string{"2026-12-10 sent"}},
		"moved away and back before it was sent": {run: func(b *book, id string) {
			b.to(notice)
			b.change(id, merchant, moveTo("2026-12-15"))
			b.change(id, merchant, moveTo("2026-12-10"))
			b.to(notice.Add(time.Hour))
		}, want: []string{"2026-12-10 suppressed", "2026-12-10 queued"}, trace: "notice: Upcoming Order for Thursday, December 10 taken back: The order is no longer on Thursday, December 10."},
		"skipped and undone before it was sent": {run: func(b *book, id string) {
			b.to(notice)
			ids := []string{b.account(id).Subscriptions[0].ID}
			b.change(id, byCustomer, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Skip(a, ids, date("2026-12-10"))
			})
			b.change(id, byCustomer, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Unskip(a, ids, date("2026-12-10"), date("2026-12-07"))
			})
			b.to(notice.Add(time.Hour))
		}, want: []string{"2026-12-10 suppressed", "2026-12-10 queued"}, trace: "notice: Upcoming Order for Thursday, December 10 taken back: The order of Thursday, December 10 was skipped."},
		"comes closer than the lead, in time": {run: func(b *book, id string) {
			b.change(id, merchant, moveTo("2026-11-24"))
			b.to(day(date("2026-11-22"), 12))
		}, want: []string{"2026-11-24 queued"}, trace: "notice: The customer is to be told of the order on Tuesday, November 24, 2026. Sent at once: the regular moment was Saturday, November 21 at 11:00 AM EST."},
		"comes closer than the cut-off": {run: func(b *book, id string) {
			b.change(id, merchant, moveTo("2026-11-22"))
			b.to(day(date("2026-11-21"), 23))
		}, trace: "notice: The customer is not told of the order on Sunday, November 22, 2026. Not sent: replies about this order counted until Friday, November 20 at 11:59 PM EST."},
		"downtime over the notice": {run: func(b *book, id string) {
			b.clock.Set(notice.Add(30 * time.Hour))
			b.drain()
		}, want: []string{"2026-12-10 queued"}, trace: "Sent at once: the regular moment was Monday, December 7 at 11:00 AM EST."},
		"downtime over the cut-off": {run: func(b *book, id string) {
			b.clock.Set(day(date("2026-12-09"), 12))
			b.drain()
		}, trace: "notice: The customer is not told of the order on Thursday, December 10, 2026. Not sent: replies about this order counted until Tuesday, December 8 at 11:59 PM EST."},
		"paused": {run: func(b *book, id string) {
			b.change(id, byCustomer, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Pause(a, []string{a.Subscriptions[0].ID}, date("2026-12-20"))
			})
			b.to(day(date("2027-01-07"), 11)) // wakes on the 20th, next order on the 10th of January
		}, want: []string{"2027-01-10 queued"}, trace: "change: Subscription to House Blend resumed; the next order is on Sunday, January 10, 2027."},
		"paused until the very day of the order": {run: func(b *book, id string) {
			b.change(id, byCustomer, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Pause(a, []string{a.Subscriptions[0].ID}, date("2026-12-10"))
			})
			b.to(notice)
			b.sendAll(id)
			b.to(day(date("2026-12-10"), 1))
		}, want: []string{"2026-12-10 sent"}, trace: "change: Order of Thursday, December 10 (House Blend) came due; the next is on Sunday, January 10, 2027."},
		"told while paused, then paused for longer": {run: func(b *book, id string) {
			for _, until := range []string{"2026-12-10", "2026-12-11"} {
				b.change(id, byCustomer, func(a subscription.Account) (subscription.Account, error) {
					return subscription.Pause(a, []string{a.Subscriptions[0].ID}, date(until))
				})
				b.to(notice)
			}
		}, want: []string{"2026-12-10 suppressed"}, trace: "notice: Upcoming Order for Thursday, December 10 taken back: The subscription is paused."},
		"downtime over a pause and its order": {run: func(b *book, id string) {
			b.change(id, byCustomer, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Pause(a, []string{a.Subscriptions[0].ID}, date("2026-12-10"))
			})
			b.clock.Set(day(date("2026-12-12"), 12))
			b.drain()
			if got := b.account(id).Subscriptions[0].Next; got != date("2027-01-10") {
				b.t.Errorf("the next order is on %s", got)
			}
		}, trace: "notice: The customer is not told of the order on Thursday, December 10, 2026. Not sent: replies about this order counted until Tuesday, December 8 at 11:59 PM EST."},
		"switched off": {run: func(b *book, id string) {
			b.shop.Settings.TriggersOff = []trigger.Name{trigger.UpcomingOrder}
			b.saveShop()
			b.to(notice)
			b.shop.Settings.TriggersOff = nil
			b.saveShop()
			b.to(notice.Add(time.Hour))
		}, trace: "Not sent: the trigger Upcoming Order is switched off."},
		"the shop chooses five days": {run: func(b *book, id string) {
			b.shop.Settings.LeadDays = 5
			b.saveShop()
			b.to(day(date("2026-12-05"), 11).Add(-time.Second))
			if got := b.upcoming(id); len(got) > 0 {
				b.t.Errorf("too early: %v", got)
			}
			b.to(day(date("2026-12-05"), 11))
		}, want: []string{"2026-12-10 queued"}},
		"the shop chooses one day when the notice was planned for three": {run: func(b *book, id string) {
			b.shop.Settings.LeadDays, b.shop.Settings.CutOffHours = 1, new(int)
			b.saveShop()
			b.to(day(date("2026-12-09"), 11).Add(-time.Second))
			if got := b.upcoming(id); len(got) > 0 {
				b.t.Errorf("too early: %v", got)
			}
			b.to(day(date("2026-12-09"), 11))
		}, want: []string{"2026-12-10 queued"}},
		"the shop moves west": {run: func(b *book, id string) {
			b.shop.Zone = "Pacific/Honolulu"
			b.saveShop()
			b.to(notice.Add(5*time.Hour - time.Second))
			if got := b.upcoming(id); len(got) > 0 {
				b.t.Errorf("too early: %v", got)
			}
			b.to(notice.Add(5 * time.Hour))
			b.sendAll(id)
			b.to(day(date("2026-12-10"), 5).Add(-time.Second))
			if got := b.account(id).Subscriptions[0].Next; got != date("2026-12-10") {
				b.t.Errorf("rolled before the day began in Honolulu: %s", got)
			}
			b.to(day(date("2026-12-10"), 5))
			if got := b.account(id).Subscriptions[0].Next; got != date("2027-01-10") {
				b.t.Errorf("not rolled when the day began in Honolulu: %s", got)
			}
		}, want: []string{"2026-12-10 sent"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, b *book) {
				id := b.customer("+12125550123").ID
				b.subscribe(id, coffee("2026-12-10"))
				c.run(b, id)
				var got []string
				for _, line := range b.upcoming(id) {
					got = append(got, strings.TrimPrefix(line, "UpcomingOrder "))
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("upcoming orders:\n%s", diff)
				}
				if lines := strings.Join(b.trace(id), "\n"); !strings.Contains(lines, c.trace) {
					t.Errorf("the trace lacks %q:\n%s", c.trace, lines)
				}
			})
		})
	}
}

func (b *book) saveShop() {
	b.t.Helper()
	if err := b.SaveShop(b.t.Context(), b.shop); err != nil {
		b.t.Fatal(err)
	}
}

func TestStillDue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		then func(b *book, id string)
		want string
	}{
		"as it was": {func(*book, string) {}, ""},
		"skipped": {func(b *book, id string) {
			b.change(id, byCustomer, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Skip(a, []string{a.Subscriptions[0].ID}, date("2026-12-10"))
			})
		}, "The order of Thursday, December 10 was skipped."},
		"moved": {func(b *book, id string) { b.change(id, merchant, moveTo("2026-12-12")) }, "The order is no longer on Thursday, December 10."},
		"paused": {func(b *book, id string) {
			b.change(id, merchant, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Pause(a, []string{a.Subscriptions[0].ID}, subscription.Date{})
			})
		}, "The subscription is paused."},
		"cancelled": {func(b *book, id string) {
			b.change(id, merchant, func(a subscription.Account) (subscription.Account, error) {
				return subscription.Cancel(a, []string{a.Subscriptions[0].ID})
			})
		}, "The subscription has ended."},
		"opted out": {func(b *book, id string) {
			if err := b.db.InTx(b.t.Context(), func(tx *store.Tx) error { return tx.SetTexts(b.shop.ID, id, bridge.TextsOptedOut, "") }); err != nil {
				b.t.Fatal(err)
			}
		}, "The customer has opted out of texts."},
		"past the cut-off": {func(b *book, _ string) { b.clock.Set(day(date("2026-12-09"), 0)) }, "It would have come too late to be of use."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, b *book) {
				id := b.customer("+12125550123").ID
				b.subscribe(id, coffee("2026-12-10"))
				b.to(day(date("2026-12-07"), 11))
				var d bridge.Delivery
				err := b.db.Read(t.Context(), func(tx *store.Tx) error {
					ds, err := tx.Deliveries(b.shop.ID, bridge.DeliveryFilter{CustomerID: id, Trigger: trigger.UpcomingOrder, Limit: 1})
					if err == nil {
						d = ds[0]
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				if !d.ExpiresAt.Equal(day(date("2026-12-09"), 0)) || d.Lane != bridge.LaneNotice || d.Key != "UpcomingOrder/2026-12-10" {
					t.Errorf("queued %+v", d)
				}
				c.then(b, id)
				err = b.db.Read(t.Context(), func(tx *store.Tx) error {
					ok, reason, err := b.StillDue(tx, d)
					if ok != (c.want == "") || reason != c.want {
						t.Errorf("still due %t, %q; want %q", ok, reason, c.want)
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

// More than one batch, and dates that a batch's end would cut in two, are told once each.
func TestNoticeScanOfManyCustomers(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		var file strings.Builder
		file.WriteString(importHeader)
		const customers = 700
		for i := range customers {
			for j := range 2 { // two subscriptions on one day
				fmt.Fprintf(&file, "c%d,,,America/New_York,s%d-%d,Tea,1,12,1 month,2026-12-10\n", i, i, j)
			}
		}
		if got := b.load(file.String(), bridge.ImportOptions{}); got.Imported != 2*customers {
			t.Fatalf("%+v", got)
		}
		b.to(day(date("2026-12-07"), 11))
		n := 0
		for cursor := ""; ; {
			var ds []bridge.Delivery
			if err := b.db.Read(t.Context(), func(tx *store.Tx) (err error) {
				ds, err = tx.Deliveries(b.shop.ID, bridge.DeliveryFilter{Trigger: trigger.UpcomingOrder, Before: cursor, Limit: 200})
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if n += len(ds); len(ds) < 200 {
				break
			}
			cursor = ds[len(ds)-1].ID
		}
		if n != customers {
			t.Errorf("%d notices for %d customers", n, customers)
		}
		if at, err := b.NoticeNextDue(t.Context()); err != nil || !at.IsZero() {
			t.Errorf("still planned: %v, %v", at, err)
		}
	})
}
