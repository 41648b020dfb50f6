package reply

import "strings"

// What mail programs and phones put below or around a reply: the text that is answered, and a line that advertises
// the phone. None of it is the shopper's, and the answered text has our own "Reply SKIP" in it.

// attributions begin and end the line above a quoted text.
var attributions = []struct{ begin, end string }{
	{"on ", "wrote:"},
	{"el ", "escribió:"},
	{"el ", "escribio:"},
	{"le ", "a écrit :"},
	{"le ", "a écrit:"},
	{"le ", "a ecrit :"},
	{"le ", "a ecrit:"},
}

// dividers are lines below which all is quoted. Dashes around them have been cut.
var dividers = []string{
	"original message", "original text", "forwarded message", "begin forwarded message:", "mensaje original", "mensaje reenviado",
	"message d'origine", "message d’origine", "message original", "message transféré", "message transfere",
}

// signatures begin a line that a phone adds.
var signatures = []string{
	"sent from my ", "sent from ", "sent via ", "sent using ", "get outlook for ", "enviado desde ", "enviado con ",
	"enviado de ", "obtener outlook para ", "obtén outlook para ", "envoyé de mon ", "envoyé depuis ", "envoyé à partir d",
	"envoyé par ", "envoye de mon ", "envoye depuis ", "obtenir outlook pour ", "télécharger outlook pour ",
	"obtenez outlook pour ", "gesendet von ",
}

// ownLines returns raw without signature and without what it quotes. When nothing is left it returns raw as it is:
// somebody may begin with > for another reason.
func ownLines(raw string) string {
	if strings.IndexByte(raw, '\n') < 0 {
		return raw
	}
	lines := strings.Split(strings.ReplaceAll(raw, "\r", ""), "\n")
	own := make([]string, 0, len(lines))
	for i := 0; i < len(lines); i++ {
		l := strings.ToLower(strings.TrimSpace(lines[i]))
		switch n := attribution(lines, i); {
		case strings.HasPrefix(l, ">"):
		case n > 0:
			if i+n >= len(lines) || !strings.HasPrefix(strings.TrimSpace(lines[i+n]), ">") {
				return orAll(own, raw) // what follows is quoted without a mark
			}
			i += n - 1
		case isDivider(l), len(own) > 0 && isSignature(l):
			return orAll(own, raw)
		default:
			own = append(own, lines[i])
		}
	}
	return orAll(own, raw)
}

func orAll(own []string, raw string) string {
	if s := strings.TrimSpace(strings.Join(own, "\n")); s != "" {
		return s
	}
	return raw
}

// attribution returns how many lines the attribution at line i takes; 0 when it is none. Mail programs break it
// into up to three lines, and leave one empty below it.
func attribution(lines []string, i int) int {
	first := strings.ToLower(strings.TrimSpace(lines[i]))
	for _, a := range attributions {
		if !strings.HasPrefix(first, a.begin) {
			continue
		}
		for n := 0; n < 3 && i+n < len(lines); n++ {
			if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(lines[i+n])), a.end) {
				continue
			}
			n++
			if i+n < len(lines) && strings.TrimSpace(lines[i+n]) == "" {
				n++
			}
			return n
		}
	}
	return 0
}

func isDivider(l string) bool {
	if strings.HasPrefix(l, "________") {
		return true
	}
	l = strings.TrimSpace(strings.Trim(l, "-–—_ "))
	for _, d := range dividers {
		if l == d {
			return true
		}
	}
	return false
}

// isSignature reports whether a line below others is a signature: the usual words, or two dashes alone.
func isSignature(l string) bool {
	if l == "--" {
		return true
	}
	l = strings.TrimLeft(l, "-–—_ ")
	for _, s := range signatures {
		if strings.HasPrefix(l, s) {
			return true
		}
	}
	return false
}

// Inline signatures: gateways that join lines leave "skip Sent from my iPhone" behind.
var (
	inlineSignatures = []string{
		" sent from my ", " sent from ", " get outlook for ", " enviado desde mi ", " envoyé de mon ", " envoyé depuis mon ",
	}
	devices = set(`iphone ipad android galaxy samsung pixel blackberry motorola smartphone huawei xiaomi oneplus verizon
		tmobile ios yahoo`)
)

// withoutSignature cuts an inline signature off clean: one that names a device and ends the text.
func withoutSignature(clean string) string {
	for _, s := range inlineSignatures {
		i := strings.LastIndex(clean, s)
		if i < 0 {
			continue
		}
		rest := strings.Fields(strings.Trim(clean[i+len(s):], " .!-"))
		if len(rest) > 0 && len(rest) <= 5 && devices[rest[0]] && !strings.ContainsAny(clean[i+len(s):], ",;?") {
			return strings.TrimSpace(clean[:i])
		}
	}
	return clean
}
