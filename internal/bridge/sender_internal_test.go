package bridge

import (
	"fmt"
	"testing"
	"time"
)

// TestSendersAreFew whatever is connected, and what was read before something was forgotten is not kept.
func TestSendersAreFew(t *testing.T) {
	t.Parallel()
	var s senders
	now := time.Date(2026, time.November, 21, 23, 0, 0, 0, time.UTC)
	at := func(n int) *sender {
		return &sender{shop: Shop{ID: fmt.Sprintf("shp_%d", n)}, readAt: now}
	}
	for n := range 2*sendersMost + 1 {
		_, forgotten := s.find("", now)
		s.keep(at(n), forgotten)
		if len(s.known) > sendersMost {
			t.Fatalf("%d are known", len(s.known))
		}
	}
	last := at(2 * sendersMost).shop.ID
	if from, _ := s.find(last, now); from == nil {
		t.Error("the last one is not known")
	}
	_, read := s.find(last, now)
	s.forget(last)
	s.keep(at(2*sendersMost), read)
	if from, _ := s.find(last, now); from != nil {
		t.Error("what was read before it was forgotten was kept")
	}
}
