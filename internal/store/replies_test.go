package store_test

import (
	"testing"

	"rejoinder/internal/store/storetest"
)

func TestReplies(t *testing.T) {
	t.Parallel()
	storetest.Both(t, storetest.Replies)
}
