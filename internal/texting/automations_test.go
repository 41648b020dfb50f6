package texting_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

func TestAutomationChoicesAreChecked(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	upcoming, answered := h.triggers[shopID+"Upcoming Order"], h.triggers[shopID+"Reply Answered"]
	step := func(copy string, wait int) texting.Step { return texting.Step{Copy: copy, WaitMinutes: wait} }
	for _, c := range []struct {
		name   string
		change func(*texting.AutomationInput)
		field  string // "" means it is fine
		words  string
	}{
		{"fine", func(*texting.AutomationInput) {}, "", ""},
		{"no name", func(in *texting.AutomationInput) { in.Name = "  " }, "name", ""},
		{"long name", func(in *texting.AutomationInput) { in.Name = strings.Repeat("ä", 121) }, "name", ""},
		{"unknown engine", func(in *texting.AutomationInput) { in.Engine = "new" }, "engine", ""},
		{"no trigger", func(in *texting.AutomationInput) { in.TriggerID = "" }, "trigger", ""},
		{"a flow cannot use a v1 trigger", func(in *texting.AutomationInput) { in.Engine = texting.EngineFlow }, "trigger", ""},
		{"cancelled by itself", func(in *texting.AutomationInput) { in.CancelTrigger = upcoming }, "cancel_trigger", ""},
		{"cancelled by another", func(in *texting.AutomationInput) { in.CancelTrigger = answered }, "", ""},
		{"no messages", func(in *texting.AutomationInput) { in.Messages = nil }, "messages", ""},
		{"empty copy", func(in *texting.AutomationInput) { in.Messages = []texting.Step{step(" ", 1)} }, "messages.0.copy", "empty"},
		{"unknown tag", func(in *texting.AutomationInput) { in.Messages = []texting.Step{step("x {order_total}", 1)} }, "messages.0.copy", "{order_total}"},
		{"last name may be missing", func(in *texting.AutomationInput) { in.Messages = []texting.Step{step("Dear {last_name}", 1)} }, "messages.0.copy", "{last_name|there}"},
		{"last name with a fallback", func(in *texting.AutomationInput) { in.Messages = []texting.Step{step("Dear {last_name|customer}", 1)} }, "", ""},
		{"no wait", func(in *texting.AutomationInput) { in.Messages = []texting.Step{step("x", 0)} }, "messages.0.wait", "1 minute"},
		{"no wait for an answer", func(in *texting.AutomationInput) {
			in.TriggerID, in.Messages = answered, []texting.Step{step("x", 0)}
		}, "", ""},
		{"negative wait", func(in *texting.AutomationInput) { in.Messages = []texting.Step{step("x", -1)} }, "messages.0.wait", ""},
		{"endless wait", func(in *texting.AutomationInput) { in.Messages = []texting.Step{step("x", 91*24*60)} }, "messages.0.wait", "90 days"},
		{"second before the first", func(in *texting.AutomationInput) {
			in.Messages = []texting.Step{step("x", 60), step("y", 30)}
		}, "messages.1.wait", "before"},
		{"second copy wrong", func(in *texting.AutomationInput) {
			in.Messages = []texting.Step{step("x", 60), step("{", 90)}
		}, "messages.1.copy", ""},
		{"filter on no tag", func(in *texting.AutomationInput) {
			in.Filters = []texting.Filter{{Tag: "nope", Op: texting.FilterEquals, Value: "x"}}
		}, "filters.0.tag", ""},
		{"filter without a way", func(in *texting.AutomationInput) {
			in.Filters = []texting.Filter{{Tag: "delivery_date", Op: "like", Value: "x"}}
		}, "filters.0.op", ""},
		{"filter without a value", func(in *texting.AutomationInput) {
			in.Filters = []texting.Filter{{Tag: "delivery_date", Op: texting.FilterEquals}}
		}, "filters.0.value", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := texting.AutomationInput{
				Name: "A", Engine: texting.EngineLegacy, TriggerID: upcoming, Messages: []texting.Step{step("Hi {first_name}, {delivery_date}", 1)},
			}
			c.change(&in)
			_, err := h.CreateAutomation(t.Context(), shopID, in)
			var got, words string
			if f, ok := errors.AsType[*fault.Error](err); ok {
				got, words = f.Field, f.Message
			}
			if (err != nil) != (c.field != "") || got != c.field || !strings.Contains(words, c.words) {
				t.Errorf("error %v blames %q, want %q saying %q", err, got, c.field, c.words)
			}
		})
	}
}

