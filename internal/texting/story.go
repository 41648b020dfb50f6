package texting

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/waking"
)

// StoryKind says what a line of a story is about.
type StoryKind string

// The kinds of a story's lines.
const (
	StoryTrigger StoryKind = "trigger" // what the automations made of a trigger
	StoryOut     StoryKind = "out"     // a text to the person
	StoryIn      StoryKind = "in"      // a text of theirs
)

// StoryTone says how a line of a story ended.
type StoryTone string

// The tones.
const (
	StoryPlain   StoryTone = ""        // nothing to remark, or still open
	StoryDone    StoryTone = "done"    // it went out
	StoryHeld    StoryTone = "held"    // it waits for longer than it wanted to
	StoryStopped StoryTone = "stopped" // it was decided not to text
	StoryFailed  StoryTone = "failed"  // it could not be texted, or nobody knows
)

// StoryLine is one thing that happened here about a person, in words without their number.
type StoryLine struct {
	ID   string // of the event or message
	At   time.Time
	Kind StoryKind
	Tone StoryTone
	What string // without a full stop
	Why  string // a sentence, or ""
	// Cause is what its sender calls the trigger: for the bridge, the id of its delivery.
	Cause string
}

// storyTx is what happened about one person. A message stands at the moment when it went out or was decided
// upon last.
type storyTx interface {
	// StoryMessages returns messages to and from a subscriber or, with subscriberID "", a number, before a
	// moment, newest first; test sends are left out.
	StoryMessages(shopID, subscriberID, phone string, before time.Time, limit int) ([]StoryMessage, error)
	// EventsAbout returns a subscriber's events received before a moment that were looked at, newest first.
	EventsAbout(shopID, subscriberID string, before time.Time, limit int) ([]Event, error)
}

// StoryMessage is a message with the moment at which it stands in a story.
type StoryMessage struct {
	Message
	At time.Time
}

// StoryOf tells what this half did about a number, before a moment (zero: all), newest first, at most limit
// lines: what became of each trigger, and of each text. Times of day are the person's. A number nobody knows has
// an empty story.
func (t *Texting) StoryOf(ctx context.Context, shopID, phone string, before time.Time, limit int) (list []StoryLine, err error) {
	defer fault.Wrap(&err, "texting: story in %s", shopID)
	if phone == "" {
		return nil, nil
	}
	limit = clampLimit(limit)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list = nil
		s := story{}
		if s.shop, err = tx.TextingShop(shopID); err != nil {
			return err
		}
		if before.IsZero() {
			before = tx.Now().Add(time.Second)
		}
		if s.who, err = tx.MatchRecipient(shopID, "", phone, ""); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		s.zone = s.who.clock(s.shop, phone)
		texts, err := tx.StoryMessages(shopID, s.who.ID, phone, before, limit)
		if err != nil {
			return err
		}
		for _, m := range texts {
			list = append(list, s.text(m))
		}
		if s.who.ID == "" {
			return nil
		}
		if s.triggers, err = tx.ShopTriggers(shopID, maxTriggers); err != nil {
			return err
		}
		events, err := tx.EventsAbout(shopID, s.who.ID, before, limit)
		for _, e := range events {
			list = append(list, s.event(e))
		}
		return err
	})
	slices.SortStableFunc(list, func(a, b StoryLine) int { return b.At.Compare(a.At) })
	return list[:min(len(list), limit)], err
}

// story puts what happened about one person into words.
type story struct {
	shop     Shop
	who      Recipient
	zone     *time.Location
	triggers []RegisteredTrigger
}

// clock is the zone of the person's own clock: theirs, or the one their number points to, or the shop's.
func (r Recipient) clock(shop Shop, phone string) *time.Location {
	zones, _, err := waking.Recipient(r.Zone, phone, shop.Zone)
	if err != nil || len(zones) == 0 {
		return time.UTC
	}
	return zones[0]
}

func (s story) event(e Event) StoryLine {
	name := e.TriggerID
	if e.Engine == EngineLegacy {
		name = "A trigger that was removed"
		for _, tr := range s.triggers {
			if tr.ID == e.TriggerID {
				name = quoted(tr.Name)
			}
		}
	}
	l := StoryLine{ID: e.ID, At: e.ReceivedAt, Kind: StoryTrigger, Cause: strings.TrimPrefix(e.ExternalID, e.TriggerID+"/"), What: name + " reached the automations", Why: curly(e.Outcome)}
	if strings.Contains(e.Outcome, "not started") || strings.HasPrefix(e.Outcome, "No automation") {
		l.Tone = StoryStopped
	}
	return l
}

