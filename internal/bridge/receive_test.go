package bridge_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/store/storetest/cable"
	"rejoinder/internal/store/storetest/pg"
	"rejoinder/internal/subscription"
)

// announced is a context that says when somebody waits for its end: a text that is waiting at the door.
type announced struct {
	context.Context
	waiting func()
}

func (a announced) Done() <-chan struct{} {
	a.waiting()
	return a.Context.Done()
}

// shut keeps the door shut with two texts of others, and returns what opens it for each. The sender is known from here on.
func (k *talk) shut() (doors [2]chan struct{}, others *sync.WaitGroup) {
	k.t.Helper()
	must(k.t, k.Receive(k.t.Context(), k.shop.ID, hookToken, hookSecret, []byte(`{"event":"shop.test"}`)))
	entered, held := make(chan struct{}), make(chan chan struct{}, len(doors))
	others = new(sync.WaitGroup)
	for i := range doors {
		doors[i] = make(chan struct{})
		held <- doors[i]
	}
	began := func() {
		select {
		case door := <-held:
			entered <- struct{}{}
			<-door
		default:
		}
	}
	k.lossy.began.Store(&began)
	for i := range doors {
		k.messages++
		body := incoming(fmt.Sprintf("im_other_%d", k.messages), fmt.Sprintf("+1212555019%d", i), rand.Text())
		others.Go(func() {
			if err := k.Receive(k.t.Context(), k.shop.ID, hookToken, hookSecret, []byte(body)); err != nil {
				k.t.Error(err)
			}
		})
		<-entered
	}
	return doors, others
}

// together hands in webhooks so that all of them are one batch, in this order, and returns what each came to. Two other
// texts keep the door shut until all are there, and the second of them until the batch is done.
func (k *talk) together(bodies ...string) []error {
	k.t.Helper()
	var batch sync.WaitGroup
	doors, others := k.shut()
	errs := make([]error, len(bodies))
	for i, body := range bodies {
		waits := make(chan struct{})
		here := sync.OnceFunc(func() { close(waits) })
		batch.Go(func() {
			defer here() // also when it was refused
			errs[i] = k.Receive(announced{k.t.Context(), here}, k.shop.ID, hookToken, hookSecret, []byte(body))
		})
		<-waits
	}
	k.lossy.writes.Store(0)
	close(doors[0])
	batch.Wait()
	close(doors[1])
	others.Wait()
	return errs
}

// TestWhoLeavesTheDoorIsToldToComeAgain: the time of a request is up while its text waits.
func TestWhoLeavesTheDoorIsToldToComeAgain(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		doors, others := k.shut()
		ctx, cancel := context.WithCancel(t.Context())
		err := k.Receive(announced{ctx, cancel}, k.shop.ID, hookToken, hookSecret, []byte(incoming("im_late", phone, "SKIP")))
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%v, want unavailable", err)
		}
		close(doors[0])
		close(doors[1])
		others.Wait()
		if n := len(k.stored("im_late")); n != 0 {
			t.Error("it was stored all the same")
		}
	})
}

// stored returns how often each message of the shop is stored.
func (k *talk) stored(ids ...string) map[string]int {
	k.t.Helper()
	out := map[string]int{}
	must(k.t, k.db.Read(k.t.Context(), func(tx *store.Tx) error {
		list, err := tx.RepliesOf(k.shop.ID, ids)
		for _, r := range list {
			out[r.MessageID]++
		}
		return err
	}))
	return out
}

