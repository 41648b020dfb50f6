package admin

import (
	"strconv"

	"rejoinder/internal/ident"
)

func numberOf(n int) string { return strconv.Itoa(n) }

// formKey names one rendering of a form: sent twice, it acts once.
func formKey() string { return ident.Secret("form_") }
