package admin

import (
	"context"
	"net/http"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/web"
)

type customers interface {
	Customers(ctx context.Context, shopID, query, cursor string, limit int) ([]bridge.Customer, string, error)
	FindCustomers(ctx context.Context, shopID, typed string, limit int) (list []bridge.Customer, more bool, err error)
	Customer(ctx context.Context, shopID, customerID string) (bridge.Customer, error)
	CustomerByPhone(ctx context.Context, shopID string, phone subscription.Phone) (bridge.Customer, error)
	Account(ctx context.Context, shopID, customerID string) (subscription.Account, error)
	Trace(ctx context.Context, shopID, customerID string, before time.Time, limit int) ([]bridge.Trace, error)
	Coming(ctx context.Context, shopID, customerID string) (bridge.Coming, error)
	ReplyVerdicts(ctx context.Context, shopID string, messageIDs []string) (map[string]bridge.Verdict, error)
	AccountLink(shop bridge.Shop, customerID string) string
}

// customerListBody is the body of customers.html.
type customerListBody struct {
	Visit Visit
	Query string
	Rows  []customerRow
	Pager web.Pager
	More  bool // more match than are shown
}

type customerRow struct {
	Name, Phone, Email, Next, Products, Href string
	State, Texts                             web.Pill
}

func (a *Admin) customerList(w http.ResponseWriter, r *http.Request, v Visit) error {
	list, next, err := a.o.Bridge.Customers(r.Context(), v.Shop.ID, "", r.FormValue("before"), pageSize)
	if err != nil {
		return err
	}
	return a.showCustomers(w, r, v, list, customerListBody{Pager: cursorPager(r, next, nil)})
}

// customerSearch shows who was found. A search is posted and has no second page, so that a typed phone number or
// name stands in no address.
func (a *Admin) customerSearch(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	query := field(r, "q")
	if query == "" {
		return web.SeeOther(w, r, v.Path("customers"))
	}
	list, more, err := a.o.Bridge.FindCustomers(r.Context(), v.Shop.ID, query, pageSize)
	if err != nil {
		return err
	}
	return a.showCustomers(w, r, v, list, customerListBody{Query: query, More: more})
}

func (a *Admin) showCustomers(w http.ResponseWriter, r *http.Request, v Visit, list []bridge.Customer, body customerListBody) error {
	body.Visit = v
	for _, c := range list {
		account, err := a.o.Bridge.Account(r.Context(), v.Shop.ID, c.ID)
		if err != nil {
			return err
		}
		row := customerRow{Name: fullName(c.Customer), Email: c.Email, Href: v.Path("customers", c.ID), State: accountPill(account), Texts: textsPill(c)}
		if c.Phone != "" {
			row.Phone = c.Phone.Masked()
		}
		if o, ok := account.Next(); ok {
			row.Next, row.Products = o.Date.Short(), o.ProductNames()
		}
		body.Rows = append(body.Rows, row)
	}
	p := v.Page("customers", "Customers", body)
	p.Lead = "Who subscribes to what, and why each of them got a text, or not."
	return a.render(w, r, "customers.html", p, nil)
}

// accountPill is how a customer's subscriptions stand, taken together.
func accountPill(a subscription.Account) web.Pill {
	has := map[subscription.Status]bool{}
	for _, s := range a.Subscriptions {
		has[s.Status] = true
	}
	switch {
	case has[subscription.Active]:
		return web.Pill{Tone: web.OK, Label: "Active"}
	case has[subscription.Paused]:
		return web.Pill{Tone: web.Warn, Label: "Paused"}
	case has[subscription.Cancelled]:
		return web.Pill{Tone: web.Quiet, Label: "Cancelled"}
	case has[subscription.Expired]:
		return web.Pill{Tone: web.Quiet, Label: "Ended"}
	}
	return web.Pill{Tone: web.Quiet, Label: "No subscription"}
}

// textsPill is what is known of texting a customer.
func textsPill(c bridge.Customer) web.Pill {
	switch {
	case c.Phone == "":
		return web.Pill{Tone: web.Quiet, Label: "No phone"}
	case c.Texts == bridge.TextsSubscribed:
		return web.Pill{Tone: web.OK, Label: "Subscriber"}
	case c.Texts == bridge.TextsNotSubscriber:
		return web.Pill{Tone: web.Quiet, Label: "Not a subscriber"}
	case c.Texts == bridge.TextsOptedOut:
		return web.Pill{Tone: web.Bad, Label: "Opted out"}
	}
	return web.Pill{Tone: web.Quiet, Label: "Not looked up yet"}
}

// customerBody is the body of customer.html.
type customerBody struct {
	Visit         Visit
	Customer      bridge.Customer
	Texts         web.Pill
	LocalTime     string
	Payment       string
	Failed        string
	Link          *web.Secret // to the account page
	Phone         string      // address of the sandbox handset; "" without one
	Orders        []orderRow
	Coming        *bridge.Coming
	Subscriptions []subscriptionRow
	Timeline      web.Timeline
	Older         string
	Action        string
	Problem       string
}

// orderRow is one coming order.
type orderRow struct {
	Date     subscription.Date
	Day      string
	Products string
	Total    string
	First    bool   // the next one, which can be skipped or delayed
	Note     string // what will be said of it
	Skipped  bool   // it was skipped and can come back
	Later    string // the date a delay would move it to
	Key      string // names this form, so that sending it twice acts once
}

