package reply

// The wording that speaks about texts, in three languages and mixtures of them ("stop mandándome mensajes"). It is
// written as text.plain has it: lower case, no accents, no apostrophes. A step is a word, words parted by |, words
// joined by _, or a GROUP; a ? after it makes it optional, a * lets it stand up to eight times, or not at all.
//
// A phrase has a word for ceasing or leaving and a word for texts, numbers or lists, with nothing but LINK words
// between. So a product or an order in that place ("stop sending me coffee") never makes one.

// optOutGroups are words that stand for each other.
var optOutGroups = map[string]string{
	// Ceasing. Typos of stop count here also when they are words of their own: what follows tells.
	"STOP": `STOPS_EN|STOPS_ES|STOPS_FR`,
	"STOPS_EN": `stop|stpo|sotp|stp|stopp|stoop|tsop|st0p|stahp|sto|stip|stio|stpp|srop|dtop|atop|quit|cease|halt
		discontinue|knock_off`,
	"STOPS_ES": `alto_a|para_con|para_ya_con|deja|dejen|deje|dejad|dejar|dejan|dejas|dejo|para_de|para_ya_de|paren|pare|paren_de|pare_de|parar|parar_de
		detengan|detenga|detener|suspendan|suspenda|cesen|cese|cesar|basta`,
	"STOPS_FR": `arrete|arretez|arreter|arretes|arete|aretez|darreter|d_arreter|cesse|cessez|cesser|stoppez|stoppe|stopper|suspendez`,
	"END": `annuler|cancelo|end|cancel|cancle|kill|cancelen|cancela|cancele|cancelar|anulen|anula|quiten|annulez|annule|supprimez|coupez
		desactivez|desactiver|desactiven|desactiva|desactivar|deactivate|disable|mute|silence|remove|apaguen|apaga|block`,
	"OFF": `turn|shut|switch`,

	// Between ceasing and texts.
	"LINK": `LINK_EN|LINK_ES|LINK_FR`,
	"LINK_EN": `with|w|all|any|of|off|the|these|those|thes|this|that|your|ur|youre|yalls|ya|my|our|more|me|us|to|sending|send
		sendin|sned|sneding|sendng|snding|giving|getting|gettin|receiving|recieving|receive|recieve|blasting|constantly
		constant|nonstop|non|always|so|many|much|annoying|stupid|dumb|damn|dang|goddamn|god|freaking|fucking|fuckin|fing
		effing|stinking|silly|ridiculous|unwanted|unsolicited|automated|automatic|auto|robo|random|daily|weekly|promo|promos
		promotional|marketing|advertising|text|txt|sms|mms|phone|cell|mobile|order|delivery|shipping|subscription|reminder
		notification|out|and|or|n|calls|calling|emails|emailing|please|pls|plz|hell|fuck|anymore|kind|kinds|such|sort|type
		type_of|every_single|blowing|up|bombarding|putting|bothering|harassing|bugging|harrassing`,
	"LINK_ES": `de|los|las|el|la|esos|esas|estos|estas|este|esta|esa|ese|sus|su|tus|tu|mis|mas|tantos|tantas|tanto|todos|todas
		mandar|mandarme|mandarnos|mandando|mandandome|mandandonos|enviar|enviarme|enviarnos|enviando|enviandome|enviandonos
		recibir|recibiendo|molestar|molestando|molestarme|molestandome|escribir|escribirme|estar|seguir|con|ya|me|nos|por|favor|porfa|porfavor|texto|publicitarios|malditos|malditas|pinches|putos|molestos
		molestas|automaticos|que|llegar|llegando|llegarme|un|una|ningun|ninguna|tipo|otro|otra`,
	"LINK_FR": `de|d|des|les|le|la|l|vos|votre|tes|ton|ces|cette|ce|mes|tous|toutes|toute|tout|plus|autres|autre|aucun|aucune
		envoyer|menvoyer|denvoyer|nous|me|moi|m|recevoir|avec|svp|foutus|sacres|maudits|publicitaires|envoi|lenvoi|en
		stp|merci|un|une|jamais|commerciaux|genre|nenvoyez|texto`,

	// Texts.
	"TEXTS": `TEXTS_EN|TEXTS_ES|TEXTS_FR`,
	"TEXTS_EN": `texts|txts|txt_messages|text_messages|txt_msgs|text_msgs|text_message|txt_msg|text_msg|messages|mesages|messges
		massages|msgs|mssgs|msges|sms|smses|mms|notifications|notifs|notices|alerts|spam|spams|communication
		communications|comms|reminders|ads|adverts|advertisements|promotions|solicitations|correspondence
		harassment|robotexts|text_alerts`,
	"TEXTS_ES": `mensajes|mensages|mensajitos|textos|msjs|msj|msjes|notificaciones|avisos|recordatorios|alertas
		publicidad|propaganda|comunicaciones|promociones`,
	"TEXTS_FR": `messages|textos|textes|notifications|alertes|rappels|pub|pubs|publicite|publicites|notifs`,
	"TEXT_ONE": `text|txt|message|msg|texto`,

	// Texting as a verb.
	"TEXTING": `texting|txting|texing|texitng|textng|textin|txtin|texring|testing_me|messaging|mesaging|messging|messagin|msging
		contacting|spamming|spaming|dming|hitting_up|blowing_up|smsing|textiando|texteando|textiandome|mensajeando|mensajeandome|escribiendome|texteandome|molestandome|contactandome|escribirme|escribirnos|textearme
		mensajearme|contactarme|contactarnos|molestarme|molestarnos|acosarme|fastidiarme|mecrire|m_ecrire|nous_ecrire
		me_texter|me_contacter|me_spammer|me_harceler|me_deranger|me_relancer|menvoyer_des_messages|membeter`,
	"BOTHERING": `bothering|harassing|harrassing|harrasing|harasing|bugging|pestering|calling|annoying|stalking|hounding|writing`,
	"TEXT":      `text|txt|texts|message|messege|msg|contact|contanct|sms|spam|texting|messaging`,
	"VLINK":     `constantly|always|emailing|calling|and|or|fucking|fuckin|freaking|damn|with|w|the|all|of|hell|de|d|por|please|pls|plz|ya|en`,
	"ME":        `me|us|em|my_wife|my_husband|my_mom|my_mother|my_dad|my_kid|my_daughter|my_son`,
	"PHONE":     `phone|number|num|cell|line|cellphone|mobile|numer|nubmer|telephone|work`,
	"THIS":      `this|my|our|the|my_work|my_personal|my_cell|my_mobile|my_phone`,

	// Numbers and lists.
	"LIST": `list|lists|listt|lsit|database|db|system|systeme|texts|txts|messages|msgs|sms|notifications|alerts|reminders|texting|spam
		lista|listas|listado|base|sistema|contactos|mensajes|textos|records|files|roster|thread|group|chat|service_de_sms|liste|listes|listing|fichier|fichiers|bases|contacts|textos|mailing
		distribution|texto`,
	"LLINK": `of|off|from|out|the|this|that|these|those|your|ur|yalls|any|all|ya|my|and|every|text|txt|sms|promo|promotional|marketing
		mailing|texting|contact|phone|message|messaging|calling|call|spam|damn|fucking|freaking|stupid|subscriber|subscribers
		mobile|distribution|de|del|la|las|su|sus|tu|tus|esta|este|esa|ese|estos|estas|esos|esas|el|los|lista|votre|vos|ta|cette|ce|les|le|des|du|liste
		base|bases|contactos|envio|envios|distribucion|diffusion|denvoi|d|envoi|textos|mensajes|tous|toutes|todas|todos|automated`,
	"TAKE": `take|taking|remove|removed|removing|delete|drop|erase|get|getting|pull|scratch|scrub|cross|strike|knock|leave|rmove
		remov|tak|takes|pls_remove|keep`,

	// Not wanting.
	"DONT": `dont|do_not|donot|dnt|don_t|never|dont_ever|do_not_ever|dont_you_ever|never_ever|dont_you|dont_u|dont_u_ever|dont_you_dare|dont_u_dare|dont_even|doont|not_to`,
	"NOTWANT": `dont_want|do_not_want|dont_wanna|dnt_want|donot_want|don_t_want|didnt_want|not_want|no_longer_want|no_longer_wish
		dont_wish|do_not_wish|no_longer_need|dont_need|do_not_need|never_wanted|didnt_ask_for|did_not_ask_for|never_asked_for
		not_wanting|wish_not|prefer_not|rather_not|dont_consent|do_not_consent|not_consent|never_consented|didnt_consent
		never_agreed|didnt_agree|want_no|dont_want_anymore|dont_care_for|never_requested|didnt_request|did_not_request
		no_quiero|no_kiero|no_deseo|no_necesito|no_queremos|no_pedi|nunca_pedi|no_solicite|nunca_solicite|no_autorice
		no_quisiera|no_desea|no_me_gustaria|no_me_interesa|no_me_interesan|no_acepto|no_autorizo
		veux_plus|veux_pas|souhaite_plus|souhaite_pas|desire_plus|desire_pas|voudrais_plus|voulons_plus|veut_plus|aimerais_plus
		voudrais_ne|souhaite_ne|aimerais_ne|pas_demande|jamais_demande|plus_envie|jveux_plus|veu_plus|pas_besoin|plus_besoin
		accepte_pas|accepte_plus|voulais_pas`,
	"WLINK":  `LINK|get|be|being|have|had|keep|ever|receiving|lleguen|manden|envien|mandes|envies|mande|envie_mas|sigan|mandando|recibir|recibiendo|ne|pas|continuer|a|que_vous|vous|me_manden|me_envien`,
	"TEXTED": `texted|contacted|messaged|spammed|txted|bothered|harassed|contactado|contactada|molestado|contacte|contactee|derange`,

	"NOMORE": `no_more|no_mor|nomore|no_further|no_mas|nomas|ni_un|ca_suffit|ca_suffit_avec|ningun|plus_de|plus_aucun|plus_daucun|enough|enough_with|enough_of
		basta_de|basta_con|basta_ya_de|ya_no|assez_de|assez_avec|fini_les|stop_a|stop_aux|stop_au|y_a_marre_de`,
	"NONE": `no|sin|pas_de|aucun|aucune|not_any`,

	// Verbs of one phrase or two.
	"DETS":  "the|these|those|this|your|ur|my|any|all|ya|that|el|los|este|le|ce|cette|les|de|ton|votre",
	"SORTS": "text|sms|promo|promotional|marketing|damn|stupid|annoying|automated|fucking|phone",
	"UNSUBS": `unsubscribe|unsub|unsubs|unscribe|unsubscribed|unsubcribe|un_subscribe|unsuscribe|unsubscribing|desuscribir|desuscribirme
			desuscribanme|desuscribeme|desuscribame|desuscribirse|desuscripcion|desinscribir|desinscribirme|desinscribanme
			desinscribeme|desapuntarme|desapuntenme|desapuntame|desuscriba|desuscriban`,
	"VERB_ES":   "escribirme|escribirnos|textearme|mensajearme|contactarme|molestarme|escribiendome|texteandome|molestandome",
	"DEJAME":    "dejame|dejeme|dejenme|dejanos|dejenos|dejennos|dejarme|dejadme|dejarnos",
	"DEJAME_DE": "dejame_de|dejeme_de|dejenme_de|dejadme_de",
	"QUITAME": `quitame|quiteme|quitenme|quitarme|quitadme|sacame|saqueme|saquenme|sacarme|borrame|borreme|borrenme|borrarme|eliminame
			elimineme|eliminenme|eliminarme|remuevame|remuevanme|retirame|retireme|retirenme|tachenme|quitenos|saquenos`,
	"QUITA":    "quita|quite|quiten|quitar|saca|saque|saquen|sacar|borra|borre|borren|borrar|elimina|elimine|eliminen|eliminar|remueva|remuevan|retire|retiren|olvida|olviden|bloqueen",
	"BAJA_V":   "dadme_de_baja|dadnos_de_baja|denos_de_baja|denme_de_baja|deme_de_baja|dame_de_baja|dar_de_baja|darme_de_baja|darse_de_baja|darnos_de_baja|dennos_de_baja|me_doy_de_baja|dar_me_de_baja|quiero_la_baja|quiero_baja|solicito_la_baja|solicito_baja|pido_la_baja|darme_baja|denme_baja|dame_baja|dar_baja|me_dan_de_baja|me_den_de_baja|me_des_de_baja|dame_la_baja|denme_la_baja|tramitar_la_baja",
	"LAISSE":   "laisse|laissez|laissse|laisser",
	"RETIREZ":  "retirez|retire|retirer|enlevez|enleve|enlever|supprimez|supprime|supprimer|effacez|efface|effacer|otez|ote|oter|rayez|raye|sortez|sors|virez|radiez|oubliez|oublie|desabonnez|desabonne|desinscrivez|desinscris|desincrivez|desabonez",
	"DESABO":   "desabonnez_moi|desabonne_moi|desinscrivez_moi|desinscris_moi|desabonnez_nous|desabonnement|desinscription|desabonner|desinscrire|me_desabonner|me_desinscrire|desabonez_moi|desincription",
	"MANDEN":   "manden|mande|mandes|mandeis|envien|envie|envies|enviar|mandar|lleguen|llegue|pongan",
	"ESCRIBAN": "escriban|escriba|escribas|escribais|textees|texteen|textee|mensajeen|contacten|contacte|contactes|molesten|moleste|molestes|escribir|contactar|textear|mensajear|molestar|escribiendo|texteando|molestando|contactando",
	"MENVOYEZ": "ne_menvoyez|nenvoyez|ne_menvoie|menvoyez|menvoie|ne_m_envoyez|m_envoyez|nenvoie|menvoies|ne_nous_envoyez|nous_envoyez|menvoye|menvoyer|ne_menvoyer|nenvoyer",
	"MECRIVEZ": "mecrivez|mecris|ecrivez|contactez|contacte|textez|derangez|derange|spammez|relancez|m_ecrivez|sollicitez|harcelez|recontactez",
}

