//go:build linux

package crash

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestDiskFull fills the disk under SQLite while requests come in, kills the program while it is full, and makes room
// again. Once it is the process's own limit of how large a file may grow, and where this user may mount, once a small file
// system: the database meets another error at each.
func TestDiskFull(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a disk for some seconds")
	}
	t.Parallel()
	for name, kind := range map[string]func(*testing.T, *world, *program) (disk, error){"limit": limited, "file system": mounted} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "", *seed, 4)
			p := newProgram(t, w.env)
			disk, err := kind(t, w, p)
			if err != nil {
				t.Logf("left out, no file system can be mounted here: %v", err)
				return
			}
			fullDisk(t, w, p, disk)
		})
	}
}

func fullDisk(t *testing.T, w *world, p *program, disk disk) {
	t.Helper()
	if err := p.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	f := &filler{w: w, p: p, made: map[string]bool{}, client: &http.Client{Timeout: 30 * time.Second}}

	f.until(t, "the first requests", func(s map[int]int) bool { return s[http.StatusCreated] >= 20 && s[http.StatusOK] >= 20 })
	disk.fill(t)
	f.until(t, "requests to be refused", func(s map[int]int) bool { return s[http.StatusServiceUnavailable] >= 200 })
	if !p.alive() {
		t.Fatalf("the program ended when the disk was full:\n%s", p.log)
	}
	if got := status(t.Context(), p.base()+"/healthz"); got != http.StatusOK {
		t.Errorf("healthz answers %d while the disk is full", got)
	}
	disk.free(t)
	f.until(t, "requests to be taken in again", func(s map[int]int) bool { return s[http.StatusCreated] >= 20 && s[http.StatusOK] >= 20 })

	disk.fill(t)
	f.until(t, "requests to be refused again", func(s map[int]int) bool { return s[http.StatusServiceUnavailable] >= 50 })
	p.kill(true)
	disk.free(t)
	if err := p.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.until(t, "requests to be taken in after the kill", func(s map[int]int) bool { return s[http.StatusCreated] >= 20 && s[http.StatusOK] >= 20 })

	v := &truth{w: w, db: w.openDB(t), l: &loader{}}
	if got := v.rows("PRAGMA integrity_check"); len(got) != 1 || got[0][0] != "ok" {
		t.Errorf("the file is damaged: %v", got)
	}
	lost := 0
	stored, texts := v.index("SELECT external_id FROM customers"), v.index("SELECT message_id FROM replies")
	for id := range f.made {
		if stored[id]+texts[id] != 1 {
			lost++
			t.Errorf("%s was accepted and is there %d times", id, stored[id]+texts[id])
		}
	}
	for at, n := range f.all {
		if at != http.StatusCreated && at != http.StatusOK && at != http.StatusServiceUnavailable {
			t.Errorf("%d requests were answered %d", n, at)
		}
	}
	if f.all[0] > 0 {
		t.Errorf("%d requests got no answer", f.all[0])
	}
	t.Logf("%s: answered %v, %d accepted, %d lost", disk.kind, f.all, len(f.made), lost)
	keep(Result{
		Database: "SQLite, " + disk.kind + " full twice", Seed: *seed, Processes: 1, Seconds: time.Since(begun).Seconds(), Lost: lost,
		Accepted: len(f.made), Answered: f.all[http.StatusCreated] + f.all[http.StatusOK], SentAgain: f.all[http.StatusServiceUnavailable],
	})
	if t.Failed() {
		t.Log(p.log.String())
	}
}

// filler sends requests one after the other from several senders and counts how they are answered.
type filler struct {
	w      *world
	p      *program
	client *http.Client

	mu   sync.Mutex
	n    int
	made map[string]bool
	all  map[int]int
}

