// Package cable stands between a program and PostgreSQL, so that a test can take the database away and bring it back.
//
// It exists because an outage has several faces, and each must be met: connections that end, a server that is
// stopping, a machine that is off, a network that drops packets. It carries bytes and must not read them. Only
// tests may import it.
package cable

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

// Cable carries connections from a unix socket of its own to the database. It is safe for concurrent use.
type Cable struct {
	t                       *testing.T
	URL                     string // of the database, by way of the cable
	socket, network, server string

	mu       sync.Mutex
	goes     *sync.Cond
	silent   bool
	refuses  bool
	listener net.Listener
	conns    map[net.Conn]bool
	refused  int
}

// New lays a cable to the database at the given URL. It is gone when the test ends.
func New(t *testing.T, database string) *Cable {
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
	c := &Cable{t: t, URL: u.String(), socket: filepath.Join(dir, ".s.PGSQL.5432"), conns: map[net.Conn]bool{}}
	c.network, c.server = pgconn.NetworkAddress(cfg.Host, cfg.Port)
	c.goes = sync.NewCond(&c.mu)
	c.listen()
	t.Cleanup(func() { c.Mend(); c.Unplug() })
	return c
}

// listen takes connections from now on.
func (c *Cable) listen() {
	c.t.Helper()
	l, err := net.Listen("unix", c.socket) //nolint:noctx // it cannot take time
	if err != nil {
		c.t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.listener = l
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go c.carry(conn)
		}
	}()
}

// carry joins one connection to the server until either side ends it.
func (c *Cable) carry(from net.Conn) {
	defer func() { _ = from.Close() }()
	to, err := net.Dial(c.network, c.server) //nolint:noctx // it cannot take time
	if err != nil {
		return
	}
	defer func() { _ = to.Close() }()
	c.mu.Lock()
	if c.refuses {
		c.refused++
		c.mu.Unlock()
		return
	}
	c.conns[from], c.conns[to] = true, true
	c.mu.Unlock()
	ended := make(chan struct{}, 2)
	pass := func(a, b net.Conn) {
		_, _ = io.Copy(gated{a, c}, b)
		ended <- struct{}{}
	}
	go pass(to, from)
	go pass(from, to)
	<-ended
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.conns, from)
	delete(c.conns, to)
}

// gated is a connection that passes nothing on while the cable is silent.
type gated struct {
	net.Conn
	c *Cable
}

func (g gated) Write(b []byte) (int, error) {
	g.c.mu.Lock()
	for g.c.silent {
		g.c.goes.Wait()
	}
	g.c.mu.Unlock()
	return g.Conn.Write(b)
}

// ReadFrom would let io.Copy past Write.
func (g gated) ReadFrom(r io.Reader) (int64, error) { return io.Copy(struct{ io.Writer }{g}, r) }

// Pull ends all connections; new ones are carried: a server that was killed and is back.
func (c *Cable) Pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end()
}

// end ends all connections; the caller holds mu.
func (c *Cable) end() {
	for conn := range c.conns {
		_ = conn.Close()
	}
}

// Cut ends all connections, and new ones as soon as they are made: a server that stops.
func (c *Cable) Cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refuses, c.refused = true, 0
	c.end()
}

// Unplug is Cut, and nobody listens any more: a machine that is off.
func (c *Cable) Unplug() {
	c.Cut()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		c.t.Error(err)
	}
}

// Silence passes nothing on and ends nothing: a network that drops packets.
func (c *Cable) Silence() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.silent = true
}

// Mend is the end of whatever it was.
func (c *Cable) Mend() {
	c.mu.Lock()
	gone := c.refuses && errors.Is(func() error { _, err := os.Stat(c.socket); return err }(), os.ErrNotExist)
	c.refuses, c.silent = false, false
	c.goes.Broadcast()
	c.mu.Unlock()
	if gone {
		c.listen()
	}
}

// Refused is how often somebody was turned away since Cut.
func (c *Cable) Refused() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refused
}
