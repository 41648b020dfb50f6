package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/people"
	"rejoinder/internal/web"
)

// handler answers a request of a signed-in member of the shop in the path.
type handler func(w http.ResponseWriter, r *http.Request, v Visit) error

// Visit is who is here, and in which shop.
type Visit struct {
	User  people.User
	Role  people.Role
	Shop  bridge.Shop
	Shops []people.Membership // all the user may enter
	Zone  *time.Location      // the shop's
	admin *Admin
}

const (
	keyStamp = "stamp" // people.User.Stamp at sign-in
	keyShop  = "shop"  // the shop entered last
)

var (
	errSignIn = fault.New(fault.Unauthorized, "Please sign in.")
	errShop   = fault.New(fault.NotFound, "There is no page at this address.")
	errAgent  = fault.New(fault.Forbidden, "Only an owner of this shop can see or change this.")
)

// user returns who is signed in. A session made before the password was changed is nobody's.
func (a *Admin) user(r *http.Request) (people.User, error) {
	id := a.o.Kit.UserID(r)
	if id == "" {
		return people.User{}, errSignIn
	}
	u, err := a.o.People.User(r.Context(), id)
	if fault.Is(err, fault.NotFound) || err == nil && a.o.Kit.Sessions.GetString(r.Context(), keyStamp) != u.Stamp() {
		return people.User{}, errSignIn
	}
	return u, err
}

// Visit returns who is visiting the shop with that id: fault.Unauthorized when nobody is signed in,
// fault.NotFound when they are no member. The phone page uses it too.
func (a *Admin) Visit(r *http.Request, shopID string) (v Visit, err error) {
	v.admin = a
	if v.User, err = a.user(r); err != nil {
		return v, err
	}
	if v.Shops, err = a.o.People.Memberships(r.Context(), v.User.ID); err != nil {
		return v, err
	}
	i := slices.IndexFunc(v.Shops, func(m people.Membership) bool { return m.ShopID == shopID })
	if i < 0 {
		return v, errShop
	}
	v.Role = v.Shops[i].Role
	if v.Shop, err = a.o.Bridge.Shop(r.Context(), shopID); err != nil {
		return v, err
	}
	v.Zone = v.Shop.Location()
	if a.o.Kit.Sessions.GetString(r.Context(), keyShop) != shopID {
		a.o.Kit.Sessions.Put(r.Context(), keyShop, shopID)
	}
	return v, nil
}

// ToSignIn answers a request that needs a signed-in user: a page leads to sign-in and back, a form is refused.
func (a *Admin) ToSignIn(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return errSignIn
	}
	return web.SeeOther(w, r, "/login?"+url.Values{"next": {r.URL.RequestURI()}}.Encode())
}

func (a *Admin) member(h handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := a.Visit(r, r.PathValue("shop"))
		if fault.Is(err, fault.Unauthorized) {
			return a.ToSignIn(w, r)
		}
		if err != nil {
			return err
		}
		return h(w, r, v)
	}
}

func (a *Admin) owner(h handler) web.Handler {
	return a.member(func(w http.ResponseWriter, r *http.Request, v Visit) error {
		if v.Role != people.Owner {
			return errAgent
		}
		return h(w, r, v)
	})
}

// Path is the address of a page of the visited shop: v.Path("customers", id).
func (v Visit) Path(parts ...string) string {
	var b strings.Builder
	b.WriteString("/s/" + url.PathEscape(v.Shop.ID))
	for _, p := range parts {
		b.WriteString("/" + url.PathEscape(p))
	}
	if len(parts) == 0 {
		b.WriteString("/")
	}
	return b.String()
}

