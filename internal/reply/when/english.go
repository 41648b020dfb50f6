package when

var english = []meaning{
	{cLead, int(To), "to|onto|too"},
	{cLead, int(Until), "until|untill|till|til|unti|til about"},
	{cLead, int(On), "on"},
	{cLead, int(For), "for|4"},
	{cLead, int(By), "by"},
	{cLead, int(In), "in"},
	{cNumeral, 1, "a|an|one"}, {cNumeral, 2, "two|a couple of|a couple|couple of|couple"}, {cNumeral, 3, "three"},
	{cUnit, 1, "day|days|d"}, {cUnit, 7, "week|weeks|wk|wks|w"}, {cUnit, 14, "fortnight|fortnights"},
	{cUnit, -1, "month|months|mo|mos|mth|mths"},
}
