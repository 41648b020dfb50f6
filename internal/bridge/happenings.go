package bridge

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// The kinds of the ledger's outgoing webhooks. They are a promise to the programs that receive them.
const (
	CustomerCreated       = "customer.created"
	CustomerUpdated       = "customer.updated"
	SubscriptionCreated   = "subscription.created"
	SubscriptionUpdated   = "subscription.updated"
	SubscriptionPaused    = "subscription.paused"
	SubscriptionResumed   = "subscription.resumed"
	SubscriptionCancelled = "subscription.cancelled"
	SubscriptionExpired   = "subscription.expired"
	OrderDue              = "order.due"
	OrderSkipped          = "order.skipped"
	OrderUnskipped        = "order.unskipped"
	OrderDelayed          = "order.delayed"
	OrderMoved            = "order.moved" // to an earlier date
	PaymentMethodUpdated  = "payment_method.updated"
	PaymentMethodFailed   = "payment_method.failed"
	endpointTest          = "endpoint.test"

	// rolled is for the trace alone: the webhook of an order whose date has come is order.due.
	rolled = "order.rolled"
)

// EventKinds returns the kinds of outgoing webhooks.
func EventKinds() []string {
	return []string{
		CustomerCreated, CustomerUpdated, SubscriptionCreated, SubscriptionUpdated, SubscriptionPaused, SubscriptionResumed,
		SubscriptionCancelled, SubscriptionExpired, OrderDue, OrderSkipped, OrderUnskipped, OrderDelayed, OrderMoved,
		PaymentMethodUpdated, PaymentMethodFailed, endpointTest,
	}
}

// event is one thing that happened to an account: a line of trace and an outgoing webhook.
type event struct {
	kind          string
	date, to      subscription.Date
	subscriptions []subscription.Subscription
	payment       *subscription.Payment
	bill          *subscription.Bill
}

// eventsOf lists what happened between two pictures of an account. One order of several subscriptions that is
// skipped or moved is one event.
func eventsOf(before *subscription.Account, after subscription.Account, why trigger.Cause) []event {
	var l eventList
	var was subscription.Account
	if before != nil {
		was = *before
	}
	switch {
	case before == nil:
		l.add(event{kind: CustomerCreated})
	case person(was.Customer) != person(after.Customer):
		l.add(event{kind: CustomerUpdated})
	}
	for _, s := range after.Subscriptions {
		if old, ok := was.Find(s.ID); ok {
			l.standing(old, s)
			l.dates(old, s, why)
		} else {
			l.add(event{kind: SubscriptionCreated, date: s.Next}, s)
		}
	}
	if p := after.Customer.Payment; before != nil && p.Fingerprint != "" && p.Fingerprint != was.Customer.Payment.Fingerprint {
		l.add(event{kind: PaymentMethodUpdated, payment: &p})
	}
	if b := after.Failed; b != nil && (was.Failed == nil || was.Failed.ID != b.ID || was.Failed.Attempt < b.Attempt) {
		l.add(event{kind: PaymentMethodFailed, bill: b, date: b.OrderDate})
	}
	return l
}

// person is a customer without how they pay, which has an event of its own.
func person(c subscription.Customer) subscription.Customer {
	c.Payment = subscription.Payment{}
	return c
}

type eventList []event

// add appends an event about subscriptions, or adds them to one of the same kind and dates.
func (l *eventList) add(e event, subs ...subscription.Subscription) {
	order := strings.HasPrefix(e.kind, "order.")
	for i, have := range *l {
		if order && have.kind == e.kind && have.date == e.date && have.to == e.to {
			(*l)[i].subscriptions = append((*l)[i].subscriptions, subs...)
			return
		}
	}
	e.subscriptions = subs
	*l = append(*l, e)
}

