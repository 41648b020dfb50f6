package texting

import (
	"context"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/message"
)

// Directions of a message.
const (
	Out = "out"
	In  = "in"
)

// MessageKind says what a message is. The values are stored.
type MessageKind string

// The kinds. Outbound ones say who wrote the text, inbound ones what the text was taken for.
const (
	KindAutomation MessageKind = "automation"
	KindAPI        MessageKind = "api"
	KindPerson     MessageKind = "person" // an agent's answer
	KindTest       MessageKind = "test"
	KindReply      MessageKind = "reply" // inbound and ordinary

	KindKeyword MessageKind = "keyword" // in and out
	KindOptIn   MessageKind = "opt_in"
	KindOptOut  MessageKind = "opt_out"
	KindHelp    MessageKind = "help"
)

// MessageState is where a message stands.
type MessageState string

// The states. Inbound messages are Received and nothing else.
//
//	waiting ──▶ sending ──▶ sent ──▶ delivered
//	 │    ▲        │  └───▶ failed | unknown (may have arrived; not repeated)
//	 │    └─ later ┘
//	 └──▶ suppressed | failed (its copy cannot be filled in)
const (
	Waiting    MessageState = "waiting"
	SendingNow MessageState = "sending" // the gateway may have it; DueAt is when its sender is taken for dead
	Sent       MessageState = "sent"
	Delivered  MessageState = "delivered"
	Failed     MessageState = "failed"
	Suppressed MessageState = "suppressed"
	Unknown    MessageState = "unknown"
	Received   MessageState = "received"
)

// Why a waiting message waits longer than its own wait. The values are stored.
const (
	HoldHours = "hours" // the recipient's waking hours
	HoldOff   = "off"   // its automation is switched off
)

// Lanes of outbound messages: an answer to a person overtakes everything else.
const (
	LaneAnswer = 0
	LaneOther  = 1
)

// Message is one text, out or in.
type Message struct {
	ID           string
	ShopID       string
	SubscriberID string // "" for a number the shop does not know
	Phone        string // E.164
	Direction    string
	Kind         MessageKind
	AutomationID string
	EventID      string
	Step         int    // which message of its automation, from 0
	Trigger      string // its name as merchants see it
	Body         string // of an automation's message: rendered when it is sent
	Segments     int
	Category     string
	ReplyTo      string // the inbound message this answers: it may go out at once
	Lane         int
	State        MessageState
	Held         bool      // it has had to wait for waking hours
	Hold         string    // why it waits now: HoldHours, HoldOff, or "" for its own wait
	PlannedAt    time.Time // when its own wait ends
	DueAt        time.Time // when to look at it next
	Attempts     int
	Reason       string
	OnceKey      string // of an automation that runs once per subscriber; unique
	GatewayID    string // inbound: the gateway's own id, by which a repeat is known
	ReadAt       time.Time
	NeedsPerson  bool
	Note         string // inbound: what it was taken for, in words
	CreatedAt    time.Time
	SentAt       time.Time
}

// atOnce reports whether a message may go out in the recipient's night: it answers the person's own text, or a
// person or a test wrote it. Everything else waits for waking hours.
func (m Message) atOnce() bool {
	switch m.Kind {
	case KindPerson, KindTest, KindHelp, KindOptOut:
		return true
	}
	return m.ReplyTo != "" || m.Category == "conversational"
}

// allowed reports whether a message may be sent to somebody (with no Status: to a number the shop does not know),
// and if not, why. Who opted out gets the confirmation, the answer to HELP, and the question whether they want
// texts if they themselves asked for it since: never what an earlier text of theirs set going.
func (m Message) allowed(who Recipient) (reason string, ok bool) {
	switch m.Kind {
	case KindOptOut, KindTest:
		return "", true
	case KindHelp:
		if m.ReplyTo != "" {
			return "", true
		}
	case KindOptIn:
		if m.ReplyTo != "" && who.Status == OptedOut && who.Asked {
			return "", true
		}
	}
	switch who.Status {
	case Subscribed:
		return "", true
	case OptedOut:
		return "They opted out of texts.", false
	case Redacted:
		return "They were erased at their request.", false
	}
	switch m.Kind {
	case KindAutomation, KindAPI:
		return "They have not agreed to texts.", false
	}
	return "", true
}

type messageTx interface {
	// AddMessage adds a message, unless it is an inbound one whose GatewayID was seen before in the shop,
	// repeats a step of an automation for the same event, or has a OnceKey that is taken; it reports whether
	// it was added.
	AddMessage(Message) (bool, error)
	// Message returns one message of a shop; fault.NotFound if there is none.
	Message(shopID, id string) (Message, error)
}

// queueMessage adds an outbound message, waiting and due now, and wakes its sender after the commit.
func (t *Texting) queueMessage(tx Tx, m Message) error {
	added, err := addOutbound(tx, m)
	if added {
		t.wakeAfter(tx, WakeSend, m.ShopID)
	}
	return err
}

// addOutbound adds an outbound message: waiting, due now unless DueAt is set. It reports whether it was added. The
// caller wakes WakeSend for the shop when it is due.
func addOutbound(tx Tx, m Message) (bool, error) {
	if m.ID == "" {
		m.ID = ident.New("msg", tx.Now())
	}
	m.Direction, m.State, m.CreatedAt = Out, Waiting, tx.Now()
	if m.DueAt.IsZero() {
		m.DueAt = tx.Now()
	}
	m.PlannedAt, m.Lane = m.DueAt, LaneOther
	if m.atOnce() {
		m.Lane = LaneAnswer
	}
	m.Segments = message.Segments(m.Body).Segments
	return tx.AddMessage(m)
}

// Message returns one message of a shop.
func (t *Texting) Message(ctx context.Context, shopID, id string) (m Message, err error) {
	defer fault.Wrap(&err, "texting: message %s", id)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		m, err = tx.Message(shopID, id)
		return err
	})
	return m, err
}
