package outside

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"rejoinder/internal/fault"
)

// private are addresses into which nobody may reach through us.
var private = []string{
	"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "0.1.2.3",
	"100.64.0.1", "100.100.100.200", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
	"255.255.255.255", "::", "::7f00:1", "fd00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
	"64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::",
}

func TestPrivateNetworksAreRefused(t *testing.T) {
	t.Parallel()
	for _, ip := range private {
		if err := connecting(net.JoinHostPort(ip, "443")); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s is connected to: %v", ip, err)
		}
		if err := CheckHost(ip); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s may be asked for: %v", ip, err)
		}
	}
	for _, host := range []string{"localhost", "LocalHost.", "api.localhost"} {
		if err := CheckHost(host); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s may be asked for: %v", host, err)
		}
	}
	if err := connecting("not an address"); !fault.Is(err, fault.Invalid) {
		t.Errorf("what cannot be read is connected to: %v", err)
	}
}

func TestPublicAddressesAreReached(t *testing.T) {
	t.Parallel()
	for _, ip := range []string{"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"} {
		if err := connecting(net.JoinHostPort(ip, "443")); err != nil {
			t.Errorf("%s: %v", ip, err)
		}
		if err := CheckHost(ip); err != nil {
			t.Errorf("%s: %v", ip, err)
		}
	}
	if err := CheckHost("hooks.example"); err != nil {
		t.Error(err)
	}
}

// TestTransport asks a server of this machine, without and with leave.
func TestTransport(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer srv.Close()
	for local, want := range map[bool]int32{false: 0, true: 1} {
		asked.Store(0)
		tr := Transport(local)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := tr.RoundTrip(req)
		if err == nil {
			err = resp.Body.Close()
		}
		tr.CloseIdleConnections()
		if (err == nil) != local || asked.Load() != want {
			t.Errorf("local %t: asked %d times, %v", local, asked.Load(), err)
		}
	}
}
