package subscription

import (
	"fmt"
	"strconv"
	"strings"

	"rejoinder/internal/fault"
)

// Money is an amount in one currency. The zero value is "no amount yet": it takes the currency of whatever is
// added to it.
type Money struct {
	Amount   int64  `json:"amount"`   // in the currency's smallest unit: cents for USD, yen for JPY
	Currency string `json:"currency"` // ISO 4217, in capitals
}

// symbols are written before the amount. A shop sells in one currency, so its customers know which dollar.
var symbols = map[string]string{"USD": "$", "CAD": "$", "AUD": "$", "NZD": "$", "GBP": "£", "EUR": "€", "JPY": "¥"}

// decimals lists the currencies that do not have two (ISO 4217, list one).
var decimals = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

func decimalsOf(currency string) int {
	if n, ok := decimals[currency]; ok {
		return n
	}
	return 2
}

// maxDigits bounds the whole part of an amount, so that no sum of one order can overflow.
const maxDigits = 9

// ParseMoney reads an amount that is zero or more, such as "24.00", "24" or "24.5". The error is Invalid.
func ParseMoney(amount, currency string) (Money, error) {
	if !isCurrency(currency) {
		return Money{}, fault.Field("currency", "Write the currency as three capital letters, for example USD.")
	}
	places := decimalsOf(currency)
	whole, fraction, dot := strings.Cut(strings.TrimSpace(amount), ".")
	switch {
	case !isDigits(whole), dot && !isDigits(fraction):
		return Money{}, fault.Field("amount", "Write the amount in digits with a point, for example 24.00.")
	case len(whole) > maxDigits:
		return Money{}, fault.Field("amount", "That amount is too large.")
	case len(fraction) > places:
		return Money{}, fault.Field("amount", "%s has %d digits after the point at most.", currency, places)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil {
		return Money{}, fault.From(fault.Invalid, err, "Write the amount in digits with a point, for example 24.00.")
	}
	return Money{Amount: n, Currency: currency}, nil
}

func isCurrency(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// IsZero reports whether m is no amount at all; nothing in a known currency is an amount.
func (m Money) IsZero() bool { return m == Money{} }

// Add returns the sum. The error is Conflict when both have a currency and they differ.
func (m Money) Add(o Money) (Money, error) {
	switch {
	case m.IsZero():
		return o, nil
	case o.IsZero():
		return m, nil
	case m.Currency != o.Currency:
		return Money{}, fault.New(fault.Conflict, "Amounts in %s and %s cannot be added.", m.Currency, o.Currency)
	}
	return Money{Amount: m.Amount + o.Amount, Currency: m.Currency}, nil
}

// Times returns n times the amount.
func (m Money) Times(n int) Money { return Money{Amount: m.Amount * int64(n), Currency: m.Currency} }

// Decimal returns the bare amount as ParseMoney reads it, such as "24.00".
func (m Money) Decimal() string {
	places := decimalsOf(m.Currency)
	digits := strconv.FormatInt(m.Amount, 10)
	sign := ""
	if m.Amount < 0 {
		sign, digits = "-", digits[1:]
	}
	if short := places + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	if places == 0 {
		return sign + digits
	}
	cut := len(digits) - places
	return sign + digits[:cut] + "." + digits[cut:]
}

// String returns the amount for people: "$24.00", "¥2400", "24.00 SEK"; "" for no amount.
func (m Money) String() string {
	if m.IsZero() {
		return ""
	}
	symbol, ok := symbols[m.Currency]
	if !ok {
		return strings.TrimSpace(fmt.Sprintf("%s %s", m.Decimal(), m.Currency))
	}
	if amount, negative := strings.CutPrefix(m.Decimal(), "-"); negative {
		return "-" + symbol + amount
	}
	return symbol + m.Decimal()
}
