//go:build unix

package pg

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func connect(t *testing.T, at string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestURLGivesEachTestItsOwnEmptyDatabase(t *testing.T) {
	t.Parallel()
	a, b := connect(t, URL(t)), connect(t, URL(t))
	if _, err := a.Exec(t.Context(), "CREATE TABLE only_here (id BIGINT PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	var tables int
	err := b.QueryRow(t.Context(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables)
	if err != nil || tables != 0 {
		t.Errorf("the second database has %d tables, err %v; want none", tables, err)
	}
}

func TestDatabaseIsDroppedWithItsConnections(t *testing.T) {
	t.Parallel()
	serverFor(t)
	var at string
	t.Run("inner", func(t *testing.T) {
		at = URL(t)
		connect(t, at) // left open on purpose
	})
	var invalid *pgconn.PgError
	_, err := pgx.Connect(t.Context(), at)
	if !errors.As(err, &invalid) || invalid.Code != "3D000" {
		t.Errorf("connecting after the test: %v; want: database does not exist", err)
	}
}

func TestTemplatePreparesOnceAndCopies(t *testing.T) {
	t.Parallel()
	serverFor(t)
	var prepared atomic.Int32
	prepare := func(at string) error {
		prepared.Add(1)
		return execSQL(at, "CREATE TABLE greeting (word TEXT)", "INSERT INTO greeting VALUES ('hello')")
	}
	t.Run("copies", func(t *testing.T) {
		for range 4 {
			t.Run("copy", func(t *testing.T) {
				t.Parallel()
				conn := connect(t, Template(t, "greeting", prepare))
				var word string
				if err := conn.QueryRow(t.Context(), "UPDATE greeting SET word = word || '!' RETURNING word").Scan(&word); err != nil {
					t.Fatal(err)
				}
				if word != "hello!" {
					t.Errorf("the copy says %q: another test wrote into it", word)
				}
			})
		}
	})
	if n := prepared.Load(); n != 1 {
		t.Errorf("prepared %d times, want once", n)
	}
}

func TestForgottenSparesRecentAndForeignDatabases(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	for name, want := range map[string]bool{
		"rejoinder_test_1799000000_ab12_1": true,
		"rejoinder_test_1799999000_ab12_1": false,
		"rejoinder_test_":                  false,
		"rejoinder_test_mine_1":            false,
		"postgres":                         false,
	} {
		if got := forgotten(name, now); got != want {
			t.Errorf("forgotten(%q) = %v, want %v", name, got, want)
		}
	}
}

// TestClusterHelper is not a test of its own: the one below runs it in a second process and kills that. It
// returns rather than skips, since a skip would read as a database that is missing.
func TestClusterHelper(t *testing.T) {
	if os.Getenv("PG_TEST_HELPER") == "" {
		return
	}
	if _, err := os.Stdout.WriteString("url " + URL(t) + "\n"); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until killed
}

func TestClusterEndsWhenTheTestProcessIsKilled(t *testing.T) {
	t.Parallel()
	serverFor(t)
	if os.Getenv("REJOINDER_TEST_DATABASE_URL") != "" {
		t.Skip("no cluster of ours: REJOINDER_TEST_DATABASE_URL is set")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestClusterHelper$", "-test.v")
	cmd.Env = append(os.Environ(), "PG_TEST_HELPER=1")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	at := ""
	for lines := bufio.NewScanner(stdout); at == "" && lines.Scan(); {
		at, _ = strings.CutPrefix(lines.Text(), "url ")
		if !strings.HasPrefix(at, "postgres://") {
			at = ""
		}
	}
	if at == "" {
		t.Fatal("the second process gave no URL")
	}
	conn := connect(t, at)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()

	// The server's end is what this connection sees: it waits for a notification that cannot come.
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if _, err := conn.WaitForNotification(ctx); ctx.Err() != nil {
		t.Fatalf("the server outlived its test process: %v", err)
	}
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	dir := u.Query().Get("host")
	for tick := time.NewTicker(10 * time.Millisecond); ; <-tick.C {
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("%s was left behind", filepath.Base(dir))
		}
	}
}

func TestStaleClustersAreRecognised(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if stale(dir) {
		t.Error("a directory just made counts as stale")
	}
	if err := os.WriteFile(filepath.Join(dir, "lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if !stale(dir) {
		t.Error("a lock nobody holds does not count as stale")
	}
	live, lock, err := newDir(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(live) }()
	if stale(live) {
		t.Error("a directory whose process lives counts as stale")
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	if !stale(live) {
		t.Error("a directory whose process is gone does not count as stale")
	}
}

func BenchmarkURL(b *testing.B) {
	URL(b)
	for b.Loop() {
		URL(b)
	}
}
