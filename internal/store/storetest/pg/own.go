//go:build unix

package pg

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Cluster is a PostgreSQL server of one test's own: it may be stopped, killed, followed by a standby and replaced by it.
// It listens on a socket in its directory and ends with the test; of a test that is killed, the next run sweeps it away.
type Cluster struct {
	bin, dir string
	cred     *syscall.Credential
	cmd      *exec.Cmd
	ended    chan struct{}
}

// Own starts a cluster for this test. Without PostgreSQL the test is skipped; with CI=true it fails instead.
func Own(t testing.TB) *Cluster {
	t.Helper()
	c := newCluster(t)
	c.command(t, "initdb", "--pgdata="+c.data(), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	c.Start(t)
	return c
}

func newCluster(t testing.TB) *Cluster {
	t.Helper()
	bin, err := binaries()
	if errors.Is(err, errMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	var cred *syscall.Credential
	if err == nil {
		cred, err = unprivileged()
	}
	if err != nil {
		t.Fatalf("pg: %v", err)
	}
	dir, lock, err := newDir(cred)
	if err != nil {
		t.Fatalf("pg: %v", err)
	}
	c := &Cluster{bin: bin, dir: dir, cred: cred}
	t.Cleanup(func() {
		c.end(syscall.SIGQUIT)
		_ = lock.Close()
		_ = os.RemoveAll(dir)
	})
	return c
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// program is one of PostgreSQL's own, run as whom the server runs as.
func (c *Cluster) program(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir, cmd.Env = c.dir, []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: c.cred}
	return cmd
}

func (c *Cluster) command(t testing.TB, name string, args ...string) {
	t.Helper()
	if out, err := c.program(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("pg: %s: %v: %s", name, err, out)
	}
}

// Start starts the server and returns when it answers.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	log, err := os.OpenFile(filepath.Join(c.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatalf("pg: %v", err)
	}
	defer func() { _ = log.Close() }()
	c.cmd = c.program("postgres", "-D", c.data(), "-k", c.dir, "-c", "listen_addresses=", "-c", "port=5432",
		"-c", "unix_socket_permissions=0700", "-c", "dynamic_shared_memory_type=mmap", "-c", "max_connections=200", "-c", "fsync=off", "-c", "hot_standby=on")
	c.cmd.Stdout, c.cmd.Stderr = log, log
	if err := c.cmd.Start(); err != nil {
		t.Fatalf("pg: start the server: %v", err)
	}
	c.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) { _ = cmd.Wait(); close(ended) }(c.cmd, c.ended)
	if err := waitReady(URLOf("postgres", c), c.dir); err != nil {
		t.Fatalf("pg: %v", err)
	}
}

// Stop ends the server in good order: clients are cut off.
func (c *Cluster) Stop() { c.end(syscall.SIGINT) }

// Kill ends the server as a failing machine does.
func (c *Cluster) Kill() { c.end(syscall.SIGKILL) }

func (c *Cluster) end(how syscall.Signal) {
	if c.cmd == nil {
		return
	}
	_ = c.cmd.Process.Signal(how)
	<-c.ended
	c.cmd = nil
}

// Standby starts a copy that follows this server. From then on this one confirms a commit only when the copy has it too.
func (c *Cluster) Standby(t testing.TB) *Cluster {
	t.Helper()
	s := newCluster(t)
	c.command(t, "pg_basebackup", "--pgdata="+s.data(), "--host="+c.dir, "--username=postgres", "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
	s.Start(t)
	admin := URLOf("postgres", c)
	if err := execSQL(admin, "ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"); err != nil {
		t.Fatalf("pg: %v", err)
	}
	for end := time.Now().Add(startWithin); execSQL(admin, "SELECT 1/count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != nil; {
		if time.Now().After(end) {
			t.Fatalf("pg: the standby never caught up: %s", logTail(s.dir))
		}
		<-time.After(50 * time.Millisecond)
	}
	return s
}

// Promote makes a standby take over.
func (c *Cluster) Promote(t testing.TB) {
	t.Helper()
	c.command(t, "pg_ctl", "promote", "-D", c.data(), "--wait")
}

// URLOf is the URL of a database on whichever of the clusters takes writes.
func URLOf(database string, clusters ...*Cluster) string {
	var hosts, ports []string
	for _, c := range clusters {
		hosts, ports = append(hosts, c.dir), append(ports, "5432")
	}
	q := url.Values{"host": {strings.Join(hosts, ",")}, "port": {strings.Join(ports, ",")}, "sslmode": {"disable"}}
	if len(clusters) > 1 {
		q.Set("target_session_attrs", "read-write")
	}
	return fmt.Sprintf("postgres://postgres@/%s?%s", database, q.Encode())
}
