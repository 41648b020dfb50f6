// Package admin is the merchant's pages: sign-in, and behind it everything a shop sees and sets.
//
// It exists so that each page is one Go file and one template, over the use cases of the two halves, which it
// reaches through the small interfaces declared beside each page. It must not decide anything the use cases
// decide, must not know the store, and must not show a thing of one shop to a member of another: every route
// of a shop begins with /s/{shop}, and member and owner are the only ways in.
//
// An owner may do everything. An agent answers customers and changes their orders, and gets 403 where keys,
// settings, people or what is texted are seen or changed. Somebody who is no member gets 404, as if there were
// no such shop.
package admin

import (
	"embed"
	"net/http"
	"time"

	"rejoinder/internal/people"
	"rejoinder/internal/web"
)

//go:embed all:templates
var files embed.FS

// Bridge is what the pages need of the bridge; *bridge.Bridge is one.
type Bridge interface {
	shops
	connections
	bridgeTriggers
	deliveries
	customers
	ledger
	overviews
	actions
	readings
	teaching
	catalogue
}

// Texting is what the pages need of the texting half; *texting.Texting is one.
type Texting interface {
	keyPairs
	textingShops
	automations
	responses
	keywords
	subscribers
	analytics
	sampleMaker
	stories
	textingOverviews
}

// Options are what Admin is made of.
type Options struct {
	Kit     *web.Kit
	People  *people.People
	Bridge  Bridge
	Texting Texting
	Now     func() time.Time // the clock the shops live by: in the demo, the movable one
	// Throttle slows down guessing of passwords. It goes by the wall clock.
	Throttle *web.Throttle
	BaseURL  string // where people reach these pages, for links that are copied
	Demo     bool   // Home shows the tour, and a bar the clock
	// Phone returns the address of the sandbox handset of one customer, or with "" of the shop; nil: there is none.
	Phone func(shopID, customerID string) string
}

// Admin serves the pages. It is safe for concurrent use and keeps no state but its options.
type Admin struct {
	o   Options
	set *web.Set
}

// New returns the pages. An error means that an embedded template is broken.
func New(o Options) (*Admin, error) {
	set, err := o.Kit.Templates(files, "templates")
	if err != nil {
		return nil, err
	}
	return &Admin{o: o, set: set}, nil
}

// Mux is what pages are added to: an http.ServeMux, or who only wants to know which there are.
type Mux interface {
	Handle(pattern string, handler http.Handler)
}

// Routes adds every page to mux. Who calls what stands behind each.
func (a *Admin) Routes(mux Mux) {
	a.comingIn(mux)
	a.everybodys(mux)
	a.owners(mux)
	a.waysBack(mux)
}

// comingIn are the pages for anybody.
func (a *Admin) comingIn(mux Mux) {
	open := func(pattern string, h web.Handler) { mux.Handle(pattern, a.o.Kit.Handle(h)) }
	open("GET /{$}", a.start)
	open("GET /login", a.loginPage)
	open("POST /login", a.login)
	open("POST /logout", a.logout)
	open("GET /setup/{token}", a.setupPage) // the link the first start prints
	open("POST /setup/{token}", a.setup)
	open("GET /enter/{token}", a.enterPage) // the link the demo prints
	open("POST /enter/{token}", a.enter)
	open("GET /join/{token}", a.joinPage) // an invitation
	open("POST /join/{token}", a.join)
	open("GET /me", a.mePage) // one's own password
	open("POST /me", a.me)
}

// everybodys are the pages for everybody in a shop.
func (a *Admin) everybodys(mux Mux) {
	member := func(pattern string, h handler) { mux.Handle(pattern, a.o.Kit.Handle(a.member(h))) }
	member("GET /s/{shop}/{$}", a.home)
	member("GET /s/{shop}/customers", a.customerList)
	member("POST /s/{shop}/customers", a.customerSearch) // a form, as what is typed may be a phone number
	member("GET /s/{shop}/customers/{customer}", a.customerPage)
	member("POST /s/{shop}/customers/{customer}", a.customerAct)
	member("GET /s/{shop}/deliveries", a.deliveryList)
	member("GET /s/{shop}/deliveries/{delivery}", a.deliveryPage)
	member("GET /s/{shop}/deliveries/{delivery}/state", a.deliveryState) // the page's own polling
	member("POST /s/{shop}/deliveries/{delivery}/again", a.deliveryAgain)
	member("GET /s/{shop}/responses", a.responseList)
	member("GET /s/{shop}/responses/{person}", a.responsePage)
	member("GET /s/{shop}/responses/{person}/thread", a.responseThread) // the page's own polling
	member("POST /s/{shop}/responses/{person}", a.responseAct)
	member("GET /s/{shop}/subscribers", a.subscriberList)
	member("POST /s/{shop}/subscribers", a.subscriberSearch) // a form, for the same reason
	member("GET /s/{shop}/subscribers/{subscriber}", a.subscriberPage)
	member("POST /s/{shop}/subscribers/{subscriber}/opt-out", a.subscriberOptOut)
	member("GET /s/{shop}/analytics", a.analyticsPage)
	member("GET /s/{shop}/analytics.csv", a.analyticsCSV)
	member("GET /s/{shop}/analytics/replies", a.readingsPage)
	member("GET /s/{shop}/analytics/replies.csv", a.readingsCSV)
}

