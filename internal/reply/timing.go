package reply

import (
	"slices"

	"rejoinder/internal/reply/when"
	"rejoinder/internal/subscription"
)

// timed reads a text that answers with an amount or a date what was asked about: "2 weeks" to "How far shall we move
// it?". What was asked is then wished with that time.
func (c *choosing) timed() (Understood, bool) {
	w := c.q.Wish
	if w.Meaning != Delay && w.Meaning != Pause || c.q.About == AboutProduct {
		return Understood{}, false
	}
	c.byDay = true
	c.loosely = false
	if !c.scan() {
		return Understood{}, false
	}
	var tm *atom
	yes, no := false, false
	for i := range c.atoms {
		a := &c.atoms[i]
		switch a.part {
		case dating:
			if tm != nil {
				return Understood{}, false
			}
			tm = a
		case naming:
			key, ok := c.product(a)
			if !ok || c.q.About != AboutOrder || w.Product != "" {
				return Understood{}, false
			}
			w.Product = key
		case agreed, accepted:
			yes = true
		case refused, declined:
			no = true
		case wrapping, narrowing, article, correcting, restated, framing, wanting:
		default:
			return Understood{}, false
		}
	}
	if tm == nil || len(c.q.Options) > 0 && c.within(tm.time.Day) != 0 {
		return Understood{}, false
	}
	u := c.at(w, tm.time)
	if fit := c.offered(u.Dates); fit != 0 && c.q.About == AboutDate {
		if len(u.Dates) > 1 || c.restates() {
			return unknown(u.Words, "The text does not say which one is meant."), true
		}
		tm.fit = fit
		return c.choice(fit), true
	}
	if c.q.About != AboutYes || u.Certainty != Certain {
		return u, true
	}
	switch again := equal(u.Wish, c.q.Wish); {
	case yes && no, no && again:
		return unknown(u.Words, "The text does not say plainly yes or no."), true
	case again:
		return c.agreeing(Yes), true
	case yes:
		u.Certainty = Likely
	}
	return u, true
}

// offered returns the options that stand for one of dates.
func (c *choosing) offered(dates []subscription.Date) (fit options) {
	for i := range c.q.Options {
		if d, ok := c.dayOf(i); ok && slices.Contains(dates, d) {
			fit |= 1 << i
		}
	}
	return fit
}

// at is the wish w with that time. What cannot be or has more than one reading is not certain.
func (c *choosing) at(w Wish, tm when.Time) Understood {
	w.Amount, w.Dates = Amount{}, nil
	floor := c.q.Order
	if floor.IsZero() {
		floor = c.in.Order
	}
	if w.Meaning == Pause {
		floor = c.in.Today
	}
	words := c.said()
	certainty := Certain
	switch {
	case tm.Vague:
		return unknown(words, "The text does not give one exact day or length of time.")
	case tm.Count > 0 && (tm.Count > longest[tm.Unit] || tm.Count < 1):
		return unknown(words, "The text gives more than a year.")
	case tm.Count > 0 && tm.Base == when.FromToday && w.Meaning == Delay:
		w.Dates = c.counted(floor, tm)
		certainty = Likely
		if len(w.Dates) == 1 && tm.Lead != when.In {
			certainty = Certain
		}
		if len(w.Dates) == 0 {
			return unknown(words, "The text gives a day that is not after the order's.")
		}
	case tm.Count > 0:
		w.Amount = Amount{Count: tm.Count, Unit: tm.Unit}
		if tm.Base == when.FromOrder && c.q.About == AboutDate && len(c.q.Options) > 0 {
			return unknown(words, "The text does not say from which day that is counted.")
		}
	default:
		var why when.Problem
		if w.Dates, why = c.calendar.After(floor, tm.Day); why != when.OK {
			return unknown(words, problems[why])
		}
		if len(w.Dates) > 1 || tm.Lead == when.By && tm.Language == string(English) {
			certainty = Likely
		}
	}
	u := Understood{Wish: w, Then: slices.Clone(c.q.Then), Certainty: certainty, Language: c.language(), Words: words}
	u.Why = "The text answers our question: " + gloss(w) + "."
	if certainty == Likely {
		u.Why = "The text may answer our question: " + gloss(w) + "."
	}
	return u
}

// counted returns the days that an amount from today may mean: "in 2 weeks" is two weeks from today to some, and two
// weeks after the order to others.
func (c *choosing) counted(floor subscription.Date, tm when.Time) (dates []subscription.Date) {
	if c.in.Today.IsZero() {
		return nil
	}
	if d, why := c.calendar.Plus(c.in.Today, tm.Count, tm.Unit); why == when.OK && d.After(floor) {
		dates = append(dates, d)
	}
	if tm.Lead != when.In || floor.IsZero() {
		return dates
	}
	if d, why := c.calendar.Plus(floor, tm.Count, tm.Unit); why == when.OK && !slices.Contains(dates, d) {
		dates = append(dates, d)
	}
	return dates
}

var problems = map[when.Problem]string{
	when.Past:      "The text gives a day that is over.",
	when.TooFar:    "The text gives a day that is too far away.",
	when.Earlier:   "The text gives a day that is not after the order's.",
	when.NoSuchDay: "The text gives a day that the calendar does not have.",
}

// product returns the key of the one product the customer has that has all words of a.
func (c *choosing) product(a *atom) (key string, ok bool) {
	for _, p := range c.in.Products {
		if p.Offer || p.Key == key {
			continue
		}
		words, _ := wordsOfLabel(p.Name)
		if slices.ContainsFunc(c.plain[a.lo:a.hi], func(w string) bool { return telling(w) && !slices.Contains(words, w) }) {
			continue
		}
		if ok {
			return "", false
		}
		key, ok = p.Key, true
	}
	return key, ok
}
