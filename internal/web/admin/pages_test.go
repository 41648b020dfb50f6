package admin

import (
	"strings"
	"testing"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/message"
	"rejoinder/internal/people"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
	"rejoinder/internal/trigger"
	"rejoinder/internal/web"
)

// TestEveryTemplate executes each page with nothing in it and with something in every corner.
func TestEveryTemplate(t *testing.T) {
	t.Parallel()
	kit, err := web.New(web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(Options{Kit: kit})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.set.Check(samples()); err != nil {
		t.Error(err)
	}
}

func samples() map[string][]any {
	at := time.Date(2026, 11, 21, 18, 0, 0, 0, time.UTC)
	v := Visit{Shop: bridge.Shop{ID: "shop_1", Name: "Corner Coffee", Zone: "America/New_York"}, Zone: time.UTC, Role: people.Owner}
	wrong := func(names ...string) web.Problems {
		p := web.Problems{"": "Not saved yet."}
		for _, n := range names {
			p[n] = "This one is wrong."
		}
		return p
	}
	on := subscription.NewDate(2026, 12, 1)
	pager := web.Pager{Newer: "/newer", Older: "/older"}
	timeline := web.Timeline{Zone: time.UTC, Entries: []web.Entry{v.traceEntry(bridge.Trace{At: at, Kind: "reply", Text: "Understood as SKIP. It answers the notice.", Ref: "dlv_1"})}}
	thread := v.threadOf([]texting.Message{
		{Direction: texting.In, Body: "hello?", CreatedAt: at},
		{Direction: texting.Out, Kind: texting.KindPerson, Body: "hi", State: texting.Sent, SentAt: at},
		{Direction: texting.Out, State: texting.Waiting, Hold: texting.HoldHours, DueAt: at},
		{Direction: texting.Out, Body: "x", State: texting.Waiting, Hold: texting.HoldOff},
		{Direction: texting.Out, Body: "x", State: texting.Waiting},
		{Direction: texting.Out, Body: "x", State: texting.SendingNow},
		{Direction: texting.Out, Body: "x", State: texting.Failed, Reason: "a landline"},
		{Direction: texting.Out, Body: "x", State: texting.Suppressed},
		{Direction: texting.Out, Body: "x", State: texting.Unknown},
		{Direction: texting.Out, Body: "x", State: texting.Delivered},
	})
	delivery := v.deliveryRow(bridge.Delivery{ID: "dlv_1", Trigger: trigger.UpcomingOrder, State: bridge.Refused, Reason: "why", Attempts: 2, Status: 400, CreatedAt: at, FinishedAt: at, OrderDate: on}, "Ana")
	secret := &web.Secret{ID: "fresh", Label: "Shown once", Value: "sk_1"}
	return map[string][]any{
		"login.html": {signIn{}, signIn{Email: "a@example.com", Next: "/", Problems: wrong("password")}},
		"setup.html": {setUp{}, setUp{NeedsShop: true, Zones: zoneOptions("Asia/Manila"), Problems: wrong("email", "name")}},
		"enter.html": {entry{Email: "a@example.com"}},
		"join.html":  {joining{}, joining{Known: true, Problems: wrong("password")}},
		"me.html":    {password{}, password{HasOld: true, Problems: wrong("old", "password")}},
		"home.html": {homeBody{}, homeBody{
			Visit: v, Tiles: []web.Tile{{Label: "Sent", Value: "1"}}, Steps: web.Steps{{Title: "One", Done: true}, {Title: "Two", Link: web.Link{Label: "Go", Href: "/"}}},
			Health: []healthRow{{Icon: "plug", Name: "Postscript", Href: "/"}, {Icon: "send", Name: "Deliveries"}},
			Coming: []comingRow{{Customer: "Ana", Total: "$1"}}, Persons: []personRow{{Text: "Look", Label: "Look", Href: "/"}},
		}},
		"integrations.html": {integrations{}, integrations{Visit: v, Postscript: postscriptCard{Problems: wrong("key")}, Ledger: ledgerCard{Problems: wrong("label", "url")}}, integrations{
			Visit: v, Postscript: postscriptCard{Connected: true, State: statePill(bridge.SendOnly), Connection: bridge.Connection{Problem: "No address.", ConfirmedAt: at}, Webhooks: []webhookState{{"a", true}, {"b", false}}},
			Ledger: ledgerCard{Secret: secret, Tokens: []tokenRow{{APIToken: bridge.APIToken{Label: "x", CreatedAt: at}}}, Endpoints: []endpointRow{{Endpoint: bridge.Endpoint{URL: "https://a.example", Active: true}}, {Endpoint: bridge.Endpoint{Problem: "gone"}}}},
		}},
		"endpoint.html":          {endpointBody{}, endpointBody{Visit: v, Endpoint: bridge.Endpoint{Active: true, Problem: "gone"}, Pager: pager, Rows: []outgoingRow{{Outgoing: bridge.Outgoing{ID: "1", State: bridge.Failed, Status: 500, Reason: "why", CreatedAt: at}}, {Outgoing: bridge.Outgoing{ID: "2"}}}}},
		"triggers.html":          {triggerListBody{}, triggerListBody{Visit: v, Connected: true, Customer: "1", Customers: []web.Option{{Value: "1", Label: "Ana"}}, Rows: []triggerRow{{Definition: trigger.All()[1], Registered: true, When: whenNotices(v.Shop), Tags: []tagValue{{Name: "{a}"}}, Text: "Hi", Automation: "One"}, {Definition: trigger.All()[0]}}}},
		"customers.html":         {customerListBody{}, customerListBody{Visit: v, Query: "x"}, customerListBody{Visit: v, Query: "A", More: true, Rows: []customerRow{{Name: "Ana"}}}, customerListBody{Visit: v, Pager: pager, Rows: []customerRow{{Name: "Ana", Phone: "+1"}, {Name: "Ben"}}}},
		"customer.html":          {customerBody{}, customerBody{Visit: v, Customer: bridge.Customer{Customer: subscription.Customer{Phone: "+12125550142", Email: "a@example.com", State: "NY", ExternalID: "7"}}, LocalTime: "noon", Payment: "Visa", Failed: "It failed.", Link: secret, Phone: "/phone", Timeline: timeline, Older: "/older", Orders: []orderRow{{Date: on, Skipped: true}, {Date: on, First: true, Note: "soon", Total: "$1"}}, Subscriptions: []subscriptionRow{{Subscription: subscription.Subscription{Status: subscription.Active}}, {Subscription: subscription.Subscription{Status: subscription.Paused}, Until: "until then"}, {Subscription: subscription.Subscription{Status: subscription.Cancelled}}}}},
		"deliveries.html":        {deliveryListBody{}, deliveryListBody{Visit: v, Rows: []deliveryRow{delivery}, Pager: pager}},
		"delivery.html":          {deliveryBody{Visit: v}, deliveryBody{Visit: v, deliveryRow: delivery, Facts: []tagValue{{"{a}", "b"}}, Request: "POST /", Answer: "{}", CanRepeat: true}},
		"automations.html":       {automationListBody{}, automationListBody{Visit: v, Rows: []automationRow{{Automation: texting.Automation{Name: "One", Engine: texting.EngineFlow}}}}},
		"automation-choice.html": {choice{}, choice{Options: []choiceOption{{Icon: "bolt", Title: "Legacy"}}}},
		"automation.html": {editor{}, editor{Engine: texting.EngineFlow}, editor{
			Visit: v, ID: "aut_1", Trigger: "1", Triggers: []web.Option{{Value: "1", Label: "One"}}, Tags: []message.Tag{{Name: "first_name", Label: "First Name"}}, AnswersReply: true,
			Steps: []stepForm{{Copy: "Hi"}, {Index: 1}}, Filters: []filterForm{{}, {Index: 1}}, Previews: []previewPane{{Number: 1, Problem: "no"}, {Number: 2, Preview: texting.Preview{Text: "Hi", Sample: true, Count: message.Segments("Hi – €")}}, {Number: 3}},
			Problems: wrong("name", "trigger", "engine", "messages", "messages.0.copy", "messages.1.wait", "filters", "filters.0.tag", "cancel_trigger", "subscriber"),
		}},
		"responses.html":   {responseListBody{}, responseListBody{Visit: v, Show: "person"}, responseListBody{Visit: v, Tabs: []web.Link{{Label: "All", Current: true}}, Pager: pager, Rows: []responseRow{{Unread: true, Verdict: "Perhaps SKIP; asked.", Response: texting.Response{Message: texting.Message{Body: "hello", CreatedAt: at}}}, {}}}},
		"response.html":    {responseBody{}, responseBody{Visit: v, Message: texting.Message{Phone: "+1", NeedsPerson: true, Note: "SKIP", CreatedAt: at}, Thread: thread, Customer: "/c", Subscriber: "/s", MayAnswer: true, Meant: v.meantForm(meantForm{Choice: "DELAY", Command: "x", Remember: true}, bridge.Verdict{State: bridge.ReplyDone}), Problems: wrong("body", "command")}},
		"keywords.html":    {keywordListBody{}, keywordListBody{Visit: v, Rows: []keywordRow{{Keyword: texting.Keyword{ID: "kw_1", Word: "A", Active: true}, Open: true}, {Keyword: texting.Keyword{ID: "kw_2"}}}, Wrong: "kw_1", Problems: wrong("word"), Tags: []string{"{shop_name}"}}, keywordListBody{Problems: wrong("word")}},
		"subscribers.html": {subscriberListBody{}, subscriberListBody{Query: "x"}, subscriberListBody{Visit: v, Query: "A", More: true, Owner: true, Rows: []subscriberRow{v.subscriberRow(texting.Subscriber{ID: "s_1", Phone: "+12125550142", OptedInAt: at, Status: texting.Subscribed})}}},
		"subscriber.html":  {subscriberBody{}, subscriberBody{Visit: v, subscriberRow: v.subscriberRow(texting.Subscriber{ID: "s_1", Phone: "+12125550142", Email: "a@example.com", Origin: "csv", Zone: "UTC", State: "NY", Tags: []string{"vip"}, Status: texting.Pending}), Thread: thread, Consent: web.Timeline{Zone: time.UTC, Entries: []web.Entry{consentEntry(texting.Consent{Kind: texting.ConsentOptIn, Source: "csv", Words: "yes", At: at}), consentEntry(texting.Consent{Kind: "other", Source: "other"})}}}},
		"import.html":      {importBody{}, importBody{Visit: v, Required: []string{"phone"}, Optional: []string{"email", "zone"}, Problems: wrong("file"), Report: &texting.ImportReport{Faults: []texting.RowFault{{Line: 2, Column: "phone", Reason: "no"}, {Line: 3}}}}},
		"analytics.html":   {analyticsBody{}, analyticsSample(v)},
		"settings.html":    {shopForm{}, settingsSample(v, wrong("name", "link", "zone", "lead_days", "notice_hour", "cut_off_hours", "delay_days", "payment_url", "prefix", "engine", "support_contact"))},
		"keys.html":        {keysBody{}, keysBody{Visit: v, Problems: wrong("label"), Rows: []keyRow{{KeyPair: texting.KeyPair{ID: "key_1", Label: "A", CreatedAt: at}}, {KeyPair: texting.KeyPair{ID: "key_2"}, Shown: secret}, {KeyPair: texting.KeyPair{ID: "key_3", RevokedAt: at}}}}},
		"replies.html":     {repliesForm{}, repliesSample(v, wrong("language", "date_order", "max_delay_days", "skip"))},
		"answers.html":     {answersForm{}, answersForm{Visit: v, Language: "es", Tabs: []web.Link{{Label: "English", Current: true}}, Problems: wrong("nothing"), Groups: answerRows(reply.Spanish, map[string]string{"nothing": "Vale — nada.", "next_date": "El {date}, ^^"}, wrong("nothing"))}},
		"products.html":    {productsBody{}, productsSample(v, wrong("id", "name", "nicknames", "price", "swap_to"))},
		"readings.html":    {readingsBody{}, readingsSample(v, true), readingsSample(v, false)},
		"hours.html":       {hoursBody{}, hoursBody{Visit: v, Days: []dayRow{{Key: "monday", Name: "Monday", Open: true, From: "11:00", Until: "21:00"}, {Key: "sunday", Name: "Sunday", Problem: "no"}}, States: "FL 11:00-20:00", Problems: wrong("days", "states")}},
		"people.html":      {peopleBody{}, peopleBody{Visit: v, Link: secret, Problems: wrong("email", "role", "name"), Members: []memberRow{{Member: people.Member{Email: "a@example.com", Role: people.Owner, Since: at}, Me: true}, {Member: people.Member{Role: people.Agent}}}, Invitations: []invitationRow{{Link: people.Link{Email: "b@example.com", ExpiresAt: at}}}}},
	}
}

func repliesSample(v Visit, p web.Problems) repliesForm {
	f := repliesOf(bridge.Settings{CommandsOff: []string{"skip"}, Words: map[reply.Meaning][]string{reply.Skip: {"nix", "nope not now"}}})
	f.Visit, f.Problems = v, p
	f.Languages, f.Orders = []web.Option{{Value: "en", Label: "English"}}, []web.Option{{Value: "", Label: "By the language"}}
	f.Try = tryBox{Text: "slip", Tried: true, Pill: outcomes[bridge.BecomesAsks], Lines: []string{"Skip the order of Friday"}, Why: "Close.", Order: "Friday", Off: true}
	return f
}

func productsSample(v Visit, p web.Problems) productsBody {
	list := []bridge.Product{{ID: "1", Name: "House Blend", Nicknames: []string{"usual"}, SwapTo: []string{"2"}, Price: subscription.Money{Amount: 1450, Currency: "USD"}}, {ID: "2", Name: "Dark Roast"}}
	one, two := rowOf(list[0], list), rowOf(list[1], list)
	one.Index, two.Index, one.Open, one.Problems = 1, 2, true, p
	return productsBody{Visit: v, Rows: []productRow{one, two}, New: productRow{Swaps: choicesFor("", nil, list), Problems: p}, Problems: p, Found: []foundProduct{{ID: "3", Name: "Oat Bars", Price: "9.00"}}}
}

func readingsSample(v Visit, owner bool) readingsBody {
	b := readingsBody{Visit: v, Owner: owner, Meanings: []web.Option{{Value: "skip", Label: "skip"}}, Problems: web.Problems{"skip": "It is an opt-out."}}
	n := bridge.Readings{Understood: 3, Asked: 2, Person: 1, Corrected: 1}
	b.fill(bridge.Reading{
		Weeks: []bridge.Week{{From: time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC), Readings: n}, {From: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}},
		Hard:  []bridge.HardWording{{Wording: "skippy", Readings: n, Meant: "DELAY 2 WEEKS"}, {Wording: "nix", Readings: n}},
	}, bridge.Settings{Words: map[reply.Meaning][]string{reply.Skip: {"nix"}}})
	b.Hard[0].Problem = "It is an opt-out."
	return b
}

