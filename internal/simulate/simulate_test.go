package simulate

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rejoinder/internal/seal"
	"rejoinder/internal/subscription"
)

var (
	oneSeed = flag.Uint64("seed", 0, "run this seed alone and print its trace")
	seeds   = flag.Int("seeds", 20, "run so many seeds")
	first   = flag.Uint64("first", 1, "the first of them")
	most    = flag.Int("days", 5, "end each seed's life after so many days at most")
	within  = flag.Duration("within", 24*time.Hour, "begin no more seeds after this time")
	command = flag.String("command", "", "the command the report names")
	result  = flag.String("report", "", "write the results to this file")
)

func (w *world) count(do func(*totals)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	do(&w.totals)
}

func (w *world) isCalm() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calm
}

// journal is what happened, in order.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) add(kind, format string, args ...any) {
	at := time.Now().UTC().Format("2006-01-02 15:04:05.000000000")
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, at+" "+kind+" "+fmt.Sprintf(format, args...))
}

// hash says in one word how a run went.
func (j *journal) hash() string {
	lines := slices.Clone(j.lines)
	slices.Sort(lines) // what happens at one moment has no order
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:8])
}

func shopOf(key string) string {
	shop, _, _ := strings.Cut(key, "/")
	return anyID.ReplaceAllString(shop, "ID")
}

// short is an error without ids.
func short(err error) string {
	if err == nil {
		return "ok"
	}
	return anyID.ReplaceAllString(err.Error(), "ID")
}

// planOf draws what a seed decides once.
func planOf(rng *rand.Rand) plan {
	// Where the clocks change: in North America, in Europe, on Lord Howe, and in summer and winter, where they do not.
	starts := []time.Time{
		time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 22, 0, 0, 0, 0, time.UTC), time.Date(2026, 9, 26, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 10, 18, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 28, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 20, 0, 0, 0, 0, time.UTC),
	}
	p := plan{start: starts[rng.IntN(len(starts))].Add(time.Duration(rng.IntN(48)) * time.Hour), days: min(15+rng.IntN(15), *most)}
	p.faults = []float64{0, 0.02, 0.1, 0.3}[rng.IntN(4)]
	p.crashes = []int{0, 300, 60, 15}[rng.IntN(4)]
	p.drops = rng.IntN(2) == 0
	p.atOnce = 1 + rng.IntN(4)
	p.crowd = rng.IntN(6) == 0
	p.faithful, p.mayMiss = rng.IntN(4) == 0, rng.IntN(2) == 0
	p.deafness = []float64{0, 0.3, 1}[rng.IntN(3)]
	return p
}

// quiet is how long everything is left alone at the end, so that all that can end has ended.
const quiet = 10 * 24 * time.Hour

// simulate runs one seed in its bubble and judges it.
func simulate(t *testing.T, seed uint64, w *world) {
	t.Helper()
	raw, err := template()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "simulate.db")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		*w = world{
			t: t, seed: seed, rng: rand.New(rand.NewPCG(seed, 1)), file: file, bell: make(chan struct{}, 1),
			tries: map[string]int{}, carried: map[string]bool{}, wakes: map[work]int{}, due: map[dueOrder]time.Time{}, people: map[string]int{}, began: map[string]subscription.Date{}, asked: map[string]subscription.Date{}, words: map[string]string{}, calm: true,
		}
		key, err := seal.NewKey()
		must(w, err)
		w.box, err = seal.Open(key)
		must(w, err)
		w.plan = planOf(w.rng)
		w.log.add("plan", "%+v", w.plan)
		time.Sleep(time.Until(w.plan.start))
		w.boot()
		w.settle()
		w.mu.Lock()
		w.calm = false
		w.mu.Unlock()
		w.bury()
		w.boot()
		from := time.Now()
		w.live(from, w.plan.days)
		w.run(from.AddDate(0, 0, w.plan.days))
		w.rest()
		w.bury()
		w.judge()
		w.totals.Requests, w.totals.Due = len(w.requests), len(w.due)
	})
}

// rest lets everything end: nothing goes wrong any more, and the machine is up all the time.
func (w *world) rest() {
	w.mu.Lock()
	w.calm = true
	w.mu.Unlock()
	w.p.mu.Lock()
	w.p.dieAt = 0
	w.p.mu.Unlock()
	if w.p.killed() {
		w.restart()
	}
	w.run(time.Now().Add(quiet))
}

// TestSeeds runs many seeds, or the one that is asked for, and prints for each that fails how to run it again.
func TestSeeds(t *testing.T) {
	if *oneSeed != 0 {
		w := &world{}
		defer func() { // also when it failed: then the bubble does not return
			t.Log("trace:\n" + strings.Join(w.log.lines, "\n"))
			t.Logf("hash %s, %+v", w.log.hash(), w.totals)
		}()
		simulate(t, *oneSeed, w)
		return
	}
	all := campaign{began: time.Now(), report: report{Command: *command, First: *first}}
	next := make(chan uint64)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for seed := range next {
				t.Run(fmt.Sprint(seed), func(t *testing.T) { all.seed(t, seed) })
			}
		})
	}
	for i := range uint64(*seeds) {
		if time.Since(all.began) > *within {
			break
		}
		next <- *first + i
	}
	close(next)
	workers.Wait()
	t.Logf("%d of %d seeds failed: %+v", len(all.Failed), all.Seeds, all.totals)
	if err := all.save(); err != nil {
		t.Error(err)
	}
}

// campaign is many seeds' results.
type campaign struct {
	mu    sync.Mutex
	began time.Time
	report
}

func (c *campaign) seed(t *testing.T, seed uint64) {
	w := &world{}
	defer func() { // also when it failed: then the bubble does not return
		c.mu.Lock()
		defer c.mu.Unlock()
		w.totals.Seeds, w.totals.Days = 1, w.plan.days
		c.add(w.totals)
		if c.Seeds%10 == 0 { // a run that is ended early has its results all the same
			if err := c.save(); err != nil {
				t.Error(err)
			}
		}
		if t.Failed() {
			c.Failed = append(c.Failed, seed)
			t.Logf("what led there is printed by: make simulate SEED=%d DAYS=%d", seed, *most)
		}
	}()
	simulate(t, seed, w)
}

// save writes the report, if one is asked for.
func (c *campaign) save() error {
	if *result == "" {
		return nil
	}
	c.Seconds = int(time.Since(c.began).Seconds())
	slices.Sort(c.Failed)
	return c.write(*result)
}

// TestSameSeed runs one seed twice: it must go the same way.
func TestSameSeed(t *testing.T) {
	var hashes []string
	var lines [][]string
	for range 2 {
		t.Run("3", func(t *testing.T) {
			w := &world{}
			simulate(t, 3, w)
			hashes, lines = append(hashes, w.log.hash()), append(lines, w.log.lines)
		})
	}
	if len(hashes) < 2 || hashes[0] == hashes[1] {
		return
	}
	for i := range min(len(lines[0]), len(lines[1])) {
		if lines[0][i] != lines[1][i] {
			from, to := max(0, i-6), min(i+4, len(lines[0]), len(lines[1]))
			t.Fatalf("it goes another way the second time, from line %d on:\n%s\n\n%s", i, strings.Join(lines[0][from:to], "\n"), strings.Join(lines[1][from:to], "\n"))
		}
	}
}
