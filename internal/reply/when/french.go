package when

var french = []meaning{
	{cNumeral, 1, "un|une"}, {cNumeral, 2, "deux"}, {cNumeral, 3, "trois"},
	{cUnit, 1, "jour|jours"}, {cUnit, 7, "semaine|semaines"}, {cUnit, -1, "mois"},
}
