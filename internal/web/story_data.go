package web

import (
	"strings"
	"time"
)

// storyZone and storyNow fix the story in time, so that its screenshots can be compared.
var (
	storyZone = time.FixedZone("EDT", -4*60*60)
	storyNow  = time.Date(2026, time.October, 14, 11, 42, 0, 0, storyZone)
)

func storyAt(day, hour, minute int) time.Time {
	return time.Date(2026, time.October, day, hour, minute, 0, 0, storyZone)
}

func storyNav() []NavGroup {
	return []NavGroup{
		{Items: []NavItem{
			{Key: "home", Label: "Home", Href: "/story/home", Icon: "home"},
			{Key: "integrations", Label: "Integrations", Href: "/story", Icon: "plug"},
			{Key: "triggers", Label: "Triggers", Href: "/story", Icon: "bolt"},
			{Key: "customers", Label: "Customers", Href: "/story/customer", Icon: "users"},
			{Key: "deliveries", Label: "Deliveries", Href: "/story", Icon: "send"},
		}},
		{Title: "Messaging", Items: []NavItem{
			{Key: "automations", Label: "Automations", Href: "/story/editor", Icon: "flow"},
			{Key: "responses", Label: "Responses", Href: "/story", Icon: "inbox", Count: 3},
			{Key: "analytics", Label: "Analytics", Href: "/story", Icon: "chart"},
		}},
		{Title: "Set-up", Items: []NavItem{
			{Key: "api", Label: "API keys", Href: "/story", Icon: "key"},
			{Key: "settings", Label: "Settings", Href: "/story", Icon: "gear"},
			{Key: "phone", Label: "Phone", Href: "/story/phone", Icon: "phone"},
			{Key: "story", Label: "Components", Href: "/story", Icon: "book"},
		}},
	}
}

func storyPages() map[string]Page {
	admin := func(section, title, lead string, body any) Page {
		return Page{
			Title: title, Lead: lead, Section: section, Nav: storyNav(), Body: body,
			Shop:  Shop{Name: "Blue Door Coffee", Href: "/story/home"},
			Shops: []Link{{Label: "Blue Door Coffee", Href: "/story", Current: true}, {Label: "Field Soap", Href: "/story"}},
			User:  User{Name: "Sample Owner", Email: "owner@example.com", Role: "Owner", SignOut: "/story/sign-out"},
			Bar:   &Bar{Text: "Demo: the clock stands at Wednesday, October 14, 11:42 AM.", Link: Link{Label: "Move it", Href: "/story/phone"}},
		}
	}
	shopper := Shop{Name: "Blue Door Coffee"}
	customer := admin("customers", "Ana Sample", "", storyCustomer())
	customer.Crumbs = []Link{{Label: "Customers", Href: "/story"}}
	editor := admin("automations", "Upcoming Order", "Sent three days before each order, to everybody who subscribed.", storyEditor())
	editor.Crumbs = []Link{{Label: "Automations", Href: "/story"}}
	phone := admin("phone", "Phone", "A sandbox handset: nothing here reaches a real person.", storyPhone())
	phone.Wide = true
	return map[string]Page{
		"components": admin("story", "Components", "Everything pages are built from, in every state.", storyComponents()),
		"home":       admin("home", "Good morning", "Everything is connected. 48 texts go out today.", storyHome()),
		"customer":   customer,
		"editor":     editor,
		"phone":      phone,
		"account":    {Title: "Your orders", Lead: "Hello Ana. Changes count until the day before each order.", Frame: FramePlain, Shop: shopper, Body: storyAccount()},
		"signin":     {Title: "Sign in", Frame: FramePlain, Body: storySignIn{Problems: Problems{"password": "This e-mail and password do not belong together."}}},
	}
}

type storySignIn struct{ Problems Problems }

type storyRow struct {
	Name, Phone, Next, Items string
	State                    Pill
	On                       bool
}

type storyComponentsBody struct {
	Now       time.Time
	Zone      *time.Location
	Icons     []string
	Pills     []Pill
	Flashes   []Flash
	Rows      []storyRow
	Pager     Pager
	Bars      Chart
	Lines     Chart
	Timeline  Timeline
	Thread    Thread
	Steps     Steps
	Intervals []Option
	Problems  Problems
}

