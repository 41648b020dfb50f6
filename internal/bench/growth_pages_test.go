//go:build linux

package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/internal/app"
	"rejoinder/internal/config"
	"rejoinder/internal/store"
	"rejoinder/internal/store/storetest/load"
	"rejoinder/internal/texting"
	"rejoinder/internal/web"
	"rejoinder/internal/web/admin"
)

// view is one page as it is opened.
type view struct {
	name string // the route, with what stands behind it
	path string
	form url.Values // of a search; nil: it is a GET
}

// viewed is how long a view took, each time.
type viewed struct {
	view
	took spread
}

// routes takes down the patterns of all pages, so that a new page is measured without anybody thinking of it.
type routes []string

func (r *routes) Handle(pattern string, _ http.Handler) { *r = append(*r, pattern) }

// adminRoutes are the patterns of the merchant's pages.
func adminRoutes(b *testing.B) (r routes) {
	b.Helper()
	kit, err := web.New(web.Options{Sessions: store.NewSessions(nil, time.Now)})
	if err != nil {
		b.Fatal(err)
	}
	pages, err := admin.New(admin.Options{Kit: kit})
	if err != nil {
		b.Fatal(err)
	}
	pages.Routes(&r)
	return r
}

// again are views of pages that have a filter, a search or a second page. What they show depends on it, and so does what
// they cost.
func again(bk load.Book) []view {
	shop := "/s/" + load.ShopID(0) + "/"
	customer := 3 * (bk.Customers / 8) // in the midst of the book
	find := func(page, what, typed string) view {
		return view{"search " + page + ": " + what, shop + page, url.Values{"q": {typed}}}
	}
	var list []view
	for _, page := range []string{"customers", "subscribers"} {
		list = append(list,
			find(page, "a number", load.Phone(customer)),
			find(page, "a name", fmt.Sprintf("sample customer %d", customer)),
			find(page, "a surname", fmt.Sprintf("customer %d", customer)),
			find(page, "an e-mail", fmt.Sprintf("c%d@mail", customer)),
			find(page, "everybody", "sample"),
			find(page, "nobody", "zzzz"))
	}
	for _, address := range []string{
		"customers?before=" + load.CustomerID(customer),
		"subscribers?status=opted_out", "subscribers?status=pending", "subscribers?before=" + load.Subscriber(customer),
		"deliveries?state=refused", "deliveries?state=queued", "deliveries?trigger=OrderSkipped", "deliveries?trigger=PaymentMethodFailed",
		"deliveries?before=" + load.DeliveryID(bk.Past/2),
		"responses?show=person", "responses?show=unread", "responses?before=" + load.InboundID(bk.Past/6*3),
		"analytics?range=today", "analytics?range=30", "customers/" + load.CustomerID(3) + "?before=2026-01-01T00:00:00Z",
	} {
		name, _, _ := strings.Cut(address, load.CustomerID(3))
		if before, _, ok := strings.Cut(address, "before="); ok {
			name = before + "before=…"
		}
		list = append(list, view{"GET /s/{shop}/" + name, shop + address, nil})
	}
	return list
}

// program opens the whole program on a database; the caller closes it.
func program(b *testing.B, s config.Settings) *app.App {
	b.Helper()
	resolved, err := s.Resolve()
	if err != nil {
		b.Fatal(err)
	}
	a, err := app.Open(b.Context(), app.Options{Settings: resolved, Version: "bench", Local: true, Log: app.NewLog(b.Output(), resolved, false)})
	if err != nil {
		b.Fatal(err)
	}
	return a
}

// connectLarge makes the shops and connects the large one while it has no customers, as a merchant would.
func connectLarge(b *testing.B, o store.Options, s config.Settings, bk load.Book) {
	b.Helper()
	bk.Customers = 0
	if err := load.Fill(b.Context(), o, bk); err != nil {
		b.Fatal(err)
	}
	a := program(b, s)
	if err := errors.Join(connectShop(b.Context(), a, load.ShopID(0)), a.Close()); err != nil {
		b.Fatal(err)
	}
}

// viewAll opens every page of the large shop again and again and returns how long each took, the slowest first.
func viewAll(b *testing.B, s config.Settings, bk load.Book) (all []viewed) {
	b.Helper()
	a := program(b, s)
	defer func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	}()
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	failed := make(chan error, 1)
	if err := a.Run(ctx, func(addr string) {
		go func() {
			defer stop()
			var err error
			all, err = views(b, a, "http://"+addr, bk)
			failed <- err
		}()
	}); err != nil {
		b.Fatal(err)
	}
	if err := <-failed; err != nil {
		b.Fatal(err)
	}
	slices.SortFunc(all, func(x, y viewed) int { return cmp.Compare(y.took.at(0.5), x.took.at(0.5)) })
	for _, v := range all {
		logged(b, "%-12s %-12s %s", measure{"", v.took.at(0.5), seconds}, measure{"", v.took.at(1), seconds}, v.name)
	}
	return all
}

