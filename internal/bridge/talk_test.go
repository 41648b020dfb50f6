package bridge_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/seal"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

var update = flag.Bool("update", false, "write the conversations as they went")

// TestConversations replays every transcript in testdata/conversations on both databases. A transcript has a
// shop (its settings), a book (one subscription a line: names joined by "+", interval, next order date), and a talk:
//
//	@ 2026-11-22 12:00   the clock moves there, through every due moment on the way (the shop's time); with "@!"
//	                     nothing handles replies meanwhile
//	+ 5m                 the clock moves on
//	> SKIP               a text comes in; ">>" is the same webhook again, ">!" says is_opt_out, ">-" is not handled yet
//	% page skip 2026-11-25 | % page pause 2026-12-20 | % merchant … | % source down | % source up | % handle
//	% price 3000         the merchant makes everything cost that many cents; "% name Green Tea = Mint" renames,
//	                     "% off skip" switches a command off
//	< …                  what was sent to Postscript: an answer's text, or a trigger with its facts
//	= …                  how the orders stand, when that has changed
//	? person             what became of the text, unless it was done
//
// Run with -update to write what happened into the files, and read the difference.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) { replay(t, file, db, clock) })
		})
	}
}

func replay(t *testing.T, file string, db *store.DB, clock *storetest.Clock) {
	raw, err := os.ReadFile(file)
	must(t, err)
	head, parts := sections(string(raw))
	got := newTalk(t, db, clock, parts["shop"], parts["book"]).run(parts["talk"])
	if *update && strings.HasSuffix(t.Name(), "/sqlite") {
		out := head + "-- shop --\n" + parts["shop"] + "-- book --\n" + parts["book"] + "-- talk --\n" + got
		must(t, os.WriteFile(file, []byte(out), 0o644))
		return
	}
	if diff := cmp.Diff(strings.Split(parts["talk"], "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s went differently (-file +now):\n%s", file, diff)
	}
}

// sections reads a txtar file: its comment, and the sections by name.
func sections(file string) (head string, parts map[string]string) {
	archive, parts := txtar.Parse([]byte(file)), map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	return string(archive.Comment), parts
}

// talk is one customer of one shop, writing texts.
type talk struct {
	*book
	customer bridge.Customer
	source   *fallible
	lossy    *crashing
	seen     map[string]bool // deliveries already shown
	messages int
	last     string // the last webhook's body
	stands   string // the orders as last shown
}

// fallible is the ledger, which can be taken away.
type fallible struct {
	bridge.Source
	down bool
}

func (f *fallible) CarryOut(ctx context.Context, a subscription.Account, steps []bridge.Step) (subscription.Account, error) {
	if f.down {
		return subscription.Account{}, errors.New("connection refused")
	}
	return f.Source.CarryOut(ctx, a, steps)
}

const (
	hookToken  = "signing-token"
	hookSecret = "our-secret"
	phone      = "+12125550123"
)

func newTalk(t *testing.T, db *store.DB, clock *storetest.Clock, settings, subs string) *talk {
	t.Helper()
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	b := &book{t: t, db: db, clock: clock, hooks: &hooks{status: 200}}
	k := &talk{book: b, lossy: &crashing{Store: app.BridgeStore(db)}, source: &fallible{Source: bridge.Ledger()}, seen: map[string]bool{}}
	b.Bridge = bridge.New(bridge.Options{
		Store: k.lossy, Waker: wakes{}, Sealer: box, Now: clock.Now, Webhooks: b.hooks,
		PublicURL: "https://rejoinder.example", Source: k.source,
	})
	b.shop = bridge.Shop{ID: "shp_talk", Name: "Corner Coffee", Link: "https://shop.example", Zone: "America/New_York"}
	if strings.TrimSpace(settings) != "" {
		must(t, json.Unmarshal([]byte(settings), &b.shop.Settings))
	}
	clock.Set(day(date("2026-11-20"), 12))
	must(t, b.SaveShop(t.Context(), b.shop))
	k.connect(box)
	k.customer = b.customer(phone)
	for line := range strings.Lines(subs) {
		f := strings.Split(strings.TrimSpace(line), ", ")
		every, err := subscription.ParseInterval(f[1])
		must(t, err)
		clock.Move(time.Second) // the order of subscriptions is the order in which they were made
		b.subscribe(k.customer.ID, subscription.Subscription{
			Items: items(f[0]), Interval: every, Next: date(f[2]),
		})
	}
	k.sent()
	k.stands = k.orders()
	return k
}