// standing notes changes of status and contents.
func (l *eventList) standing(was, s subscription.Subscription) {
	switch {
	case s.Status == subscription.Paused && (was.Status != s.Status || was.PausedUntil != s.PausedUntil):
		l.add(event{kind: SubscriptionPaused, to: s.PausedUntil}, s)
	case s.Status == subscription.Active && was.Status == subscription.Paused:
		l.add(event{kind: SubscriptionResumed, date: s.Next}, s)
	case s.Status == subscription.Cancelled && was.Status != s.Status:
		l.add(event{kind: SubscriptionCancelled}, s)
	case s.Status == subscription.Expired && was.Status != s.Status:
		l.add(event{kind: SubscriptionExpired}, s)
	}
	if !slices.Equal(was.Items, s.Items) || was.Interval != s.Interval || was.ExternalID != s.ExternalID {
		l.add(event{kind: SubscriptionUpdated, date: s.Next}, s)
	}
}

// dates notes what became of the next order of a subscription. That a pause, its end or its change moved it is said
// by their own events.
func (l *eventList) dates(was, s subscription.Subscription, why trigger.Cause) {
	from, to := was.Coming(), s.Coming()
	if was.Status != s.Status || was.PausedUntil != s.PausedUntil || to.IsZero() {
		return
	}
	explained := false
	for _, on := range s.Skipped {
		if !slices.Contains(was.Skipped, on) {
			l.add(event{kind: OrderSkipped, date: on, to: to}, s)
			explained = true
		}
	}
	for _, on := range was.Skipped {
		if !slices.Contains(s.Skipped, on) && on.After(why.Today) && !on.Before(to) { // else only forgotten: too many
			l.add(event{kind: OrderUnskipped, date: on, to: to}, s)
			explained = true
		}
	}
	switch {
	case explained, from == to, from.IsZero():
	case from.Before(why.Today), from == why.Today && why.Actor == trigger.System:
		l.add(event{kind: rolled, date: from, to: to}, s)
	case to.After(from):
		l.add(event{kind: OrderDelayed, date: from, to: to}, s)
	default:
		l.add(event{kind: OrderMoved, date: from, to: to}, s)
	}
}

// sentence says the event for the trace.
func (e event) sentence(why trigger.Cause) string {
	by := map[trigger.Actor]string{trigger.Customer: " by the customer", trigger.Merchant: " by the shop"}[why.Actor]
	if why.Silent {
		by = " by an import"
	}
	names := subscription.Order{Subscriptions: e.subscriptions}.ProductNames()
	if names == "" {
		names = "no named product"
	}
	day := func(d subscription.Date) string { return d.Friendly(why.Today) }
	switch e.kind {
	case CustomerCreated:
		return "Customer added" + by + "."
	case CustomerUpdated:
		return "Name, address or numbers changed" + by + "."
	case SubscriptionCreated:
		return fmt.Sprintf("Subscription to %s added%s%s.", names, by, orNot(", first order on ", day(e.date)))
	case SubscriptionUpdated:
		return fmt.Sprintf("Subscription changed%s: now %s every %s.", by, names, e.subscriptions[0].Interval)
	case SubscriptionPaused:
		return fmt.Sprintf("Subscription to %s paused%s%s.", names, by, orNot(" until ", day(e.to)))
	case SubscriptionResumed:
		return fmt.Sprintf("Subscription to %s resumed%s; the next order is on %s.", names, by, day(e.date))
	case SubscriptionCancelled:
		return fmt.Sprintf("Subscription to %s cancelled%s.", names, by)
	case SubscriptionExpired:
		return fmt.Sprintf("Subscription to %s has run out.", names)
	case OrderSkipped:
		return fmt.Sprintf("Order of %s (%s) skipped%s; the next is on %s.", day(e.date), names, by, day(e.to))
	case OrderUnskipped:
		return fmt.Sprintf("Skipped order of %s (%s) brought back%s.", day(e.date), names, by)
	case OrderDelayed:
		return fmt.Sprintf("Order of %s (%s) delayed%s to %s.", day(e.date), names, by, day(e.to))
	case OrderMoved:
		return fmt.Sprintf("Order of %s (%s) moved%s to %s.", day(e.date), names, by, day(e.to))
	case rolled:
		return fmt.Sprintf("Order of %s (%s) came due; the next is on %s.", day(e.date), names, day(e.to))
	case PaymentMethodUpdated:
		return "Payment method updated" + by + "."
	case PaymentMethodFailed:
		return fmt.Sprintf("Payment of %s failed, attempt %d.", day(e.date), max(e.bill.Attempt, 1))
	}
	return e.kind
}

