package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"sync"
	"time"
)

// Hosts that exist only inside the process. "internal" is reserved for private use, so that no name on a
// network can ever be mistaken for one of them.
const (
	hostPostscript = "postscript.internal" // the Postscript-compatible API of the built-in texting half
	hostBridge     = "bridge.internal"     // the bridge's webhook address
)

// inside is an http.RoundTripper that hands requests for hosts of this process to their handlers, and all
// others to outside. The bytes are those that would go over a wire: the handler gets a request read from them
// and shares no memory with the caller. So both halves run the code they run when they are apart.
//
// An error means that nothing is known of what the handler did, with one exception: a *net.OpError of "dial",
// for a request whose context had ended, or whose host has no handler, before anything ran.
type inside struct {
	outside http.RoundTripper

	mu    sync.RWMutex
	hosts map[string]http.Handler
}

// serve gives a host its handler. A host without one is not reachable, as if it were down.
func (in *inside) serve(host string, h http.Handler) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.hosts == nil {
		in.hosts = map[string]http.Handler{}
	}
	in.hosts[host] = h
}

func isInside(host string) bool { return host == hostPostscript || host == hostBridge }

// RoundTrip carries one request.
func (in *inside) RoundTrip(req *http.Request) (*http.Response, error) {
	if !isInside(req.URL.Host) {
		return in.outside.RoundTrip(req)
	}
	body, err := readBody(req)
	if err != nil {
		return nil, notSent(err)
	}
	in.mu.RLock()
	h := in.hosts[req.URL.Host]
	in.mu.RUnlock()
	if h == nil {
		return nil, notSent(errors.New("this part of the program does not run here"))
	}
	if err := req.Context().Err(); err != nil {
		return nil, notSent(err)
	}
	return answer(req, h, body)
}

// callbacks is inside for webhooks of the texting half, whose addresses its users choose: they lead to the bridge or out,
// never to the API itself, where one that orders a test of itself would go round for ever.
type callbacks struct{ *inside }

// RoundTrip carries one request.
func (c callbacks) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Host == hostPostscript {
		_, err := readBody(req)
		return nil, notSent(errors.Join(err, errors.New("no webhook leads to the API itself")))
	}
	return c.inside.RoundTrip(req)
}

// readBody takes the whole body, as a round tripper must, and closes it.
func readBody(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(req.Body)
	return body, errors.Join(err, req.Body.Close())
}

func notSent(err error) error { return &net.OpError{Op: "dial", Net: "inside", Err: err} }

// answer runs the handler and waits for it, or for the end of the request's context: a handler that is slow on
// purpose must look to its caller as a slow server does.
func answer(req *http.Request, h http.Handler, body []byte) (*http.Response, error) {
	// As on a server, the handler's context holds nothing of the caller's and ends when the caller hangs up.
	ctx, cancel := context.WithCancel(context.Background())
	stop := context.AfterFunc(req.Context(), cancel)
	served := (&http.Request{
		Method: req.Method, URL: req.URL, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: maps.Clone(req.Header), Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
		Host: req.URL.Host, RemoteAddr: "127.0.0.1:0", RequestURI: req.URL.RequestURI(),
	}).WithContext(ctx)
	w := &memory{header: http.Header{}}
	aborted := make(chan bool, 1)
	go func() {
		defer cancel()
		defer stop()
		defer func() {
			// As net/http does: a panic ends the connection without an answer.
			aborted <- recover() != nil
		}()
		h.ServeHTTP(w, served)
	}()
	select {
	case cut := <-aborted:
		if cut {
			return nil, io.ErrUnexpectedEOF
		}
		return w.response(req), nil
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
}

// memory keeps an answer.
type memory struct {
	header http.Header
	sent   http.Header // header as it was when the status was written
	status int
	body   bytes.Buffer
}

func (m *memory) Header() http.Header { return m.header }

func (m *memory) WriteHeader(status int) {
	if m.status == 0 {
		m.status, m.sent = status, m.header.Clone()
	}
}

func (m *memory) Write(p []byte) (int, error) {
	m.WriteHeader(http.StatusOK)
	return m.body.Write(p)
}

func (m *memory) Flush() { m.WriteHeader(http.StatusOK) }

// SetReadDeadline and SetWriteDeadline let handlers use http.ResponseController; memory has no connection
// that could time out.
func (m *memory) SetReadDeadline(time.Time) error  { return nil }
func (m *memory) SetWriteDeadline(time.Time) error { return nil }

func (m *memory) response(req *http.Request) *http.Response {
	m.WriteHeader(http.StatusOK)
	return &http.Response{
		Status: http.StatusText(m.status), StatusCode: m.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: m.sent, Body: io.NopCloser(bytes.NewReader(m.body.Bytes())), ContentLength: int64(m.body.Len()), Request: req,
	}
}
