package simulate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/postscript/hook"
	"rejoinder/internal/postscript/server"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/subscription"
	"rejoinder/internal/texting"
)

// world is one run: the program and everything around it. Its random source belongs to the goroutine that runs it;
// what happens elsewhere draws by what it is (see world.of), so that no race decides.
type world struct {
	t      testing.TB
	seed   uint64
	rng    *rand.Rand
	file   string
	box    *seal.Box
	plan   plan
	shops  []*shop
	log    journal
	totals totals

	mu       sync.Mutex
	p        *program // nil while the machine is down
	calm     bool     // nothing goes wrong any more
	bell     chan struct{}
	pending  []work // woken
	events   events
	running  map[work]bool
	started  int // pieces of work
	last     work
	swept    swept // by the goroutine that runs the world alone
	blocked  map[work]time.Time
	failed   map[work]int
	wakes    map[work]int
	requests []*request
	tries    map[string]int
	phone    []text          // what phones got, in order
	carried  map[string]bool // ids of texts the carrier has carried
	said     []*said
	moved    []moved
	deaths   []time.Time
	asked    map[string]subscription.Date // on the account page: to which day
	done     []string                     // on the account page: keys of what was answered as done
	words    map[string]string            // of replies, by id
	began    map[string]subscription.Date // where subscriptions stood when they were made
	due      map[dueOrder]time.Time
	people   map[string]int // customers' ids to which they are: ids differ from run to run
}

// plan is what a seed decides once.
type plan struct {
	start    time.Time
	days     int
	faults   float64 // how likely a request or a text goes wrong
	crashes  int     // one in so many commits, about; 0: never
	drops    bool    // the carrier drops repeats
	faithful bool    // Postscript is the real one, which knows no repeats
	mayMiss  bool
	crowd    bool // one shop has many customers with orders of one day
	atOnce   int  // handlers
	deafness float64
}

// program is one life of the program.
type program struct {
	w       *world
	db      *store.DB
	bridge  *bridge.Bridge
	texting *texting.Texting
	api     http.Handler
	hooks   http.Handler
	ctx     context.Context
	cancel  context.CancelFunc
	inUse   sync.WaitGroup
	changes atomic.Int64 // transactions that wrote

	mu       sync.Mutex
	dead     bool
	died     time.Time
	commits  int
	dieAt    int // this commit is its last; 0: none
	dieAfter bool
}

var errDead = errors.New("simulate: the process has been killed")

// of is a random source that depends on the seed and on what is drawn for, and on nothing else.
func (w *world) of(what ...any) *rand.Rand {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, what...)
	return rand.New(rand.NewPCG(w.seed, h.Sum64()))
}

// nth counts the tries of something.
func (w *world) nth(what string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tries[what]++
	return w.tries[what]
}

// template is a migrated, empty database, made once outside of any bubble.
var template = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "simulate")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	file := filepath.Join(folder, "template.db")
	db, err := store.Open(context.Background(), store.Options{Path: file})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(db.Migrate(context.Background()), db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// open starts the program on the world's file.
func (w *world) open() *program {
	w.t.Helper()
	p := &program{w: w}
	var err error
	if p.db, err = store.Open(context.Background(), store.Options{Path: w.file, Now: time.Now}); err != nil {
		w.t.Fatal(err)
	}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	net := &network{p: p}
	hc := &http.Client{Timeout: 15 * time.Second, Transport: net}
	jitter := func(what string) func(time.Duration) time.Duration {
		return func(d time.Duration) time.Duration {
			return time.Duration(w.of(what, w.nth(what)).Int64N(int64(d) + 1))
		}
	}
	quiet := slog.New(slog.DiscardHandler)
	p.texting = texting.New(texting.Options{
		Store: textingStore{p, app.TextingStore(p.db)}, Waker: w, Sealer: w.box, Gateway: carrier{p}, Sandbox: carrier{p},
		Poster: &http.Client{Timeout: 15 * time.Second, Transport: net}, Now: time.Now, Log: quiet, Faithful: w.plan.faithful, Jitter: jitter("texting"),
	})
	p.bridge = bridge.New(bridge.Options{
		Store: bridgeStore{p, app.BridgeStore(p.db)}, Waker: w, Sealer: w.box, Now: time.Now, Log: quiet, PublicURL: "https://rejoinder.example",
		Postscript: func(key string, _ bool) (bridge.Postscript, error) {
			return app.NewPostscript("http://"+hostPostscript, hc, key, "")
		},
		BuiltinKey: func(context.Context, string) bool { return !w.plan.faithful },
		HookURL:    func(shopID string, _ bool) string { return "https://" + hostBridge + "/hooks/postscript/" + shopID },
		Webhooks:   merchant{p}, Jitter: jitter("bridge"),
	})
	p.api = server.New(server.Options{Texting: p.texting, Now: time.Now, Log: quiet, Faithful: w.plan.faithful})
	p.hooks = hook.Handler(p.bridge)
	return p
}

// merchant is whom the ledger tells what there is to charge: another witness of which orders there were.
type merchant struct{ p *program }

// Check takes every address.
func (merchant) Check(string) error { return nil }

// Post takes in one webhook, or fails.
func (m merchant) Post(ctx context.Context, post bridge.WebhookPost) (int, error) {
	w := m.p.w
	if m.p.killed() {
		return 0, errDead
	}
	var body struct {
		Type string
		Data struct {
			Customer string `json:"customer_id"`
			Date     string
		}
	}
	if err := json.Unmarshal(post.Body, &body); err != nil {
		return 0, err
	}
	draw := w.of("merchant", body.Type, body.Data.Date, w.people[body.Data.Customer], time.Now().UnixNano())
	if err := sleep(ctx, time.Duration(draw.Int64N(int64(20*time.Millisecond)))); err != nil {
		return 0, err
	}
	if !w.isCalm() && draw.Float64() < w.plan.faults && draw.IntN(2) == 0 {
		return 500, nil
	}
	if body.Type == "order.due" {
		date, err := subscription.ParseDate(body.Data.Date)
		if err != nil {
			return 0, err
		}
		w.mu.Lock()
		w.due[dueOrder{body.Data.Customer, date}] = time.Now()
		w.mu.Unlock()
	}
	if !w.isCalm() && draw.Float64() < w.plan.faults {
		return 0, io.ErrUnexpectedEOF
	}
	return 200, nil
}

// dueOrder is an order that was charged.
type dueOrder struct {
	customer string
	date     subscription.Date
}

// killed reports whether this life is over.
func (p *program) killed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dead
}

