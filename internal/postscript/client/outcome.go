package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/postscript"
)

// Outcome is what became of a request, as far as can be known on this side.
type Outcome string

// The outcomes.
const (
	Sent     Outcome = "sent"      // answered 2xx
	Refused  Outcome = "refused"   // answered 4xx: the same request would be refused again
	TryLater Outcome = "try_later" // not carried out: 429, 5xx, or never reached the other side
	Unknown  Outcome = "unknown"   // written, and then no answer: it may have been carried out
)

// Classify returns the outcome of a call from the error it returned; nil is Sent. Sent can also come with an
// error: the request was accepted, but its answer could not be read. An error that is not of this package is
// Unknown, the one reading that loses and repeats nothing by itself.
func Classify(err error) Outcome {
	if err == nil {
		return Sent
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Outcome
	}
	return Unknown
}

// Error is a call that did not end well.
type Error struct {
	Outcome    Outcome
	Exchange   Exchange
	RetryAfter time.Duration // what the answer asked for, or 0; Postscript itself never says
	cause      error         // a *fault.Error, with an *postscript.APIError or a network error inside
}

// Error says what was tried and what came of it, fit for a log: without keys, phone numbers and e-mails.
func (e *Error) Error() string { return e.Exchange.String() + ": " + e.cause.Error() }

// Unwrap returns the *fault.Error.
func (e *Error) Unwrap() error { return e.cause }

// ExchangeOf returns what was said on the wire when a call failed, and false if err is not of this package.
func ExchangeOf(err error) (Exchange, bool) {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Exchange, true
	}
	return Exchange{}, false
}

// statusOutcome is the outcome of an answer with this status.
//
// A 5xx counts as not carried out. For 502 and 504 that is Postscript's word against a proxy's: if it was
// carried out after all, the repeat has the same delivery id.
func statusOutcome(status int) Outcome {
	switch {
	case status/100 == 2:
		return Sent
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status == http.StatusTooEarly,
		status >= 500:
		return TryLater
	case status >= 400:
		return Refused
	case status == http.StatusMovedPermanently, status == http.StatusPermanentRedirect:
		return Refused // the address is wrong, and stays so
	case status/100 == 3:
		return TryLater // a page put up for maintenance
	}
	return Unknown
}

// progress is how far a request got, as net/http reports it from its own goroutines.
type progress struct{ sought, connected, wrote, broke atomic.Bool }

func (p *progress) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { p.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { p.connected.Store(true) }, // dialled and TLS done
		WroteRequest: func(i httptrace.WroteRequestInfo) {
			if i.Err == nil {
				p.wrote.Store(true)
			} else {
				p.broke.Store(true)
			}
		},
	}
}

// outcome decides about a request that got no answer. Only what is known not to have arrived is TryLater:
// a transport that reports no progress, or one whose last report may still be under way, is Unknown.
func (p *progress) outcome(err error) Outcome {
	switch {
	case p.wrote.Load():
		return Unknown
	case p.broke.Load(): // part of a JSON document at most: nothing can act on that
		return TryLater
	case p.sought.Load() && !p.connected.Load():
		return TryLater
	case neverConnected(err):
		return TryLater
	}
	return Unknown
}

// neverConnected reports whether err says that there was no connection to write to.
func neverConnected(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return true
	}
	_, dns := errors.AsType[*net.DNSError](err)
	return dns
}

// refuse is a request that was not made, because it could only be refused.
func (c *Client) refuse(x Exchange, why *fault.Error) error {
	return &Error{Outcome: Refused, Exchange: x, cause: why}
}

// unsent is a request that got no answer. The address that net/http puts around err is dropped: it has the
// phone number of whoever was looked up.
func (c *Client) unsent(x Exchange, o Outcome, err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	said := "Postscript could not be reached. Try again later."
	switch {
	case o == Unknown:
		said = "Postscript was asked and did not answer, so it is not known whether it did what was asked."
	case errors.Is(err, context.DeadlineExceeded):
		said = "Postscript could not be reached in time. Try again later."
	}
	return &Error{Outcome: o, Exchange: x, cause: fault.From(fault.Unavailable, err, "%s", said)}
}

// unreadable is a 2xx whose body is cut off or is not what the API answers.
func (c *Client) unreadable(x Exchange, err error) error {
	return &Error{Outcome: Sent, Exchange: x, cause: fault.From(fault.Unavailable, err,
		"Postscript accepted the request, but its answer could not be read. Check the address of its API.")}
}

// failed is an answer that is not 2xx.
func (c *Client) failed(x Exchange, resp *http.Response, body []byte) error {
	api := postscript.ParseError(resp.StatusCode, []byte(c.hide(string(body))))
	return &Error{
		Outcome: statusOutcome(resp.StatusCode), Exchange: x, RetryAfter: retryAfter(resp.Header),
		cause: sentence(api),
	}
}

// sentence tells a person what an error answer means, with the vendor's words where they help.
func sentence(api *postscript.APIError) *fault.Error {
	because := "It did not say why."
	if api.Words != "" {
		because = fmt.Sprintf("It said: %s", postscript.Scrub(api.Words))
	}
	kind, said := api.Kind(), ""
	switch kind {
	case fault.Unauthorized:
		said = "Postscript does not know this key. It may be mistyped, deleted or replaced by a newer one."
	case fault.Forbidden:
		said = "Postscript knows this key but does not let it do this. " + because
	case fault.NotFound:
		said = "Postscript does not know what was asked for. " + because
	case fault.RateLimited:
		said = "Postscript asks for a slower pace. Try again later."
	case fault.Unavailable:
		said = fmt.Sprintf("Postscript has trouble of its own (it answered %d). Try again later.", api.Status)
	case fault.Internal: // redirects, and whatever else is no answer of this API
		kind = fault.Unavailable
		said = fmt.Sprintf("The address of Postscript's API answered %d, as no API does. Check the address.", api.Status)
	default:
		said = fmt.Sprintf("Postscript refused the request (%d). %s", api.Status, because)
	}
	return fault.From(kind, api, "%s", said)
}

// apiError returns the error answer inside err.
func apiError(err error) (*postscript.APIError, bool) {
	return errors.AsType[*postscript.APIError](err)
}
