package reply

// french is the table of French: tu, vous, on and infinitives. Apostrophes are gone from words, or were never
// typed: a ~ before a word stands for what may be elided before it, so "~envoi" is envoi, lenvoi and l envoi.
var french = lexicon{
	language: French, groups: frenchGroups,
	rows: concat(frenchCommands, frenchHints, frenchArguments, frenchFrames, frenchTalk),
	typed: `sauter sautez reporter reportez decaler decalez repousser retarder pause suspendre reprendre reactiver annuler
		changer remplacer echanger semaines semaine commande livraison abonnement prochaine ajouter zapper defaire`,
	starts:  "l m t s d j qu",
	accents: "sauté sautée sautés sautées reporté reportée décalé décalée retardé retardée repoussé repoussée envoyé envoyée annulé annulée livré livrée passé passée débité débitée expédié expédiée commandé échangé changé arrêté arrêtée où",
}

const frenchGroups = `
	SVP svp|stp|sil_vous_plait|s_il_vous_plait|sil_te_plait|s_il_te_plait|sil_vs_plait|silvousplait|sivouplait|siouplait|siou_plait|si_vous_plait|s_v_p|sil_vou_plait|silteplait|s_t_p|please|pls|plz
	CL me|te|se|le|la|les|nous|vous|lui|leur|en|y|l|m|t|moi|toi|ca|cela
	MOI moi|nous|me|m
	LE le|la|les|l|ca|cela|celle_ci|celle_la|celui_ci|celui_la|en
	DET le|la|les|l|mon|ma|mes|notre|nos|ce|cet|cette|ces|votre|vos|ton|ta|du|de_la|au|un|une|des|de|d|aux|cete
	MY ma|mon|mes|notre|nos|la|le|les|l|cette|ce|cet|votre|ta|ton
	NEXT prochain|prochaine|suivant|suivante|prochains|prochaines|suivants|suivantes|a_venir|en_cours|actuelle|qui_vient|qui_arrive|habituelle|prevue|programmee|prevu|procaine|prochane
	THING commande|comande|commende|~envoi|livraison|colis|paquet|boite|~expedition|box|coffret|panier|~abo|order|cmd|cde|cmde|livraizon
	THINGS commandes|envois|livraisons|colis|paquets|boites|expeditions|box|abonnements
	SUB ~abonnement|~abonement|~abo|~abonnements|abonnements|compte|forfait|~adhesion
	WARES cafe|cafes|thes|sac|sacs|sachet|sachets|paquet|paquets|boite|boites|produit|produits|grains|capsules|stock|stocks|reserve|reserves|bocal|bocaux|pots|bouteilles|tisane|infusion|cafe_moulu
	CAN pouvez_vous|pourriez_vous|peux_tu|pourrais_tu|vous_pouvez|vous_pourriez|tu_peux|tu_pourrais|pouvez|pourriez|peux|pourrais|pouvons_nous|pourrions_nous|peut_on|pourrait_on|on_peut|on_pourrait|puis_je|pourrais_je|je_peux|je_pourrais|je_puis|peut_etre_possible|pouvez_vs|pourriez_vs|vs_pouvez|vs_pourriez|jpeux|j_peux|jpourrais|nous_pouvons|nous_pourrions|pouvoir|peu_tu|pouvez_vou|pouriez_vous|vous_pouriez
	WANT veux|voudrais|voudrait|aimerais|aimerait|souhaite|souhaiterais|souhaiterait|souhaitons|souhaiterions|desire|desirerais|desirons|prefere|prefererais|preferons|preferait|voudrions|aimerions|voulons|veut|voulais|voulait|voudrai|aimerai|compte|tiens_a
	JE je|on|nous|j|moi_je
	JW je_veux|je_voudrais|jveux|jvoudrais|j_veux|j_voudrais|on_veut|on_voudrait|on_aimerait|nous_voulons|nous_voudrions|nous_aimerions|jaimerais|j_aimerais|jaimerai|j_aimerai|je_voudrai|je_souhaite|je_souhaiterais|nous_souhaitons|nous_souhaiterions|on_souhaite|on_souhaiterait|je_desire|je_desirerais|je_prefere|je_prefererais|on_prefere|on_prefererait|nous_preferons|jai_besoin_de|jai_besoin_d|jai_besoin_que|on_a_besoin_de|nous_avons_besoin_de|il_faut|il_faudrait|faut|faudrait|faudra|il_faudra|je_dois|on_doit|nous_devons|je_vais|on_va|nous_allons|jvais|j_vais|jvai|je_vais_devoir|on_va_devoir|je_tiens_a|jaurais_besoin_de|jaurai_besoin_de|je_vous_demande|je_vous_prie|je_te_prie|merci|je_compte|jte_demande|je_veut|je_choisis|je_demande|cest_pour|jappelle_pour|jecris_pour
	ESTCE est_ce_que|est_ce_qu|esque|est_ce_quil|est_ce_quon|esce_que|est_ce|estce_que|escque|kesque
	TIME ce_mois_ci|ce_mois|cette_fois|cette_fois_ci|cette_semaine|ce_coup_ci|pour_cette_fois|pour_ce_mois|pour_ce_mois_ci|cette_foi|sette_fois
	SENDV envoyez|envoie|envoies|envoyer|envoye|envoyes|envoi|envois|enverrez|envoyiez|expediez|expedie|expedier|expedies|livrez|livre|livrer|livres|postez|poster|faites_partir|fais_partir|faire_partir|faites_livrer|envoiez|envoyé|expediez
	SENDA ~envoyez|~envoie|~envoies|~envoyer|~enverrez|~envoyiez|~envoiez|~expediez|~expedie|~expedier|livrez|livre|livrer|postez|poster|faites_partir|faites_livrer|fais_partir|la_livrer
	NSEND nenvoyez|nenvoie|nenvoyer|nenvoies|nexpediez|nexpedie|nexpedier|n_envoyez|n_envoie|n_envoyer|n_expediez|ne_livrez|ne_livre|ne_lenvoyez|ne_lenvoie|ne_menvoyez|ne_menvoie|ne_nous_envoyez|ne_les_envoyez|ne_la_livrez|ne_le_livrez|ne_l_envoyez|ne_m_envoyez|ne_me_lenvoyez|ne_me_l_envoyez|ne_nous_lenvoyez|ne_les_livrez|ne_me_livrez|ne_me_livre|ne_nous_livrez|ne_lexpediez|ne_l_expediez|ne_me_les_envoyez|ne_me_la_livrez|ne_postez|ne_me_lenvoie|ne_lexpedie|ne_l_envoie|ne_l_expedie|ne_m_envoie
	NOW maintenant|tout_de_suite|aujourdhui|aujourd_hui|immediatement|des_maintenant|des_aujourdhui|de_suite|au_plus_vite|le_plus_vite_possible|des_que_possible|le_plus_tot_possible|asap|sans_attendre|ajd|auj|dans_limmediat|toute_suite|tout_desuite|illico|rapidement
	MANY plein|beaucoup|trop|assez|suffisamment|enormement|bcp|bcp_trop|beaucoup_trop|largement_assez|tout_un_stock|encore_plein|pas_mal|tellement|des_tonnes|une_tonne|un_stock|un_paquet|quelques|plusieurs|deux|trois|quatre|un|une|2|3|4|5|des
	LIEN lien|link|url|~adresse_du_site
	HERE ici|chez_moi|chez_nous|a_la_maison|en_stock|en_reserve|dans_le_placard|davance|d_avance|non_ouverts|pas_ouverts|pas_ouvert|de_reste|de_cote|encore|dans_les_placards|actuellement|en_ce_moment|pour_linstant
	ENCORE encore|toujours|tjrs|tjs|tjr|deja|bien|aussi|actuellement
`