func (p *program) kill() {
	p.mu.Lock()
	if !p.dead {
		p.dead, p.died = true, time.Now()
	}
	p.mu.Unlock()
	p.cancel()
	p.w.ring()
}

// commit runs one transaction that writes. The machine may stop before or after it: then nothing that this life still
// does has an effect, for all it could do needs the database or the network.
func (p *program) commit(run func() error) error {
	p.mu.Lock()
	p.commits++
	n, last, after := p.commits, p.commits == p.dieAt, p.dieAfter
	p.mu.Unlock()
	// Transactions that begin together get turns of their own, so that their order is the seed's.
	time.Sleep(time.Duration(p.w.of("commit", n, time.Now().UnixNano()).IntN(2_000_000)) + time.Microsecond)
	if p.killed() {
		return errDead
	}
	if last && !after {
		p.kill()
		return errDead
	}
	err := run()
	p.changes.Add(1)
	if last {
		p.kill()
		return errDead
	}
	return err
}

func (p *program) read(run func() error) error {
	if p.killed() {
		return errDead
	}
	return run()
}

type bridgeStore struct {
	p *program
	bridge.Store
}

func (s bridgeStore) InTx(ctx context.Context, fn func(bridge.Tx) error) error {
	return s.p.commit(func() error { return s.Store.InTx(ctx, fn) })
}

func (s bridgeStore) Read(ctx context.Context, fn func(bridge.Tx) error) error {
	return s.p.read(func() error { return s.Store.Read(ctx, fn) })
}

type textingStore struct {
	p *program
	texting.Store
}

func (s textingStore) InTx(ctx context.Context, fn func(texting.Tx) error) error {
	return s.p.commit(func() error { return s.Store.InTx(ctx, fn) })
}

func (s textingStore) Read(ctx context.Context, fn func(texting.Tx) error) error {
	return s.p.read(func() error { return s.Store.Read(ctx, fn) })
}

// up returns the program, in use until done is called; nil while the machine is down.
func (w *world) up() (p *program, done func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.p == nil || w.p.killed() {
		return nil, nil
	}
	w.p.inUse.Add(1)
	return w.p, w.p.inUse.Done
}

// boot starts a life and says when it ends.
func (w *world) boot() {
	p := w.open()
	if w.plan.crashes > 0 && !w.calm {
		p.dieAt, p.dieAfter = 1+w.rng.IntN(2*w.plan.crashes), w.rng.IntN(2) == 0
	}
	w.mu.Lock()
	w.p = p
	w.swept = swept{}
	w.pending, w.running, w.blocked, w.failed = nil, map[work]bool{}, map[work]time.Time{}, map[work]int{}
	w.mu.Unlock()
}

// bury ends a life: whatever still runs comes to nothing, and the file is let go.
func (w *world) bury() {
	p := w.p
	w.mu.Lock()
	w.p = nil
	w.mu.Unlock()
	p.cancel()
	p.inUse.Wait()
	if err := p.db.Close(); err != nil {
		w.t.Fatal(err)
	}
}
