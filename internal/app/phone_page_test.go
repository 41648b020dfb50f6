package app

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func (b *reader) check(page string, has bool, parts ...string) {
	b.t.Helper()
	for _, p := range parts {
		if strings.Contains(page, p) != has {
			b.t.Errorf("that the page says %q should be %t:\n%s", p, has, page)
		}
	}
}

// TestThePhoneFindsACustomer searches on the phone page. What was typed is in no address, so the list that was found
// does not fetch itself again, while the handset does.
func TestThePhoneFindsACustomer(t *testing.T) {
	t.Parallel()
	a := demo(t)
	b := a.reader(t)
	at, lin := "/s/"+SampleShop+"/phone", a.customer(t, "Lin")
	page, ended := b.post(at, url.Values{"q": {string(lin.Phone)}})
	b.check(page, true, "Lin’s phone", at+"/"+lin.ID+`/thread"`, `aria-current="true"`)
	b.check(page, false, "Kai Sample", at+"/"+lin.ID+"/people", "More match.")
	if ended != at {
		t.Errorf("the search ends at %s", ended)
	}
	page, _ = b.post(at, url.Values{"q": {"nobody is called so"}})
	b.check(page, true, "Nobody matches.")
	for _, all := range []func() (string, string){
		func() (string, string) { return b.get(at + "?q=Lin") },
		func() (string, string) { return b.get(at + "/" + lin.ID + "/people?q=Lin") },
		func() (string, string) { return b.post(at, url.Values{"q": {" "}}) },
	} {
		page, _ = all()
		b.check(page, true, "Kai Sample", "Lin Sample")
	}
}

// TestThePhonesTraceIsThatOfTheCustomersPage has a text that the texting half could not send: beside the phone
// stands what became of it, not only that the trigger was handed over.
func TestThePhonesTraceIsThatOfTheCustomersPage(t *testing.T) {
	t.Parallel()
	a := demo(t)
	lin := a.customer(t, "Lin")
	a.notice(t, lin)
	b := a.reader(t)
	for _, path := range []string{"/phone/" + lin.ID, "/phone/" + lin.ID + "/trace", "/customers/" + lin.ID} {
		page, _ := b.get("/s/" + SampleShop + path)
		b.check(page, true, "Upcoming Order sent to Postscript", "Text “Upcoming Order” not sent", "Request and answer")
	}
}

// TestThePhoneLeadsOnInTheTour follows the steps done on the phone page: the line at its head says what comes next,
// also when it fetches itself again.
func TestThePhoneLeadsOnInTheTour(t *testing.T) {
	t.Parallel()
	a := demo(t)
	b := a.reader(t)
	b.get("/s/" + SampleShop + "/") // Home remembers how far the tour has come
	ana := a.customer(t, "Ana")
	at := "/s/" + SampleShop + "/phone/" + ana.ID
	page, _ := b.get(at)
	b.check(page, true, `data-poll="`+at+`/next"`)
	b.check(page, false, "next-bar")
	a.notice(t, ana)
	page, _ = b.get(at)
	b.check(page, true, "next-bar", "That step of the tour is done. Next: Answer SKIP.", "Back to the tour")
	a.say(t, ana, "SKIP")
	a.to(t, a.Now().Add(2*time.Minute))
	page, _ = b.get(at + "/next")
	b.check(page, true, "next-bar", "Next: Read the trace.", "/customers/"+ana.ID)
	b.check(page, false, "<html")
	// Looking at the trace here is not the last step: the customer's page is.
	b.get(at)
	page, _ = b.get(at + "/next")
	b.check(page, true, "Next: Read the trace.")
	b.get("/s/" + SampleShop + "/customers/" + ana.ID)
	page, _ = b.get(at + "/next")
	b.check(page, true, "The tour is done.")
}
