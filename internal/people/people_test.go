package people_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/people"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
)

func onBoth(t *testing.T, run func(t *testing.T, p *people.People, db *store.DB, clock *storetest.Clock)) {
	t.Helper()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		err := app.BridgeStore(db).InTx(t.Context(), func(tx bridge.Tx) error {
			return tx.SaveShop(bridge.Shop{ID: "shop_1", Name: "Corner Coffee", Zone: "UTC"})
		})
		must(t, err)
		p, err := people.New(people.Options{Store: db, Now: clock.Now, Cheap: true})
		must(t, err)
		run(t, p, db, clock)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestALinkIsUsedOnceHoweverManyTry(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p *people.People, _ *store.DB, _ *storetest.Clock) {
		token, err := p.SetupLink(t.Context())
		must(t, err)
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = p.SetUp(t.Context(), token, string(rune('a'+i))+"@example.com", "long enough one", people.NewShop{})
			})
		}
		wg.Wait()
		entered := 0
		for _, err := range errs {
			switch {
			case err == nil:
				entered++
			case !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound):
				t.Error(err)
			}
		}
		members, err := p.Members(t.Context(), "shop_1")
		must(t, err)
		if entered != 1 || len(members) != 1 || members[0].Role != people.Owner {
			t.Errorf("%d entered, members %+v", entered, members)
		}
	})
}

// TestNoShopIsWithoutAnOwner makes shops beside the calls that fail: what fails leaves none behind.
func TestNoShopIsWithoutAnOwner(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		p, err := people.New(people.Options{Store: db, Now: clock.Now, Cheap: true})
		must(t, err)
		token, err := p.SetupLink(t.Context())
		must(t, err)
		var wg sync.WaitGroup
		entered := make([]people.User, 6)
		for i := range entered {
			wg.Go(func() {
				who := string(rune('a' + i))
				u, err := p.SetUp(t.Context(), token, who+"@example.com", "long enough one", people.NewShop{ID: "shop_" + who, Name: who, Zone: "UTC"})
				if err == nil {
					entered[i] = u
				}
			})
		}
		wg.Wait()
		var owner people.User
		for _, u := range entered {
			if u.ID != "" {
				owner = u
			}
		}
		must(t, p.MakeShop(t.Context(), people.NewShop{ID: "shop_more", Name: "more", Zone: "UTC"}, owner.ID))
		if err := p.MakeShop(t.Context(), people.NewShop{ID: "shop_nobodys", Name: "nobody's", Zone: "UTC"}, "usr_nobody"); err == nil {
			t.Error("somebody who does not exist owns a shop")
		}
		shops, err := allShops(t, db)
		must(t, err)
		mine, err := p.Memberships(t.Context(), owner.ID)
		must(t, err)
		if len(shops) != 2 || len(mine) != 2 {
			t.Errorf("there are %d shops, and who set up is in %+v", len(shops), mine)
		}
	})
}

func allShops(t *testing.T, db *store.DB) (list []bridge.Shop, err error) {
	t.Helper()
	err = app.BridgeStore(db).InTx(t.Context(), func(tx bridge.Tx) error { list, err = tx.Shops(); return err })
	return list, err
}

// TestASecondSetUpLinkIsWorthNothing keeps one that was made beside the other, as by a second process that starts
// at the same moment.
func TestASecondSetUpLinkIsWorthNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p *people.People, db *store.DB, clock *storetest.Clock) {
		token, err := p.SetupLink(t.Context())
		must(t, err)
		_, err = p.SetUp(t.Context(), token, "a@example.com", "long enough one", people.NewShop{})
		must(t, err)
		const late = "made a moment too late"
		sum := sha256.Sum256([]byte(late))
		must(t, db.AddLink(t.Context(), people.Link{Hash: hex.EncodeToString(sum[:]), Purpose: people.ForSetup, ExpiresAt: clock.Now().Add(time.Hour)}))
		if _, err := p.SetUp(t.Context(), late, "b@example.com", "long enough one", people.NewShop{}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second owner of every shop: %v", err)
		}
	})
}

