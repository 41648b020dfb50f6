package web

import (
	"crypto/sha256"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"rejoinder/internal/fault"
)

// Throttle slows down guessing of passwords. It counts tries per account and per client address:
//
//   - an account has 5 free tries, then each further one must wait 2, 4, 8 … seconds, at most 15 minutes;
//   - an address has 20 free tries over all accounts, then the same;
//   - an address from which an account was entered before is counted apart for that account, so that somebody
//     else's guessing does not lock its owner out;
//   - a count is forgotten a day after the last try, and at success.
//
// It lives in memory: several processes each allow their own tries, and a restart forgives. That is accepted,
// because argon2id already makes a guess dear; what is prevented here is patience. Names are kept as hashes.
type Throttle struct {
	now  func() time.Time
	mu   sync.Mutex
	keys map[[32]byte]*tries
	seen map[[32]byte]time.Time // account and address that succeeded together
}

type tries struct {
	count int
	last  time.Time
	until time.Time // no try is looked at before this
}

const (
	freePerAccount = 5
	freePerAddress = 20
	longestWait    = 15 * time.Minute
	forgetAfter    = 24 * time.Hour
	mostKeys       = 100_000 // beyond it the stale are swept, and then everything: memory is bounded
)

// NewThrottle returns an empty throttle; now is the clock.
func NewThrottle(now func() time.Time) *Throttle {
	return &Throttle{now: now, keys: map[[32]byte]*tries{}, seen: map[[32]byte]time.Time{}}
}

// Begin counts a try before the password is looked at, so that parallel guesses count too. It returns a
// RateLimited fault that says how long to wait when the try must not be made. Account is compared without
// regard to case.
func (t *Throttle) Begin(account, address string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	t.sweep(now)
	acc, addr := t.entry(t.accountKey(account, address), now), t.entry(hashed("address", address), now)
	wait := max(acc.until.Sub(now), addr.until.Sub(now))
	if wait > 0 {
		return fault.New(fault.RateLimited, "Too many tries. Wait %s, then try again.", roughly(wait))
	}
	acc.add(now, freePerAccount)
	addr.add(now, freePerAddress)
	return nil
}

// Succeeded forgives the account's count, and remembers that the account's owner uses this address. The
// address keeps its count, less this try: one right password must not pay for guessing others.
func (t *Throttle) Succeeded(account, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.keys, t.accountKey(account, address))
	if e := t.keys[hashed("address", address)]; e != nil && e.count > 0 {
		e.count--
	}
	t.seen[hashed("pair", strings.ToLower(account), address)] = t.now()
}

func (t *Throttle) accountKey(account, address string) [32]byte {
	account = strings.ToLower(account)
	if pair := hashed("pair", account, address); !t.seen[pair].IsZero() {
		return pair
	}
	return hashed("account", account)
}

func (t *Throttle) entry(key [32]byte, now time.Time) *tries {
	e := t.keys[key]
	if e == nil || now.Sub(e.last) > forgetAfter {
		e = &tries{}
		t.keys[key] = e
	}
	return e
}

func (e *tries) add(now time.Time, free int) {
	e.count++
	e.last = now
	if over := e.count - free; over >= 0 {
		e.until = now.Add(min(longestWait, time.Second<<min(over+1, 20)))
	}
}

func (t *Throttle) sweep(now time.Time) {
	if len(t.keys) >= mostKeys {
		for key, e := range t.keys {
			if now.Sub(e.last) > forgetAfter {
				delete(t.keys, key)
			}
		}
		if len(t.keys) >= mostKeys {
			clear(t.keys)
		}
	}
	if len(t.seen) >= mostKeys {
		clear(t.seen)
	}
}

func hashed(parts ...string) [32]byte { return sha256.Sum256([]byte(strings.Join(parts, "\x00"))) }

func roughly(d time.Duration) string {
	if d <= time.Minute {
		return counted(int((d+time.Second-1)/time.Second), "second", "seconds")
	}
	return counted(int((d+time.Minute-1)/time.Minute), "minute", "minutes")
}

// ClientAddr returns the client's address for throttling: an IPv4 address, or the /64 of an IPv6 one, because
// a household has a whole /64. Behind Options.Proxies it is the entry the outermost trusted proxy appended.
func (k *Kit) ClientAddr(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if k.opts.Proxies > 0 {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if i := len(hops) - k.opts.Proxies; i >= 0 && strings.TrimSpace(hops[i]) != "" {
			host = strings.TrimSpace(hops[i])
		}
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap(); ip.Is6() {
		if p, err := ip.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
