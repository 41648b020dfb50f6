// Package message turns a merchant's copy into the text one person gets, and counts what that text costs.
//
// It exists so that the editor, the test send, the dry run and the real send all read copy by one grammar,
// fill it by one rule and count it by one count. It must not know which triggers there are (the caller passes
// the tags), send anything, read the clock or keep state; and no error of its own may hold a value, since
// values are personal: errors name tags and quote the merchant's copy only.
//
// The grammar:
//
//	copy     = { text | tag }
//	tag      = "{" name [ "|" fallback ] "}"
//	name     = one or more of a to z, 0 to 9, "_" and "-"
//	fallback = words without "{", "}", "|" and line breaks, not blank
//
// Braces stand for tags and nothing else. "{{", a "{" that opens no tag and a "}" that closes none are errors
// that show where, because each is nearly always a slip of the keyboard that shoppers would otherwise read.
// There is no escape: no merchant needs a brace, and each would cost two characters.
//
// A tag never comes out empty, so "Hi ," cannot be sent: see [Template.Render].
package message

import (
	"strings"

	"rejoinder/internal/fault"
)

// MaxCharacters is the most characters (Unicode code points) copy may have: the carriers' gateways take no
// longer text.
const MaxCharacters = 1600

// Tag is a named value that copy can use, written {name}.
type Tag struct {
	Name     string // as in copy, without braces: first_name
	Label    string // as in the Add Tag menu: First Name
	Sample   string // stands for the value in previews
	Fallback string // stands for a missing value; "" means there is none
}

// Samples returns the sample value of every tag, by name: what a preview without a customer is rendered with.
func Samples(tags []Tag) map[string]string {
	out := make(map[string]string, len(tags))
	for _, t := range tags {
		out[t.Name] = t.Sample
	}
	return out
}

// Check reports whether copy can be saved for a trigger that has the allowed tags. Its errors are of kind
// [fault.Invalid] and blame the field "copy": blank copy, copy that does not parse, more than [MaxCharacters]
// characters, or a tag that is not among allowed.
func Check(copy string, allowed []Tag) error {
	if strings.TrimSpace(copy) == "" {
		return fault.Field("copy", "The message is empty. Write what people should read.")
	}
	t, err := Parse(copy)
	if err != nil {
		return err
	}
	if n := t.characters(); n > MaxCharacters {
		return fault.Field("copy", "The message has %d characters; at most %d can be sent. Shorten it.", n, MaxCharacters)
	}
	known := make(map[string]bool, len(allowed))
	names := make([]string, 0, len(allowed))
	for _, tag := range allowed {
		known[tag.Name] = true
		names = append(names, "{"+tag.Name+"}")
	}
	var unknown []string
	for _, name := range t.Tags() {
		if !known[name] {
			unknown = append(unknown, "{"+name+"}")
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	has := "This trigger has no tags."
	if len(names) > 0 {
		has = "It has " + strings.Join(names, ", ") + "."
	}
	if len(unknown) == 1 {
		return fault.Field("copy", "%s is not a tag of this trigger. %s", unknown[0], has)
	}
	return fault.Field("copy", "%s are not tags of this trigger. %s", strings.Join(unknown, ", "), has)
}
