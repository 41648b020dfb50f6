package when

import "testing"

func TestCovers(t *testing.T) {
	t.Parallel()
	c := Calendar{Today: today, Language: "en"}
	either := Calendar{Today: today, Either: true}
	for _, l := range []struct {
		c         Calendar
		text, day string
		want      bool
	}{
		{c, "tuesday", "2026-11-24", true},
		{c, "friday", "2026-11-24", false},
		{c, "this tuesday", "2026-11-24", false},
		{c, "next tuesday", "2026-11-24", true},
		{c, "november", "2026-11-24", true},
		{c, "december", "2026-11-24", false},
		{c, "december 2027", "2026-12-02", false},
		{c, "nov 24", "2026-11-24", true},
		{c, "the 24th", "2026-11-24", true},
		{c, "the 24th of this month", "2026-11-24", true},
		{c, "the 24th of next month", "2026-11-24", false},
		{c, "tuesday the 24th", "2026-11-24", true},
		{c, "monday the 24th", "2026-11-24", false},
		{c, "this month", "2026-11-24", true},
		{c, "next month", "2026-12-02", true},
		{c, "next month", "2026-11-24", false},
		{c, "this week", "2026-11-12", true},
		{c, "this week", "2026-11-24", false},
		{c, "next week", "2026-11-18", true},
		{c, "tomorrow", "2026-11-11", true},
		{c, "thanksgiving", "2026-11-26", true},
		{c, "after thanksgiving", "2026-11-27", false},
		{c, "2/12", "2027-02-12", true},
		{c, "2/12", "2026-12-02", false},
		{either, "2/12", "2026-12-02", true},
		{either, "2/12", "2027-02-12", true},
	} {
		got, n := l.c.Read(split(l.text), 0)
		if n == 0 || l.c.Covers(got.Day, date(l.day)) != l.want {
			t.Errorf("%q covers %s: want %t (%+v)", l.text, l.day, l.want, got)
		}
	}
}

func TestPlus(t *testing.T) {
	t.Parallel()
	c := Calendar{Today: today}
	for _, l := range []struct {
		from  string
		count int
		unit  string
		want  string
		why   Problem
	}{
		{"2026-11-24", 2, UnitWeek, "2026-12-08", OK},
		{"2026-11-24", 10, UnitDay, "2026-12-04", OK},
		{"2026-11-24", 1, UnitMonth, "2026-12-24", OK},
		{"2026-12-31", 2, UnitMonth, "2027-02-28", OK},
		{"2026-11-10", 366, UnitDay, "2027-11-11", OK},
		{"2026-11-11", 366, UnitDay, "", TooFar},
		{"2026-11-10", 367, UnitDay, "", TooFar},
		{"2026-11-10", 53, UnitWeek, "", TooFar},
		{"2026-11-10", 12, UnitMonth, "2027-11-10", OK},
		{"2026-11-10", 13, UnitMonth, "", TooFar},
		{"2026-11-10", tooMany, UnitMonth, "", TooFar},
		{"2026-11-10", 0, UnitDay, "", NoSuchDay},
		{"2026-11-10", -1, UnitDay, "", NoSuchDay},
		{"2026-11-10", 1, "hour", "", NoSuchDay},
	} {
		if got, why := c.Plus(date(l.from), l.count, l.unit); got.String() != l.want || why != l.why {
			t.Errorf("%s plus %d %s is %q %s, want %q %s", l.from, l.count, l.unit, got, why, l.want, l.why)
		}
	}
}

// Easter and Thanksgiving as published for these years.
func TestMovingHolidays(t *testing.T) {
	t.Parallel()
	for h, days := range map[holiday][]string{
		easter:       {"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25"},
		thanksgiving: {"2024-11-28", "2025-11-27", "2026-11-26", "2027-11-25", "2028-11-23"},
	} {
		for _, want := range days {
			if got := h.in(date(want).Year()); got != date(want) {
				t.Errorf("holiday %d: %v, want %s", h, got, want)
			}
		}
	}
}

func TestLeadsAndLanguages(t *testing.T) {
	t.Parallel()
	for _, l := range []struct {
		text, lang string
		lead       Lead
	}{
		{"to friday", "en", To},
		{"until friday", "en", Until},
		{"on friday", "en", On},
		{"for 2 weeks", "en", For},
		{"by 2 weeks", "en", By},
		{"in 2 weeks", "en", In},
		{"from friday", "en", From},
		{"after christmas", "en", After},
		{"until after christmas", "en", After},
		{"before christmas", "en", Before},
		{"when im back on june 2", "en", Back},
		{"al 15", "es", To},
		{"hasta el 15", "es", Until},
		{"el 15", "es", NoLead},
		{"para el 15", "es", For},
		{"del 24 de noviembre", "es", On},
		{"dentro de 2 semanas", "es", In},
		{"después de navidad", "es", After},
		{"au 15", "fr", To},
		{"jusqu'au 15", "fr", Until},
		{"pour 2 semaines", "fr", For},
		{"dans 2 semaines", "fr", In},
		{"après noël", "fr", After},
		{"à mon retour le 2 juin", "fr", Back},
		{"5/3", "", NoLead},
		{"2026-12-15", "", NoLead},
	} {
		for _, first := range codes {
			got, n := Calendar{Today: today, Language: first}.Read(split(l.text), 0)
			if n == 0 || got.Lead != l.lead || got.Language != l.lang {
				t.Errorf("%q, tried in %s first, is lead %d in %q, want %d in %q", l.text, first, got.Lead, got.Language, l.lead, l.lang)
			}
		}
	}
}

func TestNothingIsReadOutsideTheText(t *testing.T) {
	t.Parallel()
	for _, i := range []int{-1, 1, 2} {
		if got, n := (Calendar{Today: today}).Read([]Token{{Word: "friday"}}, i); n != 0 || (got != Time{}) {
			t.Errorf("at %d: %+v", i, got)
		}
	}
	if dates, why := (Calendar{}).After(order, Day{kind: onWeekday, weekday: 1}); len(dates) > 0 || why != NoSuchDay {
		t.Errorf("without today: %v %s", dates, why)
	}
}
