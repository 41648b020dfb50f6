package reply

import (
	"slices"
	"strings"
)

// Around "wrong number": who may say it of what, and how a text goes on that means us.
var (
	misdialled = set(`senor senora senorita joven jefe monsieur madame mademoiselle mister mr miss mlle mme por favor muchas mil beaucoup sil s plait te thank sorry hi hey hello think you u ya yall guys youve have got is this its thats texted messaged texting
		nest nro num reached the a i must probably be no im afraid still youre ur were dialed dialing calling called contacting reaching believe nope nah pretty sure obviously clearly
		the again as before told said at lol ok okay but
		tiene tienes tienen es este esta el un una la lo siento perdon disculpe disculpa disculpen creo que hola
		señor senora senor marcaron marco marcaste parece se al su te le con ah oye oiga numero telefono amigo
		vous avez tu as le c cest est ce desole desolee pardon bonjour crois pense il y erreur etes es de avoir faites fait`)
	disowning = set(`senor senora senorita joven jefe monsieur madame mademoiselle mister mr miss mlle mme sir maam i im this who whos stop please pls remove take sorry dont do not no never thanks you thank
		lo perdon perdona disculpe disculpa disculpen gracias no por yo quien desole desolee merci qui ce je pardon`)
	wrongs = byLanguage(map[Language]string{
		English: `wrong_number wrong_num wrong_nbr wrong_numer wrong_nubmer wrong_person wrong_phone wrong_guy wrong_lady
			wrong_recipient wrong_numbr worng_number wrng_number wrong_phone_number wrong_contact incorrect_number not_the_right_number not_the_right_person`,
		Spanish: `numero_equivocado telefono_equivocado persona_equivocada numero_ekivocado nro_equivocado num_equivocado no_es_el_numero_correcto numero_incorrecto equivoco_de_numero
			equivocaron_de_numero equivocaste_de_numero equivocado_de_numero equivocada_de_numero equivoco_de_persona
			equivocaron_de_persona numero_erroneo numero_errado equivocado_de_persona equivocado`,
		French: `mauvais_numero faux_numero erreur_de_numero mauvaise_personne pas_le_bon_numero pas_bon_numero pas_la_bonne_personne trompe_de_numero trompez_de_numero
			trompes_de_numero tromper_de_numero trompe_de_personne trompez_de_personne mauvais_destinataire erreur_de_destinataire erreur_de_personne`,
	})
	wrongFirst = func() map[string]bool {
		m := make(map[string]bool)
		for w := range wrongs {
			first, _, _ := strings.Cut(w, " ")
			m[first] = true
		}
		return m
	}()
)

// mistaken are words of a shopper who texted the wrong number themselves.
var mistaken = set("oops whoops ignore disregard meant mistake misdialed accident")

// wrongNumber reports whether "wrong number" at word i says that this phone is somebody else's: "you have the
// wrong number", not "wrong number of bags" or "I gave you the wrong number for my card".
func (t *text) wrongNumber(i int) (span, bool) {
	if !wrongFirst[t.plain[i]] {
		return span{}, false
	}
	s, ok := t.wrongAt(i)
	if !ok || !t.closes(s.hi) {
		return span{}, false
	}
	thinks, by := false, false
	for j := i - 1; j >= 0 && t.clause[j] == t.clause[i]; j-- {
		w := t.plain[j]
		if !misdialled[w] && !polite[w] {
			return span{}, false
		}
		thinks = thinks || w == "think" || w == "believe" || w == "said"
		by = by || w == "i"
	}
	if by && !thinks || t.asksBack(i) || slices.ContainsFunc(t.plain, func(w string) bool { return mistaken[w] }) {
		return span{}, false
	}
	for j := s.hi; j < len(t.plain); j++ {
		if t.clause[j] != t.clause[i] {
			return s, disowning[t.plain[j]] || polite[t.plain[j]]
		}
	}
	return s, true
}

// wrongAt finds the wording at word i; "wrong #" is one too.
func (t *text) wrongAt(i int) (span, bool) {
	for n := 4; n > 0; n-- {
		if i+n <= len(t.plain) && t.clause[i+n-1] == t.clause[i] {
			if _, ok := wrongs[t.say(span{i, i + n})]; ok {
				return span{i, i + n}, true
			}
		}
	}
	after := t.clean[t.start[i]+len(t.words[i]):]
	return span{i, i + 1}, t.plain[i] == "wrong" && strings.HasPrefix(strings.TrimLeft(after, " "), "#")
}

// asksBack reports whether the clause of word i asks: "is this the wrong number".
func (t *text) asksBack(i int) bool {
	for i > 0 && t.clause[i-1] == t.clause[i] {
		i--
	}
	return t.plain[i] == "is" || t.plain[i] == "did" || t.plain[i] == "do"
}
