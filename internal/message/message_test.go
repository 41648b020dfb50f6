package message

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoinder/internal/fault"
)

// sample is what a trigger's tags look like.
var sample = []Tag{
	{Name: "first_name", Label: "First Name", Sample: "Ana", Fallback: "there"},
	{Name: "shop_name", Label: "Shop Name", Sample: "Sample Coffee"},
	{Name: "delivery-date", Label: "Delivery Date", Sample: "Friday, May 3"},
}

func TestParseErrorsShowWhere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, copy string
		want       []string // all of these in the message
	}{
		{"open at the end", "Hi {first_name", []string{"character 4", "near “Hi {first_name”", `close the tag with "}"`}},
		{"open before a line break", "Hi\nyou {first_name\n}", []string{"line 2, character 5", `opens no tag`}},
		{"open inside an open one", "{first {name}", []string{"character 1", `opens no tag`}},
		{"two braces", "Hi {{first_name}}", []string{"character 4", "not {{first_name}}"}},
		{"closed twice", "Hi {first_name}}!", []string{"character 16", `"}" closes no tag`}},
		{"closes only", "Hi first_name}", []string{"character 14", `"}" closes no tag`}},
		{"capitals", "Hi {First Name}", []string{"character 4", "write {first_name}"}},
		{"spaces", "Hi { first_name }", []string{"write {first_name}"}},
		{"no name", "Hi {}", []string{"small letters", "{first_name}"}},
		{"not a name", "Hi {prénom}", []string{"small letters"}},
		{"no fallback", "Hi {first_name|}", []string{"fallback of {first_name} has no words"}},
		{"blank fallback", "Hi {first_name| - }", []string{"has no words"}},
		{"two fallbacks", "Hi {first_name|a|b}", []string{"one bar"}},
		{"far into long copy", strings.Repeat("word ", 50) + "{oops" + strings.Repeat(" word", 50), []string{"character 251", "near “…word word {oops word"}},
		{"characters, not bytes", "Olá {", []string{"character 5"}},
		{"not text", "Hi \xff", []string{"UTF-8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(tt.copy)
			blamesCopy(t, err, tt.want)
		})
	}
}

