package reply

import "strings"

// readAgreement reads a text as the answer to a question that takes yes or no. Only a text that agrees and says
// nothing else is a yes; so is the command that was asked about, said again.
func readAgreement(t *text, in *Situation) (Understood, bool) {
	c := newChoosing(t, in)
	whole := c.scan()
	if whole {
		if u, ok := c.agreement(); ok {
			return u, true
		}
		if u, ok := c.timed(); ok {
			return u, true
		}
	}
	yes, no := c.opens()
	u := t.understood(in)
	switch {
	case c.q.Wish.Meaning == Now && u.Meaning == Delay && c.waits(): // "wait for the 24th", when that is when it comes
		got := c.agreeing(No)
		got.Words = t.join(t.bare())
		return got, true
	case no:
		if u, ok := c.insteadOfNo(); ok {
			return u, true
		}
	case u.Certainty == Certain && u.Meaning.IsCommand() && c.repeats(&u):
		return c.agreeing(Yes), true
	case u.Certainty == Certain && yes && u.Meaning.IsCommand():
		u.Certainty = Likely
		u.Why = "The text says yes to our question, and something else."
		return u, true
	}
	switch {
	case u.Meaning == No, c.q.Wish.Meaning == Now && c.cancels(0):
		got := c.agreeing(No)
		got.Words = t.join(t.bare())
		return got, true
	case u.Meaning == Yes, yes && u.Meaning == Keep:
		return unknown(u.Words, "The text says yes among other words, so it is not certain that it agrees."), true
	}
	return Understood{}, false
}

// waits reports whether a day in the text may be the one on which the order comes anyway.
func (c *choosing) waits() bool {
	day := c.q.Order
	if day.IsZero() {
		day = c.in.Order
	}
	for i := range c.words {
		if tm, n := c.calendar.Read(c.tokens, i); n > 0 && c.calendar.Covers(tm.Day, day) {
			return true
		}
	}
	return false
}

// agreement returns the yes or no that all atoms say together.
func (c *choosing) agreement() (Understood, bool) {
	yes, no, again, torn, frames := false, false, false, false, 0
	for i := range c.atoms {
		a := &c.atoms[i]
		switch a.part {
		case wrapping, article, marking, correcting:
		case wanting:
			torn = torn || c.q.Wish.Meaning != Now
		case joining:
			torn = torn || i == 0 || i == len(c.atoms)-1
		case hesitating, offering, narrowing:
			torn = true
		case agreed, accepted:
			yes = true
		case refused, declined:
			no = true
		case withholding:
			if c.q.Wish.Meaning != Now {
				return Understood{}, false
			}
			no = true
		case framing:
			frames++
		case restated:
			if no && !c.denies(i) {
				return Understood{}, false
			}
			again, frames = again || !no, 0
		case charging:
			if c.q.Wish.Meaning != Now || no && !c.denies(i) {
				return Understood{}, false
			}
			again = again || !no
		default:
			return Understood{}, false
		}
	}
	switch {
	case frames > 0:
		return Understood{}, false
	case torn, yes && no, again && no, c.t.signs&(signNo|signDoubt) != 0 && !no:
		return unknown(c.t.join(c.t.bare()), "The text does not say plainly yes or no."), true
	case no:
		return c.agreeing(No), true
	case yes, again && len(c.q.Then) == 0:
		return c.agreeing(Yes), true
	}
	return Understood{}, false
}

// denies reports whether the command at atom i is what a "don't" right before it refuses. "No skip" may be "no, skip".
func (c *choosing) denies(i int) bool {
	for i--; i >= 0; i-- {
		a := &c.atoms[i]
		switch {
		case c.t.clause[a.lo] != c.t.clause[c.atoms[i+1].lo]:
			return false
		case a.part == refused:
			w := c.words[a.hi-1]
			return w == "dont" || w == "not"
		case a.part != wrapping:
			return false
		}
	}
	return false
}

// opens reports whether the text begins with a yes or a no.
func (c *choosing) opens() (yes, no bool) {
	for i := range c.atoms {
		switch c.atoms[i].part {
		case agreed, accepted:
			return true, false
		case refused, declined:
			return false, true
		case wrapping:
		default:
			return false, false
		}
	}
	return false, false
}

