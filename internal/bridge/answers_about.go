package bridge

// answerAbout says when one thing is said.
type answerAbout struct {
	key   wording
	about string
}

// answerGroups is every wording with what it is for, in the order of a conversation. TestEveryAnswerIsDescribed keeps
// it complete.
var answerGroups = []struct {
	title string
	list  []answerAbout
}{
	{"Questions", []answerAbout{
		{wordAsk, "Several orders could be meant, so the customer chooses."},
		{wordOption, "One order in such a list."},
		{wordAskBoth, "Follows a list of two orders."},
		{wordAskAll, "Follows a list of more than two orders."},
		{wordAskNone, "Follows a list of dates or products."},
		{wordAskYes, "We are not certain what was meant, or it is hard to take back."},
		{wordTogether, "Before that: what was named comes in one subscription with other things."},
		{wordAskNow, "Before an order is sent at once, because that charges."},
		{wordAskNowPlain, "The same, when the price is not known."},
		{wordAskCosts, "Before a change that makes the order dearer."},
		{wordAskHowFar, "A delay without a date or length we could read."},
		{wordAskDate, "What was written fits several dates."},
		{wordAskStop, "A text that may want no more texts, or no more orders."},
		{wordAskProduct, "Several products could be meant."},
		{wordAskSwapTo, "A swap that does not say what is wanted instead."},
		{wordAskCount, "A change of quantity that does not say how many."},
	}},
	{"Done", []answerAbout{
		{wordUndone, "UNDO brought an order back to its date."},
		{wordRestored, "UNDO took back anything else."},
		{wordSentNow, "An order is sent at once."},
		{wordSwapped, "A product was swapped for another."},
		{wordCounted, "The quantity of a product was changed."},
		{wordResumed, "A paused subscription runs again."},
		{wordHowResume, "Follows a pause: how to end it."},
	}},
	{"How things stand", []answerAbout{
		{wordNext, "NEXT: date and contents of the next order."},
		{wordNextPriced, "The same, when the price is known."},
		{wordMaySkip, "NEXT: until when the order can be skipped."},
		{wordAfter, "NEXT: the orders after that one."},
		{wordNextDate, "Follows many answers: when the next order comes."},
		{wordPaused, "The subscription is paused until further notice."},
		{wordPausedUntil, "The subscription is paused until a date."},
		{wordNotPaused, "RESUME, though nothing is paused."},
		{wordNoOrder, "No order is coming."},
		{wordNothing, "The customer said no, or asked to leave everything as it is."},
		{wordHowTo, "Follows that: how to change an order."},
	}},
	{"What could not be done", []answerAbout{
		{wordTooLate, "The time for changes is over."},
		{wordGone, "The order is on its way already."},
		{wordNotInTime, "The customer wrote in time, but we were too slow."},
		{wordChance, "Follows that: the next order that can be changed."},
		{wordAlreadySkipped, "The order was skipped before."},
		{wordAlreadyDelayed, "The order was moved before."},
		{wordTooFar, "A delay further than the shop allows."},
		{wordNoSuchOrder, "A date on which no order comes."},
		{wordNoSuchProduct, "A product that is in no coming order."},
		{wordNoSwap, "A swap for a product that has no alternatives."},
		{wordNotBoth, "Several wishes that cannot be done together."},
		{wordChanged, "The order changed between our question and its answer."},
		{wordRefused, "The subscriptions refused the change."},
		{wordSwitchedOff, "A command this shop has switched off."},
		{wordExpired, "An answer to a question that is closed."},
		{wordUndoNothing, "UNDO, but nothing was changed."},
		{wordUndoAlready, "UNDO a second time."},
		{wordUndoExpired, "UNDO after its time."},
		{wordUndoTooLate, "UNDO when the order cannot be changed any more."},
		{wordUndoChanged, "UNDO of something that was changed since."},
		{wordUndoNever, "UNDO of a cancellation."},
		{wordTwice, "The same words twice within two minutes count once."},
		{wordWorking, "The change takes longer than a minute."},
		{wordFailed, "It could not be done in time."},
		{wordStale, "The reply reached us too late to act on it."},
	}},
	{"Account page", []answerAbout{
		{wordLink, "LINK: where the account page is."},
		{wordFreshLink, "A fresh link, asked for on the page of one that has run out."},
		{wordSeeLink, "Follows what could not be done by text."},
		{wordNoLink, "LINK, while the page has no address."},
	}},
	{"Words inside other answers", []answerAbout{
		{wordOrder, "Stands for products whose names are not known."},
		{wordAnd, "Joins the last two dates of a list."},
		{verbSkip, "{verb} of a skip."},
		{verbDelay, "{verb} of a delay."},
		{verbNow, "{verb} of sending at once."},
		{verbChange, "{verb} of a swap or a change of quantity."},
		{verbPause, "{verb} of a pause."},
		{whatSkip, "{what} of a skip."},
		{whatSkipSeveral, "{what} of skipping several orders."},
		{whatDelay, "{what} of a delay."},
		{whatUndo, "{what} of UNDO."},
		{whatPause, "{what} of a pause without an end."},
		{whatPauseUntil, "{what} of a pause with one."},
		{whatResume, "{what} of RESUME."},
		{whatSwap, "{what} of a swap."},
		{whatCount, "{what} of a change of quantity."},
	}},
}
