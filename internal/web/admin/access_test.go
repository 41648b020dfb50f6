package admin_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rejoinder/internal/app"
)

// route is one line of admin.go's list of routes.
type route struct{ who, method, path string }

var routeLine = regexp.MustCompile(`(open|member|owner|HandleUpload\(maxUpload, a\.owner)?\(?"?(GET|POST) (/[^"]*)"`)

// routes reads the list of routes from the source, so that none can be forgotten here.
func routes(t *testing.T) (list []route) {
	t.Helper()
	source, err := os.ReadFile("admin.go")
	must(t, err)
	for line := range strings.Lines(string(source)) {
		m := routeLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		r := route{who: m[1], method: m[2], path: m[3]}
		if strings.Contains(line, "a.owner(") {
			r.who = "owner"
		}
		list = append(list, r)
	}
	if len(list) < 50 {
		t.Fatalf("found only %d routes", len(list))
	}
	return list
}

// ids are real ids of one shop for every wildcard of the routes.
func (x *sample) ids(shop string) map[string]string {
	x.t.Helper()
	ctx := x.t.Context()
	ids := map[string]string{"shop": shop, "trigger": "UpcomingOrder", "engine": "legacy"}
	customers, _, err := x.bridge.Customers(ctx, shop, "", "", 1)
	must(x.t, err)
	ids["customer"] = customers[0].ID
	sent, err := x.bridge.TestSend(ctx, shop, "OrderSkipped", customers[0].ID)
	must(x.t, err)
	ids["delivery"] = sent.ID
	in, err := x.texting.Inbound(ctx, shop, string(customers[0].Phone), "hello?", "hello-"+shop)
	must(x.t, err)
	ids["person"], ids["subscriber"] = in.ID, in.SubscriberID
	automations, err := x.texting.Automations(ctx, shop)
	must(x.t, err)
	ids["automation"] = automations[0].ID
	token, _, err := x.bridge.CreateAPIToken(ctx, shop, "a")
	must(x.t, err)
	ids["token"] = token.ID
	end, _, err := x.bridge.CreateEndpoint(ctx, shop, "https://hooks.example.com/"+shop)
	must(x.t, err)
	ids["endpoint"] = end.ID
	kw := keyword(shop)
	kw, _, err = x.texting.SaveKeyword(ctx, kw)
	must(x.t, err)
	ids["keyword"] = kw.ID
	pair, _, err := x.texting.CreateKeyPair(ctx, shop, "")
	must(x.t, err)
	ids["key"] = pair.ID
	members, err := x.people.Members(ctx, shop)
	must(x.t, err)
	ids["user"] = members[0].UserID
	_, err = x.people.Invite(ctx, shop, "guest@"+shop+".example", "agent")
	must(x.t, err)
	links, err := x.people.Invitations(ctx, shop)
	must(x.t, err)
	ids["link"] = links[0].Hash
	return ids
}

var wildcard = regexp.MustCompile(`\{([a-z]+)\}|\{\$\}`)

func (r route) with(ids map[string]string) string {
	return wildcard.ReplaceAllStringFunc(r.path, func(w string) string { return ids[strings.Trim(w, "{$}")] })
}

// TestWhoMayGoWhere tries every route signed out, as an agent, as an owner, in a shop that is not theirs, and in
// their own shop with the ids of another's things.
func TestWhoMayGoWhere(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	owner := x.owner() // of both sample shops
	agent := x.agent() // of the first alone
	mine, theirs := x.ids(app.SampleShop), x.ids(app.SampleOtherShop)
	stranger := x.browser()
	for _, r := range routes(t) {
		if !strings.HasPrefix(r.path, "/s/") {
			continue
		}
		name := r.method + " " + r.path
		try := func(b *browser, status int, path string) {
			t.Helper()
			if r.method == "GET" {
				b.get(status, path)
			} else {
				b.post(status, path, nil)
			}
		}
		// Signed out: pages lead to sign-in, forms are refused.
		if r.method == "GET" {
			try(stranger, 200, r.with(mine))
			stranger.sees("Sign in")
		} else {
			try(stranger, 401, r.with(mine))
		}
		// A shop that is not theirs is not there; nor are its things in their own shop.
		try(agent, 404, r.with(theirs))
		if foreign := mixed(r, mine, theirs); foreign != "" {
			switch {
			case r.who == "owner":
				try(agent, 403, foreign)
				if !harmless[name] {
					try(owner, 404, foreign)
				}
			default:
				if r.method == "POST" && harmless[name] {
					continue
				}
				try(agent, 404, foreign)
			}
		}
		if r.who == "owner" {
			try(agent, 403, r.with(mine))
		} else if r.method == "GET" {
			try(agent, 200, r.with(mine))
		}
		if r.method == "GET" {
			try(owner, 200, r.with(mine))
		}
	}
}

