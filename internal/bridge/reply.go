package bridge

import (
	"context"
	"errors"
	"strings"
	"time"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// replyTx is inbound texts, the actions they led to and open questions.
type replyTx interface {
	// Writers returns the customer each text came from and keeps them all from being changed until the transaction ends;
	// nil for nobody. The same customer is the same pointer.
	Writers(from []From) ([]*Writer, error)
	// Earlier returns for each of these new replies what matters of those that came before: of its number (if it has one)
	// from since to before until, of its customer's (if it has one) those that wait.
	Earlier(fresh []Reply, since, until time.Time) ([]Earlier, error)
	// AddReplies stores replies as they come in; of one whose message id the shop has, nothing. It returns the ids of
	// those it stored.
	AddReplies(fresh []Reply) (map[string]bool, error)
	// WaitingReply returns the customer's oldest reply that is not finished; fault.NotFound if there is none.
	WaitingReply(shopID, customerID string) (Reply, error)
	// RepliesOf returns the replies with these ids of Postscript's.
	RepliesOf(shopID string, messageIDs []string) ([]Reply, error)
	// SaveReply saves state, due moment, attempts, meaning, reason and finish.
	SaveReply(Reply) error
	// HoldReplies makes the customer's waiting replies due no earlier than a moment: they keep their order.
	HoldReplies(shopID, customerID string, until time.Time) error
	// DueReplies returns keys of customers with a reply due at now, longest due first.
	DueReplies(now time.Time, limit int) ([]string, error)
	// NextReplyDue returns the earliest moment a reply becomes due; zero if there is none.
	NextReplyDue() (time.Time, error)
	// HeardFrom notes that the shop's Postscript account has called us.
	HeardFrom(shopID string) error

	// Talk returns how the talk with a customer stands.
	Talk(shopID, customerID string) (Talk, error)
	SetLanguage(shopID, customerID string, l reply.Language) error
	SetQuestion(shopID, customerID string, q *Asked) error
	// ToldNotice returns the newest notice the customer was told of by a moment, of an order date from a day on;
	// fault.NotFound if there is none. One that was being sent at that moment, and still is, counts from when its sender
	// claimed it, which is lease before its row falls due: they may have it, and nobody here knows yet.
	ToldNotice(shopID, customerID string, by time.Time, from subscription.Date, lease time.Duration) (Told, error)
	// NoticeMayBeTold marks a queued order date as told at a moment, because it is not known whether it was.
	NoticeMayBeTold(customerID string, order subscription.Date, at time.Time) error

	readingTx
	actionTx
}

// Talk is how the talk with a customer stands.
type Talk struct {
	Question *Asked         // what they were asked last, open or not; nil: nothing
	Language reply.Language // the one they wrote in last, as far as that was clear; or ""
}

// Asked is a question as a customer was asked it.
type Asked struct {
	reply.Question
	To string // what a yes is to, where that can change meanwhile: dates, prices, how many. Never shown
}

// Reply is one inbound text as Postscript delivered it.
type Reply struct {
	ID         string // rpl_…
	ShopID     string
	MessageID  string // Postscript's id of the text, the same in repeated deliveries
	Phone      subscription.Phone
	CustomerID string // "" when nobody has that number
	Body       string
	ReceivedAt time.Time // at least a microsecond after the one before from that number, so that their order is certain
	State      ReplyState
	DueAt      time.Time
	Attempts   int
	Meaning    reply.Meaning // as understood; opt_out from the start when Postscript said so
	Why        string        // one sentence for the merchant
	Certainty  reply.Certainty
	Wording    string // reply.Wording of Body, cut to 80 characters
	Meant      string // what a person said it meant, as a command ("DELAY 2 WEEKS"); Meaning stays what was read
	FinishedAt time.Time
}

// ReplyState is where a reply stands.
type ReplyState string

// The states of a reply.
//
//	new ──▶ done | person | repeated
//	 │  ▲
//	 ▼  │ the source cannot be reached
//	working        the customer has been told that it takes longer; ends like new
const (
	ReplyNew      ReplyState = "new"
	ReplyWorking  ReplyState = "working"
	ReplyDone     ReplyState = "done"
	ReplyPerson   ReplyState = "person"   // somebody has to read it
	ReplyRepeated ReplyState = "repeated" // a second delivery of a text we have under another id
)

// From is who a text came from, in Postscript's words. Phone or Subscriber may be "".
type From struct {
	ShopID     string
	Phone      subscription.Phone
	Subscriber string
}

// Writer is the customer of the number a text came from, or else of the subscriber id.
type Writer struct {
	ID         string
	Phone      subscription.Phone
	Subscriber string
	Texts      Texts
	TextsAt    time.Time
}

// Earlier is what matters of the replies that came before one. Those of its number are those its customer sent from it,
// and those that came from it while it was nobody's.
type Earlier struct {
	LastAt     time.Time // when the newest of its number came
	SameAt     time.Time // when the newest of its number with the same body came, repeated ones apart
	OtherAt    time.Time // when the newest of its number with another body came
	WaitingFor time.Time // latest due moment among its customer's that are not finished
}

// Told is a notice the customer has had.
type Told struct {
	Date subscription.Date // of the order
	At   time.Time
}

// phone reads a number as Postscript sends it. "" for what is none (a short code): there is still the subscriber's id.
func (s Shop) phone(number string) subscription.Phone {
	p, err := subscription.ParsePhone(number, or(s.Settings.Region, "US"))
	if err != nil {
		return ""
	}
	return p
}

// replyKey is the key under which a customer's replies are handled, one after the other.
func replyKey(r Reply) string { return r.ShopID + "/" + r.CustomerID }

// DueReplies returns the keys the sweep asks for.
func (b *Bridge) DueReplies(ctx context.Context, now time.Time, limit int) (keys []string, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { keys, err = tx.DueReplies(now, limit); return err })
	return keys, err
}

// NextReply returns the earliest moment a reply becomes due.
func (b *Bridge) NextReply(ctx context.Context) (at time.Time, err error) {
	err = b.o.Store.Read(ctx, func(tx Tx) error { at, err = tx.NextReplyDue(); return err })
	return at, err
}

// splitReplyKey is the reverse of replyKey.
func splitReplyKey(key string) (shopID, customerID string, err error) {
	shopID, customerID, ok := strings.Cut(key, "/")
	if !ok || shopID == "" || customerID == "" {
		return "", "", errors.New("bridge: not a key of replies")
	}
	return shopID, customerID, nil
}
