package phone

import (
	"context"
	"net/http"
	"strings"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/web"
)

const (
	mostPeople = 60
	mostTexts  = 200
	mostTrace  = 40
	comingFor  = 62 // days ahead for which the list names next orders
)

// phonePage is the page: the customers, one handset, the clock and the trace.
type phonePage struct {
	People []person
	More   bool   // there are more customers than are listed
	Search string // what was searched for, or ""
	Action string // of the search form
	Holder holder
	Thread web.Thread
	Trace  web.Timeline
	Clock  clock
	Shop   string
	Nobody bool   // the shop has no customers, or none that match
	Polls  string // what the addresses of the page's own polling begin with
	Tour   bool   // the next step of the tour is shown
	Next   *web.Bar
}

// PollsList reports whether the list is fetched again by itself. One that was searched for is not: what was typed
// would have to stand in the address.
func (p phonePage) PollsList() bool { return p.Search == "" }

// traceCard is the card with the trace of who holds the handset.
type traceCard struct {
	Holder holder
	Trace  web.Timeline
}

// TraceCard is the part of the page that is the trace.
func (p phonePage) TraceCard() traceCard { return traceCard{p.Holder, p.Trace} }

// HandsetTime is the clock as the handset shows it.
func (p phonePage) HandsetTime() clock { return clock{Now: p.Clock.Now, Zone: p.Thread.Zone} }

// person is one customer in the list.
type person struct {
	Href, Name, Note string
	Why              string // what a customer of the sample stands for, or ""
	Current          bool
}

// holder is who holds the handset.
type holder struct {
	ID, Name, FirstName string
	HasPhone            bool
	Number              string // masked
	State               web.Pill
	Say                 string // address of the keyboard's form
	Page                string // of the customer, or ""
}

// clock is the card with the clock.
type clock struct {
	Now     time.Time
	Zone    *time.Location
	Movable bool
	Action  string
	Back    string
	ToNext  string // address of the form that goes to the customer's next notice; "" when none is to come
	NextFor string // the date of its order: "Sat, Nov 28"
	Note    string // why there is none
	Event   bool   // something falls due some time
	Min     string
}

func (p *Phone) page(w http.ResponseWriter, r *http.Request, v Visit) error {
	return p.show(w, r, v, r.PathValue("customer"), "")
}

// search shows the customers found, and the handset of the first.
func (p *Phone) search(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	search := strings.TrimSpace(r.PostForm.Get("q"))
	if search == "" {
		return web.SeeOther(w, r, Path(v.Shop.ID, ""))
	}
	return p.show(w, r, v, "", search)
}

// people are the newest customers, or those a search finds, and whether there are more.
func (p *Phone) people(ctx context.Context, shopID, search string) (list []bridge.Customer, more bool, err error) {
	if search != "" {
		return p.o.Bridge.FindCustomers(ctx, shopID, search, mostPeople)
	}
	list, next, err := p.o.Bridge.Customers(ctx, shopID, "", "", mostPeople)
	return list, next != "", err
}

// show draws the page with the handset of one customer or, with id "", of the first who is listed.
func (p *Phone) show(w http.ResponseWriter, r *http.Request, v Visit, id, search string) error {
	ctx := r.Context()
	people, more, err := p.people(ctx, v.Shop.ID, search)
	if err != nil {
		return err
	}
	body := phonePage{Thread: web.Thread{Zone: v.Shop.Location()}, More: more, Search: search, Action: Path(v.Shop.ID, ""), Shop: v.Shop.Name}
	if id == "" {
		id = firstWithPhone(people)
	}
	if id == "" {
		body.Nobody = true
		body.Clock = p.clockFor(ctx, v, "")
		return p.render(w, r, v, body)
	}
	c, err := p.o.Bridge.Customer(ctx, v.Shop.ID, id)
	if err != nil {
		return err
	}
	if body.People, err = p.list(ctx, v, people, id); err != nil {
		return err
	}
	if body.Thread, err = p.threadOf(ctx, v, c); err != nil {
		return err
	}
	if body.Trace, err = v.Trace(ctx, c, mostTrace); err != nil {
		return err
	}
	if body.Tour = v.Next != nil; body.Tour {
		if body.Next, err = v.Next(r); err != nil {
			return err
		}
	}
	body.Holder = p.holderOf(v, c)
	body.Clock = p.clockFor(ctx, v, id)
	body.Polls = Path(v.Shop.ID, id)
	return p.render(w, r, v, body)
}

func (p *Phone) render(w http.ResponseWriter, r *http.Request, v Visit, body phonePage) error {
	page := v.Page("phone", "Phone", body)
	page.Lead, page.Wide = "A sandbox handset: nothing here reaches a real person.", true
	return p.set.Render(w, r, http.StatusOK, "phone.html", page)
}

func firstWithPhone(people []bridge.Customer) string {
	for _, c := range people {
		if c.Phone != "" {
			return c.ID
		}
	}
	if len(people) > 0 {
		return people[0].ID
	}
	return ""
}

