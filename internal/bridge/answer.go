package bridge

import (
	"context"
	"errors"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// questionOpen is how long a numbered question can be answered. Long enough to put the phone away and come back,
// short enough that "2" the next morning is not taken for an answer.
const questionOpen = 30 * time.Minute

// repliesAtOnce bounds how many replies of one customer one call of the handler takes.
const repliesAtOnce = 20

// tooLateToTell is how long after a question closed an answer to it is still told so.
const tooLateToTell = 12 * time.Hour

// tryFor is how long a reply that is about no order in particular is tried while the source cannot be reached.
const tryFor = 24 * time.Hour

// sayWorkingAfter is how long a customer waits in silence while the source cannot be reached.
const sayWorkingAfter = time.Minute

// AnswerReplies is the handler of WakeReply: it takes one customer's replies in the order they came, each in
// one transaction with everything it leads to. A reply whose predecessor waits for the source waits too.
func (b *Bridge) AnswerReplies(ctx context.Context, key string) (again time.Time, err error) {
	defer fault.Wrap(&err, "bridge: answer replies")
	shopID, customerID, err := splitReplyKey(key)
	if err != nil {
		return time.Time{}, err
	}
	for range repliesAtOnce {
		t := &turn{b: b}
		more := false
		err := b.o.Store.InTx(ctx, func(tx Tx) (err error) {
			*t = turn{b: b, ctx: ctx, tx: tx}
			more, again, err = t.take(shopID, customerID)
			return err
		})
		if err != nil {
			if again, err = b.putOff(ctx, t, err); err != nil || !again.IsZero() {
				return again, err
			}
			continue
		}
		if t.r.State == ReplyDone && b.o.Settled != nil {
			b.o.Settled(ctx, shopID, t.r.MessageID)
		}
		if !more {
			return again, nil
		}
	}
	return b.o.Now(), nil
}

// turn is one reply being handled.
type turn struct {
	b    *Bridge
	ctx  context.Context
	tx   Tx
	shop Shop
	a    subscription.Account
	r    Reply
	q    *Asked // what the customer was asked last, open or not
	u    reply.Understood

	notice *Told  // the newest notice before the reply, once it has been looked up
	agreed bool   // the customer has said yes to just this
	first  string // is said before the answer

	judged time.Time // the moment that counts for the cut-off
	until  time.Time // an order's cut-off: from then on trying again is of no use
	line   string    // id of the reply's line in the trace: it comes before those of what it causes
}

// take handles the customer's oldest waiting reply. More is false when there is none that is due.
func (t *turn) take(shopID, customerID string) (more bool, again time.Time, err error) {
	if t.shop, err = t.tx.Shop(shopID); err != nil {
		return false, again, err
	}
	if t.a, err = t.tx.Account(shopID, customerID); err != nil { // from here on nobody else handles this customer
		return false, again, err
	}
	r, err := t.tx.WaitingReply(shopID, customerID)
	switch {
	case fault.Is(err, fault.NotFound):
		return false, again, nil
	case err != nil:
		return false, again, err
	case r.DueAt.After(t.tx.Now()):
		return false, r.DueAt, nil
	}
	t.r, t.line = r, ident.New(ident.Trace, t.tx.Now())
	talk, err := t.tx.Talk(shopID, customerID)
	if err != nil {
		return false, again, err
	}
	t.q, t.shop = talk.Question, t.shop.speaking(talk.Language)
	if err := t.handle(); err != nil {
		return false, again, err
	}
	return t.another()
}

// another reports whether another reply of the customer is due, or when it will be. Nobody adds one while we have the
// customer in hand.
func (t *turn) another() (more bool, again time.Time, err error) {
	r, err := t.tx.WaitingReply(t.shop.ID, t.a.Customer.ID)
	switch {
	case fault.Is(err, fault.NotFound):
		return false, again, nil
	case err != nil:
		return false, again, err
	case r.DueAt.After(t.tx.Now()):
		return false, r.DueAt, nil
	}
	return true, again, nil
}

// handle understands the reply and does what it asks for.
func (t *turn) handle() error {
	at, now := t.r.ReceivedAt, t.tx.Now()
	t.judged = at
	if now.Sub(at) > promptly {
		t.judged = now
	}
	if err := t.read(); err != nil {
		return err
	}
	if t.r.Meant == "" && t.r.Meaning == reply.OptOut && (t.u.Meaning != reply.OptOut || t.u.Certainty == reply.Likely) {
		t.u = reply.Understood{Wish: reply.Wish{Meaning: reply.OptOut}, Why: "Postscript says that this text opted out."}
	}
	if t.u.Meaning.IsCommand() {
		return t.wishes()
	}
	switch t.u.Meaning {
	case reply.OptOut:
		if t.u.Certainty == reply.Likely { // it may speak of our texts or of the orders
			return errors.Join(t.closeQuestion(), t.answer(t.shop.say(wordAskStop)))
		}
		return errors.Join(t.closeQuestion(), t.finish(ReplyDone))
	case reply.OptIn, reply.Help, reply.Tapback, reply.Thanks:
		return t.finish(ReplyDone) // Postscript answers the first two itself; the others ask for nothing
	case reply.Choice:
		return t.choose()
	case reply.Yes:
		return t.yes()
	case reply.No:
		return t.no()
	case reply.Keep:
		return errors.Join(t.closeQuestion(), t.nothing())
	}
	return t.unread()
}

// longestWording is how many characters of a text are kept for counting it among others.
const longestWording = 80

// read understands the reply: its own words, or what a person has said that it means. The first clear sign of another
// language is answered in that language from here on.
func (t *turn) read() error {
	in, err := t.situation(t.open())
	if err != nil {
		return err
	}
	if t.r.Meant != "" {
		t.judged = t.tx.Now()
		in.Open, in.Language = nil, reply.English // the commands a person chooses from
		t.u = reply.Read(t.r.Meant, in)
		t.u.Why = "A person said that this text means " + t.r.Meant + "."
		return nil
	}
	t.u = reply.Read(t.r.Body, in)
	// Our own texts say "Reply SKIP" in whatever language: English needs more than such a word.
	if l := t.u.Language; l != "" && l != t.shop.Settings.Language && (l != reply.English || strings.Contains(t.u.Words, " ")) {
		t.shop = t.shop.speaking(l)
		return t.tx.SetLanguage(t.shop.ID, t.a.Customer.ID, l)
	}
	return nil
}

// key names what this reply leads to; each thing it leads to has a suffix of its own. What a person makes of it later is
// another asking.
func (t *turn) key(suffix string) string {
	if t.r.Meant != "" {
		suffix = "/meant" + suffix
	}
	return t.r.ID + suffix
}

// promptly is how soon after it came a reply is usually handled. Within it the moment of coming counts for the
// cut-off; a reply that was held up for longer is judged by the present, because the order may have gone.
const promptly = 10 * time.Minute

// open is the question this reply can be an answer to: one that was open when it came.
func (t *turn) open() *reply.Question {
	if t.q == nil || t.r.ReceivedAt.Before(t.q.Asked) {
		return nil
	}
	return t.q.At(t.r.ReceivedAt)
}

// today is the day it is in the shop's zone.
func (t *turn) today() subscription.Date { return subscription.DateOf(t.tx.Now(), t.shop.Location()) }

// finish ends the reply, and says in the trace what it was taken for.
func (t *turn) finish(as ReplyState) error {
	t.r.State, t.r.Why, t.r.FinishedAt = as, t.u.Why, t.tx.Now()
	if t.r.Meant == "" {
		t.r.Meaning, t.r.Certainty, t.r.Wording = t.u.Meaning, t.u.Certainty, shorten(reply.Wording(t.r.Body), longestWording)
	}
	if err := t.tx.SaveReply(t.r); err != nil {
		return err
	}
	line := map[reply.Meaning]string{
		reply.OptOut:  "Reply understood as an opt-out. ",
		reply.OptIn:   "Reply asks for texts again; Postscript decides. ",
		reply.Help:    "Reply asks for help; Postscript answers. ",
		reply.Tapback: "Reply is a reaction; nothing is done. ",
		reply.Thanks:  "Reply only thanks or greets; nothing is done. ",
		reply.Keep:    "Reply asks to leave everything as it is. ",
		reply.Choice:  "Reply answers our question. ",
		reply.Yes:     "Reply says yes. ",
		reply.No:      "Reply says no. ",
		reply.Next:    "Reply asks what comes next. ",
		reply.Link:    "Reply asks for the account page. ",
	}[t.u.Meaning]
	if t.u.Meaning.IsCommand() && line == "" {
		line = "Reply understood as " + commandWord(t.u.Meaning) + ". "
	}
	if t.u.Meaning == reply.OptOut && t.u.Certainty == reply.Likely {
		line = "Reply may ask for no more texts, or for no more orders; asked. "
	}
	if as == ReplyPerson {
		line = "Reply left to a person; nothing was changed. "
	}
	return t.tx.AddTrace(Trace{
		ID: or(t.line, ident.New(ident.Trace, t.tx.Now())), ShopID: t.shop.ID, CustomerID: t.a.Customer.ID, At: t.tx.Now(),
		Kind: "reply", Text: line + t.u.Why, Ref: t.r.ID,
	})
}

// answer ends the reply with a text.
func (t *turn) answer(text ...string) error {
	return errors.Join(t.tell("", append([]string{t.first}, text...)...), t.finish(ReplyDone))
}

// tell queues a text. Each text of one reply needs a suffix of its own.
func (t *turn) tell(suffix string, text ...string) error {
	_, err := t.b.answerText(t.tx, t.shop, t.r, string(trigger.ReplyAnswered)+"/"+t.key(suffix), sentences(text...))
	return err
}

// answerText queues a Reply Answered for a reply, unless its customer has one of that key.
func (b *Bridge) answerText(tx Tx, shop Shop, r Reply, key, text string) (bool, error) {
	return b.queue(tx, shop, Delivery{
		CustomerID: r.CustomerID, Trigger: trigger.ReplyAnswered, Key: key,
		Lane: LaneAnswer, ReplyID: r.ID, Facts: map[string]string{"answer": shorten(text, longestAnswer)},
	})
}

func (t *turn) closeQuestion() error {
	if t.q == nil {
		return nil
	}
	return t.tx.SetQuestion(t.shop.ID, t.a.Customer.ID, nil)
}

// linkSentence offers the account page, when there is one.
func (t *turn) linkSentence(w wording) string {
	link := t.b.accountLink(t.shop, t.a.Customer.ID)
	if link == "" {
		return ""
	}
	return t.shop.say(w, "link", link)
}

func (t *turn) switchedOff(m reply.Meaning) error {
	said := t.shop.say(wordSwitchedOff, "shop", t.shop.Name, "command", commandWord(m))
	return t.answer(said, t.linkSentence(wordSeeLink))
}

// commandWord is what a customer types for a meaning.
func commandWord(m reply.Meaning) string {
	return strings.ToUpper(string(m))
}

func (t *turn) status() error {
	may := false
	if next, ok := t.a.Next(); ok {
		may = t.tx.Now().Before(t.shop.Timing().ReplyBy(next.Date)) && !t.shop.Settings.CommandOff(string(reply.Skip))
	}
	return t.answer(t.shop.status(t.a, t.today(), may))
}

func (t *turn) link() error {
	return t.answer(or(t.linkSentence(wordLink), t.shop.say(wordNoLink, "shop", t.shop.Name)))
}

// unread leaves the reply to a person. Only an answer that came after the question had closed is told so: its
// writer thinks that it counted.
func (t *turn) unread() error {
	if t.lately() {
		if late := reply.Read(t.r.Body, reply.Situation{Open: &t.q.Question}); late.Meaning == reply.Choice || late.Meaning == reply.Yes {
			t.u.Why = "The text answers a question that was open until " + t.q.Expires.In(t.shop.Location()).Format("3:04 PM") + " only."
			if err := errors.Join(t.closeQuestion(), t.tell("", t.expired())); err != nil {
				return err
			}
		}
	}
	return t.finish(ReplyPerson)
}

// lately reports whether the reply came after the question had closed, but so soon that its writer may think that it
// counts as the answer.
func (t *turn) lately() bool {
	return t.q != nil && t.open() == nil && !t.r.ReceivedAt.Before(t.q.Asked) && t.r.ReceivedAt.Before(t.q.Expires.Add(tooLateToTell))
}

// expired says that the answer came too late for the question.
func (t *turn) expired() string {
	return t.shop.say(wordExpired, "minutes", minutes(questionOpen), "command", commandWord(t.q.Wish.Meaning))
}

// stale ends a command that came too long ago.
func (t *turn) stale(why string) error {
	t.u.Why = why
	return errors.Join(t.tell("", t.shop.say(wordStale), t.shop.standing(t.a, t.today()), t.linkSentence(wordSeeLink)), t.finish(ReplyPerson))
}
