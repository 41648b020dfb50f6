//go:build unix

package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/postscript/server"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/texting"
	"rejoinder/internal/texting/gateway/sandbox"
)

// world is the API over a real store, served over real HTTP, with two shops.
type world struct {
	t       *testing.T
	db      *store.DB
	clock   *storetest.Clock
	texting *texting.Texting
	http    *httptest.Server
	key     string // of shop_1
	other   string // of shop_2
	partner string
}

// deaf drops wake-ups: these tests run handlers by hand.
type deaf struct{}

func (deaf) Wake(context.Context, string, string) error              { return nil }
func (deaf) WakeAt(context.Context, string, string, time.Time) error { return nil }

// each runs a test on both databases.
func each(t *testing.T, run func(*world), change ...func(*server.Options, *texting.Options)) {
	t.Helper()
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) { run(newWorld(t, db, clock, change...)) })
}

func newWorld(t *testing.T, db *store.DB, clock *storetest.Clock, change ...func(*server.Options, *texting.Options)) *world {
	t.Helper()
	ctx := context.Background()
	for _, sh := range []bridge.Shop{
		{ID: "shop_1", Name: "Kettle & Leaf", Link: "https://kettle.example", Zone: "America/New_York"},
		{ID: "shop_2", Name: "Bean", Link: "https://bean.example", Zone: "America/Chicago"},
	} {
		if err := db.InTx(ctx, func(tx *store.Tx) error { return tx.SaveShop(sh) }); err != nil {
			t.Fatal(err)
		}
	}
	master, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(master)
	if err != nil {
		t.Fatal(err)
	}
	to := texting.Options{
		Store: app.TextingStore(db), Waker: deaf{}, Sealer: box, Now: clock.Now, AllowHTTP: true,
		Poster: &http.Client{Timeout: 5 * time.Second}, Gateway: sandbox.New(sandbox.Options{Handset: store.Handset{DB: db}}),
	}
	so := server.Options{Now: clock.Now, Version: "test", RatePerSecond: 1000, SlowFor: time.Millisecond}
	for _, c := range change {
		c(&so, &to)
	}
	w := &world{t: t, db: db, clock: clock, texting: texting.New(to)}
	so.Texting = w.texting
	w.http = httptest.NewServer(server.New(so))
	t.Cleanup(w.http.Close)
	for shop, key := range map[string]*string{"shop_1": &w.key, "shop_2": &w.other} {
		if _, *key, err = w.texting.CreateKeyPair(ctx, shop, "test"); err != nil {
			t.Fatal(err)
		}
	}
	if _, w.partner, err = w.texting.CreatePartnerKey(ctx, "Smartrr"); err != nil {
		t.Fatal(err)
	}
	return w
}

// answer is what came back.
type answer struct {
	status int
	body   string
	header http.Header
}

// field returns a value of the answer's object, "" if there is none.
func (a answer) field(name string) string {
	var top map[string]any
	if json.Unmarshal([]byte(a.body), &top) != nil {
		return ""
	}
	s, _ := top[name].(string)
	return s
}

// call makes one call with the key of shop_1. Extra headers come in pairs; an empty value takes one away.
func (w *world) call(method, path, body string, headers ...string) answer {
	w.t.Helper()
	a, err := w.try(method, path, body, headers...)
	if err != nil {
		w.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

func (w *world) try(method, path, body string, headers ...string) (answer, error) {
	w.t.Helper()
	r, err := http.NewRequest(method, w.http.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+w.key)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Del(headers[i])
		if headers[i+1] != "" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, string(b), resp.Header}, err
}

// want makes a call and checks its status and, unless want is "", that the body is that JSON.
func (w *world) want(status int, want, method, path, body string, headers ...string) answer {
	w.t.Helper()
	a := w.call(method, path, body, headers...)
	if a.status != status {
		w.t.Errorf("%s %s: status %d, want %d; %s %s", method, path, a.status, status, a.header.Get("X-Rejoinder-Reason"), a.body)
	}
	if want != "" && compact(a.body) != compact(want) {
		w.t.Errorf("%s %s:\n got %s\nwant %s", method, path, a.body, want)
	}
	return a
}

// compact takes the white space out of JSON; what is none stays.
func compact(s string) string {
	var b bytes.Buffer
	if json.Compact(&b, []byte(s)) != nil {
		return s
	}
	return b.String()
}

// join makes a subscriber of shop_1 by keyword, as a person would, and returns them.
func (w *world) join(phone string) texting.Subscriber {
	w.t.Helper()
	ctx := context.Background()
	words, err := w.texting.Keywords(ctx, "shop_1", true)
	if err == nil && len(words) == 0 {
		_, _, err = w.texting.SaveKeyword(ctx, texting.Keyword{ShopID: "shop_1", Word: "JOIN", Reply: "Welcome to {shop_name}!", Active: true})
	}
	if err == nil {
		_, err = w.texting.Inbound(ctx, "shop_1", phone, "join", "join-"+phone)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	s, err := w.texting.LookUpSubscriber(ctx, "shop_1", "", phone, "")
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// hook is one callback that arrived.
type hook struct {
	signature, secret string
	body              string
}

// receiver is a program that takes in webhooks.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    []hook
}

func newReceiver(t *testing.T) *receiver {
	rc := &receiver{status: http.StatusOK}
	rc.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		rc.mu.Lock()
		defer rc.mu.Unlock()
		rc.got = append(rc.got, hook{r.Header.Get("Postscript-Signature"), r.Header.Get("X-Our-Secret"), string(b)})
		rw.WriteHeader(rc.status)
	}))
	t.Cleanup(rc.Close)
	return rc
}

func (rc *receiver) answer(status int) {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	rc.status = status
}

func (rc *receiver) take() []hook {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	got := rc.got
	rc.got = nil
	return got
}

// hooks runs the handler that posts webhooks.
func (w *world) hooks() time.Time {
	w.t.Helper()
	again, err := w.texting.SendHooks(context.Background(), "shop_1")
	if err != nil {
		w.t.Fatal(err)
	}
	return again
}
