package texting

import (
	"time"

	"rejoinder/internal/waking"
)

// Recipient is what sending needs to know of a subscriber.
type Recipient struct {
	ID        string
	Phone     string
	FirstName string
	LastName  string
	Zone      string
	State     string
	Status    SubscriberStatus
	Welcomed  bool
	Asked     bool // a question whether they want texts is open
}

// recipientTx is how sending reads subscribers. The rest about them is subscriberTx.
type recipientTx interface {
	// MatchRecipient returns the subscriber of the id (prefixed, or the bare number of v1), else of the phone,
	// else who opted in last of those with the e-mail; "" matches nobody. fault.NotFound if nobody matches.
	MatchRecipient(shopID, id, phone, email string) (Recipient, error)
	// Recipients returns those of the ids that exist, by id, and keeps them from changing until the transaction
	// ends: an opt-out is stored either before they are read or after the transaction.
	Recipients(shopID string, ids []string) (map[string]Recipient, error)
	// Welcome records that a subscriber has had a text with the opt-out wording.
	Welcome(shopID, subscriberID string) error
	// RecentReplies returns ordinary inbound texts of a number after a moment, newest first.
	RecentReplies(shopID, phone string, after time.Time, limit int) ([]Message, error)
}

// opening returns when a text to r may go out: now itself inside waking hours. It returns false if their waking
// hours do not open in the next two weeks.
func (r Recipient) opening(shop Shop, now time.Time) (time.Time, bool) {
	zones, narrow, err := waking.Recipient(r.Zone, r.Phone, shop.Zone)
	if err != nil { // the shop's zone is unknown: the narrowest hours in UTC are better than any hour
		zones, narrow = waking.Zones{time.UTC}, true
	}
	hours := shop.WakingHours().For(r.State)
	if narrow {
		hours = waking.Narrow(hours)
	}
	return hours.Next(now, zones)
}

// standardValues fills the four tags every trigger has.
func (r Recipient) standardValues(shop Shop) map[string]string {
	return map[string]string{"first_name": r.FirstName, "last_name": r.LastName, "shop_name": shop.Name, "shop_link": shop.Link}
}

// valuesOf merges what the trigger brought into the standard tags. What it brought wins where it is not blank:
// it is fresher than the subscriber list.
func (r Recipient) valuesOf(shop Shop, brought map[string]string) map[string]string {
	values := r.standardValues(shop)
	for name, v := range brought {
		if v != "" || values[name] == "" {
			values[name] = v
		}
	}
	return values
}