// Page returns a page of the shop with its navigation. Section is the key of the entry that is current.
func (v Visit) Page(section, title string, body any) web.Page {
	a := v.admin
	p := web.Page{
		Title: title, Section: section, Nav: v.nav(), Body: body,
		Shop: web.Shop{Name: v.Shop.Name, Href: v.Path()},
		User: web.User{Email: v.User.Email, Role: v.Role.Title(), SignOut: "/logout"},
	}
	for _, m := range v.Shops {
		p.Shops = append(p.Shops, web.Link{Label: m.ShopName, Href: "/s/" + url.PathEscape(m.ShopID) + "/", Current: m.ShopID == v.Shop.ID})
	}
	if a.o.Demo {
		p.Bar = &web.Bar{Text: "Demo: the clock stands at " + a.o.Now().In(v.Zone).Format("Monday, January 2, 3:04 PM") + "."}
		if a.o.Phone != nil {
			p.Bar.Link = web.Link{Label: "Move it", Href: a.o.Phone(v.Shop.ID, "")}
		}
	}
	return p
}

func (v Visit) nav() []web.NavGroup {
	item := func(key, label, icon string, parts ...string) web.NavItem {
		return web.NavItem{Key: key, Label: label, Icon: icon, Href: v.Path(parts...)}
	}
	owner := v.Role == people.Owner
	pick := func(mine bool, items ...web.NavItem) []web.NavItem {
		if mine {
			return items
		}
		return nil
	}
	groups := []web.NavGroup{
		{Items: slices.Concat(
			pick(true, item("home", "Home", "home")),
			pick(owner, item("integrations", "Integrations", "plug", "integrations"), item("triggers", "Triggers", "bolt", "triggers")),
			pick(true, item("customers", "Customers", "users", "customers"), item("deliveries", "Deliveries", "send", "deliveries")),
		)},
		{Title: "Messaging", Items: slices.Concat(
			pick(owner, item("automations", "Automations", "flow", "automations")),
			pick(true, item("responses", "Responses", "inbox", "responses")),
			pick(owner, item("keywords", "Keywords", "tag", "keywords")),
			pick(true, item("subscribers", "Subscribers", "user", "subscribers")),
		)},
		{Title: "Analytics", Items: pick(true, item("analytics", "Messages", "chart", "analytics"), item("readings", "Replies", "reply", "analytics", "replies"))},
		{Title: "Settings", Items: pick(owner,
			item("settings", "Shop", "gear", "settings"), item("replies", "Replies", "reply", "settings", "replies"),
			item("answers", "Answers", "message", "settings", "answers"), item("products", "Products", "box", "settings", "products"),
			item("api", "API", "key", "settings", "api"),
			item("hours", "Waking hours", "clock", "settings", "hours"), item("people", "People", "users", "settings", "people"),
		)},
	}
	if v.admin.o.Phone != nil {
		groups[0].Items = append(groups[0].Items, web.NavItem{Key: "phone", Label: "Phone", Icon: "phone", Href: v.admin.o.Phone(v.Shop.ID, "")})
	}
	return slices.DeleteFunc(groups, func(g web.NavGroup) bool { return len(g.Items) == 0 })
}

// done answers a form that succeeded: a sentence for the next page, and the way there.
func (v Visit) done(w http.ResponseWriter, r *http.Request, sentence, path string) error {
	v.admin.o.Kit.Flash(r, web.OK, sentence)
	return web.SeeOther(w, r, path)
}

// undone answers a form without fields of its own that a person could mend: the reason, back where they were.
// Any other error is returned.
func (v Visit) undone(w http.ResponseWriter, r *http.Request, err error, path string) error {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Unavailable:
		v.admin.o.Kit.Flash(r, web.Bad, fault.Message(err))
		return web.SeeOther(w, r, path)
	}
	return err
}

// today is the shop's calendar day, as fields of kind date write it.
func (v Visit) now() time.Time { return v.admin.o.Now().In(v.Zone) }

// render shows a page, with 422 when its form has problems.
func (a *Admin) render(w http.ResponseWriter, r *http.Request, name string, p web.Page, problems web.Problems) error {
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return a.set.Render(w, r, status, name, p)
}

// field reads one trimmed field of a form.
func field(r *http.Request, name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }

// LastShop returns the shop this session entered last, or "".
func (a *Admin) LastShop(r *http.Request) string {
	return a.o.Kit.Sessions.GetString(r.Context(), keyShop)
}
