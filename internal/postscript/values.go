package postscript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Layouts of the three ways in which Postscript writes a moment. All are UTC.
const (
	layoutNaive      = "2006-01-02T15:04:05.000000"          // keywords, webhook envelopes
	layoutZ          = "2006-01-02T15:04:05.999999Z"         // everything else in v2
	layoutOccurredAt = "2006-01-02 15:04:05.000000"          // occurred_at of a custom event
	layoutLenient    = "2006-01-02T15:04:05.999999999"       // naive, any fraction
	layoutOffset     = "2006-01-02T15:04:05.999999999Z07:00" // with Z or an offset
)

// Time is a moment that is written without a zone and with microseconds (2021-11-04T21:52:41.025455), as
// keywords and webhook envelopes have it. Values without a zone are UTC. Null and "" read as the zero Time,
// which writes null.
type Time struct{ time.Time }

// TimeZ is a moment that is written in UTC with a Z (2019-08-24T14:15:22Z), as subscribers, messages and
// webhook subscriptions have it. It reads whatever Time reads.
type TimeZ struct{ time.Time }

// NewTime returns t in UTC, cut to microseconds: what survives the wire.
func NewTime(t time.Time) Time { return Time{t.UTC().Truncate(time.Microsecond)} }

// NewTimeZ returns t in UTC, cut to microseconds.
func NewTimeZ(t time.Time) TimeZ { return TimeZ{t.UTC().Truncate(time.Microsecond)} }

// MarshalJSON writes the naive form.
func (t Time) MarshalJSON() ([]byte, error) { return marshalTime(t.Time, layoutNaive) }

// MarshalJSON writes the form with Z.
func (t TimeZ) MarshalJSON() ([]byte, error) { return marshalTime(t.Time, layoutZ) }

// UnmarshalJSON reads naive values and values with a zone.
func (t *Time) UnmarshalJSON(b []byte) (err error) { t.Time, err = unmarshalTime(b); return err }

// UnmarshalJSON reads naive values and values with a zone.
func (t *TimeZ) UnmarshalJSON(b []byte) (err error) { t.Time, err = unmarshalTime(b); return err }

func marshalTime(t time.Time, layout string) ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + t.UTC().Format(layout) + `"`), nil
}

func unmarshalTime(b []byte) (time.Time, error) {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return time.Time{}, fmt.Errorf("postscript: a time must be a string: %w", err)
	}
	if s == nil || *s == "" {
		return time.Time{}, nil
	}
	return ParseTime(*s)
}

// ParseTime reads a moment as any part of the API writes it: ISO 8601 with T or a space, with or without a
// fraction, with Z, an offset or nothing (which means UTC), or a date alone (midnight UTC). The answer is UTC.
func ParseTime(s string) (time.Time, error) {
	iso := s
	if len(iso) > 10 && iso[10] == ' ' {
		iso = iso[:10] + "T" + iso[11:]
	}
	layouts := [...]string{layoutOffset, layoutLenient, time.DateOnly}
	if len(iso) > 18 && !strings.ContainsAny(iso[18:], "Zz+-") { // no offset: as webhooks write it
		layouts[0], layouts[1] = layouts[1], layouts[0]
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, iso); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("postscript: %.40q is not a time this API writes", s)
}

// FormatOccurredAt writes a moment as occurred_at wants it: UTC, a space, microseconds.
func FormatOccurredAt(t time.Time) string { return t.UTC().Format(layoutOccurredAt) }

// ParseOccurredAt reads occurred_at by its one documented pattern; the fraction may have one to six digits,
// or be missing. The answer is UTC.
func ParseOccurredAt(s string) (time.Time, error) {
	t, err := time.Parse("2006-01-02 15:04:05.999999", s)
	if err != nil || len(s) > len(layoutOccurredAt) {
		return time.Time{}, fmt.Errorf("postscript: occurred_at %.40q does not have the form %s", s, layoutOccurredAt)
	}
	return t.UTC(), nil
}

// ID is an id that v1 may write as a number or as a string. It writes a string.
type ID string

// UnmarshalJSON reads a string, an integer or null (which is "").
func (id *ID) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	var s string
	switch {
	case string(b) == "null":
	case len(b) > 0 && b[0] == '"':
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	default:
		var n json.Number
		if err := json.Unmarshal(b, &n); err != nil || strings.ContainsAny(string(n), ".eE") {
			return fmt.Errorf("postscript: an id must be a string or an integer")
		}
		s = n.String()
	}
	*id = ID(s)
	return nil
}

// ShopifyID is Shopify's number of a customer; 0 means none and writes null. It also reads a number inside a
// string, because other systems keep these ids as text and one odd field must not cost a whole webhook.
type ShopifyID int64

// MarshalJSON writes an integer, or null for none.
func (id ShopifyID) MarshalJSON() ([]byte, error) {
	if id == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(id), 10), nil
}

// UnmarshalJSON reads an integer, an integer in a string, "" or null.
func (id *ShopifyID) UnmarshalJSON(b []byte) error {
	var s ID
	if err := s.UnmarshalJSON(b); err != nil {
		return err
	}
	if s == "" {
		*id = 0
		return nil
	}
	n, err := strconv.ParseInt(string(s), 10, 64)
	if err != nil {
		return fmt.Errorf("postscript: shopify_customer_id is not an integer")
	}
	*id = ShopifyID(n)
	return nil
}

// Optional is a string that may be missing: "" writes null, and null reads as "".
type Optional string

// MarshalJSON writes a string, or null for "".
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}
