package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phones that cannot show a reaction to a text spell it: a set wording, then our own text in quotation marks to the end,
// or the name of a thing. The wordings are those that iPhones and Android phones send in English, Spanish and French,
// in the plain form and without the emoji of "Reacted 👍 to". A person who writes "Liked the coffee, skip next" quotes
// nothing, so that is none.

// reactions are the wordings that stand before the quoted text as they are.
var reactions = wordings(`
	liked | loved | disliked | hearted | emphasized | emphasised | laughed at | questioned | reacted to | reacted
	exclaimed at | exclaimed | removed from | thumbs up to | thumbs upped | replied to
	le gusto | le encanto | no le gusto | le ha gustado | le ha encantado | no le ha gustado | les gusto | les encanto
	se rio de | se rio con | se ha reido de | se ha reido con | le hizo gracia | le ha hecho gracia | le dio risa | le divirtio
	enfatizo | recalco | destaco | resalto | subrayo | exclamo | exclamo por | exclamo ante | puso enfasis en | hizo enfasis en
	ha enfatizado | ha destacado | ha recalcado | ha resaltado | ha exclamado | cuestiono | pregunto | pregunto por
	pregunto sobre | dudo de | dudo sobre | puso en duda | ha cuestionado | ha puesto en duda | ha preguntado por | tiene dudas sobre
	me gusta | me encanta | marco como me gusta | le disgusto | se sorprendio con
	a aime | a adore | a deteste | na pas aime | n a pas aime | naime pas | aime | adore | naime plus
	a ri de | a ri a | a ri | a rigole a | a rigole de | sest esclaffe | a trouve drole | trouve drole
	a mis laccent sur | a mis l accent sur | a accentue | a insiste sur | a souligne | a mis en evidence | a mis en avant
	a exclame | sest exclame a propos de | sest exclame devant | a questionne | a interroge | a mis en doute | a demande
	a pose une question sur | sest interroge sur | sinterroge sur | a appuye | a mis en relief
`)

// openReactions begin a wording that names the reaction, up to one of the words on the right.
var openReactions = map[string]map[string]bool{
	"reacted": set("to"), "removed": set("from"), "removes": set("from"), "added": set("to"),
	"reacciono": set("a ante"), "ha reaccionado": set("a ante"), "reaccionaste": set("a"),
	"elimino": set("de a"), "quito": set("de a"), "retiro": set("de a"), "borro": set("de a"), "ha eliminado": set("de a"),
	"ha quitado": set("de a"), "ha retirado": set("de a"), "ha borrado": set("de a"), "anadio": set("a"), "agrego": set("a"),
	"a attribue": set("a"), "a laisse": set("a sur"), "a mis": set("a sur"),
	"a reagi": set("a sur"), "a retire": set("de a du sur"), "a supprime": set("de a du sur"), "a enleve": set("de a du sur"),
	"a annule": set("de a du sur"), "a ajoute": set("a sur"), "nest plus": set("de a"),
}

// afterEmoji are the wordings that come behind the emoji itself: "👍 to “…”".
var afterEmoji = wordings("to | a | removed from | eliminado de | quitado de | retire de | supprime de | en respuesta a | en reponse a")

// reactionFirst is every word a wording can begin with, so that most texts are not looked at again.
var reactionFirst = func() map[string]bool {
	m := make(map[string]bool)
	add := func(w string) {
		w, _, _ = strings.Cut(w, " ")
		m[w] = true
	}
	for w := range reactions {
		add(w)
	}
	for w := range openReactions {
		add(w)
	}
	for w := range afterEmoji {
		add(w)
	}
	return m
}()

// wordings makes a set of wordings parted by bars or lines.
func wordings(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == '|' || r == '\n' }) {
		if w = strings.TrimSpace(w); w != "" {
			m[w] = true
		}
	}
	return m
}

// reactedTo are the things without words that a phone names instead of quoting, and what stands before them.
var (
	reactedTo = set(`image images photo photos picture video videos movie sticker link attachment message audio voice gif contact
		location memoji animoji file document website webpage pdf card event text note recording memo post
		imagen foto enlace adjunto mensaje archivo documento pelicula vinculo ubicacion contacto tarjeta grabacion
		piece film lien fichier autocollant enregistrement carte emplacement position`)
	determiners = set("a an your the this un una tu su este une votre ton le la cette ce")
	kinds       = set("message memo note recording jointe de voz vocal audio clip adjunto texto texte")
)

