package texting

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"time"

	"rejoinder/internal/fault"
)

// maxDays bounds a range of analytics.
const maxDays = 400

// Days is a range of whole days in the shop's zone.
type Days struct {
	From time.Time // its date counts; the first day
	To   time.Time // the last day
}

// LastDays returns the n days that end today, in the shop's zone: 1 is today alone.
func LastDays(shop Shop, now time.Time, n int) Days {
	local := now.In(shop.location())
	return Days{From: local.AddDate(0, 0, 1-n), To: local}
}

// location is the shop's zone, UTC if it is none.
func (s Shop) location() *time.Location {
	loc, err := time.LoadLocation(s.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Numbers are what analytics count. Test sends count nowhere.
type Numbers struct {
	Sent     int // went out
	Held     int // of those, had to wait for waking hours
	Replied  int // got a reply within 24 hours with no later text in between, counted on the day of the reply
	OptedOut int // were the last text before the person left, counted on the day they left
	Segments int
}

func (n *Numbers) add(m Numbers) {
	n.Sent += m.Sent
	n.Held += m.Held
	n.Replied += m.Replied
	n.OptedOut += m.OptedOut
	n.Segments += m.Segments
}

// Slice is the numbers of one automation (or other sort of message) on one trigger and one day.
type Slice struct {
	Day          string // 2006-01-02 in the shop's zone
	Kind         MessageKind
	AutomationID string
	Name         string // of the automation, or of the sort of message
	Trigger      string
	Numbers
}

// Analytics is Analytics → Messages for a range.
type Analytics struct {
	Slices  []Slice // by day, then name
	Rows    []Slice // summed over the days (Day is ""), most sent first
	ByDay   []Slice // summed over the rows, every day of the range, only Day and Numbers set
	Total   Numbers
	Waiting int // automated texts that wait now, counted no further than MostCounted
	HeldNow int // of those counted, for waking hours
}

// Day is one day of a range for the store: from From to just before To.
type Day struct {
	Day      string
	From, To time.Time
}

// KeptDay is what was counted of a day that is over.
type KeptDay struct {
	From, To time.Time
	Slices   []Slice
}

// settledAfter is how long after its end nothing more happens to the numbers of a day: a gateway's receipt comes sooner.
const settledAfter = 6 * time.Hour

type analyticsTx interface {
	// CountDay counts a day: what went out on it, the texts that got a reply on it, and those that were the last before
	// somebody left. Its slices have no Day and no Name, and may be several of one sort.
	CountDay(shopID string, d Day) ([]Slice, error)
	// KeptDays returns what was kept of days that begin in a span.
	KeptDays(shopID string, from, to time.Time) ([]KeptDay, error)
	// KeepDay keeps what was counted of a day, unless it is kept already.
	KeepDay(shopID string, d KeptDay) error
	// AutomationNames returns the names of all automations of a shop, deleted ones too, by id.
	AutomationNames(shopID string) (map[string]string, error)
	// WaitingNow counts automated texts that wait, no further than MostCounted, and those held for waking hours among
	// those it counted.
	WaitingNow(shopID string) (waiting, held int, err error)
}

// Analytics counts the messages of a range of days. The error blames the fields from or to.
func (t *Texting) Analytics(ctx context.Context, shopID string, r Days) (a Analytics, err error) {
	defer fault.Wrap(&err, "texting: analytics of %s", shopID)
	var settled []KeptDay
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		shop, err := tx.TextingShop(shopID)
		if err != nil {
			return err
		}
		days, err := r.split(shop.location())
		if err != nil {
			return err
		}
		names, err := tx.AutomationNames(shopID)
		if err != nil {
			return err
		}
		sum := newSums(names)
		all, missing, err := countDays(tx, shopID, days)
		if err != nil {
			return err
		}
		for i, d := range all {
			sum.add(days[i].Day, d.Slices)
		}
		settled = missing
		a = sum.analytics(days)
		a.Waiting, a.HeldNow, err = tx.WaitingNow(shopID)
		return err
	})
	if err != nil {
		return a, err
	}
	return a, t.keepDays(ctx, shopID, settled)
}

// countDays returns the numbers of days: those that are kept, and of the others what is counted now. Missing are those of
// the latter that are to be kept.
func countDays(tx Tx, shopID string, days []Day) (all, missing []KeptDay, err error) {
	kept, err := tx.KeptDays(shopID, days[0].From, days[len(days)-1].To)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range days {
		i := slices.IndexFunc(kept, func(k KeptDay) bool { return k.From.Equal(d.From) && k.To.Equal(d.To) })
		if i >= 0 {
			all = append(all, kept[i])
			continue
		}
		day := KeptDay{From: d.From, To: d.To}
		if day.Slices, err = tx.CountDay(shopID, d); err != nil {
			return nil, nil, err
		}
		all = append(all, day)
		if len(day.Slices) > 0 && d.To.Add(settledAfter).Before(tx.Now()) { // an empty day is counted as fast as it is read
			missing = append(missing, day)
		}
	}
	return all, missing, nil
}