// repeats reports whether u is the command that was asked about, with nothing that the question did not have.
func (c *choosing) repeats(u *Understood) bool {
	bare := Wish{Meaning: c.q.Wish.Meaning}
	return len(u.Then) == 0 && len(c.q.Then) == 0 && (equal(u.Wish, bare) || equal(u.Wish, c.q.Wish))
}

// insteadOfNo reads what follows a no: "no, skip it" asks for a skip.
func (c *choosing) insteadOfNo() (Understood, bool) {
	i := 0
	for c.atoms[i].part == wrapping {
		i++
	}
	lo := c.atoms[i].hi
	if lo >= len(c.words) {
		return Understood{}, false
	}
	apart := c.t.clause[lo] != c.t.clause[lo-1]
	rest := c.t.from(lo)
	if c.cancels(lo) {
		return c.agreeing(No), true
	}
	u := rest.understood(c.in)
	if u.Certainty == None || !u.Meaning.IsCommand() {
		return Understood{}, false
	}
	switch {
	case u.Meaning == c.q.Wish.Meaning && !apart && c.repeats(&u): // "no skip", "no lo saltes"
		return c.agreeing(No), true
	case u.Meaning == c.q.Wish.Meaning && (c.repeats(&u) || !apart):
		return unknown(c.t.join(c.t.bare()), "The text says no to our question, and what we asked about again."), true
	case !apart && strings.HasPrefix(u.Words, rest.words[0]): // "no skip it" may be "no, skip it"
		u.Certainty = Likely
	}
	return u, true
}

// cancels reports whether the text says "cancel it" from word lo on and nothing else, which refuses what is asked.
func (c *choosing) cancels(lo int) bool {
	rest := c.t.from(lo)
	switch rest.join(rest.bare()) {
	case "cancel that", "cancel it", "cancel this":
		return true
	}
	return false
}

// agreeing makes a Yes or No. Without a question that takes one it is nothing to act on.
func (c *choosing) agreeing(m Meaning) Understood {
	u := Understood{Wish: Wish{Meaning: m}, Language: c.language(), Words: c.said()}
	if c.q != nil && c.q.About == AboutYes {
		u.Certainty = Certain
		u.Why = map[Meaning]string{Yes: "The text agrees to what we asked.", No: "The text refuses what we asked."}[m]
		return u
	}
	u.Why = "The text says “" + u.Words + "”" + closing[m]
	return u
}

// Words that agree by themselves without a question, and words that are content with what they were told.
var (
	surely = set(`sure absolutely definitely certainly of_course for_sure correct affirmative claro por_supuesto
		correcto afirmativo claro_que_si desde_luego bien_sur volontiers absolument certainement tout_a_fait sure_thing
		yeah_sure yes_sure sure_yes yes_ok ok_yes okay_yes`)
	content = set(`ok okay okey k kk alright aight sounds_good sounds_great fine perfect thats_fine thats_ok vale listo
		de_acuerdo esta_bien bueno perfecto daccord d_accord parfait entendu cest_bon c_est_bon ca_marche`)
)

// readYesOrNo reads a text that says yes, no or ok while no question takes it.
func readYesOrNo(t *text, in *Situation) (Understood, bool) {
	c := &choosing{t: t, in: in}
	c.words = t.plain
	yes, no, fine, rest := false, false, false, false
	for i := 0; i < len(c.words); {
		s, hi := sayingAt(c.words, t.clause, i)
		if s == nil {
			return Understood{}, false
		}
		wording := underscored(c.words[i:hi])
		switch {
		case s.part == agreed, s.part == accepted && surely[wording]:
			yes = true
		case s.part == accepted && content[wording]:
			fine = true
		case s.part == accepted:
			rest = true
		case s.part == refused:
			no = true
		case s.part != wrapping:
			return Understood{}, false
		}
		c.atoms = append(c.atoms, atom{span: span{i, hi}, part: s.part, language: s.language})
		i = hi
	}
	if t.understood(in).Certainty != None {
		return Understood{}, false
	}
	switch {
	case yes && !no:
		return c.agreeing(Yes), true
	case no && !yes:
		return c.agreeing(No), true
	case fine && !rest && !no:
		return c.agreeing(Thanks), true
	}
	return Understood{}, false
}

func underscored(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	n := 0
	for _, w := range words {
		n += len(w) + 1
	}
	b := make([]byte, 0, n)
	for i, w := range words {
		if i > 0 {
			b = append(b, '_')
		}
		b = append(b, w...)
	}
	return string(b)
}