// readTapback recognises the text a phone makes of a reaction.
func readTapback(t *text, _ *Situation) (Understood, bool) {
	if len(t.plain) == 0 || !reactionFirst[t.plain[0]] {
		return Understood{}, false
	}
	at := openingQuote(t.raw, 0)
	for n := 0; at >= 0 && n < 4; n++ { // the reaction itself may be in quotation marks
		if quoted(t.raw[at:], t.long) {
			if u, ok := reactionBefore(t.raw[:at]); ok {
				return u, true
			}
		}
		at = openingQuote(t.raw, at+1)
	}
	if strings.ContainsFunc(t.raw, isDouble) {
		return Understood{}, false
	}
	for n := len(t.plain) - 2; n > 0 && n >= len(t.plain)-6; n-- {
		if thing(t.plain[n:]) && reacts(t.plain[:n], t.emoji) {
			return tapback(t.join(span{0, n})), true
		}
	}
	return Understood{}, false
}

// reactionBefore reads what stands before the quoted text.
func reactionBefore(raw string) (Understood, bool) {
	var t text
	t.clean = t.scrub(strings.ToValidUTF8(raw, ""))
	t.split()
	words := plainForms(t.words)
	if len(words) == 0 || !reacts(words, t.emoji) {
		return Understood{}, false
	}
	return tapback(strings.Join(t.words, " ")), true
}

func tapback(verb string) Understood {
	return Understood{Wish: Wish{Meaning: Tapback}, Words: verb, Why: "A phone's reaction to one of our texts; it asks for nothing."}
}

// reacts reports whether words are a wording.
func reacts(words []string, emoji bool) bool {
	if len(words) > 12 {
		return false
	}
	all := strings.Join(words, " ")
	if reactions[all] || emoji && afterEmoji[all] {
		return true
	}
	last := words[len(words)-1]
	if ends := openReactions[words[0]]; len(words) > 1 && ends[last] && (len(words) > 2 || emoji) {
		return true
	}
	return len(words) > 2 && openReactions[words[0]+" "+words[1]][last]
}

// thing reports whether words are "an image", "your message", "an audio message" and the like.
func thing(words []string) bool {
	if len(words) < 2 || !determiners[words[0]] || !reactedTo[words[1]] {
		return false
	}
	for _, w := range words[2:] {
		if !kinds[w] {
			return false
		}
	}
	return true
}

// openingQuote returns where a quoted text begins from byte from on; -1 when nothing is quoted. A single quotation mark is one only
// behind a space, and if the text ends with another.
func openingQuote(raw string, from int) int {
	single := endsSingle(raw)
	before := ' '
	for i, r := range raw {
		switch {
		case i > 200:
			return -1
		case i < from:
		case isDouble(r):
			return i
		case single && isSingle(r) && invisible(before):
			return i
		}
		before = r
	}
	return -1
}

func isDouble(r rune) bool { return strings.ContainsRune("\"“”„‟«»＂‹›", r) }

func isSingle(r rune) bool { return strings.ContainsRune("'‘’‚‛", r) }

func endsSingle(raw string) bool {
	r, _ := utf8.DecodeLastRuneInString(trimmed(raw))
	return isSingle(r)
}

// trimmed cuts space and invisible characters off the end.
func trimmed(s string) string {
	return strings.TrimRightFunc(s, invisible)
}

// quoted reports whether s, which begins with a quotation mark, is one quotation to its end. The end of a text that was
// cut, by us or with three dots by the phone, cannot be seen and is taken on trust.
func quoted(s string, cut bool) bool {
	if cut {
		return true
	}
	s = trimmed(s)
	first, size := utf8.DecodeRuneInString(s)
	end := family(first)
	depth, before := 1, first
	for i, r := range s[size:] {
		at := size + i
		if r == first && (end != first || unicode.IsSpace(before)) {
			depth++
		} else if r == end {
			depth--
			if depth == 0 {
				return at+utf8.RuneLen(r) == len(s)
			}
		}
		before = r
	}
	return strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || depth > 1 && before == end
}

// family returns the mark that closes what r opens.
func family(r rune) rune {
	switch r {
	case '“', '„', '‟':
		return '”'
	case '«':
		return '»'
	case '‹':
		return '›'
	case '‘', '‚':
		return '’'
	}
	return r
}
