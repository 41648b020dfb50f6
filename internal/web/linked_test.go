package web

import (
	"testing"
)

func TestLinked(t *testing.T) {
	t.Parallel()
	link := func(href, text string) string {
		return `<a rel="noopener noreferrer" target="_blank" href="` + href + `">` + text + `</a>`
	}
	for name, tt := range map[string]struct{ in, want string }{
		"no link":                 {"Hi Ana & Ben", "Hi Ana &amp; Ben"},
		"at the end of sentence":  {"Your orders: https://a.example/a/x_1.", "Your orders: " + link("https://a.example/a/x_1", "https://a.example/a/x_1") + "."},
		"in brackets":             {"(see http://localhost:8080/a/b)", "(see " + link("http://localhost:8080/a/b", "http://localhost:8080/a/b") + ")"},
		"brackets of its own":     {"https://a.example/b_(c)", link("https://a.example/b_(c)", "https://a.example/b_(c)")},
		"two and a query":         {"https://a.example/?b=1&c=2 https://d.example", link("https://a.example/?b=1&amp;c=2", "https://a.example/?b=1&amp;c=2") + " " + link("https://d.example", "https://d.example")},
		"no way out of the mark":  {`https://a.example/"onmouseover=x`, link("https://a.example/", "https://a.example/") + "&#34;onmouseover=x"},
		"a mark within":           {"https://a.example/<script>x</script>", link("https://a.example/", "https://a.example/") + "&lt;script&gt;x&lt;/script&gt;"},
		"another scheme":          {"javascript:alert(1)//https", "javascript:alert(1)//https"},
		"a scheme hidden in one":  {"javascript://https", "javascript://https"},
		"no host":                 {"https:// nothing", "https:// nothing"},
		"a name before the host":  {"https://bank.example@evil.example/", "https://bank.example@evil.example/"},
		"a host that is none":     {"https://a%zz/", "https://a%zz/"},
		"lines are kept as typed": {"a\nb", "a\nb"},
	} {
		if got := string(linked(tt.in)); got != tt.want {
			t.Errorf("%s: linked(%q) =\n%s, want\n%s", name, tt.in, got, tt.want)
		}
	}
}
