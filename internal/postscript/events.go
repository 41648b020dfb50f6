package postscript

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"rejoinder/internal/fault"
)

// Event is the body of POST /api/v2/events: something that happened to one person, which starts flows.
//
// The answer is 202 and proves only that the event was taken in: who it belongs to is looked up later, by
// SubscriberID, then Phone (unique per shop), then Email (of several, the most recently opted-in person).
type Event struct {
	Type         string `json:"type"` // see ValidEventType; shown to merchants behind the sender's name
	SubscriberID string `json:"subscriber_id,omitempty"`
	Phone        string `json:"phone,omitempty"` // E.164 advised, other forms accepted
	Email        string `json:"email,omitempty"`
	// OccurredAt has the form of FormatOccurredAt; empty means when the event is received.
	OccurredAt string `json:"occurred_at,omitempty"`
	// Properties are flat: strings, booleans, numbers, moments as strings. They become tags in copy.
	Properties map[string]any `json:"properties,omitempty"`
	// ExternalID is the sender's id of the event. The built-in half drops repeats of it; see the package comment.
	ExternalID string `json:"external_id,omitempty"`
}

// EventAnswer is the 202 answer to an Event.
type EventAnswer struct {
	EventIDs []string `json:"event_ids"`
}

// ValidEventType reports whether s can be the type of an event: letters, digits and underscores only.
func ValidEventType(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return s != ""
}

// Check returns the first thing that makes the event unusable as a fault.Invalid with the field, or nil.
// An event without any identifier is allowed: it makes the type selectable in flows.
func (e Event) Check() error {
	switch {
	case e.Type == "":
		return fault.Field("type", "An event needs a type.")
	case !ValidEventType(e.Type):
		return fault.Field("type", "The type of an event may have only letters, digits and underscores.")
	}
	if e.OccurredAt != "" {
		if _, err := ParseOccurredAt(e.OccurredAt); err != nil {
			return fault.Field("occurred_at", "The time must have the form %s, in UTC.", layoutOccurredAt)
		}
	}
	names := make([]string, 0, len(e.Properties))
	for name := range e.Properties {
		names = append(names, name)
	}
	slices.Sort(names) // so that the same event is always refused for the same property
	for _, name := range names {
		if name == "" {
			return fault.Field("properties", "A property needs a name.")
		}
		if err := checkFlat(e.Properties[name]); err != nil {
			return fault.Field("properties", "The property %.60q is %s; properties are text, numbers, true or false.", name, err)
		}
	}
	return nil
}

// checkFlat refuses what would nest, and the two numbers JSON cannot hold. It looks at kinds, not types, so
// that a []string is refused like a []any.
func checkFlat(v any) error {
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.Invalid, reflect.String, reflect.Bool: // Invalid is nil
		return nil
	case reflect.Float32, reflect.Float64:
		if f := rv.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Errorf("not a finite number")
		}
		return nil
	case reflect.Slice, reflect.Array:
		return fmt.Errorf("a list")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return nil
	}
	return fmt.Errorf("an object")
}
