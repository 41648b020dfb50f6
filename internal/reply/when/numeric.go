package when

// numeric reads 5/3, 05-03-2027, 5.3.27 and 2026-12-15.
//
// Numbers with a dot or a dash between them may also be a decimal or a range, and some with a slash a fraction.
// Without a preposition they are taken for a date only when they are written as nothing else is: with a year, with
// a leading zero, or with a number above 12.
func (r *reader) numeric(k int, o *opening) found {
	at := k
	r.take(&at, cArticle)
	a, b, c := r.at(at), r.at(at+1), r.at(at+2)
	if a.num < 0 || b.num < 0 || at > k && !r.near(at) {
		return found{}
	}
	sep := b.gap
	if sep != "/" && sep != "-" && sep != "." {
		return found{}
	}
	if c.num >= 0 && c.gap == sep {
		return r.withYear(at, a, b, c)
	}
	if a.digits > 2 || b.digits > 2 || r.unitAt(at+2) || r.numberGoesOn(at+2) || c.num >= 0 && c.gap == "" {
		return found{}
	}
	f := found{day: Day{kind: numeric, first: a.num, day: b.num}, end: at + 2}
	targeted := o.lead == To || o.lead == Until || o.lead == On || o.article || at > k
	if targeted {
		return f
	}
	possible := a.num >= 1 && a.num <= 31 && b.num >= 1 && b.num <= 31
	switch {
	case sep == "/" && a.num == 24 && b.num == 7: // always
		return found{}
	case sep == "/":
		f.vague = a.num < b.num && a.num <= 3 && b.num <= 4 && a.digits == 1 && b.digits == 1
	case !possible:
		return found{}
	default:
		f.vague = !(a.digits == 2 && b.digits == 2 && (a.num < 10 || b.num < 10 || a.num > 12 || b.num > 12))
	}
	return f
}

// withYear reads three numbers, of which the first or the last is the year.
func (r *reader) withYear(at int, a, b, c *item) found {
	d := Day{kind: numeric, first: a.num, day: b.num, year: c.num}
	switch {
	case a.digits == 4 && b.digits <= 2 && c.digits <= 2: // 2026-12-15 has only one way round
		d = Day{kind: full, year: a.num, day: c.num}
		if b.num < 1 || b.num > 12 {
			return found{}
		}
		d.month = monthOf(b.num)
	case a.digits > 2 || b.digits > 2 || c.digits != 2 && c.digits != 4:
		return found{}
	case c.digits == 2:
		d.year += 2000
	}
	if d.year < 2000 || d.year >= 2100 {
		return found{}
	}
	if next := r.at(at + 3); next.num >= 0 && next.gap == b.gap {
		return found{}
	}
	return found{day: d, end: at + 3}
}
