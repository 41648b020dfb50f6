package server

import (
	"errors"
	"net/http"
	"sync"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
	"rejoinder/internal/texting"
)

// errOrdered marks a 500 that was asked for, so that it is not logged as one of ours.
var errOrdered = errors.New("ordered by a reserved number or key")

// order carries out a failure that a reserved key or number asks for (see texting.ReservedFailures): now, by
// returning its error, or after the call was carried out. who counts the tries.
func (c *call) order(f texting.Failure, who string) error {
	switch f {
	case texting.FailRate:
		return fault.New(fault.RateLimited, postscript.WordsRateLimited)
	case texting.FailServer:
		return errOrdered
	case texting.FailTwice:
		if c.server.twice.next(who)%3 != 0 {
			return errOrdered
		}
	case texting.FailAway:
		return fault.New(fault.Unavailable, "Ordered by a reserved number or key: the service is away.")
	case texting.FailRefused:
		return fault.New(fault.Invalid, "Ordered by a reserved number or key: refused.")
	case texting.FailDenied:
		return fault.New(fault.Forbidden, "Ordered by a reserved number or key: denied.")
	case texting.FailSlow, texting.FailCut:
		c.after = f
	}
	return nil
}

// about orders the failure of a number the call is about.
func (c *call) about(phone string) error { return c.order(texting.NumberFailure(phone), phone) }

// counters counts tries per key or number, for the failure that ends after two. It holds reserved ones only.
type counters struct {
	mu sync.Mutex
	n  map[string]int
}

func newCounters() *counters { return &counters{n: map[string]int{}} }

func (c *counters) next(who string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[who]++
	return c.n[who]
}

// cut ends the connection without an answer. Where there is no connection to cut (a call inside the process)
// the server's agreed way to abort does the same.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.Close()
}
