package texting_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/fault"
	"rejoinder/internal/store"
	"rejoinder/internal/texting"
)

// hears takes in a text from a number, as the gateway hands it over, and sends what is due.
func (h *house) hears(phone, body string) texting.Message {
	h.t.Helper()
	h.people++
	m, err := h.Inbound(h.t.Context(), shopID, phone, body, fmt.Sprintf("gw-%d", h.people))
	if err != nil {
		h.t.Fatal(err)
	}
	h.settle()
	return m
}

// who returns the subscriber of a number, the zero one if there is none.
func (h *house) who(phone string) texting.Subscriber {
	h.t.Helper()
	s, err := h.LookUpSubscriber(h.t.Context(), shopID, "", phone, "")
	if err != nil && !fault.Is(err, fault.NotFound) {
		h.t.Fatal(err)
	}
	return s
}

// got returns the kinds of texts a number got, by how each begins behind the shop's name, sorted: the clock stands
// still, so the handset knows no order.
func (h *house) got(phone string) []string {
	h.t.Helper()
	kinds := []string{}
	for _, body := range h.phone(texting.Subscriber{ShopID: shopID, Phone: phone}) {
		kind := body
		for start, name := range map[string]string{
			"Reply Y": "asked", "You are subscribed to our texts.": "welcome", "You are subscribed to our texts already": "already",
			"You will get no more": "goodbye", "Automated texts": "help",
		} {
			if _, words, _ := strings.Cut(body, ": "); strings.HasPrefix(words, start) {
				kind = name
			}
		}
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return kinds
}

// ledger returns the consent recorded for a number: kind and source.
func (h *house) ledger(phone string) []string {
	h.t.Helper()
	var out []string
	h.tx(func(tx *store.Tx) error {
		out = []string{}
		list, err := tx.ConsentOf(shopID, "", phone, 100)
		for _, c := range list {
			out = append(out, c.Kind+" "+c.Source)
		}
		return err
	})
	return out
}

// The order in which a text is taken for one thing, and what it does to people in each state.
func TestInbound(t *testing.T) {
	t.Parallel()
	const phone = "+12125550199"
	pending := func(s *texting.Subscriber) { s.Status, s.PendingID = texting.Pending, "sp_1" }
	out := func(s *texting.Subscriber) { s.Status = texting.OptedOut }
	subscribed := func(*texting.Subscriber) {}
	tests := []struct {
		name   string
		who    func(*texting.Subscriber) // nil: a number the shop does not know
		say    string
		kind   texting.MessageKind
		status texting.SubscriberStatus
		got    []string
		ledger []string
		person bool
	}{
		{"stop", subscribed, "STOP", texting.KindOptOut, texting.OptedOut, []string{"goodbye"}, []string{"opt_out reply"}, false},
		{"cancel is an opt-out, never a command", subscribed, "Cancel", texting.KindOptOut, texting.OptedOut, []string{"goodbye"}, []string{"opt_out reply"}, false},
		{"stop sign", subscribed, "\U0001F6D1", texting.KindOptOut, texting.OptedOut, []string{"goodbye"}, []string{"opt_out reply"}, false},
		{"plain wording", subscribed, "please stop texting me", texting.KindOptOut, texting.OptedOut, []string{"goodbye"}, []string{"opt_out reply"}, false},
		{"stop again is not confirmed again", out, "STOP", texting.KindOptOut, texting.OptedOut, []string{}, []string{}, false},
		{"stop instead of Y", pending, "stop", texting.KindOptOut, texting.OptedOut, []string{"goodbye"}, []string{"opt_out reply"}, false},
		{"stop from a stranger is kept", nil, "STOP", texting.KindOptOut, texting.OptedOut, []string{"goodbye"}, []string{"opt_out reply"}, false},
		{"start after stop", out, "START", texting.KindOptIn, texting.Subscribed, []string{"welcome"}, []string{"opt_in reply"}, false},
		{"start of a subscriber", subscribed, "start", texting.KindOptIn, texting.Subscribed, []string{"already"}, []string{}, false},
		{"start of a stranger is asked first", nil, "START", texting.KindOptIn, texting.Pending, []string{"asked"}, []string{"asked reply"}, false},
		{"help", subscribed, "HELP", texting.KindHelp, texting.Subscribed, []string{"help"}, []string{}, false},
		{"help of a stranger", nil, "help!", texting.KindHelp, "", []string{"help"}, []string{}, false},
		{"help of somebody who is out", out, "HELP", texting.KindHelp, texting.OptedOut, []string{"help"}, []string{}, false},
		{"yes to the question", pending, "Yes", texting.KindOptIn, texting.Subscribed, []string{"welcome"}, []string{"opt_in reply"}, false},
		{"yes without a question", subscribed, "Y", texting.KindReply, texting.Subscribed, []string{}, []string{}, true},
		{"yes of somebody who is out", out, "Y", texting.KindReply, texting.OptedOut, []string{}, []string{}, true},
		{"keyword of a stranger", nil, " join! ", texting.KindKeyword, texting.Subscribed, []string{"Hello from Kettle.", "welcome"}, []string{"opt_in keyword"}, false},
		{"keyword of a subscriber", subscribed, "JOIN", texting.KindKeyword, texting.Subscribed, []string{"Hello from Kettle."}, []string{}, false},
		{"keyword after stop", out, "Join", texting.KindKeyword, texting.Subscribed, []string{"Hello from Kettle.", "welcome"}, []string{"opt_in keyword"}, false},
		{"keyword inside a sentence", subscribed, "can I join", texting.KindReply, texting.Subscribed, []string{}, []string{}, true},
		{"a keyword shadows a command", subscribed, "skip", texting.KindKeyword, texting.Subscribed, []string{"Skipping is fun."}, []string{}, false},
		{"ordinary of a stranger", nil, "who is this", texting.KindReply, "", []string{}, []string{}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := inSQLite(t)
			h.keyword("join", "Hello from {shop_name}.")
			h.keyword("skip", "Skipping is fun.")
			if tt.who != nil {
				h.subscriber(func(s *texting.Subscriber) { s.Phone = phone; tt.who(s) })
			}
			m := h.hears(phone, tt.say)
			if s := h.who(phone); m.Kind != tt.kind || s.Status != tt.status || m.NeedsPerson != tt.person {
				t.Errorf("taken for %q (needs a person: %v), now %q; want %q (%v), %q", m.Kind, m.NeedsPerson, s.Status, tt.kind, tt.person, tt.status)
			}
			if tt.status != "" && m.SubscriberID == "" {
				t.Error("the text is nobody's")
			}
			if diff := cmp.Diff(tt.got, h.got(phone)); diff != "" {
				t.Errorf("texts back: -want +got\n%s", diff)
			}
			if diff := cmp.Diff(tt.ledger, h.ledger(phone)); diff != "" {
				t.Errorf("ledger: -want +got\n%s", diff)
			}
		})
	}
}