func (t *Texting) keepDays(ctx context.Context, shopID string, days []KeptDay) error {
	if len(days) == 0 {
		return nil
	}
	return t.o.Store.InTx(ctx, func(tx Tx) error {
		for _, d := range days {
			if err := tx.KeepDay(shopID, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// KeepDays counts the last days of a shop that are over and not counted yet, so that nobody who opens Analytics waits for
// it.
func (t *Texting) KeepDays(ctx context.Context, shopID string, last int) (err error) {
	defer fault.Wrap(&err, "texting: keep the days of %s", shopID)
	var days []Day
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		shop, err := tx.TextingShop(shopID)
		if err != nil {
			return err
		}
		days, err = LastDays(shop, tx.Now(), last+1).split(shop.location())
		return err
	})
	if err != nil {
		return err
	}
	for i := range days {
		var missing []KeptDay // one day at a time: none of the reads lasts long
		if err := t.o.Store.Read(ctx, func(tx Tx) (err error) {
			if days[i].To.Add(settledAfter).After(tx.Now()) {
				return nil
			}
			_, missing, err = countDays(tx, shopID, days[i:i+1])
			return err
		}); err != nil {
			return err
		}
		if err := t.keepDays(ctx, shopID, missing); err != nil {
			return err
		}
	}
	return nil
}

// split cuts the range into days as the shop's clocks show them: 23 to 25 hours long.
func (r Days) split(zone *time.Location) ([]Day, error) {
	at := func(t time.Time, d int) time.Time { return time.Date(t.Year(), t.Month(), t.Day()+d, 0, 0, 0, 0, zone) }
	first, end := at(r.From, 0), at(r.To, 1)
	if !first.Before(end) {
		return nil, fault.Field("to", "The last day is before the first.")
	}
	var days []Day
	for i := 0; at(r.From, i).Before(end); i++ {
		if i == maxDays {
			return nil, fault.Field("from", "Choose at most %d days.", maxDays)
		}
		days = append(days, Day{Day: at(r.From, i).Format(time.DateOnly), From: at(r.From, i), To: at(r.From, i+1)})
	}
	return days, nil
}

// sums collects slices of the same day, sort, automation and trigger.
type sums struct {
	names map[string]string
	by    map[Slice]*Numbers // keys without numbers
}

func newSums(names map[string]string) *sums { return &sums{names: names, by: map[Slice]*Numbers{}} }

func (s *sums) add(day string, part []Slice) {
	for _, p := range part {
		n := p.Numbers
		p.Day, p.Numbers, p.Name = day, Numbers{}, s.name(p)
		if s.by[p] == nil {
			s.by[p] = &Numbers{}
		}
		s.by[p].add(n)
	}
}

func (s *sums) name(p Slice) string {
	if name := s.names[p.AutomationID]; name != "" {
		return name
	}
	switch p.Kind {
	case KindAutomation:
		return "A deleted automation"
	case KindAPI:
		return "Sent over the API"
	case KindPerson:
		return "Answered by a person"
	case KindKeyword:
		return "Keyword reply"
	case KindOptIn:
		return "Opt-in"
	case KindOptOut:
		return "Opt-out confirmation"
	case KindHelp:
		return "Help"
	}
	return string(p.Kind)
}

func (s *sums) analytics(days []Day) (a Analytics) {
	rows, byDay := map[Slice]*Numbers{}, map[string]*Numbers{}
	for key, n := range s.by {
		a.Slices = append(a.Slices, withNumbers(key, *n))
		row := key
		row.Day = ""
		if rows[row] == nil {
			rows[row] = &Numbers{}
		}
		if byDay[key.Day] == nil {
			byDay[key.Day] = &Numbers{}
		}
		rows[row].add(*n)
		byDay[key.Day].add(*n)
		a.Total.add(*n)
	}
	for key, n := range rows {
		a.Rows = append(a.Rows, withNumbers(key, *n))
	}
	for _, d := range days {
		day := Slice{Day: d.Day}
		if n := byDay[d.Day]; n != nil {
			day.Numbers = *n
		}
		a.ByDay = append(a.ByDay, day)
	}
	slices.SortFunc(a.Slices, func(x, y Slice) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), bySort(x, y))
	})
	slices.SortFunc(a.Rows, func(x, y Slice) int {
		return cmp.Or(cmp.Compare(y.Sent, x.Sent), bySort(x, y))
	})
	return a
}

func withNumbers(s Slice, n Numbers) Slice { s.Numbers = n; return s }

func bySort(x, y Slice) int {
	return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Trigger, y.Trigger), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.AutomationID, y.AutomationID))
}

// ExportAnalytics writes a range as CSV, one line per day, automation and trigger.
func (t *Texting) ExportAnalytics(ctx context.Context, shopID string, r Days, to io.Writer) (err error) {
	defer fault.Wrap(&err, "texting: export analytics of %s", shopID)
	a, err := t.Analytics(ctx, shopID, r)
	if err != nil {
		return err
	}
	w := csv.NewWriter(to)
	if err := w.Write([]string{"day", "type", "name", "trigger", "sent", "held", "replied", "opted_out", "segments"}); err != nil {
		return err
	}
	for _, s := range a.Slices {
		row := []string{s.Day, string(s.Kind), sheetSafe(s.Name), sheetSafe(s.Trigger)}
		for _, n := range []int{s.Sent, s.Held, s.Replied, s.OptedOut, s.Segments} {
			row = append(row, strconv.Itoa(n))
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
