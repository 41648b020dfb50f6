package reply

// frenchArguments are what commands are said with.
var frenchArguments = []row{
	{role: number, trait: more, say: `
		de|en plus|supplement
		supplementaire|supplementaires|plus
	`},
	{role: number, trait: less, say: `
		de|en moins
	`},
	{role: number, trait: more, n: 1, say: `
		encore un|une|1 sac|paquet|sachet|boite|bouteille|pot? de|d?
		un|une|1 de|en plus
		un|une|1 sac|paquet|sachet|boite|bouteille|pot de|en plus
		un|une|1 sac|paquet|sachet|boite|bouteille|pot supplementaire
		un|une autre|supplementaire sac|paquet|sachet|boite? de|d?
	`},
	{role: number, trait: less, n: 1, say: `
		un|une|1 de|en moins
		un|une|1 sac|paquet|sachet|boite|bouteille|pot de|en moins
	`},
	{role: number, n: 1, say: `
		un|une seul|seule
		un|une|1 sac|paquet|sachet|boite|bouteille|pot|unite
		un|une|1 sac|paquet|sachet|boite|bouteille|pot de|d|du
		dun|d_un|dune seul|seule|sac|paquet?
	`},
	{role: object, trait: later, say: `
		la|le|celle|celui suivante|suivant|dapres|d_apres|prochaine|prochain|qui_suit
		la suivante|prochaine commande|livraison
		MY suivante|suivant
	`},
	{role: object, say: `
		la|le|ca|cela|celle|celui|celle_ci|celle_la|celui_ci|celui_la|celleci|cellela|cella|elle
		celle|celui ci|la
		cete|cette|ce|cet THING ci|la?
		DET NEXT? THING NEXT? ci|la|du_mois|de_ce_mois|de_ce_mois_ci|de_cette_semaine|de_cette_fois|en_entier?
		NEXT? THING NEXT?
		celle|celui|la|le de ce_mois_ci|ce_mois|cette_semaine|cette_fois
		pour? cette|ce|sette|cete fois|coup|foi ci|la?
		MY SUB
		la|le|celle|celui|ma|mon? prochain|prochaine fois?
		celle qui vient|arrive|doit_partir|doit_arriver|va_partir|part|est_prevue|arrive_bientot
		ce mois ci?
		MY tour
		juste|seulement? pour? cette fois ci?
		une fois
		this|the order|one
	`},
	{role: object, trait: every, say: `
		tout|toutes|tous|toute
		tout|toutes|tous les|mes|nos|ce THINGS|SUB|deux|deux_commandes
		les|toutes_les|tous_les deux|2 THINGS?
		lensemble
	`},
	{role: object, trait: plural, say: `
		mes|nos|les|vos THINGS
	`},
	{role: object, n: 2, say: `
		DET? deux|2 NEXT THINGS?
		DET? NEXT deux|2 THINGS?
		DET? deux|2 THINGS NEXT
		celle|celui|cette_commande|la_prochaine|ca ci|la? et la|celle|le|celui suivante|dapres|d_apres|prochaine|suivant|qui_suit
		deux|2 fois|commandes|livraisons
		deux|2 de suite
	`},
	{role: object, n: 3, say: `
		DET? trois|3 NEXT THINGS?
		DET? NEXT trois|3 THINGS?
		DET? trois|3 THINGS NEXT
		trois|3 fois|commandes|livraisons
	`},
	{role: object, n: 4, say: `
		DET? quatre|4 NEXT THINGS?
		DET? quatre|4 THINGS NEXT
		quatre|4 commandes|livraisons|envois
	`},
	{role: timed, say: `
		jusqua|jusquau|jusquaux|a|jusque|apres|quand|des|avant ma|mon|notre|nos|la|le|les prochaine|prochain? paye|paie|salaire|retour|versement|nouvel_ordre|rentree|accouchement
		jusqua nouvel ordre|avis
		jusqua ce que
		apres|pour|pendant les|le|mes|nos|l? vacs|vacances|fetes|exams|partiels|pont|examens
		ce jour la
		a ce moment la
		un de ces jours
		semaine|semaines|mois|jour|jours|heure|heures|an|ans|annees|toujours
		un|une|deux|trois|1|2|3|quelques heure|heures|minutes|an|ans|annees
	`},
	{role: toward, say: `
		pour|contre|par|avec|pr|a|au|en
		vers le|la?
	`},
	{role: instead, say: `
		au lieu de|du|d|dun|des|de_la|dune
		au lieu
		a|en la? place|lieu de|du|d|des|de_la|dun|de_mon|de_ma
		plutot que|qu de|le|la|du?
		et non|pas
		mais pas
	`},
	{role: rather, say: `
		mieux|plutot|a_la_place|a_la_plce|en_remplacement|a_place
	`},
	{role: suits, say: `
		cest|c_est|ca|sera|serait|me|nous|ca_me|ca_nous|est bon|bien|parfait|va|convient|ok|mieux|nickel|ideal|arrange|conviendrait|irait
		ca me va|convient|irait
		ce|ca serait|sera|joue|jouerait|irait|ferait|conviendrait bon|bien|parfait|mieux|ok|ideal|super|laffaire|l_affaire?
		ferait|fera laffaire|l_affaire
	`},
	{role: goods, say: `
		DET? WARES de|d|du?
	`},
}

