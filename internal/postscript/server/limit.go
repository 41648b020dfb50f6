package server

import (
	"sync"
	"time"
)

// limiter counts requests per token in a window that slides by the second: of any moment, at most max requests
// in the second before it. It lives in this process alone, so with several machines a token gets that many on
// each of them; the bridge's own pace, which is a row, is exact.
type limiter struct {
	max int

	mu     sync.Mutex
	recent map[string][]time.Time // the last max moments of a token, oldest first
	swept  time.Time
}

func newLimiter(max int) *limiter { return &limiter{max: max, recent: map[string][]time.Time{}} }

// allow reports whether a request at now is within the limit, and counts it if it is. A refused one does not
// count: somebody who knocks too often gets through as soon as a second has passed.
func (l *limiter) allow(token string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > time.Minute {
		l.swept = now
		for t, at := range l.recent {
			if now.Sub(at[len(at)-1]) > time.Second {
				delete(l.recent, t)
			}
		}
	}
	at := l.recent[token]
	first := 0
	for first < len(at) && now.Sub(at[first]) >= time.Second {
		first++
	}
	if at = at[first:]; len(at) >= l.max {
		l.recent[token] = at
		return false
	}
	l.recent[token] = append(at, now)
	return true
}
