package reply

// Angry people and those who do not know the number surround STOP with words that carriers do not expect: "I said
// STOP", "Who is this? Stop.", "You are harassing me, stop". Such a text is an opt-out when every word of it is one that
// goes with leaving. One word about orders, products or time makes it none: "Stop. I have too much coffee".

// shouts are the words that go with leaving.
var shouts = set(`i im ive id me my mine we us our you your youre youve u ur ya yall guys people they is are am was were be been a an
	the this that these those it its thats not no never dont didnt doesnt want asked ask asking told tell telling
	said say saying already again last final first time times once twice two three four five six ten hundred million
	so many very really please pls plz thanks thank ok okay now right immediately asap today at for of and or to with all any
	enough done seriously serious mean meant kindly just omg god jesus christ lord hello hi hey yo hell heck fuck fucking
	fck fuckin f fing wtf tf ffs damn dammit shit bullshit bs crap bitch ass asshole assholes idiot idiots stupid dumb
	still yet continue keeps annoying annoyed harassing harassment harass harassed spam spamming spammers spammer scam scams scammer scammers
	bothering bother bugging pestering invading privacy illegal lawyer attorney sue suing legal action police fcc ftc
	tcpa report reported reporting block blocked blocking violation law who whos what know wrong number person phone
	cell business personal landline work job leave alone away interested signed sign up text texts texted texting txt txting txts
	messages message messaging msg msgs contact contacting sms sent send replied list here forever permanently ever anymore bye
	goodbye sir maam lady man bro dude mister buddy stranger strangers random unwanted unsolicited word english
	understand hear heard listen read deaf stopping too sick tired hate fu off even if in get got keep keeps will would or love sake
	te les le dije dijeron he dicho por favor porfa que se lo me interesa interesan gracias quien es eres son ustedes usted esta este
	numero conozco los las nunca pedi esto molesten molestando acoso estafa denuncia denunciar policia abogado mi
	telefono celular en serio dios mio carajo mierda puta madre maldita sea hola oigan ahora mismo inmediatamente
	siempre personal ya tu su favor soy yo nadie mensajes
	jai deja dit envoye fois veces cest ca suffit assez merci svp sil vous plait je ne suis pas interesse interessee qui etes tu connais
	laissez laisse moi tranquille harcelement arnaque avocat plainte maintenant immediatement tout de suite bordel putain
	merde foutez paix mon bonjour jamais inscrit inscrite non sms rien demande`)

// shoutable are the opt-out words that are strong enough among others. CANCEL, END and QUIT are not.
var shoutable = set(`stop stopall unsubscribe unsub optout alto pare paren arret arretez arrete desabonner desinscrire
	stpo sotp stopp stoop st0p tsop stahp`)

// Words around STOP that make it something else: before it a noun ("bus stop", "the last stop"), after it an object.
var (
	qualifying = set(`a an the my your this that no last first final one any many all
		el la un una mi tu este esta le mon cet un`)
	stopped = set(`a an the my your ur our this that these those it its him her us them in with of for to at all any even if keep
		me mi el la lo los las esto este esta ca le les mon de en many so time times two three four five get got want
		person people list word stopping text texts phone number`)
	nearby = map[string]map[string]bool{
		"for": set("good ever real gods christs fucks the"), "at": set("once"), "all": set("texts messages of now please immediately already asap right"),
		"this": set("is"), "in": set("gods"), "so": set("i"), "texts": set(""), "text": set("me"), "phone": set(""),
	}
)

// shouted finds an opt-out word among words that all go with leaving.
func (t *text) shouted() (span, bool) {
	if len(t.plain) > 60 {
		return span{}, false
	}
	at := -1
	for i, w := range t.plain {
		switch {
		case shoutable[w] || unwritten(w):
			if at < 0 && t.exclaimed(i) {
				at = i
			}
		case !shouts[w] && !isDigits(w) && !t.someName(i):
			return span{}, false
		}
	}
	if at < 0 {
		return span{}, false
	}
	return span{at, at + 1}, true
}

// exclaimed reports whether the opt-out word at word i stands for itself: neither negated nor asked about, nor a noun,
// nor with an object.
func (t *text) exclaimed(i int) bool {
	if t.ruled(i, false) || t.selfDirected(i) {
		return false
	}
	if i > 0 && t.clause[i-1] == t.clause[i] && qualifying[t.plain[i-1]] {
		return false
	}
	if i+1 < len(t.plain) && t.clause[i+1] == t.clause[i] && (stopped[t.plain[i+1]] || isDigits(t.plain[i+1])) {
		next := ""
		if i+2 < len(t.plain) {
			next = t.plain[i+2]
		}
		return nearby[t.plain[i+1]][next] || isDigits(t.plain[i+1]) && (next == "times" || next == "fois" || next == "veces")
	}
	return true
}

// someName reports whether word i may be the name of somebody the shopper is not: "I'm not Brenda", "this isn't Carl".
func (t *text) someName(i int) bool {
	if i < 2 || t.clause[i-1] != t.clause[i] || len(t.plain[i]) < 3 {
		return false
	}
	a, b := t.plain[i-2], t.plain[i-1]
	return b == "not" && (a == "im" || a == "am" || a == "is") || a == "this" && b == "isnt" || a == "no" && b == "soy" || a == "suis" && b == "pas"
}
