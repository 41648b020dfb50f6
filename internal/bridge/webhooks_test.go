package bridge_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

func (b *book) endpoint() bridge.Endpoint {
	b.t.Helper()
	e, secret, err := b.CreateEndpoint(b.t.Context(), b.shop.ID, "https://shop.example/hooks")
	if err != nil || secret == "" || e.Secret == secret {
		b.t.Fatal(e, secret, err)
	}
	return e
}

// post runs the webhook work that is due.
func (b *book) post() {
	b.t.Helper()
	due, err := b.WebhookDue(b.t.Context(), b.clock.Now(), 10)
	for _, id := range due {
		if err == nil {
			_, err = b.HandleWebhook(b.t.Context(), id)
		}
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// types empties the hooks' list of posts and says the type and the dates of each, sorted.
func (h *hooks) types(t *testing.T) (out []string) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.posts {
		var body struct {
			Type string
			Data struct {
				Date    string
				NewDate string `json:"new_date"`
				Total   *subscription.Money
			}
		}
		if err := json.Unmarshal(p.Body, &body); err != nil {
			t.Fatal(err)
		}
		line := body.Type
		for _, s := range []string{body.Data.Date, body.Data.NewDate} {
			if s != "" {
				line += " " + s
			}
		}
		if body.Data.Total != nil {
			line += " " + body.Data.Total.String()
		}
		out = append(out, line)
	}
	h.posts = nil
	slices.Sort(out)
	return out
}

func TestWebhooksSayWhatHappens(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		b.endpoint()
		id := b.customer("+12125550123").ID
		first, second := b.subscribe(id, coffee("2026-12-10")), b.subscribe(id, coffee("2026-12-10"))
		both := []string{first.ID, second.ID}
		expect := func(what string, want ...string) {
			t.Helper()
			b.post()
			if diff := cmp.Diff(want, b.hooks.types(t)); diff != "" {
				t.Errorf("%s:\n%s", what, diff)
			}
		}
		act := func(do func(a subscription.Account) (subscription.Account, error)) { b.change(id, merchant, do) }
		expect("new", "customer.created", "subscription.created 2026-12-10", "subscription.created 2026-12-10")
		act(func(a subscription.Account) (subscription.Account, error) {
			return subscription.Skip(a, both, date("2026-12-10"))
		})
		expect("skip", "order.skipped 2026-12-10 2027-01-10 $48.00")
		act(func(a subscription.Account) (subscription.Account, error) {
			return subscription.Unskip(a, both, date("2026-12-10"), date("2026-11-21"))
		})
		expect("unskip", "order.unskipped 2026-12-10 2026-12-10 $48.00")
		act(func(a subscription.Account) (subscription.Account, error) {
			return subscription.Delay(a, both, date("2026-12-10"), date("2026-12-12"))
		})
		expect("delay", "order.delayed 2026-12-10 2026-12-12 $48.00")
		act(moveTo("2026-12-09"))
		expect("earlier", "order.moved 2026-12-12 2026-12-09 $48.00")
		b.to(day(date("2026-12-09"), 0))
		expect("due", "order.due 2026-12-09 $48.00")
		act(func(a subscription.Account) (subscription.Account, error) {
			return subscription.Pause(a, both[:1], date("2026-12-20"))
		})
		expect("pause", "subscription.paused 2026-12-20")
		b.to(day(date("2026-12-20"), 0))
		expect("wake", "subscription.resumed 2027-01-12")
		act(func(a subscription.Account) (subscription.Account, error) {
			a.Customer.Payment = subscription.Payment{Brand: "Visa", Last4: "4242", Fingerprint: "f1"}
			a.Failed = &subscription.Bill{ID: "bill_1", Attempt: 1, OrderDate: date("2026-12-09")}
			return a, nil
		})
		expect("payment", "payment_method.failed 2026-12-09", "payment_method.updated")
		act(func(a subscription.Account) (subscription.Account, error) { return subscription.Cancel(a, both) })
		expect("cancel", "subscription.cancelled", "subscription.cancelled")
		act(func(a subscription.Account) (subscription.Account, error) { return a, nil })
		expect("nothing")
	})
}

