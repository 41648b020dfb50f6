package when

// Read reads the longest expression that begins at token i, prepositions included, and returns how many tokens it
// takes; 0 when none begins there. Texts are to be read from left to right, going on behind what was read: inside
// an expression a shorter one may begin that means something else ("half" of "half a month").
func (c Calendar) Read(tokens []Token, i int) (t Time, n int) {
	if i < 0 || i >= len(tokens) {
		return Time{}, 0
	}
	r := reader{tokens: tokens, from: i}
	first := r.at(0)
	if first.num < 0 && first.entry == nil || r.before() == partOfMore {
		return Time{}, 0
	}
	for try := range languages {
		r.lang = c.language(try)
		if got, took := r.expression(); took > n {
			t, n = got, took
		}
	}
	for try := 0; try < languages && n == 0; try++ {
		r.lang = c.language(try)
		t, n = r.mixed()
	}
	if n == 0 || r.interval() {
		return Time{}, 0
	}
	if r.before() == negative {
		t = Time{Lead: t.Lead, Vague: true, Language: t.Language}
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

// opening is what stands before the amount or date itself.
type opening struct {
	lead    Lead
	article bool // an article came with the preposition
	in      bool // "in", "dentro de" was among them
	about   bool
	unclear bool
	back    bool
	between bool
	mixed   bool   // the preposition is of another language
	said    uint64 // which prepositions there were: none is said twice
}

// found is one reading of what follows an opening: items up to but not including end.
type found struct {
	count, unit int // unit as in cUnit
	base        Base
	day         Day
	vague       bool
	end         int
}

// or returns the longer of two readings.
func (f found) or(o found) found {
	if o.end > f.end {
		return o
	}
	return f
}

// mostOpen is how many prepositions may follow each other: "until sometime in".
const mostOpen = 3

// expression reads prepositions and what follows them. It tries what follows after each of them, because some begin
// an expression themselves ("the week after" and "the week after next").
func (r *reader) expression() (t Time, n int) {
	var o opening
	k := 0
	for step := 0; ; step++ {
		if got, took := r.body(k, &o); took > n {
			t, n = got, took
		}
		if step == mostOpen || !r.open(&k, &o) {
			return t, n
		}
	}
}

// mixed reads prepositions, and perhaps an article, in the reader's language and what follows in another:
// "hasta next Friday", "para el Friday".
func (r *reader) mixed() (t Time, n int) {
	lead := r.lang
	defer func() { r.lang = lead }()
	o := opening{mixed: true}
	k := 0
	for step := 0; step < mostOpen && r.open(&k, &o); step++ {
	}
	if k == 0 {
		return Time{}, 0
	}
	if _, ok := r.take(&k, cArticle); ok {
		o.article = true
	}
	word := r.at(k)
	if word.num >= 0 {
		word = r.at(k + 1)
	}
	if word.entry == nil || word.entry.classes[lead] != 0 {
		return Time{}, 0
	}
	for r.lang = range languages {
		if got, took := r.body(k, &o); word.entry.classes[r.lang] != 0 && took > n {
			t, n = got, took
		}
	}
	return t, n
}

// open takes one preposition, or another word that says how the following is meant.
func (r *reader) open(k *int, o *opening) bool {
	const opens = 1<<cLead | 1<<cBack | 1<<cAbout | 1<<cBetween
	if e := r.at(*k).entry; e == nil || e.classes[r.lang]&opens == 0 {
		return false
	}
	if _, ok := r.take(k, cBack); ok {
		o.back = true
		if o.lead == NoLead {
			o.lead = Back
		}
		return true
	}
	if v, ok := r.take(k, cAbout); ok {
		o.about, o.article, o.unclear = true, v&withArticle != 0, o.unclear || v&unclear != 0
		return true
	}
	if _, ok := r.take(k, cBetween); ok {
		o.between = true
		return true
	}
	v, ok := r.take(k, cLead)
	if !ok {
		return false
	}
	if o.said&(1<<(v&^withArticle)) != 0 {
		return false
	}
	o.said |= 1 << (v &^ withArticle)
	o.article = v&withArticle != 0
	switch l := Lead(v &^ withArticle); l {
	case After, Before:
		o.lead = l
	case In:
		o.in = true
		fallthrough
	default:
		if o.lead == NoLead {
			o.lead = l
		}
	}
	return true
}

// body reads what follows the opening, and what may still come after it.
func (r *reader) body(k int, o *opening) (Time, int) {
	var f found
	if k == 0 || r.near(k) {
		f = r.core(k, o)
	}
	if f.end == 0 {
		if o.back && !o.mixed {
			return Time{Lead: o.lead, Vague: true, Language: codes[r.lang]}, r.items[k-1].end
		}
		return Time{}, 0
	}
	if !r.trail(&f, o) {
		return Time{}, 0
	}
	n := r.items[f.end-1].end
	if n == 0 {
		return Time{}, 0
	}
	t := f.time(o, r.lang)
	if t.Lead == NoLead && !r.worded(f.end) {
		t.Language = ""
	}
	return t, n
}

// core reads an amount, a date or a time nobody can date, whichever is longest.
func (r *reader) core(k int, o *opening) found {
	switch it, after := r.at(k), r.at(k+1); {
	case it.num < 0 && (it.entry == nil || it.entry.classes[r.lang] == 0):
		return found{}
	case it.num >= 0 && after.num >= 0 && after.gap == " " && r.at(k+2).gap != "/": // "1 1"; but "1 1/2"
		return found{}
	}
	var f found
	const counted = 1<<cPast | 1<<cWhich | 1<<cMore | 1<<cExact | 1<<cHalf | 1<<cFew | 1<<cNumeral | 1<<cUnit | digits
	begins := r.begin(k)
	if begins&counted != 0 {
		f = r.amount(k, o)
	}
	f = f.or(r.dateFrom(k, o, begins))
	if _, n, ok := r.is(k, cVague); ok && !r.weakAlone(k, o) {
		f = f.or(found{vague: true, end: k + n})
	}
	return f
}

// weakAlone reports whether the word at k is also another word and nothing makes it a time: no preposition, and
// more in the text than this word. "Sal de mar" and "sel de mer" are no Tuesdays or Wednesdays.
func (r *reader) weakAlone(k int, o *opening) bool {
	if !r.amongAny(k, cWeak) { // a word of one language is in the texts of all
		return false
	}
	if o.mixed || o.lead == In && r.lang == en && !r.among(k, cMonth) {
		return true
	}
	if o.lead != NoLead && (o.lead != By || r.lang == en || o.article) || o.about {
		return false
	}
	return len(r.tokens) > 1
}

// worded reports whether any of the items before end is a word.
func (r *reader) worded(end int) bool {
	for k := range end {
		if r.items[k].num < 0 {
			return true
		}
	}
	return false
}

// trail takes what may follow a time, and reports false when it shows that there was none.
func (r *reader) trail(f *found, o *opening) bool {
	for !f.day.IsZero() {
		if _, ok := r.take(&f.end, cDayPart); !ok {
			break
		}
	}
	if r.everyAfter(f.end) || r.numberGoesOn(f.end) {
		return false
	}
	if r.near(f.end) || r.at(f.end).gap == ", " {
		if _, n, ok := r.is(f.end, cLoose); ok {
			f.end += n
			f.vague = true
		}
	}
	if to := r.another(f, o); to > 0 {
		*f = found{vague: true, end: to}
	}
	return true
}

// everyAfter reports whether an interval follows: "of every month", "tous les mois".
func (r *reader) everyAfter(k int) bool {
	if !r.near(k) {
		return false
	}
	r.take(&k, cOf)
	if _, ok := r.take(&k, cEvery); !ok {
		return false
	}
	r.take(&k, cArticle)
	it := r.at(k)
	return it.num >= 0 || it.entry != nil && it.entry.classes[r.lang]&(1<<cUnit|1<<cWeekday|1<<cWeekdays|1<<cMonth) != 0
}

// numberGoesOn reports whether the number that ends before item k is only a part of one: "5/3/2027/1", "15%".
func (r *reader) numberGoesOn(k int) bool {
	if r.items[k-1].num < 0 {
		return false
	}
	it := r.at(k)
	if it == &none {
		return false
	}
	switch it.gap {
	case "/", ".", ":", ",":
		return it.num >= 0
	}
	switch firstRune(it.gap) {
	case '%', '$', '€', '£', '°':
		return true
	}
	return false
}

// another returns where a second time ends that is named beside the first ("or the 20th", "dec 15-20"), or 0.
func (r *reader) another(f *found, o *opening) int {
	k := f.end
	v, ok := r.take(&k, cOr)
	if ok && v != 0 {
		ok = false
	}
	if k = f.end; !ok && o.between {
		_, ok = r.take(&k, cAnd)
	} else if ok {
		r.take(&k, cOr)
	}
	if ok {
		g := opening{lead: On, article: o.article}
		if end := r.core(k, &g).end; end > 0 {
			return end
		}
		if n, end, _ := r.dayNumber(k); n > 0 && !f.day.IsZero() {
			return end
		}
		return 0
	}
	if f.day.IsZero() {
		return 0
	}
	switch it := r.at(k); it.gap {
	case "-", "–", " – ", " - ":
		g := opening{lead: On}
		if end := r.date(k, &g).end; end > 0 {
			return end
		}
		if n, end, _ := r.dayNumber(k); n > 0 && len(it.gap) <= len("–") {
			return end
		}
	}
	return 0
}
