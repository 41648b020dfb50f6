// Package trigger knows what Postscript can be told about a customer: the triggers and their tags, which
// difference between two pictures of a customer fires which, and when the notice of an order is due.
//
// It exists so that every way a change can reach us (a webhook, a poll, the nightly reconciliation, an import,
// our own ledger) decides in one pure place, and a lost, late or repeated delivery cannot decide otherwise. It
// must not read the clock, know SQL or HTTP, send anything, or know who is subscribed to texts.
//
// Upcoming Order and Reply Answered do not come from differences: the first is due at a time (see Timing),
// the second answers a person.
package trigger

import "slices"

// Name is the name of a trigger as Postscript's custom events spell it: their type.
type Name string

// The triggers.
const (
	SubscriptionCreated  Name = "SubscriptionCreated"
	UpcomingOrder        Name = "UpcomingOrder"
	OrderSkipped         Name = "OrderSkipped"
	PaymentMethodUpdated Name = "PaymentMethodUpdated"
	PaymentMethodFailed  Name = "PaymentMethodFailed"
	CustomerDeactivated  Name = "CustomerDeactivated"
	OrderDelayed         Name = "OrderDelayed"
	ReplyAnswered        Name = "ReplyAnswered"
)

// Tag is a named value that a trigger carries and copy can use as {name}.
type Tag struct {
	Name     string // in copy, without the braces: first_name
	Label    string // in the Add Tag menu: First Name
	Sample   string // stands for the value in previews
	Fallback string // stands for a missing value; "" means a missing value is refused when copy is set up
}

// Definition is one trigger as merchants see it.
type Definition struct {
	Name         Name
	Title        string // shown behind the sender's name: "Upcoming Order"
	Fires        string // when it fires, a sentence for merchants
	Tags         []Tag  // its own tags; see AllTags
	AnswersReply bool   // it answers a person's reply, so its text may go out right away
}

// Tags of more than one trigger.
var (
	accountLink = Tag{Name: "account_page_link", Label: "Account Page Link", Sample: "https://shop.example/account/7c2f"}
	// running lets filters and the confirmation of an opt-out know whether anything still runs.
	running      = Tag{Name: "active_subscriptions", Label: "Active Subscriptions", Sample: "1", Fallback: "0"}
	productNames = Tag{Name: "product_names", Label: "Product Names", Sample: "House Blend, Oat Bars and Green Tea", Fallback: "your order"}
	orderTotal   = Tag{Name: "order_total", Label: "Order Total", Sample: "$24.00", Fallback: "your order"}
	newDate      = Tag{Name: "new_delivery_date", Label: "New Delivery Date", Sample: "Wednesday, December 2"}
)

var definitions = []Definition{
	{
		Name: SubscriptionCreated, Title: "Subscription Created",
		Fires: "When a customer takes out a new subscription. Imported subscriptions do not count.",
		Tags: []Tag{
			accountLink, running, productNames,
			{Name: "next_delivery_date", Label: "Next Delivery Date", Sample: "Wednesday, November 25"},
		},
	},
	{
		Name: UpcomingOrder, Title: "Upcoming Order",
		Fires: "Some days before an order (3 unless you choose otherwise), once for each customer and order date.",
		Tags: []Tag{
			accountLink, running,
			{Name: "delivery_date", Label: "Delivery Date", Sample: "Wednesday, November 25"},
			{Name: "days_until", Label: "Days Until", Sample: "3"},
			productNames, orderTotal,
			{Name: "reply_by", Label: "Reply By", Sample: "Monday, November 23 at 11:59 PM EST"},
		},
	},
	{
		Name: OrderSkipped, Title: "Order Skipped", AnswersReply: true,
		Fires: "When the customer skips an order: by reply, on the account page or in your subscription platform.",
		Tags: []Tag{
			accountLink, running, productNames,
			{Name: "skipped_delivery_date", Label: "Skipped Delivery Date", Sample: "Wednesday, November 25"},
			newDate,
		},
	},
	{
		Name: PaymentMethodUpdated, Title: "Payment Method Updated",
		Fires: "When the customer has changed how they pay.",
		Tags: []Tag{
			accountLink, running,
			{Name: "card_brand", Label: "Card Brand", Sample: "Visa", Fallback: "payment method"},
			{Name: "card_last4", Label: "Card Last 4", Sample: "4242", Fallback: "****"},
		},
	},
	{
		Name: PaymentMethodFailed, Title: "Payment Method Failed",
		Fires: "When the payment for an order fails: once for each failed bill, however often it is tried again.",
		Tags: []Tag{
			accountLink, running, orderTotal,
			{Name: "attempt", Label: "Attempt", Sample: "1"},
			{Name: "next_retry_date", Label: "Next Retry Date", Sample: "Saturday, November 28", Fallback: "a later date"},
		},
	},
	{
		Name: CustomerDeactivated, Title: "Customer Deactivated",
		Fires: "When the customer's last subscription is cancelled; again only after they came back.",
		Tags:  []Tag{accountLink, running},
	},
	{
		Name: OrderDelayed, Title: "Order Delayed", AnswersReply: true,
		Fires: "When the customer moves an order to a later date, by reply or on the account page.",
		Tags: []Tag{
			accountLink, running, productNames,
			{Name: "old_delivery_date", Label: "Old Delivery Date", Sample: "Wednesday, November 25"},
			newDate,
		},
	},
	{
		Name: ReplyAnswered, Title: "Reply Answered", AnswersReply: true,
		Fires: "When a reply needs any other answer: which order is meant, too late, what comes next, undone. What nobody could understand goes to a person instead.",
		Tags:  []Tag{{Name: "answer", Label: "Answer", Sample: "Your next order is on Wednesday, November 25."}},
	},
}

// All returns the triggers in the order merchants see them. The result is the caller's own.
func All() []Definition {
	out := slices.Clone(definitions)
	for i := range out {
		out[i].Tags = slices.Clone(out[i].Tags)
	}
	return out
}

// ByName returns the trigger of that name. It is the caller's own.
func ByName(n Name) (Definition, bool) {
	for _, d := range definitions {
		if d.Name == n {
			d.Tags = slices.Clone(d.Tags)
			return d, true
		}
	}
	return Definition{}, false
}

// Standard returns the tags every trigger has. Postscript fills the same four for any sender's triggers.
func Standard() []Tag {
	return []Tag{
		{Name: "first_name", Label: "First Name", Sample: "Ada", Fallback: "there"},
		{Name: "last_name", Label: "Last Name", Sample: "Sample"},
		{Name: "shop_name", Label: "Shop Name", Sample: "Corner Coffee"},
		{Name: "shop_link", Label: "Shop Link", Sample: "https://shop.example"},
	}
}

// Shopify returns the tags every trigger has besides while Shopify is connected: they are filled from the
// customer's record there.
func Shopify() []Tag {
	return []Tag{
		{Name: "shopify_orders_count", Label: "Shopify Orders Count", Sample: "7", Fallback: "0"},
		{Name: "shopify_total_spent", Label: "Shopify Total Spent", Sample: "$168.00"},
		{Name: "shopify_city", Label: "Shopify City", Sample: "Portland", Fallback: "your city"},
		{Name: "shopify_last_order_name", Label: "Shopify Last Order Name", Sample: "#1042", Fallback: "your last order"},
		{Name: "shopify_tags", Label: "Shopify Tags", Sample: "vip, wholesale"},
	}
}

// AllTags returns the standard tags and the trigger's own: what copy for it can always use. Where Shopify is
// connected, add those of Shopify.
func (d Definition) AllTags() []Tag { return append(Standard(), d.Tags...) }
