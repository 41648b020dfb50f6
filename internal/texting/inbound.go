package texting

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/message"
	"rejoinder/internal/postscript"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// Inbound takes in one text that came to the shop's number and returns its message as stored. messageKey is
// the gateway's id of the text; a text whose key was seen before changes nothing, and the answer is then the
// zero Message. phone must be E.164.
//
// The text, what it means for consent, the answers and the webhooks are one transaction. A text is taken for
// the first of these that fits, as at the real service: an opt-out, START, HELP, a Y that was asked for, a
// keyword, and otherwise an ordinary one, which goes to whoever subscribed to incoming messages.
func (t *Texting) Inbound(ctx context.Context, shopID, phone, body, messageKey string) (stored Message, err error) {
	defer fault.Wrap(&err, "texting: inbound text to %s", shopID)
	e164, err := subscription.ParsePhone(phone, "")
	if err != nil {
		return stored, err
	}
	if messageKey == "" {
		return stored, fault.New(fault.Invalid, "An inbound text needs the gateway's id of it.")
	}
	body = strings.ToValidUTF8(strings.ReplaceAll(body, "\x00", ""), "\uFFFD")
	if len(body) > maxInbound {
		body = strings.ToValidUTF8(body[:maxInbound], "")
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		stored = Message{}
		shop, err := tx.TextingShop(shopID)
		if err != nil {
			return err
		}
		if err := tx.LockPhone(shopID, string(e164)); err != nil {
			return err
		}
		in := inbound{t: t, tx: tx, shop: shop}
		in.s, err = tx.SubscriberByPhone(shopID, string(e164))
		if in.known = err == nil; err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		in.m = Message{
			ID: ident.New(strings.TrimSuffix(postscript.PrefixIncoming, "_"), tx.Now()), ShopID: shopID, SubscriberID: in.s.ID,
			Phone: string(e164), Direction: In, Body: body, GatewayID: messageKey, State: Received, DueAt: tx.Now(), CreatedAt: tx.Now(),
			Segments: message.Segments(body).Segments,
		}
		return in.take(&stored)
	})
	return stored, err
}

const maxInbound = 16 << 10 // bytes; carriers join at most 1,600 characters

// inbound is one text being taken in.
type inbound struct {
	t     *Texting
	tx    Tx
	shop  Shop
	s     Subscriber // of the number, if known
	known bool
	fresh bool // s is new and not saved yet
	m     Message
	after []func() error // what follows from the text, once it is stored
	said  int            // answers queued
}

