package client

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// fire makes the call whose outcome matters most.
func fire(ctx context.Context, c *Client) (Exchange, error) {
	return c.Fire(ctx, "17", "991", map[string]string{"days_until": "3"}, "dlv_1")
}

// expect checks outcome and kind of a call without an answer, and that its exchange still says what was asked.
func expect(t *testing.T, x Exchange, err error, want Outcome) {
	t.Helper()
	if got := Classify(err); got != want || !fault.Is(err, fault.Unavailable) {
		t.Errorf("outcome %s, kind %s, want %s and unavailable (%v)", got, fault.KindOf(err), want, err)
	}
	if x.Status != 0 || x.Answer != "" || x.Request != `{"days_until":"3"}` {
		t.Errorf("exchange %+v", x)
	}
}

// listen calls serve with each connection.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			go serve(conn)
		}
	}()
	return l.Addr().String()
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	x, err := fire(t.Context(), newClient(t, "http://"+l.Addr().String()))
	expect(t, x, err, TryLater)
}

func TestTheNameDoesNotResolve(t *testing.T) {
	t.Parallel()
	dead, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = dead.Close() // a name server that is not there
	dialer := &net.Dialer{Resolver: &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", dead.LocalAddr().String())
	}}}
	c := newClient(t, "http://api.example.com", func(o *Options) {
		o.HTTP.Transport = &http.Transport{DialContext: dialer.DialContext}
	})
	x, err := fire(t.Context(), c)
	expect(t, x, err, TryLater)
}

func TestTheCertificateIsNotTrusted(t *testing.T) {
	t.Parallel()
	srv := httptest.NewUnstartedServer(http.NotFoundHandler())
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	defer srv.Close()
	x, err := fire(t.Context(), newClient(t, srv.URL))
	expect(t, x, err, TryLater)
}

func TestTLSIsNeverAnswered(t *testing.T) {
	t.Parallel()
	addr := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
	x, err := fire(t.Context(), newClient(t, "https://"+addr, func(o *Options) { o.HTTP.Timeout = 100 * time.Millisecond }))
	expect(t, x, err, TryLater)
}

func TestTheCallerHadGivenUpBefore(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x, err := fire(ctx, newClient(t, f.URL))
	expect(t, x, err, TryLater)
	if !errors.Is(err, context.Canceled) || len(f.requests()) != 0 {
		t.Errorf("got %v after %d requests", err, len(f.requests()))
	}
}

func TestTheConnectionClosesAfterTheRequest(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler) // closes without an answer
	}))
	defer srv.Close()
	x, err := fire(t.Context(), newClient(t, srv.URL))
	expect(t, x, err, Unknown)
}

func TestTheRequestIsNeverAnswered(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-done
	}))
	t.Cleanup(func() { close(done); srv.Close() })
	x, err := fire(t.Context(), newClient(t, srv.URL, func(o *Options) { o.HTTP.Timeout = 200 * time.Millisecond }))
	expect(t, x, err, Unknown)
}

func TestTheCallerGivesUpAfterTheRequest(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done()
	}))
	t.Cleanup(srv.Close)
	x, err := fire(ctx, newClient(t, srv.URL))
	expect(t, x, err, Unknown)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the reason is lost: %v", err)
	}
}

func TestTheAnswerIsNotHTTP(t *testing.T) {
	t.Parallel()
	addr := listen(t, func(c net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
			_, _ = io.WriteString(c, "220 mail ready\r\n")
			_ = c.Close()
		}
	})
	x, err := fire(t.Context(), newClient(t, "http://"+addr))
	expect(t, x, err, Unknown)
}

// A 2xx whose body never ends is sent all the same; only what the body would have said is lost.
func TestTheAnswerIsCutOff(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(202)
		_, _ = io.WriteString(w, `{"event_ids":[`)
	}))
	defer srv.Close()
	c := newClient(t, srv.URL)
	if x, err := fire(t.Context(), c); err != nil || x.Status != 202 {
		t.Errorf("Fire: %v", err)
	}
	if _, _, err := c.SendEvent(t.Context(), postscript.Event{Type: "a"}); err != nil {
		t.Errorf("SendEvent: %v", err)
	}
	_, x, err := c.CreateMessage(t.Context(), postscript.MessageRequest{Phone: "+15555550101", Body: "x"})
	if err == nil || Classify(err) != Sent || x.Answer != `{"event_ids":[` {
		t.Errorf("CreateMessage: %s, %v, %+v", Classify(err), err, x)
	}
}

// net/http repeats a POST that has an Idempotency-Key when a connection it had kept breaks. On the real
// Postscript, which knows no such key, the repeat would be a second text.
func TestNothingIsRepeatedBehindOurBack(t *testing.T) {
	t.Parallel()
	var arrived atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if arrived.Add(1) > 1 {
			panic(http.ErrAbortHandler)
		}
	}))
	defer srv.Close()
	c := newClient(t, srv.URL)
	if _, err := fire(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	x, err := fire(t.Context(), c) // on the connection kept from the first
	expect(t, x, err, Unknown)
	if n := arrived.Load(); n != 2 {
		t.Errorf("%d requests arrived, want 2", n)
	}
}

// transport is a way to carry requests that reports no progress, as an in-process one.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTransportsThatReportNoProgress(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err  error
		want Outcome
	}{
		"something broke": {errors.New("broken"), Unknown},
		"reading broke":   {&net.OpError{Op: "read", Err: errors.New("reset")}, Unknown},
		"no connection":   {&net.OpError{Op: "dial", Err: errors.New("refused")}, TryLater},
		"no such name":    {&net.DNSError{Err: "no such host"}, TryLater},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, "http://localhost", func(o *Options) {
				o.HTTP.Transport = transport(func(*http.Request) (*http.Response, error) { return nil, tt.err })
			})
			x, err := fire(t.Context(), c)
			expect(t, x, err, tt.want)
			if !errors.Is(err, tt.err) {
				t.Errorf("the reason is lost: %v", err)
			}
		})
	}
}

func TestClassifyOfOtherErrors(t *testing.T) {
	t.Parallel()
	if Classify(nil) != Sent || Classify(io.EOF) != Unknown {
		t.Error("nil is Sent, a foreign error Unknown")
	}
	if _, ok := ExchangeOf(io.EOF); ok {
		t.Error("a foreign error has no exchange")
	}
}
