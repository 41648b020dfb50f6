package ledger

import (
	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// customer is a customer as the API shows them.
type customer struct {
	subscription.Customer
	Texts string `json:"texts"` // whether they may be texted, as far as known
}

func show(c bridge.Customer) customer {
	out := customer{Customer: c.Customer, Texts: string(c.Texts)}
	if out.Texts == "" {
		out.Texts = "unknown"
	}
	return out
}

// customerFields are what a request may say of a customer; nil leaves a value as it is.
type customerFields struct {
	ExternalID *string `json:"external_id"`
	FirstName  *string `json:"first_name"`
	LastName   *string `json:"last_name"`
	Email      *string `json:"email"`
	Phone      *string `json:"phone"`
	Zone       *string `json:"zone"`
	State      *string `json:"state"`
	Payment    *struct {
		Brand       string `json:"brand"`
		Last4       string `json:"last4"`
		Fingerprint string `json:"fingerprint"`
	} `json:"payment"`
	By string `json:"by"`
}

func (f customerFields) apply(c *subscription.Customer) error {
	for _, v := range []struct{ from, to *string }{
		{f.ExternalID, &c.ExternalID},
		{f.FirstName, &c.FirstName},
		{f.LastName, &c.LastName},
		{f.Email, &c.Email},
		{f.Zone, &c.Zone},
		{f.State, &c.State},
	} {
		if v.from != nil {
			*v.to = *v.from
		}
	}
	if f.Phone != nil {
		c.Phone = subscription.Phone(*f.Phone)
	}
	if f.Payment != nil {
		c.Payment = subscription.Payment(*f.Payment)
	}
	return nil
}

func (a *api) createCustomer(c *call) (any, error) {
	var in customerFields
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	why, once, err := c.reasons(in.By, trigger.Merchant)
	if err != nil {
		return nil, err
	}
	var fresh subscription.Customer
	if err := in.apply(&fresh); err != nil {
		return nil, err
	}
	made, err := a.Book.CreateCustomer(c.Context(), c.shop, fresh, why, once)
	return show(made), err
}

// reasons reads whose doing a change is and what keeps it from happening twice.
func (c *call) reasons(by string, def trigger.Actor) (trigger.Cause, bridge.Once, error) {
	why, err := cause(by, def)
	if err != nil {
		return why, bridge.Once{}, err
	}
	once, err := c.once()
	return why, once, err
}

func (a *api) listCustomers(c *call) (any, error) {
	limit, err := c.limit()
	if err != nil {
		return nil, err
	}
	q := c.URL.Query()
	list, next, err := a.Book.Customers(c.Context(), c.shop, q.Get("query"), q.Get("cursor"), limit)
	if err != nil {
		return nil, err
	}
	out := make([]customer, len(list))
	for i, v := range list {
		out[i] = show(v)
	}
	return page{Data: out, Next: next}, nil
}

func (a *api) getCustomer(c *call) (any, error) {
	v, err := a.Book.Customer(c.Context(), c.shop, c.PathValue("customer"))
	return show(v), err
}

func (a *api) patchCustomer(c *call) (any, error) {
	var in customerFields
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	why, once, err := c.reasons(in.By, trigger.Merchant)
	if err != nil {
		return nil, err
	}
	v, err := a.Book.UpdateCustomer(c.Context(), c.shop, c.PathValue("customer"), in.apply, why, once)
	return show(v), err
}

// paymentMethod takes in that the customer has changed how they pay. The fingerprint is whatever the merchant's
// payment provider calls the card, as long as it changes with it.
func (a *api) paymentMethod(c *call) (any, error) {
	var in struct {
		Brand       string `json:"brand"`
		Last4       string `json:"last4"`
		Fingerprint string `json:"fingerprint"`
		By          string `json:"by"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if in.Fingerprint == "" {
		return nil, fault.Field("fingerprint", "Give something that changes whenever the customer changes how they pay, such as the payment provider's id.")
	}
	why, once, err := c.reasons(in.By, trigger.Customer)
	if err != nil {
		return nil, err
	}
	v, err := a.Book.UpdateCustomer(c.Context(), c.shop, c.PathValue("customer"), func(v *subscription.Customer) error {
		v.Payment = subscription.Payment{Brand: in.Brand, Last4: in.Last4, Fingerprint: in.Fingerprint}
		return nil
	}, why, once)
	return show(v), err
}

// paymentFailure takes in that the payment of an order failed. Tries of one bill share its bill_id.
func (a *api) paymentFailure(c *call) (any, error) {
	var in struct {
		BillID    string              `json:"bill_id"`
		OrderDate string              `json:"order_date"`
		Total     *subscription.Money `json:"total"`
		Attempt   int                 `json:"attempt"`
		NextRetry string              `json:"next_retry"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	bill := subscription.Bill{ID: in.BillID, Attempt: in.Attempt}
	if in.Total != nil {
		bill.Total = *in.Total
	}
	var err error
	if bill.OrderDate, err = day("order_date", in.OrderDate); err != nil {
		return nil, err
	}
	if bill.NextRetry, err = day("next_retry", in.NextRetry); err != nil {
		return nil, err
	}
	why, once, err := c.reasons("", trigger.System)
	if err != nil {
		return nil, err
	}
	acc, err := a.Book.PaymentFailed(c.Context(), c.shop, c.PathValue("customer"), bill, why, once)
	if err != nil {
		return nil, err
	}
	return acc.Failed, nil
}