// items reads what is in a subscription: "House Blend + Green Tea".
func items(names string) (list []subscription.Item) {
	for name := range strings.SplitSeq(names, " + ") {
		list = append(list, subscription.Item{Name: name, Quantity: 1, Price: subscription.Money{Amount: 2400, Currency: "USD"}})
	}
	return list
}

// connect stores a connection as Confirm leaves it.
func (k *talk) connect(box *seal.Box) {
	k.t.Helper()
	c := bridge.Connection{ShopID: k.shop.ID, Builtin: true, State: bridge.Connected, Triggers: map[trigger.Name]string{}, Webhooks: map[string]string{}, ConfirmedAt: k.clock.Now()}
	for column, to := range map[string]struct {
		plain string
		in    *string
	}{"private_key": {"sk_x", &c.Key}, "signing_token": {hookToken, &c.SigningToken}, "hook_secret": {hookSecret, &c.HookSecret}} {
		sealed, err := box.Seal(to.plain, "connections/"+k.shop.ID+"/"+column)
		must(k.t, err)
		*to.in = sealed
	}
	must(k.t, k.db.InTx(k.t.Context(), func(tx *store.Tx) error { return tx.SaveConnection(c) }))
}

// run plays the input lines of a talk and returns it with what came of them.
func (k *talk) run(script string) string {
	var out strings.Builder
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "<", "=", "?":
			continue
		}
		out.WriteString(line + "\n")
		handled := true
		switch kind {
		case "", "#":
			continue
		case "@", "@!":
			at, err := time.ParseInLocation("2006-01-02 15:04", rest, k.shop.Location())
			must(k.t, err)
			if handled = kind == "@"; handled {
				k.goTo(at)
			} else {
				k.to(at)
			}
		case "+":
			d, err := time.ParseDuration(rest)
			must(k.t, err)
			k.goTo(k.clock.Now().Add(d))
		case ">", ">!", ">-":
			handled = kind != ">-"
			k.text(rest, kind == ">!")
		case ">>":
			must(k.t, k.Receive(k.t.Context(), k.shop.ID, hookToken, hookSecret, []byte(k.last)))
		case "%":
			if problem := k.outside(rest); problem != "" {
				out.WriteString("? " + problem + "\n")
			}
		default:
			k.t.Fatalf("cannot read %q", line)
		}
		if handled {
			k.handle()
		}
		for _, said := range k.sent() {
			out.WriteString("< " + said + "\n")
		}
		if now := k.orders(); now != k.stands {
			k.stands = now
			out.WriteString("= " + now + "\n")
		}
		if strings.HasPrefix(kind, ">") && handled {
			if state := k.state(); state != string(bridge.ReplyDone) {
				out.WriteString("? " + state + "\n")
			}
		}
	}
	return out.String()
}

// goTo moves the clock as a book does, and through the replies that wait for a later try as well.
func (k *talk) goTo(at time.Time) {
	k.t.Helper()
	for range 1000 {
		next, err := k.NextReply(k.t.Context())
		must(k.t, err)
		if next.IsZero() || next.After(at) {
			break
		}
		if next.After(k.clock.Now()) {
			k.to(next)
		}
		k.handle()
	}
	k.to(at)
}

func (k *talk) handle() {
	k.t.Helper()
	again := k.clock.Now()
	for range 100 {
		if again.IsZero() || again.After(k.clock.Now()) {
			return
		}
		var err error
		again, err = k.AnswerReplies(k.t.Context(), k.shop.ID+"/"+k.customer.ID)
		must(k.t, err)
	}
	k.t.Fatal("replies without end")
}

