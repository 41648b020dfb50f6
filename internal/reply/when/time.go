package when

// time puts an opening and what follows it together.
func (f found) time(o *opening, lang int) Time {
	t := Time{Lead: o.lead, Base: f.base, Day: f.day, Vague: f.vague || o.about || o.between, Language: codes[lang]}
	if t.Lead == By && lang != en && !t.Day.IsZero() && f.count == 0 {
		t.Lead = On // "el del 24"
	}
	if f.count > 0 {
		t.Count, t.Unit = amountOf(f.count, f.unit)
		f.based(o, &t)
	} else if t.Day.IsZero() {
		t.Vague = true
	}
	switch {
	case o.lead == Before && !o.unclear && f.count == 0: // the day may be worth asking about
		t.Vague = true
	case o.lead == Before, o.unclear:
		t.Vague, t.Day, t.Count, t.Unit, t.Base = true, Day{}, 0, "", Unstated
	case o.lead == After && !t.Day.IsZero():
		t.dayAfter()
	}
	return t
}

// based sets what an amount counts from.
func (f found) based(o *opening, t *Time) {
	switch {
	case !f.day.IsZero(): // "next week"
		t.Base = FromOrder
		t.Vague = t.Vague || o.lead == In
		return
	case f.base != Unstated && !o.in:
	case o.in:
		t.Vague = t.Vague || f.base != Unstated && f.base != FromToday
		t.Base = FromToday
		return
	case o.lead == By:
		t.Base = FromOrder
	case o.lead == For:
		t.Base = Lasting
	}
	switch o.lead {
	case NoLead, By, For:
	case To, Until, On, From, After, Before, Back: // "to 2 weeks": from when?
		t.Vague = t.Vague || t.Base != FromToday || o.lead == After || o.lead == From
	}
}

// dayAfter moves the day on, because it was "after" it. After a holiday is the day after it; after any other day
// it may also be some days later.
func (t *Time) dayAfter() {
	switch t.Day.kind {
	case onHoliday:
		t.Day.shift++
	case weekend:
		t.Vague, t.Day = true, Day{kind: onWeekday, weekday: 2}
	case wholeMonth:
		t.Vague, t.Day = true, Day{kind: edgeOf, month: t.Day.month, year: t.Day.year, edge: end, shift: 1}
	case week, ofMonth:
		t.Vague, t.Day, t.Count, t.Unit, t.Base = true, Day{}, 0, "", Unstated
	default:
		t.Vague = true
		t.Day.shift++
	}
}

// amountOf returns count times the unit of that many days, or negative months.
func amountOf(count, unit int) (int, string) {
	switch {
	case unit < 0:
		return -unit * count, UnitMonth
	case unit%7 == 0:
		return unit / 7 * count, UnitWeek
	}
	return unit * count, UnitDay
}
