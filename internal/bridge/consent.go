package bridge

import (
	"context"

	"rejoinder/internal/postscript"
)

// receiveConsent takes in an opt-in or opt-out as Postscript reports it. Of the two, an opt-out always counts,
// however late it comes; an opt-in only if it is not older than the opt-out we know of.
func (b *Bridge) receiveConsent(ctx context.Context, by *sender, hook postscript.Webhook, c postscript.SubscriberChange) error {
	shop, in := by.shop, hook.Event == postscript.EventOptIn
	return b.o.Store.InTx(ctx, func(tx Tx) error {
		// The customer's row first, then the account's: as everybody does who takes both.
		found, err := tx.Writers([]From{{shop.ID, shop.phone(c.PhoneNumber), storable(c.SubscriberID)}})
		if err != nil {
			return err
		}
		if err := by.heard(tx); err != nil {
			return err
		}
		who := found[0]
		if who == nil {
			return nil // a subscriber who has no subscription here
		}
		to, line := TextsOptedOut, "Opted out of texts, as Postscript reports. Nothing is texted from this moment on."
		if in {
			to, line = TextsSubscribed, "Opted in to texts, as Postscript reports."
		}
		switch at := hook.EventTime.Time; {
		case who.Texts == to && (!in || who.Subscriber == storable(c.SubscriberID)):
			return nil
		case in && who.Texts == TextsOptedOut && !at.IsZero() && at.Before(who.TextsAt):
			return b.trace(tx, shop.ID, who.ID, "consent", "An opt-in that is older than the opt-out came late; the opt-out stands.", "")
		}
		subscriber := ""
		if in {
			subscriber = storable(c.SubscriberID)
		}
		if err := tx.SetTexts(shop.ID, who.ID, to, subscriber); err != nil {
			return err
		}
		return b.trace(tx, shop.ID, who.ID, "consent", line, "")
	})
}
