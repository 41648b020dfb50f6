package when

// Read reads the longest expression that begins at token i, prepositions included, and returns how many tokens it
// takes; 0 when none begins there.
func (c Calendar) Read(tokens []Token, i int) (t Time, n int) {
	if i < 0 || i >= len(tokens) {
		return Time{}, 0
	}
	r := reader{tokens: tokens, from: i}
	for try := range languages {
		r.lang = c.language(try)
		if got, took := r.read(); took > n {
			t, n = got, took
		}
	}
	return t, n
}

// language returns the language that is tried as number try: the customer's, then the others.
func (c Calendar) language(try int) int {
	mine := en
	for l, code := range codes {
		if code == c.Language {
			mine = l
		}
	}
	switch {
	case try == 0:
		return mine
	case try <= mine:
		return try - 1
	}
	return try
}

func (r *reader) read() (Time, int) {
	k := 0
	var t Time
	if l, ok := r.take(&k, cLead); ok {
		t.Lead = Lead(l)
	}
	if !r.amount(&k, &t) {
		return Time{}, 0
	}
	t.Base = map[Lead]Base{By: FromOrder, In: FromToday, For: Lasting}[t.Lead]
	t.Language = codes[r.lang]
	return t, r.at(k - 1).end
}

func (r *reader) amount(k *int, t *Time) bool {
	at := *k
	count, ok := r.take(&at, cNumeral)
	if it := r.at(at); !ok && it.num > 0 && (at == 0 || r.near(at)) {
		count, ok = it.num, true
		at++
	}
	if !ok {
		return false
	}
	u, ok := r.take(&at, cUnit)
	if !ok {
		return false
	}
	*k = at
	t.Count, t.Unit = amountOf(count, u)
	return true
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
