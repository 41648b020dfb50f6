package bridge_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
)

func TestCorrectActsOnceAndIsCounted(t *testing.T) {
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		k := newTalk(t, db, clock, "", "House Blend, 1 month, 2026-12-10\n")
		say := func(body string) {
			t.Helper()
			k.goTo(clock.Now().Add(5 * time.Minute))
			k.text(body, false)
			k.handle()
		}
		say("skip")
		if err := k.Correct(t.Context(), k.shop.ID, "im_1", "DELAY", false); !fault.Is(err, fault.Conflict) {
			t.Errorf("a text whose skip stands was corrected: %v", err)
		}
		say("undo")
		say("purple giraffes around the block")
		if got := k.state(); got != string(bridge.ReplyPerson) {
			t.Fatalf("the text is %s, so there is nothing to correct", got)
		}
		k.sent()
		correct := func(id, command string, remember bool) error {
			return k.Correct(t.Context(), k.shop.ID, id, command, remember)
		}
		for name, tt := range map[string]struct {
			id, command string
			want        fault.Kind
		}{
			"no command":       {"im_3", "hello", fault.Invalid},
			"an opt-out":       {"im_3", "STOP", fault.Invalid},
			"two at once":      {"im_3", "skip and undo", fault.Invalid},
			"another's text":   {"im_99", "skip", fault.NotFound},
			"only a suspicion": {"im_3", "skup", fault.Invalid},
		} {
			if err := correct(tt.id, tt.command, false); !fault.Is(err, tt.want) {
				t.Errorf("%s: %v, want %s", name, err, tt.want)
			}
		}
		must(t, correct("im_3", "skip", true))
		k.handle()
		if got := k.orders(); got != "House Blend 2027-01-10" {
			t.Errorf("after the correction the orders stand at %s", got)
		}
		if err := correct("im_3", "skip", false); !fault.Is(err, fault.Conflict) {
			t.Errorf("corrected twice: %v", err)
		}
		k.handle()
		say("undo")
		say("Purple giraffes around the block!") // remembered
		if got := k.orders(); got != "House Blend 2027-01-10" {
			t.Errorf("the remembered wording leaves the orders at %s", got)
		}
		got, err := k.Reading(t.Context(), k.shop.ID, 2)
		must(t, err)
		want := bridge.Readings{Understood: 4, Person: 1, Corrected: 1}
		if diff := cmp.Diff(want, got.Weeks[len(got.Weeks)-1].Readings); diff != "" {
			t.Errorf("the week (-want +got):\n%s", diff)
		}
		if len(got.Hard) != 1 || got.Hard[0].Wording != "purple giraffes around the block" || got.Hard[0].Meant != "SKIP" {
			t.Errorf("hard wordings: %+v", got.Hard)
		}
		verdicts, err := k.ReplyVerdicts(t.Context(), k.shop.ID, []string{"im_3", "im_1"})
		must(t, err)
		if v := verdicts["im_3"]; v.Meaning != reply.Unknown || v.Meant != "SKIP" || v.MayCorrect() {
			t.Errorf("the verdict is %+v", v)
		}
		if !verdicts["im_1"].MayCorrect() {
			t.Error("a text that was understood cannot be corrected")
		}
		other, err := k.Reading(t.Context(), "shp_other", 1)
		if err == nil {
			t.Errorf("a shop that is not there has readings: %+v", other)
		}
	})
}

// Words taught and settings changed at the same moment are all kept.
func TestShopChangesLoseNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, b *book) {
		words := strings.Fields("nixo noxo nuxo naxo")
		errs := make(chan error)
		for _, w := range words {
			go func() { errs <- b.Teach(t.Context(), b.shop.ID, reply.Skip, w) }()
			go func() {
				errs <- b.ChangeShop(t.Context(), b.shop.ID, func(s *bridge.Shop) error {
					s.Settings.CommandsOff = append(slices.Clone(s.Settings.CommandsOff), w)
					return nil
				})
			}()
		}
		for range 2 * len(words) {
			must(t, <-errs)
		}
		shop, err := b.Shop(t.Context(), b.shop.ID)
		must(t, err)
		if got := shop.Settings; len(got.Words[reply.Skip]) != len(words) || len(got.CommandsOff) != len(words) {
			t.Errorf("kept of %q: %q, %q", words, got.Words, got.CommandsOff)
		}
		problem := fault.Field("name", "no")
		if err := b.ChangeShop(t.Context(), b.shop.ID, func(s *bridge.Shop) error { s.Name = "X"; return problem }); !errors.Is(err, problem) {
			t.Errorf("the change refuses: %v", err)
		}
		if err := b.ChangeShop(t.Context(), "shp_none", func(*bridge.Shop) error { return nil }); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such shop: %v", err)
		}
	})
}

