package web

import "net/http"

// trackingWriter remembers whether an answer has begun, so that a late failure does not write a second one
// into it.
type trackingWriter struct {
	http.ResponseWriter
	begun bool
}

func (t *trackingWriter) WriteHeader(status int) {
	t.begun = true
	t.ResponseWriter.WriteHeader(status)
}

func (t *trackingWriter) Write(b []byte) (int, error) {
	t.begun = true
	return t.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection, for pages that stream.
func (t *trackingWriter) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// wrote reports whether an answer has begun, looking through the writers that middleware puts around ours.
func wrote(w http.ResponseWriter) bool {
	for {
		switch v := w.(type) {
		case *trackingWriter:
			return v.begun
		case interface{ Unwrap() http.ResponseWriter }:
			w = v.Unwrap()
		default:
			return false
		}
	}
}

// probeWriter takes in the mux's own plain-text answer, of which only the status and Allow are wanted.
type probeWriter struct {
	header http.Header
	status int
}

func (p *probeWriter) Header() http.Header         { return p.header }
func (p *probeWriter) WriteHeader(status int)      { p.status = status }
func (p *probeWriter) Write(b []byte) (int, error) { return len(b), nil }
