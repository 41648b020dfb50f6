package admin

import (
	"net/http"
	"net/url"
	"strings"

	"rejoinder/internal/web"
)

// pageSize is how many entries a page of a list has.
const pageSize = 50

// cursorPager is the way through a list of which the next page begins after the entry with the id next; "" when
// this is the last. Keep is what the list is filtered by: of the address itself nothing is taken over.
func cursorPager(r *http.Request, next string, keep url.Values) (p web.Pager) {
	at := func(before string) string {
		q := url.Values{}
		for key, values := range keep {
			if values[0] != "" {
				q[key] = values
			}
		}
		if before != "" {
			q.Set("before", before)
		}
		return strings.TrimSuffix(r.URL.Path+"?"+q.Encode(), "?")
	}
	if r.FormValue("before") != "" {
		p.Newer = at("")
	}
	if next != "" {
		p.Older = at(next)
	}
	return p
}

// after is where the next page of a list begins: behind a full page.
func after(n int, last func() string) string {
	if n < pageSize {
		return ""
	}
	return last()
}