// keyword makes an active keyword.
func (h *house) keyword(word, reply string) string {
	h.t.Helper()
	h.tx(func(tx *store.Tx) error {
		sh, err := tx.Shop(shopID)
		sh.Name = "Kettle"
		if err == nil {
			err = tx.SaveShop(sh)
		}
		return err
	})
	_, warning, err := h.SaveKeyword(h.t.Context(), texting.Keyword{ShopID: shopID, Word: word, Reply: reply, Active: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return warning
}

func TestARepeatedTextChangesNothing(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		const phone = "+12125550199"
		h.keyword("join", "Hi.")
		for i := range 3 {
			m, err := h.Inbound(t.Context(), shopID, phone, "join", "same")
			if err != nil {
				t.Fatal(err)
			}
			if (m.ID == "") != (i > 0) {
				t.Errorf("delivery %d: stored %q", i, m.ID)
			}
		}
		h.settle()
		if diff := cmp.Diff([]string{"Hi.", "welcome"}, h.got(phone)); diff != "" {
			t.Error(diff)
		}
		if list, err := h.Keywords(t.Context(), shopID, true); err != nil || list[0].Triggered != 1 {
			t.Errorf("counted %v, %v", list, err)
		}
	})
}

// Texts of one number that arrive at once, repeats among them, are taken in one after the other.
func TestInboundAtOnce(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, h *house) {
		const phone = "+12125550199"
		h.keyword("join", "Hi.")
		done := make(chan error)
		for i := range 12 {
			go func() {
				_, err := h.Inbound(t.Context(), shopID, phone, []string{"join", "START", "HELP"}[i%3], fmt.Sprint("key-", i%6))
				done <- err
			}()
		}
		for range 12 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if s := h.who(phone); s.Status != texting.Subscribed {
			t.Errorf("status %q", s.Status)
		}
	})
}

// No text to anybody who opted out, whatever a program asks for.
func TestOptedOutAreNotAsked(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	const phone = "+12125550199"
	h.subscriber(func(s *texting.Subscriber) { s.Phone, s.Status = phone, texting.OptedOut })
	s, err := h.AddSubscriber(t.Context(), shopID, texting.NewSubscriber{Phone: phone})
	if err != nil || s.PendingID == "" {
		t.Fatalf("%v %v", s.PendingID, err)
	}
	h.advance(24 * time.Hour)
	h.hears(phone, "Y")
	if s := h.who(phone); s.Status != texting.OptedOut || len(h.got(phone)) != 0 {
		t.Errorf("%s %v", s.Status, h.got(phone))
	}
}

