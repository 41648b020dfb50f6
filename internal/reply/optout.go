package reply

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// optOutWords end texts when they are the whole text. The first row are the words carriers and Postscript act on by
// themselves, so none of them can ever be a command. Of the other languages those count that a carrier or a shop
// would print after "to end texts"; "cancelar" is CANCEL in Spanish and counts with it, "annuler" and "anular" do
// not: they take back what was done last.
var optOutWords = byLanguage(map[Language]string{
	English: "stop stopall unsubscribe cancel end quit revoke optout",
	Spanish: `alto parar pare paren baja cancelar detener detengan detenganse basta desuscribir desuscribirme desuscribirse
		desuscribanme desuscribeme desuscripcion desinscribir desinscribirme`,
	French: `arret arreter arretez arrete stopper stoppez desabonner desabonnement desabonnez desinscrire desinscription
		desinscrivez desabonnezmoi desinscrivezmoi`,
})

// optOutTypos are slips of the finger in those words. Each was reviewed: none is a word of its own in any language
// that is read, nor an abbreviation ("stp" is French for please), so each counts when it is the whole text. Letters
// that are typed twice need no entry but stoop; see unwritten.
var optOutTypos = set(`stpo sotp tsop sopt stopt stopo stoip stiop stpop styop srop sytop dtop xtop wtop stio stpp stlp stkp
	stoo stol sto0 st0p 5top st9p s5op stahp stawp stopp stopl stopall stpall sotpall stopal unsub unsubs unscribe
	unsubscribed unsubscribing unsubscription optout optouts opout otpout stopplease plsstop pleasestop stoppls stopnow
	stoptexting stoptextingme stoptexts stoptext stoptxt stopsms stopmsg stopmessages stopmessaging stopspam stopspamming
	stop2quit stop2end ctop arreter arette aret arretter aretez arretes arert baaja desuscribi desuscrivir dessuscribir
	desubscribir desubscribirme unsuscribir desabonement desabonez desabboner desinscire desincription desincrire`)

// optOutRows are several words that do the same as a whole text.
var optOutRows = set(`stop_all opt_out opt_outs un_subscribe stop_please_all opting_out op_out stop_to_end stop_to_quit
	stop_to_unsubscribe stop_to_opt_out stop_to_cancel stop_all_please ya_basta basta_ya alto_ya ya_pare ya_paren paren_ya
	pare_ya de_baja dar_de_baja darme_de_baja darse_de_baja la_baja baja_ya stop_ya ya_stop ca_suffit_stop stop_maintenant
	me_desabonner me_desinscrire se_desabonner se_desinscrire stop_tout desabonnez_moi desinscrivez_moi arretez_tout_sms
	stop_stop cease_and_desist text_stop send_stop txt_stop reply_stop stop_2_end stop_2_quit stop_al sto_p st_op s_top
	stop_right_now stop_immediately stop_now`)

// IsOptOut reports whether raw asks for no more texts: an opt-out word and nothing else, a stop sign and
// nothing else, or plain wording that speaks about texts. Damaged and overlong texts are read too: an opt-out is never
// lost to those, whether it stands at the front or at the end. A phone's reaction to one of our texts is no opt-out, nor
// is what may mean the orders as well ("stop it"): Read calls that OptOut and only Likely.
func IsOptOut(raw string) bool {
	t := normalise(raw)
	if _, ok := readTapback(&t, &Situation{}); ok {
		return false
	}
	u, _ := readOptOut(&t, &Situation{})
	return u.Meaning == OptOut && u.Certainty != Likely
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
			if s, ok = t.shouted(); !ok {
				if u, ok := t.optOutElsewhere(); ok {
					return u, true
				}
				return t.doubtfulOptOut()
			}
		}
	}
	if t.wavers() {
		return t.mayLeave(s), true
	}
	w := t.join(s)
	u := Understood{Wish: Wish{Meaning: OptOut}, Language: t.optOutLanguage(s), Words: w}
	u.Why = fmt.Sprintf("The text says “%s”, which ends texts.", w)
	return u, true
}

