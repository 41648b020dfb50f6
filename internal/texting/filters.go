package texting

import (
	"slices"
	"strconv"
	"strings"

	"rejoinder/internal/fault"
	"rejoinder/internal/message"
)

// Ways a filter compares. The values are stored.
const (
	FilterEquals      = "equals"
	FilterNotEquals   = "not_equals"
	FilterContains    = "contains"
	FilterNotContains = "not_contains"
)

// Filter is one condition on a value that came with the trigger. Case and surrounding spaces do not count. A
// value that did not come is empty.
type Filter struct {
	Tag   string `json:"tag"` // without braces
	Op    string `json:"op"`
	Value string `json:"value"`
}

// holds reports whether the condition holds for what the trigger brought.
func (f Filter) holds(values map[string]string) bool {
	have, want := folded(values[f.Tag]), folded(f.Value)
	switch f.Op {
	case FilterEquals:
		return have == want
	case FilterNotEquals:
		return have != want
	case FilterContains:
		return strings.Contains(have, want)
	case FilterNotContains:
		return !strings.Contains(have, want)
	}
	return false
}

func folded(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// String says the condition in words, for the outcome of an event.
func (f Filter) String() string {
	return "{" + f.Tag + "} " + strings.ReplaceAll(f.Op, "_", " ") + " " + strconv.Quote(f.Value)
}

func checkFilters(in []Filter, on TriggerChoice) ([]Filter, error) {
	if len(in) > maxFilters {
		return nil, fault.Field("filters", "An automation has at most %d filters.", maxFilters)
	}
	out := make([]Filter, 0, len(in))
	for i, f := range in {
		f.Tag, f.Value = strings.Trim(strings.TrimSpace(f.Tag), "{}"), strings.TrimSpace(f.Value)
		if !slices.ContainsFunc(on.Tags, func(t message.Tag) bool { return t.Name == f.Tag }) {
			return nil, fault.Field(fieldOf("filters", i, "tag"), "Choose one of the trigger's tags.")
		}
		if !slices.Contains([]string{FilterEquals, FilterNotEquals, FilterContains, FilterNotContains}, f.Op) {
			return nil, fault.Field(fieldOf("filters", i, "op"), "Choose how to compare.")
		}
		if f.Value == "" || len(f.Value) > 200 {
			return nil, fault.Field(fieldOf("filters", i, "value"), "Write what to compare with, in at most 200 characters.")
		}
		out = append(out, f)
	}
	return out, nil
}

// fieldOf names one field of one entry of a list in a form: messages.0.copy.
func fieldOf(list string, i int, name string) string {
	return list + "." + strconv.Itoa(i) + "." + name
}
