package work_test

import (
	"log/slog"
	"testing"

	"rejoinder/internal/work"
)

// newLoop returns a loop that logs nowhere.
func newLoop(t *testing.T, opts work.Options) *work.Loop {
	t.Helper()
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	l, err := work.NewLoop(opts)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