// optOutLanguage is the language of the first word of s that tells; "stop" is said in all.
func (t *text) optOutLanguage(s span) Language {
	for i := s.lo; i < s.hi; i++ {
		w := t.plain[i]
		switch {
		case w == "stop":
		case romance[w] != "":
			return romance[w]
		case optOutWords[w] != "":
			return optOutWords[w]
		}
	}
	return ""
}

// optOutElsewhere looks where normalise did not: at the end of an overlong text, and behind a stop sign that stands
// for the word.
func (t *text) optOutElsewhere() (Understood, bool) {
	var other text
	switch {
	case t.long:
		end := t.raw
		if n := len(end) - tooLong; n > 0 {
			end = end[n:]
			for end != "" && !utf8.RuneStart(end[0]) {
				end = end[1:]
			}
		}
		other = normalise(end[1:]) // one short, so that it is not too long again
	case t.stopSign && !t.broken:
		other = normalise(strings.ReplaceAll(t.raw, string(stopSign), " stop "))
	default:
		return Understood{}, false
	}
	s, ok := other.plainOptOut()
	if !ok {
		return Understood{}, false
	}
	w := other.join(s)
	return Understood{Wish: Wish{Meaning: OptOut}, Words: w, Why: fmt.Sprintf("The text says “%s”, which ends texts.", w)}, true
}

// doubtful are whole texts that may mean the texts as well as the orders. Nothing is done: it is asked which.
var doubtful = func() []*phrase {
	var all []*phrase
	for line := range strings.Lines(`stop|quit|end|cease it|this|that|these|them|this_crap|this_shit|all_this|the_madness now|please|already*
		cut_it_out|knock_it_off please?
		no_more now|please|thanks|for_me*
		STOP sending|giving me|us? any|all|more|of? this|these|the|your? stuff|crap|shit|things|anything|junk|garbage|those|them|bs|these|this|so_much anymore|please|now*
		dont|do_not|never send|text me|us? any_more|anymore|anything|nothing|any|these|this|these_anymore|this_anymore|stuff|crap else|again|ever|anymore*
		para|pare|paren|deja|dejen|dejen_ya esto|eso|de_mandar_esto|de_mandarme_cosas|de_mandarme_esto
		no_mas|ya_no|ya_no_mas|no_me_manden_mas|no_me_mandes_mas|no_me_envien_mas|no_me_manden_nada|ya_no_me_manden_nada
		arretez|arrete|stop|arreter ca|cela|tout
		plus_rien|ne_menvoyez_plus_rien|menvoyez_plus_rien|ne_menvoyez_plus|arretez_tout
	`) {
		p := &phrase{}
		for f := range strings.FieldsSeq(line) {
			p.steps = append(p.steps, newStep(f))
		}
		if len(p.steps) > 0 {
			all = append(all, p)
		}
	}
	return all
}()

// doubtfulOptOut recognises those, and a command with a bare "and stop" behind it.
func (t *text) doubtfulOptOut() (Understood, bool) {
	s := t.bare()
	n := s.hi - s.lo
	said := false
	for i := 0; i < len(doubtful) && n > 0 && n <= 10 && !said; i++ {
		end, ok := doubtful[i].match(t, s.lo)
		said = ok && end == s.hi
	}
	if !said && n > 2 {
		and := t.plain[s.hi-2]
		said = shoutable[t.plain[s.hi-1]] && (and == "and" || and == "y" || and == "et") && !t.ruled(s.hi-1, false)
	}
	if !said {
		return t.otherTimes()
	}
	return t.mayLeave(s), true
}

func (t *text) mayLeave(s span) Understood {
	return Understood{
		Wish: Wish{Meaning: OptOut}, Certainty: Likely, Words: t.join(s), Why: "The text may mean our texts or the orders, so it is asked which.",
	}
}

