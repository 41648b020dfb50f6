package levels

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// count is how often something that must never happen did, in how many cases, by which program.
type count struct {
	By      string // what was done
	Command string // what to type to do it again
	Wrong   int
	Cases   int
	Of      string // what the cases are
	aside   bool   // other cases than the level is about: not added up
}

// level is one thing that is counted.
type level struct {
	Name   string
	Says   string // what counts, and what not
	Of     string // what the cases are, of those added up
	Counts []count
}

// Total adds up.
func (l level) Total() count {
	t := count{Of: l.Of}
	for _, c := range l.Counts {
		if !c.aside {
			t.Wrong, t.Cases = t.Wrong+c.Wrong, t.Cases+c.Cases
		}
	}
	return t
}

// PerMillion is the count in a million cases.
func (c count) PerMillion() string {
	if c.Cases == 0 {
		return ""
	}
	return round(float64(c.Wrong) / float64(c.Cases) * 1e6)
}

// Bound is what the true rate is below, at 95 %, in a million cases: with none seen in n independent cases, 3/n. With
// some seen, the count itself says it.
func (c count) Bound() string {
	switch {
	case c.Cases == 0:
		return ""
	case c.Wrong > 0:
		return "–"
	}
	return round(3 / float64(c.Cases) * 1e6)
}

// levels are all that is counted, in the order of the page.
func (f figures) levels() []level {
	killed := f.campaigns()
	return []level{
		f.duplicates(killed), f.atNight(), f.actedTwice(killed), f.lost(killed), f.overPace(killed), f.misread(),
	}
}

// killing is a campaign with what it is called and how it is run again.
type killing struct {
	campaign
	by, command string
}

func (f figures) campaigns() (list []killing) {
	kills := 0
	for _, c := range f.Crash {
		kills = max(kills, c.Kills)
	}
	for _, c := range f.Crash {
		by := c.Database
		if c.Kills > 0 {
			by = fmt.Sprintf("%s, killed %d times in %.0f s", c.Database, c.Kills, c.Seconds)
		}
		list = append(list, killing{c, by, fmt.Sprintf("make crash KILLS=%d", kills)})
	}
	return list
}

// counted adds a count if there is anything it was counted over.
func (l level) counted(c count) level {
	if c.Cases > 0 {
		c.Of = cmp.Or(c.Of, l.Of)
		l.Counts = append(slices.Clone(l.Counts), c)
	}
	return l
}

func (f figures) simulatedBy() string {
	return fmt.Sprintf("%s seeds of mishaps, %s days", thousands(f.Simulate.Seeds), thousands(f.Simulate.Days))
}

func (f figures) duplicates(killed []killing) level {
	l := level{
		Name: "Duplicate texts", Of: "texts",
		Says: "The same text twice on a phone. Most of the texts counted are of calm days, through the gateway; those under kills stand beside them. The built-in texting half drops a trigger that comes again under its id. The real Postscript does not promise " +
			"to: there, each trigger that was repeated because nobody could know what became of it may be one text more, and a merchant " +
			"chooses between that and one text less. These repetitions are counted apart, under kills every two seconds and a Postscript that " +
			"withholds 2 % of its answers; each has its reason in [crash.md](crash.md).",
	}
	for _, c := range killed {
		l = l.counted(count{By: c.by, Command: c.command, Wrong: c.TextedTwice, Cases: c.Texts})
	}
	l = l.counted(count{By: f.simulatedBy(), Command: f.Simulate.Command, Wrong: f.Simulate.Duplicates, Cases: f.Simulate.Texts})
	for _, x := range f.Exhaust.Texts {
		l = l.counted(count{By: "through the gateway, hours: " + x.Hours, Command: "make exhaust", Wrong: x.Twice, Cases: x.Texts})
	}
	for _, c := range killed {
		l = l.counted(count{By: "order dates told by two notices: " + c.by, Command: c.command, Wrong: c.NoticedTwice, Cases: c.Notices, Of: "order dates", aside: true})
	}
	for _, c := range killed {
		l = l.counted(count{By: "repeated to Postscript for an unknown outcome: " + c.by, Command: c.command, Wrong: len(c.Repeats), Cases: c.Arrived, Of: "triggers", aside: true})
	}
	return l
}

