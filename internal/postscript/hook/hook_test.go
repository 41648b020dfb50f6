package hook_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript/hook"
)

// receiver answers every webhook alike and keeps what it was given.
type receiver struct {
	err                     error
	shop, signature, secret string
	body                    string
}

func (r *receiver) Receive(_ context.Context, shopID, signature, secret string, body []byte) error {
	r.shop, r.signature, r.secret, r.body = shopID, signature, secret, string(body)
	return r.err
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		method string
		body   string
		err    error
		want   int
	}{
		{"stored", "POST", "{}", nil, 200},
		{"forged", "POST", "{}", fault.New(fault.Unauthorized, "no"), 401},
		{"malformed", "POST", "{}", fault.New(fault.Invalid, "no"), 400},
		{"database away", "POST", "{}", fault.New(fault.Unavailable, "no"), 503},
		{"anything else", "POST", "{}", errors.New("no"), 503},
		{"oversized", "POST", strings.Repeat(" ", hook.MaxBody+1), nil, 413},
		{"as large as may be", "POST", strings.Repeat(" ", hook.MaxBody), nil, 200},
		{"looked at", "GET", "", nil, 405},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := &receiver{err: c.err}
			s := httptest.NewServer(hook.Handler(r))
			defer s.Close()
			req, err := http.NewRequestWithContext(t.Context(), c.method, s.URL+"/hooks/postscript/shp_1", strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("postscript-signature", "sig")
			req.Header.Set("x-rejoinder-secret", "sec")
			resp, err := s.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			said, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != c.want {
				t.Errorf("%d %s, want %d", resp.StatusCode, said, c.want)
			}
			if c.want == 200 && (r.shop != "shp_1" || r.signature != "sig" || r.secret != "sec" || r.body != c.body) {
				t.Errorf("handed on: %+v", r)
			}
		})
	}
}