func storyComponents() storyComponentsBody {
	days := []string{"Oct 1", "Oct 2", "Oct 3", "Oct 4", "Oct 5", "Oct 6", "Oct 7", "Oct 8", "Oct 9", "Oct 10", "Oct 11", "Oct 12", "Oct 13", "Oct 14"}
	return storyComponentsBody{
		Now: storyNow, Zone: storyZone, Icons: IconNames(),
		Pills: []Pill{{OK, "Connected"}, {Info, "On its way"}, {Warn, "Held"}, {Bad, "Refused"}, {Quiet, "Switched off"}},
		Flashes: []Flash{
			{OK, "Automation saved and switched on."},
			{Info, "Importing 1,204 customers. This page may be left."},
			{Warn, "Replies will not arrive until the public address is set."},
			{Bad, "Postscript does not know this key. Copy it again from Settings, API."},
		},
		Rows: []storyRow{
			{"Ana Sample", "+1 ••• ••• ••12", "Sat, Oct 17", "House Blend, Decaf", Pill{OK, "Active"}, true},
			{"Ben Sample", "+1 ••• ••• ••34", "Sat, Oct 31", "Single Origin", Pill{Warn, "Paused"}, false},
			{"Chi Sample", "no phone", "–", "House Blend", Pill{Quiet, "Cancelled"}, false},
		},
		Pager: Pager{Page: 2, Size: 25, Total: 1204, Path: "/story"},
		Bars: Chart{ID: "story-bars", Title: "Messages by day", Desc: "Between 30 and 80 messages a day, most of them sent.", Unit: "messages", Labels: days, Series: []Series{
			{"Sent", []float64{31, 42, 38, 12, 9, 44, 51, 48, 47, 40, 15, 11, 52, 48}},
			{"Held", []float64{4, 2, 6, 1, 0, 3, 5, 8, 2, 4, 0, 1, 6, 9}},
			{"Failed", []float64{0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0, 1}},
		}},
		Lines: Chart{ID: "story-lines", Title: "Replies by day", Desc: "Replies rise with the notices; opt-outs stay near nought.", Unit: "", Labels: days, Series: []Series{
			{"Replies", []float64{9, 12, 11, 3, 2, 14, 17, 15, 13, 12, 5, 3, 18, 16}},
			{"Opt-outs", []float64{0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0}},
		}},
		Timeline: storyTrace(), Thread: Thread{Zone: storyZone, Bubbles: storyBubbles()}, Steps: storySteps(),
		Intervals: []Option{{"week", "weeks"}, {"month", "months"}},
		Problems:  Problems{"wait": "A wait is at least 1 minute.", "copy": "There is no tag {frist_name} for this trigger. Did you mean {first_name}?", "agree": "Please confirm that they agreed."},
	}
}

type storyHomeBody struct {
	Steps Steps
	Bars  Chart
}

func storyHome() storyHomeBody {
	return storyHomeBody{Steps: storySteps(), Bars: storyComponents().Bars}
}

func storySteps() Steps {
	return Steps{
		{Title: "Create a key pair", Text: "The private key lets the bridge talk to the texting half.", Link: Link{Label: "Settings, API", Href: "/story"}, Done: true},
		{Title: "Connect Postscript", Text: "Paste the private key and press Confirm.", Link: Link{Label: "Integrations", Href: "/story"}, Done: true},
		{Title: "Make an automation", Text: "Choose the trigger Upcoming Order, write the text, and switch it on.", Link: Link{Label: "Create automation", Href: "/story/editor"}},
		{Title: "Move the clock to three days before an order", Text: "The customer's phone shows the text.", Link: Link{Label: "Open the phone", Href: "/story/phone"}},
		{Title: "Answer SKIP", Text: "The order is skipped, and the answer names the new date.", Link: Link{Label: "Open the phone", Href: "/story/phone"}},
	}
}

type storyCustomerBody struct {
	Zone     *time.Location
	Timeline Timeline
	Thread   Thread
}

func storyCustomer() storyCustomerBody {
	return storyCustomerBody{Zone: storyZone, Timeline: storyTrace(), Thread: Thread{Zone: storyZone, Bubbles: storyBubbles()}}
}

func storyTrace() Timeline {
	return Timeline{Zone: storyZone, Entries: []Entry{
		{At: storyAt(14, 11, 42), Icon: "send", Tone: OK, What: "Order Skipped sent", Why: "The order of Saturday, October 17 was skipped. Answers go out at once.", Detail: []Link{{Label: "Request and answer", Href: "/story"}, {Label: "201 in 84 ms"}}},
		{At: storyAt(14, 11, 42), Icon: "skip", Tone: OK, What: "Order skipped", Why: "Read back from the subscription: the next order is on Saturday, November 14."},
		{At: storyAt(14, 11, 41), Icon: "reply", Tone: Info, What: "Reply understood as SKIP", Why: "It answers the notice for October 17, sent 41 minutes before.", Quote: "can you skip this one please 🙏"},
		{At: storyAt(14, 11, 0), Icon: "message", Tone: OK, What: "Upcoming Order sent", Why: "Three days before October 17, at the shop's notice hour. One text for two subscriptions.", Detail: []Link{{Label: "Request and answer", Href: "/story"}, {Label: "2 segments"}}},
		{At: storyAt(13, 22, 5), Icon: "clock", Tone: Warn, What: "Payment Method Updated held", Why: "It is 10:05 PM where the customer is. It goes out when waking hours open, at 11:00 AM."},
		{At: storyAt(13, 9, 12), Icon: "alert", Tone: Bad, What: "Payment Method Failed refused", Why: "Postscript answered: the subscriber has opted out."},
		{At: storyAt(12, 16, 30), Icon: "info", Tone: Quiet, What: "Subscription Created not sent", Why: "The subscription came with an import. An import never texts anybody."},
	}}
}

