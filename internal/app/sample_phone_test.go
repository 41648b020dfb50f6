package app

import (
	"testing"
	"time"
)

// TestTheNextNoticeIsOneStillToCome lets Ana's notice go out: what comes next is that of the order after it, though
// the order it spoke of has not shipped yet.
func TestTheNextNoticeIsOneStillToCome(t *testing.T) {
	t.Parallel()
	a := demo(t)
	ana := a.customer(t, "Ana")
	first, err := a.Bridge.NextNotice(t.Context(), SampleShop, ana.ID)
	if err != nil || first.Notice.IsZero() {
		t.Fatal(first, err)
	}
	a.to(t, first.Awake.Add(2*time.Minute))
	coming, err := a.Bridge.Coming(t.Context(), SampleShop, ana.ID)
	if err != nil || coming.Order.Date != first.Order.Date {
		t.Fatalf("the order has moved: %v, %v", coming, err)
	}
	next, err := a.Bridge.NextNotice(t.Context(), SampleShop, ana.ID)
	if err != nil || !next.Notice.After(a.Now()) || !next.Order.Date.After(first.Order.Date) {
		t.Errorf("after the notice of %s the next is of %s at %s (%v)", first.Order.Date, next.Order.Date, next.Notice, err)
	}
	pia, err := a.Bridge.NextNotice(t.Context(), SampleShop, a.customer(t, "Pia").ID)
	if err == nil {
		t.Errorf("a paused customer has a next notice: %v", pia)
	}
	for _, c := range []string{"Ana", "Pia", "Max"} {
		if a.sampleWhy()(SampleShop, a.customer(t, c)) == "" {
			t.Errorf("nothing says what %s stands for", c)
		}
	}
	if why := a.sampleWhy()(SampleOtherShop, ana); why != "" {
		t.Errorf("another shop's customer is explained: %q", why)
	}
}
