package reply

// englishTalk are complete statements, and words that change nothing.
var englishTalk = []row{
	{role: says, means: Thanks, say: `
		thanks|thank|thx|thnx|ty|tysm|tyvm|tks|thankss|thanku|thankyou|gracias|merci|cheers YOU? so|very|again|guys|a|for|in? much|lot|bunch|kindly|million|advance? again?
		many thanks
		thanks|thank|thx|ty YOU? for the|letting|your|reminding|all|everything|this|that|skipping|a|checking|asking|being heads|reminder|me|help|patience|update|quick|it|text|message|service|understanding|up? up|know|me|delay|response|reply|text|you|do?
		ok|okay|k|kk|okey|alright|alrighty|oki|okie dokey|dokie|cool|great|good|then|thanks?
		hey|hi|hello|hiya|howdy|yo|heya|hallo|greetings there|guys|team|again|all|yall|everyone|folks?
		good morning|afternoon|evening|day|night
		happy thanksgiving|holidays|new_year|friday|monday|birthday|sunday|day|halloween
		got it|ya|you|that|u
		sounds|looks|all good|great|perfect|fine|set|awesome then?
		great|awesome|perfect|nice|wonderful|excellent|sweet|cool|amazing|fantastic|lovely|yay|woohoo|yippee|super|fab beans|timing|job|news|stuff?
		understood|noted|roger|received|copy|acknowledged|appreciated
		I? really|so|much? appreciate it|you|that|this|the|yall|all? reminder|help?
		no problem|worries|prob
		have a|an great|good|nice|blessed|wonderful|lovely|awesome|beautiful day|one|night|evening|weekend|week|afternoon|morning|rest? of? your? day?
		you too
		take care
		YOU? guys? are? the best
		see you|ya|u in? december|soon|then|next?
		love|loved|liked|enjoy|enjoyed it|this|your|the|you GOODS?
		cant wait
		gotcha|10_4|word|bet
		appreciate ya|yall|u
		merry|happy christmas|xmas|hanukkah|easter
		looking forward to it|that|this|my? GOODS|order?
		happy holidays
		will do
		bye|goodbye|ciao|later_gator
		god|bless bless|you you?
		that works|helps
		helpful
		fine
		done
	`},
	{role: says, means: Next, say: `
		status|statis|nxt|nexxt
		next|upcoming|current ORDER
		when|wen|what_day|what_date AUX
		whats|what_is my|our|the next? order|subscription|delivery? status
		order|delivery|shipping|subscription|shipment status|update|date|details
		when|whens|wen|what_day|what_date|what_time AUX? WHO? UP? ORDER|ORDERS|GOODS|one? AUX? be|go_out|next|my|i|the? SHIPS next|to|for? my|next? order|shipment|delivery?
		when|whens|wen|what_day|what_date AUX my|our|the|this|that|your UP? ORDER|GOODS|one after|this? this|that?
		when|whens|wen|what_day|what_date AUX it|that|this
		when|whens AUX? MY next|upcoming
		whens|when_is|when my|the|our next|pause|one ORDER|end|ends|one|after? after? this|that?
		when does my pause end
		whats|what|wht AUX? i|we|MY getting|receiving|coming|getting_next|expecting next|this|time|month? time|month?
		whats|what coming|next|shipping|scheduled|due|upcoming up|next|for? us|this|month? month|time?
		whats|what AUX? in|on MY UP? ORDER|delivery|it
		whats MY UP? ORDER date|day?
		whats|what_is MY UP? ORDER date|day
		whats|what_is the date|day of|for? MY? UP? ORDER?
		did|have|has YOU get|got|receive|received|see|process|processed my skip|message|text|reply|request|delay|change
		whats|what AUX? MY UP ORDER
		what do|did i|we have|order scheduled|coming|coming_up|next|on_order?
		what|how many|much BAGS|GOODS? am|are|will i|we be? getting|receiving|get|receive
		which|what GOODS|one|product|kind|roast|flavor|order AUX WHO? SHIPS this|next? time|month?
		remind|tell me what|when i|my|is|we have|order|next|am|do coming|getting|ship|ships? up|next?
		how many|much BAGS|GOODS? is it|this|that|coming
		check|checking|see|show|view|see_if my|our|me|the UP? ORDER|order|status status?
		where|wheres AUX? my|our|the UP? ORDER|GOODS|ORDERS|stuff at?
		where is it
		has|did|is|was|will MY|it|this|that UP? ORDER|GOODS? been|still|already|going_to|ever|be? SHIPS yet|out|still|today|soon?
		is|are my|our|the|it|this|that|any UP? ORDER|ORDERS|GOODS? still|already|on|being? coming|scheduled|shipped|shipping|on_the_way|on_track|skipped|delayed|paused|set|on|active|due yet|still|up?
		did|has|was|is|were YOU|i|it|this|that|my|we|they|the UP? ORDER? already|ever|get|got|just|successfully? skip|skipped|delay|delayed|pause|paused|moved|move|go|went|changed|work|swap|swapped|postponed|cancelled through|it|this|that|my? through|order|one?
		did|has|is|was my|the|that|our skip|delay|pause|change|swap go|work|gone|went|done|get|registered|processed through?
		do i|we have anything|something|an_order|any_orders|orders|one coming|scheduled|upcoming|on up|soon|order?
		am|are i|we paused|skipped|active|still|subscribed|getting|due paused|subscribed|active|an|one|order?
		when am|will|do|are i|we be? getting|get|charged|billed|receive|expect|paying|receiving? my? charged|billed|next? ORDER? charged?
		what date|day was|is|are|am i|my|it|we order|moved|scheduled|set? to|moved|for?
	`},
	{role: says, means: Next, say: `
		next
	`},
	{role: says, means: Link, say: `
		link|url|login|log_in|signin|website|portal|lnik|linkk|manage|acct|webpage
		account|my_account|my_acct
		send|text|give|need|get|have|want|resend|share|shoot|can_i_have|can_i_get|could_i_get|email me|us? the|a|my|that|ur|your? new|account|login|portal|manage|log_in? link|url|website|login
		link|url to|for|please? my|the|manage|our? account|portal|page|subscription|order|login
		how|where do|can|to|would|could i|we|you|one? login|log_in|sign_in|manage|log_on|access|get_to|get_into|go|see|find|get|edit|update|view|change|control|handle my|our|the|to|online|this|it? account|subscription|order|orders|subscriptions|profile|page|settings|plan|manage|change? page|online|myself|it|this|my? order|subscription?
		manage MY ORDER|ORDERS|GOODS
		point|take|show|direct me|us to my|the account|settings|page|portal
		shoot|send|text me the page|thing|place|site
		get|getting|log|sign in|into|to my? account
		account page|link|login
		customer|my portal|account|page
		what is? the|your|ur website|link|url|site
		website|site|portal|login link|address|page|please?
		can i|we do|manage|change|handle this|it|that|my|everything|things order|subscription? online|myself|on_the_website|on_the_site|on_your_site|in_the_app
	`},
	{role: says, means: Link, trait: vague, say: `
		update|change|need_to_change|need_to_update|new my|our|the|a credit|debit|payment? card|payment|billing info|method|details|on|number? file?
	`},
	{role: says, means: Keep, say: `
		keep|leave|leaving|keeping it|this|that|them|everything|mine|both|things|my_order|the_order|this_order|the_same as|the|how|coming|going|on|in|alone|like|where|same|there|for|as_it? is|same|way|it|usual|planned|schedule|scheduled|date|that|was? is|are|was?
		leave|keep MY UP? ORDER|ORDERS|date|schedule|GOODS as|the|how|coming|going|alone|like|same? is|same|it|planned|scheduled|usual|that? is?
		SEND MY UP? ORDER|ORDERS|GOODS as|like is|planned|scheduled|usual|normal|always|expected
		skip|delay|pause|change|cancel|move nothing|none|neither
		keep as scheduled|is|planned|usual
		keep em|them|it|the|my|on|those|my_stuff coming|going
		keep sending|shipping|the|my? GOODS|it|them|coming? coming?
		leave alone|as_is
		stick|go|stay with the|my|it? same|original|current|usual?
		let it|them|this ship|come|go
		no|zero changes|change|modifications needed|necessary|please|for|at? all|me|now|this? time?
		nothing to|needs|needs_to|has_to|should change|changes|changing|be_changed
		dont|do_not change|touch|move|mess|alter|modify|swap|edit|adjust anything|it|a_thing|my|the|with|this|that|me? order|it|date|schedule?
		I? still? definitely|really|do|def|absolutely? want|need|wanting it|this|this_one|that|mine|my|one ORDER|GOODS|one?
		no need|reason to change|do|touch|adjust|modify anything|it
		I|ill|well|i_will|will take|get|have|want|do|need|keep the? next|following one|order|shipment|delivery
		resume|continue with the? next|following one|order
		still want|need|wanting it|this|my|the|mine ORDER|GOODS|one?
		yes? ill|well take|keep it|this|them|one?
		send|ship|process|deliver|proceed it|this|them|my|order|everything? as|like planned|scheduled|usual|normal|is|is_please|always|expected
		same|same_thing|same_order|business as always|usual|before|planned|last_time
		still send|ship|sending|need|wants|want it|the|this|my|me? ORDER|GOODS?
		good|fine|okay|great to go
		all good
		as planned|scheduled|is|usual
		stay|stick with|on the|my? same|schedule|plan
		dont|do_not|never stop
		keep
		everything|it|that is? is|looks|looking good|fine|correct|perfect|great|ok
		IM|were|all good|set|fine with? it?
		proceed|go_ahead as|with planned|scheduled|normal|it|the_order|my_order
		just|still coming
	`},
	{role: says, means: Yes, say: `
		yes|y|yep|yup|yea|yeah|yess|ya|yas|yass|yah|ye|yeh|yessir|yesss|yaas|aye|uh_huh|sure|absolutely|correct|si|oui|definitely|certainly|affirmative|yse|indeed|totally|confirm|confirmed maam|sir|thing|indeed|ma|im? am|sure?
		of course
		thats right|correct|it|what_i_meant
		please do
		do it
		go for it
		go ahead
	`},
	{role: says, means: No, say: `
		no|nope|nah|n|naw|noo|nay|nooo|noooo thanks|thank|thx|ty|im|not|way|maam|sir? you|u|good|interested|really|ok|fine?
		not really|interested|a_chance|at_all|necessary|needed
		absolutely|definitely|certainly|hell not|no
		negative
		forget it|about_it
	`},
	{role: verb, means: Person, say: `
		cancel|cancelling|canceling|end|terminate|close|cancelled|discontinue|delete MY? UP? ORDER|ORDERS|membership|GOODS|everything|all|account|service|future|me|plan GOODS|ORDER|ORDERS?
		cancel|cancelling|canceling|terminate|discontinue
	`},
	{role: says, means: Unknown, say: `
		reply|text|respond skip|delay|yes|stop|now|undo|pause to skip|move|delay|end|stop|unsubscribe|confirm|undo|pause it?
	`},
	{role: says, means: Person, say: `
		I already skipped|delayed|paused|did this|it|one|that? one?
		I thought i|we skipped|delayed|paused|did this|it|that|one?
		person|human|agent|representative|rep|operator|manager|supervisor|somebody|staff|bot|robot
		a|an|real|live|actual real|live|actual? person|human|agent|rep|representative|manager|someone|bot|robot
		talk|speak|chat|talking|speaking|connect|connected|transfer|contact to|with|me|you a|an|your|the|to? real|live|actual|whoever|human? person|human|someone|somebody|agent|rep|representative|manager|support|team|you|supervisor?
		call me|us back|please|asap|now?
		someone|somebody|manager|you|u please? call|contact|email|reach|help
		customer service|support|care|rep
		call|phone|email|contact number|support|you|yall|customer
		I? need|want|some help|assistance with|on my|an|this|the? order|account|subscription|bill?
		question|questions|concern|complaint|complain|issue|problem|query about|regarding|with|on?
		have|got|a a|another|few|quick question|questions|issue|problem|concern
		refund|refunded|reimburse|reimbursement|credit|money_back|chargeback|refunds
		damaged|broken|leaking|leaked|ripped|torn|crushed|cracked|spilled|smashed|defective|expired|stale|moldy|mouldy|ruined|burnt|rancid|soaked|bugs
		missing|stolen|lost GOODS|BAGS|item|items|package|one|from?
		was|were|is|are|it|its|came|arrived missing|stolen|lost|wrong|late|empty|open|opened|stolen|wet|gone
		wrong order|item|items|product|GOODS|size|grind|flavor|address|box|package|thing|bag|coffee|one|amount|price|card|shipment|roast
		wrong number of BAGS
		never|didnt|havent|hasnt|did_not|never_ever got|get|received|receive|arrived|arrive|came|come|showed|show|delivered|gotten my|our|it|the|last|this|up|any? UP|last|order|it? ORDER|GOODS?
		says|said|marked|shows delivered|its_delivered|it_was_delivered
		charge|charged|charging|charges|overcharged|billed|billing|double_charged|bill|invoice|receipt|payment
		stop|quit|why charging|billing|did_you_charge|charge my|me? card?
		how much|expensive is|does|will|are|did|would|do? it|this|the|my|that|i|you? order|cost|total|paying|charge|pay|be?
		whats|what_is|what the|my|is? total|price|cost|charge
		price|prices|pricing|cost|costs|total|fee|fees|shipping_cost
		discount|discounts|coupon|coupons|promo|promotion|sale|code|rewards|points|loyalty|gift|gift_card|gift_cards|referral|referrals code|card|cards?
		address|addresses|zip|moved|relocated
		change|update|new|different|wrong|correct MY? shipping|delivery|mailing|home|email|billing? address|email|number|phone|name
		we|i|ive|weve just? moved|relocated
		leave|put|deliver|drop it|this|package|box|the_package|the_box|them|my_order? at|by|on|with|in my|the|our? back|front|side|garage|porch|neighbor|neighbors|door|desk|office|lobby door|porch?
		caffeine|caffeinated|organic|gluten|vegan|kosher|allergic|allergy|allergies|nuts|ingredients|calories|sugar|dairy|fair_trade|allergen|allergens
		ground|grind|whole_bean|grinding|grinder_setting|grounds_size
		do|does|are|is YOU|the|it|your|there have|sell|offer|carry|contain|any|accept
		do|can|will|would YOU ship|deliver to|outside|international|internationally|overseas|abroad
		declined|expired|new_card
		difference between|in
		did YOU change|switch the|your recipe|formula|blend|beans|packaging|price
		can|could|would someone|somebody|YOU help me|us
		what|which|whats carrier|courier|difference|strongest|best|kind|size|sizes|in
		how|is|are strong|dark|fresh|long|old|the
		tracking|track number|info|link|my?
		tastes|tasted|smells|smelled|quality like|burnt|bad|off|weird|awful|terrible|funny?
		return|exchange_for_refund|returning|send_back this|it|the|my?
		unsubscribe|unsubscribing|remove|take me|us? from|off the|my|your|of? GOODS|ORDER|autoship|waitlist|subscription
		unsubscribe from MY? GOODS|ORDER
		every|each one|two|three|four|five|six|eight|ten|other|1|2|3|4|5|6|7|8|10|12|few|couple? weeks|week|months|month|days|day|wks|mos
		change|switch|adjust|update|alter MY? ORDER? delivery? frequency|interval|cadence|schedule
		frequency|less_often|more_often|biweekly|bi_weekly|bimonthly|less_frequently|more_frequently
		text|txt|message me|my|us when|wife|husband|at|in|instead|before|after
		stop at size large|small|medium|s|m|l|xl
		stop leaving|delivering_to|sending_decaf|sending_me_decaf|sending_the_wrong
		stop sending|quit_sending broken|wrong|damaged|bad|stale|old
		why
		why did|does|do|was|is|are|wasnt|didnt|isnt|hasnt|havent|am|were|has|have|there|cant|wont|such i|we|it|you|u|MY|there? UP? ORDER|GOODS? skipped|delayed|skip|delay|paused|not|still|getting|charged|charging|always|late|charge?
		text|txt|notify|let|message|alert me|us know? when|once|if|before|after it|my|the|they? ORDER? SHIPS?
		you|u|yall|they already? skipped|delayed|moved|paused|swapped|cancelled|canceled my|our|the|it|this
		weeks|days|week|day late
		you|u|yall|they sent|forgot|messed|screwed|raised|never|keep|charged|billed|shipped|lied|still me|up|the|sending|sent?
		it wont let me
		doesnt|does_not|didnt|isnt|wont|not|cant|broken work|working|let|load|open|log|open_it me?
		link|site|website|app|page is|isnt|doesnt|does|wont|not|broken|down not|work|working|broken|down|load|open?
		website|site|app|link is? down|broken|dead|expired
		complaint|complaining|unacceptable|ridiculous|rip_off|ripoff|terrible_service|disappointed|upset|frustrated|angry
		are you|u a|an|real? real|bot|human|robot|person|computer
		I? dont want this|the|my|your|any|any_more|more GOODS|anymore|ORDER anymore|any_more?
		no more GOODS
		I? quit GOODS
		back in stock|at
		out of stock
		speak to
		my phone number
		new phone|number
	`},
	{role: filler, say: `
		please|pls|plz|plse|pleae|pleas|plx|pleeease|pleease|plese|pleeez|plzz|pleez
		kindly
		actually|just|so|well|um|uh|oh|uhm|erm|ah|lol|haha|hahaha|hm|hmm|anyway|anyways|again|basically|honestly|simply|only|also|too|tho|though|really|definitely|def|literally|right|then|now|here|there|yo|man|bro|dude|guys|sir|mam|maam|team|folks|fam|sis|hun|hon|dear|friend|friends|buddy|boss|yall|everyone|everybody|lmao|omg|ugh|tbh|fyi|btw|imo|rn|still|even|already|xx|xo|ta|cheers|quick|quickly|later_on|up|out|me|us|i|period|comma|of
		exclamation|question point|mark
		for me|us|now|real
		for the time being
		at this|the time|moment
		from now|here on out?
		going forward
		if poss
		no rush
		per our|my prior|previous|last exchange|message|conversation|text
		all the same
		right now
		this time around?
		on my account|end|subscription|plan
		from my|our|the account|subscription|order|plan|schedule
		if|whenever possible|u_can|you_can|you_could|u_could|you_dont_mind|u_dont_mind|you_would|its_ok|thats_ok|that_is_ok|its_okay|thats_okay|thats_cool|its_possible|thats_possible|thats_alright|its_alright|its_not_too_much_trouble|you_please|thats_fine|allowed|convenient|you_guys_can|able
		sorry|apologies|sry|srry about|for? that|this|the_trouble|the_inconvenience|short_notice|the_delay|the_late_reply|the_delayed_reply?
		thats|that_is|which_is|is|that coming|due|scheduled|shipping|arriving|supposed_to_ship|supposed_to_come|about_to_ship up|out|soon|next?
		regards|sincerely|best|yours
		coming|due|shipping up|out|soon?
		like normal
		that would be|b great|awesome|perfect|good|nice|amazing|wonderful
		thatd be great|awesome|perfect|good|nice
		asking
		hope thats|that_is ok|okay|fine
		the? text|txt|message|reply|msg
		this is
		siri
		tell them|him|her
		for real
		i said
		god bless
		in advance
		after all
		go ahead
		ma am
	`},
}
