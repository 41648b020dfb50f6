package admin

import (
	"strconv"

	"rejoinder/internal/bridge"
	"rejoinder/internal/ident"
	"rejoinder/internal/texting"
)

func numberOf(n int) string { return strconv.Itoa(n) }

// counted writes a count that was taken no further than mostCounted.
func counted(n int) string {
	if n > mostCounted {
		return "10,000+"
	}
	return numberOf(n)
}

// mostCounted is how far both halves count for pages.
const mostCounted = min(bridge.MostCounted, texting.MostCounted)

// formKey names one rendering of a form: sent twice, it acts once.
func formKey() string { return ident.Secret("form_") }
