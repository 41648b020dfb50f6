package message

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoinder/internal/fault"
)

// Template is copy that has been read. The zero value is the empty text.
type Template struct {
	parts []part
}

// part is a stretch of plain text, or (when name is not "") a tag.
type part struct {
	text     string
	name     string
	fallback string
}

// Parse reads copy by the grammar in the package comment. Line breaks of any kind become "\n", tabs become
// spaces, and other control characters, which cannot be seen in an editor, are dropped. Its errors are of
// kind [fault.Invalid], blame the field "copy" and say on which line, at which character, what is wrong.
func Parse(copy string) (Template, error) {
	if !utf8.ValidString(copy) {
		return Template{}, fault.Field("copy", "The message is not valid text (UTF-8). Type it again.")
	}
	copy = tidyCopy(copy)
	var t Template
	for at := 0; at < len(copy); {
		i := strings.IndexAny(copy[at:], "{}")
		if i < 0 {
			t.parts = append(t.parts, part{text: copy[at:]})
			break
		}
		if i > 0 {
			t.parts = append(t.parts, part{text: copy[at : at+i]})
		}
		at += i
		if copy[at] == '}' {
			return Template{}, blame(copy, at, `"}" closes no tag; take it out, or write the tag as {first_name}`)
		}
		tag, size, wrong := readTag(copy[at:])
		if wrong != "" {
			return Template{}, blame(copy, at, wrong)
		}
		t.parts = append(t.parts, tag)
		at += size
	}
	return t, nil
}

// Tags returns the names of the tags used, each once, in the order of first use.
func (t Template) Tags() []string {
	var names []string
	for _, p := range t.parts {
		if p.name != "" && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

// String returns the copy again, as Parse understood it.
func (t Template) String() string {
	var b strings.Builder
	for _, p := range t.parts {
		switch {
		case p.name == "":
			b.WriteString(p.text)
		case p.fallback == "":
			b.WriteString("{" + p.name + "}")
		default:
			b.WriteString("{" + p.name + "|" + p.fallback + "}")
		}
	}
	return b.String()
}

// characters counts the copy as its writer would: code points, tags as written.
func (t Template) characters() int { return utf8.RuneCountInString(t.String()) }

// readTag reads the tag that s opens with and returns how many bytes it takes, or what is wrong with it.
func readTag(s string) (p part, size int, wrong string) {
	end := strings.IndexAny(s[1:], "{}\n")
	if end < 0 || s[1+end] != '}' {
		if strings.HasPrefix(s, "{{") {
			return p, 0, "a tag takes one brace on each side: write {first_name}, not {{first_name}}"
		}
		return p, 0, `"{" opens no tag; take it out, or close the tag with "}"`
	}
	inside := s[1 : 1+end]
	name, fallback, given := strings.Cut(inside, "|")
	switch {
	case !tagName(name):
		return p, 0, badName(name)
	case strings.Contains(fallback, "|"):
		return p, 0, "a tag has one fallback: write {" + name + "|there}, with one bar"
	case given && blank(clean(fallback)):
		return p, 0, "the fallback of {" + name + "} has no words: put some after the bar, as in {" + name + "|there}"
	}
	return part{name: name, fallback: clean(fallback)}, len(inside) + 2, ""
}

// badName says why name is not a tag name, with the likely right one where there is one.
func badName(name string) string {
	const rule = "tag names have small letters, digits, _ and - only"
	likely := strings.Join(strings.Fields(strings.ToLower(name)), "_")
	if tagName(likely) {
		return rule + ": write {" + likely + "}"
	}
	return rule + ", as in {first_name}"
}

func tagName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '-' {
			return false
		}
	}
	return s != ""
}

// blame returns the error for what is wrong at byte offset at of copy, showing line, character and surroundings.
func blame(copy string, at int, wrong string) error {
	line := 1 + strings.Count(copy[:at], "\n")
	start := strings.LastIndexByte(copy[:at], '\n') + 1
	column := 1 + utf8.RuneCountInString(copy[start:at])
	where := fmt.Sprintf("character %d", column)
	if strings.Contains(copy, "\n") {
		where = fmt.Sprintf("line %d, character %d", line, column)
	}
	return fault.Field("copy", "At %s, near “%s”: %s.", where, around(copy, at), wrong)
}

// around returns up to ten characters before at and twenty from it, on one line.
func around(copy string, at int) string {
	before, after := []rune(copy[:at]), []rune(copy[at:])
	lead, tail := "", ""
	if len(before) > 10 {
		before, lead = before[len(before)-10:], "…"
	}
	if len(after) > 20 {
		after, tail = after[:20], "…"
	}
	return lead + strings.ReplaceAll(string(before)+string(after), "\n", " ") + tail
}

// tidyCopy makes every line break "\n" and every tab a space and drops other control characters.
func tidyCopy(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ").Replace(s)
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unseen(r)) {
			return -1
		}
		return r
	}, s)
}
