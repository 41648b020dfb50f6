//go:build unix

package pg

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

//go:embed cluster.sh
var clusterScript string

// startWithin bounds initdb and the server's start. Both take about a second on an idle machine.
const startWithin = 2 * time.Minute

// held keeps the pipe to the cluster's shell and the lock on its directory from being garbage collected,
// which would close them and so end the cluster. Only startCluster touches it.
var held []*os.File

// startCluster makes a directory, starts a cluster in it and returns the URL of its maintenance database.
func startCluster() (string, error) {
	bin, err := binaries()
	if err != nil {
		return "", err
	}
	cred, err := unprivileged()
	if err != nil {
		return "", err
	}
	sweepStale(bin, cred)
	dir, lock, err := newDir(cred)
	if err != nil {
		return "", err
	}
	fsync := "off"
	if os.Getenv("REJOINDER_TEST_FSYNC") == "on" {
		fsync = "on"
	}
	hold, keep, err := os.Pipe()
	if err != nil {
		return "", fmt.Errorf("pipe to the cluster: %w", err)
	}
	// Its own process group: an interrupt typed at the terminal must reach the tests, not the cluster. No
	// output is inherited: go test would wait for it to close.
	cmd := exec.Command("/bin/sh", "-c", clusterScript, "cluster.sh", bin, dir, fsync)
	cmd.Dir, cmd.Stdin = dir, hold
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"} // no PG… variables of the user's
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: cred}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("start the cluster's shell: %w", err)
	}
	_ = hold.Close()
	held = append(held, keep, lock)
	go func() { _ = cmd.Wait() }() // reaps it, should it end first; waitReady reports why

	q := url.Values{"host": {dir}, "port": {"5432"}, "sslmode": {"disable"}}
	admin := "postgres://postgres@/postgres?" + q.Encode()
	if err := waitReady(admin, dir); err != nil {
		_ = keep.Close()
		return "", err
	}
	return admin, nil
}

// waitReady returns when the server answers, or with its log when it will not. PostgreSQL has no signal for
// a process that is not its parent, so this asks.
func waitReady(admin, dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, admin)
		if err == nil {
			return conn.Close(ctx)
		}
		if _, gone := os.Stat(filepath.Join(dir, "exited")); gone == nil {
			return fmt.Errorf("PostgreSQL did not start: %s", logTail(dir))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL did not answer within %v: %w: %s", startWithin, err, logTail(dir))
		case <-tick.C:
		}
	}
}

// logTail returns the end of the cluster's log.
func logTail(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, "log"))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(b[max(0, len(b)-2000):]))
}

// versioned are the folders that Debian, the RPM packages of PostgreSQL itself and Homebrew keep off the PATH.
var versioned = []string{
	"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
}

// binaries returns the folder that holds initdb and postgres: the newest versioned one, else that on the PATH.
func binaries() (string, error) {
	best, bestVersion := "", -1
	for _, pattern := range versioned {
		found, _ := filepath.Glob(pattern) // errors only on a malformed pattern
		for _, bin := range found {
			name := filepath.Base(filepath.Dir(bin))
			v, err := strconv.Atoi(name[strings.LastIndexAny(name, "-@")+1:])
			if err == nil && v > bestVersion && runnable(bin) {
				best, bestVersion = bin, v
			}
		}
	}
	if best != "" {
		return best, nil
	}
	p, err := exec.LookPath("initdb")
	if err != nil {
		return "", errMissing
	}
	// Resolved, because initdb looks for postgres beside itself and a package manager may link only one.
	if p, err = filepath.EvalSymlinks(p); err != nil {
		return "", fmt.Errorf("resolve initdb: %w", err)
	}
	if !runnable(filepath.Dir(p)) {
		return "", errMissing
	}
	return filepath.Dir(p), nil
}

// runnable reports whether the folder holds the server: a client package brings some of the other programs.
func runnable(bin string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		info, err := os.Stat(filepath.Join(bin, name))
		if err != nil || info.IsDir() || info.Mode()&0o111 == 0 {
			return false
		}
	}
	return true
}

// unprivileged returns whom to run the server as, nil meaning ourselves. PostgreSQL refuses root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errU := strconv.ParseUint(u.Uid, 10, 32)
		gid, errG := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(errU, errG); err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL refuses to run as root and there is neither a user postgres nor nobody")
}

// dirPrefix begins the name of every cluster's directory.
const dirPrefix = "rejoinder-pg-"

// baseDir is where clusters live. Root's TMPDIR may be closed to the user the server runs as; /tmp is not.
func baseDir() string {
	if os.Geteuid() == 0 {
		return "/tmp"
	}
	return os.TempDir()
}

// newDir makes the cluster's directory and returns it with a locked file in it: the lock lasts until the file
// is closed or the process ends.
func newDir(cred *syscall.Credential) (string, *os.File, error) {
	dir, err := os.MkdirTemp(baseDir(), dirPrefix)
	if err != nil {
		return "", nil, fmt.Errorf("directory for the cluster: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", nil, fmt.Errorf("lock of the cluster: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return "", nil, fmt.Errorf("lock of the cluster: %w", err)
	}
	if cred != nil {
		if err := os.Chown(dir, int(cred.Uid), int(cred.Gid)); err != nil {
			return "", nil, fmt.Errorf("hand over the cluster's directory: %w", err)
		}
	}
	return dir, lock, nil
}

// sweepStale removes clusters whose test process is gone and whose shell was killed before it could clean
// up. Best effort: a directory that cannot be removed harms nobody.
func sweepStale(bin string, cred *syscall.Credential) {
	dirs, _ := filepath.Glob(filepath.Join(baseDir(), dirPrefix+"*"))
	for _, dir := range dirs {
		if !stale(dir) {
			continue
		}
		// Only a server that answers on the directory's own socket is stopped: the pid in a left-over file
		// may belong to somebody else by now.
		if conn, err := net.Dial("unix", filepath.Join(dir, ".s.PGSQL.5432")); err == nil {
			_ = conn.Close()
			stop := exec.Command(filepath.Join(bin, "pg_ctl"), "stop", "-D", filepath.Join(dir, "data"), "-m", "immediate")
			stop.Dir = dir
			stop.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
			_ = stop.Run()
		}
		_ = os.RemoveAll(dir)
	}
}

// newborn is how long a directory may be without its lock file before it counts as abandoned.
const newborn = 10 * time.Minute

// stale reports whether no living process holds the directory's lock.
func stale(dir string) bool {
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		info, err := os.Stat(dir)
		return err == nil && time.Since(info.ModTime()) > newborn
	}
	if err != nil {
		return false // somebody else's
	}
	defer func() { _ = lock.Close() }()
	return syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
