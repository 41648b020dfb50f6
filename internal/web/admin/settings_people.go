package admin

import (
	"net/http"
	"net/url"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/ident"
	"rejoinder/internal/people"
	"rejoinder/internal/web"
)

// peopleBody is the body of people.html.
type peopleBody struct {
	Visit       Visit
	Members     []memberRow
	Invitations []invitationRow
	Email, Role string // the form to invite
	Roles       []web.Option
	Link        *web.Secret // a fresh invitation, shown once
	Problems    web.Problems
	Shop        string // the form to add a shop
}

type memberRow struct {
	people.Member
	Me     bool
	Action string
}

type invitationRow struct {
	people.Link
	Action string
}

func (a *Admin) peoplePage(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showPeople(w, r, v, peopleBody{Role: string(people.Agent)})
}

func (a *Admin) showPeople(w http.ResponseWriter, r *http.Request, v Visit, body peopleBody) error {
	body.Visit = v
	body.Roles = []web.Option{{Value: string(people.Agent), Label: "Agent: customers and replies"}, {Value: string(people.Owner), Label: "Owner: everything"}}
	members, err := a.o.People.Members(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	for _, m := range members {
		body.Members = append(body.Members, memberRow{Member: m, Me: m.UserID == v.User.ID, Action: v.Path("settings", "people", m.UserID)})
	}
	links, err := a.o.People.Invitations(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	for _, l := range links {
		body.Invitations = append(body.Invitations, invitationRow{Link: l, Action: v.Path("settings", "people", "invitations", l.Hash, "withdraw")})
	}
	p := v.Page("people", "People", body)
	p.Lead = "Who may enter this shop, and what they may do."
	return a.render(w, r, "people.html", p, body.Problems)
}

// invite shows the link on the page that answers: it is known only now, and kept nowhere.
func (a *Admin) invite(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	body := peopleBody{Email: field(r, "email"), Role: field(r, "role")}
	token, err := a.o.People.Invite(r.Context(), v.Shop.ID, body.Email, people.Role(body.Role))
	if body.Problems = web.ProblemsOf(err); body.Problems != nil {
		return a.showPeople(w, r, v, body)
	}
	if err != nil {
		return err
	}
	body.Link = &web.Secret{ID: "invitation", Label: "Send this link to " + body.Email + ". It is shown only now, works once, and for a week.", Value: strings.TrimSuffix(a.o.BaseURL, "/") + "/join/" + token}
	body.Email, body.Role = "", string(people.Agent)
	return a.showPeople(w, r, v, body)
}

func (a *Admin) setRole(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	back := v.Path("settings", "people")
	if err := a.o.People.SetRole(r.Context(), v.Shop.ID, r.PathValue("user"), people.Role(field(r, "role"))); err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, "The role is changed.", back)
}

func (a *Admin) removeMember(w http.ResponseWriter, r *http.Request, v Visit) error {
	back := v.Path("settings", "people")
	if err := a.o.People.Remove(r.Context(), v.Shop.ID, r.PathValue("user")); err != nil {
		return v.undone(w, r, err, back)
	}
	if r.PathValue("user") == v.User.ID {
		back = "/"
	}
	return v.done(w, r, "They can no longer enter this shop.", back)
}

func (a *Admin) withdraw(w http.ResponseWriter, r *http.Request, v Visit) error {
	back := v.Path("settings", "people")
	if err := a.o.People.Withdraw(r.Context(), v.Shop.ID, r.PathValue("link")); err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, "The invitation is withdrawn.", back)
}

// addShop makes another shop in this instance. Who makes it owns it.
func (a *Admin) addShop(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	shop := bridge.Shop{ID: ident.New("shop", a.o.Now()), Name: field(r, "name"), Zone: v.Shop.Zone}
	err := shop.Check()
	if problems := web.ProblemsOf(err); problems != nil {
		return a.showPeople(w, r, v, peopleBody{Shop: shop.Name, Role: string(people.Agent), Problems: problems})
	}
	if err != nil {
		return err
	}
	if err := a.o.People.MakeShop(r.Context(), people.NewShop{ID: shop.ID, Name: shop.Name, Zone: shop.Zone}, v.User.ID); err != nil {
		return err
	}
	return v.done(w, r, "The shop is made. Choose its time zone and hours here.", "/s/"+url.PathEscape(shop.ID)+"/settings")
}
