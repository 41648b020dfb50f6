package texting

import (
	"context"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
)

// Automation is a merchant's rule: when this trigger fires for somebody, send these messages.
type Automation struct {
	ID            string // aut_…
	ShopID        string
	Name          string
	Engine        string // EngineLegacy or EngineFlow: the two share no triggers
	TriggerID     string // legacy: a registered trigger's id; flow: the event type
	TriggerName   string // as merchants see it
	CancelTrigger string // of the same engine; when it fires, what still waits for that person is not sent. "": none
	CancelName    string
	Filters       []Filter // all must hold for the values the trigger brought
	Once          bool     // starts at most once for each subscriber, ever
	Active        bool
	Messages      []Step
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Step is one message of an automation.
type Step struct {
	Copy string `json:"copy"`
	// WaitMinutes counts from the moment the trigger fired, for every message of the series; 0 is "right away".
	WaitMinutes int `json:"wait_minutes"`
}

// AutomationInput is what a merchant chooses. The errors about it blame name, engine, trigger, cancel_trigger,
// messages, messages.0.copy, messages.0.wait, filters, filters.0.tag, filters.0.op or filters.0.value.
type AutomationInput struct {
	Name          string
	Engine        string
	TriggerID     string
	CancelTrigger string
	Filters       []Filter
	Once          bool
	Active        bool
	Messages      []Step
}

type automationTx interface {
	AddAutomation(Automation) error
	// SaveAutomation replaces all a merchant can change.
	SaveAutomation(Automation) error
	DeleteAutomation(shopID, id string) error
	// Automation returns one that is not deleted; fault.NotFound otherwise.
	Automation(shopID, id string) (Automation, error)
	// Automations returns those of a shop, oldest first.
	Automations(shopID string, limit int) ([]Automation, error)
	// ReleaseHeld makes what waits because the automation was off due again at its own time.
	ReleaseHeld(shopID, automationID string) (int64, error)
	// SuppressWaiting ends the automation's waiting messages, of one subscriber or with "" of everybody.
	SuppressWaiting(shopID, automationID, subscriberID, reason string) (int64, error)
}

const (
	maxAutomations = 500
	// usefulOff is how long after its own time a message may still go out when its automation is switched on
	// again.
	usefulOff = 24 * time.Hour
)

// CreateAutomation makes an automation.
func (t *Texting) CreateAutomation(ctx context.Context, shopID string, in AutomationInput) (a Automation, err error) {
	defer fault.Wrap(&err, "texting: create an automation for %s", shopID)
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		have, err := tx.Automations(shopID, maxAutomations)
		if err != nil {
			return err
		}
		if len(have) >= maxAutomations {
			return fault.Field("name", "There are %d automations already; delete some that nobody uses.", maxAutomations)
		}
		a = Automation{ID: ident.New("aut", tx.Now()), ShopID: shopID, CreatedAt: tx.Now()}
		if err := in.apply(tx, &a); err != nil {
			return err
		}
		return tx.AddAutomation(a)
	})
	return a, err
}

// UpdateAutomation changes an automation. Messages that already wait are sent with the new copy at their old
// time; those whose step is gone are not sent. On another trigger, none of them is.
func (t *Texting) UpdateAutomation(ctx context.Context, shopID, id string, in AutomationInput) (a Automation, err error) {
	defer fault.Wrap(&err, "texting: update automation %s", id)
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		if a, err = tx.Automation(shopID, id); err != nil {
			return err
		}
		old := a
		if err := in.apply(tx, &a); err != nil {
			return err
		}
		if err := tx.SaveAutomation(a); err != nil {
			return err
		}
		if old.Engine != a.Engine || old.TriggerID != a.TriggerID {
			_, err := tx.SuppressWaiting(shopID, id, "", "The automation was moved to another trigger.")
			return err
		}
		return toggled(tx, old, a)
	})
	if err == nil {
		t.wake(ctx, WakeSend, shopID)
	}
	return a, err
}

// SetAutomationActive switches an automation on or off. Off, it starts for nobody, and what it has waiting is
// held back; on again, that goes out if its own time is no more than a day ago. What stays held longer is
// recorded as suppressed.
func (t *Texting) SetAutomationActive(ctx context.Context, shopID, id string, active bool) (a Automation, err error) {
	defer fault.Wrap(&err, "texting: switch automation %s", id)
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		if a, err = tx.Automation(shopID, id); err != nil {
			return err
		}
		old := a
		a.Active, a.UpdatedAt = active, tx.Now()
		if err := tx.SaveAutomation(a); err != nil {
			return err
		}
		return toggled(tx, old, a)
	})
	if err == nil {
		t.wake(ctx, WakeSend, shopID)
	}
	return a, err
}

// toggled does what follows from an automation having been switched on. Switching off needs nothing: each
// message finds out when its time comes.
func toggled(tx Tx, old, now Automation) error {
	if old.Active || !now.Active {
		return nil
	}
	_, err := tx.ReleaseHeld(now.ShopID, now.ID)
	return err
}

// DeleteAutomation deletes an automation; what it has waiting is not sent. Its messages and numbers stay.
func (t *Texting) DeleteAutomation(ctx context.Context, shopID, id string) (err error) {
	defer fault.Wrap(&err, "texting: delete automation %s", id)
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		if _, err := tx.Automation(shopID, id); err != nil {
			return err
		}
		if err := tx.DeleteAutomation(shopID, id); err != nil {
			return err
		}
		_, err := tx.SuppressWaiting(shopID, id, "", "The automation was deleted.")
		return err
	})
}

// Automation returns one automation of a shop.
func (t *Texting) Automation(ctx context.Context, shopID, id string) (a Automation, err error) {
	defer fault.Wrap(&err, "texting: automation %s", id)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		a, err = tx.Automation(shopID, id)
		return err
	})
	return a, err
}

// Automations returns the automations of a shop, oldest first.
func (t *Texting) Automations(ctx context.Context, shopID string) (list []Automation, err error) {
	defer fault.Wrap(&err, "texting: automations of %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.Automations(shopID, maxAutomations)
		return err
	})
	return list, err
}

// apply checks what the merchant chose and puts it into a.
func (in AutomationInput) apply(tx Tx, a *Automation) error {
	choices, err := triggerChoices(tx, a.ShopID)
	if err != nil {
		return err
	}
	shop, err := tx.TextingShop(a.ShopID)
	if err != nil {
		return err
	}
	if err := in.check(a, shop, choices); err != nil {
		return err
	}
	a.UpdatedAt = tx.Now()
	return nil
}
