package texting

import (
	"context"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
)

// RegisteredTrigger is a trigger somebody registered over the v1 API: what legacy automations listen to.
type RegisteredTrigger struct {
	ID                   string // no prefix, as v1 ids have none
	ShopID               string // "" for a partner-wide one
	Partner              string // who registered it; "" for the shop itself
	Name                 string // as merchants see it: Rejoinder: Upcoming Order
	Tags                 []TriggerTag
	TransactionalAllowed bool
	CreatedAt            time.Time
	UpdatedAt            time.Time
}

// TriggerTag is a value copy may use. Value has the braces.
type TriggerTag struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// TriggerChange is what registering or changing a trigger sets; nil leaves a field as it is.
type TriggerChange struct {
	Name                 *string
	Tags                 *[]TriggerTag
	TransactionalAllowed *bool
}

type triggerTx interface {
	AddTrigger(RegisteredTrigger) error
	SaveTrigger(RegisteredTrigger) error
	DeleteTrigger(id string) error
	// Trigger returns a trigger that is not deleted; fault.NotFound otherwise.
	Trigger(id string) (RegisteredTrigger, error)
	// ShopTriggers returns the triggers a shop can use, its own and the partner-wide ones let in, by name.
	ShopTriggers(shopID string, limit int) ([]RegisteredTrigger, error)
	// PartnerTriggers returns a partner's partner-wide triggers, by name.
	PartnerTriggers(partner string, limit int) ([]RegisteredTrigger, error)
	// AllowTrigger lets a shop use a partner-wide trigger; again changes nothing.
	AllowTrigger(id, shopID string) error
	TriggerAllowed(id, shopID string) (bool, error)
}

// Limits of triggers. The real ones are not published.
const (
	maxTriggers    = 500
	maxTriggerName = 120
	maxTriggerTags = 100
)

// RegisterTrigger registers a trigger: with a shop in the call it belongs to that shop alone, without one it
// is partner-wide. Two triggers of one name are two triggers.
func (t *Texting) RegisterTrigger(ctx context.Context, c Caller, ch TriggerChange) (tr RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "texting: register a trigger")
	if ch.Name == nil {
		return tr, fault.Field("name", "A trigger needs a name.")
	}
	tr = RegisteredTrigger{ShopID: c.ShopID, Partner: c.Partner}
	if err := ch.apply(&tr); err != nil {
		return tr, err
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		have, err := t.triggersOf(tx, c)
		if err != nil {
			return err
		}
		if len(have) >= maxTriggers {
			return fault.Field("name", "There are %d triggers already; delete some that nobody uses.", maxTriggers)
		}
		tr.ID = strings.TrimPrefix(ident.New("t", tx.Now()), "t_")
		tr.CreatedAt, tr.UpdatedAt = tx.Now(), tx.Now()
		return tx.AddTrigger(tr)
	})
	return tr, err
}

// Triggers lists what a caller can see: a shop its own and the partner-wide ones that were let in, a partner
// alone its partner-wide ones.
func (t *Texting) Triggers(ctx context.Context, c Caller) (list []RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "texting: triggers")
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, err = t.triggersOf(tx, c)
		return err
	})
	return list, err
}

func (t *Texting) triggersOf(tx Tx, c Caller) ([]RegisteredTrigger, error) {
	if c.ShopID == "" {
		return tx.PartnerTriggers(c.Partner, maxTriggers)
	}
	return tx.ShopTriggers(c.ShopID, maxTriggers)
}

// Trigger returns one trigger the caller can see; fault.NotFound otherwise.
func (t *Texting) Trigger(ctx context.Context, c Caller, id string) (tr RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "texting: trigger %s", id)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		tr, err = visibleTrigger(tx, c, id)
		return err
	})
	return tr, err
}

// Firing returns what a caller names to fire: a trigger they can see, and a person of theirs who was not erased;
// fault.NotFound when either is missing. It reads both at once, because there is no call that comes more often.
func (t *Texting) Firing(ctx context.Context, c Caller, triggerID, subscriberID string) (tr RegisteredTrigger, s Subscriber, err error) {
	defer fault.Wrap(&err, "texting: what fires %s", triggerID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		if tr, err = visibleTrigger(tx, c, triggerID); err != nil {
			return err
		}
		s, err = findSubscriber(tx, c.ShopID, subscriberID)
		return err
	})
	if err == nil && s.Status == Redacted {
		err = errNoSubscriber
	}
	return tr, s, err
}

