package reply

// frenchSayings is the same in French.
var frenchSayings = sayings{language: French, groups: `
	UN commande|option|date|livraison|colis|envoi|jour|produit|boite
	UNS commandes|options|dates|livraisons|envois|jours|produits|boites
	THE le|la|les
`, rows: []sayingRow{
	{wrapping, 0, `
		svp|stp|merci
		ne
		sil vous|te plait
		sil vous|te plais
		merci beaucoup|bien|infiniment
		mille mercis
		merci pour|de la|le|votre|ton? reponse|rappel|aide|message
		juste|alors|euh|ben|bah|donc|desole
		je crois|pense|dirais que?
		je prends|choisis
		ce sera|serait
		cest|disons|prenons
		pour moi
		celui|celle|ceux|celles ci|la?
		de|des|en|pour|ma|mon|mes
		UN|UNS
		bonjour|salut|bonsoir|coucou
		monsieur|madame|mademoiselle|chef|jeune_homme|mon_ami|mon_capitaine|messieurs
		va pour
		abonnement|abonnements
		aussi
		cette fois
	`},
	{narrowing, 0, `
		seulement|uniquement
	`},
	{wanting, 0, `
		je veux|voudrais|prefere|prefererais|souhaite
		donnez|donne moi
		mettez|mets moi?
		me va|convient
		ca? me va|convient
		jaimerais|jaime
	`},
	{article, 0, `
		le|la|les|l|du|au toute?
		le|du|au jour
	`},
	{marking, 0, `
		numero|num|nr|option|choix|commande
	`},
	{declined, 0, `
		aucun|aucune|rien
		aucun|aucune des|de deux|trois?
		aucun|aucune des|de ces? UNS?
		aucun|aucune dentre elles|eux
		aucun|aucune UN
		ni lun|lune|l_un|l_une ni lautre|l_autre
		laisse|laissez tomber
		oublie|oubliez ca?
		tant pis
		ni lun|lune
		ne rien changer
	`},
	{hesitating, 0, `
		attends|attendez|hesite|voyons
		peut etre
		je ne? sais pas laquelle|lequel?
		jsais|chais pas
		un instant|moment
		une seconde|minute
		pas sur|sure
	`},
	{correcting, 0, `
		plutot|enfin|oups|pardon
		je veux|voulais dire
		en fait
		finalement
	`},
	{withholding, 0, `
		nenvoyez|nenvoie|nexpediez|lenvoyez|lenvoie pas encore|maintenant|tout_de_suite?
		ne lenvoyez|lenvoie|debitez|facturez|mdebitez|me_debitez pas
		je nen? veux pas
	`},
	{charging, 0, `
		debitez|facturez|debite|facture la_carte|ma_carte?
	`},
	{declined, 0, `
		jai change davis
		je me ravise
	`},
	{excluding, 0, `
		pas|ni
		et|mais pas
	`},
	{keeping, 0, `
		garde|gardez|garder
	`},
	{excepting, 0, `
		sauf|excepte|hormis
		a part
	`},
	{butting, 0, `
		mais
	`},
	{joining, 0, `
		et|puis|plus
		et aussi
		ainsi que
	`},
	{offering, 0, `
		ou|nimporte
		peu importe
		un|une|lun|lune des deux|UNS
		un|une|lun|lune ou lautre
		nimporte lequel|laquelle|quel|quelle
	`},
	{numbering, 2, `
		deux
	`},
	{numbering, 3, `
		trois
	`},
	{numbering, 4, `
		quatre
	`},
	{numbering, 5, `
		cinq
	`},
	{numbering, 6, `
		six
	`},
	{numbering, 7, `
		sept
	`},
	{numbering, 8, `
		huit
	`},
	{numbering, 9, `
		neuf
	`},
	{numbering, 10, `
		dix
	`},
	{numbering, 1, `
		numero|num|option|n un|une
	`},
	{placing, 1, `
		premier|premiere
	`},
	{placing, 2, `
		deuxieme|second|seconde
	`},
	{placing, 3, `
		troisieme
	`},
	{placing, 4, `
		quatrieme
	`},
	{placing, 5, `
		cinquieme
	`},
	{placing, 6, `
		sixieme
	`},
	{placing, 7, `
		septieme
	`},
	{placing, 8, `
		huitieme
	`},
	{firstly, 2, `
		deux|2 premiers|premieres
	`},
	{firstly, 3, `
		trois|3 premiers|premieres
	`},
	{lastly, 1, `
		dernier|derniere UN?
	`},
	{lastly, 2, `
		deux|2 derniers|dernieres
	`},
	{middling, 0, `
		celui|celle du milieu
		THE du? milieu
	`},
	{soonest, 0, `
		THE UN? plus tot|proche
		celui|celle|THE qui part|arrive|vient en_premier|dabord|avant
		celui|celle|UN THE plus tot|proche
		THE prochain|prochaine
	`},
	{latest, 0, `
		THE UN? plus tard|loin|tardive|lointaine|lointain
		celui|celle|THE qui part|arrive|vient en_dernier|apres
		celui|celle|UN THE plus tard|loin|tardive
	`},
	{leftover, 0, `
		autre|lautre UN?
	`},
	{everyone, 0, `
		tout|tous|toutes
		tous|toutes les UNS?
	`},
	{everyone, 2, `
		les deux|2 UNS?
		tous|toutes les? deux|2
	`},
	{everyone, 3, `
		tous|toutes? les trois|3 UNS?
		toutes les trois|3 UNS?
	`},
	{everyone, 4, `
		tous|toutes? les quatre|4 UNS?
		toutes les quatre|4 UNS?
	`},
}}
