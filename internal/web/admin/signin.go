package admin

import (
	"net/http"
	"net/url"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/people"
	"rejoinder/internal/web"
)

// signIn is the body of login.html.
type signIn struct {
	Email, Next string
	Problems    web.Problems
}

// start leads to the shop that was entered last, or to sign-in.
func (a *Admin) start(w http.ResponseWriter, r *http.Request) error {
	u, err := a.user(r)
	if fault.Is(err, fault.Unauthorized) {
		return web.SeeOther(w, r, "/login")
	}
	if err != nil {
		return err
	}
	shops, err := a.o.People.Memberships(r.Context(), u.ID)
	if err != nil {
		return err
	}
	if len(shops) == 0 {
		return fault.New(fault.Forbidden, "You are no member of any shop. Ask an owner to invite you.")
	}
	at := shops[0].ShopID
	for _, m := range shops {
		if m.ShopID == a.o.Kit.Sessions.GetString(r.Context(), keyShop) {
			at = m.ShopID
		}
	}
	return web.SeeOther(w, r, "/s/"+url.PathEscape(at)+"/")
}

func (a *Admin) loginPage(w http.ResponseWriter, r *http.Request) error {
	if _, err := a.user(r); err == nil {
		return web.SeeOther(w, r, local(r.FormValue("next")))
	}
	return a.plain(w, r, "login.html", "Sign in", "", signIn{Next: r.FormValue("next")}, nil)
}

func (a *Admin) login(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	body := signIn{Email: field(r, "email"), Next: r.PostForm.Get("next")}
	address := a.o.Kit.ClientAddr(r)
	err := a.o.Throttle.Begin(body.Email, address)
	if err != nil {
		body.Problems = web.Problems{"": fault.Message(err)}
		return a.set.Render(w, r, http.StatusTooManyRequests, "login.html", plainPage("Sign in", "", body))
	}
	u, err := a.o.People.SignIn(r.Context(), body.Email, r.PostForm.Get("password"))
	if body.Problems = web.ProblemsOf(err); body.Problems != nil {
		return a.plain(w, r, "login.html", "Sign in", "", body, body.Problems)
	}
	if err != nil {
		return err
	}
	a.o.Throttle.Succeeded(body.Email, address)
	return a.welcome(w, r, u, local(body.Next))
}

// welcome signs u in and goes to path.
func (a *Admin) welcome(w http.ResponseWriter, r *http.Request, u people.User, path string) error {
	if err := a.o.Kit.SignIn(r, u.ID); err != nil {
		return err
	}
	a.o.Kit.Sessions.Put(r.Context(), keyStamp, u.Stamp())
	return web.SeeOther(w, r, path)
}

func (a *Admin) logout(w http.ResponseWriter, r *http.Request) error {
	if err := a.o.Kit.SignOut(r); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/login")
}

// setUp is the body of setup.html.
type setUp struct {
	Email, Shop, Zone string
	NeedsShop         bool // nobody has made a shop yet
	Zones             []web.Option
	Problems          web.Problems
}

func (a *Admin) setupPage(w http.ResponseWriter, r *http.Request) error {
	body, err := a.setupBody(r)
	if err != nil {
		return err
	}
	body.Zone = "America/New_York"
	return a.plain(w, r, "setup.html", "Set up Rejoinder", "Make the first account. It owns everything here and can invite others.", body, nil)
}

func (a *Admin) setupBody(r *http.Request) (body setUp, err error) {
	if _, err := a.o.People.Link(r.Context(), people.ForSetup, r.PathValue("token")); err != nil {
		return body, err
	}
	shops, err := a.o.Bridge.Shops(r.Context())
	body.NeedsShop, body.Zones = len(shops) == 0, zoneOptions("")
	return body, err
}

func (a *Admin) setup(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	body, err := a.setupBody(r)
	if err != nil {
		return err
	}
	body.Email, body.Shop, body.Zone = field(r, "email"), field(r, "name"), field(r, "zone")
	body.Zones = zoneOptions(body.Zone)
	// What can be refused is refused before anything is made.
	for _, err := range []error{people.CheckEmail(body.Email), people.CheckPassword(r.PostForm.Get("password"))} {
		if body.Problems == nil {
			body.Problems = web.ProblemsOf(err)
		}
	}
	shop := bridge.Shop{ID: ident.New("shop", a.o.Now()), Name: body.Shop, Zone: body.Zone}
	if body.NeedsShop && body.Problems == nil {
		body.Problems = web.ProblemsOf(shop.Check())
	}
	if body.Problems != nil {
		return a.plain(w, r, "setup.html", "Set up Rejoinder", "", body, body.Problems)
	}
	var first people.NewShop
	if body.NeedsShop {
		first = people.NewShop{ID: shop.ID, Name: shop.Name, Zone: shop.Zone}
	}
	u, err := a.o.People.SetUp(r.Context(), r.PathValue("token"), body.Email, r.PostForm.Get("password"), first)
	if err != nil {
		return err
	}
	return a.welcome(w, r, u, "/")
}