func TestTextsTakenInTogetherAreDecidedOneAfterTheOther(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		const second, third = "+12125550124", "+447911123456"
		stops := k.book.customer(second)
		k.book.customer(third)
		must(t, k.db.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.SetTexts(k.shop.ID, k.customer.ID, bridge.TextsSubscribed, "s_9") // the subscriber of incoming
		}))
		for i, err := range k.together(
			incoming("im_0", phone, "SKIP"),
			incoming("im_1", second, "SKIP"),
			incoming("im_0", phone, "SKIP"),           // delivered again
			incoming("im_2", phone, "SKIP"),           // under another id
			incoming("im_3", phone, "STOP"),           // between
			incoming("im_4", phone, "SKIP"),           // meant, perhaps
			incoming("im_5", "262966", "NEXT"),        // no number: the first customer, by subscriber
			incoming("im_6", second, "STOP"),          //
			incoming("im_7", second, "STOP"),          // repeated
			incoming("im_8", "+4407911123456", "Hi"),  // written otherwise
			incoming("im_9", "+12125550177", "Hello"), // nobody's, but the first customer's subscriber
		) {
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
		}
		if n := k.lossy.writes.Load(); n != 1 {
			t.Errorf("%d transactions for one batch", n)
		}
		type row struct{ ID, From, Body, Is string }
		var got []row
		var last time.Time
		byID := map[string]bridge.Reply{}
		must(t, k.db.Read(t.Context(), func(tx *store.Tx) error {
			list, err := tx.RepliesOf(k.shop.ID, []string{"im_0", "im_1", "im_2", "im_3", "im_4", "im_5", "im_6", "im_7", "im_8", "im_9"})
			for _, r := range list {
				byID[r.MessageID] = r
			}
			return err
		}))
		for i := range 10 {
			r := byID[fmt.Sprintf("im_%d", i)]
			got = append(got, row{r.MessageID, string(r.Phone), r.Body, string(r.State) + " " + string(r.Meaning)})
			if r.Phone == phone {
				if !r.ReceivedAt.After(last) {
					t.Errorf("%s has no place of its own after those before it", r.MessageID)
				}
				last = r.ReceivedAt
			}
			if r.CustomerID == "" {
				t.Errorf("%s was not known as a customer's", r.MessageID)
			}
		}
		want := []row{
			{"im_0", phone, "SKIP", "new "},
			{"im_1", second, "SKIP", "new "},
			{"im_2", phone, "SKIP", "repeated "},
			{"im_3", phone, "STOP", "new opt_out"},
			{"im_4", phone, "SKIP", "repeated "},
			{"im_5", "", "NEXT", "new "},
			{"im_6", second, "STOP", "new opt_out"},
			{"im_7", second, "STOP", "repeated opt_out"},
			{"im_8", third, "Hi", "new "},
			{"im_9", "+12125550177", "Hello", "new "},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("stored (-want +got):\n%s", diff)
		}
		for id, want := range map[string]map[string]int{
			k.customer.ID: {"consent: Opted out of texts by reply": 1, "reply: Reply received again; it changes nothing": 2},
			stops.ID:      {"consent: Opted out of texts by reply": 1, "reply: Reply received again; it changes nothing": 1},
		} {
			said := map[string]int{}
			for _, l := range k.trace(id) {
				if what, _, _ := strings.Cut(l, "."); want[what] > 0 || strings.HasPrefix(l, "consent:") {
					said[what]++
				}
			}
			if diff := cmp.Diff(want, said); diff != "" {
				t.Errorf("trace (-want +got):\n%s", diff)
			}
		}
		k.clock.Move(time.Second)
		keys, err := k.DueReplies(t.Context(), k.clock.Now(), 10)
		must(t, err)
		if len(keys) != 3 {
			t.Errorf("due: %q, want the three customers", keys)
		}
	})
}

// TestAPoisonedTextSpoilsNoOther: what cannot be stored fails alone, what can be is stored whatever it looks like.
func TestAPoisonedTextSpoilsNoOther(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		long := make([]byte, 10_000)
		_, _ = rand.Read(long)
		bodies := map[string]string{
			"im_nul":  `{"event":"shop.incoming_message","event_data":{"id":"im_nul","from_number":"+12125550130","body":"a\u0000b"}}`,
			"im_utf8": strings.ReplaceAll(incoming("im_utf8", "+12125550131", "na?ve ??"), "?", "\xff"),
			"im_half": `{"event":"shop.incoming_message","event_data":{"id":"im_half","from_number":"+12125550132","body":"\ud800"}}`,
			"im_huge": incoming("im_huge", "+12125550133", strings.Repeat("skip ", 180_000)),
			"poison":  incoming("im_"+hex.EncodeToString(long), "+12125550134", "no index of PostgreSQL takes such an id"),
		}
		ids, list := []string{}, []string{}
		for id, body := range bodies {
			ids, list = append(ids, id), append(list, body)
		}
		for i := range 20 {
			id := fmt.Sprintf("im_good%d", i)
			ids, list = append(ids, id), append(list, incoming(id, fmt.Sprintf("+121255502%02d", i), "SKIP"))
		}
		good := map[string]int{}
		for i, err := range k.together(list...) {
			if ids[i] != "poison" {
				good[ids[i]] = 1
				must(t, err)
			} else if is := fault.KindOf(err); is != "" && is != fault.Internal {
				t.Errorf("the poisoned one: %v", err)
			}
		}
		if diff := cmp.Diff(good, k.stored(ids...)); diff != "" {
			t.Errorf("stored (-want +got):\n%s", diff)
		}
	})
}

// TestADatabaseThatGoesAwayInABatch: everybody is told to try again, at once and together, and when they do each text is
// stored once.
func TestADatabaseThatGoesAwayInABatch(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(k *talk){
		"before the commit": func(k *talk) { k.lossy.before = k.onceInTheBatch(func() error { return errAway }) },
		"after the commit":  func(k *talk) { k.lossy.after = k.onceInTheBatch(func() error { return errAway }) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
				set(k)
				k.losesABatch(name == "after the commit")
			})
		})
	}
	t.Run("a connection that breaks", func(t *testing.T) {
		t.Parallel()
		clock := storetest.NewClock(storetest.Start)
		c := cable.New(t, pg.URL(t))
		db, err := store.Open(t.Context(), store.Options{URL: c.URL, Now: clock.Now})
		must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		must(t, db.Migrate(t.Context()))
		k := newTalk(t, db, clock, "", oneCoffee)
		k.lossy.before = k.onceInTheBatch(func() error { c.Pull(); return nil })
		k.losesABatch(false)
	})
}

