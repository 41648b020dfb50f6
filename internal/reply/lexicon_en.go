package reply

// english is the table of English. Its rows stand in several files by what they are for.
var english = lexicon{
	language: English, groups: englishGroups,
	rows: concat(englishCommands, englishArguments, englishFrames, englishTalk, englishHints),
	typed: `skip delay pause resume undo swap unskip postpone reschedule status restart unpause suspend
		switch skipping delaying weeks month months quantity instead please order delivery shipment subscription`,
}

const englishGroups = `
	YOU you|u|ya|yall|you_guys|someone|yous
	CAN can|could|will|would|cld|cn|wld
	MY my|our|the|this|that|your|ur|a|any|these|those|mine|me|us|mi|thsi|ths|teh|dis
	UP next|upcoming|coming|current|scheduled|monthly|nxt|whole|entire|recurring|regular|planned|pending|auto|damn|dang|darn|bloody|freaking|stupid|friggin
	ORDER order|delivery|shipment|box|package|subscription|sub|refill|renewal|parcel|pack|ordr|oder|autoship|account|shipping|dispatch|round|bag|batch|mailing|plan|membership|supply|subscrption
	ORDERS orders|deliveries|shipments|boxes|packages|subscriptions|subs|refills|renewals|parcels|accounts|rounds|times
	WANT want|need|wanna|like|love|prefer|wish|gotta|wnat|rather|want_to|need_to|like_to|love_to|prefer_to|wish_to|have_to|got_to|need_2|want_2|hafta|hoping_to|looking_to|trying_to|going_to|gonna|gonna_have_to|going_to_have_to|would_like|would_like_to|would_love_to|would_prefer_to|would_rather|would_love|would_prefer|will_have_to|must|better
	I i|we
	IM im|were|i_am|we_are
	ID id|wed|ill|well|i_will|we_will|i_would|we_would|i_should|we_should|i_shall
	AUX being|is|does|do|will|are|am|was|should|did|would|can|has|have|s
	IT it|this|that|them|this_one|that_one|these|those|one|1|mine|everything
	WHO i|we|you|u|it|this|that|they|MY
	SHIPS ship|ships|shipping|shipped|come|comes|coming|arrive|arrives|arriving|get|getting|receive|receiving|expect|due|deliver|delivers|delivered|delivering|scheduled|charged|billed|be_charged|be_billed|be_here|get_here|show_up|go_out|going_out|goes_out|leave|leaves|process|processed|renew|renews|happen|happening|here|sent|going|bill|charge
	SEND send_out|ship_out|send|ship|deliver|mail|dispatch|process|sending|shipping|delivering|release
	NEG dont|do_not|wont|will_not|wouldnt|dont_think_i|dont_think_we|not|dont_believe_i|didnt|no_longer|wont_be|arent|i_dont_think_i|i_dont_think_we|dnt
	NEED need|want|needing|wanting|require|requiring|be_needing|be_wanting|be_able_to_use|be_home_for|be_using|be_here_for|be_around_for|be_home_to_get
	BAGS bags|bag|boxes|packs|pack|units|unit|cans|bottles|bottle|pouches|pouch|tins|tin|items|pounds|lbs|lb|pcs|pieces|jars|jar|cartons|carton|cases|case
	HAVE have|got|i_have|we_have|i_still_have|we_still_have|ive_got|weve_got|still_have|already_have|still_got|i_already_have|we_already_have|i_got|we_got|i_still_got|we_still_got|theres|theres_still|there_is|i_have_so|we_both_have|i_just_got|we_just_got|ive|weve|i_do_have|already_got|im_sitting_on|were_sitting_on|i_bought|we_bought|i_actually_have|i_have_like
	PLENTY plenty|enough|tons|loads|lots|too_much|so_much|way_too_much|way_more_than_enough|more_than_enough|extra|extras|a_lot|a_ton|too_many|so_many|way_too_many|a_stockpile|a_surplus|a_bunch|stacks|heaps|a_stash|a_backlog|a_mountain
	LEFT left|here|already|over|at_home|in_the_house|right_now|on_hand|leftover|to_use|to_go_through|to_finish|to_use_up|at_the_moment|for_now|in_stock|to_last|now|still|this_month|yet|from_last_time|from_last_month|lol|rn|just_yet|up|so_soon|this_time|in_the_freezer|in_the_pantry|atm|currently
	GOODS coffee|coffees|tea|teas|beans|pods|treats|food|kibble|chow|soap|vitamins|supplements|snacks|stuff|product|products|supply|supplies|inventory|roast|blend|grounds|litter|shampoo|lotion|powder|protein|bars|honey|milk|kcups|capsules|drink|drinks|java|joe|brew
	LOTS lots|plenty|enough|tons|loads|a_lot|a_bunch|a_ton|so_much|too_much|too_many|so_many|way_too_much|way_too_many|more_than_enough|extra|some|stacks|heaps|a_few|a_couple|several|a_full|a_stockpile|a_stash|a_surplus|an_extra|a|one|two|three|four|five|half_a|1|2|3|4|5|6
`

