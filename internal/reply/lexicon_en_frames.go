package reply

// englishFrames are what commands are asked with, turned round by, made to depend on, or taken back with.
var englishFrames = []row{
	{role: frame, say: `
		CAN YOU please|plz|pls? just? go_ahead_and? help? me? to?
		CAN i|we please|plz|pls? just? possibly? WANT?
		can|could|may|might i|we please?
		I really|do|would|just|definitely|might|actually|all? WANT YOU? to|2?
		ID really|just|actually|much|kindly? WANT? YOU? to|2?
		IM WANT YOU? to?
		would like|love|prefer to?
		like|want|need|wanting|wishing|hoping|looking to
		would|do YOU mind
		CAN it|this|that|they|MY be
		can|could|may be
		go ahead and|n
		lets|let_us just? go_ahead_and?
		is it|there possible|ok|okay|alright|any_way|a_way if|to|for I|YOU? to|can?
		is|any|theres there? any|a|anyway? way|chance? to|YOU|I|for can|could|me? to?
		any chance of|YOU|I can|could|to?
		gonna|imma|finna|gotta|wanna|going_to|need_to|want_to|have_to|needing_to|trying_to have? to?
		remember|dont_forget|make_sure|be_sure to|you? please?
		you to
		YOU can|could|may|should|guys_can please? just? go_ahead_and?
		feel free to
		do|please_do
		go on and|n
		would it be|b possible|ok|okay|alright|cool to|if for? I|YOU? could|can?
		mark|put me|us? down? for a?
		make sure MY? UP? ORDER|it|this|one? gets|is
		want|need|have|get it|this|that|this_one|one|them to? be?
	`},
	{role: not, say: `
		I? NEG really|actually? NEED YOU|it|this|this_one|them|any? to|2|any|a
		dont|do_not|dnt|don_t|never|not|doesnt|does_not
		dont|do_not ever|please|you_dare
		I dont|do_not|dont_really WANT YOU? to|2?
		IM|were|are not WANT?
		IM not gonna|going_to|trying_to
		no need|reason to|for
		no
		no more
		wont|will_not be?
		without|instead_of|rather_than
		not WANT
		why would I|YOU
	`},
	{role: not, trait: vague, say: `
		I never said|asked|wanted|texted|told to|you? to?
		cant|cannot|can_not|couldnt|could_not|didnt|did_not|wouldnt|havent|hasnt|isnt|arent|wasnt|shouldnt|nor
	`},
	{role: hedge, say: `
		maybe|might|perhaps|possibly|probably|prolly|supposedly|considering|contemplating|mightve
		I think|guess|believe|suppose|wonder|may|might|could i|we|that|so|if?
		IM? thinking|thought|debating|wondering about|of|on?
		not|aint sure|certain if|whether|about? I?
		idk|unsure|undecided
		dont know if|whether|yet
		should prob|probably
		or something|whatever|not
		wouldnt mind
		i|we said|say|asked YOU? to|that?
		plan|planning on|to
		let me check|think|ask|see
		let you know
		said something about
		have to ask|check
		tempted to
	`},
	{role: cond, say: `
		if its|it|this|thats not|isnt|is_not too late
		when|whenever|until|till|til|once|before|after
		if|unless|depends|depending|whether|assuming|provided|otherwise|whichever|whatever|except
		only if|when|after
		as long as
		in case
		once i|we|my|its|it|the
		when i|we|my|im|its|it|the|were
		until|till|til|after|before i|we|my|im|its|the|further
		either
	`},
	{role: asks, say: `
		should|shall|must|would i|we
		how do|can|would|does|should|to i|we|you|one?
		what happens|if|about
		what does|is|s|will|would|are
		what if
		which|who|whose|whom
		do|does|did|will|would i|we|it|that|this|they|you|skip|skipping|delaying|he|she still|just|have_to|need_to?
		too late to|for?
		is it|this too? late? to?
		can|could i|we|you still
		how long|many|often|much|come|far|early|late can|do|does|will? i|we?
		do you think
		does anyone|that|this|skip
		the difference
		option|options
		what do you think
		means|mean|do
	`},
	{role: turn, say: `
		actually
		jk|nvm|nevermind|kidding|wait|oops|whoops|correction|scratch|ignore|hang_on
		just kidding
		never mind
		scratch|forget|disregard that|it|this|my_last|the_last
		hold on
		no wait|sorry
		wait no
		or|on second thought|thoughts
		actually no|not|dont|wait
		changed my mind
		i take that back
		i mean|meant
	`},
	{role: or, say: `
		or|vs|versus
	`},
	{role: and, say: `
		and|then|n|but|plus|and_then|and_also|also|followed_by|afterwards|after_that|while|although|however|though|along_with|as_well
	`},
	{role: because, say: `
		because|since|bc|cuz|cause|coz|becuz|b_c|due_to|cos|becos|as
		as|since|because i|we|my|im|were|ive|weve
		so that|i|we
		the reason|thing is
	`},
	{role: tells, say: `
		I still|already|currently|really|just|actually|honestly|literally|both|all|only|never|always|probably|do|also? have|had|has|got|gotta_lot|bought|ordered|found|need_to_use|havent|use|drink|go|went|leave|moved|forgot|received|get|like|love|loved|liked|stocked|saw|use|travel|wont|cant|dont|didnt|run|ran|make|made|started|switched|drank|brew|feel|know|tried|thought|lost|read
		ive|weve|ill_be|well_be|i_wont|we_wont|i_havent|we_havent|i_haven|havent|hasnt
		im|were|i_am|we_are|i_was|we_were|i_will_be|we_will_be|ill|well|im_gonna_be|were_gonna_be
		my|our husband|wife|kids|kid|son|daughter|mom|dad|family|partner|roommate|boyfriend|girlfriend|doctor|fridge|freezer|pantry|cupboard|cupboards|house|budget|grinder|machine|maker|dog|cat|parents|mother|father|sister|brother|friend|neighbor|boss|work|office|baby|card|account|paycheck|trip|vacation|schedule|stash|supply|last|previous|flight|grandson|cabinet|shelf|shelves
		the|last last|previous|other|old|current|first bag|box|one|order|shipment|batch|delivery|time|month|two|few
		there is|are|s|will_be
		theres|its_been|hes|shes|theyre|its|money|budget|life|got|still_got|still_have|just_got|just_moved|havent|already_have|already_got|have_plenty
		he|she|they|everyone|nobody|everybody is|are|has|have|had|was|were|got|dont|doesnt|wont|cant
		its|things|money is|been|are|too|a_bit|so|very|really? tight|expensive|crazy|slow|busy|hectic
		because|due of|to
		doctors|dr orders
		so the thing
		my name is
		this|it is|was
		long story
	`},
	{role: tells, trait: leads, say: `
		so|way|too much|many
		no|not room|space|money|time
		not enough|much|done|finished|out
		dont|do_not have|drink|use|really_drink|go_through|think
		going|went|deploying|deployed|skiing|leaving|traveling|travelling|heading|moving|visiting|away|gone|out|back|home
		on|been|drowning|swimming|broke|pregnant|sick|stocked|overstocked|hospital|vacation|holiday|holidays
	`},
	{role: reason, means: Skip, say: `
		HAVE PLENTY more? of? MY? BAGS? of? GOODS? LEFT? LEFT?
		HAVE LOTS more? BAGS of? GOODS? LEFT? LEFT?
		HAVE LOTS full|unopened|whole|other|old? BAGS|GOODS of? GOODS? LEFT? LEFT?
		HAVE some|GOODS|BAGS LEFT LEFT?
		I? dont|do_not|wont|dont_think_i really? need it|more|this|this_one|another|as_much|that_much|so_much|any|any_more|one more? GOODS|ORDER? LEFT? LEFT?
		PLENTY GOODS|BAGS|left|already LEFT?
		I? havent|have_not|not|arent|isnt|hasnt even? finished|opened|gone_through|used|touched|used_up|drank|drunk all|up? MY|with? of? last|first|other|previous|that|all? BAGS|ORDER|one|two|GOODS|batch|it? LEFT?
		I? cant|cannot afford it|this|this_one|more|another? LEFT?
		still|i_still|we_still|im_still|were_still|still_working finishing|using|drinking|working|going|on|through on|through? MY? last|previous|first|old? BAGS|ORDER|one|GOODS|batch|two
		overstocked|stocked_up
	`},
	{role: reason, say: `
		IM|im|were|going|well_be|ill_be|we_will_be|i_will_be out_of_town|on_vacation|away|traveling|travelling|stocked_up|stocked|overstocked|all_set|good_for_now|good|set|fully_stocked|well_stocked|on_holiday|abroad|overseas|drowning_in_coffee|broke|moving|not_home|out_of_the_country|gone|behind|backed_up right_now|for_now|this_month|this_week|this_time|at_the_moment|lol|rn?
		going|gone|heading|leaving|traveling|travelling|headed out_of_town|on_vacation|away|abroad|on_holiday|overseas
		out of town|country|office
		on vacation|holiday
		money|budget|cash is? a_bit|really|so|very|kinda|super? tight
		budget|money|tight is? tight|this_month
	`},
}
