package reply

import "strings"

// What people answer to a question that takes yes or no. The words stand here once, for the double opt-in as for the
// questions of a conversation. All are written as text.plain has them: lower case, no accents, no apostrophes.

// agreeing are the words that agree and can mean nothing else. A text made of these alone, please and thanks
// apart, is an agreement anywhere: it is what a double opt-in waits for.
var agreeing = byLanguage(map[Language]string{
	English: "y yes yep yeah yup yea ya yah ye yesm yess yesss yas yass yessir yesplease yepp yupp yse",
	Spanish: "si sii sip sipi",
	French:  "oui ouii ouais ouaip ouep",
})

// agreeingPhrases are several words that do the same.
var agreeingPhrases = byLanguage(map[Language]string{
	English: "i_do i_agree i_confirm i_consent i_accept i_said_yes yes_i_do yes_maam yes_sir uh_huh_yes",
	Spanish: "claro_que_si si_acepto si_confirmo si_quiero si_claro si_senor si_senora por_supuesto_que_si acepto_si",
	French:  "je_confirme jaccepte j_accepte oui_je_confirme oui_jaccepte oui_j_accepte oui_bien_sur mais_oui oui_oui",
})

// assenting agree to a question that was just asked, and say too little without one: "ok", "do it".
var assenting = byLanguage(map[Language]string{
	English: `ya yah yas yse ok okay okey k kk sure sure_thing alright aight absolutely definitely certainly of_course correct right
		confirm confirmed agreed agree do_it please_do go_ahead go_for_it lets_do_it thats_right thats_correct
		thats_what_i_meant thats_fine thats_ok sounds_good sounds_great fine perfect affirmative for_sure you_bet
		by_all_means uh_huh mhm yeah_sure yes_do_it yes_go_ahead ok_do_it okay_do_it ok_go_ahead okay_go_ahead
		ok_yes okay_yes sure_yes yes_sure yes_ok yes_of_course why_not i_guess_so fine_by_me fine_with_me works_for_me that_works_for_me thats_what_i_want im_sure
		that_is_correct that_is_right please`,
	Spanish: `ok okay vale dale claro por_supuesto de_acuerdo esta_bien bueno va sale orale andale seguro correcto
		exacto eso_es asi_es confirmo confirmado acepto perfecto adelante hazlo hagalo haganlo hagale afirmativo
		desde_luego como_no ok_si si_dale si_adelante si_hazlo si_hagalo si_esta_bien si_por_favor`,
	French: `ok okay daccord d_accord bien_sur volontiers absolument tout_a_fait exact exactement cest_ca c_est_ca
		parfait entendu vas_y allez_y faites faites_le fais_le confirme jconfirme cest_bon c_est_bon certainement
		avec_plaisir pourquoi_pas ca_marche ca_me_va oui_vas_y oui_allez_y oui_daccord oui_ok ok_oui`,
})

// refusing say no.
var refusing = byLanguage(map[Language]string{
	English: `n no nope nah nop noo noooo naw nay no_no no_no_no no_way not_now not_yet not_today not_really no_dont
		never_mind nevermind nvm actually_no absolutely_not definitely_not of_course_not not_a_chance hell_no
		please_dont dont dont_do_it do_not no_wait wait_no rather_not id_rather_not i_would_rather_not no_hold_on no_cancel_that no_cancel_it negative no_not_yet no_not_now no_leave_it no_keep_it leave_it`,
	Spanish: `no nop nel nones para_nada claro_que_no por_supuesto_que_no ahora_no todavia_no aun_no mejor_no no_no
		de_ninguna_manera negativo olvidalo dejalo dejalo_asi no_dejalo no_asi_esta_bien nunca ni_loco ni_loca`,
	French: `non nan nn nope pas_maintenant pas_encore pas_du_tout surtout_pas bien_sur_que_non absolument_pas
		non_non jamais laisse laissez laisse_tomber laissez_tomber oublie oubliez non_laissez tant_pis`,
})

// byLanguage makes a table of wordings and the language each is of; a wording of several languages has "". Words of
// one wording are joined by _.
func byLanguage(wordings map[Language]string) map[string]Language {
	m := make(map[string]Language)
	for _, l := range Languages() {
		for w := range set(wordings[l]) {
			w = strings.ReplaceAll(w, "_", " ")
			if _, shared := m[w]; shared {
				m[w] = ""
				continue
			}
			m[w] = l
		}
	}
	return m
}

// agrees reports whether the text agrees, and nothing else.
func (t *text) agrees() bool {
	s := t.bare()
	if s.lo == s.hi {
		return false
	}
	if _, ok := agreeingPhrases[t.say(s)]; ok {
		return true
	}
	for i := s.lo; i < s.hi; i++ {
		if _, ok := agreeing[t.plain[i]]; !ok {
			return false
		}
	}
	return true
}