func (f figures) atNight() level {
	l := level{
		Name: "Texts outside waking hours", Of: "texts",
		Says: "An automated text outside the recipient's waking hours, in any of the zones they may be in. Also counted: at how many moments it was decided, " +
			"of a text due then, when it goes out; see [waking-and-pace.md](waking-and-pace.md).",
	}
	for _, x := range f.Exhaust.Texts {
		l = l.counted(count{By: "through the gateway, hours: " + x.Hours, Command: "make exhaust", Wrong: x.Outside, Cases: x.Texts})
	}
	l = l.counted(count{By: f.simulatedBy(), Command: f.Simulate.Command, Wrong: f.Simulate.Outside, Cases: f.Simulate.Texts})
	for _, h := range append(slices.Clone(f.Exhaust.Hours), f.Exhaust.Numbers...) {
		by := fmt.Sprintf("every hour of %d in %d zones", h.Year, h.Zones)
		if h.Zones == 0 {
			by = fmt.Sprintf("every hour of %d for %d lists of zones a number may lie in", h.Year, h.Lists)
		}
		l = l.counted(count{By: by, Command: "make exhaust", Wrong: h.Outside, Cases: h.Moments, Of: "moments", aside: true})
	}
	return l
}

func (f figures) actedTwice(killed []killing) level {
	l := level{Name: "Replies acted on twice", Of: "replies", Says: "A reply that changed something twice, or that repeated another one and changed something."}
	for _, c := range killed {
		l = l.counted(count{By: c.by, Command: c.command, Wrong: c.ActedTwice, Cases: c.Replies})
	}
	return l.counted(count{By: f.simulatedBy(), Command: f.Simulate.Command, Wrong: f.Simulate.ActedTwice, Cases: f.Simulate.Replies})
}

func (f figures) lost(killed []killing) level {
	l := level{
		Name: "Accepted and lost", Of: "changes and texts",
		Says: "A change by API or a text that was answered with success, and had no effect in the end. While processes were killed, a database was " +
			"stopped or failed over, or a disk was full.",
	}
	for _, c := range killed {
		l = l.counted(count{By: c.by, Command: c.command, Wrong: c.Lost, Cases: c.Accepted})
	}
	return l.counted(count{By: f.simulatedBy(), Command: f.Simulate.Command, Wrong: f.Simulate.Lost, Cases: f.Simulate.Accepted})
}

func (f figures) overPace(killed []killing) level {
	l := level{
		Name: "Requests over the pace", Of: "requests",
		Says: "Requests of one token that were the sixteenth or later within any sliding second, by the time stamps of the Postscript that " +
			"got them. Of the kills, stretches of such requests are counted.",
	}
	for _, p := range f.Exhaust.Pace {
		by := fmt.Sprintf("%s, clocks %s s apart, storms of 429; at most %d in a second", processes(p.Processes), round(p.SkewSeconds), p.MostInASecond)
		l = l.counted(count{By: by, Command: "make exhaust", Wrong: p.OverPace, Cases: p.Requests})
	}
	for _, c := range killed {
		l = l.counted(count{By: fmt.Sprintf("%s; at most %d in a second", c.by, c.MostInASecond), Command: c.command, Wrong: c.OverPace, Cases: c.Requests})
	}
	return l
}

func (f figures) misread() level {
	l := level{
		Name: "Wrong actions and wrong opt-outs", Of: "held-out replies",
		Says: "A wrong action is a change nobody asked for; a wrong opt-out is one nobody asked for, or one that was not heard. Counted over the " +
			"replies that were kept from those who wrote the grammar, and were written for this project: none is a real shopper's. The grammar has been mended since they were first scored, so this is what is true " +
			"of these replies today; how often new ones are misread is better told by the first scores in [replies.md](replies.md).",
	}
	for _, h := range f.Replies {
		if h.Half != "held-out" {
			continue
		}
		l = l.counted(count{By: "either", Command: "make replies", Wrong: h.WrongActions + h.WrongOptOuts, Cases: h.Replies})
		l = l.counted(count{By: "wrong actions", Command: "make replies", Wrong: h.WrongActions, Cases: h.Replies, aside: true})
		l = l.counted(count{By: "wrong opt-outs", Command: "make replies", Wrong: h.WrongOptOuts, Cases: h.Replies, aside: true})
	}
	return l
}

func processes(n int) string {
	if n == 1 {
		return "1 process"
	}
	return fmt.Sprintf("%d processes", n)
}

// round writes a number with two figures that mean something, or whole.
func round(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v >= 100:
		return thousands(int(math.Round(v)))
	}
	digits := max(0, 1-int(math.Floor(math.Log10(v))))
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// thousands writes a whole number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// took writes a duration given in seconds.
func took(v float64) string {
	if v < 1 {
		return round(v*1000) + " ms"
	}
	return strconv.FormatFloat(v, 'f', 2, 64) + " s"
}
