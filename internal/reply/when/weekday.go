package when

import "time"

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
	kind, article := r.take(&at, cArticle)
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
	f.vague = f.vague || article && kind == 1 // "a Friday"
	certain := article && kind == 0 || o.article || hasWhich || !r.weakAlone(name, o)
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
