package store_test

import (
	"testing"

	"rejoinder/internal/store/storetest"
)

func TestSending(t *testing.T) {
	t.Parallel()
	storetest.Both(t, storetest.Sending)
}