func (s story) text(m StoryMessage) StoryLine {
	l := StoryLine{ID: m.ID, At: m.At, Kind: StoryOut}
	if m.Direction == In {
		l.Kind, l.What, l.Why = StoryIn, "They wrote "+excerpt(m.Body), ""
		if m.Body == "" {
			l.What = "They wrote"
		}
		if m.Kind != KindReply {
			l.Why = m.Note
		}
		return l
	}
	name := textName(m.Message)
	switch m.State {
	case Sent, Delivered:
		l.What, l.Tone = name+" sent", StoryDone
		if m.Held {
			l.Why = "It had been held for waking hours."
		}
	case Failed:
		l.What, l.Why, l.Tone = name+" not sent", m.Reason, StoryFailed
	case Suppressed:
		l.What, l.Why, l.Tone = name+" not sent", m.Reason, StoryStopped
	case Unknown:
		l.What, l.Why, l.Tone = name+" may have been sent", m.Reason, StoryFailed
	case SendingNow:
		l.What = name + " on its way"
	default:
		s.waiting(&l, m.Message, name)
	}
	return l
}

// waiting says what a text waits for.
func (s story) waiting(l *StoryLine, m Message, name string) {
	until := s.moment(m.DueAt, l.At)
	switch {
	case m.Hold == HoldHours:
		l.What, l.Why, l.Tone = name+" held until "+until+" (waking hours)", m.Reason, StoryHeld
	case m.Hold == HoldOff:
		l.What, l.Why, l.Tone = name+" held back", m.Reason, StoryHeld
	case m.Attempts > 0:
		l.What, l.Why, l.Tone = name+" tried again at "+until, m.Reason, StoryHeld
	default:
		l.What = name + " goes out at " + until
	}
}

// moment is a time on the person's clock, with the day if it is not that of a moment before.
func (s story) moment(at, from time.Time) string {
	at, from = at.In(s.zone), from.In(s.zone)
	layout := "3:04 PM"
	if at.YearDay() != from.YearDay() || at.Year() != from.Year() {
		layout = "Mon, Jan 2, 3:04 PM"
	}
	return at.Format(layout) + " " + clockName(s.zone)
}

// clockNames are what people call the zones of the United States; elsewhere the city says it.
var clockNames = map[string]string{
	"America/New_York": "Eastern", "America/Detroit": "Eastern", "America/Chicago": "Central", "America/Denver": "Mountain",
	"America/Phoenix": "Arizona", "America/Los_Angeles": "Pacific", "America/Anchorage": "Alaska", "Pacific/Honolulu": "Hawaii",
}

func clockName(zone *time.Location) string {
	name := zone.String()
	if known, ok := clockNames[name]; ok {
		return known + " time"
	}
	if name == "UTC" {
		return name
	}
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ") + " time"
}

// textName is what a text to the person is called.
func textName(m Message) string {
	switch m.Kind {
	case KindAutomation:
		return "Text " + quoted(m.Trigger)
	case KindPerson:
		return "Answer of a person"
	case KindKeyword:
		return "Answer to a keyword"
	case KindOptIn:
		return "Text about wanting texts"
	case KindOptOut:
		return "Confirmation of the opt-out"
	case KindHelp:
		return "Answer to HELP"
	}
	return "Text of a program"
}

// quoted is a trigger's name without its sender's.
func quoted(trigger string) string {
	if _, own, ok := strings.Cut(trigger, ": "); ok {
		trigger = own
	}
	return "“" + trigger + "”"
}

// curly turns the straight quotes of stored words into those of pages.
func curly(s string) string {
	var b strings.Builder
	open := false
	for _, r := range s {
		if r != '"' {
			b.WriteRune(r)
			continue
		}
		if open = !open; open {
			b.WriteRune('“')
		} else {
			b.WriteRune('”')
		}
	}
	return b.String()
}

const quotedWords = 60 // characters of a person's text that a story repeats

func excerpt(body string) string {
	body = strings.Join(strings.Fields(body), " ")
	if utf8.RuneCountInString(body) > quotedWords {
		body = string([]rune(body)[:quotedWords-1]) + "…"
	}
	return "“" + body + "”"
}
