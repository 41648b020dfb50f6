package reply

// englishSayings is what English answers are made of, apart from yes and no.
var englishSayings = sayings{language: English, groups: `
	YOU you|u|ya
	ONE one|order|option|date|day|box|delivery|shipment|product|item
	ONES ones|orders|options|dates|boxes|deliveries|shipments|products|items
	THEM them|those|these|it
`, rows: []sayingRow{
	{wrapping, 0, `
		please|pls|plz|plse|thanks|thx|thnx|ty|kindly
		just|um|uh|uhh|hmm|well|so|oh|lol|haha|sorry|yo
		and|n please|pls
		please? and thank|thanks you|u|ya?
		can|could YOU|we|i do|pick|choose
		i guess|think|suppose
		lets? do|say|go|try with?
		let me|us do
		go with
		make|do|lets_make it|that?
		ill do|say|go_with|pick|choose
		id say
		i say|pick|choose
		its|thats|it_is|that_is|it_would_be|thatd_be
		thank|thanks you|u|ya so|very? much|kindly?
		many thanks
		thanks so much
		thanks a lot|bunch
		and? thanks|thank_you|thx for the|your? quick|fast|speedy? reply|response|help|asking|checking|reminder|info|update|text|message
		and? thanks|thank_you|thx for letting_me_know|checking_in|the_heads_up
		much appreciated
		appreciate it|you|that
		for me
		it|em|them|this|that|my|our|on|from|in|of|a
		ONE|ONES
		subscription|subscriptions|sub
		this|that time
		instead|too|again|then
		would be best
		hi|hey|hello
		sir|maam|mate|bud|bro|dude|hun|hon|dear|friend|folks|yall|guys|team
		thanks|thank_you all_the_same|anyway|though|in_advance|again
		sorry for being? unclear|confusing|late
		sorry for|about the|my confusion|mixup|mix_up|delay|late_reply|wait|typo
		sorry? fat fingers
		of the|those|these two|2|three|3|both
		that|which goes|ships|comes|arrives|is|was|leaves going|coming|shipping|due? out?
		thats|whats going|coming|shipping|due? out?
		whichever comes|ships|goes|arrives|is out?
		you said|offered|mentioned|gave|sent|listed me?
		if you please|dont_mind|would|can|could
	`},
	{narrowing, 0, `
		only
	`},
	{wanting, 0, `
		ill take|have|get
		i want|need|prefer|like|love
		id like|prefer|love|rather have?
		give|send|get me
		can|could|may i have|get|try
		works|work better|best|for_me|great|well|fine?
		looks|sounds good|great|nice|yummy|delicious|tasty|better|perfect|lovely
		is|would_be|sounds good|great|fine|best|better|perfect
		would work
	`},
	{article, 0, `
		the|teh|da
	`},
	{marking, 0, `
		number|num|nr|option|order|choice|opt
	`},
	{declined, 0, `
		none|neither|nothing
		none|neither|nothing of THEM|these_two|the_two|the_above|the_options
		none|neither of THEM|these_dates|those_dates|the_dates work|works|fit
		none|neither ONE|ONES
		none|neither work|works|appeals|appeal|suits|fits|will_do|is_good|are_good|thanks
		keep|stay|stick|sticking|staying with? what|whatever i|we have|got|had
		keep|stay|stick with? what|whatever ive|weve got
		ive changed my mind
		not any of? THEM?
		never mind
		nevermind|nvm
		forget it|about_it|that
		dont bother
		no never mind
		dont|do_not do anything|any|either|it|that|them
		i? changed my mind
		keep what i have
	`},
	{hesitating, 0, `
		hold on|up a|one? sec|second|minute|moment|min
		not sure|decided yet
		wait|hmmm|hold_on|hang_on|idk|unsure|maybe|dunno|perhaps
		wait a? sec|second|minute|moment
		one|just_a sec|second|minute|moment
		maybe|ask_me later
		not sure|decided
		i dont know
		i am|im not sure
		let me think about_it?
	`},
	{correcting, 0, `
		actually|oops|rather|whoops
		i mean|meant
		make that
		scratch that
		on second thought
		my bad|mistake
	`},
	{withholding, 0, `
		dont|do_not|never charge me|it|my_card|anything?
		dont|do_not send|ship it|that|them|this|anything? yet|now?
		dont want it|that? yet|now?
	`},
	{charging, 0, `
		you? may? charge it|me|my_card|the_card
		run it|my_card|the_card
		bill|invoice me
	`},
	{excluding, 0, `
		not|nor
		but? not
	`},
	{keeping, 0, `
		keep
	`},
	{excepting, 0, `
		except|excluding|minus|besides
		except for
		apart|aside from
		other than
	`},
	{butting, 0, `
		but
	`},
	{joining, 0, `
		and|plus
		and also
		as well as
		also
	`},
	{offering, 0, `
		or|either|any|anything|whichever|whatever
		one|some|any|either of? THEM
		one|some|any|either of the|these|those two|ONES
	`},
	{numbering, 1, `
		one
	`},
	{numbering, 2, `
		two
	`},
	{numbering, 3, `
		three
	`},
	{numbering, 4, `
		four
	`},
	{numbering, 5, `
		five
	`},
	{numbering, 6, `
		six
	`},
	{numbering, 7, `
		seven
	`},
	{numbering, 8, `
		eight
	`},
	{numbering, 9, `
		nine
	`},
	{numbering, 10, `
		ten
	`},
	{placing, 1, `
		first
	`},
	{placing, 2, `
		second
	`},
	{placing, 3, `
		third
	`},
	{placing, 4, `
		fourth
	`},
	{placing, 5, `
		fifth
	`},
	{placing, 6, `
		sixth
	`},
	{placing, 7, `
		seventh
	`},
	{placing, 8, `
		eighth
	`},
	{placing, 9, `
		ninth
	`},
	{placing, 10, `
		tenth
	`},
	{placing, 11, `
		eleventh
	`},
	{placing, 12, `
		twelfth
	`},
	{placing, 15, `
		fifteenth
	`},
	{placing, 20, `
		twentieth
	`},
	{firstly, 2, `
		first|1st two|2|couple
	`},
	{firstly, 3, `
		first|1st three|3
	`},
	{firstly, 1, `
		top|topmost ONE?
	`},
	{lastly, 1, `
		last|bottom ONE?
	`},
	{lastly, 2, `
		last two|2|couple
	`},
	{middling, 0, `
		middle ONE?
	`},
	{soonest, 0, `
		earlier|earliest|sooner|nearest|next ONE
		the? earlier|earliest|soonest
		the sooner
	`},
	{latest, 0, `
		later|latest|furthest ONE
		the latest|later|furthest
	`},
	{leftover, 0, `
		other ONE?
	`},
	{everyone, 0, `
		all|everything|every|each ONE?
		the? whole? lot
		each|every one of THEM
		each of THEM
		do all of? them?
		all of? THEM|it
		all ONES
		all of? the|my ONES
		every single? one
	`},
	{everyone, 2, `
		do? both
		both of? THEM
		both of? the|my? ONES
		all two|2
		the two of THEM
	`},
	{everyone, 3, `
		all three|3
		all three|3 of? THEM
		all three|3 of? the|my? ONES
	`},
	{everyone, 4, `
		all four|4
		all four|4 of? THEM
		all four|4 of? the|my? ONES
	`},
	{everyone, 5, `
		all five|5
		all five|5 of? THEM
	`},
}}
