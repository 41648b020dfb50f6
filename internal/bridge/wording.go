package bridge

import (
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/subscription"
)

// wording is one thing the bridge says to a customer.
type wording string

// What the bridge says. Each is one text message, or a sentence of one.
const (
	wordAsk            wording = "ask"
	wordOption         wording = "option"
	wordOrder          wording = "order"
	wordAskBoth        wording = "ask_both"
	wordAskAll         wording = "ask_all"
	wordNothing        wording = "nothing"
	wordExpired        wording = "expired"
	wordAlreadySkipped wording = "already_skipped"
	wordAlreadyDelayed wording = "already_delayed"
	wordTooLate        wording = "too_late"
	wordGone           wording = "gone"
	wordNotInTime      wording = "not_in_time"
	wordChance         wording = "chance"
	wordTooFar         wording = "too_far"
	wordChanged        wording = "changed"
	wordRefused        wording = "refused"
	wordSwitchedOff    wording = "switched_off"
	wordUndone         wording = "undone"
	wordRestored       wording = "restored"
	wordUndoNothing    wording = "undo_nothing"
	wordUndoAlready    wording = "undo_already"
	wordUndoExpired    wording = "undo_expired"
	wordUndoTooLate    wording = "undo_too_late"
	wordUndoChanged    wording = "undo_changed"
	wordUndoNever      wording = "undo_never"
	wordNext           wording = "next"
	wordNextPriced     wording = "next_priced"
	wordAfter          wording = "after"
	wordMaySkip        wording = "may_skip"
	wordNextDate       wording = "next_date"
	wordPaused         wording = "paused"
	wordPausedUntil    wording = "paused_until"
	wordNoOrder        wording = "no_order"
	wordLink           wording = "link"
	wordNoLink         wording = "no_link"
	wordFreshLink      wording = "fresh_link"
	wordSeeLink        wording = "see_link"
	wordTwice          wording = "twice"
	wordWorking        wording = "working"
	wordFailed         wording = "failed"
	wordStale          wording = "stale"
	verbSkip           wording = "verb_skip"
	verbDelay          wording = "verb_delay"
)

// wordings is every text by language. A language is one more table with the same keys; a merchant's own wording
// would be looked up before it. They keep to the characters of plain SMS, so that no answer costs double
// for a dash, and say {tag} as merchants' copy does.
var wordings = map[string]map[wording]string{"en": {
	wordAsk:            "Which order do you want to {verb}? Reply with its number: {options}.",
	wordOption:         "{names} on {date}",
	wordOrder:          "your order",
	wordAskBoth:        "Or reply BOTH or NONE.",
	wordAskAll:         "Or reply ALL or NONE.",
	wordNothing:        "OK, nothing was changed.",
	wordExpired:        "We asked that more than {minutes} minutes ago, so nothing was changed. Reply {command} and we will ask again.",
	wordAlreadySkipped: "Your order of {date} is already skipped.",
	wordAlreadyDelayed: "Your order of {date} is already moved to {to}. Reply UNDO first if you want another date.",
	wordTooLate:        "It is too late to {verb} your order of {date}: changes counted until {until}. It will come as planned.",
	wordGone:           "It is too late to {verb} your order of {date}: it is already on its way.",
	wordNotInTime:      "Sorry: you wrote in time, but we could not {verb} your order of {date} before the cut-off. It will come as planned.",
	wordChance:         "Your next chance is the order of {date}, until {until}.",
	wordTooFar:         "An order can be moved by {days} days at most. Nothing was changed.",
	wordChanged:        "That order has changed since we asked, so nothing was done.",
	wordRefused:        "Nothing was changed. {reason}",
	wordSwitchedOff:    "{shop} does not take {command} by text.",
	wordUndone:         "Undone: your order of {date} is back.",
	wordRestored:       "Undone: your subscription is as it was before.",
	wordUndoNothing:    "There is nothing to undo.",
	wordUndoAlready:    "That is already undone.",
	wordUndoExpired:    "That cannot be undone any more: UNDO works for {hours} hours.",
	wordUndoTooLate:    "It is too late to undo that: changes to the order of {date} counted until {until}.",
	wordUndoChanged:    "That cannot be undone, because your subscription has changed since.",
	wordUndoNever:      "A subscription that was cancelled cannot be brought back by text.",
	wordNext:           "Your next order is on {date}: {names}.",
	wordNextPriced:     "Your next order is on {date}: {names} ({total}).",
	wordAfter:          "After that: {dates}.",
	wordMaySkip:        "You can skip it until {until}: reply SKIP.",
	wordNextDate:       "Your next order is on {date}.",
	wordPaused:         "Your subscription is paused.",
	wordPausedUntil:    "Your subscription is paused until {until}; your next order is on {date}.",
	wordNoOrder:        "You have no order coming up.",
	wordLink:           "See and change your orders here: {link}",
	wordNoLink:         "The account page cannot be reached from outside yet; please ask {shop}.",
	wordFreshLink:      "Here is your new link to your orders: {link}",
	wordSeeLink:        "You can change your orders here: {link}",
	wordTwice:          "The same text came twice within two minutes, so it counted once. If you meant it again, please send it again in two minutes.",
	wordWorking:        "We are working on your reply and will text you as soon as it is done.",
	wordFailed:         "Sorry, we could not carry out your reply in time. Nothing was changed.",
	wordStale:          "Sorry, your reply reached us too late to act on it safely. Nothing was changed.",
	verbSkip:           "skip",
	verbDelay:          "delay",
}}

