// Package outside is how this program reaches addresses that others have chosen: callbacks of the API's users, webhooks
// of the built-in ledger, the platforms merchants name.
//
// It exists because the program may stand inside a private network, into which none of them may reach through it, and
// because that rule and its list must stand in one place. It must not know what is sent, or to whom.
package outside

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"rejoinder/internal/fault"
)

// Transport connects to public addresses only, unless local is set: the demo, local development, and addresses the
// operator has chosen. The check is made on the address a name resolved to, when the connection is made, so that no name
// can talk its way in. No proxy is used, because it would connect somewhere unchecked; whoever follows redirects is
// checked again.
//
// Kept connections are dropped after 20 s: one that the other side closed while a request was on its way would
// cost a delivery of unknown outcome.
func Transport(local bool) *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}
	if !local {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return connecting(address) }
	}
	return &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 20 * time.Second, ExpectContinueTimeout: time.Second,
		IdleConnTimeout: 20 * time.Second, MaxIdleConns: 256, MaxIdleConnsPerHost: 32, MaxResponseHeaderBytes: 64 << 10,
	}
}

// CheckHost refuses a host, without its port, that Transport could never reach: one written as an address that is not
// public, and this machine under its own name. Where other names lead is looked at when a connection is made, for it
// can change. The error is Invalid.
func CheckHost(host string) error {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return check(ip)
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return errPrivate
	}
	return nil
}

var errPrivate = fault.New(fault.Invalid, "That address is in a private network. Only public addresses are called.")

// connecting is asked before each connection, with the address that a name has led to.
func connecting(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fault.From(fault.Invalid, err, "That address cannot be used.")
	}
	return check(at.Addr())
}

// check refuses what is not a public address: this machine, private and link-local networks, several recipients at once,
// and special.
func check(ip netip.Addr) error {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" {
		return errPrivate
	}
	for _, p := range special {
		if p.Contains(ip) {
			return errPrivate
		}
	}
	return nil
}

// special are networks that are not private by name and yet lead to no public place: shared carrier space, protocol
// assignments, documentation, benchmarks, reserved, and forms of IPv6 that wrap an address of IPv4 or replaced fc00::/7.
// Source: IANA's registries of special-purpose addresses.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("::/96"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("fec0::/10"),
}
