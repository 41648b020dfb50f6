package ledger

import (
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// standing is a subscription as the API shows it.
type standing struct {
	CustomerID string `json:"customer_id"`
	subscription.Subscription
}

func showSubscription(customerID string, s subscription.Subscription) standing {
	if s.Skipped == nil {
		s.Skipped = []subscription.Date{}
	}
	return standing{customerID, s}
}

// subscriptionFields are what a request may say of a subscription; nil leaves a value as it is.
type subscriptionFields struct {
	ExternalID  *string                `json:"external_id"`
	Items       *[]subscription.Item   `json:"items"`
	Interval    *subscription.Interval `json:"interval"`
	Next        *string                `json:"next"`
	Anchor      *int                   `json:"anchor"`
	Status      *string                `json:"status"`       // when it is made
	PausedUntil *string                `json:"paused_until"` // when it is made
	By          string                 `json:"by"`
}

func (f subscriptionFields) apply(s *subscription.Subscription) (err error) {
	if f.ExternalID != nil {
		s.ExternalID = *f.ExternalID
	}
	if f.Items != nil {
		s.Items = *f.Items
	}
	if f.Interval != nil {
		s.Interval = *f.Interval
	}
	if f.Next != nil {
		if s.Next, err = day("next", *f.Next); err != nil {
			return err
		}
	}
	if f.Anchor != nil {
		s.Anchor = *f.Anchor
	}
	if f.Status != nil {
		s.Status = subscription.Status(*f.Status)
	}
	if f.PausedUntil != nil {
		s.PausedUntil, err = day("paused_until", *f.PausedUntil)
	}
	return err
}

func (a *api) createSubscription(c *call) (any, error) {
	var in subscriptionFields
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	why, once, err := c.reasons(in.By, trigger.Merchant)
	if err != nil {
		return nil, err
	}
	var fresh subscription.Subscription
	if err := in.apply(&fresh); err != nil {
		return nil, err
	}
	made, err := a.Book.CreateSubscription(c.Context(), c.shop, c.PathValue("customer"), fresh, why, once)
	return showSubscription(c.PathValue("customer"), made), err
}

func (a *api) listSubscriptions(c *call) (any, error) {
	acc, err := a.Book.Account(c.Context(), c.shop, c.PathValue("customer"))
	if err != nil {
		return nil, err
	}
	out := make([]standing, len(acc.Subscriptions))
	for i, s := range acc.Subscriptions {
		out[i] = showSubscription(acc.Customer.ID, s)
	}
	return page{Data: out}, nil
}

func (a *api) getSubscription(c *call) (any, error) {
	s, owner, err := a.Book.SubscriptionOf(c.Context(), c.shop, c.PathValue("subscription"))
	return showSubscription(owner, s), err
}

func (a *api) patchSubscription(c *call) (any, error) {
	var in subscriptionFields
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if in.Status != nil || in.PausedUntil != nil {
		return nil, fault.Field("status", "Use pause, resume or cancel to change where a subscription stands.")
	}
	why, once, err := c.reasons(in.By, trigger.Merchant)
	if err != nil {
		return nil, err
	}
	return a.shown(c)(a.Book.UpdateSubscription(c.Context(), c.shop, c.PathValue("subscription"), in.apply, why, once))
}

// shown adds to a changed subscription whose it is.
func (a *api) shown(c *call) func(subscription.Subscription, error) (any, error) {
	return func(s subscription.Subscription, err error) (any, error) {
		if err != nil {
			return nil, err
		}
		_, owner, err := a.Book.SubscriptionOf(c.Context(), c.shop, s.ID)
		return showSubscription(owner, s), err
	}
}

// ask is what a request for an action may say.
type ask struct {
	By            string   `json:"by"`
	Until         string   `json:"until"`            // pause
	To            string   `json:"to"`               // delay
	Subscriptions []string `json:"subscription_ids"` // skip, unskip, delay: only these of the order
}

// act carries out an action on one subscription.
func (a *api) act(c *call, in *ask, do func(acc subscription.Account, ids []string, today subscription.Date) (subscription.Account, error)) (any, error) {
	why, once, err := c.reasons(in.By, trigger.Merchant)
	if err != nil {
		return nil, err
	}
	id := c.PathValue("subscription")
	return a.shown(c)(a.Book.ChangeSubscription(c.Context(), c.shop, id, func(acc subscription.Account, today subscription.Date) (subscription.Account, error) {
		return do(acc, []string{id}, today)
	}, why, once))
}

func (a *api) pause(c *call) (any, error) {
	var in ask
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	until, err := day("until", in.Until)
	if err != nil {
		return nil, err
	}
	return a.act(c, &in, func(acc subscription.Account, ids []string, today subscription.Date) (subscription.Account, error) {
		if !until.IsZero() && !until.After(today) {
			return acc, fault.Field("until", "A pause ends after today, %s.", today.Long())
		}
		return subscription.Pause(acc, ids, until)
	})
}

func (a *api) resume(c *call) (any, error) {
	var in ask
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	return a.act(c, &in, subscription.Resume)
}

func (a *api) cancel(c *call) (any, error) {
	var in ask
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	return a.act(c, &in, func(acc subscription.Account, ids []string, _ subscription.Date) (subscription.Account, error) {
		return subscription.Cancel(acc, ids)
	})
}
