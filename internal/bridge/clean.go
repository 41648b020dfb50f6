package bridge

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// The limits of what the ledger takes in.
const (
	maxName     = 100  // characters of a name
	maxExternal = 100  // characters of the merchant's own ids
	maxProduct  = 200  // characters of a product's name
	maxItems    = 50   // items of one subscription
	maxQuantity = 9999 // of one item
	maxAhead    = 3 * 366
)

// cleanCustomer brings a customer into the form we keep and reports the first field that cannot be used.
func (s Shop) cleanCustomer(c *subscription.Customer) error {
	for _, f := range []struct {
		field string
		value *string
		most  int
	}{
		{"first_name", &c.FirstName, maxName},
		{"last_name", &c.LastName, maxName},
		{"external_id", &c.ExternalID, maxExternal},
		{"email", &c.Email, 254},
		{"state", &c.State, 8},
		{"brand", &c.Payment.Brand, 40},
		{"fingerprint", &c.Payment.Fingerprint, 200},
	} {
		if err := cleanText(f.field, f.value, f.most); err != nil {
			return err
		}
	}
	c.State = strings.ToUpper(c.State)
	if c.Email != "" {
		c.Email = strings.ToLower(c.Email)
		if a, err := mail.ParseAddress(c.Email); err != nil || a.Address != c.Email {
			return fault.Field("email", "That is not an e-mail address.")
		}
	}
	if c.Phone != "" {
		p, err := subscription.ParsePhone(string(c.Phone), or(s.Settings.Region, "US"))
		if err != nil {
			return err
		}
		c.Phone = p
	}
	if c.Zone != "" {
		if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "Local" {
			return fault.Field("zone", "The time zone must be an IANA name such as America/New_York, or left out.")
		}
	}
	if l := c.Payment.Last4; l != "" && (len(l) != 4 || strings.Trim(l, "0123456789") != "") {
		return fault.Field("last4", "Give the last four digits of the card and nothing else.")
	}
	return nil
}

// cleanText trims a text and refuses one that is too long or holds control characters.
func cleanText(field string, value *string, most int) error {
	*value = strings.TrimSpace(*value)
	switch {
	case !utf8.ValidString(*value):
		return fault.Field(field, "This is not valid UTF-8 text.")
	case strings.ContainsFunc(*value, unicode.IsControl):
		return fault.Field(field, "Leave line breaks and control characters out.")
	case utf8.RuneCountInString(*value) > most:
		return fault.Field(field, "This may have %d characters at most.", most)
	}
	return nil
}

// cleanSubscription brings a live subscription into the form we keep and reports the first field that cannot be
// used. Its next order must lie after today: an order of today would be due at once, told to nobody.
func (s Shop) cleanSubscription(v *subscription.Subscription, today subscription.Date) error {
	if err := cleanText("external_id", &v.ExternalID, maxExternal); err != nil {
		return err
	}
	if err := s.cleanItems(v); err != nil {
		return err
	}
	if err := v.Interval.Check(); err != nil {
		return err
	}
	switch {
	case v.Next.IsZero():
		return fault.Field("next", "Give the date of the next order as year-month-day.")
	case !v.Next.After(today):
		return fault.Field("next", "The next order must be after today, %s.", today.Long())
	case v.Next.Sub(today) > maxAhead:
		return fault.Field("next", "The next order may be three years ahead at most.")
	}
	switch v.Status {
	case "":
		v.Status = subscription.Active
	case subscription.Active, subscription.Paused:
	default:
		return fault.Field("status", "A subscription begins as active or paused.")
	}
	switch {
	case v.Status == subscription.Active && !v.PausedUntil.IsZero():
		return fault.Field("paused_until", "Only a paused subscription has an end of its pause.")
	case !v.PausedUntil.IsZero() && !v.PausedUntil.After(today):
		return fault.Field("paused_until", "A pause ends after today, %s.", today.Long())
	case v.Anchor < 0 || v.Anchor > 31:
		return fault.Field("anchor", "The anchor is a day of the month, 1 to 31.")
	case v.Interval.Unit != subscription.Month:
		v.Anchor = 0
	case v.Anchor == 0:
		v.Anchor = v.Interval.AnchorOf(v.Next)
	}
	return nil
}

func (s Shop) cleanItems(v *subscription.Subscription) error {
	if len(v.Items) == 0 || len(v.Items) > maxItems {
		return fault.Field("items", "A subscription has 1 to %d items.", maxItems)
	}
	items := make([]subscription.Item, len(v.Items))
	for i, it := range v.Items {
		if err := cleanText("items", &it.Name, maxProduct); err != nil {
			return err
		}
		if err := cleanText("items", &it.ProductID, maxExternal); err != nil {
			return err
		}
		it.Quantity = or(it.Quantity, 1)
		switch {
		case it.Name == "":
			return fault.Field("items", "Every item needs a name: customers read it in their texts.")
		case it.Quantity < 1 || it.Quantity > maxQuantity:
			return fault.Field("items", "The quantity of an item is 1 to %d.", maxQuantity)
		case it.Price.Amount < 0:
			return fault.Field("items", "A price is zero or more.")
		}
		it.Price.Currency = or(it.Price.Currency, or(s.Settings.Currency, "USD"))
		// Parsed back, a price is sure to have a currency we know how to write and a size that adds up.
		if _, err := subscription.ParseMoney(it.Price.Decimal(), it.Price.Currency); err != nil {
			return fault.Field("items", "%s", fault.Message(err))
		}
		items[i] = it
	}
	v.Items = items
	return nil
}

// checkBill reports what a failed payment lacks.
func checkBill(bill *subscription.Bill) error {
	if err := cleanText("bill_id", &bill.ID, maxExternal); err != nil {
		return err
	}
	bill.Attempt = or(bill.Attempt, 1)
	switch {
	case bill.ID == "":
		return fault.Field("bill_id", "Give the id of the bill; all tries to collect one bill share it.")
	case bill.Attempt < 1 || bill.Attempt > 1000:
		return fault.Field("attempt", "The attempt counts from 1.")
	case bill.Total.IsZero():
		return nil
	}
	if _, err := subscription.ParseMoney(bill.Total.Decimal(), bill.Total.Currency); err != nil {
		return fault.Field("total", "%s", fault.Message(err))
	}
	return nil
}
