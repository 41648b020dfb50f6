package when

// exactness is what reading a count came to.
type exactness int

const (
	absent exactness = iota
	exactly
	inexactly
)

// amount reads a count and a unit with everything that may stand around them.
func (r *reader) amount(k int, o *opening) found {
	var f found
	at := k
	_, past := r.take(&at, cPast)
	article, hasArticle := r.take(&at, cArticle)
	if w, ok := r.take(&at, cWhich); ok {
		switch which(w & plainValue) {
		case next, plain:
			f.base = Lasting
		case last:
			past = true
		}
	}
	_, more := r.take(&at, cMore)
	r.take(&at, cExact)
	count, how := r.count(&at)
	if how == absent {
		if !more && (!hasArticle || article != 1) {
			return found{}
		}
		count, how = 1, exactly
	}
	f.vague = how == inexactly || count == 0
	for { // 2 more full weeks, les 2 prochaines semaines
		if _, ok := r.take(&at, cMore); ok {
			more = true
		} else if w, ok := r.take(&at, cWhich); ok && which(w&plainValue) == next {
			f.base = Lasting
		} else if _, ok := r.take(&at, cInexact); ok {
			f.vague = true
		} else if _, ok := r.take(&at, cExact); !ok {
			break
		}
	}
	unit, ok := r.take(&at, cUnit)
	if !ok {
		return found{}
	}
	f.count, f.unit, f.end = count, unit, at
	if how == inexactly {
		f.count = 0
	}
	return r.afterUnit(f, more, past, o)
}

// afterUnit reads what follows an amount: more, later, from now, ago, and a half, and 3 days.
func (r *reader) afterUnit(f found, more, past bool, o *opening) found {
	for {
		if _, ok := r.take(&f.end, cMore); ok {
			more = true
		} else if w, ok := r.take(&f.end, cWhichLate); ok && which(w) == next {
			f.base = Lasting
		} else if ok && which(w) == last {
			past = true
		} else if _, ok := r.take(&f.end, cHalf); ok {
			f.vague, f.count = true, 0
		} else if _, ok := r.take(&f.end, cExact); !ok {
			break
		}
	}
	if _, _, ok := r.is(f.end, cNotTime); ok && r.near(f.end) {
		return found{}
	}
	if more {
		f.base = FromOrder
	}
	if end := r.secondAmount(f.end); end > 0 {
		f.vague, f.count, f.end = true, 0, end
	}
	f, over := r.suffix(f)
	if over || past {
		days := f.unit * f.count
		if f.unit < 0 {
			days *= -30
		}
		f.day, f.count, f.unit, f.base, f.vague = Day{kind: relative, day: -max(days, 1)}, 0, 0, Unstated, true
	}
	if f.vague && f.base == Unstated && o.lead == For {
		f.base = Lasting
	}
	return f
}

// secondAmount returns where "and 3 days" or "or two" ends, or 0.
func (r *reader) secondAmount(k int) int {
	if v, ok := r.take(&k, cOr); ok && v == 0 {
		if _, how := r.count(&k); how != absent {
			r.take(&k, cUnit)
			return k
		}
		return 0
	}
	r.take(&k, cAnd)
	if _, how := r.count(&k); how == absent {
		return 0
	}
	if _, ok := r.take(&k, cUnit); !ok {
		return 0
	}
	return k
}

// suffix reads "later", "from now", "ago" and a date that the amount counts from.
func (r *reader) suffix(f found) (_ found, over bool) {
	k := f.end
	if !r.near(k) {
		return f, false
	}
	v, n, ok := r.is(k, cSuffix)
	if _, m, also := r.isSuffix(k, afterThat); also && (!ok || m >= n) {
		if g := r.date(k+m, &opening{lead: On}); g.end > 0 {
			f.vague = f.vague || g.vague || !f.count7(&g.day)
			f.day, f.count, f.unit, f.base, f.end = g.day, 0, 0, Unstated, g.end
			if f.vague {
				f.day = Day{}
			}
			return f, false
		}
		if !ok || v == afterThat {
			v, n, ok = later, m, r.lang == en && n < 2 && r.at(k).entry == lookup("after")
		}
	}
	if !ok {
		return f, false
	}
	f.end = k + n
	switch v {
	case later:
		f.base = FromOrder
	case fromNow:
		f.base = FromToday
	case ago:
		return f, true
	case sooner:
		f.vague, f.count, f.unit, f.base = true, 0, 0, Unstated
	}
	return f, false
}

