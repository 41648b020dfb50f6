package reply

import "strings"

// reactions are how phones that cannot show a reaction spell it, up to the quoted text. In clean text the
// emoji of "Reacted 👍 to" is gone.
var reactions = []string{
	"liked", "loved", "disliked", "emphasized", "emphasised", "laughed at", "questioned", "reacted to",
	"removed a like from", "removed a heart from", "removed a dislike from", "removed a laugh from",
	"removed an exclamation from", "removed a question mark from", "removed from",
}

// reactedTo are the things without words that a phone names instead of quoting.
var reactedTo = set("image photo picture video movie sticker link attachment message")

// readTapback recognises the text a phone makes of a reaction: a set verb, then our own words in quotation
// marks to the end, or the name of a thing.
func readTapback(t *text, _ *Situation) (Understood, bool) {
	for _, verb := range reactions {
		rest, ok := strings.CutPrefix(t.clean, verb+" ")
		if ok && (quoted(rest, t.long) || thing(rest)) {
			return tapback(verb), true
		}
	}
	if rest, ok := strings.CutPrefix(t.clean, "to "); ok && t.emoji && quoted(rest, t.long) {
		return tapback("to"), true
	}
	return Understood{}, false
}

func tapback(verb string) Understood {
	return Understood{Wish: Wish{Meaning: Tapback}, Words: verb, Why: "A phone's reaction to one of our texts; it asks for nothing."}
}

// quoted reports whether s is one quotation. The end of a cut text cannot be seen and is taken on trust.
func quoted(s string, cut bool) bool {
	return len(s) >= 2 && s[0] == '"' && (cut || s[len(s)-1] == '"')
}

// thing reports whether s is "an image", "your message" and the like.
func thing(s string) bool {
	article, name, ok := strings.Cut(s, " ")
	return ok && (article == "a" || article == "an" || article == "your") && reactedTo[name]
}
