package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoinder/internal/fault"
)

// MaxValue is the most characters (Unicode code points) one value brings into a text; longer ones are cut.
const MaxValue = 320

// Render fills the copy in. Each tag becomes the first of these that is not blank: its value in values, the
// fallback written in the copy, the Fallback of the tag of that name in tags. If all are blank the error, of
// kind [fault.Invalid], names the tag, and nothing may be sent: a tag never comes out empty.
//
// A value counts as blank when nothing in it is a letter, a digit or a symbol, so a stored "-" or "." is no
// name. Values are other people's input: control and invisible characters are taken out, line breaks and runs
// of white space become one space, at most [MaxValue] characters are used, and braces in them mean nothing.
// The result can be longer than [MaxCharacters] when long values meet long copy.
func (t Template) Render(values map[string]string, tags []Tag) (string, error) {
	var b strings.Builder
	for _, p := range t.parts {
		if p.name == "" {
			b.WriteString(p.text)
			continue
		}
		v := clean(values[p.name])
		if blank(v) {
			v = p.fallback
		}
		if blank(v) {
			v = clean(fallbackOf(p.name, tags))
		}
		if blank(v) {
			return "", fault.New(fault.Invalid, "{%s} has no value here and no fallback. Write one in the copy, as in {%s|there}.", p.name, p.name)
		}
		b.WriteString(v)
	}
	return b.String(), nil
}

func fallbackOf(name string, tags []Tag) string {
	for _, t := range tags {
		if t.Name == name {
			return t.Fallback
		}
	}
	return ""
}

// clean makes a value fit to stand inside a line of text; see Render.
func clean(s string) string {
	if plain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || unseen(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > MaxValue {
		s = strings.TrimRight(string([]rune(s)[:MaxValue]), " \u200D") // no space or joiner left hanging
	}
	return s
}

// plain reports whether clean would change nothing, for the usual value: short, printable ASCII, single spaces.
func plain(s string) bool {
	if len(s) > MaxValue {
		return false
	}
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || (c == ' ' && last == ' ') {
			return false
		}
		last = c
	}
	return s == "" || last != ' '
}

// unseen reports characters that show nothing and only cost or mislead: zero-width spaces, the byte order mark,
// and the marks that reverse the direction of text. The joiners stay: emoji and several scripts need them.
func unseen(r rune) bool {
	switch {
	case r == '\u200B', r == '\u2060', r == '\uFEFF', r == '\u00AD':
		return true
	case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return false
}

// blank reports whether a reader would see no word in s: it has no letter, digit or symbol.
func blank(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.L, unicode.N, unicode.S) {
			return false
		}
	}
	return true
}
