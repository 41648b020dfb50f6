package bridge

// importTx finds what a file to import meets in the book.
type importTx interface {
	// CustomerIDs returns ids by external id.
	CustomerIDs(shopID string, externalIDs []string) (map[string]string, error)
	// PhoneOwners returns the external ids of the customers that have the given numbers, by number.
	PhoneOwners(shopID string, phones []string) (map[string]string, error)
	// SubscriptionOwners returns the external ids of the customers of subscriptions, by the subscription's.
	SubscriptionOwners(shopID string, externalIDs []string) (map[string]string, error)
}