// say returns a wording in the shop's language with its tags filled: name, value, name, value, …
func (s Shop) say(w wording, tags ...string) string {
	text := wordings["en"][w]
	pairs := make([]string, 0, len(tags))
	for i := 0; i+1 < len(tags); i += 2 {
		pairs = append(pairs, "{"+tags[i]+"}", tags[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// verb returns the word for what a command does to an order.
func (s Shop) verb(c Command) string {
	if c == Delay {
		return s.say(verbDelay)
	}
	return s.say(verbSkip)
}

// sentences joins what there is to say into one text.
func sentences(list ...string) string {
	var said []string
	for _, s := range list {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// longestAnswer is how many characters an answer has at most: what the texting half takes of one tag's value.
const longestAnswer = 320

// longestNames is how many characters of product names one answer repeats.
const longestNames = 60

// shorten cuts a text to at most n characters, at a space where there is one near.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n-3])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,") + "..."
}

// askText words a numbered question. Where the names of what is in the orders do not fit into one answer, they
// are cut shorter, and in the end left out.
func (s Shop) askText(c Command, orders []subscription.Order, today subscription.Date) string {
	choice := wordAskBoth
	if len(orders) > 2 {
		choice = wordAskAll
	}
	build := func(label func(subscription.Order) string) string {
		list := make([]string, len(orders))
		for i, o := range orders {
			list[i] = strconv.Itoa(i+1) + ") " + label(o)
		}
		return sentences(s.say(wordAsk, "verb", s.verb(c), "options", strings.Join(list, "; ")), s.say(choice))
	}
	for _, n := range []int{longestNames, longestNames / 2} {
		said := build(func(o subscription.Order) string { return s.option(o, n, today) })
		if len([]rune(said)) <= longestAnswer {
			return said
		}
	}
	return build(func(o subscription.Order) string { return o.Date.Short() })
}

// option is one order as a question offers it, with names of at most n characters.
func (s Shop) option(o subscription.Order, n int, today subscription.Date) string {
	return s.say(wordOption, "names", shorten(or(o.ProductNames(), s.say(wordOrder)), n), "date", o.Date.Friendly(today))
}

// standing is the sentence that says how a customer's orders stand now.
func (s Shop) standing(a subscription.Account, today subscription.Date) string {
	next, ok := a.Next()
	running := slices.ContainsFunc(a.Subscriptions, func(sub subscription.Subscription) bool { return sub.Status == subscription.Active })
	switch {
	case ok && !running:
		return s.say(wordPausedUntil, "until", next.Subscriptions[0].PausedUntil.Friendly(today), "date", next.Date.Friendly(today))
	case ok:
		return s.say(wordNextDate, "date", next.Date.Friendly(today))
	case a.HasLive():
		return s.say(wordPaused)
	}
	return s.say(wordNoOrder)
}

// status answers NEXT: the next order with what is in it and until when it can be changed, and the two after.
func (s Shop) status(a subscription.Account, at subscription.Date, maySkip bool) string {
	next, ok := a.Next()
	if !ok {
		return s.standing(a, at)
	}
	names := shorten(or(next.ProductNames(), s.say(wordOrder)), longestNames)
	first := s.say(wordNext, "date", next.Date.Friendly(at), "names", names)
	if total, err := next.Total(); err == nil && !total.IsZero() {
		first = s.say(wordNextPriced, "date", next.Date.Friendly(at), "names", names, "total", total.String())
	}
	var later []string
	for _, o := range a.Orders(next.Date.AddDays(1), 2) {
		later = append(later, o.Date.Friendly(at))
	}
	after, skip := "", ""
	if len(later) > 0 {
		after = s.say(wordAfter, "dates", strings.Join(later, " and "))
	}
	if maySkip {
		skip = s.say(wordMaySkip, "until", s.Timing().ReplyByText(next.Date))
	}
	if all := sentences(first, skip, after); len([]rune(all)) <= longestAnswer {
		return all
	}
	return sentences(first, skip)
}