func TestCheckWords(t *testing.T) {
	t.Parallel()
	type words = map[reply.Meaning][]string
	for _, tt := range []struct {
		name  string
		in    words
		want  words
		field string
	}{
		{"kept in one form, each once", words{reply.Skip: {"No Beans!", "no beans", " hard pass "}}, words{reply.Skip: {"hard pass", "no beans"}}, ""},
		{"nothing", words{reply.Skip: {"", " ", "👍"}}, words{}, ""},
		{"an opt-out word", words{reply.Skip: {"Cancel"}}, nil, "skip"},
		{"plain opt-out", words{reply.Pause: {"stop texting me"}}, nil, "pause"},
		{"the word for help", words{reply.Link: {"info"}}, nil, "link"},
		{"taken by another meaning", words{reply.Skip: {"no beans"}, reply.Delay: {"no beans"}}, nil, "delay"},
		{"understood as something else", words{reply.Delay: {"skip"}}, nil, "delay"},
		{"what is understood anyway", words{reply.Skip: {"skip"}}, words{reply.Skip: {"skip"}}, ""},
		{"too long", words{reply.Skip: {"please be so kind as to leave out the parcel that you would otherwise send"}}, nil, "skip"},
		{"a yes", words{reply.Skip: {"sure"}}, nil, "skip"},
		{"a number of a list", words{reply.Skip: {"1"}}, nil, "skip"},
		{"a place in a list", words{reply.Thanks: {"the last one"}}, nil, "thanks"},
		{"all of a list", words{reply.Pause: {"both"}}, nil, "pause"},
		{"no meaning for words", words{reply.OptIn: {"back"}}, nil, "opt_in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := bridge.CheckWords(tt.in)
			field := ""
			if e, ok := errors.AsType[*fault.Error](err); ok {
				field = e.Field
			}
			if field != tt.field {
				t.Fatalf("the field is %q (%v), want %q", field, err, tt.field)
			}
			if err == nil && !cmp.Equal(tt.want, got) {
				t.Error(cmp.Diff(tt.want, got))
			}
		})
	}
}

// TestADayThatIsOverIsCountedOnce keeps a day, shows what is kept, and counts again when a person says what a text of it
// meant.
func TestADayThatIsOverIsCountedOnce(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		k := newTalk(t, db, clock, "", "House Blend, 1 month, 2026-12-10\n")
		now := clock.Now().In(k.shop.Location())
		day := bridge.ReadDay{From: time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, k.shop.Location())}
		day.To = day.From.AddDate(0, 0, 1)
		kept := func() (list []bridge.ReadDay) {
			t.Helper()
			must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) {
				list, err = tx.KeptReadings(k.shop.ID, day.From.AddDate(0, 0, -7), day.To.AddDate(0, 0, 7))
				return err
			}))
			return list
		}
		read := func() (sum bridge.Readings) {
			t.Helper()
			got, err := k.Reading(t.Context(), k.shop.ID, 2)
			must(t, err)
			for _, w := range got.Weeks {
				sum.Person, sum.Corrected = sum.Person+w.Person, sum.Corrected+w.Corrected
			}
			return sum
		}
		k.text("purple giraffes around the block", false)
		must(t, k.KeepDays(t.Context(), k.shop.ID, 2))
		clock.Set(day.To.Add(time.Hour))
		must(t, k.KeepDays(t.Context(), k.shop.ID, 2))
		if list := kept(); len(list) != 0 {
			t.Errorf("kept while a reply waits: %+v", list)
		}
		k.handle()
		must(t, k.KeepDays(t.Context(), k.shop.ID, 2))
		if list := kept(); len(list) != 1 || !list[0].From.Equal(day.From) || !list[0].To.Equal(day.To) || list[0].Readings != (bridge.Readings{Person: 1}) {
			t.Errorf("kept %+v", list)
		}
		must(t, db.InTx(t.Context(), func(tx *store.Tx) error {
			day.Readings = bridge.Readings{Person: 7}
			return errors.Join(tx.ForgetReadings(k.shop.ID, day.From), tx.KeepReadings(k.shop.ID, day))
		}))
		if got := read(); got.Person != 7 {
			t.Errorf("the page shows %+v, not what is kept", got)
		}
		must(t, k.Correct(t.Context(), k.shop.ID, "im_1", "skip", false))
		k.handle()
		if got := read(); got != (bridge.Readings{Person: 1, Corrected: 1}) {
			t.Errorf("after a correction the page shows %+v", got)
		}
	})
}
