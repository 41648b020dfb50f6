package ledger

import (
	"context"
	_ "embed"
	"log/slog"
	"net/http"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/subscription"
	"rejoinder/internal/trigger"
)

// Book is what the API needs of the bridge; *bridge.Bridge is one.
type Book interface {
	ShopOfToken(ctx context.Context, token string) (shopID string, err error)
	Shop(ctx context.Context, shopID string) (bridge.Shop, error)

	CreateCustomer(ctx context.Context, shopID string, c subscription.Customer, why trigger.Cause, once ...bridge.Once) (bridge.Customer, error)
	UpdateCustomer(ctx context.Context, shopID, customerID string, patch func(*subscription.Customer) error, why trigger.Cause, once ...bridge.Once) (bridge.Customer, error)
	Customer(ctx context.Context, shopID, customerID string) (bridge.Customer, error)
	Customers(ctx context.Context, shopID, query, cursor string, limit int) ([]bridge.Customer, string, error)
	Account(ctx context.Context, shopID, customerID string) (subscription.Account, error)
	Change(ctx context.Context, shopID, customerID string, do func(subscription.Account) (subscription.Account, error), why trigger.Cause, once ...bridge.Once) (subscription.Account, error)
	PaymentFailed(ctx context.Context, shopID, customerID string, bill subscription.Bill, why trigger.Cause, once ...bridge.Once) (subscription.Account, error)

	CreateSubscription(ctx context.Context, shopID, customerID string, s subscription.Subscription, why trigger.Cause, once ...bridge.Once) (subscription.Subscription, error)
	UpdateSubscription(ctx context.Context, shopID, subscriptionID string, patch func(*subscription.Subscription) error, why trigger.Cause, once ...bridge.Once) (subscription.Subscription, error)
	ChangeSubscription(ctx context.Context, shopID, subscriptionID string, do func(a subscription.Account, today subscription.Date) (subscription.Account, error), why trigger.Cause, once ...bridge.Once) (subscription.Subscription, error)
	SubscriptionOf(ctx context.Context, shopID, subscriptionID string) (subscription.Subscription, string, error)
	ComingOrders(ctx context.Context, shopID string, from, to subscription.Date, after bridge.OrderPlace, limit int) ([]bridge.ComingOrder, bridge.OrderPlace, error)

	CreateEndpoint(ctx context.Context, shopID, address string) (bridge.Endpoint, string, error)
	Endpoints(ctx context.Context, shopID string) ([]bridge.Endpoint, error)
	Endpoint(ctx context.Context, shopID, id string) (bridge.Endpoint, error)
	UpdateEndpoint(ctx context.Context, shopID, id, address string, active *bool) (bridge.Endpoint, error)
	DeleteEndpoint(ctx context.Context, shopID, id string) error
	TestEndpoint(ctx context.Context, shopID, id string) error
	Outgoing(ctx context.Context, shopID, endpointID, before string, limit int) ([]bridge.Outgoing, error)
	RepeatWebhook(ctx context.Context, shopID, endpointID, id string) error
}

// Options are what the API is made of.
type Options struct {
	Book Book
	Now  func() time.Time
	Log  *slog.Logger // nil means slog.Default()
}

// openAPI is the document of the API, kept by hand; a test compares it with the routes.
//
//go:embed openapi.json
var openAPI []byte

type api struct {
	Options
}

// route is one call of the API. All of them are made by merchants' own programs.
type route struct {
	method, path string
	status       int // of a success
	handle       func(*api, *call) (any, error)
}

var routes = []route{
	{"POST", "/api/v1/customers", 201, (*api).createCustomer},
	{"GET", "/api/v1/customers", 200, (*api).listCustomers},
	{"GET", "/api/v1/customers/{customer}", 200, (*api).getCustomer},
	{"PATCH", "/api/v1/customers/{customer}", 200, (*api).patchCustomer},
	{"POST", "/api/v1/customers/{customer}/payment-method", 200, (*api).paymentMethod},
	{"POST", "/api/v1/customers/{customer}/payment-failures", 200, (*api).paymentFailure},
	{"POST", "/api/v1/customers/{customer}/subscriptions", 201, (*api).createSubscription},
	{"GET", "/api/v1/customers/{customer}/subscriptions", 200, (*api).listSubscriptions},
	{"GET", "/api/v1/customers/{customer}/orders", 200, (*api).listOrders},
	{"POST", "/api/v1/customers/{customer}/orders/{date}/skip", 200, (*api).skip},
	{"POST", "/api/v1/customers/{customer}/orders/{date}/unskip", 200, (*api).unskip},
	{"POST", "/api/v1/customers/{customer}/orders/{date}/delay", 200, (*api).delay},
	{"POST", "/api/v1/customers/{customer}/orders/{date}/now", 200, (*api).now},
	{"GET", "/api/v1/subscriptions/{subscription}", 200, (*api).getSubscription},
	{"PATCH", "/api/v1/subscriptions/{subscription}", 200, (*api).patchSubscription},
	{"POST", "/api/v1/subscriptions/{subscription}/pause", 200, (*api).pause},
	{"POST", "/api/v1/subscriptions/{subscription}/resume", 200, (*api).resume},
	{"POST", "/api/v1/subscriptions/{subscription}/cancel", 200, (*api).cancel},
	{"GET", "/api/v1/orders", 200, (*api).shopOrders},
	{"POST", "/api/v1/webhooks", 201, (*api).createEndpoint},
	{"GET", "/api/v1/webhooks", 200, (*api).listEndpoints},
	{"GET", "/api/v1/webhooks/{endpoint}", 200, (*api).getEndpoint},
	{"PATCH", "/api/v1/webhooks/{endpoint}", 200, (*api).patchEndpoint},
	{"DELETE", "/api/v1/webhooks/{endpoint}", 204, (*api).deleteEndpoint},
	{"POST", "/api/v1/webhooks/{endpoint}/test", 202, (*api).testEndpoint},
	{"GET", "/api/v1/webhooks/{endpoint}/deliveries", 200, (*api).listDeliveries},
	{"POST", "/api/v1/webhooks/{endpoint}/deliveries/{delivery}/repeat", 202, (*api).repeatDelivery},
}

// Handler serves everything under /api/v1. It needs no session and no cross-origin protection: the token is in a
// header that browsers do not send by themselves.
func Handler(o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	a := &api{o}
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle(r.method+" "+r.path, a.serve(r))
	}
	mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(openAPI)
	})
	mux.HandleFunc("/", a.unknownRoute(mux))
	return mux
}
