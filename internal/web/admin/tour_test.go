package admin_test

import (
	"regexp"
	"strings"
	"testing"

	"rejoinder/internal/app"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
)

// TestTheTour follows the home page's steps to the end by its forms alone.
func TestTheTour(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	b.get(200, s(""))
	b.sees("Take the tour", "1 of 6 done", "Postscript is not connected")

	b.post(200, s("settings/api"), form("label", "Bridge"))
	b.sees("The key pair is made", "Bridge", "Next: Connect Postscript.")
	pairs, err := x.texting.KeyPairs(t.Context(), app.SampleShop)
	must(t, err)
	b.post(200, s("settings/api/"+pairs[0].ID+"/show"), nil)
	key := regexp.MustCompile(`value="(sk_[a-z0-9]+)"`).FindStringSubmatch(b.last)
	if key == nil {
		t.Fatal("the private key is not shown")
	}
	b.get(200, s("settings/api/"+pairs[0].ID+"/show")) // as after a reload without the form
	b.sees("Bridge")
	if strings.Contains(b.last, key[1]) {
		t.Error("the private key is shown without being asked for")
	}
	b.post(422, s("integrations/postscript"), form("key", "pk_0123456789abcd"))
	if b.sees("public key"); strings.Contains(b.last, "step of the tour is done") {
		t.Error("what is wrong with the key is said below praise for the step before")
	}
	b.get(200, s(""))
	b.sees("2 of 6 done")

	b.post(200, s("integrations/postscript"), form("key", key[1]))
	b.sees("Connected to Blue Door Coffee", "8 of 8 registered", "shop.incoming_message", "Next: Move the clock")
	if strings.Contains(b.last, key[1]) {
		t.Error("the page shows the key again")
	}
	b.get(200, s(""))
	b.sees("Everything is connected", "3 of 6 done")

	ana := x.customer("Ana")
	x.told(ana)
	b.get(200, s(""))
	b.sees("4 of 6 done")
	x.says(ana, "SKIP")
	b.get(200, s(""))
	b.sees("5 of 6 done")
	b.get(200, s("customers/"+ana.ID))
	b.sees("Ana Sample", "Skip", "Trace", "The tour is done.")
	b.get(200, s(""))
	b.sees("6 of 6 done", "The tour is done")
	b.get(200, s("customers/"+ana.ID))
	if strings.Contains(b.last, "next-bar") {
		t.Error("the tour goes on after its end")
	}
}

func TestConfirmSaysWhatIsWrongWithAKey(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.owner()
	for key, says := range map[string]string{
		"":                  "Paste the private key",
		"pk_0123456789abcd": "public key",
		"hello":             "should begin with sk_",
		"sk_0123456789abcd": "does not know this key",
	} {
		b.post(422, s("integrations/postscript"), form("key", key))
		b.sees(says, `aria-invalid="true"`, "take a private key from")
		if _, err := x.bridge.Connection(t.Context(), app.SampleShop); err == nil {
			t.Fatal("something was saved for", key)
		}
	}
	_, key, err := x.texting.CreateKeyPair(t.Context(), app.SampleShop, "")
	must(t, err)
	pairs, err := x.texting.KeyPairs(t.Context(), app.SampleShop)
	must(t, err)
	b.post(200, s("settings/api/"+pairs[0].ID+"/revoke"), nil)
	b.sees("Revoked")
	b.post(422, s("integrations/postscript"), form("key", key))
	b.sees("revoked")
}

func TestReconfirmAndDisconnect(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	b.post(200, s("integrations/postscript"), form("key", ""))
	b.sees("Connected to Blue Door Coffee", "8 of 8 registered")
	b.post(200, s("integrations/postscript/disconnect"), nil)
	b.sees("Postscript is disconnected", "Not connected")
}

