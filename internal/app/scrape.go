package app

import (
	"crypto/subtle"
	"net/http"
	"net/netip"
	"strings"
)

// guarded lets only those at the numbers whom they are for: with a token, whoever sends it; without one, programs
// on this machine. The numbers name nobody, but how many texts a merchant sends is no stranger's business either.
func guarded(token string, numbers http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case token != "" && !sent(r, token):
			w.Header().Set("WWW-Authenticate", `Bearer realm="rejoinder metrics"`)
			plain(w, http.StatusUnauthorized, "Send the header Authorization: Bearer with the token of --metrics-token-file.")
		case token == "" && !fromThisMachine(r):
			plain(w, http.StatusForbidden, "Metrics are shown to programs on this server's own machine only. To read them from elsewhere, give the server a token with --metrics-token-file.")
		default:
			numbers.ServeHTTP(w, r)
		}
	})
}

// sent reports whether a request carries the token. How long the comparison takes tells nothing but the length.
func sent(r *http.Request, token string) bool {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare([]byte(strings.TrimSpace(given)), []byte(token)) == 1
}

// forwarding are the headers by which proxies say that they ask for somebody else.
var forwarding = []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"}

// fromThisMachine reports whether a request was made on this machine and not passed on by a proxy on it. A proxy
// that adds none of the headers cannot be told from a program of ours; operating.md says so.
func fromThisMachine(r *http.Request) bool {
	for _, name := range forwarding {
		if _, passedOn := r.Header[name]; passedOn {
			return false
		}
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && peer.Addr().Unmap().IsLoopback()
}