// isSuffix is is for one value of cSuffix.
func (r *reader) isSuffix(k, want int) (val, n int, ok bool) {
	e := r.at(k).entry
	if e == nil || e.classes[r.lang]&(1<<cSuffix) == 0 {
		return 0, 0, false
	}
	tags := e.of(r.lang, cSuffix)
	for i := range tags {
		if t := &tags[i]; t.val == want && r.follows(k, t.rest) {
			return t.val, 1 + len(t.rest), true
		}
	}
	return 0, 0, false
}

// count7 moves d on by f's days or weeks, and reports whether that can be done: it is not known which Friday
// "2 weeks from Friday" starts at, nor which day a month after the 31st is.
func (f *found) count7(d *Day) bool {
	if f.unit < 0 || f.count > 366 {
		return false
	}
	switch d.kind {
	case full, monthDay, numeric, onHoliday:
		d.shift += f.unit * f.count
		return true
	case relative:
		d.day += f.unit * f.count
		return true
	}
	return false
}

// count reads how many: a number in digits or words, a few, half.
func (r *reader) count(k *int) (int, exactness) {
	if _, ok := r.take(k, cHalf); ok {
		r.take(k, cArticle)
		return 0, inexactly
	}
	if _, n, ok := r.is(*k, cFew); ok {
		if _, m, ok := r.is(*k, cNumeral); !ok || m < n {
			*k += n
			return 0, inexactly
		}
	}
	n, ok := r.number(k)
	if !ok {
		return 0, absent
	}
	how := exactly
	if r.fraction(k) {
		how = inexactly
	}
	if _, ok := r.take(k, cHalf); ok {
		how = inexactly
	}
	if r.upTo(k) {
		how = inexactly
	}
	return n, how
}

// number reads a whole number.
func (r *reader) number(k *int) (int, bool) {
	if *k > 0 && !r.near(*k) {
		return 0, false
	}
	if it := r.at(*k); it.num >= 0 {
		*k++
		return it.num, true
	}
	n, ok := r.take(k, cNumeral)
	if !ok {
		return 0, false
	}
	if n >= 20 && n < 100 && n%10 == 0 { // twenty one, treinta y uno, soixante dix
		at := *k
		r.take(&at, cAnd)
		if m, ok := r.take(&at, cNumeral); ok && m < 20 {
			*k = at
			n += m
		}
	}
	return n, true
}

// fraction takes what makes a number one that is not whole: 1.5, 1 1/2, 1½, 1/2.
func (r *reader) fraction(k *int) bool {
	it, after := r.at(*k), r.at(*k+1)
	switch {
	case it.num < 0 && it.gap == "" && r.among(*k, cFraction) && after.num >= 0: // 1½ is 1 1⁄2 in one word
		*k += 2
		return true
	case it.num < 0:
		return false
	case it.gap == "." || it.gap == "," || it.gap == "/":
		*k++
		return true
	case it.gap == " " && (after.gap == "/" && after.num >= 0 || after.gap == "" && r.among(*k+1, cFraction)):
		*k += 2
		if r.at(*k).gap == "" && r.at(*k).num >= 0 {
			*k++
		}
		return true
	}
	return false
}

// upTo takes the second number of a range: 2-3, 2 to 3, dos o tres.
func (r *reader) upTo(k *int) bool {
	at := *k
	switch r.at(at).gap {
	case "-", " - ", "–", " – ", "/":
		if r.at(at).num >= 0 {
			*k++
			return true
		}
		if r.at(at).gap != "-" {
			return false
		}
	}
	if _, ok := r.take(&at, cOr); !ok {
		return false
	}
	if _, _, also := r.is(at, cNumeral); !also && r.at(at).num < 0 {
		if _, ok := r.take(&at, cFew); !ok {
			return false
		}
		*k = at
		return true
	}
	if _, ok := r.number(&at); !ok {
		return false
	}
	r.fraction(&at)
	*k = at
	return true
}
