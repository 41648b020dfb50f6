//go:build unix

package store_test

import (
	"testing"

	"rejoinder/internal/store/storetest"
)

func TestWebhooks(t *testing.T) {
	t.Parallel()
	storetest.Both(t, storetest.Webhooks)
}

func TestSubscribers(t *testing.T) {
	t.Parallel()
	storetest.Both(t, storetest.Subscribers)
}
