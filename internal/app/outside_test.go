package app

import (
	"testing"

	"rejoinder/internal/fault"
)

func TestCallbackHosts(t *testing.T) {
	t.Parallel()
	const private, itself = "That address is in a private network. Only public addresses are called.", "No webhook leads to the API itself."
	for host, want := range map[string]struct{ outside, local string }{
		"hooks.example":        {},
		"8.8.8.8":              {},
		"2606:4700::1111":      {},
		"localhost":            {outside: private},
		"LocalHost.":           {outside: private},
		"api.localhost":        {outside: private},
		"127.0.0.1":            {outside: private},
		"10.1.2.3":             {outside: private},
		"192.168.0.1":          {outside: private},
		"169.254.169.254":      {outside: private},
		"100.64.0.1":           {outside: private},
		"0.0.0.0":              {outside: private},
		"::1":                  {outside: private},
		"fd00::1":              {outside: private},
		"fe80::1%eth0":         {outside: private},
		"::ffff:127.0.0.1":     {outside: private},
		"64:ff9b::a00:1":       {outside: private},
		"bridge.internal":      {},
		"postscript.internal":  {itself, itself},
		"Postscript.Internal.": {itself, itself},
	} {
		for local, want := range map[bool]string{false: want.outside, true: want.local} {
			got := ""
			if err := checkCallback(local)(host); err != nil {
				got = fault.Message(err)
			}
			if got != want {
				t.Errorf("%s, local %t: %q, want %q", host, local, got, want)
			}
		}
	}
}