func TestAnAutomationIsMadeByHand(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	b.get(200, s("automations/new"))
	b.sees("Legacy", "Flow")
	b.get(200, s("automations/new/legacy"))
	b.sees("Custom Automation")
	b.get(404, s("automations/new/other"))
	b.get(200, s("automations/new/legacy/custom"))
	b.sees("Rejoinder: Upcoming Order", "{delivery_date}", "from 1 minute")
	upcoming := regexp.MustCompile(`value="([^"]+)" selected>Rejoinder: Upcoming Order`).FindStringSubmatch(b.last)
	skipped := regexp.MustCompile(`value="([^"]+)">Rejoinder: Order Skipped`).FindStringSubmatch(b.last)
	if upcoming == nil || skipped == nil {
		t.Fatal("the triggers are not offered")
	}
	at := s("automations/new/legacy/custom")
	typed := form("engine", "legacy", "name", "My text", "trigger", upcoming[1], "messages.0.copy", "Hi {first_name}, {delivery_date}!", "messages.0.wait", "5", "messages.0.unit", "minutes")

	for name, c := range map[string]struct{ field, value, says string }{
		"an empty name":        {"name", "", "Give the automation a name"},
		"an unknown tag":       {"messages.0.copy", "Hi {frist_name}", "is not a tag of this trigger"},
		"another trigger's":    {"messages.0.copy", "Hi {skipped_delivery_date}", "is not a tag of this trigger"},
		"no copy":              {"messages.0.copy", "", "The message is empty"},
		"a wait of nought":     {"messages.0.wait", "0", "Wait at least 1 minute"},
		"a wait in words":      {"messages.0.wait", "soon", "whole number"},
		"a trigger of no shop": {"trigger", "nonsense", "Choose the trigger"},
	} {
		wrong := form("do", "save")
		for k, v := range typed {
			wrong[k] = v
		}
		wrong.Set(c.field, c.value)
		b.post(422, at, wrong)
		b.sees(c.says)
		if c.field != "name" {
			b.sees(`value="My text"`)
		}
		if c.field != "messages.0.copy" {
			b.sees("Hi {first_name}, {delivery_date}!")
		}
		if t.Failed() {
			t.Fatal(name)
		}
	}

	// Another trigger: its tags, nothing saved, nothing lost.
	other := form("engine", "legacy", "name", "My text", "trigger", skipped[1], "messages.0.copy", "Skipped!", "messages.0.wait", "0", "messages.0.unit", "minutes")
	b.post(200, at, other)
	b.sees("{skipped_delivery_date}", "0 is right away", "Skipped!", `value="My text"`)
	other.Set("do", "add")
	b.post(200, at, other)
	b.sees("Message 2", "Skipped!")

	typed.Set("do", "save")
	typed.Set("active", "on")
	b.post(200, at, typed)
	b.sees("My text is saved and active", "after 5 minutes")
	list, err := x.texting.Automations(t.Context(), app.SampleShop)
	must(t, err)
	mine := list[len(list)-1]
	if mine.Name != "My text" || !mine.Active || mine.Messages[0].WaitMinutes != 5 {
		t.Fatalf("saved as %+v", mine)
	}
	b.get(200, s("automations/"+mine.ID))
	b.sees("Hi {first_name}, {delivery_date}!", "Edit automation")
	b.post(200, s("automations/"+mine.ID+"/active"), form("on", "false"))
	b.sees("My text is off")
	b.post(200, s("automations/"+mine.ID+"/delete"), nil)
	b.sees("The automation is deleted")
	b.get(404, s("automations/"+mine.ID))
}

