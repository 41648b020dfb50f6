package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"rejoinder/internal/fault"
)

func newKit(t *testing.T, o Options) *Kit {
	t.Helper()
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// serve starts a real server over routes, and a client that keeps cookies and does not follow redirects.
func serve(t *testing.T, k *Kit, routes *http.ServeMux) (*httptest.Server, *http.Client) {
	t.Helper()
	srv := httptest.NewServer(k.Serve(routes))
	t.Cleanup(srv.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := srv.Client()
	c.Jar = jar
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return srv, c
}

func do(t *testing.T, c *http.Client, method, address, form string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	if form != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func TestEveryTemplateOfTheKitRendersCleanly(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{})
	samples := map[string][]any{"error.html": {
		errorBody{Status: 500, Message: "Sorry.", Reference: "ABC", Ours: true},
		errorBody{Status: 404, Message: "No."},
	}}
	for name, page := range storyPages() {
		samples["story-"+name+".html"] = []any{page.Body}
	}
	if err := k.own.Check(samples); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	type body struct{ Name string }
	cases := map[string]struct{ template, want string }{
		"unknown field":   {`{{.Nmae}}`, "Nmae"},
		"unknown icon":    {`{{icon "nope"}}`, `no icon "nope"`},
		"inline style":    {`<p style="color:red">x</p>`, "inline style"},
		"inline handler":  {`<p onclick="x()">x</p>`, "inline script"},
		"inline script":   {`<script>1</script>`, "inline script"},
		"same id twice":   {`<p id="a"></p><p id="a"></p>`, "used twice: a"},
		"dangling label":  {`<label for="b">B</label>`, "not there: b"},
		"image, no alt":   {`<img src="/x.svg">`, "without alt"},
		"refused address": {`<a href="{{.Name}}">x</a>`, "ZgotmplZ"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set, err := newKit(t, Options{}).Templates(fstest.MapFS{
				"p.html": {Data: []byte(`{{define "body"}}` + tc.template + `{{end}}`)},
			}, "")
			if err == nil {
				err = set.Check(map[string][]any{"p.html": {body{Name: "javascript:x()"}}})
			}
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want it to name %q", err, tc.want)
			}
		})
	}
	set, err := newKit(t, Options{}).Templates(fstest.MapFS{"p.html": {Data: []byte(`{{define "body"}}{{end}}`)}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Check(map[string][]any{"q.html": {1}}); err == nil ||
		!strings.Contains(err.Error(), "p.html: no sample") || !strings.Contains(err.Error(), "q.html: a sample") {
		t.Errorf("got %v", err)
	}
}

func TestFaultsBecomePages(t *testing.T) {
	t.Parallel()
	secret := errors.New("dial +15555550123: refused")
	cases := map[string]struct {
		err    error
		status int
		want   string
	}{
		"invalid":      {fault.Field("wait", "A wait is at least 1 minute."), 422, "A wait is at least 1 minute."},
		"not found":    {fmt.Errorf("x: %w", fault.New(fault.NotFound, "No such customer.")), 404, "No such customer."},
		"conflict":     {fault.New(fault.Conflict, "Already skipped."), 409, "Already skipped."},
		"unauthorized": {fault.New(fault.Unauthorized, "Sign in first."), 401, "Sign in first."},
		"forbidden":    {fault.New(fault.Forbidden, "Only owners may."), 403, "Only owners may."},
		"rate limited": {fault.New(fault.RateLimited, "Wait 4 seconds."), 429, "Wait 4 seconds."},
		"unavailable":  {fault.From(fault.Unavailable, secret, "The database is away."), 503, "The database is away."},
		"time-out":     {context.DeadlineExceeded, 503, "took too long"},
		"too large":    {&http.MaxBytesError{Limit: 1}, 413, "larger than this page accepts"},
		"unknown":      {secret, 500, "on our side"},
		"escaped":      {fault.New(fault.Invalid, "<b>%%%%reference%%%%</b>"), 422, "&lt;b&gt;"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mux := http.NewServeMux()
			k := newKit(t, Options{})
			mux.Handle("GET /x", k.Handle(func(http.ResponseWriter, *http.Request) error { return tc.err }))
			srv, c := serve(t, k, mux)
			res, body := do(t, c, "GET", srv.URL+"/x", "")
			if res.StatusCode != tc.status || !strings.Contains(body, tc.want) {
				t.Errorf("status %d, want %d with %q in:\n%s", res.StatusCode, tc.status, tc.want, body)
			}
			if strings.Contains(body, "5555550123") {
				t.Error("a cause reached the page")
			}
		})
	}
}

func TestNotFoundMethodAndPanicAreOurPagesToo(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	k := newKit(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	mux := http.NewServeMux()
	mux.Handle("GET /link/{token}", k.Handle(func(http.ResponseWriter, *http.Request) error { panic("text of a message") }))
	srv, c := serve(t, k, mux)

	res, body := do(t, c, "GET", srv.URL+"/nowhere", "")
	if res.StatusCode != 404 || !strings.Contains(body, "There is no page at this address") {
		t.Errorf("404: %d\n%s", res.StatusCode, body)
	}
	res, body = do(t, c, "POST", srv.URL+"/link/abc", "a=b")
	if res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" || !strings.Contains(body, "Not possible here") {
		t.Errorf("405: %d, Allow %q", res.StatusCode, res.Header.Get("Allow"))
	}
	res, body = do(t, c, "GET", srv.URL+"/link/secret-token", "")
	if res.StatusCode != 500 || !strings.Contains(body, "Something went wrong") {
		t.Errorf("panic: %d", res.StatusCode)
	}
	srv.Close()
	out := log.String()
	if strings.Contains(out, "text of a message") || strings.Contains(out, "secret-token") {
		t.Error("a panic's value or a path reached the log")
	}
	ref := body[strings.Index(body, "<code>")+6 : strings.Index(body, "</code>")]
	if !strings.Contains(out, "ref="+ref) {
		t.Errorf("the page's reference %q is not in the log", ref)
	}
}

// TestLateFailureBreaksOff: nothing more is written into an answer that has begun, and it does not end as if it were whole.
func TestLateFailureBreaksOff(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{})
	mux := http.NewServeMux()
	mux.Handle("GET /x", k.Handle(func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = w.Write([]byte("begun"))
		return errors.Join(http.NewResponseController(w).Flush(), errors.New("late"))
	}))
	srv, c := serve(t, k, mux)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if res.StatusCode != 200 || string(body) != "begun" || err == nil {
		t.Errorf("got %d %q, %v", res.StatusCode, body, err)
	}
}

