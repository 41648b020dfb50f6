package message

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSegments(t *testing.T) {
	t.Parallel()
	a := func(n int) string { return strings.Repeat("a", n) }
	tests := []struct {
		name string
		text string
		want Count
	}{
		{"nothing", "", Count{GSM7, 0, 0, 0, 160, nil}},
		{"one message to the brim", a(160), Count{GSM7, 160, 160, 1, 0, nil}},
		{"one more makes two", a(161), Count{GSM7, 161, 161, 2, 145, nil}},
		{"two to the brim", a(306), Count{GSM7, 306, 306, 2, 0, nil}},
		{"three", a(307), Count{GSM7, 307, 307, 3, 152, nil}},
		{"euro takes two", "€5", Count{GSM7, 2, 3, 1, 157, []string{"€"}}},
		{"an extension pair goes whole into the next segment", a(152) + "^" + a(10), Count{GSM7, 163, 164, 2, 141, []string{"^"}}},
		{"a gap at each border can cost a segment", strings.Repeat(a(152)+"€", 2), Count{GSM7, 306, 308, 3, 150, []string{"€"}}},
		{"extension at the end of a whole message", a(158) + "}", Count{GSM7, 159, 160, 1, 0, []string{"}"}}},
		{"curly quotes", "“hi” “hi”", Count{UCS2, 9, 9, 1, 61, []string{"“", "”"}}},
		{"only what forces it is named", "€ – €", Count{UCS2, 5, 5, 1, 65, []string{"–"}}},
		{"seventy", strings.Repeat("’", 70), Count{UCS2, 70, 70, 1, 0, []string{"’"}}},
		{"seventy-one", strings.Repeat("’", 71), Count{UCS2, 71, 71, 2, 63, []string{"’"}}},
		{"a surrogate pair goes whole into the next segment", a(66) + "😀" + a(10), Count{UCS2, 77, 78, 2, 55, []string{"😀"}}},
		{"composed accents are free", "éèùìòñüà", Count{GSM7, 8, 8, 1, 152, nil}},
		{"decomposed accents are not", "cafe\u0301", Count{UCS2, 5, 5, 1, 65, []string{"e\u0301"}}},
		{"a family is one thing to see and eleven units", "👨‍👩‍👧‍👦", Count{UCS2, 7, 11, 1, 59, []string{"👨‍👩‍👧‍👦"}}},
		{"flags", "🇺🇸🇨🇦🇺🇸", Count{UCS2, 6, 12, 1, 58, []string{"🇺🇸", "🇨🇦"}}},
		{"carriers part a flag at a border", a(65) + "🇺🇸" + a(65), Count{UCS2, 132, 134, 2, 0, []string{"🇺🇸"}}},
		{"a tab is not in the alphabet", "a\tb", Count{UCS2, 3, 3, 1, 67, []string{"\t"}}},
		{"broken text", "a\xff", Count{UCS2, 2, 2, 1, 68, []string{"\uFFFD"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Segments(tt.text)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestVectors compares with Twilio's published calculator; the comment of Segments says where the two differ.
func TestVectors(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/segments.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Text                              string
		Encoding                          string
		Characters, Units, Segments, Left int
		Clusters                          bool
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	exact := 0
	for i, v := range vectors {
		got := Segments(v.Text)
		if got.Encoding != v.Encoding || got.Characters != v.Characters || got.Units != v.Units {
			t.Errorf("vector %d %q: got %+v, want %+v", i, v.Text, got, v)
		}
		switch {
		case v.Text == "":
			continue
		case v.Clusters && v.Segments > 1:
			if got.Segments > v.Segments || got.Segments < v.Segments-1 {
				t.Errorf("vector %d %q: %d segments, the calculator has %d", i, v.Text, got.Segments, v.Segments)
			}
		case got.Segments != v.Segments || got.Left != v.Left:
			t.Errorf("vector %d %q: got %+v, want %+v", i, v.Text, got, v)
		default:
			exact++
		}
	}
	if exact < 400 {
		t.Errorf("only %d vectors compared exactly: is the file whole?", exact)
	}
}

func awkward() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune("aaaaaaaa\n€^{’é😀e\u0301\u200D🇺")), 0, 500, -1)
}

func TestSegmentsNeverShrinkAsTextGrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, more := awkward().Draw(t, "text"), awkward().Draw(t, "more")
		short, long := Segments(text), Segments(text+more)
		if long.Segments < short.Segments {
			t.Fatalf("%d segments became %d", short.Segments, long.Segments)
		}
		if long.Characters != short.Characters+utf8.RuneCountInString(more) {
			t.Fatal("characters do not add up")
		}
	})
}

func TestSegmentsHoldTheUnits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Segments(awkward().Draw(t, "text"))
		whole, joined := 160, 153
		if c.Encoding == UCS2 {
			whole, joined = 70, 67
		}
		room := whole
		if c.Segments > 1 {
			room = joined * c.Segments
		}
		gaps := room - c.Units - c.Left
		switch {
		case c.Segments == 0:
			if c.Units != 0 {
				t.Fatal("units without a segment")
			}
		case c.Left < 0 || gaps < 0 || gaps > c.Segments-1:
			t.Fatalf("%d units lost at borders: %+v", gaps, c)
		case c.Encoding == UCS2 && len(c.Costly) == 0:
			t.Fatal("UCS-2 for no reason")
		case len(slices.Compact(slices.Sorted(slices.Values(c.Costly)))) != len(c.Costly):
			t.Fatal("a costly character is named twice")
		}
	})
}

func BenchmarkSegments(b *testing.B) {
	text := strings.Repeat("Hi Ana, your order ships Friday. ", 9)
	for b.Loop() {
		Segments(text)
	}
}
