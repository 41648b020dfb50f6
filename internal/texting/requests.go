package texting

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/message"
	"rejoinder/internal/postscript"
	"rejoinder/internal/subscription"
)

// MessageRequest is one text to one subscriber, asked for over the API.
type MessageRequest struct {
	SubscriberID string // this or Phone
	Phone        string
	Country      string // two letters, helps to read Phone; "" is US
	Body         string
	Category     string // "" is promotional
	ScheduledAt  time.Time
}

// RequestMessage queues a text behind the shop's name, as the real service does, and returns it. It is held for
// the recipient's waking hours like an automation's. fault.Forbidden: the shop was not granted the category.
func (t *Texting) RequestMessage(ctx context.Context, shopID string, in MessageRequest) (m Message, err error) {
	defer fault.Wrap(&err, "texting: request a message")
	if in.Category == "" {
		in.Category = string(postscript.Promotional)
	}
	if err := in.check(); err != nil {
		return m, err
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		shop, err := tx.TextingShop(shopID)
		if err != nil {
			return err
		}
		if in.Category != string(postscript.Promotional) && !slices.Contains(shop.Settings.GrantedCategories, in.Category) {
			return fault.New(fault.Forbidden, "This shop was not granted the category %s.", in.Category)
		}
		s, err := in.recipient(tx, shopID)
		if err != nil {
			return err
		}
		if s.Status == Pending || s.Status == Redacted {
			return errNoSubscriber
		}
		body := shop.Name + ": " + strings.TrimSpace(in.Body)
		if n := utf8.RuneCountInString(body); n > message.MaxCharacters {
			return fault.Field("body", "The text has %d characters with the shop's name; at most %d can be sent.", n, message.MaxCharacters)
		}
		m = Message{
			ID: ident.New("mr", tx.Now()), ShopID: shopID, SubscriberID: s.ID, Phone: s.Phone, Kind: KindAPI, Body: body, Category: in.Category,
		}
		if in.ScheduledAt.After(tx.Now()) {
			m.DueAt = in.ScheduledAt
		}
		if err := t.queueMessage(tx, m); err != nil {
			return err
		}
		m, err = tx.Message(shopID, m.ID)
		return err
	})
	return m, err
}

func (in MessageRequest) check() error {
	switch {
	case strings.TrimSpace(in.Body) == "":
		return fault.Field("body", "A message needs a body.")
	case in.SubscriberID == "" && in.Phone == "":
		return fault.Field("subscriber_id", "Say to whom: subscriber_id or phone.")
	case in.Category != string(postscript.Promotional) && in.Category != string(postscript.Transactional) && in.Category != string(postscript.Conversational):
		return fault.Field("category", "The category must be promotional, transactional or conversational.")
	}
	return nil
}

func (in MessageRequest) recipient(tx Tx, shopID string) (Subscriber, error) {
	if in.SubscriberID != "" {
		return findSubscriber(tx, shopID, in.SubscriberID)
	}
	country := in.Country
	if country == "" {
		country = "US"
	}
	phone, err := subscription.ParsePhone(in.Phone, country)
	if err != nil {
		return Subscriber{}, err
	}
	return tx.SubscriberByPhone(shopID, string(phone))
}
