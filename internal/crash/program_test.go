package crash

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// binary builds the program once for all tests of the package.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "rejoinder-crash")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "rejoinder")
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, "rejoinder/cmd/rejoinder").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if *report != "" {
		if err := writeReport(*report, *command); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// program is one process of ours, at one address, however often it is killed.
type program struct {
	bin, address string
	env          []string
	wrap         []string // a command that starts the program, as a shell with a limit

	mu    sync.Mutex
	cmd   *exec.Cmd
	ended chan struct{} // closed when cmd has ended
	log   *tail
	kills []time.Time
}

// newProgram is not started yet.
func newProgram(t *testing.T, env []string, wrap ...string) *program {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{bin: bin, address: freePort(t), env: env, wrap: wrap, log: &tail{}}
	t.Cleanup(func() { p.kill(false) })
	return p
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func (p *program) base() string { return "http://" + p.address }

// start starts the process and waits until it is ready. It fails when the process ends before.
func (p *program) start(ctx context.Context) error {
	args := append(append([]string{}, p.wrap...), p.bin, "serve", "--listen", p.address, "--log-level", "warn", "--log-format", "text")
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), "REJOINDER_CONFIG="}, p.env...)
	cmd.Stderr = p.log
	ended := make(chan struct{})
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	p.mu.Lock()
	p.cmd, p.ended = cmd, ended
	p.mu.Unlock()
	return p.ready(ctx, ended)
}

func (p *program) ready(ctx context.Context, ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if status(ctx, p.base()+"/readyz") == http.StatusOK {
			return nil
		}
		select {
		case <-ended:
			return errors.New("the program ended by itself: " + p.log.String())
		case <-ctx.Done():
			return errors.New("the program was never ready: " + p.log.String())
		case <-tick.C:
		}
	}
}

// status asks an address and returns the status; 0 without an answer.
func status(ctx context.Context, address string) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// kill ends the process as a power cut would and waits until it is gone. Counted kills are those of the campaign.
func (p *program) kill(counted bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill() // SIGKILL; that it has ended already is seen below
	<-p.ended
	p.cmd = nil
	if counted {
		p.kills = append(p.kills, time.Now())
	}
}

// alive reports whether the process runs.
func (p *program) alive() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return false
	}
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// tail keeps the end of what a process wrote.
type tail struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write keeps.
func (l *tail) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.b.Len() > 1<<20 {
		l.b.Next(1 << 19)
	}
	return l.b.Write(b)
}

// String returns the last of it.
func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.b.String()
	return s[max(0, len(s)-4000):]
}
