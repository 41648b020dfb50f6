package postscript

// Subscriber is a person who has agreed to texts, as v2 shows it: the answer of GET and PATCH
// /api/v2/subscribers/{id}, and an entry of a SubscriberPage.
type Subscriber struct {
	CreatedAt         TimeZ          `json:"created_at"`
	Data              map[string]any `json:"data"`
	Email             Optional       `json:"email"`
	ID                string         `json:"id"`
	PSID              int64          `json:"ps_id"` // what the storefront's cookie holds
	PhoneNumber       string         `json:"phone_number"`
	Properties        map[string]any `json:"properties"` // Postscript's own and custom ones
	ShopifyCustomerID ShopifyID      `json:"shopify_customer_id"`
	Subscriptions     Permissions    `json:"subscriptions"`
	Tags              []string       `json:"tags"`
	UpdatedAt         TimeZ          `json:"updated_at"`
}

// Permissions says what may be sent to a subscriber.
type Permissions struct {
	Promotional   Permission `json:"promotional"`
	Transactional Permission `json:"transactional"`
}

// Permission is one line of Permissions.
type Permission struct {
	CanSend bool `json:"can_send"`
}

// SubscriberPage is the answer of GET /api/v2/subscribers.
type SubscriberPage struct {
	PageInfo    PageInfo     `json:"page_info"`
	Subscribers []Subscriber `json:"subscribers"`
}

// PageInfo counts pages from 1. The size of a page is not published and cannot be chosen.
type PageInfo struct {
	Page       int `json:"page"`
	TotalPages int `json:"total_pages"`
}

// Names of the query parameters of GET /api/v2/subscribers. A field and an operator are joined by two
// underscores (FilterPhone + OpEq); several values of OpIn are sent by repeating the parameter.
const (
	QueryPage = "page"
	QuerySort = "sort" // a field with __asc or __desc

	FilterCreatedAt = "created_at"          // OpEq OpGt OpGte OpLt OpLte; sortable
	FilterUpdatedAt = "updated_at"          // the same
	FilterEmail     = "email"               // OpEq OpContains OpIn
	FilterPhone     = "phone_number"        // the same; sortable
	FilterShopify   = "shopify_customer_id" // the same; sortable
	FilterPSID      = "ps_id"               // OpEq

	OpEq       = "__eq"
	OpGt       = "__gt"
	OpGte      = "__gte"
	OpLt       = "__lt"
	OpLte      = "__lte"
	OpContains = "__contains"
	OpIn       = "__in"
	SortAsc    = "__asc"
	SortDesc   = "__desc"
)

// SubscriberUpdate is the body of PATCH /api/v2/subscribers/{id}. Nothing can be taken away with it.
type SubscriberUpdate struct {
	Email      string         `json:"email,omitempty"`      // kept only if there was none, or no Shopify customer is linked
	Tags       []string       `json:"tags,omitempty"`       // added to those there are
	Properties map[string]any `json:"properties,omitempty"` // null ones are ignored; at most MaxSubscriberProperties
}

// Origins of a new subscriber that callers have reported as accepted. Published lists disagree.
const (
	OriginWebsite = "website"
	OriginSocial  = "social"
	OriginOther   = "other"
)

// NewSubscriber is the body of POST /api/v2/subscribers. It always starts a double opt-in.
type NewSubscriber struct {
	PhoneNumber       string         `json:"phone_number"`
	Keyword           string         `json:"keyword,omitempty"` // this or KeywordID
	KeywordID         string         `json:"keyword_id,omitempty"`
	Email             string         `json:"email,omitempty"`
	ShopifyCustomerID ShopifyID      `json:"shopify_customer_id,omitempty"`
	Tags              []string       `json:"tags,omitempty"`
	Properties        map[string]any `json:"properties,omitempty"`
	Origin            string         `json:"origin,omitempty"`
}

// PendingSubscriber answers POST /api/v2/subscribers: an id that stands for the open question and cannot be
// fetched as a subscriber. The real id arrives with EventOptIn. The exact form is not published; this is ours.
type PendingSubscriber struct {
	ID          string `json:"id"`
	PhoneNumber string `json:"phone_number"`
	IsPending   bool   `json:"is_pending"`
}
