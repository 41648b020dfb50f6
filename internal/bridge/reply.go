package bridge

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// replyTx is inbound texts, the actions they led to and open questions.
type replyTx interface {
	// ReplyWriter returns the customer of an E.164 number, or else of a subscriber id, and keeps them from being
	// changed until the transaction ends; fault.NotFound if there is none. Either may be "".
	ReplyWriter(shopID string, phone subscription.Phone, subscriber string) (Customer, error)
	// Earlier returns what matters of the replies from one number from since to before until, for a new one with this
	// body.
	Earlier(shopID string, phone subscription.Phone, body string, since, until time.Time) (Earlier, error)
	// AddReply stores a reply unless the shop has one of that message id; it reports whether it did.
	AddReply(Reply) (bool, error)
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
	// fault.NotFound if there is none.
	ToldNotice(shopID, customerID string, by time.Time, from subscription.Date) (Told, error)

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

// Earlier is what matters of the replies that came from one number before.
type Earlier struct {
	LastAt     time.Time // when the newest came
	WaitingFor time.Time // latest due moment among those not finished
	SameAt     time.Time // when the newest with the same body came, repeated ones apart
	OtherAt    time.Time // when the newest with another body came
}

// Told is a notice the customer has had.
type Told struct {
	Date subscription.Date // of the order
	At   time.Time
}

// repeatWithin is how close together two texts with the same words count as one that was delivered twice.
const repeatWithin = 2 * time.Minute

// lookBack is how far back replies of one number are looked through: further than any of them can wait.
const lookBack = 31 * 24 * time.Hour

// Receive takes in one webhook of Postscript: an inbound text, an opt-in or an opt-out. It returns when that is
// stored for good; what the text asks for is carried out afterwards by AnswerReplies. Signature is Postscript's
// and secret is our own header. Errors: fault.Unauthorized when either is wrong or the shop is not connected (not
// told apart), fault.Invalid for a body that cannot be used, fault.Unavailable when the sender should try again.
// A repeated delivery is nil without a second effect.
func (b *Bridge) Receive(ctx context.Context, shopID, signature, secret string, body []byte) (err error) {
	defer func() {
		if fault.Is(err, fault.Internal) { // whoever posts learns nothing but "try again"; somebody here has to know
			b.logger().ErrorContext(ctx, "webhook not taken in", "shop", shopID, "err", err.Error())
		}
	}()
	defer fault.Wrap(&err, "bridge: receive for %s", shopID)
	from, err := b.checkSender(ctx, shopID, signature, secret)
	if err != nil {
		return err
	}
	hook, err := postscript.ParseWebhook(body)
	if err != nil {
		return err
	}
	switch hook.Event {
	case postscript.EventIncomingMessage:
		m, err := hook.Incoming()
		if err != nil {
			return err
		}
		return b.receiveText(ctx, from, m)
	case postscript.EventOptIn, postscript.EventOptOut:
		c, err := hook.Change()
		if err != nil {
			return err
		}
		return b.receiveConsent(ctx, from, hook, c)
	}
	// A test, or something Postscript has added: it is ours, and there is nothing to do.
	return b.o.Store.InTx(ctx, from.heard)
}

var errSender = fault.New(fault.Unauthorized, "The signature or the secret header is not the one agreed with Postscript.")

// sender is the Postscript account a webhook came from.
type sender struct {
	shop Shop
	last time.Time // when it was noted last that it had called
}

// heard notes that the account has called. Once a minute is enough for the page that shows it.
func (s sender) heard(tx Tx) error {
	if tx.Now().Sub(s.last) < time.Minute {
		return nil
	}
	return tx.HeardFrom(s.shop.ID)
}

// checkSender compares both proofs in constant time. It reads in a transaction of its own, so that forged
// webhooks never stand in the way of writers.
func (b *Bridge) checkSender(ctx context.Context, shopID, signature, secret string) (from sender, err error) {
	var c Connection
	err = b.o.Store.Read(ctx, func(tx Tx) (err error) {
		if c, err = tx.Connection(shopID); err == nil {
			from.shop, err = tx.Shop(shopID)
		}
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return from, errSender
	}
	if err != nil {
		return from, err
	}
	from.last = c.LastReplyAt
	if c.SigningToken == "" || c.HookSecret == "" {
		return from, errSender
	}
	token, err := b.o.Sealer.Open(c.SigningToken, sealPlace(shopID, "signing_token"))
	if err != nil {
		return from, err
	}
	ours, err := b.o.Sealer.Open(c.HookSecret, sealPlace(shopID, "hook_secret"))
	if err != nil {
		return from, err
	}
	if right := equal(signature, token) & equal(secret, ours); right != 1 {
		return from, errSender
	}
	return from, nil
}

// equal is 1 when both are the same and not empty. Hashing first hides the length too.
func equal(given, want string) int {
	g, w := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(want))
	if want == "" {
		return 0
	}
	return subtle.ConstantTimeCompare(g[:], w[:])
}

// receiveText stores an inbound text. An opt-out counts from here on: before anybody has read the text.
func (b *Bridge) receiveText(ctx context.Context, by sender, m postscript.IncomingMessage) error {
	shop := by.shop
	asked := Reply{ShopID: shop.ID, Phone: shop.phone(m.FromNumber), MessageID: storable(m.ID), Body: storable(m.Body), State: ReplyNew}
	if m.IsOptOut || reply.IsOptOut(m.Body) {
		asked.Meaning = reply.OptOut
	}
	var r Reply
	added, answered := false, false
	err := b.o.Store.InTx(ctx, func(tx Tx) error {
		r, added, answered = asked, false, false
		from, err := tx.ReplyWriter(shop.ID, r.Phone, storable(m.SubscriberID))
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		original, err := b.file(tx, from, &r)
		if err != nil {
			return err
		}
		if added, err = tx.AddReply(r); err != nil || !added {
			return err
		}
		if err := b.noteReceived(tx, from, r); err != nil {
			return err
		}
		if !original.IsZero() && r.CustomerID != "" && r.Meaning == "" {
			// Once for each original, however often it is repeated.
			key := fmt.Sprintf("%s/twice/%d", trigger.ReplyAnswered, original.UnixMicro())
			talk, err := tx.Talk(shop.ID, r.CustomerID)
			if err != nil {
				return err
			}
			if answered, err = b.answerText(tx, shop, r, key, shop.speaking(talk.Language).say(wordTwice)); err != nil {
				return err
			}
		}
		return by.heard(tx)
	})
	switch {
	case err != nil || !added:
		return err
	case r.CustomerID == "":
		b.logger().InfoContext(ctx, "reply from nobody we know; left to a person", "shop", shop.ID, "reply", r.ID)
	case r.State == ReplyNew:
		b.wake(ctx, WakeReply, replyKey(r))
	case answered:
		b.wake(ctx, WakeAnswer, shop.ID)
	}
	return nil
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

// file gives a reply its id, its place among the others from that number, and its state. When another
// text came between a repeated one and its original, or it answers a question we have asked since, its writer may have
// meant it, and is to be told that it did not count: then it returns when the original came, otherwise zero.
func (b *Bridge) file(tx Tx, from Customer, r *Reply) (meantAt time.Time, err error) {
	now := tx.Now()
	r.ID, r.CustomerID = ident.New(ident.Reply, now), from.ID
	r.ReceivedAt, r.DueAt = now, now
	var before Earlier
	if r.Phone != "" {
		// What is later than now came while the clock was ahead. A little of that is usual: see ReceivedAt.
		if before, err = tx.Earlier(r.ShopID, r.Phone, r.Body, now.Add(-lookBack), now.Add(repeatWithin)); err != nil {
			return meantAt, err
		}
	}
	if !before.LastAt.IsZero() && !now.After(before.LastAt) {
		r.ReceivedAt = before.LastAt.Add(time.Microsecond)
	}
	if before.WaitingFor.After(now) {
		r.DueAt = before.WaitingFor
	}
	switch {
	case !before.SameAt.IsZero() && now.Sub(before.SameAt) < repeatWithin:
		r.State, r.FinishedAt = ReplyRepeated, now
		r.Why = "The same words came from the same number less than two minutes before, so this is taken for the same text, delivered again."
		if before.OtherAt.After(before.SameAt) {
			return before.SameAt, nil
		}
		if from.ID != "" {
			talk, err := tx.Talk(r.ShopID, from.ID)
			if q := talk.Question; err == nil && q != nil && !q.Asked.Before(before.SameAt) {
				switch reply.Read(r.Body, reply.Situation{Open: q.At(now)}).Meaning {
				case reply.Choice, reply.Yes, reply.No:
					meantAt = before.SameAt
				}
			}
			return meantAt, err
		}
	case r.CustomerID == "":
		r.State, r.FinishedAt = ReplyPerson, now
		r.Why = "No customer of the shop has this number."
	}
	return meantAt, nil
}

// noteReceived traces what happened at the door, and takes in an opt-out.
func (b *Bridge) noteReceived(tx Tx, from Customer, r Reply) error {
	if r.CustomerID == "" {
		return nil
	}
	if r.Meaning == reply.OptOut && from.Texts != TextsOptedOut {
		if err := tx.SetTexts(r.ShopID, from.ID, TextsOptedOut, ""); err != nil {
			return err
		}
		if err := b.trace(tx, r.ShopID, from.ID, "consent", "Opted out of texts by reply. Nothing is texted from this moment on.", r.ID); err != nil {
			return err
		}
	}
	if r.State == ReplyRepeated {
		return b.trace(tx, r.ShopID, from.ID, "reply", "Reply received again; it changes nothing. "+r.Why, r.ID)
	}
	return nil
}

// storable makes a stranger's text fit for the database: PostgreSQL keeps no NUL and no broken UTF-8.
func storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

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