// orNot joins a beginning to what follows, or is "" when nothing follows.
func orNot(begin, rest string) string {
	if rest == "" {
		return ""
	}
	return begin + rest
}

// payload is the body of an outgoing webhook. It names people by id only: whoever receives it can ask the API
// for more, and webhook logs are read by many.
type payload struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      struct {
		CustomerID         string                      `json:"customer_id,omitempty"`
		CustomerExternalID string                      `json:"customer_external_id,omitempty"`
		By                 trigger.Actor               `json:"by,omitempty"`
		Date               string                      `json:"date,omitempty"`
		NewDate            string                      `json:"new_date,omitempty"`
		Subscriptions      []subscription.Subscription `json:"subscriptions,omitempty"`
		Total              *subscription.Money         `json:"total,omitempty"`
		Payment            *subscription.Payment       `json:"payment,omitempty"`
		FailedPayment      *subscription.Bill          `json:"failed_payment,omitempty"`
	} `json:"data"`
}

// publish queues the outgoing webhooks of events to every active endpoint of the shop.
func (b *Bridge) publish(tx Tx, shop Shop, a subscription.Account, events []event, why trigger.Cause) error {
	events = slices.DeleteFunc(slices.Clone(events), func(e event) bool { return e.kind == rolled })
	if len(events) == 0 {
		return nil
	}
	endpoints, err := tx.Endpoints(shop.ID)
	if err != nil {
		return err
	}
	for _, to := range endpoints {
		if to.Active {
			b.wakeAfter(tx, WakeWebhook, to.ID)
		}
	}
	for _, e := range events {
		body, err := e.payload(tx.Now(), a, why)
		if err != nil {
			return err
		}
		key := ident.New("evt", tx.Now())
		for _, to := range endpoints {
			if !to.Active {
				continue
			}
			if err := tx.AddOutgoing(newOutgoing(tx, to, e.kind, key, body)); err != nil {
				return err
			}
		}
	}
	return nil
}

func newOutgoing(tx Tx, to Endpoint, kind, key, body string) Outgoing {
	return Outgoing{
		ID: ident.New("msg", tx.Now()), ShopID: to.ShopID, EndpointID: to.ID, Event: kind, Key: key,
		Payload: body, State: Queued, DueAt: tx.Now(),
	}
}

func (e event) payload(now time.Time, a subscription.Account, why trigger.Cause) (string, error) {
	p := payload{Type: e.kind, Timestamp: now.UTC()}
	p.Data.CustomerID, p.Data.CustomerExternalID, p.Data.By = a.Customer.ID, a.Customer.ExternalID, why.Actor
	p.Data.Date, p.Data.NewDate = e.date.String(), e.to.String()
	p.Data.Subscriptions, p.Data.Payment, p.Data.FailedPayment = e.subscriptions, e.payment, e.bill
	if len(e.subscriptions) > 0 && strings.HasPrefix(e.kind, "order.") {
		// Without a single currency there is no total: the items still say what there is to charge.
		if total, err := (subscription.Order{Subscriptions: e.subscriptions}).Total(); err == nil && !total.IsZero() {
			p.Data.Total = &total
		} else if err != nil && !fault.Is(err, fault.Conflict) {
			return "", err
		}
	}
	body, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("encode webhook %s: %w", e.kind, err)
	}
	return string(body), nil
}
