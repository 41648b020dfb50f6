//go:build linux

package bench

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rejoinder/internal/config"
)

// starts is how long a first start takes: what a newcomer, and whoever restarts a machine, waits for.
var starts = row{
	name:  "starts",
	title: "cold start to serving, empty database",
	how: "The real binary is started on an empty database seven times, each time a new one, and asked for /readyz every two milliseconds until it answers 200: " +
		"the schema made, the key made, both halves and their loop up. \"start\" is the median.",
	bars: func(database) []bar { return []bar{atMost("start", 1)} },
	run:  runStarts,
}

func runStarts(b *testing.B, d database) []measure {
	bin := binary(b)
	var took spread
	for range 7 {
		o := d.empty(b)
		s := settingsFor(b, o)
		s.Key = "" // the program makes its own
		p := start(b, bin, s)
		took = append(took, p.ready)
		p.stop(b)
	}
	return []measure{{"start", took.at(0.5), seconds}, {"slowest", took.at(1), seconds}}
}

var built struct {
	sync.Once
	path string
	err  error
}

// binary builds the program as make build does and returns where it is.
func binary(b *testing.B) string {
	b.Helper()
	built.Do(func() {
		var dir string
		if dir, built.err = os.MkdirTemp(folder(), "rejoinder-bench-"); built.err != nil {
			return
		}
		leftovers = append(leftovers, dir)
		built.path = filepath.Join(dir, "rejoinder")
		cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", built.path, "rejoinder/cmd/rejoinder")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			built.err = errors.Join(err, errors.New(string(out)))
		}
	})
	if built.err != nil {
		b.Fatal(built.err)
	}
	return built.path
}

// leftovers are folders that TestMain removes.
var leftovers []string

// process is the program running for itself.
type process struct {
	cmd   *exec.Cmd
	log   strings.Builder
	ready time.Duration // from its start until it answered
}

// start starts the program and waits until it serves.
func start(b *testing.B, bin string, s config.Settings) *process {
	b.Helper()
	p := &process{}
	// The context outlives the row's: cleanups stop the process in good order.
	p.cmd = exec.CommandContext(context.Background(), bin, "serve")
	p.cmd.Dir = b.TempDir()
	p.cmd.Env = []string{
		"HOME=" + b.TempDir(), "PATH=" + os.Getenv("PATH"),
		"REJOINDER_LISTEN=" + s.Listen, "REJOINDER_DATA_DIR=" + s.DataDir, "REJOINDER_DATABASE_URL=" + s.DatabaseURL,
		"REJOINDER_KEY=" + s.Key, "REJOINDER_LOG_LEVEL=error",
	}
	p.cmd.Stdout, p.cmd.Stderr = io.Discard, &p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // ends with the measurement, however that ends
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { p.stop(b) })
	hc := &http.Client{Timeout: time.Second}
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for time.Since(began) < time.Minute {
		if answers(b.Context(), hc, "http://"+s.Listen+"/readyz") {
			p.ready = time.Since(began)
			return p
		}
		<-tick.C
	}
	b.Fatalf("the program did not serve within a minute: %s", p.log.String())
	return nil
}

func answers(ctx context.Context, hc *http.Client, url string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	resp, err := hc.Do(req)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// stop ends the program as a service manager does.
func (p *process) stop(b *testing.B) {
	b.Helper()
	if p.cmd.ProcessState != nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	if err := p.cmd.Wait(); err != nil {
		b.Errorf("the program ended badly: %v: %s", err, p.log.String())
	}
}
