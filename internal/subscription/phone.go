package subscription

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

	"rejoinder/internal/fault"
)

// Phone is a phone number in E.164 form, such as +12125550123, or "".
//
// It is never put into a log, an error, an address or a metric: see Masked.
type Phone string

// ParsePhone reads a phone number as people write it. A number without + and country code is read as one of
// region, a two-letter country code such as "US"; region may be "". Landlines pass: many countries, the United
// States among them, give no way to tell. The error is Invalid, and its sentence never repeats the number.
func ParsePhone(s, region string) (Phone, error) {
	s = strings.Map(printable, strings.TrimSpace(s))
	if s == "" {
		return "", fault.Field("phone", "The phone number is empty.")
	}
	if strings.IndexFunc(s, notInNumber) >= 0 {
		return "", fault.Field("phone", "A phone number has only digits, spaces and + - . ( ) in it; leave out letters and extensions.")
	}
	n, err := phonenumbers.Parse(s, strings.ToUpper(region))
	if err != nil {
		return "", phoneFault(err)
	}
	switch phonenumbers.IsPossibleNumberWithReason(n) {
	case phonenumbers.IS_POSSIBLE:
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return "", fault.Field("phone", "The phone number is too short; write it with its area code.")
	case phonenumbers.TOO_LONG:
		return "", fault.Field("phone", "The phone number has too many digits.")
	case phonenumbers.INVALID_COUNTRY_CODE:
		return "", phoneFault(phonenumbers.ErrInvalidCountryCode)
	default:
		return "", fault.Field("phone", "The phone number does not have the right number of digits for its country.")
	}
	if !phonenumbers.IsValidNumber(n) {
		return "", fault.Field("phone", "There is no such phone number; check the area code and the digits.")
	}
	return Phone(phonenumbers.Format(n, phonenumbers.E164)), nil
}

// phoneFault puts the library's refusals into words. Its own texts are dropped: they may one day quote the input.
func phoneFault(err error) error {
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return fault.Field("phone", "Start the phone number with + and its country code, for example +1.")
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD):
		return fault.Field("phone", "The phone number is too short; write it with its area code.")
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return fault.Field("phone", "The phone number has too many digits.")
	}
	return fault.Field("phone", "That is not a phone number.")
}

// printable drops invisible marks: numbers copied out of an address book are often wrapped in direction marks.
func printable(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func notInNumber(r rune) bool {
	return !unicode.IsDigit(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && !strings.ContainsRune("+.()/＋", r)
}

// Masked returns the number for pages and logs with all but the country code and the last two digits hidden:
// "+1 •••• ••23". It is "" for no number.
func (p Phone) Masked() string {
	if p == "" {
		return ""
	}
	n, err := phonenumbers.Parse(string(p), "")
	if err != nil || len(p) < 6 {
		return "•••• ••••"
	}
	return "+" + strconv.Itoa(int(n.GetCountryCode())) + " •••• ••" + string(p[len(p)-2:])
}