func storyBubbles() []Bubble {
	return []Bubble{
		{At: storyAt(14, 11, 0), Ours: true, Text: "Hi Ana, your House Blend and Decaf from Blue Door Coffee ship on Saturday, October 17. Reply SKIP to skip or DELAY to move it. STOP to opt out."},
		{At: storyAt(14, 11, 41), Text: "can you skip this one please 🙏"},
		{At: storyAt(14, 11, 42), Ours: true, Text: "Done, we skipped October 17. Your next order is on Saturday, November 14. Reply UNDO if that was a mistake."},
		{At: storyAt(14, 11, 50), Text: "Thanks! Do you also sell filters?"},
		{At: storyAt(14, 12, 4), Ours: true, Author: "Sample Owner", State: Info, Note: "On its way", Text: "We do, size 2 and 4."},
		{At: storyAt(14, 22, 5), Ours: true, State: Quiet, Note: "Held until 11:00 AM", Text: "Your card was updated. Thank you!"},
		{At: storyAt(15, 11, 0), Ours: true, State: Bad, Note: "Failed: this number cannot receive texts", Text: "Your order is on its way."},
	}
}

type storyEditorBody struct {
	Name, Copy, Wait string
	Triggers, Who    []Option
	Tags             []string
	Problems         Problems
	Preview          storyPreview
}

type storyPreview struct {
	Text       string
	Characters int
}

// storyPreviewOf fills two tags for show. Real previews render and count with package message.
func storyPreviewOf(text string) storyPreview {
	text = strings.NewReplacer("{first_name}", "Ana", "{delivery_date}", "Saturday, October 17").Replace(text)
	return storyPreview{Text: text, Characters: len([]rune(text))}
}

func storyEditor() storyEditorBody {
	text := "Hi {first_name}, your order ships on {delivery_date}. Reply SKIP to skip it or DELAY to move it by a week."
	return storyEditorBody{
		Name: "Three days before", Copy: text, Wait: "0",
		Triggers: []Option{{"UpcomingOrder", "Rejoinder: Upcoming Order"}, {"OrderSkipped", "Rejoinder: Order Skipped"}},
		Who:      []Option{{"1", "Ana Sample"}, {"2", "Ben Sample"}},
		Tags:     []string{"{first_name}", "{delivery_date}", "{days_until}", "{product_names}", "{order_total}", "{reply_by}", "{account_page_link}"},
		Problems: Problems{"": "Not saved yet. Please look at the marked field.", "wait": "A wait is at least 1 minute. Only triggers that answer a reply may go right away."},
		Preview:  storyPreviewOf(text),
	}
}

type storyPhoneBody struct {
	Customers []Link
	Thread    Thread
	Timeline  Timeline
}

func storyPhone() storyPhoneBody {
	return storyPhoneBody{
		Customers: []Link{
			{Label: "Ana Sample", Href: "/story/phone", Current: true},
			{Label: "Ben Sample", Href: "/story/phone"},
			{Label: "Kai Sample", Href: "/story/phone"},
			{Label: "Chi Sample", Href: "/story/phone"},
		},
		Thread: Thread{Zone: storyZone, Phone: true, Bubbles: storyBubbles()[:4]}, Timeline: Timeline{Zone: storyZone, Entries: storyTrace().Entries[:4]},
	}
}

type storyOrder struct {
	Date  string
	Items []Link
	State Pill
	Can   bool
}

type storyAccountBody struct{ Orders []storyOrder }

func storyAccount() storyAccountBody {
	return storyAccountBody{Orders: []storyOrder{
		{"Saturday, October 17", []Link{{Label: "House Blend, 500 g", Href: "$18.00"}, {Label: "Decaf, 250 g", Href: "$11.00"}}, Pill{OK, "Coming"}, true},
		{"Saturday, November 14", []Link{{Label: "House Blend, 500 g", Href: "$18.00"}}, Pill{Quiet, "Skipped"}, false},
	}}
}
