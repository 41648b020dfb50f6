package texting

import (
	"context"
	"maps"
	"slices"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
)

// Engines: which of the two sorts of automation an event starts.
const (
	EngineLegacy = "legacy" // v1 triggers
	EngineFlow   = "flow"   // v2 custom events
)

// FireInput is one fired trigger or custom event.
type FireInput struct {
	Engine       string
	TriggerID    string // legacy: a registered trigger's id; flow: the event type
	Sender       string // who sent it, as merchants see it
	SubscriberID string
	Phone        string
	Email        string
	ExternalID   string // "" when the sender gave none
	Properties   map[string]string
	OccurredAt   time.Time // zero: now
}

// Event is a fired trigger or custom event as it was received.
type Event struct {
	ID     string // evt_…
	ShopID string
	FireInput
	State      string // new, done
	DueAt      time.Time
	Outcome    string
	ReceivedAt time.Time
}

// EventType is a custom event that was seen, matched or not: what flow automations can listen to.
type EventType struct {
	Sender     string
	Type       string
	Properties []string // names seen, sorted
	SeenAt     time.Time
}

type eventTx interface {
	// AddEvent adds an event unless the shop has one with that ExternalID; it reports whether it was added.
	AddEvent(Event) (bool, error)
	// SeeEventType records that a type of event was sent with these property names.
	SeeEventType(shopID string, e EventType) error
	// EventTypes returns the types seen, by name.
	EventTypes(shopID string, limit int) ([]EventType, error)
	// DueEvents claims events that are due, in the order they came.
	DueEvents(shopID string, limit int) ([]Event, error)
	// FinishEvent records whom an event was about ("" for nobody) and what came of it.
	FinishEvent(shopID, id, subscriberID, outcome string) error
	// Events returns those of the ids that exist, by id.
	Events(shopID string, ids []string) (map[string]Event, error)
	// LastEvent returns the newest event of a trigger about a subscriber; fault.NotFound if there was none.
	LastEvent(shopID, engine, triggerID, subscriberID string) (Event, error)
	// LastTold returns the values of the newest event about a subscriber that carried PropSubscriptions; none if
	// there was none.
	LastTold(shopID, subscriberID string) (map[string]string, error)
	// EventShops returns shops with due events, longest due first, and NextEvent when the first is due: the zero
	// time if none waits.
	EventShops(now time.Time, limit int) ([]string, error)
	NextEvent() (time.Time, error)
}

// Fire takes in a trigger or custom event, durably, and returns its id. Whom it concerns and which automations
// it starts is decided later. Unless Options.Faithful, a repeated ExternalID is dropped, and the id returned
// then is that of nothing.
func (t *Texting) Fire(ctx context.Context, shopID string, f FireInput) (id string, err error) {
	defer fault.Wrap(&err, "texting: fire %s", f.TriggerID)
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		id = ident.New("evt", tx.Now())
		e := Event{ID: id, ShopID: shopID, FireInput: f, State: "new", DueAt: tx.Now(), ReceivedAt: tx.Now()}
		if e.OccurredAt.IsZero() {
			e.OccurredAt = tx.Now()
		}
		if e.ExternalID == "" || t.o.Faithful {
			e.ExternalID = id
		}
		if f.Engine == EngineFlow {
			seen := EventType{Sender: f.Sender, Type: f.TriggerID, Properties: slices.Sorted(maps.Keys(f.Properties)), SeenAt: tx.Now()}
			if err := tx.SeeEventType(shopID, seen); err != nil {
				return err
			}
		}
		t.wakeAfter(tx, WakeEvent, shopID)
		_, err := tx.AddEvent(e)
		return err
	})
	return id, err
}

// wakeAfter wakes a handler once the transaction is committed that made work for it.
func (t *Texting) wakeAfter(tx Tx, kind, key string) {
	tx.Then(func() { t.wake(context.Background(), kind, key) })
}

// wake asks for work. A lost wake-up costs a second at most, because the sweep finds the rows.
func (t *Texting) wake(ctx context.Context, kind, key string) {
	if err := t.o.Waker.Wake(ctx, kind, key); err != nil && t.o.Log != nil {
		t.o.Log.WarnContext(ctx, "texting: wake-up lost", "kind", kind, "key", key, "error", err)
	}
}