// The question of the API waits for waking hours; a question that answers a text does not.
func TestQuestionAtNight(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	h.at(23, 0)
	if _, err := h.AddSubscriber(t.Context(), shopID, texting.NewSubscriber{Phone: "+12125550198"}); err != nil {
		t.Fatal(err)
	}
	h.hears("+12125550199", "START")
	if a, b := h.got("+12125550198"), h.got("+12125550199"); len(a) != 0 || len(b) != 1 {
		t.Errorf("at night: %v by API, %v by START", a, b)
	}
	h.at(11, 0)
	if a := h.got("+12125550198"); len(a) != 1 || a[0] != "asked" {
		t.Errorf("in the morning: %v", a)
	}
}

func TestKeywordsAskFirst(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	const phone = "+12125550199"
	h.keyword("join", "Hi.")
	h.tx(func(tx *store.Tx) error {
		return tx.SaveTextingSettings(shopID, texting.Settings{KeywordsAskFirst: true})
	})
	h.hears(phone, "JOIN")
	h.hears(phone, "y")
	if diff := cmp.Diff([]string{"Hi.", "asked", "welcome"}, h.got(phone)); diff != "" {
		t.Error(diff)
	}
	h.hears(phone, "STOP")
	h.hears(phone, "JOIN") // their own word: asked again
	h.hears(phone, "y")
	if s := h.who(phone); s.Status != texting.Subscribed {
		t.Errorf("status %q", s.Status)
	}
}

// What the confirmation of an opt-out says about the subscription is what is known, and no more.
func TestGoodbye(t *testing.T) {
	t.Parallel()
	const end = "Kettle: You will get no more texts from us. Reply START to get them again."
	for name, tt := range map[string]struct {
		properties map[string]any
		own        string
		want       string
	}{
		"nothing known":       {nil, "", end + " This changes no subscription or order."},
		"still runs":          {map[string]any{"active_subscriptions": 2.0, "account_page_link": "https://k.example/a"}, "", end + " Your subscription still runs; see or change it at https://k.example/a"},
		"still runs, no link": {map[string]any{"active_subscriptions": "1"}, "", end + " Your subscription still runs."},
		"none":                {map[string]any{"active_subscriptions": 0.0, "account_page_link": "https://k.example/a"}, "", end},
		"the shop's own":      {map[string]any{"account_page_link": "https://k.example/a"}, "Bye from {shop_name}. {account_page_link}", "Bye from Kettle. https://k.example/a"},
		"own, value missing":  {nil, "Bye. {account_page_link}", end + " This changes no subscription or order."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := inSQLite(t)
			h.keyword("join", "Hi.")
			h.tx(func(tx *store.Tx) error {
				return tx.SaveTextingSettings(shopID, texting.Settings{ConfirmOptOut: tt.own})
			})
			s := h.subscriber(func(s *texting.Subscriber) { s.Properties = tt.properties })
			h.hears(s.Phone, "STOP")
			if diff := cmp.Diff([]string{tt.want}, h.phone(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What a trigger told last outweighs what stands on the subscriber, and an answer, which tells nothing, hides nothing.
func TestGoodbyeKnowsWhatTheLastTriggerTold(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	s := h.subscriber(func(s *texting.Subscriber) { s.Properties = map[string]any{"active_subscriptions": "0"} })
	for i, values := range []map[string]string{
		{"active_subscriptions": "1", "account_page_link": "https://k.example/old"},
		{"active_subscriptions": "2", "account_page_link": "https://k.example/new"},
		{"answer": "Your next order is on Wednesday."},
	} {
		_, err := h.Fire(t.Context(), shopID, texting.FireInput{
			Engine: texting.EngineFlow, TriggerID: "T", Sender: "Test", SubscriberID: s.ID, ExternalID: strconv.Itoa(i), Properties: values,
		})
		if err != nil {
			t.Fatal(err)
		}
		h.advance(time.Minute)
	}
	h.hears(s.Phone, "STOP")
	want := []string{"Corner Coffee: You will get no more texts from us. Reply START to get them again. Your subscription still runs; see or change it at https://k.example/new"}
	if diff := cmp.Diff(want, h.phone(s)); diff != "" {
		t.Error(diff)
	}
}

func TestKeywordsThatCannotBe(t *testing.T) {
	t.Parallel()
	h := inSQLite(t)
	if w := h.keyword("Skip", "Fun."); !strings.Contains(w, "SKIP") {
		t.Errorf("no warning for a command: %q", w)
	}
	if w := h.keyword("join", "Hi."); w != "" {
		t.Errorf("warned of %q", w)
	}
	for _, k := range []texting.Keyword{
		{Word: "", Reply: "x"},
		{Word: "two words", Reply: "x"},
		{Word: "STOP", Reply: "x"},
		{Word: "start", Reply: "x"},
		{Word: "Info", Reply: "x"},
		{Word: "yes", Reply: "x"},
		{Word: "SKIP", Reply: "x"},
		{Word: "NEW", Reply: ""},
		{Word: "NEW", Reply: "{first_name}"},
		{Word: "NEW", Reply: "{"},
	} {
		k.ShopID = shopID
		if _, _, err := h.SaveKeyword(t.Context(), k); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q with reply %q: %v", k.Word, k.Reply, err)
		}
	}
}
