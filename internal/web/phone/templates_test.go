package phone

import (
	"testing"
	"time"

	"rejoinder/internal/web"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	kit, err := web.New(web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(Options{Kit: kit})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.October, 14, 15, 42, 0, 0, time.UTC)
	full := phonePage{
		Shop: "Corner Coffee", Action: "/s/1/phone", More: true, Polls: "/s/1/phone/2", Tour: true, Next: &web.Bar{Text: "Next: Answer SKIP.", Link: web.Link{Label: "Back to the tour", Href: "/s/1/"}},
		People: []person{{Href: "/s/1/phone/2", Name: "Ana Sample", Note: "Next order Sat, Oct 17", Why: "everything as it should be", Current: true}},
		Holder: holder{ID: "2", Name: "Ana Sample", FirstName: "Ana", HasPhone: true, Number: "+1 ••• 42", Say: "/s/1/phone/2", Page: "/s/1/customers/2", State: web.Pill{Tone: web.OK, Label: "Subscriber"}},
		Thread: web.Thread{Zone: time.UTC, Phone: true, Bubbles: []web.Bubble{{At: now, Text: "Hi Ana", Ours: true}, {At: now, Text: "SKIP"}}},
		Trace:  web.Timeline{Zone: time.UTC, Entries: []web.Entry{{At: now, Icon: "send", What: "Sent"}}},
		Clock:  clock{Now: now, Zone: time.UTC, Movable: true, Action: "/c", Back: "/b", ToNext: "/n", NextFor: "Sat, Oct 17", Event: true, Min: "2026-10-14T15:43"},
	}
	found := full
	found.Search, found.Next = "a", nil
	quiet := full
	quiet.Thread, quiet.Trace = web.Thread{Zone: time.UTC}, web.Timeline{}
	quiet.Holder.HasPhone, quiet.Clock.ToNext, quiet.Clock.Note = false, "", "No order is coming."
	nobody := phonePage{Nobody: true, Thread: web.Thread{Zone: time.UTC}, Clock: clock{Now: now, Zone: time.UTC}, Search: "x"}
	if err := p.set.Check(map[string][]any{"phone.html": {full, found, quiet, nobody}}); err != nil {
		t.Error(err)
	}
}
