package reply

import "strings"

// romance has the language of the Spanish and French words that phrases of those languages begin with.
var romance = func() map[string]Language {
	m := make(map[string]Language)
	for l, groups := range map[Language][]string{
		Spanish: {"STOPS_ES", "QUITAME", "QUITA", "DEJAME", "TEXTS_ES", "MANDEN", "ESCRIBAN"},
		French:  {"STOPS_FR", "RETIREZ", "LAISSE", "TEXTS_FR", "MENVOYEZ", "MECRIVEZ"},
	} {
		for _, g := range groups {
			for w := range newStep(g).words {
				m[w] = l
			}
		}
	}
	for _, w := range strings.Fields("messages notifications spam notifs message retire retires") {
		delete(m, w) // English too
	}
	return m
}()

// stands reports whether what is around the phrase at s lets it mean what it says.
func (p *phrase) stands(t *text, s span) bool {
	switch {
	case t.ruled(s.lo, p.rule&names != 0),
		t.noun(s.lo),
		p.rule&order != 0 && !t.opensClause(s.lo, p.rule&alone != 0),
		p.rule&ours != 0 && t.selfDirected(s.lo),
		t.echoes(s):
		return false
	case p.rule&closed != 0:
		return t.closes(s.hi) && !t.ofGoods(s)
	}
	return !t.limited(s.hi)
}

// ofGoods reports whether goods stand before the words of s in their clause, and nothing in s says who is to be left
// alone: "about the coffee, unsubscribe me" is plain, "coffee unsubscribe this" may be about the coffee.
func (t *text) ofGoods(s span) bool {
	for i := s.lo; i < s.hi; i++ {
		if w := t.plain[i]; ourselves[w] || texting.words[w] {
			return false
		}
	}
	for i := s.lo - 1; i >= 0 && t.clause[i] == t.clause[s.lo]; i-- {
		if ordered[t.plain[i]] {
			return true
		}
	}
	return false
}

var (
	ourselves = set("me us number phone cell moi nous numero telefono celular telephone")
	texting   = newStep("TEXTS|TEXT_ONE|TEXTING|TEXT|BOTHERING|VERB_ES|ESCRIBAN|MECRIVEZ")
	ordered   = set(`coffee coffees tea teas decaf roast order orders box boxes bag bags size month subscription subscriptions sub
		shipment shipments delivery deliveries package packages cafe pedido pedidos suscripcion caja envio commande commandes
		abonnement colis livraison`)
)

// Words that stand between a negation or a question and the verb it governs: in "I don't want you to stop
// texting me" every word from "don't" to "stop" is one of them; in "I don't know you stop texting me" not.
var (
	carrying = set(`ever want wanna you u yall guys i we they to need think please just let them should would
		could can like if have be do does did will it happens mind really asking telling trying say said saying tell me
		que quiero quisiera quieren queremos necesito puede pueden puedes deben debe vayan vaya favor por a se
		vous tu je veux voudrais avez ont as est ce il faut de pas on`)
	asking = set(`why how when if did does whether until unless before since after what who whens hows whys should
		porque cuando pourquoi quand comment combien`)
	denying = set(`dont never didnt doesnt wont cant cannot wouldnt shouldnt havent hasnt not couldnt dnt doont neednt isnt
		aint without nunca jamas sin ne ni jamais sans`)
)

// ruled reports whether word i is governed by a negation or a question in its clause: "don't stop texting me", "why
// did you stop texting me". "If you don't stop texting me" is a threat and means it, and so does "you won't stop
// texting me". Of a phrase that names texts, "how do I stop these texts" is a wish as well.
func (t *text) ruled(i int, named bool) bool {
	if t.defiant(i) {
		return false
	}
	denied := romance[t.plain[i]] != "" && t.refused(i)
	for j := i - 1; j >= 0 && t.clause[j] == t.clause[i]; j-- {
		w := t.plain[j]
		switch {
		case denying[w], w == "no" && (t.plain[j+1] == "need" || t.plain[j+1] == "reason" || t.plain[j+1] == "quiero"):
			denied = true
		case w == "how" || w == "como" || w == "comment":
			return !named || denied || !t.ownWish(j)
		case asking[w], w == "si" && j+1 < i:
			return w != "if" && w != "si" && w != "why" || !denied
		case !carrying[w]:
			return denied || t.wonders(j)
		}
	}
	return denied
}

// noun reports whether an article before word i makes a noun of it: "I got a stop message".
func (t *text) noun(i int) bool {
	if i == 0 || t.clause[i-1] != t.clause[i] || !strings.HasPrefix(t.plain[i], "stop") {
		return false
	}
	w := t.plain[i-1]
	return w == "a" || w == "the" || w == "your" || w == "my"
}

