package texting

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

const (
	eventBatch = 200
	// answersWithin is how long after a person's text a trigger counts as the answer to it. Later, it is told in
	// waking hours.
	answersWithin = time.Hour
)

// HandleEvents is the handler of WakeEvent: it finds out whom a shop's new events are about and starts the
// automations that listen, in the order the events came.
func (t *Texting) HandleEvents(ctx context.Context, shopID string) (again time.Time, err error) {
	defer fault.Wrap(&err, "texting: events of %s", shopID)
	var r *run
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		r = &run{tx: tx, shopID: shopID}
		return r.events()
	})
	if err != nil {
		return time.Time{}, err
	}
	if !r.soonest.IsZero() {
		if err := t.o.Waker.WakeAt(ctx, WakeSend, shopID, r.soonest); err != nil {
			t.wake(ctx, WakeSend, shopID)
		}
	}
	if r.taken == eventBatch {
		return r.now(), nil
	}
	return time.Time{}, nil
}

// DueEvents returns shops that have events to look at, longest due first.
func (t *Texting) DueEvents(ctx context.Context, now time.Time, limit int) (shops []string, err error) {
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		shops, err = tx.EventShops(now, limit)
		return err
	})
	return shops, err
}

// NextEvent returns when the first event is due that nobody has looked at; zero if there is none.
func (t *Texting) NextEvent(ctx context.Context) (at time.Time, err error) {
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		at, err = tx.NextEvent()
		return err
	})
	return at, err
}

// run is one batch of events of one shop.
type run struct {
	tx          Tx
	shopID      string
	automations []Automation
	triggers    []RegisteredTrigger
	taken       int
	soonest     time.Time // when the first message is due that was added
}

func (r *run) now() time.Time { return r.tx.Now() }

func (r *run) events() error {
	events, err := r.tx.DueEvents(r.shopID, eventBatch)
	if err != nil || len(events) == 0 {
		return err
	}
	r.taken = len(events)
	if r.automations, err = r.tx.Automations(r.shopID, maxAutomations); err != nil {
		return err
	}
	if r.triggers, err = r.tx.ShopTriggers(r.shopID, maxTriggers); err != nil {
		return err
	}
	for _, e := range events {
		who, outcome, err := r.event(e)
		if err != nil {
			return err
		}
		if err := r.tx.FinishEvent(r.shopID, e.ID, who.ID, outcome); err != nil {
			return err
		}
	}
	return nil
}

// event decides what comes of one event. It returns whom it was about and the decisions in words.
func (r *run) event(e Event) (who Recipient, outcome string, err error) {
	who, err = r.match(e)
	if fault.Is(err, fault.NotFound) {
		return Recipient{}, "Nobody here matches it, so nobody is texted.", nil
	}
	if err != nil {
		return who, "", err
	}
	var said []string
	for _, a := range r.automations {
		if a.CancelTrigger != "" && r.listens(a.Engine, a.CancelTrigger, a.CancelName, e) {
			n, err := r.tx.SuppressWaiting(r.shopID, a.ID, who.ID, "Cancelled: "+r.nameOf(e)+" fired.")
			if err != nil {
				return who, "", err
			}
			if n > 0 {
				said = append(said, fmt.Sprintf("%q: cancelled %s that waited.", a.Name, messages(int(n))))
			}
		}
		if !r.listens(a.Engine, a.TriggerID, a.TriggerName, e) {
			continue
		}
		words, err := r.start(a, e, who)
		if err != nil {
			return who, "", err
		}
		said = append(said, fmt.Sprintf("%q: %s", a.Name, words))
	}
	if len(said) == 0 {
		said = append(said, "No automation listens to it.")
	}
	return who, strings.Join(said, " "), nil
}