// owners are the pages for owners alone.
func (a *Admin) owners(mux Mux) {
	owner := func(pattern string, h handler) { mux.Handle(pattern, a.o.Kit.Handle(a.owner(h))) }
	owner("GET /s/{shop}/integrations", a.integrationsPage)
	owner("POST /s/{shop}/integrations/postscript", a.confirm)
	owner("POST /s/{shop}/integrations/postscript/disconnect", a.disconnect)
	owner("POST /s/{shop}/integrations/tokens", a.createToken)
	owner("POST /s/{shop}/integrations/tokens/{token}/revoke", a.revokeToken)
	owner("GET /s/{shop}/integrations/webhooks/{endpoint}", a.endpointPage)
	owner("POST /s/{shop}/integrations/webhooks", a.createEndpoint)
	owner("POST /s/{shop}/integrations/webhooks/{endpoint}", a.endpointAct)
	owner("GET /s/{shop}/triggers", a.triggerList)
	owner("POST /s/{shop}/triggers/{trigger}", a.triggerSwitch)
	owner("POST /s/{shop}/triggers/{trigger}/test", a.triggerTest)
	owner("GET /s/{shop}/automations", a.automationList)
	owner("POST /s/{shop}/automations/samples", a.automationSamples)
	owner("GET /s/{shop}/automations/new", a.automationStart)
	owner("GET /s/{shop}/automations/new/{engine}", a.automationKind)
	owner("GET /s/{shop}/automations/new/{engine}/custom", a.automationNew)
	owner("POST /s/{shop}/automations/preview", a.automationPreview) // the editor, as it is typed in
	owner("POST /s/{shop}/automations/new/{engine}/custom", a.automationCreate)
	owner("GET /s/{shop}/automations/{automation}", a.automationPage)
	owner("POST /s/{shop}/automations/{automation}", a.automationSave)
	owner("POST /s/{shop}/automations/{automation}/active", a.automationActive)
	owner("POST /s/{shop}/automations/{automation}/delete", a.automationDelete)
	owner("GET /s/{shop}/keywords", a.keywordList)
	owner("POST /s/{shop}/keywords", a.keywordSave)
	owner("POST /s/{shop}/keywords/{keyword}", a.keywordSave)
	owner("GET /s/{shop}/subscribers.csv", a.consentCSV)
	owner("GET /s/{shop}/subscribers/import", a.importPage)
	mux.Handle("POST /s/{shop}/subscribers/import", a.o.Kit.HandleUpload(maxUpload, a.owner(a.importFile)))
	owner("GET /s/{shop}/settings", a.shopSettingsPage)
	owner("POST /s/{shop}/settings", a.shopSettings)
	owner("POST /s/{shop}/analytics/replies", a.teach)
	owner("GET /s/{shop}/settings/replies", a.repliesPage)
	owner("POST /s/{shop}/settings/replies", a.replies)
	owner("POST /s/{shop}/settings/replies/try", a.tryReply)
	owner("POST /s/{shop}/settings/replies/tried", a.triedReply) // the try box, as it is typed in
	owner("GET /s/{shop}/settings/answers", a.answersPage)
	owner("POST /s/{shop}/settings/answers", a.answers)
	owner("GET /s/{shop}/settings/products", a.productsPage)
	owner("POST /s/{shop}/settings/products", a.products)
	owner("GET /s/{shop}/settings/api", a.keysPage)
	owner("POST /s/{shop}/settings/api", a.createKey)
	owner("POST /s/{shop}/settings/api/{key}/show", a.showKey)
	owner("POST /s/{shop}/settings/api/{key}/label", a.labelKey)
	owner("POST /s/{shop}/settings/api/{key}/revoke", a.revokeKey)
	owner("GET /s/{shop}/settings/hours", a.hoursPage)
	owner("POST /s/{shop}/settings/hours", a.hours)
	owner("GET /s/{shop}/settings/people", a.peoplePage)
	owner("POST /s/{shop}/settings/people", a.invite)
	owner("POST /s/{shop}/settings/people/{user}/role", a.setRole)
	owner("POST /s/{shop}/settings/people/{user}/remove", a.removeMember)
	owner("POST /s/{shop}/settings/people/invitations/{link}/withdraw", a.withdraw)
	owner("POST /s/{shop}/shops", a.addShop)
}

// waysBack are for owners' forms that answer with a page: who comes back to the address finds the page they were on.
func (a *Admin) waysBack(mux Mux) {
	owner := func(pattern string, h handler) { mux.Handle(pattern, a.o.Kit.Handle(a.owner(h))) }
	to := func(parts ...string) handler {
		return func(w http.ResponseWriter, r *http.Request, v Visit) error {
			return web.SeeOther(w, r, v.Path(parts...))
		}
	}
	owner("GET /s/{shop}/integrations/postscript", to("integrations"))
	owner("GET /s/{shop}/integrations/tokens", to("integrations"))
	owner("GET /s/{shop}/integrations/webhooks", to("integrations"))
	owner("GET /s/{shop}/automations/samples", to("automations"))
	owner("GET /s/{shop}/settings/api/{key}/show", to("settings", "api"))
	owner("GET /s/{shop}/settings/replies/try", to("settings", "replies"))
	owner("GET /s/{shop}/keywords/{keyword}", to("keywords"))
	owner("GET /s/{shop}/shops", to("settings", "people"))
}
