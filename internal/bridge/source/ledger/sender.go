package ledger

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
)

// postTimeout is how long an endpoint may take to answer.
const postTimeout = 10 * time.Second

// Sender posts the ledger's outgoing webhooks, signed as standardwebhooks.com says.
//
// A merchant chooses the address, and the program that posts to it may stand inside a private network. So
// addresses of private networks are refused when the connection is made, when the name has been looked up:
// a check of the name alone could be tricked by a name that leads elsewhere the second time. Redirects are not
// followed and no proxy is used, because either would make the connection somewhere unchecked.
type Sender struct {
	loopback bool
	client   *http.Client
}

// NewSender returns a sender. With loopback, plain http and addresses of this machine are allowed: demo and local
// development.
func NewSender(loopback bool) *Sender {
	s := &Sender{loopback: loopback}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: s.control}
	s.client = &http.Client{
		Timeout: postTimeout,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: 5 * time.Second,
			MaxIdleConnsPerHost: 16, IdleConnTimeout: 90 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return s
}

var errPrivate = fault.Field("url", "The address leads into a private network; webhooks go to public addresses only.")

// control is asked before each connection, with the address that a name has led to.
func (s *Sender) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return errPrivate
	}
	return s.allowed(at.Addr().Unmap())
}

// special are networks that are not private by name and yet lead to no public place: shared carrier space,
// protocol assignments, test networks, benchmarks, reserved, and IPv6 forms that wrap an IPv4 address.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
}

func (s *Sender) allowed(at netip.Addr) error {
	if at.IsLoopback() && s.loopback {
		return nil
	}
	if !at.IsGlobalUnicast() || at.IsPrivate() || at.IsLoopback() || at.Zone() != "" {
		return errPrivate
	}
	for _, p := range special {
		if p.Contains(at) {
			return errPrivate
		}
	}
	return nil
}

// Check refuses an address that could never be posted to: not https, or written as an address of a private
// network. Names are checked when they are used.
func (s *Sender) Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return fault.Field("url", "Give the full address of the endpoint, such as https://shop.example/hooks.")
	}
	at, err := netip.ParseAddr(u.Hostname())
	literal := err == nil
	local := u.Hostname() == "localhost" || literal && at.Unmap().IsLoopback()
	switch {
	case u.Scheme == "http" && local && s.loopback:
		return nil
	case u.Scheme != "https":
		return fault.Field("url", "The address must begin with https://, because webhooks tell of customers.")
	case literal:
		return s.allowed(at.Unmap())
	case local && !s.loopback:
		return errPrivate
	}
	return nil
}

// Post makes one try and returns the status of the answer, which is read no further.
func (s *Sender) Post(ctx context.Context, p bridge.WebhookPost) (int, error) {
	if err := s.Check(p.URL); err != nil {
		return 0, err
	}
	hook, err := standardwebhooks.NewWebhook(p.Secret)
	if err != nil {
		return 0, fault.From(fault.Internal, err, "The endpoint's secret cannot be read.")
	}
	signature, err := hook.Sign(p.ID, p.At, p.Body)
	if err != nil {
		return 0, fault.From(fault.Internal, err, "The webhook could not be signed.")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL, bytes.NewReader(p.Body))
	if err != nil {
		return 0, fault.From(fault.Invalid, err, "The endpoint's address cannot be used.")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Rejoinder-Webhooks/1")
	req.Header.Set(standardwebhooks.HeaderWebhookID, p.ID)
	req.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(p.At.Unix(), 10))
	req.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	res, err := s.client.Do(req)
	if err != nil {
		if f, ok := errors.AsType[*fault.Error](err); ok {
			return 0, f
		}
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.CopyN(io.Discard, res.Body, 4096) // a short rest keeps the connection of use
	return res.StatusCode, nil
}
