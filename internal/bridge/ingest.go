package bridge

import (
	"time"

	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// bookTx is the picture we keep of customers and their subscriptions.
type bookTx interface {
	// Account returns the whole picture of one customer and keeps it from changing until the transaction ends.
	Account(shopID, customerID string) (subscription.Account, error)
	// Customer returns one customer with what we know about texting them.
	Customer(shopID, customerID string) (Customer, error)
	// CustomerByPhone returns the customer of an E.164 number; fault.NotFound if there is none.
	CustomerByPhone(shopID string, phone subscription.Phone) (Customer, error)
	// SaveAccount creates or replaces a customer and all given subscriptions, each with its plan.
	SaveAccount(shopID string, a subscription.Account, plans map[string]Plan) error
	// SetTexts keeps what Postscript told us about texting a customer; subscriber "" leaves the id as it is.
	SetTexts(shopID, customerID string, t Texts, subscriber string) error
}

// Plan is when the clock has to look at a subscription again.
type Plan struct {
	NotifyAt time.Time // zero: no notice is planned for its next order
	RollAt   time.Time // the moment its order date begins or its pause ends, in the shop's zone; zero: never
}

// ledgerTx is what only the built-in ledger needs: API tokens, outgoing webhooks.
type ledgerTx interface{}

// WebhookSender posts the ledger's outgoing webhooks.
type WebhookSender interface{}

// change takes in that a customer's account went from before (nil: new) to after: it saves it, plans its
// notices, queues the deliveries of the triggers the difference fires, the ledger's outgoing webhooks, and
// traces it all. Everything happens in tx; the caller wakes WakeDeliver for the shop after the commit.
func (b *Bridge) change(tx Tx, shop Shop, before *subscription.Account, after subscription.Account, why trigger.Cause) ([]trigger.Fired, error) {
	panic("written by the book's owner")
}
