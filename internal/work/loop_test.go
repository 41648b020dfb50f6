package work_test

import (
	"log/slog"
	"testing"
	"testing/synctest"

	"rejoinder/internal/work"
	"rejoinder/internal/work/worktest"
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

func TestLoop(t *testing.T) {
	t.Parallel()
	worktest.Run(t, worktest.Suite{
		New:    func(t *testing.T, opts work.Options) work.Engine { return newLoop(t, opts) },
		Around: func(t *testing.T, test func(*testing.T)) { synctest.Test(t, test) },
	})
}