func blamesCopy(t *testing.T, err error, want []string) {
	t.Helper()
	var got struct{ Kind, Field string }
	if e, ok := err.(*fault.Error); ok {
		got.Kind, got.Field = string(e.Kind), e.Field
	}
	if got.Kind != string(fault.Invalid) || got.Field != "copy" {
		t.Fatalf("got %#v", err)
	}
	for _, w := range want {
		if !strings.Contains(fault.Message(err), w) {
			t.Errorf("%q does not say %q", fault.Message(err), w)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	good := []string{
		"Hi {first_name|friend}, {shop_name} ships {delivery-date}.",
		"No tags at all.",
		strings.Repeat("é", MaxCharacters),
	}
	for _, copy := range good {
		if err := Check(copy, sample); err != nil {
			t.Errorf("Check(%.30q): %v", copy, err)
		}
	}
	tests := []struct {
		name, copy string
		allowed    []Tag
		want       []string
	}{
		{"empty", "", sample, []string{"empty"}},
		{"blank", " \n\t", sample, []string{"empty"}},
		{"does not parse", "Hi {", sample, []string{"character 4"}},
		{"unknown tag", "On {order_date}", sample, []string{"{order_date} is not a tag of this trigger", "{first_name}, {shop_name}, {delivery-date}"}},
		{"two unknown tags", "{a} {shop_name} {b} {a}", sample, []string{"{a}, {b} are not tags"}},
		{"no tags to have", "{a}", nil, []string{"This trigger has no tags"}},
		{"too long", strings.Repeat("é", MaxCharacters+1), sample, []string{"1601 characters", "1600"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			blamesCopy(t, Check(tt.copy, tt.allowed), tt.want)
		})
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	tpl, err := Parse("{b} and {a|x} and {b|y}\r\n{c-1}")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b", "a", "c-1"}, tpl.Tags()); diff != "" {
		t.Error(diff)
	}
	if got := tpl.String(); got != "{b} and {a|x} and {b|y}\n{c-1}" {
		t.Errorf("String() = %q", got)
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, copy string
		values     map[string]string
		want       string
	}{
		{"value", "Hi {first_name}, bye", map[string]string{"first_name": "Ana"}, "Hi Ana, bye"},
		{"value before both fallbacks", "Hi {first_name|you}", map[string]string{"first_name": "Ana"}, "Hi Ana"},
		{"copy's fallback before the tag's", "Hi {first_name|you},", nil, "Hi you,"},
		{"the tag's fallback", "Hi {first_name},", nil, "Hi there,"},
		{"blank value", "Hi {first_name},", map[string]string{"first_name": " \t\n\u200b"}, "Hi there,"},
		{"a dash is no name", "Hi {first_name},", map[string]string{"first_name": "-"}, "Hi there,"},
		{"an emoji is one", "Hi {first_name},", map[string]string{"first_name": "🐸"}, "Hi 🐸,"},
		{"line breaks fold", "{first_name}!", map[string]string{"first_name": " Ana\r\n \u2028 Bea "}, "Ana Bea!"},
		{"control characters go", "{first_name}!", map[string]string{"first_name": "A\x00n\x1b\u202ea\xff"}, "Ana!"},
		{"joiners stay", "{first_name}", map[string]string{"first_name": "👨‍👩‍👧"}, "👨‍👩‍👧"},
		{"values are not copy", "{first_name}", map[string]string{"first_name": "{shop_name}"}, "{shop_name}"},
		{"long values are cut", "{first_name}", map[string]string{"first_name": strings.Repeat("é", 400)}, strings.Repeat("é", 320)},
		{"without a space at the cut", "{first_name}.", map[string]string{"first_name": strings.Repeat("a", 319) + " b"}, strings.Repeat("a", 319) + "."},
		{"a tag nobody declared, with a value", "{card_last4}", map[string]string{"card_last4": "4242"}, "4242"},
		{"the copy's own breaks stay", "One\r\nTwo\tThree", nil, "One\nTwo Three"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tpl, err := Parse(tt.copy)
			if err != nil {
				t.Fatal(err)
			}
			got, err := tpl.Render(tt.values, sample)
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestRenderRefusesAnEmptyTag(t *testing.T) {
	t.Parallel()
	tpl, err := Parse("Hi from {shop_name}")
	if err != nil {
		t.Fatal(err)
	}
	got, err := tpl.Render(map[string]string{"shop_name": "  "}, sample)
	if got != "" || !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Message(err), "{shop_name} has no value") {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := tpl.Render(Samples(sample), nil); err != nil || got != "Hi from Sample Coffee" {
		t.Errorf("with samples: %q, %v", got, err)
	}
}

func TestTextWithoutTagsIsItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ -z~\n€’éА-я😀]{0,200}`).Draw(t, "text")
		tpl, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := tpl.Render(nil, nil)
		if err != nil || got != text {
			t.Fatalf("got %q, %v", got, err)
		}
	})
}

func TestEachTagIsReplacedByItsCleanValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringMatching(`[a-z ,.]{0,20}`).Draw(t, "before")
		name := rapid.StringMatching(`[a-z0-9_-]{1,12}`).Draw(t, "name")
		value := rapid.String().Draw(t, "value")
		tpl, err := Parse(before + "{" + name + "|fallback}!")
		if err != nil {
			t.Fatal(err)
		}
		got, err := tpl.Render(map[string]string{name: value}, nil)
		if err != nil || !strings.HasPrefix(got, before) || !strings.HasSuffix(got, "!") {
			t.Fatalf("got %q, %v", got, err)
		}
		put := strings.TrimSuffix(strings.TrimPrefix(got, before), "!")
		if put == "" || strings.ContainsFunc(put, unicode.IsControl) || clean(put) != put || len([]rune(put)) > MaxValue {
			t.Fatalf("%q was put in for %q", put, value)
		}
	})
}

func FuzzParseRender(f *testing.F) {
	for _, s := range []string{"", "Hi {first_name|there},\r\n{shop_name}", "{{a}}", "}", "{a|b|c}", "{a", "\xff{", "{A b}", "{a|\u200b}"} {
		f.Add(s, "Ana\n{b}")
	}
	f.Fuzz(func(t *testing.T, copy, value string) {
		tpl, err := Parse(copy)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("unexpected error %v", err)
			}
			return
		}
		again, err := Parse(tpl.String())
		if err != nil || again.String() != tpl.String() {
			t.Fatalf("%q does not read back: %v", tpl.String(), err)
		}
		values := map[string]string{}
		for _, name := range tpl.Tags() {
			values[name] = value
		}
		text, err := tpl.Render(values, []Tag{})
		if err != nil {
			if !blank(clean(value)) {
				t.Fatalf("value %q was refused: %v", value, err)
			}
			return
		}
		if len(tpl.Tags()) == 0 && strings.ContainsAny(text, "{}") {
			t.Fatalf("a brace got through: %q", text)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
			t.Fatalf("a control character got through: %q", text)
		}
	})
}
