package postscript

// Values of Me.ResourceType. Only the first is published; the second is our reading.
const (
	ResourceShop    = "shop"
	ResourcePartner = "partner"
)

// Me is the answer of GET /api/v2/me: whose key this is.
type Me struct {
	ResourceID   string `json:"resource_id"`
	ResourceName string `json:"resource_name"`
	ResourceType string `json:"resource_type"`
}

// UnsubscribeRequest is the body of PATCH /api/v2/compliance/unsubscribe. One field is enough.
type UnsubscribeRequest struct {
	PostscriptSubscriberID string `json:"postscript_subscriber_id,omitempty"`
	PhoneNumber            string `json:"phone_number,omitempty"`
}

// RedactRequest is the body of PATCH /api/v2/compliance/redact: erases a person and unsubscribes them. It
// cannot be undone. One field is enough.
type RedactRequest struct {
	PostscriptSubscriberID string `json:"postscript_subscriber_id,omitempty"`
	ShopifyCustomerID      string `json:"shopify_customer_id,omitempty"` // text here, a number elsewhere
	Email                  string `json:"email,omitempty"`
	PhoneNumber            string `json:"phone_number,omitempty"`
}

// OK is the 202 answer of both compliance calls and of the webhook test; Message is "OK".
type OK struct {
	Message string `json:"message"`
}
