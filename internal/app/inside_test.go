package app

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestInsideCarriesTheSameBytes(t *testing.T) {
	t.Parallel()
	in := &inside{outside: http.DefaultTransport}
	in.serve(hostPostscript, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if r.Host != hostPostscript || r.RequestURI != "/v1/x?y=1" {
			t.Errorf("the handler saw host %q and %q", r.Host, r.RequestURI)
		}
		w.Header().Set("X-Got", r.Header.Get("X-Sent"))
		w.WriteHeader(http.StatusAccepted)
		w.Header().Set("X-Late", "too late")
		_, _ = w.Write([]byte("you said " + string(body)))
	}))
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://postscript.internal/v1/x?y=1", strings.NewReader("hello"))
	req.RequestURI = ""
	req.Header.Set("X-Sent", "yes")
	resp, err := (&http.Client{Transport: in}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusAccepted || string(body) != "you said hello" || resp.Header.Get("X-Got") != "yes" || resp.Header.Get("X-Late") != "" {
		t.Errorf("answer %d %q %v", resp.StatusCode, body, resp.Header)
	}
}

func TestInsideErrorsTellWhetherSomethingRan(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	slow, giveUp := context.WithCancel(t.Context())
	tests := []struct {
		name   string
		ctx    context.Context
		h      http.HandlerFunc
		dialed bool // the error says that nothing ran
	}{
		{"a host without a handler", t.Context(), nil, true},
		{"a context that has ended", ended, func(http.ResponseWriter, *http.Request) { t.Error("it ran") }, true},
		{"a handler that cuts the connection", t.Context(), func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false},
		{"a caller that gives up", slow, func(_ http.ResponseWriter, r *http.Request) { giveUp(); <-r.Context().Done() }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := &inside{outside: http.DefaultTransport}
			if tt.h != nil {
				in.serve(hostBridge, tt.h)
			}
			req, _ := http.NewRequestWithContext(tt.ctx, http.MethodGet, "http://bridge.internal/", nil)
			_, err := in.RoundTrip(req)
			var op *net.OpError
			if err == nil || (errors.As(err, &op) && op.Op == "dial") != tt.dialed {
				t.Errorf("error %v, want one that says dial: %t", err, tt.dialed)
			}
		})
	}
}

func TestWebhooksNeverLeadToTheAPI(t *testing.T) {
	t.Parallel()
	in := &inside{outside: http.DefaultTransport}
	in.serve(hostPostscript, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it ran") }))
	in.serve(hostBridge, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for host, reaches := range map[string]bool{hostPostscript: false, hostBridge: true} {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+host+"/", strings.NewReader("{}"))
		resp, err := callbacks{in}.RoundTrip(req)
		if (err == nil) != reaches || reaches && resp.StatusCode != http.StatusNoContent {
			t.Errorf("%s: %v, want it reached: %t", host, err, reaches)
		}
	}
}

func TestInsideLeavesOtherHostsToTheNetwork(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("outside")) }))
	defer srv.Close()
	resp, err := (&http.Client{Transport: &inside{outside: http.DefaultTransport}}).Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if body, _ := io.ReadAll(resp.Body); string(body) != "outside" {
		t.Errorf("got %q", body)
	}
}
