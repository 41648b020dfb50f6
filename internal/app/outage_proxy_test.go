package app

import (
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// proxy stands between the program and PostgreSQL on a unix socket of its own, so that a test can take the
// database away and bring it back.
type proxy struct {
	t                       *testing.T
	URL                     string // of the database, by way of the proxy
	socket, network, server string

	mu       sync.Mutex
	goes     *sync.Cond
	silent   bool
	refuses  bool
	listener net.Listener
	conns    map[net.Conn]bool
	refused  int
}

// newProxy starts a proxy to the database at the given URL.
func newProxy(t *testing.T, database string) *proxy {
	t.Helper()
	cfg, err := pgconn.ParseConfig(database)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "rj") // short: the path of a socket may have about a hundred characters
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	u.Host, u.RawQuery = "", url.Values{"host": {dir}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	p := &proxy{t: t, URL: u.String(), socket: filepath.Join(dir, ".s.PGSQL.5432"), conns: map[net.Conn]bool{}}
	p.network, p.server = pgconn.NetworkAddress(cfg.Host, cfg.Port)
	p.goes = sync.NewCond(&p.mu)
	p.listen()
	t.Cleanup(func() { p.back(); p.leave() })
	return p
}

// listen takes connections from now on.
func (p *proxy) listen() {
	p.t.Helper()
	l, err := net.Listen("unix", p.socket) //nolint:noctx // it cannot take time
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listener = l
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(c)
		}
	}()
}

// carry joins one connection to the server until either side ends it.
func (p *proxy) carry(from net.Conn) {
	defer func() { _ = from.Close() }()
	p.mu.Lock()
	if p.refuses {
		p.refused++
		p.mu.Unlock()
		return
	}
	p.mu.Unlock()
	to, err := net.Dial(p.network, p.server) //nolint:noctx // it cannot take time
	if err != nil {
		return
	}
	defer func() { _ = to.Close() }()
	p.mu.Lock()
	p.conns[from], p.conns[to] = true, true
	p.mu.Unlock()
	ended := make(chan struct{}, 2)
	pass := func(a, b net.Conn) {
		_, _ = io.Copy(gated{a, p}, b)
		ended <- struct{}{}
	}
	go pass(to, from)
	go pass(from, to)
	<-ended
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, from)
	delete(p.conns, to)
}

// gated is a connection that passes nothing on while the proxy is silent.
type gated struct {
	net.Conn
	p *proxy
}

func (g gated) Write(b []byte) (int, error) {
	g.p.mu.Lock()
	for g.p.silent {
		g.p.goes.Wait()
	}
	g.p.mu.Unlock()
	return g.Conn.Write(b)
}

// ReadFrom would let io.Copy past Write.
func (g gated) ReadFrom(r io.Reader) (int64, error) { return io.Copy(struct{ io.Writer }{g}, r) }

// cut ends all connections, and new ones as soon as they are made: a server that stops.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuses, p.refused = true, 0
	for c := range p.conns {
		_ = c.Close()
	}
}

// leave is cut, and nobody listens any more: a machine that is off.
func (p *proxy) leave() {
	p.cut()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		p.t.Error(err)
	}
}

// silence passes nothing on and ends nothing: a network that drops packets.
func (p *proxy) silence() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = true
}

// back is the end of whatever it was.
func (p *proxy) back() {
	p.mu.Lock()
	gone := p.refuses && errors.Is(func() error { _, err := os.Stat(p.socket); return err }(), os.ErrNotExist)
	p.refuses, p.silent = false, false
	p.goes.Broadcast()
	p.mu.Unlock()
	if gone {
		p.listen()
	}
}

// tries is how often somebody was turned away since cut.
func (p *proxy) tries() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refused
}
