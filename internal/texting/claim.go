package texting

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/message"
	"rejoinder/internal/waking"
)

// stopWords end the first text a person gets: carriers and the law ask for them.
const stopWords = "Reply STOP to unsubscribe."

// claim is one round of sending of one shop, inside its transaction: the last look at each message.
type claim struct {
	t      *Texting
	tx     Tx
	shopID string
	now    time.Time

	shop        Shop
	people      map[string]Recipient
	events      map[string]Event
	automations map[string]Automation

	taken int
	send  []Message // marked as sending; the gateway has to be asked
}

func newClaim(t *Texting, tx Tx, shopID string) *claim {
	return &claim{t: t, tx: tx, shopID: shopID, now: tx.Now(), automations: map[string]Automation{}}
}

func (c *claim) take() error {
	due, err := c.tx.DueMessages(c.shopID, sendBatch)
	if err != nil || len(due) == 0 {
		return err
	}
	c.taken = len(due)
	if c.shop, err = c.tx.TextingShop(c.shopID); err != nil {
		return err
	}
	if err := c.load(due); err != nil {
		return err
	}
	for _, m := range due {
		if err := c.look(&m); err != nil {
			return err
		}
		if err := c.tx.SaveSending(m); err != nil {
			return err
		}
		if m.State == SendingNow {
			c.send = append(c.send, m)
		}
	}
	return nil
}

// load reads, in few queries, what the look at the messages needs.
func (c *claim) load(due []Message) (err error) {
	var people, events []string
	for _, m := range due {
		if m.SubscriberID != "" {
			people = append(people, m.SubscriberID)
		}
		if m.EventID != "" {
			events = append(events, m.EventID)
		}
	}
	if c.people, err = c.tx.Recipients(c.shopID, people); err != nil {
		return err
	}
	if c.events, err = c.tx.Events(c.shopID, events); err != nil {
		return err
	}
	for _, m := range due {
		if _, ok := c.automations[m.AutomationID]; ok || m.AutomationID == "" {
			continue
		}
		a, err := c.tx.Automation(c.shopID, m.AutomationID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		c.automations[m.AutomationID] = a // the zero Automation if it is gone
	}
	return nil
}

// look decides about one message that is due: it is marked as sending, waits on, or ends with a reason.
func (c *claim) look(m *Message) error {
	if m.State == SendingNow && !c.t.dropsRepeats() {
		m.State, m.SentAt, m.Reason = Unknown, c.now, "The program ended while the text was handed over; it may have gone out and is not repeated."
		return nil
	}
	maybeSent := m.State == SendingNow || m.State == Waiting && m.Attempts > 0
	who, err := c.recipient(m)
	if err != nil {
		return err
	}
	if reason, ok := m.allowed(who); !ok {
		c.end(m, Suppressed, reason)
		if maybeSent {
			m.Reason += " It was tried before, so it may have gone out."
		}
		return nil
	}
	if m.State != SendingNow && c.off(m) || c.asleep(m, who) {
		return nil
	}
	if m.Body == "" || m.Kind == KindAutomation && m.Attempts == 0 {
		if err := c.render(m, who); err != nil {
			c.end(m, Failed, fault.Message(err))
			return nil
		}
	}
	if m.Attempts == 0 {
		c.welcome(m, who)
	}
	if n := utf8.RuneCountInString(m.Body); n > message.MaxCharacters {
		c.end(m, Failed, fmt.Sprintf("With the values filled in, the text has %d characters; at most %d can be sent.", n, message.MaxCharacters))
		return nil
	}
	m.Segments = segmentsOf(m.Body)
	m.State, m.Hold, m.Reason, m.DueAt, m.Attempts = SendingNow, "", "", c.now.Add(sendLease), m.Attempts+1
	return nil
}

// end ends a message without sending it.
func (c *claim) end(m *Message, state MessageState, reason string) {
	m.State, m.Hold, m.Reason, m.DueAt = state, "", reason, c.now
}

// recipient returns who gets the message, with the number they have now. A number without a subscriber may be
// one of somebody all the same, who opted out.
func (c *claim) recipient(m *Message) (Recipient, error) {
	if m.SubscriberID == "" {
		who, err := c.tx.MatchRecipient(c.shopID, "", m.Phone, "")
		if fault.Is(err, fault.NotFound) {
			return Recipient{Phone: m.Phone}, nil
		}
		return who, err
	}
	who, ok := c.people[m.SubscriberID]
	if !ok {
		return Recipient{Status: Redacted}, nil
	}
	if who.Phone != "" {
		m.Phone = who.Phone
	}
	return who, nil
}

// off holds a message back while its automation is switched off, and ends one that has been held too long or
// whose step is gone. It reports whether the message is dealt with.
func (c *claim) off(m *Message) bool {
	if m.Kind != KindAutomation {
		return false
	}
	a := c.automations[m.AutomationID]
	switch {
	case a.ID == "":
		c.end(m, Suppressed, "The automation was deleted.")
	case m.Step >= len(a.Messages):
		c.end(m, Suppressed, "This message was taken out of the automation.")
	case a.Active:
		return false
	case c.now.Before(m.PlannedAt.Add(usefulOff)):
		m.State, m.Hold, m.DueAt = Waiting, HoldOff, m.PlannedAt.Add(usefulOff)
		m.Reason = "The automation is switched off."
	default:
		c.end(m, Suppressed, "The automation was switched off for a day after this was due.")
	}
	return true
}

// asleep holds a message until the recipient's waking hours. It reports whether it did.
func (c *claim) asleep(m *Message, who Recipient) bool {
	if m.atOnce() {
		return false
	}
	opens, ok := who.opening(c.shop, c.now)
	switch {
	case ok && !opens.After(c.now):
		return false
	case ok:
		m.DueAt, m.Reason = opens, "Waits for the recipient's waking hours."
	default:
		m.DueAt, m.Reason = c.now.Add(waking.Horizon), "The waking hours set for this shop leave no time for this recipient."
	}
	m.State, m.Held, m.Hold = Waiting, true, HoldHours
	return true
}

// render fills in the copy of an automation's message.
func (c *claim) render(m *Message, who Recipient) error {
	if m.Kind != KindAutomation {
		return fault.New(fault.Invalid, "The text is empty.")
	}
	tpl, err := message.Parse(c.automations[m.AutomationID].Messages[m.Step].Copy)
	if err != nil {
		return err
	}
	m.Body, err = tpl.Render(who.valuesOf(c.shop, c.events[m.EventID].Properties), standardTags())
	return err
}

// welcome adds the opt-out wording to the first text a person gets.
func (c *claim) welcome(m *Message, who Recipient) {
	switch m.Kind {
	case KindAutomation, KindAPI, KindKeyword:
	default:
		return
	}
	if who.ID == "" || who.Welcomed {
		return
	}
	m.Body = withOptOut(m.Body)
}

// withOptOut is a text with the opt-out wording, unless it says how to stop already.
func withOptOut(body string) string {
	if saysStop(body) {
		return body
	}
	return strings.TrimRight(body, " \n") + " " + stopWords
}

// saysStop reports whether a text tells how to stop: it has STOP in capitals as a word.
func saysStop(body string) bool {
	for rest := body; ; {
		i := strings.Index(rest, "STOP")
		if i < 0 {
			return false
		}
		before, after := i == 0 || !letter(rest[i-1]), i+4 == len(rest) || !letter(rest[i+4])
		if before && after {
			return true
		}
		rest = rest[i+4:]
	}
}

func letter(b byte) bool { return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }
