package work_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/work"
)

// childURL, in the environment, makes this test program a second process on that database.
const childURL = "REJOINDER_TEST_WORK_CHILD"

func TestMain(m *testing.M) {
	if url := os.Getenv(childURL); url != "" {
		if err := child(url); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child handles keys until it is killed, and says each on its standard output. A key that begins with "stuck"
// it never finishes.
func child(url string) error {
	ctx := context.Background()
	pool, err := work.OpenPool(ctx, url)
	if err != nil {
		return err
	}
	r, err := work.NewRiver(pool, work.Schema, work.Options{
		HandleTimeout: time.Hour,
		Log:           slog.New(slog.DiscardHandler),
		Kinds: []work.Kind{{Name: "deliver", Workers: 10, Handle: func(_ context.Context, key string) (time.Time, error) {
			fmt.Println(key)
			if strings.HasPrefix(key, "stuck") {
				select {}
			}
			return time.Time{}, nil
		}}},
	})
	if err != nil {
		return err
	}
	return r.Run(ctx)
}

// startChild starts a second process on the database and returns the keys it handles and a way to kill it.
func startChild(t *testing.T, url string) (handled <-chan string, kill func()) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childURL+"="+url)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ch := make(chan string, 1000)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			ch <- lines.Text()
		}
	}()
	killed := false
	kill = func() {
		if !killed {
			killed = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(kill)
	return ch, kill
}

// TestTwoProcessesShareAndOneIsKilled lets a second process take a key and be killed over it. This process
// finishes the key.
func TestTwoProcessesShareAndOneIsKilled(t *testing.T) {
	t.Parallel()
	url := database(t)
	there, kill := startChild(t, url)

	rows := newTable("stuck_1")
	here := make(chan string, 1000)
	r := newRiver(t, openPool(t, url), work.Options{Kinds: []work.Kind{
		rows.kind(func(_ context.Context, key string) (time.Time, error) {
			rows.finish(key)
			here <- key
			return time.Time{}, nil
		}),
	}})

	// Nobody works here yet, so the key goes there.
	if err := r.Wake(t.Context(), "deliver", "stuck_1"); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, there); got != "stuck_1" {
		t.Fatalf("the other process handled %q first", got)
	}

	// Both work: each gets some of the keys, sooner or later.
	run(t, r)
	someHere, someThere := false, false
	for i := 0; !someHere || !someThere; i++ {
		key := fmt.Sprintf("shared_%d", i)
		if err := r.Wake(t.Context(), "deliver", key); err != nil {
			t.Fatal(err)
		}
		for key != "" {
			select {
			case got := <-here:
				someHere = someHere || got == key
				if got == key {
					key = ""
				}
			case got := <-there:
				someThere = someThere || got == key
				if got == key {
					key = ""
				}
			case <-time.After(60 * time.Second):
				t.Fatalf("nobody handled %s", key)
			}
		}
	}

	// Killed in the middle of its key, it leaves a job that seems to be running. The sweep does not wait for it.
	kill()
	if rows.has("stuck_1") {
		for receive(t, here) != "stuck_1" {
		}
	}
}

// TestProcessKilledAgainAndAgain lets a process take a key and be killed over it more often than a key has slots for
// wake-ups, as one does that is started again each time it runs out of memory. Whoever lives gets the key all the same.
func TestProcessKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	url := database(t)
	rows := newTable("stuck_1")
	here := make(chan string, 1000)
	r := newRiver(t, openPool(t, url), work.Options{Kinds: []work.Kind{
		rows.kind(func(_ context.Context, key string) (time.Time, error) {
			rows.finish(key)
			here <- key
			return time.Time{}, nil
		}),
	}})
	for range 3 {
		there, kill := startChild(t, url)
		if err := r.Wake(t.Context(), "deliver", "stuck_1"); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, there); got != "stuck_1" {
			t.Fatalf("the other process handled %q first", got)
		}
		kill()
	}
	run(t, r)
	select {
	case <-here:
	case <-time.After(20 * time.Second):
		t.Fatal("the key waits for the jobs of dead processes to be rescued, which takes a minute")
	}
}