// frenchFrames are what commands are asked with, turned round by, made to depend on, or taken back with.
var frenchFrames = []row{
	{role: frame, say: `
		ESTCE? que|qu? CAN CL? CL? SVP? juste|seulement|encore_me? CL? CL?
		JE? CL? WANT bien? que? vous? CL? CL?
		JW que|qu|quon|de|d|bien|juste? que|de? vous? CL? CL?
		possible|moyen|besoin de|d CL? CL?
		serait|sera|est|ce_serait|cest|c_est|il_est|sil_est|si_cest|il_serait|est_ce il|ce|cest|c_est? possible de|d|que|qu|quon|pour_vous_de? CL? CL?
		ya|y_a|il_y_a|il_y_aurait|y_aurait t_il|til|il? moyen|possibilite de|d|que CL? CL?
		ESTCE? je|on|nous|vous|tu CL? CL?
		ESTCE peut|peux|pouvez|pourrait|pourriez|pourrais CL? CL?
		merci|pensez|veuillez|veillez|priere|merci_de_bien_vouloir|merci_bien|noubliez_pas|n_oubliez_pas|noublie_pas|n_oublie_pas|merci_beaucoup de|d|bien_vouloir? CL? CL?
		merci de bien_vouloir|me|le|la|les
		veuillez|auriez_vous_lobligeance|auriez_vous_la_gentillesse|ayez_la_gentillesse|ayez_lamabilite de|d? CL? CL?
		faites|fais|faire en sorte de|que
		peut|peux|pouvez|pourrait|pourrai CL? CL?
		je|j|on|nous|jai demande|demande|prefere|dis|disais|dit de|a|que? CL?
		on|nous va|allons CL? CL?
		que|qu vous|tu|on|je? CL? CL?
		a me|m|nous
		il faut|faudrait que|qu? vous? CL?
		allez|vas y
		aidez_moi|aide_moi a
		JE? ne? dirais|dirait|dirions pas non a|pour
		cest|c_est|jecris|ce_serait pour
		de CL? CL?
		pour CL?
	`},
	{role: not, trait: vague, say: `
		JE? narrive|n_arrive|narrivais|narrivons|arrive pas a CL? CL?
		JE? ne? peux|peut|pouvons|pu|pouvais|parviens pas CL? CL?
		JE? nai|na|navons|n_ai|ai pas pu|demande|dit|voulu|reussi a|de? CL? CL?
		impossible de|d CL? CL?
		ca|cela ne? marche|fonctionne|veut|me_laisse|permet pas
	`},
	{role: not, say: `
		au lieu de|d
		plutot que|qu de?
	`},
	{role: not, trait: after, say: `
		pas|surtout_pas|non_pas|pas_du_tout|jamais|rien
	`},
	{role: not, say: `
		ne|n CL? CL?
		ne pas CL? CL?
		ni
		sans CL?
		ne|n faut|faudrait? pas|surtout_pas|jamais CL? CL?
		JE|vous|tu? ne|n CL? WANT|CAN|vais|va|allons|dois|devez|compte|souhaite pas|plus|surtout_pas|jamais|rien que|quon? vous? CL? CL?
		JE|vous|tu? WANT pas|plus|surtout_pas que|quon? vous? CL? CL?
		jveux|jvoudrais|je_veux|faut|il_faut|jaimerais|je_voudrais|je_vais|je_souhaite|on_veut|on_va|jvais pas|plus|surtout_pas|jamais que|quon? vous? CL? CL?
		il ne faut|faudrait pas|surtout_pas CL? CL?
		pas besoin|la_peine|question|envie|necessaire|utile de|d CL? CL?
	`},
	{role: hedge, say: `
		peut_etre|ptet|ptetre|peutetre|possiblement|probablement|eventuellement|sans_doute|surement|je_crois|je_pense|jpense|je_suppose|jhesite|j_hesite|on_hesite|je_me_demande|on_pense|nous_pensons|je_reflechis|jenvisage|on_envisage|jy_pense|je_songe|si_ca_se_trouve que|qu|a|si|de|quil|quon?
		vous|tu ne? savez|sais pas
		pas sur|certain|sure que|de|si?
		je|j|on? ne|n? sais|sait pas|trop si|encore|trop?
		a voir
		ou pas
	`},
	{role: cond, say: `
		si|sil|sils|sinon|sauf|a_condition|selon|des_que|tant_que|au_cas|dans_le_cas|pourvu|a_moins|depend|une_fois_que|quand que|ou|si|qu|quelle|quil|cest|ce|ca|ca_depend?
		sil nest|n_est|est|y
	`},
	{role: asks, say: `
		dois_je|devrais_je|faut_il|devrait_on|doit_on|faudrait_il|devrions_nous|je_devrais|est_ce_que_je_dois|est_ce_que_je_devrais|on_devrait|je_ferais_mieux
		comment|cmt|coment je|on|puis_je|faire|fait|peut|dois|ca|vous|faut_il|peux? fais|fait|faire|peux|marche|procede|puis? pour|je? CL?
		que|qu|qu_est_ce_qui|quest_ce_qui|quoi|qu_est_ce_quil se_passe|se_passera|arrive|passe|se_passerait til|t_il|t? si?
		pourquoi|pkoi|pk|pq|combien|lequel|laquelle|qui|quel|quelle|quoi
		est_il|il_est|est_ce|cest|c_est trop? tard pour|de?
		est_ce|c_est|cest|est_il encore|toujours|tjrs possible|temps de|d?
		CAN encore|toujours
		et si
		option|options
		jai|on_a encore|toujours le_temps
		ca veut dire
		vous|tu en? pensez|penses|conseillez quoi
	`},
	{role: turn, say: `
		attendez|attends|attend|oups|oops|pardon|correction|rectification|oublie|oubliez|laisse_tomber|laissez_tomber|ah_non|euh_non|non_attends|non_attendez|non_pardon|non_finalement|finalement_non|en_fait_non|je_rigole|je_plaisante|je_blague|minute|une_minute|un_instant|une_seconde|zut|mince|oublie_ca|oubliez_ca|non_plutot|finalement_pas|je_voulais_dire|je_veux_dire|je_me_suis_trompe_de|tout_compte_fait|reflexion_faite|a_la_reflexion
	`},
	{role: or, say: `
		ou|ou_bien|soit|ou_alors|ou_plutot|voire
	`},
	{role: and, say: `
		et|mais|puis|ensuite|apres_ca|et_puis|du_coup|aussi|egalement|et_aussi|par_contre|cependant|en_revanche|tandis|ainsi|et_ensuite
	`},
	{role: because, say: `
		parce|parceque|car|pcq|psk|pck|vu|puisque|comme|etant_donne|pasque|pckil|en_raison|a_cause|grace|cause|raison que|qu|quil|quon|que_je|quelle|de|du|a|quon_a|que_jai?
	`},
	{role: tells, say: `
		JE? ai|avons|a|avais|avait ENCORE? ENCORE?
		jai|j_ai|on_a|nous_avons|javais|j_avais|on_avait|on_est|je_suis|nous_sommes|jsuis|j_suis|chui|chuis|je_serai|on_sera|nous_serons|on_sera_pas|je_ne_suis|on_nest|je_nai|on_na|nous_navons|je_pars|on_part|nous_partons|jpars|je_vais_etre|on_va_etre|je_ne_serai|je_serais|on_ne_sera|je_bois|on_boit|jai_deja|je_viens|on_vient|je_reviens|on_demenage|je_demenage|nous_demenageons|jattends|jai_pas|on_a_pas|je_rentre|jachete|mon_mari|ma_femme|ma_fille|mon_fils|mes_enfants|ma_mere|mon_pere|mes_parents|ma_famille|mon_copain|ma_copine|mon_medecin|le_medecin|mon_budget|le_budget|mon_placard|nos_placards|mes_placards|mon_vol|mon_colis|ma_derniere|la_derniere|le_dernier|mon_dernier|mon_conge|mon_stock|notre_stock|ma_machine|ma_cafetiere ENCORE? ENCORE?
		il|ils|elle|elles|ca|c CL? a|est|etait|ont|sont|reste|restent|fait|y_a|ne|va|me_reste|nous_reste
		il me|nous|m|n|en reste|en|en_reste|manque
		cest|c_est|cetait|ya|y_a|ya_plus|y_a_pas|c_etait|ce_sont|ce_nest|cest_la|cest_trop|nest
		a|ont|avait ete
		sauté|sautée|retardé|retardée|décalé|décalée|reporté|reportée|repoussé|repoussée|passée|expédiée|arrêtée|envoyé|envoyée|annulé|annulée|livré|livrée|débité|débitée|passé|expédié|commandé|arrêté|changé|échangé
		jarrive|jhabite|je_trouve|jaime|jadore|jai_adore|jai_aime|jai_bien_aime|on_adore|on_aime|merci_pour
	`},
	{role: reason, means: Skip, say: `
		parce_que|car|vu_que|comme|pcq|puisque? jen|j_en|on_en|nous_en|jai|j_ai|on|il_m_en|il_men|il_nous_en|il_me|il_nous|ca_me ai|a|avons|reste|restent|en_ai|en_avons|en_reste|en_a ENCORE? ENCORE? MANY? de|d|trop? WARES? HERE?
		parce_que|car|vu_que|comme|pcq|puisque? jai|j_ai|on_a|nous_avons|il_me_reste|il_nous_reste|ya|y_a|il_y_a|reste|il_reste ENCORE? ENCORE? MANY de|d|trop|trop_de|de_trop? WARES? HERE?
		jen|j_en|on_en|nous_en ai|a|avons trop|assez|plein|encore?
		trop|assez MANY? de|d? WARES|stock HERE?
		pas|n|nai|plus de|d place|besoin|stock
	`},
	{role: reason, say: `
		parce_que|car|vu_que|comme|pcq|puisque? je|on|nous|j? suis|est|sommes|serai|sera|serons|seront|pars|part|partons|vais|va|allons|etais|on_est ENCORE? en|a|absent|absente|absents|hors|pas vacances|voyage|deplacement|conge|conges|etranger|letranger|absent|la|lhopital|hopital|arret_maladie|plein_demenagement|demenagement|la_maison|chez_nous|de_la_ville|dici|partir? ce_mois_ci|cette_semaine|tout_le_mois|jusqua|en_ce_moment|pour_un_moment?
		parce_que|car|vu_que|comme|pcq|puisque? je|on|nous|j pars|part|partons|demenage|demenageons|voyage|voyageons|mabsente|sabsente en|a? vacances|voyage|letranger|ce_mois_ci|bientot|week_end|conge|conges?
		JE|on? nest|n_est|suis|ne_serai|ne_sera|serai|sera|sera_pas|serai_pas pas la|chez_nous|chez_moi|a_la_maison|present|presente
		pas|plus|n de|d argent|budget|sous|place|fric|ble ce_mois_ci|ce_mois|en_ce_moment|cette_fois?
		budget serre|limite|un_peu_serre ce_mois_ci|ce_mois?
		fin de mois difficile|compliquee|serree
		pas|n les? moyens ce_mois_ci|ce_mois?
		trop de cafe|the|stock|choses
	`},
}