func settingsSample(v Visit, p web.Problems) shopForm {
	f := formOf(v.Shop, "help@example.com")
	f.Visit, f.Zones, f.Problems = v, zoneOptions(f.Zone), p
	return f
}

func analyticsSample(v Visit) analyticsBody {
	b := analyticsBody{Visit: v, Ranges: []web.Link{{Label: "Today", Current: true}}, Problems: web.Problems{"from": "Choose the first day."}}
	n := texting.Numbers{Sent: 5, Held: 2, Replied: 1, Segments: 7}
	b.fill(texting.Analytics{Total: n, Rows: []texting.Slice{{Name: "Upcoming Order", Numbers: n}}, ByDay: []texting.Slice{{Day: "2026-11-20", Numbers: n}, {Day: "2026-11-21"}}})
	return b
}

func TestReadableKeepsWhatIsNotJSON(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"nothing":          {"", ""},
		"no body":          {"POST /v1/x", "POST /v1/x"},
		"a body":           {"POST /v1/x\n{\"a\":1}", "POST /v1/x\n{\n  \"a\": 1\n}"},
		"a body cut short": {"POST /v1/x\n{\"a\":", "POST /v1/x\n{\"a\":"},
		"plain text":       {"Unauthorized", "Unauthorized"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := readable(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSignInLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{
		"/s/shop_1/deliveries?state=sent": "/s/shop_1/deliveries?state=sent",
		"":                                "/", "https://evil.example/": "/", "//evil.example/x": "/", `/\evil.example`: "/", "javascript:alert(1)": "/", "/\tevil": "/", "x": "/",
		"/%2Fevil.example": "/", "/%2f%2fevil.example/x": "/", "/%5Cevil.example": "/", "/s/shop_1/%2F": "/s/shop_1//",
	} {
		if got := local(next); got != want {
			t.Errorf("local(%q) = %q, want %q", next, got, want)
		}
	}
}

func TestWallMinutes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"11:00": 660, "9": 540, "24:00": 1440, "00:30": 30, "24:01": -1, "9:60": -1, "": -1, "-1:00": -1, "noon": -1, "9:-5": -1} {
		got, ok := wallMinutes(in)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("wallMinutes(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestTraceEntriesSayWhatFirst(t *testing.T) {
	t.Parallel()
	v := Visit{Shop: bridge.Shop{ID: "shop_1"}}
	e := v.traceEntry(bridge.Trace{Kind: "delivery", Text: "Upcoming Order not sent: Not a Postscript subscriber.", Ref: "dlv_9"})
	if e.What != "Upcoming Order not sent" || e.Why != "Not a Postscript subscriber." || e.Tone != web.Warn || !strings.HasSuffix(e.Detail[0].Href, "/deliveries/dlv_9") {
		t.Errorf("%+v", e)
	}
	e = v.traceEntry(bridge.Trace{Kind: "new kind", Text: "Something new"})
	if e.What != "Something new" || e.Icon != "info" {
		t.Errorf("%+v", e)
	}
}
