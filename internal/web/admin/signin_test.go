package admin_test

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"rejoinder/internal/people"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest"
)

func TestFirstStartSetsUpAnOwnerOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		token, err := h.people.SetupLink(t.Context())
		must(t, err)
		b := h.browser()
		b.get(200, "/setup/"+token) // looking at the link does not use it
		b.get(200, "/setup/"+token)
		b.post(422, "/setup/"+token, url.Values{"email": {"me"}, "password": {"long enough one"}})
		b.sees("Enter an e-mail address")
		b.post(422, "/setup/"+token, url.Values{"email": {"me@example.com"}, "password": {"short"}})
		b.sees("at least 10 characters", `value="me@example.com"`)
		b.post(200, "/setup/"+token, url.Values{"email": {"Me@Example.com"}, "password": {"long enough one"}})
		b.sees("Corner Coffee", "me@example.com", "Owner")

		h.browser().get(404, "/setup/"+token)
		h.browser().post(404, "/setup/"+token, url.Values{"email": {"you@example.com"}, "password": {"long enough one"}})
		again, err := h.people.SetupLink(t.Context())
		must(t, err)
		if again != "" {
			t.Error("a set-up link although there is an owner")
		}
	})
}

func TestSetUpMakesTheFirstShop(t *testing.T) {
	t.Parallel()
	h := emptyHouse(t)
	token, err := h.people.SetupLink(t.Context())
	must(t, err)
	b := h.browser()
	b.get(200, "/setup/"+token)
	b.sees("Shop name")
	form := url.Values{"email": {"me@example.com"}, "password": {"long enough one"}, "zone": {"America/Chicago"}}
	b.post(422, "/setup/"+token, form)
	b.sees("The shop needs a name")
	form.Set("name", "Corner Coffee")
	b.post(200, "/setup/"+token, form)
	b.sees("Corner Coffee", "Owner")
	shops, err := h.bridge.Shops(t.Context())
	must(t, err)
	if len(shops) != 1 || shops[0].Zone != "America/Chicago" {
		t.Errorf("shops: %+v", shops)
	}
}

// TestManySetUpAtOnce posts the first start's form several times at the same moment, as two people or a double
// click do: there is one shop afterwards, and it has an owner.
func TestManySetUpAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		h := newHouse(t, db, clock)
		token, err := h.people.SetupLink(t.Context())
		must(t, err)
		var wg sync.WaitGroup
		status := make([]int, 6)
		for i := range status {
			wg.Go(func() {
				who := string(rune('a' + i))
				form := url.Values{"email": {who + "@example.com"}, "password": {"long enough one"}, "zone": {"UTC"}, "name": {"Shop of " + who}}
				res, err := h.browser().jar.PostForm(h.server.URL+"/setup/"+token, form)
				if err != nil {
					t.Error(err)
					return
				}
				status[i] = res.StatusCode
				_ = res.Body.Close() // only the status is of interest
			})
		}
		wg.Wait()
		shops, err := h.bridge.Shops(t.Context())
		must(t, err)
		if len(shops) != 1 {
			t.Errorf("%d shops are made (statuses %v)", len(shops), status)
		}
		for _, s := range shops {
			members, err := h.people.Members(t.Context(), s.ID)
			must(t, err)
			if len(members) != 1 || members[0].Role != people.Owner {
				t.Errorf("the members of %s are %+v", s.Name, members)
			}
		}
	})
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		token, err := h.people.SetupLink(t.Context())
		must(t, err)
		_, err = h.people.SetUp(t.Context(), token, "me@example.com", "long enough one", people.NewShop{})
		must(t, err)

		b := h.browser()
		b.get(200, "/s/shop_one/customers")
		b.sees("Sign in", `name="next" value="/s/shop_one/customers"`)
		b.post(422, "/login", url.Values{"email": {"me@example.com"}, "password": {"wrong"}})
		b.sees("do not belong together", `value="me@example.com"`, `aria-invalid="true" required autofocus`)
		b.post(422, "/login", url.Values{"email": {"nobody@example.com"}, "password": {"wrong"}})
		b.sees("do not belong together")
		b.post(200, "/login", url.Values{"email": {"ME@example.com "}, "password": {"long enough one"}, "next": {"/s/shop_one/subscribers?status=pending"}})
		b.sees("Nobody found")
		b.post(200, "/logout", nil)
		b.sees("Sign in")
		b.get(200, "/s/shop_one/customers")
		b.sees("Sign in")

		b.post(200, "/login", url.Values{"email": {"me@example.com"}, "password": {"long enough one"}, "next": {"//evil.example/"}})
		b.sees("Corner Coffee")
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	b := h.browser()
	for range 5 {
		b.post(422, "/login", url.Values{"email": {"me@example.com"}, "password": {"wrong"}})
	}
	b.post(429, "/login", url.Values{"email": {"me@example.com"}, "password": {"wrong"}})
	b.sees("Too many tries")
}