var frenchCommands = []row{
	{role: verb, means: Delay, trait: weak, say: `
		NSEND CL? CL? pas|rien avant|jusqua|jusquau|davant le|la|l|fin?
		ne CL? CL? SENDV CL? pas|rien avant le|la|l?
		mais? pas|rien avant
		SENDV CL? CL? rien|pas avant
	`},
	{role: verb, means: Skip, say: `
		sauter|saute|sautez|sautes|sautons|sauterai|sauterons|stauer|suater|sautr|sautter|sauttez|soter|sotez|sautz|sauer|suatez|sauteer|sautere|sautee|sauetr|saiter|saitez|sayter
		skip|skipping|skipp|skp|sikp
		skipper LE|cette|ce|ma|la|le|mon NEXT? THING?
		skippe|skippez|skippes|skipe|skipez|skippons
		zapper|zappe|zappez|zappons|zapez|zape|zaper
		omettre|omets|omettez|omettons
		pas de TIME
		pas de|d? livraison|commande|colis|denvoi|envoi TIME
		ce_mois_ci|cette_fois|cette_fois_ci|ce_mois non|pas merci?
		passer|passe|passez|passes|passons|passerai MY|son|leur? tour
	`},
	{role: verb, means: Skip, trait: weak, say: `
		JE passe|passerai|passerais|passons
		passe|passer|passerai|passerais|passons|passez
		NSEND CL? CL? pas|rien|aucune|aucun
		ne CL? CL? SENDV CL? pas|rien|aucune|aucun
		ne pas CL? CL? SENDA
		SENDV|lenvoyez|menvoyez|lenvoie|menvoie MOI|la|le|les? pas|rien
		inutile|pas_la_peine de|d|que? CL? CL? SENDA|envoyer
		pas besoin de|d|que|quon|que_vous? CL? CL? SENDA|la_livraison|envoi|livraison|m_envoyer|recevoir
		pas|ni|cest? la_peine|necessaire|utile de|d CL? CL? SENDA
		~ignorer|~ignorez|~ignore
		faire|faites|fais limpasse|une_impasse sur
	`},
	// "Passer commande" is to place one: with the order as its object the verb may mean either.
	{role: verb, means: Skip, trait: vague, say: `
		passer|passe|passez|passons|passerai une|la|ma|cette|notre|mes|les? NEXT? commande|commandes NEXT?
	`},
	{role: verb, means: Skip, trait: vague, say: `
		enlever|enlevez|enleve|retirer|retirez|retire en?
		annuler|annulez|annule|annules|annulation|anuler|anulez cette|la|ma|notre|celle|seulement|juste|uniquement|celle_ci|celle_la|une|mon|ce|le|cet|l|celui_ci|lenvoi|ce_mois_ci NEXT? THING|celle_ci|commande_de_novembre|NEXT?
		supprimer|supprimez|supprime|stopper|stoppez cette|la|ma|notre|le|mon|ce NEXT? THING
		je|on? nen|n_en ai|a|veux|veut pas|plus besoin|vraiment?
		je|on? nai|na|n_ai|n_a pas|plus besoin de|d|du?
		je|on? ne la|le|les veux|veut pas|plus
		jen|j_en|on_en ai|a|veux|veut pas vraiment? besoin?
		pas|plus besoin
	`},
	{role: verb, means: Pause, trait: vague, say: `
		pause cafe|the
		fais|faire|fait|faisons|prendre une? pause cafe|the
	`},
	{role: verb, means: Delay, trait: vague, say: `
		NSEND CL? CL? pas NOW|encore
	`},
	{role: verb, means: Delay, trait: vague | faint, say: `
		pas maintenant|encore
		plus tard
	`},
	{role: verb, means: Skip, trait: done | weak, say: `
		sauté|sautée|sautés|sautées|saut
	`},
	{role: verb, means: Delay, say: `
		reporter|reporte|reportez|reportes|reportons|repporter|repportez|reporer|reportr|rapporter_la|reprter|repoter|repoerter|reportee|repporte
		decaler|decale|decalez|decales|decalons|decaller|decallez|decalle|decalr|dekaler|decler|decalez
		repousser|repousse|repoussez|repousses|repoussons|repouser|repousez|repouse|repoussr|repousez
		retarder|retarde|retardez|retardes|retardons|retader|retardr
		differer|differez|differe|differons
		remettre|remets|remettez CL? CL? a|pour plus_tard
		~ajourner|~ajournez|~ajourne|postposer|postposez|reprogrammer|reprogrammez|reprogramme|replanifier|replanifiez|replanifie
		changer|changez|change|modifier|modifiez|modifie|deplacer|deplacez|deplace|bouger|bougez|bouge CL? CL? de|la|ma|sa|ta|votre? date|jour|dates de|du|d? MY? THING|livraison|envoi|expedition?
		un|une|d|a? autre date|jour
		une date ulterieure|plus_tard|plus_tardive
		plus tardivement
		delay|delya|dealy|delayer
		report|un_report|decalage|un_decalage
	`},
	{role: verb, means: Delay, trait: weak, say: `
		deplacer|deplace|deplacez|deplacons
		remettre|remets|remettez LE? LE? a|pour|au
		pousser|pousse|poussez|poussons|tasser|tasse|tassez
		bouger|bouge|bougez|glisser|glissez|glisse
		~attendre|~attendez|~attend|patienter|patientez
		prolonger|prolongez|prolonge|allonger|allongez|espacer|espacez
		garder|gardez|garde LE? pour|jusqu|jusqua|jusquau
		SENDA MOI? LE? plus tard
	`},
	{role: verb, means: Pause, say: `
		pause sur|pour|de
		pause|pauser|pausez|puase|pauz|pausse|paus
		mettre|mets|met|mettez|metre|metez|mettons|passer|passez|placer|placez CL? MY? SUB|THING|THINGS|tout|toutes_les|toutes_mes|tous_mes|tous_les|cafe|the? THINGS? en|sur pause|attente|suspens|standby|stand_by|pose
		en pause|attente|suspens|suspend
		faire|fais|fait|fera|faites|faisons|prendre|prends|prend|prendra|prendrai|prendrons|prenez|prenons une|un|ma petite|courte|longue? pause|break|coupure
		suspendre|suspends|suspend|suspendez|suspendons|suspendr|suspandre
		geler|gelez|gele|congeler
		interrompre|interrompez|interromps|~interrompre|~interrompez
	`},
	{role: verb, means: Pause, trait: limited, say: `
		arreter|arretez|arrete|arretes|arretons|stopper|stoppez|stoppe|stop|cesser|cessez|cesse de|d? CL? SENDA|livrer|envoyer|menvoyer|m_envoyer|nous_envoyer|me_livrer
		arreter|arretez|arrete|arretons|stopper|stoppez|stoppe|cesser|cessez MY? SUB|THING|THINGS|cafe|the|tout
		~arreter|~arretez|~arrete|stopper|stoppez|stoppe
		NSEND|ne_menvoyez|ne_nous_envoyez|ne_livrez plus|plus_rien de|d|le|la?
	`},
	{role: verb, means: Resume, say: `
		reprendre|reprends|reprenez|reprend|reprenons|repredre|reprendr
		reactiver|reactive|reactivez|reactivons|re_activer|~reactiver
		relancer|relance|relancez|relancons
		redemarrer|redemarre|redemarrez
		continuer|continue|continuez MY SUB|THING|THINGS
		recommencer|recommence|recommencez|recommencons a? CL? recevoir|envoyer|livrer|menvoyer|les_envois|les_livraisons|mon_abonnement|m_envoyer?
		enlever|enlevez|enleve|retirer|retirez|retire|lever|levez|leve|arreter|arretez|arrete|finir|fin|sortir|sortez|terminer|terminez|annuler|annulez|annule LE? la|de|ma|cette|de_la? pause
		remettre|remets|remettez|remets_moi|activer|activez|active CL? CL? MY? SUB|THING|THINGS? en_route|en_marche|en_service|a_nouveau
		debloquer|debloquez|degeler|degelez
	`},
	{role: verb, means: Undo, say: `
		defaire|defais|defaites|defait
		annuler|annulez|annule|anuler|anulez|anule|enlever|enlevez|enleve|supprimer|retirer le|ce|mon|la|cette|ma|l|lancien saut|report|decalage|changement|modification|skip|dernier_changement|delay|derniere_action|derniere_modification|action
		remettre|remets|remettez|remet LE? LE? comme|telle_quelle|dans_le|a_sa|au_programme|a_la_date|a_la_place|au_planning avant|cetait|prevu|c_etait|elle_etait|date|initiale|dorigine|planning?
		comme avant
		remettre|remets|remettez|remet|retablir|retablissez|retablis|restaurer|restaurez|restaure LE
		remettre|remets|remettez|remet|retablir|retablissez|retablis|restaurer|restaurez|restaure MY? NEXT? THING
		revenir|revenez|reviens|retour|retourner en_arriere|a_la_date|a_lancienne|a_letat davant|d_avant|initiale|precedente|date|precedent?
		desauter|dessauter|deskipper|unskip|desauter
	`},
	{role: verb, means: Undo, trait: vague, say: `
		annuler|annulez|annule|anuler|anulez ca|cela|tout_ca|moi_ca?
		jai|on_a|nous_avons|j_ai change|changé d|davis avis?
		change|changé davis|d_avis
		je|on|nous me_suis|suis|sest|s_est|nous_sommes trompe|trompee|trompes
		me suis trompe|trompee
		erreur de ma part
		cest|cetait une|par erreur
		par erreur
	`},
	{role: verb, means: Now, trait: vague | sends, say: `
		SENDA MOI?
	`},
	{role: verb, means: Now, trait: faint, say: `
		maintenant|tout_de_suite|immediatement|de_suite|toute_suite
	`},
	{role: verb, means: Swap, trait: vague, say: `
		essayer|tester|gouter|prendre
	`},
	{role: verb, means: Now, trait: vague, say: `
		~avancer|~avancez|~avance|devancer|devancez|devance
	`},
	{role: verb, means: Now, trait: faint, say: `
		maintenant|tout_de_suite|immediatement|de_suite|toute_suite
	`},
	{role: verb, means: Now, say: `
		SENDA MOI? LE? MOI? MY? THING? NOW
		SENDA MOI? LE? MOI? MY? THING? vite|rapidement|au_plus_tot
		jen|j_en|on_en|nous_en ai|a|avons besoin maintenant|tout_de_suite|aujourdhui|vite|de_suite|immediatement
		je|on|nous la|le|les|l veux|voudrais|voulons|veut maintenant|tout_de_suite|aujourdhui|de_suite|immediatement
	`},
	{role: verb, means: Now, trait: vague, say: `
		jen|j_en|on_en|nous_en ai|a|avons besoin en_urgence|urgemment|rapidement|bientot|au_plus_vite
		cest|c_est|trop? urgent
		en urgence
		plus tot|rapidement
		je|jai|j_ai|on_a|nous|j? nai|n_ai|navons|na|n_a|ai? plus|presque_plus|bientot_plus du_tout? de|d|du cafe|the|rien|stock
		plus du_tout? de|d cafe|the
		je|on|nous nen|n_en|nai|n_ai|na|navons ai|a|avons? plus|presque_plus rien?
		jen|j_en|on_en ai|a plus|presque_plus
		en rupture de? cafe|the?
		a court de? cafe|the?
	`},
	{role: verb, means: Swap, trait: sends, say: `
		changer|changez|change|changes|changeons
	`},
	{role: verb, means: Swap, say: `
		remplacer|remplace|remplacez|remplaces|remplacons|ramplacer|ramplacez
		~echanger|~echange|~echangez|~echanges|troquer|troquez|switcher|switchez|switche|swapper|swappez|substituer|substituez|permuter|permutez|inverser|intervertir
		changer|changez|change|essayer|prendre|choisir|tester de|dun|pour|un? produit|saveur|gout|parfum|cafe|the|autre_chose|autre_produit|variete|melange
	`},
	{role: verb, means: "", trait: sends, say: `
		mettre|mets|mettez|met|mettons|metez MOI|en|men|nous_en|m_en|moi_en?
		donner|donnez|donne MOI|en?
		prendre|prenez
		faites|fais en? sorte? que?
		que|qu|quelle|quil ce_soit|elle_soit|soit|arrive|elle_arrive|elle_parte|vienne|la_livraison_soit
		passer|passez|passe moi|nous
		passer|passez|passe|monter|montez|augmenter|augmentez|baisser|baissez|reduire|reduisez|diminuer|diminuez|ramener|ramenez CL? la_quantite? a
		je la|le|les|l veux|voudrais|prefere|prefererais|prendrai|aimerais
		recevoir|recevoir_la|la_recevoir|le_recevoir|les_recevoir
		livraison|livraison_pour
	`},
	{role: verb, trait: sends | vague, say: `
		ce|ca|cela|il|elle? serait|peut|pourrait|sera|serais possible|etre|arriver|partir|venir pour? CL?
		pourquoi_pas
		que diriez_vous de|du
		et? si on|nous disait|mettait|faisait|partait|visait|passait|disions sur|a|pour?
	`},
	{role: verb, means: Quantity, say: `
		changer|changez|change|modifier|modifiez|augmenter|augmentez|diminuer|diminuez|reduire|ajuster|baisser la|ma|les? quantite|quantites|nombre_de_sacs|nombre
		quantite|qte|quantites|quantitee
		modifier le nombre
	`},
	{role: verb, means: Quantity, trait: more, say: `
		~ajouter|~ajoute|~ajoutez|~ajoutes|rajouter|rajoute|rajoutez|~ajoutons|~augmenter|~augmentez MOI? de|d?
	`},
	{role: verb, means: Quantity, trait: less, say: `
		diminuer|diminuez|reduire|reduisez de|en?
	`},
}
