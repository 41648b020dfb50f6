package bridge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/gather"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// repeatWithin is how close together two texts with the same words count as one that was delivered twice.
const repeatWithin = 2 * time.Minute

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

// arrival is an inbound text at the door, and what became of it.
type arrival struct {
	by         *sender
	asked      Reply // without an id, a place and a writer
	subscriber string
	unread     string // the number as it came, where asked.Phone is that without having been read: see plain

	// What became of it, of use only when it was taken in without an error.
	r       Reply
	writer  *Writer   // nil: nobody we know
	meantAt time.Time // see Bridge.file
	added   bool      // not when the message was here before
}

// receiveText stores an inbound text. An opt-out counts from here on: before anybody has read the text.
func (b *Bridge) receiveText(ctx context.Context, by *sender, m postscript.IncomingMessage) error {
	a := &arrival{by: by, subscriber: storable(m.SubscriberID)}
	a.asked = Reply{
		ShopID: by.shop.ID, MessageID: storable(m.ID), Body: storable(m.Body), State: ReplyNew,
	}
	if a.asked.Phone = subscription.Phone(m.FromNumber); plain(m.FromNumber) {
		a.unread = m.FromNumber
	} else {
		a.asked.Phone = by.shop.phone(m.FromNumber)
	}
	if m.IsOptOut || reply.IsOptOut(m.Body) {
		a.asked.Meaning = reply.OptOut
	}
	err := b.door.Do(ctx, a)
	if gone := ctx.Err(); gone != nil && errors.Is(err, gone) {
		return fault.From(fault.Unavailable, err, "The text could not be taken in in time; please send it again.")
	}
	switch r := a.r; {
	case err != nil || !a.added:
		return err
	case r.CustomerID == "":
		b.logger().InfoContext(ctx, "reply from nobody we know; left to a person", "shop", r.ShopID, "reply", r.ID)
	case r.State == ReplyNew:
		b.wake(ctx, WakeReply, replyKey(r))
	}
	return nil
}

// doorOptions bound what is taken in at once. Two batches at a time keep the processor at work while the database is,
// and the other way round; more of them would only be smaller. The limit is for a database that neither answers nor is
// away: who waits for it is to be told in time. When it is away, no text is at fault, and all will come again.
var doorOptions = gather.Options{
	Runners: 2, Most: 128, Limit: 5 * time.Second,
	Alone: func(err error) bool { return !fault.Is(err, fault.Unavailable) },
}

