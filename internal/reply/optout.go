package reply

import "fmt"

// optOutWords are the words that end texts when they are the whole text. STOPALL to OPTOUT are the words
// carriers and Postscript act on by themselves, so none of them can ever be a command.
var optOutWords = set("stop stopall unsubscribe cancel end quit revoke optout")

// IsOptOut reports whether raw asks for no more texts: an opt-out word and nothing else, a stop sign and
// nothing else, or plain wording that speaks about texts. Damaged and overlong texts are read too, as far
// as they go: an opt-out is never lost to those. A phone's reaction to one of our texts is no opt-out.
func IsOptOut(raw string) bool {
	t := normalise(raw)
	if _, ok := readTapback(&t, &Situation{}); ok {
		return false
	}
	_, ok := readOptOut(&t, &Situation{})
	return ok
}

func readOptOut(t *text, _ *Situation) (Understood, bool) {
	s := t.bare()
	if s.lo == s.hi {
		if !t.stopSign {
			return Understood{}, false
		}
		return Understood{Wish: Wish{Meaning: OptOut}, Words: "stop sign", Why: "The text is a stop sign, which ends texts."}, true
	}
	if !t.onlyOptOutWords(s) {
		var ok bool
		if s, ok = t.plainOptOut(); !ok {
			return Understood{}, false
		}
	}
	w := t.join(s)
	return Understood{Wish: Wish{Meaning: OptOut}, Words: w, Why: fmt.Sprintf("The text says “%s”, which ends texts.", w)}, true
}

// onlyOptOutWords reports whether s is one opt-out word, or several in a row as angry people write.
func (t *text) onlyOptOutWords(s span) bool {
	for i := s.lo; i < s.hi; i++ {
		w, next := t.words[i], ""
		if i+1 < s.hi {
			next = t.words[i+1]
		}
		switch {
		case w == "stop" && next == "all", w == "opt" && next == "out":
			i++
		case !optOutWords[w] && !(polite[w] && i > s.lo):
			return false
		}
	}
	return true
}

// plainOptOut finds wording that speaks about texts ("please stop texting me") anywhere in the text, and
// returns the words of it.
func (t *text) plainOptOut() (span, bool) {
	for i := range t.words {
		for _, p := range phrasesFrom[t.words[i]] {
			hi, ok := p.match(t, i)
			if ok && p.stands(t, span{i, hi}) {
				return span{i, hi}, true
			}
		}
		if s, ok := t.wrongNumber(i); ok {
			return s, true
		}
	}
	return span{}, false
}

// stands reports whether what is around the phrase at s lets it mean what it says.
func (p *phrase) stands(t *text, s span) bool {
	if t.ruled(s.lo) || p.order && !t.opensClause(s.lo) {
		return false
	}
	if p.closed {
		return t.closes(s.hi)
	}
	return !t.limited(s.hi)
}

// Words that stand between a negation or a question and the verb it governs: in "I don't want you to stop
// texting me" every word from "don't" to "stop" is one of them; in "I don't know you stop texting me" not.
var (
	carrying = set(`ever want wanna you u yall guys i we they to need think please just let them should would
		could can like if have be do does did will it happens mind really`)
	asking  = set("why how when if did does whether until unless before since after what")
	denying = set("dont never didnt doesnt wont cant cannot wouldnt shouldnt havent not")
)

// ruled reports whether word i is governed by a negation or a question in its clause: "don't stop texting
// me", "why did you stop texting me". "If you don't stop texting me" is a threat and means it.
func (t *text) ruled(i int) bool {
	denied := false
	for j := i - 1; j >= 0 && t.clause[j] == t.clause[i]; j-- {
		w := t.words[j]
		switch {
		case denying[w]:
			denied = true
		case asking[w]:
			return w != "if" || !denied
		case !carrying[w]:
			return denied || t.wonders(j)
		}
	}
	return denied
}

// wonders reports whether the clause has "if I" before word i: "if I skip will you stop texting me".
func (t *text) wonders(i int) bool {
	for j := i - 1; j > 0 && t.clause[j-1] == t.clause[i]; j-- {
		if t.words[j] == "i" && t.words[j-1] == "if" {
			return true
		}
	}
	return false
}

// leading words may come before an order such as "don't text me" without changing who is told.
var leading = set("please pls plz and so just hey hi hello ok okay again no seriously kindly yo")

// opensClause reports whether word i opens its clause, so that "don't text me" is an order to us, which "you
// don't text me when it ships" is not. "I said" and "I told you" may come before it.
func (t *text) opensClause(i int) bool {
	for j := i - 1; j >= 0 && t.clause[j] == t.clause[i]; j-- {
		switch w := t.words[j]; {
		case w == "said", isYou(w) && j > 0 && (t.words[j-1] == "told" || t.words[j-1] == "asked"):
			return true
		case !leading[w]:
			return false
		}
	}
	return true
}

// limiting words after "stop texting me" say when or how, not whether: "before nine", "so early", "in
// Spanish".
var limiting = set(`before after until till so during while when unless early late twice every at on in that
	back except`)

// limited reports whether the clause goes on at word i with a limit. "At all" and "on this number" are none.
func (t *text) limited(i int) bool {
	if i >= len(t.words) || t.clause[i] != t.clause[i-1] || !limiting[t.words[i]] {
		return false
	}
	if w := t.words[i]; (w == "at" || w == "on") && i+1 < len(t.words) {
		next := t.words[i+1]
		return next != "all" && next != "this" && next != "my" && next != "here"
	}
	return true
}

// trailing words may follow "take me off" without naming something other than texts.
var trailing = set(`anymore any more longer again now asap immediately today ever already too for good please
	pls plz thanks thank you u ty thx sorry`)

// closes reports whether nothing of weight follows in the clause from word i on.
func (t *text) closes(i int) bool {
	for ; i < len(t.words) && t.clause[i] == t.clause[i-1]; i++ {
		if !trailing[t.words[i]] {
			return false
		}
	}
	return true
}

// Around "wrong number": who may say it of what, and how a text goes on that means us.
var (
	misdialled = set(`sorry hi hey hello think you u ya yall guys youve have got is this its thats texted messaged
		reached the a i must probably be no oops`)
	disowning = set("i im this who whos stop please pls remove take sorry dont do not no never thanks you")
)

// wrongNumber reports whether "wrong number" at word i says that this phone is somebody else's: "you have the
// wrong number", not "wrong number of bags" or "I gave you the wrong number for my card".
func (t *text) wrongNumber(i int) (span, bool) {
	s := span{i, i + 2}
	if t.words[i] != "wrong" || s.hi > len(t.words) || t.words[i+1] != "number" || !t.closes(s.hi) {
		return span{}, false
	}
	thinks, by := false, false
	for j := i - 1; j >= 0 && t.clause[j] == t.clause[i]; j-- {
		w := t.words[j]
		if !misdialled[w] {
			return span{}, false
		}
		thinks = thinks || w == "think"
		by = by || w == "i"
	}
	if by && !thinks {
		return span{}, false
	}
	for j := s.hi; j < len(t.words); j++ {
		if t.clause[j] != t.clause[i] {
			return s, disowning[t.words[j]]
		}
	}
	return s, true
}
