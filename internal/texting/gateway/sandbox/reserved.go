package sandbox

// Failure is a failure of a carrier that somebody ordered by texting a reserved number.
type Failure string

// The failures.
const (
	FailNumber     Failure = "number"
	FailLandline   Failure = "landline"
	FailThrottled  Failure = "throttled"
	FailDown       Failure = "down"
	FailAlwaysDown Failure = "always_down"
	FailLost       Failure = "lost"
	FailAlwaysLost Failure = "always_lost"
)

// ReservedNumber is one line of the table of carrier failures on request.
type ReservedNumber struct {
	Failure Failure
	Number  string // E.164
	Says    string // what happens to a text to it
}

// Reserved is the one table of carrier failures on request; the documentation prints it. The numbers are valid
// in form (area code 500, exchange 555) and belong to nobody, so every surface takes them.
func Reserved() []ReservedNumber {
	return []ReservedNumber{
		{FailNumber, "+15005554000", "refused for good: the number cannot receive texts; the message ends as failed"},
		{FailLandline, "+15005554001", "refused for good: the number is a landline; the message ends as failed"},
		{FailThrottled, "+15005554290", "the first try is throttled, the second is carried"},
		{FailDown, "+15005555000", "the carrier is down for the first two tries, the third is carried"},
		{FailAlwaysDown, "+15005555030", "the carrier is always down; the message is tried for a day and ends as failed"},
		{FailLost, "+15005554080", "carried, but the first answer is lost; the repeat is dropped by the carrier, so the phone shows the text once"},
		{FailAlwaysLost, "+15005554099", "carried, but every answer is lost; the message is asked about for a day and ends as unknown"},
	}
}

var failures = byNumber()

func byNumber() map[string]Failure {
	out := map[string]Failure{}
	for _, r := range Reserved() {
		out[r.Number] = r.Failure
	}
	return out
}

// failureOf returns the failure a number orders, "" for an ordinary one.
func failureOf(number string) Failure { return failures[number] }
