package bridge

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
)

// readingTx is how well replies were understood.
type readingTx interface {
	// CountReadings counts what became of a shop's replies from since to before until.
	CountReadings(shopID string, since, until time.Time) (Readings, error)
	// RepliesWait reports whether a reply that came from since to before until is not finished.
	RepliesWait(shopID string, since, until time.Time) (bool, error)
	// KeptReadings returns what was kept of days that begin in a span.
	KeptReadings(shopID string, from, to time.Time) ([]ReadDay, error)
	// KeepReadings keeps what was counted of a day, unless it is kept already.
	KeepReadings(shopID string, d ReadDay) error
	// ForgetReadings forgets what was kept of the day of a moment, because a reply of that day has changed.
	ForgetReadings(shopID string, at time.Time) error
	// HardWordings returns the wordings that were asked about, left to a person or corrected in that time, commonest
	// first.
	HardWordings(shopID string, since, until time.Time, limit int) ([]HardWording, error)
}

// Readings counts replies by what became of them. Repeated deliveries are not counted.
type Readings struct {
	Understood int // dealt with at once
	Asked      int // we asked what was meant
	Person     int // left to a person
	Corrected  int // of all of these: a person said that it meant something else
}

// All is how many replies were read.
func (r Readings) All() int { return r.Understood + r.Asked + r.Person }

// HardWording is a text that was not understood at once, as often as it came.
type HardWording struct {
	Wording string // reply.Wording of it, cut
	Readings
	Meant string // what a person said it meant; "" when nobody has
	Last  time.Time
}

func (r *Readings) add(n Readings) {
	r.Understood += n.Understood
	r.Asked += n.Asked
	r.Person += n.Person
	r.Corrected += n.Corrected
}

// ReadDay is the readings of a day in the shop's zone.
type ReadDay struct {
	From, To time.Time
	Readings
}

// Week is the readings of seven days.
type Week struct {
	From time.Time // midnight of a Monday in the shop's zone
	Readings
}

// Reading is what Analytics shows of how well replies are understood.
type Reading struct {
	Weeks []Week // oldest first, the running one last
	Hard  []HardWording
}

// mostWeeks and mostHard bound what one look shows.
const (
	mostWeeks = 53
	mostHard  = 50
)

// Reading counts a shop's replies over the last weeks (at most 53), the running one included.
func (b *Bridge) Reading(ctx context.Context, shopID string, weeks int) (out Reading, err error) {
	defer fault.Wrap(&err, "bridge: readings of %s", shopID)
	weeks = min(max(weeks, 1), mostWeeks)
	var settled []ReadDay
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		out = Reading{}
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		days := daysOfWeeks(tx.Now().In(shop.Location()), weeks)
		missing, err := readDays(tx, shopID, days)
		if err != nil {
			return err
		}
		settled = missing
		for i, d := range days {
			if i%7 == 0 {
				out.Weeks = append(out.Weeks, Week{From: d.From})
			}
			out.Weeks[i/7].add(d.Readings)
		}
		out.Hard, err = tx.HardWordings(shopID, days[0].From, days[len(days)-1].To, mostHard)
		return err
	})
	if err != nil {
		return out, err
	}
	return out, b.keepReadings(ctx, shopID, settled)
}

// daysOfWeeks are the days of the last weeks up to the running one, each from Monday to Sunday, as the clock of now shows
// them.
func daysOfWeeks(now time.Time, weeks int) []ReadDay {
	monday := now.Day() - (int(now.Weekday())+6)%7
	day := func(d int) time.Time { return time.Date(now.Year(), now.Month(), d, 0, 0, 0, 0, now.Location()) }
	days := make([]ReadDay, 0, 7*weeks)
	for d := monday - 7*(weeks-1); d < monday+7; d++ {
		days = append(days, ReadDay{From: day(d), To: day(d + 1)})
	}
	return days
}

// readDays fills in the readings of days: what is kept of them, or what is counted now. It returns those of the latter
// that are to be kept, as they are over and none of their replies waits.
func readDays(tx Tx, shopID string, days []ReadDay) (settled []ReadDay, err error) {
	kept, err := tx.KeptReadings(shopID, days[0].From, days[len(days)-1].To)
	if err != nil {
		return nil, err
	}
	for i := range days {
		d := &days[i]
		if k := slices.IndexFunc(kept, func(k ReadDay) bool { return k.From.Equal(d.From) && k.To.Equal(d.To) }); k >= 0 {
			d.Readings = kept[k].Readings
			continue
		}
		if d.From.After(tx.Now()) {
			break
		}
		if d.Readings, err = tx.CountReadings(shopID, d.From, d.To); err != nil {
			return nil, err
		}
		if !d.To.Before(tx.Now()) {
			continue
		}
		waits, err := tx.RepliesWait(shopID, d.From, d.To)
		if err != nil {
			return nil, err
		}
		if !waits && d.Readings != (Readings{}) { // an empty day is counted as fast as it is read
			settled = append(settled, *d)
		}
	}
	return settled, nil
}