// text posts a webhook as the facts sheet shows one.
func (k *talk) text(body string, optOut bool) {
	k.t.Helper()
	k.messages++
	quoted, err := json.Marshal(body)
	must(k.t, err)
	k.last = fmt.Sprintf(`{"webhook_id":"5f2f0b0e-6a1b-4c62-9a0e-1c1c7f6a0001","resource_type":"shop","resource_id":"shop_1",
		"event_time":"%[1]s","event":"shop.incoming_message","event_data":{"id":"im_%[2]d","subscriber_id":"s_1","shop_id":"shop_1",
		"is_opt_out":%[3]t,"shopify_customer_id":null,"from_number":"%[4]s","created_at":"%[1]s","body":%[5]s}}`,
		k.clock.Now().UTC().Format("2006-01-02T15:04:05.000000"), k.messages, optOut, phone, quoted)
	must(k.t, k.Receive(k.t.Context(), k.shop.ID, hookToken, hookSecret, []byte(k.last)))
}

var link = regexp.MustCompile(`https://rejoinder\.example/a/\S+`)

// sent carries what is queued to Postscript, as far as the bridge can tell, and returns it.
func (k *talk) sent() (said []string) {
	k.t.Helper()
	var at []string // created together have no order: the texts' own decides
	err := k.db.InTx(k.t.Context(), func(tx *store.Tx) error {
		said, at = nil, nil
		list, err := tx.Deliveries(k.shop.ID, bridge.DeliveryFilter{CustomerID: k.customer.ID, Limit: 200})
		if err != nil {
			return err
		}
		who, err := tx.Customer(k.shop.ID, k.customer.ID)
		if err != nil {
			return err
		}
		for i := len(list) - 1; i >= 0; i-- {
			d := list[i]
			if k.seen[d.ID] || d.State != bridge.Queued {
				continue
			}
			k.seen[d.ID] = true
			line := link.ReplaceAllString(d.Facts["answer"], "LINK")
			if d.Trigger != trigger.ReplyAnswered {
				line = string(d.Trigger)
				for _, name := range []string{"skipped_delivery_date", "old_delivery_date", "new_delivery_date", "delivery_date", "product_names"} {
					if v := d.Facts[name]; v != "" {
						line += " | " + v
					}
				}
			}
			d.State, d.FinishedAt = bridge.Sent, tx.Now()
			if who.Texts == bridge.TextsOptedOut {
				d.State, line = bridge.Suppressed, "(not sent: opted out) "+line
			}
			said = append(said, line)
			at = append(at, d.CreatedAt.Format(time.RFC3339Nano)+line)
			if _, err := tx.UpdateDeliveries([]bridge.Delivery{d}); err != nil {
				return err
			}
			if d.Trigger == trigger.UpcomingOrder && d.State == bridge.Sent {
				if err := tx.SettleNotices([]bridge.Notice{{NoticeKey: bridge.NoticeKey{CustomerID: k.customer.ID, Date: d.OrderDate}, State: bridge.NoticeTold}}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	must(k.t, err)
	sort.Sort(byKey{said, at})
	return said
}

// byKey sorts lines by keys.
type byKey struct{ lines, keys []string }

func (b byKey) Len() int           { return len(b.lines) }
func (b byKey) Less(i, j int) bool { return b.keys[i] < b.keys[j] }
func (b byKey) Swap(i, j int) {
	b.lines[i], b.lines[j] = b.lines[j], b.lines[i]
	b.keys[i], b.keys[j] = b.keys[j], b.keys[i]
}

// orders says how the subscriptions stand.
func (k *talk) orders() string {
	var out []string
	for _, s := range k.account(k.customer.ID).Subscriptions {
		line := s.Items[0].Name + " " + s.Next.String()
		if s.Status != subscription.Active {
			line = s.Items[0].Name + " " + string(s.Status)
		}
		if d := s.Coming(); s.Status == subscription.Paused && !d.IsZero() {
			line += ", then " + d.String()
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

// state is what became of the newest reply.
func (k *talk) state() string {
	k.t.Helper()
	var list []bridge.Reply
	must(k.t, k.db.Read(k.t.Context(), func(tx *store.Tx) (err error) {
		list, err = tx.Replies(k.shop.ID, k.customer.ID, 1)
		return err
	}))
	return string(list[0].State)
}
