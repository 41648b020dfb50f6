package app

import (
	"context"
	"fmt"
	"time"
)

// lived is how many days of replies the second sample shop has behind it.
const lived = 20

// sampleReply is a text somebody sent to the second sample shop.
type sampleReply struct {
	ago   int    // days before today
	who   string // first name
	text  string
	meant string // what somebody at the shop then said it meant; "" when nobody did
}

// sampleReplies are in the order they came: commands in several wordings and two languages, questions answered, and
// what only a person could tell.
func sampleReplies() []sampleReply {
	return []sampleReply{
		{20, "Sol", "can you skip this one please 🙏", ""},
		{20, "Sol", "never mind, put it back", ""},
		{19, "Noa", "push it back a bit", ""},
		{19, "Noa", "2 weeks", ""},
		{19, "Noa", "thank you!", ""},
		{17, "Luz", "¿cuándo llega mi próximo pedido?", ""},
		{16, "Noa", "hold the suds", ""},
		{13, "Luz", "pásalo 2 semanas por favor", ""},
		{12, "Sol", "maybe skip?", ""},
		{12, "Sol", "no", ""},
		{11, "Sol", "do you gift wrap?", ""},
		{10, "Sol", "hold the suds", "DELAY 1 WEEK"},
		{6, "Luz", "gracias!", ""},
		{6, "Noa", "when is my next order", ""},
		{5, "Noa", "swap it for the lavender", ""},
		{4, "Ana", "push it 2 weeks", ""},
		{2, "Luz", "salta este pedido", ""},
		{2, "Luz", "mejor no, deshacer", ""},
		{1, "Sol", "is the new one vegan?", ""},
	}
}

// begin sets the clock of a demo that holds nothing back by the days its second shop has lived, and reports whether it
// did. Only a clock that can be moved can.
func (a *App) begin(ctx context.Context) (bool, error) {
	if a.movable == nil {
		return false, nil
	}
	shops, err := a.Bridge.Shops(ctx)
	if err != nil || len(shops) > 0 {
		return false, err
	}
	a.movable.Begin(a.Now().AddDate(0, 0, -lived).Add(-time.Hour))
	return true, nil
}

// live lets the replies come on their days, each read and answered as any is.
func (a *App) live(ctx context.Context, shopID string, customers []sampleCustomer, now time.Time) error {
	phones := map[string]string{}
	for _, c := range customers {
		phones[c.first] = c.phone
	}
	for i, r := range sampleReplies() {
		if at := now.AddDate(0, 0, -r.ago); at.After(a.Now()) {
			if err := a.Advance(ctx, at); err != nil {
				return err
			}
		}
		if err := a.hear(ctx, shopID, phones[r.who], r); err != nil {
			return fmt.Errorf("sample reply %d: %w", i, err)
		}
	}
	return nil
}

// hear takes in a reply and lets happen what follows from it.
func (a *App) hear(ctx context.Context, shopID, phone string, r sampleReply) error {
	m, err := (handset{a}).say(ctx, shopID, phone, r.text)
	if err != nil {
		return err
	}
	if err := a.Advance(ctx, a.Now().Add(2*time.Minute)); err != nil || r.meant == "" {
		return err
	}
	if err := a.Bridge.Correct(ctx, shopID, m.ID, r.meant, false); err != nil {
		return err
	}
	return a.Advance(ctx, a.Now().Add(2*time.Minute))
}

// catchUp brings the clock to a moment, through everything that falls due on the way.
func (a *App) catchUp(ctx context.Context, to time.Time) error {
	if a.movable == nil || !to.After(a.Now()) {
		return nil
	}
	return a.Advance(ctx, to)
}
