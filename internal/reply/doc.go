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
// A text that may mean our texts as well as the orders ("stop it") is only a Likely opt-out: it is asked which. One that names
// goods is none either ("stop the coffee"), and one that names texts is one however it is spelled, in any of the
// languages and in mixtures of them.
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
// object ("skip breakfast") makes it no command at all. So a word nobody taught can make the grammar ask, and never
// makes it act. Languages are tables and share all of this.
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
// # The conversation
//
// The conversation of a customer is in one of two states. The caller keeps it (as a *Question or nil), and
// this package says what a text does in either:
//
//	           command that means several orders: the caller asks, and keeps a Question
//	┌────────┐ ────────────────────────────────────────────────────────────▶ ┌──────────┐
//	│ no     │                                                               │ question │ ─┐ Unknown, Tapback
//	│question│ ◀──────────────────────────────────────────────────────────── │ open     │ ◀┘ Help: stays open
//	└────────┘  Choice (carry out Command for Picks; no Picks: nothing)       └──────────┘
//	            a new command (it replaces the question; it is not an answer)
//	            OptOut (the question is dropped)
//	            Expires has come (Question.At returns nil)
//
// A Choice never arises without an open question, and the Picks in it always exist among its Options.
package reply
