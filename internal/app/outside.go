package app

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"rejoinder/internal/fault"
)

// outsideTransport is how this program reaches other machines. Addresses come from merchants and from users of
// the API (webhooks), so unless local is set it connects to public addresses only: the check is made on the
// address a name resolved to, when the connection is made, so that no name can talk its way into the network
// we stand in.
//
// Kept connections are dropped after 20 s: one that the other side closed while a request was on its way would
// cost a delivery of unknown outcome.
func outsideTransport(local bool) *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}
	if !local {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return checkPublic(address) }
	}
	return &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 20 * time.Second, ExpectContinueTimeout: time.Second,
		IdleConnTimeout: 20 * time.Second, MaxIdleConns: 256, MaxIdleConnsPerHost: 32, MaxResponseHeaderBytes: 64 << 10,
	}
}

// checkPublic refuses addresses of this machine and of private networks.
func checkPublic(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fault.From(fault.Invalid, err, "That address cannot be used.")
	}
	ip := at.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || shared.Contains(ip) || mapped.Contains(ip) {
		return fault.New(fault.Invalid, "That address is in a private network. Only public addresses are called.")
	}
	return nil
}

var (
	shared = netip.MustParsePrefix("100.64.0.0/10") // between providers and their customers
	mapped = netip.MustParsePrefix("64:ff9b::/96")  // IPv4 inside IPv6, which hides a private address
)
