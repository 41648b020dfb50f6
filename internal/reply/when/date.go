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

// edges reads the start, middle or end of a month or year.
func (r *reader) edges(k int, o *opening) found {
	at := k
	r.take(&at, cArticle)
	v, ok := r.take(&at, cEdge)
	if !ok {
		return found{}
	}
	f := found{vague: v&gentle != 0, day: Day{kind: edgeOf, edge: edge(v & plainValue)}}
	_, of := r.take(&at, cOf)
	if !of && v&withArticle != 0 {
		return found{}
	}
	r.take(&at, cArticle)
	w, hasWhich := r.take(&at, cWhich)
	if m, ok := r.take(&at, cMonth); ok {
		f.day.month = time.Month(m)
		f.day.year = r.year(&at)
		f.vague = f.vague || hasWhich
		f.end = at
		return f
	}
	unit, isUnit := r.take(&at, cUnit)
	if !isUnit || unit != -1 && unit != -12 {
		return found{}
	}
	if late, ok := r.take(&at, cWhichLate); ok {
		w = late
	}
	f.day.which = which(w & plainValue)
	f.end = at
	if unit == -12 {
		f.day.kind = edgeOfYear
		f.vague = f.vague || f.day.edge == middle || f.day.which == last
	}
	return f
}

// thatMonth takes "of the month", "del mes que viene", and says which it is.
func (r *reader) thatMonth(k *int) (which, bool) {
	at := *k
	if _, ok := r.take(&at, cOf); !ok {
		return plain, false
	}
	r.take(&at, cArticle)
	w, _ := r.take(&at, cWhich)
	if unit, ok := r.take(&at, cUnit); !ok || unit != -1 {
		return plain, false
	}
	if late, ok := r.take(&at, cWhichLate); ok {
		w = late
	}
	*k = at
	return which(w & plainValue), true
}

// nth reads "the first Monday of December", "el último viernes del mes".
func (r *reader) nth(k int, o *opening) found {
	at := k
	r.take(&at, cArticle)
	n := 0
	if v, ok := r.take(&at, cOrdinal); ok {
		n = v
	} else if v, ok := r.take(&at, cNth); ok {
		n = v
	} else if it := r.at(at); it.num >= 1 && it.num <= 5 && r.at(at+1).gap == "" && r.among(at+1, cTail) {
		n = it.num
		at += 2
	}
	if n == 0 || n > 5 {
		return found{}
	}
	day, ok := r.take(&at, cWeekday)
	if !ok {
		return found{}
	}
	f := found{day: Day{kind: nthWeekday, nth: n, weekday: day}}
	if n == 1 {
		if g := r.weekdayAfter(at, day); g.end > 0 {
			return g
		}
	}
	if w, ok := r.thatMonth(&at); ok {
		f.day.which, f.end = w, at
		return f
	}
	r.take(&at, cOf)
	if m, ok := r.take(&at, cMonth); ok {
		f.day.month = time.Month(m)
		f.vague = r.year(&at) != 0
		f.end = at
		return f
	}
	return found{}
}

// weekdayAfter reads what follows "Monday" in "the Monday after Thanksgiving".
func (r *reader) weekdayAfter(k, weekday int) found {
	_, n, ok := r.isSuffix(k, afterThat)
	if !ok || !r.near(k) {
		return found{}
	}
	o := opening{lead: On}
	g := r.named(k+n, &o).or(r.calendarDay(k+n, &o)).or(r.dayOfMonth(k+n, &o))
	if g.end == 0 {
		return found{}
	}
	g.vague = g.vague || g.day.kind == relative
	g.day.then = weekday
	return g
}

// weekday reads a day of the week, alone or with the date it is.
func (r *reader) weekday(k int, o *opening) found {
	at := k
	_, article := r.take(&at, cArticle)
	w, hasWhich := r.take(&at, cWhich)
	name := at
	day, ok := r.take(&at, cWeekday)
	f := found{day: Day{kind: onWeekday, weekday: day, which: which(w & plainValue)}}
	if !ok {
		if f.day.weekday, ok = r.take(&at, cWeekdays); !ok {
			return found{}
		}
		f.vague = true
	}
	certain := article || o.article || hasWhich || !r.weakAlone(name, o)
	if late, ok := r.take(&at, cWhichLate); ok {
		f.day.which, certain = which(late), true
	} else if g := r.weekdayAfter(at, day); g.end > 0 {
		return g
	}
	f.end = at
	if g := r.dateBeside(at, f.day.weekday, o); g.end > 0 {
		g.vague = g.vague || f.day.which == last
		return g
	}
	if g := r.period(r.skip(at, cOf), &opening{lead: On}); g.end > 0 && r.near(at) && g.day.kind == week {
		f.day.which, f.end, certain = g.day.which, g.end, true
	}
	if !certain {
		return found{}
	}
	return f
}