func TestInvitationsAndRoles(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		owner := h.owner()
		owner.post(422, "/s/shop_one/settings/people", url.Values{"email": {"x"}, "role": {"agent"}})
		owner.sees("Enter an e-mail address")
		owner.post(200, "/s/shop_one/settings/people", url.Values{"email": {"agent@example.com"}, "role": {"agent"}})
		owner.sees("https://rejoinder.example/join/", "works until")
		_, rest, _ := strings.Cut(owner.last, "https://rejoinder.example/join/")
		token, _, _ := strings.Cut(rest, `"`)

		agent := h.browser()
		agent.get(200, "/join/"+token)
		agent.sees("Choose a password", "agent@example.com")
		agent.post(422, "/join/"+token, url.Values{"password": {"short"}})
		agent.post(200, "/join/"+token, url.Values{"password": {"ten letters long"}})
		agent.sees("Agent")
		h.browser().get(404, "/join/"+token)
		for _, path := range []string{"integrations", "triggers", "settings", "settings/api", "settings/hours", "settings/people"} {
			agent.get(403, "/s/shop_one/"+path)
		}
		agent.post(403, "/s/shop_one/settings/api", url.Values{"label": {"mine"}})

		// The only owner stays; with a second one the first may leave.
		members, err := h.people.Members(t.Context(), "shop_one")
		must(t, err)
		slices.SortFunc(members, func(a, b people.Member) int { return strings.Compare(b.Email, a.Email) })
		me, them := members[0], members[1] // owner@, agent@
		owner.post(200, "/s/shop_one/settings/people/"+me.UserID+"/role", url.Values{"role": {"agent"}})
		owner.sees("A shop needs an owner")
		owner.post(200, "/s/shop_one/settings/people/"+them.UserID+"/role", url.Values{"role": {"owner"}})
		agent.get(200, "/s/shop_one/settings/api")
		owner.post(200, "/s/shop_one/settings/people/"+them.UserID+"/remove", nil)
		agent.get(404, "/s/shop_one/")
	})
}

func TestAnInvitationOfSomebodyWithAnAccountAsksForTheirPassword(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	h.agent()
	second := h.addShop("shop_two", "Field Soap")
	token, err := h.people.Invite(t.Context(), second.ID, "agent@example.com", people.Owner)
	must(t, err)
	b := h.browser()
	b.get(200, "/join/"+token)
	b.sees("Your password")
	b.post(422, "/join/"+token, url.Values{"password": {"somebody else's"}})
	b.post(200, "/join/"+token, url.Values{"password": {"ten letters long"}})
	b.sees("Field Soap", "Corner Coffee") // the switch between shops
}

func TestChangingThePasswordSignsOtherDevicesOut(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	one := h.agent()
	two := h.browser()
	two.post(200, "/login", url.Values{"email": {"agent@example.com"}, "password": {"ten letters long"}})
	two.sees("Corner Coffee")
	one.post(422, "/me", url.Values{"old": {"wrong"}, "password": {"another long one"}})
	one.post(200, "/me", url.Values{"old": {"ten letters long"}, "password": {"another long one"}})
	one.sees("Your password is changed")
	two.get(200, "/s/shop_one/")
	two.sees("Sign in")
}

func TestTheDemosLinkWorksOnce(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	token, err := h.people.EntryLink(t.Context(), "owner@example.com")
	must(t, err)
	b := h.browser()
	b.get(200, "/enter/"+token)
	b.sees("Open the demo")
	b.post(200, "/enter/"+token, nil)
	b.sees("Take the tour")
	b.get(200, "/enter/"+token) // its owner is signed in and just goes on
	b.sees("Take the tour")
	h.browser().get(404, "/enter/"+token)
	h.browser().post(404, "/enter/"+token, nil)
}
