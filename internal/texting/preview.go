package texting

import (
	"context"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/message"
)

// defaultCents is what one segment costs in the United States, in cents, when a shop has set nothing: 0.9 for
// the text and 0.4 for the carriers, as Postscript's smallest plan has it.
const defaultCents = 1.3

// PreviewInput is copy to look at before it is saved.
type PreviewInput struct {
	Engine       string
	TriggerID    string
	Copy         string
	SubscriberID string // whose values fill it in; "" fills in sample values
}

// Preview is how a text will read and what it takes.
type Preview struct {
	Text  string
	Count message.Count
	Cents float64 // for one recipient
	// Sample: the values are made up, because nobody was chosen or the trigger has not fired for them yet. What
	// we know of them (their name, the shop) is theirs all the same.
	Sample bool
	// FirstText is how the text reads to somebody who has had none before: with the opt-out wording.
	FirstText string
}

// Preview fills copy in, for the editor. Its errors blame the fields trigger, copy or subscriber.
func (t *Texting) Preview(ctx context.Context, shopID string, in PreviewInput) (p Preview, err error) {
	defer fault.Wrap(&err, "texting: preview")
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		p, _, err = preview(tx, shopID, in)
		return err
	})
	return p, err
}

func preview(tx Tx, shopID string, in PreviewInput) (p Preview, who Recipient, err error) {
	shop, err := tx.TextingShop(shopID)
	if err != nil {
		return p, who, err
	}
	choices, err := triggerChoices(tx, shopID)
	if err != nil {
		return p, who, err
	}
	on, ok := findChoice(choices, in.Engine, in.TriggerID)
	if !ok {
		return p, who, fault.Field("trigger", "Choose the trigger that starts the automation.")
	}
	if err := checkCopy(in.Copy, on.Tags, shop); err != nil {
		return p, who, fault.Field("copy", "%s", fault.Message(err))
	}
	values := message.Samples(on.Tags)
	values["shop_name"], values["shop_link"], p.Sample = shop.Name, shop.Link, true
	if in.SubscriberID != "" {
		if who, err = tx.MatchRecipient(shopID, in.SubscriberID, "", ""); err != nil {
			return p, who, fault.Field("subscriber", "Choose one of the shop's subscribers.")
		}
		e, err := tx.LastEvent(shopID, in.Engine, in.TriggerID, who.ID)
		switch {
		case err == nil:
			values, p.Sample = who.valuesOf(shop, e.Properties), false
		case fault.Is(err, fault.NotFound):
			values["first_name"], values["last_name"] = who.FirstName, who.LastName
		default:
			return p, who, err
		}
	}
	tpl, err := message.Parse(in.Copy)
	if err != nil {
		return p, who, err
	}
	if p.Text, err = tpl.Render(values, on.Tags); err != nil {
		return p, who, fault.Field("copy", "%s", fault.Message(err))
	}
	if n := utf8.RuneCountInString(p.Text); n > message.MaxCharacters {
		return p, who, fault.Field("copy", "With the values filled in, the text has %d characters; at most %d can be sent.", n, message.MaxCharacters)
	}
	p.FirstText, p.Count = withOptOut(p.Text), message.Segments(p.Text)
	cents := shop.Settings.CentsPerSegment
	if cents <= 0 {
		cents = defaultCents
	}
	p.Cents = cents * float64(p.Count.Segments)
	return p, who, nil
}

// TestSend puts copy on somebody's sandbox phone, filled in with their values. It never reaches a real phone,
// needs no consent, waits for nothing and counts nowhere.
func (t *Texting) TestSend(ctx context.Context, shopID string, in PreviewInput) (p Preview, err error) {
	defer fault.Wrap(&err, "texting: test send")
	if in.SubscriberID == "" {
		return p, fault.Field("subscriber", "Choose a subscriber: their sandbox phone gets the test.")
	}
	if t.o.Sandbox == nil {
		return p, fault.New(fault.Conflict, "This program runs without a sandbox phone, so tests cannot be sent.")
	}
	var m Message
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		var who Recipient
		if p, who, err = preview(tx, shopID, in); err != nil {
			return err
		}
		if who.Phone == "" {
			return fault.Field("subscriber", "Choose somebody with a phone number.")
		}
		// State Sent from the start: losing a test in a crash is better than a queue that could send it elsewhere.
		m = Message{
			ID: ident.New("msg", tx.Now()), ShopID: shopID, SubscriberID: who.ID, Phone: who.Phone, Direction: Out, Kind: KindTest,
			Body: p.Text, Segments: p.Count.Segments, State: Sent, PlannedAt: tx.Now(), DueAt: tx.Now(), CreatedAt: tx.Now(), SentAt: tx.Now(),
		}
		_, err := tx.AddMessage(m)
		return err
	})
	if err != nil {
		return p, err
	}
	_, err = t.o.Sandbox.Send(ctx, Text{ID: m.ID, ShopID: shopID, To: m.Phone, Body: m.Body})
	return p, err
}