// frenchTalk are complete statements, and words that change nothing.
var frenchTalk = []row{
	{role: says, means: Thanks, say: `
		merci|mrc|mci|merki|mercii|mercy|remerciements bien|beaucoup|bcp|infiniment|a_vous|a_tous|davance|d_avance|mille_fois|encore|enormement|a_toi|bonne_journee|par_avance|pour_votre_aide|pour_tout|pour_linfo|pour_linformation|de_votre_aide|pour_le_rappel|du_rappel|pour_votre_message|de_votre_comprehension|pour_votre_comprehension|de_me_prevenir|de_mavoir_prevenu|de_mavoir_prevenue|de_mavoir_averti|de_mavoir_avertie|de_nous_avoir_prevenus|davoir_prevenu|pour_ton_aide|cordialement|a_bientot|tout_plein|mille? davance|beaucoup|bonne_journee|et_bonne_journee?
		mille|grand|un_grand|milles|tous_mes merci|mercis|remerciements
		je|on|nous vous|te remercie|remercions|remercier beaucoup|par_avance|davance|infiniment?
		bonjour|bjr|bonsoir|bsr|salut|coucou|cc|slt|hello|bjour|bonjours|allo|bonsoar|rebonjour|re a_vous|a_tous|madame|monsieur|lequipe|l_equipe|les_amis|toute_lequipe?
		bonne|bon|belle|excellente|joyeux|joyeuse|joyeuses|tres_bonne journee|soiree|nuit|semaine|fin|weekend|week_end|annee|noel|fetes|continuation|apres_midi|fete de_journee|de_semaine|a_vous|a_tous|a_vous_aussi|et_merci?
		ok|okay|okey|oki|okk|k|daccord|d_accord|dacc|d_acc|dac|entendu|parfait|super|genial|nickel|compris|bien_recu|recu|note|bien_note|excellent|cool|impeccable|formidable|tres_bien|ca_marche|ca_roule|cest_bon|c_est_bon|cest_note|c_note|valide|note_merci|cest_parfait|cest_super|cest_correct|c_est_correct|cest_compris|pas_de_souci|pas_de_soucis|pas_de_probleme|ca_me_va|ca_va|bien|voila|good|chouette|magnifique|c_est_parfait|cest_gentil|vous_etes_super|vous_etes_top|de_rien|avec_plaisir merci?
		cordialement|bien_a_vous|bien_cordialement|a_bientot|au_revoir|a_plus|bises|bisous|bye|ciao|salutations|cdt|cdlt|a_la_prochaine|a_tout_a_lheure
		jadore|j_adore|jaime|on_adore|on_aime|jai_adore|jai_aime|jai_bien_aime|excellent|tres_bon|trop_bon|miam|delicieux bien|beaucoup|trop? votre|le|ce|ton|vos? cafe|the|produit|produits?
	`},
	{role: filler, say: `
		SVP
		temporairement|provisoirement
		si|quand ca_ne_vous_derange_pas|vous_pouvez|tu_peux|possible|cest_possible|c_est_possible|vous_le_pouvez|vous_voulez_bien|cest_ok|vous_voulez|tu_veux|tu_veux_bien|ca_vous_va|cela_ne_vous_derange_pas|ca_vous_derange_pas|ca_te_derange_pas|ce_nest_pas_trop_demander|ca_vous_convient|vous_pourriez SVP?
		sil est possible
		dorenavant|desormais|a_lavenir
		et reprendre|reprenez|reprends normalement|comme_dhabitude|ensuite|apres a? la? suivante|prochaine?
		juste|seulement|uniquement|simplement|euh|heu|ben|bah|bon|voila|hein|quoi|ah|oh|lol|mdr|haha|hihi|alors|en_fait|finalement|desole|desolee|pardon|excusez_moi|excuse_moi|desoles|mme|madame|monsieur|mr|lequipe|chers|cher|chere|allez|tiens|dites|dis|ecoutez|ecoute|bref|surtout|vraiment|encore|toujours|bien|tout_simplement|comme_prevu_sinon|la|ci|y|aussi|egalement|deja|cette_annee|maintenant_que|par_contre|pour_linstant|pour_le_moment|en_ce_moment|pour_l_instant|actuellement|de_nouveau|a_nouveau|encore_une_fois|sinon_rien|afin|hey|hi|wesh|les_amis|mes_amis|frere|meuf|mec|cherie|cheri|du_coup|donc|au_moins|je_crois_bien|merci_de_confirmer|point|virgule|exclamation
		sur
		nimporte|n_importe quel jour
		pour|a|de|chez moi|nous|ma_part|notre_part|mon_cote|notre_cote
		vous|tu|nous|moi|toi|on|je|j|me|te|se|lui|leur|en
		sur mon|notre compte|abonnement
		de ma|notre part
		de mon|notre|l abonnement|abo
		de l equipe
		point dexclamation|d_exclamation|dinterrogation
	`},
	{role: says, means: Next, say: `
		quand|qd|kan|kand ESTCE? que? JE? CL? arrive|arrivera|part|partira|est|sera|vient|recois|recevrai|vais_je|serai|va|doit|livrez|livrera|partez|recevrons|recevoir|expediez|c_est|cest|envoyez|partent|vous t|elle|je|on|livrez|envoyez? elle? MY? NEXT? THING|THINGS|cafe|the|SUB|livree|recevoir|arriver|livre|debite|debitee? NEXT?
		cest|c_est|ce_sera|ca|elle quand|qd|pour_quand MY? NEXT? THING? NEXT?
		ca|elle|il|la_commande|ma_commande|mon_colis arrive|part|vient|est_prevue|est quand|pour_quand|qd
		MY? NEXT? THING|prochaine|prochain NEXT? cest|c_est|elle|est|arrive|part|ce_sera|sera quand|qd|quoi|pour_quand|prevue_quand
		quelle|quel|quels|cest_quoi|c_est_quoi|quelle_est|quel_est|cest_quel|quelle_sera|est MY|sera? MY? NEXT? THING|date|jour|THINGS|la_date|livraison NEXT? de|du? MY? NEXT? THING|livraison?
		quest_ce_que|qu_est_ce_que|quesque|keske|kesque|quest_ce_quon|qu_est_ce_qu JE? CL? recois|recevrai|vais_recevoir|va_recevoir|recevons|recoit|recevra|aurai|dois_recevoir|attends MY? NEXT? THING? ce_mois_ci|bientot|la_prochaine_fois?
		quest_ce_qui|qu_est_ce_qui|quest_ce_quil|quoi CL? arrive|est_prevu|vient|y_a_dans|est|y_a dans? MY? NEXT? THING? ce_mois_ci|bientot|la_prochaine_fois?
		quest|qu_est ce qui mattend|m_attend|nous_attend TIME?
		a? quelle date|jour dois_je|je_dois|doit_on|on_doit|vais_je|va_t_on attendre|recevoir MY? NEXT? THING?
		que vais_je|recois_je|recevrai_je|contient recevoir? MY? NEXT? THING?
		JE recois|vais_recevoir|recevrai quoi|quand
		statut|status|etat|suivi|staut|statu de|du? MY? NEXT? THING|SUB?
		prochain|prochaine|suivant|suivante|next|la_suite
		vous|tu|on CL? ~envoyez|envoies|recoit quoi la_prochaine_fois|ce_mois_ci|bientot?
		quel|quelle WARES CL? recois|arrive|vient|recevrai ce_mois_ci?
		prochaine|prochain THING
		MY prochaine|prochain THING
		cest|c_est|quelle quoi|laquelle|est MY NEXT
		où|ou|ou_en|où_en|ou_se_trouve est|sont|se_trouve|en_est MY NEXT? THING|THINGS|cafe|the
		ESTCE? MY NEXT? THING est|arrive|part|a|va|sera|elle|part_elle|arrive_t bien|toujours|deja|bientot|elle|t_elle|partie|quand|expediee|expediee|en_route|prevue|livree|a_t_elle
		ESTCE? que? jai|ai_je|j_ai|est_ce_que_jai une|des commande|commandes prevue|en_cours|bientot|prevues|programmee?
		voir|verifier|verifiez|checker|checke|check|consulter|connaitre|savoir MY|la|mon|quand NEXT? THING|date|next_order|order|arrive NEXT? de? MY? NEXT? THING?
	`},
	{role: says, means: Link, say: `
		SENDA? MOI? renvoyer|renvoyez|donnez|donne|donner|avoir|envoyez_moi|renvoie|partagez|filez|file|donnez_moi|passez_moi|recevoir? MOI? le|un|mon|ton|votre|la|du|ce? LIEN pour|vers|de|d|du? MY|me|gerer|acceder_a|se|acces? SUB|connecter|compte|mon_compte|connexion|acceder?
		LIEN
		donner|donnez|donne|filez|file|envoyez|envoie|passez|passe|partagez MOI? la|le|votre|un page|site|espace pour|de|ou|du? gerer?
		comment|cmt|où|ou|coment ESTCE? je|on|puis_je|faire_pour|peut_on|puis|dois_je|faire|fait_on|pouvons_nous|peux_je|jaccede? CL? connecte|connecter|acceder|accede|gerer|gere|modifier|modifie|voir|changer|me_connecter|peux_acceder|peux_gerer|peux_me_connecter|peux_modifier|peux_voir|vois|trouve|trouver|peux_trouver a|sur|ma|mon|au|mes|dans? MY? SUB|THING|THINGS|compte|site|profil|espace|page|espace_client|abonnement|espace_personnel?
		acceder|connexion|me_connecter|se_connecter|acces|connecter|gerer|jaccede a|au|sur? MY? compte|SUB|espace_client|espace|site|profil
		mon|notre|votre|son? compte|espace|espace_client
		connexion|se_connecter|me_connecter|espace_client|portail
		gerer MY SUB|compte
		changer|modifier|mettre_a_jour|actualiser|changement_de|nouvelle|ajouter|maj ma|la|de|mes|une|ma_nouvelle|les? carte|cb|carte_bancaire|carte_de_credit|moyen_de_paiement|coordonnees_bancaires|infos_de_paiement|carte_bleue
	`},
	{role: says, means: Keep, say: `
		ne? CL? mettre|mets|mettez|met CL? pas|rien CL? MY? SUB|THING|THINGS? en pause|attente
		ne pas CL? mettre MY? SUB|THING? en pause|attente
		laisser|laisse|laissez|laissons LE? MY? THING? comme|telle_quelle|tel_quel|ainsi|inchange|inchangee|en_letat|tranquille|tel_que_prevu ca|cest|c_est|prevu|elle_est|cela|dhabitude|ci|elle?
		laisser|laisse|laissez MY|LE THING
		laisse|laissez LE?
		garder|garde|gardez|gardons|conserver|conservez|maintenir|maintenez|maintiens|je_garde|on_garde LE|MY NEXT? THING|date|livraison|SUB|commande_prevue? comme|telle_quelle|prevue|tel_quel? ca|prevu|cest?
		garder|garde|gardez|maintenez|maintenir tout|comme_ca|comme_prevu
		on|vous|je|nous? ne|n changez|change|changer|touchez|touche|modifiez|modifie|bougez|bouge|toucher|modifier|changent LE? rien|pas|surtout_rien|a_rien a|de? la|ma|THING|date|tout?
		ne rien changer|modifier|toucher
		change|changez|touchez|touche|modifiez rien|pas_de_date|a_rien
		aucun|pas_de|pas_d|sans|zero changement|modification|changements|modifications|modif a|necessaire? faire|signaler|apporter?
		rien a|ne changer|changement|modifier|signaler|change
		je|on|nous la|le|les|l|en veux|veut|voulons|voudrais|prends|garde|prend|attends ENCORE? bien|quand_meme|comme_prevu|comme_dhabitude?
		je|jen|on veux|en_veux ENCORE|bien|quand_meme MY|cette|la|ce THING
		jen|j_en|on_en veux|ai|veut toujours|quand_meme|besoin
		comme|tel_que prevu|dhabitude|d_habitude|toujours|programme
		envoyez|livrez|expediez|envoie|lenvoyer|envoyer|continuez LE? MY? THING? comme prevu|dhabitude|d_habitude|toujours
		nannulez|n_annulez|nannule|nannuler|nannules|n_annule|narretez|n_arretez|narrete|nechangez|n_echangez|najoutez pas|rien|plus MY|LE|les_envois|tout|cette|ma? SUB|THING|THINGS|cafe?
		annulez|annule|arretez pas MY|LE? SUB|THING?
		pas|ne d|pas annulation|annuler MY|LE? THING|SUB?
		tout est|va bien|ok|bon|parfait|correct
		continuez|continuer|continue a|de? LE? les|menvoyer|envoyer|comme? envois|livraisons|ca?
		on|je reste|restons|garde comme|sur ca|cela|la|cette? date?
		la meme chose
		cest bien|bon comme ca
	`},
	{role: says, means: Yes, say: `
		oui|oue|ouais|ouai|ouep|ouip|ouii|ouiii|wi|ui|yes|mouais|affirmatif|absolument|exactement|exact|tout_a_fait|bien_sur|volontiers|evidemment|certainement|certes|carrement|vas_y|allez_y|yep|ok_pour_moi oui|bien_sur|exactement|cest_ca|volontiers|madame|monsieur|merci?
		cest|c_est ca|exact|cela
	`},
	{role: says, means: No, say: `
		non|nan|nope|nn|noon|nooon|naan|pantoute merci|non|vraiment|desole|desolee?
		pas du tout
		pas question|interesse|interessee
		absolument|certainement|surtout pas
		pas maintenant|encore|aujourdhui|tout_de_suite
	`},
	{role: verb, means: Person, say: `
		annuler|annulez|annule|resilier|resiliez|resilie|terminer|terminez|arreter|arretez|stopper|stoppez|supprimer|supprimez|cloturer|cloturez|fermer|fermez|cancel|canceler|canceller|mettre_fin_a|mettre_fin|resiliation|resiliation_de|annulation|annulation_de definitivement|de? MY|l|d|le|a_mon? SUB
		resilier|resiliez|resilie|resiliation|annuler_tout|tout_annuler|annulez_tout|desabonner|desabonnez|desabonnement|me_desabonner|desinscrire
		JW annuler|tout_annuler|resilier|arreter
	`},
	{role: says, means: Person, say: `
		contacter|joindre|avoir un|une|quelquun|quelqu_un|le|votre|vous|qqn conseiller|personne|humain|agent|responsable|service_client|service|telephone?
		parler|discuter
		en? retard|retardee|retards
		pourquoi|pk|pkoi ma|mon|mes|vous|jai|j_ai|on|est_ce|cest|je|le|la THING|THINGS?
		ESTCE? vous|que? avez|as|vendez|proposez|faites des|du|de|un|une|d|aussi?
		parler|discuter|echanger|communiquer a|avec un|une|quelquun|quelqu_un|le|votre|vous|qqn? conseiller|conseillere|personne|humain|agent|responsable|service_client|vrai|vraie|operateur|service|telephone?
		conseiller|conseillere|humain|agent|operateur|responsable|service_client|sav|quelquun|quelqu_un|service_clients|gerant|manager|representant|telephone|numero_de_telephone|reclamation|plainte|avocat
		rappeler|rappelez|rappelle|appelez|appelle|contactez|~appeler|joignez moi|nous|me|m_appeler?
		remboursement|~remboursez|~rembourser|rembourse|remboursee|rembourses|avoir_un_remboursement|geste_commercial
		debite|débité|debitee|débitée|debiter|prelevement|preleve|facture|factures|facturation|facture_deux_fois|prix|tarif|cher|chere|promo|promotion|reduction|remise|code_promo|coupon|frais|paiement|bon_de_reduction|coute|combien_ca_coute
		abime|abimee|abimes|casse|cassee|casses|dechire|dechiree|ouvert|ouverte|perce|percee|ecrase|ecrasee|mouille|mouillee|defectueux|perime|perimee|endommage|endommagee|incomplet|incomplete|vide|moisi|rance
		MY? THING|THINGS? nest|n_est|nai|na|est jamais|pas|toujours_pas arrive|arrivee|recu|venu|la
		pas recu|arrive|livre|livrée|recue|arrivee
		il manque|manquait|me_manque
		manquant|manquante|manque
		trompe|trompes de produit|commande|produits|colis|sac|adresse
		mauvais|mauvaise|faux produit|commande|colis|adresse|cafe|the|article
		~adresse|demenage_nouvelle_adresse|coordonnees
		changer|changement|modifier|nouvelle|changé|mettre_a_jour MY|d|de? adresse|adresse_de_livraison|email|mail|numero|telephone|dadresse
		change|changé d|dadresse adresse?
		combien|combien_ca|cest_combien|c_est_combien|ca_coute|quel_est_le_prix ca_coute|coute|cest|est_ce|combien?
		bio|biologique|cafeine|gluten|vegan|vegetalien|sucre|allergie|allergique|ingredients|equitable|halal|casher|lactose|corse|moulu|mouture|grains_entiers
		quel|quelle|quels|lequel|laquelle cafe|the|est|produit|saveur|est_le|est_la
		avez_vous|vous_avez|est_ce_que_vous_avez|vendez_vous|vous_vendez|proposez_vous|faites_vous|livrez_vous|y_a_til|acceptez_vous
		toutes|tous|chaque les? deux|trois|quatre|six|huit|2|3|4|5|6|8|10|mois|semaine|quinze|15? semaines|mois|jours?
		frequence
		jai|j_ai|on_a|nous_avons une|un|des|eu_un question|questions|probleme|souci|problemes|reclamation|soucis
		question|probleme|souci|plainte
		pourquoi
		quel|de quel
		ne|n marche|fonctionne|arrive pas
		vol|vole|volee|vole_mon_colis
		arretez|arrete de CL? debiter|prelever|facturer|voler
		plus|jamais jamais
		jen|j_en|on_en ai|a marre|ras_le_bol
		marre|inadmissible|scandaleux|honteux|inacceptable|arnaque|nul|decu|decue
	`},
}
