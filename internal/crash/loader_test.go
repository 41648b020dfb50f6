package crash

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// loader drives the programs over HTTP and remembers what was answered with success.
type loader struct {
	w        *world
	programs []*program
	client   *http.Client
	stop     <-chan struct{} // closed when no more is to be begun

	mu       sync.Mutex
	rng      *rand.Rand
	people   []*person
	made     map[string]bool // external ids of customers without a subscription; false: the answer was lost and not asked for again
	strange  map[string]bool // message ids of texts from nobody; the same
	faults   []string
	answered int // requests answered with success
	again    int // requests sent again because no answer came
	refused  int // answers of 503
}

// person is a customer of the campaign and what they, or the merchant's back end for them, did.
type person struct {
	shop    *shop
	phone   string
	id      string
	start   int // day of the first order
	next    int // day of the next order as things must stand; of those who reply it is worked out at the end
	skips   int // by API
	delays  int // by API
	replies []said
	repeats []said // the same words again at once, under another id
	replier bool
	changed bool // an order was skipped by API
	settled bool // every request about them was answered with success
}

type said struct{ messageID, text string }

// skipWords are ways to say the same, so that none is taken for a repetition of another.
var skipWords = []string{"SKIP", "skip please", "Skip it", "please skip this one", "Skip!", "skip my order"}

func newLoader(w *world, programs []*program, seed uint64, stop <-chan struct{}) *loader {
	return &loader{
		w: w, programs: programs, stop: stop, rng: newRand(seed),
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 32}},
		made:   map[string]bool{}, strange: map[string]bool{},
	}
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 2)) }

func (l *loader) roll(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rng.IntN(n)
}

func (l *loader) fault(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.faults) < 50 {
		l.faults = append(l.faults, fmt.Sprintf(format, args...))
	}
}

// pause waits a moment and reports whether the load goes on.
func (l *loader) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-l.stop:
		return false
	case <-t.C:
		return true
	}
}

// run loads until it is told to stop, and returns when every request that was begun has its answer.
func (l *loader) run(every time.Duration) {
	var all sync.WaitGroup
	for range 3 {
		all.Go(l.noise)
	}
	for n := 0; l.pause(every); n++ {
		sh := l.w.shops[n%len(l.w.shops)]
		k := n / len(l.w.shops)
		if sh.builtin && k >= sh.phones {
			continue
		}
		p := &person{shop: sh, phone: sh.phone(k), replier: k%2 == 0 || sh.builtin}
		l.mu.Lock()
		l.people = append(l.people, p)
		l.mu.Unlock()
		all.Go(func() { l.live(p, k) })
	}
	all.Wait()
}

// enough reports whether there is somebody who replied, and somebody whose order was changed.
func (l *loader) enough() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	replied, changed := false, false
	for _, p := range l.people {
		replied = replied || len(p.replies) > 0 && !p.shop.builtin
		changed = changed || p.changed
	}
	return replied && changed
}

// live is one person's time with the shop.
func (l *loader) live(p *person, k int) {
	name := fmt.Sprintf("c-%d-%d", p.shop.number, k)
	var made struct{ ID string }
	if !l.api(p.shop, "/api/v1/customers", name, map[string]any{"external_id": name, "first_name": "Sample", "phone": p.phone, "zone": zone}, &made) {
		return
	}
	p.id = made.ID
	p.start = 3 + l.roll(3)
	p.next = p.start
	sub := map[string]any{
		"items":    []any{map[string]any{"product_id": "tea", "name": "Green Tea", "quantity": 1, "price": map[string]any{"amount": 900, "currency": "USD"}}},
		"interval": map[string]any{"count": 1, "unit": "day"}, "next": l.w.day(p.start),
	}
	if !l.api(p.shop, "/api/v1/customers/"+p.id+"/subscriptions", name+"-s", sub, nil) {
		return
	}
	p.settled = true
	if p.replier {
		l.talk(p)
	} else {
		l.manage(p, name)
	}
}

// manage changes the coming order by API, one change after the other.
func (l *loader) manage(p *person, name string) {
	for i := range 4 {
		if !l.pause(time.Duration(100+l.roll(900)) * time.Millisecond) {
			return
		}
		if !l.change(p, fmt.Sprintf("%s-%d", name, i), l.roll(2) == 0) {
			return
		}
	}
}

// change skips or delays a person's coming order, and reports whether that was answered with success.
func (l *loader) change(p *person, key string, skip bool) bool {
	on := "/api/v1/customers/" + p.id + "/orders/" + l.w.day(p.next)
	var after struct {
		Data []struct{ Date string }
	}
	what, body, done := "/delay", map[string]any{"by": "customer", "to": l.w.day(p.next + 1)}, &p.delays
	if skip {
		what, body, done = "/skip", map[string]any{"by": "customer"}, &p.skips
	}
	if !l.api(p.shop, on+what, key, body, &after) {
		p.settled = false
		return false
	}
	*done++
	p.next++
	l.mu.Lock()
	p.changed = p.changed || skip
	l.mu.Unlock()
	if len(after.Data) == 0 || after.Data[0].Date != l.w.day(p.next) {
		l.fault("%s: after the change %s the API says the next order is %v, want %s", p.id, key, after.Data, l.w.day(p.next))
	}
	return true
}

// crowd are the triggers a shop gets at once in the end.
const crowd = 24

