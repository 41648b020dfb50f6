package bridge

// deliverTx is the queue of deliveries.
type deliverTx interface{}

// Postscript is what the bridge needs of Postscript's API; *client.Client is one (joined in package app).
type Postscript interface{}

// connectTx is what we know of a shop's Postscript account.
type connectTx interface{}

// queue adds a delivery in tx unless its customer already has one of that key; it fills id, state, due moment
// and creation. A trigger the merchant switched off is stored as suppressed, with that reason. It traces what
// it did and reports whether a delivery was added.
func (b *Bridge) queue(tx Tx, shop Shop, d Delivery) (bool, error) {
	panic("written by the deliveries' owner")
}

// accountLink returns a fresh link to the customer's account page, valid for the shop's LinkDays.
func (b *Bridge) accountLink(shop Shop, customerID string) string {
	panic("written by the deliveries' owner")
}
