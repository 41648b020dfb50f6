package postscript

// Category says what kind of message is sent.
type Category string

// The categories. Transactional and conversational ones are open only to shops Postscript has granted them to.
const (
	Promotional    Category = "promotional" // the default; waits for the recipient's waking hours
	Transactional  Category = "transactional"
	Conversational Category = "conversational"
)

// Values of Message.Status that have been seen. Postscript publishes no complete list.
const (
	MessageProcessing = "processing"
	MessageScheduled  = "scheduled" // held for waking hours or for scheduled_at
)

// MessageRequest is the body of POST /api/v2/message_requests. The subscriber must exist. Postscript puts the
// shop's name, a colon and a space in front of Body.
type MessageRequest struct {
	SubscriberID string   `json:"subscriber_id,omitempty"` // this or Phone
	Phone        string   `json:"phone,omitempty"`
	Country      string   `json:"country,omitempty"` // ISO alpha-2, helps to read Phone; default US
	Body         string   `json:"body"`
	Category     Category `json:"category,omitempty"`     // default promotional
	ScheduledAt  *TimeZ   `json:"scheduled_at,omitempty"` // nil is as soon as possible
	MediaURL     string   `json:"media_url,omitempty"`    // makes it an MMS
}

// Message is the answer to a MessageRequest (202) and of GET /api/v2/message_requests/{id} (200).
type Message struct {
	Body         string       `json:"body"`
	Category     Category     `json:"category"`
	CreatedAt    TimeZ        `json:"created_at"`
	ID           string       `json:"id"`
	Phone        Optional     `json:"phone"`
	ScheduledAt  TimeZ        `json:"scheduled_at"` // zero (null) when it was not scheduled
	SentMessage  *SentMessage `json:"sent_message"` // nil until sent
	Status       string       `json:"status"`
	StatusCode   int          `json:"status_code"` // meaning not published
	SubscriberID Optional     `json:"subscriber_id"`
	UpdatedAt    TimeZ        `json:"updated_at"`
}

// SentMessage is the answer of GET /api/v2/sent_messages/{id}, and part of a Message that has been sent.
type SentMessage struct {
	Body         string   `json:"body"`
	CreatedAt    TimeZ    `json:"created_at"`
	CreditsUsed  int      `json:"credits_used"`
	ID           string   `json:"id"`
	MediaURL     Optional `json:"media_url"`
	Phone        string   `json:"phone"`
	ShopID       string   `json:"shop_id"`
	SubscriberID string   `json:"subscriber_id"`
}