func TestAutomationsAreKept(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		a := h.automation("Upcoming Order", 5, "Hi", func(in *texting.AutomationInput) {
			in.CancelTrigger, in.Once = h.triggers[shopID+"Order Skipped"], true
			in.Filters = []texting.Filter{{Tag: "delivery_date", Op: texting.FilterContains, Value: "day"}}
		})
		got, err := h.Automation(ctx, shopID, a.ID)
		if diff := cmp.Diff(a, got); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		if a.TriggerName != "Rejoinder: Upcoming Order" || a.CancelName != "Rejoinder: Order Skipped" {
			t.Errorf("names %q and %q", a.TriggerName, a.CancelName)
		}
		in := texting.AutomationInput{Name: "New", Engine: a.Engine, TriggerID: a.TriggerID, Messages: []texting.Step{{Copy: "Ho", WaitMinutes: 9}}}
		changed, err := h.UpdateAutomation(ctx, shopID, a.ID, in)
		if err != nil || changed.Name != "New" || changed.Active || changed.Once || changed.CancelTrigger != "" || len(changed.Filters) != 0 {
			t.Errorf("%+v, %v", changed, err)
		}
		h.shop("shop_2")
		for name, try := range map[string]func() error{
			"read":   func() error { _, err := h.Automation(ctx, "shop_2", a.ID); return err },
			"change": func() error { _, err := h.UpdateAutomation(ctx, "shop_2", a.ID, in); return err },
			"switch": func() error { _, err := h.SetAutomationActive(ctx, "shop_2", a.ID, true); return err },
			"delete": func() error { return h.DeleteAutomation(ctx, "shop_2", a.ID) },
		} {
			if err := try(); !fault.Is(err, fault.NotFound) {
				t.Errorf("another shop can %s it: %v", name, err)
			}
		}
		if err := h.DeleteAutomation(ctx, shopID, a.ID); err != nil {
			t.Fatal(err)
		}
		if list, err := h.Automations(ctx, shopID); err != nil || len(list) != 0 {
			t.Errorf("%d automations after the only one was deleted, %v", len(list), err)
		}
	})
}

func TestSeriesCancelFilterAndOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada, ben := h.subscriber(nil), h.subscriber(nil)
		h.automation("Upcoming Order", 0, "", func(in *texting.AutomationInput) {
			in.Messages = []texting.Step{{Copy: "one", WaitMinutes: 1}, {Copy: "two", WaitMinutes: 30}, {Copy: "three", WaitMinutes: 60}}
			in.CancelTrigger, in.Once = h.triggers[shopID+"Order Skipped"], true
			in.Filters = []texting.Filter{{Tag: "delivery_date", Op: texting.FilterContains, Value: "WEDNES"}}
		})
		wednesday := map[string]string{"delivery_date": "Wednesday"}
		friday := h.fire("Upcoming Order", ada, map[string]string{"delivery_date": "Friday"})
		h.fire("Upcoming Order", ada, wednesday)
		h.fire("Upcoming Order", ben, wednesday)
		h.advance(31 * time.Minute)
		skipped := h.fire("Order Skipped", ada, nil)
		again := h.fire("Upcoming Order", ada, wednesday)
		h.advance(4 * time.Hour)
		if diff := cmp.Diff([]string{"one", "two"}, h.phone(ada)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"one", "two", "three"}, h.phone(ben)); diff != "" {
			t.Error(diff)
		}
		for id, want := range map[string]string{
			friday:  `"Upcoming Order text": not started, the filter does not hold: {delivery_date} contains "WEDNES".`,
			skipped: `"Upcoming Order text": cancelled 1 message that waited.`,
			again:   `"Upcoming Order text": not started, it runs once for each subscriber and has run.`,
		} {
			if got := h.outcome(id); got != want {
				t.Errorf("outcome %q, want %q", got, want)
			}
		}
	})
}

