package bridge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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
