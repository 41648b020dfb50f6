package app

import (
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/outside"
)

// checkCallback refuses a host of a webhook that could never be reached, when it is asked for rather than when the
// first webhook is lost. Both halves stand inside this process: webhooks may lead to the bridge, and never to the API.
func checkCallback(local bool) func(host string) error {
	return func(host string) error {
		if strings.EqualFold(strings.TrimSuffix(host, "."), hostPostscript) {
			return fault.New(fault.Invalid, "No webhook leads to the API itself.")
		}
		if local {
			return nil
		}
		return outside.CheckHost(host)
	}
}