// start starts an automation for a person, or says why not.
func (r *run) start(a Automation, e Event, who Recipient) (words string, err error) {
	switch {
	case !a.Active:
		return "not started, it is switched off.", nil
	case who.Status == OptedOut:
		return "not started, they opted out.", nil
	case who.Status != Subscribed:
		return "not started, they have not agreed to texts.", nil
	}
	for _, f := range a.Filters {
		if !f.holds(e.Properties) {
			return "not started, the filter does not hold: " + f.String() + ".", nil
		}
	}
	answers := ""
	if answersReply(r.nameOf(e)) {
		if answers, err = r.answered(who, e); err != nil {
			return "", err
		}
	}
	added := 0
	for i, step := range a.Messages {
		m := Message{
			ShopID: r.shopID, SubscriberID: who.ID, Phone: who.Phone, Kind: KindAutomation, AutomationID: a.ID, EventID: e.ID, Step: i,
			Trigger: r.nameOf(e), DueAt: e.ReceivedAt.Add(time.Duration(step.WaitMinutes) * time.Minute),
		}
		if step.WaitMinutes == 0 {
			m.ReplyTo = answers
		}
		if a.Once {
			m.OnceKey = fmt.Sprintf("%s/%s/%d", a.ID, who.ID, i)
		}
		ok, err := addOutbound(r.tx, m)
		if err != nil {
			return "", err
		}
		if !ok && i == 0 {
			return "not started, it runs once for each subscriber and has run.", nil
		}
		if !ok { // the series was longer when it ran before
			continue
		}
		added++
		if r.soonest.IsZero() || m.DueAt.Before(r.soonest) {
			r.soonest = m.DueAt
		}
	}
	return "started, " + messages(added) + ".", nil
}

// messages counts messages in words.
func messages(n int) string {
	if n == 1 {
		return "1 message"
	}
	return fmt.Sprintf("%d messages", n)
}

// listens reports whether an automation's trigger is the one that fired: the same id or, when the one it was
// made for is gone (its sender disconnected and came back), one of the same name.
func (r *run) listens(engine, triggerID, name string, e Event) bool {
	if engine != e.Engine {
		return false
	}
	if triggerID == e.TriggerID {
		return true
	}
	gone := !slices.ContainsFunc(r.triggers, func(tr RegisteredTrigger) bool { return tr.ID == triggerID })
	return engine == EngineLegacy && gone && name == r.nameOf(e)
}

// nameOf is the event's trigger as merchants see it.
func (r *run) nameOf(e Event) string {
	if e.Engine == EngineFlow {
		return e.Sender + " - " + e.TriggerID
	}
	for _, tr := range r.triggers {
		if tr.ID == e.TriggerID {
			return tr.Name
		}
	}
	return "a trigger that was removed"
}

// match finds whom an event is about: by id, then phone, then e-mail (of several, who opted in last).
func (r *run) match(e Event) (Recipient, error) {
	phone := ""
	if e.Phone != "" {
		if p, err := subscription.ParsePhone(e.Phone, "US"); err == nil {
			phone = string(p)
		}
	}
	return r.tx.MatchRecipient(r.shopID, e.SubscriberID, phone, strings.ToLower(strings.TrimSpace(e.Email)))
}

// answerable reports whether programs answer texts of a meaning.
func answerable(m reply.Meaning) bool {
	return m.IsCommand() || m == reply.Keep || m == reply.Yes || m == reply.No
}

// answered returns the id of the person's own text that an event answers, "" if there is none in the last
// hour. Of several that nobody answered it is the oldest that reads like a command, because commands are what
// programs answer; else the newest.
func (r *run) answered(who Recipient, e Event) (string, error) {
	texts, err := r.tx.RecentReplies(r.shopID, who.Phone, e.ReceivedAt.Add(-answersWithin), 20)
	if err != nil || len(texts) == 0 {
		return "", err
	}
	for _, m := range slices.Backward(texts) { // newest first
		if m.NeedsPerson && answerable(reply.Read(m.Body, reply.Situation{}).Meaning) {
			return m.ID, nil
		}
	}
	return texts[0].ID, nil
}