func views(b *testing.B, a *app.App, base string, bk load.Book) (all []viewed, err error) {
	// As the upkeep of every hour has done by then.
	if err := errors.Join(a.Bridge.KeepDays(b.Context(), load.ShopID(0), 84), a.Texting.KeepDays(b.Context(), load.ShopID(0), 31)); err != nil {
		return nil, err
	}
	ids, err := idsFor(b.Context(), a, bk)
	if err != nil {
		return nil, err
	}
	var list []view
	for _, pattern := range adminRoutes(b) {
		path, get := strings.CutPrefix(pattern, "GET ")
		if !get || strings.Contains(path, "{token}") && !strings.HasPrefix(path, "/s/") {
			continue // forms, and the links by which people come in: their owner is inside
		}
		if path, err = filled(path, ids); err != nil {
			return nil, err
		}
		list = append(list, view{pattern, path, nil})
	}
	list = append(list, again(bk)...)

	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	link, err := a.SignInLink(b.Context(), "owner@bench.example")
	if err != nil {
		return nil, err
	}
	if _, err := fetch(b.Context(), client, base, view{"sign in", link[strings.Index(link, "/enter/"):], url.Values{}}); err != nil {
		return nil, err
	}
	for _, v := range list {
		one := viewed{view: v}
		for n := range 11 {
			took, err := fetch(b.Context(), client, base, v)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				one.took = append(one.took, took)
			}
			if n > 0 && took > 2*time.Second {
				break // ten times that would say no more
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// fetch opens a page once, to its last byte; of a file, which may be all a shop has, to its first. One that the program itself gives up, because it takes too long, is no error:
// that is what is measured.
func fetch(ctx context.Context, client *http.Client, base string, v view) (time.Duration, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if v.form != nil {
		method, body = http.MethodPost, strings.NewReader(v.form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, base+v.path, body)
	if err != nil {
		return 0, err
	}
	if v.form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	start := time.Now()
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	if strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") {
		if _, err := io.ReadFull(res.Body, make([]byte, 1)); err != nil {
			return 0, err
		}
		return time.Since(start), nil
	}
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return 0, err
	}
	if res.StatusCode >= 400 && res.StatusCode != http.StatusServiceUnavailable || strings.HasPrefix(res.Header.Get("Location"), "/login") {
		return 0, fmt.Errorf("%s: %s %s", v.name, res.Status, res.Header.Get("Location"))
	}
	return time.Since(start), nil
}

// filled puts ids where a pattern has wildcards. An unknown one is an error: whoever adds a page says here what to open.
func filled(path string, ids map[string]string) (string, error) {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		name, wild := strings.CutPrefix(p, "{")
		if !wild {
			continue
		}
		id, ok := ids[strings.TrimSuffix(name, "}")]
		if !ok {
			return "", fmt.Errorf("the bench knows no id for {%s in %s: add one to idsFor", name, path)
		}
		parts[i] = id
	}
	return strings.Join(parts, "/"), nil
}

// idsFor are things of the large shop for every wildcard.
func idsFor(ctx context.Context, a *app.App, bk load.Book) (map[string]string, error) {
	shop := load.ShopID(0)
	ids := map[string]string{
		"$": "", "shop": shop, "trigger": "UpcomingOrder", "engine": "legacy", "endpoint": load.EndpointID, "user": "",
		"customer": load.CustomerID(3), "delivery": load.DeliveryID(3), "person": load.InboundID(3), "subscriber": load.Subscriber(3),
	}
	automations, err := a.Texting.Automations(ctx, shop)
	if err != nil {
		return nil, err
	}
	ids["automation"] = automations[0].ID
	keyword, _, err := a.Texting.SaveKeyword(ctx, texting.Keyword{ShopID: shop, Word: "BENCH", Reply: "Welcome to {shop_name}.", Active: true})
	if err != nil {
		return nil, err
	}
	ids["keyword"] = keyword.ID
	token, _, err := a.Bridge.CreateAPIToken(ctx, shop, "bench")
	if err != nil {
		return nil, err
	}
	ids["token"] = token.ID
	pair, _, err := a.Texting.CreateKeyPair(ctx, shop, "bench")
	ids["key"] = pair.ID
	return ids, err
}

// longest is the longest of all single views.
func longest(all []viewed) (most float64) {
	for _, v := range all {
		most = max(most, v.took.at(1))
	}
	return most
}

// mostGrown is by how much the page grew that did most, by its median, and which that is.
func mostGrown(small, large []viewed) (most float64, name string) {
	const least = 0.010 // seconds: nobody sees a difference below it
	before := map[string]float64{}
	for _, v := range small {
		before[v.name] = v.took.at(0.5)
	}
	for _, v := range large {
		if grown := max(v.took.at(0.5), least) / max(before[v.name], least); grown > most {
			most, name = grown, v.name
		}
	}
	return most, name
}