// until sends until the answers are so, counted from now on.
func (f *filler) until(t *testing.T, what string, so func(map[int]int) bool) {
	t.Helper()
	counts := map[int]int{}
	end := time.Now().Add(40 * time.Second)
	done := false
	var senders sync.WaitGroup
	for range 4 {
		senders.Go(func() {
			for {
				f.mu.Lock()
				stop := done || so(counts) || time.Now().After(end)
				done = done || stop
				f.n++
				n := f.n
				f.mu.Unlock()
				if stop {
					return
				}
				got, id := f.send(n)
				f.mu.Lock()
				counts[got]++
				if f.all == nil {
					f.all = map[int]int{}
				}
				f.all[got]++
				if got/100 == 2 {
					f.made[id] = true
				}
				f.mu.Unlock()
			}
		})
	}
	senders.Wait()
	if !so(counts) {
		t.Fatalf("waited for %s in vain: %v\n%s", what, counts, f.p.log)
	}
}

// send makes a customer, or delivers a text.
func (f *filler) send(n int) (got int, id string) {
	sh := f.w.shops[0]
	l := &loader{client: f.client, programs: []*program{f.p}, rng: newRand(uint64(n))}
	id = fmt.Sprint("full-", n)
	if n%2 == 0 {
		got, _ = l.once("/api/v1/customers", map[string]string{"Authorization": "Bearer " + sh.token},
			fmt.Appendf(nil, `{"external_id":%q,"first_name":%q}`, id, strings.Repeat("x", 60)))
		return got, id
	}
	raw, header := sh.signed(said{id, "hello " + id}, fmt.Sprintf("+13127%06d", n%1_000_000))
	got, _ = l.once("/hooks/postscript/"+sh.id, header, raw)
	return got, id
}

// disk is where the database is, and can be filled.
type disk struct {
	kind string
	fill func(t *testing.T)
	free func(t *testing.T)
}

// mounted puts the world's data on a small file system. The error says that this user may not mount one.
func mounted(t *testing.T, w *world, p *program) (disk, error) {
	t.Helper()
	dir, small := filepath.Dir(w.file), t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=48m,mode=0700"); err != nil {
		return disk{}, err
	}
	t.Cleanup(func() {
		p.kill(false)
		_ = syscall.Unmount(small, syscall.MNT_DETACH)
	})
	if out, err := exec.Command("cp", "-a", dir+"/.", small).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w.file = filepath.Join(small, filepath.Base(w.file))
	for i, e := range p.env {
		p.env[i] = strings.Replace(e, "REJOINDER_DATA_DIR="+dir, "REJOINDER_DATA_DIR="+small, 1)
	}
	ballast := filepath.Join(small, "ballast")
	return disk{
		kind: "a file system of 48 MB",
		fill: func(t *testing.T) {
			t.Helper()
			f, err := os.Create(ballast)
			if err != nil {
				t.Fatal(err)
			}
			block := make([]byte, 4096)
			for err == nil {
				_, err = f.Write(block)
			}
			if !strings.Contains(err.Error(), "no space") {
				t.Fatal(err)
			}
			_ = f.Close()
		},
		free: func(t *testing.T) {
			t.Helper()
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
		},
	}, nil
}

// limited lets no file of the program grow beyond what the log of changes has.
func limited(t *testing.T, w *world, p *program) (disk, error) {
	t.Helper()
	limit := func(t *testing.T, most string) {
		t.Helper()
		p.mu.Lock()
		cmd := p.cmd
		p.mu.Unlock()
		if cmd == nil {
			return // the next one starts without a limit
		}
		if out, err := exec.Command("prlimit", "--pid", fmt.Sprint(cmd.Process.Pid), "--fsize="+most+":").CombinedOutput(); err != nil {
			t.Fatalf("prlimit: %v: %s", err, out)
		}
	}
	return disk{
		kind: "a limit on the size of files",
		fill: func(t *testing.T) {
			t.Helper()
			wal, err := os.Stat(w.file + "-wal")
			if err != nil {
				t.Fatal(err)
			}
			limit(t, fmt.Sprint(wal.Size()+8192))
		},
		free: func(t *testing.T) { t.Helper(); limit(t, "unlimited") },
	}, nil
}
