package texting_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/store"
	"rejoinder/internal/texting"
)

func TestEventToPhone(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada := h.subscriber(nil)
		h.automation("Upcoming Order", 1, "Hi {first_name}, your order comes {delivery_date}.", nil)
		event := h.fire("Upcoming Order", ada, map[string]string{"delivery_date": "Wednesday"})
		h.settle()
		if got := h.phone(ada); len(got) != 0 {
			t.Fatalf("texted %q before the wait was over", got)
		}
		h.advance(time.Minute)
		if diff := cmp.Diff([]string{"Hi Ada, your order comes Wednesday."}, h.phone(ada)); diff != "" {
			t.Error(diff)
		}
		if got, want := h.outcome(event), `"Upcoming Order text": started, 1 message.`; got != want {
			t.Errorf("outcome %q, want %q", got, want)
		}
		h.advance(48 * time.Hour)
		if got := h.phone(ada); len(got) != 1 {
			t.Errorf("%d texts after two days, want 1", len(got))
		}
	})
}

func TestFirstTextSaysHowToStop(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	ada := h.subscriber(func(s *texting.Subscriber) { s.Welcomed, s.FirstName = false, "" })
	h.automation("Upcoming Order", 1, "Hi {first_name}!", nil)
	for range 2 {
		h.fire("Upcoming Order", ada, nil)
		h.advance(time.Minute)
	}
	if diff := cmp.Diff([]string{"Hi there! Reply STOP to unsubscribe.", "Hi there!"}, h.phone(ada)); diff != "" {
		t.Error(diff)
	}
}

func TestWakingHoursHoldAndRelease(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		newYork := h.subscriber(nil)
		hawaii := h.subscriber(func(s *texting.Subscriber) { s.Zone = "Pacific/Honolulu" })
		h.automation("Upcoming Order", 1, "Hi {first_name}", nil)
		h.at(22, 0)
		h.fire("Upcoming Order", newYork, nil)
		h.fire("Upcoming Order", hawaii, nil)
		h.at(23, 0) // 18:00 in Hawaii
		if got := len(h.phone(newYork)); got != 0 {
			t.Errorf("texted at night %d times", got)
		}
		if got := len(h.phone(hawaii)); got != 1 {
			t.Errorf("Hawaii has %d texts in its afternoon, want 1", got)
		}
		h.at(10, 59)
		if got := len(h.phone(newYork)); got != 0 {
			t.Errorf("texted before 11:00")
		}
		h.at(11, 0)
		if got := len(h.phone(newYork)); got != 1 {
			t.Errorf("%d texts at 11:00, want 1", got)
		}
	})
}

func TestAnswersGoAtOnceAtNight(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada := h.subscriber(nil)
		h.automation("Order Skipped", 0, "Skipped.", nil)
		h.automation("Reply Answered", 0, "{answer}", nil)
		h.at(23, 0)
		h.fire("Order Skipped", ada, nil) // on the account page: nobody texted
		h.settle()
		if got := h.phone(ada); len(got) != 0 {
			t.Fatalf("texted %q at night without a text to answer", got)
		}
		other, skip := h.texts(ada, "is my parcel late?"), ""
		h.advance(time.Second)
		skip = h.texts(ada, "SKIP")
		h.fire("Reply Answered", ada, map[string]string{"answer": "Done."})
		h.settle()
		if diff := cmp.Diff([]string{"Done."}, h.phone(ada)); diff != "" {
			t.Error(diff)
		}
		for id, want := range map[string]bool{skip: false, other: true} {
			if m, err := h.Message(t.Context(), shopID, id); err != nil || m.NeedsPerson != want {
				t.Errorf("%q needs a person: %v, %v; want %v", m.Body, m.NeedsPerson, err, want)
			}
		}
		h.at(11, 0)
		if diff := cmp.Diff([]string{"Done.", "Skipped."}, h.phone(ada)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNobodyIsTextedWhoOptedOut(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada, ben := h.subscriber(nil), h.subscriber(nil)
		h.automation("Upcoming Order", 60, "Hi", nil)
		h.fire("Upcoming Order", ada, nil)
		h.fire("Upcoming Order", ben, nil)
		h.advance(time.Minute)
		h.tx(func(tx *store.Tx) error { // stored, but nothing was told to end what waits
			ada.Status = texting.OptedOut
			return tx.SaveSubscriber(ada)
		})
		h.advance(3 * time.Hour)
		if a, b := len(h.phone(ada)), len(h.phone(ben)); a != 0 || b != 1 {
			t.Errorf("texts: %d to who opted out, %d to who did not; want 0 and 1", a, b)
		}
		event := h.fire("Upcoming Order", ada, nil)
		h.settle()
		if got, want := h.outcome(event), `"Upcoming Order text": not started, they opted out.`; got != want {
			t.Errorf("outcome %q, want %q", got, want)
		}
	})
}

func TestSwitchingOffHoldsBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		off  time.Duration // how long after its own time it is switched on
		want int
	}{
		{"on again before its time", -30 * time.Minute, 1},
		{"on again the same afternoon", 30 * time.Minute, 1},
		{"on again two days later", 48 * time.Hour, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			inBoth(t, func(t *testing.T, h *house) {
				ada := h.subscriber(nil)
				a := h.automation("Upcoming Order", 60, "Hi", nil)
				h.fire("Upcoming Order", ada, nil)
				h.settle()
				h.toggle(a, false)
				h.advance(time.Hour + c.off)
				if got := len(h.phone(ada)); got != 0 {
					t.Fatalf("%d texts while off", got)
				}
				h.toggle(a, true)
				h.advance(time.Hour)
				if got := len(h.phone(ada)); got != c.want {
					t.Errorf("%d texts when on again, want %d", got, c.want)
				}
			})
		})
	}
}

func (h *house) toggle(a texting.Automation, on bool) {
	h.t.Helper()
	if _, err := h.SetAutomationActive(h.t.Context(), shopID, a.ID, on); err != nil {
		h.t.Fatal(err)
	}
	h.settle()
}

func TestCarrierFailures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, number string
		carried      int
		state        texting.MessageState
	}{
		{"dead number", "+15005554000", 0, texting.Failed},
		{"throttled once", "+15005554290", 1, texting.Sent},
		{"down twice", "+15005555000", 1, texting.Sent},
		{"down for good", "+15005555030", 0, texting.Failed},
		{"answer lost once", "+15005554080", 1, texting.Sent},
		{"answer always lost", "+15005554099", 1, texting.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := inSQLite(t)
			ada := h.subscriber(func(s *texting.Subscriber) { s.Phone = c.number })
			h.automation("Upcoming Order", 1, "Hi", nil)
			h.fire("Upcoming Order", ada, nil)
			h.advance(72 * time.Hour)
			if got := len(h.phone(ada)); got != c.carried {
				t.Errorf("carried %d, want %d", got, c.carried)
			}
			thread, err := h.Thread(t.Context(), shopID, ada.ID, time.Time{}, 10)
			if err != nil || len(thread) != 1 || thread[0].State != c.state {
				t.Errorf("thread %+v, %v; want one message %s", thread, err, c.state)
			}
		})
	}
}
