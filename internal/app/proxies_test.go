package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"rejoinder/internal/config"
)

// TestOneGuesserBehindTheProxy lets somebody guess passwords until they are slowed down. Somebody else, who comes
// through the same proxy, is not.
func TestOneGuesserBehindTheProxy(t *testing.T) {
	t.Parallel()
	s := config.Default()
	s.DataDir, s.Proxies = t.TempDir(), 1
	a, err := Open(t.Context(), Options{Settings: s, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	try := func(from, email string) int {
		form := url.Values{"email": {email}, "password": {"a guess"}}
		r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", "10.1.1.1, "+from) // what stands before the proxy's own entry is made up
		w := httptest.NewRecorder()
		a.handler.ServeHTTP(w, r)
		return w.Code
	}
	status := 0
	for i := range 25 {
		status = try("203.0.113.1", "user"+strconv.Itoa(i)+"@example.com")
	}
	if status != http.StatusTooManyRequests {
		t.Fatalf("25 guesses from one address: %d", status)
	}
	if got := try("203.0.113.2", "me@example.com"); got != http.StatusUnprocessableEntity {
		t.Errorf("a first try from another address: %d", got)
	}
}

func TestTheDevelopersKeyStays(t *testing.T) {
	t.Parallel()
	a := open(t)
	public, private, err := a.DeveloperKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, same, err := a.DeveloperKey(t.Context())
	if err != nil || again != public || same != private {
		t.Errorf("another start has another key: %v", err)
	}
}