// entry is the body of enter.html.
type entry struct{ Email string }

// enterPage shows a button: the link itself signs nobody in, so that looking at it does not use it up.
func (a *Admin) enterPage(w http.ResponseWriter, r *http.Request) error {
	l, err := a.o.People.Link(r.Context(), people.ForEntry, r.PathValue("token"))
	if fault.Is(err, fault.NotFound) {
		if _, err := a.user(r); err == nil {
			return web.SeeOther(w, r, "/") // the terminal's link, followed again
		}
	}
	if err != nil {
		return err
	}
	return a.plain(w, r, "enter.html", "Welcome", "A sample shop is ready. Nothing here reaches a real person.", entry{Email: l.Email}, nil)
}

func (a *Admin) enter(w http.ResponseWriter, r *http.Request) error {
	u, err := a.o.People.Enter(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return a.welcome(w, r, u, "/")
}

// joining is the body of join.html.
type joining struct {
	Email, Shop, Role string
	Known             bool // the address has an account: its password is asked for
	Problems          web.Problems
}

func (a *Admin) joiningBody(r *http.Request) (body joining, err error) {
	l, err := a.o.People.Link(r.Context(), people.ForInvite, r.PathValue("token"))
	if err != nil {
		return body, err
	}
	body = joining{Email: l.Email, Shop: l.ShopName, Role: strings.ToLower(l.Role.Title())}
	body.Known, err = a.o.People.HasAccount(r.Context(), l.Email)
	return body, err
}

func (a *Admin) joinPage(w http.ResponseWriter, r *http.Request) error {
	body, err := a.joiningBody(r)
	if err != nil {
		return err
	}
	return a.plain(w, r, "join.html", "Join "+body.Shop, "", body, nil)
}

func (a *Admin) join(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	body, err := a.joiningBody(r)
	if err != nil {
		return err
	}
	address := a.o.Kit.ClientAddr(r)
	if err := a.o.Throttle.Begin(body.Email, address); err != nil {
		return err
	}
	u, l, err := a.o.People.Accept(r.Context(), r.PathValue("token"), r.PostForm.Get("password"))
	if body.Problems = web.ProblemsOf(err); body.Problems != nil {
		return a.plain(w, r, "join.html", "Join "+body.Shop, "", body, body.Problems)
	}
	if err != nil {
		return err
	}
	a.o.Throttle.Succeeded(body.Email, address)
	return a.welcome(w, r, u, "/s/"+url.PathEscape(l.ShopID)+"/")
}

// password is the body of me.html.
type password struct {
	Email    string
	HasOld   bool
	Problems web.Problems
}

func (a *Admin) mePage(w http.ResponseWriter, r *http.Request) error {
	u, err := a.user(r)
	if fault.Is(err, fault.Unauthorized) {
		return a.ToSignIn(w, r)
	}
	if err != nil {
		return err
	}
	return a.plain(w, r, "me.html", "Your password", "", password{Email: u.Email, HasOld: u.Hash != ""}, nil)
}

func (a *Admin) me(w http.ResponseWriter, r *http.Request) error {
	u, err := a.user(r)
	if err != nil {
		return err
	}
	if err := web.ParseForm(r); err != nil {
		return err
	}
	if err := a.o.Throttle.Begin(u.Email, a.o.Kit.ClientAddr(r)); err != nil {
		return err
	}
	changed, err := a.o.People.ChangePassword(r.Context(), u.ID, r.PostForm.Get("old"), r.PostForm.Get("password"))
	if problems := web.ProblemsOf(err); problems != nil {
		return a.plain(w, r, "me.html", "Your password", "", password{Email: u.Email, HasOld: u.Hash != "", Problems: problems}, problems)
	}
	if err != nil {
		return err
	}
	a.o.Throttle.Succeeded(u.Email, a.o.Kit.ClientAddr(r))
	if err := a.o.Kit.SignIn(r, changed.ID); err != nil {
		return err
	}
	a.o.Kit.Sessions.Put(r.Context(), keyStamp, changed.Stamp())
	a.o.Kit.Flash(r, web.OK, "Your password is changed. Other devices are signed out.")
	return web.SeeOther(w, r, "/")
}

func plainPage(title, lead string, body any) web.Page {
	return web.Page{Title: title, Lead: lead, Frame: web.FramePlain, Body: body}
}

// plain shows a page of one column.
func (a *Admin) plain(w http.ResponseWriter, r *http.Request, name, title, lead string, body any, problems web.Problems) error {
	return a.render(w, r, name, plainPage(title, lead, body), problems)
}

// local keeps only addresses on this site, so that sign-in cannot be made to lead elsewhere.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") {
		return "/"
	}
	// The path as it was decoded: /%2Fevil.example would go out as //evil.example, which is another site.
	if strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return "/"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}