// skip returns k moved behind a word of that class, if there is one.
func (r *reader) skip(k int, c class) int {
	r.take(&k, c)
	return k
}

// dateBeside reads the date that follows a weekday: "Tue, Nov 24", "viernes 27".
func (r *reader) dateBeside(k, weekday int, o *opening) found {
	if !r.loose(k) {
		return found{}
	}
	alone := r.skipLead(k)
	g := r.calendarDay(alone, &opening{lead: On}).or(r.dayOfMonth(alone, &opening{}))
	if g.end == 0 {
		n, end, sure := r.dayNumber(k)
		if n == 0 || r.at(k).gap == ", " || r.lang == en && !sure && n <= 12 {
			return found{}
		}
		g = found{day: Day{kind: dayOfMonth, day: n}, end: end}
	}
	g.day.weekday = weekday
	return g
}

// skipLead returns k moved behind "on", for dates that follow a weekday.
func (r *reader) skipLead(k int) int {
	if v, n, ok := r.is(k, cLead); ok && (Lead(v) == On || Lead(v) == By|withArticle) {
		return k + n
	}
	return k
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
	if n == 0 && r.lang == en && r.loose(at) { // december fifteen
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
	_, article := r.take(&at, cArticle)
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

// month reads a month alone.
func (r *reader) month(k int, o *opening) found {
	at := k
	_, article := r.take(&at, cArticle)
	if article { // the month of December
		if u, ok := r.take(&at, cUnit); ok && u == -1 {
			r.take(&at, cOf)
		}
	}
	w, hasWhich := r.take(&at, cWhich)
	name := at
	m, ok := r.take(&at, cMonth)
	if !ok {
		return found{}
	}
	f := found{day: Day{kind: wholeMonth, month: time.Month(m)}}
	f.day.year = r.year(&at)
	if late, ok := r.take(&at, cWhichLate); ok {
		w, hasWhich = late, true
	}
	if f.day.year == 0 && !hasWhich && r.weakAlone(name, o) {
		return found{}
	}
	f.vague = hasWhich || r.lang == en && o.lead == For // "for December": until it, or as long as it lasts?
	if which(w&plainValue) == last {
		f.day = Day{kind: ofMonth, which: last}
	}
	f.end = at
	return f
}

// period reads next week, this month, the weekend.
func (r *reader) period(k int, o *opening) found {
	at := k
	_, article := r.take(&at, cArticle)
	w, hasWhich := r.take(&at, cWhich)
	if _, ok := r.take(&at, cWeekend); ok {
		late, hasLate := r.take(&at, cWhichLate)
		f := found{day: Day{kind: weekend, which: which(w & plainValue)}, end: at}
		if hasLate {
			f.day.which = which(late & plainValue)
		}
		if f.day.which == next || f.day.which == last {
			return found{vague: true, end: at}
		}
		return f
	}
	unit, ok := r.take(&at, cUnit)
	if !ok {
		return found{}
	}
	if late, ok := r.take(&at, cWhichLate); ok {
		w, hasWhich = late, true
	}
	if !hasWhich || unit != 7 && unit != -1 {
		return found{}
	}
	f := found{day: Day{kind: week, which: which(w & plainValue)}, end: at}
	if unit < 0 {
		f.day.kind = ofMonth
	}
	switch f.day.which {
	case plain:
		return found{}
	case next:
		f.count, f.unit = 1, unit
		if r.lang == en && article && w&gentle == 0 { // "for the next month"
			f.day, f.base, f.vague = Day{}, Lasting, o.lead != For
			return f
		}
	}
	return r.inPeriod(f)
}

// inPeriod reads the day that follows next week or next month: "next week Friday", "next month on the 15th".
func (r *reader) inPeriod(f found) found {
	if !r.loose(f.end) {
		return f
	}
	k := r.skipLead(f.end)
	o := opening{lead: On, article: k > f.end && r.lang != en}
	r.take(&k, cArticle)
	if f.day.kind == week {
		if day, ok := r.take(&k, cWeekday); ok && (r.near(k-1) || r.lang == en) {
			return found{day: Day{kind: onWeekday, weekday: day, which: f.day.which}, end: k}
		}
		return f
	}
	if g := r.dayOfMonth(r.skipLead(f.end), &o); g.end > 0 && !g.vague && g.day.which == plain {
		g.day.which = f.day.which
		return g
	}
	return f
}