// optOutPhrases are the phrases, by what has to be true around them.
var optOutPhrases = []struct {
	rule phraseRule
	say  string
}{
	{names, `
		STOP LINK* TEXTS
		END LINK* TEXTS
		OFF LINK* TEXTS off
		OFF off LINK* TEXTS
		shut_off|turn_off|switch_off|cut_off LINK* TEXTS
		get_rid_of|done_with|im_done_with LINK* TEXTS
		ne|n|nai? NOTWANT WLINK* TEXTS|TEXTED
		NOTWANT que_me escriban|contacten|texteen|molesten|contacte|moleste|textee|escriba
		ne? NOTWANT que_vous me contactiez|mecriviez|textiez|derangiez
		NOTWANT you|yall|u|ya|guys|anyone|anybody|people|to* TEXTING|TEXT ME
		no_recibir|dejar_de_recibir|dejar_de_tener LINK* TEXTS
		TAKE me|us|number|name|LLINK* off|from|out LLINK* LIST
		TAKE my|this|the? number|name|phone|cell|contact|info|information off|from|out LLINK* LIST
		remove|delete|take|unsubscribe off|from LLINK* LIST
		want|wants|wanna|like off|out|be_off|be_out|to_be_off|to_get_off|get_off LLINK* LIST
		how_do_i|how_can_i|how_to|how_do_you|how_does_one get off|out LLINK* LIST
		UNSUBS me|us|this_number|my_number? LLINK* LIST
		opt me|us? out of|from LLINK* LIST
		opting|opted out of|from LLINK* LIST
		put|add|place me|us|this_number|my_number on|to the|your|a? do_not_call|do_not_text|do_not_contact|dnc|no_call|do_not_disturb list|registry?
		QUITAME de|del LLINK* LIST
		QUITA mi|este|ese|nuestro|el numero|telefono|celular|cel|nombre|contacto de LLINK* LIST
		BAJA_V LLINK* LIST
		BAJA_V mi|este|ese numero|telefono|celular|cel
		quiero|quisiera|deseo|necesito|puedo UNSUBS LLINK* LIST
		jamais|pas inscrit|inscrite|abonne|abonnee a|aux|pour LINK* TEXTS
		RETIREZ moi|nous|me de|des|du|d LLINK* LIST
		RETIREZ mon|ce|notre|le numero|nom|telephone|contact|num de|des|du LLINK* LIST
		DESABO LLINK* LIST
		me_retirer|me_desabonner|me_desinscrire|me_enlever|menlever|me_supprimer LLINK* LIST
		if you|u|ya|yall ever? TEXT me|us again|one_more_time|1_more_time|once_more|another_time|anymore
		si_me vuelven|vuelve a ESCRIBAN
		this|that|it was|used_to_be her|his|their|my_moms|my_mothers|my_dads|my_fathers|my_husbands|my_wifes|my_sons|my_daughters number|phone|cell
		number|phone now? belongs|belong to someone|somebody|some_one|another
		STOPS_ES LINK_ES* mensaje|mensage
		STOPS_FR LINK_FR* message|texto|texte
		no|nunca me|nos? MANDEN mas|ningun|otro mensaje|texto
		ni un mensaje|texto|sms mas
		no|nunca|jamas me|nos|le MANDEN LINK* TEXTS
		no|nunca|jamas me|nos|le|vuelvan|vuelva|vuelvas|sigan|siga|sigas|a|volver* MANDEN|mandar|enviar|mandarme|enviarme|mandando|enviando|mandandome|enviandome LINK* TEXTS
		no|nunca|jamas me|nos|le|vuelvan|vuelva|vuelvas|sigan|siga|sigas|a|volver* ESCRIBAN mas|nunca|por_favor?
		no|nunca|jamas MANDEN|mandar|enviar LINK* TEXTS
		revoke|withdraw|retract|rescind LINK* consent|permission|authorization
		les|los|the TEXTS non|no merci|gracias|thanks?
		not_to|never be|get TEXTED
		revoco|retiro mi consentimiento|permiso|autorizacion
		retire|revoque mon consentement|autorisation
		cease_and_desist
		leave|let me|us|this_number alone|be|b LINK* TEXTS
		DEJAME en_paz|tranquilo|tranquila|tranquilos|de_molestar|ya_en_paz|de_escribir LINK* TEXTS
		LAISSE moi|nous donc? tranquille|tranquilles|en_paix|la_paix LINK* TEXTS
		fiche|fichez|fous|foutez|foute moi|nous la paix LINK* TEXTS
		lache|lachez moi|nous les_baskets|un_peu|la_grappe? LINK* TEXTS
		STOP trying_to|attempting_to TEXT me|us|this_number
		STOP reaching_out|reaching to_me|to_us|to_this_number?
		already opted_out|unsubscribed|opt_out|said_stop|texted_stop|replied_stop
		opted_out|unsubscribed already|twice|before|times|last_week|last_month|weeks_ago|yesterday|months_ago
		not|no_longer|isnt|longer interested in LINK* TEXTS
		TEXT me|us again|one_more_time|1_more_time and|n|ill|im|i_will|ima|or_ill
		one_more|1_more|another|single_more TEXT_ONE|texts|sms and|n|from_you_and|ill|or_i
		dont|do_not|never consent|agree to LINK* TEXTS|TEXTED
		never|didnt|did_not|nvr sign|signed|sign_up|signed_up|sined|subscribe|subscribed|opt|opted|agree|agreed|consent|consented|register|registered|ask|asked|authorize|authorized up? in? to|for|2|4 LINK* TEXTS|list
		nunca|no me suscribi|inscribi|registre|apunte|anote a LINK* TEXTS|lista
	`},
	{ours, `
		STOP VLINK* TEXTING me|us|em
		STOP VLINK* TEXTING THIS? PHONE
		STOP VLINK* TEXTING my|our wife|husband|mom|mother|dad|father|kid|kids|daughter|son|wifes|husbands|moms|mothers|sons|daughters|grandma|family|office PHONE?
		STOP text|txt|message|msg|contact|spam me|us
		STOP VLINK* VERB_ES
		keep|keeps|kept TEXTING me_after|me_when_i_said_stop|me_and_i_said_stop
	`},
	{ours | closed, `
		STOP VLINK* TEXTING this?
		STOP VLINK* BOTHERING me|us
		STOP VLINK* BOTHERING this|my PHONE
		STOP with? DETS? SORTS? TEXT_ONE
		END DETS SORTS? TEXT_ONE
		STOP VLINK* molestar|molestando|escribir|textear|contactar|mensajear|joder|chingar|fregar|deranger|molestes|harceler|spammer|texter
	`},
	{closed, `
		take|get me|us off|of|off_this|off_it|off_of_this|off_of_it|off_here|off_now|off_of_here
		taking me|us off
		take off my|this number
		remove|rmove|remov|delete|erase me|us
		remove_me from this|here|it|yours|that|everything|all
		remove|delete|erase|scrub this|my|the|our|these PHONE|contact|phone_number|cell_number|mobile_number
		lose|loose|forget|drop|lost this|my|the|our number|num|numer|nubmer|phone_number
		remove|delete|lose number|contact
		lose|forget this|my|these digits|info|contact
		remove_it|delete_it from LLINK* LIST
		NOTWANT to? receive|recieve|get|keep_getting|keep_receiving these
		get_rid_of my|this PHONE|phone_number
		ne? textez|ecrivez|contactez|texte|ecris|contacte moi plus
		UNSUBS me|us|this_number|my_number
		UNSUBS me? from? all|this|here|everything|it|you|yall
		unsubscribe|unsub|unsubscribed my|this PHONE
		opt|opts|opting me|us|this|my_number? out
		opt me|us out of these|this|it|everything|all|that|here|them|your_crap
		take this|my number|phone|cell|line|name off
		the|these|those|your|ur|all LINK* TEXTS|texting must|need|needs|have|has|to|should|please* stop|end|cease|stopped|go_away
		opt_out me|this_number|now|of_this|from_this|this
		optout me|now|of_this|this
		want|like|wish|need|trying|choose|wanting|love|prefer to opt out|outt
		want|like|wish|need|trying|choose|wanting|love|prefer to optout|unsubscribe|unsub|be_removed|get_removed|be_unsubscribed|be_taken_off|be_left_alone|get_unsubscribed
		want|wanna unsubscribe|out_of_this_list|off_this|off_of_this|removed|be_removed
		dont|do_not|never want|wanna|need|wish|care to? hear from|of you|u|yall|this|this_number|your_company
		DEJAME_DE escribir|molestar|textear|mandar_mensajes|chingar|joder
		QUITAME de? esto|aqui|ahi|todo|una_vez?
		QUITAME
		QUITA mi|este|ese|nuestro numero|telefono|celular|cel|nombre|contacto
		BAJA_V
		quiero|quisiera|deseo|necesito|puedo UNSUBS
		solicito|quiero|pido|deseo mi|la baja
		QUITA de|del la|su|tu|esta|el lista|listado|sistema|base
		me_dejan|me_deje|me_dejen en_paz|tranquilo|tranquila
		RETIREZ moi|nous de? la|cette|ici|ca?
		RETIREZ mon|ce|notre|le numero|telephone|contact|num
		DESABO de? tout|ca|ici|cela?
		me_retirer|me_desabonner|me_desinscrire|me_desabonne|me_desinscris
		never|didnt|did_not|nvr sign|signed|sined up? for|4 this|that|any_of_this|these|anything|you|yours|ur_stuff|it|this_crap|this_shit|this_bs
		i|we never|didnt|did_not|nvr sign|signed up
		nunca|no me suscribi|inscribi|registre|apunte|anote a_esto|a_nada|aqui|en_esto
		jamais|pas inscrit|inscrite|abonne|abonnee|inscris a_ca|a_cela|a_rien|ici|la_dessus
	`},
	{order | names, `
		DONT send|sent|give|sending me|us? LINK* TEXTS
		DONT TEXT me|us|em
		DONT call|email|write|calling|or|and|ever* TEXT me|us
		DONT call|email|write|calling|or|and|ever* TEXT this|my number|phone|cell
		DONT reach_out to_me|to_us|to_this_number?
		DONT TEXT me|us|em on|at? THIS PHONE
		DONT TEXT my|this|the PHONE
		NOMORE LINK* TEXTS
		off of? the|this|your|ur|these|yalls LLINK* list|lists
		no|never TEXTING me|us|this_number
		plus_de|plus_aucun|pas_de message|texto
		not_interested_in|no_interest_in LINK* TEXTS
		MENVOYEZ plus|pas|jamais|aucun|aucune LINK* TEXTS
		ne? me? MECRIVEZ plus|pas|jamais
		ne me|nous texte|textes|ecris|relance|spamme plus|pas|jamais
		baja|bajas de? LLINK* LIST
		ne|de|et? plus|pas|jamais menvoyer|envoyer|m_envoyer|nous_envoyer|recevoir|me_faire LINK* TEXTS
		ne|de? plus|pas|jamais me_contacter|mecrire|m_ecrire|me_deranger|me_texter|nous_contacter|me_spammer|me_relancer|etre_contacte|etre_contactee|me_recontacter|me_solliciter
	`},
	{order | closed | alone, `
		can|could|would|will|to|you|need|want|please|just* leave|let me|us|this_number alone|be|b
		DEJAME en_paz|tranquilo|tranquila|tranquilos|de_molestar|ya_en_paz|de_escribir
		LAISSE moi|nous donc? tranquille|tranquilles|en_paix|la_paix
		fiche|fichez|fous|foutez|foute moi|nous la paix
		lache|lachez moi|nous les_baskets|un_peu|la_grappe?
	`},
	{order | closed, `
		DONT bother|harass|bug|disturb me|us
		DONT TEXT this|here|anymore|again|back_ever?
		NONE LINK* TEXTS
		no TEXT_ONE
		no|no_more|no_mas TEXTING me|us?
		no_more|no_mas TEXT_ONE
		no_molesten|no_moleste|no_molestes|no_molestar|no_contactar|no_escribir|no_mensajes|no_mandar|no_escriban|no_textear
		text|sms|phone|all? texts|notifications|messages|alerts|sms off|stop
		pas_interesse arretez|stop
	`},
}
