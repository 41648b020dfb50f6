package reply

import "fmt"

// Words with which a shopper asks for texts again. START and UNSTOP are what carriers act on; of the other languages
// only those that are as plain: "reanudar" or "reprendre" mean the orders.
var optInWords = byLanguage(map[Language]string{
	English: "start unstop start_texts start_texting",
	Spanish: "alta iniciar dar_de_alta darme_de_alta",
	French:  "commencer debut",
})

// Words with which anybody asks for help. "Who is this" is not among them: a person answers it better.
var (
	helpWords = byLanguage(map[Language]string{
		English: `help info help_me help_info info_help more_info helpme i_need_help need_help commands what_are_the_commands
			what_can_i_text_you what_can_i_text how_does_this_work`,
		Spanish: "ayuda informacion ayudame ayudenme mas_informacion mas_info necesito_ayuda como_funciona_esto",
		French:  "aide infos a_laide aidez_moi plus_dinfos plus_dinformations jai_besoin_daide besoin_daide comment_ca_marche",
	})
	// Whole texts that ask how to leave, and say not what: HELP's answer says it.
	howToLeave = wordings(`how do i unsubscribe | how to unsubscribe | how can i unsubscribe | how do i opt out | how to opt out
		how do u unsubscribe | how do you unsubscribe | how can i opt out | how do i get off this | how do i stop this
		how do i stop | how do you stop this | do i text stop | do i reply stop | should i text stop | should i reply stop
		como me doy de baja | como darme de baja | como me desuscribo | 
		comment me desabonner | comment se desabonner | comment me desinscrire | comment je me desabonne | comment arreter`)
)

// IsYes reports whether raw, as a whole, agrees: the answer a double opt-in waits for. "OK" and "sure" are too little.
func IsYes(raw string) bool {
	t := normalise(raw)
	return t.readable() && t.agrees()
}

// IsOptIn reports whether raw asks to be texted again: START or UNSTOP and nothing else.
func IsOptIn(raw string) bool {
	t := normalise(raw)
	return t.readable() && t.isWording(optInWords)
}

// IsHelp reports whether raw asks who we are: HELP or INFO and nothing else.
func IsHelp(raw string) bool {
	t := normalise(raw)
	return t.readable() && (t.isWording(helpWords) || t.asksHowToLeave())
}

// isWording reports whether the text is one of table and nothing else, please and thanks apart, once or several times.
func (t *text) isWording(table map[string]Language) bool {
	s := t.bare()
	if s.hi > s.lo+8 || s.lo == s.hi {
		return false
	}
	if _, ok := table[t.say(s)]; ok {
		return true
	}
	for i := s.lo; i < s.hi; i++ {
		if _, ok := table[t.plain[i]]; !ok || t.plain[i] != t.plain[s.lo] {
			return false
		}
	}
	return true
}

func (t *text) asksHowToLeave() bool {
	s := t.bare()
	return s.hi-s.lo <= 6 && howToLeave[t.say(s)]
}

func readOptIn(t *text, _ *Situation) (Understood, bool) {
	return t.wordMeaning(optInWords, OptIn, "which asks for texts again")
}

func readHelp(t *text, _ *Situation) (Understood, bool) {
	if t.asksHowToLeave() {
		return t.meaning(Help, "", "which asks how to stop texts"), true
	}
	return t.wordMeaning(helpWords, Help, "which asks who is texting and how to stop it")
}

func (t *text) wordMeaning(table map[string]Language, m Meaning, which string) (Understood, bool) {
	if !t.isWording(table) {
		return Understood{}, false
	}
	s := t.bare()
	l, ok := table[t.say(s)]
	if !ok {
		l = table[t.plain[s.lo]]
	}
	return t.meaning(m, l, which), true
}

// meaning is m for the whole text, please and thanks apart.
func (t *text) meaning(m Meaning, l Language, which string) Understood {
	w := t.join(t.bare())
	return Understood{Wish: Wish{Meaning: m}, Language: l, Words: w, Why: fmt.Sprintf("The text says “%s”, %s.", w, which)}
}
