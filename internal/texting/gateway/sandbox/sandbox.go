// Package sandbox is the gateway that texts nobody: what it carries lands on a handset that is a table in our own
// database and a page in the browser.
//
// It exists so that the whole loop runs without a carrier, a bill or a stranger's phone, and so that a carrier's
// failures can be ordered by number (see Reserved). It keeps a gateway's contract in full: it drops the repeat
// of a text it has carried, and says so. It must not look at what a text says, decide when it goes out, or know
// subscribers.
package sandbox

import (
	"context"
	"fmt"
	"sync"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// Handset is where texts land.
type Handset interface {
	// Carry puts a text on the handset of its number, once: a repeated ID adds nothing. It reports whether the
	// text was new.
	Carry(ctx context.Context, t texting.Text) (added bool, err error)
}

// Gateway is the sandbox. It is safe for concurrent use.
type Gateway struct {
	handset Handset

	mu    sync.Mutex
	tries map[string]int // of texts to numbers that order failures
}

// Options are what a sandbox is made of.
type Options struct {
	Handset Handset
}

// New returns a sandbox.
func New(o Options) *Gateway { return &Gateway{handset: o.Handset, tries: map[string]int{}} }

// DropsRepeats reports that Send with an ID that was carried sends nothing and succeeds.
func (g *Gateway) DropsRepeats() bool { return true }

// Send carries a text, or fails as its number orders.
func (g *Gateway) Send(ctx context.Context, t texting.Text) (gatewayID string, err error) {
	defer fault.Wrap(&err, "sandbox: send %s", t.ID)
	failure := failureOf(t.To)
	if failure != "" {
		if err := g.before(failure, t.ID); err != nil {
			return "", err
		}
	}
	if _, err := g.handset.Carry(ctx, t); err != nil {
		return "", err
	}
	if failure != "" {
		if err := g.after(failure, t.ID); err != nil {
			return "", err
		}
	}
	return "sandbox_" + t.ID, nil
}

// before is what goes wrong before the text is carried.
func (g *Gateway) before(f Failure, id string) error {
	switch f {
	case FailNumber:
		return fault.New(fault.Invalid, "The number cannot receive texts.")
	case FailLandline:
		return fault.New(fault.Invalid, "The number is a landline.")
	case FailThrottled:
		if g.try(id) <= 1 {
			return fault.New(fault.Unavailable, "The carrier takes no more texts just now.")
		}
	case FailDown:
		if g.try(id) <= 2 {
			return fault.New(fault.Unavailable, "The carrier is down.")
		}
	case FailAlwaysDown:
		return fault.New(fault.Unavailable, "The carrier is down.")
	}
	return nil
}

// after is what goes wrong when the text has been carried.
func (g *Gateway) after(f Failure, id string) error {
	switch f {
	case FailLost:
		if g.try(id) <= 1 {
			return fmt.Errorf("the carrier's answer was lost: %w", texting.ErrUnknown)
		}
	case FailAlwaysLost:
		return fmt.Errorf("the carrier's answer was lost: %w", texting.ErrUnknown)
	}
	return nil
}

// try counts the tries of one text, from 1. A restart begins to count anew, which only prolongs the failure.
func (g *Gateway) try(id string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.tries) >= 10_000 { // somebody tests with very many; forgetting prolongs their failures
		clear(g.tries)
	}
	g.tries[id]++
	return g.tries[id]
}
