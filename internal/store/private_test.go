package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"rejoinder/internal/store"
)

// TestTheFileIsPrivate opens a database, writes, and looks at the modes of all its files.
func TestTheFileIsPrivate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(dir, "rejoinder.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, want the database and those beside it (%v)", len(files), err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v, want 0600 (%v)", f.Name(), info.Mode().Perm(), err)
		}
	}
}