// list names each customer with the date of the next order.
func (p *Phone) list(ctx context.Context, v Visit, people []bridge.Customer, current string) ([]person, error) {
	today := subscription.DateOf(p.o.Clock.Now(), v.Shop.Location())
	orders, _, err := p.o.Bridge.ComingOrders(ctx, v.Shop.ID, today, today.AddDays(comingFor), bridge.OrderPlace{}, 200)
	if err != nil {
		return nil, err
	}
	next := map[string]subscription.Date{}
	for _, o := range orders {
		if _, ok := next[o.CustomerID]; !ok {
			next[o.CustomerID] = o.Date
		}
	}
	out := make([]person, 0, len(people))
	for _, c := range people {
		note := "No coming order"
		if d, ok := next[c.ID]; ok {
			note = "Next order " + d.Short()
		}
		out = append(out, person{Href: Path(v.Shop.ID, c.ID), Name: nameOf(c), Note: note, Why: p.why(v, c), Current: c.ID == current})
	}
	return out, nil
}

func (p *Phone) why(v Visit, c bridge.Customer) string {
	if p.o.Why == nil {
		return ""
	}
	return p.o.Why(v.Shop.ID, c)
}

// peopleOf answers the list's own polling.
func (p *Phone) peopleOf(w http.ResponseWriter, r *http.Request, v Visit) error {
	people, _, err := p.o.Bridge.Customers(r.Context(), v.Shop.ID, "", "", mostPeople)
	if err != nil {
		return err
	}
	list, err := p.list(r.Context(), v, people, r.PathValue("customer"))
	if err != nil {
		return err
	}
	return p.set.Fragment(w, r, http.StatusOK, "phone.html", "handset-people", list)
}

// nameOf is how a customer is called on pages of the merchant.
func nameOf(c bridge.Customer) string {
	switch name := strings.TrimSpace(c.FirstName + " " + c.LastName); {
	case name != "":
		return name
	case c.Email != "":
		return c.Email
	case c.Phone != "":
		return c.Phone.Masked()
	}
	return "Customer without a name"
}

func (p *Phone) holderOf(v Visit, c bridge.Customer) holder {
	h := holder{ID: c.ID, Name: nameOf(c), FirstName: c.FirstName, HasPhone: c.Phone != "", Say: Path(v.Shop.ID, c.ID)}
	if h.FirstName == "" {
		h.FirstName = h.Name
	}
	if h.HasPhone {
		h.Number = c.Phone.Masked()
	}
	if p.o.CustomerPath != nil {
		h.Page = p.o.CustomerPath(v.Shop.ID, c.ID)
	}
	switch c.Texts {
	case bridge.TextsSubscribed:
		h.State = web.Pill{Tone: web.OK, Label: "Subscriber"}
	case bridge.TextsOptedOut:
		h.State = web.Pill{Tone: web.Quiet, Label: "Opted out"}
	case bridge.TextsNotSubscriber:
		h.State = web.Pill{Tone: web.Quiet, Label: "Not a subscriber"}
	case bridge.TextsUnknown:
		h.State = web.Pill{Tone: web.Quiet, Label: "Not looked up yet"}
	}
	if !h.HasPhone {
		h.State = web.Pill{Tone: web.Warn, Label: "No phone"}
	}
	return h
}

func (p *Phone) threadOf(ctx context.Context, v Visit, c bridge.Customer) (web.Thread, error) {
	t := web.Thread{Zone: phoneZone(c, v), Phone: true}
	if c.Phone == "" {
		return t, nil
	}
	texts, err := p.o.Handset.Thread(ctx, v.Shop.ID, string(c.Phone), mostTexts)
	for _, x := range texts {
		t.Bubbles = append(t.Bubbles, web.Bubble{At: x.At, Text: x.Body, Ours: !x.FromPhone})
	}
	return t, err
}

// phoneZone is the zone the handset shows: the customer's, else the shop's.
func phoneZone(c bridge.Customer, v Visit) *time.Location {
	if c.Zone != "" {
		if loc, err := time.LoadLocation(c.Zone); err == nil {
			return loc
		}
	}
	return v.Shop.Location()
}

func (p *Phone) thread(w http.ResponseWriter, r *http.Request, v Visit) error {
	c, err := p.o.Bridge.Customer(r.Context(), v.Shop.ID, r.PathValue("customer"))
	if err != nil {
		return err
	}
	t, err := p.threadOf(r.Context(), v, c)
	if err != nil {
		return err
	}
	return p.set.Fragment(w, r, http.StatusOK, "phone.html", "handset-thread", t)
}

func (p *Phone) traceOf(w http.ResponseWriter, r *http.Request, v Visit) error {
	c, err := p.o.Bridge.Customer(r.Context(), v.Shop.ID, r.PathValue("customer"))
	if err != nil {
		return err
	}
	t, err := v.Trace(r.Context(), c, mostTrace)
	if err != nil {
		return err
	}
	return p.set.Fragment(w, r, http.StatusOK, "phone.html", "handset-trace", traceCard{p.holderOf(v, c), t})
}

// nextOf answers the polling of the tour's next step.
func (p *Phone) nextOf(w http.ResponseWriter, r *http.Request, v Visit) (err error) {
	var next *web.Bar
	if v.Next != nil {
		if next, err = v.Next(r); err != nil {
			return err
		}
	}
	return p.set.Fragment(w, r, http.StatusOK, "phone.html", "tour-next", next)
}

// gone reports whether err only says that there is nothing.
func gone(err error) bool { return fault.Is(err, fault.NotFound) }