// take classifies the text, stores it, and only then lets it have effects: a repeat has none.
func (in *inbound) take(stored *Message) error {
	if err := in.classify(); err != nil {
		return err
	}
	added, err := in.tx.AddMessage(in.m)
	if err != nil || !added {
		return err
	}
	*stored = in.m
	for _, do := range in.after {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// classify decides what the text is, in the order in which the first match wins.
func (in *inbound) classify() error {
	body := in.m.Body
	switch {
	case reply.IsOptOut(body):
		in.is(KindOptOut, "An opt-out.", in.optOut)
	case reply.IsOptIn(body):
		in.is(KindOptIn, "Asks for texts again.", in.start)
	case reply.IsHelp(body):
		in.is(KindHelp, "Asks for help.", in.help)
	case reply.IsYes(body) && in.known && (in.s.Status == Pending || in.s.Status == OptedOut && in.s.PendingID != ""):
		in.is(KindOptIn, "Answers the question whether they want texts.", in.agree)
	default:
		k, found, err := keywordIn(in.tx, in.shop.ID, body)
		if err != nil {
			return err
		}
		if found {
			in.is(KindKeyword, "The keyword "+k.Word+".", func() error { return in.keyword(k) })
			if reply.Read(k.Word, reply.Situation{}).Meaning.IsCommand() {
				in.m.Note += " The subscription program did not see it, because the shop made this word a keyword."
			}
			return nil
		}
		return in.ordinary()
	}
	return nil
}

// is notes what the text is and what follows. All of these but HELP make a person of an unknown number: also an
// opt-out, so that the number is never texted again.
func (in *inbound) is(kind MessageKind, note string, do func() error) {
	in.m.Kind, in.m.Note = kind, note
	if !in.known && kind != KindHelp {
		in.s, in.fresh = newSubscriber(in.tx, in.shop.ID, in.m.Phone, Pending), true
		in.m.SubscriberID = in.s.ID
	}
	in.after = append(in.after, in.save, do)
	if slices.Contains(in.shop.Settings.IncomingKinds, string(kind)) {
		in.after = append(in.after, func() error {
			hooks, err := in.tx.WebhooksFor(in.shop.ID, postscript.EventIncomingMessage)
			if err != nil {
				return err
			}
			return in.t.emitIncoming(in.tx, hooks, in.m, in.s, kind == KindOptOut)
		})
	}
}

// save adds the person whose number the shop did not know.
func (in *inbound) save() error {
	if !in.fresh {
		return nil
	}
	return in.tx.AddSubscriber(in.s)
}

// ordinary hands the text to whoever subscribed. A text from somebody the shop does not know, one that is
// no command, or any when nobody subscribed, waits for a person.
func (in *inbound) ordinary() error {
	in.m.Kind = KindReply
	if !in.known || in.s.Status == Pending {
		in.m.NeedsPerson, in.m.Note = true, "From a number that is no subscriber."
		return nil
	}
	hooks, err := in.tx.WebhooksFor(in.shop.ID, postscript.EventIncomingMessage)
	if err != nil {
		return err
	}
	if len(hooks) == 0 {
		in.m.NeedsPerson, in.m.Note = true, "No program is subscribed to incoming texts."
		return nil
	}
	// The mark is taken off when an answer goes out; a phone's reaction, or thanks, asks for none.
	in.m.NeedsPerson, in.m.Note = true, "Passed on to a program that reads texts for the shop."
	switch u := reply.Read(in.m.Body, reply.Situation{}); u.Meaning {
	case reply.Tapback, reply.Thanks:
		in.m.NeedsPerson = false
	case reply.Unknown, reply.Person:
		in.m.Note = u.Why // the program may know better: the text can answer a question it asked
	}
	in.after = append(in.after, func() error { return in.t.emitIncoming(in.tx, hooks, in.m, in.s, false) })
	return nil
}

// optOut obeys, and confirms once: somebody who is out already gets no second text.
func (in *inbound) optOut() error {
	wasOut := in.s.Status == OptedOut
	if err := in.t.optOut(in.tx, &in.s, "reply", in.m.Body); err != nil || wasOut {
		return err
	}
	told, err := in.tx.LastTold(in.shop.ID, in.s.ID)
	if err != nil {
		return err
	}
	return in.answer(KindOptOut, optOutWords(in.shop, in.s, told))
}

// start lets somebody back in who had been in or was asked. A number the shop does not know has been shown no
// terms, so it is asked first.
func (in *inbound) start() error {
	switch {
	case in.fresh:
		return in.t.ask(in.tx, in.shop, in.s, "reply", in.m.ID)
	case in.s.Status == Subscribed:
		return in.answer(KindOptIn, fmt.Sprintf("%s: You are subscribed to our texts already. Reply HELP for help, STOP to cancel.", in.shop.Name))
	}
	return in.agree()
}

// agree subscribes the person, confirms, and sends the reply of the keyword they came by.
func (in *inbound) agree() error {
	if err := in.t.optIn(in.tx, &in.s, "reply", in.m.Body, in.tx.Now()); err != nil {
		return err
	}
	if err := in.welcome(); err != nil {
		return err
	}
	if in.s.KeywordID == "" {
		return nil
	}
	k, err := in.tx.Keyword(in.shop.ID, in.s.KeywordID)
	if fault.Is(err, fault.NotFound) || err == nil && !k.Active {
		return nil // the keyword has gone since; the subscription stands
	}
	if err != nil {
		return err
	}
	return in.keywordReply(k)
}

// keyword subscribes the person who texted it, as their own text asks for it, and answers. Settings can make it
// ask for a Y first.
func (in *inbound) keyword(k Keyword) error {
	if err := in.tx.CountKeyword(in.shop.ID, k.ID); err != nil {
		return err
	}
	if in.known && in.s.Status == Subscribed {
		return in.keywordReply(k)
	}
	in.s.KeywordID = k.ID
	if in.s.Origin == "" {
		in.s.Origin = "keyword"
	}
	if in.shop.Settings.KeywordsAskFirst {
		in.s.PendingID = ident.New("sp", in.tx.Now())
		in.s.UpdatedAt = in.tx.Now()
		if err := in.tx.SaveSubscriber(in.s); err != nil {
			return err
		}
		return in.t.ask(in.tx, in.shop, in.s, "keyword", in.m.ID)
	}
	if err := in.t.optIn(in.tx, &in.s, "keyword", in.m.Body, in.tx.Now()); err != nil {
		return err
	}
	if err := in.welcome(); err != nil {
		return err
	}
	return in.keywordReply(k)
}

func (in *inbound) keywordReply(k Keyword) error {
	body, err := k.replyOf(in.shop)
	if err != nil {
		return err
	}
	return in.answer(KindKeyword, body)
}

func (in *inbound) welcome() error {
	in.s.Welcomed = true // the text below has the opt-out wording
	if err := in.tx.SaveSubscriber(in.s); err != nil {
		return err
	}
	return in.answer(KindOptIn, fmt.Sprintf("%s: You are subscribed to our texts. Msg frequency varies. Msg & data rates may apply. "+
		"Reply HELP for help, STOP to cancel.", in.shop.Name))
}

// help answers anyone, subscribed or not.
func (in *inbound) help() error {
	contact := in.shop.Settings.SupportContact
	if contact == "" {
		contact = in.shop.Link
	}
	return in.answer(KindHelp, fmt.Sprintf("%s: Automated texts about your orders and our offers. Help: %s. Msg frequency varies. "+
		"Msg & data rates may apply. Reply STOP to cancel.", in.shop.Name, contact))
}

// answer queues a text that answers this one, so it may go out at once.
func (in *inbound) answer(kind MessageKind, body string) error {
	in.said++ // texts go out by their due moment: of several answers the first is due a moment earlier
	return in.t.queueMessage(in.tx, Message{
		DueAt:  in.tx.Now().Add(time.Duration(in.said-10) * time.Microsecond),
		ShopID: in.shop.ID, SubscriberID: in.s.ID, Phone: in.m.Phone, Kind: kind, Body: body, ReplyTo: in.m.ID,
	})
}

// optOutWords is the one permitted confirmation. Whether a subscription still runs is said only when the
// subscription program has told: with its newest trigger (told), or by the subscriber's properties
// active_subscriptions and account_page_link. Otherwise what is true in any case is said: that ending texts
// changes no subscription.
func optOutWords(shop Shop, s Subscriber, told map[string]string) string {
	link, _ := s.Properties[PropAccountLink].(string)
	number := s.Properties[PropSubscriptions]
	if v, ok := told[PropSubscriptions]; ok {
		link, number = told[PropAccountLink], v
	}
	if own := strings.TrimSpace(shop.Settings.ConfirmOptOut); own != "" {
		if copy, err := message.Parse(own); err == nil {
			body, err := copy.Render(map[string]string{"shop_name": shop.Name, "shop_link": shop.Link, PropAccountLink: link}, nil)
			if err == nil {
				return body
			}
		}
	}
	words := fmt.Sprintf("%s: You will get no more texts from us. Reply START to get them again.", shop.Name)
	switch n, told := count(number); {
	case told && n == 0:
		return words
	case told && link != "":
		return words + " Your subscription still runs; see or change it at " + link
	case told:
		return words + " Your subscription still runs."
	}
	return words + " This changes no subscription or order."
}

// count reads a property that should be a whole number; programs send it as a number or as text.
func count(v any) (n int, told bool) {
	switch x := v.(type) {
	case float64:
		return int(x), true
	case string:
		n, err := strconv.Atoi(strings.TrimSpace(x))
		return n, err == nil
	}
	return 0, false
}
