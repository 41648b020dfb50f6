package reply

// englishHints are what people say instead of a command.
var englishHints = []row{
	{role: hints, means: Skip, say: `
		not|no|nah|nothing this|that|the|for_this|thsi time|month|round|cycle|week|one|load|batch|go|turn
		not at the moment
		not today|tonight thanks|thank_you?
		leave|leaving|leave_off|left|cut|keep|cross|strike|count this|that|it|us|me|my this|next? one|order|box? out|off|from
		dont|wont|shant|not|doesnt|no need|needing|want|wanting|require|be_needing|be_needing_any|need_any|wish_to_receive|care_for|wanna the|this|that|my|any|another|more|a UP? ORDER|one|delivery|shipment|november|december|parcel|GOODS?
		no need for|of the|this|that|any|another|more
		dont|do_not|not|needn bother|send|ship|bother_with any|nothing|none|nun|this|with? this? time|month|one?
		please|pls not|no
		no more|extra needed|required|necessary|for_now
		i no want
		strike|omit|void|abort|scratch|dismiss|forgo|jump|bypass|leapfrog|ditch|bin|drop|hop|lose|nix the|this|that|next|my
		blow|breeze|move|go|skate|sail past|over this|the|it
		abstain|refrain|decline
		letting go of
		stand down
		no op
		opt me out of this|the
		back on the shelf
		cant|cannot|cannae be fashed|bothered|arsed
		pantry|cupboard|freezer|fridge|shelf|shelves|cabinet|closet|house|garage|cupboards|kitchen is|are|s|was? still|too|so|already|totally|completely? full|packed|stuffed|overflowing|stocked|bursting|loaded
		too|so|way_too much|many GOODS|BAGS|of_it|already|left|here|in
		drowning|swimming|buried|covered|swamped|overrun|knee_deep|set|loaded|awash|up_to_my|backed up? in|with|by|for|on|eyeballs|neck|ears
		PLENTY of? GOODS|BAGS|left|still|here|already
		have|got|still_have|ve|still PLENTY
		stocked|overstocked|stockpiled up?
		still have|got|working|drinking|finishing|sitting_on|going
		good|grand|fine|set|ok|okay|covered|sorted for now|this|the|thanks|cheers|a_while|a_bit|time|coffee|tea month|one|time?
		prefer|rather you|u|yall|if_you didnt|did_not|dont|not
		love|like to but|except no|cant|not
		this one|time|month no
		dont bother
		not feeling|vibing|into|up this|it|to|for
		nothing|none this|for|needed|required|please|thanks
		maybe|perhaps next time|month
		no november|december|january|february|march|april|may|june|july|august|september|october ORDER|one|coffee?
		im out|in this|for_this time|month|one|round
		count me|us out
		give|giving this|it|that one? a? miss|pass|rest|skip
		take a? pass|miss
		save it|this|mine for|till|until
		hard pass
		some other time
		skip todays|tomorrows|today|tomorrow|us|me|january|february|march|april|may|june|july|august|september|october|november|december
	`},
	{role: hints, means: Delay, say: `
		too soon|early|fast
		delay|postpone|push_it|move_it|push|wait to|until|till|til|for
		a|lil|little|bit|tad|touch|way|much later
		later please|pls|plz|on|than|date
		please|pls|use|do|maybe|it|little|send|ship|deliver|come|just|get|want|need|prefer|ok it|this|them? later
		can|could|may|let it|this|that|mine|MY_ORDER wait
		it|this|that|mine can|could|should|will|must wait
		hang|hold|sit on|onto to? it|this|them|mine|my|that
		table|shelve|park|punt|kick|knock|slip|nudge|bump|slide|sling|roll|drag|carry|lag|shunt|scoot it|this|that|us|to|on|by|the|one|her|mine|forward
		circle|come|check|get back in|to|with|after|on
		gimme|give|need|want|grant|allow|buy me|us? a|another|two|three|more|extra|some|few|couple|one|2|3|4 more|extra|additional|couple|few? week|weeks|days|time|month|months|day
		not|nothing|none|no_coffee|dont before|until|till|til|til_then
		more late
		see|catch|hit|try me|you|u|us|to|again? in|after
		no rush|hurry
		give|take your time
		same time next
		better|rather|best make|do|have|get it
		make|have it the|on|land|no|for
		postponement|deferral|extension|delay
		long finger
		would|will suit|work
		one|another|two|few|couple|an_extra|extra week|weeks|month|days late|more|extra|backwards|further|longer
		give it a|another|some|two|three|few
		another|different day|date|week|time|month|slot
		not ready|quite_ready|home|here|there|around yet|until|till|for
		wont|not be here|home|around|back until|till|til|before|on|for
		once|when|after the|i|we|my|im|were
		maybe|perhaps|probably next|in
		arrive|arrives|come|comes|came|get|land|lands|coming|delivered|delivery|deliver later|after|around|closer|nearer
		on hold
		take it after|in|on|then
		next|following week|month|year|one yes|please|pls|better|instead|ok|fine|good|would|is|works|suits
	`},
	{role: hints, means: Pause, say: `
		on ice|break|hiatus|vacation|holiday for|till|until|please|while
		put|place|keep me|us|it|this|everything on a? ice|break|hiatus|hold|pause
		timeout|time_out|breather|hiatus|sabbatical
		hold|stop|halt|cease|freeze all|everything|the|my|mine ORDERS|deliveries|lot
		no|nothing|none ORDERS|deliveries|coffee|during|in|while|for|please during|between|while|until|till|in|for|please?
		during|in that|the|between time|meantime|interim
		closed|shut from|until|till|for
		nothing during|while|in
		take|taking|need|want a? break|breather|rest|hiatus
		for the summer|winter|season
		a while
	`},
	{role: hints, means: Resume, say: `
		unstop|restart|reinstate|reactivate|resume
		put|add|sign|get|count|include me|us back on|in|to|into?
		send|start|begin|ship|get again|back like|every|as|like_before|up
		fire|crank|start|kick|turn|switch it|this|things|everything|her back up|on
		take|lift|remove|drop|end|cancel my|the hold|pause|break off?
		break|pause|hold|vacation is|are|s over|done|finished
		im|were back now|home|from|again
		ready again|to_start|for_more
	`},
	{role: hints, means: Undo, say: `
		unpush|unskip|undelay|unpause|rollback|undo
		roll|walk|take|put|switch|change|dial it|that|this|them|everything|my_last|the_last back
		roll|walk|dial back
		ctrl z
		didnt|did_not|never mean|meant|want|wanted|intend to skip|delay|pause|do|that|say|send
		ignore|disregard|forget|reverse|cancel|scrap|revert|retract|withdraw the|my|that|last|earlier|previous skip|delay|pause|last|message|request|change|text
		never said|asked|wanted|texted|told YOU? to? skip|delay|pause|push|move
		by|on|a accident|mistake|mistake_skip
		make|made mistake|a_mistake
		changed|change|changing my|her|his|our|their mind
		after all
		toddler|kid|cat|baby|son|daughter|butt|pocket hit|pressed|sent|texted|did|pushed|dialed|dial
		the|it|like how|way it was
		i want it back
	`},
	{role: hints, means: Now, say: `
		ran|run|running|almost|nearly|all|completely out|low|short
		out of GOODS
		low on
		on|down_to MY last|final|only bag|pod|cup|scoop|drop|bags
		sooner|asap|faster|urgently|pronto|hurry|rush|expedite
		as soon as
		send|ship|need|want|get|dispatch|deliver|release|rush|have|bring it|mine|er|her|this|the|me|GOODS? now|fast|today|asap|soon|quick|early|already|tonight|tomorrow
		ship|send|dispatch er|her|away|mine
		today please|pls|dispatch|send|ship
		release|send the beans|GOODS
		today itself|if|please|pls
		on the truck
		dry as
		finish|finished|no|zero|without GOODS today|now|left?
		caffeine emergency|withdrawal
		i cant|cannot wait
	`},
	{role: hints, means: Quantity, say: `
		down|back|up|drop|cut|reduce|go|reducing|increase to|by one|two|three|1|2|3|4|a|four
		one|two|three|1|2|3|4|four|just_one|only_one|a_single BAGS|packet|packets|packs would|will|is|should|be|please|pls|not|from|do|enough|plenty|suffice?
		fewer|less BAGS|packet|packets
		a|one|1|two|2 BAGS|packet|packets more|extra|less|fewer|off|from|out|instead
		one|two|three|1|2|3|4 not|instead_of|rather_than one|two|three|1|2|3|4
		one|1|two|2 more|extra|fewer|less|additional BAGS|packet|packets?
		just|only|so|make_it|let_it_be|leave one|two|three|1|2|3|4 BAGS|packet|packets|now|from|please|will?
		knock|take|drop|cut|shave a|one|1|two|2 BAGS|packet
		half|double|twice|triple the|my|of|as|it
		bigger|smaller order|amount|bag|box
	`},
	{role: hints, means: Swap, say: `
		without the? caffeine|caffein
		caffeine free
		decaffeinated|caffeineless
		something|anything|one|kind|blend|roast darker|lighter|stronger|milder|different|else|new|smoother|bolder
		darker|lighter|stronger|milder one|kind|blend|roast
		go|going|gone|switching|moving|move|back|im|convert to? decaf|dark|light
		different|other|another|new flavor|flavour|roast|kind|blend|type|product
		sooner have
		in place of
	`},
	{role: hints, means: Next, say: `
		eta
		how long|far|soon|many_days|much_days till|until|til|before|with|it|does
		when should|can|do|will|is|are i|we|it|my|the
		what have|do|did i|we got|get|coming|have
		whats my|the current|next|status|date
		still on for|track
		when the? next
		know|tell|remind|checking|check|let_me_know when|what_day|what|on|my the? MY? UP? ORDER|coming
		is it|my_order|everything still coming|scheduled|set
		what day
	`},
	{role: hints, means: Link, say: `
		online somewhere
		do|change|manage|edit|see|update this|it|that|things|my_order|myself online|myself|somewhere|on
		portal|dashboard|website|webpage|web_page|login
		change whats in it
		my account
		where i|do_i|can_i change|log|manage|edit|see|go
	`},
}