func TestHeadersAndCrossOrigin(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{BaseURL: "https://texts.example.com"})
	mux := http.NewServeMux()
	done := 0
	mux.Handle("POST /x", k.Handle(func(w http.ResponseWriter, r *http.Request) error {
		done++
		return SeeOther(w, r, "/")
	}))
	srv, c := serve(t, k, mux)
	res, body := do(t, c, "POST", srv.URL+"/x", "a=b", "Sec-Fetch-Site", "cross-site")
	if res.StatusCode != 403 || done != 0 || !strings.Contains(body, "from another site") {
		t.Errorf("cross-site POST: %d, handler ran %d times", res.StatusCode, done)
	}
	res, _ = do(t, c, "POST", srv.URL+"/x", "a=b", "Sec-Fetch-Site", "same-origin")
	if res.StatusCode != 303 || done != 1 {
		t.Errorf("same-origin POST: %d", res.StatusCode)
	}
	for header, want := range map[string]string{
		"Content-Security-Policy":   "script-src 'self'; style-src 'self'",
		"Referrer-Policy":           "same-origin",
		"X-Content-Type-Options":    "nosniff",
		"Strict-Transport-Security": "max-age=",
		"Cache-Control":             "no-store",
	} {
		if got := res.Header.Get(header); !strings.Contains(got, want) {
			t.Errorf("%s = %q, want %q", header, got, want)
		}
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{MaxBody: 10})
	mux := http.NewServeMux()
	read := func(w http.ResponseWriter, r *http.Request) error {
		if err := ParseForm(r); err != nil {
			return err
		}
		return SeeOther(w, r, "/")
	}
	mux.Handle("POST /small", k.Handle(read))
	mux.Handle("POST /large", k.HandleUpload(1000, read))
	srv, c := serve(t, k, mux)
	if res, _ := do(t, c, "POST", srv.URL+"/small", "a=0123456789"); res.StatusCode != 413 {
		t.Errorf("over the limit: %d", res.StatusCode)
	}
	if res, _ := do(t, c, "POST", srv.URL+"/large", "a=0123456789"); res.StatusCode != 303 {
		t.Errorf("within its own limit: %d", res.StatusCode)
	}
	if res, _ := do(t, c, "POST", srv.URL+"/large", "a=%zz"); res.StatusCode != 422 {
		t.Errorf("no form: %d", res.StatusCode)
	}
}