func TestThePreviewFillsInAndCounts(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	b.get(200, s("automations/new/legacy/custom"))
	upcoming := regexp.MustCompile(`value="([^"]+)" selected>Rejoinder: Upcoming Order`).FindStringSubmatch(b.last)
	if upcoming == nil {
		t.Fatal("no trigger")
	}
	list, err := x.texting.ListSubscribers(t.Context(), app.SampleShop, texting.SubscriberList{Search: "Ben"})
	must(t, err)
	f := form("engine", "legacy", "trigger", upcoming[1], "who", list[0].ID, "messages.0.copy", "Hi {first_name} – soon", "messages.0.wait", "1", "messages.0.unit", "hours")
	b.post(200, s("automations/preview"), f)
	b.sees("Hi Ben – soon", "1 segment", "of 70 in one", "$0.0130", "after 1 hour", "<code>–</code>")
	if strings.Contains(b.last, "<html") {
		t.Error("a whole page instead of a fragment")
	}
	f.Del("who") // sample values: the last moment for an answer lies before the order
	f.Set("messages.0.copy", "{delivery_date}, reply by {reply_by}")
	b.post(200, s("automations/preview"), f)
	b.sees("Wednesday, November 25, reply by Monday, November 23 at 11:59 PM", "Filled in with sample values")
	f.Set("messages.0.copy", "Hi {nobody}")
	b.post(200, s("automations/preview"), f)
	b.sees("is not a tag of this trigger")
	f.Set("do", "test-0")
	f.Set("who", list[0].ID)
	f.Set("messages.0.copy", "Hi {first_name}")
	f.Set("name", "Kept")
	b.post(200, s("automations/new/legacy/custom"), f)
	b.sees("on the sandbox phone", `value="Kept"`)
}

func TestAPersonAnswers(t *testing.T) {
	t.Parallel()
	x := lived(t)
	b := x.agent()
	b.get(200, s("responses?show=person"))
	b.sees("do you sell filters?", "Needs a person", "Need a person (1)")
	id := regexp.MustCompile(`responses/([a-z]+_[a-z0-9]+)"`).FindStringSubmatch(b.last)
	if id == nil {
		t.Fatal("no response to open")
	}
	at := s("responses/" + id[1])
	b.get(200, at)
	b.sees("Ana Sample", "SKIP", "Subscribed", "Customer and trace")
	b.get(200, at+"/thread")
	b.post(422, at, form("do", "answer", "body", " "))
	b.sees("Write an answer first")
	b.post(200, at, form("do", "answer", "body", "We do, size 4."))
	b.sees("The answer is on its way", "We do, size 4.")
	b.get(200, s("responses?show=person"))
	b.sees("Nobody is waiting")
	b.post(200, at, form("do", "opt-out"))
	b.sees("They get no more texts", "Opted out", "No answer can be sent")
	b.post(422, at, form("do", "answer", "body", "one more"))
}

func TestTheShopChangesACustomersOrders(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	b := x.agent()
	ana := x.customer("Ana")
	at := s("customers/" + ana.ID)
	coming, err := x.bridge.Coming(t.Context(), app.SampleShop, ana.ID)
	must(t, err)
	first := coming.Order.Date
	b.post(200, at, form("do", "skip", "order", first.String(), "form", "one"))
	b.sees("is skipped", "Bring back")
	b.post(200, at, form("do", "skip", "order", first.String(), "form", "one")) // sent twice
	if next := x.next(ana.ID); next != first.AddDays(28) {
		t.Errorf("the next order is on %s", next)
	}
	b.post(200, at, form("do", "unskip", "order", first.String(), "form", "two"))
	b.sees("is back")
	b.post(200, at, form("do", "delay", "order", first.String(), "to", first.AddDays(3).String(), "form", "three"))
	b.sees("is moved to")
	if next := x.next(ana.ID); next != first.AddDays(3) {
		t.Errorf("the next order is on %s", next)
	}
	account, err := x.bridge.Account(t.Context(), app.SampleShop, ana.ID)
	must(t, err)
	sub := account.Subscriptions[0].ID
	b.post(200, at, form("do", "pause", "subscription", sub, "form", "four"))
	b.sees("is paused", "Resume")
	b.post(200, at, form("do", "resume", "subscription", sub, "form", "five"))
	b.sees("goes on")
	b.post(200, at, form("do", "cancel", "subscription", sub, "form", "six"))
	b.sees("is cancelled", "No order is coming")
	b.post(200, at, form("do", "explode", "form", "seven"))
	b.sees("There is no command")
}

func (x *sample) next(customerID string) subscription.Date {
	x.t.Helper()
	a, err := x.bridge.Account(x.t.Context(), app.SampleShop, customerID)
	must(x.t, err)
	o, _ := a.Next()
	return o.Date
}