// rush lets everybody whose orders the merchant's back end changes skip at once, often enough that each token is used as fast
// as it may be for some seconds, with nothing in the way: what is too fast can be seen then.
func (l *loader) rush() {
	by := map[*shop][]*person{}
	for _, p := range l.people {
		if p.settled && !p.replier && !p.shop.builtin {
			by[p.shop] = append(by[p.shop], p)
		}
	}
	var all sync.WaitGroup
	for _, people := range by {
		each := (crowd + len(people) - 1) / len(people)
		for _, p := range people {
			all.Go(func() {
				for i := range each {
					if !l.change(p, fmt.Sprintf("rush-%s-%d", p.id, i), true) {
						return
					}
				}
			})
		}
	}
	all.Wait()
}

// talk answers notices by text. At the built-in half, whose texts cannot be seen from outside, there is one reply.
func (l *loader) talk(p *person) {
	turns := 3
	if p.shop.builtin {
		turns = 1
	}
	for i := range turns {
		if !p.shop.builtin && !l.told(p, i+1) {
			return
		}
		if !l.pause(time.Duration(300+l.roll(1200)) * time.Millisecond) {
			return
		}
		text := said{fmt.Sprintf("im_%s_%d", p.phone[1:], i), skipWords[i]}
		if !l.post(p.shop, text, p.phone) {
			p.settled = false
			return
		}
		l.mu.Lock()
		p.replies = append(p.replies, text)
		l.mu.Unlock()
		if l.roll(4) == 0 {
			again := said{text.messageID + "_again", text.text}
			if l.post(p.shop, again, p.phone) {
				l.mu.Lock()
				p.repeats = append(p.repeats, again)
				l.mu.Unlock()
			}
		}
	}
}

// told waits until the person has had so many notices.
func (l *loader) told(p *person, want int) bool {
	patience := time.NewTimer(90 * time.Second)
	defer patience.Stop()
	for {
		n, more := l.w.rec.carried(p.phone[1:], "Upcoming Order")
		if n >= want {
			return true
		}
		select {
		case <-more:
		case <-l.stop:
			return false
		case <-patience.C:
			return false // what became of it is looked at in the end
		}
	}
}

// noise makes customers and delivers texts of people nobody knows, as fast as they are taken in.
func (l *loader) noise() {
	for l.pause(time.Duration(5+l.roll(20)) * time.Millisecond) {
		n := l.roll(1 << 30)
		sh := l.w.shops[n%len(l.w.shops)]
		id := fmt.Sprintf("x-%d-%d", sh.number, n)
		if n%2 == 0 {
			ok := l.api(sh, "/api/v1/customers", id, map[string]any{"external_id": id}, nil)
			l.mu.Lock()
			l.made[id] = ok
			l.mu.Unlock()
			continue
		}
		ok := l.post(sh, said{id, "SKIP"}, fmt.Sprintf("+13126%06d", n%1_000_000))
		l.mu.Lock()
		l.strange[id] = ok
		l.mu.Unlock()
	}
}

// post delivers an inbound text as Postscript does: again, until it is answered 200, and sometimes once more.
func (l *loader) post(sh *shop, s said, phone string) bool {
	raw, header := sh.signed(s, phone)
	return l.send("/hooks/postscript/"+sh.id, header, raw, nil)
}

// api makes a call of the merchant's back end: again under the same key, until it is answered with success, and sometimes
// once more.
func (l *loader) api(sh *shop, path, key string, body, into any) bool {
	raw, err := json.Marshal(body)
	if err != nil {
		l.fault("%s: %v", path, err)
		return false
	}
	return l.send(path, map[string]string{"Authorization": "Bearer " + sh.token, "Idempotency-Key": key}, raw, into)
}

// giveUp is for how long one request is tried: longer than a campaign kills. On a busy machine a program that is killed
// every other second may not get round to each request in between; once it is left alone, it must.
const giveUp = 10 * time.Minute

func (l *loader) send(path string, header map[string]string, raw []byte, into any) bool {
	once := func() (int, []byte) { return l.once(path, header, raw) }
	tries, last := 0, 0
	for end := time.Now().Add(giveUp); time.Now().Before(end); {
		status, answer := once()
		tries, last = tries+1, status
		switch {
		case status/100 == 2:
			if into != nil {
				if err := json.Unmarshal(answer, into); err != nil {
					l.fault("%s: %v in %s", path, err, answer)
				}
			}
			if l.roll(5) == 0 {
				if status, answer := once(); status/100 == 4 || status == http.StatusInternalServerError {
					l.fault("%s: sent again, it is answered %d %s", path, status, answer)
				}
			}
			return true
		case status == http.StatusServiceUnavailable:
			l.count(&l.refused)
		case status == 0:
			l.count(&l.again)
		default:
			l.fault("%s: answered %d %s", path, status, answer)
			return false
		}
		t := time.NewTimer(time.Duration(20+l.roll(80)) * time.Millisecond)
		<-t.C
	}
	l.fault("%s: tried %d times in %s, the last time answered %d (0: not at all)", path, tries, giveUp, last)
	return false
}

func (l *loader) count(n *int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*n++
}

// once sends a request to one of the programs; status 0 means that no answer came.
func (l *loader) once(path string, header map[string]string, body []byte) (status int, answer []byte) {
	base := l.programs[l.roll(len(l.programs))].base()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, base+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil
	}
	req.GetBody = nil // net/http must not repeat it by itself
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := l.client.Do(req)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = io.ReadAll(resp.Body)
	if err != nil {
		return 0, nil
	}
	if resp.StatusCode/100 == 2 {
		l.count(&l.answered)
	}
	return resp.StatusCode, answer
}