// refused reports whether "no" stands before the Spanish or French word i, as in "no me quiten". In English it would
// be a sentence of its own: "no stop texting me".
func (t *text) refused(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3 && t.clause[j] == t.clause[i]; j-- {
		switch t.plain[j] {
		case "no":
			return true
		case "me", "nos", "se", "te", "le", "les", "lo", "la", "los":
		default:
			return false
		}
	}
	return false
}

// defiant reports whether the negation before word i is said of us: "why won't you stop", "you never stop".
func (t *text) defiant(i int) bool {
	if i < 2 || t.clause[i-2] != t.clause[i] {
		return false
	}
	a, b := t.plain[i-2], t.plain[i-1]
	deaf := func(w string) bool {
		return w == "wont" || w == "never" || w == "cant" || w == "didnt" || w == "wouldnt" || w == "havent"
	}
	return (isYou(a) || a == "yall" || a == "guys") && deaf(b) || deaf(a) && (isYou(b) || b == "yall")
}

// ownWish reports whether "how" at word j asks for what the shopper wants: "how do I", "how can we", "how to".
func (t *text) ownWish(j int) bool {
	if j+1 >= len(t.plain) {
		return false
	}
	if w := t.plain[j+1]; w == "to" || t.plain[j] != "how" {
		return true
	}
	return j+2 < len(t.plain) && (t.plain[j+2] == "i" || t.plain[j+2] == "we") && t.plain[j+1] != "did"
}

// wonders reports whether the clause has "if I" before word i: "if I skip will you stop texting me".
func (t *text) wonders(i int) bool {
	for j := i - 1; j > 0 && t.clause[j-1] == t.clause[i]; j-- {
		if t.plain[j] == "i" && t.plain[j-1] == "if" {
			return true
		}
	}
	return false
}

// needing are the words with which the shopper speaks of what they do themselves.
var (
	needing = set("need want have ought got going like love try trying supposed wanna gotta should must cant couldnt can could will")
	selves  = set("i we id im ive wed were")
)

// selfDirected reports whether the verb at word i is the shopper's own: "I need to stop texting my ex".
func (t *text) selfDirected(i int) bool {
	found := false
	for j := i - 1; j >= 0 && t.clause[j] == t.clause[i]; j-- {
		w := t.plain[j]
		switch {
		case needing[w]:
			found = true
		case w == "to", w == "really", w == "just", w == "do", w == "please":
		default:
			return found && selves[w]
		}
	}
	return found && t.plain[max(i-1, 0)] == "to"
}

// echoes reports whether s is part of what our own texts say: "Reply STOP to end texts".
func (t *text) echoes(s span) bool {
	if s.lo < 2 {
		return false
	}
	a, b := t.plain[s.lo-2], t.plain[s.lo-1]
	if (b == "to" || b == "para" || b == "pour") && (a == "stop" || a == "alto" || a == "arret" || a == "baja") {
		return s.lo > 2 && (replying[t.plain[s.lo-3]] || t.clause[s.lo-3] == t.clause[s.lo])
	}
	return false
}

var replying = set("reply text txt send respond type responde responda envia envie repondez envoyez texte")

// leading words may come before an order such as "don't text me" without changing who is told.
var leading = set(`mister senorita monsieur madame please pls plz and so just hey hi hello ok okay again no seriously kindly yo dear sir maam guys omg um well
	then but stop god yes yeah now oh or thanks
	por favor porfa ya y hola oigan señor senora disculpe disculpen gracias entonces pero
	como comment faire pour hago para
	merci de svp stp bonjour et mais veuillez alors salut il faut`)

// demanding words end the search for the beginning of an order: what follows them is one.
var demanding = set("said say repeat asking begging beg demande demandons jaimerais desire desirons desirerais veux prie pido dije dicho dit ordre aimerais souhaite voudrais want prefer")

// addingTo are words that begin a second order: "skip it and don't text me again".
var addingTo = set("and n but so then also plus pero y luego mais et puis donc")

// followed are words that an order may follow without punctuation.
var followed = set("interested alone plait phone landline work number person line anymore")

// opensClause reports whether word i opens its clause, so that "don't text me" is an order to us, which "you
// don't text me when it ships" is not. "I said" and "I told you" may come before it.
func (t *text) opensClause(i int, alone bool) bool {
	for j := i - 1; j >= 0 && t.clause[j] == t.clause[i]; j-- {
		switch w := t.plain[j]; {
		case demanding[w], isYou(w) && j > 0 && (t.plain[j-1] == "told" || t.plain[j-1] == "asked"):
			return true
		case followed[w], addingTo[w] && !alone: // "not interested don't text me"
			return true
		case !leading[w]:
			return false
		}
	}
	return true
}