// wavers reports whether a text of an opt-out word takes it back in the same breath: "stop please no", "stop wait no".
func (t *text) wavers() bool {
	if n := len(t.plain); n < 3 || n > 5 || !shoutable[t.plain[0]] {
		return false
	}
	turned := false
	for i, w := range t.plain[1:] {
		switch {
		case w == "wait" || w == "jk" || w == "nvm" || w == "oops":
			turned = true
		case w == "no" && i > 0 && (polite[t.plain[i]] || turned):
			turned = true
		case !polite[w]:
			return false
		}
	}
	return turned
}

// otherTimes recognises a text that asks for texts at other times, or of another kind: "stop texting me at 6am".
func (t *text) otherTimes() (Understood, bool) {
	if len(t.plain) > 14 || len(t.plain) == 0 || t.clause[len(t.plain)-1] != t.clause[0] {
		return Understood{}, false
	}
	for i, w := range t.plain {
		for _, p := range phrasesFrom()[w] {
			hi, ok := p.match(t, i)
			if !ok || p.rule&(closed|order) != 0 && p.rule&names == 0 || t.ruled(i, true) || t.noun(i) || t.selfDirected(i) || !t.limited(hi) {
				continue
			}
			said := t.join(span{i, len(t.plain)})
			why := fmt.Sprintf("The text says “%s”: it is about when or how we text, which a person should answer.", said)
			return Understood{Wish: Wish{Meaning: Person}, Words: said, Why: why}, true
		}
	}
	return Understood{}, false
}

// onlyOptOutWords reports whether s is one opt-out word, or several in a row as angry people write.
func (t *text) onlyOptOutWords(s span) bool {
	for i := s.lo; i < s.hi; {
		n := t.optOutWord(span{i, s.hi})
		if n == 0 && i > s.lo {
			n = courtesy(t.plain[i:s.hi], false)
		}
		if n == 0 {
			return false
		}
		i += n
		if i+1 < s.hi && toShort[t.plain[i]] && isDigits(t.plain[i+1][:1]) { // "STOP au 36xxx"
			i += 2
		}
	}
	return true
}

// toShort are the words before the short number that STOP is to be sent to.
var toShort = set("to au al")

// optOutWord returns how many words at the front of s are one opt-out word; 0 when there is none.
func (t *text) optOutWord(s span) int {
	for n := min(s.hi-s.lo, 4); n > 1; n-- {
		if optOutRows[strings.Join(t.plain[s.lo:s.lo+n], "_")] {
			return n
		}
	}
	w := t.plain[s.lo]
	if _, ok := optOutWords[w]; ok || optOutTypos[w] || unwritten(w) {
		return 1
	}
	return t.spelled(s)
}

// spelled returns how many single letters at the front of s spell an opt-out word: "s t o p", "S.T.O.P.".
func (t *text) spelled(s span) int {
	var letters [len("unsubscribe")]byte
	n := 0
	for i := s.lo; i < s.hi && n < len(letters) && len(t.plain[i]) == 1; i++ {
		letters[n] = t.plain[i][0]
		n++
		if _, ok := optOutWords[string(letters[:n])]; ok {
			return n
		}
	}
	return 0
}

// unwritten reports whether w is stop or unsubscribe with letters typed twice, or unsubscribe with up to two letters
// wrong. No word of its own is: "stoop" is one, but nobody answers a text with it.
func unwritten(w string) bool {
	switch {
	case len(w) < 5 || len(w) > 14:
		return false
	case w[0] == 's' && len(w) <= 8:
		return undoubled(w) == "stop"
	case w[0] == 'u' && len(w) >= 9 || strings.HasPrefix(w, "un") && len(w) >= 8:
		return w != "undescribed" && distance(w, "unsubscribe", 2) <= 2
	}
	return false
}

// undoubled writes every letter of w once where it stands several times in a row.
func undoubled(w string) string {
	b := make([]byte, 0, len(w))
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] {
			b = append(b, w[i])
		}
	}
	return string(b)
}

// plainOptOut finds wording that speaks about texts ("please stop texting me") anywhere in the text, and
// returns the words of it.
func (t *text) plainOptOut() (span, bool) {
	from := phrasesFrom()
	for i, w := range t.plain {
		for _, p := range from[w] {
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
