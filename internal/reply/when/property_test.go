package when

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"rejoinder/internal/subscription"
)

// anyCalendar draws a day it may be, and a floor for it.
func anyCalendar(t *rapid.T) (Calendar, subscription.Date) {
	c := Calendar{
		Today:    date("2024-01-01").AddDays(rapid.IntRange(0, 3000).Draw(t, "today")),
		DayFirst: rapid.Bool().Draw(t, "day first"), Either: rapid.Bool().Draw(t, "either"),
		Language: rapid.SampledFrom(codes[:]).Draw(t, "language"),
	}
	if rapid.Bool().Draw(t, "limited") {
		c.Last = c.Today.AddDays(rapid.IntRange(1, 400).Draw(t, "last"))
	}
	return c, c.Today.AddDays(rapid.IntRange(-5, 60).Draw(t, "floor"))
}

// anyWords draws a text out of the words of the tables, so that most of it is read as something.
func anyWords(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom(someWords), rapid.SampledFrom(someWords), rapid.SampledFrom([]string{
			"1", "2", "15", "31", "2026", "5/3", "5-3", "5.3", "2027-02-28", "15th", "2w", ",", ".", "-", "/", "bags",
		}),
	), 1, 8).Draw(t, "words"), " ")
}

// someWords are the phrases of the tables.
var someWords = func() []string {
	var all []string
	for _, table := range [][]meaning{english, spanish, french} {
		for _, m := range table {
			all = append(all, strings.Split(m.phrases, "|")...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}()

func checkDates(t interface{ Errorf(string, ...any) }, c Calendar, floor subscription.Date, d Day) {
	dates, why := c.After(floor, d)
	if (len(dates) == 0) == (why == OK) {
		t.Errorf("%+v: %v and %q", d, dates, why)
	}
	last := c.Last
	if last.IsZero() {
		last = c.Today.AddDays(366)
	}
	for i, got := range dates {
		switch {
		case !got.After(floor):
			t.Errorf("%+v: %v is not after the floor %v", d, got, floor)
		case !got.After(c.Today):
			t.Errorf("%+v: %v is not after today, %v", d, got, c.Today)
		case got.After(last):
			t.Errorf("%+v: %v is after the last day, %v", d, got, last)
		case i > 0 && !got.After(dates[i-1]):
			t.Errorf("%+v: %v is not in ascending order", d, dates)
		}
	}
}

// checkTime checks what holds of every expression.
func checkTime(t interface{ Errorf(string, ...any) }, c Calendar, floor subscription.Date, tokens []Token, i int) {
	got, n := c.Read(tokens, i)
	switch {
	case n == 0 && got != Time{}:
		t.Errorf("%v: nothing was read, and yet %+v", tokens[i:], got)
	case n == 0:
		return
	case n < 0 || i+n > len(tokens):
		t.Errorf("%v: %d words of %d", tokens, n, len(tokens)-i)
	case got.Count == 0 && got.Day.IsZero() && !got.Vague:
		t.Errorf("%v: read as nothing at all", tokens[i:i+n])
	case (got.Count > 0) != (got.Unit != "") || got.Count < 0:
		t.Errorf("%v: %d of %q", tokens[i:i+n], got.Count, got.Unit)
	case got.Count > 0 && !got.Day.IsZero() && got.Day.kind != week && got.Day.kind != ofMonth:
		t.Errorf("%v: an amount and a day: %+v", tokens[i:i+n], got)
	}
	if !got.Day.IsZero() {
		checkDates(t, c, floor, got.Day)
		c.Covers(got.Day, floor)
	}
	if got.Count > 0 {
		if d, why := c.Plus(floor, got.Count, got.Unit); why == OK && !d.After(floor) {
			t.Errorf("%v: %v is not after %v", tokens[i:i+n], d, floor)
		}
	}
}

func TestNothingReadBreaksTheRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, floor := anyCalendar(t)
		tokens := split(anyWords(t))
		for i := range tokens {
			checkTime(t, c, floor, tokens, i)
		}
	})
}

func TestAccentsDoNotMatter(t *testing.T) {
	t.Parallel()
	for _, e := range expressions(t) {
		plain := strings.Map(unaccented, strings.ToLower(norm.NFKC.String(e.text)))
		with, n := e.c.Read(split(e.text), 0)
		without, m := e.c.Read(split(plain), 0)
		if with != without || n != m {
			t.Errorf("%q is %+v, but %q is %+v", e.text, with, plain, without)
		}
	}
}

