package when

var spanish = []meaning{
	{cNumeral, 1, "un|una"}, {cNumeral, 2, "dos|un par de"}, {cNumeral, 3, "tres"},
	{cUnit, 1, "dia|dias"}, {cUnit, 7, "semana|semanas"}, {cUnit, -1, "mes|meses"},
}
