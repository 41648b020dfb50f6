package when

import "time"

// date reads the longest date expression at k.
func (r *reader) date(k int, o *opening) found { return r.dateFrom(k, o, r.begin(k)) }

// dateFrom is date for a word whose classes are known.
func (r *reader) dateFrom(k int, o *opening, begins uint64) found {
	const (
		name    = 1<<cRelative | 1<<cHoliday | 1<<cMonthEnd
		ordinal = 1<<cOrdinal | 1<<cNth | 1<<cNumeral | digits
		noun    = 1<<cUnit | 1<<cWeekend
	)
	var f found
	if begins&name != 0 {
		f = f.or(r.named(k, o))
	}
	if begins&(1<<cEdge) != 0 {
		f = f.or(r.edges(k, o))
	}
	if begins&(ordinal|1<<cMonth|1<<cDay) != 0 {
		f = f.or(r.nth(k, o))
		f = f.or(r.calendarDay(k, o)) // before weekday: "mar 24" is in doubt
		f = f.or(r.dayOfMonth(k, o))
	}
	if begins&(1<<cWeekday|1<<cWeekdays|1<<cWhich) != 0 {
		f = f.or(r.weekday(k, o))
	}
	if begins&(1<<cMonth|1<<cWhich|1<<cUnit) != 0 {
		f = f.or(r.month(k, o))
	}
	if begins&(noun|1<<cWhich) != 0 {
		f = f.or(r.period(k, o))
	}
	return f
}

// digits stands beside the classes for a word of digits.
const digits = 1 << 63

// begin returns the classes of the word at k, and after an article those of the next word too.
func (r *reader) begin(k int) uint64 {
	it := r.at(k)
	if it.num >= 0 {
		return digits
	}
	if it.entry == nil {
		return 0
	}
	found := it.entry.classes[r.lang]
	if found&(1<<cArticle) == 0 {
		return found
	}
	for _, t := range it.entry.of(r.lang, cArticle) {
		if next := r.at(k + 1 + len(t.rest)); next.num >= 0 {
			found |= digits
		} else if next.entry != nil {
			found |= next.entry.classes[r.lang]
		}
	}
	return found
}

// named reads days that have a name: tomorrow, Christmas.
func (r *reader) named(k int, o *opening) found {
	if v, n, ok := r.is(k, cRelative); ok && !o.article {
		return found{day: Day{kind: relative, day: v}, end: k + n}
	}
	at := k
	r.take(&at, cArticle)
	if v, ok := r.take(&at, cHoliday); ok {
		return found{day: Day{kind: onHoliday, holiday: holiday(v)}, end: at}
	}
	at = k
	r.take(&at, cArticle)
	switch v, ok := r.take(&at, cMonthEnd); {
	case ok && v == 1:
		return found{day: Day{kind: edgeOfYear, edge: end}, end: at}
	case ok:
		return found{day: Day{kind: edgeOf, edge: end}, end: at}
	}
	return found{}
}

// calendarDay reads a month with a day, in either order, in words or numbers.
func (r *reader) calendarDay(k int, o *opening) found {
	f := r.numeric(k, o)
	at := k
	r.take(&at, cArticle)
	r.take(&at, cDay)
	if m, n, ok := r.is(at, cMonth); ok && (at == k || r.near(at)) { // Dec 15, December the 15th
		return f.or(r.dayAfterMonth(k, at, at+n, time.Month(m), o))
	}
	n, end, _ := r.dayNumber(at)
	if n == 0 || at > k && !r.near(at) {
		return f
	}
	at = end
	if !r.loose(at) {
		return f
	}
	_, of := r.take(&at, cOf)
	m, size, ok := r.is(at, cMonth)
	if !ok || !r.loose(at) || of && !r.near(at) {
		return f
	}
	name := at
	at += size
	y := r.year(&at)
	if r.at(name).entry == lookup("may") && !of && y == 0 && r.near(at) && r.amongAny(at, cVerb) {
		return f // the 15th may be better
	}
	g := found{day: Day{kind: monthDay, month: time.Month(m), day: n}, end: at}
	if g.day.year = y; y != 0 {
		g.day.kind = full
	}
	return f.or(g)
}

