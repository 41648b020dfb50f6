package reply

// frenchHints are wordings that can only be asked about: figures of speech, regional words, and wishes that are not
// finished. None of them ever acts.
var frenchHints = []row{
	{role: verb, means: Skip, trait: vague | anyhow, say: `
		non|nan|nn|nope|nah pas TIME
		pas ce|cette|sette mois|fois|semaine|coup citte|icitte
		TIME|ce_mois sera? sans|non|rien|nada|niet
		sans moi|nous TIME|cette_fois|ce_coup_ci|pour_cette_fois?
		laisser|laisse|laissez|laissons|laissez_moi tomber|passer|filer CL? celle_ci|celui_ci|cette|ce|la|TIME THING?
		laisser|laisse|laissez|laissons TIME
		faire|fais|faites|fait|faisons limpasse|l_impasse|une_impasse|une_croix TIME|sur?
		renoncer|renonce|renoncons|renoncez a CL? MY? THING|TIME?
		je|on|nous? nen|n_en|nai|n_ai|naurai|n_aurai|naurons|nen_aurai|n_en_aurai aurai|aurons|aura|ai|a|avons point|pas|plus|guere lusage|l_usage|lutilite|l_utilite|besoin|envie
		ne? pas vouloir|voulu
		rayer|rayez|raye|biffer|biffez|biffe|barrer|barrez|barre|~effacer|~effacez|~efface moi|nous? de|du|la|le|cet|cette|ce|mon|ma NEXT? THING?
		rayez_moi|biffez_moi|oubliez_moi|oublie_moi|dispensez_moi|dispense_moi|exemptez_moi|exempte_moi|epargnez_moi|epargne_moi|dispensez_nous|exemptez_nous|epargnez_nous de|du|pour|cette|ce|celle_ci|celui_ci|la|le
		faites|fais|faire moi|nous? grace de|du
		~enjamber|~enjambe|~enjambons|~enjambez
		court_circuiter|court_circuitez
		comptez|compte|comptes pas|plus sur moi|nous
		ne comptez|compte|comptes pas|plus sur moi|nous
	`},
	{role: verb, means: Skip, trait: vague, say: `
		celle|celui ci|la non|pas
		celle_ci|celui_ci|celle_la|celui_la|celleci non|pas
	`},
	{role: verb, means: Delay, trait: weak | vague, say: `
		pelleter|pelletez|pellete|retenir|retenez|retiens|rallonger|rallongez|rallonge|~etirer|~etirez|viser|visez|vise|caler|calez|cale|planifier|planifiez|positionner|positionnez
		garder|gardez|garde|conserver|conservez|bloquer|bloquez
		mettre|mets|mettez le|la|ca a|au|pour|en|vers
		remettre|remets|remettez|remet|remettons CL? CL? a|pour plus_tard|une_autre_fois|la_prochaine_fois
		laisser|laisse|laissez CL? CL? attendre|patienter
	`},
	{role: verb, means: Delay, trait: vague | anyhow, say: `
		surseoir|sursoyez|sursis|un_sursis a|de|d?
		SENDV CL? CL? apres|plus_tard
		voyez|voir|voit|verra|verrons apres|plus_tard
		delai|un_delai|du_delai de|d|supplementaire?
		de delai supplementaire|supplementaires?
		décalé|décalée|reporté|reportée|repoussé|repoussée de|d|dune|jusquau|au
		dcl|rpt de|d
		filez|file|accordez|accorde|donnez|donne|laissez|laisse moi|nous? encore|un un? delai|sursis|peu?
		on|nous|jvais|je_vais|je attend|attends|attendons|attendre
		que|qu CL? CL? vienne|arrive|parte|soit apres|plus_tard
		plus|un_peu_plus|legerement tard|tardivement
		rien avant
		pas avant le|la|l|mon|fin?
		peut|pourrait|peuvent attendre|patienter
		fais|faites|vas_y|allez_y doucement|mollo
	`},
	{role: verb, means: Pause, trait: vague | anyhow, say: `
		mettre|mets|mettez|metre|placer|placez MY? SUB|THING|THINGS|ca|tout|le|la? au frigo|congelateur|frais|placard|repos
		lever|levez|leve le pied
		~eteindre|~eteignez|~eteins|~eteint
		couper|coupez|coupe|coupons tout|les_envois|les_livraisons
		on|faut|il_faut coupe|couper|arrete|arreter|stoppe tout
		fermer|fermez|ferme le robinet
		arretez|arrete|arreter|stoppez|stoppe|stop tout pendant|durant|le_temps|jusquau|jusqua|jusqu_au
		plus_rien|rien pendant|durant|pour
		plus rien pendant|durant
		treve|une_treve
	`},
	{role: verb, means: Resume, trait: vague | anyhow, say: `
		reprise
		rouvrir|rouvrez|rouvre le robinet
		reveiller|reveillez|reveille MY SUB
		rallumer|rallumez|rallume|ranimer|ranimez|reenclencher|reenclenchez
		recommencer|recommencez|recommence a CL? CL? envoyer|livrer|expedier|men_envoyer
		renvoyer|renvoyez|renvoie moi|nous? MY? THING|THINGS|cafe|the comme avant|dhabitude
		que|tout|et? tout redevienne|revienne a_la|comme? normale|avant
	`},
	{role: verb, means: Undo, trait: vague | anyhow, say: `
		faites|fais|faire|on_fait|faisons machine|marche arriere
		machine|marche arriere
		remettre|remets|remettez|remet MY|tout|les? choses|date? comme|dorigine|d_origine|initiale|de_depart cetait|avant|c_etait?
		revenir|revenez|reviens|revient sur le|la|mon|ma report|decalage|saut|pause|changement|decision|modification
		retablir|retablissez|retablis|retablit
		annuler|annulez|annule|anuler|anulez|dannuler|d_annuler ce|tout_ce que JE? CL? viens|ai|vient|jai|j_ai de? dire|faire|demander|fait|demande|dit|ecrit|ecrire?
		annuler|annulez|annule|dannuler|d_annuler|enlever|enlevez|enleve le|la|mon|ma|ce|cette report|decalage|saut|changement|modification demande|demandee|fait|faite|dhier? hier|dhier|ce_matin?
		oubliez|oublie|ignorez|ignore ce|mon|ma|le|tout_ce que|dernier|message CL? jai|j_ai? dit|demande|fait|ecrit|message?
		appuye|pese|clique|tape sur le? mauvais|mauvaise bouton|piton|touche
		finalement|en_fin_de_compte|bref je|on|nous LE? prends|veux|garde|prend
	`},
	{role: verb, means: Now, trait: vague | anyhow, say: `
		jai|j_ai|on_a|nous_avons? besoin de|dun|d|du cafe|the|caffe maintenant|mtn|mnt|vite|tout_de_suite|dare_dare|la
		SENDA|shipper|shippez|shippe MOI? CL? ca|le|la? direct|directement|drette_la|au_plus_sacrant|fissa|dare_dare|illico|mtn|mnt|ce_soir
		shipper|shippez|shippe moi|me|nous?
		que|qu|quelle|quil|quca ca|elle|il? parte|vienne|arrive NOW|demain|ce_soir|vite
		pus|pu|plus de|d cafe|the pantoute|du_tout|chez_moi
		plus|pu|pus rien dans la|le|les
	`},
	{role: verb, means: Swap, trait: vague | anyhow, say: `
		sans cafeine
		dorenavant|desormais|maintenant du|le deca|decafeine
		basculer|bascule|basculons|basculez|passer|passe|passons|passez|opter|opte|optons a|au|sur|vers|pour
	`},
	{role: verb, means: Quantity, trait: vague | anyhow, n: 2, say: `
		doubler|doublez|double|doublons MY? quantite|dose|THING|cafe|the?
	`},
	{role: verb, means: Quantity, trait: vague | anyhow, n: 3, say: `
		tripler|triplez|triple|triplons MY? quantite|dose|THING|cafe|the?
	`},
	{role: verb, means: Quantity, trait: vague | anyhow, n: 1, say: `
		un|une seul|seule paquet|sac|boite|sachet? suffit|suffira|suffirait|ira
		un|une|1 paquet|sac|boite|sachet? suffit|suffira|suffirait|ira
	`},
	{role: verb, trait: sends, say: `
		descendre|descendez|descends|monter|montez|monte|redescendre|redescendez|remonter|remontez|repasser|repassez|ramener|ramenez|ramene|passez_nous|passez_moi|passe_moi CL? la_quantite? a
	`},
	{role: verb, means: Quantity, trait: more | vague, n: 1, say: `
		rajouter|rajoute|rajoutez|rajoutons|~ajouter|~ajoute|~ajoutez en un|une|1
		glisser|glissez|glisse un|une|1 paquet|sac|boite|sachet de_plus|en_plus|supplementaire
	`},
}