func TestWebhooksAreTriedAgainAndGivenUp(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		e := b.endpoint()
		if err := b.TestEndpoint(t.Context(), b.shop.ID, e.ID); err != nil {
			t.Fatal(err)
		}
		b.hooks.status, b.hooks.err = 0, errors.New("no route to 10.0.0.1") // never shown: it may say more than a merchant should see
		var waits []time.Duration
		last := b.clock.Now()
		for range 20 {
			b.post()
			at, err := b.WebhookNextDue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if at.IsZero() {
				break
			}
			waits = append(waits, at.Sub(last))
			last = at
			b.clock.Set(at)
		}
		want := []time.Duration{5 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour}
		if diff := cmp.Diff(want, waits); diff != "" {
			t.Error(diff)
		}
		ids := map[string]bool{}
		for _, p := range b.hooks.posts {
			ids[p.ID] = true
		}
		if len(b.hooks.posts) != 8 || len(ids) != 1 {
			t.Errorf("%d posts under %d ids", len(b.hooks.posts), len(ids))
		}
		log := b.log(e)
		if len(log) != 1 || log[0].State != bridge.Failed || log[0].Attempts != 8 || log[0].Reason != "The endpoint could not be reached." {
			t.Errorf("log %+v", log)
		}
		b.hooks.status, b.hooks.err = 204, nil
		if err := b.RepeatWebhook(t.Context(), b.shop.ID, e.ID, log[0].ID); err != nil {
			t.Fatal(err)
		}
		b.post()
		if log := b.log(e); log[0].State != bridge.Sent || log[0].Status != 204 || log[0].Attempts != 1 {
			t.Errorf("repeated: %+v", log)
		}
	})
}

func (b *book) log(e bridge.Endpoint) []bridge.Outgoing {
	b.t.Helper()
	list, err := b.Outgoing(b.t.Context(), b.shop.ID, e.ID, "", 100)
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func TestWebhookWhoseSenderDied(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		e := b.endpoint()
		if err := b.TestEndpoint(t.Context(), b.shop.ID, e.ID); err != nil {
			t.Fatal(err)
		}
		dead, err := b.Outgoing(t.Context(), b.shop.ID, e.ID, "", 1)
		if err != nil || len(dead) != 1 {
			t.Fatal(dead, err)
		}
		claim(t, b, e.ID)
		b.post()
		if len(b.hooks.posts) != 0 {
			t.Fatal("posted while its sender holds it")
		}
		b.clock.Move(3 * time.Minute)
		b.post()
		if log := b.log(e); len(b.hooks.posts) != 1 || log[0].State != bridge.Sent || log[0].Attempts != 2 {
			t.Errorf("posts %d, log %+v", len(b.hooks.posts), log)
		}
	})
}

func TestEndpointThatIsGoneIsSwitchedOff(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		e := b.endpoint()
		b.hooks.status = 410
		if err := b.TestEndpoint(t.Context(), b.shop.ID, e.ID); err != nil {
			t.Fatal(err)
		}
		b.post()
		got, err := b.Endpoint(t.Context(), b.shop.ID, e.ID)
		if err != nil || got.Active || got.Problem == "" {
			t.Errorf("endpoint %+v, %v", got, err)
		}
		b.customer("+12125550123")
		if log := b.log(e); len(log) != 1 {
			t.Errorf("it is still told: %+v", log)
		}
		on := true
		if got, err = b.UpdateEndpoint(t.Context(), b.shop.ID, e.ID, "", &on); err != nil || !got.Active || got.Problem != "" {
			t.Errorf("switched on: %+v, %v", got, err)
		}
		if err := b.DeleteEndpoint(t.Context(), "another", e.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another shop deletes it: %v", err)
		}
		if err := b.DeleteEndpoint(t.Context(), b.shop.ID, e.ID); err != nil {
			t.Error(err)
		}
		if again, err := b.HandleWebhook(t.Context(), e.ID); err != nil || !again.IsZero() {
			t.Errorf("work for a deleted endpoint: %v, %v", again, err)
		}
	})
}

func TestEndpointAddresses(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		b.endpoint()
		for address, kind := range map[string]fault.Kind{
			"": fault.Invalid, "shop.example": fault.Invalid, "https://a:b@shop.example": fault.Invalid, "https://private.example": fault.Invalid,
			"https://shop.example/hooks": fault.Conflict,
		} {
			_, _, err := b.CreateEndpoint(t.Context(), b.shop.ID, address)
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != kind || f.Field != "url" {
				t.Errorf("%q: %v", address, fmt.Sprint(err))
			}
		}
	})
}
