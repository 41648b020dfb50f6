package client

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// The fake's own refusals, in the vendor's words, seen through the client.
func TestRefusals(t *testing.T) {
	t.Parallel()
	wrongKey := func(o *Options) { o.Key = "sk_test_revoked_revoked" }
	wrongShop := func(o *Options) { o.Key, o.PartnerKey = "sk_test_revoked_revoked", goodBearer }
	tests := []struct {
		name    string
		options []func(*Options)
		limit   int
		call    func(context.Context, *Client) error
		status  int
		shape   postscript.Shape
		code    int
		kind    fault.Kind
		outcome Outcome
		says    string
	}{
		{
			"a revoked key",
			[]func(*Options){wrongKey},
			-1, func(ctx context.Context, c *Client) error { _, err := c.Me(ctx); return err },
			401, postscript.ShapeText, 0, fault.Unauthorized, Refused, "does not know this key",
		},
		{
			"a partner for a stranger's shop",
			[]func(*Options){wrongShop},
			-1, func(ctx context.Context, c *Client) error { _, err := c.Me(ctx); return err },
			403, postscript.ShapeLoc, 0, fault.Forbidden, Refused, "Access denied.",
		},
		{"not permitted", nil, -1, func(ctx context.Context, c *Client) error {
			return c.Redact(ctx, postscript.RedactRequest{Email: "ana@example.com"})
		}, 403, postscript.ShapeLoc, 0, fault.Forbidden, Refused, "Access denied."},
		{
			"an unknown keyword", nil, -1, func(ctx context.Context, c *Client) error { _, err := c.Keyword(ctx, "kw_x"); return err },
			404, postscript.ShapeCode, 3001, fault.NotFound, Refused, "Could not find keyword",
		},
		{
			"nothing said", nil, -1, func(ctx context.Context, c *Client) error { _, err := c.Subscriber(ctx, "s_x"); return err },
			400, postscript.ShapeEmpty, 0, fault.Invalid, Refused, "did not say why",
		},
		{"a keyword is missing", nil, -1, func(ctx context.Context, c *Client) error {
			_, err := c.CreateSubscriber(ctx, postscript.NewSubscriber{PhoneNumber: "+15555550101"})
			return err
		}, 400, postscript.ShapeEmpty, 0, fault.Invalid, Refused, "did not say why"},
		{
			"with a log", nil, -1, func(ctx context.Context, c *Client) error { _, err := c.SentMessage(ctx, "sm_x"); return err },
			400, postscript.ShapeLog, 0, fault.Invalid, Refused, "path.id: not found",
		},
		{"an unknown trigger", nil, -1, func(ctx context.Context, c *Client) error {
			_, err := c.Fire(ctx, "18", "991", nil, "dlv_1")
			return err
		}, 404, postscript.ShapeCode, 3000, fault.NotFound, Refused, "Could not find that"},
		{
			"too fast", nil, 0, func(ctx context.Context, c *Client) error {
				_, err := c.Fire(ctx, "17", "991", nil, "dlv_1")
				return err
			},
			429, postscript.ShapeCode, 3002, fault.RateLimited, TryLater, "slower pace",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.limit = tt.limit
			err := tt.call(t.Context(), newClient(t, f.URL, tt.options...))
			api, ok := apiError(err)
			if !ok {
				t.Fatalf("no answer inside %v", err)
			}
			if api.Status != tt.status || api.Shape != tt.shape || api.Code != tt.code {
				t.Errorf("answer %d %s %d", api.Status, api.Shape, api.Code)
			}
			if fault.KindOf(err) != tt.kind || Classify(err) != tt.outcome || !strings.Contains(fault.Message(err), tt.says) {
				t.Errorf("kind %s, outcome %s, message %q", fault.KindOf(err), Classify(err), fault.Message(err))
			}
			if x, _ := ExchangeOf(err); x.Status != tt.status || x.Method == "" {
				t.Errorf("exchange %+v", x)
			}
		})
	}
}

func TestTheFakeWantsAKey(t *testing.T) {
	t.Parallel()
	resp, err := http.Get(newFake(t).URL + "/api/v2/me")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 401 || resp.Header.Get("WWW-Authenticate") != "" {
		t.Errorf("got %d", resp.StatusCode)
	}
}

func TestOutcomeOfEveryStatus(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]Outcome{
		200: Sent, 202: Sent, 204: Sent,
		301: Refused, 302: TryLater, 307: TryLater, 308: Refused,
		400: Refused, 401: Refused, 403: Refused, 404: Refused, 409: Refused, 413: Refused, 422: Refused,
		408: TryLater, 425: TryLater, 429: TryLater,
		500: TryLater, 502: TryLater, 503: TryLater, 504: TryLater, 520: TryLater,
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(status)
			}))
			defer srv.Close()
			x, err := newClient(t, srv.URL).Fire(t.Context(), "17", "991", nil, "")
			if got := Classify(err); got != want || x.Status != status {
				t.Errorf("outcome %s (exchange %d), want %s", got, x.Status, want)
			}
			if e, ok := err.(*Error); ok && e.RetryAfter != 7*time.Second {
				t.Errorf("RetryAfter = %v", e.RetryAfter)
			}
		})
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	reached := false
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer elsewhere.Close()
	srv := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer srv.Close()
	_, err := newClient(t, srv.URL).Me(t.Context())
	if Classify(err) != TryLater || !strings.Contains(fault.Message(err), "Check the address") {
		t.Errorf("got %v", err)
	}
	elsewhere.Close() // waits for what is under way
	if reached {
		t.Error("the key went to another address")
	}
}

