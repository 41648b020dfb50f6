package texting

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/message"
)

// answersBy is how long a program has to answer a text before the inbox says that it needs a person.
const answersBy = time.Minute

// What a list of Responses can be narrowed to.
const (
	OnlyUnread = "unread"
	OnlyPerson = "person" // nobody has answered it
)

// Response is one inbound text with who sent it, as far as the shop knows.
type Response struct {
	Message
	FirstName string
	LastName  string
	Status    SubscriberStatus // "" for a number the shop does not know
}

// ResponseQuery chooses inbound texts.
type ResponseQuery struct {
	Only   string // "", OnlyUnread or OnlyPerson
	Before string // the ID of the last one of the page before; "" for the first page
	Limit  int    // 1 to 200; 0 means 50
}

// InboxCounts are the numbers beside Responses.
type InboxCounts struct {
	Unread int
	Person int // need a person
}

type inboxTx interface {
	// Responses returns inbound texts, newest first. Those that need a person count only from asked on backwards.
	Responses(shopID string, q ResponseQuery, asked time.Time) ([]Response, error)
	InboxCounts(shopID string, asked time.Time) (InboxCounts, error)
	// Thread returns the last messages of a subscriber or, with subscriberID "", of a number, before a moment,
	// oldest first; test sends are left out.
	Thread(shopID, subscriberID, phone string, before time.Time, limit int) ([]Message, error)
	// MarkRead records that a person has seen inbound texts of a number up to a moment.
	MarkRead(shopID, phone string, upTo time.Time) error
	// MarkPerson puts the mark "needs a person" on an inbound text or takes it off.
	MarkPerson(shopID, messageID string, needs bool) error
}

// Responses returns a page of the shop's inbound texts, all kinds, newest first.
func (t *Texting) Responses(ctx context.Context, shopID string, q ResponseQuery) (list []Response, err error) {
	defer fault.Wrap(&err, "texting: responses of %s", shopID)
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.Responses(shopID, q, tx.Now().Add(-answersBy))
		return err
	})
	return list, err
}

// InboxCounts returns how many texts nobody has read, and how many need a person.
func (t *Texting) InboxCounts(ctx context.Context, shopID string) (n InboxCounts, err error) {
	defer fault.Wrap(&err, "texting: inbox of %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		n, err = tx.InboxCounts(shopID, tx.Now().Add(-answersBy))
		return err
	})
	return n, err
}

// Thread returns the last messages to and from a subscriber before a moment (zero: now), oldest first.
func (t *Texting) Thread(ctx context.Context, shopID, subscriberID string, before time.Time, limit int) (list []Message, err error) {
	defer fault.Wrap(&err, "texting: thread of %s", subscriberID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.Thread(shopID, subscriberID, "", before, clampLimit(limit))
		return err
	})
	return list, err
}

// ThreadOf returns the thread that an inbound text belongs to, also of a number the shop does not know.
func (t *Texting) ThreadOf(ctx context.Context, shopID, messageID string, limit int) (list []Message, err error) {
	defer fault.Wrap(&err, "texting: thread of message %s", messageID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		m, err := inboundOf(tx, shopID, messageID)
		if err != nil {
			return err
		}
		list, err = tx.Thread(shopID, m.SubscriberID, m.Phone, time.Time{}, clampLimit(limit))
		return err
	})
	return list, err
}

func clampLimit(n int) int {
	if n <= 0 || n > 500 {
		return 100
	}
	return n
}

// MarkRead records that a person has seen a text and what came before it from the same number.
func (t *Texting) MarkRead(ctx context.Context, shopID, messageID string) (err error) {
	defer fault.Wrap(&err, "texting: mark %s as read", messageID)
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		m, err := inboundOf(tx, shopID, messageID)
		if err != nil {
			return err
		}
		return tx.MarkRead(shopID, m.Phone, m.CreatedAt)
	})
}

// MarkPerson marks a text as needing a person, or as settled.
func (t *Texting) MarkPerson(ctx context.Context, shopID, messageID string, needs bool) (err error) {
	defer fault.Wrap(&err, "texting: mark %s", messageID)
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		if _, err := inboundOf(tx, shopID, messageID); err != nil {
			return err
		}
		return tx.MarkPerson(shopID, messageID, needs)
	})
}

// Answer sends what a person at the shop wrote, at once, as the answer to a text, and settles that text. Its
// errors blame the field body; fault.Conflict: the person opted out, so no answer may be sent.
func (t *Texting) Answer(ctx context.Context, shopID, messageID, body string) (err error) {
	defer fault.Wrap(&err, "texting: answer %s", messageID)
	body = strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
	switch n := utf8.RuneCountInString(body); {
	case n == 0 || !utf8.ValidString(body):
		return fault.Field("body", "Write an answer first.")
	case n > message.MaxCharacters:
		return fault.Field("body", "The answer has %d characters; at most %d can be sent.", n, message.MaxCharacters)
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		m, err := inboundOf(tx, shopID, messageID)
		if err != nil {
			return err
		}
		who, err := tx.MatchRecipient(shopID, m.SubscriberID, m.Phone, "")
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		out := Message{ShopID: shopID, SubscriberID: who.ID, Phone: m.Phone, Kind: KindPerson, Body: body, ReplyTo: m.ID}
		if reason, ok := out.allowed(who); !ok || m.Phone == "" {
			return fault.New(fault.Conflict, "No answer can be sent. %s", reason)
		}
		if err := t.queueMessage(tx, out); err != nil {
			return err
		}
		if err := tx.MarkPerson(shopID, m.ID, false); err != nil {
			return err
		}
		return tx.MarkRead(shopID, m.Phone, m.CreatedAt)
	})
	return err
}

// OptOutSender ends texts to whoever sent a text, because a person at the shop said so.
func (t *Texting) OptOutSender(ctx context.Context, shopID, messageID string) (err error) {
	defer fault.Wrap(&err, "texting: opt out the sender of %s", messageID)
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		m, err := inboundOf(tx, shopID, messageID)
		if err != nil {
			return err
		}
		if m.Phone == "" {
			return errNoSubscriber // erased at their request
		}
		s, err := tx.SubscriberByPhone(shopID, m.Phone)
		if fault.Is(err, fault.NotFound) {
			s = newSubscriber(tx, shopID, m.Phone, Pending) // so that the number is never texted
			err = tx.AddSubscriber(s)
		}
		if err != nil {
			return err
		}
		if err := tx.MarkPerson(shopID, m.ID, false); err != nil {
			return err
		}
		return t.optOut(tx, &s, "agent", "Opted out in Responses by a person at the shop.")
	})
}

// inboundOf returns one inbound text.
func inboundOf(tx Tx, shopID, id string) (Message, error) {
	m, err := tx.Message(shopID, id)
	if err == nil && m.Direction != In {
		err = fault.New(fault.NotFound, "There is no such response in this shop.")
	}
	return m, err
}
