package bridge

import (
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/reply"
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
	wordAskNone        wording = "ask_none"
	wordAskYes         wording = "ask_yes"
	wordAskNow         wording = "ask_now"
	wordAskNowPlain    wording = "ask_now_plain"
	wordAskCosts       wording = "ask_costs"
	wordAskHowFar      wording = "ask_how_far"
	wordAskDate        wording = "ask_date"
	wordAskProduct     wording = "ask_product"
	wordAskSwapTo      wording = "ask_swap_to"
	wordAskCount       wording = "ask_count"
	wordAskStop        wording = "ask_stop"
	wordNothing        wording = "nothing"
	wordHowTo          wording = "how_to"
	wordExpired        wording = "expired"
	wordAlreadySkipped wording = "already_skipped"
	wordAlreadyDelayed wording = "already_delayed"
	wordTooLate        wording = "too_late"
	wordGone           wording = "gone"
	wordNotInTime      wording = "not_in_time"
	wordChance         wording = "chance"
	wordTooFar         wording = "too_far"
	wordNoSuchOrder    wording = "no_such_order"
	wordNoSuchProduct  wording = "no_such_product"
	wordNoSwap         wording = "no_swap"
	wordNotBoth        wording = "not_both"
	wordTogether       wording = "together"
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
	wordAnd            wording = "and"
	wordMaySkip        wording = "may_skip"
	wordNextDate       wording = "next_date"
	wordPaused         wording = "paused"
	wordPausedUntil    wording = "paused_until"
	wordHowResume      wording = "how_resume"
	wordResumed        wording = "resumed"
	wordNotPaused      wording = "not_paused"
	wordSentNow        wording = "sent_now"
	wordSwapped        wording = "swapped"
	wordCounted        wording = "counted"
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
	verbNow            wording = "verb_now"
	verbChange         wording = "verb_change"
	verbPause          wording = "verb_pause"
	whatSkip           wording = "what_skip"
	whatSkipSeveral    wording = "what_skip_several"
	whatDelay          wording = "what_delay"
	whatUndo           wording = "what_undo"
	whatPause          wording = "what_pause"
	whatPauseUntil     wording = "what_pause_until"
	whatResume         wording = "what_resume"
	whatSwap           wording = "what_swap"
	whatCount          wording = "what_count"
)

// wordings is every text by language. The tables have the same keys; a merchant's own wording is looked up
// before them. They keep to the characters of plain SMS, so that no answer costs double for an accent or a dash,
// and say {tag} as merchants' copy does.
var wordings = map[reply.Language]map[wording]string{reply.English: english, reply.Spanish: spanish, reply.French: french}

// speaking returns the shop as it answers in a language; "" is its own.
func (s Shop) speaking(l reply.Language) Shop {
	s.Settings.Language = or(or(l, s.Settings.Language), reply.English)
	return s
}

// say returns a wording in the shop's language with its tags filled: name, value, name, value, …
func (s Shop) say(w wording, tags ...string) string {
	l := or(s.Settings.Language, reply.English)
	text := or(s.Settings.Texts[l][string(w)], wordings[l][w])
	pairs := make([]string, 0, len(tags))
	for i := 0; i+1 < len(tags); i += 2 {
		pairs = append(pairs, "{"+tags[i]+"}", tags[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// verb returns the word for what a command does to an order.
func (s Shop) verb(c Command) string {
	w, ok := map[Command]wording{Delay: verbDelay, Now: verbNow, Pause: verbPause, Swap: verbChange, Count: verbChange}[c]
	if !ok {
		w = verbSkip
	}
	return s.say(w)
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
	return build(func(o subscription.Order) string { return s.shortDay(o.Date) })
}

// option is one order as a question offers it, with names of at most n characters.
func (s Shop) option(o subscription.Order, n int, today subscription.Date) string {
	return s.say(wordOption, "names", shorten(or(o.ProductNames(), s.say(wordOrder)), n), "date", s.day(o.Date, today))
}

// standing is the sentence that says how a customer's orders stand now.
func (s Shop) standing(a subscription.Account, today subscription.Date) string {
	next, ok := a.Next()
	running := slices.ContainsFunc(a.Subscriptions, func(sub subscription.Subscription) bool { return sub.Status == subscription.Active })
	switch {
	case ok && !running:
		return s.say(wordPausedUntil, "until", s.day(next.Subscriptions[0].PausedUntil, today), "date", s.day(next.Date, today))
	case ok:
		return s.say(wordNextDate, "date", s.day(next.Date, today))
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
	first := s.say(wordNext, "date", s.day(next.Date, at), "names", names)
	if total, err := next.Total(); err == nil && !total.IsZero() {
		first = s.say(wordNextPriced, "date", s.day(next.Date, at), "names", names, "total", total.String())
	}
	var later []string
	for _, o := range a.Orders(next.Date.AddDays(1), 2) {
		later = append(later, s.day(o.Date, at))
	}
	after, skip := "", ""
	if len(later) > 0 {
		after = s.say(wordAfter, "dates", strings.Join(later, " "+s.say(wordAnd)+" "))
	}
	if maySkip {
		skip = s.say(wordMaySkip, "until", s.replyBy(next.Date))
	}
	if all := sentences(first, skip, after); len([]rune(all)) <= longestAnswer {
		return all
	}
	return sentences(first, skip)
}
