package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rejoinder/internal/config"
)

// TestWhoReadsTheNumbers asks for /metrics from everywhere somebody could, of a server with a token and of one
// without.
func TestWhoReadsTheNumbers(t *testing.T) {
	t.Parallel()
	const token = "a-token-of-the-merchant"
	server := func(token string) http.Handler {
		s := config.Default()
		s.DataDir, s.MetricsToken = t.TempDir(), token
		a, err := Open(t.Context(), Options{Settings: s, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = a.Close() })
		return a.handler
	}
	open, closed := server(""), server(token)
	for name, c := range map[string]struct {
		server http.Handler
		peer   string
		header [2]string
		want   int
	}{
		"this machine":               {open, "127.0.0.1:40000", [2]string{}, 200},
		"this machine, IPv6":         {open, "[::1]:40000", [2]string{}, 200},
		"this machine, mapped":       {open, "[::ffff:127.0.0.1]:40000", [2]string{}, 200},
		"another machine":            {open, "192.168.1.4:40000", [2]string{}, 403},
		"no address":                 {open, "@", [2]string{}, 403},
		"a stranger, through ours":   {open, "127.0.0.1:40000", [2]string{"X-Forwarded-For", "203.0.113.1"}, 403},
		"who says to be this one":    {open, "127.0.0.1:40000", [2]string{"X-Forwarded-For", "127.0.0.1"}, 403},
		"an empty header of a proxy": {open, "127.0.0.1:40000", [2]string{"X-Forwarded-For", ""}, 403},
		"by the standard's header":   {open, "127.0.0.1:40000", [2]string{"Forwarded", "for=203.0.113.1"}, 403},
		"by nginx's header":          {open, "127.0.0.1:40000", [2]string{"X-Real-IP", "203.0.113.1"}, 403},
		"a token where none is":      {open, "192.168.1.4:40000", [2]string{"Authorization", "Bearer "}, 403},

		"the token":                   {closed, "192.168.1.4:40000", [2]string{"Authorization", "Bearer " + token}, 200},
		"the token, by a small b":     {closed, "192.168.1.4:40000", [2]string{"Authorization", "bearer " + token}, 200},
		"another token":               {closed, "192.168.1.4:40000", [2]string{"Authorization", "Bearer b" + token[1:]}, 401},
		"the beginning of the token":  {closed, "192.168.1.4:40000", [2]string{"Authorization", "Bearer " + token[:8]}, 401},
		"the token in another scheme": {closed, "192.168.1.4:40000", [2]string{"Authorization", "Basic " + token}, 401},
		"the token alone":             {closed, "192.168.1.4:40000", [2]string{"Authorization", token}, 401},
		"no token from this machine":  {closed, "127.0.0.1:40000", [2]string{}, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
			r.RemoteAddr = c.peer
			if c.header[0] != "" {
				r.Header.Set(c.header[0], c.header[1])
			}
			w := httptest.NewRecorder()
			c.server.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("status %d, want %d", w.Code, c.want)
			}
			if shown := strings.Contains(w.Body.String(), "rejoinder_build_info"); shown != (c.want == 200) {
				t.Errorf("numbers shown: %t\n%s", shown, w.Body)
			}
			if asks := w.Header().Get("WWW-Authenticate") != ""; asks != (c.want == 401) {
				t.Errorf("asks for a token: %t", asks)
			}
		})
	}
}
