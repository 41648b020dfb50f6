package people

import (
	"context"
	"testing"
	"time"

	"rejoinder/internal/fault"
)

// nobody is a store without users.
type nobody struct{ Store }

func (nobody) UserByEmail(context.Context, string) (User, error) {
	return User{}, fault.New(fault.NotFound, "There is no such user.")
}

func TestPasswordsAreHashedAFewAtATime(t *testing.T) {
	t.Parallel()
	p, err := New(Options{Store: nobody{}, Now: time.Now, Cheap: true})
	if err != nil {
		t.Fatal(err)
	}
	for range hashesAtOnce {
		if _, err := p.slot(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.SignIn(ctx, "me@example.com", "long enough one"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("with every place taken: %v; want it to wait, and to give up with the request", err)
	}
	<-p.slots // one of them ends
	if _, err := p.SignIn(t.Context(), "me@example.com", "long enough one"); !fault.Is(err, fault.Invalid) {
		t.Errorf("with a place free: %v", err)
	}
	if len(p.slots) != hashesAtOnce-1 {
		t.Errorf("%d places are taken, want that of the try given back", len(p.slots))
	}
}
