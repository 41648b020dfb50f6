package bridge

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"sync"
	"sync/atomic"
	"time"

	"rejoinder/internal/fault"
)

// sender is the Postscript account a webhook came from.
type sender struct {
	shop          Shop
	token, secret proof
	readAt        time.Time    // when this was read from the database
	last          atomic.Int64 // when it was noted last that it had called, in microseconds
}

// proof is the hash of what a genuine webhook carries. Hashing both sides hides the length too.
type proof [sha256.Size]byte

func proofOf(s string) proof { return sha256.Sum256([]byte(s)) }

// sent reports in constant time whether both proofs were given.
func (s *sender) sent(signature, secret string) bool {
	t, h := proofOf(signature), proofOf(secret)
	return subtle.ConstantTimeCompare(t[:], s.token[:])&subtle.ConstantTimeCompare(h[:], s.secret[:]) == 1
}

// heard notes that the account has called. Once a minute is enough for the page that shows it.
func (s *sender) heard(tx Tx) error {
	if !s.unheard(tx.Now()) {
		return nil
	}
	return tx.HeardFrom(s.shop.ID)
}

func (s *sender) unheard(now time.Time) bool {
	return now.Sub(time.UnixMicro(s.last.Load())) >= time.Minute
}

var errSender = fault.New(fault.Unauthorized, "The signature or the secret header is not the one agreed with Postscript.")

// checkSender compares both proofs in constant time, first with those that were right a moment ago: to read the
// account and to open its secrets for each webhook anew costs more than to store it. What does not match is compared
// with the database before it is refused.
func (b *Bridge) checkSender(ctx context.Context, shopID, signature, secret string) (*sender, error) {
	known, forgotten := b.senders.find(shopID, b.o.Now())
	if known != nil && known.sent(signature, secret) {
		return known, nil
	}
	from, err := b.readSender(ctx, shopID)
	if err != nil {
		return nil, err
	}
	if !from.sent(signature, secret) {
		return nil, errSender
	}
	b.senders.keep(from, forgotten)
	return from, nil
}

// readSender reads in a transaction of its own, so that forged webhooks never stand in the way of writers.
func (b *Bridge) readSender(ctx context.Context, shopID string) (*sender, error) {
	var c Connection
	from := &sender{readAt: b.o.Now()}
	err := b.o.Store.Read(ctx, func(tx Tx) (err error) {
		if c, err = tx.Connection(shopID); err == nil {
			from.shop, err = tx.Shop(shopID)
		}
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return nil, errSender
	}
	if err != nil {
		return nil, err
	}
	if !c.LastReplyAt.IsZero() {
		from.last.Store(c.LastReplyAt.UnixMicro())
	}
	if c.SigningToken == "" || c.HookSecret == "" {
		return nil, errSender
	}
	token, err := b.o.Sealer.Open(c.SigningToken, sealPlace(shopID, "signing_token"))
	if err != nil {
		return nil, err
	}
	ours, err := b.o.Sealer.Open(c.HookSecret, sealPlace(shopID, "hook_secret"))
	if err != nil {
		return nil, err
	}
	if token == "" || ours == "" {
		return nil, errSender
	}
	from.token, from.secret = proofOf(token), proofOf(ours)
	return from, nil
}

// senders are the accounts whose webhooks were genuine a moment ago, by shop. What is changed in this process is
// forgotten at once; what another changes counts here after senderLasts. It is safe for concurrent use.
type senders struct {
	mu        sync.RWMutex
	known     map[string]*sender
	forgotten int // how often something was forgotten: what was read before that is not kept
}

// senderLasts is how long a sender is known, and sendersMost how many are, in some kilobytes each.
const (
	senderLasts = time.Second
	sendersMost = 2000
)

// find returns the sender if they are known at a moment, and what keep wants to know of that moment.
func (s *senders) find(shopID string, now time.Time) (_ *sender, forgotten int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	from := s.known[shopID]
	if from == nil || now.Before(from.readAt) || now.Sub(from.readAt) >= senderLasts {
		return nil, s.forgotten
	}
	return from, s.forgotten
}

// keep remembers a sender who was read after find.
func (s *senders) keep(from *sender, forgotten int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forgotten != forgotten {
		return
	}
	if s.known == nil || len(s.known) >= sendersMost {
		s.known = map[string]*sender{}
	}
	s.known[from.shop.ID] = from
}

// forget makes the next webhook of a shop look at the database.
func (s *senders) forget(shopID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgotten++
	delete(s.known, shopID)
}
