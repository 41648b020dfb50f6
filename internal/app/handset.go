package app

import (
	"context"

	"rejoinder/internal/ident"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
	"rejoinder/internal/web/phone"
)

// handset joins the sandbox phones to the texting half: what is typed goes the way a carrier's delivery would.
type handset struct{ app *App }

// Thread returns the last texts on one phone, oldest first.
func (h handset) Thread(ctx context.Context, shopID, number string, limit int) ([]phone.Text, error) {
	texts, err := store.Handset{DB: h.app.db}.Thread(ctx, shopID, number, limit)
	out := make([]phone.Text, 0, len(texts))
	for _, t := range texts {
		out = append(out, phone.Text{FromPhone: t.Direction == store.FromPhone, Body: t.Body, At: t.At})
	}
	return out, err
}

// Say sends a text from a phone. It is on the phone even if the shop's side cannot take it just now, as a real
// text is; a repeat after an error is another text, as it is when somebody types it again.
func (h handset) Say(ctx context.Context, shopID, number, text string) error {
	_, err := h.say(ctx, shopID, number, text)
	return err
}

// say is Say, and returns the text as the shop's side has taken it in.
func (h handset) say(ctx context.Context, shopID, number, text string) (texting.Message, error) {
	id := ident.New("txt", h.app.Now())
	err := h.app.db.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.AddHandset(shopID, number, store.FromPhone, text, id)
		return err
	})
	if err != nil {
		return texting.Message{}, err
	}
	return h.app.Texting.Inbound(ctx, shopID, number, text, id)
}