// harmless are forms that do not look at the thing before the form itself, which is empty in this test, is refused.
var harmless = map[string]bool{
	"POST /s/{shop}/integrations/webhooks/{endpoint}": true,
	"POST /s/{shop}/settings/people/{user}/role":      true,
	"POST /s/{shop}/keywords/{keyword}":               true,
	"POST /s/{shop}/automations/new/{engine}/custom":  true,
	"POST /s/{shop}/customers/{customer}":             true,
	"POST /s/{shop}/responses/{person}":               true,
	"POST /s/{shop}/triggers/{trigger}":               true,
	"GET /s/{shop}/settings/api/{key}/show":           true, // they only lead back to the list
	"GET /s/{shop}/keywords/{keyword}":                true,
	"POST /s/{shop}/triggers/{trigger}/test":          true,
	"POST /s/{shop}/settings/people/{user}/remove":    true, // the same owner is in both
	"GET /s/{shop}/automations/new/{engine}":          true,
	"GET /s/{shop}/automations/new/{engine}/custom":   true,
}

// mixed is the path with another shop's thing in our own shop, or "" when the route names none.
func mixed(r route, mine, theirs map[string]string) string {
	names := wildcard.FindAllStringSubmatch(r.path, -1)
	if !slices.ContainsFunc(names, func(m []string) bool { return m[1] != "" && m[1] != "shop" }) {
		return ""
	}
	ids := map[string]string{}
	for k, v := range theirs {
		ids[k] = v
	}
	ids["shop"] = mine["shop"]
	return r.with(ids)
}

// TestAnothersThingsAreOutOfReach posts real forms about another shop's things.
func TestAnothersThingsAreOutOfReach(t *testing.T) {
	t.Parallel()
	x := newSample(t)
	x.connect()
	b := x.owner()
	theirs := x.ids(app.SampleOtherShop)
	b.post(404, s("customers/"+theirs["customer"]), form("do", "skip", "order", "2030-01-01", "form", "one"))
	b.post(404, s("responses/"+theirs["person"]), form("do", "answer", "body", "hello"))
	b.post(404, s("responses/"+theirs["person"]), form("do", "opt-out"))
	b.post(404, s("responses/"+theirs["person"]), form("do", "settle"))
	b.post(404, s("keywords/"+theirs["keyword"]), form("word", "OURS", "reply", "ours now"))
	b.post(404, s("triggers/OrderSkipped/test"), form("customer", theirs["customer"]))
	b.post(404, s("integrations/webhooks/"+theirs["endpoint"]), form("do", "test"))
	b.post(404, s("integrations/webhooks/"+theirs["endpoint"]), form("do", "delete"))
	b.post(404, s("integrations/webhooks/"+theirs["endpoint"]), form("do", "off"))
	b.get(404, s("triggers?customer="+theirs["customer"]))
	b.get(404, s("nowhere"))
	b.get(404, "/s/shop_nowhere/")
	b.post(405, s("analytics"), nil)

	end, err := x.bridge.Endpoint(t.Context(), app.SampleOtherShop, theirs["endpoint"])
	if err != nil || !end.Active {
		t.Errorf("the other shop's endpoint: %+v, %v", end, err)
	}
}
