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

type analyticsTx interface {
	// SentByDay counts what went out on each day; RepliesByDay the texts that got a reply on each; OptOutsByDay
	// those that were the last before somebody left.
	SentByDay(shopID string, days []Day) ([]Slice, error)
	RepliesByDay(shopID string, days []Day) ([]Slice, error)
	OptOutsByDay(shopID string, days []Day) ([]Slice, error)
	// AutomationNames returns the names of all automations of a shop, deleted ones too, by id.
	AutomationNames(shopID string) (map[string]string, error)
	// WaitingNow counts automated texts that wait, no further than MostCounted, and those held for waking hours among
	// those it counted.
	WaitingNow(shopID string) (waiting, held int, err error)
}

// Analytics counts the messages of a range of days. The error blames the fields from or to.
func (t *Texting) Analytics(ctx context.Context, shopID string, r Days) (a Analytics, err error) {
	defer fault.Wrap(&err, "texting: analytics of %s", shopID)
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
		for _, read := range []func(string, []Day) ([]Slice, error){tx.SentByDay, tx.RepliesByDay, tx.OptOutsByDay} {
			part, err := read(shopID, days)
			if err != nil {
				return err
			}
			sum.add(part)
		}
		a = sum.analytics(days)
		a.Waiting, a.HeldNow, err = tx.WaitingNow(shopID)
		return err
	})
	return a, err
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

func (s *sums) add(part []Slice) {
	for _, p := range part {
		n := p.Numbers
		p.Numbers, p.Name = Numbers{}, s.name(p)
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
