package when

import "time"

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