// forms writes a day in ways that name it in full.
func forms(d subscription.Date) map[string][]string {
	y, m, n := d.Year(), int(d.Month()), d.Day()
	longEN := d.Month().String()
	longES := strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")[m-1]
	longFR := strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")[m-1]
	dayES := strings.Fields("domingo lunes martes miércoles jueves viernes sábado")[d.Weekday()]
	dayFR := strings.Fields("dimanche lundi mardi mercredi jeudi vendredi samedi")[d.Weekday()]
	th := "th"
	if n%10 < 4 && n%10 > 0 && n/10 != 1 {
		th = []string{"", "st", "nd", "rd"}[n%10]
	}
	return map[string][]string{
		"en": {
			d.String(), fmt.Sprintf("%d/%d/%d", m, n, y), fmt.Sprintf("until %02d-%02d-%02d", m, n, y%100),
			fmt.Sprintf("%s %d, %d", longEN, n, y), fmt.Sprintf("%s %d %d", longEN[:3], n, y), fmt.Sprintf("on %s. %d%s, %d", longEN[:3], n, th, y),
			fmt.Sprintf("the %d%s of %s %d", n, th, longEN, y), fmt.Sprintf("%d %s %d", n, longEN, y), fmt.Sprintf("%s, %s %d", d.Weekday(), longEN, n),
			fmt.Sprintf("%s %d/%d", d.Weekday().String()[:3], m, n), fmt.Sprintf("to %s the %d%s", longEN, n, th), fmt.Sprintf("on %d/%d", m, n),
		},
		"es": {
			d.String(), fmt.Sprintf("%d/%d/%d", n, m, y), fmt.Sprintf("%d.%d.%d", n, m, y), fmt.Sprintf("el %d de %s de %d", n, longES, y),
			fmt.Sprintf("para el %s %d de %s", dayES, n, longES), fmt.Sprintf("hasta el día %d de %s", n, longES),
			fmt.Sprintf("el %d %s", n, longES[:3]), fmt.Sprintf("%s, %d de %s", dayES, n, longES), fmt.Sprintf("al %d/%d", n, m),
		},
		"fr": {
			d.String(), fmt.Sprintf("%d/%d/%d", n, m, y), fmt.Sprintf("le %d %s %d", n, longFR, y), fmt.Sprintf("au %s %d %s", dayFR, n, longFR),
			fmt.Sprintf("jusqu'au %d %s", n, longFR), fmt.Sprintf("pour le %02d/%02d", n, m), fmt.Sprintf("%s %d %s %d", dayFR, n, longFR, y),
		},
	}
}

func TestADaySurvivesBeingWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, _ := anyCalendar(t)
		c.Last, c.Either = subscription.Date{}, false
		// No later than that: a month and day that went by less than a month ago are taken for over.
		want := c.Today.AddDays(rapid.IntRange(1, 330).Draw(t, "ahead"))
		for lang, texts := range forms(want) {
			c.Language, c.DayFirst = lang, lang != "en"
			for _, text := range texts {
				tokens := split(text)
				got, n := c.Read(tokens, 0)
				dates, why := c.After(c.Today, got.Day)
				if n != len(tokens) || got.Vague || !slices.Equal(dates, []subscription.Date{want}) {
					t.Errorf("%q is %v %s (%d of %d words, %+v)", text, dates, why, n, len(tokens), got)
				}
				if !c.Covers(got.Day, want) {
					t.Errorf("%q does not cover %v", text, want)
				}
			}
		}
	})
}

func TestMonthsEndOnTheirLastDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, _ := anyCalendar(t)
		c.Last = c.Today.AddDays(1000)
		n := rapid.IntRange(1, 12).Draw(t, "months")
		got, why := c.Plus(c.Today, n, UnitMonth)
		months := (got.Year()-c.Today.Year())*12 + int(got.Month()) - int(c.Today.Month())
		if why != OK || months != n || got.Day() != c.Today.Day() && (got.Day() > c.Today.Day() || got.AddDays(1).Day() != 1) {
			t.Errorf("%d months after %v is %v %s", n, c.Today, got, why)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, e := range expressions(f) {
		f.Add(e.text, 0, 14)
	}
	f.Add("2027-02-28 or the\u2044 31st", 400, -3)
	f.Fuzz(func(t *testing.T, text string, day, floor int) {
		if !utf8.ValidString(text) || len(text) > 1600 {
			return
		}
		c := Calendar{Today: today.AddDays(day % 4000), Language: codes[len(text)%languages], Either: day%2 == 0}
		tokens := split(text)
		for i := range tokens {
			checkTime(t, c, c.Today.AddDays(floor%100), tokens, i)
		}
	})
}
