// Package reply turns one inbound text into one meaning: an opt-out, a command, the answer to the question
// that was asked last, or something for a person to read.
//
// It exists so that the rule "nothing is ever guessed" lives in one pure place that can be tested with
// thousands of texts. A text either has exactly one meaning, or it goes to a person with a sentence that
// says why. Every meaning carries the words that led to it.
//
// It must not read the clock, know customers, orders or SQL, carry anything out, or word an answer: which
// order a command means, whether it is too late and what the shopper is told belong to the bridge. It must
// not log; what it returns in Words is part of a person's text.
//
// # Finding the way
//
//	meaning.go               the types: what goes in (Situation), what comes out (Understood)
//	read.go                  Read, and the order of its readers; begin here
//	normal, fold, footer     a text becomes words: NFKC, case, emoji, drawn-out letters, signatures, quotations
//	tapback, sign            reactions of phones; texts that are nothing but a pictograph
//	optout…, phrase          opt-outs: words, phrases, what may stand around them
//	consent, yesno           opt-in, help, and the words for yes and no
//	grammar                  the grammar of commands: _cover, _split, _read and _join are its four steps; _args, _time and
//	                         _wish read what a command is said with, _piece what stands without one, _hint and _late what
//	                         can only be asked about; _why says it in words
//	lexicon…, typo           its tables, one language a prefix, and slips of the finger
//	answer, choosing, …      answers: choosing cuts, deciding and terms choose, agreeing takes yes or no, timing a date
//	saying…, naming, placing the tables of answers, names of options, places in a list
//	when/                    amounts and dates
//	corpus/                  labelled texts, and how well they are understood
//
// `rejoinder explain "push it 2 weeks"` prints what any text means, and why.
//
// # Order of meaning
//
// The first reader that recognises the text wins (see readers):
//
//	reaction → opt-out → lone thumb → unreadable → opt-in → help → the shop's own words → answer to the open question → grammar
//
// A reaction ("Liked “…”") comes first because a phone wrote it, quoting us: the words in it are ours, and our
// own "Reply STOP to end" must not opt anybody out. Opt-out comes before every check of length and encoding,
// so that a broken byte never costs anybody their opt-out.
//
// # What acts, what is asked, what a person reads
//
// Certainty decides. Certain may be acted on. Likely never is: the caller asks whether it is meant, or which of
// several dates. The rest has none: opt-out, opt-in and help, which are always acted on unless they are Likely; thanks,
// which need no answer; and what is for a person. A word nobody taught can turn Certain into Likely or Unknown, and never
// the other way.
//
// # Opt-out
//
// A text opts out when it is one of the carriers' words and nothing else, a reviewed slip in one of those, such a word
// among words that go with leaving ("I said STOP"), or a phrase that speaks about texts, anywhere in it. A phrase has a
// word for ceasing, a word for texts, and only linking words between, so goods in that place make it none ("stop the
// coffee"). Negations, questions, limits ("before nine") and quotations of ours around it do so too. What may mean our
// texts as well as the orders ("stop it") is an OptOut that is only Likely: the caller asks which.
//
// # The grammar
//
// What a text asks for is read in four steps, each of which looks at every word once:
//
//  1. Cover. Phrases of the tables (see lexicon), times (package when), names of products and counts are laid over
//     the words so that as few words as possible stay uncovered. A phrase has one role: a verb such as "push back",
//     an object such as "my next order", a frame such as "can you", a negation, a hedge, a condition, a reason.
//  2. Split. The pieces are cut into statements: at most one verb each, with what is said about it.
//  3. Read. A statement with a verb becomes a Wish. Whatever casts doubt on it is noted as a doubt, by name.
//  4. Join. Statements that say the same are one; several wishes that go together become Wish and Then.
//
// A command is Certain only when there is no doubt at all: every word of the text is covered by something that
// belongs there, or stands in a reason ("because …", "i still have …"). One uncovered word, one hedge, a "no" that
// governs nothing, a time that fits two days, and the command is only Likely. An uncovered word in the place of the
// object ("skip breakfast") makes it no command at all. Languages are tables and share all of this.
//
// A text that asks for nothing may still hint at one thing ("way too soon", "in three weeks would be grand"). It is
// asked about, never acted on: see hint.
//
// # Dates
//
// Package when reads an expression without knowing what it is for; resolving it comes after, because "Friday" is the
// first Friday after the order for a delay, and after today for a pause. Dates are never past nor beyond
// Situation.Last; what fits two days gives both, and what fits none makes the wish Likely without a date.
//
// # Answers
//
// While a question is open a text is cut into atoms (see part): numbers, places, names, dates, "both", "not", a yes.
// Every word has to be one of them, or the text is no answer. A choice is what they choose together; a name that fits
// two options, a number that may be a day or a count, an "or" and a negation without an alternative choose nothing.
// Nicknames, translated wares and slips of the finger count only when the names as shown do not do. What asks for
// something by itself asks for that, except for the command that the question is about: said again it is a yes, and
// beside a place or a name it is the choice. An amount or a date answers how far; a yes is a text that agrees and says
// nothing else.
//
// # Teaching it
//
// A wording is a line in the table of its language, in the row with the role it plays: lexicon_* for commands and what
// goes with them, saying_* and yesno.go for answers, optOutPhrases for texts about texts, when/english.go and its like
// for times. Prefer a group or an optional word to another line, and a word that can be said in many sentences to a
// whole sentence. What should only ever be asked about goes into the hints. Then write the text with its label into
// testdata; the property tests (negation, typing, limits of dates) and the tuning texts say what else it changed.
//
// A language is a lexicon, sayings and a table of package when, named in Languages, lexicons, sayingsFrom and reader.go
// of when; words of consent, yes and no stand beside those of the others. No code of the grammar knows a language.
//
// # The conversation
//
// The conversation of a customer is in one of two states. The caller keeps it (as a *Question or nil), and
// this package says what a text does in either:
//
//	           a command that means several orders or dates, or is only Likely: the caller asks, and keeps a Question
//	┌────────┐ ────────────────────────────────────────────────────────────▶ ┌──────────┐
//	│ no     │                                                               │ question │ ─┐ Unknown, Tapback, Thanks
//	│question│ ◀──────────────────────────────────────────────────────────── │ open     │ ◀┘ Help: stays open
//	└────────┘  Choice (carry out Wish for Picks; no Picks: nothing)         └──────────┘
//	            Yes (carry out Wish), No (nothing)
//	            a new command (it replaces the question; it is not an answer)
//	            OptOut (the question is dropped); one that is only Likely is asked about
//	            Expires has come (Question.At returns nil)
//
// A Choice never arises without an open question, and the Picks in it always exist among its Options. A Yes or No is
// Certain only while a question that takes one is open.
package reply