// ChangeTrigger changes a trigger the caller owns.
func (t *Texting) ChangeTrigger(ctx context.Context, c Caller, id string, ch TriggerChange) (tr RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "texting: change trigger %s", id)
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		if tr, err = ownTrigger(tx, c, id); err != nil {
			return err
		}
		if err := ch.apply(&tr); err != nil {
			return err
		}
		tr.UpdatedAt = tx.Now()
		return tx.SaveTrigger(tr)
	})
	return tr, err
}

// RemoveTrigger deletes a trigger the caller owns. Automations on it stay, and fire no more.
func (t *Texting) RemoveTrigger(ctx context.Context, c Caller, id string) (err error) {
	defer fault.Wrap(&err, "texting: remove trigger %s", id)
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		if _, err := ownTrigger(tx, c, id); err != nil {
			return err
		}
		return tx.DeleteTrigger(id)
	})
}

// AllowTrigger lets the shop of the call use a partner-wide trigger of the calling partner.
func (t *Texting) AllowTrigger(ctx context.Context, c Caller, id string) (tr RegisteredTrigger, err error) {
	defer fault.Wrap(&err, "texting: allow trigger %s", id)
	if c.Partner == "" || c.ShopID == "" {
		return tr, fault.New(fault.Forbidden, "Only a partner, naming a shop by its token, can add a shop to a trigger.")
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		if tr, err = tx.Trigger(id); err != nil {
			return err
		}
		if tr.Partner != c.Partner || tr.ShopID != "" {
			return errNoTrigger
		}
		return tx.AllowTrigger(id, c.ShopID)
	})
	return tr, err
}

var errNoTrigger = fault.New(fault.NotFound, "There is no such trigger.")

// visibleTrigger returns a trigger the caller may read and fire.
func visibleTrigger(tx Tx, c Caller, id string) (RegisteredTrigger, error) {
	tr, err := tx.Trigger(id)
	if err != nil {
		return tr, err
	}
	if tr.ShopID != "" {
		if tr.ShopID == c.ShopID {
			return tr, nil
		}
		return RegisteredTrigger{}, errNoTrigger
	}
	if c.ShopID != "" {
		allowed, err := tx.TriggerAllowed(id, c.ShopID)
		if err != nil || allowed {
			return tr, err
		}
	}
	if c.Partner != "" && tr.Partner == c.Partner {
		return tr, nil
	}
	return RegisteredTrigger{}, errNoTrigger
}

// ownTrigger returns a trigger the caller may change: a shop's own, or a partner-wide one of the partner.
func ownTrigger(tx Tx, c Caller, id string) (RegisteredTrigger, error) {
	tr, err := visibleTrigger(tx, c, id)
	if err == nil && tr.ShopID == "" && (c.Partner == "" || tr.Partner != c.Partner) {
		return RegisteredTrigger{}, fault.New(fault.Forbidden, "Only the partner that registered the trigger can change it.")
	}
	return tr, err
}

// apply checks a change and makes it.
func (ch TriggerChange) apply(tr *RegisteredTrigger) error {
	if ch.Name != nil {
		tr.Name = strings.TrimSpace(*ch.Name)
		if tr.Name == "" || len(tr.Name) > maxTriggerName {
			return fault.Field("name", "A trigger needs a name of at most %d characters.", maxTriggerName)
		}
	}
	if ch.Tags != nil {
		tags, err := normalTags(*ch.Tags)
		if err != nil {
			return err
		}
		tr.Tags = tags
	}
	if ch.TransactionalAllowed != nil {
		tr.TransactionalAllowed = *ch.TransactionalAllowed
	}
	return nil
}

// normalTags lowers tag names, as Postscript does, and gives each its braces.
func normalTags(in []TriggerTag) ([]TriggerTag, error) {
	if len(in) > maxTriggerTags {
		return nil, fault.Field("tags", "A trigger has at most %d tags.", maxTriggerTags)
	}
	out := make([]TriggerTag, 0, len(in))
	seen := map[string]bool{}
	for _, tag := range in {
		name := strings.ToLower(strings.TrimSpace(postscript.TagName(strings.TrimSpace(tag.Value))))
		for _, r := range name {
			if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '-' {
				return nil, fault.Field("tags", "The tag %.60q must have letters, digits, _ and - only.", tag.Value)
			}
		}
		if name == "" || seen[name] {
			return nil, fault.Field("tags", "Every tag needs a value of its own, such as {order_total}.")
		}
		seen[name] = true
		label := strings.TrimSpace(tag.Label)
		if label == "" {
			label = name
		}
		out = append(out, TriggerTag{Label: label, Value: "{" + name + "}"})
	}
	return out, nil
}
