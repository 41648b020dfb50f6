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
const (
	Waiting    MessageState = "waiting"
	SendingNow MessageState = "sending"
	Sent       MessageState = "sent"
	Delivered  MessageState = "delivered"
	Failed     MessageState = "failed"
	Suppressed MessageState = "suppressed"
	Unknown    MessageState = "unknown"
	Received   MessageState = "received"
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
	Step         int
	Trigger      string // its name as merchants see it
	Body         string
	Segments     int
	Category     string
	ReplyTo      string // the inbound message this answers: it may go out at once
	State        MessageState
	Held         bool // waits for waking hours
	DueAt        time.Time
	Attempts     int
	Reason       string
	GatewayID    string // inbound: the gateway's own id, by which a repeat is known
	ReadAt       time.Time
	NeedsPerson  bool
	Note         string // inbound: what it was taken for, in words
	CreatedAt    time.Time
	SentAt       time.Time
}

type messageTx interface {
	// AddMessage adds a message, unless it is an inbound one whose GatewayID was seen before in the shop, or
	// repeats a step of an automation for the same event; it reports whether it was added.
	AddMessage(Message) (bool, error)
	// Message returns one message of a shop; fault.NotFound if there is none.
	Message(shopID, id string) (Message, error)
}

// queueMessage adds an outbound message: waiting, due now unless DueAt is set. The caller wakes WakeSend for
// the shop after the commit.
func queueMessage(tx Tx, m Message) error {
	if m.ID == "" {
		m.ID = ident.New("msg", tx.Now())
	}
	m.Direction, m.State, m.CreatedAt = Out, Waiting, tx.Now()
	if m.DueAt.IsZero() {
		m.DueAt = tx.Now()
	}
	m.Segments = message.Segments(m.Body).Segments
	_, err := tx.AddMessage(m)
	return err
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
