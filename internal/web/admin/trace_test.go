package admin_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rejoinder/internal/app"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
)

// TestTheTraceTellsTheTextingHalf looks at customers whose text stops after Postscript has taken the trigger.
func TestTheTraceTellsTheTextingHalf(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	for _, c := range []struct{ first, says, also string }{
		{"Eli", "Upcoming Order not sent", "opted out"},
		{"Kai", "Upcoming Order sent to Postscript", "Text “Upcoming Order” sent"},
		{"Lin", "Upcoming Order sent to Postscript", "Text “Upcoming Order” not sent"},
	} {
		who := x.customer(c.first)
		x.told(who)
		b.get(200, s("customers/"+who.ID))
		b.sees(c.says, c.also)
		// Newest first: what follows from handing over stands above it.
		sent, reached := strings.Index(b.last, "Upcoming Order sent to Postscript"), strings.Index(b.last, "reached the automations")
		if sent > 0 && (reached < 0 || reached > sent) {
			t.Errorf("%s: the trigger reaches the automations before it is sent", c.first)
		}
		if !utf8.ValidString(b.last) {
			t.Errorf("%s: the page is no UTF-8", c.first)
		}
	}
}

// TestResponsesSayWhatBecameOfThem has a text that was carried out, although no automation confirms it, and one
// that only a person can answer.
func TestResponsesSayWhatBecameOfThem(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	automations, err := x.texting.Automations(t.Context(), app.SampleShop)
	must(t, err)
	for _, a := range automations {
		if a.Name == "Order Skipped" {
			must(t, x.texting.DeleteAutomation(t.Context(), app.SampleShop, a.ID))
		}
	}
	ana := x.customer("Ana")
	x.told(ana)
	x.says(ana, "SKIP")
	x.says(ana, "do you sell filters?")
	b := x.owner()
	for text, want := range map[string]string{"SKIP": "Understood as SKIP; dealt with.", "do you sell filters?": "Left to a person: "} {
		b.get(200, s("responses/"+x.response(text)))
		b.sees("What became of it", want)
	}
	b.get(200, s("responses?show=person"))
	b.sees("do you sell filters?", "Need a person (1)")
	if strings.Contains(b.last, ">SKIP<") {
		t.Error("a text that was carried out needs a person")
	}
	other, err := x.bridge.ReplyVerdicts(t.Context(), app.SampleOtherShop, []string{x.response("SKIP")})
	must(t, err)
	if len(other) != 0 {
		t.Error("another shop sees it:", other)
	}
}

// response finds a text in the inbox by its words.
func (x *sample) response(body string) string {
	x.t.Helper()
	list, err := x.texting.Responses(x.t.Context(), app.SampleShop, texting.ResponseQuery{})
	must(x.t, err)
	for _, m := range list {
		if m.Body == body {
			return m.ID
		}
	}
	x.t.Fatalf("no response %q", body)
	return ""
}

// TestADeliveryOnItsWayLooksAgain follows a test send from its first moment.
func TestADeliveryOnItsWayLooksAgain(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	b.post(200, s("triggers/"+string(trigger.UpcomingOrder)+"/test"), form("customer", x.customer("Ana").ID))
	b.sees("The test is on its way", "data-poll", "On its way. This page shows what becomes of it.")
	state := regexp.MustCompile(`data-poll="([^"]+)"`).FindStringSubmatch(b.last)
	must(t, x.app.Advance(t.Context(), x.app.Now().Add(time.Minute)))
	b.get(200, state[1])
	b.sees("HTTP 200", "Sent")
	b.get(200, strings.TrimSuffix(state[1], "/state"))
	if strings.Contains(b.last, "data-poll") {
		t.Error("a finished delivery is asked for again")
	}
}

// TestATestNeedsSomebody sends a test with sample values, which are nobody's.
func TestATestNeedsSomebody(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	automations, err := x.texting.Automations(t.Context(), app.SampleShop)
	must(t, err)
	b := x.owner()
	a := automations[0]
	b.post(422, s("automations/"+a.ID), form("engine", "legacy", "trigger", a.TriggerID, "messages.0.copy", "Hello", "do", "test-0", "who", ""))
	b.sees("No test was sent. Choose somebody under “Preview and test as”.", "their sandbox phone gets the test", `aria-invalid="true"`)
}

// TestConsentIsSaidInWholeSentences looks at an opt-out that came before the program did.
func TestConsentIsSaidInWholeSentences(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	eli := x.customer("Eli")
	list, err := x.texting.ListSubscribers(t.Context(), app.SampleShop, texting.SubscriberList{Search: string(eli.Phone)})
	must(t, err)
	b := x.owner()
	b.get(200, s("subscribers/"+list[0].ID))
	b.sees("Opted out by a text of their own.")
}
