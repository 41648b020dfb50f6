package app

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/bridge"
)

// reader is a signed-in owner's browser over the program's pages, without scripts.
type reader struct {
	t      *testing.T
	base   string
	client *http.Client
}

func (a *App) reader(t *testing.T) *reader {
	t.Helper()
	h, err := a.routes()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	token, err := a.people.EntryLink(t.Context(), "owner@example.com")
	if err != nil {
		t.Fatal(err)
	}
	b := &reader{t: t, base: server.URL, client: &http.Client{Jar: jar}}
	b.post("/enter/"+token, nil)
	return b
}

// get opens a page and returns it with the address it ended at.
func (b *reader) get(path string) (page, at string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.base+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(req)
}

func (b *reader) post(path string, form url.Values) (page, at string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

func (b *reader) do(req *http.Request) (page, at string) {
	b.t.Helper()
	res, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		b.t.Fatalf("%s %s: %d\n%s", req.Method, req.URL.Path, res.StatusCode, body)
	}
	return string(body), res.Request.URL.RequestURI()
}

var (
	addresses  = regexp.MustCompile(`\b(?:href|action|formaction|src|data-poll|data-preview)="([^"]*)"`)
	linksOf    = regexp.MustCompile(`\b(?:href|data-poll)="(/[^"]*)"`)
	formsOf    = regexp.MustCompile(`(?s)<form\b([^>]*)>(.*?)</form>`)
	inputsOf   = regexp.MustCompile(`<(?:input|textarea)\b[^>]*>`)
	harmlessIn = regexp.MustCompile(`\btype="(?:hidden|date|checkbox|radio|submit)"`)
	idsOf      = regexp.MustCompile(`\b[a-z]+_[a-z0-9]{20,}\b`)
)

// TestNoAddressCarriesAPerson follows every link there is, from Home through both sample shops, after things have
// happened, and reads all addresses of all pages: none holds a number, an e-mail address or the words of a text, and
// no form with room for them is sent as part of one. Addresses are kept in histories and in the logs of every proxy.
func TestNoAddressCarriesAPerson(t *testing.T) {
	t.Parallel()
	a := demo(t)
	ana := a.customer(t, "Ana")
	a.notice(t, ana)
	a.say(t, ana, "SKIP")
	a.say(t, ana, "do you sell filters?")
	a.to(t, a.Now().Add(2*time.Minute))
	private := a.persons(t)
	b := a.reader(t)
	seen, samples := map[string]bool{}, map[string]int{}
	queue := []string{"/", "/login?next=%2Fme", "/me", "/s/" + SampleShop + "/customers?q=x", a.account(t, ana)}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		page, at := b.get(path)
		for _, wrong := range faults(page, at, private) {
			t.Errorf("%s: %s", path, wrong)
		}
		for _, link := range matches(linksOf, page) {
			// Two of a kind are enough: they come from the same template.
			kind := idsOf.ReplaceAllString(link, "*")
			if strings.HasPrefix(link, "/assets/") || seen[link] || samples[kind] == 2 {
				continue
			}
			seen[link] = true
			samples[kind]++
			queue = append(queue, link)
		}
	}
	for _, section := range []string{
		"", "integrations", "triggers", "customers", "customers/*", "deliveries", "deliveries/*", "phone", "phone/*", "phone/*/people", "automations", "automations/*",
		"responses", "responses/*", "keywords", "subscribers", "subscribers/*", "analytics", "analytics/replies", "settings", "settings/replies", "settings/answers", "settings/products", "settings/api", "settings/hours", "settings/people",
	} {
		if at := "/s/" + SampleShop + "/" + section; samples[at] == 0 {
			t.Errorf("no link led to %s", at)
		}
	}
	for _, list := range []string{"customers", "subscribers", "phone"} {
		page, at := b.post("/s/"+SampleShop+"/"+list, url.Values{"q": {string(ana.Phone)}})
		if !strings.Contains(page, ">Ana") {
			t.Errorf("%s does not find Ana by number", list)
		}
		for _, wrong := range faults(page, at, private) {
			t.Errorf("%s, searched: %s", list, wrong)
		}
	}
}

// persons are the parts of what must stand in no address: numbers, e-mail addresses, texts.
func (a *App) persons(t *testing.T) (private []string) {
	t.Helper()
	for _, shop := range []string{SampleShop, SampleOtherShop} {
		list, _, err := a.Bridge.Customers(t.Context(), shop, "", "", 200)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			private = append(private, strings.TrimPrefix(string(c.Phone), "+1"), c.Email)
		}
	}
	private = append(private, "@", "filters", "SKIP")
	return slices.DeleteFunc(private, func(s string) bool { return s == "" })
}

// account is the path of a customer's own page.
func (a *App) account(t *testing.T, c bridge.Customer) string {
	t.Helper()
	shop, err := a.Bridge.Shop(t.Context(), SampleShop)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(a.Bridge.AccountLink(shop, c.ID))
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

// matches are the addresses on a page that a pattern finds.
func matches(pattern *regexp.Regexp, page string) (list []string) {
	for _, m := range pattern.FindAllStringSubmatch(page, -1) {
		list = append(list, strings.ReplaceAll(m[1], "&amp;", "&"))
	}
	return list
}

// faults says what is wrong with the addresses of a page.
func faults(page, at string, private []string) (list []string) {
	for _, address := range append(matches(addresses, page), at) {
		plain, err := url.QueryUnescape(address)
		if err != nil {
			list = append(list, fmt.Sprintf("%q is no address: %v", address, err))
		}
		for _, p := range private {
			if strings.Contains(plain, p) {
				list = append(list, fmt.Sprintf("the address %q carries %q", address, p))
			}
		}
	}
	for _, form := range formsOf.FindAllStringSubmatch(page, -1) {
		if strings.Contains(form[1], `method="post"`) {
			continue
		}
		for _, input := range inputsOf.FindAllString(form[2], -1) {
			if !harmlessIn.MatchString(input) {
				list = append(list, fmt.Sprintf("a form that is no POST has %s", input))
			}
		}
	}
	return list
}

// TestFaultsOfAddressesAreNoticed gives the check pages that break the promise.
func TestFaultsOfAddressesAreNoticed(t *testing.T) {
	t.Parallel()
	private := []string{"2125550142", "@"}
	for name, c := range map[string]struct {
		page, at string
		wrong    bool
	}{
		"a search by GET":           {`<form class="x" role="search"><input type="search" name="q"></form>`, "/", true},
		"a text box by GET":         {`<form method="get"><textarea name="note"></textarea></form>`, "/", true},
		"dates and choices by GET":  {`<form method="get"><input type="date" name="from"><select name="state"></select></form>`, "/", false},
		"a search by POST":          {`<form method="post" action="/s"><input type="search" name="q" value="+12125550142"></form>`, "/", false},
		"a number in a link":        {`<a href="/s?phone=%2B12125550142">`, "/", true},
		"an address in a polling":   {`<p data-poll="/s/people?q=ana%40example.com">`, "/", true},
		"a number after a redirect": {``, "/login?next=%2Fs%3Fq%3D2125550142", true},
		"an id":                     {`<a href="/s/shop_1/customers/cus_0000">`, "/s/shop_1", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := faults(c.page, c.at, private); (len(got) > 0) != c.wrong {
				t.Errorf("faults: %q", got)
			}
		})
	}
}
