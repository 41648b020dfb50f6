package waking

import "time"

// Horizon is how far ahead of the moment asked for Next looks: hours repeat by the week, so zones whose
// windows do not meet within it do not meet, or only after a clock change.
const Horizon = 14 * 24 * time.Hour

// Zones are all the zones the recipient may be in. With none, no moment is inside. None may be nil.
type Zones []*time.Location

// Open reports whether at is inside the window in every zone.
func (h Hours) Open(at time.Time, z Zones) bool {
	for _, loc := range z {
		local := at.In(loc)
		hour, minute, _ := local.Clock()
		w := h.Days[local.Weekday()]
		if now := hour*60 + minute; now < w.Open || now >= w.Close {
			return false
		}
	}
	return len(z) > 0
}

// Next returns the first moment not before at that is inside the window in every zone, in UTC: at itself if
// that is inside, else a moment at which the last of the windows opens. It returns false if there is none
// within [Horizon].
func (h Hours) Next(at time.Time, z Zones) (time.Time, bool) {
	if len(z) == 0 || h.closed() {
		return time.Time{}, false
	}
	start := at.Unix()
	t, limit := start, start+int64(Horizon/time.Second)
	for i, agreed := 0, 0; agreed < len(z); i = (i + 1) % len(z) {
		opens, ok := h.nextIn(z[i], t, limit)
		switch {
		case !ok:
			return time.Time{}, false
		case opens > t: // the zones that agreed on t have to be asked again
			t, agreed = opens, 1
		default:
			agreed++
		}
	}
	if t == start { // windows begin on whole seconds, so at is inside with the second it lies in
		return at.Round(0).UTC(), true
	}
	return time.Unix(t, 0).UTC(), true
}

// Last returns the last whole minute m (of UTC) with from <= m < before that is inside the window in every
// zone, and false if there is none.
func (h Hours) Last(from, before time.Time, z Zones) (time.Time, bool) {
	if len(z) == 0 || h.closed() {
		return time.Time{}, false
	}
	first := secondsUp(from)
	t := wholeMinute(secondsUp(before) - 1)
	for i, agreed := 0, 0; agreed < len(z); i = (i + 1) % len(z) {
		m, ok := h.lastIn(z[i], t, first)
		switch {
		case !ok:
			return time.Time{}, false
		case m < t:
			t, agreed = m, 1
		default:
			agreed++
		}
	}
	return time.Unix(t, 0).UTC(), true
}

// stretch is a time during which a zone keeps one offset: from <= t < until, all in seconds, times since 1970
// in UTC, offset east of UTC.
type stretch struct {
	from, until, offset int64
}

// The bounds of a stretch that has none in the time-zone database.
const (
	always = int64(-1) << 60
	never  = int64(1) << 60
)

func stretchAt(loc *time.Location, t int64) stretch {
	at := time.Unix(t, 0).In(loc)
	_, offset := at.Zone()
	s := stretch{from: always, until: never, offset: int64(offset)}
	start, end := at.ZoneBounds()
	if !start.IsZero() {
		s.from = start.Unix()
	}
	if !end.IsZero() {
		s.until = end.Unix()
	}
	return s
}

// midnight returns when day d (days since 1970 on the wall clock) begins by the offset of s; the stretch need
// not hold that moment.
func (s stretch) midnight(d int64) int64 { return d*86400 - s.offset }

// dayAt returns the day the wall clock shows at t.
func (s stretch) dayAt(t int64) int64 { return floorDiv(t+s.offset, 86400) }

// window returns when day d opens and closes, cut to the stretch; open >= closes if it does not open in it.
func (h *Hours) window(s stretch, d int64) (opens, closes int64) {
	w := h.Days[weekday(d)]
	if w.Open >= w.Close {
		return 0, 0
	}
	midnight := s.midnight(d)
	return max(s.from, midnight+int64(w.Open)*60), min(s.until, midnight+int64(w.Close)*60)
}

// nextIn returns the first second >= t inside loc's window, false if it would be after limit.
func (h *Hours) nextIn(loc *time.Location, t, limit int64) (int64, bool) {
	for t <= limit {
		s := stretchAt(loc, t)
		for d := s.dayAt(t); s.midnight(d) < s.until && s.midnight(d) <= limit; d++ {
			opens, closes := h.window(s, d)
			if opens = max(opens, t); opens < closes {
				return opens, opens <= limit
			}
		}
		t = s.until
	}
	return 0, false
}

// lastIn returns the last whole minute <= t inside loc's window, false if it would be before first.
func (h *Hours) lastIn(loc *time.Location, t, first int64) (int64, bool) {
	for t >= first {
		s := stretchAt(loc, t)
		for d := s.dayAt(t); s.midnight(d+1) > max(s.from, first); d-- {
			opens, closes := h.window(s, d)
			m := wholeMinute(min(closes-1, t))
			if opens < closes && m >= opens {
				return m, m >= first
			}
		}
		t = s.from - 1
	}
	return 0, false
}

// weekday returns the time.Weekday of day d since 1970, which began on a Thursday.
func weekday(d int64) int64 { return (d%7 + 4 + 7) % 7 }

func wholeMinute(t int64) int64 { return floorDiv(t, 60) * 60 }

// secondsUp returns the first whole second not before t.
func secondsUp(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}

// floorDiv divides rounding down, also for times before 1970.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
