package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// doubled are the usual words with a doubled letter, which a drawn-out word may be: "weeeeek", "coffeeee". Any other
// letter that stands three times or more in a row stands for one: "skiiiip", "pleeease".
var doubled = set(`week weeks weekly coffee coffees three need needs keep off all will still tell too soon good see seen
	meet free look looks feel between sleep green really happy sorry summer tomorrow address account billing off stuff
	hello full pull call calls cell sell kill well small yellow eggs egg book food moon noon afternoon room
	cool pool wood shoot been sweet street sheet feed deep sheep fifteen sixteen seventeen eighteen nineteen thirteen
	fourteen agree unless process possible accept ship_off bottle bottles little apple happen puppy supply support
	appreciate approve cancelled cancelling messaging message messages assist pass miss less mess stress boss across
	commitment committed common comment recommend immediately summer programme tomorrow borrow carry hurry worry arrive
	current wrong correct arret arrete arretez arreter annuler annulez adresse cette mettre passer laisse laissez
	quelle elle celle nouvelle mille llamar llamen llama llego llega ella ellos calle amarillo correo perro ahorra
	cerrar desarrollo leer creer donne donner commande commandes comment homme pomme essai messagerie oubliee nous
	dinner butter better letter matter attention attempt pretty button cotton off puff buffer jeez geez freeze`)

// fold shortens a letter that is drawn out. The words of a text are compared after it. Digits and words of one letter
// only ("zzz", "iii") stay as they are.
func fold(w string) string {
	var short strings.Builder
	var runs []int // where each drawn-out letter stands in short
	letters := 0
	for rest := w; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		n := size
		for n < len(rest) {
			next, s := utf8.DecodeRuneInString(rest[n:])
			if next != r {
				break
			}
			n += s
		}
		letters++
		switch {
		case n < 3*size || r >= '0' && r <= '9':
			short.WriteString(rest[:n])
		default:
			runs = append(runs, short.Len())
			short.WriteString(rest[:size])
		}
		rest = rest[n:]
	}
	if letters == 1 || len(runs) == 0 {
		return w
	}
	return asDoubled(short.String(), runs)
}

// asDoubled returns short with those of its drawn-out letters doubled that make it a word of doubled, if any do.
func asDoubled(short string, runs []int) string {
	if len(runs) > 3 {
		return short
	}
	for which := 1; which < 1<<len(runs); which++ {
		var b strings.Builder
		from := 0
		for i, at := range runs {
			if which&(1<<i) != 0 {
				_, size := utf8.DecodeRuneInString(short[at:])
				b.WriteString(short[from : at+size])
				from = at
			}
		}
		b.WriteString(short[from:])
		if s := b.String(); doubled[s] {
			return s
		}
	}
	return short
}

// foldAll folds every word of clean.
func foldAll(clean string) string {
	var b strings.Builder
	b.Grow(len(clean))
	from := -1
	for i, r := range clean {
		switch in := inWord(r); {
		case in && from < 0:
			from = i
		case !in:
			if from >= 0 {
				b.WriteString(fold(clean[from:i]))
				from = -1
			}
			b.WriteRune(r)
		}
	}
	if from >= 0 {
		b.WriteString(fold(clean[from:]))
	}
	return b.String()
}

// twins are letters of other alphabets that look like Latin ones, and the two that are two letters.
var twins = func() map[rune]string {
	m := map[rune]string{'œ': "oe", 'æ': "ae", 'ı': "i", 'ł': "l", 'ø': "o", 'đ': "d"}
	from := []rune("аевкмнорстухіјѕԁɡһԛԝꜱᴛᴏᴘαβεικνορτυχ")
	for i, to := range "aebkmhopctyxijsdghqwstopabeiknoptux" {
		m[from[i]] = string(to)
	}
	m['п'] = "p" // looks like none, but "стоп" is stop
	return m
}()

// longestWord is the length in bytes from which on a word is none of any table, however many accents it has.
const longestWord = 128

// plainWord is the form of w in which the tables of opt-outs are written: no accents, and Latin letters for those that
// look like them, so that an opt-out counts however it is written.
func plainWord(w string) string {
	if ascii(w) || len(w) > longestWord {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(w) {
		switch to, ok := twins[r]; {
		case ok:
			b.WriteString(to)
		case unicode.Is(unicode.Mn, r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plainForms is that form of all words. It shares words when nothing has to change.
func plainForms(words []string) []string {
	var out []string
	for i, w := range words {
		p := plainWord(w)
		if p == w && out == nil {
			continue
		}
		if out == nil {
			out = append(make([]string, 0, len(words)), words[:i]...)
		}
		out = append(out, p)
	}
	if out == nil {
		return words
	}
	return out
}
