package texting

import (
	"strings"

	"rejoinder/internal/postscript"
)

// Failure is a failure of the API or of its webhooks that somebody ordered, to test a client with.
type Failure string

// The failures. The first group is answered by the API, the second concerns webhooks about a text from that
// number.
const (
	FailRate    Failure = "rate"    // 429, code 3002
	FailTwice   Failure = "twice"   // 500 to the first two requests in a row, then it works, then again
	FailServer  Failure = "server"  // 500
	FailAway    Failure = "away"    // 503
	FailSlow    Failure = "slow"    // carried out, answered late
	FailRefused Failure = "refused" // 400
	FailDenied  Failure = "denied"  // 403
	FailCut     Failure = "cut"     // carried out, then the connection is cut: an outcome the client cannot know

	FailDuplicate Failure = "duplicate" // the webhook comes twice
	FailLate      Failure = "late"      // the webhook comes five minutes late, behind younger ones
	FailForged    Failure = "forged"    // before the webhook comes one whose signature is wrong
)

// Reserved is one line of the table of failures on request.
type Reserved struct {
	Failure Failure
	Number  string // reserved phone number, E.164
	Key     string // what to put behind sk_ or sk_partner_ of a working key; "" where a key orders nothing
	Says    string // what happens
}

// ReservedFailures is the one table of failures on request. docs/postscript-divergences.md prints it.
//
// The numbers are valid in form (area code 500, exchange 555) and belong to nobody. A call fails when it is
// about one person who has the number: firing a trigger, sending an event or a message, adding a subscriber.
// With a key, every call of that key fails; the rest of the key decides whose it is, so each working key has
// all of these forms without being made.
func ReservedFailures() []Reserved {
	return []Reserved{
		{FailRate, "+15005550129", "test_429_", "429 with code 3002, always"},
		{FailTwice, "+15005550152", "test_500twice_", "500 to the first and second of every three calls, then carried out"},
		{FailServer, "+15005550150", "test_500_", "500, always"},
		{FailAway, "+15005550153", "test_503_", "503, always"},
		{FailSlow, "+15005550108", "test_slow_", "carried out, but answered only after the slow time (20 seconds unless set)"},
		{FailRefused, "+15005550140", "test_400_", "400, always"},
		{FailDenied, "+15005550143", "test_403_", "403, always"},
		{FailCut, "+15005550199", "test_cut_", "carried out, then the connection is cut without an answer"},
		{FailDuplicate, "+15005550161", "", "the webhook about a text from this number comes twice"},
		{FailLate, "+15005550162", "", "the webhook about a text from this number comes five minutes late"},
		{FailForged, "+15005550163", "", "before the webhook about a text from this number comes a forged one with a wrong signature"},
	}
}

// NumberFailure returns the failure that a phone number orders, "" for an ordinary number.
func NumberFailure(phone string) Failure {
	if !strings.HasPrefix(phone, "+1500555") {
		return ""
	}
	for _, r := range ReservedFailures() {
		if r.Number == phone {
			return r.Failure
		}
	}
	return ""
}

// PlainKey returns the key behind one that orders a failure, and any other key as it is.
func PlainKey(key string) string {
	plain, _ := keyFailure(key)
	return plain
}

// keyFailure splits a key such as sk_test_429_… into the working key behind it and the failure it orders.
// Keys made here have no underscore behind their prefix, so no working key is taken apart.
func keyFailure(key string) (string, Failure) {
	for _, prefix := range []string{postscript.KeyPrefixPartner, postscript.KeyPrefixShop} {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		for _, r := range ReservedFailures() {
			if behind, ok := strings.CutPrefix(rest, r.Key); ok && r.Key != "" {
				return prefix + behind, r.Failure
			}
		}
	}
	return key, ""
}
