package bridge

import (
	"strings"
	"testing"

	"rejoinder/internal/message"
)

// Every wording has its tags, and is written in characters that cost no extra.
func TestWordings(t *testing.T) {
	t.Parallel()
	for language, table := range wordings {
		for key, text := range table {
			if text == "" || text != strings.TrimSpace(text) {
				t.Errorf("%s/%s is empty or has spaces around it", language, key)
			}
			if _, err := message.Parse(text); err != nil {
				t.Errorf("%s/%s: %v", language, key, err)
			}
			plain := strings.NewReplacer("{", "", "}", "").Replace(text)
			if c := message.Segments(plain); c.Encoding != message.GSM7 {
				t.Errorf("%s/%s needs %v", language, key, c.Encoding)
			}
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"House Blend":                   "House Blend",
		"House Blend, Oat Bars and Tea": "House Blend, Oat...",
		"Einlanggezogeneswortohneende!": "Einlanggezogenesw...",
		"ÄÖÜäöüÄÖÜäöüÄÖÜäöüÄÖÜ":         "ÄÖÜäöüÄÖÜäöüÄÖÜäö...",
	} {
		if got := shorten(in, 20); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