func TestAnswersThatAreNotTheAPIs(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]string{
		"a page":          `<html>Welcome to the hotel's network</html>`,
		"an empty object": `{}`,
		"nothing":         ``,
		"too much":        `{"resource_id":"` + strings.Repeat("x", maxAnswer) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(say(200, doc))
			defer srv.Close()
			c := newClient(t, srv.URL)
			_, err := c.Me(t.Context())
			if !fault.Is(err, fault.Unavailable) {
				t.Errorf("Me: %v", err)
			}
			if x, _ := ExchangeOf(err); len(x.Answer) > maxShown || !utf8.ValidString(x.Answer) {
				t.Errorf("the exchange holds %d bytes", len(x.Answer))
			}
			if _, err := c.Token(t.Context()); err == nil {
				t.Error("a token was read")
			}
			if _, err := c.Fire(t.Context(), "17", "991", nil, ""); err != nil {
				t.Errorf("Fire goes by the status: %v", err)
			}
		})
	}
}

// Whatever happens and however it is printed, no key, no token and no secret header shows; errors and logs
// also have no phone number and no e-mail.
func TestNothingSecretShows(t *testing.T) {
	t.Parallel()
	secrets := []string{goodKey, "0123456789abcdef", goodBearer, "fedcba9876543210", "very-secret"}
	people := []string{"5555550101", "ana@example.com"}
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(400)
		_, _ = fmt.Fprintf(w, `{"error":"%s %s may not reach +15555550101 or ana@example.com","headers":{"X-A":"very-secret"},"token":"very-secret`,
			r.Header.Get("Authorization"), r.Header.Get("X-Postscript-Shop-Token"))
	}))
	t.Cleanup(echo.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	fake := newFake(t)
	hook := postscript.WebhookRequest{CallbackURL: "https://example.com", Event: "shop.test", Headers: map[string]string{"X-A": `very-secret"}`, "X-B": "very-secret"}}
	for name, base := range map[string]string{"it echoes": echo.URL, "it is gone": gone.URL, "it is well": fake.URL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, base, func(o *Options) { o.PartnerKey = goodBearer })
			var out strings.Builder
			log := slog.New(slog.NewJSONHandler(&out, nil))
			check := func(what string, err error) {
				x, _ := ExchangeOf(err)
				wire := fmt.Sprintf("%+v", struct{ A, B, C string }{x.Path, x.Request, x.Answer})
				errs := fmt.Sprintf("%v %+v %s %#v %s %s", err, err, x, c, c, fault.Message(err))
				log.Info("call", "err", err, "exchange", x, "client", fmt.Sprint(c))
				for _, s := range secrets {
					if strings.Contains(wire+errs, s) {
						t.Errorf("%s shows %q:\n%s\n%s", what, s, wire, errs)
					}
				}
				for _, p := range people {
					if strings.Contains(errs, p) {
						t.Errorf("%s: the error shows %q:\n%s", what, p, errs)
					}
				}
			}
			_, err := c.FindSubscriber(t.Context(), "+15555550101", "ana@example.com")
			check("find", err)
			_, err = c.CreateWebhook(t.Context(), hook)
			check("webhook", err)
			_, err = c.Token(t.Context())
			check("token", err)
			_, err = c.Fire(t.Context(), "17", "991", map[string]string{"answer": goodKey + " +15555550101"}, "")
			check("fire", err)
			for _, s := range append(secrets, people...) {
				if strings.Contains(out.String(), s) {
					t.Errorf("the log shows %q:\n%s", s, out.String())
				}
			}
		})
	}
}

func TestHideAndShow(t *testing.T) {
	t.Parallel()
	c := newClient(t, "http://localhost", func(o *Options) { o.PartnerKey = goodBearer })
	for name, tt := range map[string]struct{ in, want string }{
		"a token":              {`{"token":"abc"}`, `{"token":"…"}`},
		"a token cut off":      {`{"token": "ab\"c`, `{"token": "…"`},
		"headers":              {`{"headers":{"X":"a}b\"c","Y":"d"},"id":"1"}`, `{"headers":{"…":"…"},"id":"1"}`},
		"headers cut off":      {`{"headers": {"X":"ab`, `{"headers": {"…":"…"}`},
		"our keys":             {goodBearer + " " + goodKey, "… …"},
		"somebody else's":      {`sk_live_99 pk_1 sk_partner_2`, `sk_… pk_… sk_partner_…`},
		"words with that part": {`task_1 desk_2`, `task_1 desk_2`},
		"no text":              {"a\xffb", "a\uFFFDb"},
	} {
		if got := c.show([]byte(tt.in)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	long := c.show([]byte(strings.Repeat("é", maxShown)))
	if len(long) > maxShown || !utf8.ValidString(long) || !strings.HasSuffix(long, mask) {
		t.Errorf("%d bytes, valid %v", len(long), utf8.ValidString(long))
	}
}
