package postscript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"rejoinder/internal/fault"
)

// Trigger is what v1 registers and fires: merchants build legacy automations on it. It is the answer of the
// calls under /v1/triggers. Only the request is published, so the answer is our reading of it plus an id; it
// is read bare or under "trigger" or "data".
type Trigger struct {
	ID                   ID           `json:"id"`
	Name                 string       `json:"name"`
	Tags                 []TriggerTag `json:"tags"`
	TransactionalAllowed bool         `json:"transactional_allowed"`
}

// TriggerTag is a value that copy may use: Label is what a merchant sees, Value has the braces,
// {account_page_link}. Upper case in Value is lowered by Postscript.
type TriggerTag struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// StandardTags are the four that every trigger brings without being asked.
func StandardTags() []TriggerTag {
	return []TriggerTag{
		{"First Name", "{first_name}"},
		{"Last Name", "{last_name}"},
		{"Shop Name", "{shop_name}"},
		{"Shop Link", "{shop_link}"},
	}
}

// TriggerRequest is the body of POST, PUT and PATCH under /v1/triggers. Sent with a shop's token the trigger
// belongs to that shop alone.
type TriggerRequest struct {
	Name string       `json:"name,omitempty"`
	Tags []TriggerTag `json:"tags,omitempty"`
	// TransactionalAllowed makes the trigger eligible for transactional automations; nil means false on
	// creation and unchanged on PATCH.
	TransactionalAllowed *bool `json:"transactional_allowed,omitempty"`
}

// TriggerList is the answer of GET /v1/triggers. Its form is not published: it is read bare, or under
// "triggers" or "data", and written under "triggers", as v2 does with its lists.
type TriggerList struct {
	Triggers []Trigger `json:"triggers"`
}

// FireAnswer is how the built-in half answers a fired trigger (200); the real form is not published. Callers
// must go by the status alone.
type FireAnswer struct {
	Success bool `json:"success"`
}

// LegacySubscriber is a subscriber as v1 shows it. Only is_pending is published; the rest follows v2. It is
// read bare, as the only entry of a list, or under "subscriber", "subscribers" or "data"; written bare.
type LegacySubscriber struct {
	ID                ID        `json:"id"` // no prefix; tied to the shop's keys, so it may die with them
	PhoneNumber       string    `json:"phone_number"`
	Email             Optional  `json:"email"`
	ShopifyCustomerID ShopifyID `json:"shopify_customer_id"`
	IsPending         bool      `json:"is_pending"` // has not confirmed the double opt-in
	Tags              []string  `json:"tags"`
	CreatedAt         TimeZ     `json:"created_at"`
	UpdatedAt         TimeZ     `json:"updated_at"`
}

// NewLegacySubscriber is the body of POST and PUT under /v1/subscribers.
type NewLegacySubscriber struct {
	PhoneNumber string             `json:"phone_number,omitempty"`
	KeywordID   ID                 `json:"keyword_id,omitempty"` // this or Keyword
	Keyword     string             `json:"keyword,omitempty"`
	Metadata    SubscriberMetadata `json:"metadata,omitzero"`
}

// SubscriberMetadata helps Postscript find the Shopify customer behind a number.
type SubscriberMetadata struct {
	ShopifyCustomerID ShopifyID `json:"shopify_customer_id,omitempty"`
	Email             string    `json:"email,omitempty"`
	EmailAddress      string    `json:"email_address,omitempty"` // the name of Email in the oldest documentation
	Tags              []string  `json:"tags,omitempty"`
}

// ParseTrigger reads one trigger in any of the forms named at Trigger. One without an id is refused.
func ParseTrigger(body []byte) (Trigger, error) {
	t, err := parseOne[Trigger](body, "trigger")
	if err == nil && t.ID == "" {
		err = fmt.Errorf("postscript: the answer holds no trigger id")
	}
	return t, err
}

// ParseTriggers reads a list of triggers in any of the forms named at TriggerList. Entries without an id are
// left out, as nothing can be done with them.
func ParseTriggers(body []byte) ([]Trigger, error) {
	all, err := parseList[Trigger](body, "triggers")
	kept := all[:0]
	for _, t := range all {
		if t.ID != "" {
			kept = append(kept, t)
		}
	}
	return kept, err
}

