package ledger_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"rejoinder/internal/bridge"
	"rejoinder/internal/bridge/source/ledger"
	"rejoinder/internal/fault"
)

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="

func post(address string) bridge.WebhookPost {
	return bridge.WebhookPost{URL: address, ID: "msg_1", Secret: secret, At: time.Now(), Body: []byte(`{"type":"endpoint.test"}`)}
}

// The receiver checks with the published library, not with ours.
func TestPostsAreSigned(t *testing.T) {
	t.Parallel()
	verified := make(chan error, 1)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		hook, err := standardwebhooks.NewWebhook(secret)
		if err == nil {
			err = hook.Verify(body, r.Header)
		}
		verified <- errors.Join(err, hook.Verify(append(body, ' '), r.Header), nil)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer receiver.Close()
	status, err := ledger.NewSender(true).Post(t.Context(), post(receiver.URL))
	if err != nil || status != 202 {
		t.Fatal(status, err)
	}
	if err := <-verified; !errors.Is(err, standardwebhooks.ErrNoMatchingSignature) || strings.Count(err.Error(), "unable") != 1 {
		t.Errorf("the signature must fit the body sent and no other: %v", err)
	}
}

func TestSenderStaysOutOfPrivateNetworks(t *testing.T) {
	t.Parallel()
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a request arrived")
	}))
	defer receiver.Close()
	s := ledger.NewSender(false)
	for _, address := range []string{
		receiver.URL, "https://localhost/", "http://127.0.0.1/", "https://[::1]/", "https://0.0.0.0/",
		"https://10.1.2.3/", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/", "https://100.64.0.1/",
		"https://[fd00::1]/", "https://[fe80::1]/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::a00:1]/", "ftp://shop.example/",
	} {
		if _, err := s.Post(t.Context(), post(address)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	second := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	defer second.Close()
	first := httptest.NewServer(http.RedirectHandler(second.URL, http.StatusTemporaryRedirect))
	defer first.Close()
	if status, err := ledger.NewSender(true).Post(t.Context(), post(first.URL)); err != nil || status != 307 {
		t.Errorf("answered %d, %v", status, err)
	}
}
