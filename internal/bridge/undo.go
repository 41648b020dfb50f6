package bridge

import (
	"errors"
	"strconv"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
)

// undo takes back the customer's last action, or says why not. While a question is open there is nothing done
// yet that the customer could mean.
func (t *turn) undo() error {
	asked := t.open() != nil && !t.agreed
	if err := t.closeQuestion(); err != nil {
		return err
	}
	if asked {
		return t.answer(t.shop.say(wordNothing), t.shop.standing(t.a, t.today()))
	}
	t.until = t.r.ReceivedAt.Add(t.shop.undoFor())
	out, err := t.act(Ask{Command: Undo}, "")
	now := t.shop.standing(t.a, t.today())
	switch {
	case err == nil && out.told:
		return t.finish(ReplyDone) // an order that had been brought back is skipped again: its trigger says so
	case err == nil:
		return t.answer(t.undone(out))
	case errors.Is(err, errNothingToUndo):
		return t.answer(t.shop.say(wordUndoNothing), now)
	case errors.Is(err, errAlreadyUndone):
		return t.answer(t.shop.say(wordUndoAlready), now)
	case errors.Is(err, errNeverUndone):
		return t.answer(t.shop.say(wordUndoNever), t.linkSentence(wordSeeLink))
	case errors.Is(err, errUndoExpired):
		return t.answer(t.shop.say(wordUndoExpired, "hours", strconv.Itoa(int(t.shop.undoFor().Hours()))), now)
	case errors.Is(err, errUndoTooLate):
		return t.undoTooLate(now)
	case fault.Is(err, fault.Conflict):
		return t.answer(t.shop.say(wordUndoChanged), now)
	}
	return t.refused(err)
}

// undone says what is back.
func (t *turn) undone(out Acted) string {
	if len(out.Action.Moves) > 0 {
		if m := out.Action.Moves[0]; !m.To.IsZero() && m.To != m.From {
			return t.shop.say(wordUndone, "date", t.shop.day(m.To, t.today()))
		}
	}
	return sentences(t.shop.say(wordRestored), t.shop.standing(t.a, t.today()))
}

func (t *turn) undoTooLate(now string) error {
	own, err := t.tx.CustomerActions(t.shop.ID, t.a.Customer.ID, t.r.ReceivedAt.AddDate(-1, 0, 0), keptActions)
	if err != nil {
		return err
	}
	var date subscription.Date
	for _, a := range lastOf(own) {
		if d := a.earliest(); date.IsZero() || !d.IsZero() && d.Before(date) {
			date = d
		}
	}
	return t.answer(t.shop.say(wordUndoTooLate, "date", t.shop.day(date, t.today()), "until", t.shop.replyBy(date)), now)
}

// minutes says a duration in whole minutes.
func minutes(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }
