// Package client speaks Postscript's API, to the real one or to the built-in texting half: it has no way to
// tell them apart.
//
// It exists so that everything the bridge says to Postscript passes one place, which checks every status,
// caps and closes every body, masks every secret, and can say of every failure whether the request may
// have been carried out. One method is one request (FindSubscriber and FindLegacySubscriber: one or two).
// It must not repeat a request, wait, pace, or remember anything: pacing and retries belong to the caller,
// who alone knows the shop's budget and what a repeated text would cost.
//
// Every error that leaves the package is an *Error: it has the Outcome, the Exchange as a merchant may see it,
// and inside, for fault.KindOf and fault.Message, a sentence fit for people.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// maxAnswer is how much of an answer is read, in bytes. The largest is a page of subscribers.
const maxAnswer = 1 << 20

// Options says whom to speak to and as whom.
type Options struct {
	// BaseURL is scheme and host, such as postscript.BaseURL; the paths of both versions are put behind it.
	BaseURL string
	// HTTP carries the requests. It must have a Timeout. Its redirect policy and cookie jar are not used. Keep
	// its transport's IdleConnTimeout short (20 seconds): a connection the other side closed while a request
	// was on its way costs an Unknown.
	HTTP *http.Client
	// Key is the shop's private key (sk_).
	Key string
	// PartnerKey is a partner's private key (sk_partner_), or "". With one, Authorization carries it, and
	// the shop's key goes into X-Postscript-Shop-Token.
	PartnerKey string
	// UserAgent names this program and its version.
	UserAgent string
}

// Client speaks for one shop. It is safe for use by several goroutines.
type Client struct {
	base      string
	http      *http.Client
	key       string
	partner   string
	userAgent string
}

// New returns a client. It refuses keys that cannot work as fault.Invalid with the field "key" or
// "partner_key" and a sentence for the person who pasted it. It makes no request: Me does that.
func New(o Options) (*Client, error) {
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" ||
		base.RawQuery != "" || base.Fragment != "" || base.User != nil {
		return nil, fault.Field("base_url", "The address of Postscript's API must be http or https, a host, and no query.")
	}
	if o.HTTP == nil || o.HTTP.Timeout <= 0 {
		return nil, fault.New(fault.Internal, "The Postscript client was built without a time-out.")
	}
	if err := checkKey(o.Key); err != nil {
		return nil, err
	}
	if o.PartnerKey != "" && (postscript.KindOfKey(o.PartnerKey) != postscript.KeyPartner || !sendable(o.PartnerKey)) {
		return nil, fault.Field("partner_key", "A partner's private key begins with %s.", postscript.KeyPrefixPartner)
	}
	h := *o.HTTP
	h.Jar = nil
	// A redirect is an answer like any other: following it would carry the key to an address nobody configured.
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{
		base: strings.TrimRight(o.BaseURL, "/"), http: &h,
		key: o.Key, partner: o.PartnerKey, userAgent: o.UserAgent,
	}, nil
}

// checkKey says which kind of wrong key somebody has pasted.
func checkKey(key string) error {
	switch kind := postscript.KindOfKey(key); {
	case key == "":
		return fault.Field("key", "Paste the private key of your Postscript shop.")
	case kind == postscript.KeyPublic:
		return fault.Field("key", "This is the public key (it begins with %s). Paste the private key, which begins with %s.",
			postscript.KeyPrefixPublic, postscript.KeyPrefixShop)
	case kind == postscript.KeyPartner:
		return fault.Field("key", "This is a partner's key. Paste the shop's own private key.")
	case kind != postscript.KeyShop:
		return fault.Field("key", "This is not a private key of Postscript: those begin with %s.", postscript.KeyPrefixShop)
	case !sendable(key):
		return fault.Field("key", "The key has a space or another character in it that no key has. Copy it again.")
	}
	return nil
}

// sendable reports whether the key can stand in a header.
func sendable(key string) bool {
	for _, c := range []byte(key) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

// String shows the client without its keys.
func (c *Client) String() string { return "postscript client for " + c.base }

// GoString shows the client without its keys.
func (c *Client) GoString() string { return c.String() }

// call is one request.
type call struct {
	method string
	path   string // escaped, from the root
	query  url.Values
	body   any    // sent as JSON; nil sends none
	repeat string // value of the Idempotency-Key header, or ""
	// answer reads the body of a 2xx; nil ignores it.
	answer func([]byte) error
}

// into returns an answer function that decodes JSON into v.
func into(v any) func([]byte) error {
	return func(b []byte) error { return json.Unmarshal(b, v) }
}

// do makes one request and returns what was said, whatever came of it.
func (c *Client) do(ctx context.Context, k call) (Exchange, error) {
	x := Exchange{Method: k.method, Path: k.path}
	if len(k.query) > 0 {
		x.Path += "?" + k.query.Encode()
	}
	var body []byte
	if k.body != nil {
		var err error
		if body, err = json.Marshal(k.body); err != nil {
			return x, c.refuse(x, fault.From(fault.Internal, err, "The request to Postscript could not be written."))
		}
		x.Request = c.show(body)
	}
	if err := ctx.Err(); err != nil {
		return x, c.unsent(x, TryLater, err)
	}
	var p progress
	req, err := c.request(httptrace.WithClientTrace(ctx, p.trace()), k, x.Path, body)
	if err != nil {
		return x, c.refuse(x, fault.From(fault.Internal, err, "The request to Postscript could not be built."))
	}

	start := time.Now() // measures only; nothing is decided by it
	resp, err := c.http.Do(req)
	if err != nil {
		x.Took = time.Since(start)
		return x, c.unsent(x, p.outcome(err), err)
	}
	answer, readErr := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	x.Took = time.Since(start)
	_ = resp.Body.Close() // all that is wanted has been read
	x.Status = resp.StatusCode
	x.Answer = c.show(answer)
	if len(answer) > maxAnswer {
		readErr = errors.New("the answer is larger than 1 MiB")
	}
	if resp.StatusCode/100 != 2 {
		return x, c.failed(x, resp, answer)
	}
	if k.answer == nil {
		return x, nil
	}
	if readErr == nil {
		readErr = k.answer(answer)
	}
	if readErr != nil {
		return x, c.unreadable(x, readErr)
	}
	return x, nil
}

// request builds the request with its headers.
func (c *Client) request(ctx context.Context, k call, path string, body []byte) (*http.Request, error) {
	var r io.Reader
	if body != nil {
		r = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, k.method, c.base+path, r)
	if err != nil {
		return nil, err
	}
	// With GetBody and an Idempotency-Key header, net/http repeats a POST by itself when a kept connection
	// breaks. The real Postscript knows no such key and would text twice.
	req.GetBody = nil
	if c.partner != "" {
		req.Header.Set("Authorization", "Bearer "+c.partner)
		req.Header.Set(postscript.HeaderShopToken, c.key)
	} else {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	req.Header.Set("Accept", "application/json")
	if c.userAgent != "" {
		req.Header.Set("User-Agent", c.userAgent)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if k.repeat != "" {
		req.Header.Set(postscript.HeaderIdempotencyKey, k.repeat)
	}
	return req, nil
}

// segment escapes one id for a path. An empty one is refused by withID before it gets here.
func segment(id string) string { return url.PathEscape(id) }

// withID makes a call about one thing. An empty id would turn it into a call about all of them.
func (c *Client) withID(ctx context.Context, what, id string, k call) (Exchange, error) {
	if id == "" || id == "." || id == ".." {
		x := Exchange{Method: k.method, Path: k.path}
		return x, c.refuse(x, fault.Field(what, "The request to Postscript lacks the id of the %s.", strings.ReplaceAll(what, "_id", "")))
	}
	return c.do(ctx, k)
}

// retryAfter reads the header in seconds. Postscript sends none; a proxy in front of it may.
func retryAfter(h http.Header) time.Duration {
	n, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || n < 0 || n > 86400 {
		return 0
	}
	return time.Duration(n) * time.Second
}

// v1 and v2 put a path behind the prefix of their version.
func v1(format string, args ...any) string { return postscript.PathV1 + fmt.Sprintf(format, args...) }

func v2(format string, args ...any) string { return postscript.PathV2 + fmt.Sprintf(format, args...) }
