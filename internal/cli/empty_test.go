package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/internal/cli"
)

// TestADryRunLeavesNothingBehind runs it where nothing is, and where only the key is missing.
func TestADryRunLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	book := filepath.Join(t.TempDir(), "book.csv")
	if err := os.WriteFile(book, []byte("customer_id,phone\n1,+12125550142\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := cli.Run(t.Context(), []string{"import", book, "--dry-run"}, cli.Streams{Out: &out, Err: &errs}); code != 2 {
		t.Errorf("it ended with %d", code)
	}
	for _, says := range []string{filepath.Join(dir, "rejoinder-data", "rejoinder.db"), "--data-dir"} {
		if !strings.Contains(errs.String(), says) {
			t.Errorf("it does not say %q: %s", says, &errs)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("it left %v behind", left)
	}
	if code := cli.Run(t.Context(), []string{"migrate"}, cli.Streams{Out: &out, Err: &errs}); code != 0 {
		t.Fatalf("migrate ended with %d: %s", code, &errs)
	}
	key := filepath.Join(dir, "rejoinder-data", "key")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	errs.Reset()
	if code := cli.Run(t.Context(), []string{"import", book, "--dry-run"}, cli.Streams{Out: &out, Err: &errs}); code != 2 || !strings.Contains(errs.String(), "There is no shop yet") {
		t.Errorf("without a shop it ended with %d: %s", code, &errs)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("it made a key")
	}
}

// TestAKeyThatIsNone is told of by the name of the setting that holds it, and how to make a good one.
func TestAKeyThatIsNone(t *testing.T) {
	t.Chdir(t.TempDir())
	run := func(args ...string) string {
		var out bytes.Buffer
		cli.Run(t.Context(), args, cli.Streams{Out: &out, Err: &out})
		return out.String()
	}
	t.Setenv("REJOINDER_POSTSCRIPT_URL", "http://127.0.0.1:9") // the check-up asks nobody outside
	t.Setenv("REJOINDER_KEY", "short")
	for _, command := range []string{"doctor", "migrate"} {
		said := run(command)
		for _, says := range []string{"REJOINDER_KEY", "rejoinder key", "is no"} {
			if !strings.Contains(said, says) {
				t.Errorf("%s does not say %q:\n%s", command, says, said)
			}
		}
		if strings.Contains(said, "key file") || strings.Contains(said, "short") {
			t.Errorf("%s speaks of the file or shows the key:\n%s", command, said)
		}
	}
	t.Setenv("REJOINDER_KEY", strings.TrimSpace(run("key")))
	if said := run("doctor"); !strings.Contains(said, "REJOINDER_KEY can be read") {
		t.Errorf("a key that was made is not taken:\n%s", said)
	}
}