func TestFragmentIsNotSentTwice(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{})
	set, err := k.Templates(fstest.MapFS{"p.html": {Data: []byte(`{{define "body"}}{{end}}{{define "n"}}<b>{{.}}</b>{{end}}`)}}, "")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /n", k.Handle(func(w http.ResponseWriter, r *http.Request) error {
		return set.Fragment(w, r, http.StatusOK, "p.html", "n", r.URL.Query().Get("v"))
	}))
	srv, c := serve(t, k, mux)
	res, body := do(t, c, "GET", srv.URL+"/n?v=1", "")
	if body != "<b>1</b>" {
		t.Errorf("body %q", body)
	}
	tag := res.Header.Get("ETag")
	if res, body := do(t, c, "GET", srv.URL+"/n?v=1", "", "If-None-Match", tag); res.StatusCode != 304 || body != "" {
		t.Errorf("same content: %d %q", res.StatusCode, body)
	}
	if res, body := do(t, c, "GET", srv.URL+"/n?v=2", "", "If-None-Match", tag); res.StatusCode != 200 || body != "<b>2</b>" {
		t.Errorf("other content: %d %q", res.StatusCode, body)
	}
}

func TestAssetsCarryTheirHash(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{})
	srv, c := serve(t, k, http.NewServeMux())
	for name, mime := range map[string]string{"app.css": "text/css", "app.js": "text/javascript", "icon.svg": "image/svg+xml"} {
		address, err := k.assets.url(name)
		if err != nil {
			t.Fatal(err)
		}
		res, body := do(t, c, "GET", srv.URL+address, "")
		if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), mime) || len(body) < 200 {
			t.Errorf("%s: %d %s", address, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", address, got)
		}
		if res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", address)
		}
	}
	res, _ := do(t, c, "GET", srv.URL+"/assets/app.0000000000.css", "")
	if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("another version's address: %d, %q", res.StatusCode, res.Header.Get("Cache-Control"))
	}
	if res, _ := do(t, c, "GET", srv.URL+"/assets/..%2fkit.go", ""); res.StatusCode != 404 {
		t.Errorf("no asset: %d", res.StatusCode)
	}
	if _, err := k.assets.url("nope.css"); err == nil {
		t.Error("an unknown asset has an address")
	}
}

func TestStoryServesEveryPageAndFlashesOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t, Options{})
	mux := http.NewServeMux()
	mux.Handle("/story", k.Story())
	mux.Handle("/story/", k.Story())
	srv, c := serve(t, k, mux)
	for name := range storyPages() {
		res, body := do(t, c, "GET", srv.URL+"/story/"+name, "")
		if res.StatusCode >= 500 || !strings.Contains(body, "</html>") {
			t.Errorf("%s: %d", name, res.StatusCode)
		}
	}
	res, _ := do(t, c, "POST", srv.URL+"/story/editor", "name=x", "Referer", "https://evil.example/story/home?a=b")
	if res.StatusCode != 303 || res.Header.Get("Location") != "/story/home?a=b" {
		t.Errorf("POST: %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	if _, body := do(t, c, "GET", srv.URL+"/story", ""); strings.Count(body, "In the story nothing is kept") != 1 {
		t.Error("the flash is not shown")
	}
	if _, body := do(t, c, "GET", srv.URL+"/story", ""); strings.Contains(body, "In the story nothing is kept") {
		t.Error("the flash is shown twice")
	}
	_, body := do(t, c, "POST", srv.URL+"/story/preview", url.Values{"copy": {"Hi {first_name} <3"}}.Encode())
	if !strings.Contains(body, "Hi Ana &lt;3") || strings.Contains(body, "<html") {
		t.Errorf("preview: %s", body)
	}
}