type subscriptionRow struct {
	subscription.Subscription
	Pill     web.Pill
	Products string
	Until    string
	Key      string
}

func (a *Admin) customerPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	id := r.PathValue("customer")
	c, err := a.o.Bridge.Customer(r.Context(), v.Shop.ID, id)
	if err != nil {
		return err
	}
	account, err := a.o.Bridge.Account(r.Context(), v.Shop.ID, id)
	if err != nil {
		return err
	}
	body := customerBody{Visit: v, Customer: c, Texts: textsPill(c), LocalTime: a.localTime(c), Action: v.Path("customers", id)}
	if p := c.Payment; p.Last4 != "" {
		body.Payment = p.Brand + " •••• " + p.Last4
	}
	if f := account.Failed; f != nil {
		body.Failed = "The payment for " + f.OrderDate.Short() + " failed."
	}
	if link := a.o.Bridge.AccountLink(v.Shop, id); link != "" {
		body.Link = &web.Secret{ID: "account-link", Label: "Link to the account page", Value: link}
	}
	if a.o.Phone != nil && c.Phone != "" {
		body.Phone = a.o.Phone(v.Shop.ID, id)
	}
	if coming, err := a.o.Bridge.Coming(r.Context(), v.Shop.ID, id); err == nil {
		body.Coming = &coming
	} else if !errNotFound(err) {
		return err
	}
	body.Orders, body.Subscriptions = a.orderRows(v, account, body.Coming), subscriptionRows(account)
	if err := a.fillTrace(r, v, &body); err != nil {
		return err
	}
	p := v.Page("customers", fullName(c.Customer), body)
	p.Crumbs = []web.Link{{Label: "Customers", Href: v.Path("customers")}}
	if p.Next, err = a.NextStep(r, v); err != nil {
		return err
	}
	return a.render(w, r, "customer.html", p, nil)
}

// localTime is what the customer's own clock shows, as far as their zone is known.
func (a *Admin) localTime(c bridge.Customer) string {
	loc, err := time.LoadLocation(c.Zone)
	if err != nil || c.Zone == "" {
		return ""
	}
	return a.o.Now().In(loc).Format("3:04 PM, Monday") + " · " + c.Zone
}

const shownOrders = 4

func (a *Admin) orderRows(v Visit, account subscription.Account, coming *bridge.Coming) (rows []orderRow) {
	today := subscription.DateOf(a.o.Now(), v.Zone)
	next, _ := account.Next()
	for _, o := range account.Orders(today, shownOrders) {
		row := orderRow{Date: o.Date, Day: o.Date.Short(), Products: o.ProductNames(), Total: totalOf(o), First: o.Date == next.Date, Key: formKey()}
		if _, ok := account.OrderOn(o.Date); ok {
			row.First = true
			row.Later = o.Date.AddDays(delayDays(v.Shop)).String()
		}
		if coming != nil && coming.Order.Date == o.Date {
			row.Note = noticeNote(v, *coming)
		}
		rows = append(rows, row)
	}
	var skipped []orderRow
	for _, s := range account.Subscriptions {
		for _, d := range s.Skipped {
			if d.After(today) && !d.Before(s.PausedUntil) && !s.Coming().IsZero() {
				skipped = append(skipped, orderRow{Date: d, Day: d.Short(), Skipped: true, Key: formKey(), Products: (subscription.Order{Subscriptions: []subscription.Subscription{s}}).ProductNames()})
			}
		}
	}
	return append(skipped, rows...)
}

// noticeNote says when the customer is told of an order, or why not.
func noticeNote(v Visit, c bridge.Coming) string {
	if c.Notice.IsZero() {
		return c.Reason
	}
	return "Notice " + c.Notice.In(v.Zone).Format("Mon, Jan 2, 3:04 PM") + ". Answers count until " + c.ReplyBy.In(v.Zone).Format("Mon, Jan 2, 3:04 PM") + "."
}

func delayDays(shop bridge.Shop) int {
	if shop.Settings.DelayDays > 0 {
		return shop.Settings.DelayDays
	}
	return 7
}

func subscriptionRows(a subscription.Account) (rows []subscriptionRow) {
	for _, s := range a.Subscriptions {
		row := subscriptionRow{Subscription: s, Products: (subscription.Order{Subscriptions: []subscription.Subscription{s}}).ProductNames(), Key: formKey()}
		row.Pill = accountPill(subscription.Account{Subscriptions: []subscription.Subscription{s}})
		if !s.PausedUntil.IsZero() && s.Status == subscription.Paused {
			row.Until = "until " + s.PausedUntil.Short()
		}
		rows = append(rows, row)
	}
	return rows
}

const tracePage = 100

func (a *Admin) fillTrace(r *http.Request, v Visit, body *customerBody) error {
	var before time.Time
	if text := r.FormValue("before"); text != "" {
		var err error
		if before, err = time.Parse(time.RFC3339Nano, text); err != nil {
			return fault.New(fault.Invalid, "The address of this part of the trace cannot be read.")
		}
	}
	t, acted, err := a.trace(r.Context(), v, body.Customer, before, tracePage)
	if err != nil {
		return err
	}
	if acted {
		a.o.Kit.Sessions.Put(r.Context(), keyToured, true)
	}
	body.Timeline = t
	if n := len(t.Entries); n == tracePage {
		body.Older = r.URL.Path + "?before=" + t.Entries[n-1].At.UTC().Format(time.RFC3339Nano)
	}
	return nil
}