var englishCommands = []row{
	{role: verb, means: Skip, say: `
		skip|skipping on? over?
		skipit|skipplease|pleaseskip|skipthis|skipthisone|skipped_please
		have|get|want|need|like it|this|that|this_one|MY UP? ORDER? skipped
		omit|bypass|forgo|omitting
		leave|leaving|left out|off
		sit|sitting this|that|it one? out
		sit|sitting out
		pass|passing on
		ill|well|gonna|imma|im_gonna pass on?
		no coffee|tea|delivery|shipment|box|order|package|coffees|teas this month|time|week|round
		not this month|time|week|round|one
		no ORDER
		no GOODS this
		nothing|none for_me? this month|time|week|round
		miss|missing out? on?
		mark this|it|that|this_one|that_one as skip|skipped
		count|leave me|us out
		IM|ill_be|well_be|i_will_be|we_will_be|not_gonna_be skipping|passing on?
		I will|shall? skip|pass on?
	`},
	{role: verb, means: Skip, trait: waits, say: `
		please? dont|do_not|dnt please? SEND|process|charge_for|fulfill|place|bill me|us? any?
		dont|do_not please? SEND out
		please not SEND
		no need to? SEND me|us?
		dont|do_not bother SEND
		neednt|dinnae|needn|shouldnt SEND
		dont need to SEND me|us?
	`},
	{role: verb, means: Skip, trait: weak | vague, say: `
		I? NEG really|actually|think_i|currently? NEED any|anymore|another|a_new|your? more?
		not needed|necessary|required|wanted
	`},
	{role: verb, means: Skip, trait: vague, say: `
		pass
		cancel|cancelling|canceling this|that|the|my|our|only? one|order|shipment|delivery|box|package
		cancel|cancelling|canceling this|that|the|my|our|only? only? UP|this_months|this_weeks order|shipment|delivery|box|package|one
		cancel it|this|that
		stop this|my|the UP? order|shipment|delivery|box|package
		I? dont|do_not really? need|want|wanna any? it|this|this_one|that_one|one|more|another_one|another
		dont|do_not need|want it|this|this_one|one
		scratch|nix|ditch|scrap|axe|waive|decline|withhold|leapfrog|sidestep|dodge|duck|eliminate|exclude|drop it|this|this_one|MY? UP? ORDER
		nix|ditch|scrap|axe|waive|withhold|leapfrog|sidestep|forgo|forego
		bow|count_me|count_us out of?
		let it|this|this_one slide|go|pass
		forget it|this|this_one|about_it|about_this_one
		write off it|this|MY? UP? ORDER
		sit|sitting this hand|round out
		no thanks|thank_you on|to|for? this|this_one|the UP? ORDER|one
		nope|no|nah to this|this_one
		this|this_one no
		get rid of
		remove|drop the|this|my UP? order|shipment|delivery|box
	`},
	{role: verb, means: Skip, trait: done | weak, say: `
		skipped|skips|omitted
		gets|get|be skipped
	`},
	{role: verb, means: Delay, say: `
		delay|delaying|postpone|postponing|reschedule|rescheduling|resched|snooze|snoozing
		push|pushing it|this|that|this_one|that_one|them|mine|everything back|out|off|along?
		push|pushing MY UP? ORDER back|out|off?
		push|pushing back|out|off
		move|moving it|this|that|this_one|that_one|them|everything back|out|off|over?
		move|moving MY UP? ORDER back|out|off|over?
		move|moving back|out
		bump|bumping it|this|that|this_one|that_one|them back|out?
		bump|bumping MY UP? ORDER back|out?
		change|changing|move|moving|push|reschedule|adjust|update|edit|switch|shift|extend MY? UP? delivery|ship|shipping|shipment|order|arrival|send? date|day|time|dates
		pick|choose|need|want|set a? another|different|later|new date|day|time
		a? later date
		extend|stretch|shift|defer|deferring it|this|that|this_one|MY? UP? ORDER? out|back?
		set it|this|that|MY ORDER back|out
		put off
		put it|this|this_one|that off
		set|schedule it|this|this_one|MY? ORDER? for|to
	`},
	{role: verb, means: Delay, say: `
		have|get|want|need|like it|this|that|this_one|MY UP? ORDER? delayed|moved|postponed|rescheduled|pushed back|out|off?
		I? need|want|request|requesting|like a delay
	`},
	{role: verb, means: Delay, trait: weak, say: `
		push|move|bump|shift|hold|wait|schedule
		hold|keep on? to|onto
		hold it|this|that|this_one|MY? UP? ORDER? off|for|til?
		wait to SEND
		wait on it|this|this_one|MY? UP? ORDER
		wait|hold off? on? SEND it|this|that
		not until|till|til
		SEND|deliver it|this|that|this_one|MY? UP? ORDER? later
		give it
	`},
	{role: verb, means: Delay, trait: weak | vague, say: `
		moving|pushing|holding
	`},
	{role: verb, means: Delay, trait: vague, say: `
		hold|holding off
		hold off on
		a|any? later|different|another|new|other|better|alternate date|day|dates|time
		need|want|have|give_me|give_us|like a|some|a_bit|a_little? more|extra|bit_more time|weeks|days
		I? need|want more time
		slow|slowing it? down
		nudge|shove|drag|slide|sling|retime|stagger|kick|scoot|pop|rebook|carry it|this|this_one|MY? UP? ORDER|her|forward? out|along|back|over|forward|down_the_road?
		book|pencil|put it|me|this|us in? for
		too early|soon
		bit|a_bit|little|a_little later
		park it|this|this_one|MY? UP? ORDER
		pump the brakes|break on?
	`},
	{role: verb, means: Delay, trait: vague, say: `
		SEND it|mine|them|MY ORDER? then|after|afterwards
	`},
	{role: verb, means: Delay, trait: vague | faint, say: `
		later
		not now|yet
		not right now|yet
	`},
	{role: verb, means: Delay, trait: done | weak, say: `
		delayed|postponed|rescheduled|pushed|moved|bumped|pushed_back|moved_back
	`},
	{role: verb, means: Pause, say: `
		pause|pausing|suspend|suspending|freeze|freezing
		put|place|putting me|us|it|this|that|everything|things|both|all|them on a? hold|pause
		put|place|putting MY UP? ORDER|ORDERS|GOODS on a? hold|pause
		put on hold|pause
		put|place a hold|pause|stop on MY? UP? ORDER|ORDERS|GOODS|everything|things?
		hit|press pause on MY UP? ORDER|ORDERS|GOODS|everything|things|it?
		vacation|holiday hold|stop|pause
		on hold
		take|taking|need|want a short|little|long|quick? break from?
	`},
	{role: verb, means: Pause, trait: limited, say: `
		stop|quit|halt sending|shipping|delivering me|us? anything|stuff|things?
		stop|halt
		stop|halt sending|shipping? MY UP? ORDER|ORDERS|GOODS for
		hold everything
	`},
	{role: verb, means: Pause, trait: vague, say: `
		put|place me|us|it|this|everything on a? break|ice|hiatus
		hold|holding all|my|any|our|further|future? ORDERS
		shelve|mothball|hibernate|deactivate it|this|everything|me|MY? UP? ORDER|GOODS?
		shut|turn|switch|dial it|things|everything|this|MY ORDER? off|down|back_to_zero
		timeout|time out
		ease|lay off
		go quiet
		off until|till|for
		brakes on
		breather
		give me|us a breather|break|rest
		take|taking|have a|one|this|the|next|a_few|a_couple|two|2|three|3|the_whole|some|of? month|week|weeks|months|summer|winter|time|year off
	`},
	{role: verb, means: Pause, trait: done | weak, say: `
		paused|suspended|frozen
	`},
	{role: verb, means: Resume, say: `
		resume|resuming|unpause|unpausing|unfreeze|reactivate|reactivating|reenable
		un pause|freeze|suspend
		restart|restarting|start|starting MY|it|sending|getting|shipping ORDER|ORDERS|GOODS? again|back_up|back_on|back
		restart MY? UP? ORDER|ORDERS|GOODS
		start sending|shipping|getting|receiving|delivering|up me? MY? GOODS? again?
		start it|things|everything|them back|again up|again?
		start MY? UP? ORDER|ORDERS|GOODS again|up|back up|again?
		turn|switch it|things|everything|MY ORDER? back on
		turn back on
		take|get me|it|us|this|MY ORDER? off of? hold|pause|the_hold|the_pause
		end|stop|remove|lift|cancel MY pause|hold|break
		pick|pick_it back up
		bring back MY ORDER
		IM|im? back? ready to|for start|resume|get getting|receiving|my?
	`},
	{role: verb, means: Resume, trait: vague, say: `
		get MY ORDER|ORDERS|GOODS going|moving|coming|started again?
		get it|things|everything going|moving|coming|started again?
		fire|pick|start|crank|spin it|things|MY ORDER back up
		turn it|things|everything|MY ORDER|GOODS? on
		put|switch|sign me|us back on|in|into|up
		wake MY ORDER up?
		reopen MY? ORDER|tap
		begin|start|restart SEND it|them|again|MY|me? GOODS|ORDERS? again?
		back on
		SEND it|them? again
		pick up where we|i left off
		reinstate
		restart
		start again
	`},
	{role: verb, means: Undo, say: `
		undo|undoing|unskip|unskipping|undelay|unpush|revert|reverting
		walk that|it|this back
		bring back MY skipped ORDER
		nvm|forget|revoke|rescind the|my|that|earlier|last? earlier|last? skip|delay|pause
		un skip|do|delay
		undo|reverse|revert|cancel|remove|take_back that|the|my|this|last|a? last? skip|delay|change|pause|swap|move
		reverse that|it|this|the_last|what_i_did
		take that|it back
		put|add|change|switch|move|turn it|this|that|them|mine|everything|this_one back
		put|add|change|switch|move it|this|that|them|everything back to|the|on|in how|way|what|schedule it|the was|schedule|were|before?
		put|add|change MY UP? ORDER|GOODS back on|in the? schedule|list|order?
		change back
		put back
		undo|reverse what|everything I just? did
		go back to the? way|how|what|original it was|date|schedule?
		back to the original date|schedule|day
		bring it|this|that|my_order|the_order back
		restore it|this|MY? UP? ORDER?
	`},
	{role: verb, means: Undo, trait: vague, say: `
		changed my mind
		go back to
		I|IM|ive changed|changing my mind
		reverse
		I? didnt mean to that|it|skip|delay|pause|do|say|send|text that|it?
		didnt mean that|it|to
		I? skipped|delayed|paused it|this? by accident|mistake
		accidentally|accidently skipped|delayed|paused|texted|sent|hit skip?
		actually? I do want|need it|this|this_one|that
		I want|need it after all
		I want it back
	`},
	{role: verb, means: Now, say: `
		SEND it|this|that|mine|them|everything|this_one|all|stuff? right|straight? now|today|asap|immediately|away|pronto
		SEND MY? UP? ORDER|ORDERS|GOODS right|straight? now|today|asap|immediately|away
		SEND the? next|upcoming|first? one|1 right|straight? now|today|asap|immediately|away
		SEND right|straight? now|today|asap|immediately|away|pronto
		SEND it|this|that|MY? ORDER? as soon as possible|YOU can|possible?
		need|want it|this|that|this_one|MY? UP? ORDER|GOODS? asap|now|today|right_away|right_now|immediately
		charge it|me and send|ship it
		charge it|me? now
	`},
	{role: verb, means: Undo, trait: vague | faint, say: `
		by|on accident|mistake
		that|it was a|an mistake|accident|error
	`},
	{role: verb, means: Now, trait: faint, say: `
		now
	`},
	{role: verb, means: Now, trait: vague, say: `
		SEND it|this|that|mine|them|this_one|MY? UP? ORDER|GOODS? early|earlier|sooner|quick|quickly|faster
		fire it|this|mine off|out
		get it|this|mine|MY? UP? ORDER on|out the? truck|door|way|mail?
		release the? GOODS
		need|want GOODS|ORDER now|asap|today
		rush|expedite|hurry|speed it|this|that|MY? UP? ORDER? up? along?
		get|have|need|want it|this|that|MY? UP? ORDER? sooner|faster|earlier|early|quicker
		can|could|will it|they|this|MY ORDER? come|ship|arrive|be_sent|go_out|get_here|be_shipped sooner|earlier|early|faster
		move|push|bump|bring|pull|shift it|this|that|MY? UP? ORDER? up|forward|earlier|sooner
		IM|im|were|weve|ive almost|nearly|totally|completely|all|just|fresh? out of?
		IM|im|were running|getting low|out on|of?
		I? just? ran|run out of?
		all out of
		out of GOODS
		running low|out on|of?
	`},
	{role: verb, means: Now, trait: vague | faint, say: `
		asap
		as soon as possible
		sooner|faster|earlier|early
	`},
	{role: verb, means: Now, trait: vague | sends, say: `
		SEND me|us?
		get|give me|us
	`},
	{role: verb, trait: sends, say: `
		make|change|switch|update|set|making|changing it|that|mine|them
		make|change|changing|making
		can|could|will|would|should it|this|they|that|MY|this_one be? come|ship|arrive|deliver|go_out|delivered|shipped|sent
		can|could|will|would|should MY UP? ORDER|GOODS be? come|ship|arrive|deliver|go_out|delivered|shipped|sent
		have|get|need|want|like|prefer|rather it|this|them|that|mine|one|this_one come|to_come|here|delivered|shipped|sent|arrive|to_arrive|to_ship
		have|get|need|want|like|do|rather_have|rather_get|try it|this|them|that|this_one
		can|could we|i|u|you do|try|get|have|make|make_it
		lets do|make|try|say
		i|ill|id|we|well|wed rather|only|just|actually|would? want|take|like|need|prefer
		ill|id|well|wed rather|only|just|actually? have|get|love
		deliver
	`},
	{role: verb, trait: sends | vague, say: `
		try|trying|get|order
		I? want|wanna|like to? try
	`},
	{role: verb, trait: sends | vague, say: `
		how|what about
		would
	`},
	{role: verb, means: Swap, say: `
		upgrade|downgrade|convert|turn me|us|it|this|MY? GOODS?
		swap|swapping|exchange|exchanging|replace|replacing|substitute|trade|sub out?
		switch|switching out?
		switch|switching me|us|it|this|that over?
		swap|switch|change|exchange|replace it|this|that|MY? GOODS|ORDER|UP? to|for|with something|a_thing else|different
		swap|switch|change to|for a? something|different|another|new else|product|flavor|kind|one|type|different?
		change|switch|update|swap MY? product|products|flavor|flavors|flavour|kind|roast|type|variety|item|items|blend
		try|get|pick|choose|want|change|switch|swap a|another|some different|new? product|flavor|flavour|kind|roast|one|variety|blend|type
		try|get|want something else|different
	`},
	{role: verb, means: Quantity, say: `
		change|increase|decrease|adjust|update|up|raise|lower|reduce|set|edit|modify MY? quantity|qty|quantities|amount|count|number of|to?
		quantity|qty to|of|is?
		change how many|much I get|receive
		increase|up|raise|bump|lower|reduce|drop|cut|take|bring it|this|that|me|MY? ORDER? up|back|down? to
	`},
	{role: verb, means: Quantity, trait: more, say: `
		chuck|toss|throw|pop in
		add|adding|increase_by|throw_in|tack_on|include
		increase|up it|this|MY? ORDER? by
	`},
	{role: verb, means: Quantity, trait: less, say: `
		knock off
		lose|ditch one|1 of? MY? BAGS
		remove|drop|subtract|take_off|minus|take_away
		reduce|decrease|lower|cut it|this|MY? ORDER? down? by
	`},
	{role: verb, means: Quantity, trait: vague, n: 3, say: `
		triple|tripling
	`},
	{role: verb, means: Quantity, trait: vague, say: `
		half as much|many
		take one|1|a bag|box|pack off|out
		halve|half my order
	`},
	{role: verb, means: Quantity, trait: vague, n: 2, say: `
		double|doubling
		twice as much|many
	`},
}