func (b *Bridge) keepReadings(ctx context.Context, shopID string, days []ReadDay) error {
	if len(days) == 0 {
		return nil
	}
	return b.o.Store.InTx(ctx, func(tx Tx) error {
		for _, d := range days {
			waits, err := tx.RepliesWait(shopID, d.From, d.To) // a person may have corrected one meanwhile
			if err != nil {
				return err
			}
			if waits {
				continue
			}
			if err := tx.KeepReadings(shopID, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// KeepDays counts the last days of a shop that are over and not counted yet, so that nobody who opens Analytics waits for
// it.
func (b *Bridge) KeepDays(ctx context.Context, shopID string, last int) (err error) {
	defer fault.Wrap(&err, "bridge: keep the days of %s", shopID)
	var settled []ReadDay
	err = b.o.Store.Read(ctx, func(tx Tx) error {
		shop, err := tx.Shop(shopID)
		if err != nil {
			return err
		}
		now := tx.Now().In(shop.Location())
		day := func(d int) time.Time {
			return time.Date(now.Year(), now.Month(), now.Day()+d, 0, 0, 0, 0, now.Location())
		}
		var days []ReadDay
		for d := -last; d < 0; d++ {
			days = append(days, ReadDay{From: day(d), To: day(d + 1)})
		}
		settled, err = readDays(tx, shopID, days)
		return err
	})
	if err != nil {
		return err
	}
	return b.keepReadings(ctx, shopID, settled)
}

// Correct says what a text meant that a person has read, as the command it stands for ("SKIP", "DELAY 2 WEEKS"), and has
// that done like a reply that came now. With remember, the wording means the same from now on, for every customer of the
// shop. The error is Invalid when the command is none or the wording cannot be remembered, NotFound when the text never
// came to the bridge or nobody of the shop wrote it, Conflict when it has been corrected before, has changed something
// that stands, or can mean nothing else.
func (b *Bridge) Correct(ctx context.Context, shopID, messageID, command string, remember bool) (err error) {
	defer fault.Wrap(&err, "bridge: correct a reply in %s", shopID)
	command = strings.ToUpper(strings.TrimSpace(command))
	u := reply.Read(command, reply.Situation{})
	if u.Certainty != reply.Certain || !u.Meaning.IsCommand() || len(u.Then) > 0 {
		return fault.Field("meant", "Choose what the text meant, for example SKIP or DELAY 2 WEEKS.")
	}
	var r Reply
	err = b.o.Store.InTx(ctx, func(tx Tx) error {
		list, err := tx.RepliesOf(shopID, []string{messageID})
		if err != nil {
			return err
		}
		if len(list) == 0 || list[0].CustomerID == "" {
			return fault.New(fault.NotFound, "No customer with a subscription wrote this text, so there is nothing to do it to.")
		}
		// The customer first: their replies are handled one after the other.
		if _, err := tx.Account(shopID, list[0].CustomerID); err != nil {
			return err
		}
		if list, err = tx.RepliesOf(shopID, []string{messageID}); err != nil {
			return err
		}
		done, err := tx.CustomerActions(shopID, list[0].CustomerID, list[0].ReceivedAt, keptActions)
		if err != nil {
			return err
		}
		switch r = list[0]; {
		case r.Meant != "":
			return fault.New(fault.Conflict, "It has been said already that this text means %s.", r.Meant)
		case r.State == ReplyNew || r.State == ReplyWorking:
			return fault.New(fault.Conflict, "This text is still being dealt with. Try again in a moment.")
		case !verdictOf(r).MayCorrect():
			return fault.New(fault.Conflict, "This text can mean nothing else.")
		case slices.ContainsFunc(done, func(a Action) bool { return a.State == ActionDone && a.of(r) }):
			return fault.New(fault.Conflict, "This text has been acted on. Take that back first, on the customer's page.")
		}
		if remember {
			if err := b.remember(tx, shopID, u.Meaning, r.Body); err != nil {
				return err
			}
		}
		r.Meant, r.State, r.DueAt, r.FinishedAt = command, ReplyNew, tx.Now(), time.Time{}
		if err := tx.SaveReply(r); err != nil {
			return err
		}
		if err := tx.ForgetReadings(shopID, r.ReceivedAt); err != nil {
			return err
		}
		return b.trace(tx, shopID, r.CustomerID, "reply", "A person read this text and said that it means "+command+".", r.ID)
	})
	if err == nil {
		b.wake(ctx, WakeReply, replyKey(r))
	}
	return err
}

// Teach makes a text one of the shop's own words for a meaning. The error is Invalid, with the meaning as its field, when
// that cannot be: see CheckWords.
func (b *Bridge) Teach(ctx context.Context, shopID string, m reply.Meaning, text string) (err error) {
	defer fault.Wrap(&err, "bridge: teach %s a word", shopID)
	if !slices.Contains(reply.Meanings(), m) {
		return fault.Field("meaning", "Choose what the wording means.")
	}
	if reply.Wording(text) == "" {
		return fault.Field(string(m), "A text without words cannot be learned.")
	}
	return b.o.Store.InTx(ctx, func(tx Tx) error { return b.remember(tx, shopID, m, text) })
}

// of reports whether a reply asked for the action.
func (a Action) of(r Reply) bool {
	key := actionKey(r.CustomerID, r.ID)
	return a.Key == key || strings.HasPrefix(a.Key, key+"/")
}

// remember makes a text one of the shop's own words for a meaning.
func (b *Bridge) remember(tx Tx, shopID string, m reply.Meaning, body string) error {
	shop, err := tx.LockShop(shopID)
	if err != nil {
		return err
	}
	words := map[reply.Meaning][]string{}
	for k, list := range shop.Settings.Words {
		words[k] = slices.Clone(list)
	}
	words[m] = append(words[m], body)
	if shop.Settings.Words, err = CheckWords(words); err != nil {
		return err
	}
	return tx.SaveShop(shop)
}

// Bounds of a shop's own words.
const (
	mostWords   = 200
	longestWord = 60
)

// CheckWords returns a shop's own words in the form in which they are kept, each once and in order. The error is Invalid
// with the meaning as its field when one of them means something else to every shop or to this one: no word of a shop's
// can take an opt-out, an opt-in or a call for help away, nor change what is understood already.
func CheckWords(words map[reply.Meaning][]string) (map[reply.Meaning][]string, error) {
	out, taken, n := map[reply.Meaning][]string{}, map[string]reply.Meaning{}, 0
	for _, m := range reply.Meanings() {
		for _, raw := range words[m] {
			w := reply.Wording(raw)
			if w == "" {
				continue
			}
			if err := checkWord(m, w, raw, taken); err != nil {
				return nil, err
			}
			if _, again := taken[w]; again {
				continue
			}
			if n++; n > mostWords {
				return nil, fault.Field(string(m), "A shop can have %d words of its own at most.", mostWords)
			}
			taken[w] = m
			out[m] = append(out[m], w)
		}
		slices.Sort(out[m])
	}
	return out, nil
}

// answers reports whether a text is the answer to a question of ours, whatever that is about.
func answers(text string) bool {
	options := make([]reply.Option, mostOptions)
	for i := range options {
		options[i] = reply.Option{Label: "#" + strconv.Itoa(i), Key: strconv.Itoa(i)}
	}
	for _, q := range []reply.Question{
		{About: reply.AboutYes, Wish: reply.Wish{Meaning: reply.Undo}},
		{About: reply.AboutProduct, Wish: reply.Wish{Meaning: reply.Swap}, Options: options},
		{About: reply.AboutProduct, Wish: reply.Wish{Meaning: reply.Swap}, Options: options[:2]},
	} {
		switch reply.Read(text, reply.Situation{Open: &q}).Meaning {
		case reply.Yes, reply.No, reply.Choice:
			return true
		}
	}
	return false
}

func checkWord(m reply.Meaning, w, raw string, taken map[string]reply.Meaning) error {
	if other, ok := taken[w]; ok && other != m {
		return fault.Field(string(m), "“%s” cannot mean both %s and %s.", w, other.Title(), m.Title())
	}
	if !m.IsCommand() && m != reply.Keep && m != reply.Thanks && m != reply.Person {
		return fault.Field(string(m), "No words can be added for %s.", m.Title())
	}
	if len([]rune(w)) < 2 {
		return fault.Field(string(m), "“%s” is too short: one letter is too easily a slip.", w)
	}
	if len([]rune(w)) > longestWord {
		return fault.Field(string(m), "“%s…” is too long: a wording has at most %d characters.", string([]rune(w)[:20]), longestWord)
	}
	switch u := reply.Read(raw, reply.Situation{}); {
	case u.Meaning == reply.OptOut, u.Meaning == reply.OptIn, u.Meaning == reply.Help:
		return fault.Field(string(m), "“%s” cannot be used: the law and the carriers have given it a meaning.", w)
	case answers(raw):
		return fault.Field(string(m), "“%s” cannot be used: customers answer our questions with it.", w)
	case u.Certainty == reply.Certain && u.Meaning != m:
		return fault.Field(string(m), "“%s” is already understood as %s.", w, u.Meaning.Title())
	}
	return nil
}
