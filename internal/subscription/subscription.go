// Package subscription holds the words every other part uses: shops' customers, their subscriptions and
// orders, dates, phones and money, and what skip, delay, pause, resume, cancel and undo do to them.
//
// It exists so that the rules about dates and state live in one pure place. It must not read the clock, know
// SQL or HTTP, or decide what anybody is told: that is package trigger's work.
//
// A subscription moves like this; skip, unskip, delay and roll change only its dates, and the first three do so
// also while it is paused until a day:
//
//	         ┌── skip, unskip, delay, roll ──┐
//	         ▼                               │
//	      active ────────────────────────────┘
//	       │  ▲
//	 pause │  │ resume, or wake once paused_until has come
//	       ▼  │
//	      paused
//
//	active, paused ── cancel ──▶ cancelled      (for good)
//	active, paused ── the platform says so ──▶ expired
//
// Every change returns a new account and leaves the one it was given alone, so that both sides of a
// difference can be kept. Undo is Restore with the two snapshots taken around a change.
package subscription

// Status is where a subscription stands.
type Status string

// The statuses. Active and Paused are live; Cancelled and Expired are over.
const (
	Active    Status = "active"
	Paused    Status = "paused"
	Cancelled Status = "cancelled"
	Expired   Status = "expired"
)

// Live reports whether the subscription can still bring an order.
func (s Status) Live() bool { return s == Active || s == Paused }

// Customer is a person with subscriptions at a shop. Everything here may be shown to that shop only.
type Customer struct {
	ID         string  `json:"id"`          // cus_…
	ExternalID string  `json:"external_id"` // the merchant's own id; unique in the shop, may be ""
	FirstName  string  `json:"first_name"`
	LastName   string  `json:"last_name"`
	Email      string  `json:"email"`
	Phone      Phone   `json:"phone"` // E.164, or ""
	Zone       string  `json:"zone"`  // IANA zone from the address, or "" if not known
	State      string  `json:"state"` // state or province code from the address, or ""
	Payment    Payment `json:"payment"`
}

// Payment is what we know of how a customer pays: enough to name it, never card data.
type Payment struct {
	Brand       string `json:"brand"`
	Last4       string `json:"last4"`
	Fingerprint string `json:"fingerprint"` // changes whenever the customer changes how they pay
}

// Item is one product line of a subscription.
type Item struct {
	ProductID string `json:"product_id"`
	Name      string `json:"name"`
	Quantity  int    `json:"quantity"`
	Price     Money  `json:"price"` // of one
}

// Subscription is a standing order.
type Subscription struct {
	ID          string   `json:"id"`          // sub_…
	ExternalID  string   `json:"external_id"` // the merchant's own id; unique in the shop, may be ""
	Items       []Item   `json:"items"`
	Interval    Interval `json:"interval"`
	Anchor      int      `json:"anchor"` // day of the month (1 to 31) monthly orders come back to; 0 for days and weeks
	Next        Date     `json:"next"`   // the next order date, in the shop's zone; zero when not live
	Status      Status   `json:"status"`
	PausedUntil Date     `json:"paused_until"` // zero: until resumed by hand
	Skipped     []Date   `json:"skipped"`      // order dates skipped, oldest first; the last twelve, and all that lie after a pause
}

// Bill is the newest failed attempt to charge an order, as the platform reported it.
type Bill struct {
	ID        string `json:"id"`         // the bill, not the attempt: retries of one bill share it
	OrderDate Date   `json:"order_date"` // the order that could not be paid
	Total     Money  `json:"total"`
	Attempt   int    `json:"attempt"`    // 1 for the first
	NextRetry Date   `json:"next_retry"` // zero: no further try is planned
}

// Account is the whole picture of one customer at one moment: what differences are taken from.
type Account struct {
	Customer      Customer       `json:"customer"`
	Subscriptions []Subscription `json:"subscriptions"` // oldest first
	Failed        *Bill          `json:"failed"`        // the newest failed bill, nil if none
}

// Order is one coming order of a customer: a date and the subscriptions that fall into it.
type Order struct {
	Date          Date
	Subscriptions []Subscription
}
