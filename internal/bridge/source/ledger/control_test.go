package ledger

import "testing"

// The address is checked when the connection is made: by then a name may lead elsewhere than when it was saved.
func TestConnectionsIntoPrivateNetworksAreRefused(t *testing.T) {
	t.Parallel()
	outside, local := NewSender(false), NewSender(true)
	for address, want := range map[string][2]bool{ // allowed without, with loopback
		"1.1.1.1:443": {true, true}, "[2606:4700::1111]:443": {true, true},
		"127.0.0.1:443": {false, true}, "[::1]:443": {false, true}, "[::ffff:127.0.0.1]:443": {false, true},
		"10.0.0.1:443": {}, "192.168.0.1:443": {}, "169.254.169.254:80": {}, "100.100.100.200:80": {}, "0.0.0.0:80": {},
		"[fd00:ec2::254]:80": {}, "[fe80::1%eth0]:80": {}, "[2002:a00:1::]:443": {}, "[64:ff9b::7f00:1]:443": {}, "255.255.255.255:80": {},
		"224.0.0.1:80": {}, "not an address": {},
	} {
		got := [2]bool{outside.control("tcp", address, nil) == nil, local.control("tcp", address, nil) == nil}
		if got != want {
			t.Errorf("%s: allowed %v, want %v", address, got, want)
		}
	}
}
