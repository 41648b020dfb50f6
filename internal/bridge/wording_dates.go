package bridge

import (
	"fmt"
	"time"

	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// calendar is how a language says a day, in characters of plain SMS.
type calendar struct {
	weekdays [7]string  // from Sunday
	months   [12]string // from January
	long     string     // weekday, day, month
	short    string     // the same, cut to three letters
	year     string     // what a year adds
	at       string     // day, time of day in 24 hours, zone
}

var calendars = map[reply.Language]calendar{
	reply.Spanish: {
		weekdays: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sabado"},
		months: [12]string{
			"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
		},
		long: "%s %d de %s", short: "%.3s %d %.3s", year: " de %d", at: "%s a las %s %s",
	},
	reply.French: {
		weekdays: [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		months: [12]string{
			"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "décembre",
		},
		long: "%s %d %s", short: "%.3s %d %.4s", year: " %d", at: "%s à %s %s",
	},
}

// day says a day with its weekday, and with its year when that is not today's: "Tuesday, November 24", "martes 24 de
// noviembre", "mardi 24 novembre".
func (s Shop) day(d, today subscription.Date) string {
	c, ok := calendars[s.Settings.Language]
	if !ok {
		return d.Friendly(today)
	}
	said := fmt.Sprintf(c.long, c.weekdays[d.Weekday()], d.Day(), c.months[d.Month()-1])
	if d.Year() != today.Year() {
		said += fmt.Sprintf(c.year, d.Year())
	}
	return said
}

// shortDay says a day where there is little room: "Tue, Nov 24".
func (s Shop) shortDay(d subscription.Date) string {
	c, ok := calendars[s.Settings.Language]
	if !ok {
		return d.Short()
	}
	return fmt.Sprintf(c.short, c.weekdays[d.Weekday()], d.Day(), c.months[d.Month()-1])
}

// replyBy says the last moment at which a reply about the order of a date counts, in the shop's zone.
func (s Shop) replyBy(order subscription.Date) string {
	c, ok := calendars[s.Settings.Language]
	if !ok {
		return s.Timing().ReplyByText(order)
	}
	at := s.Timing().ReplyBy(order).In(s.Location())
	if at.Hour() == 0 && at.Minute() == 0 { // midnight belongs to no day one can be sure of
		at = at.Add(-time.Minute)
	}
	zone, _ := at.Zone()
	day := subscription.DateOf(at, s.Location())
	return fmt.Sprintf(c.at, s.day(day, day), at.Format("15:04"), zone)
}
