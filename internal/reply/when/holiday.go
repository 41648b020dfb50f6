package when

import (
	"time"

	"rejoinder/internal/subscription"
)

// holiday is a day people name instead of a date. Only those are listed that fall on one day wherever the name is
// used; Mother's Day and Labour Day do not.
type holiday uint8

const (
	_ holiday = iota
	christmas
	christmasEve
	newYear
	newYearsEve
	epiphany
	thanksgiving
	blackFriday
	cyberMonday
	easter
	easterMonday
	goodFriday
	halloween
	valentines
	july4
	stPatricks
	allSaints
)

// fixed are the holidays that have one date.
var fixed = map[holiday]struct {
	month time.Month
	day   int
}{
	christmas: {time.December, 25}, christmasEve: {time.December, 24},
	newYear: {time.January, 1}, newYearsEve: {time.December, 31},
	epiphany: {time.January, 6}, halloween: {time.October, 31}, valentines: {time.February, 14},
	july4: {time.July, 4}, stPatricks: {time.March, 17}, allSaints: {time.November, 1},
}

// in returns the holiday's date in that year.
func (h holiday) in(year int) subscription.Date {
	if f, ok := fixed[h]; ok {
		return subscription.NewDate(year, f.month, f.day)
	}
	switch h {
	case thanksgiving:
		return thanksgivingIn(year)
	case blackFriday:
		return thanksgivingIn(year).AddDays(1)
	case cyberMonday:
		return thanksgivingIn(year).AddDays(4)
	case easter:
		return easterIn(year)
	case easterMonday:
		return easterIn(year).AddDays(1)
	case goodFriday:
		return easterIn(year).AddDays(-2)
	}
	return subscription.Date{}
}

// thanksgivingIn returns the fourth Thursday of November (5 U.S.C. 6103).
func thanksgivingIn(year int) subscription.Date {
	return upTo(subscription.NewDate(year, time.October, 31), 1+int(time.Thursday)).AddDays(21)
}

// easterIn returns Easter Sunday of the Gregorian calendar: the Sunday after the first full moon, as the church
// reckons it, on or after March 21.
func easterIn(year int) subscription.Date {
	golden := year % 19
	century := year / 100
	epact := (century - century/4 - (8*century+13)/25 + 19*golden + 15) % 30
	if epact == 29 || epact == 28 && golden > 10 {
		epact--
	}
	moon := subscription.NewDate(year, time.March, 21+epact)
	return upTo(moon, 1+int(time.Sunday))
}
