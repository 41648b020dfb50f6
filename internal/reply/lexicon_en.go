package reply

// english is the table of English.
var english = lexicon{language: English, groups: englishGroups, rows: englishRows}

const englishGroups = `
	YOU you|u|ya|yall|you_guys|someone|we
	CAN can|could|will|would|cld
	MY my|our|the|this|that|your|this_weeks|this_months
	ORDER order|delivery|shipment|box|package|subscription|sub|refill|bag|renewal|parcel|pack
	ORDERS orders|deliveries|shipments|boxes|packages|subscriptions|subs|refills|ones
	WANT want|need|would_like|wanna|prefer|wish|gotta|have|would_prefer|would_love|would_rather|wld_like|rather
	I i|we
	ID id|wed|ill|well|lets|let_me|let_us
`

var englishRows = []row{
	{role: filler, say: `
		please|pls|plz|plse|pleae|pleas
		please and thank|thanks YOU?
		kindly
		thank YOU so? much?
		thanks|thank|thx|thnx|ty|tysm|tks so|a? much|lot|bunch|again?
		hey|hi|hello|hiya|howdy|yo there|guys|team|again?
		good morning|afternoon|evening
		ok|okay|k|kk|alright|sure|so|just|actually|well|um|uh|oh|also|then|lol|haha|hm|hmm|anyway|again|yeah
		for me|us|now
		if possible
		if YOU can|could|dont_mind
		if its|thats ok|okay|alright|cool|possible
		sorry|apologies
		again
		man|bro|dude|guys|sir|mam|maam|team
	`},
	{role: frame, say: `
		CAN YOU please? just? go_ahead_and?
		CAN i|we please? just?
		I would? WANT YOU? to?
		ID like|love|prefer|rather|need|want? YOU? to?
		would YOU mind|please?
		go ahead and|n
		lets just?
		is it possible to
		please|pls
	`},
	{role: verb, means: Skip, say: `
		skip|skipping
		leave|sit out
	`},
	{role: verb, means: Skip, trait: weak, say: `
		pass|passing on?
	`},
	{role: verb, means: Delay, say: `
		delay|postpone|delaying|postponing|reschedule
	`},
	{role: verb, means: Delay, trait: weak, say: `
		push|pushing back|out?
		move|moving back|out?
		hold until
	`},
	{role: verb, means: Pause, say: `
		pause|pausing|suspend|freeze
		put ORDER|it|everything? on hold
		take a? break
	`},
	{role: verb, means: Resume, say: `
		resume|unpause|restart
	`},
	{role: verb, means: Undo, say: `
		undo|unskip|revert
		put it back
		change it? back
	`},
	{role: verb, means: Now, trait: vague | sends, say: `
		send|ship
	`},
	{role: verb, means: Now, say: `
		send|ship it|this|mine? now|today|asap
	`},
	{role: says, means: Next, say: `
		next|status
		when|whats is? MY next? ORDER
	`},
	{role: verb, means: Swap, say: `
		swap|switch|replace|exchange
	`},
	{role: verb, means: "", trait: sends, say: `
		make it|that
		change it|that?
	`},
	{role: says, means: Link, say: `
		link
		send me? the? link
	`},
	{role: says, means: Keep, say: `
		keep it|them
		no changes
		leave it
	`},
	{role: says, means: Yes, say: `
		yes|y|yep|yup|yea
	`},
	{role: says, means: No, say: `
		no|nope|nah
	`},
	{role: not, say: `
		dont|do_not|never|not|cant|cannot|wont|didnt|no
	`},
	{role: hedge, say: `
		maybe|might|perhaps|probably
	`},
	{role: cond, say: `
		if|unless|depends
	`},
	{role: turn, say: `
		wait|jk|nvm|oops|nevermind|kidding
		scratch that
		never mind
	`},
	{role: or, say: `
		or
	`},
	{role: and, say: `
		and|then|n|but|plus
	`},
	{role: because, say: `
		because|since|bc|cuz|cause|as
	`},
	{role: tells, say: `
		i|we still? have|had|got|am|are
		im|were|ive|weve
	`},
	{role: object, say: `
		it|this|that|them|one
		this|that|the one
		MY next|upcoming|coming? ORDER
	`},
	{role: object, trait: every, say: `
		all|everything|both
		all|both of? MY? ORDERS|them|it
	`},
	{role: object, n: 2, say: `
		the? next|following two|2 ORDERS?
	`},
	{role: toward, say: `
		to|for|with|into
	`},
	{role: instead, say: `
		instead of
		rather than
	`},
	{role: goods, say: `
		coffee|tea|beans|bags?
	`},
}