func TestEventsInOneBatchAreInOrder(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	ada := h.subscriber(nil)
	h.automation("Upcoming Order", 1, "Hi", func(in *texting.AutomationInput) { in.CancelTrigger = h.triggers[shopID+"Order Skipped"] })
	h.fire("Upcoming Order", ada, nil)
	h.clock.Move(time.Millisecond)
	h.fire("Order Skipped", ada, nil)
	h.clock.Move(time.Millisecond)
	h.fire("Upcoming Order", ada, nil)
	h.advance(time.Hour)
	if got := len(h.phone(ada)); got != 1 {
		t.Errorf("%d texts, want the one after the cancelling trigger", got)
	}
}

func TestTriggerRegisteredAnew(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	ada := h.subscriber(nil)
	h.automation("Upcoming Order", 1, "Hi", nil)
	if err := h.RemoveTrigger(t.Context(), texting.Caller{ShopID: shopID}, h.triggers[shopID+"Upcoming Order"]); err != nil {
		t.Fatal(err)
	}
	h.triggers[shopID+"Upcoming Order"] = h.register(shopID, "Rejoinder: Upcoming Order")
	h.fire("Upcoming Order", ada, nil)
	h.advance(time.Minute)
	if got := len(h.phone(ada)); got != 1 {
		t.Errorf("%d texts, want 1: the automation finds its trigger again by name", got)
	}
}

func TestFlowsMatchAfterwards(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		old := h.subscriber(func(s *texting.Subscriber) { s.Email = "ada@example.com" })
		h.clock.Move(time.Second)
		ada := h.subscriber(func(s *texting.Subscriber) { s.Email = "ada@example.com" })
		event := func(f texting.FireInput) string {
			f.Engine, f.TriggerID, f.Sender = texting.EngineFlow, "UpcomingOrder", "Rejoinder"
			id, err := h.Fire(t.Context(), shopID, f)
			if err != nil {
				t.Fatal(err)
			}
			h.clock.Move(time.Millisecond)
			return id
		}
		nobody := event(texting.FireInput{Email: "nobody@example.com", Properties: map[string]string{"delivery_date": "x"}})
		h.settle()
		h.automation("", 1, "Order {delivery_date}", func(in *texting.AutomationInput) {
			in.Name, in.Engine, in.TriggerID = "Flow", texting.EngineFlow, "UpcomingOrder"
		})
		event(texting.FireInput{Email: " Ada@Example.com ", Properties: map[string]string{"delivery_date": "by mail"}})
		event(texting.FireInput{Phone: "(212) 555-0102", Properties: map[string]string{"delivery_date": "by phone"}})
		event(texting.FireInput{SubscriberID: old.ID, Phone: ada.Phone, Properties: map[string]string{"delivery_date": "by id"}})
		h.advance(time.Minute)
		if diff := cmp.Diff([]string{"Order by mail", "Order by phone"}, h.phone(ada)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"Order by id"}, h.phone(old)); diff != "" {
			t.Error(diff)
		}
		if got, want := h.outcome(nobody), "Nobody here matches it, so nobody is texted."; got != want {
			t.Errorf("outcome %q, want %q", got, want)
		}
	})
}

func TestRepeatedExternalIDTextsOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		ada := h.subscriber(nil)
		h.automation("Upcoming Order", 1, "Hi", nil)
		for range 3 {
			_, err := h.Fire(context.Background(), shopID, texting.FireInput{
				Engine: texting.EngineLegacy, TriggerID: h.triggers[shopID+"Upcoming Order"], SubscriberID: ada.ID, ExternalID: "dlv_1",
			})
			if err != nil {
				t.Fatal(err)
			}
			h.advance(time.Minute)
		}
		if got := len(h.phone(ada)); got != 1 {
			t.Errorf("%d texts, want 1", got)
		}
	})
}
