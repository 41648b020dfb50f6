package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"time"
)

// Pill is a state in a word: {{template "pill" .}}.
type Pill struct {
	Tone  Tone
	Label string
}

// Tile is one number of a row of numbers: {{template "tile" .}}.
type Tile struct {
	Label, Value, Note string
	Href               string
	Tone               Tone // colours the note
}

// Empty is what a list shows when there is nothing: {{template "empty" .}}.
type Empty struct {
	Icon, Title, Text string
	Link              Link // drawn as a button unless Label is ""
}

// OnOff is a switch that posts by itself, without a script: {{template "onoff" .}}. The form sends on=true or
// on=false, the state that is asked for.
type OnOff struct {
	Action, Label string
	On            bool
	Disabled      bool
}

// Secret is a key shown once, with a button to copy it: {{template "secret" .}}.
type Secret struct{ ID, Label, Value string }

// Step is one step of the tour: {{template "steps" .}} takes a slice of them. The first that is not done is the
// next, and is drawn open.
type Step struct {
	Title, Text string
	Link        Link
	Done        bool
}

// Steps is the tour.
type Steps []Step

// Next reports whether step i is the first that is not done.
func (s Steps) Next(i int) bool {
	for j := range i {
		if !s[j].Done {
			return false
		}
	}
	return !s[i].Done
}

// Done counts the steps that are done.
func (s Steps) Done() int {
	n := 0
	for _, step := range s {
		if step.Done {
			n++
		}
	}
	return n
}

// Pager is the way through a long list: {{template "pager" .}}. It draws nothing when all fits on one page.
// Lists that page by cursor set Older and Newer and leave Page 0.
type Pager struct {
	Page, Size, Total int        // page counts from 1
	Path              string     // of the list
	Query             url.Values // filters to keep
	Newer, Older      string     // addresses, for cursors
}

// Pages returns the number of pages, at least 1.
func (p Pager) Pages() int {
	if p.Size <= 0 || p.Total <= 0 {
		return 1
	}
	return (p.Total + p.Size - 1) / p.Size
}

// Shown reports whether there is anything to page through.
func (p Pager) Shown() bool { return p.Newer != "" || p.Older != "" || p.Pages() > 1 }

// Range describes what is on this page, such as "26–50 of 1,204".
func (p Pager) Range() string {
	if p.Page == 0 {
		return ""
	}
	first := (p.Page-1)*p.Size + 1
	return fmt.Sprintf("%s–%s of %s", grouped(first), grouped(min(p.Total, first+p.Size-1)), grouped(p.Total))
}

// Back returns the address of the page before, or "".
func (p Pager) Back() string { return p.at(p.Page-1, p.Newer) }

// Forth returns the address of the page after, or "".
func (p Pager) Forth() string { return p.at(p.Page+1, p.Older) }

func (p Pager) at(page int, cursor string) string {
	if p.Page == 0 {
		return cursor
	}
	if page < 1 || page > p.Pages() {
		return ""
	}
	q := url.Values{}
	for key, v := range p.Query {
		q[key] = v
	}
	q.Set("page", strconv.Itoa(page))
	return p.Path + "?" + q.Encode()
}

// Timeline is a trace: what happened, when, and why. {{template "timeline" .}} draws it under the days of Zone.
type Timeline struct {
	Zone    *time.Location
	Entries []Entry // in the order they are to be read
}

// Entry is one decision of a trace.
type Entry struct {
	At     time.Time
	Icon   string // by kind: bolt a trigger, send a delivery, message a text out, reply a text in, skip, delay, undo, …
	Tone   Tone
	What   string // "Upcoming Order sent"
	Why    string // the reason, as a sentence
	Detail []Link // facts behind it: Label, with Href when there is a page for it
	Quote  string // a message's text, drawn apart
}

// Day is a part of a timeline or thread that falls on one day of its zone.
type Day[T any] struct {
	Title template.HTML
	Items []T
}

// Days groups the entries by day, keeping their order.
func (t Timeline) Days() []Day[Entry] {
	return byDay(t.Entries, t.Zone, func(e Entry) time.Time { return e.At })
}

// Thread is a conversation: {{template "thread" .}}, within the handset or a card.
type Thread struct {
	Zone    *time.Location
	Bubbles []Bubble // oldest first
	Phone   bool     // seen from the shopper's phone, where the shop's texts are the ones that come in
}

// Bubble is one text.
type Bubble struct {
	At     time.Time
	Text   string
	Ours   bool   // sent by the shop
	State  Tone   // "" delivered, Quiet held, Bad failed, Info on its way
	Note   string // under the bubble: "Held until 11:00 AM", "Failed: landline"
	Author string // who in the shop wrote it; "" for automations
}

// Clock writes the time of day of an entry.
func (t Timeline) Clock(e Entry) template.HTML { return clockIn(e.At, t.Zone) }

// Clock writes the time of day of a bubble.
func (t Thread) Clock(b Bubble) template.HTML { return clockIn(b.At, t.Zone) }

func clockIn(t time.Time, zone *time.Location) template.HTML {
	if zone == nil {
		zone = time.UTC
	}
	t = t.In(zone)
	return timeElement(t, t.Format("3:04 PM"))
}

// Right reports whether the bubble stands at the right: what the owner of this view has said.
func (t Thread) Right(b Bubble) bool { return b.Ours != t.Phone }

// Days groups the bubbles by day.
func (t Thread) Days() []Day[Bubble] {
	return byDay(t.Bubbles, t.Zone, func(b Bubble) time.Time { return b.At })
}

func byDay[T any](items []T, zone *time.Location, at func(T) time.Time) []Day[T] {
	if zone == nil {
		zone = time.UTC
	}
	var days []Day[T]
	last := ""
	for _, item := range items {
		t := at(item).In(zone)
		if key := t.Format(time.DateOnly); key != last || days == nil {
			last = key
			days = append(days, Day[T]{Title: dayTitle(t)})
		}
		d := &days[len(days)-1]
		d.Items = append(d.Items, item)
	}
	return days
}

func dayTitle(t time.Time) template.HTML {
	return template.HTML(fmt.Sprintf(`<time datetime="%s">%s</time>`, //nolint:gosec // output of time.Format only
		t.Format(time.DateOnly), t.Format("Monday, January 2, 2006")))
}