// dayAfterMonth reads the day after a month's name; k is where the expression begins.
func (r *reader) dayAfterMonth(k, name, at int, m time.Month, o *opening) found {
	if !r.loose(at) {
		return found{}
	}
	r.take(&at, cArticle)
	n, end, sure := r.dayNumber(at)
	if n == 0 && r.lang == en && r.loose(at) && !r.among(at, cNotDay) { // december fifteen; not "the december one"
		to := at
		if v, ok := r.number(&to); ok && v <= 31 && !r.unitAt(to) {
			n, end = v, to
		}
	}
	if n == 0 || !r.loose(at) {
		return found{}
	}
	g := found{day: Day{kind: monthDay, month: m, day: n}, end: end}
	if y := r.year(&g.end); y != 0 {
		g.day.kind, g.day.year = full, y
	}
	if !sure && r.among(name, cWeekday) { // mar 5: Tuesday the 5th, or March 5?
		g.vague, g.day = true, Day{}
	}
	return g
}

// dayNumber reads the number of a day of the month. sure: the words say that it is one ("15th").
func (r *reader) dayNumber(k int) (n, end int, sure bool) {
	if v, size, ok := r.is(k, cOrdinal); ok && v > 0 {
		if r.near(k+size) && r.among(k+size, cNotDay) {
			return 0, 0, false
		}
		return v, k + size, true
	}
	it := r.at(k)
	if it.num < 0 {
		if r.lang == en || r.among(k, cArticle) {
			return 0, 0, false
		}
		at := k
		v, ok := r.numeral(&at)
		if !ok || v > 31 || r.unitAt(at) {
			return 0, 0, false
		}
		return v, at, false
	}
	if it.digits > 2 {
		return 0, 0, false
	}
	n, end = it.num, k+1
	if v, size, ok := r.is(end, cTail); ok && (r.at(end).gap == "" || v == 0 && r.at(end).gap == " ") && (v == 0 || n == 1) {
		end += size
		sure = true
		if r.near(end) && r.among(end, cNotDay) {
			return 0, 0, false
		}
	}
	if n == 0 || n > 31 || r.unitAt(end) || r.numberGoesOn(end) {
		return 0, 0, false
	}
	return n, end, sure
}

// numeral reads a number in words that are near each other.
func (r *reader) numeral(k *int) (int, bool) {
	if r.at(*k).num >= 0 {
		return 0, false
	}
	gap := r.at(*k).gap
	if gap != " " && gap != "-" && *k > 0 {
		return 0, false
	}
	return r.number(k)
}

// unitAt reports whether a unit or a time of the day follows, so that the number before it is none of a day.
func (r *reader) unitAt(k int) bool {
	if !r.near(k) {
		return false
	}
	if r.lang == en && (r.at(k).entry == lookup("am") || r.at(k).entry == lookup("pm")) && r.at(k).entry != nil {
		return true
	}
	for r.at(k).gap != "" || r.at(k).num < 0 {
		if _, ok := r.take(&k, cMore); !ok {
			break
		}
	}
	if e := r.at(k).entry; e == nil || e.classes[r.lang]&(1<<cUnit) == 0 && e.classes[r.lang] != 0 {
		return false
	}
	return r.amongAny(k, cUnit)
}

// year takes a year, and returns 0 when there is none.
func (r *reader) year(k *int) int {
	at := *k
	r.take(&at, cOf)
	it := r.at(at)
	if it.digits == 4 && it.num >= 2000 && it.num < 2100 && (r.near(at) || at == *k && r.loose(at)) {
		*k = at + 1
		return it.num
	}
	return 0
}

// dayOfMonth reads "the 15th", "el 15", "le 1er du mois prochain".
func (r *reader) dayOfMonth(k int, o *opening) found {
	at := k
	kind, article := r.take(&at, cArticle)
	if kind == 2 { // los dos are both
		return found{}
	}
	_, word := r.take(&at, cDay)
	if at > k && !r.near(at) {
		return found{}
	}
	spelt := r.at(at).num < 0
	n, end, sure := r.dayNumber(at)
	if n == 0 {
		return found{}
	}
	article = article || o.article
	f := found{day: Day{kind: dayOfMonth, day: n}, end: end}
	w, ofMonth := r.thatMonth(&f.end)
	f.day.which = w
	targeted := o.lead == To || o.lead == Until || o.lead == On || o.lead == By || o.lead == From || o.lead == After || o.lead == Back ||
		o.lead == For && r.lang != en
	switch {
	case ofMonth, word:
	case sure && !spelt:
	case sure: // "the second" may be anything; "until the second" and "the fifteenth" are days
		if !article || n <= 10 && !targeted {
			return found{}
		}
	case r.lang != en && article:
	case article && targeted: // "until the 15"
	case article, o.lead == Until, o.lead == On && r.lang == en:
		f.vague = true
	default:
		return found{}
	}
	return f
}
