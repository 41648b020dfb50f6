package admin_test

import (
	"strings"
	"testing"

	"rejoinder/internal/app"
	"rejoinder/internal/texting"
)

// TestTheTraceTellsTheTextingHalf looks at customers whose text stops after Postscript has taken the trigger.
func TestTheTraceTellsTheTextingHalf(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	for _, c := range []struct{ first, says string }{
		{"Eli", "not started, they opted out."},
		{"Kai", "Text “Upcoming Order” sent"},
		{"Lin", "Text “Upcoming Order” not sent"},
	} {
		who := x.customer(c.first)
		x.told(who)
		b.get(200, s("customers/"+who.ID))
		b.sees("Upcoming Order sent to Postscript", c.says)
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