// onceInTheBatch does something in the next batch that is handed in together, once.
func (k *talk) onceInTheBatch(do func() error) func() error {
	done := false
	return func() error {
		if k.lossy.writes.Load() != 1 || done {
			return nil
		}
		done = true
		return do()
	}
}

// losesABatch hands in a batch that does not come to a good end, and then again.
func (k *talk) losesABatch(kept bool) {
	k.t.Helper()
	var bodies, ids []string
	once := map[string]int{}
	for i := range 30 {
		ids = append(ids, fmt.Sprintf("im_%d", i))
		bodies = append(bodies, incoming(ids[i], fmt.Sprintf("+121255502%02d", i), "SKIP"))
		once[ids[i]] = 1
	}
	for i, err := range k.together(bodies...) {
		if !fault.Is(err, fault.Unavailable) {
			k.t.Errorf("%d: %v, want unavailable", i, err)
		}
	}
	if n := k.lossy.writes.Load(); n != 1 {
		k.t.Errorf("%d transactions, want the one that was lost", n)
	}
	if n := len(k.stored(ids...)); !kept && n != 0 {
		k.t.Errorf("%d are stored though nobody was told so", n)
	}
	for _, err := range k.together(bodies...) {
		must(k.t, err)
	}
	if diff := cmp.Diff(once, k.stored(ids...)); diff != "" {
		k.t.Errorf("stored (-want +got):\n%s", diff)
	}
}

// TestASenderIsKnownForASecond and no longer than the connection as this process knows it.
func TestASenderIsKnownForASecond(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		n := 0
		post := func(secret string) (fault.Kind, int32) {
			n++
			k.lossy.reads.Store(0)
			err := k.Receive(t.Context(), k.shop.ID, hookToken, secret, []byte(incoming(fmt.Sprintf("im_%d", n), phone, fmt.Sprint(n))))
			return fault.KindOf(err), k.lossy.reads.Load()
		}
		expect := func(what, secret string, kind fault.Kind, reads int32) {
			t.Helper()
			if got, r := post(secret); got != kind || r != reads {
				t.Errorf("%s: %q after %d reads, want %q after %d", what, got, r, kind, reads)
			}
		}
		expect("the first", hookSecret, "", 1)
		expect("the second", hookSecret, "", 0)
		expect("a forged one", "forged", fault.Unauthorized, 1)
		expect("a genuine one after it", hookSecret, "", 0)
		k.clock.Move(time.Second)
		expect("a second later", hookSecret, "", 1)
		k.clock.Move(-time.Second)
		expect("when the clock has gone back", hookSecret, "", 1)

		must(t, k.SaveShop(t.Context(), k.shop))
		expect("when the shop was changed here", hookSecret, "", 1)
		expect("after that", hookSecret, "", 0)

		must(t, k.db.InTx(t.Context(), func(tx *store.Tx) error { return tx.DeleteConnection(k.shop.ID) }))
		expect("disconnected in another process", hookSecret, "", 0)
		k.clock.Move(time.Second)
		expect("a second after that", hookSecret, fault.Unauthorized, 1)
	})
}

// TestNumbersAsTheyComeIn are the customer's however they are written.
func TestNumbersAsTheyComeIn(t *testing.T) {
	t.Parallel()
	talks(t, "", oneCoffee, func(t *testing.T, k *talk) {
		british := k.book.customer("+447911123456")
		for i, c := range []struct {
			from     string
			customer string
			stored   subscription.Phone
		}{
			{phone, k.customer.ID, phone},
			{"(212) 555-0123", k.customer.ID, phone},
			{"+447911123456", british.ID, "+447911123456"},
			{"+4407911123456", british.ID, "+447911123456"},
			{"+12125550188", "", "+12125550188"},
			{"+11234567890", "", ""}, // no such number
			{"+26296", "", ""},
			{"26296", "", ""},
		} {
			id := fmt.Sprintf("im_%d", i)
			must(t, k.Receive(t.Context(), k.shop.ID, hookToken, hookSecret, []byte(incoming(id, c.from, id))))
			must(t, k.db.Read(t.Context(), func(tx *store.Tx) error {
				list, err := tx.RepliesOf(k.shop.ID, []string{id})
				if err == nil && (len(list) != 1 || list[0].CustomerID != c.customer || list[0].Phone != c.stored) {
					t.Errorf("%s: stored as %v", c.from, list)
				}
				return err
			}))
		}
	})
}