// ParseLegacySubscribers reads what GET /v1/subscribers answered in any of the forms named at
// LegacySubscriber. Nobody (an empty list or object, or null) is an empty slice and no error.
func ParseLegacySubscribers(body []byte) ([]LegacySubscriber, error) {
	all, err := parseList[LegacySubscriber](body, "subscribers")
	if err != nil {
		one, oneErr := parseOne[LegacySubscriber](body, "subscriber")
		if oneErr != nil {
			return nil, err
		}
		all = []LegacySubscriber{one}
	}
	kept := all[:0]
	for _, s := range all {
		if s.ID != "" {
			kept = append(kept, s)
		}
	}
	return kept, nil
}

// parseOne reads an object that may stand bare or under key or "data".
func parseOne[T any](body []byte, key string) (T, error) {
	var zero, v T
	var top map[string]json.RawMessage
	if err := json.Unmarshal(body, &top); err != nil {
		return zero, fmt.Errorf("postscript: not a JSON object: %w", err)
	}
	for _, k := range []string{key, "data"} {
		if inner := bytes.TrimSpace(top[k]); len(inner) > 0 && inner[0] == '{' {
			body = inner
			break
		}
	}
	if err := json.Unmarshal(body, &v); err != nil {
		return zero, fmt.Errorf("postscript: %s: %w", key, err)
	}
	return v, nil
}

// parseList reads a list that may stand bare or under key or "data". An object without either is an error
// unless it is empty.
func parseList[T any](body []byte, key string) ([]T, error) {
	list := bytes.TrimSpace(body)
	if len(list) > 0 && list[0] == '{' {
		var top map[string]json.RawMessage
		if err := json.Unmarshal(list, &top); err != nil {
			return nil, fmt.Errorf("postscript: %s: %w", key, err)
		}
		switch {
		case top[key] != nil:
			list = top[key]
		case len(bytes.TrimSpace(top["data"])) > 0 && bytes.TrimSpace(top["data"])[0] == '[':
			list = top["data"]
		case len(top) == 0:
			return nil, nil
		default:
			return nil, fmt.Errorf("postscript: the answer holds no %s", key)
		}
	}
	var v []T
	if err := json.Unmarshal(list, &v); err != nil {
		return nil, fmt.Errorf("postscript: %s: %w", key, err)
	}
	return v, nil
}

// ParseFire reads the body that fires a v1 trigger: tag names to values. It may be empty, flat, or under one
// key whose value is an object, since it is not published which; names may come with or without braces and
// are returned without. Numbers and booleans become text, null is left out. Anything that nests deeper is
// refused as fault.Invalid with the tag as its field.
func ParseFire(body []byte) (map[string]string, error) {
	body = bytes.TrimSpace(body)
	values := map[string]string{}
	if len(body) == 0 || string(body) == "null" {
		return values, nil
	}
	var top map[string]json.RawMessage
	if err := json.Unmarshal(body, &top); err != nil {
		return nil, fault.From(fault.Invalid, err, "The values of a trigger must be one JSON object.")
	}
	if len(top) == 1 {
		for name, raw := range top {
			if len(raw) > 0 && raw[0] == '{' {
				top = nil
				if err := json.Unmarshal(raw, &top); err != nil {
					return nil, fault.From(fault.Invalid, err, "The values under %.60q must be one JSON object.", name)
				}
			}
		}
	}
	for name, raw := range top {
		v, ok, err := scalar(raw)
		if err != nil {
			return nil, fault.Field(name, "The value of %.60q must be text, a number, true or false.", name)
		}
		if ok {
			values[TagName(name)] = v
		}
	}
	return values, nil
}

// TagName returns the name inside a tag: {shop_name} and shop_name are both shop_name.
func TagName(tag string) string {
	if n := len(tag); n > 2 && tag[0] == '{' && tag[n-1] == '}' {
		return tag[1 : n-1]
	}
	return tag
}

// scalar returns a JSON scalar as text; ok is false for null.
func scalar(raw json.RawMessage) (text string, ok bool, err error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // an order number must not come out as 1.000001e+06
	var v any
	if err := dec.Decode(&v); err != nil {
		return "", false, err
	}
	switch x := v.(type) {
	case nil:
		return "", false, nil
	case string:
		return x, true, nil
	case json.Number:
		return x.String(), true, nil
	case bool:
		return strconv.FormatBool(x), true, nil
	}
	return "", false, fmt.Errorf("postscript: not a scalar")
}
