package app

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
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
	if ip := at.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() || shared.Contains(ip) || mapped.Contains(ip) {
		return errPrivate
	}
	return nil
}

var errPrivate = fault.New(fault.Invalid, "That address is in a private network. Only public addresses are called.")

// checkCallback refuses a host of a webhook that could never be reached, when it is asked for rather than when the
// first webhook is lost: what is written as an address of a private network, this machine under its own name, and
// the API itself. Where other names lead is looked at when a connection is made, for it can change.
func checkCallback(local bool) func(host string) error {
	return func(host string) error {
		host = strings.ToLower(strings.TrimSuffix(host, "."))
		switch ip, err := netip.ParseAddr(host); {
		case host == hostPostscript:
			return fault.New(fault.Invalid, "No webhook leads to the API itself.")
		case local, host == hostBridge:
			return nil
		case err == nil:
			return checkPublic(netip.AddrPortFrom(ip, 0).String())
		case host == "localhost", strings.HasSuffix(host, ".localhost"):
			return errPrivate
		}
		return nil
	}
}

var (
	shared = netip.MustParsePrefix("100.64.0.0/10") // between providers and their customers
	mapped = netip.MustParsePrefix("64:ff9b::/96")  // IPv4 inside IPv6, which hides a private address
)
