package texting

import (
	"context"

	"rejoinder/internal/fault"
)

// Shop returns one shop as texting sees it; fault.NotFound if there is none.
func (t *Texting) Shop(ctx context.Context, shopID string) (s Shop, err error) {
	defer fault.Wrap(&err, "texting: shop %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		s, err = tx.TextingShop(shopID)
		return err
	})
	return s, err
}

// SaveSettings replaces a shop's choices for texting. Waking hours that cannot be used are fault.Invalid, by the
// fields waking.Hours.Check names. Texts that wait go by the new hours when their moment comes.
func (t *Texting) SaveSettings(ctx context.Context, shopID string, s Settings) (err error) {
	defer fault.Wrap(&err, "texting: save the settings of %s", shopID)
	if s.Hours != nil {
		if err := s.Hours.Check(); err != nil {
			return err
		}
	}
	if len(s.SupportContact) > 120 {
		return fault.Field("support_contact", "At most 120 characters: an e-mail address or a phone number.")
	}
	if err := t.o.Store.InTx(ctx, func(tx Tx) error { return tx.SaveTextingSettings(shopID, s) }); err != nil {
		return err
	}
	t.wake(ctx, WakeSend, shopID)
	return nil
}