// takeTexts stores the texts that came at the same time, all in one transaction. The customers are held from the start, in
// one order wherever it is done, so that no two batches wait for each other's.
func (b *Bridge) takeTexts(ctx context.Context, batch []*arrival) error {
	from := make([]From, len(batch))
	for i, a := range batch {
		from[i] = From{a.asked.ShopID, a.asked.Phone, a.subscriber}
	}
	var heard []*sender
	err := b.o.Store.InTx(ctx, func(tx Tx) error {
		writers, err := tx.Writers(from)
		if err == nil && readNumbers(batch, from, writers) {
			writers, err = tx.Writers(from)
		}
		if err != nil {
			return err
		}
		for i, a := range batch {
			a.r, a.writer, a.meantAt, a.added = a.asked, writers[i], time.Time{}, false
		}
		for now, rest := firstOfEach(batch); len(now) > 0; now, rest = firstOfEach(rest) {
			if err := b.takeApart(tx, now); err != nil {
				return err
			}
		}
		heard = unheard(batch, tx.Now())
		for _, s := range heard {
			if err := s.heard(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		for _, s := range heard {
			s.last.Store(b.o.Now().UnixMicro())
		}
	}
	return err
}

// plain reports whether a number looks as those of our customers are kept. To read one properly costs as much as to
// store the text, and is of no use for one that is a customer's as it stands.
func plain(number string) bool {
	return len(number) > 8 && len(number) <= 16 && number[0] == '+' && strings.Trim(number[1:], "0123456789") == ""
}

// readNumbers reads the numbers that are no customer's as they stand. It reports whether one of them is written otherwise.
func readNumbers(batch []*arrival, from []From, writers []*Writer) (changed bool) {
	for i, a := range batch {
		if a.unread == "" || writers[i] != nil && writers[i].Phone == a.asked.Phone {
			continue
		}
		a.asked.Phone, a.unread = a.by.shop.phone(a.unread), ""
		if from[i].Phone != a.asked.Phone {
			from[i].Phone, changed = a.asked.Phone, true
		}
	}
	return changed
}

// firstOfEach divides texts into those that are the first of their number, and the rest: what becomes of a text depends
// on those before it. Both keep their order.
func firstOfEach(list []*arrival) (first, rest []*arrival) {
	seen := make(map[[2]string]bool, len(list))
	for _, a := range list {
		number := [2]string{a.asked.ShopID, string(a.asked.Phone)}
		if number[1] != "" && seen[number] {
			rest = append(rest, a)
			continue
		}
		seen[number] = true
		first = append(first, a)
	}
	return first, rest
}

// unheard are the accounts of which it is to be noted that they called, in the order of their shops.
func unheard(batch []*arrival, now time.Time) (list []*sender) {
	for _, a := range batch {
		same := func(s *sender) bool { return s.shop.ID == a.by.shop.ID }
		if a.by.unheard(now) && !slices.ContainsFunc(list, same) {
			list = append(list, a.by)
		}
	}
	slices.SortFunc(list, func(s, t *sender) int { return strings.Compare(s.shop.ID, t.shop.ID) })
	return list
}

// takeApart stores texts of which no two are of one number.
func (b *Bridge) takeApart(tx Tx, list []*arrival) error {
	now := tx.Now()
	fresh := make([]Reply, len(list))
	for i, a := range list {
		if a.r.ID = ident.New(ident.Reply, now); a.writer != nil {
			a.r.CustomerID = a.writer.ID
		}
		fresh[i] = a.r
	}
	// What is later than now came while the clock was ahead. A little of that is usual: see Reply.ReceivedAt.
	before, err := tx.Earlier(fresh, now.Add(-repeatWithin), now.Add(repeatWithin))
	if err != nil {
		return err
	}
	for i, a := range list {
		if err := b.file(tx, a, before[i]); err != nil {
			return err
		}
		fresh[i] = a.r
	}
	added, err := tx.AddReplies(fresh)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.added = added[a.r.ID]; !a.added {
			continue
		}
		if err := b.noteReceived(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// file gives a reply its place among the others from that number, and its state. When another text came between a
// repeated one and its original, or it answers a question we have asked since, its writer may have meant it, and is to
// be told that it did not count: then meantAt is when the original came.
func (b *Bridge) file(tx Tx, a *arrival, before Earlier) error {
	r, now := &a.r, tx.Now()
	r.ReceivedAt, r.DueAt = now, now
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
			a.meantAt = before.SameAt
			return nil
		}
		if a.writer != nil {
			talk, err := tx.Talk(r.ShopID, a.writer.ID)
			if q := talk.Question; err == nil && q != nil && !q.Asked.Before(before.SameAt) {
				switch reply.Read(r.Body, reply.Situation{Open: q.At(now)}).Meaning {
				case reply.Choice, reply.Yes, reply.No:
					a.meantAt = before.SameAt
				}
			}
			return err
		}
	case a.writer == nil:
		r.State, r.FinishedAt = ReplyPerson, now
		r.Why = "No customer of the shop has this number."
	}
	return nil
}

// noteReceived traces what happened at the door, takes in an opt-out, and answers what was repeated and meant.
func (b *Bridge) noteReceived(tx Tx, a *arrival) error {
	r, from := a.r, a.writer
	if from == nil {
		return nil
	}
	if r.Meaning == reply.OptOut && from.Texts != TextsOptedOut {
		if err := tx.SetTexts(r.ShopID, from.ID, TextsOptedOut, ""); err != nil {
			return err
		}
		from.Texts = TextsOptedOut // for the next of theirs in this batch
		if err := b.trace(tx, r.ShopID, from.ID, "consent", "Opted out of texts by reply. Nothing is texted from this moment on.", r.ID); err != nil {
			return err
		}
	}
	if r.State != ReplyRepeated {
		return nil
	}
	if err := b.trace(tx, r.ShopID, from.ID, "reply", "Reply received again; it changes nothing. "+r.Why, r.ID); err != nil {
		return err
	}
	if a.meantAt.IsZero() || r.Meaning != "" {
		return nil
	}
	talk, err := tx.Talk(r.ShopID, from.ID)
	if err != nil {
		return err
	}
	shop, key := a.by.shop, fmt.Sprintf("%s/twice/%d", trigger.ReplyAnswered, a.meantAt.UnixMicro()) // once for each original, however often it is repeated
	_, err = b.answerText(tx, shop, r, key, shop.speaking(talk.Language).say(wordTwice))
	return err
}

// storable makes a stranger's text fit for the database: PostgreSQL keeps no NUL and no broken UTF-8.
func storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
