package reply

// englishArguments are what commands are said with.
var englishArguments = []row{
	{role: object, trait: later, say: `
		the next one|order|delivery|shipment|box
		the next
		the following one|order|delivery|shipment|box
	`},
	{role: object, trait: later | beyond, say: `
		the? next|other? one|order|delivery|shipment|box after that|this|next|it
		the one after that|this|next|it
		next time
		the other|second|2nd|last one|order|shipment|delivery
		MY last|previous|other|old|second|third ORDER
	`},
	{role: object, say: `
		it|this|that|them|these|those|dat|dis|thus|thos|tis
		this|that|the|my|ths|thsi|dis|thos|tat one|1|1s
		MY UP? ORDER|ordr
		MY months|weeks|this_months|this_weeks ORDER
		ORDER
		MY? ORDERS
		the whole|entire thing|order
		next|upcoming|coming|current ORDER|one
		UP ORDER
		the? next|upcoming|coming|current one|1|time
		next
		just|only? this once
		once
		just|only|for? this time|round|cycle|month|week|go around?
		the UP|first one
		my turn
		mine
		one the
	`},
	{role: object, trait: every, say: `
		all|everything|both|every_thing
		all|both|every|each of? MY? UP? ORDERS|ORDER|them|it|these|those
		all|both of
		my|the|our UP? ORDERS
		the whole lot
		them both|all
		it all
	`},
	{role: object, n: 2, say: `
		a couple ORDERS?
		the|my|our? next|following|upcoming two|2|couple|couple_of ORDERS|ones|months?
		this|this_one|it and|n|plus the? next|following one|order|delivery|shipment|box?
		this|this_one|it and|n|plus the? next|one? one? after that|this|it?
		two|2 ORDERS in? a? row?
		twice
		two|2 in a row
	`},
	{role: object, n: 3, say: `
		the|my|our? next|following|upcoming three|3 ORDERS|ones|months?
		three|3 ORDERS in? a? row?
		three|3 times
	`},
	{role: object, n: 4, say: `
		the|my|our? next|following|upcoming four|4 ORDERS|ones|months?
		four|4 ORDERS in? a? row?
	`},
	{role: object, n: 5, say: `
		the|my|our? next|following|upcoming five|5 ORDERS|ones|months?
	`},
	{role: object, n: 6, say: `
		the|my|our? next|following|upcoming six|6 ORDERS|ones|months?
	`},
	{role: number, trait: more, n: 1, say: `
		another|additional|an_extra|one_extra|an_additional|an_other
	`},
	{role: number, trait: more, say: `
		more|extra|additional
	`},
	{role: number, trait: less, say: `
		less|fewer
	`},
	{role: number, n: 1, say: `
		a|one single
		a bag|box|pack|can|bottle|unit
		single
	`},
	{role: timed, say: `
		week|weeks|month|months|day|days|hours|hour|forever|indefinitely|year|years|awhile|payday|summer|winter|spring|fall
		a|1|2|3|one|two|three|few|couple|some hours|hour|minutes|years|year
		as long|far as possible|you_can|u_can
		until|till|til then|later
		after that|then
		a few ORDERS?
		sometime|someday|some_time|whenever
		until further notice
		until|till i say|tell|let|text|call so|you|u|otherwise? know?
		a bit|tad|little longer|later|more?
	`},
	{role: goods, say: `
		the? regular|original|usual|normal one|kind|roast|coffee?
		MY? GOODS
		BAGS of?
		quantity|qty
	`},
	{role: toward, say: `
		to|for|with|into|by|at|in|on
	`},
	{role: instead, say: `
		instead of|from
		rather than
		in place of
		from
		and not
	`},
	{role: suits, say: `
		works|work|is_fine|is_good|is_great|is_ok|is_perfect|fine|would_work|would_be_great|would_be_good|would_be_better|would_be_perfect|is_better|works_better|is_best|suits|sounds_good|would_be_fine|would_be_best|works_best|preferred for? me|us? better|best?
	`},
	{role: rather, say: `
		instead
	`},
}