// limiting words after "stop texting me" say when or how, not whether: "before nine", "so early", "in
// Spanish".
var limiting = set(`before after until till til so during while when unless early earlier late later twice every at on in that
	back except for only this between by needed necessary received par over the a an your unless tonight today tomorrow
	antes despues hasta durante cuando tan tanto salvo excepto menos a por en solo mientras temprano tarde
	avant apres souvent jusqua jusque pendant quand trop aussi si tellement sauf tard tot dans de le la`)

// limited reports whether the clause goes on at word i with a limit. "At all", "on this number" and "for good" are none.
func (t *text) limited(i int) bool {
	if i >= len(t.plain) || t.clause[i] != t.clause[i-1] || !limiting[t.plain[i]] {
		return false
	}
	next := ""
	if i+1 < len(t.plain) {
		next = t.plain[i+1]
	}
	switch w := t.plain[i]; {
	case w == "so":
		return !clausal[next]
	case w == "de" || w == "la" || w == "le":
		return nightly[next]
	case unlimited[w] == nil:
		return true
	default:
		return !unlimited[w][next]
	}
}

// nightly are the times of a day that follow "de", "la" and "le".
var nightly = set("noche madrugada dia manana tarde nuit matin soir weekend lundi dimanche samedi jour")

// clausal words after so begin a new sentence: "stop texting me so I can sleep".
var clausal = set("i we please stop help dont")

// unlimited are the words after a limiting one that make it none.
var unlimited = map[string]map[string]bool{
	"at":    set("all this my once the"),
	"on":    set("this my here the your"),
	"in":    set("the future general any"),
	"for":   set("me us good ever real gods christs fucks the crying heavens anything any goodness pete petes"),
	"this":  set("is number phone instant minute second now late"),
	"today": set("please thanks pls"),
	"the":   set("fuck hell person"),
	"your":  set("texts messages number crap shit stupid annoying promos promotions marketing spam deals sales offers"),
	"a":     set("recevoir recibir este mi esta ce mon cette nuestro"),
	"en":    set("este mi absoluto paz serio general ce mon"),
	"por":   set("favor dios siempre fa ahora"),
	"that":  set("is"),
}

// trailing words may follow "take me off" without naming something other than texts.
var trailing = set(`anymore any more longer again now asap immediately today ever already too for good please at once all
	pls plz thanks thank thx you u ty sorry right away this instant so much thankyou permanently forever bro man dude lady
	sir maam fr seriously the fuck hell damn dammit ffs and goodbye bye smh wtf kindly here
	ya por favor porfa gracias ahora mismo nunca jamas mas inmediatamente pronto siempre muchas de una vez hoy
	svp merci maintenant immediatement tout suite vite desormais s il vous te plait sil stp beaucoup aussi des que possible
	desole desolee pardon disculpe disculpa disculpen perdon perdona lo siento xfa buddy pal friend mate hun honey sweetie dear lol haha amigo amiga mijo mija senor senora senorita joven jefe monsieur madame mademoiselle mister mr miss mlle mme`)

// closes reports whether nothing of weight follows in the clause from word i on.
func (t *text) closes(i int) bool {
	for ; i < len(t.plain) && t.clause[i] == t.clause[i-1]; i++ {
		if !trailing[t.plain[i]] && !t.opensSentence(i) {
			return false
		}
		if t.opensSentence(i) {
			return true
		}
	}
	return true
}

// opensSentence reports whether at word i a sentence about the shopper begins without punctuation: "remove me i dont
// know you", "wrong number this is not her".
func (t *text) opensSentence(i int) bool {
	if i+1 >= len(t.plain) || t.clause[i+1] != t.clause[i] {
		return false
	}
	next := t.plain[i+1]
	switch t.plain[i] { // one of these and one of those
	case "i":
		return next == "dont" || next == "never" || next == "didnt" || next == "do" || next == "am" || next == "have" || next == "said" || next == "told"
	case "im", "not":
		return next == "not" || next == "interested"
	case "this", "its":
		return next == "is" || next == "isnt" || next == "not"
	case "you", "youre", "u":
		return next == "are" || next == "have" || next == "harassing"
	case "who", "whos":
		return true
	case "stop", "please", "pls":
		return next == "texting" || next == "dont" || next == "do" || next == "stop" || next == "remove" || next == "take"
	case "dont", "do":
		return next == "text" || next == "contact" || next == "message" || next == "not" || next == "know"
	case "je":
		return next == "ne" || next == "suis"
	case "yo", "no":
		return next == "no" || next == "soy" || next == "conozco" || next == "longer"
	}
	return false
}
