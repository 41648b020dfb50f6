package web

import (
	"html/template"
	"net/url"
	"regexp"
	"strings"
)

// address finds what looks like the address of a page within a text. No other scheme is looked for: a text comes
// from anybody, and javascript: must never become something to press.
var address = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"'\x60]+`)

// linked writes a text with its addresses as links that can be tapped, as a phone shows it. They open apart and tell
// the page neither where they stood nor give it a hold on this one. Everything is escaped piece by piece.
func linked(s string) template.HTML {
	var b strings.Builder
	done := 0
	for _, at := range address.FindAllStringIndex(s, -1) {
		link := trimLink(s[at[0]:at[1]])
		u, err := url.Parse(link)
		if err != nil || u.Hostname() == "" || u.User != nil {
			continue
		}
		b.WriteString(template.HTMLEscapeString(s[done:at[0]]))
		b.WriteString(`<a rel="noopener noreferrer" target="_blank" href="` + template.HTMLEscapeString(u.String()) + `">`)
		b.WriteString(template.HTMLEscapeString(link) + "</a>")
		done = at[0] + len(link)
	}
	b.WriteString(template.HTMLEscapeString(s[done:]))
	return template.HTML(b.String()) //nolint:gosec // escaped above
}

// trimLink leaves out the marks that belong to the sentence around an address, and a bracket that was opened before it.
func trimLink(s string) string {
	for s != "" {
		last := s[len(s)-1]
		switch {
		case strings.IndexByte(".,;:!?*", last) >= 0,
			last == ')' && strings.Count(s, ")") > strings.Count(s, "("),
			last == ']' && strings.Count(s, "]") > strings.Count(s, "["):
			s = s[:len(s)-1]
		default:
			return s
		}
	}
	return s
}
