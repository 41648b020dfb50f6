// Package fault is the one error type of the program: a closed list of kinds and a sentence fit for people.
//
// It exists so that a failure keeps two things apart: what a person is told (Message, and Field when a form
// or a request field is to blame) and what happened (the wrapped cause, for the log). A kind becomes an HTTP
// status, a page or an exit code in exactly one function per surface; anything that is not a *fault.Error
// counts as Internal and is shown as an apology with a reference id.
//
// It must not import anything outside the standard library, and must never be given a phone number, a
// message text or a secret.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure this is. The list is closed.
type Kind string

// The kinds.
const (
	Internal     Kind = "internal"     // our fault, or unknown
	Invalid      Kind = "invalid"      // the input cannot be used; Message says what to do
	NotFound     Kind = "not_found"    // no such thing in this shop
	Conflict     Kind = "conflict"     // the state does not allow it now
	Unauthorized Kind = "unauthorized" // who are you?
	Forbidden    Kind = "forbidden"    // we know who you are; you may not
	TooLarge     Kind = "too_large"    // the body is over the limit
	RateLimited  Kind = "rate_limited" // too often
	Unavailable  Kind = "unavailable"  // try again later: database away, vendor down
)

// Error is a failure with a kind and a sentence fit for people.
type Error struct {
	Kind    Kind
	Message string // a full sentence that says what to do; safe to show
	Field   string // the request or form field to blame, or ""
	cause   error
}

// Error returns the message, followed by the cause for the log.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.Message + ": " + e.cause.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// New returns an error of the given kind; format and args make the sentence for people.
func New(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...)}
}

// Field returns an Invalid error that blames one field of a form or request.
func Field(field, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// From returns an error of the given kind with cause inside.
func From(k Kind, cause error, format string, args ...any) *Error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...), cause: cause}
}

// KindOf returns the kind of the first *Error in err's chain, Internal if there is none, and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// Message returns the sentence for people of the first *Error in err's chain, or a plain apology.
func Message(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message
	}
	return "Something went wrong on our side."
}

// Wrap adds to *err what was tried, keeping kind and message reachable. Use it deferred:
//
//	defer fault.Wrap(&err, "store: customer %s", id)
//
// Never pass a phone number or message text.
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}
