package texting_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/texting"
	"rejoinder/internal/texting/gateway/sandbox"
)

// atOnce is how many people one round texts at the same time.
const atOnce = 16

// slowRound is a gateway in the middle of whose first texts something happens: once as many calls have begun as
// there can be. It keeps who was texted in calls that began after that.
type slowRound struct {
	texting.Gateway
	meanwhile func()
	full      chan struct{} // closed when that many calls have begun

	once  sync.Once
	mu    sync.Mutex
	begun int
	calls int
	over  bool
	after []string
}

func (g *slowRound) DropsRepeats() bool { return true }

func (g *slowRound) Send(ctx context.Context, t texting.Text) (string, error) {
	g.mu.Lock()
	if g.over {
		g.after = append(g.after, t.To)
	}
	if g.begun++; g.begun == g.calls {
		close(g.full)
	}
	g.mu.Unlock()
	g.once.Do(func() {
		<-g.full
		g.meanwhile()
		g.mu.Lock()
		g.over = true
		g.mu.Unlock()
	})
	return g.Gateway.Send(ctx, t)
}

// crowd is more people than are texted at the same time, each with a text that is due now.
func (h *house) crowd() []texting.Subscriber {
	h.t.Helper()
	h.automation("Upcoming Order", 1, "Hi", nil)
	people := make([]texting.Subscriber, 60)
	for i := range people {
		people[i] = h.subscriber(nil)
		h.fire("Upcoming Order", people[i], nil)
	}
	h.settle()
	return people
}

// through hands what is due to a gateway in the middle of whose first calls something happens.
func (h *house) through(calls int, meanwhile func()) *slowRound {
	h.t.Helper()
	g := &slowRound{Gateway: sandbox.New(sandbox.Options{Handset: h.handset}), meanwhile: meanwhile, full: make(chan struct{}), calls: calls}
	h.Texting = texting.New(texting.Options{Store: app.TextingStore(h.db), Waker: noWaker{}, Gateway: g, Now: h.clock.Now})
	if _, err := h.HandleSend(h.t.Context(), shopID); err != nil {
		h.t.Fatal(err)
	}
	return g
}

func TestOptOutInTheMiddleOfARound(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		people := h.crowd()
		h.clock.Move(time.Minute)
		g := h.through(atOnce, func() {
			for _, s := range people {
				if err := h.Unsubscribe(t.Context(), shopID, s.ID, "", "agent"); err != nil {
					t.Error(err)
				}
			}
		})
		if len(g.after) != 0 {
			t.Errorf("%d people were texted after their opt-outs were stored", len(g.after))
		}
		h.settle()
		for _, s := range people {
			thread, err := h.Thread(t.Context(), shopID, s.ID, time.Time{}, 10)
			if err != nil || len(thread) != 1 || thread[0].State != texting.Sent && thread[0].State != texting.Suppressed {
				t.Fatalf("thread %+v, %v; want it sent before or suppressed", thread, err)
			}
		}
	})
}

func TestNightFallsInTheMiddleOfARound(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	h.at(20, 58)
	people := h.crowd()
	h.clock.Move(time.Minute)
	g := h.through(atOnce, func() { h.clock.Move(2 * time.Minute) })
	if len(g.after) != 0 {
		t.Errorf("%d people were texted after 21:00", len(g.after))
	}
	h.settle()
	h.at(12, 0)
	for _, s := range people {
		if got := len(h.phone(s)); got != 1 {
			t.Fatalf("%d texts in the end, want 1", got)
		}
	}
}

func TestErasedInTheMiddleOfARound(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada := h.subscriber(nil)
		h.automation("Upcoming Order", 1, "Hi {first_name}", nil)
		h.fire("Upcoming Order", ada, nil)
		h.settle()
		h.clock.Move(time.Minute)
		h.through(1, func() {
			if err := h.Redact(t.Context(), shopID, texting.RedactInput{SubscriberID: ada.ID}); err != nil {
				t.Error(err)
			}
		})
		thread, err := h.Thread(t.Context(), shopID, ada.ID, time.Time{}, 10)
		if err != nil || len(thread) != 1 || thread[0].Body != "" || thread[0].Phone != "" || thread[0].State != texting.Sent {
			t.Errorf("thread %+v, %v; want it sent, without text and number", thread, err)
		}
	})
}

func TestStopOvertakesEarlierAnswers(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		if _, _, err := h.SaveKeyword(ctx, texting.Keyword{ShopID: shopID, Word: "COFFEE", Reply: "Welcome!", Active: true}); err != nil {
			t.Fatal(err)
		}
		const phone = "+12125550177"
		says := func(key, body string) {
			t.Helper()
			if _, err := h.Inbound(ctx, shopID, phone, body, key); err != nil {
				t.Fatal(err)
			}
		}
		says("1", "coffee")
		says("2", "STOP") // before the answers to the keyword went out
		h.settle()
		got := h.phone(texting.Subscriber{ShopID: shopID, Phone: phone})
		if len(got) != 1 || !strings.HasPrefix(got[0], "Corner Coffee: You will get no more") {
			t.Errorf("texts %q; want the confirmation of the opt-out alone", got)
		}
	})
}

func TestStopAnswersTheQuestionToo(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		if err := h.SaveSettings(ctx, shopID, texting.Settings{KeywordsAskFirst: true}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.SaveKeyword(ctx, texting.Keyword{ShopID: shopID, Word: "COFFEE", Reply: "Welcome!", Active: true}); err != nil {
			t.Fatal(err)
		}
		ada := h.subscriber(func(s *texting.Subscriber) { s.Status = texting.OptedOut })
		for i, body := range []string{"coffee", "STOP", "Y"} {
			if _, err := h.Inbound(ctx, shopID, ada.Phone, body, string(rune('a'+i))); err != nil {
				t.Fatal(err)
			}
			if body != "coffee" { // the question is not out yet when they say STOP
				h.settle()
			}
		}
		if got, err := h.FindSubscriber(ctx, shopID, ada.ID); err != nil || got.Status != texting.OptedOut {
			t.Errorf("status %s, %v; want opted out: the question was answered with STOP", got.Status, err)
		}
		if got := h.phone(ada); len(got) != 0 {
			t.Errorf("texts %q, want none after STOP", got)
		}
	})
}
