package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestSessions(t *testing.T) {
	t.Parallel()
	now := time.Now() // scs reads the real clock for expiry, so the injected one starts there
	k := newKit(t, Options{BaseURL: "https://texts.example.com", Now: func() time.Time { return now }})
	mux := http.NewServeMux()
	mux.Handle("POST /in", k.Handle(func(w http.ResponseWriter, r *http.Request) error {
		if err := k.SignIn(r, "usr_1"); err != nil {
			return err
		}
		return SeeOther(w, r, "/who")
	}))
	mux.Handle("POST /out", k.Handle(func(w http.ResponseWriter, r *http.Request) error {
		if err := k.SignOut(r); err != nil {
			return err
		}
		return SeeOther(w, r, "/who")
	}))
	mux.Handle("GET /who", k.Handle(func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.WriteString(w, k.UserID(r))
		return err
	}))
	srv := httptest.NewServer(k.Serve(mux))
	t.Cleanup(srv.Close)
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

	res, body := do(t, c, "GET", srv.URL+"/who", "")
	if body != "" || len(res.Cookies()) != 0 {
		t.Errorf("a stranger is %q with cookies %v", body, res.Cookies())
	}
	res, _ = do(t, c, "POST", srv.URL+"/in", "a=b")
	if len(res.Cookies()) != 1 {
		t.Fatalf("cookies %v", res.Cookies())
	}
	ck := res.Cookies()[0]
	if ck.Name != "__Host-rejoinder" || !ck.HttpOnly || !ck.Secure || ck.SameSite != http.SameSiteLaxMode || ck.MaxAge < 29*24*3600 {
		t.Errorf("cookie %v", ck)
	}
	cookie := ck.Name + "=" + ck.Value
	res, body = do(t, c, "GET", srv.URL+"/who", "", "Cookie", cookie)
	if body != "usr_1" || len(res.Cookies()) != 0 {
		t.Errorf("signed in as %q, cookies %v: a plain read must not write the session", body, res.Cookies())
	}
	now = now.Add(25 * time.Hour)
	if res, _ = do(t, c, "GET", srv.URL+"/who", "", "Cookie", cookie); len(res.Cookies()) != 1 {
		t.Error("a day later the session is not extended")
	}
	old := cookie
	res, _ = do(t, c, "POST", srv.URL+"/in", "a=b", "Cookie", cookie)
	if got := res.Cookies()[0].Value; got == ck.Value {
		t.Error("signing in keeps the old token")
	}
	cookie = res.Cookies()[0].Name + "=" + res.Cookies()[0].Value
	if _, body = do(t, c, "GET", srv.URL+"/who", "", "Cookie", old); body != "" {
		t.Error("the old token still works")
	}
	_, _ = do(t, c, "POST", srv.URL+"/out", "a=b", "Cookie", cookie)
	if _, body = do(t, c, "GET", srv.URL+"/who", "", "Cookie", cookie); body != "" {
		t.Error("the session outlives signing out")
	}
}

func TestThemeSwitch(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{})
	mux := http.NewServeMux()
	mux.Handle("/story", k.Story())
	srv, c := serve(t, k, mux)
	for _, tc := range []struct{ choose, want string }{{"dark", "dark"}, {"light", "light"}, {"auto", "auto"}, {"<x>", "auto"}} {
		res, _ := do(t, c, "POST", srv.URL+"/theme", "theme="+url.QueryEscape(tc.choose), "Referer", srv.URL+"/story")
		if res.StatusCode != 303 || res.Header.Get("Location") != "/story" {
			t.Errorf("%s: %d to %q", tc.choose, res.StatusCode, res.Header.Get("Location"))
		}
		for _, page := range []string{"/story", "/nowhere"} {
			if _, body := do(t, c, "GET", srv.URL+page, ""); !strings.Contains(body, `data-theme="`+tc.want+`"`) {
				t.Errorf("%s on %s: not %s", tc.choose, page, tc.want)
			}
		}
	}
}

func TestLocalPath(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://evil.example/a?b=c": "/a?b=c",
		"https://x//evil.example/":   "/",
		"//evil.example":             "/",
		"":                           "/",
		"javascript:alert(1)":        "/",
		`https://x/\evil.example`:    "/",
		"/customers/cus_1":           "/customers/cus_1",
		"https://x/a%2f%2fb":         "/a//b",
	} {
		if got := localPath(in); got != want {
			t.Errorf("localPath(%q) = %q, want %q", in, got, want)
		}
	}
}