func TestLinksExpireAndAreForOnePurpose(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p *people.People, _ *store.DB, clock *storetest.Clock) {
		token, err := p.SetupLink(t.Context())
		must(t, err)
		if _, err := p.Enter(t.Context(), token); !fault.Is(err, fault.NotFound) {
			t.Errorf("a set-up link signs in: %v", err)
		}
		again, err := p.SetupLink(t.Context())
		must(t, err)
		if _, err := p.Link(t.Context(), people.ForSetup, token); !fault.Is(err, fault.NotFound) {
			t.Errorf("a replaced link still works: %v", err)
		}
		clock.Move(25 * time.Hour)
		if _, err := p.SetUp(t.Context(), again, "a@example.com", "long enough one", people.NewShop{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("an expired link still works: %v", err)
		}
		invitation, err := p.Invite(t.Context(), "shop_1", "B@example.com", people.Agent)
		must(t, err)
		links, err := p.Invitations(t.Context(), "shop_1")
		must(t, err)
		if len(links) != 1 || links[0].Email != "b@example.com" || strings.Contains(links[0].Hash, invitation) {
			t.Errorf("invitations %+v", links)
		}
		must(t, p.Withdraw(t.Context(), "shop_1", links[0].Hash))
		if _, _, err := p.Accept(t.Context(), invitation, "long enough one"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a withdrawn invitation still works: %v", err)
		}
	})
}

func TestAShopKeepsAnOwner(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p *people.People, _ *store.DB, _ *storetest.Clock) {
		token, err := p.EntryLink(t.Context(), "one@example.com")
		must(t, err)
		one, err := p.Enter(t.Context(), token)
		must(t, err)
		invitation, err := p.Invite(t.Context(), "shop_1", "two@example.com", people.Owner)
		must(t, err)
		two, _, err := p.Accept(t.Context(), invitation, "long enough one")
		must(t, err)
		// Both leave at the same moment: one of them stays.
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, id := range []string{one.ID, two.ID} {
			wg.Go(func() { errs[i] = p.Remove(t.Context(), "shop_1", id) })
		}
		wg.Wait()
		if err := errors.Join(errs...); (errs[0] == nil) == (errs[1] == nil) || !fault.Is(err, fault.Conflict) {
			t.Errorf("leaving gave %v", errs)
		}
		members, err := p.Members(t.Context(), "shop_1")
		must(t, err)
		if len(members) != 1 || members[0].Role != people.Owner {
			t.Errorf("members %+v", members)
		}
	})
}

func TestSomebodyWithoutAPasswordCannotSignInWithOne(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p *people.People, _ *store.DB, _ *storetest.Clock) {
		token, err := p.EntryLink(t.Context(), "demo@example.com")
		must(t, err)
		u, err := p.Enter(t.Context(), token)
		must(t, err)
		for _, password := range []string{"", "anything at all", strings.Repeat("x", 5000)} {
			if _, err := p.SignIn(t.Context(), u.Email, password); !fault.Is(err, fault.Invalid) {
				t.Errorf("%.10q: %v", password, err)
			}
		}
		changed, err := p.ChangePassword(t.Context(), u.ID, "", "now it has one")
		must(t, err)
		if changed.Stamp() == u.Stamp() {
			t.Error("the stamp stays when the password changes")
		}
		if _, err := p.SignIn(t.Context(), "DEMO@example.com", "now it has one"); err != nil {
			t.Error(err)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, _ *people.People, db *store.DB, clock *storetest.Clock) {
		s := store.NewSessions(db, clock.Now)
		must(t, s.CommitCtx(t.Context(), "one", []byte{0, 1, 255}, clock.Now().Add(time.Hour)))
		must(t, s.CommitCtx(t.Context(), "one", []byte{2, 0}, clock.Now().Add(time.Hour)))
		data, found, err := s.FindCtx(t.Context(), "one")
		if err != nil || !found || string(data) != "\x02\x00" {
			t.Errorf("found %v %v %v", data, found, err)
		}
		clock.Move(2 * time.Hour)
		if _, found, err := s.FindCtx(t.Context(), "one"); found || err != nil {
			t.Errorf("an expired session is found: %v", err)
		}
		must(t, s.Sweep(t.Context()))
		must(t, s.DeleteCtx(t.Context(), "one"))
	})
}
