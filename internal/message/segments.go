package message

import (
	"slices"
	"unicode"
)

// Encodings of a [Count].
const (
	GSM7 = "GSM-7" // 7 bits a unit, 3GPP TS 23.038
	UCS2 = "UCS-2" // 16 bits a unit; carriers take UTF-16
)

// Count is what a text takes to send.
type Count struct {
	Encoding   string   // GSM7 or UCS2
	Characters int      // Unicode code points
	Units      int      // septets in GSM-7, UTF-16 units in UCS-2, without headers and gaps at segment borders
	Segments   int      // how many messages a carrier bills; 0 for the empty text
	Left       int      // units that still fit into the last segment (into the first for the empty text)
	Costly     []string // in GSM-7 the characters that take two units, in UCS-2 those that force it; each once
}

// Segments counts text as carriers do: 160 septets in one GSM-7 message and 153 in each part of a longer one,
// 70 and 67 UTF-16 units in UCS-2. GSM-7 is used when its basic and extension tables hold every character
// (national tables are not: United States carriers do not use them). An extension character takes two
// septets; neither it nor a surrogate pair is ever split over two segments, so a unit can be left free at a border.
//
// Source: 3GPP TS 23.038 section 6.2.1 for the tables, TS 23.040 section 9.2.3.24 for the six bytes that
// joined messages spend on their header. Invalid UTF-8 counts as U+FFFD. Twilio's published calculator differs
// in two points: it calls the empty text one segment, and it keeps what looks like one character together
// (a flag, a letter and its accent) where a carrier splits between code points, so it can count one more.
func Segments(text string) Count {
	c := Count{Encoding: GSM7}
	for _, r := range text {
		if septets(r) == 0 {
			c.Encoding = UCS2
			break
		}
	}
	cost, whole, joined := septets, 160, 153
	if c.Encoding == UCS2 {
		cost, whole, joined = utf16Units, 70, 67
	}
	parts, used := 1, 0 // as if the text were in joined messages
	for _, r := range text {
		n := cost(r)
		c.Characters++
		c.Units += n
		if used+n > joined {
			parts, used = parts+1, 0
		}
		used += n
	}
	switch {
	case c.Units == 0:
		c.Left = whole
	case c.Units <= whole:
		c.Segments, c.Left = 1, whole-c.Units
	default:
		c.Segments, c.Left = parts, joined-used
	}
	if c.Encoding == UCS2 || c.Units > c.Characters { // the usual text has nothing to name
		c.Costly = costly(text, c.Encoding)
	}
	return c
}

// costly returns what a reader sees as the characters that make text dear, in order, each once.
func costly(text, encoding string) []string {
	var out []string
	for _, seen := range visible(text) {
		dear := false
		for _, r := range seen {
			n := septets(r)
			dear = dear || n == 0 || (n == 2 && encoding == GSM7)
		}
		if dear && !slices.Contains(out, seen) {
			out = append(out, seen)
		}
	}
	return out
}

// visible cuts text into what people would point at: a letter with its accents, an emoji with its colour and
// its joined parts, a flag. It serves display only; carriers count code points.
func visible(text string) []string {
	const joiner = '\u200D'
	var out []string
	var last rune
	flags := 0 // regional indicators at the end of the last piece
	for _, r := range text {
		indicator := r >= 0x1F1E6 && r <= 0x1F1FF
		joins := unicode.In(r, unicode.Mn, unicode.Me) || r == joiner || last == joiner ||
			(r >= 0x1F3FB && r <= 0x1F3FF) || (r >= 0xE0020 && r <= 0xE007F) || (indicator && flags == 1)
		if joins && len(out) > 0 {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
			flags = 0
		}
		if indicator {
			flags++
		}
		last = r
	}
	return out
}

func utf16Units(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// gsmBasic and gsmExtension are the default alphabet of TS 23.038 and its extension table, without the escape.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtension = "\f^{}\\[~]|€"
)

// low holds the septets of each character below U+0100; high those of the few above.
var low, high = gsmTables()

func gsmTables() (low [256]uint8, high map[rune]uint8) {
	high = map[rune]uint8{}
	add := func(set string, n uint8) {
		for _, r := range set {
			if r < 256 {
				low[r] = n
			} else {
				high[r] = n
			}
		}
	}
	add(gsmBasic, 1)
	add(gsmExtension, 2)
	return low, high
}

// septets returns how many septets r takes in GSM-7: 1, 2, or 0 when GSM-7 has no such character.
func septets(r rune) int {
	if r < 256 {
		return int(low[r])
	}
	return int(high[r])
}
